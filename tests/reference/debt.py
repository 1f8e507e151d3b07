"""The debt before anyone pays: D, the claim, what a release leaves owing, shares, part payments."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from reference.amounts import half_up, split, units
from reference.facts import Facts, Who
from reference.shares import found_by_court, risk_benefit_weights, weights_by_rule


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
    due: dict  # the same less what her own fault lets him off, if he was negligent
    uncredited: int  # recoveries that nobody liable is credited with
    spent: dict = field(default_factory=dict)  # what each was asked for and gave in earlier pieces
    used: dict = field(default_factory=dict)  # the same of what he would carry

    def share(self, who: str) -> Fraction:
        """His share as a fraction."""
        return Fraction(self.weights[who], sum(self.weights.values()))


def owe(facts: Facts, mode: str, forms: dict, spent: dict) -> Debt:
    """D, the claim, the shares and who is taken to have paid what before."""
    first = facts.rules["deduction"] == "restitution_first"
    base = max(0, facts.loss - facts.recovered) if first else facts.loss
    d = half_up((1 - facts.v) * base) if facts.damages is None else facts.damages
    weights = weigh(facts, mode, forms)
    ids = [w.id for w in facts.liable]
    before = dict.fromkeys(ids, 0) if first else credited(facts, weights)
    claim = d if first else max(0, d - facts.recovered)
    part = dict(zip(ids, parts_of(facts, mode, weights, base, d), strict=True))
    due = {w.id: facts.let_off(w, part[w.id]) for w in facts.liable}
    waived = sum(max(0, due[w.id] - before[w.id]) for w in let_off(facts.liable, forms))
    return Debt(
        facts, mode, forms, dict(zip(ids, units(weights), strict=True)), base, d, claim,
        max(0, claim - waived), part, before, due,
        0 if first else facts.recovered - sum(before.values()), spent,
    )  # fmt: skip


def weigh(facts: Facts, mode: str, forms: dict) -> list:
    """The weight of each in the group; a court's discretion takes the place of a share."""
    if mode == "discretionary":
        return found_by_court(facts)
    by_score = mode == "risk_benefit" or "risk_benefit" in forms.values()
    return risk_benefit_weights(facts) if by_score else weights_by_rule(facts)


def parts_of(facts: Facts, mode: str, weights: list, base: int, d: int) -> list[int]:
    """Each one's part of D; of two kinds of loss each is split on its own."""
    other = half_up((1 - facts.v) * min(facts.noneconomic, base)) if mode == "hybrid" else 0
    other = min(other, d)
    both = zip(split(d - other, weights), split(other, weights), strict=True)
    return [a + b for a, b in both]


def credited(facts: Facts, weights: list) -> dict:
    """What each paid before; what has no payer counts as the principals', by their shares."""
    before = {w.id: w.before for w in facts.liable}
    heads = [i for i, w in enumerate(facts.liable) if w.principal]
    for i, x in zip(heads, split(facts.no_payer, [weights[i] for i in heads]), strict=True):
        before[facts.liable[i].id] += x
    return before


JOINT = ("joint", "joint_after_exhaustion", "partial_joint", "benefit_cap", "risk_benefit_joint",
         "all_or_nothing", "hybrid", "enlarged", "known", "guardian")  # fmt: skip


def liable_jointly(debt: Debt, who: Who) -> bool:
    """Whether he owes the same money as others, be it up to a limit."""
    return debt.forms[who.id] in JOINT and not who.released


def by_share(debt: Debt, who: Who) -> bool:
    """Whether a principal answers for his share alone, as the textbook has it."""
    form = debt.forms[who.id]
    if debt.facts.rules["principals"] == "whole":
        return form == "reallocation"
    return form in ("several", "hybrid", "reallocation") or debt.mode == "threshold"


def let_off(liable: tuple[Who, ...], forms: dict) -> list[Who]:
    """The released whose part she gave up with them (520(2)); in second line it was 0 anyhow."""
    return [w for w in liable
            if w.released and (w.principal or forms[w.id] != "supplementary")]  # fmt: skip


def given_up(debt: Debt) -> list[Who]:
    """The same of a debt."""
    return let_off(debt.facts.liable, debt.forms)


def second_line(debt: Debt, who: Who) -> bool:
    """Whether he answers only for what the fraudsters cannot pay (1198(2))."""
    return debt.forms[who.id] == "supplementary" and not who.principal
