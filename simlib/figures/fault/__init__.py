"""Lesson 02's figures: the board, the checklist, who proves what, the event log."""

from simlib.figures.fault.board import draw_board
from simlib.figures.fault.log import draw_log
from simlib.figures.fault.tables import (
    draw_allocation,
    draw_checklist,
    draw_criminal,
    draw_readings,
)

__all__ = [
    "draw_allocation",
    "draw_board",
    "draw_checklist",
    "draw_criminal",
    "draw_log",
    "draw_readings",
]
