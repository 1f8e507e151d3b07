"""All victims' claims decided together on the same assets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from simlib.interval import high_end
from simlib.law.authority import authority
from simlib.law.modes import mode_law_for
from simlib.liability.assets import OTHER_DEBTS, answering_with
from simlib.liability.assumption import Assumption, entry, teaching
from simlib.liability.decide import made_ready, outcome_of
from simlib.liability.piece_reasons import reasons_of
from simlib.liability.unknowns import solve
from simlib.restitution.debtors import Recourse, Spent, across, spent
from simlib.restitution.judgments import judge
from simlib.restitution.orders import (
    Budget,
    Late,
    Served,
    Titles,
    after,
    budgets,
    closed,
    last,
    open_orders,
    serve,
)
from simlib.restitution.other_claimant import as_claimant, carried_over, victims
from simlib.restitution.reasons import shared_reasons, whole_trace
from simlib.restitution.victim_account import Ledger, keep
from simlib.trace import plain_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.outcome import Outcome
    from simlib.liability.records import Setting, Solution
    from simlib.money import Fen
    from simlib.restitution.frozen_money import Return
    from simlib.restitution.proportional_division import Divisions
    from simlib.trace import Trace

LEGAL_PERSONS = ("platform", "operator")
SCHEMA = "simlib.victims/1"


class Suits:
    """The suits of those victims who sue, after return and restitution.

    Attributes
    ----------
    case, returned, ready
        the case, what was given back to whom [fen], and what makes a suit ready to decide
    suing
        the victims who sue
    """

    def __init__(
        self,
        case: Case,
        returned: Mapping[str, Fen],
        ready: Callable[[Case], Setting],
        suing: Sequence[str],
    ) -> None:
        self.case, self.returned, self.ready, self.suing = case, returned, ready, suing

    def of(self, victim: str) -> Suits:
        """Return the suit of one victim as if he alone sued; orders are collected all the same."""
        if self.equal:
            return Suits(self.case, self.returned, self.ready, (victim,))
        return self

    @cached_property
    def equal(self) -> bool:
        """Whether judgments rank with orders of restitution that are collected here."""
        one, open_ = len(self.suing) == 1, open_orders(self.case, self.returned, outside=True)
        if not open_.parties or (one and not open_.titles):  # one judgment beside others' orders
            return False
        own = as_claimant(self.case, self.suing[0])
        return self.ready(own).rules["after_restitution"] != OTHER_DEBTS

    @cached_property
    def titles(self) -> Titles:
        """The open orders that are collected here."""
        return open_orders(self.case, self.returned, outside=self.equal)

    @cached_property
    def budgets(self) -> dict[str, Budget]:
        """How each party's assets are divided between orders and judgments of equal rank."""
        if not self.equal:
            return {}
        before = {
            v: self.ready(after(as_claimant(self.case, v), self.returned, None)) for v in self.suing
        }
        return budgets(self.titles, self.case, before, {v: solve(s) for v, s in before.items()})

    @cached_property
    def served(self) -> Served | None:
        """What is collected on the orders."""
        purses = {p: self.case.party(p).assets_fen for p in self.titles.parties}
        return serve(self.titles, purses | {p: own.fen for p, own in self.budgets.items()})

    @cached_property
    def views(self) -> dict[str, Case]:
        """Each victim's case once money was returned and restitution collected."""
        views = {
            v: after(as_claimant(self.case, v), self.returned, self.served) for v in self.suing
        }
        return {v: closed(view) for v, view in views.items()} if self.equal else views

    @cached_property
    def settings(self) -> dict[str, Setting]:
        """Each victim's suit, ready to decide."""
        return {v: self.ready(view) for v, view in self.views.items()}

    @cached_property
    def solutions(self) -> dict[str, Solution]:
        """Each victim's suit, solved as if there were no other."""
        return {v: solve(setting) for v, setting in self.settings.items()}

    @property
    def beside(self) -> Served | None:
        """What was collected on orders of equal rank: what stays open of them counts no title."""
        return self.served if self.equal else None

    def last(self, outcomes: Mapping[str, Outcome]) -> Late:
        """Return what the judgments leave to orders of equal rank."""
        if not self.equal or self.served is None:
            return Late({}, {})
        return last(self.case, self.returned, self.served, self.settings, outcomes)


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


