"""Restitution that a criminal court ordered: what the claimant got of it, what goes to others."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case, Reparation


def restored(case: Case) -> list[tuple[str, int, str]]:
    """What came to the claimant as restitution: who paid, how much [fen], where the file says so.

    Only what was paid counts, never what was ordered.
    """
    paid = [
        (c.party, c.restitution_paid_fen, f"criminal[{i}].restitution_paid_fen")
        for i, c in enumerate(case.criminal)
    ]
    paid += [
        (r.party, r.paid_fen, f"reparations[{i}].paid_fen")
        for i, r in enumerate(case.reparations)
        if r.victim == case.claimant
    ]
    return [entry for entry in paid if entry[1]]


def open_to_others(case: Case, ids: Collection[str]) -> int:
    """Other victims' restitution that these parties still owe [fen].

    It ranks before other civil debts (刑事裁判涉财产部分执行规定13), a fine behind them; whether a
    judgment of a victim of the same crime is such a debt the rule `after_restitution` says.
    """
    stated = sum(c.restitution_others_fen for c in case.criminal if c.party in ids)
    return stated + sum(
        r.ordered_fen - r.paid_fen
        for r in case.reparations
        if r.party in ids and r.victim != case.claimant
    )


def open_to_others_traces(case: Case, ids: Collection[str], key: str) -> list[Trace]:
    """Return the entries of which `open_to_others` is the sum, each as a step called `key`."""
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
