"""Four indices of causation on one model of acts. Theory: no Chinese court applies any of them.

They disagree, and that is the lesson: 因果贡献度 is not one number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.causation.circuit import as_game
from simlib.causation.degree import banzhaf, minimal_sets, responsibility
from simlib.causation.model import Graph, graph
from simlib.causation.sharing import shapley
from simlib.causation.tree import (
    tree_banzhaf,
    tree_minimal_sets,
    tree_responsibility,
    tree_shapley,
)

if TYPE_CHECKING:
    from simlib.case.model import Case

BY_TREE = {
    "shapley": tree_shapley,
    "banzhaf": tree_banzhaf,
    "responsibility": tree_responsibility,
    "minimal_sets": tree_minimal_sets,
}
BY_SETS = {
    "shapley": shapley,
    "banzhaf": banzhaf,
    "responsibility": responsibility,
    "minimal_sets": minimal_sets,
}
INDICES = tuple(BY_TREE)


def indices(case: Case) -> dict[str, dict[str, float]]:
    """Shapley, Banzhaf, degree of responsibility and minimal sets of each party who acted.

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
    """`indices` of a model of acts."""
    nobody = dict.fromkeys(graph.parties, 0.0)
    n = len(graph.parties)
    everybody = frozenset().union(*map(graph.of, graph.parties))
    if not graph.happens() or graph.happens(everybody):  # there is no loss, or it hangs on nobody
        return {key: dict(nobody) for key in INDICES}
    if graph.tree is not None:
        found = {key: index(graph.tree, n) for key, index in BY_TREE.items()}
        return {key: _named(graph.parties, range(n), values) for key, values in found.items()}
    players, game = as_game(graph, graph.players)
    found = {key: index(len(players), game, batched=True) for key, index in BY_SETS.items()}
    return {key: nobody | _named(graph.parties, players, values) for key, values in found.items()}


def _named(parties: tuple[str, ...], players: list[int] | range, values: tuple) -> dict:
    return {parties[p]: float(value) for p, value in zip(players, values, strict=True)}
