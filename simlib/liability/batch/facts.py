"""What decisions start from, on arrays: `simlib.liability.facts`, for many columns at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simlib import causation, chain
from simlib.interval import Interval
from simlib.liability.batch.arithmetic import ARRAYS, flags
from simlib.liability.batch.numbers import (
    Beyond,
    Fens,
    Floats,
    apportioned,
    less,
    reduced,
    total_of,
)
from simlib.liability.purse import OTHER_DEBTS, answering_with

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.interval import WeightRange
    from simlib.liability.batch.tile import Tile
    from simlib.liability.facts import Debtor

MOST = 2**51  # up to here a float64 holds every whole number, and half of it


@dataclass(frozen=True, slots=True)
class Claim:
    """Damages D, what was recovered, what is still owed; the victim's fault and his whole loss."""

    damages_fen: Fens
    recovered_fen: Fens
    open_fen: Fens
    own_fault: Floats
    loss_fen: Fens


class Facts:
    """The facts of a tile as forms read them: see `simlib.liability.numbers.Facts`."""

    numbers = ARRAYS

    def __init__(self, tile: Tile, claim: Claim) -> None:
        self.tile, self.claim = tile, claim
        self.rules = tile.setting.rules

    def of_case(self, field: str) -> Fens:
        """Return an amount the case states."""
        return self.tile.fact(field)

    def amount(self, party: Party, field: str) -> Fens:
        """Return an amount stated of a party."""
        return self.tile.of(party, field)

    def fraction(self, party: Party, field: str) -> Floats:
        """Return a fraction stated of a party."""
        return self.tile.of(party, field)

    def cause(self, debtor: Debtor) -> Floats:
        """Return a debtor's causal force."""
        return cause(self.tile, debtor)

    def gains(self, party: Party) -> Fens:
        """Return direct and indirect gains, apportioned to the claimant's money."""
        factor = self.tile.flow(chain.gain_factor, party)
        gains = self.tile.of(party, "gain_direct_fen") + self.tile.of(party, "gain_indirect_fen")
        return gains if factor is None else apportioned(gains, factor.numerator, factor.denominator)

    def lost_chance(self, party: Party) -> Fens:
        """Raise `Beyond`: a lost chance is a band, whatever the facts."""
        raise Beyond

    def proved(self, party: Party, element: str) -> Fens:
        """Return 1 where an element is proved to the standard; one not spoken of is."""
        if party.proof is None:
            return flags(self.tile.constant(1) > 0)
        standard = self.tile.setting.regime.value("proof.standard")
        return flags(self.tile.of(party, "proof", element) >= standard)


def claim(tile: Tile) -> Claim:
    """Compute damages, recovery and the open claim.

    1. the victim's own fault reduces the loss (1173), halves of a fen upwards
    2. completed returns and restitution are subtracted, never below 0
    With `deduction = restitution_first` the order is turned, and the recovery counts no further.
    """
    loss, recovered, own = tile.fact("loss_fen"), _recovered(tile), _own_fault(tile)
    if tile.setting.rules["deduction"] == "restitution_first":
        loss = np.maximum(0, loss - recovered)
        damages = less(loss, own)
        return Claim(damages, recovered, damages, own, loss)
    damages = less(loss, own)
    return Claim(damages, recovered, np.maximum(0, damages - recovered), own, loss)


def _own_fault(tile: Tile) -> np.ndarray:
    claimant = tile.setting.case.party(tile.setting.case.claimant)
    if claimant.fault is None or tile.setting.rules["victim_fault"] == "off":
        return tile.constant(0.0)
    return tile.of(claimant, "fault")


def _recovered(tile: Tile) -> np.ndarray:
    whole = tile.fact("recovered_fen")
    for payer in _payments(tile):
        whole = whole + payer[1]
    if whole.max() > MOST:
        raise Beyond
    return whole


