"""Who had a piece of evidence, from when to when, and what he did: a log that shows its breaks.

Each entry is hashed onto the one before, so that no entry can be changed, dropped or put in
between without the last link changing. That shows the log unaltered, not that it is true.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simlib.errors import OutOfScope
from simlib.evidence.digest import START, chain

GAP, OVERLAP = "gap", "overlap"


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody had it.

    Attributes
    ----------
    who, did
        his name, and what he did with it
    since, until
        instants with their zone; `until` None while he has it
    """

    who: str
    did: str
    since: datetime.datetime
    until: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a log, and its link: 32 bytes that depend on it and on all before it."""

    held: Held
    link: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """A time nobody had it (`gap`), or two had it (`overlap`), as the entry at `index` begins.

    `until` is None where both still have it.
    """

    kind: str
    index: int
    since: datetime.datetime
    until: datetime.datetime | None


def log(held: Iterable[Held]) -> tuple[Entry, ...]:
    """Return the entries with their links, in the order given.

    Raises
    ------
    OutOfScope
        if an instant has no zone, or somebody gave it away before he had it

    Examples
    --------
    >>> noon = datetime.datetime(2023, 5, 1, 12, tzinfo=datetime.UTC)
    >>> [len(entry.link) for entry in log([Held("notary", "captured", noon)])]
    [32]
    """
    held = tuple(held)
    return tuple(
        Entry(one, link) for one, link in zip(held, chain(_bytes(h) for h in held), strict=True)
    )


def first_altered(entries: Sequence[Entry]) -> int | None:
    """Return the index of the first entry whose link does not follow; None if all do."""
    links = chain(_bytes(entry.held) for entry in entries)
    wrong = (n for n, (e, link) in enumerate(zip(entries, links, strict=True)) if e.link != link)
    return next(wrong, None)


def last_link(entries: Sequence[Entry]) -> bytes:
    """Return what to deposit so that the log can be checked later; of none 32 zero bytes."""
    return entries[-1].link if entries else START


def breaks(held: Iterable[Held]) -> tuple[Break, ...]:
    """Return the gaps and overlaps between each entry and the next, in order.

    Who still has it while the next one already does overlaps with him.

    Raises
    ------
    OutOfScope
        as `log` does
    """
    times = [_times(one) for one in held]
    found = []
    for index, (one, other) in enumerate(zip(times, times[1:], strict=False), 1):
        (_, left), (came, gone) = one, other
        if left is None or left > came:
            ends = min((end for end in (left, gone) if end), default=None)
            found.append(Break(OVERLAP, index, came, ends))
        elif left < came:
            found.append(Break(GAP, index, left, came))
    return tuple(found)


def _bytes(held: Held) -> bytes:
    """Return an entry as it is hashed: the parts as JSON, instants in UTC."""
    since, until = _times(held)
    parts = [held.who, held.did, since.isoformat(), until and until.isoformat()]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _times(held: Held) -> tuple[datetime.datetime, datetime.datetime | None]:
    since, until = _utc(held.since), held.until and _utc(held.until)
    if until is not None and until < since:
        raise OutOfScope("held-backwards", who=held.who)
    return since, until


def _utc(at: datetime.datetime) -> datetime.datetime:
    if at.tzinfo is None:
        raise OutOfScope("no-zone", at=at.isoformat())
    return at.astimezone(datetime.UTC)
