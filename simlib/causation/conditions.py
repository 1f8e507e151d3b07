"""Games written as conditions: all of these, any of those. Exact and fast for many players.

A tree names each player at most once, so its parts never interfere: the sets that suffice can be
counted by size as polynomials instead of being listed. A player is a whole number; a tree of one
player is that number. No Chinese court applies these indices (see `causation.apportionment`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from math import comb, factorial
from typing import TypeAlias

from simlib.causation.degree import check_kind
from simlib.errors import GameError

_LAST = 9999  # the answers are one number a player, up to the highest
Counts: TypeAlias = list[int]  # [t] = number of sets of t players


@dataclass(frozen=True, slots=True, init=False)
class AllOf:
    """Harm needs every one of the parts: `AllOf(0, AnyOf(1, 2))`."""

    parts: tuple[Tree, ...]

    def __init__(self, *parts: Tree) -> None:
        object.__setattr__(self, "parts", parts)

    def wins(self, mask: int) -> bool:
        """Tell whether the players of a bit mask suffice for the harm."""
        return all(_wins(part, mask) for part in self.parts)


@dataclass(frozen=True, slots=True, init=False)
class AnyOf:
    """Any one of the parts is enough for the harm: `AnyOf(0, 1)`."""

    parts: tuple[Tree, ...]

    def __init__(self, *parts: Tree) -> None:
        object.__setattr__(self, "parts", parts)

    def wins(self, mask: int) -> bool:
        """Tell whether the players of a bit mask suffice for the harm."""
        return any(_wins(part, mask) for part in self.parts)


Tree: TypeAlias = AllOf | AnyOf | int


def tree_shapley(tree: Tree, n: int | None = None) -> tuple[Fraction, ...]:
    """Return the exact Shapley value of a tree of conditions (`shapley` of its `wins`).

    Parameters
    ----------
    tree
        `AllOf`, `AnyOf` or one player, each player at most once
    n
        number of players, if some are idle and not in the tree; they get 0

    Returns
    -------
    tuple of Fraction
        one share a player, together 1

    Raises
    ------
    GameError
        if the tree is empty somewhere, names a player twice or one that is not below n

    Examples
    --------
    >>> tree_shapley(AllOf(0, AnyOf(1, 2)))
    (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6))
    """
    decided = _decided(tree, n)
    m = sum(1 for counts in decided if counts)
    orders = [factorial(t) * factorial(m - 1 - t) for t in range(m)]
    together = [sum(c * k for c, k in zip(counts, orders, strict=False)) for counts in decided]
    return tuple(Fraction(sum_, factorial(m)) for sum_ in together)


def tree_banzhaf(tree: Tree, n: int | None = None) -> tuple[Fraction, ...]:
    """Return the exact normalised Banzhaf index of a tree of conditions; see `tree_shapley`.

    Examples
    --------
    >>> tree_banzhaf(AllOf(0, AnyOf(1, 2)))
    (Fraction(3, 5), Fraction(1, 5), Fraction(1, 5))
    """
    return _normalised([sum(counts) for counts in _decided(tree, n)])


def tree_responsibility(tree: Tree, n: int | None = None) -> tuple[Fraction, ...]:
    """Return the degrees 1/(k+1) of a tree of conditions (`degree.responsibility`); see
    `tree_shapley`.

    Examples
    --------
    >>> tree_responsibility(AllOf(0, AnyOf(1, 2)))
    (Fraction(1, 1), Fraction(1, 2), Fraction(1, 2))
    """
    decided = _decided(tree, n)
    m = sum(1 for counts in decided if counts)
    return tuple(Fraction(1, m - len(c) + 1) if c else Fraction(0) for c in decided)


def tree_ness(tree: Tree, n: int | None = None) -> tuple[bool, ...]:
    """Tell whether each player is a cause (`degree.ness`): each that the tree names is one.

    Examples
    --------
    >>> tree_ness(AllOf(0, AnyOf(1, 2)), 4)
    (True, True, True, False)
    """
    return tuple(bool(counts) for counts in _decided(tree, n))


def tree_minimal_sets(
    tree: Tree, n: int | None = None, *, kind: str = "public_good"
) -> tuple[Fraction, ...]:
    """Return an index from a tree's smallest sufficient sets (`degree.minimal_sets`).

    Examples
    --------
    >>> tree_minimal_sets(AllOf(0, AnyOf(1, 2)))
    (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))
    """
    check_kind(kind)
    others: list[Counts] = [[] for _ in range(_size(tree, n))]
    for player, counts in _along(tree, [1], _minimal_beside):
        others[player] = counts
    if kind == "public_good":
        return _normalised([sum(counts) for counts in others])
    parts = [sum(Fraction(c, t + 1) for t, c in enumerate(counts)) for counts in others]
    return _normalised(parts)


def _wins(part: Tree, mask: int) -> bool:
    return bool(mask >> part & 1) if isinstance(part, int) else part.wins(mask)


def _players(tree: Tree) -> Iterator[int]:
    """Yield every player the tree names, in its order."""
    if not isinstance(tree, AllOf | AnyOf):
        if isinstance(tree, bool) or not isinstance(tree, int) or not 0 <= tree <= _LAST:
            raise GameError("tree-player", player=tree, last=_LAST)
        yield tree
        return
    if not tree.parts:
        raise GameError("tree-empty")
    for part in tree.parts:
        yield from _players(part)


def _size(tree: Tree, n: int | None) -> int:
    """Return the number of players, of whom the tree may leave some idle."""
    named: set[int] = set()
    for player in _players(tree):
        if player in named:
            raise GameError("tree-player-twice", player=player)
        named.add(player)
    if n is not None and max(named) >= n:
        raise GameError("tree-player", player=max(named), last=n - 1)
    return max(named) + 1 if n is None else n


def _decided(tree: Tree, n: int | None) -> list[Counts]:
    """Return for each player, by size, the sets of others with whom the harm hangs on him."""
    decided: list[Counts] = [[] for _ in range(_size(tree, n))]
    for player, counts in _along(tree, [1], _others_beside):
        decided[player] = counts
    return decided


def _along(
    tree: Tree, above: Counts, beside: Callable[[AllOf | AnyOf], Iterable[Counts]]
) -> Iterator[tuple[int, Counts]]:
    """Yield each player with the product of what stands beside his branch, from the root down."""
    if isinstance(tree, int):
        yield tree, above
        return
    for part, counts in zip(tree.parts, beside(tree), strict=True):
        yield from _along(part, _times(above, counts), beside)


def _others_beside(group: AllOf | AnyOf) -> list[Counts]:
    """Return for each part the sets of the others in which it decides: all, or none enough."""
    count = _winning if isinstance(group, AllOf) else _losing
    return _products_but_one([count(part) for part in group.parts])


def _minimal_beside(group: AllOf | AnyOf) -> list[Counts]:
    """Return for each part the others' smallest sets beside it: only `AllOf` needs any."""
    if isinstance(group, AnyOf):
        return [[1]] * len(group.parts)
    return _products_but_one([_minimal(part) for part in group.parts])


