"""Restitution ordered by criminal courts, for all victims at once: before civil debts or beside.

Served first by the law in force. By the rule `after_restitution = with_restitution` each party's
assets go to the orders against him and to the judgments in proportion. A victim with both titles
for one loss counts once, with the larger. What the judgments leave goes to what is still open of
the orders.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.interval import FenRange, Interval, added, high_end, hull, low_end
from simlib.liability.assets import answering_with
from simlib.liability.records import Purse
from simlib.money import pay_together
from simlib.restitution.proportional_division import Divisions, divided, share_with_rooms
from simlib.restitution.victim_account import less, open_loss

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case, Criminal, Reparation
    from simlib.liability.outcome import Outcome
    from simlib.liability.records import Debtor, Setting, Solution
    from simlib.money import Fen


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


@dataclass(frozen=True, slots=True)
class Budget:
    """What of a party's assets falls to orders of restitution [fen].

    Attributes
    ----------
    assets
        what he has
    orders, civil
        open orders against him, and what judgments may ask beyond them; an open amount counts with
        its upper end, as what is set aside for a claim not yet decided
    """

    assets: Fen
    orders: Fen
    civil: Fen

    @property
    def fen(self) -> Fen:
        """The orders' part: what the judgments' part leaves."""
        return self.assets - Purse(self.assets, self.orders).part_of(self.civil)

    @property
    def binds(self) -> bool:
        """Whether the assets do not suffice for both, so that the rank moves an amount."""
        return bool(self.orders and self.civil) and self.assets < self.orders + self.civil


@dataclass(frozen=True, slots=True)
class Late:
    """What goes to orders of restitution from what the judgments leave [fen].

    Attributes
    ----------
    paid
        victim → party → what he gets
    others
        party → what victims outside the case get
    """

    paid: dict[str, dict[str, FenRange]]
    others: dict[str, FenRange]


def budgets(
    titles: Titles, case: Case, settings: Mapping[str, Setting], solutions: Mapping[str, Solution]
) -> dict[str, Budget]:
    """Return how the assets of each party under orders are divided between these and judgments.

    Parameters
    ----------
    settings, solutions
        the suits before any order is collected, each solved as if it were alone
    """
    civil: dict[str, Fen] = {}
    for v, setting in settings.items():
        for i, debtor in enumerate(setting.debtors):
            if not debtor.sued:
                continue
            most = high_end(solutions[v].exposure[i])
            for party in _members(debtor):
                beyond = max(0, most - titles.of(v, party))
                civil[party] = civil.get(party, 0) + beyond
    divided = {}
    for party in titles.parties:
        assets = case.party(party).assets_fen
        if assets is not None:
            divided[party] = Budget(assets, titles.against(party), civil.get(party, 0))
    return divided


def _members(debtor: Debtor) -> list[str]:
    return [p.id for p in answering_with(debtor.party, debtor.payer)]


def last(
    case: Case,
    returned: Mapping[str, Fen],
    served: Served,
    settings: Mapping[str, Setting],
    outcomes: Mapping[str, Outcome],
) -> Late:
    """Return what the judgments leave to the orders, once all are collected.

    Known amounts are shared as the orders were; of an open one only that it lies between nothing
    and all that is left.
    """
    left = {p: _left(case, served, p, settings, outcomes) for p in served.parties}
    got = {v: o.received_fen for v, o in outcomes.items()}
    if any(isinstance(fen, Interval) for fen in (*left.values(), *got.values())):
        return _bounded(served, left, got)
    back = {v: returned.get(v, 0) + low_end(fen) for v, fen in got.items()}
    purses = {p: None if fen is None else low_end(fen) for p, fen in left.items()}
    again = serve(open_orders(after_orders(case, served), back, outside=True), purses)
    if again is None:
        return Late({}, {})
    return Late({v: {**paid} for v, paid in again.paid.items()}, {**again.others_paid})


def _left(
    case: Case,
    served: Served,
    party: str,
    settings: Mapping[str, Setting],
    outcomes: Mapping[str, Outcome],
) -> FenRange | None:
    """Return what is left of one party's assets; None is without limit.

    A ward's own go to the judgments before his guardian's (1188(2)).
    """
    assets = case.party(party).assets_fen
    if assets is None:
        return None
    rest: FenRange = max(0, assets - served.by(party))
    for v, setting in settings.items():
        for debtor in setting.debtors:
            members = _members(debtor)
            if party not in members:
                continue
            paid = outcomes[v].parties[debtor.id].paid_fen
            if party == debtor.id and len(members) > 1:  # the ward's own property went first
                ward = case.party(debtor.party.id).assets_fen or 0
                own = max(0, ward - served.by(debtor.party.id))
                paid = less(paid, own)
            rest = less(rest, paid)
    return rest


def _bounded(
    served: Served, left: Mapping[str, FenRange | None], got: Mapping[str, FenRange]
) -> Late:
    paid: dict[str, dict[str, FenRange]] = {}
    for v, titles in served.titles.items():
        loss = less(served.caps[v], added((*served.paid.get(v, {}).values(), got.get(v, 0))))
        for party, title in titles.items():
            rest = min(served.rest(v, party), _most(left[party], title), high_end(loss))
            if rest > 0:
                paid.setdefault(v, {})[party] = hull([0, rest])
    others: dict[str, FenRange] = {}
    for party, title in served.others_titles.items():
        rest = min(title - served.others_paid.get(party, 0), _most(left[party], title))
        if rest > 0:
            others[party] = hull([0, rest])
    return Late(paid, others)


def _most(left: FenRange | None, title: Fen) -> Fen:
    return title if left is None else high_end(left)
