"""His part once what others cannot pay is spread again, the claimant's part included."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from simlib.interval import high_end, hull, low_end
from simlib.liability.assumption import Assumption, teaching
from simlib.liability.forms.base import Bounds, Form
from simlib.liability.solve import start
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.law.rule import Rules
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Setting, Solution, Writer
    from simlib.liability.solve import Point, WholePoint
    from simlib.money import Fen


class Reallocated(Form):
    """He owes his own part of the loss and what is spread again to him."""

    measure = "realloc"
    steps = True
    spreads = True
    for_all = True

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return his part of the whole loss, spread again, less what he paid."""
        rest: N = here.once(spread)[i] - here.before[i]
        return rest

    def held_to(self, here: Point[N, F], i: int) -> N:
        """Return his own part, or more where others' parts are spread again to him."""
        return here.facts.numbers.maximum(here.parts[i], here.once(spread)[i])

    def by_share(self, rules: Rules) -> bool:
        """Return True: in the law it comes from, principals answer by their shares."""
        return True

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return at least his own part as far as his assets go; at most what others leave.

        A part that is spread again is rounded once a round: a fen a debtor either way.
        """
        slack, assets = len(setting.debtors), setting.debtors[i].cleared
        low = low_end(solution.part[i]) - high_end(solution.before[i]) - slack
        if assets is not None:
            low = min(low, assets)
        others = 0
        for j, (d, part, before) in enumerate(
            zip(setting.debtors, solution.part, solution.before, strict=True)
        ):
            if j != i and not d.released:
                least = low_end(part) - slack
                reach = least if d.cleared is None else min(least, d.cleared + low_end(before))
                others += max(0, reach)
        high = setting.case.loss_fen - others - low_end(solution.before[i])
        return low, high if assets is None else min(high, assets)

    def assumed_together(self) -> Iterator[Assumption]:
        """Yield that each suit spreads parts on its own."""
        yield teaching("together.spread-alone", None)

    def rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return his part once all is spread again."""
        return (reasons.once(Spreading).step(i),)

    def limit_rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return his part once all is spread again, which is before what he paid."""
        return (reasons.parts[i], reasons.once(Spreading).step(i), reasons.damages)


def spread(here: Point[N, F]) -> list[N]:
    """Divide the whole loss, and spread again what assets cannot meet.

    The claimant takes part with her own fault, and can bear all. Who is not sued is not thereby
    unable; who was released takes no part: his own part is the claimant's; nor does who stands
    outside the group. Parts are before what each already paid.
    """
    numbers, whole, own = here.facts.numbers, whole_loss(here), here.facts.claim.own_fault
    none = here.constant(0)
    purses: list[N] = []
    units: list[N] = []
    for i, debtor in enumerate(here.setting.debtors):
        assets = here.assets(i)
        purse = whole if assets is None else assets + here.before[i]
        no_part = debtor.released or here.setting.forms[i].outside
        purses.append(none if no_part else purse)
        share = numbers.weight_less(here.units[i], here.whole, own)
        units.append(none if no_part else share)
    purses.append(whole)
    units.append(numbers.weight(own))
    return numbers.pay_together(whole, purses, units)[:-1]


def whole_loss(here: Point[N, F]) -> N:
    """Return the loss that is spread again: before own fault, less released parts [fen]."""
    released = [p for p, d in zip(here.parts, here.setting.debtors, strict=True) if d.released]
    numbers = here.facts.numbers
    given_up = numbers.total(released, here.constant(0))
    return numbers.above_zero(here.facts.claim.loss_fen - given_up)


class Spreading:
    """The reasons of parts that are spread again."""

    def __init__(self, reasons: Writer) -> None:
        self.reasons, self.setting = reasons, reasons.setting

    def step(self, i: int) -> Trace:
        """Write a debtor's part of the whole loss, once all is spread again."""
        reasons, own = self.reasons, self.setting.claim.fault.step
        if self.setting.box.axes:
            exposure, before = reasons.solution.exposure[i], reasons.solution.before[i]
            value = hull([low_end(exposure), high_end(exposure) + high_end(before)])
            rests: tuple[Trace, ...] = (reasons.weights, own)
            return reasons.amount("reallocated", value, "reallocated.open", rests, i)
        rests = (self._whole, reasons.weights, own, self._purses)
        return reasons.amount("reallocated", self._parts[i], "reallocated.filled", rests, i)

    @cached_property
    def _here(self) -> WholePoint:
        return start(self.setting, [])

    @cached_property
    def _parts(self) -> list[Fen]:
        return self._here.once(spread)

    @cached_property
    def _whole(self) -> Trace:
        """The loss, less what came back (where that counts first) and less releases."""
        setting, loss = self.setting, self.setting.claim.loss.step
        given = [p for p, d in zip(self.reasons.parts, setting.debtors, strict=True) if d.released]
        if not given:
            return loss
        rests = (loss, *given)
        return Trace("loss_left", whole_loss(self._here), "fen", "loss_left", rests)

    @cached_property
    def _purses(self) -> Trace:
        """What each could bear at most: his assets and what he paid before."""
        nodes = tuple(self._purse(k) for k in range(len(self.reasons.ids)))
        return Trace("purses", len(nodes), "", "purses", nodes)

    def _purse(self, k: int) -> Trace:
        reasons, debtor = self.reasons, self.setting.debtors[k]
        if debtor.released:
            return reasons.amount("purse", 0, "purse.released", (reasons.released(k),), k)
        rests = (reasons.assets(k), *reasons.before(k))
        if debtor.cleared is None:
            return Trace("purse", None, "fen", "purse.sum", rests, party=debtor.id)
        value = debtor.cleared + self._here.before[k]
        return reasons.amount("purse", value, "purse.sum", rests, k)
