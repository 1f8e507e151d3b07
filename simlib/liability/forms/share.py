"""His part of the damages."""

from __future__ import annotations

from simlib.liability.forms.base import ByPart


class Share(ByPart):
    """He owes his part by internal share."""

    measure = "share"
