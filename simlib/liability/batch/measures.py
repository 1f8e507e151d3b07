"""What a form measures, on arrays: `simlib.liability.measures`, for many columns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simlib import chain
from simlib.liability.batch import facts
from simlib.liability.batch.numbers import Beyond, apportioned, less, times
from simlib.liability.forms import GUARDIAN
from simlib.liability.measures import ELEMENTS

if TYPE_CHECKING:
    from simlib.liability.batch.facts import Claim
    from simlib.liability.batch.tile import Tile
    from simlib.liability.facts import Debtor
    from simlib.liability.forms import Form


def measure(tile: Tile, form: Form, debtor: Debtor, claim: Claim) -> np.ndarray | None:
    """A limit, gains or an enlarged part [fen], or whether all is proved; None for other forms."""
    if form.measure in ("limit", "limited_rest"):
        of = debtor.payer if form is GUARDIAN else debtor.party
        return times(claim.damages, tile.of(of, "limit"))
    if form.measure == "gain":
        return _gain(tile, debtor, claim)
    if form.measure == "proof":
        return _proved(tile, debtor)
    if form.measure == "chance":
        raise Beyond  # a band, whatever the facts
    if form.measure == "enlarged":
        return less(tile.of(debtor.party, "enlarged_fen"), claim.own_fault)
    return None


def _gain(tile: Tile, debtor: Debtor, claim: Claim) -> np.ndarray:
    party, factor = debtor.party, tile.flow(chain.gain_factor, debtor.party)
    gains = tile.of(party, "gain_direct_fen") + tile.of(party, "gain_indirect_fen")
    if factor is not None:
        gains = apportioned(gains, factor.numerator, factor.denominator)
    own = np.minimum(claim.damages, gains)
    if tile.setting.rules["benefit"] == "own":
        return own
    return np.maximum(own, times(claim.damages, facts.cause(tile, debtor)))


def _proved(tile: Tile, debtor: Debtor) -> np.ndarray:
    standard = tile.setting.regime.value("proof.standard")
    proved = tile.constant(True)
    if debtor.party.proof is not None:
        for element in ELEMENTS:
            proved = proved & (tile.of(debtor.party, "proof", element) >= standard)
    return proved
