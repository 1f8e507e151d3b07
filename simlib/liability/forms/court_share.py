"""A part of the loss that a court sets at its discretion, the claimant's own fault included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.interval import Interval, hull
from simlib.liability.assumption import Assumption, teaching
from simlib.liability.facts import by_court
from simlib.liability.forms.base import ByMeasure
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Debtor, Facts, Setting


class CourtShare(ByMeasure):
    """He owes the part of the loss that the court leaves to him; it is his share as well."""

    measure = "court_share"
    fixes_share = True
    finds_share = True
    divides = True

    def measured(self, facts: Facts[N, F], debtor: Debtor) -> N | None:
        """Return the court's part of the loss, own fault in it; at most the damages less that."""
        return by_court(debtor, facts, facts.fraction(debtor.party, self.measure))

    def measured_step(
        self, low: AtEnd, high: AtEnd, debtor: Debtor, value: FenRange
    ) -> Trace[FenRange]:
        """Write the court's share and the loss it is a part of."""
        stated = debtor.party.court_share
        leaf = Trace(
            "court_share",
            Interval(0.0, 1.0) if stated is None else stated,
            "share",
            source=f"case:parties.{debtor.party.id}.court_share",
            party=debtor.id,
        )
        loss, rests = low.claim.loss_fen, (low.claim.loss.step, leaf)
        ends = [f.numbers.times(loss, f.fraction(debtor.party, self.measure)) for f in (low, high)]
        asked = hull(ends)
        whole = Trace("by_court", asked, "fen", "by_court.share-of-loss", rests, party=debtor.id)
        if asked == value:
            return whole
        both = (whole, low.due_step(debtor, low.claim.damages.step))
        return Trace("by_court", value, "fen", "by_court.at-most-due", both, party=debtor.id)

    def assumed(self, setting: Setting, i: int) -> Iterator[Assumption]:
        """Yield that no ruling of the case states the share."""
        if setting.debtors[i].party.court_share is None:
            yield teaching("court_share.unknown", None, setting.debtors[i].id)
