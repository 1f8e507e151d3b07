"""The result of tracing: of each transfer, account and origin, whose money it was. All in fen.

A method's authority is in `simlib/law/tracing.toml`; `simlib.trace/1` is a tracing as plain data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TypeAlias

from simlib.chain.ledger import OTHER, Column, Ledger, layers_of
from simlib.chain.lot import Lot, cut, payments, spread
from simlib.chain.scalar import PURSES, Followed, Walk
from simlib.errors import UnknownName
from simlib.law.dated import record
from simlib.money import Fen
from simlib.resources import table

METHODS = tuple(PURSES)
FEE = "fee"
Money: TypeAlias = dict[str | None, Fen]  # origin → money [fen]; None stands for other money
OTHER_KEY = "(other)"  # no id has brackets
MOST_LISTED = 5_000  # of more, only those are listed that money of an origin came to


@dataclass(frozen=True, slots=True)
class MethodLaw:
    """What a method rests on: a basis (one of `law.citation.BASES`) and what it cites."""

    basis: str
    cites: tuple[str, ...] = ()


@cache
def method_law(method: str) -> MethodLaw:
    """Return what a method of `METHODS` rests on."""
    return record(MethodLaw, table("law", "tracing.toml")[method])


@dataclass(frozen=True, eq=False)
class Tracing:
    """Where the money went under one method.

    Attributes
    ----------
    method
        one of `METHODS`
    assumptions
        keys of what was assumed, see `texts/*/chain.toml`
    case
        id of the case traced, if one was
    holders
        account → party it belongs to, where a case says so
    """

    method: str
    assumptions: tuple[str, ...]
    case: str | None
    holders: Mapping[str, str]
    _book: Ledger = field(repr=False)
    _ways: Followed = field(repr=False)
    _walk: Callable[[], Walk] = field(repr=False)
    _lots: dict[int, tuple[Lot, ...]] = field(default_factory=dict, init=False, repr=False)

    @property
    def origins(self) -> tuple[str, ...]:
        """Whose money was followed, in order."""
        return self._book.origins

    @property
    def names(self) -> tuple[str, ...]:
        """Every account and party that paid, was paid or had money at the start."""
        return tuple(self._book.names)

    @property
    def order(self) -> Column:
        """Places of the transfers in the file, in the order in which they were traced."""
        return self._book.order

    @property
    def ids(self) -> Sequence[str]:
        """The transfers' ids, as the file has them."""
        return self._book.ids

    @cached_property
    def layers(self) -> dict[str, int]:
        """Account → 0 for the origins' own, 1 where their money came at once, 2 for the next…"""
        return {self._book.names[place]: n for place, n in layers_of(self._book).items()}

    @cached_property
    def unlisted(self) -> dict[str, int]:
        """Account → money that must have come in besides the transfers listed [fen]."""
        return {self._book.names[place]: fen for place, fen in self._ways.unlisted.items()}

    def of(self, transfer: str) -> Money:
        """Return whose money a transfer was; None stands for other money."""
        return self._named(self._ways.of(self._transfer(transfer)))

    def fee_of(self, transfer: str) -> Money:
        """Return whose money the fee for a transfer was."""
        return self._named(self._ways.fee_of(self._transfer(transfer)))

    def came(self, ids: str | Iterable[str], origin: str) -> Fen:
        """Return an origin's money that came into these accounts from outside them [fen].

        Never more than the origin paid out, however often it came round (poison excepted).
        """
        number = self._origin(origin)
        came = self._ways.came(self._accounts(ids), number)
        return came if self.method == "poison" else min(came, self._ways.paid[number])

    def into(self, ids: str | Iterable[str]) -> Money:
        """Return all that came into these accounts from outside them, by whose it was [fen].

        What comes round again counts again, so that it adds up to what came in (poison excepted).
        """
        accounts = self._accounts(ids)
        colours = range(len(self.origins) + 1)
        return self._named({colour: self._ways.came(accounts, colour) for colour in colours})

    def arrived(self, origin: str) -> dict[str, int]:
        """Return `came` of each account by itself, where it is not 0."""
        number = self._origin(origin)
        most = None if self.method == "poison" else self._ways.paid[number]
        came = self._ways.arrived(number).items()
        return {self._book.names[a]: fen if most is None else min(fen, most) for a, fen in came}

    def carrying(self, origins: Iterable[str]) -> list[int]:
        """Return the places of transfers that carried these origins' money, in the order traced."""
        return self._ways.carrying([self._origin(origin) for origin in origins])

    def lots(self, origin: str) -> tuple[Lot, ...]:
        """Return an origin's payments to others cut into lots: see `lot.cut`; not for poison.

        Where a holder's accounts are apart, only at what came to each holder: see `lot.spread`.
        """
        number = self._origin(origin)
        if number not in self._lots:
            part = cut(self._book, self._ways, self.method, number) if not self.holders else ()
            self._lots[number] = part or spread(*self._by_holder(number))
        return self._lots[number]

    def _by_holder(self, origin: int) -> tuple[list[tuple[int, Fen, str]], dict[str, Fen]]:
        """Return an origin's payments to others, and what came to each other holder."""
        paid = payments(self._book, self._ways, origin)
        held: dict[str, set[str]] = {}
        for name in self.names:
            held.setdefault(self.holders.get(name, name), set()).add(name)
        own = {a for a, number in self._book.source.items() if number == origin}
        whose = {self.holders.get(self.names[a], self.names[a]) for a in own}
        came = {id: self.came(ids, self.origins[origin]) for id, ids in held.items()}
        whole = [(t, fen, self.holders.get(account, account)) for t, fen, account in paid]
        return whole, {id: fen for id, fen in came.items() if fen and id not in whose}

    def balance(self, account: str) -> Money:
        """Return what lies in an account at the end; in an origin's account, what came to it."""
        if account not in self._places:
            raise UnknownName.among("account", account, self._book.names)
        return self._named(self._ways.balance(self._places[account]))

    def ends(self, origin: str) -> dict[str, int]:
        """Return where an origin's money lies at the end, what went to fees under `fee`.

        Adds up to what he paid out (poison excepted).
        """
        number = self._origin(origin)
        ends = {self._book.names[place]: n for place, n in self._ways.ends(number).items()}
        fees = self._ways.fees_paid(number)
        return ends | {FEE: ends.get(FEE, 0) + fees} if fees else ends

    def paid(self, origin: str) -> Fen:
        """Return what an origin paid out to others, its fees included [fen]."""
        return self._ways.paid[self._origin(origin)]

    @property
    def conserved(self) -> bool:
        """Whether the ends of every origin's money add up to what he paid out, to the fen."""
        return all(sum(self.ends(origin).values()) == self.paid(origin) for origin in self.origins)

    def steps(self) -> Iterator[tuple[int, dict[str, Money]]]:
        """Yield after each transfer its place in the file, and what is in the two accounts."""
        walk = self._walk()
        for t in walk.steps():
            touched = dict.fromkeys((walk.book.payer[t], walk.book.payee[t]))
            yield t, {self._book.names[a]: self._named(walk.balance(a)) for a in touched}

    def to_json(self, only: str | None = None) -> dict[str, object]:
        """Return everything, or what concerns one origin's money, as `simlib.trace/1`."""
        return written(self, self.origins if only is None else (only,))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self._book.names)}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {id: number for number, id in enumerate(self._book.ids)}

    def _accounts(self, ids: str | Iterable[str]) -> set[int]:
        ids = (ids,) if isinstance(ids, str) else ids
        return {self._places[name] for name in ids if name in self._places}

    def _transfer(self, id: str) -> int:
        if id not in self._numbers:
            raise UnknownName.among("transfer", id, self._numbers)
        return self._numbers[id]

    def _origin(self, name: str) -> int:
        if name not in self.origins:
            raise UnknownName.among("origin", name, self.origins)
        return self.origins.index(name)

    def _named(self, money: Mapping[int, Fen]) -> Money:
        colours = (*self.origins, OTHER)
        return {colours[colour]: int(fen) for colour, fen in sorted(money.items()) if fen}


