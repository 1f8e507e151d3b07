"""Lesson 02's figures: the ladder of grades, the checklist, who proves what, the event log."""

from simlib.figures.fault.ladder import draw_ladder
from simlib.figures.fault.log import draw_log
from simlib.figures.fault.tables import (
    draw_allocation,
    draw_checklist,
    draw_criminal,
    draw_readings,
)

__all__ = [
    "draw_allocation",
    "draw_checklist",
    "draw_criminal",
    "draw_ladder",
    "draw_log",
    "draw_readings",
]
