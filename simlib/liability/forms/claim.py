"""The whole claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.liability.forms.base import Bounds, Form, whole_claim

if TYPE_CHECKING:
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Setting, Solution
    from simlib.liability.solve import Point


class Claim(Form):
    """He owes all that is owed."""

    measure = "claim"
    owes_all = True
    stands_in = True

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return all that is owed."""
        return here.owed

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return the ends of all that is owed."""
        return whole_claim(solution)
