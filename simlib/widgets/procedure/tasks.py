"""The three tasks of lesson 07; what is right is read off the time lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.procedure import REGIMES
from simlib.widgets.procedure.scenes import (
    AGAIN,
    EARLY,
    LATE,
    LAW,
    MEANS,
    MONEY,
    MONTHS,
    NEVER,
    PARALLEL,
)
from simlib.widgets.stage.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simlib.widgets.lesson import View

ALL, NONE = "all", "none"
SETS = {
    (): NONE,
    ("criminal_first",): "first",
    ("criminal_first", LAW, "coordinated"): "three",
    (PARALLEL,): PARALLEL,
    (LAW,): "law",
    REGIMES: ALL,
}


def _named(regimes: Iterable[str]) -> str:
    return SETS.get(tuple(regimes), "others")


def without_a_day(_: View, now: View) -> str:
    """Which rows have no day of judgment any more."""
    return _named(r for r in REGIMES if now.outcomes[r].month is None)


def barred(_: View, now: View) -> str:
    """In which rows the same claim may not be brought again: a judgment has decided on it."""
    return _named(r for r in REGIMES if now.outcomes[r].again == "barred")


def paid_more(before: View, now: View) -> str:
    """Which rows pay more than before, on the ordinary line."""
    paid = {r: [high_end(v.outcomes[r].paid or 0) for v in (before, now)] for r in REGIMES}
    return _named(r for r, (then, after) in paid.items() if after > then)


TASKS = (
    Task(
        "at_large",
        "at_large",
        knob="caught",
        options=(NONE, "first", "three", ALL),
        turn=NEVER,
        answer=without_a_day,
        changes={**EARLY, "chosen.caught": 0},
        rows=REGIMES,
        columns=(MONTHS,),
    ),
    Task(
        "early",
        "early",
        knob="sue",
        options=(NONE, "first", PARALLEL, ALL),
        turn=EARLY,
        answer=barred,
        changes=LATE,
        rows=REGIMES,
        columns=(AGAIN,),
        former=("not_accepted", "suit_dismissed", "stay", "claim_dismissed"),
    ),
    Task(
        "wait",
        "assets",
        knob="sue",
        options=(ALL, "law", PARALLEL, NONE),
        turn=LATE,
        answer=paid_more,
        changes=MEANS,
        rows=REGIMES,
        columns=(MONEY,),
    ),
)
