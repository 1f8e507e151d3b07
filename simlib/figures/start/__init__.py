"""The drawings of lesson 00: endings sorted, and what a count leaves open."""

from simlib.figures.start.counts import draw_split, share
from simlib.figures.start.sorting import draw_sorted

__all__ = ["draw_sorted", "draw_split", "share"]
