"""What an outcome assumes: neither law nor found, listed with every decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib import chain, riskbenefit
from simlib.interval import high_end, low_end
from simlib.law.citation import article
from simlib.law.days import law_day
from simlib.law.modes import mode_law_for
from simlib.liability.forms import GUARDIAN
from simlib.liability.route import KNOWING, all_late, criminal_entries, goes_by_crime
from simlib.liability.titles import served_first
from simlib.trace import PARAMETER, Trace

if TYPE_CHECKING:
    from simlib.liability.facts import Debtor
    from simlib.liability.setting import Setting
    from simlib.liability.solve import Solution

WEIGHING = ("product", "mean", "geometric")
RULE_VALUES = f"{PARAMETER}rules."


def assumptions(setting: Setting, solution: Solution, trace: Trace) -> Iterator[dict]:
    """Each assumption once: `{"key", "value", "basis"}`, `party` where one's."""
    yield from _misfits(setting)
    yield from _rule_choices(setting)
    yield from _parameters_used(setting, trace)
    for debtor in setting.debtors:
        yield from _of_party(setting, debtor)
    yield from _internal_side(setting, solution)
    if not solution.exact:
        yield _teaching("interval.outer", len(setting.box.axes))


def _of_party(setting: Setting, debtor: Debtor) -> Iterator[dict]:
    if debtor.sued and debtor.assets is None:
        yield _teaching("assets.unlimited", None, debtor.id)
    if debtor.party.role == "helper" and low_end(debtor.cause.value) == 0:
        yield _teaching("gate.causation", "passed", debtor.id)
    if debtor.payer is not debtor.party:
        minor = debtor.party.minor
        key = "answered.guardian" if minor else "answered.employer"
        yield {
            "key": key,
            "value": debtor.id,
            "basis": "law in force",
            "party": debtor.party.id,
        }
        if minor:
            yield _teaching("answered.reduced", None, debtor.id)
    if debtor.released:
        yield _teaching("release.out", None, debtor.id)
    ahead = served_first(setting.case, (debtor.id,))
    if debtor.assets is not None and ahead:
        yield {
            "key": "order.others-restitution",
            "value": ahead,
            "basis": "judicial interpretation",
            "party": debtor.id,
        }
    entries = criminal_entries(setting.case, debtor.party.id)
    if goes_by_crime(debtor, setting.mode, setting.regime) and not entries:
        yield _teaching("zhou.no-entry", None, debtor.id)


def _internal_side(setting: Setting, solution: Solution) -> Iterator[dict]:
    """Where one way of reckoning burdens and recourse goes beyond what 519 and 1198 say."""
    if setting.has("limited_rest"):
        yield _teaching("supplementary.recourse", None)
    for i, (debtor, form) in enumerate(zip(setting.debtors, setting.forms, strict=True)):
        part, burden = high_end(solution.part[i]), high_end(solution.burden[i])
        if debtor.assets == 0 and solution.joint[i] and part and not burden:
            yield _teaching("respread.present", None, debtor.id)
        owes = high_end(solution.exposure[i]) + high_end(solution.before[i])
        if form.capped and burden > max(part, owes):
            yield _teaching("respread.limit", None, debtor.id)
        claimed = any(high_end(claims[i]) for claims in solution.recourse)
        if claimed and solution.joint[i] is False and any(solution.joint):
            yield _teaching("recourse.several", None, debtor.id)
        yield from _capped_by_flow(setting, solution, i)


def _capped_by_flow(setting: Setting, solution: Solution, i: int) -> Iterator[dict]:
    """A flow cap that binds: contested under 1169, and after the share under 1172."""
    debtor, form = setting.debtors[i], setting.forms[i]
    if debtor.flow_cap is None or high_end(solution.exposure[i]) >= high_end(solution.owed):
        return
    if form.measure == "claim":
        yield _teaching("flow_cap.contested", None, debtor.id)
    left = debtor.flow_cap - low_end(solution.before[i])
    if form.measure == "share" and left < high_end(solution.part[i]):
        yield _teaching("flow_cap.after-share", None, debtor.id)


def _misfits(setting: Setting) -> Iterator[dict]:
    """Where the mode asked for is not what the law gives these facts: listed, never refused."""
    case, regime = setting.case, setting.regime
    if regime.since and case.acted_on < regime.since:
        yield {"key": "misfit.regime-dates", "value": case.acted_on, "basis": "law in force"}
    law = mode_law_for(setting.mode, case)
    day = law_day(law.dated_by, case)
    for cite in law.cites:
        text = article(cite, day)
        if text.since and not text.holds_on(day):
            yield {"key": "misfit.not-in-force", "value": cite, "basis": text.basis}
    for i in range(len(setting.debtors)):
        yield from _misfits_of(setting, i)
    own = setting.claim.damages.children[-1].value
    if own and any(d.grade.value in KNOWING for d in setting.debtors):
        yield _teaching("victim_fault.contested", own)


def _misfits_of(setting: Setting, i: int) -> Iterator[dict]:
    debtor = setting.debtors[i]
    knowing, mode = debtor.grade.value in KNOWING, setting.mode
    if mode == "joint" and not debtor.principal and not knowing:
        yield _misfit("joint-below-knowing", debtor.grade.value, "law in force", debtor.id)
    if mode == "several" and not debtor.principal and knowing:
        yield _misfit("several-knowing", debtor.grade.value, "teaching assumption", debtor.id)
    joint = mode in ("auto", "joint") and setting.forms[i].measure == "claim"
    if joint and debtor.grade.value == "knowing" and all_late(setting.case, debtor.party.id):
        yield _misfit("after-loss", debtor.grade.value, "law in force", debtor.id)
    if mode != "auto" and debtor.party.answered_by:
        yield _misfit("answered-by", debtor.party.answered_by, "law in force", debtor.id)


