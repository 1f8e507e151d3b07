"""Restitution ordered by criminal courts, served before any civil debt, for all victims at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.liability.collection import pay_together
from simlib.restitution.ledger import open_loss
from simlib.restitution.sharing import Divisions, divided, share_out

if TYPE_CHECKING:
    from simlib.case.model import Case, Criminal, Reparation


@dataclass(frozen=True, slots=True)
class Served:
    """What is collected on orders of restitution now [fen].

    Attributes
    ----------
    titles
        victim → party → what is still to be paid of his orders against the party
    paid
        victim → party → what he gets of it
    others_titles, others_paid
        the same for victims outside the case, by party
    caps
        victim → what of his loss is still open: no orders together give more
    divisions
        party → how his assets were divided, where they do not suffice for all orders
    """

    titles: dict[str, dict[str, int]]
    paid: dict[str, dict[str, int]]
    others_titles: dict[str, int]
    others_paid: dict[str, int]
    caps: dict[str, int]
    divisions: Divisions

    def by(self, party: str) -> int:
        """Return what a party pays on all orders."""
        return self.others_paid.get(party, 0) + sum(p.get(party, 0) for p in self.paid.values())


def serve(case: Case, returned: dict[str, int]) -> Served | None:
    """Collect what is open of the orders in a case; None where nothing is open for its victims.

    Each debtor's assets in proportion to the open orders on them, victims outside the case
    included; several who are to restore one loss, in proportion to their orders; never more than
    the victim's open loss, which is also the most an order counts for.
    """
    titles: dict[str, dict[str, int]] = {}
    for row in case.reparations:
        if row.ordered_fen > row.paid_fen:
            own = titles.setdefault(row.victim, {})
            own[row.party] = own.get(row.party, 0) + row.ordered_fen - row.paid_fen
    if not titles:
        return None
    caps = {v: max(0, open_loss(case, v) - returned.get(v, 0)) for v in titles}
    owing = tuple(dict.fromkeys(party for own in titles.values() for party in own))
    others = {p: _others(case, p) for p in owing}
    others = {p: fen for p, fen in others.items() if fen}
    claims = [(own, caps[v]) for v, own in titles.items()]
    claims += [({p: fen}, fen) for p, fen in others.items()]
    purses = [case.party(p).assets_fen for p in owing]
    rows = [[min(own.get(p, 0), cap) for p in owing] for own, cap in claims]

    def draws(c: int, rooms: dict[int, int]) -> list[int]:
        limits = [min(t, rooms.get(k, t), _purse(purses[k], t)) for k, t in enumerate(rows[c])]
        return pay_together(claims[c][1], limits, rows[c])

    shared = share_out(purses, rows, draws)
    names = [*titles, *(f"others of {p}" for p in others)]
    divisions = divided(owing, names, purses, rows, shared, draws)
    taken = [dict(zip(owing, row, strict=True)) for row in shared]
    paid = {v: _some(row) for v, row in zip(titles, taken, strict=False)}
    outside = {p: row[p] for p, row in zip(others, taken[len(titles) :], strict=True)}
    return Served(titles, paid, others, outside, caps, divisions)


def _others(case: Case, party: str) -> int:
    return sum(c.restitution_others_fen for c in case.criminal if c.party == party)


def _purse(purse: int | None, title: int) -> int:
    return title if purse is None else purse


def _some(row: dict[str, int]) -> dict[str, int]:
    return {party: fen for party, fen in row.items() if fen}


def after(case: Case, returned: dict[str, int], served: Served | None) -> Case:
    """The case once money was returned and restitution collected: what is left is the civil debt.

    What was collected is paid of its order and gone from the assets. An order whose victim has his
    loss back asks for nothing more.
    """
    update: dict[str, object] = {}
    if returned.get(case.claimant):
        update["recovered_fen"] = case.recovered_fen + returned[case.claimant]
    if served:
        update["reparations"] = _orders(case, served)
        update["parties"] = tuple(
            p.model_copy(update={"assets_fen": p.assets_fen - served.by(p.id)})
            if p.assets_fen is not None and served.by(p.id)
            else p
            for p in case.parties
        )
        update["criminal"] = _outside(case, served)
    return case.model_copy(update=update) if update else case


def _orders(case: Case, served: Served) -> tuple[Reparation, ...]:
    left = {v: dict(paid) for v, paid in served.paid.items()}
    rows = []
    for row in case.reparations:
        own = left.get(row.victim, {})
        now = min(own.get(row.party, 0), row.ordered_fen - row.paid_fen)
        if now:
            own[row.party] -= now
        paid = row.paid_fen + now
        whole = served.caps.get(row.victim) == sum(served.paid.get(row.victim, {}).values())
        ordered = paid if whole else row.ordered_fen
        rows.append(row.model_copy(update={"paid_fen": paid, "ordered_fen": ordered}))
    return tuple(rows)


def _outside(case: Case, served: Served) -> tuple[Criminal, ...]:
    left = dict(served.others_paid)
    rows = []
    for crime in case.criminal:
        now = min(left.get(crime.party, 0), crime.restitution_others_fen)
        if now:
            left[crime.party] -= now
            rest = crime.restitution_others_fen - now
            crime = crime.model_copy(update={"restitution_others_fen": rest})
        rows.append(crime)
    return tuple(rows)
