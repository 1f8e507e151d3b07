"""Rows that repeat a row of an earlier statement: exports that overlap, whosever they are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from simlib.statement.identity import Identities
from simlib.statement.masked import called, hidden, names_fit, numbers_fit
from simlib.statement.model import End, Line, Movement, Note, Reading

Place: TypeAlias = tuple[int, int]  # number of the statement, row
What: TypeAlias = tuple[object, ...]  # what two rows must have alike to be one
SAME_SERIAL = "same-serial"  # why such a row is not taken again
FEWEST = 3  # different characters of a serial number; zeros are none
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


def only_repeated(
    readings: Sequence[Reading], again: Mapping[Place, Line], ids: Identities
) -> set[str]:
    """Return whoever stands only in rows that were taken from another export."""
    if not any(line.code == SAME_SERIAL for line in again.values()):
        return set()
    met: dict[bool, set[str]] = {True: set(), False: set()}
    for number, reading in enumerate(readings):
        for m in reading.movements:
            line = again.get((number, m.row))
            met[line is not None and line.code == SAME_SERIAL] |= {*ids.ends(reading, m)}
    return met[True] - met[False]
