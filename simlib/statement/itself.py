"""Rows whose other account is the account itself: a movement within it, unless a balance moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from simlib.statement.model import End, Movement, Refusal, shown
from simlib.statement.names_and_numbers import called, hidden, names_fit, partly


def told_apart(movement: Movement, masked: Mapping[str, Collection[str]]) -> Movement:
    """Return a movement without the number of the other side, where the reader says that it is
    hidden like the account's own and another's: a name is then all that is known of him."""
    payer, payee = movement.payer, movement.payee
    if payer.number != payee.number or payer.number not in masked.get("two", ()):
        return movement
    if movement.own is payee:
        return movement._replace(payer=payer._replace(number=""))
    return movement._replace(payee=payee._replace(number=""))


def is_to_itself(movement: Movement, masked: Mapping[str, Collection[str]]) -> bool:
    """Tell whether payer and payee are one account: one number, and no two names.

    `masked` as the mapping has it.

    Raises
    ------
    Refusal
        if the number is hidden in part, and no whole name says whether they are two
    """
    payer, payee = movement.payer, movement.payee
    if not payer.number or payer.number != payee.number:
        return False
    names = called(payer.name), called(payee.name)
    if all(names) and not names_fit(*names):
        return False
    if payer.number in masked.get("one", ()):
        return True
    if hidden(payer.number) and (names[0] != names[1] or not names[0] or partly(names[0])):
        raise Refusal("masked-itself", cell=shown(payer.number))
    return True


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
