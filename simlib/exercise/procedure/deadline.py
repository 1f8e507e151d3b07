"""A limit of time, its last day by the calendar, and what does not count."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from simlib.exercise.model import Phrase, Step
from simlib.exercise.variant import THOUSAND, Draft, case, choice, helper, principal, shuffled, turn
from simlib.law.deadline import Deadline
from simlib.law.deadline import deadline as limit_on
from simlib.procedure.calendar import last_day

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
    key, start = turn(seed, LIMITS), turn(seed, STARTS)
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
    return Draft(facts, shown, _steps(rng, limit, days, kind), values, kind)


def _length(limit: Deadline) -> str:
    return f"{limit.length}-{limit.unit}"


def _days(limit: Deadline, start: datetime.date) -> dict[str, datetime.date]:
    """Return the last day, then the days that usual slips give, each another day."""
    right = last_day(limit, start)
    rough = limit.length * (MONTH_DAYS if limit.unit == "month" else 1)
    slips = {
        "counted": right - DAY,
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
    rng: numpy.random.Generator, limit: Deadline, days: dict[str, datetime.date], kind: str
) -> tuple[Step, ...]:
    last = {
        "trial": choice("counts", "time", "out", ("out", "in", "stops"), "notice",
                        cites=("civil-procedure-interpretation:243",)),
        "simple": choice("counts", "time", "out", ("out", "in", "stops"), "notice",
                         cites=("civil-procedure-interpretation:140",
                                "civil-procedure-interpretation:243")),
        "party": choice("counts", "time", "after", ("before", "same", "after"), "holiday",
                        cites=("civil-procedure-law:85(3)",)),
    }  # fmt: skip
    return (
        choice("length", "time", _length(limit), LENGTHS, "length", cites=limit.cites),
        choice("day", "time", "right", shuffled(rng, tuple(days)), "last",
               cites=("civil-procedure-law:85(2)", "civil-code:202")),
        last[kind],
    )  # fmt: skip
