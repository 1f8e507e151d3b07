"""Layouts of statements that are known: which bank's or wallet's, and how it is read.

They are data: `[[layout]]` of headers.toml, each with the public source of its header.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from simlib.resources import table as ours
from simlib.statement.model import Row, Table
from simlib.statement.vocabulary import cell_key, key

KINDS = ("bank", "wallet", "card", "list")
EVIDENCE = ("file", "readme", "reader", "test", "rules")
RULES = ("unit", "order", "positive", "negative", "gaps", "flags", "kinds", "statuses", "instead")
LOOKED_AT = 100  # rows in which a header is looked for


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout.

    Attributes
    ----------
    id, zh, en
        its name for programs, and for readers
    kind
        bank | wallet | card | list
    header
        its header cells; those of `optional` may be missing
    columns
        role → header
    shape
        as in a mapping
    rules
        the rest of what a mapping says, where it is not as usual
    title
        words above the table that tell it from a layout with the same headers
    source, evidence
        where the header was seen, and as what: a file, a readme, a program that reads it, its
        tests, its rules
    """

    id: str
    zh: str
    en: str
    kind: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    shape: str
    rules: Mapping[str, Any]  # Any: texts, and tables of lists
    title: tuple[str, ...]
    optional: frozenset[str]
    source: str
    evidence: str

    @property
    def needed(self) -> frozenset[str]:
        """The cells, as compared, without which a table is not of this layout."""
        return frozenset(map(cell_key, self.header)) - {*self.optional, ""}

    def name(self, lang: str) -> str:
        """Return what it is called in a language."""
        return self.zh if lang == "zh" else self.en


class Found(NamedTuple):
    """A layout in a table: the row of its header, and the column of each of its roles."""

    place: int
    layout: Layout
    columns: dict[str, int]
    instead: dict[str, int]


@cache
def layouts() -> dict[str, Layout]:
    """Return the known layouts by their ids."""
    raw = ours("statement", "headers.toml")
    shared = {name: raw[name] for name in ("flags", "kinds", "statuses")}
    return {each["id"]: _layout(each, shared) for each in raw["layout"]}


def _layout(
    raw: Mapping[str, Any],  # Any: texts, and tables of lists, as TOML gives them
    shared: Mapping[str, Mapping[str, Any]],  # Any: the same
) -> Layout:
    rules = {name: raw[name] for name in RULES if name in raw}
    for name, lists in shared.items():
        if isinstance(rules.get(name), str):
            rules[name] = lists[rules[name]]
    for name in ("flags", "kinds", "statuses"):
        if name in rules:
            rules[name] = {meaning: tuple(words) for meaning, words in rules[name].items()}
    return Layout(
        id=raw["id"], zh=raw["zh"], en=raw["en"], kind=raw["kind"], header=tuple(raw["header"]),
        columns=raw["columns"], shape=raw["shape"], rules=rules, title=tuple(raw.get("title", ())),
        optional=frozenset(map(cell_key, raw.get("optional", ()))), source=raw["source"],
        evidence=raw["evidence"],
    )  # fmt: skip


@cache
def _needed() -> tuple[tuple[frozenset[str], Layout], ...]:
    return tuple((layout.needed, layout) for layout in layouts().values())


def find(table: Table) -> Found | None:
    """Return the layout of a table: of all whose header it has, the one with the most cells.

    Of equals the one whose title stands above the table or in its name, then the first.
    """
    best: tuple[tuple[int, int, int], int, Layout] | None = None
    above = key(table.own_label)
    for place, cells in enumerate(table.rows[:LOOKED_AT]):
        for score, layout in _fitting(cells, above):
            if best is None or score > best[0]:
                best = (score, place, layout)
        above += "".join(map(key, cells[:40]))
    return _found(table.rows[best[1]], best[1], best[2]) if best else None


def _fitting(cells: Row, above: str) -> Iterator[tuple[tuple[int, int, int], Layout]]:
    """Yield the layouts whose header a row is, each with how well it fits."""
    keys = {cell_key(cell) for cell in cells if isinstance(cell, str)} - {""}
    if len(keys) < 3:
        return
    for needed, layout in _needed():
        if needed <= keys:
            titled = any(key(word) in above for word in layout.title)
            whole = len(needed) + len(layout.optional & keys)
            yield (whole, int(titled), -len(keys - needed - layout.optional)), layout


def _found(cells: Row, place: int, layout: Layout) -> Found:
    keys = [cell_key(cell) for cell in cells]

    def placed(named: Mapping[str, str]) -> dict[str, int]:
        wanted = {role: cell_key(header) for role, header in named.items()}
        return {role: keys.index(header) for role, header in wanted.items() if header in keys}

    return Found(place, layout, placed(layout.columns), placed(layout.rules.get("instead", {})))
