"""Games of causes: a value for each set of players, read in blocks and summed by player and size.

A set of players is a bit mask: bit i says whether player i takes part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from math import isfinite
from numbers import Rational, Real
from typing import TYPE_CHECKING, TypeAlias

from simlib.case.columns import IntArray
from simlib.errors import GameError
from simlib.interval import Number

if TYPE_CHECKING:
    from typing import Any  # for `Values` alone

    import numpy.typing as npt

Values: TypeAlias = "npt.NDArray[Any]"  # Any: whole numbers, floats, or fractions as objects

MOST_PLAYERS = 24
BLOCK_BITS = 13  # 2¹³ numbers of 8 bytes stay in a processor's nearest caches
_SHORT = 2**7  # where folding beats splitting
_LARGEST = 2**38  # a larger whole number, summed over 2²⁴ sets, could pass 64 bits

Rule: TypeAlias = Callable[..., object]  # of a bit mask, or of an array of masks at once
Game: TypeAlias = "Rule | Sequence[Number] | Values"  # Values: in the order of the masks
Sums: TypeAlias = list[Number]


def check_players(n: int, most: int = MOST_PLAYERS) -> None:
    """Refuse a number of players that cannot be reckoned set by set."""
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= most:
        raise GameError("game-players", n=n, most=most)


def blocks(n: int, game: Game, batched: bool) -> Iterator[Values]:
    """Yield the values of all sets in the order of their masks, 2¹³ at a time, whatever form a game
    has.

    Whole numbers and floats of 64 bits where that is exact, else fractions. Floats may be infinite.
    """
    import numpy as np

    check_players(n)
    count = 1 << min(n, BLOCK_BITS)
    if not callable(game):
        table = np.asarray(game)
        if table.shape != (1 << n,):
            raise GameError("game-table", found=table.size, wanted=1 << n)
        yield from (_values(table[at : at + count], count) for at in range(0, 1 << n, count))
        return
    for at in range(0, 1 << n, count):
        masks = np.arange(at, at + count)
        yield _values(game(masks) if batched else [game(m) for m in masks.tolist()], count)


def sums_by_size(n: int, game: Game, batched: bool) -> tuple[list[Sums], Sums]:
    """Return the game's values summed over sets of one size: those with a given player, and all.

    Each block is met once and forgotten, so memory stays far below 2ⁿ. Two sums are kept: place
    by place over the blocks whose first players are equally many (`columns`), and over the sets of
    one size within each block (`rows`). The former is a smaller game of the block's players, the
    latter one of the players who tell the blocks apart.

    Returns
    -------
    tuple
        `[i][t]`: the sum over all sets of t players with player i among them; and `[t]`: the sum
        over all sets of t players. Whole and rational values are summed exactly.
    """
    import numpy as np

    low = min(n, BLOCK_BITS)
    masks, starts = _ranks(low)
    columns: dict[int, Values] = {}
    rows = []
    with np.errstate(invalid="ignore", over="ignore"):  # what is not finite is refused below
        for high, block in enumerate(blocks(n, game, batched)):
            if high == 0 and block[0] != 0:
                raise GameError("game-empty-set", value=block[0])
            _lay(columns, high.bit_count(), block)
            by_size = block.take(masks, mode="wrap")  # all are in range: this saves the check
            rows.append(np.add.reduceat(by_size, starts))
    table = np.array(rows).T
    check_finite(table)
    below, total = _by_player([columns[ahead] for ahead in range(n - low + 1)])
    above, _ = _by_player(table)
    return [sums.tolist() for sums in (*below, *above)], total.tolist()


def _lay(columns: dict[int, Values], place: int, block: Values) -> None:
    """Add a block to those laid at one place, where the kind of number allows without a copy."""
    laid = columns.get(place)
    if laid is not None and laid.dtype == block.dtype:
        laid += block
    else:
        columns[place] = block + (0 if laid is None else laid)


def check_finite(values: Values) -> None:
    """Refuse floats that are infinite or no numbers."""
    import numpy as np

    numbers = values.astype(float) if values.dtype.kind == "O" else values
    if not np.isfinite(numbers).all():
        raise GameError("game-number")


def ranks(n: int) -> tuple[IntArray, IntArray]:
    """Return all masks of n players, smallest sets first, and where each size begins."""
    import numpy as np

    sizes = np.bitwise_count(np.arange(1 << n))
    order = np.argsort(sizes, kind="stable")
    return order, np.searchsorted(sizes[order], np.arange(n + 1))


_ranks = cache(ranks)  # for the bits of a block, and of the blocks' numbers: never a whole game


def _by_player(parts: Sequence[Values] | Values) -> tuple[list[Values], Values]:
    """Return `sums_by_size` of a table whose row k is summed over sets with k more players.

    A long table is split once more, as the whole game was.
    """
    import numpy as np

    count = len(parts[0])
    if count <= _SHORT:
        return _fold(_sized(np.array(parts)))
    inner, inner_starts = _ranks(_SHORT.bit_length() - 1)
    outer, outer_starts = _ranks((count // _SHORT).bit_length() - 1)
    squares = [part.reshape(-1, _SHORT) for part in parts]  # one at a time stays in the cache
    rows = np.array(
        [np.add.reduceat(s.take(inner, axis=1), inner_starts, axis=1).T for s in squares]
    )
    columns = np.array(
        [np.add.reduceat(s.take(outer, axis=0), outer_starts, axis=0) for s in squares]
    )
    below, total = _by_player(_along_diagonals(columns))
    above, _ = _by_player(_along_diagonals(rows))
    return [*below, *above], total


def _along_diagonals(cube: Values) -> Values:
    """Gather [k, s] in row k + s: k players besides and s counted here."""
    import numpy as np

    gathered = np.zeros((cube.shape[0] + cube.shape[1] - 1, cube.shape[2]), dtype=cube.dtype)
    for size in range(cube.shape[1]):
        gathered[size : size + len(cube)] += cube[:, size]
    return gathered


def _sized(parts: Values) -> Values:
    """Return the same table with each row a size of the whole set, the mask's own players
    included."""
    import numpy as np

    masks = np.arange(parts.shape[1])
    sizes = np.bitwise_count(masks).astype(np.intp)
    table = np.zeros((len(parts) + sizes[-1], len(masks)), dtype=parts.dtype)
    table[np.arange(len(parts))[:, None] + sizes, masks] = parts
    return table


def _fold(table: Values) -> tuple[list[Values], Values]:
    """Return for each bit the sum over the masks that have it, and the sum over all masks.

    The half with the top bit is summed and then laid upon the other half: all bits together cost
    two passes instead of one each.
    """
    with_bit = []
    while table.shape[1] > 1:
        half = table.shape[1] // 2
        upper = table[:, half:]
        with_bit.append(upper.sum(axis=1))
        table = table[:, :half] + upper
    return with_bit[::-1], table[:, 0]


def _values(raw: object, count: int) -> Values:
    """Return values as 64-bit whole numbers or floats where exact, else as fractions."""
    import numpy as np

    values = np.asarray(raw)
    if values.shape != (count,):
        raise GameError("game-table", found=values.size, wanted=count)
    if values.dtype.kind == "f":
        return values.astype(np.float64, copy=False)
    if values.dtype.kind in "bui" and not (
        values.itemsize == 8 and (values.max() > _LARGEST or values.min() < -_LARGEST)
    ):
        return values.astype(np.int64, copy=False)
    return np.array([_fraction(value) for value in values.tolist()], dtype=object)


def _fraction(value: object) -> Fraction:
    if isinstance(value, int | float | Rational) and isfinite(value):
        return Fraction(value)
    if isinstance(value, Real) and isfinite(value):
        return Fraction(float(value))
    raise GameError("game-number")
