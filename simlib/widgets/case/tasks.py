"""The three tasks of lesson 01; what is right is read off the engine's amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.board import COURT
from simlib.interval import high_end
from simlib.widgets.case.scenes import GROSS, INSOLVENT, NO_GAIN, SCENES, SUED
from simlib.widgets.stage.task import Task

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

ALL, NONE = "all", "none"
BETWEEN = "-"  # of the rows in an option's name


def moved_rows(scene: str, before: View, now: View) -> str:
    """Which rows of a scene move what may be claimed: `all`, `none`, or their names."""
    rows = [row for each in SCENES if each.id == scene for row in each.rows if row != COURT]
    party = now.scene.party

    def exposure(view: View, row: str) -> object:
        return view.outcomes[row].parties[party].exposure_fen

    moved = [row for row in rows if exposure(before, row) != exposure(now, row)]
    return ALL if moved == rows else BETWEEN.join(moved) or NONE


def bearers(before: View, now: View) -> str:
    """Who bears what the fraudster cannot pay: under joint, then under several liability."""
    found = []
    for mode in ("joint", "several"):
        lost = high_end(now.outcomes[mode].received_fen) < high_end(
            before.outcomes[mode].received_fen
        )
        found.append("victim" if lost else "helper")
    return BETWEEN.join(found)


TASKS = (
    Task(
        "grade",
        "grade",
        knob="grade",
        options=("all", "auto-several", "auto", "none"),
        turn=GROSS,
        answer=lambda before, now: moved_rows("grade", before, now),
        columns=("exposure",),
    ),
    Task(
        "gain",
        "gain",
        knob="gain",
        options=("all", "auto-several", "risk_benefit-benefit_cap", "none"),
        turn=NO_GAIN,
        answer=lambda before, now: moved_rows("gain", before, now),
        columns=("exposure",),
    ),
    Task(
        "insolvent",
        "insolvent",
        knob="principal_assets",
        options=("victim-victim", "helper-victim", "victim-helper", "helper-helper"),
        turn=INSOLVENT,
        answer=bearers,
        changes=SUED,
        rows=("joint", "several"),
        columns=("received",),
    ),
)
