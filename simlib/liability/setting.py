"""One decision made ready: parties, forms, claim, and the unknown facts as a box to search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib import chain, fault, riskbenefit
from simlib.errors import NoRule, OutOfScope
from simlib.interval import Interval, high_end, low_end
from simlib.liability import facts, shares
from simlib.liability.forms import MODES, Form, mode_of
from simlib.money import WEIGHT_UNITS, exact, half_up, split_units, times, weight
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.liability.facts import Claim, Debtor

ELEMENTS = ("act", "damage", "fault", "causation")
JOINT = MODES["joint"].helpers


@dataclass(frozen=True, slots=True)
class Box:
    """The unknown facts that enter: one axis each, and how a point of the box is read.

    Attributes
    ----------
    axes
        (low, high) of each unknown quantity
    read
        point → (weights in billionths, measured amounts in fen), each one a debtor
    """

    axes: tuple[tuple[float, float], ...]
    read: Callable[[list], tuple[list[int], list[int]]]


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a solver and a writer of reasons need."""

    case: Case
    mode: str
    rules: dict
    regime: Regime
    debtors: list[Debtor]
    forms: list[Form]
    principals_first: bool
    claim: Claim
    before: list[int]
    share_rule: str
    weights: list[Trace]
    measures: list[Trace | None]
    box: Box


def prepare(case: Case, mode: str, rules: dict, regime: Regime) -> Setting:
    """Read a case for one mode.

    1. who is liable, and the claim
    2. the form in which each answers (`auto`: by grade, as the law in force does)
    3. weights of the internal shares, and what each form measures (limit, gain, score, proof)
    4. the unknown facts among these, as a box

    Raises
    ------
    OutOfScope
        `auto` outside the days of its regime
    NoRule
        `auto` for a platform or operator
    """
    entries = facts.liable_parties(case, regime)
    claim = facts.claim(case, rules)
    debtors = _debtors(case, regime, entries, claim)
    shape, forms, first = _forms(case, mode, rules, regime, debtors)
    rule = shares.chosen_rule(debtors, rules)
    weights = shares.weight_traces(rule, debtors)
    principals = {
        d.id: weight(low_end(w.value)) for d, w in zip(debtors, weights, strict=True) if d.principal
    }
    paid = facts.paid_before(case, rules, principals)
    measures = [
        _measure(form, d, case, claim, regime) for form, d in zip(forms, debtors, strict=True)
    ]
    return Setting(
        case,
        shape,
        rules,
        regime,
        debtors,
        forms,
        first,
        claim,
        [paid.get(d.id, 0) for d in debtors],
        rule,
        weights,
        measures,
        _box(rule, debtors, weights, measures, regime),
    )


def _debtors(case: Case, regime: Regime, entries: list, claim: Claim) -> list[Debtor]:
    kept = 1 - exact(claim.damages.children[-1].value)
    return [
        facts.Debtor(
            p,
            p.role == "principal",
            p.sued,
            p.assets_fen,
            facts.flow_cap(case, p, kept),
            fault.grade(p, regime),
            f,
            c,
        )
        for p, f, c in entries
    ]


def _forms(case: Case, mode: str, rules: dict, regime: Regime, debtors: list[Debtor]) -> tuple:
    if mode == "auto" and "risk_benefit" in regime.auto.values():
        mode = "risk_benefit"
    if mode != "auto":
        shape = mode_of(mode, rules)
        forms = [shape.principals if d.principal else shape.helpers for d in debtors]
        return mode, forms, shape.principals_first
    if (regime.since and case.acted_on < regime.since) or (
        regime.until and case.acted_on > regime.until
    ):
        raise OutOfScope(
            "auto-out-of-dates", regime=regime.name, day=case.acted_on, since=regime.since
        )
    return mode, [_routed(d, rules, regime) for d in debtors], False


def _routed(debtor: Debtor, rules: dict, regime: Regime) -> Form:
    """The form the law in force gives: principals and knowing helpers joint, others several."""
    if debtor.principal:
        return JOINT
    if debtor.party.role != "helper":
        raise NoRule("auto-no-rule-for-role", party=debtor.id, role=debtor.party.role)
    grade = debtor.grade.value
    way = rules["gross"] if grade == "gross" else regime.auto[grade]
    return MODES[way].helpers


def _measure(form: Form, debtor: Debtor, case: Case, claim: Claim, regime: Regime) -> Trace | None:
    if form.measure in ("limit", "limited_rest"):
        return _limit(debtor, claim)
    if form.measure == "gain":
        return _gain(debtor, case, claim)
    if form.measure == "score" and not debtor.principal:
        return riskbenefit.assess(debtor.party, case, regime=regime).trace
    if form.measure == "proof":
        return _proof(debtor, regime)
    return None


