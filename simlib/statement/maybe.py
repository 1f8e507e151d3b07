"""Transfers that two accounts' rows may both list, where hidden or missing numbers cannot tell."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Sequence
from typing import TypeAlias

from simlib.statement.model import End, Movement, Note, Reading
from simlib.statement.names_and_numbers import called, hidden, names_fit, numbers_fit

APART_S = 300  # two banks may write down one transfer that far apart [s]
LOOKED_AT = 100  # rows of one amount about the same time that are compared with a row
Side: TypeAlias = tuple[datetime.datetime, int, Movement]  # when, and in which statement


def together(one: Movement, other: Movement) -> bool:
    """Tell whether two rows may be of one moment."""
    if one.day_only or other.day_only:
        return one.at.date() == other.at.date()
    return abs((one.at - other.at).total_seconds()) <= APART_S


def maybe_twice(readings: Sequence[Reading], again: Container[tuple[int, int]]) -> list[Note]:
    """Return how many transfers stand in the payer's statement and, it may be, again in the
    payee's: both are taken, for nobody can tell."""
    paid: dict[int, list[Side]] = defaultdict(list)
    received: list[Side] = []
    for number, reading in enumerate(readings):
        for m in reading.movements:
            if m.own and (number, m.row) not in again:
                side = paid[m.amount_fen] if m.own is m.payer else received
                side.append((m.at, number, m))
    for rows in paid.values():
        rows.sort(key=_at)
    found: list[tuple[Side, Side]] = []
    for each in received:
        if out := _match(each, paid[each[2].amount_fen]):
            found.append((each, out))
    if not found:
        return []
    (_, number, m), (_, first, paid_row) = found[0]
    values = {"label": readings[number].label, "row": m.row, "other": readings[first].label,
              "first": paid_row.row, "count": len(found)}  # fmt: skip
    return [Note("maybe-twice", values)]


def _at(each: Side) -> datetime.datetime:
    return each[0]


def _match(each: Side, outs: list[Side]) -> Side | None:
    _, number, m = each
    midnight = m.at.replace(hour=0, minute=0, second=0, microsecond=0)
    for since in (m.at - datetime.timedelta(seconds=APART_S), midnight):  # rows of a day only too
        start = bisect_left(outs, since, key=_at)
        for out in outs[start : start + LOOKED_AT]:
            apart = out[1] != number or out[2].own != m.own  # one file may list both sides
            if apart and together(out[2], m) and _may_be(out[2], m):
                return out
    return None


def _may_be(out: Movement, into: Movement) -> bool:
    """Tell whether both ends may be the same, and at least one shows it; rows of which everything
    is known were compared before."""
    fits = [_fit(out.payer, into.payer), _fit(out.payee, into.payee)]
    whole = all(end.number and not hidden(end.number)
                for end in (out.payer, out.payee, into.payer, into.payee))  # fmt: skip
    return False not in fits and True in fits and not whole


def _fit(one: End, other: End) -> bool | None:
    """Tell whether two ends may be one; None where nothing speaks for it or against it."""
    names = (called(one.name), called(other.name))
    said = names_fit(*names) if all(names) else None
    if one.number and other.number:
        return numbers_fit(one.number, other.number) and said is not False
    return said
