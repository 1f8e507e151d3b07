"""Lesson 03's figures: opening, chain of acts, board, four indices, the lost chance as a band."""

from simlib.lessons.causation.chance import draw_chance
from simlib.lessons.causation.opening import draw_cards
from simlib.lessons.causation.outcomes import ASKED, below_knowing, draw_board, money_of
from simlib.lessons.causation.pictures import draw_chain
from simlib.lessons.causation.tables import draw_indices

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
