"""Days and times as banks write them. What could be read in two ways is refused."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from simlib.statement.model import Refusal, Table, shown, stated

# ---------------------------------------- days whose year has two digits

ORDERS = ("dmy", "mdy", "ymd")  # of days whose year stands last, or has two digits
CENTURY = "20"  # of a year of two digits
_SHORT = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{1,2})(?=\s|\Z)|(\d{2})(\d{2})(\d{2})(?=\s|\Z)", re.ASCII
)
_PLAIN = re.compile(r"(\d{2})年\s*(\d{1,2})月\s*(\d{1,2})日", re.ASCII)


def short_readings(cell: object) -> dict[str, tuple[int, int, int]] | None:
    """Return order → year, month and day of a day whose year has two digits, for each order that
    its numbers allow; None of another.

    Examples
    --------
    >>> short_readings("24-01-13"), short_readings("2024-01-13")
    ({'dmy': (2013, 1, 24), 'ymd': (2024, 1, 13)}, None)
    """
    found = _SHORT.match(stated(cell)) if isinstance(cell, str) else None
    if found is None:
        return None
    placed = {order: _placed(found, order) for order in ORDERS}
    return {
        order: (int(CENTURY + year), int(month), int(date))
        for order, (year, month, date) in placed.items()
        if len(year) == 2 and 1 <= int(month) <= 12 and 1 <= int(date) <= 31
    }


def short_parts(text: str, order: str) -> tuple[str, str, str, int] | None:
    """Return year, month and day of a text, and where they end; None where it has none such, or
    its order is not known.

    Examples
    --------
    >>> short_parts("24-01-13", "ymd"), short_parts("24-01-13", ""), short_parts("24年1月3日", "")
    (('24', '01', '13', 8), None, ('24', '1', '3', 7))
    """
    if found := _PLAIN.match(text):
        return found[1], found[2], found[3], found.end()
    if not order or not (found := _SHORT.match(text)):
        return None
    year, month, date = _placed(found, order)
    return (year, month, date, found.end()) if len(year) == 2 else None


def _placed(found: re.Match[str], order: str) -> tuple[str, str, str]:
    """Return year, month and day of a short day."""
    listed = found.group(1, 3, 4) if found[2] else found.group(5, 6, 7)
    placed = dict(zip(order, listed, strict=True))
    return placed["y"], placed["m"], placed["d"]


# -------------------------------------------------------- days and times

FIRST_YEAR, LAST_YEAR = 1980, 2100
FIRST_SERIAL, LAST_SERIAL = 29_221, 73_415  # 1980-01-01 and 2100-12-31 as Excel counts days
EPOCH = datetime.date(1899, 12, 30)
DAY_S = 86_400
LONGEST_DAY = 100  # letters of a day with its time
_DAY = re.compile(
    r"(\d{4})(?:(-|/|\.|年)\s*(\d{1,2})\s*(-|/|\.|月)\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))", re.ASCII
)
_TIME = re.compile(
    r"(?:(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|[ap]\.?m\.?)\s*)?"
    r"(?:(\d{1,2})([:.时点])(\d{1,2})(?:([:.分])(\d{1,2})(?:[.,](\d{1,9}))?秒?|分)?"
    r"|(\d{2})(\d{2})(\d{2}))\s*(?:([ap]\.?m\.?)\s*)?"
    r"([(]?(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?[)]?|Z|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)
_BETWEEN = re.compile(r"\A[T\s-]*(?:[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?\s*)?", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{1,2})([-/月])(\d{1,2})日?(?=\s|\Z)", re.ASCII)
_ENDING_IN_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?:\s.*)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?=\s|\Z)", re.ASCII)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(  # 05-MAR-24, 2 March 2024; Mar 2, 2024
    r"(\d{1,2})[-/ .]?([a-z]{3,9})[-/ .,]*(\d{4}|\d{2})(?=\s|\Z)"
    r"|([a-z]{3,9})[-/ .]*(\d{1,2})[-/ .,]+(\d{4})(?=\s|\Z)",
    re.ASCII | re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"(?:\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{6})(?:\s.*)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)
_UTC = re.compile(
    r"(?<![a-z])(?:UTC|GMT)(?![a-z])\s*(?:([+-])\s*(\d{1,2})(?::?(\d{2}))?)?",
    re.ASCII | re.IGNORECASE,
)
_CLOCKS = ((":", ":"), (".", "."), ("时", "分"), ("点", "分"))
_MORNING, _NOON = ("凌晨", "清晨", "早上", "早晨", "上午", "am"), ("中午",)
_PAIRS = {"-": "-", "/": "/", ".": ".", "年": "月"}


class When(NamedTuple):
    """What a cell says of the day and the time; None where it does not say."""

    day: datetime.date | None = None
    time: datetime.time | None = None
    zone: datetime.timezone | None = None
    serial: bool = False  # Excel's count of days, with no sign that it is one


def day_of(
    cell: object, epoch: datetime.date = EPOCH, year: int | None = None, order: str = ""
) -> When:
    """Return the day in a cell, and the time if there is one too; empty if the cell is.

    Parameters
    ----------
    cell
        text, or what a workbook holds
    epoch
        the day 0 of a workbook's serial dates
    year
        of a day that is written without one: 01/02
    order
        of a day whose year stands last: `dmy` | `mdy`, or has two digits: `ymd` too

    Raises
    ------
    Refusal
        if it is no day, there is no such day, or its year is lacking, has two digits or stands
        last
    """
    if isinstance(cell, str):
        return _day_of_text(cell, year, order)
    if isinstance(cell, datetime.datetime):
        near = _to_second(cell)
        return When(_in_range(near.date(), cell), near.time())
    if isinstance(cell, datetime.date):
        return When(_in_range(cell, cell))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _day_of_number(cell, epoch)
    if cell is None:
        return When()
    raise Refusal("not-a-date", cell=shown(cell))


def is_day(cell: object) -> bool:
    """Tell whether a cell says a day, or a month and a day without the year."""
    try:
        return day_of(cell).day is not None
    except Refusal as refusal:
        return refusal.code == "no-year"


def time_of(cell: object) -> When:
    """Return the time in a cell, which may hold the day too."""
    if isinstance(cell, datetime.datetime):
        return day_of(cell)
    if isinstance(cell, datetime.time):
        return When(time=_to_second(datetime.datetime.combine(EPOCH, cell)).time())
    if isinstance(cell, float) and 0 <= cell < 1:
        return When(time=_clock(cell))
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell):
        return _time_of_text(f"{int(cell):06d}")
    if isinstance(cell, str | None):
        text = stated(cell)
        return _time_of_text(f"0{text}" if re.fullmatch(r"[0-9]{5}", text) else text)
    raise Refusal("not-a-time", cell=shown(cell))


def month_and_day(cell: object) -> tuple[int, int] | None:
    """Return the month and the day of a cell that names no year: 01/02, 1月2日; else None."""
    found = _MONTH_DAY.match(stated(cell)) if isinstance(cell, str) else None
    if found is None or (found[2] == "月") != ("日" in found[0]):
        return None
    month, day = int(found[1]), int(found[3])
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


@lru_cache(maxsize=1 << 14)
def _day_of_text(cell: str, given: int | None = None, order: str = "") -> When:
    text = stated(cell)
    if not text:
        return When()
    if len(text) > LONGEST_DAY:
        raise Refusal("not-a-date", cell=shown(text))
    if month_and_day(text):
        found = _MONTH_DAY.match(text)
        if given is None or found is None:
            raise Refusal("no-year", cell=shown(text))
        return _with_time(str(given), found[1], found[3], text, found.end())
    day = _DAY.match(text)
    if not day or (day[2] and _PAIRS[day[2]] != day[4]):
        return _year_last(text, order) or _short_year(text, order) or _no_day(text)
    year, month, date = day.group(1, 3, 5) if day[2] else day.group(1, 6, 7)
    return _with_time(year, month, date, text, day.end())


def year_last(cell: object) -> tuple[int, int] | None:
    """Return the first two numbers of a day whose year stands last: 31/03/2025; else None."""
    found = _YEAR_LAST.match(stated(cell)) if isinstance(cell, str) else None
    return (int(found[1]), int(found[3])) if found else None


def _year_last(text: str, order: str) -> When | None:
    if (found := _YEAR_LAST.match(text)) and order in ("dmy", "mdy"):
        first, second, year = found.group(1, 3, 4)
        month, date = (second, first) if order == "dmy" else (first, second)
        return _with_time(year, month, date, text, found.end())
    if named := _ENGLISH.match(text):
        date, name, year = named.group(1, 2, 3) if named[1] else named.group(5, 4, 6)
        if (name := name[:3].lower()) in MONTHS:
            century, month = "" if len(year) == 4 else CENTURY, str(MONTHS.index(name) + 1)
            return _with_time(century + year, month, date, text, named.end())
    return None


def _short_year(text: str, order: str) -> When | None:
    """Return a day whose year has two digits, where its order is known."""
    parts = short_parts(text, order)
    return _with_time(CENTURY + parts[0], *parts[1:3], text, parts[3]) if parts else None


def _with_time(year: str, month: str, date: str, text: str, end: int) -> When:
    """Return the day and the time that stands behind it, if one does."""
    rest = _BETWEEN.sub("", text[end:], count=1)
    later = _time_of_text(rest) if rest else When()
    if later.day:
        raise Refusal("not-a-date", cell=shown(text))
    return When(_built(year, month, date, text), later.time, later.zone)


def _no_day(text: str) -> When:
    if _SERIAL.fullmatch(text) and FIRST_SERIAL <= float(text) < LAST_SERIAL + 1:
        return _day_of_number(float(text), EPOCH)
    if _ENDING_IN_YEAR.fullmatch(text):
        raise Refusal("ambiguous-date", cell=shown(text))
    if _SHORT_YEAR.fullmatch(text):
        raise Refusal("two-digit-year", cell=shown(text))
    raise Refusal("not-a-date", cell=shown(text))


@lru_cache(maxsize=1 << 14)
def _time_of_text(cell: str) -> When:
    text = stated(cell)
    if not text:
        return When()
    clock = _TIME.fullmatch(text)
    if not clock or (clock[5] and (clock[3], clock[5]) not in _CLOCKS) or (clock[1] and clock[11]):
        if _DAY.match(text):  # a column of times that holds the day as well
            return _day_of_text(cell)
        raise Refusal("not-a-time", cell=shown(text))
    hour, minute, second = clock.group(2, 4, 6) if clock[3] else clock.group(8, 9, 10)
    micro = int((clock[7] or "0").ljust(6, "0")[:6])
    half = (clock[1] or clock[11] or "").lower().replace(".", "")
    try:
        time = datetime.time(_hour(int(hour), half), int(minute), int(second or 0), micro)
    except ValueError:
        raise Refusal("not-a-time", cell=shown(text)) from None
    return When(time=time, zone=zone_of(clock[12]) if clock[12] else None)


def _hour(hour: int, half: str) -> int:
    """Return the hour of 24; `ValueError` if it is none in that part of the day.

    Examples
    --------
    >>> _hour(3, "下午"), _hour(12, "pm"), _hour(12, "上午"), _hour(15, "下午"), _hour(9, "")
    (15, 12, 0, 15, 9)
    """
    if not half:
        return hour
    if half in _MORNING:
        if hour > 12:
            raise ValueError(hour)
        return hour % 12
    if hour in (0, 12) and half == "晚上":  # midnight, and of which day?
        raise ValueError(hour)
    if half in _NOON and hour in (10, 11):
        return hour
    return hour if hour >= 12 else hour + 12


def zone_of(text: str) -> datetime.timezone | None:
    """Return `+08:00`, `+0800`, `Z`, `UTC` or `UTC+8` as a zone; None for anything else."""
    text = utc_in(text) or text
    if text in ("Z", "z"):
        return datetime.UTC
    offset = _OFFSET.fullmatch(text)
    if not offset or int(offset[2]) > 14 or int(offset[3]) > 59:
        return None
    shift = datetime.timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    return datetime.timezone(-shift if offset[1] == "-" else shift)


def utc_in(text: str) -> str | None:
    """Return the zone that a text names by UTC, as an offset; None if it names none.

    Examples
    --------
    >>> utc_in("Time (UTC)"), utc_in("UTC_Time"), utc_in("交易时间(UTC+8)"), utc_in("时间")
    ('+00:00', '+00:00', '+08:00', None)
    """
    found = _UTC.search(text)
    return f"{found[1] or '+'}{int(found[2] or 0):02d}:{found[3] or '00'}" if found else None


def _day_of_number(cell: float, epoch: datetime.date) -> When:
    """Read 20221005, or a workbook's serial number."""
    if cell == int(cell) and 10_000_000 <= cell < 100_000_000:
        return _day_of_text(str(int(cell)))
    if not FIRST_SERIAL - 1462 <= cell < LAST_SERIAL + 1:  # 1462: a workbook that counts from 1904
        raise Refusal("not-a-date", cell=shown(cell))
    whole = int(cell)
    day = epoch + datetime.timedelta(days=whole)
    if cell == whole:
        return When(_in_range(day, cell), serial=True)
    at = datetime.datetime.combine(day, datetime.time())
    at = _to_second(at + datetime.timedelta(seconds=(cell - whole) * DAY_S))
    return When(_in_range(at.date(), cell), at.time(), serial=True)


def _clock(part: float) -> datetime.time:
    seconds = min(round(part * DAY_S), DAY_S - 1)
    return (datetime.datetime.min + datetime.timedelta(seconds=seconds)).time()


def _to_second(at: datetime.datetime) -> datetime.datetime:
    """Round a workbook's time, kept as a part of a day, to the second, as it is shown."""
    if not at.microsecond:
        return at
    nearest = at + datetime.timedelta(microseconds=500_000)
    return nearest.replace(microsecond=0)


def _built(year: str, month: str, date: str, text: str) -> datetime.date:
    try:
        day = datetime.date(int(year), int(month), int(date))
    except ValueError:
        raise Refusal("no-such-day", cell=shown(text)) from None
    return _in_range(day, text)


def _in_range(day: datetime.date, cell: object) -> datetime.date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise Refusal("no-such-day", cell=shown(cell))


# -------------------------------------- which of the numbers is the year

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


# ----------------------------------------- the years of days without one


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
