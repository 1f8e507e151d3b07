"""Limits of time of civil and criminal procedure, as dated entries of `deadlines.toml`.

A limit says how long a step may take at most, not how long it takes. Looked up on the day on which
it begins to run: a change of procedure does not reach back.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from simlib.errors import NoRule, UnknownName
from simlib.law.dated import Row, in_force, ordered
from simlib.resources import table

BEGINS = "begins"  # the day a limit is looked up on: the one on which it begins to run
UNITS = ("month", "day", "hour")


@dataclass(frozen=True, slots=True)
class Deadline:
    """One limit in one version.

    Attributes
    ----------
    key
        e.g. `review.fast`
    unit, length
        `month`, `day` or `hour`, and how many
    more, more_unit
        the extensions that stand in the article, in the order in which they are granted
    special
        whether a higher authority may extend beyond `more` without a fixed end
    cites
        ids of the articles
    since, until
        first and last day of this version; None where there is none (a proposal) or no end is known
    dated_by
        always `begins`: the day on which the limit begins to run
    basis
        one of `simlib.law.citation.BASES`
    verified, since_verified
        whether number and first day were read in a text we hold
    """

    key: str
    unit: str
    length: int
    more: tuple[int, ...]
    more_unit: str
    special: bool
    cites: tuple[str, ...]
    since: datetime.date | None
    until: datetime.date | None
    dated_by: str
    basis: str
    verified: bool
    since_verified: bool

    def total(self, extensions: int = 0) -> dict[str, int]:
        """Return the limit with its first extensions, by unit.

        Extensions lengthen the period; they begin no new one. So months are added up first.

        Examples
        --------
        >>> deadline("review", datetime.date(2023, 1, 1)).total(1)
        {'month': 1, 'day': 15}
        """
        sums = {self.unit: self.length}
        for more in self.more[:extensions]:
            sums[self.more_unit] = sums.get(self.more_unit, 0) + more
        return sums


def deadline(key: str, on: datetime.date) -> Deadline:
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
    found = held(key, on)
    if found is None:
        raise NoRule("no-deadline", key=key, day=on)
    return found


def held(key: str, on: datetime.date) -> Deadline | None:
    """Return a limit as it stands on a day; None if the law had none of this key then.

    Raises
    ------
    UnknownName
        if there is no limit of this key
    """
    known = deadlines()
    if key not in known:
        raise UnknownName.among("deadline", key, known)
    return in_force(known[key], on)


@cache
def deadlines() -> dict[str, tuple[Deadline, ...]]:
    """Map each key to its versions, oldest first.

    Raises
    ------
    Conflict
        if two versions of a limit begin on the same day
    """
    rows: dict[str, list[Row]] = {}
    for row in table("law", "deadlines.toml")["deadlines"]:
        rows.setdefault(row["key"], []).append(row)
    return {
        key: tuple(_read(row) for row in ordered(listed, key, "since"))
        for key, listed in rows.items()
    }


def _read(row: Row) -> Deadline:
    return Deadline(
        key=row["key"],
        unit=row["unit"],
        length=row["length"],
        more=tuple(row.get("more", ())),
        more_unit=row["more_unit"] if "more_unit" in row else row["unit"],
        special=row.get("special", False),
        cites=tuple(row["cites"]),
        since=row.get("since"),
        until=row.get("until"),
        dated_by=BEGINS,
        basis=row["basis"],
        verified=row.get("verified", True),
        since_verified=row.get("since_verified", True),
    )
