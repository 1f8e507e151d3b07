"""Whole numbers on arrays: what `simlib.money` does to one amount, done to many, to the same fen.

Amounts are int64 [fen], fractions float64 and read as the decimals written, as `money.exact` does.
Floating point only finds a quotient or a neighbourhood; the integers decide:

- A product may pass 2⁶³. Its quotient is found in floating point, its remainder modulo 2⁶⁴: the
  true remainder is small, so the wrapped one is exact, and it corrects the quotient.
- A fraction of up to nine decimals is a whole number of billionths, and stays one.
- A longer one is multiplied in floating point. Where the error bound leaves open which whole
  number is nearest, that column is reckoned again with exact fractions.

All arrays of a call have as many axes as each other and broadcast; none has no axis at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from operator import add
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from simlib import money
from simlib.money import WEIGHT_UNITS, exact, half_up

Fens: TypeAlias = NDArray[np.int64]  # whole numbers: amounts, units, or flags of 0 and 1
Floats: TypeAlias = NDArray[np.float64]  # fractions
Flags: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = tuple[int, ...]  # of a column: its place along each axis

EPS = 2.0**-50  # eight roundings of 2⁻⁵³: more than any expression below makes, unless it says so
LARGEST = 2**61  # sums of units stay below, so that twice a remainder fits an int64


class Beyond(Exception):
    """Numbers too large for whole-number arrays: the scalar engine takes these columns."""


def total_of(arrays: Sequence[Fens]) -> Fens:
    """Return the sum of one or more arrays."""
    return reduce(add, arrays)


def quotient_of(amount: Fens, whole: Fens | int) -> Floats:
    """amount over whole in floating point, a trifle too large: whole quotients stay whole."""
    return amount * (1 + EPS) / whole


def divided(
    amount: Fens, units: Fens | int, whole: Fens | int, ratio: Floats | None = None
) -> tuple[Fens, Fens]:
    """amount·units over `whole` (> 0), rounded down, and the remainder; nothing is negative.

    `ratio` is their `quotient_of`, if the caller has it already.
    """
    ratio = quotient_of(amount, whole) if ratio is None else ratio
    quotient = (ratio * units).astype(np.int64)
    rest = amount * units - quotient * whole
    while True:
        # a negative remainder reads as a huge one without its sign
        wrong = rest.view(np.uint64) >= np.asarray(whole, np.uint64)
        if not wrong.any():
            return quotient, rest
        step = np.where(wrong, np.floor(rest / whole), 0).astype(np.int64)
        quotient += step
        rest -= step * whole


def settled(near: np.ndarray, slack: float, exactly: Callable[[Index], int]) -> Fens:
    """Return the whole numbers nearest to `near`, halves upwards.

    Parameters
    ----------
    near
        approximations, ≥ 0
    slack
        the most by which they, with a half added, may be wrong
    exactly
        index of a column → its whole number, asked where `slack` leaves two
    """
    low, high = np.floor(near + (0.5 - slack)), np.floor(near + (0.5 + slack))
    whole = low.astype(np.int64)
    for index in np.argwhere(low != high):
        where = tuple(index.tolist())
        whole[where] = exactly(where)
    return whole


def pick(array: np.ndarray, index: Index) -> float:
    """Return the Python number in a column; axes along which nothing varies have length 1."""
    return array[tuple(min(i, n - 1) for i, n in zip(index, array.shape, strict=True))].item()


def billionths(fraction: np.ndarray) -> tuple[np.ndarray, bool]:
    """Return fractions as whole billionths, and whether all of them are that exactly.

    A decimal of up to 15 digits is the shortest that reads back as its float: if k/10⁹ gives the
    float, k/10⁹ is the decimal as written.
    """
    units = np.rint(fraction * WEIGHT_UNITS)
    return units.astype(np.int64), bool((units / WEIGHT_UNITS == fraction).all())


def weight(fraction: np.ndarray) -> np.ndarray:
    """`money.weight`: fractions in billionths, halves upwards."""
    units, short = billionths(fraction)
    if short:
        return units
    return settled(
        fraction * WEIGHT_UNITS, WEIGHT_UNITS * EPS, lambda at: money.weight(pick(fraction, at))
    )


def product(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the product of two fractions in billionths, halves upwards."""
    (a, short), (b, brief) = billionths(one), billionths(other)
    if short and brief:
        return (2 * a * b + WEIGHT_UNITS) // (2 * WEIGHT_UNITS)
    return settled(
        one * other * WEIGHT_UNITS,
        WEIGHT_UNITS * EPS,
        lambda at: money.weight(exact(pick(one, at)) * exact(pick(other, at))),
    )


