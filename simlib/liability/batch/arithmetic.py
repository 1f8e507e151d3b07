"""The arithmetic of rules on arrays: what `simlib.money` does to one amount, to the same fen.

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
from functools import partial, reduce
from operator import add
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from simlib.liability.numbers import WHOLE
from simlib.money import WEIGHT_UNITS, exact

if TYPE_CHECKING:
    from fractions import Fraction

    from simlib.liability.numbers import Join

Fens: TypeAlias = NDArray[np.int64]  # whole numbers: amounts, units, or flags of 0 and 1
Floats: TypeAlias = NDArray[np.float64]  # fractions
Flags: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = tuple[int, ...]  # of a column: its place along each axis

EPS = 2.0**-50  # eight roundings of 2⁻⁵³: more than any expression below makes, unless it says so
LEAST = 2.0**-900  # smaller numbers have fewer digits than the error bounds suppose
MOST = 2**51  # up to here a float64 holds every whole number, and half of it
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
    number: float = array[
        tuple(min(i, n - 1) for i, n in zip(index, array.shape, strict=True))
    ].item()
    return number


def billionths(fraction: np.ndarray) -> tuple[np.ndarray, bool]:
    """Return fractions as whole billionths, and whether all of them are that exactly.

    A decimal of up to 15 digits is the shortest that reads back as its float: if k/10⁹ gives the
    float, k/10⁹ is the decimal as written.
    """
    units = np.rint(fraction * WEIGHT_UNITS)
    return units.astype(np.int64), bool((units / WEIGHT_UNITS == fraction).all())


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


def pay_together(
    total: np.ndarray, caps: Sequence[np.ndarray], units: Sequence[np.ndarray]
) -> list[np.ndarray]:
    """Return what debtors who pay together pay: each min(cap, share·t), with t as large as needed.

    Who reaches his cap pays the cap; the rest is split by share among the others. A share of 0
    pays last, equally.

    1. where the caps do not exceed the total, everybody pays his cap
    2. elsewhere, who reaches his cap, in floating point with a bound on its error
    3. the rest split among the others, to the fen
    4. where the bound leaves doubt, or a share is 0: round by round in whole numbers
    """
    enough = total < sum(caps)
    if not enough.any():
        return list(caps)
    full, doubt = _full(total, caps, units)
    paid = _split_rest(total, caps, units, full)
    paid = [np.where(enough, part, cap) for part, cap in zip(paid, caps, strict=True)]
    doubt = doubt & enough
    if doubt.any():
        _correct(paid, doubt, total, caps, units)
    return paid


def _full(
    total: np.ndarray, caps: Sequence[np.ndarray], units: Sequence[np.ndarray]
) -> tuple[list[np.ndarray], np.ndarray]:
    """Return who reaches his cap, and where that is in doubt.

    A debtor does if the debtors together pay no more than the total at the level of his cap: they
    pay more the higher the level, and the total at one level only.
    """
    floats = [
        (cap.astype(float), unit.astype(float)) for cap, unit in zip(caps, units, strict=True)
    ]
    # near the total every term errs by five roundings and every sum by one: half of this, at most
    sought, slack = total.astype(float), total.max() * EPS * (len(caps) + 8) / 2
    full, doubt = [], np.zeros((1,) * total.ndim, bool)
    for i, (cap, unit) in enumerate(floats):
        level = cap / np.maximum(unit, 1)
        together = cap - sought
        for j, (other, part) in enumerate(floats):
            if j != i:
                pays = part * level
                together = together + np.minimum(other, pays)
        full.append(together <= 0)
        doubt = doubt | (np.abs(together) <= slack) | ((unit == 0) & (cap > 0))
    return full, doubt


def _split_rest(
    total: np.ndarray,
    caps: Sequence[np.ndarray],
    units: Sequence[np.ndarray],
    full: Sequence[np.ndarray],
) -> list[np.ndarray]:
    """Return the caps of the full, and a split of the rest among the others."""
    masks = [
        -out.astype(np.int64) for out in full
    ]  # every bit set where he is full, none elsewhere
    most = [cap & mask for cap, mask in zip(caps, masks, strict=True)]
    left = np.maximum(0, total - sum(most))
    parts = split_units(left, [unit & ~mask for unit, mask in zip(units, masks, strict=True)])
    return [a + b for a, b in zip(most, parts, strict=True)]


def _correct(
    paid: list[np.ndarray],
    where: np.ndarray,
    total: np.ndarray,
    caps: Sequence[np.ndarray],
    units: Sequence[np.ndarray],
) -> None:
    """Reckon some columns again, round by round in whole numbers."""
    shape = np.broadcast_shapes(*(p.shape for p in paid), where.shape)
    where = np.broadcast_to(where, shape)
    owed, *of = (np.broadcast_to(a, shape)[where] for a in (total, *caps, *units))
    filled = _filled(owed, np.array(of[: len(caps)]), np.array(of[len(caps) :]))
    for i, amounts in enumerate(filled):
        paid[i] = np.array(np.broadcast_to(paid[i], shape))
        paid[i][where] = amounts


def _filled(total: np.ndarray, caps: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Return one row a debtor, one column a case; every total is below the sum of the caps."""
    paid = np.zeros_like(caps)
    left = _fill(total, units > 0, caps, units, paid)
    if left.any():
        _fill(left, units == 0, caps, np.ones_like(units), paid)
    return paid


