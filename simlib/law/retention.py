"""How long a holder must keep data at least, as dated entries of `retention.toml`.

A period is a minimum: a holder may keep data longer. It is looked up on the day on which it begins
to run; a later and longer one does not bring back what was not kept.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from simlib.errors import UnknownName
from simlib.law.dated import Row, in_force, ordered
from simlib.law.deadline import BEGINS
from simlib.resources import table

UNITS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Retention:
    """One least period in one version.

    Attributes
    ----------
    key
        the kind of data: `log`, `backup`, `trade`, `bank`, `payment` or `court_file`
    unit, length
        `day`, `month` or `year`, and how many at least; a length of None has no end
    cites
        ids of the articles
    since, until
        first and last day of this version; None where there is none (a teaching assumption) or no
        end is known
    dated_by
        always `begins`: the day on which the period begins to run
    basis
        one of `simlib.law.citation.BASES`
    verified
        whether the number was read in a text we hold
    """

    key: str
    unit: str
    length: int | None
    cites: tuple[str, ...]
    since: datetime.date | None
    until: datetime.date | None
    dated_by: str
    basis: str
    verified: bool


def retention(key: str, on: datetime.date) -> Retention | None:
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
    known = retentions()
    if key not in known:
        raise UnknownName.among("retention", key, known)
    return in_force(known[key], on)


@cache
def retentions() -> dict[str, tuple[Retention, ...]]:
    """Map each kind of data to its versions, oldest first; to none where no general rule holds.

    Raises
    ------
    Conflict
        if two versions of a period begin on the same day
    """
    listed = table("law", "retention.toml")
    rows: dict[str, list[Row]] = {key: [] for key in listed["no_duty"]}
    for row in listed["retentions"]:
        rows.setdefault(row["key"], []).append(row)
    return {
        key: tuple(_read(row) for row in ordered(versions, key, "since"))
        for key, versions in rows.items()
    }


def _read(row: Row) -> Retention:
    return Retention(
        key=row["key"],
        unit=row["unit"],
        length=row.get("length"),
        cites=tuple(row["cites"]),
        since=row.get("since"),
        until=row.get("until"),
        dated_by=BEGINS,
        basis=row["basis"],
        verified=row.get("verified", True),
    )
