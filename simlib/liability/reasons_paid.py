"""The reasons for payments: who pays up to what he owes or has, who shares the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.interval import Interval, high_end, low_end
from simlib.liability.collection import reach_cap
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
            self.nodes[i] = self._split(i, shared, weights)

    def earlier(self, rank: int) -> Trace:
        """What those who pay in earlier rounds pay."""
        forms = self.reasons.setting.forms
        nodes = tuple(self.nodes[i] for i, form in enumerate(forms) if form.rank < rank)
        low, high = (sum(end(n.value) for n in nodes) for end in (low_end, high_end))
        value = low if low == high else Interval(low, high)
        return Trace("principals_paid", value, "fen", "principals_paid", nodes)

    def _lifted(self, group: list[int]) -> set[int]:
        """Those whose part the largest remainder lifts to their cap: they split with the others."""
        solution, setting = self.reasons.solution, self.reasons.setting
        sued = [i for i in group if setting.debtors[i].sued]
        paid, units = ([side[i] for i in sued] for side in (solution.paid, solution.units))
        caps = [self._cap(i) for i in sued]
        if any(isinstance(x, Interval) for x in (*paid, *units, *caps)):
            return set()
        full = reach_cap(sum(paid), caps, units)
        return {
            i
            for k, (i, amount, cap) in enumerate(zip(sued, paid, caps, strict=True))
            if amount == cap and cap and k not in full
        }

    def _cap(self, i: int) -> int | Interval:
        assets, owes = self.reasons.setting.debtors[i].assets, self.reasons.exposures[i].value
        return owes if assets is None or isinstance(owes, Interval) else min(owes, assets)

    def _capped(self, i: int) -> Trace | None:
        reasons = self.reasons
        debtor, amount, exposure = (
            reasons.setting.debtors[i],
            reasons.solution.paid[i],
            reasons.exposures[i],
        )
        if not debtor.sued:
            source = f"case:parties.{debtor.id}.sued"
            leaf = Trace("sued", False, "flag", source=source)
            return Trace("paid", 0, "fen", "paid.not-sued", (leaf,), party=debtor.id)
        open_ = isinstance(amount, Interval) or isinstance(exposure.value, Interval)
        if not open_ and amount < self._cap(i):
            return None
        rule, rests = "paid.open" if open_ else "paid.up-to-cap", (exposure, reasons.assets(i))
        return Trace("paid", amount, "fen", rule, rests, party=debtor.id)

    def _to_share(self, splitting: list[int]) -> Trace:
        others = (n for k, n in enumerate(self.nodes) if n and k not in splitting)
        amount = sum(self.reasons.solution.paid[k] for k in splitting)
        return Trace("to_share", amount, "fen", "to_share", (self.reasons.owed, *others))

    def _among(self, splitting: list[int]) -> Trace:
        return grouped("weights", tuple(self.reasons.own[k] for k in splitting))

    def _split(self, i: int, shared: Trace, weights: Trace) -> Trace:
        reasons = self.reasons
        amount, party = reasons.solution.paid[i], reasons.ids[i]
        if self._by_rule(i) or not all(low_end(w.value) for w in weights.children):
            rests = (reasons.exposures[i], reasons.owed)
            return Trace("paid", amount, "fen", "paid.by-rule", rests, party=party)
        return Trace("paid", amount, "fen", "paid.split", (shared, weights), party=party)

    def _by_rule(self, i: int) -> bool:
        """Whether a rule on part payments, several limits or two kinds of loss shapes it."""
        setting = self.reasons.setting
        form, rules = setting.forms[i], setting.rules
        turned = rules["partial_payment"] != "outer" or rules["caps"] != "stack"
        return form.measure == "hybrid" or (form.capped and turned)
