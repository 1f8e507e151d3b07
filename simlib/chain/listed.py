"""What the transfers listed say of some accounts: from whom to whom, how much, and how far on.

The many transfers of a file are columns and are asked as arrays. Those of a case's own text are
few and are asked one by one, so that numpy stays out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from simlib.chain.ways import Ways

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.tables import Transfer

Ids = Collection[str]


def payments(case: Case, payers: Ids | None, payees: Ids | None = None) -> Sequence[Transfer]:
    """The transfers from some accounts to some others, in the order of the file; None stands for
    anybody."""
    if ways := Ways.of(case.transfers):
        return case.transfers.take(ways.between(payers, payees))
    return tuple(t for t in case.transfers if _among(t.payer, payers) and _among(t.payee, payees))


def touching(case: Case, account: str) -> dict[int, Transfer]:
    """Number → transfer of those an account pays or is paid by, in the order of the file."""
    if ways := Ways.of(case.transfers):
        numbers = {*ways.between({account}, None).tolist(), *ways.between(None, {account}).tolist()}
        return {n: case.transfers[n] for n in sorted(numbers)}
    return {n: t for n, t in enumerate(case.transfers) if account in (t.payer, t.payee)}


def paid(case: Case, payers: Ids | None, payees: Ids | None = None) -> int | None:
    """What was paid from some accounts to some others [fen]; None if nothing is listed."""
    if ways := Ways.of(case.transfers):
        return ways.paid(payers, payees)
    amounts = [t.amount_fen for t in payments(case, payers, payees)]
    return sum(amounts) if amounts else None


def receipts(case: Case, payees: Ids, payers: Ids | None = None) -> dict[str, int]:
    """Account → what it received from some accounts, or from anybody [fen]; 0 where nothing is
    listed."""
    found = dict.fromkeys(payees, 0)
    if ways := Ways.of(case.transfers):
        return found | ways.received(payees, payers)
    for transfer in case.transfers:
        if transfer.payee in found and _among(transfer.payer, payers):
            found[transfer.payee] += transfer.amount_fen
    return found


def steps(case: Case, starts: Ids, back: bool = False) -> dict[str, int]:
    """Every account money can have come to from some accounts along the transfers listed, and the
    fewest transfers it takes; `back`, every account it can have come from to these."""
    if ways := Ways.of(case.transfers):
        return ways.steps(starts, back)
    found = dict.fromkeys(starts, 0)
    depth, fresh = 0, set(found)
    while fresh:
        depth += 1
        if back:
            fresh = {t.payer for t in case.transfers if t.payee in fresh} - found.keys()
        else:
            fresh = {t.payee for t in case.transfers if t.payer in fresh} - found.keys()
        found |= dict.fromkeys(fresh, depth)
    return found


def _among(id: str, ids: Ids | None) -> bool:
    return ids is None or id in ids
