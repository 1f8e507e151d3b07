"""Each piece of the loss decided as if it were the whole, and what all of them come to.

What earlier pieces took of a debtor's assets is gone for later ones; separately for what he pays
and for what he carries. Who stands outside the group pays after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, Generic

from simlib.interval import low_end
from simlib.liability import assigned_forms
from simlib.liability.after_payment import KINDS
from simlib.liability.fact_bounds import InPiece
from simlib.liability.facts import payments
from simlib.liability.forms import GUARDIAN
from simlib.liability.numbers import WHOLE, F, N, OneCase
from simlib.liability.pieces import Piece, belongs, divide, restitution_first
from simlib.liability.reasoned_value import Reasoned
from simlib.liability.records import AMOUNTS, ReasonedClaim, Solution
from simlib.liability.solve import NO_ROOMS, closed, pay_all, settle, start
from simlib.liability.unknown_facts import held_units
from simlib.money import WEIGHT_UNITS, split_units, weight
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.interval import Number, WeightRange
    from simlib.liability.forms import Form
    from simlib.liability.numbers import Numbers, Stated
    from simlib.liability.pieces import Cut, Divided
    from simlib.liability.records import Debtor, Facts, Means, Setting
    from simlib.liability.solve import WholePoint
    from simlib.liability.unknown_facts import JointBox
    from simlib.money import Fen, Units

    Weights = list[Reasoned[WeightRange]]
    Made = tuple[list["OfPiece"], Divided[Fen]]
    Given = Mapping[tuple[str, str], Number]

MOST_KEPT = 64  # cuts kept, where an unknown amount moves the cut


class OfPiece:
    """One piece, and the setting that decides it; None where nobody answers for it."""

    def __init__(self, piece: Piece, claim: ReasonedClaim, setting: Setting | None) -> None:
        self.piece, self.claim, self.setting = piece, claim, setting


class Pieces:
    """What a loss is cut into.

    Attributes
    ----------
    cut
        who answers for which part of it
    """

    def __init__(
        self,
        cut: Cut,
        joint: JointBox,
        weigh: Callable[[tuple[int, ...]], tuple[str, Weights]],
    ) -> None:
        self.cut, self._joint, self._weigh = cut, joint, weigh
        self._kept: dict[tuple[Fen, ...], Made] = {}
        self._point: Sequence[Number] | None = None

    def shut(self, point: Sequence[Number]) -> Pieces:
        """Return the pieces at one point of the unknown facts alone."""
        shut = Pieces(self.cut, self._joint, self._weigh)
        shut._kept, shut._point = self._kept, point
        return shut

    @property
    def moves(self) -> bool:
        """Whether an unknown amount moves the cut."""
        return bool(self.cut.open) and self._point is None

    def at(self, whole: Setting, point: Sequence[Number]) -> Made:
        """Return the pieces at a point of the unknown facts, and how all is divided over them."""
        last = self._joint.last(self._of(point))
        key = tuple(last.values())
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = self._made(whole, self.cut.pieces(last))
        return self._kept[key]

    @property
    def last_axes(self) -> tuple[int, ...]:
        """The unknown facts that move the cut, by their places among the axes of the box."""
        return self._joint.last_axes if self.moves else ()

    def low(self, whole: Setting) -> list[OfPiece]:
        """Return the pieces with all unknown facts at their lower ends."""
        return self.at(whole, [axis.low for axis in whole.box.axes])[0]

    def evaluate(
        self, whole: Setting, point: Sequence[Number], rooms: Mapping[int, Fen] = NO_ROOMS
    ) -> Solution:
        """Compute the amounts at one point: each piece in order, then all together.

        1. each piece, over those who answer for it, on what earlier ones left of their assets
        2. those outside the group, on what is still open of the pieces their money is in; where
           they pay all of that, nobody is short who is not named by recourse
        3. the sums

        Parameters
        ----------
        rooms
            debtor → the most he can pay here, where others draw on his assets too [fen]
        """
        of, divided = self.at(whole, point)
        point = self._of(point)
        solutions = [solution for _, solution in decided(whole, of, point, rooms)]
        late = _Late(limited(whole, rooms), point, of, divided, solutions)
        open_ = zip(solutions, late.open, strict=True)
        solutions = [solution if fen else closed(solution) for solution, fen in open_]
        summed = _summed(whole, of, solutions, late)
        return summed if self.moves else replace(summed, pieces=tuple(solutions))

    def units(self, whole: Setting, k: int) -> Sequence[Units]:
        """Return the shares in one piece, where no unknown fact is open [billionths]."""
        setting = self.at(whole, [])[0][k].setting
        return setting.box.read(self._of([]))[0] if setting else []

    def _of(self, point: Sequence[Number]) -> Sequence[Number]:
        return point if self._point is None else self._point

    # ------------------------------------------------------------ settings

    def _made(self, whole: Setting, pieces: tuple[Piece, ...]) -> Made:
        divided = divided_over(
            OneCase(whole.case, whole.rules), whole.claim.damages_fen, whole, pieces
        )
        other = min(whole.case.loss_noneconomic_fen, whole.case.loss_fen)
        others = split_units(other, [piece.fen for piece in pieces])
        made = []
        for k, piece in enumerate(pieces):
            claim = _claim(whole, pieces, divided, k)
            gained = {whole.debtors[i].party.id: sizes_of(pieces, i, k) for i in piece.members}
            ends = [
                InPiece(whole.case, claim, whole.rules, whole.regime, high, gained, others[k])
                for high in (False, True)
            ]
            made.append(OfPiece(piece, claim, self._setting(whole, piece, divided, k, ends)))
        return made, divided

    def _setting(
        self, whole: Setting, piece: Piece, divided: Divided[Fen], k: int, ends: Sequence[InPiece]
    ) -> Setting | None:
        members, (low, high) = piece.members, ends
        if not members:
            return None
        (rule, weights), forms = self._weigh(members), _forms(whole, members)

        def measured(i: int, given: Given) -> Fen:
            facts = replace(low, given=given) if given else low
            return forms[i].measured(facts, whole.debtors[i]) or 0

        each = [(forms[i], whole.debtors[i]) for i in members]
        return replace(
            whole,
            debtors=[d for _, d in each],
            forms=[form for form, _ in each],
            claim=low.claim,
            known_before=[divided.known[k].get(i, 0) for i in members],
            unknown_before=divided.unknown[k],
            sharing=tuple(range(len(members))),
            share_rule=rule,
            weights=_shown(whole, weights, members),
            measures=[form.reading(low, high, d) for form, d in each],
            assessed={n: whole.assessed[i] for n, i in enumerate(members) if i in whole.assessed},
            facts=low,
            box=self._joint.of(members, rule, weights, measured),
            pieces=None,
        )


def _forms(whole: Setting, members: tuple[int, ...]) -> Mapping[int, Form]:
    """Return the form each answers in: a minor's guardian by who helped in this piece."""
    forms = [whole.forms[i] for i in members]
    if GUARDIAN in forms:
        debtors = [whole.debtors[i] for i in members]
        forms = assigned_forms.forms(whole.case, whole.mode, whole.rules, whole.regime, debtors)
    return dict(zip(members, forms, strict=True))


