"""The methods of tracing for many transfers, on arrays; `lifo` has none.

By proportion: wave after wave. What a payment consists of depends on what came into its account
before, and on nothing else. All transfers that no longer wait for another make one wave and are
worked out together; then the next. Rounding is by largest remainder at each payment, so that no fen
differs from the order one by one.

First in, first out: every payment is an interval that shifts. All the money an account ever holds
lies on a line, in the order in which it came; what leaves first lies first, so that the fen that
leave as the first to the hundredth are those that came as such. Each transfer cuts an interval out
of its payer's line and lays it on its payee's, shifted. All accounts' lines lie one behind the
other. An origin's money is one interval at the start, cut and shifted until every piece lies still:
each hop is two look-ups for all pieces together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simlib.case.columns import BoolArray, IntArray
from simlib.chain.array_accounts import MOST, Answer, Grouped, Plan, TooLarge
from simlib.chain.ledger import Ledger

FEWEST = 20  # transfers a wave, on average: below, going one by one is faster
MOST_CELLS = 40_000_000  # origins × transfers that are kept
EXACT = 2.0**61  # products below it fit an int64, doubled and with an error in the float
MOST_HOPS, MANY = 3_000, 1 << 16


@dataclass(frozen=True, eq=False)
class Draws:
    """Payments out of accounts, in the order of the waves: what is taken of how much.

    Attributes
    ----------
    taken, of
        amount, and what the account then holds, the missing included [fen]
    times, over
        the same as the two numbers of a proportion; 1 and 1 where all is taken
    """

    taken: IntArray
    of: IntArray
    times: IntArray
    over: IntArray

    @classmethod
    def at(cls, taken: IntArray, of: IntArray, source: BoolArray | bool = False) -> Draws:
        """Return draws; an origin's own place always holds 1, which stands for all he pays.

        Raises `TooLarge` where a product might not fit.
        """
        of = np.where(source, 1, of)
        whole = (taken == of) & ~np.asarray(source)
        times, over = np.where(whole, 1, taken), np.where(whole, 1, of)
        if (times * over.astype(float)).max(initial=0) > EXACT:
            raise TooLarge
        return cls(taken, of, times, over)

    def some(self, which: slice | IntArray) -> Draws:
        """Return some of them."""
        return Draws(self.taken[which], self.of[which], self.times[which], self.over[which])


class Waves(Plan):
    """The plan for `pro_rata`: waves, and how much each payer holds when he pays."""

    method = "pro_rata"

    def __init__(self, book: Ledger, grouped: Grouped) -> None:
        super().__init__(book, grouped)
        if len(grouped) * grouped.origins > MOST_CELLS:
            raise TooLarge
        level = np.array(_levels(grouped.out, grouped.into, grouped.accounts))
        waves = int(level.max(initial=0)) + 1
        if waves * FEWEST > len(level):
            raise TooLarge
        bits = len(level).bit_length()
        keys = (level << bits) | np.arange(len(level))
        keys.sort()
        self.row = keys & ((1 << bits) - 1)  # which transfer stands where
        self.bounds = np.searchsorted(keys >> bits, np.arange(waves + 1)).tolist()
        self._settle()

    def _settle(self) -> None:
        """Put what each wave needs side by side."""
        g, row = self.grouped, self.row
        self.out, self.into = g.out[row], g.into[row]
        amount, fee, self.source = g.amount[row], g.fee[row], g.out[row] >= g.accounts
        have = np.maximum(g.before[row], amount)
        then = np.maximum(have - amount, fee)
        self.draws = Draws.at(amount, have, self.source)
        self.after = Draws.at(fee, then, self.source)
        self.fees = bool(fee.any())

    def _follow(self, origin: int) -> Answer:
        moved, fees, balance = self._all
        of, charged = np.flatnonzero(moved[origin]), np.flatnonzero(fees[origin])
        places = self.grouped.place[self.row]
        order, after = np.argsort(places[of]), np.argsort(places[charged])
        of, charged, lies = of[order], charged[after], np.flatnonzero(balance[origin])
        return Answer(
            places[of], moved[origin][of], places[charged], fees[origin][charged],
            lies, balance[origin][lies],
        )  # fmt: skip

    @cached_property
    def _all(self) -> tuple[IntArray, IntArray, IntArray]:
        """What of each transfer, fee and balance was each origin's."""
        g = self.grouped
        shape = (g.origins, len(self.row))
        moved = np.zeros(shape, np.int64)
        fees = np.zeros(shape if self.fees else (g.origins, 1), np.int64)
        purses = np.zeros((g.origins, g.accounts + g.origins), np.int64)
        own = np.eye(g.origins, dtype=np.int64)
        for first, stop in zip(self.bounds, self.bounds[1:], strict=False):
            purses[:, g.accounts :] = own
            self._wave(slice(first, stop), purses, moved, fees)
        return moved, fees, purses[:, : g.accounts]

    def _wave(self, wave: slice, purses: IntArray, moved: IntArray, fees: IntArray) -> None:
        """Pay all of a wave, then lay what was paid where it comes to."""
        out, into = self.out[wave], self.into[wave]
        lies = purses[:, out]
        parts = self._parts(wave, lies, moved)
        lies -= parts
        if self.fees:
            source = self.source[wave]
            lies[:, source] += parts[:, source]
            fees[:, wave] = self._fees(wave, lies, parts)
            lies -= fees[:, wave]
        purses[:, out] = lies
        moved[:, wave] = parts
        for purse, part in zip(purses, parts, strict=True):
            np.add.at(purse, into, part)

    def _parts(self, wave: slice, lies: IntArray, moved: IntArray) -> IntArray:
        return shared(self.draws.some(wave), lies)

    def _fees(self, wave: slice, lies: IntArray, parts: IntArray) -> IntArray:
        return shared(self.after.some(wave), lies)


