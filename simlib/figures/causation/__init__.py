"""Lesson 03's figures: the chain of acts, four indices that disagree, the lost chance as a band."""

from simlib.figures.causation.chain import draw_chain
from simlib.figures.causation.chance import draw_chance
from simlib.figures.causation.indices import draw_indices

__all__ = ["draw_chain", "draw_chance", "draw_indices"]
