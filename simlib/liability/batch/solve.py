"""From a tile to amounts: `simlib.liability.solve`, for many columns at once.

Only what is asked for is reckoned: what the claimant receives needs no split among those who pay.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, reduce
from typing import TYPE_CHECKING

import numpy as np

from simlib.liability.batch import facts, shares
from simlib.liability.batch.collection import Round, pay_together
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


class Point:
    """The shares in each column, and what each owes and pays [fen]; a list has one a debtor."""

    def __init__(self, tile: Tile) -> None:
        self.tile = tile
        self.setting = tile.setting

    @cached_property
    def claim(self) -> Claim:
        """Damages, recovery and the open claim."""
        return facts.claim(self.tile)

    @cached_property
    def units(self) -> list[np.ndarray]:
        """Shares in billionths; weights that are all 0 count as equal."""
        units = shares.units(self.tile)
        if any(m is not None and m.key == "model_share" for m in self.setting.measures):
            units = shares.by_score(self.tile, units)
        flat = sum(units) == 0
        return [np.where(flat, 1, u) for u in units] if np.any(flat) else units

    @cached_property
    def whole(self) -> np.ndarray:
        """The sum of all units."""
        return sum(self.units)

    @cached_property
    def share(self) -> list[np.ndarray]:
        """Internal shares, in [0, 1]."""
        return [u / self.whole for u in self.units]

    @cached_property
    def parts(self) -> list[np.ndarray]:
        """Each one's part of the damages; of two kinds of loss, his parts of both together."""
        if not self.setting.has("hybrid"):
            return split_units(self.claim.damages, self.units)
        other = _noneconomic(self)
        kinds = split_units(self.claim.damages - other, self.units), split_units(other, self.units)
        return [a + b for a, b in zip(*kinds, strict=True)]

    @cached_property
    def measured(self) -> list[np.ndarray | None]:
        """What each one's form measures."""
        pairs = zip(self.setting.forms, self.setting.debtors, strict=True)
        return [measure(self.tile, form, debtor, self.claim) for form, debtor in pairs]

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
        rounds: list[Round] = []
        for rank in self.setting.ranks:
            group = [i for i, form in enumerate(self.setting.forms) if form.rank == rank]
            now = sum((r.sum for r in rounds), self.tile.constant(0))
            exposure = {i: _exposure(self, i, now) for i in group}
            rounds.append(_collect(self, exposure, now, rounds))
        return rounds

    @cached_property
    def exposure(self) -> list[np.ndarray]:
        """What each owes the claimant."""
        found = {i: amount for each in self.rounds for i, amount in each.exposure.items()}
        return [found[i] for i in range(len(self.setting.debtors))]

    @cached_property
    def paid(self) -> list[np.ndarray]:
        """What each pays."""
        paid = [self.tile.constant(0)] * len(self.setting.debtors)
        for each in self.rounds:
            for i, amount in zip(each.sued, each.amounts, strict=True):
                paid[i] = amount
        return paid

    @cached_property
    def received(self) -> np.ndarray:
        """What the claimant receives."""
        return sum((r.sum for r in self.rounds), self.tile.constant(0))

    @property
    def unrecovered(self) -> np.ndarray:
        """What of the claim stays unpaid."""
        return self.claim.open - self.received

    @cached_property
    def realloc(self) -> list[np.ndarray]:
        """Everyone's part of the whole loss once what a purse cannot meet is spread again."""
        return reallocated(self)

    @cached_property
    def two_losses(self) -> tuple[list[np.ndarray], np.ndarray]:
        """What each owes severally of the non-economic loss, and what all owe of the other."""
        return _two_losses(self)


def _exposure(here: Point, i: int, now: np.ndarray) -> np.ndarray:
    form, debtor = here.setting.forms[i], here.setting.debtors[i]
    if form.measure == "nothing" or debtor.released:
        return here.tile.constant(0)
    amount = _amount(here, i, now)
    cap = facts.flow_cap(here.tile, debtor, here.claim.own_fault)
    if cap is not None:
        amount = np.minimum(amount, cap - here.before[i])
    return np.maximum(0, np.minimum(amount, here.owed))


def _amount(here: Point, i: int, now: np.ndarray) -> np.ndarray:
    """What the form gives, before the flow cap and never mind the claim."""
    measure = here.setting.forms[i].measure
    if measure == "claim":
        return here.owed
    if measure == "threshold":
        return np.where(reaches(here, i), here.owed, here.parts[i] - here.before[i])
    if measure in ("share", "score"):
        return here.parts[i] - here.before[i]
    if measure in ("limit", "gain", "enlarged"):
        return here.measured[i] - here.before[i]
    if measure == "rest":
        return here.owed - now
    if measure == "limited_rest":
        return np.minimum(here.measured[i] - here.before[i], here.owed - now)
    if measure == "realloc":
        return here.realloc[i] - here.before[i]
    if measure == "hybrid":
        several, jointly = here.two_losses
        return jointly + several[i]
    return np.where(here.measured[i], here.owed, 0)  # proof


