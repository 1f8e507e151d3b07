"""Reasons as a tree: every result is a node, every node says which rule made it from what."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, TypeAlias

from simlib.interval import Interval, Quantity, high_end, hull, low_end

Assumption: TypeAlias = dict[str, object]  # its key, value and basis, and whose it is
Value: TypeAlias = Quantity | str | datetime.date | None  # what a step reached
if TYPE_CHECKING:  # Python 3.11's own TypeVar knows no default
    from _typeshed import DataclassInstance
    from typing_extensions import TypeVar

    V_co = TypeVar("V_co", bound=Value, covariant=True, default=Value)
else:
    from typing import TypeVar

    V_co = TypeVar("V_co", covariant=True)

CASE, PARAMETER, CITATION, STEP = "case:", "parameter:", "citation:", "trace:"


@dataclass(frozen=True, slots=True)
class Trace(Generic[V_co]):
    """One step of reasoning; `Trace[Fen]` is one that reached an amount.

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
    value: V_co
    unit: str = ""
    rule: str | None = None
    children: tuple[Trace, ...] = ()
    source: str | None = None
    party: str | None = None
    cites: tuple[str, ...] = ()

    def walk(self) -> Iterator[Trace]:
        """Yield this node and all below it, parents first; a step that several rest on comes
        once."""
        seen: set[int] = set()

        def below(node: Trace) -> Iterator[Trace]:
            if id(node) in seen:
                return
            seen.add(id(node))
            yield node
            for child in node.children:
                yield from below(child)

        return below(self)

    def to_json(self) -> dict[str, object]:
        """Return the node as plain JSON data; `inputs` repeats the children's values by key.

        A step that several others rest on is written out once, with an `id`; wherever it comes
        again it is a leaf whose `source` is `trace:ID`.
        """
        uses = Counter(id(child) for node in self.walk() for child in node.children)
        return _record(self, {key for key, n in uses.items() if n > 1}, {})


def grouped(key: str, nodes: tuple[Trace[Quantity], ...]) -> Trace[Quantity]:
    """Sum several nodes in one, for steps that rest on all of them."""
    ends = [round(float(sum(end(n.value) for n in nodes)), 12) for end in (low_end, high_end)]
    value: Quantity = hull(ends)
    return Trace(key, value, nodes[0].unit if nodes else "", "weights.sum", nodes)


def _record(node: Trace, shared: set[int], written: dict[int, int]) -> dict[str, object]:
    record: dict[str, object] = {"key": node.key, "value": plain(node.value), "unit": node.unit}
    if node.party:
        record["party"] = node.party
    if id(node) in written:
        source = f"{STEP}{written[id(node)]}"
        return record | {"source": source, "rule": None, "inputs": {}, "children": []}
    if node.children and id(node) in shared:
        record["id"] = written[id(node)] = len(written) + 1
    if node.source:
        record["source"] = node.source
    if node.cites:
        record["cites"] = list(node.cites)
    record["rule"] = node.rule
    record["inputs"] = {_name(child): plain(child.value) for child in node.children}
    record["children"] = [_record(child, shared, written) for child in node.children]
    return record


def _name(node: Trace) -> str:
    return f"{node.party}.{node.key}" if node.party else node.key


def plain(value: object) -> object:
    """Return a value as JSON knows it: an interval is `{"low", "high"}`, a day its ISO text.

    Tables, lists and records are gone through; a record with a `to_json` says itself what it is.
    """
    if isinstance(value, Interval):
        return {"low": plain(value.low), "high": plain(value.high)}
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(own) for key, own in value.items()}
    if isinstance(value, tuple | list):
        return [plain(own) for own in value]
    if hasattr(value, "to_json"):
        return value.to_json()
    return plain_fields(value) if is_dataclass(value) and not isinstance(value, type) else value


def plain_fields(record: DataclassInstance, *names: str) -> dict[str, object]:
    """Return what a record states under these names, by default all its fields, as JSON has it."""
    every = names or tuple(field.name for field in fields(record))
    return {name: plain(getattr(record, name)) for name in every}
