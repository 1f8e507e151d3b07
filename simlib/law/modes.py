"""Each form of liability's authority, its strongest objection, and the days it belongs to."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from simlib.errors import UnknownName
from simlib.resources import table


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
        which day of a case these are held against: `acted_on` or `decided_on`
    """

    key: str
    basis: str
    cites: tuple[str, ...]
    objection_cites: tuple[str, ...]
    regime: str
    since: datetime.date | None
    until: datetime.date | None
    dated_by: str


def mode_keys() -> tuple[str, ...]:
    """Keys of the modes that work now, in the order a reader meets them."""
    return tuple(table("law", "modes.toml"))


@cache
def mode_law(mode: str) -> ModeLaw:
    """The authority of a mode.

    Raises
    ------
    UnknownName
        if there is no such mode

    Examples
    --------
    >>> mode_law("joint").cites
    ('civil-code:1169(1)', 'civil-code:178')
    """
    entries = table("law", "modes.toml")
    if mode not in entries:
        raise UnknownName.among("mode", mode, entries)
    entry = entries[mode]
    return ModeLaw(
        key=mode,
        basis=entry["basis"],
        cites=tuple(entry["cites"]),
        objection_cites=tuple(entry["objection_cites"]),
        regime=entry["regime"],
        since=entry.get("since"),
        until=entry.get("until"),
        dated_by=entry["dated_by"],
    )