class OtherFirstWaves(Waves):
    """The plan for `lowest_balance`: other money first, then the origins' pro rata."""

    method = "lowest_balance"

    def _parts(self, wave: slice, lies: IntArray, moved: IntArray) -> IntArray:
        return _last(self.draws.some(wave), lies)

    def _fees(self, wave: slice, lies: IntArray, parts: IntArray) -> IntArray:
        return _last(self.after.some(wave), lies)


class StampedWaves(Waves):
    """The plan for `timestamp`: what equals what came right before is that, else pro rata."""

    method = "timestamp"

    def _settle(self) -> None:
        super()._settle()
        same = self.grouped.same
        stands = np.empty(len(self.row), np.int64)
        stands[self.row] = np.arange(len(self.row))
        same = np.where(same < 0, -1, stands[same])[self.row]
        same[self.out >= self.grouped.accounts] = -1
        self.stamped = np.flatnonzero(same >= 0)
        self.twin = same[self.stamped]
        self.upto = np.searchsorted(self.stamped, self.bounds).tolist()
        self.waves = {first: n for n, first in enumerate(self.bounds[:-1])}
        amount, fee = self.draws.taken[self.stamped], self.after.taken[self.stamped]
        self.split = Draws.at(amount, amount + fee)

    def _stamped(self, wave: slice) -> slice:
        n = self.waves[wave.start]
        return slice(self.upto[n], self.upto[n + 1])

    def _parts(self, wave: slice, lies: IntArray, moved: IntArray) -> IntArray:
        parts, these = super()._parts(wave, lies, moved), self._stamped(wave)
        if these.stop > these.start:
            whole = moved[:, self.twin[these]]
            parts[:, self.stamped[these] - wave.start] = shared(self.split.some(these), whole)
            self._rest = whole - parts[:, self.stamped[these] - wave.start]
        return parts

    def _fees(self, wave: slice, lies: IntArray, parts: IntArray) -> IntArray:
        fees, these = super()._fees(wave, lies, parts), self._stamped(wave)
        if these.stop > these.start:
            fees[:, self.stamped[these] - wave.start] = self._rest
        return fees


