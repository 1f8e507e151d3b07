"""Histories: the dated entries of one article, parameter, mode or regime, oldest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol, TypeAlias, TypeVar

from simlib.errors import Conflict
from simlib.resources import Table

Row: TypeAlias = Table  # one entry as TOML gives it
DAY = datetime.timedelta(days=1)


class Dated(Protocol):
    """An entry with the first and the last day of its force; None where it has none."""

    @property
    def since(self) -> datetime.date | None:
        """First day."""

    @property
    def until(self) -> datetime.date | None:
        """Last day."""


Entry = TypeVar("Entry", bound=Dated)


def begun(history: Sequence[Entry], on: datetime.date) -> Entry:
    """Return the newest entry that had begun on a day; the first if none had.

    An entry without a first day has always begun.
    """
    if len(history) == 1:
        return history[0]
    started = [entry for entry in history if entry.since is None or entry.since <= on]
    return started[-1] if started else history[0]


def in_force(history: Sequence[Entry], on: datetime.date) -> Entry | None:
    """Return the newest entry in force on a day; None if there is none.

    An entry without a first day is in force on every day on which no dated one is.
    """
    standing = [
        entry
        for entry in history
        if (entry.since is None or entry.since <= on) and (entry.until is None or on <= entry.until)
    ]
    return standing[-1] if standing else None


def ordered(rows: Iterable[Row], key: str, first: str = "from") -> list[Row]:
    """Sort the rows of one key by first day and give each the last day that follows.

    A row without `until` ends the day before the next one begins, if that has a first day.

    Raises
    ------
    Conflict
        if two rows begin on the same day
    """
    listed = sorted(rows, key=lambda row: row.get(first, datetime.date.min))
    for earlier, later in pairwise(listed):
        if earlier.get(first) == later.get(first):
            raise Conflict("two-entries-of-a-day", key=key, day=later.get(first))
    ends = [later[first] - DAY for later in listed[1:]]
    closed = [{"until": end, **row} for row, end in zip(listed, ends, strict=False)]
    return closed + listed[-1:]


def versions(row: Row, key: str) -> list[Row]:
    """List a keyed table's first version and those of its `later` rows, each complete.

    What a later row does not state stays as it was; a table in it is merged key by key.

    Raises
    ------
    Conflict
        if two rows begin on the same day
    """
    complete = [{name: value for name, value in row.items() if name != "later"}]
    for change in sorted(row.get("later", []), key=lambda later: later["since"]):
        before = {name: value for name, value in complete[-1].items() if name != "until"}
        complete.append(before | {k: _merged(before.get(k), v) for k, v in change.items()})
    return ordered(complete, key, "since")


def frozen(row: Row) -> Row:
    """Return a row with tuples for its lists."""
    return {k: tuple(value) if isinstance(value, list) else value for k, value in row.items()}


def _merged(before: object, now: object) -> object:
    return before | now if isinstance(before, dict) and isinstance(now, dict) else now
