"""Lesson 05's board and charts: from facts to a share, what moves it, and where courts stand."""

from simlib.figures.riskbenefit.board import draw_board
from simlib.figures.riskbenefit.courts import Place, draw_courts
from simlib.figures.riskbenefit.plane import draw_plane
from simlib.figures.riskbenefit.reckoned import Reckoned
from simlib.figures.riskbenefit.tornado import draw_tornado
from simlib.figures.riskbenefit.ways import draw_ways

__all__ = [
    "Place", "Reckoned", "draw_board", "draw_courts", "draw_plane", "draw_tornado", "draw_ways",
]  # fmt: skip