class PoisonWaves(Waves):
    """The plan for `poison`: marks instead of amounts."""

    method = "poison"

    overlaps = True

    def _parts(self, wave: slice, lies: IntArray, moved: IntArray) -> IntArray:
        return self.draws.taken[wave] * (lies > 0)

    def _wave(self, wave: slice, purses: IntArray, moved: IntArray, fees: IntArray) -> None:
        out, marked = self.out[wave], purses[:, self.out[wave]] > 0
        draws, after = self.draws.some(wave), self.after.some(wave)
        moved[:, wave] = draws.taken * marked
        emptied = after.of == after.taken
        if self.fees:
            fees[:, wave] = after.taken * (marked & (self.source[wave] | (draws.of > draws.taken)))
        purses[:, out] = marked & ~emptied
        for purse, part in zip(purses, moved[:, wave], strict=True):
            purse[self.into[wave][part > 0]] = 1

    @cached_property
    def _all(self) -> tuple[IntArray, IntArray, IntArray]:
        moved, fees, marks = super()._all
        g = self.grouped
        balance = marks * g.left[: g.accounts]
        for account in self.book.source:
            balance[:, account] = moved[:, self.into == account].sum(1)
        return moved, fees, balance


WAVES = {
    "pro_rata": Waves,
    "lowest_balance": OtherFirstWaves,
    "timestamp": StampedWaves,
    "poison": PoisonWaves,
}


def shared(draws: Draws, lies: IntArray) -> IntArray:
    """Take of each colour in proportion, largest remainder, ties to the first, other money last.

    `lies` has a row for each origin; the rest of what is there is other money.
    """
    if len(lies) == 1:  # with two colours the remainder decides alone: halves go to the origin
        halves: IntArray = (2 * draws.times * lies + draws.over) // (2 * draws.over)
        return halves
    colours = np.concatenate((lies, (draws.of - lies.sum(0))[np.newaxis]))
    product = draws.times * colours
    parts: IntArray = product // draws.over
    rest = product - parts * draws.over
    odd = draws.taken - parts.sum(0)
    parts += np.argsort(np.argsort(-rest, 0, "stable"), 0, "stable") < odd
    return parts[:-1]


def _last(draws: Draws, lies: IntArray) -> IntArray:
    """Take other money first, then of the origins' in proportion."""
    theirs = lies.sum(0)
    rest: IntArray = np.maximum(draws.taken - (draws.of - theirs), 0)
    if len(lies) == 1:
        return rest[np.newaxis]
    whole = rest == theirs
    return shared(Draws(rest, theirs, np.where(whole, 1, rest), np.where(whole, 1, theirs)), lies)


def _levels(out: IntArray, into: IntArray, accounts: int) -> list[int]:
    """Return the wave of each transfer: after all that came to its payer, and that he paid,
    before."""
    nodes = int(max(out.max(initial=0), into.max(initial=0))) + 1
    ready, last = [0] * nodes, [0] * nodes
    levels = []
    for payer, payee in zip(out.tolist(), into.tolist(), strict=True):
        level = last[payee]  # what it paid last is worked out before this is added
        if payer < accounts:
            if ready[payer] > level:
                level = ready[payer]
            ready[payer], last[payer] = level + 1, level
        if ready[payee] <= level:
            ready[payee] = level + 1
        levels.append(level)
    return levels


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


PLANS: dict[str, type[Plan]] = {"fifo": Intervals, **WAVES}


def plan(book: Ledger, method: str) -> Plan | None:
    """Return the plan of a method; None where it has none, or arrays are of no help."""
    if method not in PLANS:
        return None
    try:
        return PLANS[method](book, Grouped.of(book))
    except TooLarge:
        return None
