"""Tracing transfer by transfer in whole numbers of any size: for small cases, and to check.

What lies in an account is a purse, one class for each tracing method. Money is a list of pieces
`(colour, fen)`, the oldest first; a colour is the number of an origin, or one more for other money.
`Walk` follows transfer by transfer, an `array_accounts.Plan` all of them on arrays: two algorithms,
which a test holds equal to the fen. `Followed` is all that a `Tracing` asks of either.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol, TypeAlias

from simlib.chain.ledger import Ledger
from simlib.errors import TraceError
from simlib.money import Fen, split_units

Colours: TypeAlias = dict[int, Fen]  # colour → money [fen]
Piece: TypeAlias = tuple[int, Fen]
Pieces: TypeAlias = list[Piece]


class Followed(Protocol):
    """How the money of each origin went."""

    @property
    def unlisted(self) -> Mapping[int, Fen]:
        """Account → other money it must have received besides the transfers listed [fen]."""

    @property
    def paid(self) -> Sequence[Fen]:
        """What each origin paid out to others, fees included [fen]."""

    @property
    def lacking(self) -> bool:
        """Whether any account paid more than lay in it."""

    @property
    def stops(self) -> bool:
        """Whether money came to an account of an origin, where it stops."""

    def of(self, transfer: int) -> Colours:
        """Return whose money a transfer was."""

    def fee_of(self, transfer: int) -> Colours:
        """Return whose money the fee for a transfer was."""

    def came(self, accounts: set[int], colour: int) -> Fen:
        """Return how much of a colour came into these accounts from others [fen]."""

    def arrived(self, origin: int) -> dict[int, Fen]:
        """Return account → an origin's money that came into it from other accounts [fen]."""

    def carrying(self, origins: Sequence[int]) -> list[int]:
        """Return the transfers that carried money of these origins, in the order traced."""

    def touching(self, origin: int) -> Iterable[tuple[int, Fen, Fen]]:
        """Yield, in the order traced, what of a transfer and of its fee was an origin's [fen]."""

    @property
    def twins(self) -> Mapping[int, int]:
        """Transfer → the one right before it in its payer's account that equals it with its fee."""

    def balance(self, account: int) -> Colours:
        """Return what lies in an account at the end; in an origin's, what came to it."""

    def ends(self, origin: int) -> dict[int, Fen]:
        """Return account → what lies there of an origin's money that he paid out [fen]."""

    def fees_paid(self, origin: int) -> Fen:
        """Return what of an origin's money went to fees [fen]."""


def joined(pieces: Iterable[Piece]) -> Colours:
    """Add up the pieces of each colour."""
    colours: Colours = {}
    for colour, fen in pieces:
        colours[colour] = colours.get(colour, 0) + fen
    return colours


class Purse(ABC):
    """What lies in one account; `total` is all of it [fen]."""

    def __init__(self, other: int) -> None:
        self.total: Fen = 0
        self.other = other

    @abstractmethod
    def put(self, pieces: Pieces, fen: Fen) -> None:
        """Receive money."""

    @abstractmethod
    def take(self, fen: Fen) -> Pieces:
        """Pay money that is there."""

    def pay(self, fen: Fen, fee: Fen) -> tuple[Pieces, Pieces]:
        """Pay an amount and then the fee for it, as if that were a payment of its own."""
        return self.take(fen), self.take(fee)

    @abstractmethod
    def balance(self) -> Colours:
        """Return what is there, colour by colour."""


class Queue(Purse):
    """First in, first out: what came first goes first; pieces keep their order."""

    def __init__(self, other: int) -> None:
        super().__init__(other)
        self.pieces: deque[Piece] = deque()

    def put(self, pieces: Pieces, fen: Fen) -> None:
        """Receive money."""
        self.total += fen
        for piece in pieces:
            if self.pieces and self.pieces[-1][0] == piece[0]:
                piece = (piece[0], self.pieces.pop()[1] + piece[1])
            self.pieces.append(piece)

    def take(self, fen: Fen) -> Pieces:
        """Pay money that is there."""
        self.total -= fen
        taken: Pieces = []
        while fen:
            colour, lies = self.pieces.popleft()
            taken.append((colour, min(lies, fen)))
            if lies > fen:
                self.pieces.appendleft((colour, lies - fen))
            fen -= taken[-1][1]
        return taken

    def balance(self) -> Colours:
        """Return what is there, colour by colour."""
        return joined(self.pieces)


