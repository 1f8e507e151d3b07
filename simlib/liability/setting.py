"""One decision made ready: parties, forms, claim, and the unknown facts as a box to search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib import riskbenefit
from simlib.interval import Interval, high_end, low_end
from simlib.liability import facts, route, shares
from simlib.liability.measures import measure
from simlib.money import WEIGHT_UNITS, exact, half_up, split_units, weight

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.liability.facts import Claim, Debtor
    from simlib.liability.forms import Form
    from simlib.trace import Trace


@dataclass(frozen=True, slots=True)
class Box:
    """The unknown facts that enter: one axis each, and how a point of the box is read.

    Attributes
    ----------
    axes
        (low, high) of each unknown quantity
    owners
        whose each is, by his place among the debtors
    read
        point → (weights in billionths, measured amounts in fen), each one a debtor
    """

    axes: tuple[tuple[float, float], ...]
    owners: tuple[int, ...]
    read: Callable[[list], tuple[list[int], list[int]]]


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a solver and a writer of reasons need.

    `known_before` is what each debtor is known to have paid already, `unknown_before` what came
    back without a known payer [fen].
    """

    case: Case
    mode: str
    rules: dict
    regime: Regime
    debtors: list[Debtor]
    forms: list[Form]
    claim: Claim
    known_before: list[int]
    unknown_before: int
    share_rule: str
    weights: list[Trace]
    measures: list[Trace | None]
    box: Box
    own_fault: Fraction
    noneconomic_fen: int

    def has(self, measure: str) -> bool:
        """Whether anybody answers by this measure."""
        return any(form.measure == measure for form in self.forms)

    @property
    def ranks(self) -> list[int]:
        """The rounds of payment, in order."""
        return sorted({form.rank for form in self.forms})


def prepare(case: Case, mode: str, rules: dict, regime: Regime) -> Setting:
    """Read a case for one mode.

    1. who is liable, and the claim
    2. the form in which each answers (`auto`: by role and grade, as the law in force does)
    3. weights of the internal shares, and what each form measures (limit, gain, score, proof)
    4. the unknown facts among these, as a box

    Raises
    ------
    OutOfScope
        `auto` outside the days of its regime
    NoRule
        `auto` for a minor whose guardian the file does not name, or for one who answers twice
    """
    mode = route.shape_of(mode, regime)
    claim = facts.claim(case, rules)
    own = exact(claim.damages.children[-1].value)
    debtors = facts.debtors(case, regime, 1 - own, mode == "auto", rules["tracing"])
    forms = route.forms(case, mode, rules, regime, debtors)
    rule = shares.chosen_rule(debtors, rules)
    weights = shares.weight_traces(rule, debtors, case, rules["tracing"])
    measures = [
        measure(form, d, case, claim, rules, regime) for form, d in zip(forms, debtors, strict=True)
    ]
    paid, anonymous = facts.paid_before(case, rules)
    return Setting(
        case,
        mode,
        rules,
        regime,
        debtors,
        forms,
        claim,
        [sum(paid.get(id, 0) for id in {d.party.id, d.id}) for d in debtors],
        anonymous,
        rule,
        weights,
        measures,
        _box(rule, debtors, weights, measures, regime),
        own,
        _noneconomic(case, rules, claim, own),
    )


def _noneconomic(case: Case, rules: dict, claim: Claim, own: Fraction) -> int:
    """The damages that are not economic, after the victim's own fault [fen]."""
    base = case.loss_fen
    if rules["deduction"] == "restitution_first":
        base = max(0, base - claim.recovered.value)
    return half_up(min(case.loss_noneconomic_fen, base) * (1 - own))


def _box(
    rule: str, debtors: list[Debtor], weights: list[Trace], measures: list, regime: Regime
) -> Box:
    scored = [i for i, m in enumerate(measures) if m is not None and m.key == "model_share"]
    if scored:
        return _score_box(scored, debtors, weights, measures, regime)
    amounts = [m.value if m is not None and m.unit == "fen" else 0 for m in measures]
    everybody = list(range(len(debtors)))
    if rule in shares.FIXED:
        fixed = [weight(w.value) for w in weights]
        return _axes(amounts, everybody, lambda point: (fixed, point))
    if rule == "gain":
        count = len(debtors)
        gains = [w.value for w in weights]
        return _axes(
            gains + amounts,
            everybody * 2,
            lambda point: ([weight(g) for g in point[:count]], point[count:]),
        )
    known = [n.value for d in debtors for n in (d.cause, d.fault)]
    ends = 2 * len(debtors)

    def read(point: list) -> tuple[list[int], list[int]]:
        return shares.units(rule, point[:ends:2], point[1:ends:2]), point[ends:]

    return _axes(known + amounts, [*(i for i in everybody for _ in "cf"), *everybody], read)


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

    values = [*(measures[i].value for i in scored), *(weights[i].value for i in principals)]
    return _axes(values, [*scored, *principals], read)


def _axes(values: list, owners: list[int], read: Callable) -> Box:
    """A box over the open values only; the known ones are put back before a point is read."""
    open_ = [i for i, v in enumerate(values) if isinstance(v, Interval)]

    def full(point: list) -> tuple[list[int], list[int]]:
        whole = list(values)
        for i, value in zip(open_, point, strict=True):
            whole[i] = value
        return read(whole)

    axes = tuple((low_end(values[i]), high_end(values[i])) for i in open_)
    return Box(axes, tuple(owners[i] for i in open_), full)
