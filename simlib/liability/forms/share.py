"""His part of the damages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.interval import high_end, low_end
from simlib.liability.assumption import Assumption, teaching
from simlib.liability.forms.base import ByPart

if TYPE_CHECKING:
    from simlib.liability.records import Setting, Solution


class Share(ByPart):
    """He owes his part by internal share."""

    measure = "share"

    def assumed_of_flow(self, setting: Setting, solution: Solution, i: int) -> Iterator[Assumption]:
        """Yield that the flow cap is applied after the share (1172), where it cuts his part."""
        debtor = setting.debtors[i]
        if debtor.flow_cap is None:
            return
        left = debtor.flow_cap - low_end(solution.before[i])
        if left < high_end(solution.part[i]):
            yield teaching("flow_cap.after-share", None, debtor.id)
