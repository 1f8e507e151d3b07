"""The engine's door: one case under one mode, or under several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.interval import Interval, high_end, low_end
from simlib.law.modes import mode_law_for
from simlib.law.regime import Regime, checked_rules, regime_for
from simlib.liability.assumed import assumptions
from simlib.liability.forms import ALL_MODES
from simlib.liability.outcome import Claimed, Outcome, PartyOutcome
from simlib.liability.reasons import Reasons
from simlib.liability.setting import Setting, prepare
from simlib.liability.solve import Solution
from simlib.liability.unknowns import solve
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case

COMPARED = (
    "auto",
    "joint",
    "several",
    "partial_joint",
    "risk_benefit",
    "benefit_cap",
    "all_or_nothing",
)


def decide(
    case: Case, mode: str = "auto", rules: dict | None = None, regime: str | Regime | None = None
) -> Outcome:
    """Decide a case under one mode of liability.

    1. read who is liable, the claim and the unknown facts for this mode
    2. solve exposures, collection, burdens and recourse; intervals where facts are unknown
    3. write the reasons, the citations and the assumptions

    Parameters
    ----------
    mode
        `auto` (the law in force: each party's mode by his grade) or an explicit mode, which is a
        what-if and is never refused because a grade or a day does not fit
    rules
        choices such as `{"partial_payment": "outer"}`; the regime's defaults otherwise
    regime
        a regime, or the name of one, looked up on the days of the case; the mode's own if not given

    Raises
    ------
    UnknownName
        for a mode, rule or regime we do not have
    OutOfScope, NoRule
        `auto` outside its dates; for a minor whose guardian the file does not name, or for one who
        would have to answer twice

    Examples
    --------
    >>> from simlib import load_case
    >>> decide(load_case("2024-lu-0302-5690"), "joint").received_fen
    2500000
    """
    setting = made_ready(case, mode, rules, regime)
    return told(mode, Reasons(setting, solve(setting), mode_law_for(mode, case).cites))


def made_ready(case: Case, mode: str, rules: dict | None, regime: str | Regime | None) -> Setting:
    """A case ready to be decided under a mode we have, its rules and regime checked."""
    if mode not in ALL_MODES:
        raise UnknownName.among("mode", mode, ALL_MODES)
    regime = regime_for(case, regime or mode_law_for(mode, case).regime)
    return prepare(case, mode, checked_rules(rules or {}, regime), regime)


def told(mode: str, reasons: Reasons) -> Outcome:
    """The outcome that a solution and its reasons come to."""
    setting, solution, trace = reasons.setting, reasons.solution, reasons.trace()
    return Outcome(
        case=setting.case.id,
        mode=mode,
        regime=setting.regime.name,
        basis=_basis(setting),
        claim_fen=setting.claim.fen,
        received_fen=solution.received,
        unrecovered_fen=_rest(setting.claim.fen, solution.received),
        parties=_parties(setting, solution),
        citations=_citations(trace),
        assumptions=tuple(assumptions(setting, solution, trace)),
        trace=trace,
    )


def _basis(setting: Setting) -> str:
    """On what kind of authority: a school's route is doctrine, whatever it routes to."""
    if setting.mode == "auto":
        return setting.regime.basis
    return mode_law_for(setting.mode, setting.case).basis


def compare(
    case: Case,
    modes: Sequence[str] | None = None,
    rules: dict | None = None,
    regime: str | Regime | None = None,
) -> dict[str, Outcome]:
    """The same case under several modes: mode → outcome, in the order asked for."""
    return {mode: decide(case, mode, rules, regime) for mode in modes or COMPARED}


def _rest(owed: int, received: object) -> object:
    if isinstance(received, Interval):
        return Interval(owed - received.high, owed - received.low)
    return owed - received


def _parties(setting: Setting, solution: Solution) -> dict[str, PartyOutcome]:
    unsatisfied = high_end(solution.owed) > low_end(solution.received)
    ids = [d.id for d in setting.debtors]
    found = {
        party: PartyOutcome(
            _shown(setting, solution, i),
            solution.share[i],
            solution.exposure[i],
            solution.paid[i],
            solution.burden[i],
            solution.short[i],
            tuple(
                Claimed(ids[j], fen, unsatisfied)
                for j, fen in enumerate(solution.recourse[i])
                if high_end(fen)
            ),
            solution.joint[i],
        )
        for i, party in enumerate(ids)
    }
    replaced = {d.party.id for d in setting.debtors if d.payer is not d.party}
    found |= {id: PartyOutcome("answered_for", 0.0, 0, 0, 0, 0) for id in replaced}
    others = PartyOutcome("not_liable", 0.0, 0, 0, 0, 0)
    return {p.id: found.get(p.id, others) for p in setting.case.parties if p.role != "victim"}


def _shown(setting: Setting, solution: Solution, i: int) -> str:
    """The form a party answers in, where the mode leaves it to his share too."""
    form, joint = setting.forms[i], solution.joint[i]
    if form.measure == "threshold" and setting.debtors[i].released:
        joint = low_end(solution.share[i]) >= setting.rules["threshold"]
    if form.measure != "threshold" or joint is None:
        return form.key
    return "joint" if joint else "several"


def _citations(trace: Trace) -> tuple[str, ...]:
    """The articles the steps rest on: first what makes a party liable, then shares and amounts."""
    steps = [child for node in trace.children for child in node.children]
    forms = [node for node in steps if node.key == "form"]
    others = [node for node in [*steps, *trace.children] if node.key != "form"]
    return tuple(dict.fromkeys(cite for node in [*forms, *others] for cite in node.cites))
