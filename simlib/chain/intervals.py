"""First in, first out for many transfers: every payment is an interval that shifts.

All the money an account ever holds lies on a line, in the order in which it came; what leaves
first lies first, so that the fen that leave as the first to the hundredth are those that came as
such. Each transfer cuts an interval out of its payer's line and lays it on its payee's, shifted.
All accounts' lines lie one behind the other. An origin's money is one interval at the start, cut
and shifted until every piece lies still: each hop is two look-ups for all pieces together.
"""

from __future__ import annotations

import numpy as np

from simlib.case.columns import IntArray
from simlib.chain.array_accounts import Answer, Plan
from simlib.chain.grouped import MOST, Grouped, TooLarge
from simlib.chain.ledger import Ledger

MOST_HOPS, MANY = 3_000, 1 << 16


class Intervals(Plan):
    """The plan for `fifo`: where the pieces of all lines begin, and what becomes of each."""

    method = "fifo"

    def __init__(self, book: Ledger, grouped: Grouped) -> None:
        super().__init__(book, grouped)
        g = grouped
        leaves, firsts = g.leaves, g.bounds(g.leaves)
        paid = g.change.take(leaves)
        np.negative(paid, out=paid)
        spent = _summed(paid)
        lengths = g.left.copy()
        lengths[g.seats] += np.diff(spent[firsts])
        if lengths.sum(dtype=float) > MOST:
            raise TooLarge
        self.base = np.concatenate(([0], np.cumsum(lengths)))
        begin = spent[:-1]
        begin += np.repeat(self.base[g.seats] - spent[firsts[:-1]], np.diff(firsts))
        self._cut(begin, g.events.take(leaves) >> 1, firsts)
        land = self._land()
        self.shift = land.take(self.code, mode="clip")
        self.shift -= self.start[:-1]  # of no use where a piece is a fee, or stays

    def _land(self) -> IntArray:
        """Return where on its payee's line each transfer comes to lie: behind all that was ever
        there."""
        g, comes, firsts = self.grouped, self.grouped.comes, self.grouped.bounds(self.grouped.comes)
        came = _summed(g.change.take(comes))
        begin = self.base[g.seats] + g.opening[g.seats] - came[firsts[:-1]]
        behind = came[:-1]
        behind += np.repeat(begin, np.diff(firsts))
        if g.missing is not None:
            behind += g.missing.take(comes)
        land = np.zeros(len(g), np.int64)
        land[g.events.take(comes) >> 1] = behind
        return land

    def _cut(self, begin: IntArray, transfer: IntArray, firsts: IntArray) -> None:
        """Cut all lines: amounts, fees, and what stays at the end of each account's.

        A piece's code is a transfer, or `n +` a transfer for its fee, or `2 n +` an account.
        """
        g, n = self.grouped, len(self.grouped)
        rests = g.left > 0
        ahead = np.concatenate(([0], np.cumsum(rests)))  # pieces that stay, of accounts before
        begin, code, firsts = self._paid_out(transfer, begin, firsts)
        size = len(code) + int(ahead[-1])
        self.start, self.code = np.empty(size + 1, np.int64), np.empty(size, np.int64)
        at: IntArray = np.arange(len(code))
        at += np.repeat(ahead[g.seats], np.diff(firsts))
        self.start[at], self.code[at] = begin, code
        stays = np.flatnonzero(rests)
        at = firsts[np.searchsorted(g.seats, stays, side="right")] + ahead[stays]
        self.start[at], self.code[at] = self.base[stays + 1] - g.left[stays], 2 * n + stays
        self.start[size] = self.base[-1]

    def _paid_out(
        self, transfer: IntArray, begin: IntArray, firsts: IntArray
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Return pieces that leave: where each begins, its code, and where each account's begin."""
        n = len(self.grouped)
        if not self.grouped.fee.any():
            return begin, transfer, firsts
        amounts, fees = self.grouped.amount[transfer], self.grouped.fee[transfer]
        there = np.stack((amounts > 0, fees > 0), 1)
        both = np.stack((begin, begin + amounts), 1)[there]
        codes = np.stack((transfer, n + transfer), 1)[there]
        return both, codes, np.concatenate(([0], np.cumsum(there.sum(1))))[firsts]

    def _follow(self, origin: int) -> Answer:
        line = self.grouped.accounts + origin
        start, length = self.base[line : line + 1], np.diff(self.base[line : line + 2])
        pieces, amounts = [], []
        hops = 0
        while len(start) and length.any():
            hops += 1
            if hops > MOST_HOPS:
                raise TooLarge
            piece, start, length = self._hop(start, length)
            pieces.append(piece)
            amounts.append(length)
            on = self.code[piece] < len(self.grouped)
            start, length = (start + self.shift[piece])[on], length[on]
            if len(start) > MANY:
                start, length = _joined(start, length)
        return self._answer(pieces, amounts)

    def _hop(self, start: IntArray, length: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Cut intervals where the lines are cut: piece, start and length of each part."""
        stop = start + length
        first = np.searchsorted(self.start, start, side="right") - 1
        counts = np.searchsorted(self.start, stop, side="left") - first
        which = np.repeat(np.arange(len(start)), counts)
        piece = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts - first, counts)
        begin = np.maximum(self.start[piece], start[which])
        return piece, begin, np.minimum(self.start[piece + 1], stop[which]) - begin

    def _answer(self, pieces: list[IntArray], amounts: list[IntArray]) -> Answer:
        empty, n = np.empty(0, np.int64), len(self.grouped)
        code = self.code[np.concatenate(pieces)] if pieces else empty
        code, fen = _added(code, np.concatenate(amounts) if amounts else empty)
        fees, stays = np.searchsorted(code, (n, 2 * n))
        moved = _by_place(self.grouped.place[code[:fees]], fen[:fees])
        charged = _by_place(self.grouped.place[code[fees:stays] - n], fen[fees:stays])
        return Answer(*moved, *charged, code[stays:] - 2 * n, fen[stays:])


def _summed(values: IntArray) -> IntArray:
    """Return sums of all values before each, and of all."""
    sums = np.empty(len(values) + 1, np.int64)
    sums[0] = 0
    np.cumsum(values, out=sums[1:])
    return sums


def _added(code: IntArray, fen: IntArray) -> tuple[IntArray, IntArray]:
    """Return sums for each code, codes ascending."""
    order = np.argsort(code)
    code, fen = code[order], fen[order]
    first = np.flatnonzero(np.diff(code, prepend=-1))
    return code[first], np.add.reduceat(fen, first) if len(first) else fen


def _by_place(place: IntArray, fen: IntArray) -> tuple[IntArray, IntArray]:
    order = np.argsort(place)
    return place[order], fen[order]


def _joined(start: IntArray, length: IntArray) -> tuple[IntArray, IntArray]:
    """Return intervals that touch as one."""
    order = np.argsort(start)
    start, length = start[order], length[order]
    first = np.flatnonzero(np.concatenate(([True], start[1:] != (start + length)[:-1])))
    return start[first], np.add.reduceat(length, first)
