"""A platform's part: what was added to the loss after notice or knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.interval import Interval
from simlib.liability.assumption import Assumption, teaching
from simlib.liability.facts import due
from simlib.liability.forms.base import ByMeasure, part_of_loss, part_of_loss_step
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Debtor, Facts, Setting


class Enlarged(ByMeasure):
    """He owes the damages his silence added."""

    measure = "enlarged"

    def measured(self, facts: Facts[N, F], debtor: Debtor) -> N | None:
        """Return the added part after the victim's own fault; of its own piece all damages."""
        if facts.in_piece:
            return due(debtor, facts, facts.claim.damages_fen)
        return part_of_loss(facts, debtor, facts.amount(debtor.party, "enlarged_fen"))

    def measured_step(
        self, low: AtEnd, high: AtEnd, debtor: Debtor, value: FenRange
    ) -> Trace[FenRange]:
        """Write the added part and the victim's own fault."""
        if low.in_piece:
            rule, whole = "enlarged.whole", (low.due_step(debtor, low.claim.damages.step),)
            return Trace("enlarged", value, "fen", rule, whole, party=debtor.id)
        stated = debtor.party.enlarged_fen
        added = Interval(0, low.case.loss_fen) if stated is None else stated
        source = f"case:parties.{debtor.party.id}.enlarged_fen"
        leaf: Trace[FenRange] = Trace("enlarged_fen", added, "fen", source=source, party=debtor.id)
        return part_of_loss_step(low, debtor, "enlarged", leaf, value)

    def assumed(self, setting: Setting, i: int) -> Iterator[Assumption]:
        """Yield that nobody stated the added part."""
        if setting.debtors[i].party.enlarged_fen is None:
            yield teaching("platform.enlarged-unknown", None, setting.debtors[i].id)
