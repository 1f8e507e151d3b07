"""A limit of time, its last day by the calendar, and what does not count."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    THOUSAND,
    Draft,
    case,
    choice,
    helper,
    principal,
    shuffled,
    turn,
)
from simlib.law.period import Period, ends_on, last_day, past_days_off, past_weekend
from simlib.law.period import deadline as limit_on

if TYPE_CHECKING:
    import numpy

TRIAL = ("ordinary", "simplified", "small", "second.judgment")
SIMPLE = ("simplified", "small")  # no service by public notice (民诉法解释140)
PARTY = ("appeal.judgment", "appeal.ruling", "preservation.suit")
LIMITS = tuple(key for pair in zip(TRIAL, (*PARTY, "filing"), strict=True) for key in pair)
LENGTHS = ("7-day", "10-day", "15-day", "30-day", "2-month", "3-month", "6-month")
STARTS = tuple(
    datetime.date.fromisoformat(day)
    for day in ("2024-01-31", "2024-03-15", "2024-08-31", "2024-11-29", "2024-12-31", "2025-05-20",
                "2025-07-30")
)  # fmt: skip
DAY = datetime.timedelta(1)
MONTH_DAYS = 30  # the usual slip
SHOWN = 4


def deadline(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for a limit's length, its last day, and what is not counted in it."""
    key, round_ = turn(seed, LIMITS), seed // len(LIMITS)
    start = turn(seed % len(LIMITS) + round_, starts(key))
    limit = limit_on(key, start)
    days = _days(limit, start)
    values: dict[str, object] = {f"{name}_day": day for name, day in days.items()}
    values |= {
        "start_day": start,
        "event_word": f"deadline.event.{key.replace('.', '-')}",
        "length_word": f"option.length.{_length(limit)}.label",
    }
    facts = case("deadline", 25 * THOUSAND, principal(sued=False), helper())
    shown = (Phrase("deadline.facts", values),)
    kind = "simple" if key in SIMPLE else "trial" if key in TRIAL else "party"
    if "raw" in days:
        values["weekday_word"] = f"deadline.weekday.{days['raw'].weekday()}"
        kind = "rolled"
    return Draft(facts, shown, _steps(rng, limit, days, kind), values, kind)


def starts(key: str) -> tuple[datetime.date, ...]:
    """Return the days on which a limit is made to begin: its end is no feast, nor moved past one.

    Only a limit that binds a party is made to end on a weekend.
    """
    ends = {start: last_day(limit_on(key, start), start) for start in STARTS}
    return tuple(
        start
        for start, end in ends.items()
        if past_days_off(end) == (past_weekend(end) if key in PARTY else end)
    )


def _length(limit: Period) -> str:
    return f"{limit.length}-{limit.unit}"


def _days(limit: Period, start: datetime.date) -> dict[str, datetime.date]:
    """Return the last day, then the days that usual slips give, each another day."""
    raw = last_day(limit, start)
    right = ends_on(limit, start)
    assert limit.length is not None  # every limit has an end
    rough = limit.length * (MONTH_DAYS if limit.unit == "month" else 1)
    slips = {
        "raw": raw,
        "counted": raw - DAY,
        "rough": start + rough * DAY if limit.unit == "month" else _weekdays(start, rough),
        "late": right + DAY,
        "rest": right + 2 * DAY,
    }
    found = {"right": right}
    for name, day in slips.items():
        if day not in found.values():
            found[name] = day
    return dict(list(found.items())[:SHOWN])


def _weekdays(start: datetime.date, count: int) -> datetime.date:
    """Return the day after `count` days from Monday to Friday: not how limits run."""
    day = start
    while count:
        day += DAY
        count -= day.weekday() < 5
    return day


def _steps(
    rng: numpy.random.Generator, limit: Period, days: dict[str, datetime.date], kind: str
) -> tuple[Step, ...]:
    last = {
        "trial": choice("counts", "time", "out", ("out", "in", "stops"), "notice",
                        cites=("civil-procedure-interpretation:243",)),
        "simple": choice("counts", "time", "out", ("out", "in", "stops"), "notice",
                         cites=("civil-procedure-interpretation:140",
                                "civil-procedure-interpretation:243")),
        "party": choice("counts", "time", "after", ("before", "same", "after"), "holiday",
                        cites=("civil-procedure-law:85(3)",)),
        "rolled": choice("counts", "time", "same", ("before", "same", "after"), "holiday",
                         cites=("civil-procedure-law:85(3)",)),
    }  # fmt: skip
    moved = ("civil-procedure-law:85(3)",) if kind == "rolled" else ()
    return (
        choice("length", "time", _length(limit), LENGTHS, "length", cites=limit.cites),
        choice("day", "time", "right", shuffled(rng, tuple(days)), "last",
               cites=("civil-procedure-law:85(2)", "civil-code:202", *moved)),
        last[kind],
    )  # fmt: skip
