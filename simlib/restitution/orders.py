"""Restitution ordered by criminal courts, served before any civil debt, for all victims at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.money import pay_together
from simlib.restitution.ledger import open_loss
from simlib.restitution.sharing import Divisions, divided, share_with_rooms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case, Criminal, Reparation


@dataclass(frozen=True, slots=True)
class Titles:
    """What is open of orders of restitution, before any is collected [fen].

    Attributes
    ----------
    titles
        victim → party → what is still to be paid of his orders against the party
    caps
        victim → what of his loss is still open: no orders together give more
    others
        party → what is open to victims outside the case
    """

    titles: dict[str, dict[str, int]]
    caps: dict[str, int]
    others: dict[str, int]

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody an open order is against."""
        named = [party for own in self.titles.values() for party in own]
        return tuple(dict.fromkeys([*named, *self.others]))

    def of(self, victim: str, party: str) -> int:
        """Return what one victim's orders against a party count for: at most his open loss."""
        return min(self.titles.get(victim, {}).get(party, 0), self.caps.get(victim, 0))

    def against(self, party: str) -> int:
        """Return what all open orders against a party count for."""
        return self.others.get(party, 0) + sum(self.of(v, party) for v in self.titles)


@dataclass(frozen=True, slots=True)
class Served:
    """What is collected on orders of restitution now [fen].

    Attributes
    ----------
    titles, caps, others_titles
        the open orders: see `Titles`
    paid
        victim → party → what he gets of it
    others_paid
        the same for victims outside the case, by party
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

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody an order is against."""
        named = [party for own in self.titles.values() for party in own]
        return tuple(dict.fromkeys([*named, *self.others_titles]))

    def rest(self, victim: str, party: str) -> int:
        """Return what stays open of a victim's orders against a party."""
        title = self.titles.get(victim, {}).get(party, 0)
        return title - self.paid.get(victim, {}).get(party, 0)


def open_orders(case: Case, returned: Mapping[str, int], outside: bool = False) -> Titles:
    """Return what is open of the orders in a case.

    Parameters
    ----------
    outside
        whether to list a party who owes only victims outside the case
    """
    titles: dict[str, dict[str, int]] = {}
    for row in case.reparations:
        if row.ordered_fen > row.paid_fen:
            own = titles.setdefault(row.victim, {})
            own[row.party] = own.get(row.party, 0) + row.ordered_fen - row.paid_fen
    caps = {v: max(0, open_loss(case, v) - returned.get(v, 0)) for v in titles}
    named = [party for own in titles.values() for party in own]
    owing = [*named, *([c.party for c in case.criminal] if outside else [])]
    others = {party: _others(case, party) for party in dict.fromkeys(owing)}
    return Titles(titles, caps, {party: fen for party, fen in others.items() if fen})


def serve(open_: Titles, purses: Mapping[str, int | None]) -> Served | None:
    """Collect open orders; None where there are none.

    Each debtor's assets in proportion to the open orders on them, victims outside the case
    included; several who are to restore one loss, in proportion to their orders; never more than
    the victim's open loss, which is also the most an order counts for.

    Parameters
    ----------
    purses
        party → what his orders can draw on; None is without limit [fen]
    """
    owing, titles, others = open_.parties, open_.titles, open_.others
    if not owing:
        return None
    claims = [(own, open_.caps[v]) for v, own in titles.items()]
    claims += [({p: fen}, fen) for p, fen in others.items()]
    own_purses = [purses[p] for p in owing]
    rows = [[min(own.get(p, 0), cap) for p in owing] for own, cap in claims]

    def draws(c: int, rooms: dict[int, int]) -> list[int]:
        limits = [min(t, rooms.get(k, t), _purse(own_purses[k], t)) for k, t in enumerate(rows[c])]
        return pay_together(claims[c][1], limits, rows[c])

    shared, rooms = share_with_rooms(own_purses, rows, draws)
    names = [*titles, *(f"others of {p}" for p in others)]
    divisions = divided(owing, names, own_purses, rows, shared, rooms, draws)
    taken = [dict(zip(owing, row, strict=True)) for row in shared]
    paid = {v: _some(row) for v, row in zip(titles, taken, strict=False)}
    outside = {p: row[p] for p, row in zip(others, taken[len(titles) :], strict=True)}
    return Served(titles, paid, others, outside, open_.caps, divisions)


def _others(case: Case, party: str) -> int:
    return sum(c.restitution_others_fen for c in case.criminal if c.party == party)


def _purse(purse: int | None, title: int) -> int:
    return title if purse is None else purse


def _some(row: dict[str, int]) -> dict[str, int]:
    return {party: fen for party, fen in row.items() if fen}


def after(case: Case, returned: Mapping[str, int], served: Served | None) -> Case:
    """The case once money was returned and restitution collected: what is left is the civil debt.

    What was collected is paid of its order and gone from the assets. An order whose victim has his
    loss back asks for nothing more.
    """
    if returned.get(case.claimant):
        back = case.recovered_fen + returned[case.claimant]
        case = case.model_copy(update={"recovered_fen": back})
    return after_orders(case, served) if served else case


def after_orders(case: Case, served: Served) -> Case:
    """The case once restitution was collected: see `after`."""
    update: dict[str, object] = {"reparations": _orders(case, served)}
    update["parties"] = tuple(
        p.model_copy(update={"assets_fen": p.assets_fen - served.by(p.id)})
        if p.assets_fen is not None and served.by(p.id)
        else p
        for p in case.parties
    )
    update["criminal"] = _outside(case, served)
    return case.model_copy(update=update)


def closed(case: Case) -> Case:
    """The case without what stays open of its orders: these have had their part of the assets."""
    orders = (r.model_copy(update={"ordered_fen": r.paid_fen}) for r in case.reparations)
    crimes = (c.model_copy(update={"restitution_others_fen": 0}) for c in case.criminal)
    return case.model_copy(update={"reparations": tuple(orders), "criminal": tuple(crimes)})


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
