"""The whole claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.liability.forms.base import Bounds, Form, whole_claim_of, whole_owed, whole_rests
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Setting, Solution, Writer
    from simlib.liability.solve import Point


class Claim(Form):
    """He owes all that is owed."""

    measure = "claim"
    owes_all = True
    stands_in = True

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return all that is owed, to a negligent debtor less the claimant's own fault."""
        return whole_owed(here, i)

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return the ends of all that is owed."""
        return whole_claim_of(setting, solution, i)

    def rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return what own fault leaves of the damages, if it counts for him alone."""
        return whole_rests(reasons, i)
