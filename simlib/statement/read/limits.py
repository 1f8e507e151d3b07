"""How much of a file is read: bounds on size and work, kept while it is unpacked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from simlib.errors import StatementError
from simlib.statement.model import LONGEST_CELL, Line, Row


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may hold, and how long reading it may take.

    Attributes
    ----------
    file_bytes
        of the file as it lies on disk [bytes]
    unpacked_bytes
        of all that is read out of it [bytes]; of the text in its cells as many letters
    rows, cells
        of all its sheets together, empty ones before and between others included
    seconds
        how long reading may take [s]
    """

    file_bytes: int
    unpacked_bytes: int
    rows: int
    cells: int
    seconds: int


PAGE = Bounds(8_000_000, 32_000_000, 50_000, 1_000_000, 20)
COMMAND = Bounds(64_000_000, 256_000_000, 1_000_000, 50_000_000, 600)


class Meter:
    """Counts what is read of one file; raises `StatementError` once it is too much.

    Parameters
    ----------
    name
        what messages call the file
    bounds
        of it
    before
        the meter of the archive it lies in, whose counts and clock go on
    """

    def __init__(self, name: str, bounds: Bounds, before: Meter | None = None) -> None:
        self.name, self.bounds = name, bounds
        self.bytes = self.rows = self.cells = self.letters = 0
        self._end = time.monotonic() + bounds.seconds
        if before:
            self.add(before)
            self._end = before._end

    @property
    def left(self) -> float:
        """How much time is left [s]."""
        return self._end - time.monotonic()

    def add(self, other: Meter) -> None:
        """Go on from the counts of a meter that began with this one's."""
        self.bytes, self.rows = other.bytes, other.rows
        self.cells, self.letters = other.cells, other.letters

    def refuse(self, code: str, **values: object) -> NoReturn:
        """Raise the error of this code."""
        raise StatementError(code, name=self.name, **values)

    def unpacked(self, count: int) -> None:
        """Count bytes that came out of the file."""
        self.bytes += count
        if self.bytes > self.bounds.unpacked_bytes:
            self.refuse("statement-bomb", most=self.bounds.unpacked_bytes)
        self.tick()

    def row(self, cells: Sequence[object]) -> None:
        """Count a row that is kept."""
        self.rows += 1
        self.cells += len(cells)
        self.letters += sum(len(cell) for cell in cells if isinstance(cell, str))
        if self.rows > self.bounds.rows:
            self.refuse("statement-too-many-rows", most=self.bounds.rows)
        if self.cells > self.bounds.cells:
            self.refuse("statement-too-many-cells", most=self.bounds.cells)
        if self.letters > self.bounds.unpacked_bytes:
            self.refuse("statement-bomb", most=self.bounds.unpacked_bytes)
        self.tick()

    def tick(self) -> None:
        """Refuse to go on when the time is over."""
        if time.monotonic() > self._end:
            self.refuse("statement-slow", seconds=self.bounds.seconds)


MOST_COLUMNS = 100


# ------------------------------------------------- what one row may hold

LONGEST_NUMBER = 1_024  # bits


def cells_of(
    number: int, placed: list[tuple[int, object]], unsaved: int
) -> tuple[Row, Line | None]:
    """Return the cells of a row in their places, no empty ones behind; and why it is unreadable."""
    filled = [(place, value) for place, value in placed if value is not None and value != ""]
    width = max((place for place, _ in filled), default=0)
    cells: list[object] = [None] * min(width, MOST_COLUMNS)
    long = any(_too_long(value) for _, value in filled)
    for place, value in filled:
        if place <= MOST_COLUMNS and not _too_long(value):
            cells[place - 1] = value
    if unsaved:
        return tuple(cells), Line(number, "formula-without-value", {"column": unsaved})
    if width > MOST_COLUMNS:
        return tuple(cells), Line(number, "too-many-columns", {"most": MOST_COLUMNS})
    return tuple(cells), Line(number, "long-cell", {"most": LONGEST_CELL}) if long else None


def _too_long(value: object) -> bool:
    """Tell whether a cell holds more than anybody reads, or a number beyond any a workbook can
    hold."""
    if isinstance(value, str):
        return len(value) > LONGEST_CELL
    return isinstance(value, int) and value.bit_length() > LONGEST_NUMBER
