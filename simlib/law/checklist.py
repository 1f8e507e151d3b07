"""The checklist of fault as data: items with source and date; none has a weight or a score.

Beside it the rules whose breach may make a careless act unlawful (保护性规定), by kind of help.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from simlib.law import citation
from simlib.law.dated import Row, histories, in_force
from simlib.resources import table

GROUPS = ("bx-11", "opinion-2025", "paper", "account-rule")
STRENGTHS = ("doubt", "rebut", "overturn")
REVIEWS = ("formal", "substantive")


@dataclass(frozen=True, slots=True)
class Item:
    """What may show a helper's fault.

    Attributes
    ----------
    id, group
        e.g. `bx-11-3`, and one of `GROUPS`
    cite
        id of the article, opinion or paper it comes from
    dates
        the day on which it is looked up: `acted`, `decided`, or `none` (a proposal)
    since, until
        first and last day of this version; None for a proposal, and where no end is known
    acts
        acts of help, or roles, it can fit
    grade
        what it supports if proved and not rebutted: the teaching rule of this course
    """

    id: str
    group: str
    cite: str
    dates: str
    since: datetime.date | None
    until: datetime.date | None
    acts: tuple[str, ...]
    grade: str

    def on(self, acted: datetime.date, decided: datetime.date) -> Item | None:
        """Return the item as of an act and a decision of these days; None before it existed.

        Examples
        --------
        >>> day = datetime.date(2022, 10, 5)
        >>> {item.id: item.on(day, day) for item in checklist()}["account-lent"].cite
        'account-rules:45(2)'
        """
        return in_force(_items()[self.id], acted if self.dates == "acted" else decided)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A run of events and the inference it allows.

    One event of a kind in `first` (from one of `from_whom`, or with a principal, where said),
    then one in `then`, within `hours` if given; without `then`, at least `least` events. With
    `earliest` the time runs from the first such event of all.
    """

    id: str
    first: tuple[str, ...]
    supports: str
    cites: tuple[str, ...]
    then: tuple[str, ...] = ()
    hours: int | None = None
    least: int = 1
    from_whom: tuple[str, ...] = ()
    with_principal: bool = False
    earliest: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a review of evidence: what it looks at, and on what authority."""

    id: str
    asks: str
    cites: tuple[str, ...]


def checklist() -> tuple[Item, ...]:
    """List every item in its newest version, in the order of the file."""
    return tuple(versions[-1] for versions in _items().values())


@cache
def defences() -> tuple[str, ...]:
    """List the facts that together rebut every item."""
    return tuple(entry["id"] for entry in _data()["defences"])


@cache
def shown() -> tuple[str, ...]:
    """List everything a piece of evidence may show."""
    return (*_items(), *defences(), *_data()["elements"]["ids"])


@cache
def rebutted() -> tuple[str, ...]:
    """List everything a piece of evidence may rebut."""
    return (*_items(), *defences(), *_data()["elements"]["rebutted"])


def rules() -> dict[str, str]:
    """Return the teaching rules that lead from items to a grade."""
    found: dict[str, str] = _data()["rules"]
    return found


def kinds(which: str) -> dict[str, str | None]:
    """Map kinds of evidence whose weight the law orders to the article that does, if one is named.

    Parameters
    ----------
    which
        `overturn`, `statement` or `criminal_case`
    """
    listed: Row | list[str] = _data()["kinds"][which]
    return listed if isinstance(listed, dict) else dict.fromkeys(listed)


@cache
def patterns() -> tuple[Pattern, ...]:
    """List the runs of events that allow an inference, in the order of the file."""
    return tuple(map(_pattern, _data()["inferences"]))


@cache
def stages(review: str) -> tuple[Stage, ...]:
    """List the steps of a review, `formal` or `substantive`."""
    entries = _data()["reviews"][review]
    return tuple(Stage(e["id"], e["asks"], tuple(e["cites"])) for e in entries)


@cache
def _items() -> dict[str, tuple[Item, ...]]:
    return histories(_data()["items"], _read, "id")


def _read(entry: Row) -> Item:
    return Item(
        id=entry["id"],
        group=entry["group"],
        cite=entry["cite"],
        dates=entry["dates"],
        since=entry.get("from"),
        until=entry.get("until"),
        acts=tuple(entry["acts"]),
        grade=entry["grade"],
    )


def _pattern(entry: Row) -> Pattern:
    fields: Row = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return Pattern(**fields)


def _data() -> Row:
    return table("law", "checklist.toml")


def protective_norms(act: str, on: datetime.date | None = None) -> tuple[str, ...]:
    """List the rules that forbid a kind of help, or ask for care in it; the nearest first.

    Parameters
    ----------
    act
        `payment`, `tech`, `account` or `promotion`
    on
        only those in force on this day; all of them if not given

    Examples
    --------
    >>> protective_norms("payment", datetime.date(2022, 10, 5))
    ('account-rules:45(2)',)
    """
    named = tuple(table("law", "protective.toml")[act])
    return named if on is None else tuple(id for id in named if citation.in_force(id, on))