def _winning(tree: Tree) -> Counts:
    """Return how many sets of each size suffice."""
    if isinstance(tree, int):
        return [0, 1]
    if isinstance(tree, AllOf):
        return _product(_winning(part) for part in tree.parts)
    return _rest(tree, _product(_losing(part) for part in tree.parts))


def _losing(tree: Tree) -> Counts:
    """Return how many sets of each size do not suffice."""
    if isinstance(tree, int):
        return [1]
    if isinstance(tree, AnyOf):
        return _product(_losing(part) for part in tree.parts)
    return _rest(tree, _winning(tree))


def _rest(tree: Tree, counts: Counts) -> Counts:
    """Return all sets of the tree's players but these; no zeros at the end."""
    m = sum(1 for _ in _players(tree))
    whole = (comb(m, t) for t in range(m + 1))
    rest = [a - b for a, b in zip_longest(whole, counts, fillvalue=0)]
    while rest[-1] == 0:
        rest.pop()
    return rest


def _minimal(tree: Tree) -> Counts:
    """Return how many smallest sufficient sets of each size there are."""
    if isinstance(tree, int):
        return [0, 1]
    parts = [_minimal(part) for part in tree.parts]
    if isinstance(tree, AllOf):
        return _product(parts)
    return [sum(counts) for counts in zip_longest(*parts, fillvalue=0)]


def _times(a: Counts, b: Counts) -> Counts:
    product = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            product[i + j] += x * y
    return product


def _product(factors: Iterable[Counts]) -> Counts:
    whole = [1]
    for factor in factors:
        whole = _times(whole, factor)
    return whole


def _products_but_one(factors: Sequence[Counts]) -> list[Counts]:
    """Return for each factor the product of all the others."""
    before, after = [[1]], [[1]]
    for factor in factors[:-1]:
        before.append(_times(before[-1], factor))
    for factor in factors[:0:-1]:
        after.append(_times(after[-1], factor))
    return [_times(a, b) for a, b in zip(before, reversed(after), strict=True)]


def _normalised(counts: Sequence[int | Fraction]) -> tuple[Fraction, ...]:
    whole = sum(counts)
    return tuple(Fraction(count) / whole for count in counts)
