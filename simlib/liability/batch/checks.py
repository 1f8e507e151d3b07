"""What must hold between the facts of a case, looked for in all columns of a pattern at once.

A column that may break a rule goes to `case.set`, which decides, and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from simlib.case.checks import SLACK

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability.batch.block import Tile

ROUNDING = 1e-12  # far more than a sum of 64 shares can be off


def check(case: Case, tile: Tile) -> None:
    """Let `case.set` refuse the first column it has to.

    Raises
    ------
    CaseError
        if the facts of a column are not a case
    """
    for suspect in _suspects(tile):
        if not suspect.any():
            continue
        for index in np.argwhere(suspect):
            case.set(tile.column(tuple(index.tolist())))


def _suspects(tile: Tile) -> Iterator[np.ndarray]:
    case, loss = tile.setting.case, tile.fact("loss_fen")
    yield tile.fact("recovered_fen") > loss
    yield tile.fact("loss_noneconomic_fen") > loss
    shares = []
    for party in case.parties:
        for name in ("enlarged_fen", "after_knowledge_fen"):
            if getattr(party, name) is not None:
                yield tile.of(party, name) > loss
        if party.role == "victim" and party.fault is not None:
            yield tile.of(party, "fault") == 1
        if party.share is not None:
            shares.append(tile.of(party, "share"))
    if shares:
        yield np.abs(sum(shares) - 1) > float(SLACK) - ROUNDING
