"""Periods by the calendar: months to the corresponding day, the day of the event not counted.

Not reckoned: a last day that falls on a public holiday moves to the first day after it (民事诉讼法
85(3), 刑事诉讼法 105(4)); that list is made each year by decree. A result may so be a few days
early, and `schedule` lists it among its assumptions. Where a party loses a right by the last day it
is moved past a weekend (`simlib.law.days.past_weekend`).
"""

from __future__ import annotations

import calendar
import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.law.deadline import Deadline

HOURS = 24
MONTH_DAYS = 30.4375  # a mean month of the calendar, for rates a month and rough lengths


def after(day: datetime.date, *, months: int = 0, days: int = 0) -> datetime.date:
    """Return the last day of a period that begins with an event on `day`.

    1. months: to the day of the same number; the month's last where it has none (民法典202)
    2. then days; the day of the event is not counted (民法典201(1), 民事诉讼法85(2))

    The calendar ends in the year 9999; a later day is its last.

    References
    ----------
    civil-code:201(1), civil-code:202

    Examples
    --------
    >>> after(datetime.date(2023, 12, 31), months=2)
    datetime.date(2024, 2, 29)
    >>> after(datetime.date(2024, 2, 20), days=10)
    datetime.date(2024, 3, 1)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    last = calendar.monthrange(year, month + 1)[1]
    moved = day.replace(year=year, month=month + 1, day=min(day.day, last))
    return moved + min(datetime.timedelta(days), datetime.date.max - moved)


def last_day(limit: Deadline, start: datetime.date, extensions: int = 0) -> datetime.date:
    """Return the last day of a limit that begins with an event on `start`.

    Hours count as days begun: nothing here knows the hour.

    Parameters
    ----------
    extensions
        how many of the extensions that stand in the article are granted
    """
    sums = limit.total(extensions)
    days = sums.get("day", 0) + -(-sums.get("hour", 0) // HOURS)
    return after(start, months=sums.get("month", 0), days=days)
