"""The debt before anyone pays: D, the claim, what a release leaves owing, shares, part payments."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reference.amounts import half_up, split, units
from reference.facts import Facts, Who
from reference.shares import risk_benefit_weights, weights_by_rule


@dataclass(frozen=True)
class Debt:
    """The debt and everything that is fixed before anyone pays."""

    facts: Facts
    mode: str
    forms: dict  # the form of liability that holds for each
    weights: dict
    base: int  # the loss, less what was returned where that is deducted first
    d: int
    claim: int
    owed: int  # the claim less what the release of one frees the others from (520(2))
    part: dict  # his part of D by share
    before: dict  # paid before, what has no payer included
    uncredited: int  # recoveries that nobody liable is credited with

    def share(self, who: str) -> Fraction:
        """His share as a fraction."""
        return Fraction(self.weights[who], sum(self.weights.values()))


def owe(facts: Facts, mode: str, forms: dict) -> Debt:
    """D, the claim, the shares and who is taken to have paid what before."""
    first = facts.rules["deduction"] == "restitution_first"
    base = max(0, facts.loss - facts.recovered) if first else facts.loss
    d = half_up((1 - facts.v) * base)
    by_score = mode == "risk_benefit" or "risk_benefit" in forms.values()
    weights = risk_benefit_weights(facts) if by_score else weights_by_rule(facts)
    ids = [w.id for w in facts.liable]
    before = dict.fromkeys(ids, 0) if first else credited(facts, weights)
    claim = d if first else max(0, d - facts.recovered)
    # of two kinds of loss each is split on its own; his part of D is both together
    other = half_up((1 - facts.v) * min(facts.noneconomic, base)) if mode == "hybrid" else 0
    both = zip(split(d - other, weights), split(other, weights), strict=True)
    part = dict(zip(ids, [a + b for a, b in both], strict=True))
    waived = sum(max(0, part[w.id] - before[w.id]) for w in facts.liable if w.released)
    return Debt(
        facts, mode, forms, dict(zip(ids, units(weights), strict=True)), base, d, claim,
        max(0, claim - waived), part, before,
        0 if first else facts.recovered - sum(before.values()),
    )  # fmt: skip


def credited(facts: Facts, weights: list) -> dict:
    """What each paid before; what has no payer counts as the principals', by their shares."""
    before = {w.id: w.before for w in facts.liable}
    heads = [i for i, w in enumerate(facts.liable) if w.principal]
    for i, x in zip(heads, split(facts.no_payer, [weights[i] for i in heads]), strict=True):
        before[facts.liable[i].id] += x
    return before


def liable_jointly(debt: Debt, who: Who) -> bool:
    """Whether he owes the same money as others, be it up to a limit."""
    form = debt.forms[who.id]
    if form == "all_or_nothing":
        return who.proved
    if form == "supplementary":
        return who.principal
    return form in ("joint", "joint_after_exhaustion", "partial_joint", "benefit_cap",
                    "risk_benefit_joint", "hybrid", "enlarged", "guardian")  # fmt: skip
