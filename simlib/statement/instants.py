"""Days and times as banks write them. What could be read in two ways is refused."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from simlib.statement.model import Refusal, shown, stated

FIRST_YEAR, LAST_YEAR = 1980, 2100
FIRST_SERIAL, LAST_SERIAL = 29_221, 73_415  # 1980-01-01 and 2100-12-31 as Excel counts days
EPOCH = datetime.date(1899, 12, 30)
DAY_S = 86_400

_DAY = re.compile(
    r"(\d{4})(?:(-|/|\.|年)\s*(\d{1,2})\s*(-|/|\.|月)\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))", re.ASCII
)
_TIME = re.compile(
    r"(?:(\d{1,2})([:.时])(\d{1,2})(?:([:.分])(\d{1,2})(?:[.,](\d{1,9}))?秒?|分)?"
    r"|(\d{2})(\d{2})(\d{2}))\s*(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_BETWEEN = re.compile(r"[T\s-]*", re.ASCII)
_ENDING_IN_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?:\s.*)?", re.ASCII)
_SHORT_YEAR = re.compile(r"(?:\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{6})(?:\s.*)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)
_CLOCKS = ((":", ":"), (".", "."), ("时", "分"))
_PAIRS = {"-": "-", "/": "/", ".": ".", "年": "月"}


class When(NamedTuple):
    """What a cell says of the day and the time; None where it does not say."""

    day: datetime.date | None = None
    time: datetime.time | None = None
    zone: datetime.timezone | None = None
    serial: bool = False  # Excel's count of days, with no sign that it is one


def day_of(cell: object, epoch: datetime.date = EPOCH) -> When:
    """The day in a cell, and the time if there is one too; empty if the cell is.

    Raises
    ------
    Refusal
        if it is no day, there is no such day, or its year has two digits or stands last
    """
    if isinstance(cell, str):
        return _day_of_text(cell)
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


def time_of(cell: object) -> When:
    """The time in a cell, which may hold the day too."""
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


@lru_cache(maxsize=1 << 14)
def _day_of_text(cell: str) -> When:
    text = stated(cell)
    if not text:
        return When()
    found = _DAY.match(text)
    if not found or (found[2] and _PAIRS[found[2]] != found[4]):
        return _no_day(text)
    parts = found.group(1, 3, 5) if found[2] else found.group(1, 6, 7)
    rest = text[_BETWEEN.match(text, found.end()).end() :]
    later = _time_of_text(rest) if rest else When()
    if later.day:
        raise Refusal("not-a-date", cell=shown(text))
    return When(_built(parts, text), later.time, later.zone)


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
    found = _TIME.fullmatch(text)
    if not found or (found[4] and (found[2], found[4]) not in _CLOCKS):
        if _DAY.match(text):  # a column of times that holds the day as well
            return _day_of_text(cell)
        raise Refusal("not-a-time", cell=shown(text))
    hour, minute, second = found.group(1, 3, 5) if found[2] else found.group(7, 8, 9)
    micro = int((found[6] or "0").ljust(6, "0")[:6])
    try:
        time = datetime.time(int(hour), int(minute), int(second or 0), micro)
    except ValueError:
        raise Refusal("not-a-time", cell=shown(text)) from None
    return When(time=time, zone=zone_of(found[10]) if found[10] else None)


def zone_of(text: str) -> datetime.timezone | None:
    """`+08:00`, `+0800` or `Z` as a zone; None for anything else."""
    if text == "Z":
        return datetime.UTC
    found = _OFFSET.fullmatch(text)
    if not found or int(found[2]) > 14 or int(found[3]) > 59:
        return None
    shift = datetime.timedelta(hours=int(found[2]), minutes=int(found[3]))
    return datetime.timezone(-shift if found[1] == "-" else shift)


def _day_of_number(cell: float, epoch: datetime.date) -> When:
    """20221005, or a workbook's serial number."""
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
    """A workbook holds times as parts of a day: to the nearest second, as it shows them."""
    if not at.microsecond:
        return at
    nearest = at + datetime.timedelta(microseconds=500_000)
    return nearest.replace(microsecond=0)


def _built(parts: tuple[str, str, str], text: str) -> datetime.date:
    try:
        day = datetime.date(*map(int, parts))
    except ValueError:
        raise Refusal("no-such-day", cell=shown(text)) from None
    return _in_range(day, text)


def _in_range(day: datetime.date, cell: object) -> datetime.date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise Refusal("no-such-day", cell=shown(cell))
