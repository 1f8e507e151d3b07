"""Six remedies of the paper, each taken alone, beside today: what the engine makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.evidence import appraise
from simlib.figures.evidence import Remedy
from simlib.widgets.evidence.found import Found
from simlib.widgets.evidence.scenes import CHAT, LAW, LOG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

TODAY = {"reply": "today", "mandatory": False}
ALONE: Mapping[str, Mapping[str, Any]] = {  # remedy → what it sets
    "today": {},
    "retention": {"mandatory": True},
    "deposit": {},
    "appraisers": {},
    "request_3d": {"reply": "request_3d"},
    "platform_48h": {"reply": "platform_48h"},
    "assistance": {},
}
NEAR, FAR = "local", "border"


def remedies(found: Found) -> dict[str, Remedy]:
    """Return what each remedy comes to; assistance abroad is taken to work as well as at home."""
    return {name: _alone(found, name, sets) for name, sets in ALONE.items()}


def _alone(found: Found, name: str, sets: Mapping[str, Any]) -> Remedy:
    now = Found(found.case, {**found.held, **TODAY, **sets}, found.lang)
    place = NEAR if name == "assistance" else FAR
    error = appraise(found.sue_on, supervised=name == "appraisers").error
    return Remedy(now[CHAT], now[LOG], now[place], now[LAW], error)