def _limit(debtor: Debtor, claim: Claim) -> Trace:
    limit = debtor.party.limit
    value = Interval(0.0, 1.0) if limit is None else limit
    leaf = Trace("limit", value, "share", source=f"case:parties.{debtor.id}.limit", party=debtor.id)
    ends = [times(claim.damages_fen, end(value)) for end in (low_end, high_end)]
    return Trace(
        "limited",
        _between(*ends),
        "fen",
        "limited.share-of-damages",
        (claim.damages, leaf),
        party=debtor.id,
    )


def _gain(debtor: Debtor, case: Case, claim: Claim) -> Trace:
    where, party = f"case:parties.{debtor.id}", debtor.party
    direct = Trace("gain_direct", party.gain_direct_fen, "fen", source=f"{where}.gain_direct_fen")
    indirect = Trace(
        "gain_indirect", party.gain_indirect_fen, "fen", source=f"{where}.gain_indirect_fen"
    )
    factor = chain.gain_factor(case, debtor.id)
    share = 1 if factor is None else factor
    low = half_up(((party.gain_direct_fen or 0) + party.gain_indirect_fen) * share)
    low = min(claim.damages_fen, low)
    high = claim.damages_fen if party.gain_direct_fen is None else low
    children = (direct, indirect, riskbenefit.factor_trace(debtor.id, factor), claim.damages)
    return Trace(
        "gains", _between(low, high), "fen", "gains.apportioned", children, party=debtor.id
    )


def _proof(debtor: Debtor, regime: Regime) -> Trace:
    proof = debtor.party.proof
    where = f"case:parties.{debtor.id}.proof"
    leaves = tuple(
        Trace(
            f"proof_{name}",
            getattr(proof, name) if proof else 1,
            "probability",
            source=f"{where}.{name}",
        )
        for name in ELEMENTS
    )
    standard = Trace(
        "standard", regime.value("proof.standard"), "probability", source="parameter:proof.standard"
    )
    proved = all(n.value >= standard.value for n in leaves)
    return Trace(
        "proved",
        proved,
        "flag",
        "proved.each-element",
        (*leaves, standard),
        party=debtor.id,
        cites=("civil-procedure-interpretation:108",),
    )


def _between(low: float, high: float) -> float | Interval:
    return low if low == high else Interval(low, high)


def _box(
    rule: str, debtors: list[Debtor], weights: list[Trace], measures: list, regime: Regime
) -> Box:
    scored = [i for i, m in enumerate(measures) if m is not None and m.key == "model_share"]
    if scored:
        return _score_box(scored, debtors, weights, measures, regime)
    amounts = [m.value if m is not None and m.unit == "fen" else 0 for m in measures]
    if rule in ("stated", "equal"):
        fixed = [weight(w.value) for w in weights]
        return _axes(amounts, lambda point: (fixed, point))
    known = [n.value for d in debtors for n in (d.cause, d.fault)]
    ends = 2 * len(debtors)

    def read(point: list) -> tuple[list[int], list[int]]:
        return shares.units(rule, point[:ends:2], point[1:ends:2]), point[ends:]

    return _axes(known + amounts, read)


def _score_box(
    scored: list[int], debtors: list[Debtor], weights: list[Trace], measures: list, regime: Regime
) -> Box:
    """Shares by the model: helpers' after the group step, the rest to the principals by weight."""
    exempt = [debtors[i].party.direct or debtors[i].grade.value == "concert" for i in scored]
    principals = [i for i, d in enumerate(debtors) if d.principal]

    def read(point: list) -> tuple[list[int], list[int]]:
        by_weight = [weight(w) for w in point[len(scored) :]]
        scaled = riskbenefit.group_step(point[: len(scored)], exempt, regime.value("p_min"))
        units = [0] * len(debtors)
        for i, share in zip(scored, scaled, strict=True):
            units[i] = weight(share)
        rest = max(0, WEIGHT_UNITS - sum(units))
        for i, unit in zip(
            principals, split_units(rest, by_weight) if principals else [], strict=True
        ):
            units[i] = unit
        return units, [0] * len(debtors)

    return _axes(
        [*(measures[i].value for i in scored), *(weights[i].value for i in principals)], read
    )


def _axes(values: list, read: Callable) -> Box:
    """A box over the open values only; the known ones are put back before a point is read."""
    open_ = [i for i, v in enumerate(values) if isinstance(v, Interval)]

    def full(point: list) -> tuple[list[int], list[int]]:
        whole = list(values)
        for i, value in zip(open_, point, strict=True):
            whole[i] = value
        return read(whole)

    axes = tuple((low_end(values[i]), high_end(values[i])) for i in open_)
    return Box(axes, full)
