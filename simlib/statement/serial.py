"""Rows that repeat a row of an earlier statement: exports that overlap, whosever they are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from simlib.statement.identity import Identities
from simlib.statement.model import End, Line, Movement, Note, Reading
from simlib.statement.names_and_numbers import called, hidden, names_fit, numbers_fit

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
