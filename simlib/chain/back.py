"""Tracing backwards: where the money that came into an account, or lies in it, came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from simlib.case.columns import Columns
from simlib.chain.flow import accounts_of
from simlib.chain.trace import trace_case, trace_funds
from simlib.errors import UnknownName

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.tables import Transfer
    from simlib.chain.ledger import Listed, Origins, TransferData
    from simlib.chain.tracing import Money, Tracing


def trace_back(
    what: Case | Listed,
    account: str | Iterable[str],
    method: str = "timestamp",
    *,
    origins: Origins | None = None,
    opening: Mapping[str, int] | None = None,
    overdraft: str = "outside",
    at_end: bool = False,
) -> Money:
    """Return whose money came into an account: origin → money, None for other money [fen].

    Parameters
    ----------
    what
        a case, whose victims are the origins; or transfers
    account
        an account, several, or a party of the case: all his accounts
    method
        one of `METHODS`
    origins, opening
        for transfers: see `trace_funds`; without origins, every account that pays and is never
        paid is one
    overdraft
        see `trace_funds`
    at_end
        of what lies there at the end, instead of all that came in from outside

    Raises
    ------
    TraceError, UnknownName
        as `trace_funds`; also for an account or party nobody names

    Examples
    --------
    >>> paid = [("V", "A", 700), ("W", "A", 300), ("A", "B", 500)]
    >>> rows = [{"payer": p, "payee": q, "amount_fen": n} for p, q, n in paid]
    >>> trace_back(rows, "B", "lifo")
    {'V': 200, 'W': 300}
    """
    ids = {account} if isinstance(account, str) else set(account)
    if not isinstance(what, Columns | Sequence):
        tracing = trace_case(what, method, overdraft=overdraft)
        _known(ids, [*(a.id for a in what.accounts), *(p.id for p in what.parties)])
        ids = {id for name in ids for id in accounts_of(what, name)}
    else:
        if origins is None:
            origins = sources(what) - ids
        tracing = trace_funds(what, _listed(origins), method, opening=opening, overdraft=overdraft)
        _known(ids, tracing.names)
    return _at_end(tracing, ids) if at_end else tracing.into(ids)


def sources(transfers: Listed) -> set[str]:
    """Return every account that pays and is never paid: where the money listed comes from."""
    if isinstance(transfers, Columns):
        import numpy as np

        pays = np.setdiff1d(transfers.payer, transfers.payee)
        return {transfers.names[place] for place in pays.tolist()}
    named = [_ends(transfer) for transfer in transfers]
    return {payer for payer, _ in named} - {payee for _, payee in named}


def _ends(transfer: Transfer | TransferData) -> tuple[str, str]:
    if isinstance(transfer, Mapping):
        return transfer["payer"], transfer["payee"]
    return transfer.payer, transfer.payee


def _known(ids: Iterable[str], names: Collection[str]) -> None:
    for id in ids:
        if id not in names:
            raise UnknownName.among("account", id, names)


def _listed(origins: Origins) -> Origins:
    return sorted(origins) if isinstance(origins, set) else origins


def _at_end(tracing: Tracing, ids: set[str]) -> Money:
    money: Money = {}
    for id in sorted(ids & set(tracing.names)):
        for origin, fen in tracing.balance(id).items():
            money[origin] = money.get(origin, 0) + fen
    return money
