"""One case under several modes: as a chart, and as the board of lesson 01."""

from simlib.figures.case.board import draw_board
from simlib.figures.case.modes import draw_modes

__all__ = ["draw_board", "draw_modes"]
