"""What lies in one account and whose it is, one class for each tracing method.

Money is a list of pieces `(colour, fen)`, the oldest first; a colour is the number of an origin,
or that of other money, which comes after all origins. All amounts are whole fen.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable
from typing import TypeAlias

from simlib.chain.followed import Colours
from simlib.money import Fen, split_units

Piece: TypeAlias = tuple[int, Fen]
Pieces: TypeAlias = list[Piece]


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
        self.total -= fen
        split = split_units(fen, [self.parts[colour] for colour in colours])
        taken = [piece for piece in zip(colours, split, strict=True) if piece[1]]
        for colour, part in taken:
            self.parts[colour] -= part
            if not self.parts[colour]:
                del self.parts[colour]
        return taken

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
        rest, self.parts, kept = self.parts, joined(pieces), self.total - came
        self.total = came
        paid = super().pay(fen, fee)
        taken = joined(pieces)
        self.parts = {c: n - taken.get(c, 0) for c, n in rest.items() if n > taken.get(c, 0)}
        self.total = kept
        return paid


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
