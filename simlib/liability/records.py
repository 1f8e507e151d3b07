"""The records of a decision: who owes, the claim, unknown facts, the setting, the solution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import add
from typing import TYPE_CHECKING, Any, Generic, Protocol, cast

from simlib.liability.numbers import WHOLE, F, N, Numbers, T

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.interval import FenRange, Number, Quantity, ShareRange, WeightRange
    from simlib.law.regime import Regime
    from simlib.law.rule import Rules
    from simlib.liability.by_piece import Pieces
    from simlib.liability.fact_bounds import AtEnd
    from simlib.liability.forms.base import Form
    from simlib.liability.reasoned_value import Reasoned
    from simlib.money import Fen, Share, Units
    from simlib.riskbenefit import Assessment
    from simlib.trace import Trace

AMOUNTS = ("part", "due", "before", "exposure", "paid", "outer", "burden", "carried", "short")
KNOWING = ("knowing", "concert")  # grades from which 1169 makes a helper jointly liable


# ---------------------------------------------------------------- who owes, and from what


@dataclass(frozen=True, slots=True)
class Purse(Generic[N]):
    """What one person has, and others' open restitution he owes [fen]."""

    assets: N
    beside: N
    numbers: Numbers[N, Any] = cast(Any, WHOLE)  # an array needs its own

    @property
    def cleared(self) -> N:
        """What is left once the restitution is served, as far as the assets reach."""
        return self.numbers.above_zero(self.assets - self.beside)

    def part_of(self, owed: N) -> N:
        """Return what of an amount owed here can be collected, in proportion to both debts.

        Halves of a fen upwards; all of it where the assets suffice for both.

        Examples
        --------
        >>> Purse(1_000, 500).part_of(1_500), Purse(3_000, 500).part_of(1_500)
        (750, 1500)
        """
        part = self.numbers.reduced(self.assets, owed, owed + self.beside)
        return self.numbers.minimum(owed, part)


@dataclass(frozen=True, slots=True)
class Means(Generic[N]):
    """What of a debtor's property a claim can reach [fen].

    Attributes
    ----------
    cleared
        what is left of it once others' restitution is served
    purses
        each person's assets and that restitution, where the judgment ranks with it; else none
    asked, taken
        what was owed of earlier pieces of the same loss, and what of it was collected from the
        purses; of one who carries what he owes alone, perhaps more than is in them
    room
        the most that may be collected, where other creditors draw on the same property
    """

    cleared: N
    purses: tuple[Purse[N], ...] = ()
    numbers: Numbers[N, Any] = cast(Any, WHOLE)  # an array needs its own
    asked: N | int = 0
    taken: N | int = 0
    room: N | None = None

    @property
    def most(self) -> N:
        """What can be reached at all, before what ranks with the claim takes its part."""
        if not self.purses:
            return self.cleared
        return reduce(add, (purse.assets for purse in self.purses)) - self.taken

    def collectable(self, owed: N) -> N:
        """Return what can be collected of an amount owed here."""
        most: N = self.cleared
        if self.purses:
            parts = [purse.part_of(self.asked + owed) for purse in self.purses]
            most = self.numbers.above_zero(reduce(add, parts) - self.taken)
        if self.room is not None:
            most = self.numbers.minimum(most, self.room)
        return self.numbers.minimum(owed, most)

    def after(self, asked: N, taken: N) -> Means[N]:
        """Return what is left for a further piece of the same loss.

        Beside others' restitution a loss that is cut into pieces gets no more than a whole one.
        """
        left = self.numbers.above_zero(self.cleared - taken)
        room = None if self.room is None else self.room - taken
        if not self.purses:
            return replace(self, cleared=left, room=room)
        asked, taken = self.asked + asked, self.taken + taken
        return replace(self, cleared=left, asked=asked, taken=taken, room=room)


