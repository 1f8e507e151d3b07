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
from simlib.causation.market import market_share
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
    "MOST_PLAYERS",
    "UNKNOWN",
    "AllOf",
    "AnyOf",
    "acts_shapley",
    "banzhaf",
    "causal_force",
    "chain_shapley",
    "market_share",
    "minimal_sets",
    "ness",
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
