"""Who really pays, on arrays: `simlib.liability.collection`, for many columns at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simlib.liability.batch.numbers import EPS, divided, odd_fen, split_units, total_of

if TYPE_CHECKING:
    from simlib.liability.batch.solve import Point


@dataclass
class Round:
    """Those who pay in the same round.

    `exposure` is by debtor; `caps` is the most each of the sued can and must pay, `total` what they
    are asked for together; `own` is what each pays ahead of that, if his form has him [fen].
    """

    here: Point
    exposure: dict[int, np.ndarray]
    sued: list[int]
    caps: list[np.ndarray]
    total: np.ndarray
    own: list[np.ndarray] = field(default_factory=list)

    @cached_property
    def sum(self) -> np.ndarray:
        """What they pay in all."""
        paid = np.minimum(self.total, sum(self.caps))
        return paid + total_of(self.own) if self.own else paid

    @cached_property
    def amounts(self) -> list[np.ndarray]:
        """What each of the sued pays."""
        if not self.sued:
            return []
        amounts = pay_together(self.total, self.caps, [self.here.units[i] for i in self.sued])
        if not self.own:
            return amounts
        return [a + b for a, b in zip(self.own, amounts, strict=True)]

    @property
    def by_principals(self) -> np.ndarray:
        """What the principals among them pay."""
        heads = [self.here.setting.debtors[i].principal for i in self.sued]
        if all(heads):
            return self.sum
        paid = [a for a, head in zip(self.amounts, heads, strict=True) if head]
        return total_of([self.here.constant(0), *paid])


def pay_together(
    total: np.ndarray, caps: Sequence[np.ndarray], units: Sequence[np.ndarray]
) -> list[np.ndarray]:
    """Return what debtors who pay together pay: each min(cap, share·t), with t as large as needed.

    Who reaches his cap pays the cap; the rest is split by share among the others. A share of 0
    pays last, equally.

    1. where the caps do not exceed the total, everybody pays his cap
    2. elsewhere, who reaches his cap, in floating point with a bound on its error
    3. the rest split among the others, to the fen
    4. where the bound leaves doubt, or a share is 0: round by round in whole numbers
    """
    enough = total < sum(caps)
    if not enough.any():
        return list(caps)
    full, doubt = _full(total, caps, units)
    paid = _split_rest(total, caps, units, full)
    paid = [np.where(enough, part, cap) for part, cap in zip(paid, caps, strict=True)]
    doubt = doubt & enough
    if doubt.any():
        _correct(paid, doubt, total, caps, units)
    return paid


def _full(
    total: np.ndarray, caps: Sequence[np.ndarray], units: Sequence[np.ndarray]
) -> tuple[list[np.ndarray], np.ndarray]:
    """Return who reaches his cap, and where that is in doubt.

    A debtor does if the debtors together pay no more than the total at the level of his cap: they
    pay more the higher the level, and the total at one level only.
    """
    floats = [
        (cap.astype(float), unit.astype(float)) for cap, unit in zip(caps, units, strict=True)
    ]
    # near the total every term errs by five roundings and every sum by one: half of this, at most
    sought, slack = total.astype(float), total.max() * EPS * (len(caps) + 8) / 2
    full, doubt = [], np.zeros((1,) * total.ndim, bool)
    for i, (cap, unit) in enumerate(floats):
        level = cap / np.maximum(unit, 1)
        together = cap - sought
        for j, (other, part) in enumerate(floats):
            if j != i:
                pays = part * level
                together = together + np.minimum(other, pays)
        full.append(together <= 0)
        doubt = doubt | (np.abs(together) <= slack) | ((unit == 0) & (cap > 0))
    return full, doubt


def _split_rest(
    total: np.ndarray,
    caps: Sequence[np.ndarray],
    units: Sequence[np.ndarray],
    full: Sequence[np.ndarray],
) -> list[np.ndarray]:
    """Return the caps of the full, and a split of the rest among the others."""
    masks = [
        -out.astype(np.int64) for out in full
    ]  # every bit set where he is full, none elsewhere
    most = [cap & mask for cap, mask in zip(caps, masks, strict=True)]
    left = np.maximum(0, total - sum(most))
    parts = split_units(left, [unit & ~mask for unit, mask in zip(units, masks, strict=True)])
    return [a + b for a, b in zip(most, parts, strict=True)]


def _correct(
    paid: list[np.ndarray],
    where: np.ndarray,
    total: np.ndarray,
    caps: Sequence[np.ndarray],
    units: Sequence[np.ndarray],
) -> None:
    """Reckon some columns again, round by round in whole numbers."""
    shape = np.broadcast_shapes(*(p.shape for p in paid), where.shape)
    where = np.broadcast_to(where, shape)
    owed, *of = (np.broadcast_to(a, shape)[where] for a in (total, *caps, *units))
    filled = _filled(owed, np.array(of[: len(caps)]), np.array(of[len(caps) :]))
    for i, amounts in enumerate(filled):
        paid[i] = np.array(np.broadcast_to(paid[i], shape))
        paid[i][where] = amounts


def _filled(total: np.ndarray, caps: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Return one row a debtor, one column a case; every total is below the sum of the caps."""
    paid = np.zeros_like(caps)
    left = _fill(total, units > 0, caps, units, paid)
    if left.any():
        _fill(left, units == 0, caps, np.ones_like(units), paid)
    return paid


def _fill(
    left: np.ndarray, active: np.ndarray, caps: np.ndarray, units: np.ndarray, paid: np.ndarray
) -> np.ndarray:
    """Fill the active; returns what they leave unpaid in each column.

    Round by round: who would pay his cap or more pays the cap; if nobody would, the rest is split
    by share, and the column is done.
    """
    left = left.copy()
    while True:
        todo = np.flatnonzero((left > 0) & active.any(axis=0))
        if not todo.size:
            return left
        owed, most, member = left[todo], caps[:, todo], active[:, todo]
        part = np.where(member, units[:, todo], 0)
        quotients, rests = divided(owed, part, part.sum(axis=0))
        full = member & (quotients >= most)
        last = ~full.any(axis=0)
        odd = np.where(last, owed - quotients.sum(axis=0), 0)
        split = quotients + np.array(odd_fen(odd, list(rests)))
        amounts = np.where(last, split, np.where(full, most, 0))
        paid[:, todo] += amounts
        left[todo] -= amounts.sum(axis=0)
        active[:, todo] = member & ~full & ~last
