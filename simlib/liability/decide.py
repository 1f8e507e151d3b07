"""The engine's door: one case under one mode, or under several side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.interval import Interval, high_end, low_end
from simlib.law.citation import article
from simlib.law.modes import mode_law
from simlib.law.regime import Regime, checked_rules, nearest
from simlib.law.regime import regime as load_regime
from simlib.liability.forms import CAPPED_JOINT, MODES
from simlib.liability.outcome import Claimed, Outcome, PartyOutcome
from simlib.liability.reasons import Reasons
from simlib.liability.setting import Setting, prepare
from simlib.liability.solve import Solution
from simlib.liability.unknowns import solve
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case

ALL_MODES = ("auto", *MODES)
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
        a regime or its name; the mode's own if not given

    Raises
    ------
    UnknownName
        for a mode, rule or regime we do not have
    OutOfScope, NoRule
        `auto` outside its dates, or for a role the law gives no fixed mode

    Examples
    --------
    >>> from simlib import load_case
    >>> decide(load_case("2024-lu-0302-5690"), "joint").received_fen
    2500000
    """
    if mode not in ALL_MODES:
        raise UnknownName("unknown-name", kind="mode", name=mode, near=nearest(mode, ALL_MODES))
    law = mode_law(mode)
    if not isinstance(regime, Regime):
        regime = load_regime(regime or law.regime)
    setting = prepare(case, mode, checked_rules(rules or {}, regime), regime)
    solution = solve(setting)
    trace = Reasons(setting, solution, law.cites).trace()
    return Outcome(
        case=case.id,
        mode=mode,
        regime=regime.name,
        basis=mode_law(setting.mode).basis,
        claim_fen=setting.claim.fen,
        received_fen=solution.received,
        unrecovered_fen=_rest(setting.claim.fen, solution.received),
        parties=_parties(setting, solution),
        citations=_citations(trace),
        assumptions=tuple(_assumptions(setting, solution, trace)),
        trace=trace,
    )


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
    unsatisfied = high_end(_rest(setting.claim.fen, solution.received)) > 0
    ids = [d.id for d in setting.debtors]
    found = {
        party: PartyOutcome(
            setting.forms[i].key,
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
        )
        for i, party in enumerate(ids)
    }
    others = PartyOutcome("not_liable", 0.0, 0, 0, 0, 0)
    return {p.id: found.get(p.id, others) for p in setting.case.parties if p.role != "victim"}


def _citations(trace: Trace) -> tuple[str, ...]:
    """The articles the steps rest on: first what makes a party liable, then shares and amounts."""
    steps = [child for node in trace.children for child in node.children]
    forms = [node for node in steps if node.key == "form"]
    others = [node for node in [*steps, *trace.children] if node.key != "form"]
    return tuple(dict.fromkeys(cite for node in [*forms, *others] for cite in node.cites))


def _assumptions(setting: Setting, solution: Solution, trace: Trace) -> Iterator[dict]:
    yield from _misfits(setting)
    yield from _rule_choices(setting)
    yield from _parameters_used(setting, trace)
    for debtor in setting.debtors:
        if debtor.sued and debtor.assets is None:
            yield _teaching("assets.unlimited", None, debtor.id)
        if debtor.party.role == "helper" and low_end(debtor.cause.value) == 0:
            yield _teaching("gate.causation", "passed", debtor.id)
    if not solution.exact:
        yield _teaching("interval.outer", len(setting.box.axes))


def _misfits(setting: Setting) -> Iterator[dict]:
    """Where the mode asked for is not what the law gives these facts: listed, never refused."""
    case, regime = setting.case, setting.regime
    if regime.since and case.acted_on < regime.since:
        yield {"key": "misfit.regime-dates", "value": case.acted_on, "basis": "law in force"}
    law = mode_law(setting.mode)
    day = case.acted_on if law.dated_by == "acted_on" else case.decided_on
    for cite in law.cites:
        text = article(cite, day)
        if day and text.since and not text.holds_on(day):
            yield {"key": "misfit.not-in-force", "value": cite, "basis": text.basis}
    for debtor in setting.debtors:
        knowing = debtor.grade.value in ("knowing", "concert")
        if setting.mode == "joint" and not debtor.principal and not knowing:
            yield {
                "key": "misfit.joint-below-knowing",
                "value": debtor.grade.value,
                "basis": "law in force",
                "party": debtor.id,
            }
        if setting.mode == "several" and not debtor.principal and knowing:
            yield {
                "key": "misfit.several-knowing",
                "value": debtor.grade.value,
                "basis": "teaching assumption",
                "party": debtor.id,
            }
    own = setting.claim.damages.children[-1].value
    if own and any(d.grade.value in ("knowing", "concert") for d in setting.debtors):
        yield _teaching("victim_fault.contested", own)


def _rule_choices(setting: Setting) -> Iterator[dict]:
    """The rules that shaped this outcome and that no law fixes."""
    names = []
    if setting.principals_first and setting.mode in CAPPED_JOINT:
        names += ["partial_payment", "caps"]
    if setting.mode == "risk_benefit":
        names += ["risk_benefit_as", "aggregator"]
    if setting.mode == "auto" and any(d.grade.value == "gross" for d in setting.debtors):
        names += ["gross"]
    for name in names:
        yield _teaching(f"rule.{name}", setting.rules[name])
    if _weighs(setting):
        yield _teaching("rule.share", setting.share_rule)
    if setting.mode == "auto":
        yield _teaching("route.by-grade", None)
    if setting.mode == "all_or_nothing":
        yield _teaching("proof.whole", None)
        for debtor in setting.debtors:
            if debtor.party.proof is None and not debtor.principal:
                yield _teaching("proof.absent", 1, debtor.id)


def _parameters_used(setting: Setting, trace: Trace) -> Iterator[dict]:
    keys: dict[str, str | None] = {}
    roots = [m for m in setting.measures if m is not None]
    roots += (
        [n for d in setting.debtors for n in (d.cause, d.fault, d.grade)]
        if _weighs(setting)
        else []
    )
    roots += [n for n in trace.children if n.key == "share"][:1]
    for root in roots:
        for node in root.walk():
            if node.source and node.source.startswith("parameter:"):
                keys.setdefault(node.source.removeprefix("parameter:"))
    for key in keys:
        parameter = setting.regime.parameter(key)
        yield {"key": key, "value": parameter.value, "basis": parameter.basis}


def _weighs(setting: Setting) -> bool:
    return setting.share_rule in ("product", "mean", "geometric")


def _teaching(key: str, value: object, party: str | None = None) -> dict:
    entry = {"key": key, "value": value, "basis": "teaching assumption"}
    return entry | ({"party": party} if party else {})
