"""The three tasks of lesson 05; what is right is read off the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.riskbenefit import Reckoned
from simlib.interval import high_end, low_end
from simlib.widgets.riskbenefit.joined import reckoned
from simlib.widgets.riskbenefit.scenes import CARELESS, FILL, LOWER
from simlib.widgets.stage.task import Task

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

ROUND = 0.02  # of a share: nearer than that to a half counts as half


def narrowed(before: View, now: View) -> str:
    """What the share did: one number now, or a narrower range, or it stayed."""
    then, after = (_ends(reckoned(view)) for view in (before, now))
    if after == then:
        return "same"
    return "number" if after[0] == after[1] else "range"


def moved(before: View, now: View) -> str:
    """What the share did: about halved, or fell a little, or stayed, or vanished."""
    ends = [_ends(reckoned(view)) for view in (before, now)]
    if ends[0] == ends[1]:
        return "same"
    if not any(ends[1]):
        return "none"
    halved = all(abs(new / old - 0.5) < ROUND for old, new in zip(*ends, strict=True) if old)
    return "half" if halved else "less"


def _ends(at: Reckoned) -> tuple[float, float]:
    return float(low_end(at.share)), float(high_end(at.share))


TASKS = (
    Task(
        "fill",
        "start",
        knob="filled",
        options=("number", "range", "same"),
        turn=FILL,
        answer=narrowed,
        rows=("share",),
        columns=("value",),
        former=("all", "some", "none"),
    ),
    Task(
        "base",
        "base",
        knob="base",
        options=("same", "less", "half", "none"),
        turn=LOWER,
        answer=moved,
        rows=("share",),
        columns=("value",),
    ),
    Task(
        "grade",
        "grade",
        knob="grade",
        options=("half", "less", "same"),
        turn=CARELESS,
        answer=moved,
        rows=("share", "law"),
        columns=("value",),
    ),
)
