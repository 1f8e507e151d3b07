"""The tasks of lesson 08; what is right is read off the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.procedure import REGIMES
from simlib.widgets.evidence.scenes import (
    CHANCE,
    CHAT,
    FAST,
    FORGED,
    KINDS,
    LATE,
    LAW,
    LOG,
    MEANS,
    MONEY,
    PARALLEL,
    PRESERVED,
    TRUTH,
)
from simlib.widgets.stage.task import Task

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

ALL, NONE = "all", "none"
SETS = {
    (): NONE,
    (LOG,): "log",
    (CHAT, LOG): "both",
    KINDS: ALL,
    (PARALLEL,): "parallel",
    (LAW, PARALLEL, "coordinated"): "three",
    REGIMES: ALL,
}


def likelier(before: View, now: View) -> str:
    """Which rows are likelier to be had than before."""
    grown = (k for k in KINDS if now.outcomes[k].chance > before.outcomes[k].chance)
    return SETS.get(tuple(grown), "others")


def paid_more(before: View, now: View) -> str:
    """Which rows pay more than before."""
    paid = {r: [high_end(v.outcomes[r].paid) for v in (before, now)] for r in REGIMES}
    return SETS.get(tuple(r for r, (then, after) in paid.items() if after > then), "others")


def confirmed(_: View, now: View) -> str:
    """What the court makes of a forgery whose digest matches."""
    return str(now.outcomes["forged"].reading.outcome)


TASKS = (
    Task(
        "reply",
        "late",
        knob="reply",
        options=(NONE, "log", "both", ALL),
        turn=FAST,
        answer=likelier,
        changes=LATE,
        rows=(CHAT, LOG),
        columns=(CHANCE,),
    ),
    Task(
        "preserve",
        "wait",
        knob="preserve",
        options=(NONE, "parallel", "three", ALL),
        turn=PRESERVED,
        answer=paid_more,
        changes=MEANS,
        rows=REGIMES,
        columns=(MONEY,),
    ),
    Task(
        "forged",
        "hash",
        knob="objection",
        options=("confirmed", "presumed", "to_prove", "not_confirmed"),
        turn=FORGED,
        answer=confirmed,
        changes={"chosen.objection": "none"},
        rows=("forged",),
        columns=(TRUTH,),
    ),
)
