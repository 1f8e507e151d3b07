"""A tracing as plain data for other programs: `simlib.trace/1`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simlib.chain.method import method_law

if TYPE_CHECKING:
    from simlib.chain.tracing import Money, Tracing

OTHER_KEY = "(other)"  # no id has brackets
MOST_LISTED = 5_000  # of more, only those are listed that money of an origin came to


def written(found: Tracing, whose: Sequence[str]) -> dict:
    """Everything a tracing found of some origins' money, as one object; amounts in fen."""
    law = method_law(found.method)
    transfers = _transfers(found, whose)
    return {
        "schema": "simlib.trace/1",
        "case": found.case,
        "method": found.method,
        "basis": law.basis,
        "cites": list(law.cites),
        "origins": {origin: {"paid_fen": found.paid(origin)} for origin in whose},
        "accounts": list(_accounts(found, whose)),
        "transfers": transfers,
        "transfers_left_out": len(found.ids) - len(transfers),
        "ends": {origin: found.ends(origin) for origin in whose},
        "unlisted": found.unlisted,
        "assumptions": list(found.assumptions),
        "conserved": found.conserved,
    }


def keyed(money: Money, whose: Sequence[str]) -> dict[str, int]:
    """JSON has no key None; the money of those not asked about is left out."""
    named = {OTHER_KEY if origin is None else origin: fen for origin, fen in money.items()}
    return {name: fen for name, fen in named.items() if name in whose or name == OTHER_KEY}


def _accounts(found: Tracing, whose: Sequence[str]) -> Iterator[dict]:
    arrived = {origin: found.arrived(origin) for origin in whose}
    names = found.names
    if len(names) > MOST_LISTED:
        names = sorted({account for came in arrived.values() for account in came})
    for name in names:
        yield {
            "id": name,
            "holder": found.holders.get(name),
            "layer": found.layers.get(name),
            "came": {origin: arrived[origin].get(name, 0) for origin in whose},
            "held": keyed(found.held(name), whose),
        }


def _transfers(found: Tracing, whose: Sequence[str]) -> list[dict]:
    few = len(found.ids) <= MOST_LISTED
    places = found.order if few else found.carrying(whose)
    return [_transfer(found, found.ids[place], whose) for place in places]


def _transfer(found: Tracing, id: str, whose: Sequence[str]) -> dict:
    of, fee = (keyed(money, whose) for money in (found.of(id), found.fee_of(id)))
    return {"id": id, "of": of, "fee": fee}
