"""Rows of a file, a chunk at a time, into columns; what may be wrong is kept as it stands.

A chunk says in bulk which of its rows may be wrong. Each of those goes before the schema alone: if
it passes it joins the others, and if not the schema's complaint about it is the one readers see.
"""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import ValidationError

from simlib.case.columns import Columns, IntArray, Numbering, microseconds, zone_of
from simlib.case.fields import Raw
from simlib.case.problem_places import row_id
from simlib.case.tables import Transfer
from simlib.case.unchecked_transfers import Unchecked, amount_of, filled, place_of

KINDS = {"payer": np.int32, "payee": np.int32, "zone": np.int32}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows, as arrays of one length.

    Attributes
    ----------
    ids
        texts; where a row is odd, anything
    payer, payee
        places in the gathering's `names`
    amount_fen, fee_fen, at_us, zone
        as in `Columns`
    odd
        numbers of the rows that may be wrong, whose values above mean nothing
    raw
        a row's number → its data as TOML would have given it
    """

    ids: list[str]
    payer: IntArray
    payee: IntArray
    amount_fen: IntArray
    fee_fen: IntArray
    at_us: IntArray
    zone: IntArray
    odd: Iterable[int]
    raw: Callable[[int], Raw]


class Gathering:
    """Chunks on their way into one table, behind the transfers the case itself lists."""

    def __init__(self, listed: Sequence[object], head: tuple[str, ...], label: str) -> None:
        self.listed, self.head, self.label = listed, head, label
        self.names: Numbering[str] = Numbering()
        self.zones: Numbering[datetime.tzinfo] = Numbering()
        self.ids: list[str | None] = []
        self.odd: dict[int, object] = {}
        self.places = array("i")
        self._parts: dict[str, list[IntArray]] = {name: [] for name in _ARRAYS}
        for row in listed:
            for end in ("payer", "payee"):
                place_of(row.get(end) if isinstance(row, dict) else None, self.names)

    def add(self, chunk: Chunk) -> None:
        """Put a chunk behind what is there."""
        start = len(self.listed) + len(self.ids)
        self.ids += chunk.ids
        for n in sorted(set(chunk.odd)):
            raw = chunk.raw(n)
            self._write(chunk, n, raw)
            self.ids[start - len(self.listed) + n] = row_id(raw)
            if not _passes(raw):
                self.odd[start + n] = raw
        for name, parts in self._parts.items():
            parts.append(getattr(chunk, name))

    def table(self) -> Unchecked:
        """Return all rows, those of the case first."""
        own = len(self.listed)
        ahead = {
            name: np.zeros(own, KINDS.get(name, np.int64)) for name in _ARRAYS
        }  # filled in below
        arrays = {name: np.concatenate([ahead[name], *self._parts.pop(name)]) for name in _ARRAYS}
        known = Columns(
            names=tuple(self.names),
            ids=[None] * own + self.ids,
            zones=tuple(self.zones) or (datetime.UTC,),
            **arrays,
        )
        rows = dict(enumerate(self.listed))
        places = np.frombuffer(self.places, np.int32)
        return Unchecked(filled(known, rows), rows | self.odd, self.head, self.label, places, own)

    def _write(self, chunk: Chunk, n: int, raw: Raw) -> None:
        """Write what an odd row says, as far as it can be read."""
        at = raw.get("at")
        aware = at if isinstance(at, datetime.datetime) and at.utcoffset() is not None else None
        chunk.payer[n] = place_of(raw.get("payer"), self.names)
        chunk.payee[n] = place_of(raw.get("payee"), self.names)
        chunk.amount_fen[n] = amount_of(raw.get("amount_fen"))
        chunk.fee_fen[n] = amount_of(raw.get("fee_fen", 0))
        chunk.at_us[n] = microseconds(aware)
        chunk.zone[n] = self.zones[zone_of(aware)] if aware else 0


_ARRAYS = ("payer", "payee", "amount_fen", "fee_fen", "at_us", "zone")


def _passes(raw: Raw) -> bool:
    try:
        Transfer.model_validate(raw)
    except ValidationError:
        return False
    return True
