"""Nothing: the suit or the claim is dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.liability.forms.base import Bounds, Form

if TYPE_CHECKING:
    from simlib.liability.numbers import F, N, Point
    from simlib.liability.reasons_after import After
    from simlib.liability.setting import Setting
    from simlib.liability.solve import Point as WholePoint
    from simlib.liability.solve import Solution
    from simlib.money import Fen
    from simlib.trace import Trace


class Nothing(Form):
    """He answers for nothing, and nobody bears anything."""

    measure = "nothing"
    leads = True
    bears = False

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return 0."""
        return here.constant(0)

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return 0 twice."""
        return 0, 0

    def burdens(self, here: WholePoint, joint: list[bool]) -> list[Fen]:
        """Return 0 for everybody."""
        return [0] * len(here.units)

    def burden_step(self, after: After, i: int) -> Trace | None:
        """Write that a dismissal leaves nothing to bear."""
        return after.reasons.amount("burden", 0, "burden.dismissed", (after.reasons.forms[i],), i)
