"""What is traced: who paid whom how much in which order, what lay there before, and whose it was.

Accounts, transfers and origins are numbers here; `Ledger.names` and `.origins` say whose. The order
is by instant, at the same instant as in the file. A transfer without an instant stands right after
the one before it in the file; those that open the file without one come first.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NotRequired, Protocol, TypeAlias, TypedDict

from simlib.case.columns import UNDATED, Columns, IntArray, columns_of
from simlib.errors import TraceError, UnknownName
from simlib.money import Fen

if TYPE_CHECKING:
    from simlib.case.tables import Transfer

Column: TypeAlias = "Sequence[int] | IntArray"
Listed: TypeAlias = "Sequence[Transfer | TransferData] | Columns"
Origins: TypeAlias = str | Iterable[str] | Mapping[str, Iterable[str]]  # accounts; name → accounts
OTHER = None  # whose money it is where it is no origin's
OVERDRAFTS = ("outside", "refuse")
MOST_LAYERS = 200  # beyond, a look at every transfer for each layer takes too long


class Dated(Protocol):
    """A transfer, as far as its instant goes."""

    @property
    def at(self) -> datetime.datetime | None: ...


def order_of(transfers: Sequence[Dated] | Columns) -> tuple[Sequence[int] | IntArray, bool]:
    """Return the transfers' places in the order traced, and whether the file settled it.

    It does where an instant is missing or stands more than once.
    """
    if isinstance(transfers, Columns):
        return _of_columns(transfers.at_us)
    instants: list[datetime.datetime] = []  # of those from the first dated one on
    for transfer in transfers:
        at = transfer.at
        if at is not None or instants:
            instants.append(instants[-1] if at is None else at)
    undated = len(transfers) - len(instants)  # these open the file: an instant once known stays
    dated = sorted(range(len(instants)), key=instants.__getitem__)
    order = [*range(undated), *(undated + place for place in dated)]
    return order, len(order) > 1 and (undated > 0 or len(set(instants)) < len(instants))


def _of_columns(at_us: IntArray) -> tuple[Sequence[int] | IntArray, bool]:
    import numpy as np

    dated = at_us != UNDATED
    opens = len(at_us) > 1 and not dated[0]
    if not dated.all():
        last = np.maximum.accumulate(np.where(dated, np.arange(len(at_us)), 0))
        at_us = at_us[last]
    steps = np.diff(at_us)
    least = steps.min(initial=1)
    if least >= 0:
        return range(len(at_us)), bool(opens or least == 0)
    order = np.argsort(at_us, kind="stable")
    return order, bool(opens or (np.diff(at_us[order]) == 0).any())


class TransferData(TypedDict):
    """A transfer as plain data; amounts in fen, the instant with its zone."""

    id: NotRequired[str]
    payer: str
    payee: str
    amount_fen: Fen
    fee_fen: NotRequired[Fen]
    at: NotRequired[datetime.datetime | None]


@dataclass(frozen=True, slots=True)
class Row:
    """`TransferData` as a record."""

    id: str
    payer: str
    payee: str
    amount_fen: Fen
    fee_fen: Fen
    at: datetime.datetime | None


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
        place of an account → other money in it before [fen]
    origins
        names of those whose money is followed
    source
        place of an account → number of the origin it belongs to
    """

    names: Sequence[str]
    ids: Sequence[str]
    payer: Column
    payee: Column
    amount: Column
    fee: Column
    order: Column
    tied: bool
    opening: Mapping[int, Fen]
    origins: tuple[str, ...]
    source: Mapping[int, int]

    def __len__(self) -> int:
        return len(self.payer)

    def at_plain_numbers(self) -> Ledger:
        """Return the same with lists of Python's own integers, which never overflow."""
        if isinstance(self.payer, list):
            return self
        return replace(
            self,
            payer=_plain(self.payer),
            payee=_plain(self.payee),
            amount=_plain(self.amount),
            fee=_plain(self.fee),
            order=_plain(self.order),
        )


def by_holder(book: Ledger, holders: Mapping[str, str]) -> Ledger:
    """Return the same with all accounts of one holder as one: what he pays himself moves nothing.

    `holders` is account → party; others stay for themselves.
    """
    names: dict[str, int] = {}
    place = [_place(names, holders.get(name, name)) for name in book.names]
    lies: dict[int, Fen] = {}
    for account, fen in book.opening.items():
        lies[place[account]] = lies.get(place[account], 0) + fen
    return replace(
        book,
        names=tuple(names),
        payer=_renumbered(book.payer, place),
        payee=_renumbered(book.payee, place),
        opening=lies,
        source={place[account]: origin for account, origin in book.source.items()},
    )