def times(amount: np.ndarray, fraction: np.ndarray) -> np.ndarray:
    """`money.times`: a fraction in [0, 1] of an amount, halves of a fen upwards."""
    units, short = billionths(fraction)
    if short:
        return _nearest(amount, units, WEIGHT_UNITS)
    return settled(
        amount * fraction,
        amount.max() * EPS,
        lambda at: money.times(int(pick(amount, at)), pick(fraction, at)),
    )


def less(amount: np.ndarray, fraction: np.ndarray) -> np.ndarray:
    """Return what is left of an amount after a fraction of it, halves of a fen upwards."""
    units, short = billionths(fraction)
    if short:
        return _nearest(amount, WEIGHT_UNITS - units, WEIGHT_UNITS)
    return settled(
        amount - amount * fraction,
        amount.max() * EPS,
        lambda at: half_up(int(pick(amount, at)) * (1 - exact(pick(fraction, at)))),
    )


def share_less(units: np.ndarray, whole: np.ndarray, fraction: np.ndarray) -> np.ndarray:
    """What is left of the share units/whole after a fraction of it, in billionths, halves up."""
    parts, short = billionths(fraction)
    if short:
        return reduced(units, WEIGHT_UNITS - parts, whole)
    return settled(
        units / whole * (1 - fraction) * WEIGHT_UNITS,
        WEIGHT_UNITS * EPS,
        lambda at: money.weight(
            Fraction(int(pick(units, at)), int(pick(whole, at))) * (1 - exact(pick(fraction, at)))
        ),
    )


def apportioned(amount: np.ndarray, part: int, whole: int) -> np.ndarray:
    """amount·part/whole for whole numbers with part ≤ whole, halves upwards."""
    if whole >= LARGEST:
        raise Beyond
    return _nearest(amount, part, whole)


def reduced(amount: np.ndarray, kept: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """amount·kept/whole for arrays of whole numbers ≥ 0, halves upwards; whole > 0."""
    return _nearest(amount, kept, whole)


def _nearest(amount: Fens, units: Fens | int, whole: Fens | int) -> Fens:
    quotient, rest = divided(amount, units, whole)
    return quotient + (2 * rest >= whole)


def split_units(total: Fens, units: Sequence[Fens]) -> list[Fens]:
    """`money.split_units`: by largest remainder, ties in order; units that are all 0 are equal."""
    whole = total_of(units)
    flat = whole == 0
    if flat.any():
        units = [np.where(flat, 1, u) for u in units]
        whole = np.where(flat, len(units), whole)
    ratio = quotient_of(total, whole)
    parts, rests = zip(*(divided(total, u, whole, ratio) for u in units), strict=True)
    odd = total - sum(parts)
    return [p + o for p, o in zip(parts, odd_fen(odd, rests), strict=True)]


def odd_fen(odd: np.ndarray, rests: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Who gets one of the `odd` fen left by a split: those of the largest remainders, in order.

    A remainder's place is the number of those before it: counted, not sorted. A remainder of 0
    never comes so far forward that it gets a fen.
    """
    if not odd.any():
        return [np.zeros((1,) * odd.ndim, bool)] * len(rests)
    shape = np.broadcast_shapes(*(r.shape for r in rests))
    places = [np.full(shape, i, np.int8) for i in range(len(rests))]
    for j in range(1, len(rests)):
        for i in range(j):
            later_first = np.greater(rests[j], rests[i]).view(np.int8)
            places[i] += later_first
            places[j] -= later_first
    return [place < odd for place in places]
