"""A loss that is cut into pieces, on arrays: each piece decided as if it were the whole.

In a block the cut is the same in all columns: who answers for which piece, and its size. What
falls to a piece of the claim, of what came back and of everybody's assets may vary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from simlib.liability.batch.arithmetic import ARRAYS, Fens, Floats
from simlib.liability.batch.block import Facts
from simlib.liability.batch.solve import Point
from simlib.liability.by_piece import Outside, divided_over, sizes_of, summed_shares
from simlib.liability.pieces import restitution_first
from simlib.liability.solve import pay_all

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.liability.batch.block import Block
    from simlib.liability.records import Claim, Debtor, Means


class InPiece(Facts):
    """The facts as one piece of the loss is decided by: see `fact_bounds.InPiece`.

    Attributes
    ----------
    left
        debtor → what earlier pieces left of what the claim can reach of his
    """

    in_piece: ClassVar[bool] = True

    def __init__(
        self,
        block: Block,
        whole: Facts,
        claim: Claim[Fens, Floats],
        gained: Mapping[str, tuple[tuple[int, ...], int]],
        noneconomic: Fens,
    ) -> None:
        super().__init__(block, claim)
        self._whole, self._gained, self._noneconomic = whole, gained, noneconomic
        self.left: dict[str, Means[Fens] | None] = {}

    def means(self, debtor: Debtor) -> Means[Fens] | None:
        """Return what of his property is left for this piece."""
        return self.left[debtor.id]

    def of_case(self, field: str) -> Fens:
        """Return an amount the case states; of the loss that is not economic this piece's part."""
        return self._noneconomic if field == "loss_noneconomic_fen" else super().of_case(field)

    def gains(self, party: Party) -> Fens:
        """Return what of his gains falls to this piece."""
        any_amount = self.block.any_gains(party) and self.block.whole.share_rule != "gain"
        whole = self._whole.claim.damages_fen if any_amount else super().gains(party)
        sizes, place = self._gained[party.id]
        return self.numbers.split(whole, [self.constant(size) for size in sizes])[place]


class PiecePoint(Point):
    """One piece at one point in each column; `known` and `unknown` is what was paid of it."""

    facts: InPiece

    def __init__(self, facts: InPiece, known: Sequence[Fens], unknown: Fens) -> None:
        super().__init__(facts.block, facts)
        self._before = known, unknown

    def known_before(self) -> tuple[Sequence[Fens], Fens]:
        """Return what falls to the piece of it."""
        return self._before


class Pieces:
    """All pieces in each column, and what they come to together: see `by_piece.Pieces.evaluate`.

    Attributes
    ----------
    exposure, paid
        one each a debtor, once they have paid [fen]
    received
        what all of them pay [fen]
    """

    def __init__(self, block: Block) -> None:
        self.block, self.setting, self.facts = block, block.setting, Facts(block)
        self.none: Fens = block.constant(0)
        self._cut = block.cut
        self._of = [each.piece for each in self._cut]
        self._divided = divided_over(block, self.facts.claim.damages_fen, block.setting, self._of)
        other = ARRAYS.minimum(block.fact("loss_noneconomic_fen"), block.fact("loss_fen"))
        self._noneconomic = ARRAYS.split(other, [block.constant(p.fen) for p in self._of])
        self._points = [self._point(k) if p.members else None for k, p in enumerate(self._of)]
        self.exposure = [self.none] * len(block.setting.debtors)
        self.paid = [self.none] * len(block.setting.debtors)

    @property
    def received(self) -> Fens:
        """What the claimant receives."""
        return ARRAYS.total(self.paid, self.none)

    @property
    def unrecovered(self) -> Fens:
        """What of the claim stays unpaid."""
        return self.facts.claim.fen - self.received

    @cached_property
    def share(self) -> list[Floats]:
        """Everybody's share of all, the nearest number to the exact one."""
        rows = [
            (piece, [u.astype(object) for u in point.units] if point else [])
            for piece, point in zip(self._of, self._points, strict=True)
        ]
        due = [fen.astype(object) for fen in self._divided.damages]
        summed = summed_shares(len(self.paid), rows, due)
        return [(part / whole).astype(float) for part, whole in summed]

    def pay(self) -> None:
        """Let all pay: piece by piece from what is left, then those outside the group."""
        left = {d.id: self.facts.means(d) for d in self.setting.debtors}
        owed, received, gone = list[Fens](), list[Fens](), list[Fens]()
        for k, (piece, point) in enumerate(zip(self._of, self._points, strict=True)):
            if point is None:
                owed.append(self._claim(k).fen)
                received.append(self.none)
                continue
            point.facts.left = dict(left)
            pay_all(point)
            self._add(piece.members, point, left)
            owed.append(point.owed)
            received.append(point.received)
            gone += [point.dues[n] for n in point.setting.given_up]
        late = Outside(self.setting, self.facts, self._of, self._divided.outside, self._measured)
        if late.places:
            late.pay(owed, received, gone)
        for i in late.places:
            self.exposure[i], self.paid[i] = late.owes[i], late.paid[i]

    def _add(
        self, members: Sequence[int], point: PiecePoint, left: dict[str, Means[Fens] | None]
    ) -> None:
        """Add up what a piece came to, and take what it took off everybody's assets."""
        for n, (i, paid) in enumerate(zip(members, point.paid, strict=True)):
            self.exposure[i] = self.exposure[i] + point.exposure[n]
            self.paid[i] = self.paid[i] + paid
            debtor = self.setting.debtors[i]
            means = left[debtor.id]
            if means is not None:
                asked = point.owes[n] if means.purses else self.none
                left[debtor.id] = means.after(asked, paid)

    def _measured(self, i: int) -> Fens:
        amount = self.setting.forms[i].measured(self.facts, self.setting.debtors[i])
        return self.none if amount is None else amount

    def _claim(self, k: int) -> Claim[Fens, Floats]:
        return self._divided.claim(self.facts.claim, k, restitution_first(self.setting.rules))

    def _point(self, k: int) -> PiecePoint:
        whole, members = self.setting, self._of[k].members
        debtors = [whole.debtors[i] for i in members]
        setting = self._cut[k].setting
        assert setting is not None  # somebody answers for it
        here = self.block.within(
            k, replace(setting, case=whole.case, regime=whole.regime, debtors=debtors)
        )
        gained = {whole.debtors[i].party.id: sizes_of(self._of, i, k) for i in members}
        facts = InPiece(here, self.facts, self._claim(k), gained, self._noneconomic[k])
        known = [self._divided.known[k].get(i, self.none) for i in members]
        return PiecePoint(facts, known, self._divided.unknown[k])
