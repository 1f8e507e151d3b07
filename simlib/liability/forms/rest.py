"""What those who pay before him leave unpaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.liability.forms.base import Bounds, Form, whole_claim_of, whole_owed, whole_rests
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Setting, Solution, Writer
    from simlib.liability.solve import Point


class Rest(Form):
    """He owes the whole, once others could not pay it."""

    measure = "rest"
    leftover = True

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return what earlier rounds leave."""
        return here.numbers.minimum(whole_owed(here, i), here.owed - here.now)

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return nothing, if earlier rounds can pay it all, and all that is owed."""
        return 0, whole_claim_of(setting, solution, i)[1]

    def rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return what own fault leaves of the damages, if it counts for him alone."""
        return whole_rests(reasons, i)
