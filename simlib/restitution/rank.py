"""Orders of restitution and judgments of equal rank: how the assets are divided between them.

By the rule `after_restitution = with_restitution` each party's assets go to the orders against him
and to the judgments in proportion. A victim with both titles for one loss counts once, with the
larger. What the judgments leave goes to what is still open of the orders.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.interval import FenRange, Interval, added, high_end, hull, low_end
from simlib.liability.assets import answering_with
from simlib.liability.model import Purse
from simlib.restitution.ledger import less
from simlib.restitution.orders import Served, Titles, after_orders, open_orders, serve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case
    from simlib.liability.model import Debtor, Setting, Solution
    from simlib.liability.outcome import Outcome
    from simlib.money import Fen


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
