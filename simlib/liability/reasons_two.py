"""The reasons of two modes of foreign law: shares spread again, and two kinds of loss."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from simlib.interval import high_end, hull, low_end
from simlib.liability.solve import Point, reallocated, start, whole_loss
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.liability.reasons import Reasons


class SpreadAgain:
    """Everyone's part of the whole loss once what no purse meets is spread again."""

    def __init__(self, reasons: Reasons) -> None:
        self.reasons, self.setting = reasons, reasons.setting
        self.own_fault = reasons.setting.claim.damages.children[-1]

    def rests(self, i: int) -> tuple[Trace, ...]:
        """What an exposure rests on here."""
        reasons = self.reasons
        if self.setting.box.axes:
            exposure, before = reasons.solution.exposure[i], reasons.solution.before[i]
            value = hull([low_end(exposure), high_end(exposure) + high_end(before)])
            rests, rule = (reasons.weights, self.own_fault), "reallocated.open"
        else:
            value, rule = self._parts[i], "reallocated.filled"
            rests = (self._whole, reasons.weights, self.own_fault, self._purses)
        return (Trace("reallocated", value, "fen", rule, rests, party=reasons.ids[i]),)

    @cached_property
    def _here(self) -> Point:
        return start(self.setting, [])

    @cached_property
    def _parts(self) -> list[int]:
        return reallocated(self._here)

    @cached_property
    def _whole(self) -> Trace:
        """The loss, less what came back (where that counts first) and less releases."""
        claim, setting = self.setting.claim, self.setting
        loss = Trace("loss", setting.case.loss_fen, "fen", source="case:loss_fen")
        first = setting.rules["deduction"] == "restitution_first"
        given = [p for p, d in zip(self.reasons.parts, setting.debtors, strict=True) if d.released]
        if not first and not given:
            return loss
        rests = (loss, *([claim.recovered] if first else []), *given)
        return Trace("loss_left", whole_loss(self._here), "fen", "loss_left", rests)

    @cached_property
    def _purses(self) -> Trace:
        """What each could bear at most: his assets and what he paid before."""
        nodes = tuple(self._purse(k) for k in range(len(self.reasons.ids)))
        return Trace("purses", len(nodes), "", "purses", nodes)

    def _purse(self, k: int) -> Trace:
        reasons, debtor = self.reasons, self.setting.debtors[k]
        if debtor.released:
            rests = (reasons.released(k),)
            return Trace("purse", 0, "fen", "purse.released", rests, party=debtor.id)
        value = None if debtor.assets is None else debtor.assets + reasons.solution.before[k]
        rests = (reasons.assets(k), *reasons.before(k))
        return Trace("purse", value, "fen", "purse.sum", rests, party=debtor.id)


class TwoLosses:
    """The economic loss, for which all stand, and each one's own part of the other."""

    def __init__(self, reasons: Reasons) -> None:
        self.reasons, self.setting = reasons, reasons.setting

    def rests(self, i: int) -> tuple[Trace, ...]:
        """What an exposure rests on here."""
        reasons = self.reasons
        if self.setting.box.axes:
            return (self.economic, self.other, reasons.weights)
        rests = (self.other, reasons.weights, *reasons.before(i))
        party, value = reasons.ids[i], self._here.several[i]
        several = Trace("several_part", value, "fen", "several_part", rests, party=party)
        return self._joint, several

    @cached_property
    def _here(self) -> Point:
        return start(self.setting, [])

    @cached_property
    def other(self) -> Trace:
        """The damages that are not economic."""
        case, own = self.setting.case, self.setting.claim.damages.children[-1]
        value = case.loss_noneconomic_fen
        stated = Trace("loss_noneconomic", value, "fen", source="case:loss_noneconomic_fen")
        rests, rule = (stated, own), "noneconomic.less-own-fault"
        return Trace("noneconomic", self.setting.noneconomic_fen, "fen", rule, rests)

    @cached_property
    def economic(self) -> Trace:
        """The damages that are economic."""
        damages = self.setting.claim.damages
        value = damages.value - self.other.value
        return Trace("economic", value, "fen", "economic.rest", (damages, self.other))

    @cached_property
    def _joint(self) -> Trace:
        left = self._here.jointly
        below = (self.setting.claim.recovered, self.other, self.reasons.weights)
        gone = Trace("economic_gone", self.economic.value - left, "fen", "economic_gone", below)
        return Trace("joint_part", left, "fen", "joint_part.left", (self.economic, gone))
