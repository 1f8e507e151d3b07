"""Streams of transfers while a chain is being drawn, and money cut into whole pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.case.columns import IntArray

if TYPE_CHECKING:
    import numpy as np

YUAN = 100  # fen
MINUTE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Stream:
    """Some transfers: who pays and who is paid (numbers), how much and when.

    `amount` and `fee` in fen, `at` in seconds from the first midnight of the chain.
    """

    payer: IntArray
    payee: IntArray
    amount: IntArray
    fee: IntArray
    at: IntArray

    def __len__(self) -> int:
        return len(self.at)


def stream(payer: IntArray | int, payee: IntArray | int, amount: IntArray, at: IntArray) -> Stream:
    """Return transfers without fees; one payer or payee may stand for all."""
    import numpy as np

    n = len(at)
    payers, payees = (np.broadcast_to(np.asarray(end), n) for end in (payer, payee))
    return Stream(payers, payees, amount, np.zeros(n, np.int64), at)


def wait(n: int, mean_s: float, rng: np.random.Generator) -> IntArray:
    """Return n waiting times of at least a second, exponential beyond it [s]."""
    import numpy as np

    return 1 + (rng.standard_exponential(n) * mean_s).astype(np.int64)


def in_proportion(extra: int, weights: IntArray, rng: np.random.Generator) -> IntArray:
    """Return whole numbers that sum to `extra`, about by weights (systematic sampling)."""
    import numpy as np

    reach = np.cumsum(weights, dtype=np.float64)
    marks = np.floor(reach / reach[-1] * extra + rng.random()).astype(np.int64)
    parts: IntArray = np.diff(marks, prepend=0)
    return parts


def cut(
    totals: IntArray, counts: IntArray, spread: float, unit: int, rng: np.random.Generator
) -> IntArray:
    """Return each total in so many pieces, more or less equal, every fen of it [fen].

    1. a weight in [1 − spread, 1 + spread] for each piece
    2. all pieces but the last of a total: its part rounded down to `unit`; to a yuan or a fen
       where the pieces would be smaller than four of those
    3. the last: what is left
    """
    import numpy as np

    weights = 1 + spread * (2 * rng.random(int(counts.sum())) - 1)
    starts = np.cumsum(counts) - counts
    each = totals // (4 * counts)
    units = np.where(each >= unit, unit, np.where(each >= YUAN, YUAN, 1))
    per_unit = totals / (np.add.reduceat(weights, starts) * units)
    pieces: IntArray = (weights * np.repeat(per_unit, counts)).astype(np.int64)
    pieces *= np.repeat(units, counts)
    pieces[starts + counts - 1] += totals - np.add.reduceat(pieces, starts)
    return pieces


def gather(at: IntArray, batches: int, rng: np.random.Generator) -> IntArray:
    """Return how many of the payments, taken in the order of time, each of so many batches
    holds."""
    import numpy as np

    more = rng.integers(0, batches, len(at) - batches)
    return 1 + np.bincount(more, minlength=batches)
