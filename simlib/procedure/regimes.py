"""What a reader may choose: the regime, and the points on which the law or the file is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from simlib.errors import UnknownName
from simlib.law.dated import record
from simlib.resources import table

REGIMES = ("criminal_first", "stay_if_prejudicial", "parallel", "coordinated")
# The first value of each is the default. `evidence_adopted_from` is this course's, not the paper's.
SWITCHES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "reading_176": ("narrow", "broad"),
    "reading_129": ("excludes", "includes"),
    "released_evidence": ("usable", "not"),
    "reading_153": ("proof_needed", "burden", "preliminary_only", "another_case"),
    "evidence_adopted_from": ("first_judgment", "indictment", "effective"),
    "restitution_bars": ("ordered", "completed"),
    "disposition": ("case", "none", "confiscation", "own-gain", "full"),
    "proof": ("file", "enough", "some", "none"),
    "suspect": ("case", "found", "at_large"),
    "crime": ("ordinary", "grave"),
    "police": ("case", "not_opened", "supervised", "dropped"),
    "mediation": ("refused", "tried"),
    "desk": ("answers", "silent"),
    "letter": ("none", "sent"),
    "refusal": ("wait", "appeal"),
    "urgency": ("ordinary", "urgent"),
    "track": ("auto", "small", "simplified", "ordinary"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Regime:
    """One way to treat the suit: its name, and on what kind of authority it rests."""

    name: str
    basis: str
    cites: tuple[str, ...]


@cache
def regime(name: str) -> Regime:
    """Return the regime of this name.

    Raises
    ------
    UnknownName
        if there is none

    Examples
    --------
    >>> regime("coordinated").basis
    'reform proposal'
    """
    if name not in REGIMES:
        raise UnknownName.among("procedure regime", name, REGIMES)
    return record(Regime, table("procedure", "regimes.toml")[name], name=name)


def chosen(switches: Mapping[str, str] | None) -> dict[str, str]:
    """Return every switch with its value, the default where none is given.

    Raises
    ------
    UnknownName
        for a switch, or a value of one, that does not exist
    """
    values = {key: options[0] for key, options in SWITCHES.items()}
    for key, value in (switches or {}).items():
        if key not in SWITCHES:
            raise UnknownName.among("switch", key, SWITCHES)
        if value not in SWITCHES[key]:
            raise UnknownName.among("switch value", value, SWITCHES[key], f"{key}={value}")
        values[key] = value
    return values
