"""Transfers that two accounts' rows may both list, where hidden or missing numbers cannot tell."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from simlib.statement.identity import Identities
from simlib.statement.model import End, Line, Movement, Note
from simlib.statement.names_and_numbers import called, hidden, names_fit, numbers_fit
from simlib.statement.normalise import Reading

# -------------------------------------------- two rows beside each other


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
    fits = [_ends_fit(out.payer, into.payer), _ends_fit(out.payee, into.payee)]
    whole = all(end.number and not hidden(end.number)
                for end in (out.payer, out.payee, into.payer, into.payee))  # fmt: skip
    return False not in fits and True in fits and not whole


def _ends_fit(one: End, other: End) -> bool | None:
    """Tell whether two ends may be one; None where nothing speaks for it or against it."""
    names = (called(one.name), called(other.name))
    said = names_fit(*names) if all(names) else None
    if one.number and other.number:
        return numbers_fit(one.number, other.number) and said is not False
    return said


# --------------------------------------------------------- rows repeated


Place: TypeAlias = tuple[int, int]  # number of the statement, row
What: TypeAlias = tuple[object, ...]  # what two rows must have alike to be one
SAME_SERIAL = "same-serial"  # why such a row is not taken again
SAME_SHEET = "same-sheet"  # why none of a sheet that was given before is
EXACT = 17  # digits that the number a spreadsheet keeps can have
FEWEST = 3  # different characters of a serial number; zeros are none
# a number of more digits than a spreadsheet shows, or as it shows it
_NUMBER = re.compile(r"[0-9]{12,60}|[0-9](?:\.[0-9]{1,20})?[eE]\+?[0-9]{1,2}")
_SERIAL = re.compile(r"[\w-]{12,}")  # a number rounded by a spreadsheet has a point or a plus


def repeated(
    readings: Sequence[Reading],
    what: Callable[[Reading, Movement], What | None],
    fits: Callable[[Movement, Movement], bool],
    gone: Mapping[Place, Place] | None = None,
) -> dict[Place, Place]:
    """Return rows that repeat one of an earlier statement, and the first of each: a row stands for
    one in each statement.

    Parameters
    ----------
    what
        what two rows must have alike; None for a row that is not looked at
    fits
        whether nothing else speaks against two rows
    gone
        rows that repeat one already, and that one: neither is looked at again
    """
    gone = gone or {}
    seen: dict[What, list[tuple[Place, Movement]]] = defaultdict(list)
    repeats: dict[Place, Place] = {}
    for number, reading in enumerate(readings):
        taken = {first for (again, _), first in gone.items() if again == number}
        for m in reading.movements:
            key = None if (number, m.row) in gone else what(reading, m)
            if key is None:
                continue
            free = (at for at in seen[key] if at[0][0] != number and at[0] not in taken)
            first = next((place for place, other in free if fits(other, m)), None)
            if first is None:
                seen[key].append(((number, m.row), m))
            else:
                taken.add(first)
                repeats[number, m.row] = first
    return repeats


def same_serial(readings: Sequence[Reading], gone: Mapping[Place, Place]) -> dict[Place, Place]:
    """Return rows that have number, amount, direction and instant of one in an earlier statement,
    and the first of each, though nobody says that both are of one account.

    Nothing the rows say of either side, and no balance, may speak against it. `gone` has the rows
    that repeat one already, and that one.
    """

    def what(_: Reading, m: Movement) -> What | None:
        if m.own is None or not _long(m.serial):
            return None
        return m.serial, m.own is m.payer, m.amount_fen, m.at, m.day_only

    return repeated(readings, what, _fit, gone)


def _long(serial: str) -> bool:
    return _SERIAL.fullmatch(serial) is not None and len({*serial}) >= FEWEST


def _fit(one: Movement, other: Movement) -> bool:
    balances = {one.balance_fen, other.balance_fen} - {None}
    return len(balances) < 2 and fit(one, other)


def fit(one: Movement, other: Movement) -> bool:
    """Tell whether nothing that two rows say of payer and payee differs, but for what is hidden."""
    return not (_differ(one.payer, other.payer) or _differ(one.payee, other.payee))


def same_sheet(readings: Sequence[Reading]) -> dict[Place, Place]:
    """Return every row of a sheet that was given before, and the row it repeats.

    All rows of both must be alike in day and time, direction, amount, balance and the other side,
    and nothing may say that they are of two accounts.
    """
    again: dict[Place, Place] = {}
    for number, reading in enumerate(readings):
        for first in range(number):
            repeats = _paired(readings[first], reading)
            if repeats and not any((first, row) in again for row in repeats.values()):
                again |= {(number, row): (first, its) for row, its in repeats.items()}
                break
    return again


def _paired(one: Reading, other: Reading) -> dict[int, int]:
    """Return each row of the second with the row of the first it repeats; none where it is another
    sheet."""
    rows, found = [*one.movements], {}
    if len(rows) != len(other.movements):
        return {}
    if one.digest != other.digest and not (len(rows) > 1 and all(map(_telling, rows))):
        return {}
    listed: dict[What, list[Movement]] = defaultdict(list)
    for m in rows:
        listed[_looks(m)].append(m)
    for m in other.movements:
        its = next((each for each in listed[_looks(m)] if _repeats(each, m)), None)
        if its is None:
            return {}
        listed[_looks(m)].remove(its)
        found[m.row] = its.row
    return found


def _looks(m: Movement) -> What:
    side = None if m.own is None else m.own is m.payer
    return m.at, m.day_only, side, m.amount_fen, m.fee_fen, m.balance_fen


def _repeats(one: Movement, other: Movement) -> bool:
    return fit(one, other) and serials_fit(one.serial, other.serial)


def _telling(m: Movement) -> bool:
    """Tell whether a row is unlike rows of other accounts: by its balance, its time, its ends."""
    ends = (m.payer, m.payee) if m.own is None else (m.own,)
    return m.balance_fen is not None or not m.day_only or all(end.number for end in ends)


def serials_fit(one: str, other: str) -> bool:
    """Tell whether two serial numbers may be one: equal, missing, or rounded by a spreadsheet.

    Examples
    --------
    >>> serials_fit("2024030112345678901", "2024030112345670000"), serials_fit("A1", "A2")
    (True, False)
    >>> serials_fit("2024030112345678901", "2.02403E+18"), serials_fit("120034", "120000")
    (True, False)
    """
    if one == other or not (one and other):
        return True
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return False
    near, whole = sorted(map(Decimal, (one, other)), key=_kept)
    kept = _kept(near)
    if kept > EXACT or near.adjusted() != whole.adjusted():
        return False
    return abs(whole - near) <= Decimal(1).scaleb(near.adjusted() + 1 - kept)


def _kept(number: Decimal) -> int:
    """Count the digits of a number before the zeros at its end."""
    return len("".join(map(str, number.as_tuple().digits)).rstrip("0"))


def _differ(one: End, other: End) -> bool:
    names = called(one.name), called(other.name)
    if all(names) and not names_fit(*names):
        return True
    if not (one.number and other.number) or (hidden(one.number) and hidden(other.number)):
        return False
    return not numbers_fit(one.number, other.number)


def likely_one(
    readings: Sequence[Reading], again: Mapping[Place, Line], ids: Identities
) -> Iterator[Note]:
    """Yield which accounts are likely one, for rows of both have the same serial numbers."""
    if not any(line.code == SAME_SERIAL for line in again.values()):
        return
    numbers = {reading.label: number for number, reading in enumerate(readings)}
    by_row = [{m.row: m for m in reading.movements} for reading in readings]
    pairs: Counter[tuple[int, int, str, str]] = Counter()
    for (number, row), line in again.items():
        if line.code == SAME_SERIAL:
            first = numbers[str(line.values["label"])]
            its = by_row[first][int(str(line.values["first"]))]
            own = ids.own(readings[first], its), ids.own(readings[number], by_row[number][row])
            pairs[first, number, *own] += 1
    for (first, number, one, other), count in pairs.items():
        if one != other and other not in ids.absent:
            values = {"label": readings[first].label, "other": readings[number].label}
            yield Note("likely-one", {**values, "count": count, "first": f"{one}={other}"})


def sheets_again(readings: Sequence[Reading], again: Mapping[Place, Line]) -> Iterator[Note]:
    """Yield which sheets were given before and are not taken again."""
    counts = Counter(
        (line.label, str(line.values["label"]))
        for line in again.values()
        if line.code == SAME_SHEET
    )
    for (label, first), count in counts.items():
        yield Note(SAME_SHEET, {"label": label, "other": first, "count": count})


def only_repeated(
    readings: Sequence[Reading], again: Mapping[Place, Line], ids: Identities
) -> set[str]:
    """Return whoever stands only in rows that were taken from another export."""
    if not any(line.code in (SAME_SERIAL, SAME_SHEET) for line in again.values()):
        return set()
    met: dict[bool, set[str]] = {True: set(), False: set()}
    for number, reading in enumerate(readings):
        for m in reading.movements:
            line = again.get((number, m.row))
            repeated = line is not None and line.code in (SAME_SERIAL, SAME_SHEET)
            met[repeated] |= {*ids.ends(reading, m)}
    return met[True] - met[False]


Period: TypeAlias = tuple[datetime.datetime, datetime.datetime]
Periods: TypeAlias = Mapping[str, list[tuple[int, Period]]]  # account → statement, its period
Sides: TypeAlias = dict[tuple[str, str, int], list[Side]]  # payer, payee, amount → rows
DAY = datetime.timedelta(days=1)
MOST_SHOWN = 5  # pairs of rows that a note names


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
