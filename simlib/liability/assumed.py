"""What an outcome assumes: neither law nor found, listed with every decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simlib import chain
from simlib.chain.account_summary import accounts_of, paid
from simlib.interval import Interval, high_end, low_end
from simlib.law.checklist import protective_norms
from simlib.law.citation import article_for
from simlib.law.rule import rule, word
from simlib.liability.assets import (
    OTHER_DEBTS,
    answering_with,
    open_to_others,
    purses_of,
    rank_matters,
)
from simlib.liability.assigned_forms import came_late, criminal_entries, goes_by_crime
from simlib.liability.assumption import DOCTRINE, IN_FORCE, TEACHING, Assumption, entry, teaching
from simlib.liability.forms import GUARDIAN, MODES, UNPROVED, mode_of
from simlib.liability.mode_mismatch import misfits
from simlib.liability.numbers import OneCase
from simlib.liability.pieces import capped, lends, of_another_grade, takes_all
from simlib.trace import PARAMETER, Trace

if TYPE_CHECKING:
    from simlib.law.rule import Value
    from simlib.liability.forms import Form
    from simlib.liability.records import Debtor, Setting, Solution
    from simlib.money import Fen

CARELESS = ("slight", "gross")
WEIGHING = ("product", "mean", "geometric")
RULE_VALUES = f"{PARAMETER}rules."
BY_FEN = ("pro_rata", "fifo", "lifo")  # ways of tracing that follow each fen


def assumptions(
    setting: Setting, solution: Solution, shares: Sequence[Trace]
) -> Iterator[Assumption]:
    """Yield each assumption once: `{"key", "value", "basis"}`, `party` where one's.

    Parameters
    ----------
    shares
        the steps of the debtors' shares
    """
    yield from misfits(setting, solution)
    if any(form.dismisses for form in setting.forms):
        return  # nothing is divided and nothing collected
    yield from _rule_choices(setting)
    yield from _rank_of_judgment(setting, solution)
    yield from _parameters_used(setting, shares[:1])
    for i, debtor in enumerate(setting.debtors):
        yield from _of_party(setting, solution, i)
        if high_end(solution.exposure[i]):
            yield from _careless(setting, debtor)
            yield from _grossly(setting, debtor)
    yield from _cut(setting, solution)
    yield from _internal_side(setting, solution)
    if not solution.exact:
        yield teaching("interval.outer", len(setting.box.axes))


def _of_party(setting: Setting, solution: Solution, i: int) -> Iterator[Assumption]:
    debtor = setting.debtors[i]
    yield from _of_one_held(setting, solution, i)
    if debtor.payer is not debtor.party:
        minor = debtor.party.minor
        key = "answered.guardian" if minor else "answered.employer"
        yield entry(key, debtor.id, IN_FORCE, debtor.party.id)
        if minor and not debtor.principal:
            yield entry("answered.instigated", None, IN_FORCE, debtor.party.id)
        if minor and setting.forms[i] is not GUARDIAN:  # whose limit is what he failed in
            yield teaching("answered.reduced", None, debtor.id)
    if debtor.released:
        yield teaching("release.out", None, debtor.id)
    others = open_to_others(OneCase(setting.case), (debtor.id,))
    if debtor.assets is not None and others:
        yield _beside_others(setting, debtor, others)
    charged = criminal_entries(setting.case, debtor.party.id)
    if goes_by_crime(debtor, setting.mode, setting.regime) and not charged:
        yield teaching("zhou.no-entry", None, debtor.id)


def _of_one_held(setting: Setting, solution: Solution, i: int) -> Iterator[Assumption]:
    """Yield what is taken for granted of one who is liable: grade, causation, assets."""
    debtor = setting.debtors[i]
    if not high_end(solution.outer[i]):
        return
    if debtor.assets is None and (debtor.sued or _met_by_another(solution, i)):
        yield teaching("assets.unlimited" if debtor.sued else "assets.unsued", None, debtor.id)
    if debtor.party.role == "helper" and low_end(debtor.cause.value) == 0:
        yield teaching("gate.causation", "passed", debtor.id)
    if setting.mode == "auto" and not debtor.principal and debtor.party.grade is None:
        yield teaching("grade.bands", debtor.grade.value, debtor.id)
    if debtor.party.grade_open:
        yield teaching("fault.open", debtor.grade.value, debtor.id)


def _met_by_another(solution: Solution, i: int) -> bool:
    """Tell whether others recover from him, or lean on his means."""
    claimed = any(high_end(claims[i]) for rows in solution.recourse.values() for claims in rows)
    return claimed or high_end(solution.carried[i]) > high_end(solution.burden[i])


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


def _grossly(setting: Setting, debtor: Debtor) -> Iterator[Assumption]:
    """Yield that gross negligence is let off by her own fault, which an older rule refused."""
    lets_off = setting.claim.own_fault and setting.rules["victim_fault"] == "negligent"
    if lets_off and debtor.negligent and debtor.grade.value == "gross":
        yield entry("victim_fault.gross", debtor.grade.value, DOCTRINE, debtor.id)


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
    if setting.unknown_before and any(d.principal for d in setting.debtors):
        yield teaching("recovered.of-principals", setting.unknown_before)
    yield from _among_principals(setting, solution)


def _among_principals(setting: Setting, solution: Solution) -> Iterator[Assumption]:
    """Yield the rule on principals' recourse, where one paid more than he carries or bears."""
    for i, debtor in enumerate(setting.debtors):
        least = min(low_end(solution.carried[i]), low_end(solution.burden[i]))
        if debtor.principal and high_end(solution.paid[i]) > least:
            value = setting.rules["principal_recourse"]
            yield entry("rule.principal_recourse", value, DOCTRINE)
            return


