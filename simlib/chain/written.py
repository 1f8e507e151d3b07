"""A tracing as plain data for other programs: `simlib.trace/1`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simlib.chain.method import method_law

if TYPE_CHECKING:
    from simlib.chain.tracing import Money, Tracing

OTHER_KEY = "(other)"  # no id has brackets


def written(found: Tracing, whose: Sequence[str]) -> dict:
    """Everything a tracing found of some origins' money, as one object; amounts in fen."""
    law = method_law(found.method)
    return {
        "schema": "simlib.trace/1",
        "case": found.case,
        "method": found.method,
        "basis": law.basis,
        "cites": list(law.cites),
        "origins": {origin: {"paid_fen": found.paid(origin)} for origin in whose},
        "accounts": [_account(found, name, whose) for name in found.names],
        "transfers": [_transfer(found, place, whose) for place in found.order],
        "ends": {origin: found.ends(origin) for origin in whose},
        "unlisted": found.unlisted,
        "assumptions": list(found.assumptions),
        "conserved": found.conserved,
    }


def keyed(money: Money, whose: Sequence[str]) -> dict[str, int]:
    """JSON has no key None; the money of those not asked about is left out."""
    named = {OTHER_KEY if origin is None else origin: fen for origin, fen in money.items()}
    return {name: fen for name, fen in named.items() if name in whose or name == OTHER_KEY}


def _account(found: Tracing, name: str, whose: Sequence[str]) -> dict:
    return {
        "id": name,
        "holder": found.holders.get(name),
        "layer": found.layers.get(name),
        "came": {origin: found.came(name, origin) for origin in whose},
        "held": keyed(found.held(name), whose),
    }


def _transfer(found: Tracing, place: int, whose: Sequence[str]) -> dict:
    id = found.ids[place]
    of, fee = (keyed(money, whose) for money in (found.of(id), found.fee_of(id)))
    return {"id": id, "of": of, "fee": fee}
