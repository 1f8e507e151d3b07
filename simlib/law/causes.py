"""The causes of action (案由) of a suit against a helper, and what each carries, as data."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from simlib.errors import UnknownName
from simlib.resources import table

ASPECTS = ("ground", "elements", "burden", "court", "own_fault", "others", "limitation")


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of action.

    Attributes
    ----------
    id
        `property-damage` (财产损害赔偿纠纷), `tort` (侵权责任纠纷), `network-tort`
        (网络侵权责任纠纷) or `enrichment` (不当得利纠纷)
    claim
        the kind of claim: `tort`, `network` or `enrichment`
    used_in
        ids of cases and reported rulings known to have gone by it
    cites
        aspect (one of `ASPECTS`) → ids of the articles and views it rests on
    """

    id: str
    claim: str
    used_in: tuple[str, ...]
    cites: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CauseRules:
    """The rules that name causes of action.

    Attributes
    ----------
    zh, en
        what they are called
    number, since
        document number of the latest revision, and its first day
    verified
        whether the names were compared with that revision
    """

    zh: str
    en: str
    number: str
    since: datetime.date
    verified: bool


@cache
def causes() -> tuple[Cause, ...]:
    """List the causes of action a reader may choose, the one courts used most first.

    Examples
    --------
    >>> [(each.id, each.claim) for each in causes()][::3]
    [('property-damage', 'tort'), ('enrichment', 'enrichment')]
    """
    data = table("law", "causes.toml")
    return tuple(
        Cause(
            id,
            row["claim"],
            tuple(row.get("used_in", ())),
            {aspect: tuple(data["carries"][row["claim"]][aspect]) for aspect in ASPECTS},
        )
        for id, row in data["cause"].items()
    )


def cause(id: str) -> Cause:
    """Return the cause of action of this id.

    Raises
    ------
    UnknownName
        if there is none
    """
    known = {each.id: each for each in causes()}
    if id not in known:
        raise UnknownName.among("cause", id, known)
    return known[id]


@cache
def cause_rules() -> CauseRules:
    """Return the rules that name causes of action, and whether we compared their latest text."""
    return CauseRules(**table("law", "causes.toml")["rules"])
