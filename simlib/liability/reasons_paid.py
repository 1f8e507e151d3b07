"""The reasons for payments: who pays up to what he owes or has, who shares the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import FenRange, Interval, added, low_end
from simlib.money import reach_cap
from simlib.trace import Trace, grouped

if TYPE_CHECKING:
    from simlib.liability.reasons import Reasons


class Payments:
    """The payment nodes of one solution, written round by round."""

    def __init__(self, reasons: Reasons) -> None:
        self.reasons = reasons
        self.nodes: list[Trace | None] = [None] * len(reasons.ids)

    def write(self, group: list[int]) -> None:
        """One round: capped payments first, since what they leave is what the others split."""
        by_rounding = self._lifted(group)
        for i in group:
            self.nodes[i] = None if i in by_rounding else self._capped(i)
        splitting = [i for i in group if self.nodes[i] is None]
        if not splitting:
            return
        shared, weights = self._to_share(splitting), self._among(splitting)
        for i in splitting:
            self.nodes[i] = self._split(i, splitting, shared, weights)

    def node(self, i: int) -> Trace:
        """Return what a debtor pays, once his round is written."""
        node = self.nodes[i]
        if node is None:
            raise ValueError("this round is not written yet")
        return node

    def earlier(self, rank: int) -> Trace:
        """Return what those who pay in earlier rounds pay."""
        forms = self.reasons.setting.forms
        places = [i for i, form in enumerate(forms) if form.rank < rank]
        value = added(self.reasons.solution.paid[i] for i in places)
        nodes = tuple(self.node(i) for i in places)
        return Trace("principals_paid", value, "fen", "principals_paid", nodes)

    def _lifted(self, group: list[int]) -> set[int]:
        """Those whose part the largest remainder lifts to their cap: they split with the others."""
        solution, setting = self.reasons.solution, self.reasons.setting
        sued = [i for i in group if setting.debtors[i].sued]
        sides = (
            [solution.paid[i] for i in sued],
            [self._pays_by(i) for i in sued],
            [self._cap(i) for i in sued],
        )
        if any(isinstance(x, Interval) for side in sides for x in side):
            return set()
        paid, units, caps = ([low_end(x) for x in side] for side in sides)
        full = reach_cap(sum(paid), caps, units)
        return {
            i
            for k, (i, amount, cap) in enumerate(zip(sued, paid, caps, strict=True))
            if amount == cap and cap and k not in full
        }

    def _pays_by(self, i: int) -> FenRange:
        """Return what he pays in proportion to: his share, or, outside the loss, what he owes."""
        solution = self.reasons.solution
        return (solution.exposure if self.reasons.setting.forms[i].outside else solution.units)[i]

    def _cap(self, i: int) -> FenRange:
        owes = self.reasons.solution.exposure[i]
        debtor = self.reasons.setting.debtors[i]
        return owes if isinstance(owes, Interval) else debtor.collectable(owes)

    def _capped(self, i: int) -> Trace | None:
        reasons = self.reasons
        debtor, amount = reasons.setting.debtors[i], reasons.solution.paid[i]
        if not debtor.sued:
            source = f"case:parties.{debtor.id}.sued"
            leaf = Trace("sued", False, "flag", source=source)
            return Trace("paid", 0, "fen", "paid.not-sued", (leaf,), party=debtor.id)
        cap = self._cap(i)
        open_ = isinstance(amount, Interval) or isinstance(cap, Interval)
        if not open_ and low_end(amount) < low_end(cap):
            return None
        rule = "paid.open" if open_ else "paid.up-to-cap"
        exposure = reasons.exposure(i)
        rests = (exposure, reasons.means(i, reasons.solution.exposure[i], exposure))
        return Trace("paid", amount, "fen", rule, rests, party=debtor.id)

    def _to_share(self, splitting: list[int]) -> Trace:
        others = (n for k, n in enumerate(self.nodes) if n and k not in splitting)
        amount = sum(low_end(self.reasons.solution.paid[k]) for k in splitting)  # none is open
        return Trace("to_share", amount, "fen", "to_share", (self.reasons.owed, *others))

    def _among(self, splitting: list[int]) -> Trace:
        return grouped("weights", tuple(self.reasons.own[k] for k in splitting))

    def _split(self, i: int, splitting: list[int], shared: Trace, weights: Trace) -> Trace:
        reasons = self.reasons
        amount, party = reasons.solution.paid[i], reasons.ids[i]
        if self._by_rule(i) or not all(low_end(reasons.own_values[k]) for k in splitting):
            rests = (reasons.exposure(i), reasons.owed)
            return Trace("paid", amount, "fen", "paid.by-rule", rests, party=party)
        return Trace("paid", amount, "fen", "paid.split", (shared, weights), party=party)

    def _by_rule(self, i: int) -> bool:
        """Whether a rule on part payments or several limits, or one of the form's, shapes it."""
        setting = self.reasons.setting
        form, rules = setting.forms[i], setting.rules
        turned = rules["partial_payment"] != "outer" or rules["caps"] != "stack"
        return form.by_rule or form.outside or (form.capped and turned)
