"""A board: rows of bars that a page draws as HTML, the same rows as CSV."""

from simlib.figures.board.amounts import bar, figures, legend, rounded, scale, spoken, word
from simlib.figures.board.model import (
    AUTHORITIES,
    PRACTICE,
    RULING,
    Answer,
    Bar,
    Board,
    Column,
    Kept,
    Large,
    Legend,
    Measure,
    Row,
    Tick,
    Word,
)

__all__ = [
    "AUTHORITIES",
    "PRACTICE",
    "RULING",
    "Answer",
    "Bar",
    "Board",
    "Column",
    "Kept",
    "Large",
    "Legend",
    "Measure",
    "Row",
    "Tick",
    "Word",
    "bar",
    "figures",
    "legend",
    "rounded",
    "scale",
    "spoken",
    "word",
]
