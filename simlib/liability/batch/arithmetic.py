"""The numbers of forms of liability on arrays: `simlib.liability.numbers`, for many columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from simlib.liability.batch import numbers
from simlib.liability.batch.collection import pay_together
from simlib.liability.batch.numbers import Fens, Flags, Floats
from simlib.money import WEIGHT_UNITS, exact


class Arrays:
    """Arrays of whole fen; fractions are arrays of floats, read as the decimals written."""

    def minimum(self, one: Fens, other: Fens) -> Fens:
        """See `Numbers`."""
        return np.minimum(one, other)

    def maximum(self, one: Fens, other: Fens) -> Fens:
        """See `Numbers`."""
        return np.maximum(one, other)

    def above_zero(self, amount: Fens) -> Fens:
        """See `Numbers`."""
        return np.maximum(0, amount)

    def where(self, flag: Fens, one: Fens, other: Fens) -> Fens:
        """See `Numbers`."""
        return np.where(flag, one, other)

    def total(self, amounts: Sequence[Fens], none: Fens) -> Fens:
        """See `Numbers`."""
        return numbers.total_of(amounts) if amounts else none

    def less(self, amount: Fens, fraction: Floats) -> Fens:
        """See `Numbers`."""
        return numbers.less(amount, fraction)

    def times(self, amount: Fens, fraction: Floats) -> Fens:
        """See `Numbers`."""
        return numbers.times(amount, fraction)

    def weight(self, fraction: Floats) -> Fens:
        """See `Numbers`."""
        return numbers.weight(fraction)

    def weight_less(self, units: Fens, whole: Fens, fraction: Floats) -> Fens:
        """See `Numbers`."""
        return numbers.share_less(units, whole, fraction)

    def reaches(self, units: Fens, whole: Fens, least: float) -> Fens:
        """See `Numbers`."""
        number = exact(least)
        if WEIGHT_UNITS % number.denominator:  # more than nine decimals
            reach = np.frompyfunc(lambda unit, of: unit >= number * of, 2, 1)
            return flags(reach(units.astype(object), whole.astype(object)).astype(bool))
        floor, rest = numbers.divided(whole, int(number * WEIGHT_UNITS), WEIGHT_UNITS)
        return flags(units >= floor + (rest > 0))

    def split(self, amount: Fens, units: Sequence[Fens]) -> list[Fens]:
        """See `Numbers`."""
        return numbers.split_units(amount, units)

    def pay_together(self, total: Fens, caps: Sequence[Fens], units: Sequence[Fens]) -> list[Fens]:
        """See `Numbers`."""
        return pay_together(total, caps, units)


def flags(array: Flags) -> Fens:
    """Return truth values as numbers: 0 or 1, one byte each."""
    return cast(Fens, array)  # `minimum` and `where` take them as they are


ARRAYS = Arrays()
