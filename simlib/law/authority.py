"""On which articles a step of a decision rests, by what is asked and of whom, as dated data.

`authority.toml` has a table for each; a `[[….later]]` table is its next version.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from simlib.errors import UnknownName
from simlib.law.citation import article_day, in_force
from simlib.law.dated import ACTED, DatedCase, begun, frozen, law_day, versions
from simlib.resources import table

ANY = "any"


@dataclass(frozen=True, slots=True)
class Authority:
    """The articles for one answer in one version.

    Attributes
    ----------
    cites, also
        ids of the articles; those of `also` are cited only while in force on their own day
    basis
        one of `simlib.law.citation.BASES`
    since, until
        first and last day; None where there is none
    dated_by
        the day of a case on which it is looked up: `acted_on` or `decided_on`
    """

    cites: tuple[str, ...]
    basis: str
    also: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    dated_by: str = ACTED


def authority(asked: str, case: DatedCase, whom: str = ANY) -> tuple[str, ...]:
    """Return the ids of the articles that answer a question on the days of a case.

    Parameters
    ----------
    whom
        a grade of fault or another circumstance; what is not named is answered as `any`

    Raises
    ------
    UnknownName
        if `authority.toml` has no such table

    Examples
    --------
    >>> from simlib.law.dated import Days
    >>> days = Days(datetime.date(2022, 10, 5), None)
    >>> authority("joint", days, "concert")
    ('civil-code:1168', 'civil-code:178(1)')
    """
    history = _versions(asked, whom)
    found = begun(history, law_day(history[0].dated_by, case))
    return (*found.cites, *(id for id in found.also if in_force(id, article_day(id, case))))


def answers(asked: str) -> bool:
    """Tell whether a question has an authority of its own."""
    return asked in table("law", "authority.toml")


def authorities() -> dict[tuple[str, str], tuple[Authority, ...]]:
    """Map each question, and of whom, to its versions, oldest first."""
    asked = table("law", "authority.toml").items()
    return {(what, whom): _versions(what, whom) for what, rows in asked for whom in rows}


@cache
def _versions(asked: str, whom: str) -> tuple[Authority, ...]:
    entries = table("law", "authority.toml")
    rows = entries.get(asked, {})
    if whom not in rows and ANY not in rows:
        raise UnknownName.among("article", f"{asked}.{whom}", [f"{asked}.{row}" for row in rows])
    row = rows.get(whom, rows.get(ANY))
    return tuple(Authority(**frozen(version)) for version in versions(row, f"{asked}.{whom}"))
