"""What the transfers listed say of some accounts: from whom to whom, how much, and how far on.

The many transfers of a file are columns and are looked up as arrays. Those of a case's own text are
few and are looked at one by one, so that numpy stays out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, TypeAlias

from simlib.chain.ways import Ways
from simlib.money import Fen

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.tables import Transfer

Ids: TypeAlias = Collection[str]


def payments(case: Case, payers: Ids | None, payees: Ids | None = None) -> Sequence[Transfer]:
    """Return the transfers from some accounts to some others, in the order of the file.

    None stands for anybody.
    """
    transfers = case.transfers
    if not isinstance(transfers, tuple):
        return transfers.take(Ways.of(transfers).between(payers, payees))
    return tuple(t for t in transfers if _among(t.payer, payers) and _among(t.payee, payees))


def touching(case: Case, account: str) -> dict[int, Transfer]:
    """Return number → transfer of those an account pays or is paid by, in the order of the file."""
    transfers = case.transfers
    if not isinstance(transfers, tuple):
        ways = Ways.of(transfers)
        numbers = {*ways.between({account}, None).tolist(), *ways.between(None, {account}).tolist()}
        return {n: transfers[n] for n in sorted(numbers)}
    return {n: t for n, t in enumerate(transfers) if account in (t.payer, t.payee)}


def paid(case: Case, payers: Ids | None, payees: Ids | None = None) -> Fen | None:
    """Return what was paid from some accounts to some others [fen]; None if nothing is listed."""
    if not isinstance(case.transfers, tuple):
        return Ways.of(case.transfers).paid(payers, payees)
    amounts = [t.amount_fen for t in payments(case, payers, payees)]
    return sum(amounts) if amounts else None


def receipts(case: Case, payees: Ids, payers: Ids | None = None) -> dict[str, Fen]:
    """Return account → what it received from some accounts, or from anybody [fen]; 0 where
    nothing is listed."""
    received: dict[str, Fen] = dict.fromkeys(payees, 0)
    if not isinstance(case.transfers, tuple):
        return received | Ways.of(case.transfers).received(payees, payers)
    for transfer in case.transfers:
        if transfer.payee in received and _among(transfer.payer, payers):
            received[transfer.payee] += transfer.amount_fen
    return received


def steps(case: Case, starts: Ids, back: bool = False) -> dict[str, int]:
    """Return every account money can have come to from some accounts along the transfers listed,
    and the fewest transfers it takes; `back`, every account it can have come from to these."""
    if not isinstance(case.transfers, tuple):
        return Ways.of(case.transfers).steps(starts, back)
    away = dict.fromkeys(starts, 0)
    depth, fresh = 0, set(away)
    while fresh:
        depth += 1
        if back:
            fresh = {t.payer for t in case.transfers if t.payee in fresh} - away.keys()
        else:
            fresh = {t.payee for t in case.transfers if t.payer in fresh} - away.keys()
        away |= dict.fromkeys(fresh, depth)
    return away


def _among(id: str, ids: Ids | None) -> bool:
    return ids is None or id in ids