class Stack(Queue):
    """Last in, first out: the newest go; those that go keep their order."""

    def take(self, fen: Fen) -> Pieces:
        """Pay money that is there."""
        self.total -= fen
        taken: Pieces = []
        while fen:
            colour, lies = self.pieces.pop()
            taken.append((colour, min(lies, fen)))
            if lies > fen:
                self.pieces.append((colour, lies - fen))
            fen -= taken[-1][1]
        return taken[::-1]


class Mixture(Purse):
    """Pro rata: every payment is made of all colours, in proportion to what is there."""

    def __init__(self, other: int) -> None:
        super().__init__(other)
        self.parts: Colours = {}

    def put(self, pieces: Pieces, fen: Fen) -> None:
        """Receive money."""
        self.total += fen
        for colour, part in pieces:
            self.parts[colour] = self.parts.get(colour, 0) + part

    def take(self, fen: Fen) -> Pieces:
        """Pay money that is there: largest remainder, ties to origins in order, other last."""
        if fen == 0:
            return []
        if fen == self.total:
            taken, self.parts, self.total = sorted(self.parts.items()), {}, 0
            return taken
        return self._draw(sorted(self.parts), fen)

    def _draw(self, colours: list[int], fen: Fen) -> Pieces:
        """Take money of some of the colours, pro rata."""
        units = [self.parts[colour] for colour in colours]
        split = split_units(fen, units) if len(units) > 1 else [fen]
        taken = [piece for piece in zip(colours, split, strict=True) if piece[1]]
        self.drop(taken)
        return taken

    def drop(self, pieces: Pieces) -> None:
        """Take these very pieces."""
        for colour, part in pieces:
            self.total -= part
            self.parts[colour] -= part
            if not self.parts[colour]:
                del self.parts[colour]

    def balance(self) -> Colours:
        """Return what is there, colour by colour."""
        return dict(sorted(self.parts.items()))


class OtherFirst(Mixture):
    """Lowest balance: other money goes first, then that of the origins, pro rata."""

    def take(self, fen: Fen) -> Pieces:
        """Pay money that is there."""
        first = min(fen, self.parts.get(self.other, 0))
        others = self._draw([self.other], first) if first else []
        return super().take(fen - first) + others


class Stamped(Mixture):
    """By time stamp: a payment equal to what came right before is that money; else pro rata."""

    def __init__(self, other: int) -> None:
        super().__init__(other)
        self.last: tuple[Pieces, int] = ([], 0)  # what came last, if nothing has left since

    def put(self, pieces: Pieces, fen: Fen) -> None:
        """Receive money."""
        super().put(pieces, fen)
        self.last = (pieces, fen)

    def pay(self, fen: Fen, fee: Fen) -> tuple[Pieces, Pieces]:
        """Pay an amount and then the fee for it."""
        if not fen + fee:
            return [], []
        (pieces, came), self.last = self.last, ([], 0)
        if fen + fee != came:
            return super().pay(fen, fee)
        self.drop(pieces)
        apart = Mixture(self.other)
        apart.put(pieces, came)
        return apart.pay(fen, fee)


class Poisoned(Purse):
    """Poison: as long as an origin's money is in an account, all that leaves it counts as his."""

    def __init__(self, other: int) -> None:
        super().__init__(other)
        self.colours: set[int] = set()

    def put(self, pieces: Pieces, fen: Fen) -> None:
        """Receive money."""
        self.total += fen
        self.colours |= {colour for colour, part in pieces if part and colour != self.other}

    def take(self, fen: Fen) -> Pieces:
        """Pay money that is there; the pieces of several origins are the same money."""
        self.total -= fen
        marks = sorted(self.colours) or [self.other]
        if not self.total:
            self.colours = set()
        return [(colour, fen) for colour in marks] if fen else []

    def balance(self) -> Colours:
        """Return what is there, colour by colour; what is of several origins counts for each."""
        marks = sorted(self.colours) or [self.other]
        return dict.fromkeys(marks, self.total) if self.total else {}


