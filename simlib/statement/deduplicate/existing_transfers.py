"""Which rows of some statements a case has already, and which it may have under other accounts."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from simlib.case.fields import Raw
from simlib.statement.deduplicate import Imported, TransferRow
from simlib.statement.deduplicate.matcher import APART_S, LOOKED_AT
from simlib.statement.identity import OTHERS
from simlib.statement.identity.pseudonyms import parts
from simlib.statement.model import Line
from simlib.statement.names_and_numbers import hidden

What: TypeAlias = tuple[object, object, object]  # payer, payee, amount
CHINA = datetime.timezone(datetime.timedelta(hours=8))
APART = datetime.timedelta(seconds=APART_S)


class Listed:
    """Transfers of a case. One stands for one row: the same ends and amount, at one moment."""

    def __init__(self, rows: Iterable[Raw]) -> None:
        self._there: dict[What, list[tuple[datetime.datetime, Raw]]] = defaultdict(list)
        for known in rows:
            if at := _instant(known.get("at")):
                self._there[_what(known)].append((at, known))

    def take(self, row: TransferRow, near: bool) -> Raw | None:
        """Return the transfer that a row is, which from now on is no other row; `near`: one of
        about the same time, not only of the same day."""
        listed = self._there.get(_what(row), [])
        fit = [each for each in listed if one_moment(each[0], row["at"], near=near)]
        if not fit:
            return None
        same = min(fit, key=lambda each: abs(each[0] - row["at"]))
        listed.remove(same)
        return same[1]

    def rest(self) -> list[Raw]:
        """Return the transfers that no row is."""
        return [row for listed in self._there.values() for _, row in listed]


def one_moment(one: datetime.datetime, other: datetime.datetime, near: bool = False) -> bool:
    """Tell whether two rows may be of one moment: two banks may write it down some minutes apart,
    and a row without a time, which a case has at midnight, is of any time of its day.

    Examples
    --------
    >>> day = datetime.datetime(2026, 3, 1, tzinfo=CHINA)
    >>> ten = day.replace(hour=10)
    >>> one_moment(day, ten), one_moment(day, ten, near=True)
    (True, False)
    >>> one_moment(day, day - APART), one_moment(ten, ten + APART)
    (False, True)
    """
    if _day_only(one) or _day_only(other):
        return one.date() == other.date() and not (near and abs(one - other) > APART)
    return abs(one - other) <= APART


def without_existing(
    there: Iterable[Raw], rows: Iterable[TransferRow], imported: Imported
) -> tuple[list[TransferRow], list[Line], list[Raw]]:
    """Return the rows that a case does not have yet, a line for each it has, and its transfers that
    are none of them."""
    listed, rows, found = Listed(there), list(rows), {}
    for near in (True, False):  # a row of a day only stands for what no other is
        for row in rows:
            known = None if row["id"] in found else listed.take(row, near)
            if known is not None:
                found[row["id"]] = known.get("id")
    already = [
        Line(line, "in-case", {"id": found[id]}, label)
        for id, (label, line) in ((row["id"], imported.key.transfers[row["id"]]) for row in rows)
        if id in found
    ]
    return [row for row in rows if row["id"] not in found], already, listed.rest()


def known_in_full(accounts: Iterable[tuple[str, str]]) -> set[str]:
    """Return the accounts that a number known in full tells from all others.

    `accounts`: what the key has of each, and its id.
    """
    found = ((made, *parts(original)) for original, made in accounts)
    return {made for made, kind, number, more in found
            if kind == "number" and more is None and not hidden(number)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """Whose the ends of transfers are: those of a case, and those of new rows.

    `whole` has the accounts whose numbers are known in full: two of them are never one.
    """

    there: Callable[[str], str]
    new: Callable[[str], str]
    whole: Container[str]


def may_exist(known: Known, there: Iterable[Raw], rows: Iterable[TransferRow]) -> dict[str, None]:
    """Return the ids of new rows that may be a transfer of the case, though their accounts are not
    the same: somebody has one account twice there, or is known by name only, or not at all."""
    listed: dict[tuple[object, datetime.date], list[tuple[datetime.datetime, Raw]]]
    listed = defaultdict(list)
    for row in there:
        if at := _instant(row.get("at")):
            listed[row.get("amount_fen"), at.astimezone(CHINA).date()].append((at, row))
    found: dict[str, None] = {}
    for new in rows:
        at = new["at"].astimezone(CHINA)
        for day in dict.fromkeys((at.date(), (at - APART).date(), (at + APART).date())):
            held = listed.get((new["amount_fen"], day), [])
            fits = (each for each in held[:LOOKED_AT] if _may_be(known, each, new))
            if same := next(fits, None):
                held.remove(same)
                found[new["id"]] = None
                break
    return found


def _may_be(known: Known, held: tuple[datetime.datetime, Raw], new: TransferRow) -> bool:
    """Tell whether nothing says that two rows are two, and an end or the time that they are one."""
    at, row = held
    if not one_moment(at, new["at"]):
        return False
    pairs = [(str(row.get("payer")), new["payer"]), (str(row.get("payee")), new["payee"])]
    if all(end in known.whole for pair in pairs for end in pair):
        return False  # they were compared before
    whose = [(known.there(one), known.new(other)) for one, other in pairs]
    fits = [None if OTHERS in both else both[0] == both[1] for both in whose]
    return False not in fits and (True in fits or one_moment(at, new["at"], near=True))


def _what(row: Raw | TransferRow) -> What:
    return row.get("payer"), row.get("payee"), row.get("amount_fen")


def _instant(at: object) -> datetime.datetime | None:
    return at if isinstance(at, datetime.datetime) and at.tzinfo else None


def _day_only(at: datetime.datetime) -> bool:
    return at.time() == datetime.time()
