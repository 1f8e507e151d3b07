"""Four indices of causation on one model of acts. Theory: no Chinese court applies any of them.

They disagree, and that is the lesson: 因果贡献度 is not one number.

An index can be brought to court by an appraiser (鉴定人), or by a person with expertise
(有专门知识的人), whose opinion is no more than a party's statement. Neither answers the question of
law.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from simlib.causation.act_graph import Graph, as_game
from simlib.causation.acts_of_case import graph
from simlib.causation.apportionment import shapley
from simlib.causation.conditions import (
    Tree,
    tree_banzhaf,
    tree_minimal_sets,
    tree_responsibility,
    tree_shapley,
)
from simlib.causation.degree import banzhaf, minimal_sets, responsibility
from simlib.causation.game import Game
from simlib.errors import UnknownName
from simlib.interval import Number
from simlib.law.dated import record
from simlib.resources import table

if TYPE_CHECKING:
    from simlib.case.model import Case

BY_TREE: dict[str, ByTree] = {
    "shapley": tree_shapley,
    "banzhaf": tree_banzhaf,
    "responsibility": tree_responsibility,
    "minimal_sets": tree_minimal_sets,
}
BY_SETS: dict[str, BySets] = {
    "shapley": shapley,
    "banzhaf": banzhaf,
    "responsibility": responsibility,
    "minimal_sets": minimal_sets,
}
INDICES = tuple(BY_TREE)
HEARINGS = ("appraiser", "expert")


class ByTree(Protocol):
    """An index of a tree of conditions."""

    def __call__(self, tree: Tree, n: int | None = None) -> tuple[Fraction, ...]: ...


class BySets(Protocol):
    """An index of a game, set by set."""

    def __call__(self, n: int, game: Game, /, *, batched: bool = False) -> tuple[float, ...]: ...


def indices(case: Case) -> dict[str, dict[str, float]]:
    """Return Shapley, Banzhaf, responsibility and minimal sets of each party who acted.

    Returns
    -------
    dict
        index → party → number in [0, 1]. Victims are no players: what they did counts as done.
        An idle act, or one after the loss, is worth 0. All but `responsibility` add up to 1

    Raises
    ------
    GameError
        if the model is no tree and more parties than 24 stand behind the loss

    Examples
    --------
    >>> from simlib import load_case
    >>> indices(load_case("fix-1"))["responsibility"]
    {'P': 1.0, 'A': 1.0, 'C': 1.0}
    """
    return graph_indices(graph(case))


def graph_indices(graph: Graph) -> dict[str, dict[str, float]]:
    """Return `indices` of a model of acts."""
    nobody = dict.fromkeys(graph.parties, 0.0)
    n = len(graph.parties)
    everybody = frozenset().union(*map(graph.of, graph.parties))
    if not graph.happens() or graph.happens(everybody):  # there is no loss, or it hangs on nobody
        return {key: dict(nobody) for key in INDICES}
    if graph.tree is not None:
        tree = graph.tree
        by_tree = {key: index(tree, n) for key, index in BY_TREE.items()}
        return {key: _named(graph.parties, range(n), values) for key, values in by_tree.items()}
    players, game = as_game(graph, graph.players)
    by_sets = {key: index(len(players), game, batched=True) for key, index in BY_SETS.items()}
    return {key: nobody | _named(graph.parties, players, v) for key, v in by_sets.items()}


def _named(
    parties: tuple[str, ...], players: Sequence[int], values: Sequence[Number]
) -> dict[str, float]:
    return {parties[p]: float(value) for p, value in zip(players, values, strict=True)}


@dataclass(frozen=True, slots=True)
class Hearing:
    """How somebody is heard, and what that can prove.

    Attributes
    ----------
    kind
        appraiser | expert: words under `hearing.KIND` of `texts/*/causation.toml`
    opinion
        appraisal (鉴定意见) | statement (视为当事人的陈述)
    proves, cannot
        keys of `hearing.points`
    basis, cites
        what it rests on
    """

    kind: str
    opinion: str
    proves: tuple[str, ...]
    cannot: tuple[str, ...]
    basis: str
    cites: tuple[str, ...]


def heard(kind: str = "appraiser") -> Hearing:
    """Return how an expert of a kind is heard.

    Raises
    ------
    UnknownName
        for a kind that does not exist

    Examples
    --------
    >>> heard("appraiser").opinion, heard("expert").opinion
    ('appraisal', 'statement')
    """
    if kind not in HEARINGS:
        raise UnknownName.among("hearing", kind, HEARINGS)
    return record(Hearing, table("law", "hearing.toml")[kind], kind=kind)