def _payments(tile: Tile) -> list[tuple[str, np.ndarray]]:
    case = tile.setting.case
    back = [
        (r.payer, tile.fact("recoveries", n, "amount_fen")) for n, r in enumerate(case.recoveries)
    ]
    back += [
        (c.party, tile.fact("criminal", n, "restitution_paid_fen"))
        for n, c in enumerate(case.criminal)
    ]
    return back + [
        (r.party, tile.fact("reparations", n, "paid_fen"))
        for n, r in enumerate(case.reparations)
        if r.victim == case.claimant
    ]


def paid_before(tile: Tile) -> tuple[list[np.ndarray], np.ndarray]:
    """What each debtor is known to have paid already, and what nobody is known to have paid [fen].

    The latter counts as paid by the principals, by their shares.
    """
    setting, none = tile.setting, tile.constant(0)
    if setting.rules["deduction"] == "restitution_first":
        return [none] * len(setting.debtors), none
    before: dict[str, np.ndarray] = {}
    known = {p.id for p in setting.case.parties if p.role != "victim"}
    anonymous = tile.fact("recovered_fen")
    for payer, amount in _payments(tile):
        if payer in known:
            before[payer] = before.get(payer, 0) + amount
        else:
            anonymous = anonymous + amount
    return [
        sum((before[id] for id in {d.party.id, d.id} if id in before), none)
        for d in setting.debtors
    ], anonymous


def collectable(tile: Tile, debtor: Debtor, owed: Fens) -> Fens:
    """Return what can be collected of an amount a debtor owes here [fen]."""
    if debtor.assets is None:
        return owed
    if tile.setting.rules["after_restitution"] == OTHER_DEBTS:
        return np.minimum(owed, total_of(cleared(tile, debtor)))
    members = answering_with(debtor.party, debtor.payer)
    return np.minimum(owed, total_of([_part_of(tile, p, owed) for p in members]))


def cleared(tile: Tile, debtor: Debtor) -> list[Fens]:
    """Return what each person's assets leave once other victims' restitution is served [fen]."""
    members = answering_with(debtor.party, debtor.payer)
    purses = [(tile.of(p, "assets_fen"), open_to_others(tile, p)) for p in members]
    return [np.maximum(0, assets - beside) for assets, beside in purses]


def _part_of(tile: Tile, party: Party, owed: Fens) -> Fens:
    """Return what of one person's assets falls to this judgment beside others' restitution."""
    assets, whole = tile.of(party, "assets_fen"), owed + open_to_others(tile, party)
    if max(assets.max(), whole.max()) > MOST:
        raise Beyond
    return np.minimum(owed, reduced(assets, owed, np.maximum(1, whole)))


def open_to_others(tile: Tile, party: Party) -> Fens:
    """Return other victims' restitution that a party still owes [fen]."""
    case = tile.setting.case
    open_ = [
        tile.fact("criminal", n, "restitution_others_fen")
        for n, c in enumerate(case.criminal)
        if c.party == party.id
    ]
    open_ += [
        tile.fact("reparations", n, "ordered_fen") - tile.fact("reparations", n, "paid_fen")
        for n, r in enumerate(case.reparations)
        if r.party == party.id and r.victim != case.claimant
    ]
    return sum(open_, tile.constant(0))


def flow_cap(tile: Tile, debtor: Debtor, own_fault: np.ndarray) -> np.ndarray | None:
    """The most that a payment or account helper with an account in the file answers for [fen]."""
    if debtor.flow_cap is None:
        return None
    received = tile.flow(chain.came_through, debtor.party)
    return None if received is None else less(tile.constant(received), own_fault)


def cause(tile: Tile, debtor: Debtor) -> np.ndarray:
    """Return causal force, in [0, 1]."""
    force = causation.known_force(debtor.party, tile.of)
    return _known(tile, debtor.cause.value) if force is None else force


def blame(tile: Tile, debtor: Debtor) -> np.ndarray:
    """Return fault as a number in [0, 1]."""
    if debtor.party.fault is not None:
        return tile.of(debtor.party, "fault")
    return _known(tile, debtor.fault.value)


def _known(tile: Tile, value: WeightRange) -> Floats:
    if isinstance(value, Interval):  # the setting has no open facts, so this one does not count
        raise Beyond
    return tile.constant(float(value))
