"""What a drawing is: a figure for plotly.js, the same data as a table, and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from simlib.figures.markup import write
from simlib.figures.style import Spec
from simlib.interval import FenRange
from simlib.text import amount


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes
    ----------
    text
        what it says
    asks
        the number it asks about (`row|key|party`), if any
    mark
        how an answer in it was marked: `right`, `wrong`, or nothing
    """

    text: str
    asks: str = ""
    mark: str = ""

    @classmethod
    def of_money(cls, fen: FenRange | None, lang: str, asks: str = "") -> Cell:
        """Make a cell of an amount."""
        return cls(amount(fen, lang), asks)


NO_FIGURE: Spec = {"data": [], "layout": {}}  # of a drawing that is a table only

Cells: TypeAlias = tuple[Cell, ...]  # a row of a table


def row_name(row: Cells) -> str:
    """Return what identifies a row: the row its first cell asks about, or that cell's text."""
    return row[0].asks.split("|")[0] or row[0].text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as data.

    Attributes
    ----------
    figure
        `{"data": […], "layout": {…}}` in the schema of plotly.js, its words as `markup` writes them
    columns, rows
        the same data as a table, in the reader's language
    sentence
        what it shows now
    """

    figure: Spec
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]
    sentence: str

    def __post_init__(self) -> None:
        """Write the figure's words, so that no name in them can be a link."""
        object.__setattr__(self, "figure", write(self.figure))
