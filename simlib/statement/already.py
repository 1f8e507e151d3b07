"""Which rows of some statements a case has already, and which it may have under other accounts."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from simlib.case.fields import Raw
from simlib.statement.inside import Inside
from simlib.statement.model import Line
from simlib.statement.together import Imported, TransferRow
from simlib.statement.twice import APART_S

What: TypeAlias = tuple[object, object, object]  # payer, payee, amount


class Listed:
    """Transfers of a case. One stands for one row: the same ends and amount, and no further apart
    in time than two banks may write it down."""

    def __init__(self, rows: Iterable[Raw]) -> None:
        self._there: dict[What, list[tuple[float, Raw]]] = defaultdict(list)
        for known in rows:
            if moment := _moment(known.get("at")):
                self._there[_what(known)].append((moment, known))

    def take(self, row: TransferRow) -> Raw | None:
        """Return the transfer that a row is, which from now on is no other row."""
        at, listed = row["at"].timestamp(), self._there.get(_what(row), [])
        near = [each for each in listed if abs(each[0] - at) <= APART_S]
        if not near:
            return None
        same = min(near, key=lambda each: abs(each[0] - at))
        listed.remove(same)
        return same[1]

    def rest(self) -> list[Raw]:
        """Return the transfers that no row is."""
        return [row for listed in self._there.values() for _, row in listed]


def told_apart(
    there: Iterable[Raw], rows: Iterable[TransferRow], imported: Imported
) -> tuple[list[TransferRow], list[Line], list[Raw]]:
    """Return the rows that a case does not have yet, a line for each it has, and its transfers that
    are none of them."""
    listed, new, already = Listed(there), [], []
    for row in rows:
        known = listed.take(row)
        if known is None:
            new.append(row)
            continue
        label, line = imported.key.transfers[row["id"]]
        already.append(Line(line, "in-case", {"id": known.get("id")}, label))
    return new, already, listed.rest()


def alike(inside: Inside, there: Iterable[Raw], rows: Iterable[TransferRow]) -> dict[str, None]:
    """Return the ids of new rows that between the same people are like a transfer of the case:
    somebody may have one account twice there, if the key of an earlier import is missing.

    `rows` have the ends the statements give them, and `there` the ends of the case.
    """
    held: dict[object, object] = dict(inside.held.items())
    listed = Listed(
        {**row, **{side: held.get(row.get(side), row.get(side)) for side in ("payer", "payee")}}
        for row in there
    )
    people = (
        row | {"payer": inside.party_of(row["payer"]), "payee": inside.party_of(row["payee"])}
        for row in rows
    )
    return {row["id"]: None for row in people if listed.take(row) is not None}


def _what(row: Raw | TransferRow) -> What:
    return row.get("payer"), row.get("payee"), row.get("amount_fen")


def _moment(at: object) -> float | None:
    return at.timestamp() if isinstance(at, datetime.datetime) and at.tzinfo else None
