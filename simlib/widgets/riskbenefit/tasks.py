"""The three tasks of lesson 05; what is right is read off the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.riskbenefit import Reckoned
from simlib.interval import high_end, low_end
from simlib.widgets.riskbenefit.joined import reckoned
from simlib.widgets.riskbenefit.knobs import FILLED
from simlib.widgets.riskbenefit.scenes import CARELESS, FILL, LOWER
from simlib.widgets.stage.task import Task

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

ROUND = 0.02  # of a share: nearer than that to a half counts as half


def filled_by(before: View, now: View) -> str:
    """Whence the facts come that were filled in: each from a court, some, or none."""
    at = reckoned(now)
    kinds = [at.kind_of(fact) for fact in FILLED]
    found = kinds.count("found")
    return "all" if found == len(kinds) else "some" if found else "none"


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
        options=("all", "some", "none"),
        turn=FILL,
        answer=filled_by,
        rows=("share",),
        columns=("whence", "value"),
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
