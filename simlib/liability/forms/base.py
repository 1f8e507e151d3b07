"""What every form of liability answers; a form overrides what differs from the plain case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simlib.interval import FenRange, at_ends, high_end, hull, low_end
from simlib.liability.facts import due, own_fault_against
from simlib.liability.reasoned_value import Reasoned
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.law.rule import Rules
    from simlib.liability.assumption import Assumption
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.numbers import F, N
    from simlib.liability.records import Debtor, Facts, Setting, Solution, Writer
    from simlib.liability.solve import Point, WholePoint
    from simlib.money import Fen
    from simlib.riskbenefit import Assessment

Bounds = tuple[int, int]  # the least and the most an amount can be [fen]
FEN, FLAG = "fen", "flag"


@dataclass(frozen=True)
class Form:
    """How one party answers to the claimant.

    A subclass in its own module of this folder says what it measures, in numbers that may be
    whole fen or arrays of them (`simlib.liability.numbers`); modes are built from these in
    `law/modes.toml`.

    Attributes
    ----------
    key
        the name that the outcome shows for the party
    joint
        whether he is jointly liable, so that 519(3) re-spreads lost shares to him
    rank
        the round he pays in: 0 first; later rounds answer for what earlier ones left unpaid
    capped
        whether he is jointly liable up to a limit only, so that the rules on partial payment and
        on several caps matter
    fact
        the fact of a party that is his limit as it stands: `limit`, `court_share`, `gain`
    measure
        the name of its module, and of its words (`exposure-<measure>` in `texts/*/trace.toml`)
    unit
        what `measured` gives: `fen`, or `flag` for 1 or 0
    leads
        whether it shapes everybody's parts, payments or burdens, not his own alone
    leftover
        whether it depends on what earlier rounds leave unpaid
    by_part
        whether he owes his part of the damages
    divides
        whether he owes a part of what the principals owe in full
    owes_all
        whether he owes the whole claim
    steps
        whether moving shares may turn one kind of debt into another, so that corners miss an end
    spreads
        whether others' assets shape what he owes
    by_rule
        whether a rule of its own divides payments
    follows_money
        whether what it measures depends on how money is traced
    fixes_share
        whether what it measures is his share, too: the principals bear the rest
    outside
        whether he answers for another damage than the loss: without a share, after all others
    second_line
        whether he answers only for what others cannot pay, and bears nothing in the end
    dismisses
        whether the suit or the claim against everybody is dismissed
    finds_share
        whether his share follows from what it measures
    stands_in
        whether he bears what the guardian of a minor principal does not: one who answers for the
        whole, or for all since he knew
    in_place
        whether he answers in a minor principal's place, as far as he failed
    for_all
        whether the law it comes from takes her own fault off what everybody owes, also on purpose
    """

    key: str
    joint: bool = False
    rank: int = 0
    capped: bool = False
    fact: str = ""

    measure: ClassVar[str] = ""
    unit: ClassVar[str] = FEN
    leads: ClassVar[bool] = False
    leftover: ClassVar[bool] = False
    by_part: ClassVar[bool] = False
    divides: ClassVar[bool] = False
    owes_all: ClassVar[bool] = False
    steps: ClassVar[bool] = False
    spreads: ClassVar[bool] = False
    by_rule: ClassVar[bool] = False
    follows_money: ClassVar[bool] = False
    fixes_share: ClassVar[bool] = False
    outside: ClassVar[bool] = False
    second_line: ClassVar[bool] = False
    dismisses: ClassVar[bool] = False
    finds_share: ClassVar[bool] = False
    stands_in: ClassVar[bool] = False
    in_place: ClassVar[bool] = False
    for_all: ClassVar[bool] = False

    # ------------------------------------------------------------ what it measures

    def shares_in(self, measured: FenRange) -> bool:
        """Return whether he has a share in the loss, given what the form measures of him."""
        return not self.outside

    def by_share(self, rules: Rules) -> bool:
        """Return whether he answers by his share even as a principal."""
        return self.by_part

    def measured(self, facts: Facts[N, F], debtor: Debtor) -> N | None:
        """Return what it measures of a debtor's facts; None if nothing."""
        return None

    def measured_step(
        self, low: AtEnd, high: AtEnd, debtor: Debtor, value: FenRange
    ) -> Trace[FenRange]:
        """Write the step that gave what it measures, between the unknown facts' two ends."""
        raise NotImplementedError

    def assess(self, facts: AtEnd, debtor: Debtor) -> Assessment | None:
        """Return the model's assessment of a debtor, if shares follow from it."""
        return None

    def reading(self, low: AtEnd, high: AtEnd, debtor: Debtor) -> Reasoned[FenRange] | None:
        """Return what it measures with its reasons; an interval where facts are unknown."""
        least = self.measured(low, debtor)
        most = self.measured(high, debtor)
        if least is None or most is None:
            return None
        value: FenRange = hull([least, most])
        return Reasoned(value, lambda: self.measured_step(low, high, debtor, value))

    # ------------------------------------------------------------ what he owes

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return what the claimant can ask, before the claim limits it."""
        raise NotImplementedError

    def held_to(self, here: Point[N, F], i: int) -> N:
        """Return what he could be held to at a point where nobody has paid anything."""
        return self.exposure(here, i)

    def jointly(self, here: WholePoint, i: int) -> bool:
        """Return whether he owes the same money as others, be it up to a limit."""
        return self.joint

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return the least and the most he can owe while open shares move."""
        raise NotImplementedError

    def jointly_open(self, setting: Setting, solution: Solution, i: int) -> bool | None:
        """Return whether he is jointly liable while open shares move; None if that is open."""
        return solution.joint[i]

    def shown(self, setting: Setting, solution: Solution, i: int) -> str:
        """Return the key of the form he is shown to answer in."""
        return self.key

    # ------------------------------------------------------------ what a leading form shapes

    def parts(self, here: Point[N, F]) -> list[N]:
        """Divide the damages among all debtors by their shares."""
        return here.facts.numbers.split(here.facts.claim.damages_fen, here.units)

    def alone(self, here: WholePoint) -> Sequence[Fen]:
        """Return what each owes by himself, jointly liable or not, once nobody has paid."""
        return [0] * len(here.units)

    def pay_first(
        self, here: Point[N, F], sued: Sequence[int], caps: Sequence[N], total: N
    ) -> tuple[list[N], list[N], N] | None:
        """Let some debts be paid ahead of the common ones.

        Returns
        -------
        paid, caps, total
            what each pays so, and what is left of his cap and of the total; None if there are none
        """
        return None

    # ------------------------------------------------------------ reasons

    def rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return the steps an exposure rests on."""
        measure = reasons.setting.measures[i]
        return () if measure is None else (measure.step,)

    def part_step(self, reasons: Writer, i: int) -> Trace:
        """Write the step of a debtor's part of the damages."""
        value, rests = reasons.solution.part[i], (reasons.damages, reasons.weights)
        if not reasons.setting.sharing:
            return reasons.amount("part", 0, "part.none", (reasons.own[i],), i)
        return reasons.amount("part", value, "split", rests, i)

    def alone_step(self, reasons: Writer, i: int) -> Trace | None:
        """Write the step of what he owes by himself, jointly liable or not; None if nothing."""
        return None

    def limit_rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return the steps that his outer limit rests on."""
        measure, damages = reasons.setting.measures[i], reasons.due_damages(i)
        return (damages,) if measure is None else (measure.step, damages)

    # ------------------------------------------------------------ assumptions

    def rules_at_work(self, setting: Setting) -> Iterator[str]:
        """Yield the rules without authority that shape its amounts."""
        yield from ()

    def assumed_of_mode(self, setting: Setting) -> Iterator[Assumption]:
        """Yield what a mode of this form assumes, once."""
        yield from ()

    def assumed(self, setting: Setting, i: int) -> Iterator[Assumption]:
        """Yield what it assumes of one debtor."""
        yield from ()

    def assumed_together(self) -> Iterator[Assumption]:
        """Yield what it assumes where several victims' suits are decided together, once."""
        yield from ()


