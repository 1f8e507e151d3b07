"""Six remedies of the paper, each taken alone, beside today: what the engine makes of them.

Their settings are their own, whatever the stage shows: a day on which speed still helps and one on
which it comes too late, and a suit in which the court asks only after that.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from simlib.case import load_case
from simlib.evidence import appraise
from simlib.figures.evidence import Remedy
from simlib.widgets.evidence.found import Found
from simlib.widgets.evidence.scenes import CHAT, FIRST, LAW, LOG, MEANS
from simlib.widgets.evidence.settings import chosen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

DAYS = (170, 187)  # of the request: shortly before the least period of logs is over, and after
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


@cache
def remedies() -> Mapping[str, Remedy]:
    """Return what each remedy comes to; assistance abroad is taken to work as well as at home."""
    return {name: _alone(name, sets) for name, sets in ALONE.items()}


def _alone(name: str, sets: Mapping[str, Any]) -> Remedy:
    facts = {key: value for key, value in MEANS.items() if not key.startswith("chosen.")}
    held = {key.removeprefix("chosen."): value for key, value in MEANS.items() if key not in facts}
    case, suits = load_case(FIRST).set(facts), {}
    early, late = (
        Found(case, chosen({**held, **TODAY, **sets, "ask": day}), suits=suits) for day in DAYS
    )
    place = NEAR if name == "assistance" else FAR
    error = appraise(early.sue_on, supervised=name == "appraisers").error
    chances = ((early[row], late[row]) for row in (CHAT, LOG, place))
    return Remedy(*chances, early[LAW], error)
