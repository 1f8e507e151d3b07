"""Tracing transfer by transfer in whole numbers of any size: for small cases, and to check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from simlib.chain.followed import Colours
from simlib.chain.ledger import Ledger
from simlib.chain.purse import PURSES, Pieces, Purse, joined
from simlib.errors import TraceError
from simlib.money import Fen


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

    # The questions of `followed.Followed`, which says what each gives.

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
