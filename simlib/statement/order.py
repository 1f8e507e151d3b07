"""Whether days whose year stands last begin with the day or with the month."""

from __future__ import annotations

from simlib.statement.instants import year_last
from simlib.statement.model import Table

MOST_MONTHS = 12


def order_told(table: Table, column: int) -> tuple[str, int]:
    """Return `dmy` or `mdy`, and the row that shows it, a number above 12; "" and 0 where no row of
    the column does, or some show the one and some the other."""
    shown = {"dmy": 0, "mdy": 0}
    for row, cells in zip(table.lines, table.rows, strict=True):
        first, second = (column < len(cells) and year_last(cells[column])) or (0, 0)
        if first > MOST_MONTHS:
            shown["dmy"] = shown["dmy"] or row
        if second > MOST_MONTHS:
            shown["mdy"] = shown["mdy"] or row
    told = [(order, row) for order, row in shown.items() if row]
    return told[0] if len(told) == 1 else ("", 0)
