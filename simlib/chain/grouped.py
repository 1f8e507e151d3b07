"""Many transfers as each account sees them: its movements one behind the other, as arrays.

Everything here is the same whoever's money is followed: balances, what is missing, which payment
equals what came right before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simlib.chain.ledger import Ledger

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
    place: np.ndarray
    out: np.ndarray
    into: np.ndarray
    amount: np.ndarray
    fee: np.ndarray
    opening: np.ndarray
    own: np.ndarray

    @classmethod
    def of(cls, book: Ledger) -> Grouped:
        """The same facts as arrays.

        Raises
        ------
        TooLarge
            if sums of the amounts do not fit, or there are none
        """
        n, k = len(book.names), len(book.origins)
        order = np.asarray(book.order, np.int64)
        payer, payee = (np.asarray(column, np.int64)[order] for column in (book.payer, book.payee))
        amount, fee = (_whole(column)[order] for column in (book.amount, book.fee))
        amount = np.where(payer == payee, 0, amount)
        source, opening = np.full(n, -1, np.int64), np.zeros(n + k, np.int64)
        source[list(book.source)] = list(book.source.values())
        for account, fen in book.opening.items():
            opening[account] = 0 if source[account] >= 0 else _whole([fen])[0]
        if amount.sum(dtype=float) + fee.sum(dtype=float) + opening.sum(dtype=float) > MOST:
            raise TooLarge
        moves = np.flatnonzero(amount + fee)
        if not len(moves):
            raise TooLarge
        mine = source[payer]
        out = np.where(mine >= 0, n + mine, payer)
        own = (mine >= 0) & (mine == source[payee])
        columns = (column[moves] for column in (order, out, payee, amount, fee))
        return cls(n, k, *columns, opening, own[moves])

    def __len__(self) -> int:
        return len(self.place)

    @cached_property
    def events(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Movements by account, then time: account, transfer, whether money comes in."""
        n = len(self)
        bits = max(1, (2 * n).bit_length())
        leaves = (self.out.astype(np.int64) << bits) | (2 * np.arange(n))
        moved = np.flatnonzero(self.amount)
        comes = (self.into[moved].astype(np.int64) << bits) | (2 * moved + 1)
        keys = np.concatenate((leaves, comes))
        keys.sort()  # every key is unique: the order is that of time within an account
        event = keys & ((1 << bits) - 1)
        return keys >> bits, event >> 1, (event & 1).astype(bool)

    @cached_property
    def starts(self) -> np.ndarray:
        """Where the movements of each account begin."""
        account = self.events[0]
        return np.flatnonzero(np.diff(account, prepend=-1))

    @cached_property
    def counts(self) -> np.ndarray:
        """How many movements each account has that has any."""
        return np.diff(self.starts, append=len(self.events[0]))

    def running(self, values: np.ndarray) -> np.ndarray:
        """Sums of values up to and with each movement, account by account."""
        sums = np.cumsum(values)
        sums -= np.repeat((sums - values)[self.starts], self.counts)
        return sums

    @cached_property
    def change(self) -> np.ndarray:
        """What each movement adds to the account, or takes from it with its fee."""
        both = np.empty(2 * len(self), np.int64)
        np.add(self.amount, self.fee, out=both[::2])
        np.negative(both[::2], out=both[::2])
        both[1::2] = self.amount
        _, transfer, comes = self.events
        return both[2 * transfer + comes]

    @cached_property
    def balance(self) -> np.ndarray:
        """After each movement, what the transfers listed leave in the account; may be below 0."""
        found = self.running(self.change)
        found += np.repeat(self.opening[self.events[0][self.starts]], self.counts)
        return found

    @cached_property
    def missing(self) -> np.ndarray:
        """After each movement, what must have come in unlisted by then; an origin has enough."""
        lack = np.maximum(-self.balance, 0)
        lack[np.searchsorted(self.events[0], self.accounts) :] = 0
        high = int(lack.max(initial=0)) + 1
        if high == 1:
            return lack
        if high * (len(self.starts) + 1) > MOST:
            raise TooLarge
        # lifted account by account, so that one's lack never reaches into the next
        lift = np.repeat(np.arange(len(self.starts)) * high, self.counts)
        lack += lift
        np.maximum.accumulate(lack, out=lack)
        lack -= lift
        return lack

    @cached_property
    def before(self) -> np.ndarray:
        """What the payer holds right before each transfer [fen]; unlisted money not yet in it."""
        _, transfer, comes = self.events
        leaves = np.flatnonzero(~comes)
        paid = self.amount + self.fee
        missed = np.concatenate(([0], self.missing[:-1]))
        missed[self.starts] = 0
        found = np.empty(len(self), np.int64)
        found[transfer[leaves]] = (self.balance + missed)[leaves] + paid[transfer[leaves]]
        return found

    @cached_property
    def left(self) -> np.ndarray:
        """What each account holds at the end [fen]."""
        found = self.opening.copy()
        last = self.starts + self.counts - 1
        found[self.events[0][last]] = (self.balance + self.missing)[last]
        found[self.accounts :] = 0
        return found

    @cached_property
    def unlisted(self) -> np.ndarray:
        """What each account must have received besides the transfers listed [fen]."""
        found = np.zeros(self.accounts + self.origins, np.int64)
        last = self.starts + self.counts - 1
        found[self.events[0][last]] = self.missing[last]
        return found

    @cached_property
    def same(self) -> np.ndarray:
        """For each transfer, the one that came right before and equals it with its fee, or −1."""
        account, transfer, comes = self.events
        pairs = np.flatnonzero(comes[:-1] & ~comes[1:] & (account[1:] == account[:-1]))
        came, goes = transfer[pairs], transfer[pairs + 1]
        equal = self.amount[came] == self.amount[goes] + self.fee[goes]
        found = np.full(len(self), -1, np.int64)
        found[goes[equal]] = came[equal]
        return found


def _whole(column: object) -> np.ndarray:
    try:
        return np.asarray(column, np.int64)
    except OverflowError:
        raise TooLarge from None
