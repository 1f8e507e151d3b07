"""Tracing backwards: where the money that came into an account, or lies in it, came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from simlib.chain.flow import accounts_of
from simlib.chain.trace import trace_case, trace_funds
from simlib.errors import UnknownName

if TYPE_CHECKING:
    from simlib.case.columns import Columns
    from simlib.case.model import Case
    from simlib.case.tables import Transfer
    from simlib.chain.tracing import Money, Tracing


def trace_back(
    what: Case | Sequence[Transfer] | Columns,
    account: str | Iterable[str],
    method: str = "timestamp",
    *,
    origins: Iterable[str] | Mapping[str, Iterable[str]] | None = None,
    opening: Mapping[str, int] | None = None,
    overdraft: str = "outside",
    at_end: bool = False,
) -> Money:
    """Whose money came into an account: origin → money, None for other money [fen].

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
    if hasattr(what, "transfers"):
        found = trace_case(what, method, overdraft=overdraft)
        _known(ids, [*(a.id for a in what.accounts), *(p.id for p in what.parties)])
        ids = {id for name in ids for id in accounts_of(what, name)}
    else:
        if origins is None:
            origins = sources(what) - ids
        found = trace_funds(what, _listed(origins), method, opening=opening, overdraft=overdraft)
        _known(ids, found.names)
    return _at_end(found, ids) if at_end else found.into(ids)


def sources(transfers: Sequence[Transfer] | Columns) -> set[str]:
    """Every account that pays and is never paid: where the money listed comes from."""
    if hasattr(transfers, "payer"):
        import numpy as np

        pays = np.setdiff1d(transfers.payer, transfers.payee)
        return {transfers.names[place] for place in pays.tolist()}
    named = [(t["payer"], t["payee"]) if isinstance(t, Mapping) else (t.payer, t.payee)
             for t in transfers]  # fmt: skip
    return {payer for payer, _ in named} - {payee for _, payee in named}


def _known(ids: Iterable[str], names: Collection[str]) -> None:
    for id in ids:
        if id not in names:
            raise UnknownName.among("account", id, names)


def _listed(origins: Iterable[str] | Mapping[str, Iterable[str]]) -> object:
    return sorted(origins) if isinstance(origins, set) else origins


def _at_end(found: Tracing, ids: set[str]) -> Money:
    money: Money = {}
    for id in sorted(ids & set(found.names)):
        for origin, fen in found.held(id).items():
            money[origin] = money.get(origin, 0) + fen
    return money
