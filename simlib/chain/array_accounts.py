"""Many transfers as each account sees them: its movements one behind the other, as arrays.

Everything here is the same whoever's money is followed: balances, what is missing, which payment
equals what came right before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simlib.case.columns import BoolArray, IntArray
from simlib.chain.ledger import Column, Ledger
from simlib.chain.scalar import Colours, Walk, joined
from simlib.money import Fen

MOST = 2**61  # sums of money below this are exact in an int64, twice over


class TooLarge(Exception):
    """Amounts that 64 bits cannot hold for certain, or a web that arrays cannot speed up."""


@dataclass(frozen=True, eq=False)
class Grouped:
    """The transfers that move money, in the order traced, and their places in the accounts.

    Accounts keep their numbers; each origin has one more, after all accounts: all that he pays
    leaves that one, so that his own accounts only receive.

    Attributes
    ----------
    accounts, origins
        how many there are
    place
        place of each transfer in the file
    out, into
        account (or origin's) each leaves, account each comes to
    amount, fee
        money [fen]; an amount to oneself is 0
    opening
        account → other money before [fen]
    own
        whether a transfer stays with one origin
    """

    accounts: int
    origins: int
    place: IntArray
    out: IntArray
    into: IntArray
    amount: IntArray
    fee: IntArray
    opening: IntArray
    own: BoolArray

    @classmethod
    def of(cls, book: Ledger) -> Grouped:
        """Return the same facts as arrays.

        Raises
        ------
        TooLarge
            if sums of the amounts do not fit, or there are none
        """
        n, k = len(book.names), len(book.origins)
        order = None if isinstance(book.order, range) else np.asarray(book.order, np.int64)
        columns = (_whole(column) for column in (book.payer, book.payee, book.amount, book.fee))
        payer, payee, amount, fee = (c if order is None else c[order] for c in columns)
        source, opening = np.full(n, -1), np.zeros(n + k, np.int64)
        source[list(book.source)] = list(book.source.values())
        for account, fen in book.opening.items():
            opening[account] = 0 if source[account] >= 0 else _whole([fen])[0]
        if sum(column.sum(dtype=float) for column in (amount, fee, opening)) > MOST:
            raise TooLarge
        idle = np.flatnonzero(payer == payee)
        if len(idle):
            amount = amount.copy()
            amount[idle] = 0
        theirs = np.flatnonzero((source >= 0).take(payer))
        mine = source[payer[theirs]]
        out, own = payer.copy(), np.zeros(len(payer), bool)
        out[theirs], own[theirs] = n + mine, mine == source[payee[theirs]]
        place = np.arange(len(book)) if order is None else order
        moves = (amount > 0) | (fee > 0)
        if not moves.any():
            raise TooLarge
        if not moves.all():
            place, out, payee = place[moves], out[moves], payee[moves]
            amount, fee, own = amount[moves], fee[moves], own[moves]
        return cls(n, k, place, out, payee, amount, fee, opening, own)

    def __len__(self) -> int:
        return len(self.place)

    @cached_property
    def _sorted(self) -> tuple[IntArray, IntArray, IntArray]:
        """Movements by account, then time; where each account's begin; which accounts these are.

        A movement is twice its transfer's number where money leaves, one more where it comes.
        """
        n = len(self)
        bits = max(1, (2 * n).bit_length())
        moved = np.flatnonzero(self.amount)
        keys = np.empty(n + len(moved), np.int64)
        np.left_shift(self.out, bits, out=keys[:n], casting="unsafe")
        keys[:n] += np.arange(0, 2 * n, 2)
        into = self.into if len(moved) == n else self.into[moved]
        np.left_shift(into, bits, out=keys[n:], casting="unsafe")
        keys[n:] += 2 * moved + 1
        keys.sort()  # every key is unique: the order is that of time within an account
        account = keys >> bits
        starts = np.flatnonzero(account[1:] != account[:-1]) + 1
        starts = np.concatenate(([0], starts))
        keys &= (1 << bits) - 1
        return keys, starts, account[starts]

    @property
    def events(self) -> IntArray:
        """Movements by account, then time: twice a transfer, and one more where money comes."""
        return self._sorted[0]

    @property
    def starts(self) -> IntArray:
        """Where the movements of each account begin that has any."""
        return self._sorted[1]

    @property
    def seats(self) -> IntArray:
        """Which accounts these are."""
        return self._sorted[2]

    @cached_property
    def leaves(self) -> IntArray:
        """Which movements are payments out."""
        return np.flatnonzero((self.events & 1) == 0)

    @cached_property
    def comes(self) -> IntArray:
        """Which movements are payments in."""
        return np.flatnonzero((self.events & 1) != 0)

    def bounds(self, movements: IntArray) -> IntArray:
        """Return where each account's begin among some movements (`leaves` or `comes`), and the
        end."""
        return np.append(np.searchsorted(movements, self.starts), len(movements))

    @cached_property
    def change(self) -> IntArray:
        """What each movement adds to the account, or takes from it with its fee."""
        change = self.amount.take(self.events >> 1)
        change *= ((self.events & 1) << 1) - 1
        if self.fee.any():
            change[self.leaves] -= self.fee.take(self.events.take(self.leaves) >> 1)
        return change

    @cached_property
    def balance(self) -> IntArray:
        """After each movement, what the transfers listed leave in the account; may be below 0."""
        balance: IntArray = np.cumsum(self.change)
        before = balance[self.starts] - self.change[self.starts] - self.opening[self.seats]
        balance -= np.repeat(before, np.diff(self.starts, append=len(balance)))
        return balance

    @cached_property
    def missing(self) -> IntArray | None:
        """After each movement, what must have come in unlisted by then; None: nothing ever.

        An origin has enough.
        """
        lack = np.negative(self.balance)
        np.maximum(lack, 0, out=lack)
        own = np.searchsorted(self.seats, self.accounts)
        lack[self.starts[own] if own < len(self.starts) else len(lack) :] = 0
        high = int(lack.max()) + 1
        if high == 1:
            return None
        if high * (len(self.starts) + 1) > MOST:
            raise TooLarge
        # lifted account by account, so that one's lack never reaches into the next
        counts = np.diff(self.starts, append=len(lack))
        lift = np.repeat(np.arange(len(self.starts)) * high, counts)
        lack += lift
        np.maximum.accumulate(lack, out=lack)
        lack -= lift
        return lack

    @cached_property
    def before(self) -> IntArray:
        """What the payer holds right before each transfer [fen]; unlisted money not yet in it."""
        lies = (self.balance - self.change).take(self.leaves)
        if self.missing is not None:
            missed = np.concatenate(([0], self.missing[:-1]))
            missed[self.starts] = 0
            lies += missed.take(self.leaves)
        before = np.empty(len(self), np.int64)
        before[self.events.take(self.leaves) >> 1] = lies
        return before

    @cached_property
    def left(self) -> IntArray:
        """What each account holds at the end [fen]."""
        left = self.opening.copy()
        last = np.append(self.starts[1:], len(self.events)) - 1
        left[self.seats] = self.balance[last]
        left += self.unlisted
        left[self.accounts :] = 0
        return left

    @cached_property
    def unlisted(self) -> IntArray:
        """What each account must have received besides the transfers listed [fen]."""
        unlisted = np.zeros(self.accounts + self.origins, np.int64)
        if self.missing is not None:
            unlisted[self.seats] = self.missing[np.append(self.starts[1:], len(self.events)) - 1]
        return unlisted

    @cached_property
    def same(self) -> IntArray:
        """For each transfer, the one that came right before and equals it with its fee, or −1."""
        comes = (self.events & 1).astype(bool)
        first = np.zeros(len(comes), bool)
        first[self.starts] = True
        pairs = np.flatnonzero(comes[:-1] & ~comes[1:] & ~first[1:])
        came, goes = self.events[pairs] >> 1, self.events[pairs + 1] >> 1
        equal = self.amount[came] == self.amount[goes] + self.fee[goes]
        same = np.full(len(self), -1, np.int64)
        same[goes[equal]] = came[equal]
        return same


def _whole(column: Column) -> IntArray:
    try:
        return np.asarray(column, np.int64)
    except OverflowError:
        raise TooLarge from None


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
        listed: list[int] = paid[g.accounts :].tolist()
        return listed

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
        listed: list[int] = carried[np.argsort(self._rank[carried])].tolist()
        return listed

    @cached_property
    def _rank(self) -> IntArray:
        """Place of each transfer of the file in the order traced."""
        rank = np.empty(len(self.payer), np.int64)
        rank[np.asarray(self.book.order)] = np.arange(len(rank))
        return rank

    def touching(self, origin: int) -> Iterator[tuple[int, Fen, Fen]]:
        """Yield, in the order traced, what of a transfer and of its fee was an origin's [fen]."""
        answer = self.answer(origin)
        places = np.union1d(answer.places, answer.fee_places)
        fens = np.zeros((2, len(places)), np.int64)
        fens[0, np.searchsorted(places, answer.places)] = answer.fen
        fens[1, np.searchsorted(places, answer.fee_places)] = answer.fee_fen
        order = np.argsort(self._rank[places])
        columns = (places[order].tolist(), *fens[:, order].tolist())
        return zip(*columns, strict=True)

    @cached_property
    def twins(self) -> dict[int, int]:
        """Transfer → the one right before it in its payer's account that equals it with its fee."""
        place, same = self.grouped.place, self.grouped.same
        stamped = np.flatnonzero(same >= 0)
        pairs = (place[stamped].tolist(), place[same[stamped]].tolist())
        return dict(zip(*pairs, strict=True))

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
