"""What the principals leave unpaid, up to his limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.liability.forms.base import Bounds
from simlib.liability.forms.limit import Limit

if TYPE_CHECKING:
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Setting, Solution
    from simlib.liability.solve import Point


class LimitedRest(Limit):
    """He answers in second line, within his limit."""

    measure = "limited_rest"
    leftover = True
    second_line = True

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return the smaller of his limit and what principals leave, whatever other helpers pay."""
        left = here.owed - here.by_principals
        return here.facts.numbers.minimum(super().exposure(here, i), left)

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return nothing, if principals can pay it all, and his limit."""
        return 0, super().bounds(setting, solution, i)[1]
