"""Lesson 03's figures: opening, chain of acts, board, four indices, the lost chance as a band."""

from simlib.figures.causation.board import ASKED, below_knowing, draw_board, money_of
from simlib.figures.causation.chain import draw_chain
from simlib.figures.causation.chance import draw_chance
from simlib.figures.causation.indices import draw_indices
from simlib.figures.causation.opening import draw_cards

__all__ = [
    "ASKED",
    "below_knowing",
    "draw_board",
    "draw_cards",
    "draw_chain",
    "draw_chance",
    "draw_indices",
    "money_of",
]
