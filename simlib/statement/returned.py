"""Remittances that came back (退汇): the row is from whoever was paid, and names nobody else."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from simlib.statement.model import End, Movement
from simlib.statement.names_and_numbers import called, names_fit, numbers_fit

MOST = 1_000  # rows whose payment is looked for
_RETURN = re.compile(
    r"^(?:退汇款?|汇款退[回汇]|转账退回|跨行退汇|退票|退回(?:汇款|转账|款项)?)(?=[\s:/|,;(-]|$)[\s:/|,;-]*"
)


def returned(name: str) -> bool:
    """Tell whether what stands for a name says that a remittance came back.

    Examples
    --------
    >>> returned("退汇 孙丽"), returned("退汇"), returned("孙丽")
    (True, True, False)
    """
    return _RETURN.match(name) is not None


def without_return(name: str) -> str:
    """Return the name without those words."""
    return _RETURN.sub("", name)


def from_payee(
    movements: Sequence[Movement], rows: Container[int]
) -> tuple[list[Movement], list[int], list[int]]:
    """Return the movements with the other side of each returned one: whom the account paid as much
    or more before; and the rows for which one was found, and none.

    Where the row has neither name nor number, it is the only one who was paid just as much. Nobody
    is at the other side where no payment is found.
    """
    done: list[Movement] = []
    met: list[int] = []
    unmet: list[int] = []
    for m in movements:
        if m.row not in rows or m.own is None:
            done.append(m)
            continue
        looked_for = len(met) + len(unmet) < MOST
        other = _paid_before(m, movements, rows) if looked_for else None
        (unmet if other is None else met).append(m.row)
        other = other or End()
        done.append(m._replace(payer=other) if m.own is m.payee else m._replace(payee=other))
    return done, met, unmet


def _paid_before(back: Movement, movements: Sequence[Movement], rows: Container[int]) -> End | None:
    """Return who was paid what came back; None where that is nobody, or one of several."""
    came = back.own is back.payee
    named = back.payer if came else back.payee
    known = bool(named.number or called(named.name))
    found: dict[End, None] = {}
    for m in movements:
        theirs = m.payee if came else m.payer
        if m.own != back.own or theirs is m.own or m.row in rows or m.at > back.at:
            continue
        enough = m.amount_fen >= back.amount_fen if known else m.amount_fen == back.amount_fen
        if enough and _fits(named, theirs):
            found[theirs] = None
    return next(iter(found)) if len(found) == 1 else None


def _fits(named: End, theirs: End) -> bool:
    names = called(named.name), called(theirs.name)
    if all(names) and not names_fit(*names):
        return False
    if named.number and theirs.number:
        return numbers_fit(named.number, theirs.number)
    return bool(theirs.number or names[1])
