"""The days of a case as bounds: what the file states, and what stands in where it is silent."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.law.period import deadline, ends_on

if TYPE_CHECKING:
    from simlib.case.model import Case, Criminal

ASSUMED, APPEAL = "assumed", "appeal.criminal"
FOUND = ("pending", "effective", "not-prosecuted")  # statuses of one who is in the court's hands
CRIMINAL_DAYS = ("opened", "arrested", "charged", "judged", "effective")


@dataclass(frozen=True, slots=True)
class Known:
    """A day as bounds.

    Attributes
    ----------
    low, high
        earliest and latest day; equal where the file states it, `high` None where nothing bounds it
    source
        `case:<field>` where the file states or bounds it, else `assumed`
    """

    low: datetime.date
    high: datetime.date | None
    source: str

    @property
    def day(self) -> datetime.date | None:
        """The day itself, where it is stated or stood in for; None where only bounds are known."""
        return self.low if self.low == self.high else None


def subject(case: Case) -> int | None:
    """Return the place in `case.criminal` of the case drawn for this suit; None if there is none.

    That of the first defendant whose criminal case has begun; else that of anyone else. What is
    proved of whom is asked of each one's own case, see `begun`.
    """
    places = list(begun(case).values())
    defendants = [n for n in places if case.party(case.criminal[n].party).sued]
    return next(iter([*defendants, *places]), None)


def begun(case: Case) -> dict[str, int]:
    """Return whose criminal case has begun: party → place in `case.criminal`, in file order.

    Of several against one party the first.
    """
    found: dict[str, int] = {}
    for n, entry in enumerate(case.criminal):
        if entry.status in FOUND:
            found.setdefault(entry.party, n)
    return found


def accused(case: Case) -> str | None:
    """Return against whom a criminal case is supposed where nobody's has begun; else None.

    The first helper who is sued, or the first defendant: a teaching assumption.
    """
    if begun(case):
        return None
    sued = [party for party in case.parties if party.sued and party.role != "victim"]
    helpers = [party for party in sued if party.role == "helper"]
    return next((party.id for party in [*helpers, *sued]), None)


def entry_of(case: Case) -> Criminal | None:
    """Return the criminal case this suit looks to; None if nobody's has begun."""
    n = subject(case)
    return None if n is None else case.criminal[n]


def history(case: Case, row: int | None = None) -> dict[str, Known]:
    """Return the days of a case: those stated, and bounds for those that are not.

    The criminal days are those of one criminal case: `row` in `case.criminal`, that of `subject`
    if not given. Keys: `reported`, `opened`, `arrested`, `charged`, `judged`, `effective`, `filed`;
    a day that is neither stated nor bounded is left out. `reported` is always there: the day of the
    act where the file is silent, a teaching assumption. A judgment that took effect did so when the
    time to appeal against it had run, where the file states its own day alone; else before the
    civil one that rests on it.
    """
    reported = case.reported_on
    first = reported or case.acted_on
    days = {"reported": Known(first, first, "case:reported_on" if reported else ASSUMED)}
    days |= _criminal(case, first, subject(case) if row is None else row)
    if case.filed_on:
        days["filed"] = Known(case.filed_on, case.filed_on, "case:filed_on")
    return days


def _criminal(case: Case, first: datetime.date, n: int | None) -> dict[str, Known]:
    if n is None:
        return {}
    entry = case.criminal[n]
    stated = {
        "opened": ("opened_on", entry.opened_on),
        "arrested": ("arrested_on", entry.arrested_on),
        "charged": ("charged_on", entry.charged_on),
        "judged": ("on", entry.on),
        "effective": ("effective_on", entry.effective_on),
    }
    days: dict[str, Known] = {}
    low = first
    for key, (field, day) in stated.items():
        if day:
            low = max(low, day)
            days[key] = Known(day, day, f"case:criminal[{n}].{field}")
    if entry.status == "effective" and "effective" not in days and entry.on:
        over = ends_on(deadline(APPEAL, entry.on), entry.on)
        days["effective"] = Known(over, over, f"case:criminal[{n}].on")
    elif entry.status == "effective" and "effective" not in days and case.decided_on:
        days["effective"] = Known(low, max(low, case.decided_on), "case:decided_on")
    return days
