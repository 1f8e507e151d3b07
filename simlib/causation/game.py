"""Games of causes: a value for each set of players, read in blocks and summed by player and size.

A set of players is a bit mask: bit i says whether player i takes part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from math import isfinite
from numbers import Real
from typing import TYPE_CHECKING

from simlib.errors import GameError

if TYPE_CHECKING:
    import numpy as np

MOST_PLAYERS = 24
BLOCK_BITS = 13  # 2¹³ numbers of 8 bytes stay in a processor's nearest caches
_LARGEST = 2**38  # a larger whole number, summed over 2²⁴ sets, could pass 64 bits

Game = Callable | Sequence


def check_players(n: int, most: int = MOST_PLAYERS) -> None:
    """Refuse a number of players that cannot be reckoned set by set."""
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= most:
        raise GameError("game-players", n=n, most=most)


def _reader(n: int, game: Game, batched: bool) -> Callable:
    """A function from the first mask of a block and offsets to values, whatever form a game has."""
    import numpy as np

    check_players(n)
    if not callable(game):
        table = np.asarray(game)
        if table.shape != (1 << n,):
            raise GameError("game-table", found=table.size, wanted=1 << n)
        return lambda first, offsets: table[first : first + len(offsets)].take(offsets)
    if batched:
        return lambda first, offsets: game(offsets + first)
    return lambda first, offsets: [game(first + offset) for offset in offsets.tolist()]


def blocks(n: int, game: Game, batched: bool, by_size: bool = False) -> Iterator[np.ndarray]:
    """The values of all sets, 2¹³ at a time in the order of their masks.

    With `by_size` the sets of one block come smallest first.
    """
    import numpy as np

    low = min(n, BLOCK_BITS)
    offsets = _ranks(low)[0] if by_size else np.arange(1 << low)
    read = _reader(n, game, batched)
    for first in range(0, 1 << n, 1 << low):
        yield _values(read(first, offsets), 1 << low)


def sums_by_size(n: int, game: Game, batched: bool) -> tuple[list[list], list]:
    """The game's values summed over sets of one size: those with a given player, and all.

    Each block is met once and forgotten, so memory stays far below 2ⁿ.

    Returns
    -------
    tuple
        `[i][t]`: the sum over all sets of t players with player i among them; and `[t]`: the sum
        over all sets of t players. Whole and rational values are summed exactly.
    """
    import numpy as np

    low = min(n, BLOCK_BITS)
    masks, sizes, starts = _ranks(low)
    columns: list = [0] * (n - low + 1)
    rows = []
    for high, block in enumerate(blocks(n, game, batched, by_size=True)):
        if high == 0 and block[0] != 0:
            raise GameError("game-empty-set", value=block[0])
        columns[high.bit_count()] = columns[high.bit_count()] + block
        rows.append(np.add.reduceat(block, starts[:-1]))
    below, total = _fold(_spread(columns, masks, sizes, n))
    outer, outer_sizes = _ranks(n - low)[:2]
    above, _ = _fold(_spread(np.array(rows)[outer].T, outer, outer_sizes, n))
    return [sums.tolist() for sums in (*below, *above)], total.tolist()


def ranks(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All masks of n players, smallest sets first; their sizes; where each size begins."""
    import numpy as np

    sizes = np.bitwise_count(np.arange(1 << n))
    order = np.argsort(sizes, kind="stable")
    sizes = sizes[order].astype(np.intp)
    return order, sizes, np.searchsorted(sizes, np.arange(n + 2))


_ranks = cache(ranks)  # for the bits of a block, and of the blocks' numbers: never a whole game


def _spread(parts: Sequence, masks: np.ndarray, sizes: np.ndarray, n: int) -> np.ndarray:
    """A table of set sizes × masks: part k is summed over sets with k players besides."""
    import numpy as np

    table = np.zeros((n + 1, len(masks)), dtype=np.result_type(*parts))
    for outside, part in enumerate(parts):
        table[sizes + outside, masks] = part
    return table


def _fold(table: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """For each bit the sum over the masks that have it, and the sum over all masks.

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


def _values(raw: object, count: int) -> np.ndarray:
    """Values as 64-bit whole numbers or floats where that is exact, else as fractions."""
    import numpy as np

    found = np.asarray(raw)
    if found.shape != (count,):
        raise GameError("game-table", found=found.size, wanted=count)
    if found.dtype.kind == "f":
        if not np.isfinite(found).all():
            raise GameError("game-number")
        return found.astype(np.float64, copy=False)
    if found.dtype.kind in "bui" and not (
        found.itemsize == 8 and (found.max() > _LARGEST or found.min() < -_LARGEST)
    ):
        return found.astype(np.int64, copy=False)
    return np.array([_fraction(value) for value in found.tolist()], dtype=object)


def _fraction(value: object) -> Fraction:
    if not isinstance(value, Real) or not isfinite(value):
        raise GameError("game-number")
    return Fraction(value)
