"""Tracing: of each transfer, whose money it was. `trace_case` for a case, `trace_funds` for any.

`trace_back` asks the other way: where the money that came into an account, or lies in it, is from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from simlib.case.columns import Columns
from simlib.chain.account_summary import accounts_of, paid, receipts
from simlib.chain.ledger import (
    OVERDRAFTS,
    Ledger,
    Listed,
    Origins,
    TransferData,
    as_origins,
    by_holder,
    ledger,
)
from simlib.chain.lot import Lot
from simlib.chain.scalar import Followed, Walk
from simlib.chain.tracing_result import METHODS, Money, Tracing
from simlib.errors import UnknownName

if TYPE_CHECKING:
    from simlib.case.model import Case, Moved
    from simlib.case.tables import Account, Transfer
    from simlib.chain.array_accounts import Plan

# the transfers' and the accounts' identity, the victims, the method, the way with overdrafts,
# whether a holder's accounts are one
Key: TypeAlias = tuple[int, int, tuple[str, ...], str, str, bool]
MANY = 5_000  # transfers from which on arrays pay
MOST_CARRYING = 20_000  # transfers along which lots are followed
MOST_KEPT, MOST_ROWS = 16, 3_000_000  # tracings, and their transfers, kept for the same question
_kept: dict[Key, tuple[Tracing, Moved, tuple[Account, ...]]] = {}


def trace_funds(
    transfers: Listed,
    origins: Origins,
    method: str = "fifo",
    *,
    opening: Mapping[str, int] | None = None,
    overdraft: str = "outside",
) -> Tracing:
    """Follow the money of some accounts through transfers.

    Every account holds money of one or several colours. What leaves an account of an origin has
    that origin's colour, without limit; what comes back to it stops there. Transfers are followed
    by instant, at the same instant as they are listed; one without an instant right after the one
    listed before it. A fee leaves right after its transfer. Paying oneself, or nothing, moves
    nothing.

    Parameters
    ----------
    transfers
        records, or mappings with payer, payee, amount_fen and if need be id, fee_fen, at; or
        `Columns`
    origins
        an account, several, or name → accounts
    method
        `fifo`: what came first leaves first. `lifo`: what came last. `lowest_balance`: other money
        first. `pro_rata`: all in proportion, largest remainder. `timestamp`: a payment (with its
        fee) equal to what came right before is that money, else pro rata. `poison`: all that
        leaves counts as an origin's while money of his is there; amounts then say how far it
        reaches, and add up to more than was paid
    opening
        account → other money in it before [fen]
    overdraft
        where an account pays more than it holds: `outside`, other money came in unlisted;
        `refuse`, an error

    Raises
    ------
    TraceError
        for an overdraft refused, an amount below 0, or an account of two origins
    UnknownName
        for another method or way with overdrafts, or an origin no transfer names

    Examples
    --------
    >>> paid = [("V", "A", 700), ("W", "A", 300), ("A", "B", 500)]
    >>> rows = [{"payer": p, "payee": q, "amount_fen": n} for p, q, n in paid]
    >>> trace_funds(rows, ["V", "W"]).of("3"), trace_funds(rows, ["V", "W"], "pro_rata").of("3")
    ({'V': 500}, {'V': 350, 'W': 150})
    """
    _known(method, overdraft)
    book = ledger(transfers, as_origins(origins), opening or {}, strict=True)
    return _trace(book, method, overdraft, ())


def trace_case(
    case: Case, method: str = "timestamp", *, overdraft: str = "outside", by_holder: bool = False
) -> Tracing:
    """Follow every victim's money through a case's transfers: see `trace_funds`.

    An account's `opening_fen` is other money, and so is what its `inflow_fen` exceeds the
    transfers listed by: it counts as there from the start (an assumption). `by_holder`, all
    accounts of a party are one, under the party's id. Asking again for the same transfers and
    accounts costs nothing.
    """
    _known(method, overdraft)
    victims = tuple(party.id for party in case.parties if party.role == "victim")
    key = (id(case.transfers), id(case.accounts), victims, method, overdraft, by_holder)
    kept = _kept.get(key)
    if kept is None:
        _make_room(len(case.transfers))
        tracing = _case(case, victims, method, overdraft, by_holder)
        # holding on to both keeps their ids theirs
        kept = _kept[key] = (tracing, case.transfers, case.accounts)
    return kept[0]


def _make_room(more: int) -> None:
    """Forget the oldest tracings where too many, or too long ones, are kept."""
    while _kept and (
        len(_kept) >= MOST_KEPT or more + sum(len(k[1]) for k in list(_kept.values())) > MOST_ROWS
    ):
        _kept.pop(next(iter(_kept)), None)


def lots(case: Case, method: str = "timestamp") -> tuple[Lot, ...]:
    """Cut the claimant's payments into lots by whose accounts the money reached: see `cut`.

    All accounts of a holder are one, and his id stands for an account of his. What comes back to
    her is hers again and stops. Nothing if the file lists no transfer of hers. In a file of `MANY`
    transfers, money that came into more than `MOST_CARRYING` of them is cut by amounts alone.

    Raises
    ------
    UnknownName
        for another method, and for `poison`, under which one fen is everywhere
    """
    if method == "poison":
        raise UnknownName.among("method", method, [m for m in METHODS if m != method])
    if paid(case, accounts_of(case, case.claimant)) is None:
        return ()
    return trace_case(case, method, by_holder=not _thick(case, method)).lots(case.claimant)


def _thick(case: Case, method: str) -> bool:
    """Tell whether her money is mixed into so many transfers that only amounts are followed."""
    if len(case.transfers) < MANY:
        return False
    return len(trace_case(case, method).carrying([case.claimant])) > MOST_CARRYING


def _case(
    case: Case, victims: tuple[str, ...], method: str, overdraft: str, merged: bool
) -> Tracing:
    opening, more = _opening(case)
    book = ledger(case.transfers, {id: sorted(accounts_of(case, id)) for id in victims}, opening)
    holders = {account.id: account.holder for account in case.accounts}
    if merged:
        book, holders = by_holder(book, holders), {}
    return _trace(book, method, overdraft, more, case.id, holders)


def _opening(case: Case) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return what was in each account before the first transfer, and what was assumed for it."""
    stated = {a.id: a.inflow_fen for a in case.accounts if a.inflow_fen}
    listed = receipts(case, stated) if stated else {}
    more = {id: max(0, fen - listed[id]) for id, fen in stated.items()}
    opening = {a.id: a.opening_fen + more.get(a.id, 0) for a in case.accounts}
    return opening, ("inflow-before",) if any(more.values()) else ()


