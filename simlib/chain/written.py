"""A tracing as plain data for other programs: `simlib.trace/1`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simlib.chain.method import method_law

if TYPE_CHECKING:
    from simlib.chain.tracing import Money, Tracing

OTHER_KEY = "(other)"  # no id has brackets
MOST_LISTED = 5_000  # of more, only those are listed that money of an origin came to


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
