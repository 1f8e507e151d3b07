"""Lesson 04: its opening and board; recourse, every mode, and where modes come apart."""

from simlib.figures.liability.board import draw_board
from simlib.figures.liability.modes import draw_every_mode
from simlib.figures.liability.norms import by_analogy
from simlib.figures.liability.opening import draw_debtors
from simlib.figures.liability.parting import AT, Curve, draw_parting
from simlib.figures.liability.recourse import draw_recourse

__all__ = [
    "AT",
    "Curve",
    "by_analogy",
    "draw_board",
    "draw_debtors",
    "draw_every_mode",
    "draw_parting",
    "draw_recourse",
]
