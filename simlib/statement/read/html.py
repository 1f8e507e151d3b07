"""Web pages and XML sheets of 2003, which many banks call .xls; runs in a process of its own.

A page is one table: all the rows of its tables as they stand, and the text between them. Python's
own parser takes it piece by piece, so that nothing but the row at hand is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from simlib.errors import StatementError
from simlib.statement.read.csv_file import decoded
from simlib.statement.read.limits import MOST_COLUMNS
from simlib.statement.read.sandbox import Event, Unfit

PIECE = 1 << 16
DEEPEST = 50  # tables within tables
MOST_SPANNED = 2_000  # rows that one cell may span
_BLOCKS = {"p", "div", "br", "h1", "h2", "h3", "h4", "li", "tr", "table", "caption", "body"}
_SILENT = {"script", "style", "title", "head", "styles", "documentproperties",
           "officedocumentsettings", "excelworkbook", "worksheetoptions"}  # fmt: skip
_MIDNIGHT = ("T00:00:00.000", "T00:00:00")


def events(data: bytes, _: str | None) -> Iterator[Event]:
    """Yield the rows of a page's tables, or those of each sheet; raises `Unfit` if it has none."""
    try:
        text, _encoding, _lossy = decoded(data, "")
    except StatementError as error:
        raise Unfit(error.code) from None
    reader = _Reader()
    for start in range(0, len(text), PIECE):
        reader.feed(text[start : start + PIECE])
        yield from reader.taken()
    reader.close()
    reader.end_row()
    yield from reader.taken()
    if reader.widest < 2:
        raise Unfit("statement-web-page")


@dataclass
class _Grid:
    """A table that is being read: its row, its cell, and the columns cells above reach into."""

    row: list[str] | None = None
    cell: list[str] | None = None
    across: int = 1
    down: int = 1
    spanned: dict[int, int] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects rows; a tag left out ends where the next of its kind begins, as in a browser."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids = [_Grid()]
        self.loose: list[str] = []
        self.found: list[Event] = []
        self.number = self.widest = 0
        self.silent: list[str] = []
        self.opened = False

    def taken(self) -> Iterator[Event]:
        """Yield what was found since the last time."""
        yield from self.found
        self.found.clear()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name, said = tag.rpartition(":")[2], {k.rpartition(":")[2]: v or "" for k, v in attrs}
        if name in _SILENT:
            self.silent.append(name)
        if name in _BLOCKS:
            self._end_loose()
        if name == "worksheet":
            self._sheet(said.get("name", ""))
        elif name == "table":
            self._open_table()
        elif name in ("tr", "row"):
            self.end_row()
            self.grids[-1].row = []
            if name == "row" and said.get("index", "").isdecimal():
                self.number = max(self.number, int(said["index"][:9]) - 1)
        elif name in ("td", "th", "cell"):
            self._open_cell(name, said)
        elif name == "br" and self.grids[-1].cell is not None:
            self.grids[-1].cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if self.silent and name == self.silent[-1]:
            self.silent.pop()
        elif name in ("td", "th", "cell"):
            self._end_cell()
        elif name in ("tr", "row"):
            self.end_row()
        elif name == "table" and len(self.grids) > 1:
            self.end_row()
            self.grids.pop()
        if name in _BLOCKS:
            self._end_loose()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            cell = self.grids[-1].cell
            (self.loose if cell is None else cell).append(data)

    def unknown_decl(self, data: str) -> None:
        if data.startswith("CDATA["):
            self.handle_data(data[6:])

    def _sheet(self, name: str) -> None:
        self.end_row()
        self.number, self.opened = 0, True
        self.found.append(("sheet", name, False, "xml"))

    def _open_table(self) -> None:
        if len(self.grids) > DEEPEST:
            raise Unfit("statement-bomb")
        self.grids.append(_Grid())

    def _open_cell(self, name: str, said: dict[str, str]) -> None:
        self._end_cell()
        grid = self.grids[-1]
        if grid.row is None:
            grid.row = []
        grid.cell = []
        more = name == "cell"  # a sheet tells how many further cells one takes, a page how many
        index, across = said.get("index", ""), said.get("mergeacross" if more else "colspan", "")
        wide = int(across[:4]) if across.isdecimal() else 1 - more
        grid.across = min(wide + more, MOST_COLUMNS) or 1
        down = said.get("rowspan", "")
        grid.down = min(int(down[:5]), MOST_SPANNED) if down.isdecimal() else 1
        if more and index.isdecimal():
            grid.row += [""] * (min(int(index[:4]), 4 * MOST_COLUMNS) - 1 - len(grid.row))

    def _end_cell(self) -> None:
        grid = self.grids[-1]
        if grid.cell is None or grid.row is None:
            return
        text = " ".join("".join(grid.cell).split())
        for ending in _MIDNIGHT:
            text = text.removesuffix(ending)
        while grid.spanned.get(len(grid.row), 0):
            grid.row.append("")
        if grid.down > 1:
            place = len(grid.row)
            grid.spanned |= dict.fromkeys(range(place, place + grid.across), grid.down)
        grid.row += [text] + [""] * (grid.across - 1)
        grid.cell = None
        if len(grid.row) > 4 * MOST_COLUMNS:
            raise Unfit("statement-bomb")

    def end_row(self) -> None:
        """Close the row that is open, if one is."""
        self._end_cell()
        grid = self.grids[-1]
        if grid.row is None:
            return
        grid.spanned = {column: left - 1 for column, left in grid.spanned.items() if left > 1}
        cells, grid.row = grid.row, None
        if any(cells) or len(self.grids) <= 2:
            self._row(cells)

    def _row(self, cells: list[str]) -> None:
        if not self.opened:
            self.opened = True
            self.found.append(("sheet", "", False, "html"))
        self.number += 1
        self.widest = max(self.widest, len(cells))
        self.found.append(("row", self.number, cells))

    def _end_loose(self) -> None:
        """Make a row of the text that stood between the tables."""
        text = " ".join("".join(self.loose).split())
        self.loose.clear()
        if text and all(grid.row is None for grid in self.grids):
            self._row([text])
