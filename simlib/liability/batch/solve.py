"""From a tile to amounts: the rules of `simlib.liability.solve`, for many columns at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simlib.liability import solve
from simlib.liability.batch import shares
from simlib.liability.batch.arithmetic import Fens, Floats
from simlib.liability.batch.facts import Facts
from simlib.liability.facts import paid_before, paid_by
from simlib.liability.numbers import Once

if TYPE_CHECKING:
    from simlib.liability.batch.block import Tile


class Point(solve.Point[Fens, Floats]):
    """One point in each column; the facts that vary are read when they are asked for."""

    def __init__(self, tile: Tile) -> None:
        super().__init__(tile.setting, Facts(tile))
        self.tile = tile

    @Once
    def units(self) -> Sequence[Fens]:
        """Shares in billionths; weights that are all 0 count as equal."""
        units = shares.units(self.tile, self.facts.claim.own_fault)
        return solve.equal_if_none(units, self.setting, self.numbers)

    @Once
    def share(self) -> list[Floats]:
        """Internal shares, in [0, 1]."""
        return [u / np.maximum(1, self.whole) for u in self.units]

    @Once
    def measured(self) -> Sequence[Fens]:
        """What each one's form measures; 0 where that is nothing."""
        pairs = zip(self.setting.forms, self.setting.debtors, strict=True)
        amounts = (form.measured(self.facts, debtor) for form, debtor in pairs)
        return [self.none if amount is None else amount for amount in amounts]

    def known_before(self) -> tuple[Sequence[Fens], Fens]:
        """Return what the columns state of it."""
        before, anonymous = paid_before(self.tile)
        return paid_by(before, self.setting.debtors, self.none), anonymous

    @property
    def unrecovered(self) -> Fens:
        """What of the claim stays unpaid."""
        return self.facts.claim.fen - self.received
