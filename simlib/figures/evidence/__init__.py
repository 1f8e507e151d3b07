"""The drawings of lesson 08: boards, clocks of retention, a tree of digests, the opening."""

from simlib.figures.evidence.board import Asked, cover, draw_board
from simlib.figures.evidence.cells import said
from simlib.figures.evidence.clocks import draw_clocks
from simlib.figures.evidence.hashes import draw_hashes
from simlib.figures.evidence.opening import draw_days
from simlib.figures.evidence.tables import Remedy, draw_remedies, draw_staff
from simlib.figures.evidence.told import Stored, Suit, Told

__all__ = [
    "Asked",
    "Remedy",
    "Stored",
    "Suit",
    "Told",
    "cover",
    "draw_board",
    "draw_clocks",
    "draw_days",
    "draw_hashes",
    "draw_remedies",
    "draw_staff",
    "said",
]
