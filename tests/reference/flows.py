"""The claimant's money on its way: which accounts each fen of each of her payments has reached.

Every account is its holder's: several accounts of one holder are one, a payee that is a party is
his account, and what moves inside one holder moves nothing (its fee is taken all the same). A lot
is so many fen of one payment that have reached the same holders; it keeps what it has reached,
wherever it stops, and so counts once however often it comes. What the words leave open is read so:

- An account begins with its `opening_fen` and with what its stated inflow exceeds the listed one;
  what a payer lacks was there all along. Both are other people's money.
- A proportional draw, and what a timestamp does not match, is split by largest remainder over the
  victims in file order and everybody else's money last; her part then over her lots, earlier ones
  first. Inside a lot first in is first out. A fee is drawn after the amount it came with; what of
  hers went into a fee, back to her or to another victim stops there.
- The last fen of a payment are those that left the account it came to last, then the next one;
  what never left comes last of all. Of a method that gives amounts alone, what reached the most
  accounts counts as what left first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from reference.amounts import split
from reference.tracing import ordered

FOLLOWED = ("fifo", "lifo", "pro_rata")  # the other methods give amounts alone
NEVER = float("inf")


class Lot(NamedTuple):
    """So many fen of one victim (None: nobody's) and payment, what they reached and when."""

    whose: str | None
    payment: int
    reached: frozenset
    left: tuple  # when these left the accounts they came to
    fen: int

    def moved(self, at: int, to: str) -> Lot:
        """The same, paid on."""
        return self._replace(reached=self.reached | {to}, left=(*self.left, at))

    def of(self, fen: int) -> Lot:
        """So much of it."""
        return self._replace(fen=fen)


def others(fen: int) -> Lot:
    """Money that is not hers."""
    return Lot(None, 0, frozenset(), (), fen)


class Segment(NamedTuple):
    """Fen of one payment of hers, in the order they left it, with the holders they reached."""

    payment: int
    reached: frozenset
    fen: int


@dataclass
class Purse:
    """All accounts of one holder: lots in the order they came, the newest of them apart."""

    lots: list = field(default_factory=list)
    newest: list = field(default_factory=list)  # what came last, while nothing has left since

    def add(self, lots: list[Lot]) -> None:
        """Money comes in."""
        if total(lots):
            self.lots, self.newest = self.lots + self.newest, lots

    def give(self, parts: list[int], way: Way) -> list[list[Lot]]:
        """An amount and a fee go out."""
        if not sum(parts):
            return [[], []]
        matched = way.method == "timestamp" and total(self.newest) == sum(parts)
        heap = self.newest if matched else self.lots + self.newest
        kept = self.lots if matched else []
        given = []
        for fen in parts:
            heap = [*heap, others(max(0, fen - total(heap)))]
            taken, heap = draw(heap, fen, way)
            given.append(taken)
        self.lots, self.newest = kept + heap, []
        return given


@dataclass
class Way:
    """How money is followed: the method, the victims, and which lots came to be in what order."""

    method: str
    victims: list
    born: dict = field(default_factory=dict)

    def note(self, lots: list[Lot]) -> list[Lot]:
        """Note lots that come to be."""
        for lot in lots:
            self.born.setdefault(lot[:3], len(self.born))
        return lots


def total(lots: list[Lot]) -> int:
    """What is there."""
    return sum(lot.fen for lot in lots)


def draw(lots: list[Lot], fen: int, way: Way) -> tuple[list[Lot], list[Lot]]:
    """What is taken out, in the order it lay, and what stays."""
    if way.method == "fifo":
        takes = in_turn(lots, fen)
    elif way.method == "lifo":
        takes = in_turn(lots[::-1], fen)[::-1]
    else:
        takes = mixed(lots, fen, way)
    taken = [lot.of(x) for lot, x in zip(lots, takes, strict=True) if x]
    stay = [lot.of(lot.fen - x) for lot, x in zip(lots, takes, strict=True) if lot.fen > x]
    return taken, stay


def in_turn(lots: list[Lot], fen: int) -> list[int]:
    """So much of each, one after another."""
    takes = []
    for lot in lots:
        takes.append(min(lot.fen, fen))
        fen -= takes[-1]
    return takes


def mixed(lots: list[Lot], fen: int, way: Way) -> list[int]:
    """So much of each in proportion; nobody's money first where the rule is so.

    `timestamp`, where it does not match, and `pro_rata` are the same.
    """
    whose = [*way.victims, None]
    sums = [total([lot for lot in lots if lot.whose == who]) for who in whose]
    first = min(fen, sums[-1]) if way.method == "lowest_balance" else 0
    sums = sums[:-1] if way.method == "lowest_balance" else sums
    parts = dict(zip(whose, [*split_if(fen - first, sums), first], strict=False))
    left = {}
    for who in whose:
        kinds = sorted({lot[:3] for lot in lots if lot.whose == who},
                       key=lambda kind: way.born.get(kind, 0))  # fmt: skip
        inside = [total([lot for lot in lots if lot[:3] == kind]) for kind in kinds]
        left |= dict(zip(kinds, split_if(parts[who], inside), strict=True))
    takes = []
    for lot in lots:
        takes.append(min(lot.fen, left[lot[:3]]))
        left[lot[:3]] -= takes[-1]
    return takes


def split_if(fen: int, sums: list[int]) -> list[int]:
    """In proportion; nothing of nothing."""
    return split(fen, sums) if fen else [0] * len(sums)


def holders(case: dict) -> dict:
    """Whose each account is."""
    return {a["id"]: a["holder"] for a in case.get("accounts") or []}


def follow(case: dict, claimant: str, method: str) -> list[Segment]:
    """All money of hers that the file lists, payment by payment, each in the order it left."""
    whose = holders(case)
    purses = opened(case, whose)
    way = Way(method, [p["id"] for p in case["parties"] if p["role"] == "victim"])
    stopped: list[Lot] = []
    payments = 0
    for at, t in enumerate(ordered([{"at": None} | t for t in case.get("transfers") or []])):
        payer, payee = (whose.get(t[end], t[end]) for end in ("payer", "payee"))
        fee = t.get("fee_fen") or 0
        amount = 0 if payer == payee else t["amount_fen"]
        if payer in way.victims:
            lots = [Lot(payer, payments, frozenset([payee]), (), amount)] if amount else []
            payments += bool(lots) and payer == claimant
        else:
            sent, gone = purses.setdefault(payer, Purse()).give([amount, fee], way)
            stopped += gone
            lots = [lot.moved(at, payee) if lot.whose else lot for lot in sent]
        way.note(lots)
        if payee in way.victims:
            stopped += [lot if payee != claimant else lot._replace(reached=lot.reached - {payee})
                        for lot in lots]  # fmt: skip
        else:
            purses.setdefault(payee, Purse()).add(lots)
    stopped += [lot for purse in purses.values() for lot in purse.lots + purse.newest]
    hers = [lot for lot in stopped if lot.whose == claimant]
    return [s for n in range(payments)
            for s in in_order([lot for lot in hers if lot.payment == n], method)]  # fmt: skip


def opened(case: dict, whose: dict) -> dict[str, Purse]:
    """What lay in the accounts before the first transfer listed."""
    purses: dict[str, Purse] = {}
    came = dict.fromkeys(whose, 0)
    for t in case.get("transfers") or []:
        if t["payee"] in came:
            came[t["payee"]] += t["amount_fen"]
    for a in case.get("accounts") or []:
        unlisted = max(0, (a.get("inflow_fen") or 0) - came[a["id"]])
        purse = purses.setdefault(a["holder"], Purse())
        purse.lots.append(others((a.get("opening_fen") or 0) + unlisted))
    return purses


def in_order(lots: list[Lot], method: str) -> list[Segment]:
    """One payment's fen in the order they left it; amounts alone lie the smaller in the larger."""
    if method in FOLLOWED:
        lots = sorted(lots, key=lambda lot: (*lot.left, NEVER))
        return [Segment(lot.payment, lot.reached, lot.fen) for lot in lots]
    names = frozenset().union(*(lot.reached for lot in lots))
    amounts = {i: total([lot for lot in lots if i in lot.reached]) for i in names}
    segments, done = [], 0
    for end in sorted(set(amounts.values()) | {total(lots)}):
        inside = frozenset(i for i in names if amounts[i] >= end)
        segments.append(Segment(lots[0].payment, inside, end - done))
        done = end
    return segments


def may_be_hers(case: dict, who: str, claimant: str) -> bool:
    """Whether somebody whom her money reached paid him."""
    whose, reached = holders(case), {claimant}
    moves = [tuple(whose.get(t[end], t[end]) for end in ("payer", "payee"))
             for t in case.get("transfers") or []]  # fmt: skip
    for _ in moves:
        reached |= {payee for payer, payee in moves if payer in reached}
    return any(payee == who != payer and payer in reached for payer, payee in moves)


def part(own: int, whole: int) -> Fraction:
    """Her part of all that came in; of nothing, all: then no receipt apportions a gain."""
    return Fraction(own, whole) if whole else Fraction(1)
