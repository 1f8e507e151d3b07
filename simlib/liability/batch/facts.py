"""The facts of a tile as rules read them: `simlib.liability.ends`, for many columns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from simlib import chain
from simlib.interval import Interval
from simlib.liability.batch.arithmetic import ARRAYS, MOST, Arrays, Beyond, Fens, Floats, flags
from simlib.liability.facts import flow_cap, reckoned
from simlib.liability.purse import means_of

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.interval import WeightRange
    from simlib.liability.batch.block import Tile
    from simlib.liability.facts import Debtor
    from simlib.liability.purse import Means


class Facts:
    """See `simlib.liability.numbers.Facts`."""

    numbers: ClassVar[Arrays] = ARRAYS

    def __init__(self, tile: Tile) -> None:
        self.tile, self.rules = tile, tile.rules
        self.claim = reckoned(tile)
        if self.claim.recovered_fen.max() > MOST:
            raise Beyond
        self._means: dict[str, Means[Fens] | None] = {}
        self._flow_caps: dict[str, Fens | None] = {}

    def constant(self, number: int) -> Fens:
        """Return a number that is the same in every column."""
        return self.tile.constant(number)

    def means(self, debtor: Debtor) -> Means[Fens] | None:
        """Return what of his property the claim can reach."""
        if debtor.id not in self._means:
            self._means[debtor.id] = means_of(self.tile, debtor.party, debtor.payer)
        return self._means[debtor.id]

    def flow_cap(self, debtor: Debtor) -> Fens | None:
        """Return the most that what came into his accounts lets him answer for."""
        if debtor.flow_cap is None:  # nor anywhere in this tile
            return None
        if debtor.id not in self._flow_caps:
            cap = flow_cap(self.tile, debtor.party, self.claim.own_fault)
            self._flow_caps[debtor.id] = cap
        return self._flow_caps[debtor.id]

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
        return gains if factor is None else self.numbers.apportioned(gains, factor)

    def lost_chance(self, party: Party) -> Fens:
        """Raise `Beyond`: a lost chance is a band, whatever the facts."""
        raise Beyond

    def proved(self, party: Party, element: str) -> Fens:
        """Return 1 where an element is proved to the standard; one not spoken of is."""
        if party.proof is None:
            return flags(self.tile.constant(1) > 0)
        standard = self.tile.setting.regime.value("proof.standard")
        return flags(self.tile.of(party, "proof", element) >= standard)


def cause(tile: Tile, debtor: Debtor) -> np.ndarray:
    """Return causal force, in [0, 1]: stated, or the geometric mean of the pair."""
    party = debtor.party
    if party.causal_force is not None:
        return tile.of(party, "causal_force")
    if party.indispensability is not None and party.push is not None:
        return np.sqrt(tile.of(party, "indispensability") * tile.of(party, "push"))
    return _known(tile, debtor.cause.value)


def blame(tile: Tile, debtor: Debtor) -> np.ndarray:
    """Return fault as a number in [0, 1]."""
    if debtor.party.fault is not None:
        return tile.of(debtor.party, "fault")
    return _known(tile, debtor.fault.value)


def _known(tile: Tile, value: WeightRange) -> Floats:
    if isinstance(value, Interval):  # the setting has no open facts, so this one does not count
        raise Beyond
    return tile.constant(float(value))