def _misfit(key: str, value: object, basis: str, party: str) -> dict:
    return {"key": f"misfit.{key}", "value": value, "basis": basis, "party": party}


def _rule_choices(setting: Setting) -> Iterator[dict]:
    """The rules that shaped this outcome and that no law fixes."""
    for name in _rules_at_work(setting):
        yield _teaching(f"rule.{name}", setting.rules[name])
    if setting.share_rule in (*WEIGHING, "gain", "shapley"):
        yield _teaching("rule.share", setting.share_rule)
    if setting.share_rule == "shapley":
        yield _teaching("shapley.game", None)
    yield from _mode_choices(setting)


def _rules_at_work(setting: Setting) -> Iterator[str]:
    mode, auto = setting.mode, setting.mode == "auto"
    if any(form.capped for form in setting.forms):
        yield from ("partial_payment", "caps")
    if mode == "risk_benefit":
        yield from ("risk_benefit_as", "aggregator")
        off = (f"rb_{name}" for name in riskbenefit.REFORMS)
        yield from (rule for rule in off if setting.rules[rule] == "off")
    if setting.has("gain"):
        yield "benefit"
    if mode == "threshold":
        yield "threshold"
    if setting.rules["deduction"] != "liability_first" and setting.claim.recovered.value:
        yield "deduction"
    if any(_traced(setting, d, m) for d, m in zip(setting.debtors, setting.measures, strict=True)):
        yield "tracing"
    in_force = auto and setting.regime.basis == "law in force"
    if in_force and any(d.grade.value == "gross" for d in setting.debtors):
        yield "gross"
    if auto and any(_by_operator_rule(d) for d in setting.debtors):
        yield "operator"


def _traced(setting: Setting, debtor: Debtor, measure: Trace | None) -> bool:
    """Whether a tracing rule said how much came to him: for his flow cap, or for his gains."""
    gains = measure is not None and measure.key in ("gains", "model_share", "chance_owed")
    counts = debtor.flow_cap is not None or gains or setting.share_rule == "gain"
    return counts and chain.by_others(setting.case, debtor.party.id)


def _by_operator_rule(debtor: Debtor) -> bool:
    return debtor.party.role == "operator" and debtor.grade.value not in KNOWING


def _mode_choices(setting: Setting) -> Iterator[dict]:
    mode = setting.mode
    helping = [f for f, d in zip(setting.forms, setting.debtors, strict=True) if not d.principal]
    if mode == "auto" and helping and not any(form.joint for form in helping):
        yield _teaching("principal.whole", None)
    if mode == "auto":
        own = setting.regime.basis == "law in force"
        yield _teaching("route.by-grade" if own else "route.school", setting.regime.name)
    if any(goes_by_crime(d, mode, setting.regime) for d in setting.debtors):
        yield _teaching("zhou.by-analogy", None)
    if mode == "hybrid":
        yield _teaching("hybrid.order", None)
    if mode == "all_or_nothing":
        yield _teaching("proof.whole", None)
        for debtor in setting.debtors:
            if debtor.party.proof is None and not debtor.principal:
                yield _teaching("proof.absent", 1, debtor.id)
    for form, debtor in zip(setting.forms, setting.debtors, strict=True):
        if form.measure == "score" and setting.rules["rb_exemption"] == "on":
            yield from _exempted(debtor)
        if form.measure == "gain" and setting.rules["benefit"] == "swiss":
            yield _teaching("benefit.swiss-cause", None, debtor.id)
        if form.measure == "chance":
            yield _teaching("route.after-loss", None, debtor.id)
        if form.measure == "enlarged" and debtor.party.enlarged_fen is None:
            yield _teaching("platform.enlarged-unknown", None, debtor.id)
        if form is GUARDIAN and debtor.payer.limit is None:
            yield _teaching("answered.limit-unknown", None, debtor.id)


def _exempted(debtor: Debtor) -> Iterator[dict]:
    """Whether the proposal exempts a technical helper, and what for it is missing."""
    found = riskbenefit.exemption(debtor.party)
    if found.holds:
        yield _reform("exemption.held", None, debtor.id)
        if debtor.grade.value in KNOWING:
            yield _reform("exemption.against-grade", debtor.grade.value, debtor.id)
    for name in found.missing:
        key = "failed" if name in found.failed else "not-shown"
        yield _reform(f"exemption.{key}", name, debtor.id)


def _reform(key: str, value: object, party: str) -> dict:
    return {"key": key, "value": value, "basis": "reform proposal", "party": party}


def _parameters_used(setting: Setting, trace: Trace) -> Iterator[dict]:
    keys: dict[str, None] = {}
    roots = [m for m in setting.measures if m is not None]
    if setting.share_rule in WEIGHING:
        roots += [n for d in setting.debtors for n in (d.cause, d.fault, d.grade)]
    roots += [n for n in trace.children if n.key == "share"][:1]
    for root in roots:
        for node in root.walk():
            source = node.source or ""
            if source.startswith(PARAMETER) and not source.startswith(RULE_VALUES):
                keys.setdefault(source.removeprefix(PARAMETER))
    for key in keys:
        parameter = setting.regime.parameter(key)
        yield {"key": key, "value": parameter.value, "basis": parameter.basis}


def _teaching(key: str, value: object, party: str | None = None) -> dict:
    entry = {"key": key, "value": value, "basis": "teaching assumption"}
    return entry | ({"party": party} if party else {})
