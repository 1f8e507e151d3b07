"""The running balance a statement prints, compared with the movements taken from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from simlib.money import Fen
from simlib.statement.model import End, Movement, Note, yuan

Printed: TypeAlias = tuple[Movement, Fen]  # a movement, and the balance printed behind it


def checked(
    movements: Sequence[Movement], label: str
) -> tuple[list[Movement], dict[End, int], list[Note]]:
    """Return the movements from the oldest to the newest, opening balances, and what does not fit.

    A statement may list the newest first: whichever way its balances (or else its days) run.
    An opening balance is given only where every balance fits.
    """
    by_own: dict[End, list[Printed]] = defaultdict(list)
    for movement in movements:
        if movement.own is not None and movement.balance_fen is not None:
            by_own[movement.own].append((movement, movement.balance_fen))
    backwards = _backwards(movements, by_own)
    ordered = list(reversed(movements)) if backwards else list(movements)
    openings: dict[End, Fen] = {}
    notes: list[Note] = []
    for own, rows in by_own.items():
        rows = rows[::-1] if backwards else rows
        wrong = misfits(rows)
        if not wrong:
            first, balance = rows[0]
            opening = balance - _change(first)
            openings[own] = max(opening, 0)
        elif len(rows) > 2 and not misfits(rows, turned=True):
            notes.append(Note("direction-reversed", {"label": label}))
        else:
            notes.append(_misfit(rows, wrong, label))
    if backwards:
        notes.append(Note("newest-first", {"label": label}))
    return ordered, openings, notes


def misfits(rows: Sequence[Printed], turned: bool = False) -> list[int]:
    """Return the places whose balance is not the one before it and what moved."""
    sign = -1 if turned else 1
    return [
        n
        for n, ((_, before), (row, after)) in enumerate(zip(rows, rows[1:], strict=False), 1)
        if before + sign * _change(row) != after
    ]


def _change(row: Movement) -> Fen:
    if row.payer == row.payee:
        return -row.fee_fen
    return -row.amount_fen - row.fee_fen if row.own is row.payer else row.amount_fen


def _backwards(movements: Sequence[Movement], by_own: dict[End, list[Printed]]) -> bool:
    forth = sum(len(misfits(rows)) for rows in by_own.values())
    back = sum(len(misfits(rows[::-1])) for rows in by_own.values())
    if forth != back:
        return back < forth
    days = [movement.at for movement in movements]
    downs = sum(later < earlier for earlier, later in zip(days, days[1:], strict=False))
    ups = sum(later > earlier for earlier, later in zip(days, days[1:], strict=False))
    return downs > ups


def _misfit(rows: Sequence[Printed], wrong: list[int], label: str) -> Note:
    place = wrong[0]
    (_, before), (row, after) = rows[place - 1 : place + 1]
    values = {"expected": yuan(before + _change(row)), "found": yuan(after)}
    return Note("balance-differs", {"label": label, "row": row.row, "count": len(wrong), **values})
