"""The reasons for what follows payment: burdens, what is still short, and recourse."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.interval import Interval, high_end
from simlib.liability.collection import respread
from simlib.money import split_units
from simlib.trace import Trace, grouped

if TYPE_CHECKING:
    from simlib.liability.reasons import Reasons

INSOLVENT = ("civil-code:519",)
RELEASED = ("civil-code:520(2)",)
RECOURSE = ("civil-code:178", "civil-code:519")


class After:
    """Burden, short and recourse nodes of one solution."""

    def __init__(self, reasons: Reasons) -> None:
        self.reasons, self.setting = reasons, reasons.setting
        self.solution = reasons.solution
        self.other = self.setting.noneconomic_fen if self.setting.has("hybrid") else 0
        self.after = self._weights_after()

    def steps(self, i: int) -> list[Trace]:
        """His burden, what he is short of it, and each claim of recourse he has."""
        party, solution = self.reasons.ids[i], self.solution
        burden = self._burden(i)
        done = (burden, self.reasons.payments.nodes[i], *self.reasons.before(i))
        found = [burden, Trace("short", solution.short[i], "fen", "short", done, party=party)]
        for j, amount in enumerate(solution.recourse[i]):
            if high_end(amount):
                key = f"recourse_{self.reasons.ids[j]}"
                found.append(
                    Trace(key, amount, "fen", "recourse", done, party=party, cites=RECOURSE)
                )
        return found

    def _weights_after(self) -> Trace | None:
        """The weights once those without assets leave theirs to the others; None if none does."""
        solution, debtors = self.solution, self.setting.debtors
        open_ = any(isinstance(u, Interval) for u in (*solution.units, *solution.burden))
        broke = [d.assets == 0 for d in debtors]
        if open_ or not any(j and b for j, b in zip(solution.joint, broke, strict=True)):
            return None
        after = respread(solution.units, solution.joint, broke)
        whole, rests = sum(after), (self.reasons.weights,)
        nodes = tuple(
            Trace(
                "weight_after",
                Fraction(w, whole),
                "share",
                "weight.respread",
                rests,
                party=party,
                cites=INSOLVENT,
            )
            for w, party in zip(after, self.reasons.ids, strict=True)
        )
        return grouped("weights_after", nodes)

    def _burden(self, i: int) -> Trace:
        setting, party = self.setting, self.reasons.ids[i]
        value = self.solution.burden[i]
        exposure = self.reasons.exposures[i]
        if setting.has("nothing"):
            form = exposure.children[0]
            return Trace("burden", 0, "fen", "burden.dismissed", (form,), party=party)
        if setting.debtors[i].released:
            rests = (exposure.children[-1], self.reasons.parts[i], *self.reasons.before(i))
            return Trace(
                "burden", value, "fen", "burden.released", rests, party=party, cites=RELEASED
            )
        units = self.solution.units
        if self.other and not any(isinstance(u, Interval) for u in (value, *units)):
            return self._of_two(i)
        return self._split("burden", value, setting.claim.damages, i)

    def _split(self, key: str, value: object, amount: Trace, i: int) -> Trace:
        party = self.reasons.ids[i]
        if self.after is not None and any(d.released for d in self.setting.debtors):
            return self._taken_over(key, value, amount, i)
        if self.after is None:
            rests = (amount, self.reasons.weights)
            return Trace(key, value, "fen", "split", rests, party=party)
        rests = (amount, self.after)
        return Trace(key, value, "fen", "split.respread", rests, party=party, cites=INSOLVENT)

    def _taken_over(self, key: str, value: object, amount: Trace, i: int) -> Trace:
        """Beside a released debtor: his own part, and what he takes over of lost ones."""
        reasons, debtors, joint = self.reasons, self.setting.debtors, self.solution.joint
        parts = split_units(amount.value, self.solution.units)
        nodes = [
            Trace("own_part", part, "fen", "split", (amount, reasons.weights), party=party)
            for part, party in zip(parts, reasons.ids, strict=True)
        ]
        heirs = [k for k, d in enumerate(debtors) if joint[k] and d.assets != 0]
        gone = tuple(
            n for n, d, j in zip(nodes, debtors, joint, strict=True) if j and d.assets == 0
        )
        if joint[i] and debtors[i].assets == 0:
            rests = (nodes[i], reasons.assets(i))
            return Trace(key, value, "fen", "burden.lost", rests, party=reasons.ids[i])
        steps = [nodes[i]]
        if i in heirs:
            lost = Trace("lost", sum(n.value for n in gone), "fen", "lost.sum", gone)
            among = grouped("weights", tuple(reasons.own[k] for k in heirs))
            more, party = value - parts[i], reasons.ids[i]
            steps.append(Trace("taken_over", more, "fen", "split", (lost, among), party=party))
        return Trace(key, value, "fen", "burden.taken-over", tuple(steps), party=reasons.ids[i])

    def _of_two(self, i: int) -> Trace:
        """His part of the economic loss, re-spread, and his own part of the other."""
        party, other = self.reasons.ids[i], self.reasons.two_losses.other
        own = split_units(self.other, self.solution.units)[i]
        joint = self._split(
            "joint_burden", self.solution.burden[i] - own, self.reasons.two_losses.economic, i
        )
        rests = (other, self.reasons.weights)
        several = Trace("several_burden", own, "fen", "split", rests, party=party)
        value = self.solution.burden[i]
        return Trace("burden", value, "fen", "burden.two-losses", (joint, several), party=party)
