"""The years of days that are written without one: 12/31, 01/02."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simlib.statement.dates import FIRST_YEAR, LAST_YEAR, month_and_day
from simlib.statement.model import Table

# what stands before a year, the year, and month and day where it is one of a day
_YEAR = re.compile(
    r"([^\s,;]{0,12}?)(?<![0-9])((?:19|20)[0-9]{2})"
    r"(?:\s*年(\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日)?"
    r"|((?:[-/.][0-9]{1,2}){2}(?![0-9])|[01][0-9][0-3][0-9](?![0-9])))"
)
_PRINTED = re.compile(
    r"(?:打印|导出|制表|出具|生成|下载|申请|开具|受理|查询)(?:日期|时间|日)?[:：]?$"
)
HALF = 6  # months: a greater step from one row to the next may be one across a new year


def year_told(table: Table, column: int, above: str) -> int | None:
    """Return the year of the last day of days without one, as the lines above the table tell.

    They must name one year alone, or two that the days fill. A day by itself is the one on which
    the statement was printed, and not when money moved.
    """
    found = [each for each in _YEAR.finditer(above) if not _PRINTED.search(each[1])]
    days = [each for each in found if each[3] or each[4]]
    told = {int(each[2]) for each in found if len(days) != 1 or each is not days[0]}
    told = {year for year in told if FIRST_YEAR <= year <= LAST_YEAR}
    fit = [year for year in told if told == {*years_of(table, column, year).values()}]
    return fit[0] if len(fit) == 1 else None


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
