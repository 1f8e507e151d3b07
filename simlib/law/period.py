"""Periods the law sets, as dated entries, and their last day by the calendar.

`deadlines.toml` has limits of time of civil and criminal procedure: how long a step may take at
most. `retention.toml` has least periods: how long a holder must keep data; he may keep it longer.
Either is looked up on the day on which it begins to run: a change of procedure does not reach back,
and a later and longer retention does not bring back what was not kept.

Months run to the corresponding day, the day of the event not counted. A last day by which a party
loses a right is moved past days off (民事诉讼法85(3), 刑事诉讼法105(4), 民法典203(1)): weekends,
and the holidays of the years `holidays.toml` knows. The limits of courts and police are not moved.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from simlib.errors import NoRule, UnknownName
from simlib.law.dated import Row, histories, in_force, record
from simlib.resources import table

BEGINS = "begins"  # the day a period is looked up on: the one on which it begins to run
UNITS = ("hour", "day", "month", "year")
HOURS, MONTHS = 24, 12  # of a day, of a year
MONTH_DAYS = 30.4375  # a mean month of the calendar, for rates a month and rough lengths
SATURDAY, WEEK = 5, 7  # and Sunday after it; days


@dataclass(frozen=True, slots=True)
class Period:
    """One limit of time, or one least period of retention, in one version.

    Attributes
    ----------
    key
        the limit, e.g. `review.fast`, or the kind of data, e.g. `log`
    unit, length
        one of `UNITS`, and how many; a length of None has no end
    more, more_unit
        the extensions that stand in the article, in the order in which they are granted
    listed
        how many of the last extensions are for grave or complex cases alone
    listed_cites
        articles for those extensions alone, which a step without them does not rest on
    special
        whether a higher authority may extend beyond `more` without a fixed end
    party
        whether a party loses a right by it, so that its last day is moved past days off
    cites
        ids of the articles
    since, until
        first and last day of this version; None where there is none (a proposal, a teaching
        assumption) or no end is known
    dated_by
        always `begins`: the day on which the period begins to run
    basis
        one of `simlib.law.citation.BASES`
    verified, since_verified
        whether number and first day were read in a text we hold
    """

    key: str
    unit: str
    length: int | None
    more_unit: str
    cites: tuple[str, ...]
    basis: str
    more: tuple[int, ...] = ()
    listed: int = 0
    listed_cites: tuple[str, ...] = ()
    special: bool = False
    party: bool = False
    since: datetime.date | None = None
    until: datetime.date | None = None
    dated_by: str = BEGINS
    verified: bool = True
    since_verified: bool = True

    def total(self, extensions: int = 0) -> dict[str, int]:
        """Return the period with its first extensions, by unit; empty for one without end.

        Extensions lengthen the period; they begin no new one. So months are added up first.

        Examples
        --------
        >>> deadline("review", datetime.date(2023, 1, 1)).total(1)
        {'month': 1, 'day': 15}
        """
        sums = {} if self.length is None else {self.unit: self.length}
        for more in self.more[:extensions]:
            sums[self.more_unit] = sums.get(self.more_unit, 0) + more
        return sums


def deadline(key: str, on: datetime.date) -> Period:
    """Return a limit as it stands on the day it begins to run.

    Raises
    ------
    UnknownName
        if there is no limit of this key
    NoRule
        if the law had no such limit on that day

    Examples
    --------
    >>> deadline("simplified", datetime.date(2024, 3, 1)).more
    (1,)
    """
    found = deadline_if_any(key, on)
    if found is None:
        raise NoRule("no-deadline", key=key, day=on)
    return found


def deadline_if_any(key: str, on: datetime.date) -> Period | None:
    """Return a limit as it stands on a day; None if the law had none of this key then.

    Raises
    ------
    UnknownName
        if there is no limit of this key
    """
    return _standing("deadline", deadlines(), key, on)


def retention(key: str, on: datetime.date) -> Period | None:
    """Return the least period for a kind of data that begins on a day; None if no law says one.

    Raises
    ------
    UnknownName
        if there is no kind of data of this key

    Examples
    --------
    >>> on = datetime.date(2024, 12, 31)
    >>> retention("bank", on).length, retention("bank", datetime.date(2025, 1, 1)).length
    (5, 10)
    >>> retention("chat", on) is None
    True
    """
    return _standing("retention", retentions(), key, on)


@cache
def deadlines() -> dict[str, tuple[Period, ...]]:
    """Map each limit's key to its versions, oldest first.

    Raises
    ------
    Conflict
        if two versions of a limit begin on the same day
    """
    return histories(table("law", "deadlines.toml")["deadlines"], _read, first="since")


@cache
def retentions() -> dict[str, tuple[Period, ...]]:
    """Map each kind of data to its versions, oldest first; to none where no general rule holds.

    Raises
    ------
    Conflict
        if two versions of a period begin on the same day
    """
    listed = table("law", "retention.toml")
    periods = histories(listed["retentions"], _read, first="since")
    return dict.fromkeys(listed["no_duty"], ()) | periods


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
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    last = calendar.monthrange(year, month + 1)[1]
    moved = day.replace(year=year, month=month + 1, day=min(day.day, last))
    return moved + min(datetime.timedelta(days), datetime.date.max - moved)


def last_day(period: Period, start: datetime.date, extensions: int = 0) -> datetime.date:
    """Return the last day of a period with an end that begins with an event on `start`.

    Hours count as days begun: nothing here knows the hour.

    Parameters
    ----------
    extensions
        how many of the extensions that stand in the article are granted
    """
    sums = period.total(extensions)
    months = sums.get("month", 0) + MONTHS * sums.get("year", 0)
    return after(start, months=months, days=sums.get("day", 0) - (-sums.get("hour", 0) // HOURS))


def ends_on(period: Period, start: datetime.date, extensions: int = 0) -> datetime.date:
    """Return the last day as `last_day` does, moved past days off where a party may lose a right.

    References
    ----------
    civil-procedure-law:85(3)

    Examples
    --------
    >>> judged = datetime.date(2023, 11, 17)  # fifteen days end on a Saturday
    >>> ends_on(deadline("appeal.judgment", judged), judged)
    datetime.date(2023, 12, 4)
    """
    last = last_day(period, start, extensions)
    return past_days_off(last) if period.party else last


def past_weekend(day: datetime.date) -> datetime.date:
    """Return the day, or the Monday after it if it lies in a weekend: a last day is moved so.

    For exercises, which ask about weekends alone: see `past_days_off` for feasts and for weekend
    days worked in their stead.

    Examples
    --------
    >>> past_weekend(datetime.date(2027, 2, 28))
    datetime.date(2027, 3, 1)
    """
    to_monday = datetime.timedelta(WEEK - day.weekday())
    return day + to_monday if day.weekday() >= SATURDAY else day


def past_days_off(day: datetime.date) -> datetime.date:
    """Return the day, or the first after it that is no day off: a last day is moved so.

    Days off are Saturdays and Sundays, less those worked in place of others, and the holidays
    announced each year (民法典203(1)), as far as `holidays.toml` knows the year; elsewhere weekends
    alone, and a last day that falls on a holiday moves on (遇法定休假日顺延).

    Examples
    --------
    >>> past_days_off(datetime.date(2025, 10, 5))  # a Sunday of the holiday of 1 to 8 October
    datetime.date(2025, 10, 9)
    >>> past_days_off(datetime.date(2024, 10, 12))  # a Saturday worked
    datetime.date(2024, 10, 12)
    """
    off, worked = _holidays()
    while day in off or (day.weekday() >= SATURDAY and day not in worked):
        day += datetime.timedelta(1)
    return day


@cache
def moves(first: datetime.date) -> tuple[int, ...]:
    """Return by how many days each last day from `first` on is moved past days off.

    To the end of a week after the last holiday known: every later week is like that one.

    Examples
    --------
    >>> moves(datetime.date(2026, 1, 1))  # a Thursday
    (0, 0, 2, 1, 0, 0, 0, 0)
    """
    off, worked = _holidays()
    count = (max(first, *off, *worked) - first).days + WEEK + 1
    days = (first + datetime.timedelta(n) for n in range(count))
    return tuple((past_days_off(day) - day).days for day in days)


@cache
def _holidays() -> tuple[frozenset[datetime.date], frozenset[datetime.date]]:
    """Return every announced day off, and every weekend day worked in its stead."""
    listed = table("law", "holidays.toml")
    days = (first + datetime.timedelta(n)
            for first, last in listed["off"] for n in range((last - first).days + 1))  # fmt: skip
    return frozenset(days), frozenset(listed["worked"])


def _standing(
    kind: str, known: Mapping[str, tuple[Period, ...]], key: str, on: datetime.date
) -> Period | None:
    if key not in known:
        raise UnknownName.among(kind, key, known)
    return in_force(known[key], on)


def _read(row: Row) -> Period:
    return record(Period, {"length": None, "more_unit": row["unit"]} | row)
