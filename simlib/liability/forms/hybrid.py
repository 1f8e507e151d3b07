"""The economic loss with all others, and his own part of the loss that is not economic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING

from simlib.interval import Interval, high_end, hull, low_end
from simlib.liability.assumption import Assumption, teaching
from simlib.liability.forms.base import Bounds, Form, whole_by_rule, whole_claim
from simlib.liability.reasoned_value import Reasoned
from simlib.liability.solve import start
from simlib.money import split_units
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.law.rule import Rules
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Facts, Setting, Solution, Writer
    from simlib.liability.solve import Point, WholePoint
    from simlib.money import Fen


class Hybrid(Form):
    """He owes jointly or severally by kind of loss."""

    measure = "hybrid"
    leads = True
    steps = True
    spreads = True
    by_rule = True
    for_all = True

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return the economic loss that is open and a helper's own part of the other."""
        if whole_by_rule(here, i):
            return here.owed
        several, jointly = here.once(two_losses)
        both: N = jointly + several[i]
        return both

    def parts(self, here: Point[N, F]) -> list[N]:
        """Divide both kinds of loss by shares, each on its own."""
        split, other = here.facts.numbers.split, noneconomic(here.facts)
        economic = here.facts.claim.damages_fen - other
        pairs = zip(split(economic, here.units), split(other, here.units), strict=True)
        return [a + b for a, b in pairs]

    def pay_first(
        self, here: Point[N, F], sued: Sequence[int], caps: Sequence[N], total: N
    ) -> tuple[list[N], list[N], N] | None:
        """Let each pay his own part of the non-economic loss before the economic one.

        Who answers for the whole pays of it what the others do not.
        """
        numbers, none = here.facts.numbers, here.constant(0)
        several, jointly = here.once(two_losses)
        kept = [s for s, d in zip(several, here.setting.debtors, strict=True) if not d.released]
        first = numbers.minimum(total, numbers.total(kept, none))
        owes = [first if whole_by_rule(here, i) else several[i] for i in sued]
        most = [numbers.minimum(cap, mine) for cap, mine in zip(caps, owes, strict=True)]
        own = numbers.pay_together(first, most, [here.units[i] for i in sued])
        left = numbers.minimum(jointly, total - numbers.total(own, none))
        room = [cap - part for cap, part in zip(caps, own, strict=True)]
        return own, room, numbers.above_zero(left)

    def alone(self, here: WholePoint) -> Sequence[Fen]:
        """Return each one's own part of the loss that is not economic."""
        return here.once(two_losses)[0]

    def alone_step(self, reasons: Writer, i: int) -> Trace | None:
        """Write his part of the loss that is not economic, if there is any."""
        kinds = reasons.once(TwoLosses)
        if not kinds.other_fen:
            return None
        share = reasons.solution.share[i]
        ends = [floor(low_end(share) * kinds.other_fen), ceil(high_end(share) * kinds.other_fen)]
        if not any(isinstance(unit, Interval) for unit in reasons.solution.units):
            ends = [split_units(kinds.other_fen, [low_end(u) for u in reasons.solution.units])[i]]
        rests = (kinds.other, reasons.weights)
        return reasons.amount("owed_alone", hull(ends), "split", rests, i)

    def by_share(self, rules: Rules) -> bool:
        """Return whether principals, too, answer by kind of loss."""
        return rules["principals"] == "by_share"

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return at least what others' own parts leave of the claim, at most his and the rest.

        The rest is the economic loss less what payers spilt beyond their own parts of the other:
        where they spilt more than that, own parts stay owed beyond the claim, and each up to it.
        """
        if setting.debtors[i].principal and not self.by_share(setting.rules):
            return whole_claim(solution)
        other, high = noneconomic(setting.facts), high_end(solution.owed)
        mine = floor(low_end(solution.share[i]) * other)
        spilt = _spilt(setting, solution)
        own = max(0, floor(high_end(solution.share[i]) * other) + 1 - low_end(solution.before[i]))
        economic = setting.claim.damages_fen - other
        most = min(high, own + max(0, economic - spilt[0]))
        if spilt[1] <= economic and not any(d.released for d in setting.debtors):
            most = min(most, high - _own_parts(setting, solution, i))
        return low_end(solution.owed) - (other - mine) - 1, most

    def rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return the joint part and his own one; neither where he owes the whole."""
        setting = reasons.setting
        if setting.debtors[i].principal and not self.by_share(setting.rules):
            return ()
        return reasons.once(TwoLosses).rests(i)

    def part_step(self, reasons: Writer, i: int) -> Trace:
        """Write a debtor's part of both kinds of loss together."""
        kinds = reasons.once(TwoLosses)
        rests = (kinds.economic.step, kinds.other, reasons.weights)
        if not reasons.setting.sharing:
            return super().part_step(reasons, i)
        return reasons.amount("part", reasons.solution.part[i], "part.two-losses", rests, i)

    def limit_rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return the economic damages, the others, and the weights of his part of these."""
        kinds = reasons.once(TwoLosses)
        return kinds.economic.step, kinds.other, reasons.weights

    def assumed_of_mode(self, setting: Setting) -> Iterator[Assumption]:
        """Yield the order in which the two kinds are paid."""
        yield teaching("hybrid.order", None)


def noneconomic(facts: Facts[N, F]) -> N:
    """Return the damages that are not economic, after the victim's own fault [fen].

    Never above the damages: of a piece of the loss these are rounded with those of the others.
    """
    claim, numbers = facts.claim, facts.numbers
    stated = numbers.minimum(facts.of_case("loss_noneconomic_fen"), claim.loss_fen)
    return numbers.minimum(numbers.less(stated, claim.own_fault), claim.damages_fen)


def two_losses(here: Point[N, F]) -> tuple[list[N], N]:
    """Return what each owes severally of the non-economic loss, and what all owe of the other.

    A payment discharges the payer's own several part first; what goes beyond it, and a recovery
    nobody is credited with, reduces the economic part. So does a released debtor's part of that.
    """
    numbers, claim, none = here.facts.numbers, here.facts.claim, here.constant(0)
    other = noneconomic(here.facts)
    pairs = list(zip(numbers.split(other, here.units), here.before, strict=True))
    several = [numbers.above_zero(part - before) for part, before in pairs]
    spilt = [numbers.above_zero(before - part) for part, before in pairs]
    economic = claim.damages_fen - other
    jointly = economic - numbers.total(spilt, none)
    if here.facts.rules["deduction"] == "liability_first":
        credited = numbers.total(here.before, none)
        jointly = jointly - numbers.above_zero(here.recovered - credited)
    if any(d.released for d in here.setting.debtors):
        for d, part, gone in zip(
            here.setting.debtors, numbers.split(economic, here.units), spilt, strict=True
        ):
            if d.released:
                jointly = jointly - numbers.above_zero(part - gone)
    return several, numbers.above_zero(jointly)


def _own_parts(setting: Setting, solution: Solution, i: int) -> Fen:
    """Return what the others owe at least of the loss that is not economic."""
    other, theirs = noneconomic(setting.facts), 0
    for j, (d, share, before) in enumerate(
        zip(setting.debtors, solution.share, solution.before, strict=True)
    ):
        if j != i and not d.released:
            theirs += max(0, floor(low_end(share) * other) - high_end(before) - 1)
    return theirs


def _spilt(setting: Setting, solution: Solution) -> Bounds:
    """What met the economic loss before, least and most: beyond own parts, and by nobody known."""
    other, least, most, credited = noneconomic(setting.facts), 0, 0, [0, 0]
    for share, before in zip(solution.share, solution.before, strict=True):
        least += max(0, low_end(before) - floor(high_end(share) * other) - 1)
        most += max(0, high_end(before) - floor(low_end(share) * other))
        credited = [credited[0] + low_end(before), credited[1] + high_end(before)]
    if setting.rules["deduction"] != "liability_first":
        return least, most
    recovered = setting.claim.recovered_fen
    return least + max(0, recovered - credited[1]), most + max(0, recovered - credited[0])


class TwoLosses:
    """The reasons of the two kinds of loss."""

    def __init__(self, reasons: Writer) -> None:
        self.reasons, self.setting = reasons, reasons.setting
        self.other_fen = noneconomic(self.setting.facts)

    def rests(self, i: int) -> tuple[Trace, ...]:
        """Return the steps an exposure rests on."""
        reasons = self.reasons
        if self.setting.box.axes:
            return (self.economic.step, self.other, reasons.weights)
        rests = (self.other, reasons.weights, *reasons.before(i))
        own = self._here.once(two_losses)[0][i]
        return self._joint, reasons.amount("several_part", own, "several_part", rests, i)

    @cached_property
    def _here(self) -> WholePoint:
        return start(self.setting, [])

    @cached_property
    def other(self) -> Trace:
        """The damages that are not economic."""
        stated = self.setting.case.loss_noneconomic_fen
        leaf = Trace("loss_noneconomic", stated, "fen", source="case:loss_noneconomic_fen")
        rests, rule = (leaf, self.setting.claim.fault.step), "noneconomic.less-own-fault"
        return Trace("noneconomic", self.other_fen, "fen", rule, rests)

    @cached_property
    def economic(self) -> Reasoned[Fen]:
        """The damages that are economic."""
        value = self.setting.claim.damages_fen - self.other_fen
        rests = (self.reasons.damages, self.other)
        return Reasoned(value, lambda: Trace("economic", value, "fen", "economic.rest", rests))

    @cached_property
    def _joint(self) -> Trace:
        left = self._here.once(two_losses)[1]
        below = (self.setting.claim.recovered.step, self.other, self.reasons.weights)
        gone = Trace("economic_gone", self.economic.value - left, "fen", "economic_gone", below)
        return Trace("joint_part", left, "fen", "joint_part.left", (self.economic.step, gone))
