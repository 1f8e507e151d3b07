"""The reasons of a loss that is cut into pieces: each piece's own, and their sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from simlib.interval import at_ends, high_end, hull, low_end
from simlib.liability.after_payment import KINDS
from simlib.liability.by_piece import decided
from simlib.liability.grounds import form_step
from simlib.liability.outcome import PIECES_SUM
from simlib.liability.reasons import Reasons
from simlib.liability.solve import NO_ROOMS
from simlib.trace import Trace, grouped

if TYPE_CHECKING:
    from simlib.interval import FenRange, Quantity
    from simlib.law.modes import ModeLaw
    from simlib.liability.by_piece import OfPiece
    from simlib.liability.records import Debtor, Setting, Solution
    from simlib.money import Fen

AMOUNTS = ("exposure", "paid", "burden", "carried", "short")


@dataclass(frozen=True, slots=True)
class Taken:
    """What an earlier piece took of somebody's assets, its step, and what it asked of him [fen]."""

    fen: FenRange
    step: Trace
    asked: FenRange = 0


@dataclass
class Ahead:
    """What earlier pieces took of one debtor's assets: what he paid, and what he carried."""

    paid: list[Taken] = field(default_factory=list)
    carried: list[Taken] = field(default_factory=list)


class OwnReasons(Reasons):
    """The reasons of one piece.

    `ahead` is what earlier pieces took of everybody's assets, `whole` everybody before that.
    """

    def __init__(
        self,
        setting: Setting,
        solution: Solution,
        law: ModeLaw,
        whole: Sequence[Debtor],
        ahead: Mapping[str, Ahead],
    ) -> None:
        self.setting, self.ids = setting, [d.id for d in setting.debtors]
        self._whole = whole
        each_one = [ahead.get(id, Ahead()) for id in self.ids]
        self.taken = [tuple(each.paid) for each in each_one]
        self._borne = [tuple(each.carried) for each in each_one]
        super().__init__(setting, solution, law)

    def assets(self, i: int) -> Trace:
        """Return what is left of his assets once others' restitution and earlier pieces took."""
        return self._left(i, self.taken[i])

    def to_carry(self, i: int) -> Trace:
        """Return what is left of them once he carried his part of earlier pieces."""
        return self._left(i, self._borne[i])

    def means(self, i: int, owed: FenRange, step: Trace) -> Trace:
        """Return what can be collected from him of what he owes in this piece."""
        debtor, ahead = self.setting.debtors[i], self.taken[i]
        if not debtor.purses or not ahead:
            return super().means(i, owed, step)
        value = at_ends(debtor.collectable, owed)
        rests = (super().assets(i), step, *(taken.step for taken in ahead))
        return self.amount("available", value, "available.of-pieces", rests, i)

    def means_to_carry(self, i: int, owed: FenRange, step: Trace) -> Trace:
        """Return what of it can be met from what earlier pieces left him to carry."""
        ahead = self._borne[i]
        if not ahead and not self.taken[i]:
            return super().means(i, owed, step)
        value = hull([self._carrier(i, end).collectable(end(owed)) for end in (low_end, high_end)])
        rests = (super().assets(i), step, *(taken.step for taken in ahead))
        return self.amount("available", value, "available.of-pieces", rests, i)

    def able_to(self, i: int, before: FenRange, outer: FenRange, owed: FenRange) -> FenRange:
        """Return what earlier pieces left him to carry and he paid before, up to the most."""
        return hull([
            self._carrier(i, end).able_to(end(before), end(outer), end(owed))
            for end in (low_end, high_end)
        ])  # fmt: skip

    def _carrier(self, i: int, end: Callable[[FenRange], Fen]) -> Debtor:
        """Return a debtor with what earlier pieces left him, least or most."""
        debtor, other = self._whole[i], high_end if end is low_end else low_end
        if debtor.means is None or not self._borne[i]:
            return debtor
        taken = sum(other(each.fen) for each in self._borne[i])
        asked = sum(end(each.asked) for each in self._borne[i])
        return replace(debtor, means=debtor.means.after(asked, taken))

    def _left(self, i: int, ahead: Sequence[Taken]) -> Trace:
        whole, assets = super().assets(i), self._whole[i].cleared
        if assets is None or not ahead:
            return whole
        ends = [
            max(0, assets - sum(end(taken.fen) for taken in ahead)) for end in (high_end, low_end)
        ]
        rests = (whole, *(taken.step for taken in ahead))
        return self.amount("available", hull(ends), "available.less-pieces", rests, i)


