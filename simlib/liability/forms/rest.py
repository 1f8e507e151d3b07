"""What those who pay before him leave unpaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.liability.forms.base import Bounds, Form

if TYPE_CHECKING:
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Setting, Solution
    from simlib.liability.solve import Point


class Rest(Form):
    """He owes the whole, once others could not pay it."""

    measure = "rest"
    leftover = True

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return what earlier rounds leave."""
        return here.owed - here.now

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return nothing, if earlier rounds can pay it all, and all that is owed."""
        return 0, high_end(solution.owed)
