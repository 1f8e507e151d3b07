"""From a tile to amounts: `simlib.liability.solve`, for many columns at once.

Only what is asked for is reckoned: what the claimant receives needs no split among those who pay.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simlib.liability.batch import facts, shares
from simlib.liability.batch.collection import pay_together
from simlib.liability.batch.measures import measure
from simlib.liability.batch.numbers import (
    divided,
    less,
    reduced,
    share_less,
    split_units,
    weight,
)
from simlib.money import WEIGHT_UNITS, exact

if TYPE_CHECKING:
    from simlib.liability.batch.facts import Claim
    from simlib.liability.batch.tile import Tile


@dataclass
class Round:
    """Those who pay in the same round: the most each can and must pay, and what is asked [fen]."""

    sued: list[int]
    caps: list[np.ndarray]
    total: np.ndarray
    solution: Solution
    own: list[np.ndarray] = field(default_factory=list)  # hybrid: paid before the joint part

    @cached_property
    def sum(self) -> np.ndarray:
        """What they pay together; no split is needed for that."""
        paid = np.minimum(self.total, sum(self.caps))
        return paid + sum(self.own) if self.own else paid

    @cached_property
    def amounts(self) -> list[np.ndarray]:
        """What each of them pays."""
        if not self.sued:
            return []
        units = [self.solution.units[i] for i in self.sued]
        amounts = pay_together(self.total, self.caps, units)
        if self.own:
            return [a + b for a, b in zip(self.own, amounts, strict=True)]
        return amounts

    @property
    def by_principals(self) -> np.ndarray:
        """What the principals among them pay."""
        debtors = self.solution.setting.debtors
        heads = [debtors[i].principal for i in self.sued]
        if all(heads):
            return self.sum
        return sum(a for a, head in zip(self.amounts, heads, strict=True) if head)


class Solution:
    """Amounts for every debtor, in the setting's order [fen], and what the claimant receives."""

    def __init__(self, tile: Tile) -> None:
        self.tile = tile
        self.setting = tile.setting
        self.count = len(tile.setting.debtors)

    @cached_property
    def claim(self) -> Claim:
        """Damages, recovery and the open claim."""
        return facts.claim(self.tile)

    @cached_property
    def before(self) -> list[np.ndarray]:
        """What each paid already; what has no known payer counts as the principals', by share."""
        before, anonymous = facts.paid_before(self.tile)
        heads = [i for i, d in enumerate(self.setting.debtors) if d.principal]
        if heads and anonymous.any():
            parts = split_units(anonymous, [self.units[i] for i in heads])
            for i, part in zip(heads, parts, strict=True):
                before[i] = before[i] + part
        return before

    @cached_property
    def units(self) -> list[np.ndarray]:
        """Shares in billionths; weights that are all 0 count as equal."""
        setting = self.setting
        units = shares.units(self.tile)
        if any(m is not None and m.key == "model_share" for m in setting.measures):
            units = shares.by_score(self.tile, units)
        flat = sum(units) == 0
        return [np.where(flat, 1, u) for u in units] if np.any(flat) else units

    @cached_property
    def whole(self) -> np.ndarray:
        """The sum of all units."""
        return sum(self.units)

    @cached_property
    def parts(self) -> list[np.ndarray]:
        """Each one's part of the damages."""
        return split_units(self.claim.damages, self.units)

    @cached_property
    def measured(self) -> list[np.ndarray | None]:
        """What each one's form measures."""
        setting = self.setting
        pairs = zip(setting.forms, setting.debtors, strict=True)
        return [measure(self.tile, form, debtor, self.claim) for form, debtor in pairs]

    @cached_property
    def owed(self) -> np.ndarray:
        """The claim less what the claimant gave up by releasing debtors."""
        given_up = [
            np.maximum(0, self.parts[i] - self.before[i])
            for i, d in enumerate(self.setting.debtors)
            if d.released
        ]
        return np.maximum(0, self.claim.open - sum(given_up)) if given_up else self.claim.open

    @cached_property
    def rounds(self) -> list[Round]:
        """Round by round: exposures, and what those who are sued are asked for together."""
        self._exposure: list = [None] * self.count
        self._now, rounds = self.tile.constant(0), []
        for rank in self.setting.ranks:
            group = [i for i, form in enumerate(self.setting.forms) if form.rank == rank]
            for i in group:
                self._exposure[i] = self._exposed(i)
            rounds.append(self._round(group, rounds))
            self._now = self._now + rounds[-1].sum
        return rounds

    @cached_property
    def received(self) -> np.ndarray:
        """What the claimant receives."""
        assert self.rounds is not None
        return self._now

    @property
    def unrecovered(self) -> np.ndarray:
        """What of the claim stays unpaid."""
        return self.claim.open - self.received

    @cached_property
    def exposure(self) -> list[np.ndarray]:
        """What each owes the claimant."""
        assert self.rounds is not None
        return self._exposure

    @cached_property
    def paid(self) -> list[np.ndarray]:
        """What each pays."""
        paid = [self.tile.constant(0)] * self.count
        for each in self.rounds:
            for i, amount in zip(each.sued, each.amounts, strict=True):
                paid[i] = amount
        return paid

    @cached_property
    def share(self) -> list[np.ndarray]:
        """Internal shares, in [0, 1]."""
        return [u / self.whole for u in self.units]

    def _exposed(self, i: int) -> np.ndarray:
        form, debtor = self.setting.forms[i], self.setting.debtors[i]
        if form.measure == "nothing" or debtor.released:
            return self.tile.constant(0)
        amount = self._amount(i, form.measure)
        cap = facts.flow_cap(self.tile, debtor, self.claim.own_fault)
        if cap is not None:
            amount = np.minimum(amount, cap - self.before[i])
        return np.maximum(0, np.minimum(amount, self.owed))

    def _amount(self, i: int, measure: str) -> np.ndarray:
        """What the form gives, before the flow cap and never mind the claim."""
        if measure == "claim":
            return self.owed
        if measure == "threshold":
            return np.where(self._reaches(i), self.owed, self.parts[i] - self.before[i])
        if measure in ("share", "score"):
            return self.parts[i] - self.before[i]
        if measure in ("limit", "gain", "enlarged"):
            return self.measured[i] - self.before[i]
        if measure == "rest":
            return self.owed - self._now
        if measure == "limited_rest":
            return np.minimum(self.measured[i] - self.before[i], self.owed - self._now)
        if measure == "realloc":
            return self._reallocated[i] - self.before[i]
        if measure == "hybrid":
            several, jointly = self._two_losses
            return jointly + several[i]
        return np.where(self.measured[i], self.owed, 0)  # proof

    def _reaches(self, i: int) -> np.ndarray:
        """Whether a debtor's share is at or above the threshold."""
        least = exact(self.setting.rules["threshold"])
        if WEIGHT_UNITS % least.denominator:  # more than nine decimals
            number, index = np.frompyfunc(lambda u, w: u >= least * w, 2, 1), self.units[i]
            return number(index.astype(object), self.whole.astype(object)).astype(bool)
        units, rest = divided(self.whole, int(least * WEIGHT_UNITS), WEIGHT_UNITS)
        return self.units[i] >= units + (rest > 0)

    @cached_property
    def _reallocated(self) -> list[np.ndarray]:
        """Everyone's part of the whole loss once what a purse cannot meet is spread again."""
        whole, own, none = self._whole_loss, self.claim.own_fault, self.tile.constant(0)
        purses, units = [], []
        for i, debtor in enumerate(self.setting.debtors):
            out, assets = debtor.released, facts.reach(self.tile, debtor)
            purses.append(none if out else whole if assets is None else assets + self.before[i])
            units.append(none if out else share_less(self.units[i], self.whole, own))
        return pay_together(whole, [*purses, whole], [*units, weight(own)])[:-1]

    @property
    def _whole_loss(self) -> np.ndarray:
        """The loss that is spread again: before the claimant's own fault, less released parts."""
        given_up = [p for p, d in zip(self.parts, self.setting.debtors, strict=True) if d.released]
        return np.maximum(0, self.claim.loss - sum(given_up))

    @cached_property
    def _two_losses(self) -> tuple[list[np.ndarray], np.ndarray]:
        """What each owes severally of the non-economic loss, and what all owe of the other."""
        setting, claim, units = self.setting, self.claim, self.units
        base = np.minimum(self.tile.fact("loss_noneconomic_fen"), claim.loss)
        other = less(base, claim.own_fault)
        pairs = list(zip(split_units(other, units), self.before, strict=True))
        several = [np.maximum(0, part - before) for part, before in pairs]
        spilt = [np.maximum(0, before - part) for part, before in pairs]
        economic = claim.damages - other
        jointly = economic - sum(spilt)
        if setting.rules["deduction"] == "liability_first":
            jointly = jointly - np.maximum(0, claim.recovered - sum(self.before))
        if any(d.released for d in setting.debtors):
            for i, part in enumerate(split_units(economic, units)):
                if setting.debtors[i].released:
                    jointly = jointly - np.maximum(0, part - spilt[i])
        return several, np.maximum(0, jointly)

    def _round(self, group: list[int], earlier: list[Round]) -> Round:
        """The sued of one round, the most each can pay, and what they are asked for together."""
        setting = self.setting
        sued = [i for i in group if setting.debtors[i].sued]
        reach = [self._after_principals(i, earlier) for i in sued]
        total = self.owed - self._now
        if setting.rules["caps"] == "nested" and any(setting.forms[i].capped for i in sued):
            total = np.minimum(total, _largest(reach))
        caps = []
        for i, exposure in zip(sued, reach, strict=True):
            assets = facts.reach(self.tile, setting.debtors[i])
            caps.append(exposure if assets is None else np.minimum(exposure, assets))
        if any(form.measure == "hybrid" for form in setting.forms):
            return self._first_severally(sued, caps, total)
        return Round(sued, caps, total, self)

    def _first_severally(self, sued: list[int], caps: list, total: np.ndarray) -> Round:
        """Each his own several part first, then the economic loss together, by share."""
        several, jointly = self._two_losses
        own = [np.minimum(cap, several[i]) for i, cap in zip(sued, caps, strict=True)]
        left = np.minimum(jointly, total - sum(own))
        room = [cap - part for cap, part in zip(caps, own, strict=True)]
        return Round(sued, room, np.maximum(0, left), self, own)

    def _after_principals(self, i: int, earlier: list[Round]) -> np.ndarray:
        """What is left of an exposure up to a limit once the principals have paid."""
        setting, exposure = self.setting, self._exposure[i]
        way, damages = setting.rules["partial_payment"], self.claim.damages
        if not setting.forms[i].capped or way == "outer":
            return exposure
        heads = [b for d, b in zip(setting.debtors, self.before, strict=True) if d.principal]
        paid = sum((r.by_principals for r in earlier), self.tile.constant(0)) + sum(heads)
        if way == "inner":
            return np.maximum(0, exposure - paid)
        kept = reduced(exposure, np.maximum(0, damages - paid), np.maximum(1, damages))
        return np.where(damages > 0, kept, exposure)


def _largest(amounts: list[np.ndarray]) -> np.ndarray:
    most = amounts[0]
    for amount in amounts[1:]:
        most = np.maximum(most, amount)
    return most
