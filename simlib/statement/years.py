"""The years of days that are written without one: 12/31, 01/02."""

from __future__ import annotations

from collections.abc import Sequence

from simlib.statement.instants import month_and_day
from simlib.statement.model import Table

HALF = 6  # months: a greater step from one row to the next may be one across a new year


def years_of(table: Table, column: int, last: int) -> dict[int, int]:
    """Return row → year, where `last` is that of the statement's last day.

    Rows run on from day to day, or back; a step of more than half a year the other way is one
    across a new year. Where nothing else tells which way they run, each such step is one.
    """
    found: list[tuple[int, tuple[int, int]]] = []
    for row, cells in zip(table.lines, table.rows, strict=True):
        day = month_and_day(cells[column]) if column < len(cells) else None
        if day:
            found.append((row, day))
    years = _counted([day for _, day in found])
    latest = max(years, default=0)
    return {row: last + year - latest for (row, _), year in zip(found, years, strict=True)}


def _counted(days: Sequence[tuple[int, int]]) -> list[int]:
    """Return each day's year, counted from that of the first.

    Examples
    --------
    >>> _counted([(12, 30), (12, 31), (1, 1), (12, 31), (1, 2)])
    [0, 0, 1, 0, 1]
    >>> _counted([(1, 2), (1, 1), (12, 31)]), _counted([(1, 1), (1, 2), (12, 31)])
    ([0, 0, -1], [0, 0, 0])
    """
    pairs = list(zip(days, days[1:], strict=False))
    near = [(a, b) for a, b in pairs if abs(b[0] - a[0]) <= HALF]
    way = sum(b > a for a, b in near) - sum(b < a for a, b in near)
    years = [0] * bool(days)
    for a, b in pairs:
        year = years[-1] + (b[0] - a[0] < -HALF) - (b[0] - a[0] > HALF)
        years.append(max(year, 0) if way > 0 else min(year, 0) if way < 0 else year)
    return years
