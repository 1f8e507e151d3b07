"""Where the columns that a mapping names stand in a table."""

from __future__ import annotations

from simlib.errors import StatementError
from simlib.statement.detection import header_key
from simlib.statement.mapping import NEEDED, Mapping
from simlib.statement.model import Row, Table, plain


def places(table: Table, mapping: Mapping) -> tuple[int, dict[str, int]]:
    """Return where the header stands (-1: nowhere), and role → column counted from 0.

    Raises
    ------
    StatementError
        if the table has no such header or column
    """
    named = {role: c for role, c in mapping.columns.items() if isinstance(c, str)}
    numbered = {role: c - 1 for role, c in mapping.columns.items() if isinstance(c, int)}
    header = _header(table, mapping, list(named.values()))
    cells = table.rows[header] if header >= 0 else ()
    for role, column in named.items():
        place = _place(cells, column)
        if place is None:
            raise StatementError("mapping-column", name=table.label, role=role, column=column)
        numbered[role] = place
    return header, numbered


def spare_places(cells: Row, mapping: Mapping, label: str) -> dict[str, int]:
    """Return role → the column used where its own has nothing."""
    places: dict[str, int] = {}
    for role, column in mapping.instead.items():
        place = column - 1 if isinstance(column, int) else _place(cells, column)
        if place is None:
            raise StatementError("mapping-column", name=label, role=role, column=column)
        places[role] = place
    return places


def _place(cells: Row, column: str) -> int | None:
    """Return the column of this header: word for word if there is one, else as headers are
    compared."""
    for same in (plain, header_key):
        texts = [same(cell) for cell in cells]
        if same(column) in texts:
            return texts.index(same(column))
    return None


def _header(table: Table, mapping: Mapping, named: list[str]) -> int:
    if mapping.header_row is not None:
        if mapping.header_row not in table.lines:
            row = mapping.header_row
            raise StatementError("mapping-no-row", name=table.label, row=row)
        return table.lines.index(mapping.header_row)
    if not named:
        return -1
    wanted = {header_key(text) for text in named}
    for place, cells in enumerate(table.rows):
        if wanted <= {header_key(cell) for cell in cells}:
            return place
    raise StatementError("mapping-no-header", name=table.label, columns=", ".join(named)[:200])


def width(header: Row) -> int:
    """Return how many cells a header has, empty ones at its end left out."""
    return max((n for n, cell in enumerate(header, 1) if plain(cell)), default=0)


def needed(mapping: Mapping, columns: dict[str, int]) -> int:
    """Return the last column without which a row says nothing."""
    roles = {role for options in NEEDED[mapping.shape or ""] for role in options}
    return max((place for role, place in columns.items() if role in roles), default=-1)
