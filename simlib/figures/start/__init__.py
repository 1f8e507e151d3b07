"""The drawings of lesson 00: its boards, its opening, endings sorted."""

from simlib.figures.start.board import Sorted, draw_board, share
from simlib.figures.start.sorting import draw_sorted

__all__ = ["Sorted", "draw_board", "draw_sorted", "share"]
