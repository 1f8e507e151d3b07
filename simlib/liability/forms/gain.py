"""What he gained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib import chain, riskbenefit
from simlib.interval import hull
from simlib.liability.assumption import Assumption, teaching
from simlib.liability.facts import due
from simlib.liability.forms.base import ByMeasure
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Debtor, Facts, Setting


class Gain(ByMeasure):
    """He owes up to his gains; as some read Swiss law, or up to the part he caused."""

    measure = "gain"
    follows_money = True

    def measured(self, facts: Facts[N, F], debtor: Debtor) -> N | None:
        """Return his gains on the claimant's money, never above the damages."""
        own = _own(facts, debtor)
        if facts.rules["benefit"] == "own":
            return own
        return facts.numbers.maximum(own, _caused(facts, debtor))

    def measured_step(
        self, low: AtEnd, high: AtEnd, debtor: Debtor, value: FenRange
    ) -> Trace[FenRange]:
        """Write his gains; beside them, as Swiss law is read, the part he caused."""
        own = _own_step(low, high, debtor)
        if low.rules["benefit"] == "own":
            return own
        ends = [
            facts.numbers.times(facts.claim.damages_fen, facts.cause(debtor))
            for facts in (low, high)
        ]
        rests = (low.claim.damages.step, debtor.cause.step)
        caused = low.due_step(
            debtor, Trace("caused", hull(ends), "fen", "caused.share", rests, party=debtor.id)
        )
        return Trace("gains", value, "fen", "gains.swiss", (own, caused), party=debtor.id)

    def rules_at_work(self, setting: Setting) -> Iterator[str]:
        """Yield how gains count, where somebody's do."""
        if any(isinstance(form, Gain) for form in setting.forms):
            yield "benefit"

    def assumed_of_mode(self, setting: Setting) -> Iterator[Assumption]:
        """Yield that causal force measures the part he caused, where that counts."""
        if setting.rules["benefit"] == "swiss":
            yield teaching("benefit.swiss-cause", None)

    def assumed(self, setting: Setting, i: int) -> Iterator[Assumption]:
        """Yield that nobody stated his gain."""
        if setting.debtors[i].party.gain_direct_fen is None:
            yield teaching("gain.unknown", None, setting.debtors[i].id)


def _own(facts: Facts[N, F], debtor: Debtor) -> N:
    most = due(debtor, facts, facts.claim.damages_fen)
    return facts.numbers.minimum(most, facts.gains(debtor.party))


def _caused(facts: Facts[N, F], debtor: Debtor) -> N:
    caused = facts.numbers.times(facts.claim.damages_fen, facts.cause(debtor))
    return due(debtor, facts, caused)


def _own_step(low: AtEnd, high: AtEnd, debtor: Debtor) -> Trace[FenRange]:
    where, party = f"case:parties.{debtor.party.id}", debtor.party
    factor = chain.gain_factor(low.case, party.id, low.tracing)
    children = (
        Trace("gain_direct", party.gain_direct_fen, "fen", source=f"{where}.gain_direct_fen"),
        Trace("gain_indirect", party.gain_indirect_fen, "fen", source=f"{where}.gain_indirect_fen"),
        riskbenefit.factor_trace(low.case, party.id, factor, low.tracing),
        low.due_step(debtor, low.claim.damages.step),
    )
    value = hull([_own(low, debtor), _own(high, debtor)])
    return Trace("gains", value, "fen", "gains.apportioned", children, party=debtor.id)
