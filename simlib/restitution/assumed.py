"""What deciding together assumes: neither law nor found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.restitution.claimant import carried_over

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability.setting import Setting
    from simlib.restitution.judgments import Divisions
    from simlib.restitution.orders import Served
    from simlib.restitution.pool import Return

LEGAL_PERSONS = ("platform", "operator")


def assumptions(
    case: Case,
    views: dict[str, Case],
    settings: dict[str, Setting],
    divisions: Divisions | None,
    served: Served | None,
    returns: Return | None,
) -> Iterator[dict]:
    """Each assumption once: `{"key", "value", "basis"}`, `party` where one's."""
    if returns:
        yield from returns.assumptions
        if any(returns.returned.values()):
            yield _teaching("together.pool-of-principals", None)
        for holder in dict.fromkeys(pot.holder for pot in returns.accounts):
            if case.party(holder).assets_fen is not None:
                yield _teaching("together.frozen-apart", None, holder)
    yield from _orders(case, served)
    for victim in views:
        for key in carried_over(case, victim):
            yield _teaching(f"carried.{key}", None, victim)
    if len(views) > 1:
        yield _teaching("together.all-sue", len(views))
    for debtor in _short_of_assets(settings) if divisions is None else divisions:
        legal = case.party(debtor).role in LEGAL_PERSONS
        yield _teaching(f"together.{'legal' if legal else 'natural'}-person", None, debtor)
    if len(views) > 1 and any(s.has("realloc") for s in settings.values()):
        yield _teaching("together.spread-alone", None)
    if divisions is None:
        yield _teaching("together.outer", None)


def _orders(case: Case, served: Served | None) -> Iterator[dict]:
    if any(r.paid_fen for r in case.reparations) or served and any(served.paid.values()):
        yield _teaching("together.deducted", None)
    if not served:
        return
    yield _teaching("together.collected", None)
    for party in dict.fromkeys(p for own in served.titles.values() for p in own):
        if case.party(party).sued:
            yield {"key": "together.ordered-and-sued", "value": None, "basis": "doctrine",
                   "party": party}  # fmt: skip
    for party in dict.fromkeys(p for own in served.titles.values() for p in own):
        ordered = sum(own.get(party, 0) for own in served.titles.values())
        ordered += served.others_titles.get(party, 0)
        assets = case.party(party).assets_fen
        if assets is None:
            yield _teaching("assets.unlimited", None, party)
        elif ordered > assets:
            yield _teaching("together.orders-in-proportion", None, party)


def _short_of_assets(settings: dict[str, Setting]) -> list[str]:
    """Who may not have enough for all that can be asked of him."""
    asked: dict[str, int] = {}
    purses: dict[str, int] = {}
    for setting in settings.values():
        for debtor in setting.debtors:
            if debtor.sued and debtor.assets is not None:
                asked[debtor.id] = asked.get(debtor.id, 0) + setting.claim.fen
                purses[debtor.id] = debtor.assets
    return [id for id, fen in asked.items() if fen > purses[id]]


def _teaching(key: str, value: object, party: str | None = None) -> dict:
    entry = {"key": key, "value": value, "basis": "teaching assumption"}
    return entry | ({"party": party} if party else {})
