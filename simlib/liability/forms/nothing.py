"""Nothing: the suit or the claim is dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.liability.forms.base import Bounds, Form

if TYPE_CHECKING:
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Setting, Solution
    from simlib.liability.solve import Point


class Nothing(Form):
    """He answers for nothing."""

    measure = "nothing"
    dismisses = True

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return 0."""
        return here.constant(0)

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return 0 twice."""
        return 0, 0
