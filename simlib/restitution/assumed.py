"""What deciding together assumes: neither law nor found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.liability.assets import answering_with
from simlib.liability.assumption import Assumption, entry, teaching
from simlib.restitution.claimant import carried_over

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability.model import Setting
    from simlib.restitution.judgments import Divisions
    from simlib.restitution.orders import Served
    from simlib.restitution.pool import Return
    from simlib.restitution.suits import Suits

LEGAL_PERSONS = ("platform", "operator")


def assumptions(
    case: Case, suits: Suits, divisions: Divisions | None, returns: Return | None
) -> Iterator[Assumption]:
    """Yield each assumption once: `{"key", "value", "basis"}`, `party` where one's."""
    views, settings = suits.views, suits.settings
    if returns:
        yield from returns.assumptions
        if any(returns.returned.values()):
            yield teaching("together.pool-of-principals", None)
        for holder in dict.fromkeys(pot.holder for pot in returns.accounts):
            if case.party(holder).assets_fen is not None:
                yield teaching("together.frozen-apart", None, holder)
    yield from _orders(case, suits.served)
    yield from _rank(case, suits)
    for victim in views:
        for key in carried_over(case, victim):
            yield teaching(f"carried.{key}", None, victim)
    if len(views) > 1:
        yield teaching("together.all-sue", len(views))
    for debtor in _short_of_assets(settings) if divisions is None else divisions:
        legal = case.party(debtor).role in LEGAL_PERSONS
        yield teaching(f"together.{'legal' if legal else 'natural'}-person", None, debtor)
    if len(views) > 1:
        kinds = {form.measure: form for s in settings.values() for form in s.forms}
        for form in kinds.values():
            yield from form.assumed_together()
    joint = any(f.joint for s in settings.values() for f, d in zip(s.forms, s.debtors, strict=True)
                if not d.principal)  # fmt: skip
    if divisions and len(views) > 1 and joint:
        yield teaching("together.carried-alone", None)
    if divisions is None:
        yield teaching("together.outer", None)


def _orders(case: Case, served: Served | None) -> Iterator[Assumption]:
    if any(r.paid_fen for r in case.reparations) or served and any(served.paid.values()):
        yield teaching("together.deducted", None)
    if not served:
        return
    yield teaching("together.collected", None)
    for party in dict.fromkeys(p for own in served.titles.values() for p in own):
        if case.party(party).sued:
            yield entry("together.ordered-and-sued", None, "doctrine", party)
    for party in dict.fromkeys(p for own in served.titles.values() for p in own):
        ordered = sum(own.get(party, 0) for own in served.titles.values())
        ordered += served.others_titles.get(party, 0)
        assets = case.party(party).assets_fen
        if assets is None:
            yield teaching("assets.unlimited", None, party)
        elif ordered > assets:
            yield teaching("together.orders-in-proportion", None, party)


def _rank(case: Case, suits: Suits) -> Iterator[Assumption]:
    """Yield the rank of judgments beside orders of restitution where it moves an amount."""
    short = [p for p, budget in suits.budgets.items() if budget.binds]
    if not suits.equal:
        short = [p for p in suits.titles.parties if _left_too_little(case, suits, p)]
    if not short:
        return
    setting = next(iter(suits.settings.values()))
    yield teaching("rule.after_restitution", setting.rules["after_restitution"])
    if suits.equal and any(s.box.axes for s in suits.settings.values()):
        yield teaching("together.reserved", None)


def _left_too_little(case: Case, suits: Suits, party: str) -> bool:
    """Tell whether what a party paid on orders is missing for the judgments against him."""
    served, assets = suits.served, case.party(party).assets_fen
    if served is None or assets is None or not served.by(party):
        return False
    asked = 0
    for v, setting in suits.settings.items():
        for i, debtor in enumerate(setting.debtors):
            members = answering_with(debtor.party, debtor.payer)
            if debtor.sued and party in [p.id for p in members]:
                asked += high_end(suits.solutions[v].exposure[i])
    return asked > assets - served.by(party)


def _short_of_assets(settings: dict[str, Setting]) -> list[str]:
    """Return who may not have enough for all that can be asked of him."""
    titles: dict[str, int] = {}
    purses: dict[str, int] = {}
    for setting in settings.values():
        for debtor in setting.debtors:
            if debtor.sued and debtor.assets is not None:
                titles[debtor.id] = titles.get(debtor.id, 0) + setting.claim.fen
                purses[debtor.id] = debtor.assets
    return [id for id, fen in titles.items() if fen > purses[id]]
