"""Liability in three layers that are never merged: exposure, internal share, collection."""

from simlib.liability.assets import Waterfall, waterfall
from simlib.liability.decide import COMPARED, compare, decide
from simlib.liability.forms import ALL_MODES as MODES
from simlib.liability.limitation import Clock, last_days
from simlib.liability.outcome import Claimed, Outcome, PartyOutcome
from simlib.liability.setting import Prepared

__all__ = [
    "COMPARED",
    "MODES",
    "Claimed",
    "Clock",
    "Outcome",
    "PartyOutcome",
    "Prepared",
    "Waterfall",
    "compare",
    "decide",
    "last_days",
    "waterfall",
]