@dataclass(frozen=True)
class Together:
    """A case decided for all its victims on the same assets.

    Attributes
    ----------
    case, mode, regime, basis
        what was decided, how, under whose rules, and on what kind of authority
    victims
        their ids, in file order
    cases
        victim → the case as his court sees it, after return and restitution: what the sources in
        his outcome's trace refer to
    outcomes, ledgers
        victim → his outcome beside the others', and his account
    alone, alone_ledgers
        victim → the same if only he sued; restitution is collected all the same
    collection
        party → what his assets went to
    recourse
        what debtors may recover from each other over all the victims' debts
    returns
        what was given back of frozen money, if that was asked for
    citations, assumptions, trace
        as in an outcome; each victim's outcome has its own too
    """

    case: str
    mode: str
    regime: str
    basis: str
    victims: tuple[str, ...]
    cases: dict[str, Case]
    outcomes: dict[str, Outcome]
    ledgers: dict[str, Ledger]
    alone: dict[str, Outcome]
    alone_ledgers: dict[str, Ledger]
    collection: dict[str, Spent]
    recourse: tuple[Recourse, ...]
    returns: Return | None
    citations: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    trace: Trace

    def to_json(self) -> dict[str, object]:
        """Return everything as plain JSON data, schema `simlib.victims/1`."""
        from simlib import __version__

        return {
            "schema": SCHEMA,
            "engine": f"simlib {__version__}",
            **plain_fields(self, "case", "mode", "regime", "basis"),
            "return": self.returns.to_json() if self.returns else None,
            "victims": {v: self._victim(v) for v in self.victims},
            **plain_fields(self, "collection", "recourse", "citations", "assumptions", "trace"),
        }

    def _victim(self, victim: str) -> dict[str, object]:
        own = self.ledgers[victim].to_json()
        alone = self.alone_ledgers[victim].to_json()
        del alone["entries"]
        return own | {"alone": alone, "outcome": self.outcomes[victim].to_json()}


def decide_all(
    case: Case,
    mode: str = "auto",
    rules: Rules | None = None,
    regime: str | Regime | None = None,
    returns: Return | None = None,
) -> Together:
    """Decide all victims' claims together: each debtor's assets serve all of them.

    1. money given back (`returns`) comes off every loss
    2. orders of restitution are collected, before any civil debt; or, where judgments rank with
       them, from their part of the assets
    3. every victim's suit is decided on what is left of his loss
    4. the judgments are collected together, each debtor's assets in proportion to them; what one
       victim does not draw flows on to the others (`share_out`), and then to what is still open of
       orders of equal rank
    5. recourse over all debts; every victim's account

    With one victim and no order of restitution this is `decide`.

    Parameters
    ----------
    mode, rules, regime
        as in `decide`, the same for all victims
    returns
        what `give_back` found; without it nothing is given back now

    Raises
    ------
    UnknownName, OutOfScope, NoRule
        as `decide` does
    CaseError
        where a victim's own transfers do not add up to his loss
    ValueError
        if the return is of another case

    References
    ----------
    property-enforcement-rules:13(1), civil-procedure-interpretation:506(1),
    civil-procedure-interpretation:508, civil-code:519(2), tort-interpretation-1:17
    """
    if returns is not None and returns.case != case.id:
        raise ValueError(f"what was given back is of {returns.case}, not of {case.id}")
    people = victims(case)
    returned = returns.returned if returns else {}
    prepared = partial(made_ready, mode=mode, rules=rules, regime=regime)
    both = Suits(case, returned, prepared, people)
    solutions, divisions = judge(both.settings, both.solutions, both.beside)
    law = mode_law_for(mode, case)
    outcomes = {
        v: outcome_of(
            mode, both.settings[v], solutions[v],
            partial(shared_reasons, both.settings[v], solutions[v], law, v, divisions or {}),
        )
        for v in people
    }  # fmt: skip
    by_himself = {v: both.of(v) for v in people}
    alone = {
        v: outcome_of(
            mode, own.settings[v], own.solutions[v],
            partial(reasons_of, own.settings[v], own.solutions[v], law),
        )
        for v, own in by_himself.items()
    }  # fmt: skip
    late = both.last(outcomes)
    ledgers = {v: keep(case, v, returns, both.served, outcomes[v], late) for v in people}
    collection = spent(case, both.settings, both.served, outcomes, late)
    recourse = across(outcomes, both.settings)
    first = outcomes[people[0]]
    trace = whole_trace(case, ledgers, outcomes, returns, both, late)
    return Together(
        case.id,
        mode,
        first.regime,
        first.basis,
        people,
        both.views,
        outcomes,
        ledgers,
        alone,
        {
            v: keep(case, v, returns, own.served, alone[v], own.last({v: alone[v]}))
            for v, own in by_himself.items()
        },
        collection,
        recourse,
        returns,
        _citations(case, trace, outcomes, recourse, divisions is None),
        tuple(assumptions(case, both, divisions, returns)),
        trace,
    )


def _citations(
    case: Case,
    trace: Trace,
    outcomes: dict[str, Outcome],
    recourse: tuple[Recourse, ...],
    open_: bool,
) -> tuple[str, ...]:
    """What return, restitution and sharing rest on first, then what makes the debtors liable.

    `open_`: the assets may not suffice, but open facts leave how they are divided open too.
    """
    own_steps = [cite for node in trace.walk() for cite in node.cites]
    shared = [
        cite
        for outcome in outcomes.values()
        for node in outcome.trace.walk()
        if node.key == "room"
        for cite in node.cites
    ]
    shared += authority("assets", case, "in_proportion") if open_ else ()
    own = [cite for outcome in outcomes.values() for cite in outcome.citations]
    last = authority("recourse", case, "behind") if recourse else ()
    return tuple(dict.fromkeys([*own_steps, *shared, *own, *last]))
