"""One decision made ready: parties, forms, claim, and the unknown facts as a box to search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simlib.liability import route, shares
from simlib.liability.ends import AtEnd
from simlib.liability.facts import paid_by
from simlib.liability.forms.base import Form
from simlib.liability.prepared import Prepared
from simlib.liability.reasoned import Reasoned
from simlib.liability.unknown_facts import box_of
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange, WeightRange
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.box import Box
    from simlib.liability.facts import Debtor, ReasonedClaim
    from simlib.money import Fen
    from simlib.riskbenefit import Assessment

PLAIN = Form("plain")  # shapes parts, payments and burdens where no form of a debtor does


@dataclass(frozen=True)
class Setting:
    """Everything a solver and a writer of reasons need.

    Attributes
    ----------
    debtors, forms, weights, measures
        one each a debtor; `measures` is what his form measures, None where that is nothing
    sharing
        places of the debtors who have a share in the loss; the others' weights are 0
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
    claim: ReasonedClaim
    known_before: list[Fen]
    unknown_before: Fen
    sharing: tuple[int, ...]
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

    @cached_property
    def heads(self) -> list[int]:
        """The places of the principals who have a share in the loss."""
        return [i for i in self.sharing if self.debtors[i].principal]

    @cached_property
    def given_up(self) -> list[int]:
        """The places of released debtors, whose shares the claimant gave up with them (520(2)).

        Who answers in second line has none in the end: releasing him frees nobody else.
        """
        pairs = enumerate(zip(self.debtors, self.forms, strict=True))
        return [i for i, (debtor, form) in pairs if debtor.released and not form.second_line]

    @cached_property
    def rounds(self) -> dict[int, list[int]]:
        """Rank → the places of those who pay in that round, in order."""
        ranks: dict[int, list[int]] = {}
        for i, form in enumerate(self.forms):
            ranks.setdefault(form.rank, []).append(i)
        return dict(sorted(ranks.items()))


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
    low, high = (AtEnd(case, claim, rules, regime, high) for high in (False, True))
    each = list(zip(forms, debtors, strict=True))
    measures = [form.reading(low, high, d) for form, d in each]
    sharing = _sharing(forms, measures)
    rule = shares.chosen_rule([debtors[i] for i in sharing], rules, case.undeterminable)
    known = common.weights(rule, sharing, rules, regime, substitute)
    weights = _spread(known, sharing, debtors, measures)
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
        paid_by(paid, debtors, 0),
        anonymous,
        sharing,
        rule,
        weights,
        measures,
        assessed,
        low,
        box_of(rule, debtors, forms, sharing, weights, measures, assessed, low),
    )


def _sharing(
    forms: Sequence[Form], measures: Sequence[Reasoned[FenRange] | None]
) -> tuple[int, ...]:
    """Return the places of those who have a share in the loss."""
    pairs = enumerate(zip(forms, measures, strict=True))
    return tuple(i for i, (f, m) in pairs if f.shares_in(0 if m is None else m.value))


def _spread(
    known: Sequence[Reasoned[WeightRange]],
    sharing: Sequence[int],
    debtors: Sequence[Debtor],
    measures: Sequence[Reasoned[FenRange] | None],
) -> list[Reasoned[WeightRange]]:
    """Return a weight for every debtor: 0 for those who have no share."""
    weights = [_no_share(d, m) for d, m in zip(debtors, measures, strict=True)]
    for i, own in zip(sharing, known, strict=True):
        weights[i] = own
    return weights


def _no_share(debtor: Debtor, measure: Reasoned[FenRange] | None) -> Reasoned[WeightRange]:
    def write() -> Trace[WeightRange]:
        rests = (debtor.grade.step,) if measure is None else (measure.step,)
        return Trace("weight", 0, "share", "weight.none", rests, party=debtor.id)

    return Reasoned(0, write)