def _cut(setting: Setting, solution: Solution) -> Iterator[Assumption]:
    """Yield what cutting the loss into pieces takes for granted, or leaving it whole.

    That a card lender who knew, or owes all jointly, answers for what came into his accounts only
    is contested (1169).
    """
    for i in setting.sharing:
        if takes_all(setting.debtors[i]):
            yield teaching("omission.unstated", None, setting.debtors[i].id)
        if of_another_grade(setting.debtors[i]):
            yield teaching("omission.one", None, setting.debtors[i].id)
    if setting.pieces is None:
        yield from _uncut(setting)
        return
    yield teaching("pieces.order", None)
    yield teaching("pieces.one-grade", None)
    cut, held = setting.pieces.cut, setting.debtors
    if word(setting.rules, "tracing") not in BY_FEN and any(p.holder for p in cut.parts.values()):
        yield teaching("pieces.amounts", None)
    if not cut.listed:
        yield from _uncut(setting)
    for i, part in cut.parts.items():
        jointly = setting.forms[i].owes_all or held[i].knowing
        if part.holder and jointly and high_end(solution.exposure[i]):
            yield teaching("flow_cap.contested", setting.rules["flow_cap"], held[i].id)


def _uncut(setting: Setting) -> Iterator[Assumption]:
    """Yield that a part caps all the same, or that card lenders answer for all nobody listed."""
    if setting.rules["pieces"] == "off":
        if any(d.own_part is not None for d in setting.debtors):
            yield teaching("rule.pieces", "off")
        return
    if paid(setting.case, accounts_of(setting.case, setting.case.claimant)) is not None:
        return
    for i in setting.sharing:
        debtor = setting.debtors[i]
        if (
            debtor.party.role == "helper"
            and lends(setting.case, debtor.party)
            and capped(debtor.grade.value, setting.rules)
        ):
            yield teaching("pieces.unlisted", None, debtor.id)


def _shape(setting: Setting) -> list[Form]:
    """Return the form an explicit mode gives helpers, and any other kinds somebody answers in."""
    mode = setting.mode
    own = [mode_of(mode, setting.rules).helpers] if mode in MODES else []
    return list({form.measure: form for form in (*own, *setting.forms)}.values())


def _rule_choices(setting: Setting) -> Iterator[Assumption]:
    """Yield the rules that shaped this outcome and that no law fixes."""
    own = setting.case.rules  # what the file itself chooses is said in any case
    chosen = [name for name, value in own or () if value is not None]
    for name in dict.fromkeys((*_rules_at_work(setting), *chosen)):
        value = setting.rules[name]
        yield entry(f"rule.{name}", value, _basis(name, value))
    yield from _shares_assumed(setting)
    if setting.share_rule == "shapley":
        yield teaching("shapley.game", None)
    yield from _mode_choices(setting)