@dataclass(frozen=True, slots=True)
class Debtor:
    """A liable party: what the solver needs of him, in fen and flags.

    `party` did the act; `payer` answers for it: himself, or his guardian or employer. `means` is
    what of his property this claim can reach, None without limit. `own_part` caps what he owes and
    bears where the loss is not cut into pieces though he answers for a part of it only.
    """

    party: Party
    payer: Party
    principal: bool
    sued: bool
    released: bool
    means: Means[Fen] | None
    own_part: Fen | None
    grade: Reasoned[str]
    fault: Reasoned[ShareRange]
    cause: Reasoned[ShareRange]

    @property
    def id(self) -> str:
        """The id of who answers."""
        return self.payer.id

    @property
    def knowing(self) -> bool:
        """Whether he knew, or acted in concert."""
        return self.grade.value in KNOWING

    @property
    def negligent(self) -> bool:
        """Whether he was careless and no more: he did not act on purpose."""
        return not self.principal and not self.knowing

    @property
    def assets(self) -> Fen | None:
        """What this claim can reach, by itself or beside others' restitution that ranks with it."""
        return None if self.means is None else self.means.most

    @property
    def purses(self) -> tuple[Purse[Fen], ...]:
        """Each person's assets and that restitution, where the judgment ranks with it."""
        return () if self.means is None else self.means.purses

    @property
    def cleared(self) -> Fen | None:
        """What is left of his assets once others' restitution is served; None is unlimited."""
        return None if self.means is None else self.means.cleared

    def collectable(self, owed: Fen) -> Fen:
        """Return what can be collected of an amount he owes here [fen]."""
        return owed if self.means is None else self.means.collectable(owed)

    def able_to(self, before: Fen, most: Fen, owed: Fen) -> Fen:
        """Return what he has and paid `before`, up to the `most` he could be held to [fen].

        Beside others' restitution he has his part of what can still be `owed`, as when he pays, or
        what that restitution leaves, if this is more.
        """
        means = self.means
        if means is None:
            return most
        part = means.collectable(max(0, min(most - before, owed)))
        return min(most, before + max(part, means.cleared))


@dataclass(frozen=True, slots=True)
class Claim(Generic[N, F]):
    """The claim, of one case or of many.

    Attributes
    ----------
    damages_fen, recovered_fen, fen
        D, what came back, and what is left of D [fen]; own fault is off D where it counts for all
    own_fault
        the victim's own fault; 0 where the rule does not count it at all
    loss_fen
        the loss that own fault is taken from [fen]
    """

    damages_fen: N
    recovered_fen: N
    fen: N
    own_fault: F
    loss_fen: N


@dataclass(frozen=True, slots=True)
class ReasonedClaim(Claim["Fen", "Share"]):
    """The claim in one case, each of its numbers with its reasons too."""

    damages: Reasoned[Fen]
    recovered: Reasoned[Fen]
    open: Reasoned[Fen]
    fault: Reasoned[Share]
    loss: Reasoned[Fen]


# ---------------------------------------------------------------- what facts say


class Facts(Protocol[N, F]):
    """The facts a form measures; of an unknown one an end."""

    @property
    def numbers(self) -> Numbers[N, F]:
        """The arithmetic of these facts."""

    @property
    def claim(self) -> Claim[N, F]:
        """The claim."""

    @property
    def rules(self) -> Rules:
        """The choices this decision is made by."""

    def of_case(self, field: str) -> N:
        """Return an amount the case states."""

    def amount(self, party: Party, field: str) -> N:
        """Return an amount stated of a party."""

    def fraction(self, party: Party, field: str) -> F:
        """Return a fraction stated of a party."""

    def cause(self, debtor: Debtor) -> F:
        """Return a debtor's causal force."""

    def gains(self, party: Party) -> N:
        """Direct and indirect gains, apportioned to the claimant's money."""

    def lost_chance(self, party: Party, own_fault: F) -> N:
        """Return the chance of recovery that help after the loss cost, less her own fault."""

    def proved(self, party: Party, element: str) -> N:
        """1 where an element of liability is proved to the standard, else 0."""

    @property
    def no_fraction(self) -> F:
        """The fraction 0."""

    def constant(self, number: int) -> N:
        """Return a number that is the same everywhere."""

    def means(self, debtor: Debtor) -> Means[N] | None:
        """Return what of his property the claim can reach; None is unlimited."""

    @property
    def in_piece(self) -> bool:
        """Whether a piece of the loss is decided, for which its answerers answer wholly."""

    def own_part(self, debtor: Debtor) -> N | None:
        """Return the most he answers for where the loss is taken as one piece all the same."""


