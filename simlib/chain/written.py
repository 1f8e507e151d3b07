"""A tracing as plain data for other programs: `simlib.trace/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.chain.method import method_law

if TYPE_CHECKING:
    from simlib.chain.tracing import Money, Tracing

OTHER_KEY = "(other)"  # no id has brackets


def written(found: Tracing) -> dict:
    """Everything a tracing found, as one object."""
    return {
        "schema": "simlib.trace/1",
        "case": found.case,
        "method": found.method,
        "basis": method_law(found.method).basis,
        "cites": list(method_law(found.method).cites),
        "origins": {origin: {"paid_fen": found.paid(origin)} for origin in found.origins},
        "accounts": [_account(found, name) for name in found.names],
        "transfers": [_transfer(found, place) for place in found.order],
        "ends": {origin: found.ends(origin) for origin in found.origins},
        "unlisted": found.unlisted,
        "assumptions": list(found.assumptions),
        "conserved": found.conserved,
    }


def _account(found: Tracing, name: str) -> dict:
    return {
        "id": name,
        "holder": found.holders.get(name),
        "layer": found.layers.get(name),
        "came": {origin: found.came(name, origin) for origin in found.origins},
        "held": _keyed(found.held(name)),
    }


def _transfer(found: Tracing, place: int) -> dict:
    id = found.ids[place]
    return {"id": id, "of": _keyed(found.of(id)), "fee": _keyed(found.fee_of(id))}


def _keyed(money: Money) -> dict[str, int]:
    """JSON has no key None."""
    return {OTHER_KEY if origin is None else origin: fen for origin, fen in money.items()}