def reaches(here: Point, i: int) -> np.ndarray:
    """Whether a debtor's share is at or above the threshold."""
    least = exact(here.setting.rules["threshold"])
    if WEIGHT_UNITS % least.denominator:  # more than nine decimals
        reach = np.frompyfunc(lambda unit, whole: unit >= least * whole, 2, 1)
        return reach(here.units[i].astype(object), here.whole.astype(object)).astype(bool)
    units, rest = divided(here.whole, int(least * WEIGHT_UNITS), WEIGHT_UNITS)
    return here.units[i] >= units + (rest > 0)


def reallocated(here: Point) -> list[np.ndarray]:
    """Everyone's part of the whole loss once what a purse cannot meet is spread again.

    The claimant takes part with her own fault, and can bear all. Who is not sued is not thereby
    unable; who was released takes no part.
    """
    whole, own, none = whole_loss(here), here.claim.own_fault, here.tile.constant(0)
    purses, units = [], []
    for i, debtor in enumerate(here.setting.debtors):
        out, assets = debtor.released, facts.reach(here.tile, debtor)
        purses.append(none if out else whole if assets is None else assets + here.before[i])
        units.append(none if out else share_less(here.units[i], here.whole, own))
    return pay_together(whole, [*purses, whole], [*units, weight(own)])[:-1]


def whole_loss(here: Point) -> np.ndarray:
    """The loss that is spread again: before the claimant's own fault, less released parts [fen]."""
    given_up = [p for p, d in zip(here.parts, here.setting.debtors, strict=True) if d.released]
    return np.maximum(0, here.claim.loss - sum(given_up))


def _noneconomic(here: Point) -> np.ndarray:
    """The damages that are not economic, after the victim's own fault [fen]."""
    claim = here.claim
    stated = np.minimum(here.tile.fact("loss_noneconomic_fen"), claim.loss)
    return less(stated, claim.own_fault)


def _two_losses(here: Point) -> tuple[list[np.ndarray], np.ndarray]:
    """What each owes severally of the non-economic loss, and what all owe of the economic one.

    A payment discharges the payer's own several part first; what goes beyond it, and a recovery
    nobody is credited with, reduces the economic part. So does a released debtor's part of that.
    """
    setting, claim = here.setting, here.claim
    other = _noneconomic(here)
    pairs = list(zip(split_units(other, here.units), here.before, strict=True))
    several = [np.maximum(0, part - before) for part, before in pairs]
    spilt = [np.maximum(0, before - part) for part, before in pairs]
    economic = claim.damages - other
    jointly = economic - sum(spilt)
    if setting.rules["deduction"] == "liability_first":
        jointly = jointly - np.maximum(0, claim.recovered - sum(here.before))
    if any(d.released for d in setting.debtors):
        for i, part in enumerate(split_units(economic, here.units)):
            if setting.debtors[i].released:
                jointly = jointly - np.maximum(0, part - spilt[i])
    return several, np.maximum(0, jointly)


def _collect(
    here: Point, exposure: dict[int, np.ndarray], now: np.ndarray, earlier: Sequence[Round]
) -> Round:
    """Let the sued of one round pay together."""
    setting = here.setting
    sued = [i for i in exposure if setting.debtors[i].sued]
    reach = [_after_principals(here, i, exposure[i], earlier) for i in sued]
    total = here.owed - now
    if setting.rules["caps"] == "nested" and any(setting.forms[i].capped for i in sued):
        total = np.minimum(total, reduce(np.maximum, reach))
    purses = [facts.reach(here.tile, setting.debtors[i]) for i in sued]
    caps = [
        amount if purse is None else np.minimum(amount, purse)
        for amount, purse in zip(reach, purses, strict=True)
    ]
    if any(form.measure == "hybrid" for form in setting.forms):
        return _first_severally(here, exposure, sued, caps, total)
    return Round(here, exposure, sued, caps, total)


def _first_severally(
    here: Point, exposure: dict, sued: list[int], caps: list[np.ndarray], total: np.ndarray
) -> Round:
    """Each his own several part first, then the economic loss together, by share."""
    several, jointly = here.two_losses
    most = [np.minimum(cap, several[i]) for i, cap in zip(sued, caps, strict=True)]
    own = pay_together(total, most, [here.units[i] for i in sued])
    left = np.minimum(jointly, total - sum(own))
    room = [cap - part for cap, part in zip(caps, own, strict=True)]
    return Round(here, exposure, sued, room, np.maximum(0, left), own)


def _after_principals(
    here: Point, i: int, exposure: np.ndarray, earlier: Sequence[Round]
) -> np.ndarray:
    """What is left of an exposure up to a limit once the principals have paid."""
    setting, damages = here.setting, here.claim.damages
    way = setting.rules["partial_payment"]
    if not setting.forms[i].capped or way == "outer":
        return exposure
    heads = [b for d, b in zip(setting.debtors, here.before, strict=True) if d.principal]
    paid = sum((r.by_principals for r in earlier), here.tile.constant(0)) + sum(heads)
    if way == "inner":
        return np.maximum(0, exposure - paid)
    kept = reduced(exposure, np.maximum(0, damages - paid), np.maximum(1, damages))
    return np.where(damages > 0, kept, exposure)
