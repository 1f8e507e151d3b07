"""Restitution that a criminal court ordered and that is still open: its reasons."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Reparation


def open_to_others_traces(case: Case, ids: Collection[str], key: str) -> list[Trace]:
    """Return what `purse.open_to_others` adds up, each entry as a step called `key`."""
    steps: list[Trace] = [
        Trace(
            key,
            c.restitution_others_fen,
            "fen",
            source=f"case:criminal[{i}].restitution_others_fen",
            party=c.party,
        )
        for i, c in enumerate(case.criminal)
        if c.restitution_others_fen and c.party in ids
    ]
    steps += [
        _open(key, i, r)
        for i, r in enumerate(case.reparations)
        if r.party in ids and r.victim != case.claimant and r.ordered_fen > r.paid_fen
    ]
    return steps


def _open(key: str, row: int, order: Reparation) -> Trace:
    where = f"case:reparations[{row}]"
    children = (
        Trace("ordered_fen", order.ordered_fen, "fen", source=f"{where}.ordered_fen"),
        Trace("restored_fen", order.paid_fen, "fen", source=f"{where}.paid_fen"),
    )
    value = order.ordered_fen - order.paid_fen
    return Trace(key, value, "fen", "restitution.open", children, party=order.party)
