"""A suit for money as data: its cause of action (案由), what that carries, and how it can end."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from simlib.errors import UnknownName
from simlib.resources import table

ASPECTS = ("ground", "elements", "burden", "court", "own_fault", "others", "limitation")
# attribute → what it can be, in the order a reader is asked
ATTRIBUTES = {
    "document": ("ruling", "judgment"),
    "merits": ("unheard", "heard"),
    "fee": ("free", "loser"),
    "appeal": ("10", "15"),
    "again": ("refile", "barred"),
}
BARRED, NEW_FACT = "barred", "new_fact"  # of `again`; the second is no answer that is offered


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


@dataclass(frozen=True, slots=True)
class Ending:
    """One way for a suit to end.

    Attributes
    ----------
    id
        `refuse_suit` (不予受理), `dismiss_suit` (驳回起诉), `dismiss_claim` (驳回诉讼请求),
        `support`
    values
        attribute → one of `ATTRIBUTES[attribute]`: the document, whether the merits were heard,
        who pays the acceptance fee, the days for an appeal, whether she may sue again
    cites
        attribute → ids of the articles it rests on
    """

    id: str
    values: Mapping[str, str]
    cites: Mapping[str, tuple[str, ...]]

    def after_new_fact(self) -> Ending:
        """Return what holds once a new fact has come about after the decision took effect.

        Who was barred from suing on the same matter may sue again (CPL Interpretation art. 248).
        """
        barred = self.values["again"] == BARRED
        return replace(self, values={**self.values, "again": NEW_FACT}) if barred else self

    def to_json(self) -> dict[str, object]:
        """Return what the document brings with it, and its articles, as plain JSON data."""
        return {"id": self.id, "values": dict(self.values), "cites": dict(self.cites)}


@cache
def endings() -> tuple[Ending, ...]:
    """List all endings, in the order in which a suit can meet them.

    Examples
    --------
    >>> [(e.id, e.values["appeal"]) for e in endings()]
    [('refuse_suit', '10'), ('dismiss_suit', '10'), ('dismiss_claim', '15'), ('support', '15')]
    """
    return tuple(
        Ending(id, entry["values"], {name: tuple(ids) for name, ids in entry["cites"].items()})
        for id, entry in table("law", "endings.toml").items()
    )


def ending(id: str) -> Ending:
    """Return the ending of this name; raise KeyError if there is none."""
    return {each.id: each for each in endings()}[id]
