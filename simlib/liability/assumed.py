"""What an outcome assumes: neither law nor found, listed with every decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simlib import chain
from simlib.interval import Interval, high_end, low_end
from simlib.law.citation import article_day, article_for
from simlib.law.modes import mode_law_for
from simlib.law.protective import protective_norms
from simlib.liability.assumption import DOCTRINE, IN_FORCE, TEACHING, Assumption, entry, teaching
from simlib.liability.forms import MODES, mode_of
from simlib.liability.purse import OTHER_DEBTS, answering_with, purses_of, rank_matters
from simlib.liability.route import all_late, criminal_entries, goes_by_crime
from simlib.liability.titles import open_to_others
from simlib.trace import PARAMETER, Trace

if TYPE_CHECKING:
    from simlib.liability.facts import Debtor
    from simlib.liability.forms import Form
    from simlib.liability.setting import Setting
    from simlib.liability.solve import Solution
    from simlib.money import Fen

CARELESS = ("slight", "gross")
WEIGHING = ("product", "mean", "geometric")
JOINT_FOR_ALL = ("joint", "all_or_nothing")  # modes that make a helper of any grade jointly liable
RULE_VALUES = f"{PARAMETER}rules."


def assumptions(
    setting: Setting, solution: Solution, shares: Sequence[Trace]
) -> Iterator[Assumption]:
    """Yield each assumption once: `{"key", "value", "basis"}`, `party` where one's.

    Parameters
    ----------
    shares
        the steps of the debtors' shares
    """
    yield from _misfits(setting)
    yield from _rule_choices(setting)
    yield from _rank_of_judgment(setting, solution)
    yield from _parameters_used(setting, shares[:1])
    for debtor, exposure in zip(setting.debtors, solution.exposure, strict=True):
        yield from _of_party(setting, debtor)
        if high_end(exposure):
            yield from _careless(setting, debtor)
    yield from _internal_side(setting, solution)
    if not solution.exact:
        yield teaching("interval.outer", len(setting.box.axes))


def _of_party(setting: Setting, debtor: Debtor) -> Iterator[Assumption]:
    if debtor.sued and debtor.assets is None:
        yield teaching("assets.unlimited", None, debtor.id)
    if debtor.party.role == "helper" and low_end(debtor.cause.value) == 0:
        yield teaching("gate.causation", "passed", debtor.id)
    if debtor.payer is not debtor.party:
        minor = debtor.party.minor
        key = "answered.guardian" if minor else "answered.employer"
        yield entry(key, debtor.id, IN_FORCE, debtor.party.id)
        if minor:
            yield teaching("answered.reduced", None, debtor.id)
    if debtor.released:
        yield teaching("release.out", None, debtor.id)
    others = open_to_others(setting.case, (debtor.id,))
    if debtor.assets is not None and others:
        yield _beside_others(setting, debtor, others)
    charged = criminal_entries(setting.case, debtor.party.id)
    if goes_by_crime(debtor, setting.mode, setting.regime) and not charged:
        yield teaching("zhou.no-entry", None, debtor.id)


def _careless(setting: Setting, debtor: Debtor) -> Iterator[Assumption]:
    """Yield on what view negligence answers for pure economic loss: doctrine, and disputed."""
    party = debtor.party
    if party.role != "helper" or party.act is None or debtor.grade.value not in CARELESS:
        return
    held = protective_norms(party.act, setting.case.acted_on)
    if not held:
        yield entry("careless.no-norm", None, DOCTRINE, debtor.id)
        return
    known = article_for(held[0], setting.case).verified
    key = "careless.norm" if known else "careless.norm-unverified"
    yield entry(key, held[0], DOCTRINE, debtor.id)


def _beside_others(setting: Setting, debtor: Debtor, others: Fen) -> Assumption:
    """Say that what can be collected is less by others' restitution, or is shared with it."""
    spread = any(form.spreads for form in setting.forms)  # which asks what he can bear in full
    if spread or setting.rules["after_restitution"] == OTHER_DEBTS:
        return entry("order.others-restitution", others, "judicial interpretation", debtor.id)
    return teaching("order.beside-restitution", others, debtor.id)