def divided_over(
    facts: Stated[N, F], damages_fen: N, whole: Setting, pieces: Sequence[Piece]
) -> Divided[N]:
    """Divide damages and recoveries over the pieces, of one case or many."""
    paid = ((payer, fen) for payer, fen, _ in payments(facts))
    return divide(facts, damages_fen, pieces, whole.debtors, whole.forms, whole.sharing, paid)


def sizes_of(pieces: Sequence[Piece], i: int, k: int) -> tuple[tuple[Fen, ...], int]:
    """Return the sizes of the pieces a debtor answers for, and which of them piece k is."""
    own = [n for n, piece in enumerate(pieces) if i in piece.members]
    return tuple(pieces[n].fen for n in own), own.index(k)


def _shown(whole: Setting, weights: Weights, members: tuple[int, ...]) -> Weights:
    """Return the weights as reasons show them; of stated shares the principals' is the rest."""
    shown = [weights[i] for i in members]
    if whole.share_rule != "stated" or members == whole.sharing:
        return shown
    stated = {i: weight(low_end(weights[i].value)) for i in whole.sharing}
    heads = [i for i in members if whole.debtors[i].principal]
    units = held_units(stated, members, heads, WHOLE)
    rests = tuple(weights[i].step for i in whole.sharing)

    def rest(i: int) -> Reasoned[WeightRange]:
        value, party = units[i] / WEIGHT_UNITS, whole.debtors[i].id
        return Reasoned(value, lambda: Trace("weight", value, "share", "weight.rest-of-stated",
                                             rests, party=party))  # fmt: skip

    return [rest(i) if i in heads else weights[i] for i in members]


