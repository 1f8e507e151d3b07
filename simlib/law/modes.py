"""Each form of liability's authority, its strongest objection, and the days it belongs to.

A `[[<mode>.later]]` table of `modes.toml` is the mode's next version: `since`, and what changes
of its authority. The form of liability stays: another one is another mode.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from simlib.errors import Conflict, UnknownName
from simlib.law.dated import DatedCase, Row, begun, law_day, today, versions
from simlib.resources import table

FIXED = {"helpers", "principals", "where", "dated_by"}  # the same in every version of a mode


@dataclass(frozen=True, slots=True)
class ModeLaw:
    """What stands behind a form of liability.

    Attributes
    ----------
    key
        the mode's key, e.g. `partial_joint`
    basis
        one of `simlib.law.citation.BASES`
    cites, objection_cites
        ids of the articles and views for it, and of the strongest objection
    regime
        the regime it is at home in
    since, until
        first and last day of the authority; None where it has no dates of force
    dated_by
        the day of a case on which it is looked up: `acted_on` or `decided_on`
    """

    key: str
    basis: str
    cites: tuple[str, ...]
    objection_cites: tuple[str, ...]
    regime: str
    since: datetime.date | None
    until: datetime.date | None
    dated_by: str


@dataclass(frozen=True, slots=True)
class FormLaw:
    """How a party answers under a mode, as `modes.toml` has it.

    Attributes
    ----------
    measure
        what he owes: a module of `simlib/liability/forms/`
    joint
        whether he is jointly liable
    rank
        the round he pays in, 0 first
    capped
        whether he is jointly liable up to a limit only
    """

    measure: str
    joint: bool = False
    rank: int = 0
    capped: bool = False


@dataclass(frozen=True, slots=True)
class ModeForms:
    """How helpers and principals answer under a mode; `where` (rule, value) another way holds."""

    helpers: FormLaw
    principals: FormLaw
    where: tuple[tuple[str, str, ModeForms], ...] = ()


def mode_keys() -> tuple[str, ...]:
    """List the keys of the modes that work now, in the order a reader meets them."""
    return tuple(table("law", "modes.toml"))


def mode_law(mode: str, on: datetime.date | None = None) -> ModeLaw:
    """Return the authority of a mode as it stands on a day, today if none is given.

    Before the mode's first day its first version is given.

    Raises
    ------
    UnknownName
        if there is no such mode

    Examples
    --------
    >>> mode_law("joint").cites
    ('civil-code:1169(1)', 'civil-code:178(1)')
    """
    return begun(_versions(mode), on or today())


def mode_law_for(mode: str, case: DatedCase) -> ModeLaw:
    """Return the authority of a mode on the day of a case by which the mode is dated.

    Raises
    ------
    UnknownName
        if there is no such mode
    """
    history = _versions(mode)
    return begun(history, law_day(history[0].dated_by, case))


@cache
def _versions(mode: str) -> tuple[ModeLaw, ...]:
    """List the versions of a mode, oldest first.

    Raises
    ------
    UnknownName
        if there is no such mode
    Conflict
        if a later version changes how the parties answer, or which day counts
    """
    entries = table("law", "modes.toml")
    if mode not in entries:
        raise UnknownName.among("mode", mode, entries)
    for later in entries[mode].get("later", ()):
        if fixed := FIXED & later.keys():
            raise Conflict("form-of-a-later-version", key=mode, field=min(fixed))
    return tuple(_read(mode, row) for row in versions(entries[mode], mode))


def _read(mode: str, row: Row) -> ModeLaw:
    return ModeLaw(
        key=mode,
        basis=row["basis"],
        cites=tuple(row["cites"]),
        objection_cites=tuple(row["objection_cites"]),
        regime=row["regime"],
        since=row.get("since"),
        until=row.get("until"),
        dated_by=row["dated_by"],
    )


@cache
def mode_forms(mode: str) -> ModeForms | None:
    """Return how the parties answer under a mode; None where each has a form of another mode."""
    entry = table("law", "modes.toml")[mode]
    return _forms(entry) if "helpers" in entry else None


def _forms(row: Row) -> ModeForms:
    helpers = FormLaw(**row["helpers"])
    principals = FormLaw(**row["principals"]) if "principals" in row else helpers
    where = tuple(
        (rule, value, _forms(other))
        for rule, ways in row.get("where", {}).items()
        for value, other in ways.items()
    )
    return ModeForms(helpers, principals, where)
