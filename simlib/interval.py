"""A quantity that unknown facts leave open between two ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both ends possible."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def hull(values: list) -> object:
    """The smallest interval that holds `values` (numbers or intervals); equal ends are one number.

    Examples
    --------
    >>> hull([3, 1, 2])
    Interval(low=1, high=3)
    >>> hull([2, 2])
    2
    """
    low, high = min(low_end(v) for v in values), max(high_end(v) for v in values)
    return low if low == high else Interval(low, high)


def low_end(value: object) -> float:
    """The lowest value a quantity can take."""
    return value.low if isinstance(value, Interval) else value


def high_end(value: object) -> float:
    """The highest value a quantity can take."""
    return value.high if isinstance(value, Interval) else value
