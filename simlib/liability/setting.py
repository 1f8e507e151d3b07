"""One decision made ready: parties, forms, claim, and the unknown facts as a box to search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib import riskbenefit
from simlib.interval import Interval, Number, Quantity, high_end, low_end
from simlib.liability import route, shares
from simlib.liability.ends import AtEnd
from simlib.liability.forms.base import Form
from simlib.liability.prepared import Prepared
from simlib.liability.reasoned import Reasoned
from simlib.money import WEIGHT_UNITS, split_units, weight

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange, WeightRange
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.facts import Claim, Debtor
    from simlib.money import Fen, Units
    from simlib.riskbenefit import Assessment
    from simlib.trace import Trace

Read = Callable[[list[Number]], tuple[list[int], list[int]]]  # of a point with all its values
PLAIN = Form("plain")  # shapes parts, payments and burdens where no form of a debtor does


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

    axes: tuple[tuple[Number, Number], ...]
    owners: tuple[int, ...]
    read: Callable[[Sequence[Number]], tuple[list[Units], list[Fen]]]


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a solver and a writer of reasons need.

    Attributes
    ----------
    debtors, forms, weights, measures
        one each a debtor; `measures` is what his form measures, None where that is nothing
    leading
        the form that shapes everybody's parts, payments and burdens
    assessed
        a debtor's place → the model's assessment, where shares follow from the model
    known_before, unknown_before
        what each debtor is known to have paid already, and what came back without a known payer
        [fen]
    facts
        the facts as forms read them, unknown ones at their lower ends
    box
        the unknown facts that enter
    """

    case: Case
    mode: str
    rules: Rules
    regime: Regime
    debtors: list[Debtor]
    forms: list[Form]
    leading: Form
    claim: Claim
    known_before: list[Fen]
    unknown_before: Fen
    share_rule: str
    weights: list[Reasoned[WeightRange]]
    measures: list[Reasoned[FenRange] | None]
    assessed: Mapping[int, Assessment]
    facts: AtEnd
    box: Box

    def amount(self, i: int) -> FenRange:
        """Return what a debtor's form measures; 0 where that is nothing."""
        measure = self.measures[i]
        return 0 if measure is None else measure.value

    def measure_steps(self) -> list[Trace]:
        """Return the steps of what forms measure, the model's assessments among them."""
        steps: list[Trace] = []
        for i, measure in enumerate(self.measures):
            if i in self.assessed:
                steps.append(self.assessed[i].trace)
            elif measure is not None:
                steps.append(measure.step)
        return steps

    @property
    def ranks(self) -> list[int]:
        """The rounds of payment, in order."""
        return sorted({form.rank for form in self.forms})


def prepare(
    case: Case, mode: str, rules: Rules, regime: Regime, prepared: Prepared | None = None
) -> Setting:
    """Read a case for one mode.

    1. who is liable, and the claim
    2. the form in which each answers (`auto`: by role and grade, as the law in force does)
    3. weights of the internal shares, and what each form measures (limit, gain, score, proof)
    4. the unknown facts among these, as a box

    Parameters
    ----------
    prepared
        what other decisions about this case have computed already

    Raises
    ------
    OutOfScope
        `auto` outside the days of its regime
    NoRule
        `auto` for a minor whose guardian the file does not name, or for one who answers twice
    """
    common = prepared or Prepared(case)
    mode = route.shape_of(mode, regime)
    claim, substitute = common.claim(rules), mode == "auto"
    debtors = common.debtors(rules, regime, substitute)
    forms = route.forms(case, mode, rules, regime, debtors)
    rule = shares.chosen_rule(debtors, rules)
    weights = common.weights(rule, rules, regime, substitute)
    low, high = (AtEnd(case, claim, rules, regime, high) for high in (False, True))
    each = list(zip(forms, debtors, strict=True))
    measures = [form.reading(low, high, d) for form, d in each]
    scores = {i: form.assess(low, d) for i, (form, d) in enumerate(each)}
    assessed = {i: assessment for i, assessment in scores.items() if assessment is not None}
    paid, anonymous = common.paid_before(rules)
    return Setting(
        case,
        mode,
        rules,
        regime,
        debtors,
        forms,
        next((form for form in forms if form.leads), PLAIN),
        claim,
        [sum(paid.get(id, 0) for id in {d.party.id, d.id}) for d in debtors],
        anonymous,
        rule,
        weights,
        measures,
        assessed,
        low,
        _box(rule, debtors, weights, measures, assessed, regime),
    )


def _box(
    rule: str,
    debtors: list[Debtor],
    weights: list[Reasoned[WeightRange]],
    measures: list[Reasoned[FenRange] | None],
    assessed: Mapping[int, Assessment],
    regime: Regime,
) -> Box:
    if assessed:
        return _score_box(assessed, debtors, weights, regime)
    amounts: list[Quantity] = [0 if m is None else m.value for m in measures]
    everybody = list(range(len(debtors)))
    if rule in shares.FIXED:
        fixed = [weight(low_end(w.value)) for w in weights]
        return _axes(amounts, everybody, lambda point: (fixed, _whole(point)))
    if rule == "gain":
        count = len(debtors)
        gains = [w.value for w in weights]
        return _axes(
            gains + amounts,
            everybody * 2,
            lambda point: ([weight(g) for g in point[:count]], _whole(point[count:])),
        )
    known = [n.value for d in debtors for n in (d.cause, d.fault)]
    ends = 2 * len(debtors)

    def read(point: list[Number]) -> tuple[list[Units], list[Fen]]:
        return shares.units(rule, point[:ends:2], point[1:ends:2]), _whole(point[ends:])

    return _axes(known + amounts, [*(i for i in everybody for _ in "cf"), *everybody], read)


def _score_box(
    assessed: Mapping[int, Assessment],
    debtors: list[Debtor],
    weights: list[Reasoned[WeightRange]],
    regime: Regime,
) -> Box:
    """Shares by the model: helpers' after the group step, the rest to the principals by weight."""
    scored = list(assessed)
    exempt = [debtors[i].party.direct or debtors[i].grade.value == "concert" for i in scored]
    principals = [i for i, d in enumerate(debtors) if d.principal]

    def read(point: list[Number]) -> tuple[list[Units], list[Fen]]:
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

    values = [
        *(assessment.share for assessment in assessed.values()),
        *(weights[i].value for i in principals),
    ]
    return _axes(values, [*scored, *principals], read)


def _axes(values: Sequence[Quantity], owners: Sequence[int], read: Read) -> Box:
    """A box over the open values only; the known ones are put back before a point is read."""
    open_ = [i for i, v in enumerate(values) if isinstance(v, Interval)]

    known = [low_end(v) for v in values]

    def full(point: Sequence[Number]) -> tuple[list[Units], list[Fen]]:
        whole = list(known)
        for i, value in zip(open_, point, strict=True):
            whole[i] = value
        return read(whole)

    axes = tuple((low_end(values[i]), high_end(values[i])) for i in open_)
    return Box(axes, tuple(owners[i] for i in open_), full)


def _whole(amounts: Sequence[Number]) -> list[Fen]:
    """Return the amounts of a point: whole fen, since the ends they lie between are."""
    return [int(amount) for amount in amounts]