PURSES: dict[str, type[Purse]] = {
    "fifo": Queue,
    "lifo": Stack,
    "lowest_balance": OtherFirst,
    "pro_rata": Mixture,
    "poison": Poisoned,
    "timestamp": Stamped,
}


class Walk:
    """The transfers of a ledger, followed one after another.

    Attributes
    ----------
    moved, fees
        transfer → the pieces it, and its fee, consisted of; without an entry nothing moved
    purses
        place of an account → what lies in it
    stopped
        place of an origin's account → the pieces that came to it, where they stop
    paid
        what each origin paid out to others, fees included [fen]
    unlisted
        place of an account → other money it must have received besides [fen]
    """

    def __init__(self, book: Ledger, method: str, overdraft: str) -> None:
        self.book, self.refuse = book.at_plain_numbers(), overdraft == "refuse"
        self.other, self.kind = len(book.origins), PURSES[method]
        self.moved: dict[int, Pieces] = {}
        self.fees: dict[int, Pieces] = {}
        self.purses: dict[int, Purse] = {}
        self.stopped: dict[int, Pieces] = {}
        self.paid = [0] * self.other
        self.unlisted: dict[int, int] = {}
        for account, fen in book.opening.items():
            if fen and account not in book.source:
                self._purse(account).put([(self.other, fen)], fen)

    def run(self) -> Walk:
        """Follow all of them."""
        for _ in self.steps():
            pass
        return self

    def steps(self) -> Iterator[int]:
        """Follow them one by one; gives the place of each transfer when it has been made."""
        book, source = self.book, self.book.source
        for t in book.order:
            payer, payee = book.payer[t], book.payee[t]
            fen, fee = (book.amount[t] if payer != payee else 0), book.fee[t]
            if payer in source:
                pieces, cost = self._spent(source[payer], source.get(payee), fen, fee)
            else:
                pieces, cost = self._paid(t, payer, fen, fee)
            if fen:
                self.moved[t] = pieces
                self._arrive(payee, pieces, fen)
            if fee:
                self.fees[t] = cost
            yield t

    def _spent(self, origin: int, to: int | None, fen: Fen, fee: Fen) -> tuple[Pieces, Pieces]:
        """Return money of an origin's own: there is always enough."""
        self.paid[origin] += fee + (0 if to == origin else fen)
        return [(origin, fen)], [(origin, fee)]

    def _paid(self, t: int, payer: int, fen: Fen, fee: Fen) -> tuple[Pieces, Pieces]:
        purse = self._purse(payer)
        if purse.total >= fen + fee:
            return purse.pay(fen, fee)
        self._top_up(t, payer, fen)
        pieces = purse.take(fen)  # not `pay`: amount and fee together are no deposit's
        self._top_up(t, payer, fee)
        return pieces, purse.take(fee)

    def _top_up(self, t: int, payer: int, fen: Fen) -> None:
        """Add money that must have come in unlisted where more leaves than is there."""
        purse = self.purses[payer]
        missing = fen - purse.total
        if missing <= 0:
            return
        if self.refuse:
            account, transfer = self.book.names[payer], self.book.ids[t]
            raise TraceError(
                "trace-overdraft", account=account, transfer=transfer, missing_fen=missing
            )
        self.unlisted[payer] = self.unlisted.get(payer, 0) + missing
        purse.put([(self.other, missing)], missing)

    def _arrive(self, payee: int, pieces: Pieces, fen: Fen) -> None:
        if payee not in self.book.source:
            self._purse(payee).put(pieces, fen)
            return
        self.stopped.setdefault(payee, []).extend(pieces)

    def _purse(self, account: int) -> Purse:
        if account not in self.purses:
            self.purses[account] = self.kind(self.other)
        return self.purses[account]

    # The questions of `Followed`, which says what each gives.

    @property
    def lacking(self) -> bool:
        """Whether any account paid more than lay in it."""
        return bool(self.unlisted)

    @property
    def stops(self) -> bool:
        """Whether money came to an account of an origin, where it stops."""
        return bool(self.stopped)

    def of(self, transfer: int) -> Colours:
        """Return whose money a transfer was."""
        return joined(self.moved.get(transfer, ()))

    def fee_of(self, transfer: int) -> Colours:
        """Return whose money the fee for a transfer was."""
        return joined(self.fees.get(transfer, ()))

    def came(self, accounts: set[int], colour: int) -> Fen:
        """Return how much of a colour came into these accounts from others [fen]."""
        return sum(
            colours.get(colour, 0)
            for (payer, payee), colours in self._between.items()
            if payee in accounts and payer not in accounts
        )

    @cached_property
    def _between(self) -> dict[tuple[int, int], Colours]:
        """Payer and payee → colour → money, of a walk that has been run [fen]."""
        between: dict[tuple[int, int], Colours] = {}
        for t, pieces in self.moved.items():
            colours = between.setdefault((self.book.payer[t], self.book.payee[t]), {})
            for colour, fen in pieces:
                colours[colour] = colours.get(colour, 0) + fen
        return between

    def arrived(self, origin: int) -> dict[int, Fen]:
        """Return account → an origin's money that came into it from other accounts [fen]."""
        came: dict[int, Fen] = {}
        for t, pieces in self.moved.items():
            fen = joined(pieces).get(origin, 0)
            if fen:
                payee = self.book.payee[t]
                came[payee] = came.get(payee, 0) + fen
        return came

    def carrying(self, origins: Sequence[int]) -> list[int]:
        """Return the transfers that carried money of these origins, in the order traced."""
        whose = set(origins)
        return [t for t, pieces in self.moved.items() if any(c in whose for c, _ in pieces)]

    def touching(self, origin: int) -> Iterator[tuple[int, Fen, Fen]]:
        """Yield, in the order traced, what of a transfer and of its fee was an origin's [fen]."""
        for t in self.book.order:
            if t in self.moved or t in self.fees:
                fen, fee = (
                    sum(part for colour, part in pieces.get(t, ()) if colour == origin)
                    for pieces in (self.moved, self.fees)
                )
                if fen or fee:
                    yield t, fen, fee

    @cached_property
    def twins(self) -> dict[int, int]:
        """Transfer → the one right before it in its payer's account that equals it with its fee."""
        book, twins = self.book, {}
        last: dict[int, int] = {}  # account → what came last, if nothing has left since
        for t in book.order:
            payer, payee = book.payer[t], book.payee[t]
            fen = book.amount[t] if payer != payee else 0
            if fen + book.fee[t]:
                came = last.pop(payer, None)
                if came is not None and book.amount[came] == fen + book.fee[t]:
                    twins[t] = came
            if fen:
                last[payee] = t
        return twins

    def balance(self, account: int) -> Colours:
        """Return what lies in an account at the end; in an origin's, what came to it."""
        if account in self.stopped:
            return dict(sorted(joined(self.stopped[account]).items()))
        return self.purses[account].balance() if account in self.purses else {}

    def ends(self, origin: int) -> dict[int, Fen]:
        """Return account → what lies there of an origin's money that he paid out [fen]."""
        ends: dict[int, Fen] = {}
        for account in sorted({*self.purses, *self.stopped}):
            fen = self.balance(account).get(origin, 0)
            if fen and self.book.source.get(account) == origin:
                fen = self._returned(account, origin)
            if fen:
                ends[account] = fen
        return ends

    def _returned(self, account: int, origin: int) -> Fen:
        """Return what came back: an origin's money between his own accounts never left him."""
        mine = {place for place, number in self.book.source.items() if number == origin}
        payer, payee = self.book.payer, self.book.payee
        came = [self.of(t) for t in self.moved if payee[t] == account and payer[t] not in mine]
        return sum(pieces.get(origin, 0) for pieces in came)

    def fees_paid(self, origin: int) -> Fen:
        """Return what of an origin's money went to fees [fen]."""
        return sum(self.fee_of(t).get(origin, 0) for t in self.fees)