@dataclass(frozen=True, slots=True)
class Axis:
    """An unknown quantity: a fact, or a weight that unknown facts leave open.

    Attributes
    ----------
    low, high
        its ends
    owner
        whose it is, by his place among the debtors
    fen
        whether it is an amount of money, which is a whole number
    total
        which of the sums it is part of that shares are in proportion to, if it is
    """

    low: Number
    high: Number
    owner: int
    fen: bool = False
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """All unknown facts that enter, and how a point among them is read.

    Attributes
    ----------
    axes
        the unknown quantities
    read
        point → (weights in billionths, measured amounts in fen), each one a debtor
    totals
        what known quantities add to each of the sums that shares are in proportion to
    """

    axes: tuple[Axis, ...]
    read: Callable[[Sequence[Number]], tuple[list[Units], list[Fen]]]
    totals: tuple[float, ...] = ()

    def shut(self, point: Sequence[Number]) -> Box:
        """Return the box of this point alone."""
        return Box((), lambda _: self.read(point))


# ---------------------------------------------------------------- a decision


@dataclass(frozen=True)
class Setting:
    """Everything a solver and a writer of reasons need.

    Attributes
    ----------
    debtors, forms, weights, measures
        one each a debtor; `measures` is what his form measures, None where that is nothing
    sharing
        places of the debtors who have a share in the loss; the others' weights are 0
    leading
        the form that shapes everybody's parts, payments and burdens
    assessed
        a debtor's place → the model's assessment, where shares follow from the model
    known_before, unknown_before
        what each debtor is known to have paid already, and what came back without a known payer
        [fen]
    facts
        the facts as forms read them, unknown ones at their lower ends
    box
        the unknown facts that enter
    pieces
        what the loss is cut into, each a setting of its own; None where it is one piece that
        everybody answers for
    """

    case: Case
    mode: str
    rules: Rules
    regime: Regime
    debtors: list[Debtor]
    forms: list[Form]
    leading: Form
    claim: ReasonedClaim
    known_before: list[Fen]
    unknown_before: Fen
    sharing: tuple[int, ...]
    share_rule: str
    weights: list[Reasoned[WeightRange]]
    measures: list[Reasoned[FenRange] | None]
    assessed: Mapping[int, Assessment]
    facts: AtEnd
    box: Box
    pieces: Pieces | None = None

    def shut(self, point: Sequence[Number]) -> Setting:
        """Return the setting with its unknown facts at one point."""
        pieces = self.pieces and self.pieces.shut(point)
        return replace(self, box=self.box.shut(point), pieces=pieces)

    def amount(self, i: int) -> FenRange:
        """Return what a debtor's form measures; 0 where that is nothing."""
        measure = self.measures[i]
        return 0 if measure is None else measure.value

    def measure_steps(self) -> list[Trace]:
        """Return the steps of what forms measure, the model's assessments among them."""
        steps: list[Trace] = []
        for i, measure in enumerate(self.measures):
            if i in self.assessed:
                steps.append(self.assessed[i].trace)
            elif measure is not None:
                steps.append(measure.step)
        return steps

    @cached_property
    def heads(self) -> list[int]:
        """The places of the principals who have a share in the loss."""
        return [i for i in self.sharing if self.debtors[i].principal]

    @cached_property
    def given_up(self) -> list[int]:
        """The places of released debtors, whose shares the claimant gave up with them (520(2)).

        Who answers in second line has none in the end: releasing him frees nobody else.
        """
        pairs = enumerate(zip(self.debtors, self.forms, strict=True))
        return [i for i, (debtor, form) in pairs if debtor.released and not form.second_line]

    @cached_property
    def rounds(self) -> dict[int, list[int]]:
        """Rank → the places of those who pay in that round, in order."""
        ranks: dict[int, list[int]] = {}
        for i, form in enumerate(self.forms):
            ranks.setdefault(form.rank, []).append(i)
        return dict(sorted(ranks.items()))


