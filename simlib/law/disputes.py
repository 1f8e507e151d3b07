"""The matters in dispute, as data: problem, law in force, views, proposal and lab of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from simlib.law.dated import Row
from simlib.resources import table

COLUMNS = ("problem", "law", "view", "proposal", "lab")
CLAIM = "claim"  # no kind of authority: what the paper says of the facts


@dataclass(frozen=True, slots=True)
class Box:
    """One column of a matter: what it rests on.

    Attributes
    ----------
    basis
        one of `simlib.law.citation.BASES`, or `claim`
    cites
        ids of the articles and views it rests on
    """

    basis: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter in dispute.

    Attributes
    ----------
    id
        e.g. `filing`
    topic, no
        the lesson that teaches it, and its number in the course, whether it opens yet or not
    boxes
        column → its box; a column without one is left out
    """

    id: str
    topic: str
    no: str
    boxes: Mapping[str, Box]


@cache
def agenda() -> tuple[Matter, ...]:
    """List the matters in the order of the paper.

    Examples
    --------
    >>> [matter.id for matter in agenda()][:3]
    ['filing', 'coordination', 'fault']
    """
    return tuple(_matter(id, entry) for id, entry in table("law", "disputes.toml").items())


def _matter(id: str, entry: Row) -> Matter:
    boxes = {
        column: Box(entry[column]["basis"], tuple(entry[column]["cites"]))
        for column in COLUMNS
        if column in entry
    }
    return Matter(id, entry["lesson"]["topic"], entry["lesson"]["no"], boxes)
