"""All victims' claims decided together on the same assets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from simlib.law.authority import authority
from simlib.law.modes import mode_law_for
from simlib.liability.decide import made_ready, outcome_of
from simlib.liability.reasons import Reasons
from simlib.restitution.assumed import assumptions
from simlib.restitution.claimant import victims
from simlib.restitution.judgments import judge
from simlib.restitution.ledger import Ledger, keep
from simlib.restitution.reasons import SharedReasons, whole_trace
from simlib.restitution.recourse import Recourse, across
from simlib.restitution.spent import Spent, spent
from simlib.restitution.suits import Suits
from simlib.trace import plain

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.assumption import Assumption
    from simlib.liability.outcome import Outcome
    from simlib.restitution.pool import Return
    from simlib.trace import Trace

SCHEMA = "simlib.victims/1"


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
            "case": self.case,
            "mode": self.mode,
            "regime": self.regime,
            "basis": self.basis,
            "return": self.returns.to_json() if self.returns else None,
            "victims": {v: self._victim(v) for v in self.victims},
            "collection": {party: own.to_json() for party, own in self.collection.items()},
            "recourse": [claim.to_json() for claim in self.recourse],
            "citations": list(self.citations),
            "assumptions": [{k: plain(v) for k, v in e.items()} for e in self.assumptions],
            "trace": self.trace.to_json(),
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
            partial(SharedReasons, both.settings[v], solutions[v], law, v, divisions or {}),
        )
        for v in people
    }  # fmt: skip
    by_himself = {v: both.of(v) for v in people}
    alone = {
        v: outcome_of(
            mode, own.settings[v], own.solutions[v],
            partial(Reasons, own.settings[v], own.solutions[v], law),
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