def _fill(
    left: np.ndarray, active: np.ndarray, caps: np.ndarray, units: np.ndarray, paid: np.ndarray
) -> np.ndarray:
    """Fill the active; returns what they leave unpaid in each column.

    Round by round: who would pay his cap or more pays the cap; if nobody would, the rest is split
    by share, and the column is done.
    """
    left = left.copy()
    while True:
        todo = np.flatnonzero((left > 0) & active.any(axis=0))
        if not todo.size:
            return left
        owed, most, member = left[todo], caps[:, todo], active[:, todo]
        part = np.where(member, units[:, todo], 0)
        quotients, rests = divided(owed, part, part.sum(axis=0))
        full = member & (quotients >= most)
        last = ~full.any(axis=0)
        odd = np.where(last, owed - quotients.sum(axis=0), 0)
        split = quotients + np.array(odd_fen(odd, list(rests)))
        amounts = np.where(last, split, np.where(full, most, 0))
        paid[:, todo] += amounts
        left[todo] -= amounts.sum(axis=0)
        active[:, todo] = member & ~full & ~last


class Arrays:
    """Arrays of whole fen; fractions are arrays of floats, read as the decimals written.

    See `simlib.liability.numbers.Numbers` and `simlib.riskbenefit.model_formulas.Reals`.
    """

    def minimum(self, one: Fens, other: Fens) -> Fens:
        """See `Numbers`."""
        return np.minimum(one, other)

    def maximum(self, one: Fens, other: Fens) -> Fens:
        """See `Numbers`."""
        return np.maximum(one, other)

    def where(self, flag: Fens, one: Fens, other: Fens) -> Fens:
        """See `Numbers`."""
        return np.where(flag, one, other)

    def above_zero(self, amount: Fens) -> Fens:
        """See `Numbers`."""
        return np.maximum(0, amount)

    def anywhere(self, flag: Fens) -> bool:
        """See `Numbers`."""
        return bool(np.any(flag))

    def total(self, amounts: Sequence[Fens], none: Fens) -> Fens:
        """See `Numbers`."""
        return total_of(amounts) if amounts else none

    def over(self, part: Floats, whole: Floats) -> Floats:
        """See `Reals`."""
        there = whole > 0
        return np.where(there, part / np.where(there, whole, 1), 0.0)

    def less(self, amount: Fens, fraction: Floats) -> Fens:
        """See `Numbers`."""
        units, short = billionths(fraction)
        if short:
            return _nearest(amount, WEIGHT_UNITS - units, WEIGHT_UNITS)
        return settled(
            amount - amount * fraction,
            amount.max() * EPS,
            lambda at: WHOLE.less(int(pick(amount, at)), pick(fraction, at)),
        )

    def times(self, amount: Fens, fraction: Floats) -> Fens:
        """See `Numbers`."""
        units, short = billionths(fraction)
        if short:
            return _nearest(amount, units, WEIGHT_UNITS)
        return settled(
            amount * fraction,
            amount.max() * EPS,
            lambda at: WHOLE.times(int(pick(amount, at)), pick(fraction, at)),
        )

    def apportioned(self, amount: Fens, part: Fraction) -> Fens:
        """See `Numbers`."""
        if part.denominator >= LARGEST:
            raise Beyond
        return _nearest(amount, part.numerator, part.denominator)

    def reduced(self, amount: Fens, kept: Fens, whole: Fens) -> Fens:
        """See `Numbers`."""
        if max(amount.max(), whole.max()) > MOST:
            raise Beyond
        return np.where(whole > 0, _nearest(amount, kept, np.maximum(1, whole)), amount)

    def weight(self, fraction: Floats) -> Fens:
        """See `Numbers`."""
        units, short = billionths(fraction)
        if short:
            return units
        near = fraction * WEIGHT_UNITS
        return settled(near, WEIGHT_UNITS * EPS, lambda at: WHOLE.weight(pick(fraction, at)))

    def product(self, one: Floats, other: Floats) -> Fens:
        """See `Numbers`."""
        (a, short), (b, brief) = billionths(one), billionths(other)
        if short and brief:
            rounded: Fens = (2 * a * b + WEIGHT_UNITS) // (2 * WEIGHT_UNITS)
            return rounded
        return settled(
            one * other * WEIGHT_UNITS,
            WEIGHT_UNITS * EPS,
            lambda at: WHOLE.product(pick(one, at), pick(other, at)),
        )

    def weight_less(self, units: Fens, whole: Fens, fraction: Floats) -> Fens:
        """See `Numbers`."""
        parts, short = billionths(fraction)
        if short:
            return _nearest(units, WEIGHT_UNITS - parts, whole)
        return settled(
            units / whole * (1 - fraction) * WEIGHT_UNITS,
            WEIGHT_UNITS * EPS,
            lambda at: WHOLE.weight_less(
                int(pick(units, at)), int(pick(whole, at)), pick(fraction, at)
            ),
        )

    def weight_of_rest(self, fraction: Floats, own: Floats) -> Fens:
        """See `Numbers`."""
        return settled(
            np.minimum(1.0, fraction / (1 - own)) * WEIGHT_UNITS,
            WEIGHT_UNITS * EPS,  # a difference and a quotient of numbers in [0, 1]
            lambda at: WHOLE.weight_of_rest(pick(fraction, at), pick(own, at)),
        )

    def joined(self, join: Join, ones: Sequence[Floats], others: Sequence[Floats]) -> list[Fens]:
        """See `Numbers`."""
        sums = [reduce(add, each) for each in (ones, others)]
        if min(whole.min() for whole in sums) < LEAST:
            raise Beyond
        slack = WEIGHT_UNITS * EPS * (len(ones) + 8) / 4  # a sum errs by one rounding a debtor

        def exactly(i: int, index: Index) -> int:
            known = ([pick(x, index) for x in each] for each in (ones, others))
            return WHOLE.joined(join, *known)[i]

        return [
            settled(
                join(one / sums[0], other / sums[1], np.sqrt) * WEIGHT_UNITS,
                slack,
                partial(exactly, i),
            )
            for i, (one, other) in enumerate(zip(ones, others, strict=True))
        ]

    def reaches(self, units: Fens, whole: Fens, least: float) -> Fens:
        """See `Numbers`."""
        number = exact(least)
        if WEIGHT_UNITS % number.denominator:  # more than nine decimals
            reach = np.frompyfunc(lambda unit, of: unit >= number * of, 2, 1)
            return flags(reach(units.astype(object), whole.astype(object)).astype(bool))
        floor, rest = divided(whole, int(number * WEIGHT_UNITS), WEIGHT_UNITS)
        return flags(units >= floor + (rest > 0))

    split = staticmethod(split_units)
    pay_together = staticmethod(pay_together)


def flags(array: Flags) -> Fens:
    """Return truth values as numbers: 0 or 1, one byte each."""
    return cast(Fens, array)  # `minimum` and `where` take them as they are


ARRAYS = Arrays()
