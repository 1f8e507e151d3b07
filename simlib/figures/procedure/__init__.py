"""The drawings of lesson 07: its board, two tracks over time, tables of steps, limits, chances."""

from simlib.figures.procedure.board import Asked, draw_board, months_said, ordinary_said, paid_said
from simlib.figures.procedure.opening import draw_wait
from simlib.figures.procedure.tables import draw_chances, draw_limits, draw_steps
from simlib.figures.procedure.told import Told
from simlib.figures.procedure.tracks import draw_tracks

__all__ = [
    "Asked",
    "Told",
    "draw_board",
    "draw_chances",
    "draw_limits",
    "draw_steps",
    "draw_tracks",
    "draw_wait",
    "months_said",
    "ordinary_said",
    "paid_said",
]