def _rank_of_judgment(setting: Setting, solution: Solution) -> Iterator[Assumption]:
    """Yield the rank of the judgment beside others' restitution where it moves an amount."""
    for i, debtor in enumerate(setting.debtors):
        owed = high_end(solution.outer[i]) if solution.joint[i] is not False else 0
        owed = max(owed, high_end(solution.exposure[i]) if debtor.sued else 0)
        own = purses_of(setting.case, answering_with(debtor.party, debtor.payer))
        if rank_matters(own, owed):
            yield teaching("rule.after_restitution", setting.rules["after_restitution"])
            return


def _internal_side(setting: Setting, solution: Solution) -> Iterator[Assumption]:
    """Yield where one way of reckoning burdens and recourse goes beyond what 519 and 1198 say."""
    for i, (debtor, form) in enumerate(zip(setting.debtors, setting.forms, strict=True)):
        carried, limit = high_end(solution.carried[i]), high_end(solution.burden[i])
        if form.capped and carried > limit:
            yield teaching("carried.limit", None, debtor.id)
        claimed = any(
            high_end(claims[i]) for kind, rows in solution.recourse.items()
            if kind != "whole" for claims in rows
        )  # fmt: skip
        if claimed and solution.joint[i] is False:
            yield teaching("recourse.several", None, debtor.id)
        yield from _capped_by_flow(setting, solution, i)
    yield from _among_principals(setting, solution)


def _among_principals(setting: Setting, solution: Solution) -> Iterator[Assumption]:
    """Yield the rule on principals' recourse, where one paid more than he carries or bears."""
    for i, debtor in enumerate(setting.debtors):
        least = min(low_end(solution.carried[i]), low_end(solution.burden[i]))
        if debtor.principal and high_end(solution.paid[i]) > least:
            value = setting.rules["principal_recourse"]
            yield entry("rule.principal_recourse", value, DOCTRINE)
            return


def _capped_by_flow(setting: Setting, solution: Solution, i: int) -> Iterator[Assumption]:
    """Yield a flow cap that binds: contested under 1169, and after the share under 1172."""
    cap = setting.debtors[i].flow_cap
    if cap is not None and high_end(solution.exposure[i]) < high_end(solution.owed):
        yield from setting.forms[i].assumed_of_flow(setting, solution, i)


def _shape(setting: Setting) -> list[Form]:
    """Return the form an explicit mode gives helpers, and any other kinds somebody answers in."""
    mode = setting.mode
    own = [mode_of(mode, setting.rules).helpers] if mode in MODES else []
    return list({form.measure: form for form in (*own, *setting.forms)}.values())


def _misfits(setting: Setting) -> Iterator[Assumption]:
    """Where the mode asked for is not what the law gives these facts: listed, never refused."""
    case, regime = setting.case, setting.regime
    if regime.since and not regime.holds_on(case.acted_on):
        yield entry("misfit.regime-dates", case.acted_on, IN_FORCE)
    for cite in mode_law_for(setting.mode, case).cites:
        text = article_for(cite, case)
        if text.since and not text.holds_on(article_day(cite, case)):
            yield entry("misfit.not-in-force", cite, text.basis)
    for i in range(len(setting.debtors)):
        yield from _misfits_of(setting, i)
    own = setting.claim.fault.value
    if own and any(d.knowing for d in setting.debtors):
        yield teaching("victim_fault.contested", own)


def _misfits_of(setting: Setting, i: int) -> Iterator[Assumption]:
    debtor, mode = setting.debtors[i], setting.mode
    knowing = debtor.knowing
    if mode in JOINT_FOR_ALL and not debtor.principal and not knowing:
        yield _misfit("joint-below-knowing", debtor.grade.value, IN_FORCE, debtor.id)
    if mode == "several" and not debtor.principal and knowing:
        yield _misfit("several-knowing", debtor.grade.value, TEACHING, debtor.id)
    joint = mode in ("auto", "joint") and setting.forms[i].owes_all
    if joint and debtor.grade.value == "knowing" and all_late(setting.case, debtor.party.id):
        yield _misfit("after-loss", debtor.grade.value, IN_FORCE, debtor.id)
    if mode != "auto" and debtor.party.answered_by:
        yield _misfit("answered-by", debtor.party.answered_by, IN_FORCE, debtor.id)


def _misfit(key: str, value: object, basis: str, party: str) -> Assumption:
    return entry(f"misfit.{key}", value, basis, party)


