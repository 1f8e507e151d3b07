"""A model of acts as a condition on its players: a tree if one can be found, else set by set.

Acts of one player, and an act that several others rest on, make a model name a player more than
once. Players without whom nothing happens are taken out first, then what all branches share; that
turns the usual chain into a tree that names each player once (`simlib.causation.conditions`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from simlib.causation.conditions import AllOf, AnyOf, Tree
from simlib.causation.degree import ness

if TYPE_CHECKING:
    from simlib.case.columns import BoolArray, IntArray
    from simlib.causation.act_graph import Graph, Groups

Players: TypeAlias = Mapping[str, int | None]  # act → player; None where it counts as done


@dataclass(frozen=True, slots=True)
class Both:
    """A condition: all of the players, and of each choice one branch."""

    players: frozenset[int] = frozenset()
    choices: frozenset[frozenset[Both]] = frozenset()

    def names(self) -> frozenset[int]:
        """Return every player the condition names."""
        return self.players.union(*(_names(choice) for choice in self.choices))


DONE = Both()
NOBODY: frozenset[int] = frozenset()


def read_once(graph: Graph, players: Players) -> Tree | None:
    """Return the loss as a tree that names each player once; None without tree or players."""
    needed = necessary(graph, players)
    rest = _condition(graph, players, needed)
    if rest is None:
        return None
    return _tree(Both(rest.players | needed, rest.choices))


def relevant(graph: Graph, players: Players) -> tuple[int, ...]:
    """Return the players who are a necessary element of some sufficient set.

    Raises
    ------
    GameError
        if the model is no tree and has more players than can be gone through set by set
    """
    needed = necessary(graph, players)
    rest = _condition(graph, players, needed)
    if rest is not None:
        return tuple(sorted(rest.names() | needed))
    numbered, game = as_game(graph, players)
    causes = ness(len(numbered), game, batched=True)
    return tuple(player for player, is_one in zip(numbered, causes, strict=True) if is_one)


def beside(tree: Tree, player: int) -> frozenset[int] | None:
    """Return who else is in a smallest sufficient set with a player; None if he is not named.

    Examples
    --------
    >>> sorted(beside(AllOf(0, AnyOf(AllOf(1, 2), 3)), 2))
    [0, 1]
    """
    if isinstance(tree, int):
        return frozenset() if tree == player else None
    for part in tree.parts:
        company = beside(part, player)
        if company is not None:
            others = tree.parts if isinstance(tree, AllOf) else ()
            return company.union(*(_least(other) for other in others if other is not part))
    return None


def _least(tree: Tree) -> frozenset[int]:
    """Return a smallest sufficient set, with the players named first where several are as small."""
    if isinstance(tree, int):
        return frozenset({tree})
    sets = [_least(part) for part in tree.parts]
    if isinstance(tree, AllOf):
        return NOBODY.union(*sets)
    return min(sets, key=lambda one: (len(one), sorted(one)))


def necessary(graph: Graph, players: Players) -> frozenset[int]:
    """Return the players without any one of whom the loss does not happen."""
    acts: dict[int, set[str]] = {}
    for id, player in players.items():
        if player is not None:
            acts.setdefault(player, set()).add(id)
    return frozenset(p for p, ids in acts.items() if not graph.happens(frozenset(ids)))


def as_game(graph: Graph, players: Players) -> tuple[list[int], Callable[[IntArray], BoolArray]]:
    """Return the players behind the loss, and whether it happens for an array of sets of them."""
    behind = [id for id in graph.order if id in graph.behind]
    numbered = sorted({p for id in behind if (p := players[id]) is not None})
    bit = {player: n for n, player in enumerate(numbered)}

    def game(masks: IntArray) -> BoolArray:
        import numpy as np

        there: dict[str, BoolArray] = {}
        everywhere: BoolArray = np.ones(len(masks), dtype=bool)
        for id in behind:
            player = players[id]
            own = everywhere if player is None else (masks >> bit[player]) & 1 == 1
            there[id] = _all_met(graph.node(id).needs, there, own)
        return _all_met(graph.loss_needs, there, everywhere)

    return numbered, game


def _all_met(needs: Groups, there: Mapping[str, BoolArray], so_far: BoolArray) -> BoolArray:
    for group in needs:
        met = there[group[0]]
        for id in group[1:]:
            met = met | there[id]
        so_far = so_far & met
    return so_far


def _condition(graph: Graph, players: Players, given: frozenset[int]) -> Both | None:
    """Return what the loss needs of the players once some are given; None if it names one twice."""
    conditions: dict[str, Both | None] = {}
    for id in graph.order:
        if id not in graph.behind:
            continue
        player = players[id]
        own = DONE if player is None or player in given else Both(frozenset({player}))
        conditions[id] = _all_of([own, *(_group(g, conditions) for g in graph.node(id).needs)])
    return _all_of([_group(group, conditions) for group in graph.loss_needs])


def _group(group: Iterable[str], conditions: Mapping[str, Both | None]) -> Both | None:
    return _any_of([conditions[id] for id in group])


def _all_of(some: list[Both | None]) -> Both | None:
    """Return all parts together, each player named once; None if that cannot be had."""
    parts = _known(some)
    if parts is None:
        return None
    whole = DONE.players.union(*(part.players for part in parts))
    choices = DONE.choices.union(*(part.choices for part in parts))
    while True:  # a choice met by the players named may name more of them for good
        left = _known([_assume(choice, whole) for choice in choices])
        if left is None:
            return None
        choices = DONE.choices.union(*(part.choices for part in left))
        named = whole.union(*(part.players for part in left))
        if named == whole:
            break
        whole = named
    return Both(whole, choices) if _apart([whole, *map(_names, choices)]) else None


def _known(parts: list[Both | None]) -> list[Both] | None:
    """Return the parts; None if one of them is."""
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) else None


def _any_of(some: list[Both | None]) -> Both | None:
    """Return any one of the parts, with what they share taken out; None if that names one twice."""
    if DONE in some:
        return DONE
    parts = _known(some)
    if parts is None:
        return None
    branches = {p for p in set(parts) if not any(q != p and _within(q, p) for q in parts)}
    if len(branches) == 1:
        return branches.pop()
    players = frozenset.intersection(*(b.players for b in branches))
    choices = frozenset.intersection(*(b.choices for b in branches))
    rest = frozenset(Both(b.players - players, b.choices - choices) for b in branches)
    if not _apart([b.names() for b in rest]):
        return None
    return Both(players, choices | {rest})


def _assume(choice: frozenset[Both], given: frozenset[int]) -> Both | None:
    """Return a choice when some players are there."""
    return _any_of(
        [
            _all_of([Both(branch.players - given), *(_assume(c, given) for c in branch.choices)])
            for branch in choice
        ]
    )


def _within(less: Both, more: Both) -> bool:
    """Tell whether one condition needs nothing that the other does not."""
    return less.players <= more.players and less.choices <= more.choices


def _names(choice: frozenset[Both]) -> frozenset[int]:
    return NOBODY.union(*(branch.names() for branch in choice))


def _apart(sets: list[frozenset[int]]) -> bool:
    return not any(a & b for a, b in combinations(sets, 2))


def _tree(both: Both) -> Tree | None:
    parts: list[Tree] = [*sorted(both.players), *sorted(map(_any_tree, both.choices), key=repr)]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else AllOf(*parts)


def _any_tree(choice: frozenset[Both]) -> Tree:
    trees = [tree for branch in choice if (tree := _tree(branch)) is not None]
    return AnyOf(*sorted(trees, key=repr))