class ByMeasure(Form):
    """A form in which he owes what it measures, less what he paid himself."""

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return the measured amount less what he paid."""
        return here.measured[i] - here.before[i]

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return the ends of the measured amount, less what he may have paid."""
        amount, before = setting.amount(i), solution.before[i]
        return low_end(amount) - high_end(before), high_end(amount) - low_end(before)


class ByPart(Form):
    """A form in which he owes his part of the damages, less what he paid himself."""

    by_part = True
    divides = True

    def exposure(self, here: Point[N, F], i: int) -> N:
        """Return his part less what he paid."""
        return here.dues[i] - here.before[i]

    def bounds(self, setting: Setting, solution: Solution, i: int) -> Bounds:
        """Return the ends of his part, less what he may have paid."""
        return own_part(solution, i)

    def rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return his part of the damages."""
        return (reasons.dues[i],)

    def limit_rests(self, reasons: Writer, i: int) -> tuple[Trace, ...]:
        """Return his part of the damages."""
        return (reasons.dues[i],)


def part_of_loss(facts: Facts[N, F], debtor: Debtor, part: N) -> N:
    """Return what own fault leaves of a part of the loss, never above what it leaves of D."""
    own = own_fault_against(debtor, facts, facts.claim.own_fault)
    damages = due(debtor, facts, facts.claim.damages_fen)
    return facts.numbers.minimum(facts.numbers.less(part, own), damages)


def part_of_loss_step(
    low: AtEnd, debtor: Debtor, key: str, part: Trace[FenRange], value: FenRange
) -> Trace[FenRange]:
    """Write the part and the victim's own fault; the damages, where they are less."""
    own = own_fault_against(debtor, low, low.claim.own_fault)
    left = at_ends(lambda fen: low.numbers.less(fen, own), part.value)
    rests, id = (part, low.fault_step(debtor)), debtor.id
    step = Trace(key, left, "fen", f"{key}.less-own-fault", rests, party=id)
    if value == left:
        return step
    damages = low.due_step(debtor, low.claim.damages.step)
    return Trace(key, value, "fen", "part.up-to-damages", (step, damages), party=id)


