"""What plans on arrays have in common: an answer for each origin, and the questions to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simlib.case.columns import BoolArray, IntArray
from simlib.chain.followed import Colours
from simlib.chain.grouped import Grouped, TooLarge
from simlib.chain.ledger import Ledger
from simlib.chain.purse import joined
from simlib.chain.scalar import Walk
from simlib.money import Fen


@dataclass(frozen=True, eq=False)
class Answer:
    """Where one origin's money went: only what is not 0, places ascending, money in fen.

    Attributes
    ----------
    places, fen
        transfers of the file, and what of each was his
    fee_places, fee_fen
        the same of fees
    accounts, balance
        accounts, and what of his lies there at the end
    """

    places: IntArray
    fen: IntArray
    fee_places: IntArray
    fee_fen: IntArray
    accounts: IntArray
    balance: IntArray


class Plan:
    """Many transfers made ready once; then each origin is an answer by itself.

    A kind of plan says in `_follow` what of which transfer, fee and balance was an origin's.
    """

    method: str
    overlaps = False  # whether a fen may be of several origins at once

    def __init__(self, book: Ledger, grouped: Grouped) -> None:
        self.book, self.grouped = book, grouped
        self._answers: dict[int, Answer] = {}

    def answer(self, origin: int) -> Answer:
        """Return where an origin's money went; worked out once."""
        if origin not in self._answers:
            try:
                self._answers[origin] = self._follow(origin)
            except TooLarge:  # too many pieces, or hops: one by one, once for all origins
                self._answers = {o: _walked(self._walk, o) for o in range(self.grouped.origins)}
        return self._answers[origin]

    @cached_property
    def _walk(self) -> Walk:
        return Walk(self.book, self.method, "outside").run()

    def _follow(self, origin: int) -> Answer:
        raise NotImplementedError

    @cached_property
    def payer(self) -> IntArray:
        """Account each transfer of the file leaves."""
        return np.asarray(self.book.payer, np.intp)

    @cached_property
    def payee(self) -> IntArray:
        """Account each transfer of the file comes to."""
        return np.asarray(self.book.payee, np.intp)

    @cached_property
    def unlisted(self) -> dict[int, Fen]:
        """Account → what it must have received besides the transfers listed [fen]."""
        fen = self.grouped.unlisted[: self.grouped.accounts]
        return {int(account): int(fen[account]) for account in np.flatnonzero(fen)}

    @property
    def lacking(self) -> bool:
        """Whether any account paid more than lay in it."""
        return self.grouped.missing is not None

    @cached_property
    def stops(self) -> bool:
        """Whether money came to an account of an origin, where it stops."""
        return bool(self.grouped.left[list(self.book.source)].any())

    @cached_property
    def paid(self) -> list[Fen]:
        """What each origin paid out to others, fees included [fen]."""
        g = self.grouped
        paid = np.zeros(g.accounts + g.origins, np.int64)
        np.add.at(paid, g.out, np.where(g.own, 0, g.amount) + g.fee)
        return paid[g.accounts :].tolist()

    def of(self, transfer: int) -> Colours:
        """Return whose money a transfer was."""
        moves = self.book.payer[transfer] != self.book.payee[transfer]
        whole = int(self.book.amount[transfer]) if moves else 0
        return self._whose(transfer, "places", "fen", whole)

    def fee_of(self, transfer: int) -> Colours:
        """Return whose money the fee for a transfer was."""
        return self._whose(transfer, "fee_places", "fee_fen", int(self.book.fee[transfer]))

    def balance(self, account: int) -> Colours:
        """Return what lies in an account at the end; in an origin's, what came to it."""
        colours = self._whose(account, "accounts", "balance", int(self.grouped.left[account]))
        if self.overlaps and account in self.book.source:
            rest = self.came({account}, self.grouped.origins)
            colours |= {self.grouped.origins: rest} if rest else {}
        return colours

    def _whose(self, place: int, places: str, fen: str, whole: Fen) -> Colours:
        colours: Colours = {}
        for origin in range(self.grouped.origins):
            answer = self.answer(origin)
            known: IntArray = getattr(answer, places)
            at = int(np.searchsorted(known, place))
            if at < len(known) and known[at] == place:
                colours[origin] = int(getattr(answer, fen)[at])
        rest = 0 if self.overlaps and colours else whole - sum(colours.values())
        return colours | {self.grouped.origins: rest} if rest else colours

    def came(self, accounts: set[int], colour: int) -> Fen:
        """Return how much of a colour came into these accounts from others [fen]."""
        inside = np.zeros(self.grouped.accounts, bool)
        inside[list(accounts)] = True
        if colour < self.grouped.origins:
            answer = self.answer(colour)
            return int(answer.fen[self._enters(inside, answer.places)].sum())
        places = self.grouped.place
        fen = self.grouped.amount[self._enters(inside, places)]
        if self.overlaps:
            return int(fen.sum()) - self._touched(inside)
        return int(fen.sum()) - sum(self.came(accounts, o) for o in range(self.grouped.origins))

    def _touched(self, inside: BoolArray) -> Fen:
        """Return the part of what entered that is any origin's [fen]."""
        answers = [self.answer(origin) for origin in range(self.grouped.origins)]
        places = np.unique(np.concatenate([a.places for a in answers] or [np.empty(0, np.int64)]))
        entered = places[self._enters(inside, places)]
        return int(np.asarray(self.book.amount)[entered].sum())

    def _enters(self, inside: BoolArray, places: IntArray) -> BoolArray:
        return inside[self.payee[places]] & ~inside[self.payer[places]]

    def arrived(self, origin: int) -> dict[int, Fen]:
        """Return account → an origin's money that came into it from other accounts [fen]."""
        answer = self.answer(origin)
        came = np.zeros(self.grouped.accounts, np.int64)
        np.add.at(came, self.payee[answer.places], answer.fen)
        return {account: int(came[account]) for account in np.flatnonzero(came).tolist()}

    def carrying(self, origins: Sequence[int]) -> list[int]:
        """Return the transfers that carried money of these origins, in the order traced."""
        places = [self.answer(origin).places for origin in origins]
        carried = np.unique(np.concatenate([np.empty(0, np.int64), *places]))
        rank = np.empty(len(self.payer), np.int64)
        rank[np.asarray(self.book.order)] = np.arange(len(rank))
        return carried[np.argsort(rank[carried])].tolist()

    def ends(self, origin: int) -> dict[int, Fen]:
        """Return account → what lies there of an origin's money that he paid out [fen]."""
        answer, g = self.answer(origin), self.grouped
        kept = np.flatnonzero(g.own & (g.out == g.accounts + origin) & (g.amount > 0))
        lies = dict(zip(answer.accounts.tolist(), answer.balance.tolist(), strict=True))
        for account, fen in zip(g.into[kept].tolist(), g.amount[kept].tolist(), strict=True):
            lies[account] -= fen
        return {account: fen for account, fen in lies.items() if fen}

    def fees_paid(self, origin: int) -> Fen:
        """Return what of an origin's money went to fees [fen]."""
        return int(self.answer(origin).fee_fen.sum())


def _walked(walk: Walk, origin: int) -> Answer:
    """Return the answer of a walk along all transfers."""
    parts = [
        {place: fen for place, pieces in table.items() if (fen := joined(pieces).get(origin, 0))}
        for table in (walk.moved, walk.fees)
    ]
    accounts = {*walk.purses, *walk.stopped}
    parts.append({a: fen for a in accounts if (fen := walk.balance(a).get(origin, 0))})
    return Answer(*(array for part in parts for array in _arrays(part)))


def _arrays(amounts: Mapping[int, Fen]) -> tuple[IntArray, IntArray]:
    places = sorted(amounts)
    return np.array(places, np.int64), np.array([amounts[p] for p in places], np.int64)