def _renumbered(column: Column, place: Sequence[int]) -> Column:
    if isinstance(column, Sequence):
        return [place[number] for number in column]
    import numpy as np

    return np.asarray(place)[column]


def _plain(column: Column) -> Sequence[int]:
    return column if isinstance(column, Sequence) else column.tolist()


def ledger(
    transfers: Listed,
    origins: Mapping[str, Collection[str]],
    opening: Mapping[str, Fen],
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
    lies = {_place(names, name): _lay(name, fen) for name, fen in opening.items()}
    source: dict[int, int] = {}
    for number, (origin, ids) in enumerate(origins.items()):
        for name in ids:
            if source.setdefault(_place(names, name), number) != number:
                raise TraceError("trace-origin-twice", account=name, origin=origin)
    return Ledger(tuple(names), *columns, lies, tuple(origins), source)


def _all_met(origins: Mapping[str, Collection[str]], names: Mapping[str, int]) -> None:
    for ids in origins.values():
        if ids and names.keys().isdisjoint(ids):
            raise UnknownName.among("account", next(iter(ids)), names)


def as_origins(origins: Origins) -> dict[str, tuple[str, ...]]:
    """Return name → its accounts; a name alone stands for the account of that name."""
    if isinstance(origins, Mapping):
        return {n: (ids,) if isinstance(ids, str) else tuple(ids) for n, ids in origins.items()}
    return {name: (name,) for name in ([origins] if isinstance(origins, str) else origins)}


def layers_of(book: Ledger) -> dict[int, int]:
    """Return account → how many transfers at least lie between the origins and it."""
    if not isinstance(book.payer, list):
        layers = _layers_of_many(book)
        if layers is not None:
            return layers
    book = book.at_plain_numbers()
    nexts: dict[int, set[int]] = {}
    for payer, payee in zip(book.payer, book.payee, strict=True):
        nexts.setdefault(payer, set()).add(payee)
    layers = dict.fromkeys(book.source, 0)
    depth, fresh = 0, set(layers)
    while fresh:
        depth += 1
        fresh = {payee for payer in fresh for payee in nexts.get(payer, ())} - layers.keys()
        layers |= dict.fromkeys(fresh, depth)
    return layers


def _layers_of_many(book: Ledger) -> dict[int, int] | None:
    """Return the same, all transfers of a layer at once; None where there are too many layers."""
    import numpy as np

    payer, payee = np.asarray(book.payer), np.asarray(book.payee)
    layer = np.full(len(book.names), -1, np.int64)
    layer[list(book.source)] = 0
    for depth in range(1, MOST_LAYERS):
        reached = payee[layer[payer] == depth - 1]
        fresh = reached[layer[reached] < 0]
        if not len(fresh):
            far = np.flatnonzero(layer >= 0)
            return dict(zip(far.tolist(), layer[far].tolist(), strict=True))
        layer[fresh] = depth
    return None


def _columns(
    transfers: Listed, names: dict[str, int]
) -> tuple[Sequence[str], Column, Column, Column, Column, Column, bool]:
    t = columns_of(transfers)
    if isinstance(t, Columns):
        names |= zip(t.names, range(len(t.names)), strict=True)
        return t.ids, t.payer, t.payee, t.amount_fen, t.fee_fen, *order_of(t)
    rows = [_row(number, transfer) for number, transfer in enumerate(t, 1)]
    payer: list[int] = []
    payee: list[int] = []
    for row in rows:
        payer.append(_place(names, row.payer))
        payee.append(_place(names, row.payee))
    amount, fee = [row.amount_fen for row in rows], [row.fee_fen for row in rows]
    _no_negatives(rows)
    return [row.id for row in rows], payer, payee, amount, fee, *order_of(rows)


def _row(number: int, transfer: Transfer | TransferData) -> Transfer | Row:
    """Return a transfer as a record; data may leave out what a case file may, and the id."""
    if not isinstance(transfer, Mapping):
        return transfer
    return Row(
        id=transfer.get("id", str(number)),
        payer=transfer["payer"],
        payee=transfer["payee"],
        amount_fen=transfer["amount_fen"],
        fee_fen=transfer.get("fee_fen", 0),
        at=transfer.get("at"),
    )


def _no_negatives(rows: Sequence[Transfer | Row]) -> None:
    for row in rows:
        if row.amount_fen < 0 or row.fee_fen < 0:
            raise TraceError("trace-negative", transfer=row.id)


def _lay(name: str, fen: Fen) -> Fen:
    if fen < 0:
        raise TraceError("trace-opening", account=name)
    return fen


def _place(names: dict[str, int], name: str) -> int:
    return names.setdefault(name, len(names))
