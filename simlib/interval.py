"""A quantity that unknown facts leave open between two ends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeAlias, TypeVar

from simlib.money import Fen, Share, Weight

Number: TypeAlias = float | Fraction
N = TypeVar("N", bound=Number)
N_co = TypeVar("N_co", bound=Number, covariant=True)


@dataclass(frozen=True, slots=True)
class Interval(Generic[N_co]):
    """All values from `low` to `high`, both ends possible."""

    low: N_co
    high: N_co

    def __contains__(self, value: Number) -> bool:
        return self.low <= value <= self.high


Quantity: TypeAlias = Number | Interval[Number]  # a number, or the numbers it may be
FenRange: TypeAlias = Fen | Interval[Fen]  # an amount, or the amounts it may be [fen]
ShareRange: TypeAlias = Share | Interval[Share]
WeightRange: TypeAlias = Weight | Interval[Weight]


def hull(values: Collection[N | Interval[N]]) -> N | Interval[N]:
    """Return the smallest interval that holds `values`; equal ends are one number.

    Examples
    --------
    >>> hull([3, 1, 2])
    Interval(low=1, high=3)
    >>> hull([2, 2])
    2
    """
    low = min([v.low if isinstance(v, Interval) else v for v in values])
    high = max([v.high if isinstance(v, Interval) else v for v in values])
    return low if low == high else Interval(low, high)


def added(amounts: Iterable[FenRange]) -> FenRange:
    """Return the sum of amounts that may be intervals [fen].

    Examples
    --------
    >>> added([1, Interval(2, 3)])
    Interval(low=3, high=4)
    """
    known = list(amounts)
    return hull([sum(map(low_end, known)), sum(map(high_end, known))])


def at_ends(formula: Callable[[int], int], amount: FenRange) -> FenRange:
    """Return a formula of an amount, which the amount never moves the other way; ends to ends.

    Examples
    --------
    >>> at_ends(lambda fen: min(fen, 5), Interval(3, 8))
    Interval(low=3, high=5)
    """
    return hull([formula(low_end(amount)), formula(high_end(amount))])


def low_end(value: N | Interval[N]) -> N:
    """Return the lowest value a quantity can take."""
    return value.low if isinstance(value, Interval) else value


def high_end(value: N | Interval[N]) -> N:
    """Return the highest value a quantity can take."""
    return value.high if isinstance(value, Interval) else value
