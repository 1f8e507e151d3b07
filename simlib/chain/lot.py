"""An origin's money cut into lots: which fen of each of his payments reached whose accounts.

A tracing says how much of a transfer was his; here that is told apart by payment and by who has had
it, along the transfers that carried it and no others. Under `fifo` and `lifo` each fen has its
place. Under the other methods his part of what is paid out is taken in proportion from all that is
there, what is of one payment and has reached the same holders as one: largest remainder, ties to
what came to be first, and inside it first in, first out. A fee stops where it was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from simlib.chain.ledger import Ledger
from simlib.chain.scalar import Followed, Mixture, Pieces, Purse, Queue, Stack
from simlib.money import Fen, split_units

AMOUNTS = ("timestamp", "lowest_balance")  # these say how much came to whom, not which fen
MOST_MOVES = 500_000  # parts moved on; money mixed more thickly is told apart by amounts alone
Holders: TypeAlias = frozenset[str]
Part: TypeAlias = tuple[Holders, Fen]
Parts: TypeAlias = tuple[int, Iterable[Part]]  # a payment, its parts in order


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
    inside the larger, what reached most holders first (an assumption); so is all that would take
    more than `MOST_MOVES` to follow.
    """
    found = _followed(book, ways, method, origin)
    if found is not None:
        return _joined(found)
    arrived = ways.arrived(origin).items()
    came = {book.names[a]: fen for a, fen in arrived if book.source.get(a) != origin}
    return spread(payments(book, ways, origin), came)


def payments(book: Ledger, ways: Followed, origin: int) -> list[tuple[int, Fen, str]]:
    """Return what an origin paid to others, in the order traced: transfer, fen, account."""
    own = {account for account, number in book.source.items() if number == origin}
    ends = ((t, fen, int(book.payer[t]), int(book.payee[t])) for t, fen, _ in ways.touching(origin))
    paid = ((t, fen, payee) for t, fen, payer, payee in ends if payer in own and payee not in own)
    return [(t, fen, book.names[payee]) for t, fen, payee in paid if fen]


def spread(paid: Sequence[tuple[int, Fen, str]], came: Mapping[str, Fen]) -> tuple[Lot, ...]:
    """Cut payments (transfer, fen, holder) at what came to each holder.

    What came to him not straight from the origin is spread over the payments to others by size.
    """
    reached = [{holder: fen} for _, fen, holder in paid]
    for holder, fen in came.items():
        sizes = [0 if payee == holder else size for _, size, payee in paid]
        straight = sum(size for _, size, payee in paid if payee == holder)
        parts = split_units(max(0, min(fen - straight, sum(sizes))), sizes)
        for amounts, part in zip(reached, parts, strict=True):
            if part:
                amounts[holder] = part
    pairs = zip(paid, reached, strict=True)
    return _joined((t, _inside(amounts, fen)) for (t, fen, _), amounts in pairs)


def _joined(payments: Iterable[Parts]) -> tuple[Lot, ...]:
    return tuple(
        Lot(payment, sum(fen for _, fen in same), holders)
        for payment, parts in payments
        for holders, same in groupby(parts, lambda part: part[0])
    )


def _followed(book: Ledger, ways: Followed, method: str, origin: int) -> list[Parts] | None:
    """Return every payment with its parts; None where they are too many to be followed."""
    web = _Web(book, ways, method, origin)
    for transfer, fen, fee in ways.touching(origin):
        web.follow(transfer, fen, fee)
        if web.moves > MOST_MOVES:
            return None
    return [(payment, _parts(root, method)) for payment, root in web.payments.items()]


@dataclass(slots=True, eq=False)
class _Strand:
    """Money of one payment on its way; what goes on from it is a branch of it."""

    payment: int
    holders: Holders
    fen: Fen = 0
    branches: list[_Strand] = field(default_factory=list)


class _Alike(Mixture):
    """Pro rata by kind of strand; of one kind, what came first goes first."""

    def __init__(self, kind: Callable[[int], int]) -> None:
        super().__init__(-1)
        self.kind = kind
        self.queues: dict[int, Queue] = {}

    def put(self, pieces: Pieces, fen: Fen) -> None:
        """Receive money."""
        kinds = [self.kind(strand) for strand, _ in pieces]
        super().put([(kind, part) for kind, (_, part) in zip(kinds, pieces, strict=True)], fen)
        for kind, piece in zip(kinds, pieces, strict=True):
            self.queues.setdefault(kind, Queue(-1)).put([piece], piece[1])

    def take(self, fen: Fen) -> Pieces:
        """Pay money that is there."""
        drawn = super().take(fen)
        return [piece for kind, part in drawn for piece in self.queues[kind].take(part)]


