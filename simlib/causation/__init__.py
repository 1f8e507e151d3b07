"""Causation: how much a party's act did to the loss, as found by a court or derived from a game.

`causal_force` reads the facts of a case; `graph` makes its acts a small model, `legal_steps` asks
the law's questions of it, `chance` those about help after the loss. The indices take a game (what
would each set of parties have done without the others?) and derive numbers from it: doctrine and
foreign law for comparison, which no Chinese court applies.
"""

from __future__ import annotations

from simlib.causation.act_graph import STAGES, Graph, Group, Node, Part
from simlib.causation.acts_of_case import (
    but_for,
    graph,
    later_part,
    ness_cause,
    placed_by_money,
)
from simlib.causation.apportionment import (
    acts_shapley,
    chain_shapley,
    market_share,
    rizzo_arnold,
    shapley,
    weighted_shapley,
)
from simlib.causation.conditions import (
    AllOf,
    AnyOf,
    tree_banzhaf,
    tree_minimal_sets,
    tree_ness,
    tree_responsibility,
    tree_shapley,
)
from simlib.causation.degree import banzhaf, minimal_sets, ness, responsibility
from simlib.causation.force import UNKNOWN, causal_force, force_facts, known_force
from simlib.causation.game import MOST_PLAYERS
from simlib.causation.indices import HEARINGS, INDICES, Hearing, graph_indices, heard, indices
from simlib.causation.legal import Step, Steps, legal_steps
from simlib.causation.lost_chance import (
    ENDS,
    FIRST_LAYER,
    NO_MONEY,
    REFUSALS,
    Chance,
    chance,
    layer,
    layers,
    lost_chance,
    refusal,
)
from simlib.causation.omission import since_duty

__all__ = [
    "ENDS",
    "FIRST_LAYER",
    "NO_MONEY",
    "HEARINGS",
    "INDICES",
    "MOST_PLAYERS",
    "REFUSALS",
    "STAGES",
    "UNKNOWN",
    "AllOf",
    "AnyOf",
    "Chance",
    "Graph",
    "Group",
    "Hearing",
    "Node",
    "Part",
    "Step",
    "Steps",
    "acts_shapley",
    "banzhaf",
    "but_for",
    "causal_force",
    "chain_shapley",
    "chance",
    "force_facts",
    "graph",
    "graph_indices",
    "heard",
    "indices",
    "known_force",
    "layer",
    "layers",
    "later_part",
    "legal_steps",
    "lost_chance",
    "market_share",
    "minimal_sets",
    "ness",
    "ness_cause",
    "placed_by_money",
    "refusal",
    "responsibility",
    "rizzo_arnold",
    "shapley",
    "since_duty",
    "tree_banzhaf",
    "tree_minimal_sets",
    "tree_ness",
    "tree_responsibility",
    "tree_shapley",
    "weighted_shapley",
]
