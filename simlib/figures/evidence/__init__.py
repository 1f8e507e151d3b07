"""The drawings of lesson 08: its boards, clocks of retention, a head of days without ends."""

from simlib.figures.evidence.board import Asked, draw_board, said
from simlib.figures.evidence.clocks import draw_clocks
from simlib.figures.evidence.opening import draw_days
from simlib.figures.evidence.told import Suit, Told

__all__ = ["Asked", "Suit", "Told", "draw_board", "draw_clocks", "draw_days", "said"]
