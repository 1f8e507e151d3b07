"""A platform's part: all of the loss that happened after it knew or should have known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.liability.assumption import Assumption, teaching
from simlib.liability.facts import due
from simlib.liability.forms.base import ByMeasure, part_of_loss, part_of_loss_step
from simlib.liability.pieces import part_field
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Debtor, Facts, Setting


class AfterKnowledge(ByMeasure):
    """It owes the damages that happened after it knew or should have known (1197)."""

    measure = "after_knowledge"
    stands_in = True

    def measured(self, facts: Facts[N, F], debtor: Debtor) -> N | None:
        """Return the part after it knew or had to act, all if none is stated, after own fault.

        Of a piece of the loss it answers for all.
        """
        field = part_field(debtor)
        if getattr(debtor.party, field) is None or facts.in_piece:
            return due(debtor, facts, facts.claim.damages_fen)
        return part_of_loss(facts, debtor, facts.amount(debtor.party, field))

    def measured_step(
        self, low: AtEnd, high: AtEnd, debtor: Debtor, value: FenRange
    ) -> Trace[FenRange]:
        """Write the part after knowledge and the victim's own fault; absent, the damages."""
        field, key, id = part_field(debtor), "after_knowledge", debtor.id
        stated, source = getattr(debtor.party, field), f"case:parties.{debtor.party.id}.{field}"
        if low.in_piece:
            whole = (low.due_step(debtor, low.claim.damages.step),)
            return Trace(key, value, "fen", f"{key}.piece", whole, party=id)
        leaf: Trace[FenRange] = Trace(field, stated, "fen", source=source, party=id)
        if stated is None:
            rests = (low.due_step(debtor, low.claim.damages.step), leaf)
            return Trace(key, value, "fen", f"{key}.whole", rests, party=id)
        return part_of_loss_step(low, debtor, key, leaf, value)

    def assumed(self, setting: Setting, i: int) -> Iterator[Assumption]:
        """Yield what stands for 应当知道."""
        debtor = setting.debtors[i]
        if debtor.grade.value == "gross":
            yield teaching("platform.should-have-known", debtor.grade.value, debtor.id)
