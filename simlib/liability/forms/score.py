"""A share read off the 风险–收益 model: from gain, risk and causal force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib import riskbenefit
from simlib.interval import high_end
from simlib.law.rule import word
from simlib.liability.assumption import REFORM, Assumption, entry, teaching
from simlib.liability.forms.base import ByPart

if TYPE_CHECKING:
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.records import Debtor, Setting


class Score(ByPart):
    """He owes the part that the model gives him; the principals bear the rest."""

    measure = "score"
    follows_money = True
    finds_share = True

    def assess(self, facts: AtEnd, debtor: Debtor) -> riskbenefit.Assessment | None:
        """Return the model's assessment of a helper."""
        if debtor.principal:
            return None
        reforms, aggregator = riskbenefit.reforms_on(facts.rules), word(facts.rules, "aggregator")
        return riskbenefit.assess(
            debtor.party, facts.case, aggregator, facts.regime, reforms, facts.tracing
        )

    def rules_at_work(self, setting: Setting) -> Iterator[str]:
        """Yield how scores are joined, and which reforms are off."""
        yield from ("risk_benefit_as", "aggregator")
        off = (f"rb_{name}" for name in riskbenefit.REFORMS)
        yield from (rule for rule in off if setting.rules[rule] == "off")

    def assumed(self, setting: Setting, i: int) -> Iterator[Assumption]:
        """Yield whether the proposal exempts a technical helper, and what for it is missing.

        Also where all helpers' shares together cut that of one whose causation is direct.
        """
        most = sum(high_end(each.share) for each in setting.assessed.values())
        if setting.debtors[i].party.direct and most > 1 - setting.regime.value("p_min"):
            yield teaching("direct.scaled", None, setting.debtors[i].id)
        if setting.rules["rb_exemption"] != "on":
            return
        debtor = setting.debtors[i]
        freed = riskbenefit.exemption(debtor.party)
        if freed.holds:
            yield entry("exemption.held", None, REFORM, debtor.id)
            if debtor.knowing:
                yield entry("exemption.against-grade", debtor.grade.value, REFORM, debtor.id)
        for name in freed.missing:
            key = "failed" if name in freed.failed else "not-shown"
            yield entry(f"exemption.{key}", name, REFORM, debtor.id)