# ---------------------------------------------------------------- the claim of a piece


def _claim(whole: Setting, pieces: Sequence[Piece], divided: Divided[Fen], k: int) -> ReasonedClaim:
    """Return what is claimed of one piece."""
    first = restitution_first(whole.rules)
    own = divided.claim(whole.claim, k, first)
    damages, back, fen, loss = own.damages_fen, own.recovered_fen, own.fen, own.loss_fen
    piece = Reasoned(
        pieces[k].fen, lambda: Trace("piece", pieces[k].fen, "fen", source="case:transfers")
    )

    def lost() -> Trace[Fen]:
        if not first:
            return piece.step
        return Trace("loss_left", loss, "fen", "loss_left", (piece.step, recovered.step))

    def due() -> Trace[Fen]:
        sizes = divided.losses if first else [p.fen for p in pieces]
        nodes = [Trace("piece", fen, "fen", source="case:transfers") for fen in sizes]
        nodes[k] = lost() if first else piece.step
        among = Trace("pieces", sum(sizes), "fen", "added.sum", tuple(nodes))
        rests = (whole.claim.damages.step, among, nodes[k])
        return Trace("damages", damages, "fen", "damages.of-piece", rests)

    def came_back() -> Trace[Fen]:
        rests = (whole.claim.recovered.step, piece.step)
        return Trace("recovered", back, "fen", "recovered.of-piece", rests)

    def claimed() -> Trace[Fen]:
        if first:
            return Trace("claim", fen, "fen", "claim.damages", (step.step,))
        cites = whole.claim.open.step.cites if back else ()
        rests = (step.step, recovered.step)
        return Trace("claim", fen, "fen", "claim.less-recovered", rests, cites=cites)

    step, recovered = Reasoned(damages, due), Reasoned(back, came_back)
    return ReasonedClaim(
        damages, back, fen, whole.claim.own_fault, loss,
        step, recovered, Reasoned(fen, claimed), whole.claim.fault, Reasoned(loss, lost),
    )  # fmt: skip


# ---------------------------------------------------------------- assets


class _Purses:
    """Everybody with what earlier pieces left of his assets: to pay, and apart from that to carry.

    Attributes
    ----------
    payers, carriers
        one each a debtor
    """

    def __init__(self, whole: Setting, rooms: Mapping[int, Fen]) -> None:
        self.payers, self.carriers = list(limited(whole, rooms).debtors), list(whole.debtors)

    def setting(self, of: OfPiece) -> Setting:
        """Return the setting of a piece, in which everybody pays from what is left."""
        setting = of.setting
        assert setting is not None  # asked of pieces somebody answers for
        payers = [self.payers[i] for i in of.piece.members]
        if all(a is b for a, b in zip(payers, setting.debtors, strict=True)):
            return setting
        return replace(setting, debtors=payers)

    def use(self, of: OfPiece, here: WholePoint, solution: Solution) -> None:
        """Take off what a piece took; what was paid before uses up no assets."""
        for n, i in enumerate(of.piece.members):
            payer, carrier = self.payers[i], self.carriers[i]
            if payer.means is not None and carrier.means is not None:
                asked = here.owes[n] if payer.purses else 0
                self.payers[i] = _after(payer, payer.means, asked, here.paid[n])
                most, before = low_end(solution.outer[n]), low_end(solution.before[n])
                more = max(0, low_end(solution.carried[n]) - before)
                asked = max(more, min(most - before, here.owed))
                self.carriers[i] = _after(carrier, carrier.means, asked, more)


def _after(debtor: Debtor, means: Means[Fen], asked: Fen, taken: Fen) -> Debtor:
    if not taken and not (asked and means.purses):
        return debtor
    return replace(debtor, means=means.after(asked, taken))


def limited(whole: Setting, rooms: Mapping[int, Fen]) -> Setting:
    """Return a setting in which some debtors can pay no more than there is room for."""
    if not rooms:
        return whole
    debtors = list(whole.debtors)
    for i, fen in rooms.items():
        if (means := debtors[i].means) is not None:
            debtors[i] = replace(debtors[i], means=replace(means, room=fen))
    return replace(whole, debtors=debtors)


