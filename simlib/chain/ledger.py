"""What is traced: who paid whom how much in which order, what lay there before, and whose it was.

Accounts, transfers and origins are numbers here; `Ledger.names` and `.origins` say whose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

from simlib.chain.order import order_of
from simlib.errors import TraceError, UnknownName

if TYPE_CHECKING:
    from simlib.case.columns import Columns
    from simlib.case.tables import Transfer

OTHER = None  # whose money it is where it is no origin's
OVERDRAFTS = ("outside", "refuse")
MOST_LAYERS = 200  # beyond, a look at every transfer for each layer takes too long


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Transfers with their accounts and origins as numbers.

    Attributes
    ----------
    names
        every account or party, once
    ids
        the transfers' ids, in the order of the file
    payer, payee, amount, fee
        one number a transfer: places in `names`, and money [fen]; lists or arrays
    order
        places of the transfers in the order in which they are traced
    tied
        whether the order of the file settled which of several came first
    opening
        place of an account → other money it held before [fen]
    origins
        names of those whose money is followed
    source
        place of an account → number of the origin it belongs to
    """

    names: Sequence[str]
    ids: Sequence[str]
    payer: Sequence[int]
    payee: Sequence[int]
    amount: Sequence[int]
    fee: Sequence[int]
    order: Sequence[int]
    tied: bool
    opening: Mapping[int, int]
    origins: tuple[str, ...]
    source: Mapping[int, int]

    def __len__(self) -> int:
        return len(self.payer)

    def at_plain_numbers(self) -> Ledger:
        """The same with lists of Python's own integers, which never overflow."""
        if isinstance(self.payer, list):
            return self
        columns = ("payer", "payee", "amount", "fee")
        plain = {name: getattr(self, name).tolist() for name in columns}
        order = self.order if isinstance(self.order, range) else self.order.tolist()
        return replace(self, order=order, **plain)


def ledger(
    transfers: Sequence[Transfer] | Columns,
    origins: Mapping[str, Iterable[str]],
    opening: Mapping[str, int],
    strict: bool = False,
) -> Ledger:
    """Number what transfers, origins and opening balances name.

    Raises
    ------
    TraceError
        if an amount is negative or an account belongs to two origins
    UnknownName
        if `strict` and no transfer names any account of an origin
    """
    names: dict[str, int] = {}
    columns = _columns(transfers, names)
    if strict:
        _all_met(origins, names)
    held = {_place(names, name): _lay(name, fen) for name, fen in opening.items()}
    source: dict[int, int] = {}
    for number, (origin, ids) in enumerate(origins.items()):
        for name in ids:
            if source.setdefault(_place(names, name), number) != number:
                raise TraceError("trace-origin-twice", account=name, origin=origin)
    return Ledger(tuple(names), *columns, held, tuple(origins), source)


def _all_met(origins: Mapping[str, Iterable[str]], names: Mapping[str, int]) -> None:
    for ids in origins.values():
        if ids and names.keys().isdisjoint(ids):
            raise UnknownName.among("account", next(iter(ids)), names)


def as_origins(origins: str | Iterable[str] | Mapping[str, Iterable[str]]) -> dict:
    """Name → its accounts; a name alone stands for the account of that name."""
    if isinstance(origins, Mapping):
        return {n: (ids,) if isinstance(ids, str) else tuple(ids) for n, ids in origins.items()}
    return {name: (name,) for name in ([origins] if isinstance(origins, str) else origins)}


def layers_of(book: Ledger) -> dict[int, int]:
    """Place of an account → how many transfers at least lie between the origins and it."""
    if not isinstance(book.payer, list):
        found = _layers_of_many(book)
        if found is not None:
            return found
    book, nexts = book.at_plain_numbers(), {}
    for payer, payee in zip(book.payer, book.payee, strict=True):
        nexts.setdefault(payer, set()).add(payee)
    found = dict.fromkeys(book.source, 0)
    depth, fresh = 0, set(found)
    while fresh:
        depth += 1
        fresh = {payee for payer in fresh for payee in nexts.get(payer, ())} - found.keys()
        found |= dict.fromkeys(fresh, depth)
    return found


def _layers_of_many(book: Ledger) -> dict[int, int] | None:
    """The same, all transfers at once for each layer; None where there are too many layers."""
    import numpy as np

    layer = np.full(len(book.names), -1, np.int64)
    layer[list(book.source)] = 0
    for depth in range(1, MOST_LAYERS):
        reached = book.payee[layer[book.payer] == depth - 1]
        fresh = reached[layer[reached] < 0]
        if not len(fresh):
            far = np.flatnonzero(layer >= 0)
            return dict(zip(far.tolist(), layer[far].tolist(), strict=True))
        layer[fresh] = depth
    return None


def _columns(transfers: Sequence[Transfer] | Columns, names: dict[str, int]) -> tuple:
    transfers = getattr(transfers, "columns", transfers)  # those of a case's file
    if hasattr(transfers, "payer"):
        names |= zip(transfers.names, range(len(transfers.names)), strict=True)
        t = transfers
        return t.ids, t.payer, t.payee, t.amount_fen, t.fee_fen, *order_of(t)
    rows = [_row(number, transfer) for number, transfer in enumerate(transfers, 1)]
    payer, payee = [], []
    for row in rows:
        payer.append(_place(names, row.payer))
        payee.append(_place(names, row.payee))
    amount, fee = [row.amount_fen for row in rows], [row.fee_fen for row in rows]
    _no_negatives(rows)
    return [row.id for row in rows], payer, payee, amount, fee, *order_of(rows)


def _row(number: int, transfer: Transfer | Mapping) -> Transfer | SimpleNamespace:
    """A transfer as a record; a mapping may leave out what a case file may, and the id."""
    if not isinstance(transfer, Mapping):
        return transfer
    return SimpleNamespace(**{"id": str(number), "fee_fen": 0, "at": None} | dict(transfer))


def _no_negatives(rows: Sequence) -> None:
    for row in rows:
        if row.amount_fen < 0 or row.fee_fen < 0:
            raise TraceError("trace-negative", transfer=row.id)


def _lay(name: str, fen: int) -> int:
    if fen < 0:
        raise TraceError("trace-opening", account=name)
    return fen


def _place(names: dict[str, int], name: str) -> int:
    return names.setdefault(name, len(names))
