"""What several statements list of the same money: each movement once, and where they disagree."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from simlib.statement.identity import Identities
from simlib.statement.maybe import APART_S, maybe_twice, together
from simlib.statement.model import Line, Movement, Note, Reading
from simlib.statement.serial import (
    SAME_SERIAL,
    SAME_SHEET,
    Place,
    What,
    fit,
    likely_one,
    repeated,
    same_serial,
    same_sheet,
    serials_fit,
)

Period: TypeAlias = tuple[datetime.datetime, datetime.datetime]
Periods: TypeAlias = Mapping[str, list[tuple[int, Period]]]  # account → statement, its period
Side: TypeAlias = tuple[datetime.datetime, int, Movement]  # when, and in which statement
Sides: TypeAlias = dict[tuple[str, str, int], list[Side]]  # payer, payee, amount → rows
DAY = datetime.timedelta(days=1)
MOST_SHOWN = 5  # pairs of rows that a note names
__all__ = ["APART_S", "against_each_other", "said_twice"]


def said_twice(readings: Sequence[Reading], ids: Identities) -> dict[Place, Line]:
    """Return movements that an earlier row, or the other side's, lists already: in another
    statement, or in the same one where it has several people's accounts."""
    sheets = same_sheet(readings)
    repeats = _same_row(readings, ids, sheets)
    serials = same_serial(readings, sheets | repeats)
    again = dict(_lines(readings, SAME_SHEET, sheets))
    again.update(_lines(readings, "same-transfer", repeats))
    again.update(_lines(readings, SAME_SERIAL, serials))
    again.update(_other_side(readings, again, ids))
    return dict(sorted(again.items()))


def _lines(
    readings: Sequence[Reading], code: str, repeats: Mapping[Place, Place]
) -> Iterator[tuple[Place, Line]]:
    for (number, row), (first, place) in repeats.items():
        values = {"label": readings[first].label, "first": place}
        yield (number, row), Line(row, code, values, readings[number].label)


def _same_row(
    readings: Sequence[Reading], ids: Identities, gone: Mapping[Place, Place]
) -> dict[Place, Place]:
    """Return rows of the same account in two statements whose periods overlap, and the first of
    each. Where a balance stands, a serial number may be missing or rounded."""

    def what(reading: Reading, m: Movement) -> What | None:
        if m.own is None or not _unmistakable(m):
            return None
        own = ids.own(reading, m)
        serial = m.serial if m.balance_fen is None else ""
        return own, m.own is m.payer, m.amount_fen, m.at, serial, m.balance_fen

    def one(first: Movement, other: Movement) -> bool:
        return fit(first, other) and serials_fit(first.serial, other.serial)

    return repeated(readings, what, one, gone)


def _unmistakable(m: Movement) -> bool:
    """Tell whether a row with the same amount and time in another statement must be this one."""
    return bool(m.serial) or m.balance_fen is not None


def _other_side(
    readings: Sequence[Reading], gone: dict[Place, Line], ids: Identities
) -> Iterator[tuple[Place, Line]]:
    """Yield the payee's row of each transfer that the payer's account lists too."""
    paid, received = _sides(readings, gone, ids)
    for what in sorted(paid.keys() & received.keys()):
        outs, ins = sorted(paid[what], key=_time), sorted(received[what], key=_time)
        for _, number, m in ins:
            match = next((o for o in outs if together(o[2], m)), None)
            if match:
                outs.remove(match)
                yield (number, m.row), _line(readings[number], m, readings[match[1]], match[2].row)


def _sides(
    readings: Sequence[Reading], gone: Mapping[Place, Line], ids: Identities
) -> tuple[Sides, Sides]:
    """Return the payers' rows and the payees' rows by payer, payee and amount."""
    paid: Sides = defaultdict(list)
    received: Sides = defaultdict(list)
    for number, reading in enumerate(readings):
        for m in reading.movements:
            if m.own and m.payer.number and m.payee.number and (number, m.row) not in gone:
                side = paid if m.own is m.payer else received
                ends = ids.ends(reading, m)
                if ends[0] != ends[1] and not ids.uncertain & {*ends}:
                    side[*ends, m.amount_fen].append((m.at, number, m))
    return paid, received


def _far_apart(
    readings: Sequence[Reading], again: Mapping[Place, Line], ids: Identities
) -> list[Note]:
    """Return the transfers that both sides list within a day, too far apart to be told as one."""
    paid, received = _sides(readings, again, ids)
    met = {(line.values.get("label"), line.values.get("first")) for line in again.values()}
    pairs = []
    for what in sorted(paid.keys() & received.keys()):
        outs = [o for o in sorted(paid[what], key=_time)
                if (readings[o[1]].label, o[2].row) not in met]  # fmt: skip
        for at, number, m in sorted(received[what], key=_time):
            if match := next((o for o in outs if abs(o[0] - at) <= DAY), None):
                outs.remove(match)
                pairs.append(((match[1], match[2].row), (number, m.row)))
    return [Note("far-apart", _pairs(pairs, readings))] if pairs else []


