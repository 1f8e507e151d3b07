"""Reasons as a tree: every result is a node, every node says which rule made it from what."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from simlib.interval import Interval

SCHEMA = "simlib.trace/1"
CASE, PARAMETER, CITATION = "case:", "parameter:", "citation:"


@dataclass(frozen=True, slots=True)
class Trace:
    """One step of reasoning.

    Attributes
    ----------
    key
        what the value is (a key of `texts/*/trace.toml`), e.g. `paid`
    value
        the number, grade or day reached; an `Interval` where facts are unknown; None if unknown
    unit
        `fen`, `share`, `weight`, `score`, `probability`, `grade`, `mode`, `day`, `flag` or `""`
    rule
        how the children make the value (a key of `texts/*/trace.toml`); None at a leaf
    children
        the steps it rests on
    source
        at a leaf: `case:PATH`, `parameter:KEY` or `citation:ID`
    party
        whose value it is, if one party's
    cites
        the articles the rule rests on
    """

    key: str
    value: object
    unit: str = ""
    rule: str | None = None
    children: tuple[Trace, ...] = ()
    source: str | None = None
    party: str | None = None
    cites: tuple[str, ...] = ()

    def walk(self) -> Iterator[Trace]:
        """This node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> dict:
        """The node as plain JSON data; `inputs` repeats the children's values by key."""
        record = {"key": self.key, "value": plain(self.value), "unit": self.unit}
        if self.party:
            record["party"] = self.party
        if self.source:
            record["source"] = self.source
        if self.cites:
            record["cites"] = list(self.cites)
        record["rule"] = self.rule
        record["inputs"] = {_name(child): plain(child.value) for child in self.children}
        record["children"] = [child.to_json() for child in self.children]
        return record


def _name(node: Trace) -> str:
    return f"{node.party}.{node.key}" if node.party else node.key


def plain(value: object) -> object:
    """A value as JSON knows it: an interval is `{"low", "high"}`, a day its ISO text."""
    if isinstance(value, Interval):
        return {"low": plain(value.low), "high": plain(value.high)}
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
