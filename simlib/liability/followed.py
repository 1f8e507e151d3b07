"""The claimant's money, by payment and by whose accounts it reached: a plain stand-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.chain import accounts_of, trace_funds

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.money import Fen


@dataclass(frozen=True)
class Lot:
    """Money of one payment that reached the same accounts."""

    payment: int
    fen: Fen
    holders: frozenset[str]


def lots(case: Case, method: str) -> tuple[Lot, ...]:
    """Return her payments in time order, cut at what reached each party, smaller inside larger."""
    hers = accounts_of(case, case.claimant)
    rows = [
        {"id": t.id, "payer": t.payer if t.payer not in hers else f"her {n}",
         "payee": t.payee, "amount_fen": t.amount_fen, "fee_fen": t.fee_fen, "at": t.at}
        for n, t in enumerate(case.transfers)
    ]  # fmt: skip
    own = [n for n, t in enumerate(case.transfers) if t.payer in hers and t.payee not in hers]
    if not own:
        return ()
    opening = {a.id: a.opening_fen for a in case.accounts if a.opening_fen}
    tracing = trace_funds(rows, [f"her {n}" for n in own], method, opening=opening)
    order = [n for n in tracing.order if n in set(own)]
    out = []
    for n in order:
        amount = case.transfers[n].amount_fen
        came = {
            p.id: min(amount, tracing.came(accounts_of(case, p.id), f"her {n}"))
            for p in case.parties
            if p.role != "victim"
        }
        edges = sorted({0, amount, *came.values()})
        out += [
            Lot(n, b - a, frozenset(p for p, fen in came.items() if fen >= b))
            for a, b in zip(edges, edges[1:], strict=False)
        ]
    return tuple(out)