@dataclass(frozen=True, slots=True)
class Solution:
    """Amounts for every debtor, in the setting's order [fen]; shares in [0, 1], units in 10⁻⁹.

    `part` is each one's part of the damages, `due` what own fault leaves of it against him;
    `before` is what each paid already, what came back without a known payer included; `outer` what
    each could be held to had nobody paid anything. `recourse` is kind → `[creditor][debtor]`.
    `owed` is the claim less what the claimant gave up by releasing a debtor. `joint` says who is
    jointly liable; None where that is open. `exact` is False where more unknowns enter than are
    searched to their ends: the intervals then hold every value but may be wider than needed.
    `pieces` holds what each piece comes to, if the loss is cut; none where an unknown amount moves
    the cut.
    """

    units: Sequence[FenRange]
    share: Sequence[ShareRange]
    part: Sequence[FenRange]
    due: Sequence[FenRange]
    before: Sequence[FenRange]
    exposure: Sequence[FenRange]
    paid: Sequence[FenRange]
    outer: Sequence[FenRange]
    burden: Sequence[FenRange]
    carried: Sequence[FenRange]
    short: Sequence[FenRange]
    recourse: Mapping[str, Sequence[Sequence[FenRange]]]
    received: FenRange
    owed: FenRange
    joint: Sequence[bool | None]
    exact: bool = True
    pieces: Sequence[Solution] = ()

    def with_amounts(self, amounts: Mapping[str, Sequence[FenRange]]) -> Solution:
        """Return the solution with other amounts for every debtor: each of `AMOUNTS`."""
        return replace(
            self,
            part=amounts["part"],
            due=amounts["due"],
            before=amounts["before"],
            exposure=amounts["exposure"],
            paid=amounts["paid"],
            outer=amounts["outer"],
            burden=amounts["burden"],
            carried=amounts["carried"],
            short=amounts["short"],
        )


class Writer(Protocol):
    """What writes the reasons for a solution (`simlib.liability.reasons`), as rules see it.

    Attributes
    ----------
    ids
        who each debtor is
    damages, weights, owed
        the steps of the damages, of all weights together, and of what releases leave of the claim
    own, parts, dues, shares, forms
        the steps of these, one a debtor; a due is what own fault leaves of his part against him
    """

    setting: Setting
    solution: Solution
    ids: list[str]
    damages: Trace
    weights: Trace
    owed: Trace
    own: tuple[Trace[Quantity], ...]
    parts: list[Trace]
    dues: list[Trace]
    shares: list[Trace]
    forms: list[Trace]

    def once(self, make: Callable[[Any], T]) -> T:  # makers ask for their own kind of writer
        """Return what several steps share, made when first asked for."""

    def amount(
        self, key: str, value: FenRange, rule: str, rests: Sequence[Trace], i: int
    ) -> Trace[FenRange]:
        """Write a step that reaches an amount of one debtor."""

    def due_damages(self, i: int) -> Trace:
        """Return what own fault leaves of the damages against a debtor."""

    def before(self, i: int) -> tuple[Trace, ...]:
        """Return what he paid before, if anything."""

    def paid(self, i: int) -> Trace:
        """Return what he pays."""

    def assets(self, i: int) -> Trace:
        """Return what is left of his assets once other victims' restitution is served."""

    def to_carry(self, i: int) -> Trace:
        """Return what of his assets he can carry burdens from."""

    def means_to_carry(self, i: int, owed: FenRange, step: Trace) -> Trace:
        """Return what of an amount he owes here can be met from what he can carry burdens from."""

    def able_to(self, i: int, before: FenRange, outer: FenRange, owed: FenRange) -> FenRange:
        """Return what he has and paid before, up to the most he could be held to."""

    def means(self, i: int, owed: FenRange, step: Trace) -> Trace:
        """Return what can be collected from him of what he owes here, `step`."""

    def own_part(self, i: int, cap: Fen) -> Trace:
        """Return the part of the loss that he answers for, where that caps what he owes."""

    def released(self, i: int) -> Trace:
        """Write that the claimant released him."""

    def release_of(self, i: int) -> Trace:
        """Return the release that his exposure rests on."""
