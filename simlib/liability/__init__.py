"""Liability in three layers that are never merged: exposure, internal share, collection."""

from simlib.liability.decide import ALL_MODES as MODES
from simlib.liability.decide import COMPARED, compare, decide
from simlib.liability.outcome import Claimed, Outcome, PartyOutcome

__all__ = ["COMPARED", "MODES", "Claimed", "Outcome", "PartyOutcome", "compare", "decide"]
