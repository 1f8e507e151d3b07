"""What a drawing is: a figure for plotly.js, the same data as a table, and a sentence."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, and the number it asks about (`mode|key|party`), if any."""

    text: str
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as data.

    Attributes
    ----------
    figure
        `{"data": […], "layout": {…}}` in the schema of plotly.js
    columns, rows
        the same data as a table, in the reader's language
    sentence
        what it shows now
    """

    figure: dict
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sentence: str

    def csv(self) -> str:
        """The table as CSV; with the mark that lets a spreadsheet read Chinese."""
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow(self.columns)
        writer.writerows([cell.text for cell in row] for row in self.rows)
        return "\ufeff" + buffer.getvalue()