def whole_owed(here: Point[N, F], i: int) -> N:
    """Return all that is owed; of a negligent debtor no more than own fault leaves of the damages.

    Less what he paid himself, in that.
    """
    debtor, facts = here.setting.debtors[i], here.facts
    damages = facts.claim.damages_fen
    most = due(debtor, facts, damages)
    return here.owed if most is damages else facts.numbers.minimum(here.owed, most - here.before[i])


def whole_claim_of(setting: Setting, solution: Solution, i: int) -> Bounds:
    """Return the least and the most that one owes who answers for the whole."""
    low, high = whole_claim(solution)
    most = due(setting.debtors[i], setting.facts, setting.claim.damages_fen)
    before = solution.before[i]
    if most == setting.claim.damages_fen:
        return low, high
    return min(low, most - high_end(before)), min(high, most - low_end(before))


def whole_rests(reasons: Writer, i: int) -> tuple[Trace, ...]:
    """Return the damages less own fault, where that is taken off what he owes alone."""
    step = reasons.due_damages(i)
    return () if step is reasons.damages else (step,)


def own_part(solution: Solution, i: int) -> Bounds:
    """Return the least and the most that is left of a debtor's own part."""
    part, before = solution.due[i], solution.before[i]
    return low_end(part) - high_end(before), high_end(part) - low_end(before)


def whole_by_rule(here: Point[N, F], i: int) -> bool:
    """Return whether a debtor is a principal who answers for the whole whatever his share."""
    return here.setting.debtors[i].principal and here.facts.rules["principals"] == "whole"


def whole_claim(solution: Solution) -> Bounds:
    """Return the least and the most that is owed in all."""
    return low_end(solution.owed), high_end(solution.owed)
