"""The reasons for what follows payment: burdens, what is still short, and recourse."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.interval import FenRange, Interval, high_end, low_end
from simlib.liability.collection import respread
from simlib.money import split_units
from simlib.trace import Trace, grouped

if TYPE_CHECKING:
    from simlib.liability.reasoned import Reasoned
    from simlib.liability.reasons import Reasons
    from simlib.money import Fen

INSOLVENT = ("civil-code:519",)
RELEASED = ("civil-code:520(2)",)
RECOURSE = ("civil-code:178", "civil-code:519")


class After:
    """Burden, short and recourse nodes of one solution."""

    def __init__(self, reasons: Reasons) -> None:
        self.reasons, self.setting = reasons, reasons.setting
        self.solution = reasons.solution
        self.after = self._weights_after()

    def steps(self, i: int) -> list[Trace]:
        """Return his burden, what he is short of it, and each claim of recourse he has."""
        party, solution = self.reasons.ids[i], self.solution
        burden = self._burden(i)
        done = (burden, self.reasons.payments.node(i), *self.reasons.before(i))
        steps = [burden, Trace("short", solution.short[i], "fen", "short", done, party=party)]
        for j, amount in enumerate(solution.recourse[i]):
            if high_end(amount):
                key = f"recourse_{self.reasons.ids[j]}"
                steps.append(
                    Trace(key, amount, "fen", "recourse", done, party=party, cites=RECOURSE)
                )
        return steps

    def _weights_after(self) -> Trace | None:
        """The weights once those without assets leave theirs to the others; None if none does."""
        solution, debtors = self.solution, self.setting.debtors
        open_ = any(isinstance(u, Interval) for u in (*solution.units, *solution.burden))
        broke = [d.assets == 0 for d in debtors]
        if open_ or not any(j and b for j, b in zip(solution.joint, broke, strict=True)):
            return None
        units = [low_end(u) for u in solution.units]
        after = respread(units, [bool(j) for j in solution.joint], broke)
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
        setting, reasons = self.setting, self.reasons
        own = setting.leading.burden_step(self, i)
        if own is not None:
            return own
        value = self.solution.burden[i]
        if setting.debtors[i].released:
            rests = (reasons.release_of(i), reasons.parts[i], *reasons.before(i))
            return Trace(
                "burden", value, "fen", "burden.released", rests, party=reasons.ids[i],
                cites=RELEASED,
            )  # fmt: skip
        return self.split("burden", value, setting.claim.damages, i)

    def split(self, key: str, value: FenRange, amount: Reasoned[Fen], i: int) -> Trace:
        """Write a debtor's part of an amount, with what joint debtors without assets left."""
        party = self.reasons.ids[i]
        if self.after is not None and any(d.released for d in self.setting.debtors):
            return self._taken_over(key, value, amount, i)
        if self.after is None:
            rests: tuple[Trace, ...] = (amount.step, self.reasons.weights)
            return Trace(key, value, "fen", "split", rests, party=party)
        rests = (amount.step, self.after)
        return Trace(key, value, "fen", "split.respread", rests, party=party, cites=INSOLVENT)

    def _taken_over(self, key: str, value: FenRange, amount: Reasoned[Fen], i: int) -> Trace:
        """Write, beside a released debtor, his own part and what he takes over of lost ones."""
        reasons, debtors, joint = self.reasons, self.setting.debtors, self.solution.joint
        parts = split_units(amount.value, [low_end(u) for u in self.solution.units])
        rests: tuple[Trace, ...] = (amount.step, reasons.weights)
        nodes = [
            reasons.amount("own_part", part, "split", rests, k) for k, part in enumerate(parts)
        ]
        heirs = [k for k, d in enumerate(debtors) if joint[k] and d.assets != 0]
        gone = [k for k, d in enumerate(debtors) if joint[k] and d.assets == 0]
        if joint[i] and debtors[i].assets == 0:
            rests = (nodes[i], reasons.assets(i))
            return reasons.amount(key, value, "burden.lost", rests, i)
        steps = [nodes[i]]
        if i in heirs:
            given = sum(parts[k] for k in gone)
            lost = Trace("lost", given, "fen", "lost.sum", tuple(nodes[k] for k in gone))
            among = grouped("weights", tuple(reasons.own[k] for k in heirs))
            more = low_end(value) - parts[i]  # nothing is open here
            steps.append(reasons.amount("taken_over", more, "split", (lost, among), i))
        return reasons.amount(key, value, "burden.taken-over", steps, i)
