"""From a tile to amounts: `simlib.liability.solve`, for many columns at once.

Only what is asked for is reckoned: what the claimant receives needs no split among those who pay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, reduce
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from simlib.liability.batch import shares
from simlib.liability.batch.collection import Round
from simlib.liability.batch.facts import Facts, cleared, collectable, flow_cap, paid_before
from simlib.liability.batch.facts import claim as claim_of
from simlib.liability.batch.numbers import Fens, Floats, reduced, split_units, total_of

if TYPE_CHECKING:
    from simlib.liability.batch.facts import Claim
    from simlib.liability.batch.tile import Tile


T = TypeVar("T")


class Point:
    """The shares in each column, and what each owes and pays [fen]; a list has one a debtor.

    `now` is what the rounds before the one that is computed pay.
    """

    def __init__(self, tile: Tile) -> None:
        self.tile = tile
        self.setting = tile.setting
        self.now = tile.constant(0)
        self._kept: dict[object, object] = {}

    def once(self, make: Callable[[Point], T]) -> T:
        """Return what several debtors' amounts share, computed when first asked for."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return cast(T, self._kept[make])  # each entry was made by the function it is kept under

    def constant(self, number: int) -> Fens:
        """Return a number that is the same in every column."""
        return self.tile.constant(number)

    def assets(self, i: int) -> Fens | None:
        """Return what is left of his assets once others' restitution is served; None: no limit."""
        debtor = self.setting.debtors[i]
        return None if debtor.assets is None else total_of(cleared(self.tile, debtor))

    @cached_property
    def claim(self) -> Claim:
        """Damages, recovery and the open claim."""
        return claim_of(self.tile)

    @cached_property
    def facts(self) -> Facts:
        """The facts as forms read them."""
        return Facts(self.tile, self.claim)

    @cached_property
    def units(self) -> list[Fens]:
        """Shares in billionths; weights that are all 0 count as equal."""
        units = shares.units(self.tile)
        if self.setting.assessed:
            units = shares.by_score(self.tile, units)
        if any(form.fixes_share for form in self.setting.forms):
            units = shares.by_court(self.tile, units, self.claim.own_fault)
        flat, sharing = sum(units) == 0, self.setting.sharing
        if not np.any(flat):
            return units
        return [np.where(flat, int(i in sharing), u) for i, u in enumerate(units)]

    @cached_property
    def whole(self) -> Fens:
        """The sum of all units."""
        return total_of(self.units)

    @cached_property
    def share(self) -> list[Floats]:
        """Internal shares, in [0, 1]."""
        return [u / np.maximum(1, self.whole) for u in self.units]

    @property
    def recovered(self) -> Fens:
        """What came back already, whoever paid it."""
        return self.claim.recovered_fen

    @cached_property
    def parts(self) -> list[Fens]:
        """Each one's part of the damages."""
        if not self.setting.sharing:
            return [self.constant(0)] * len(self.units)
        return self.setting.leading.parts(self)

    @cached_property
    def measured(self) -> list[Fens]:
        """What each one's form measures; 0 where that is nothing."""
        pairs = zip(self.setting.forms, self.setting.debtors, strict=True)
        amounts = (form.measured(self.facts, debtor) for form, debtor in pairs)
        return [self.constant(0) if amount is None else amount for amount in amounts]

    @cached_property
    def before(self) -> list[Fens]:
        """What each paid already; what has no known payer counts as the principals', by share."""
        before, anonymous = paid_before(self.tile)
        heads = self.setting.heads
        if heads and anonymous.any():
            parts = split_units(anonymous, [self.units[i] for i in heads])
            for i, part in zip(heads, parts, strict=True):
                before[i] = before[i] + part
        return before

    @cached_property
    def owed(self) -> Fens:
        """The claim less what the claimant gave up by releasing debtors."""
        released = self.setting.given_up
        given_up = [np.maximum(0, self.parts[i] - self.before[i]) for i in released]
        return (
            np.maximum(0, self.claim.open_fen - sum(given_up)) if given_up else self.claim.open_fen
        )

    @cached_property
    def rounds(self) -> list[Round]:
        """Round by round: exposures, and what those who are sued are asked for together."""
        rounds: list[Round] = []
        for rank in self.setting.ranks:
            group = [i for i, form in enumerate(self.setting.forms) if form.rank == rank]
            self.now = sum((r.sum for r in rounds), self.constant(0))
            reach = {i: _reach(self, i) for i in group}
            rounds.append(_collect(self, reach, rounds))
        return rounds

    @cached_property
    def exposure(self) -> list[Fens]:
        """What each owes the claimant."""
        owed = {i: amount for each in self.rounds for i, amount in each.exposure.items()}
        return [owed[i] for i in range(len(self.setting.debtors))]

    @cached_property
    def paid(self) -> list[Fens]:
        """What each pays."""
        paid = [self.tile.constant(0)] * len(self.setting.debtors)
        for each in self.rounds:
            for i, amount in zip(each.sued, each.amounts, strict=True):
                paid[i] = amount
        return paid

    @cached_property
    def received(self) -> Fens:
        """What the claimant receives."""
        return sum((r.sum for r in self.rounds), self.tile.constant(0))

    @property
    def unrecovered(self) -> Fens:
        """What of the claim stays unpaid."""
        return self.claim.open_fen - self.received


def _reach(here: Point, i: int) -> Fens:
    """Return what one debtor owes before the claim limits it."""
    debtor = here.setting.debtors[i]
    if debtor.released:
        return here.constant(0)
    amount = here.setting.forms[i].exposure(here, i)
    cap = flow_cap(here.tile, debtor, here.claim.own_fault)
    if cap is not None:
        amount = np.minimum(amount, cap - here.before[i])
    return np.maximum(0, amount)


def _collect(here: Point, reach_of: dict[int, Fens], earlier: Sequence[Round]) -> Round:
    """Let the sued of one round pay together."""
    setting = here.setting
    exposure = {i: np.minimum(amount, here.owed) for i, amount in reach_of.items()}
    sued = [i for i in exposure if setting.debtors[i].sued]
    open_amounts = [_after_principals(here, i, reach_of[i], earlier) for i in sued]
    total = here.owed - here.now
    if setting.rules["caps"] == "nested" and any(setting.forms[i].capped for i in sued):
        total = np.minimum(total, reduce(np.maximum, open_amounts))
    caps = [
        collectable(here.tile, setting.debtors[i], amount)
        for i, amount in zip(sued, open_amounts, strict=True)
    ]
    first = setting.leading.pay_first(here, sued, caps, total)
    if first is None:
        return Round(here, exposure, sued, caps, total)
    own, caps, total = first
    return Round(here, exposure, sued, caps, total, own)


def _after_principals(here: Point, i: int, amount: Fens, earlier: Sequence[Round]) -> Fens:
    """Return what is left of an exposure up to a limit once the principals have paid.

    `amount` is what he owes before the claim limits it.
    """
    setting, damages = here.setting, here.claim.damages_fen
    way = setting.rules["partial_payment"]
    if not setting.forms[i].capped or way == "outer":
        return np.minimum(amount, here.owed)
    heads = [here.before[k] for k in setting.heads]
    paid = sum((r.by_principals for r in earlier), here.tile.constant(0)) + sum(heads)
    if way == "inner":
        return np.minimum(np.maximum(0, amount - paid), here.owed)
    kept = reduced(amount, np.maximum(0, damages - paid), np.maximum(1, damages))
    return np.minimum(np.where(damages > 0, kept, amount), here.owed)
