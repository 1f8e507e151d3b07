"""Rows whose other account is the account itself: a movement within it, unless a balance moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from simlib.statement.model import End, Movement


def settled(
    movements: Sequence[Movement], itself: Sequence[Movement]
) -> tuple[list[Movement], list[Movement]]:
    """Return those of `itself` that moved money, with nobody named at the other side, and the
    others.

    Banks print the account's own number for cash paid in, and for money out of a deposit at the
    same bank. Money moved where the balance is that of the row before (or, the newest first, of the
    row behind) changed by just the amount.
    """
    listed: dict[tuple[str, str], list[Movement]] = defaultdict(list)
    for m in sorted((*movements, *itself), key=lambda m: m.row):
        if m.own is not None and m.balance_fen is not None:
            listed[m.own.number, m.own.label].append(m)
    changed = {
        m.row
        for rows in listed.values()
        for m, other in (*zip(rows[1:], rows, strict=False), *zip(rows, rows[1:], strict=False))
        if (m.balance_fen or 0) - (other.balance_fen or 0) == _signed(m)
    }
    moved = [_unnamed(m) for m in itself if m.row in changed]
    return moved, [m for m in itself if m.row not in changed]


def _signed(m: Movement) -> int:
    return m.amount_fen if m.own is m.payee else -m.amount_fen - m.fee_fen


def _unnamed(m: Movement) -> Movement:
    nobody = End("", "", "")
    return m._replace(payee=nobody) if m.own is m.payer else m._replace(payer=nobody)
