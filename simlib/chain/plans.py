"""Which plan a method has for many transfers; `lifo` has none."""

from __future__ import annotations

from simlib.chain.array_accounts import Plan
from simlib.chain.array_methods import WAVES
from simlib.chain.grouped import Grouped, TooLarge
from simlib.chain.intervals import Intervals
from simlib.chain.ledger import Ledger

PLANS: dict[str, type[Plan]] = {"fifo": Intervals, **WAVES}


def plan(book: Ledger, method: str) -> Plan | None:
    """Return the plan of a method; None where it has none, or arrays are of no help."""
    if method not in PLANS:
        return None
    try:
        return PLANS[method](book, Grouped.of(book))
    except TooLarge:
        return None