def decided(
    whole: Setting,
    of: Sequence[OfPiece],
    point: Sequence[Number],
    rooms: Mapping[int, Fen] = NO_ROOMS,
) -> Iterator[tuple[Setting | None, Solution]]:
    """Yield each piece's setting, with what earlier ones left of the assets, and its solution."""
    purses = _Purses(whole, rooms)
    for each in of:
        if each.setting is None:
            yield None, _nobody(each.claim.fen)
            continue
        setting = purses.setting(each)
        here = start(setting, point)
        pay_all(here)
        solution = settle(here, [purses.carriers[i] for i in each.piece.members])
        purses.use(each, here, solution)
        yield setting, solution


# ---------------------------------------------------------------- outside the group


class Outside(Generic[N, F]):
    """Those who answer for another damage than the loss: what each owes in all, and pays.

    They pay after the group what is still open of the pieces their money is in, in each at most
    what passed their accounts, several of them by what they owe. Of one case or many.
    """

    def __init__(
        self,
        whole: Setting,
        facts: Facts[N, F],
        pieces: Sequence[Piece],
        before: Mapping[int, N],
        measure: Callable[[int], N],
    ) -> None:
        self.whole, self.pieces = whole, pieces
        self.facts: Facts[N, F] = facts
        self.numbers: Numbers[N, F] = facts.numbers
        self.places = [i for i, form in enumerate(whole.forms) if form.outside]
        self.before: dict[int, N] = {i: before.get(i, facts.constant(0)) for i in self.places}
        self.measured: dict[int, N] = {i: measure(i) for i in self.places}
        self.open: list[N] = []
        self.paid: dict[int, N] = dict.fromkeys(self.places, facts.constant(0))
        self.owes: dict[int, N] = {}
        self.outward: dict[int, N] = {}

    def pay(self, owed: Sequence[N], received: Sequence[N], given_up: Sequence[N]) -> None:
        """Let them pay, once the group has: what was owed and received of each piece.

        Nobody owes more than a release leaves of the damages, what he paid before included.

        Parameters
        ----------
        given_up
            what she gave up by releasing debtors, in whichever piece [fen]
        """
        numbers, none = self.numbers, self.facts.constant(0)
        kept = numbers.above_zero(self.facts.claim.damages_fen - numbers.total(given_up, none))
        self.outward = {i: numbers.minimum(fen, kept) for i, fen in self.measured.items()}
        self.open = [a - b for a, b in zip(owed, received, strict=True)]
        claim = numbers.total(owed, none)
        for i in self.places:
            most = numbers.minimum(self.outward[i] - self.before[i], claim)
            self.owes[i] = none if self.whole.debtors[i].released else numbers.above_zero(most)
        sued = [i for i in self.places if self.whole.debtors[i].sued]
        able = {i: self._collectable(i) for i in sued}
        for k, open_ in enumerate(self.open if sued else ()):
            caps = [numbers.minimum(able[i] - self.paid[i], self._passed(i, k)) for i in sued]
            amounts = numbers.pay_together(open_, caps, [self.owes[i] for i in sued])
            for i, fen in zip(sued, amounts, strict=True):
                self.paid[i] = self.paid[i] + fen
                self.open[k] = self.open[k] - fen

    def _collectable(self, i: int) -> N:
        means = self.facts.means(self.whole.debtors[i])
        return self.owes[i] if means is None else means.collectable(self.owes[i])

    def _passed(self, i: int, k: int) -> N:
        """Return what of a piece passed his accounts; all where no transfer is listed."""
        party, piece = self.whole.debtors[i].party.id, self.pieces[k]
        if not belongs(self.pieces, k, party):
            return self.facts.constant(0)
        return self.facts.constant(piece.came_to(party) or piece.fen)


