"""The three tasks of lesson 02; what is right is read off the engine's amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.widgets.fault.scenes import (
    ADVERT,
    CONTRARY,
    FOUND,
    ROWS,
    STORY,
    out,
)
from simlib.widgets.stage.task import Task

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.money import Fen
    from simlib.widgets.lesson import View

ALL, NONE = "all", "none"
BETWEEN = "-"  # of the rows in an option's name
REAL_ROWS = ROWS[:3]


def owed_fen(view: View, row: str) -> Fen:
    """What may be claimed of the helper as one procedure finds him [fen]."""
    fen: FenRange | None = view.outcomes.owed[view.outcomes.findings[row].grade]  # type: ignore[attr-defined]
    return high_end(fen or 0)


def moved_rows(before: View, now: View) -> str:
    """In which rows of substantive review the amount moves: `all`, `none`, or their burdens."""
    moved = [row for row in REAL_ROWS if owed_fen(before, row) != owed_fen(now, row)]
    if moved == [*REAL_ROWS]:
        return ALL
    return BETWEEN.join(row.partition(".")[0] for row in moved) or NONE


TASKS = (
    Task(
        "unclear",
        "unclear",
        knob=STORY,
        options=("none", "factual_inference", "plaintiff-factual_inference", "all"),
        turn=out("e-story"),
        answer=moved_rows,
        rows=REAL_ROWS,
        columns=("exposure",),
    ),
    Task(
        "advert",
        "advert",
        knob=ADVERT,
        options=("all", "plaintiff-factual_inference", "presumed_fault", "none"),
        turn=FOUND,
        answer=moved_rows,
        rows=REAL_ROWS,
        columns=("exposure",),
    ),
    Task(
        "reading",
        "reading",
        knob="rebuttal",
        options=("all", "plaintiff-factual_inference", "factual_inference", "none"),
        turn=CONTRARY,
        answer=moved_rows,
        rows=REAL_ROWS,
        columns=("exposure",),
        former=("same", "between", "whole"),
    ),
)
