"""The chance of recovery lost by help after the loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib import causation
from simlib.liability.assumption import DOCTRINE, Assumption, entry, teaching
from simlib.liability.facts import own_fault_against
from simlib.liability.forms.base import ByMeasure
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Debtor, Facts, Setting


class Chance(ByMeasure):
    """He owes the chance of recovery that his help after the loss cost her."""

    measure = "chance"
    follows_money = True
    outside = True

    def measured(self, facts: Facts[N, F], debtor: Debtor) -> N | None:
        """Return the lost chance after the victim's own fault."""
        own = own_fault_against(debtor, facts, facts.claim.own_fault)
        return facts.lost_chance(debtor.party, own)

    def measured_step(
        self, low: AtEnd, high: AtEnd, debtor: Debtor, value: FenRange
    ) -> Trace[FenRange]:
        """Write the lost chance and the victim's own fault."""
        lost = causation.chance(low.case, debtor.party.id, low.regime, low.tracing)
        rests = (lost.trace, low.fault_step(debtor))
        return Trace("chance_owed", value, "fen", "chance.less-own-fault", rests, party=debtor.id)

    def assumed(self, setting: Setting, i: int) -> Iterator[Assumption]:
        """Yield how help after the loss is routed."""
        yield teaching("route.after-loss", None, setting.debtors[i].id)
        yield entry("outside.no-recourse", None, DOCTRINE, setting.debtors[i].id)