def _trace(
    book: Ledger,
    method: str,
    overdraft: str,
    assumed: tuple[str, ...],
    case: str | None = None,
    holders: Mapping[str, str] | None = None,
) -> Tracing:
    def walk() -> Walk:
        return Walk(book, method, overdraft)

    ways: Followed = _planned(book, method, overdraft) or walk().run()
    keys = _assumed(book, ways, method, assumed)
    return Tracing(method, keys, case, holders or {}, book, ways, walk)


def _planned(book: Ledger, method: str, overdraft: str) -> Plan | None:
    """Return many transfers made ready on arrays; None for few, or where arrays do not help."""
    if len(book) < MANY:
        return None
    from simlib.chain.array_methods import plan  # numpy is for large files

    planned = plan(book, method)
    return None if planned and planned.lacking and overdraft == "refuse" else planned


def _assumed(book: Ledger, ways: Followed, method: str, more: tuple[str, ...]) -> tuple[str, ...]:
    keys = [*more]
    if ways.lacking:
        keys.append("unlisted")
    if ways.stops:
        keys.append("origin-holds")
    if book.tied:
        keys.append("file-order")
    if method in ("timestamp", "poison", "lifo"):
        keys.append(method)
    return tuple(keys)


def _known(method: str, overdraft: str) -> None:
    if method not in METHODS:
        raise UnknownName.among("method", method, METHODS)
    if overdraft not in OVERDRAFTS:
        raise UnknownName.among("overdraft", overdraft, OVERDRAFTS)


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
        _named(ids, [*(a.id for a in what.accounts), *(p.id for p in what.parties)])
        ids = {id for name in ids for id in accounts_of(what, name)}
    else:
        if origins is None:
            origins = sources(what) - ids
        tracing = trace_funds(what, _listed(origins), method, opening=opening, overdraft=overdraft)
        _named(ids, tracing.names)
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


def _named(ids: Iterable[str], names: Collection[str]) -> None:
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
