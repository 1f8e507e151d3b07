"""An origin's money cut into lots: which fen of each of his payments reached whose accounts.

A tracing says how much of a transfer was his; here that is told apart by payment and by who has had
it, along the transfers that carried it and no others. Under `fifo` and `lifo` each fen has its
place, so every part that goes on is a lot of its own. Under the other methods what is there of one
payment and has reached the same holders is one lot, and a part of his money is taken from all of
them in proportion: largest remainder, ties to the lot that came to be first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from itertools import groupby

from simlib.chain.ledger import Ledger
from simlib.chain.scalar import Followed, Mixture, Pieces, Purse, Queue, Stack
from simlib.money import Fen

PLACED: dict[str, type[Purse]] = {"fifo": Queue, "lifo": Stack}  # each fen has its place
AMOUNTS = ("timestamp", "lowest_balance")  # these say how much came to whom, not which fen
Holders = frozenset[str]


@dataclass(frozen=True, slots=True)
class Lot:
    """Money of one payment that reached the same holders.

    Attributes
    ----------
    payment
        place of the payment in the transfers of the file, from 0
    fen
        how much it is [fen]
    holders
        ids of the parties whose accounts it has reached, wherever it stopped; not the payer's own
    """

    payment: int
    fen: Fen
    holders: Holders


def cut(book: Ledger, ways: Followed, method: str, origin: int) -> tuple[Lot, ...]:
    """Cut all that an origin paid to others, fees apart, into lots.

    Payments stand in the order traced, inside one the lots in the order in which they left the
    account it came to; what stayed there is last. `AMOUNTS` are laid into each other, the smaller
    inside the larger, what reached most holders first (an assumption).
    """
    web = _Web(book, ways, method, origin)
    for transfer, fen, fee in ways.touching(origin):
        web.follow(transfer, fen, fee)
    return tuple(
        Lot(payment, sum(fen for _, fen in parts), holders)
        for payment, root in web.payments.items()
        for holders, parts in groupby(_parts(root, method), lambda part: part[0])
    )


@dataclass(slots=True, eq=False)
class _Strand:
    """Money of one payment on its way; what goes on from it is a branch of it."""

    payment: int
    holders: Holders
    fen: Fen = 0
    branches: list[_Strand] = field(default_factory=list)


class _Web:
    """An origin's money on its way; in the purses a strand stands under its number."""

    def __init__(self, book: Ledger, ways: Followed, method: str, origin: int) -> None:
        self.book, self.origin = book, origin
        self.placed, self.kind = method in PLACED, PLACED.get(method, Mixture)
        self.twins = ways.twins if method == "timestamp" else {}
        self.stamps: dict[int, Pieces] = {t: [] for t in self.twins.values()}
        self.purses: dict[int, Purse] = {}
        self.payments: dict[int, _Strand] = {}
        self.strands: list[_Strand] = []
        self.known: dict[tuple[int, Holders], int] = {}

    def follow(self, transfer: int, fen: Fen, fee: Fen) -> None:
        """Move what of a transfer and of its fee was the origin's."""
        payer, payee = int(self.book.payer[transfer]), int(self.book.payee[transfer])
        stops, returns = payee in self.book.source, self._own(payee)
        if not self._own(payer):
            pieces, charged = self._taken(transfer, self.purses[payer], fen, fee)
            self._moved(charged, frozenset())
        elif fen and not returns:
            pieces = [(self._begun(transfer, fen), fen)]
        else:
            return
        pieces = self._moved(pieces, frozenset() if returns else {self.book.names[payee]})
        if transfer in self.stamps:
            self.stamps[transfer] = pieces
        if not stops:
            self.purses.setdefault(payee, self.kind(-1)).put(pieces, fen)

    def _own(self, account: int) -> bool:
        return self.book.source.get(account) == self.origin

    def _begun(self, transfer: int, fen: Fen) -> int:
        self.payments[transfer] = _Strand(transfer, frozenset(), fen)
        self.strands.append(self.payments[transfer])
        return len(self.strands) - 1

    def _taken(self, transfer: int, purse: Purse, fen: Fen, fee: Fen) -> tuple[Pieces, Pieces]:
        """Take it from what is there; if it is by its stamp what came right before, from that."""
        stamped = self.stamps.get(self.twins.get(transfer, -1))
        if not stamped or not isinstance(purse, Mixture):
            return purse.pay(fen, fee)
        came = Mixture(-1)
        came.put(stamped, fen + fee)
        purse.drop(stamped)
        return came.pay(fen, fee)

    def _moved(self, pieces: Pieces, reached: Set[str]) -> Pieces:
        """Branch off what goes on, with those whose accounts it has reached by that."""
        return [(self._branch(lot, fen, reached), fen) for lot, fen in pieces]

    def _branch(self, number: int, fen: Fen, reached: Set[str]) -> int:
        strand = self.strands[number]
        holders = strand.holders | reached
        if not self.placed and holders == strand.holders:
            return number
        key = strand.payment, holders
        other = len(self.strands) if self.placed else self.known.setdefault(key, len(self.strands))
        if other == len(self.strands):
            self.strands.append(_Strand(strand.payment, holders))
            strand.branches.append(self.strands[other])
        strand.fen -= fen
        self.strands[other].fen += fen
        return other


def _parts(payment: _Strand, method: str) -> Iterator[tuple[Holders, Fen]]:
    parts = [(strand.holders, strand.fen) for strand in _in_order(payment) if strand.fen]
    return _nested(parts) if method in AMOUNTS else iter(parts)


def _in_order(root: _Strand) -> list[_Strand]:
    """Return a payment's strands, what went on before what stayed."""
    found, rest = [], [root]
    while rest:
        found.append(rest.pop())
        rest += found[-1].branches
    return found[::-1]


def _nested(parts: Iterable[tuple[Holders, Fen]]) -> Iterator[tuple[Holders, Fen]]:
    """Cut a payment at the amounts that came to each holder, the smaller inside the larger."""
    came: dict[str, Fen] = {}
    whole = 0
    for holders, fen in parts:
        whole += fen
        for holder in holders:
            came[holder] = came.get(holder, 0) + fen
    done = 0
    for upto in sorted({*came.values(), whole}):
        yield frozenset(holder for holder, fen in came.items() if fen >= upto), upto - done
        done = upto
