"""Dated law: entries of an article, parameter, mode, regime, item or period, and their day.

Whoever changes a value adds an entry with its first day; nobody edits one. Substantive law is
looked up on the day of the act, procedure and interpretations on the day of the decision, a period
on the day on which it begins to run.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, TypeAlias, TypeVar

from simlib.errors import Conflict
from simlib.resources import Table

Row: TypeAlias = Table  # one entry as TOML gives it
ACTED, DECIDED = "acted_on", "decided_on"  # substance; procedure and interpretation
DAY = datetime.timedelta(days=1)
T = TypeVar("T")


class DatedCase(Protocol):
    """The two days of a case that choose its law."""

    @property
    def acted_on(self) -> datetime.date:
        """Day of the act."""

    @property
    def decided_on(self) -> datetime.date | None:
        """Day of the decision; None if it is still to come."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one decision of a case, where they are not those of the case itself."""

    acted_on: datetime.date
    decided_on: datetime.date | None


def today() -> datetime.date:
    """Return the current day: the day of a look-up that names none."""
    return datetime.date.today()


def decision_day(case: DatedCase) -> datetime.date:
    """Return the day of the decision, today if the case has none."""
    return case.decided_on or today()


def law_day(dated_by: str, case: DatedCase) -> datetime.date:
    """Return the day of a case on which a law is looked up.

    Parameters
    ----------
    dated_by
        `acted_on` for substantive law, `decided_on` for procedure and interpretations
    """
    return case.acted_on if dated_by == ACTED else decision_day(case)


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


def histories(
    rows: Iterable[Row], read: Callable[[Row], Entry], key: str = "key", first: str = "from"
) -> dict[str, tuple[Entry, ...]]:
    """Map each key of a file to its entries, oldest first, each with the last day that follows.

    Parameters
    ----------
    key, first
        what the file calls the key of a row, and the first day of its force

    Raises
    ------
    Conflict
        if two rows of a key begin on the same day
    """
    return {
        name: tuple(read(row) for row in ordered(own, name, first))
        for name, own in grouped(rows, key).items()
    }


def record(of: type[T], row: Row, /, **given: object) -> T:
    """Make a frozen record of a row: a list becomes a tuple, `from` is called `since`.

    What the row does not state is the record's default; a key the record does not know is an error.
    """
    values = {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}
    if "from" in values:
        values["since"] = values.pop("from")
    return of(**values | given)


def grouped(rows: Iterable[Row], key: str = "key") -> dict[str, list[Row]]:
    """Map each key to its rows, in the order of the file."""
    listed: dict[str, list[Row]] = {}
    for row in rows:
        listed.setdefault(row[key], []).append(row)
    return listed


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