def written(tracing: Tracing, whose: Sequence[str]) -> dict[str, object]:
    """Return all that a tracing says of some origins' money, as one object; amounts in fen."""
    law = method_law(tracing.method)
    transfers = _transfers(tracing, whose)
    return {
        "schema": "simlib.trace/1",
        "case": tracing.case,
        "method": tracing.method,
        "basis": law.basis,
        "cites": list(law.cites),
        "origins": {origin: {"paid_fen": tracing.paid(origin)} for origin in whose},
        "accounts": list(_accounts(tracing, whose)),
        "transfers": transfers,
        "transfers_left_out": len(tracing.ids) - len(transfers),
        "ends": {origin: tracing.ends(origin) for origin in whose},
        "unlisted": tracing.unlisted,
        "assumptions": list(tracing.assumptions),
        "conserved": tracing.conserved,
    }


def keyed(money: Money, whose: Sequence[str]) -> dict[str, int]:
    """Return money with a text for the key None, and only of the origins wanted."""
    named = {OTHER_KEY if origin is None else origin: fen for origin, fen in money.items()}
    return {name: fen for name, fen in named.items() if name in whose or name == OTHER_KEY}


def _accounts(tracing: Tracing, whose: Sequence[str]) -> Iterator[dict[str, object]]:
    arrived = {origin: tracing.arrived(origin) for origin in whose}
    names: Sequence[str] = tracing.names
    if len(names) > MOST_LISTED:
        names = sorted({account for came in arrived.values() for account in came})
    for name in names:
        yield {
            "id": name,
            "holder": tracing.holders.get(name),
            "layer": tracing.layers.get(name),
            "came": {origin: arrived[origin].get(name, 0) for origin in whose},
            "held": keyed(tracing.balance(name), whose),
        }


def _transfers(tracing: Tracing, whose: Sequence[str]) -> list[dict[str, object]]:
    few = len(tracing.ids) <= MOST_LISTED
    places = tracing.order if few else tracing.carrying(whose)
    return [_transfer(tracing, tracing.ids[place], whose) for place in places]


def _transfer(tracing: Tracing, id: str, whose: Sequence[str]) -> dict[str, object]:
    of, fee = (keyed(money, whose) for money in (tracing.of(id), tracing.fee_of(id)))
    return {"id": id, "of": of, "fee": fee}
