"""What a table looks like where it is not, or not quite, understood: for whoever must say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from simlib.errors import StatementError
from simlib.statement.amounts import fen
from simlib.statement.dates import day_of
from simlib.statement.detection import LOOKED_AT, header_key
from simlib.statement.mapping import Mapping, headers
from simlib.statement.model import Refusal, Table, plain, stated

ROWS = 3  # rows that are shown
SAMPLE = 50  # rows by whose cells a column without a known header is guessed
MOST_COLUMNS = 60
NEARLY = 0.8  # of the cells of a column
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?")
LONG = 8  # digits of an account's number at least


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number from 1, its header, some cells, its role or what it looks like."""

    number: int
    header: str
    cells: tuple[str, ...]
    role: str | None
    looks: str | None

    @property
    def open(self) -> bool:
        """Whether nobody knows what it holds."""
        return self.role is None


@dataclass(frozen=True, slots=True)
class Sight:
    """A table as it is seen.

    Attributes
    ----------
    label
        the table's own
    header_row
        line or sheet row of the header; None where no row looks like one
    lines
        the lines of the rows that are shown
    """

    label: str
    header_row: int | None
    lines: tuple[int, ...]
    columns: tuple[Column, ...]
    mapping: Mapping


_ENDS = re.compile(r"尾号|[末后][0-9一二三四五六八]位")  # 卡号后四位: digits, and no amount


def sight(table: Table, mapping: Mapping) -> Sight:
    """Return what the table looks like under a mapping, which may say nothing at all."""
    place = _header(table, mapping)
    cells = [plain(cell) for cell in table.rows[place]] if place >= 0 else []
    start = place + 1 if place >= 0 else _first(table)
    end = min(start + SAMPLE, len(table.rows))
    places = [n for n in range(start, end) if any(map(plain, table.rows[n]))]
    rows, lines = [table.rows[n] for n in places], [table.lines[n] for n in places]
    width = min(max(map(len, [cells, *rows]), default=0), MOST_COLUMNS)
    roles = _roles(mapping, cells)
    columns = [
        _column(n, cells[n] if n < len(cells) else "", rows, roles.get(n)) for n in range(width)
    ]
    marks = {note.values["column"] for note in mapping.uncertain if note.code == "no-sign-column"}
    columns = [
        replace(each, looks="flag") if each.open and {each.number, each.header} & marks else each
        for each in columns
    ]
    return Sight(
        label=table.own_label,
        header_row=table.lines[place] if place >= 0 else None,
        lines=tuple(lines[:ROWS]),
        columns=tuple(column for column in columns if column.header or any(column.cells)),
        mapping=mapping,
    )


def _header(table: Table, mapping: Mapping) -> int:
    """Return where the header stands: as the mapping says, else the first of the fullest rows,
    unless it holds a day or a number as rows do (-1)."""
    if mapping.header_row in table.lines:
        return table.lines.index(mapping.header_row)
    place = _first(table)
    row = table.rows[place] if table.rows else ()
    return -1 if any(_is_day(cell) or _is_amount(cell) for cell in row if plain(cell)) else place


def _first(table: Table) -> int:
    """Return the first of the fullest among the first rows."""
    counts = [sum(bool(plain(cell)) for cell in row) for row in table.rows[:LOOKED_AT]]
    return counts.index(max(counts)) if counts else 0


def _roles(mapping: Mapping, cells: Sequence[str]) -> dict[int, str]:
    """Return column → role."""
    keys = [header_key(cell) for cell in cells]
    roles = {}
    for role, column in mapping.columns.items():
        if isinstance(column, int):
            roles[column - 1] = role
        elif column in cells or header_key(column) in keys:
            place = cells.index(column) if column in cells else keys.index(header_key(column))
            roles[place] = role
    return roles


def _column(place: int, header: str, rows: Sequence[Sequence[object]], role: str | None) -> Column:
    cells = [row[place] if place < len(row) else None for row in rows]
    open_ = role is None and not _ENDS.search(header)
    looks = _looks([cell for cell in cells if stated(cell)]) if open_ else None
    return Column(place + 1, header, tuple(map(plain, cells[:ROWS])), role, looks)


def _looks(cells: Sequence[object]) -> str | None:
    """Return the role that the cells of a column look like; None where they may be anything."""
    if not cells:
        return None
    marks = headers()["words"]
    if all(plain(cell).lower() in {*marks["in"], *marks["out"]} for cell in cells):
        return "flag"
    kinds = (("date", _is_day), ("time", _is_time), ("other_account", _is_number),
             ("amount", _is_amount))  # fmt: skip
    for role, fits in kinds:
        if sum(map(fits, cells)) >= NEARLY * len(cells):
            return role
    return None


def _is_day(cell: object) -> bool:
    try:
        return day_of(cell).day is not None
    except (Refusal, StatementError):
        return False


def _is_time(cell: object) -> bool:
    return _CLOCK.fullmatch(plain(cell)) is not None


def _is_amount(cell: object) -> bool:
    try:
        return fen(cell, "yuan") is not None
    except Refusal:
        return False


def _is_number(cell: object) -> bool:
    text = plain(cell).replace(" ", "")
    return len(text) >= LONG and text.isascii() and text.isdigit()
