"""Causation: how much a party's act did to the loss, as found by a court or derived from a game.

`causal_force` reads the facts of a case. Everything else here takes a game (what would each set of
parties have done without the others?) and derives numbers from it. Those formulas are doctrine and
foreign law for comparison: no Chinese court applies them.
"""

from __future__ import annotations

from simlib.causation.acts import acts_shapley
from simlib.causation.degree import banzhaf, minimal_sets, ness, responsibility
from simlib.causation.force import UNKNOWN, causal_force
from simlib.causation.game import MOST_PLAYERS
from simlib.causation.indices import INDICES, graph_indices, indices
from simlib.causation.market import market_share
from simlib.causation.model import STAGES, Graph, Group, Node, but_for, graph, ness_cause
from simlib.causation.sharing import chain_shapley, rizzo_arnold, shapley, weighted_shapley
from simlib.causation.tree import (
    AllOf,
    AnyOf,
    tree_banzhaf,
    tree_minimal_sets,
    tree_ness,
    tree_responsibility,
    tree_shapley,
)

__all__ = [
    "INDICES",
    "MOST_PLAYERS",
    "STAGES",
    "UNKNOWN",
    "AllOf",
    "AnyOf",
    "Graph",
    "Group",
    "Node",
    "acts_shapley",
    "banzhaf",
    "but_for",
    "causal_force",
    "chain_shapley",
    "graph",
    "graph_indices",
    "indices",
    "market_share",
    "minimal_sets",
    "ness",
    "ness_cause",
    "responsibility",
    "rizzo_arnold",
    "shapley",
    "tree_banzhaf",
    "tree_minimal_sets",
    "tree_ness",
    "tree_responsibility",
    "tree_shapley",
    "weighted_shapley",
]
