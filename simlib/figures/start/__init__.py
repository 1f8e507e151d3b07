"""The drawings of lesson 00: endings sorted, what a count leaves open, what claims would need."""

from simlib.figures.start.counts import draw_claims, draw_split
from simlib.figures.start.sorting import draw_sorted

__all__ = ["draw_claims", "draw_sorted", "draw_split"]
