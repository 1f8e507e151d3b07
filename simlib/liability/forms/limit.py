"""A stated fraction of the damages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.interval import Interval, hull
from simlib.liability.assumption import Assumption, teaching
from simlib.liability.facts import due
from simlib.liability.forms.base import ByMeasure
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.interval import FenRange
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Debtor, Facts, Setting


class Limit(ByMeasure):
    """He owes up to the limit stated of him."""

    measure = "limit"

    def whose(self, debtor: Debtor) -> Party:
        """Return the party whose limit counts."""
        return debtor.party

    def measured(self, facts: Facts[N, F], debtor: Debtor) -> N | None:
        """Return his limit's part of the damages."""
        limit = facts.fraction(self.whose(debtor), "limit")
        return due(debtor, facts, facts.numbers.times(facts.claim.damages_fen, limit))

    def measured_step(
        self, low: AtEnd, high: AtEnd, debtor: Debtor, value: FenRange
    ) -> Trace[FenRange]:
        """Write the limit and the damages it is a part of."""
        of = self.whose(debtor)
        stated = Interval(0.0, 1.0) if of.limit is None else of.limit
        leaf = Trace(
            "limit", stated, "share", source=f"case:parties.{of.id}.limit", party=debtor.id
        )
        rests = (low.claim.damages.step, leaf)
        ends = [
            facts.numbers.times(facts.claim.damages_fen, facts.fraction(of, "limit"))
            for facts in (low, high)
        ]
        rule = "limited.share-of-damages"
        return low.due_step(
            debtor, Trace("limited", hull(ends), "fen", rule, rests, party=debtor.id)
        )

    def assumed(self, setting: Setting, i: int) -> Iterator[Assumption]:
        """Yield that no court set his limit."""
        if setting.debtors[i].party.limit is None:
            yield teaching("limit.unknown", None, setting.debtors[i].id)


class Guardian(Limit):
    """A guardian of a minor principal answers for his own failing, not for the child's."""

    in_place = True

    def whose(self, debtor: Debtor) -> Party:
        """Return the guardian."""
        return debtor.payer

    def assumed(self, setting: Setting, i: int) -> Iterator[Assumption]:
        """Yield who bears the rest, and that his limit is not known."""
        debtor = setting.debtors[i]
        yield teaching("guardian.rest", None, debtor.id)
        if debtor.payer.limit is None:
            yield teaching("answered.limit-unknown", None, debtor.id)