class _Late(Outside["Fen", "float | Fraction"]):
    """The same in one case, with what each finally bears."""

    def __init__(
        self,
        whole: Setting,
        point: Sequence[Number],
        of: Sequence[OfPiece],
        divided: Divided[Fen],
        solutions: Sequence[Solution],
    ) -> None:
        measured = whole.box.read(point)[1] if any(f.outside for f in whole.forms) else []
        pieces = [each.piece for each in of]
        super().__init__(whole, whole.facts, pieces, divided.outside, measured.__getitem__)
        gone = [_given_up(s, each) for s, each in zip(solutions, of, strict=True)]
        owed, received = ([low_end(getattr(s, name)) for s in solutions]
                          for name in ("owed", "received"))  # fmt: skip
        self.pay(owed, received, gone)

    def outer(self, i: int) -> Fen:
        """Return what he could be held to outward had nobody paid."""
        if self.whole.debtors[i].released:
            return 0
        return max(0, self.outward[i])

    def burden(self, i: int) -> Fen:
        """Return what he bears: all he could be held to, or, if released, what he has paid."""
        if self.whole.debtors[i].released:
            return min(self.measured[i], self.before[i])
        return self.outer(i)

    def short(self, i: int) -> Fen:
        """Return what he has not paid of it, while anything is open that his money is in."""
        party = self.whole.debtors[i].party.id
        open_ = any(fen and belongs(self.pieces, k, party) for k, fen in enumerate(self.open))
        return max(0, self.burden(i) - self.paid[i] - self.before[i]) if open_ else 0


def _given_up(solution: Solution, of: OfPiece) -> Fen:
    """Return what of a piece the claimant gave up by releasing debtors."""
    gone = of.setting.given_up if of.setting else []
    return sum(low_end(solution.due[i]) for i in gone)


# ---------------------------------------------------------------- sums


def _nobody(owed: Fen) -> Solution:
    """Return what a piece comes to that nobody answers for."""
    return Solution(
        [], [], [], [], [], [], [], [], [], [], [],
        recourse={kind: [] for kind in KINDS}, received=0, owed=owed, joint=[],
    )  # fmt: skip


def _summed(
    whole: Setting, of: Sequence[OfPiece], solutions: Sequence[Solution], late: _Late
) -> Solution:
    """Add up what the pieces come to, and who stands outside the group."""
    count = len(whole.debtors)
    sums = {name: [0] * count for name in AMOUNTS}
    joint: list[bool | None] = [False] * count
    recourse = {kind: [[0] * count for _ in range(count)] for kind in solutions[0].recourse}
    for each, solution in zip(of, solutions, strict=True):
        for n, i in enumerate(each.piece.members):
            for name in AMOUNTS:
                sums[name][i] += getattr(solution, name)[n]
            joint[i] = joint[i] or solution.joint[n]
            for kind, rows in solution.recourse.items():
                for m, j in enumerate(each.piece.members):
                    recourse[kind][i][j] += low_end(rows[n][m])
    for i in late.places:
        sums["before"][i], sums["exposure"][i] = late.before[i], late.owes[i]
        sums["paid"][i], sums["outer"][i] = late.paid[i], late.outer(i)
        sums["burden"][i] = sums["carried"][i] = late.burden(i)
        sums["short"][i] = late.short(i)
    share = [Fraction(part, all_) for part, all_ in _shares(count, of, solutions)]
    plain = replace(
        _nobody(sum(low_end(s.owed) for s in solutions)),
        units=[round(each * WEIGHT_UNITS) for each in share],
        share=[float(each) for each in share],
        recourse=recourse,
        received=sum(sums["paid"]),
        joint=joint,
    )
    return plain.with_amounts(sums)


def _shares(
    count: int, of: Sequence[OfPiece], solutions: Sequence[Solution]
) -> list[tuple[int, int]]:
    units = [[low_end(unit) for unit in solution.units] for solution in solutions]
    rows = list(zip((each.piece for each in of), units, strict=True))
    return summed_shares(count, rows, [each.claim.damages_fen for each in of])


def summed_shares(
    count: int, pieces: Sequence[tuple[Piece, Sequence[N]]], due: Sequence[N]
) -> list[tuple[N, N]]:
    """Return each one's share of all as a whole number of parts, and of how many.

    Of each piece his share, by what is due of it; by size, where nothing is due of any.

    Parameters
    ----------
    pieces
        each with its members' shares in it, in whole numbers of any size
    """
    nothing: Any = reduce(add, due) == 0  # a comparison gives no amount
    due = [fen + nothing * piece.fen for fen, (piece, _) in zip(due, pieces, strict=True)]
    all_ = reduce(add, due)
    shares, wholes = [0 * all_] * count, [all_] * count
    for (piece, units), fen in zip(pieces, due, strict=True):
        whole: Any = reduce(add, units) if units else 1  # a 1 of either world
        whole = whole + (whole == 0)
        for i, unit in zip(piece.members, units, strict=True):
            shares[i] = shares[i] * whole + unit * fen * (wholes[i] // all_)
            wholes[i] = wholes[i] * whole
    return list(zip(shares, wholes, strict=True))
