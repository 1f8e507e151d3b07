"""The unknown facts that enter a decision, as a box to search: an axis for each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.interval import Interval, Number, Quantity, low_end

if TYPE_CHECKING:
    from simlib.money import Fen, Units

Values = list[Number]  # of all quantities at one point, the known ones among them
Weigh = Callable[[Values], list["Units"]]
Measure = Callable[[Values], "Fen"]


@dataclass(frozen=True, slots=True)
class Axis:
    """An unknown quantity: a fact, or a weight that unknown facts leave open.

    Attributes
    ----------
    low, high
        its ends
    owner
        whose it is, by his place among the debtors
    fen
        whether it is an amount of money, which is a whole number
    total
        which of the sums it is part of that shares are in proportion to, if it is
    """

    low: Number
    high: Number
    owner: int
    fen: bool = False
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """All unknown facts that enter, and how a point among them is read.

    Attributes
    ----------
    axes
        the unknown quantities
    read
        point → (weights in billionths, measured amounts in fen), each one a debtor
    totals
        what known quantities add to each of the sums that shares are in proportion to
    """

    axes: tuple[Axis, ...]
    read: Callable[[Sequence[Number]], tuple[list[Units], list[Fen]]]
    totals: tuple[float, ...] = ()


class Quantities:
    """All quantities that a point is read from; those that are open become axes."""

    def __init__(self) -> None:
        self._values: Values = []
        self._axes: list[Axis] = []
        self._open: list[int] = []
        self._totals: dict[int, float] = {}

    def add(self, value: Quantity, owner: int, fen: bool = False, total: int | None = None) -> int:
        """Take up a quantity; return its place among the values of a point."""
        if total is not None:
            self._totals.setdefault(total, 0.0)
        if isinstance(value, Interval):
            self._open.append(len(self._values))
            self._axes.append(Axis(value.low, value.high, owner, fen, total))
        elif total is not None:
            self._totals[total] += float(value)
        self._values.append(low_end(value))
        return len(self._values) - 1

    def box(self, weigh: Weigh, measure: Sequence[Measure]) -> Box:
        """Return the box; before a point is read, the known values are put back."""
        known, open_ = self._values, self._open

        def read(point: Sequence[Number]) -> tuple[list[Units], list[Fen]]:
            values = list(known)
            for place, value in zip(open_, point, strict=True):
                values[place] = value
            return weigh(values), [of(values) for of in measure]

        return Box(tuple(self._axes), read, tuple(self._totals.values()))
