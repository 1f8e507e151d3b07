"""How long the law makes a holder keep a datum, the article, the last day, and the day after."""

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
from simlib.law.citation import article, parse
from simlib.law.period import Period, after, last_day
from simlib.law.period import retention as least_on

if TYPE_CHECKING:
    import numpy

KINDS = ("log", "bank", "chat", "trade", "backup")
STARTS = tuple(
    datetime.date.fromisoformat(day)
    for day in ("2022-10-05", "2024-12-31", "2023-08-31", "2025-01-01", "2024-02-29", "2026-01-31",
                "2023-01-31")
)  # fmt: skip
LENGTHS = ("60-day", "6-month", "3-year", "5-year", "10-year", "none")
BASES = (
    "cybersecurity-law-21", "cybersecurity-law-23", "anti-money-laundering-law-19",
    "anti-money-laundering-law-34", "e-commerce-law-31", "internet-information-measures-14", "none",
)  # fmt: skip
DECIDED_ON = datetime.date(2026, 6, 30)  # after every day they begin on
ROUGH = {"day": 1, "month": 30, "year": 365}  # the usual slip
DAY = datetime.timedelta(1)
# the period of another kind, or of another time, that is usually taken instead
OTHER = {"log": {"days": 60}, "trade": {"months": 6}, "backup": {"days": 60}}
NOT_CHATS = (  # what is usually taken for chats
    "cybersecurity-law:23(1)(3)", "e-commerce-law:31", "internet-information-measures:14(2)",
)  # fmt: skip
# An access provider is a network operator too, and its record of who was online a log: beside
# the sixty days of the Measures the six months of the later and higher law hold.
STRICTER = {"backup": "log"}
BESIDE = {"backup": ("internet-information-measures:14(2)",)}
SHOWN = 4


def retention(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the least period, its article, its last day, and what holds on the day after."""
    kind, start = turn(seed, KINDS), turn(seed, STARTS)
    least = least_on(STRICTER.get(kind, kind), start)
    days = _days(least, kind, start)
    values: dict[str, object] = {f"{name}_day": day for name, day in days.items()}
    values |= {
        "start_day": start,
        "thing_word": f"retention.thing.{kind}",
        "length_word": f"option.kept.{_length(least)}.label",
        "basis_word": f"option.rule.{_basis(least, start)}.label",
    }
    people = (principal(sued=False), helper())
    facts = case(
        "retention", 25 * THOUSAND, *people, acted_on=start, decided_on=DECIDED_ON
    )  # fmt: skip
    shown = (Phrase("retention.facts", values),)
    return Draft(facts, shown, _steps(rng, least, start, days, kind), values, kind)


def _length(least: Period | None) -> str:
    return f"{least.length}-{least.unit}" if least else "none"


def _basis(least: Period | None, start: datetime.date) -> str:
    """Return the law and the number that its article bears on the day."""
    if least is None:
        return "none"
    id = least.cites[0]
    return f"{parse(id)[0]}-{article(id, start).number}"


def _days(
    least: Period | None, kind: str, start: datetime.date
) -> dict[str, datetime.date]:  # fmt: skip
    """Return the last day, then the days that usual slips give, each another day."""
    if least is None:
        return {"six": after(start, months=6), "three": after(start, months=36)}
    right = last_day(least, start)
    assert least.length is not None  # no kind here is kept without end
    slips = {
        "rough": start + ROUGH[least.unit] * least.length * DAY,
        "counted": right - DAY,
        "other": _other(least, kind, start),
        "late": right + DAY,
    }
    found = {"right": right}
    for name, day in slips.items():
        if day not in found.values():
            found[name] = day
    return dict(list(found.items())[:SHOWN])


def _other(least: Period, kind: str, start: datetime.date) -> datetime.date:
    if kind != "bank":
        return after(start, **OTHER[kind])
    return after(start, months=12 * {5: 10, 10: 5}[least.length or 0])


def _steps(
    rng: numpy.random.Generator,
    least: Period | None,
    start: datetime.date,
    days: dict[str, datetime.date],
    kind: str,
) -> tuple[Step, ...]:
    cites = (*least.cites, *BESIDE.get(kind, ())) if least else ()
    last = (
        choice("day", "time", "right", shuffled(rng, tuple(days)), "lastday",
               cites=("civil-code:201(1)", "civil-code:202"))
        if least
        else choice("day", "time", "none", shuffled(rng, ("none", *days)), "chatday")
    )  # fmt: skip
    return (
        choice("length", "time", _length(least), LENGTHS, "kept", cites=cites),
        choice("basis", "basis", _basis(least, start), BASES, "rule", cites=cites or NOT_CHATS),
        last,
        choice("after", "time", "may", ("must", "may", "bound"), "dayafter"),
    )
