"""One case under several modes: as the board of lesson 01, and as a table."""

from simlib.figures.case.board import draw_board
from simlib.figures.case.table import modes_table

__all__ = ["draw_board", "modes_table"]
