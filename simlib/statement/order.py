"""In which order days stand whose year is last, or has two digits: as their column tells."""

from __future__ import annotations

from typing import TypeAlias

from simlib.statement.dates import year_last
from simlib.statement.model import Table
from simlib.statement.short import ORDERS, short_readings

MOST_MONTHS = 12
CLOSE, FAR = 5, 12  # years over which a statement's days are spread, and over which they are not
Day: TypeAlias = tuple[int, int, int]  # year, month, day


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


def short_told(table: Table, column: int, header: int) -> tuple[str, int]:
    """Return the order of a column's days whose year has two digits, and the first row that has
    one; "" and 0 where the rows do not make it plain.

    It is plain where the numbers allow one order alone; or where in one the rows follow each other
    within a few years, and in every other they are of one day of the month in many years.

    `header`: rows up to it are no days of the table.
    """
    listed: list[tuple[int, dict[str, Day]]] = []
    for row, cells in zip(table.lines, table.rows, strict=True):
        cell = cells[column] if column < len(cells) and row > header else None
        if (readings := short_readings(cell)) is not None:
            listed.append((row, readings))
        elif year_last(cell):
            return "", 0
    able = [order for order in ORDERS if listed and all(order in each for _, each in listed)]
    days = {order: [each[order] for _, each in listed] for order in able}
    close = [order for order in able if _span(days[order]) <= CLOSE and _follow(days[order])]
    if len(close) != 1 or any(_span(days[order]) < FAR for order in able if order != close[0]):
        return "", 0
    return close[0], listed[0][0]


def _span(days: list[Day]) -> int:
    """Return over how many years days are spread."""
    years = [year for year, _, _ in days]
    return max(years) - min(years)


def _follow(days: list[Day]) -> bool:
    """Tell whether days run on, or back."""
    return days in (sorted(days), sorted(days, reverse=True))