class _Web:
    """An origin's money on its way; in the purses a strand stands under its number.

    Under `AMOUNTS` all strands of a kind are one.
    """

    def __init__(self, book: Ledger, ways: Followed, method: str, origin: int) -> None:
        self.book, self.origin, self.method = book, origin, method
        self.twins = ways.twins if method == "timestamp" else {}
        self.stamps: dict[int, Pieces] = {t: [] for t in self.twins.values()}
        self.purses: dict[int, Purse] = {}
        self.payments: dict[int, _Strand] = {}
        self.strands: list[_Strand] = []
        self.kinds: dict[tuple[int, Holders], int] = {}
        self.moves = 0

    def follow(self, transfer: int, fen: Fen, fee: Fen) -> None:
        """Move what of a transfer and of its fee was the origin's."""
        payer, payee = int(self.book.payer[transfer]), int(self.book.payee[transfer])
        stops, returns = payee in self.book.source, self._own(payee)
        if not self._own(payer):
            pieces = self._taken(transfer, self.purses[payer], fen, fee)
        elif fen and not returns:
            self.strands.append(_Strand(transfer, frozenset(), fen))
            self.payments[transfer] = self.strands[-1]
            pieces = [(len(self.strands) - 1, fen)]
        else:
            return
        self.moves += len(pieces)
        reached = frozenset() if returns else {self.book.names[payee]}
        pieces = [(self._branch(strand, part, reached), part) for strand, part in pieces]
        if transfer in self.stamps:
            self.stamps[transfer] = pieces
        if not stops:
            self.purses.setdefault(payee, self._purse()).put(pieces, fen)

    def _own(self, account: int) -> bool:
        return self.book.source.get(account) == self.origin

    def _purse(self) -> Purse:
        if self.method == "pro_rata":
            return _Alike(self._kind)
        return {"fifo": Queue, "lifo": Stack}.get(self.method, Mixture)(-1)

    def _taken(self, transfer: int, purse: Purse, fen: Fen, fee: Fen) -> Pieces:
        """Take it from what is there; if it is by its stamp what came right before, from that."""
        stamped = self.stamps.get(self.twins.get(transfer, -1))
        if not stamped or not isinstance(purse, Mixture):
            return purse.pay(fen, fee)[0]
        came = Mixture(-1)
        came.put(stamped, fen + fee)
        purse.drop(stamped)
        return came.take(fen)

    def _branch(self, number: int, fen: Fen, reached: Set[str]) -> int:
        """Return the strand of what goes on from one, with those it has reached by that."""
        strand = self.strands[number]
        kind = strand.payment, strand.holders | reached
        other = len(self.strands)
        if self.method in AMOUNTS:
            other = self.kinds.setdefault(kind, other)
        if other == len(self.strands):
            self.strands.append(_Strand(*kind))
            strand.branches.append(self.strands[other])
        strand.fen -= fen
        self.strands[other].fen += fen
        return other

    def _kind(self, number: int) -> int:
        strand = self.strands[number]
        return self.kinds.setdefault((strand.payment, strand.holders), len(self.kinds))


def _parts(payment: _Strand, method: str) -> Iterable[Part]:
    parts = [(strand.holders, strand.fen) for strand in _in_order(payment) if strand.fen]
    if method not in AMOUNTS:
        return parts
    came: dict[str, Fen] = {}
    for holders, fen in parts:
        for holder in holders:
            came[holder] = came.get(holder, 0) + fen
    return _inside(came, sum(fen for _, fen in parts))


def _in_order(root: _Strand) -> list[_Strand]:
    """Return a payment's strands, what went on before what stayed."""
    found, rest = [], [root]
    while rest:
        found.append(rest.pop())
        rest += found[-1].branches
    return found[::-1]


def _inside(came: Mapping[str, Fen], whole: Fen) -> Iterator[Part]:
    """Cut a payment at the amounts that came to each holder, the smaller inside the larger."""
    done = 0
    for upto in sorted({*came.values(), whole}):
        yield frozenset(holder for holder, fen in came.items() if fen >= upto), upto - done
        done = upto
