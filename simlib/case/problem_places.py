"""Places in a case file as readers see them, and in what order a report names them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from simlib.errors import Problem

if TYPE_CHECKING:
    from simlib.case.columns import Columns

LONGEST = 60  # characters of a wrong value or key that are shown
LARGE = 100  # keys of a table, from which their order is looked up rather than counted again
MOST = 1_000  # problems a report lists; of the rest it gives the number
LAST = 10**9  # sorts behind every place that is in the file
# keys and row numbers from the top of the file, e.g. ("parties", 1, "fault")
Spot: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = Callable[[int], str | None]  # a row's number → where in its file it stands


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, before its place is put into words."""

    spot: Spot
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class Places:
    """Names for places in `raw`, the data of one file.

    A row is named by its id where the id is well formed and no other row of the table has it,
    else by its number from 0; a row of the transfers file by where it stands in that file.

    Parameters
    ----------
    raw
        the data, right or wrong
    """

    def __init__(self, raw: object) -> None:
        self.raw = raw
        self._uses: dict[str | int, Counter[str | None]] = {}
        self._ranks: dict[int, dict[object, int]] = {}  # by the table's identity

    def path(self, spot: Spot) -> str:
        """Return `parties.zhang.fault`, `parties[1].fault`, `transfers_file.line7.at`; or `-`."""
        if place := self._place_in_file(spot):
            return ".".join(["transfers_file", place, *map(str, spot[2:])])
        text = ""
        for depth, part in enumerate(spot):
            name = self._row_name(spot[0], part) if depth == 1 else part
            text += f"[{name}]" if isinstance(name, int) else f".{shown_key(name)}"
        return text.lstrip(".") or "-"

    def order(self, spot: Spot) -> tuple[int, ...]:
        """Sort places as they stand in the file, whole file first, missing keys last."""
        ranks: list[int] = []
        here = self.raw
        for part in spot:
            if isinstance(here, Mapping):
                ranks.append(self._ranks_of(here).get(part, LAST))
            else:
                ranks.append(part if isinstance(part, int) else LAST)
            here = step(here, part)
        return tuple(ranks)

    def _ranks_of(self, table: Mapping[object, object]) -> dict[object, int]:
        """Return key → where it stands. Only large tables are kept, and those are the file's
        own."""
        if len(table) < LARGE:
            return {key: rank for rank, key in enumerate(table)}
        if id(table) not in self._ranks:
            self._ranks[id(table)] = {key: rank for rank, key in enumerate(table)}
        return self._ranks[id(table)]

    def _place_in_file(self, spot: Spot) -> str | None:
        """Return `line7`, for a row that came from the transfers file."""
        if len(spot) < 2 or spot[0] != "transfers":
            return None
        place: Place | None = getattr(step(self.raw, "transfers"), "place", None)
        return place(spot[1]) if place and isinstance(spot[1], int) else None

    def _row_name(self, table: str | int, row: str | int) -> str | int:
        if not isinstance(row, int):
            return row
        listed = step(self.raw, table)
        name = row_id(step(listed, row))
        if name is None or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name):
            return row
        if table not in self._uses:
            self._uses[table] = Counter(row_ids(listed) if isinstance(listed, Sequence) else ())
        return name if self._uses[table][name] == 1 else row


def in_order(findings: Iterable[Finding], places: Places) -> list[Problem]:
    """Return findings as problems in the order of the file, none twice.

    Of more than a thousand, the last says how many more there are.
    """
    ordered = sorted(findings, key=lambda f: (places.order(f.spot), f.code))
    problems = [Problem(places.path(f.spot), f.code, f.values) for f in ordered[:MOST]]
    listed = [p for n, p in enumerate(problems) if n == 0 or p != problems[n - 1]]
    more = max(len(ordered) - MOST, 0)
    return [*listed, Problem("-", "more-problems", {"count": more})] if more else listed


def step(here: object, part: str | int) -> object:
    """Return what lies under a key or row number, or None."""
    if isinstance(here, Mapping):
        return here.get(part)
    if isinstance(here, Sequence) and not isinstance(here, str) and isinstance(part, int):
        return here[part] if part < len(here) else None
    return None


def row_id(row: object) -> str | None:
    """Return the id a row gives itself, if it is text."""
    name = step(row, "id")
    return name if isinstance(name, str) else None


def row_ids(listed: Sequence[object]) -> Iterable[str | None]:
    """Yield the ids the rows of a table give themselves, in order."""
    kept: Columns | None = getattr(listed, "columns", None)  # of many transfers no row is read
    return (row_id(row) for row in listed) if kept is None else kept.ids


def shown(value: object) -> str:
    """Return a wrong value as a reader would have written it, cut short and on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{shown_key(value)}"'
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, Sequence):
        return "[…]"
    if isinstance(value, int) and value.bit_length() > 200:
        return "…"  # Python refuses to write out numbers of thousands of digits
    return _cut(str(value))


def shown_key(name: str) -> str:
    """Return a key as a reader would have written it, cut short and on one line."""
    start = str(name)[: LONGEST + 1]
    return _cut("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in start))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