class SummedReasons:
    """Writes the nodes of a loss in pieces: each a sum of what the pieces come to.

    Attributes
    ----------
    shares
        the steps of everybody's shares
    """

    def __init__(
        self,
        setting: Setting,
        solution: Solution,
        law: ModeLaw,
        rooms: Mapping[int, Fen] = NO_ROOMS,
    ) -> None:
        self.setting, self.solution, self.law, self._rooms = setting, solution, law, rooms
        self._of: list[OfPiece] = []
        self._rows: list[dict[tuple[str, str | None], Trace]] = []
        if solution.pieces:
            self._write()
        self.ids = [d.id for d in setting.debtors]
        self.claim = setting.claim.open.step
        self.shares = [self._share(i) for i in range(len(self.ids))]

    def trace(self) -> Trace:
        """The whole outcome: claim, receipt, then share, exposure, payment, burden of each."""
        each = [self._of_debtor(i) for i in range(len(self.ids))]
        paid = tuple(step for steps in each for step in steps if step.key == "paid")
        received = Trace("received", self.solution.received, "fen", "received.sum", paid)
        steps = [received, self.claim, *(step for steps in each for step in steps)]
        return Trace("outcome", self.solution.received, "fen", "outcome", tuple(steps))

    def _write(self) -> None:
        """Write each piece's own reasons, with what earlier ones took."""
        setting, pieces = self.setting, self.setting.pieces
        assert pieces is not None  # whose solution has pieces
        point = [axis.low for axis in setting.box.axes]
        self._of = pieces.low(setting)
        known = list(decided(setting, self._of, point, self._rooms)) if not point else []
        ahead: dict[str, Ahead] = {}
        for n, (of, solution) in enumerate(zip(self._of, self.solution.pieces, strict=True)):
            own = known[n][0] if known else of.setting
            if own is None or of.setting is None:
                self._rows.append({})
                continue
            trace = self.of_piece(own, solution, of.setting.debtors, ahead).trace()
            self._rows.append({(step.key, step.party): step for step in trace.children})
            self._take(of.setting, solution, ahead)

    def _take(self, setting: Setting, solution: Solution, ahead: dict[str, Ahead]) -> None:
        """Note what a piece took of everybody's assets; what was paid before took nothing."""
        rows = self._rows[-1]
        for n, debtor in enumerate(setting.debtors):
            taken, paid = ahead.setdefault(debtor.id, Ahead()), solution.paid[n]
            if high_end(paid):
                taken.paid.append(Taken(paid, rows["paid", debtor.id]))
            carried, before = solution.carried[n], solution.before[n]
            now = hull([
                max(0, end(carried) - other(before))
                for end, other in ((low_end, high_end), (high_end, low_end))
            ])  # fmt: skip
            if not high_end(now) and not debtor.purses:
                continue
            asked = hull([
                max(end(now), min(end(solution.outer[n]) - other(before), end(solution.owed)))
                for end, other in ((low_end, high_end), (high_end, low_end))
            ])  # fmt: skip
            step = rows["carried", debtor.id]
            if high_end(before):
                rests = (step, *(s for s in rows["short", debtor.id].children if s.key == "before"))
                step = Trace("carried_now", now, "fen", "carried.less-before", rests,
                             party=debtor.id)  # fmt: skip
            taken.carried.append(Taken(now, step, asked))

    def of_piece(
        self,
        setting: Setting,
        solution: Solution,
        whole: Sequence[Debtor],
        ahead: Mapping[str, Ahead],
    ) -> OwnReasons:
        """Return what writes the reasons of one piece."""
        return OwnReasons(setting, solution, self.law, whole, ahead)

    # ------------------------------------------------------------ one debtor

    def _of_debtor(self, i: int) -> list[Trace]:
        values = {key: getattr(self.solution, key)[i] for key in AMOUNTS}
        if self.setting.forms[i].outside:
            return [self.shares[i], *self._outside(i)]
        steps = [self._sum(key, value, i) for key, value in values.items()]
        for kind in KINDS:
            for j, fen in enumerate(self.solution.recourse[kind][i]):
                if high_end(fen):
                    steps.append(self._sum(f"recourse_{kind}_{self.ids[j]}", fen, i))
        own = self._own_share(i)
        return [self.shares[i], *([] if own is None else [own]), *steps]

    def _sum(self, key: str, value: FenRange, i: int) -> Trace:
        """Write an amount as the sum of what it comes to in each piece."""
        party = self.ids[i]
        if not self._rows:
            return Trace(key, value, "fen", "pieces.open", self._open(i), party=party)
        nodes = tuple(rows[key, party] for rows in self._rows if (key, party) in rows)
        if not nodes:
            return Trace(key, value, "fen", "pieces.none", self._none(i), party=party)
        return Trace(key, value, "fen", PIECES_SUM, nodes, party=party)

    def _share(self, i: int) -> Trace:
        """Write his share of all: of each piece his share of it, by what is due of it."""
        value, party = self.solution.share[i], self.ids[i]
        if self.setting.forms[i].outside or not self._rows:
            rests = self._open(i) if not self.setting.forms[i].outside else self._forms(i)
            rule = "share.outside" if self.setting.forms[i].outside else "pieces.open"
            return Trace("share", value, "share", rule, rests, party=party)
        due, loss = self.setting.claim.damages, self.setting.case.loss_fen
        whole = due.step if due.value else Trace("loss", loss, "fen", source="case:loss_fen")
        rests = (whole, *self._parts(i))
        if len(rests) == 1:
            return Trace("share", value, "share", "pieces.none", self._none(i), party=party)
        return Trace("share", value, "share", "share.of-pieces", rests, party=party)

    def _own_share(self, i: int) -> Trace | None:
        """Write his share of what he answers for, where that is not all."""
        own = [
            (size.value, solution.share[of.piece.members.index(i)])
            for of, size, solution in zip(
                self._of, self._sizes(), self.solution.pieces, strict=False
            )
            if i in of.piece.members
        ]
        if not own or len(own) == len(self._of):
            return None
        whole = sum(fen for fen, _ in own) or 1
        ends = [
            sum(float(end(share)) * fen for fen, share in own) / whole
            for end in (low_end, high_end)
        ]
        rule, party = "share.of-own-pieces", self.ids[i]
        return Trace("own_share", hull(ends), "share", rule, self._parts(i), party=party)

    def _parts(self, i: int) -> tuple[Trace, ...]:
        """Return his share of each piece he answers for, and what is due of that."""
        party, nodes = self.ids[i], []
        for size, rows in zip(self._sizes(), self._rows, strict=True):
            if ("share", party) in rows:
                nodes += [rows["share", party], size]
        return tuple(nodes)

    def _sizes(self) -> list[Trace[Fen]]:
        """Return what is due of each piece; its size, where nothing is due of any."""
        if self.setting.claim.damages.value:
            return [of.claim.damages.step for of in self._of]
        return [Trace("piece", of.piece.fen, "fen", source="case:transfers") for of in self._of]

    def _forms(self, i: int) -> tuple[Trace, ...]:
        return (form_step(self.setting, i, self.law),)

    def _none(self, i: int) -> tuple[Trace, ...]:
        """Write that nothing he answers for is part of the loss: none of it reached him."""
        zero = Trace("answers_for", 0, "fen", source="case:transfers", party=self.ids[i])
        return (*self._forms(i), zero)

    def _open(self, i: int) -> tuple[Trace, ...]:
        """Write the unknown amounts that move the cut, and the weights of all."""
        pieces = self.setting.pieces
        assert pieces is not None  # this is a loss in pieces
        last = tuple(self._last(k, fen) for k, fen in pieces.cut.open.items())
        weights: Trace[Quantity] = grouped("weights", tuple(w.step for w in self.setting.weights))
        return (*self._forms(i), self.setting.claim.damages.step, *last, weights)

    def _last(self, i: int, fen: FenRange) -> Trace:
        source = f"case:parties.{self.setting.debtors[i].party.id}.enlarged_fen"
        return Trace("enlarged_fen", fen, "fen", source=source, party=self.ids[i])

    # ------------------------------------------------------------ outside the group

    def _outside(self, i: int) -> list[Trace]:
        """Write what one owes who answers for another damage than the loss."""
        setting, solution, party = self.setting, self.solution, self.ids[i]
        measure = setting.measures[i]
        whole = () if measure is None else (self._kept(i, measure.step),)
        back = setting.claim.recovered.step
        before = (
            (Trace("before", solution.before[i], "fen", "before.recovered", (back,), party=party),)
            if high_end(solution.before[i])
            else ()
        )

        def step(key: str, value: FenRange, rule: str, *rests: Trace) -> Trace:
            return Trace(key, value, "fen", rule, rests, party=party)

        owed = Trace("owed", solution.owed, "fen", "owed.of-pieces", (self.claim,))
        rule = f"exposure.{setting.forms[i].measure}"
        rule = "exposure.released" if setting.debtors[i].released else rule
        exposure = step("exposure", solution.exposure[i], rule, *self._forms(i), *whole,
                        *before, owed)  # fmt: skip
        paid = step("paid", solution.paid[i], "paid.outside", exposure, owed)
        burden = step("burden", solution.burden[i], "burden.outside-pieces", *whole, owed)
        carried = step("carried", solution.carried[i], "carried.burden", burden)
        done = high_end(solution.paid[i]) + high_end(solution.before[i])
        left = high_end(solution.burden[i]) > done
        rule = "short.nobody-claims" if left and not high_end(solution.short[i]) else "short"
        short = step("short", solution.short[i], rule, burden, paid, *before)
        return [exposure, paid, burden, carried, short]

    def _kept(self, i: int, measured: Trace[FenRange]) -> Trace[FenRange]:
        """Write what a release leaves of what he could be held to, if that is less."""
        outer, party = self.solution.outer[i], self.ids[i]
        if self.setting.debtors[i].released or outer == measured.value:
            return measured
        kept = Trace("damages_less_released", outer, "fen", "owed.of-pieces", (self.claim,))
        return Trace(
            measured.key, outer, "fen", "part.up-to-damages", (measured, kept), party=party
        )


Written: TypeAlias = Reasons | SummedReasons


def reasons_of(setting: Setting, solution: Solution, law: ModeLaw) -> Written:
    """Return what writes the reasons of a solution."""
    if setting.pieces is None:
        return Reasons(setting, solution, law)
    return SummedReasons(setting, solution, law)
