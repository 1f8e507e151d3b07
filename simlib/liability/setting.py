"""One decision made ready: parties, forms, claim, and the unknown facts as a box to search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.law.rule import word
from simlib.liability import assigned_forms, facts, shares
from simlib.liability.by_piece import Pieces
from simlib.liability.fact_bounds import AtEnd
from simlib.liability.facts import paid_by
from simlib.liability.forms.base import Form
from simlib.liability.numbers import OneCase
from simlib.liability.pieces import cut_of
from simlib.liability.reasoned_value import Reasoned
from simlib.liability.records import Setting
from simlib.liability.unknown_facts import JointBox, Reader, box_of
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange, WeightRange
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.records import Debtor, ReasonedClaim
    from simlib.money import Fen

AMONG = ("mean", "geometric", "shapley")  # weights that depend on who else answers
PLAIN = Form("plain")  # shapes parts, payments and burdens where no form of a debtor does


def prepare(
    case: Case, mode: str, rules: Rules, regime: Regime, prepared: Prepared | None = None
) -> Setting:
    """Read a case for one mode.

    1. who is liable, and the claim
    2. the form in which each answers (`auto`: by role and grade, as the law in force does)
    3. weights of the internal shares, and what each form measures (limit, gain, score, proof)
    4. the unknown facts among these, as a box
    5. where some answer for a part of the loss only, its pieces

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
    mode = assigned_forms.shape_of(mode, regime)
    rules = assigned_forms.rules_of(mode, rules)
    claim, substitute = common.claim(rules), mode == "auto"
    debtors = common.debtors(rules, regime, substitute)
    forms = assigned_forms.forms(case, mode, rules, regime, debtors)
    # who answers for another damage is not held to a part of the loss
    debtors = [replace(debtor, own_part=None) if form.outside else debtor
               for form, debtor in zip(forms, debtors, strict=True)]  # fmt: skip
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
    reader = Reader(rule, debtors, forms, sharing, weights, low)
    cut, pieces = cut_of(case, debtors, sharing, rules), None
    if cut is None:
        box = box_of(reader, measures, assessed)
    else:
        joint = JointBox(reader, measures, assessed, cut.open)

        def weigh(members: tuple[int, ...]) -> tuple[str, list[Reasoned[WeightRange]]]:
            among = [debtors[i] for i in members]
            by = shares.chosen_rule(among, rules, case.undeterminable)
            if by == rule and rule not in AMONG:
                return rule, weights
            own = common.weights(by, members, rules, regime, substitute)
            return by, _spread(own, members, debtors, measures)

        box, pieces = joint.box, Pieces(cut, joint, weigh)
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
        box,
        pieces,
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


CLAIMED_BY = ("deduction", "victim_fault")  # the rules that shape the claim
DEBTORS_BY = ("victim_fault", "tracing", "flow_cap", "after_restitution", "pieces")  # the debtors


class Prepared:
    """A case with its claim, debtors and weights, each computed once for the rules it depends on.

    Make one for several decisions about the same case, and drop it with them.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self._regimes: list[Regime] = []
        self._claims: dict[tuple[object, ...], ReasonedClaim] = {}
        self._before: dict[object, tuple[dict[str, Fen], Fen]] = {}
        self._debtors: dict[tuple[object, ...], list[Debtor]] = {}
        self._weights: dict[tuple[object, ...], list[Reasoned[WeightRange]]] = {}

    def claim(self, rules: Rules) -> ReasonedClaim:
        """Return the claim: see `facts.claim`."""
        key = tuple(rules[name] for name in CLAIMED_BY)
        if key not in self._claims:
            self._claims[key] = facts.claim(self.case, rules)
        return self._claims[key]

    def paid_before(self, rules: Rules) -> tuple[dict[str, Fen], Fen]:
        """Return what each party paid already: see `facts.paid_before`."""
        key = rules["deduction"]
        if key not in self._before:
            self._before[key] = facts.paid_before(OneCase(self.case, rules))
        return self._before[key]

    def debtors(self, rules: Rules, regime: Regime, substitute: bool) -> list[Debtor]:
        """Return who is liable: see `facts.debtors`."""
        key = self._debtors_key(rules, regime, substitute)
        if key not in self._debtors:
            own = self.claim(rules).own_fault
            self._debtors[key] = facts.debtors(self.case, regime, own, substitute, rules)
        return self._debtors[key]

    def weights(
        self,
        share_rule: str,
        members: tuple[int, ...],
        rules: Rules,
        regime: Regime,
        substitute: bool,
    ) -> list[Reasoned[WeightRange]]:
        """Return the weights of those debtors who have a share: see `shares.weights`.

        `members` are their places among the debtors.
        """
        key = (share_rule, members, *self._debtors_key(rules, regime, substitute))
        if key not in self._weights:
            liable, tracing = self.debtors(rules, regime, substitute), word(rules, "tracing")
            sharing = [liable[i] for i in members]
            self._weights[key] = shares.weights(share_rule, sharing, self.case, tracing)
        return self._weights[key]

    def _debtors_key(self, rules: Rules, regime: Regime, substitute: bool) -> tuple[object, ...]:
        chosen = (rules[name] for name in DEBTORS_BY)
        return self._place(regime), substitute, *chosen

    def _place(self, regime: Regime) -> int:
        """A regime's number here; each is told by identity, since its values may be arrays."""
        for place, known in enumerate(self._regimes):
            if known is regime:
                return place
        self._regimes.append(regime)
        return len(self._regimes) - 1