def _rule_choices(setting: Setting) -> Iterator[Assumption]:
    """Yield the rules that shaped this outcome and that no law fixes."""
    for name in _rules_at_work(setting):
        yield teaching(f"rule.{name}", setting.rules[name])
    yield from _shares_assumed(setting)
    if setting.share_rule == "shapley":
        yield teaching("shapley.game", None)
    yield from _mode_choices(setting)


def _shares_assumed(setting: Setting) -> Iterator[Assumption]:
    """Yield how shares are measured: by a formula, as a finding, or open."""
    if setting.share_rule in (*WEIGHING, "gain", "shapley"):
        yield teaching("rule.share", setting.share_rule)
    if setting.case.undeterminable and setting.share_rule == "equal":
        yield entry("shares.undeterminable", None, IN_FORCE)
    elif setting.share_rule == "equal" and setting.rules["share"] != "equal":
        yield teaching("rule.unknown_shares", setting.rules["unknown_shares"])
    open_ = any(isinstance(w.value, Interval) for w in setting.weights)
    if open_ and not setting.assessed:
        yield entry("shares.open", None, IN_FORCE)


def _principals_assumed(setting: Setting) -> Iterator[Assumption]:
    """Yield on what principals answer for the whole, where others answer for less."""
    pairs = list(zip(setting.forms, setting.debtors, strict=True))
    less = any(not f.joint and f.measure != "nothing" for f, d in pairs if not d.principal)
    if less and any(d.principal and not f.by_share(setting.rules) for f, d in pairs):
        yield entry("rule.principals", "whole", DOCTRINE)
    elif less and setting.rules["principals"] == "by_share":
        yield entry("rule.principals", "by_share", TEACHING)


def _rules_at_work(setting: Setting) -> Iterator[str]:
    auto, in_force = setting.mode == "auto", setting.regime.basis == IN_FORCE
    if any(form.capped for form in setting.forms):
        yield from ("partial_payment", "caps")
    for form in _shape(setting):
        yield from form.rules_at_work(setting)
    if setting.rules["deduction"] != "liability_first" and setting.claim.recovered_fen:
        yield "deduction"
    if any(_traced(setting, i) for i in range(len(setting.debtors))):
        yield "tracing"
    if auto and in_force and any(d.grade.value == "gross" for d in setting.debtors):
        yield "gross"
    if auto and any(_by_operator_rule(d) for d in setting.debtors):
        yield "operator"


def _traced(setting: Setting, i: int) -> bool:
    """Tell whether a tracing rule said how much came to him: for his flow cap, or for his gains."""
    debtor = setting.debtors[i]
    measures = setting.measures[i] is not None or i in setting.assessed
    gains = measures and setting.forms[i].follows_money
    counts = debtor.flow_cap is not None or gains or setting.share_rule == "gain"
    return counts and chain.by_others(setting.case, debtor.party.id)


def _by_operator_rule(debtor: Debtor) -> bool:
    return debtor.party.role == "operator" and not debtor.knowing


def _mode_choices(setting: Setting) -> Iterator[Assumption]:
    mode = setting.mode
    yield from _principals_assumed(setting)
    if mode == "auto":
        own = setting.regime.basis == IN_FORCE
        yield teaching("route.by-grade" if own else "route.school", setting.regime.name)
    if any(goes_by_crime(d, mode, setting.regime) for d in setting.debtors):
        yield teaching("zhou.by-analogy", None)
    for form in _shape(setting):
        yield from form.assumed_of_mode(setting)
    for i, form in enumerate(setting.forms):
        yield from form.assumed(setting, i)


def _parameters_used(setting: Setting, shares: Sequence[Trace]) -> Iterator[Assumption]:
    keys: dict[str, None] = {}
    roots = setting.measure_steps()
    if setting.share_rule in WEIGHING:
        roots += [n.step for d in setting.debtors for n in (d.cause, d.fault, d.grade)]
    for root in (*roots, *shares):
        for node in root.walk():
            source = node.source or ""
            if source.startswith(PARAMETER) and not source.startswith(RULE_VALUES):
                keys.setdefault(source.removeprefix(PARAMETER))
    for key in keys:
        parameter = setting.regime.parameter(key)
        yield entry(key, parameter.value, parameter.basis)