def _basis(name: str, value: Value) -> str:
    """Return on what a choice rests: its default's authority; another view is doctrine."""
    known = rule(name)
    other = value != known.values[0] and known.basis == IN_FORCE
    return DOCTRINE if other else known.basis


def _shares_assumed(setting: Setting) -> Iterator[Assumption]:
    """Yield how shares are measured: by a formula, as a finding, or open."""
    if not _by_formula(setting):
        return
    if setting.share_rule in (*WEIGHING, "gain", "shapley"):
        yield teaching("rule.share", setting.share_rule)
    if setting.case.undeterminable and setting.share_rule == "equal":
        yield entry("shares.undeterminable", None, IN_FORCE)
    elif setting.share_rule == "equal" and setting.rules["share"] != "equal":
        yield teaching("rule.unknown_shares", setting.rules["unknown_shares"])
    open_ = any(isinstance(w.value, Interval) for w in setting.weights)
    if open_ and not setting.assessed:
        yield entry("shares.open", None, IN_FORCE)


def _by_formula(setting: Setting) -> bool:
    """Tell whether the rule on shares divides anything: all, or what several principals are left.

    The model and a court set the helpers' shares themselves.
    """
    heads = sum(setting.debtors[i].principal for i in setting.sharing)
    set_elsewhere = bool(setting.assessed) or any(form.fixes_share for form in setting.forms)
    return heads > 1 or not set_elsewhere


def _principals_assumed(setting: Setting) -> Iterator[Assumption]:
    """Yield on what principals answer for the whole, where others answer for less."""
    pairs = list(zip(setting.forms, setting.debtors, strict=True))
    less = any(not f.joint and f.divides for f, d in pairs if not d.principal)
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
    if _own_fault_stated(setting):
        yield "victim_fault"
    if setting.rules["after_loss"] == "inside" and any(
        came_late(setting.case, d.party.id) for d in setting.debtors if not d.principal
    ):
        yield "after_loss"
    if setting.rules["deduction"] != "liability_first" and setting.claim.recovered_fen:
        yield "deduction"
    if any(_traced(setting, i) for i in range(len(setting.debtors))):
        yield "tracing"
    if auto and in_force and any(_by_gross_rule(setting, i) for i in range(len(setting.debtors))):
        yield "gross"
    if auto and any(_by_operator_rule(d) for d in setting.debtors):
        yield "operator"


def _own_fault_stated(setting: Setting) -> bool:
    return bool(setting.case.party(setting.case.claimant).fault)


def _traced(setting: Setting, i: int) -> bool:
    """Tell whether a tracing rule said how much came to him: for his part, or for his gains."""
    debtor = setting.debtors[i]
    measures = setting.measures[i] is not None or i in setting.assessed
    gains = measures and setting.forms[i].follows_money
    parts = setting.pieces.cut.parts if setting.pieces else {}
    follows = debtor.own_part is not None or (i in parts and bool(parts[i].holder))
    counts = follows or gains or setting.share_rule == "gain"
    return counts and chain.by_others(setting.case, debtor.party.id)


def _by_gross_rule(setting: Setting, i: int) -> bool:
    """Tell whether a helper answers as the rule on gross negligence has it."""
    debtor, form = setting.debtors[i], setting.forms[i]
    return (
        debtor.grade.value == "gross"
        and debtor.party.role == "helper"
        and not form.outside
        and form is not UNPROVED
    )


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
        if form is not UNPROVED:
            yield from form.assumed_of_mode(setting)
    for i, form in enumerate(setting.forms):
        yield from form.assumed(setting, i)


def _parameters_used(setting: Setting, shares: Sequence[Trace]) -> Iterator[Assumption]:
    keys: dict[str, None] = {}
    roots = setting.measure_steps()
    if setting.share_rule in WEIGHING and _by_formula(setting):
        roots += [n.step for d in setting.debtors for n in (d.cause, d.fault, d.grade)]
    for root in (*roots, *shares):
        for node in root.walk():
            source = node.source or ""
            if source.startswith(PARAMETER) and not source.startswith(RULE_VALUES):
                keys.setdefault(source.removeprefix(PARAMETER))
    for key in keys:
        parameter = setting.regime.parameter(key)
        yield entry(key, parameter.value, parameter.basis)