def _pairs(pairs: Sequence[tuple[Place, Place]], readings: Sequence[Reading]) -> dict[str, object]:
    """Return how many pairs of rows there are, and the first of them: statement:row."""
    named = [" = ".join(f"{readings[number].label}:{row}" for number, row in pair)
             for pair in pairs[:MOST_SHOWN]]  # fmt: skip
    listed = "; ".join(named) + ("; …" if len(pairs) > MOST_SHOWN else "")
    return {"count": len(pairs), "listed": listed}


def _time(each: Side) -> tuple[datetime.datetime, int, int]:
    return each[0], each[1], each[2].row


def _line(reading: Reading, m: Movement, other: Reading, row: int) -> Line:
    return Line(m.row, "same-transfer", {"label": other.label, "first": row}, reading.label)


def against_each_other(
    readings: Sequence[Reading], again: Mapping[Place, Line], ids: Identities
) -> list[Note]:
    """Return transfers between two accounts that only one of their statements lists, and rows
    that may be there twice because nothing tells them apart."""
    periods: dict[str, list[tuple[int, Period]]] = defaultdict(list)
    for number, reading in enumerate(readings):
        if all((number, m.row) in again for m in reading.movements):
            continue  # given before
        for own, period in _periods(reading, ids).items():
            periods[own].append((number, period))
    return [
        *_one_sided(readings, again, periods, ids),
        *_overlaps(readings, periods, again, ids),
        *_far_apart(readings, again, ids),
        *likely_one(readings, again, ids),
        *maybe_twice(readings, again),
    ]


def _periods(reading: Reading, ids: Identities) -> dict[str, Period]:
    """Return from when to when a statement covers each of its accounts."""
    periods: dict[str, Period] = {}
    for m in reading.movements:
        if m.own is not None:
            first, last = periods.get(key := ids.own(reading, m), (m.at, m.at))
            periods[key] = (min(first, m.at), max(last, m.at))
    return periods


def _one_sided(
    readings: Sequence[Reading], again: Mapping[Place, Line], periods: Periods, ids: Identities
) -> Iterator[Note]:
    confirmed = {(line.values["label"], line.values["first"]) for line in again.values()}
    for number, reading in enumerate(readings):
        lone = []
        for m in reading.movements:
            if m.own is None or (number, m.row) in again or (reading.label, m.row) in confirmed:
                continue
            payer, payee = ids.ends(reading, m)
            own, other = (payer, payee) if m.own is m.payer else (payee, payer)
            covered = any(first <= m.at <= last for _, (first, last) in periods.get(other, ()))
            if covered and other != own:
                lone.append(m.row)
        if lone:
            values = {"label": reading.label, "row": lone[0], "count": len(lone)}
            yield Note("one-sided", values)


def _overlaps(
    readings: Sequence[Reading], periods: Periods, again: Mapping[Place, Line], ids: Identities
) -> Iterator[Note]:
    for own, of_account in periods.items():
        for (one, (first, last)), (other, (start, end)) in combinations(of_account, 2):
            unsure = any(not _unmistakable(m) for n in (one, other) for m in readings[n].movements)
            if unsure and start <= last and first <= end and one != other:
                values = {"label": readings[one].label, "other": readings[other].label}
                pairs = _alike(readings, (one, other), own, again, ids)
                yield Note("overlap", {**values, **_pairs(pairs, readings)})


def _alike(
    readings: Sequence[Reading], two: tuple[int, int], own: str, again: Mapping[Place, Line],
    ids: Identities,
) -> list[tuple[Place, Place]]:  # fmt: skip
    """Return the rows of an account that two statements list alike, each in one pair."""
    listed: list[dict[tuple[str, str, int], list[Movement]]] = []
    for number in two:
        listed.append(defaultdict(list))
        for m in readings[number].movements:
            if m.own and (number, m.row) not in again and ids.own(readings[number], m) == own:
                listed[-1][*ids.ends(readings[number], m), m.amount_fen].append(m)
    pairs = []
    for what, rows in listed[1].items():
        firsts = listed[0].get(what, [])
        for m in rows:
            if first := next((f for f in firsts if together(f, m)), None):
                firsts.remove(first)
                pairs.append(((two[0], first.row), (two[1], m.row)))
    return sorted(pairs)
