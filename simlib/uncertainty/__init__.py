"""What decides: tornado, decision map, and the smallest change that turns a result.

Every number comes from the engine, by `decide` or many decisions at once; there is no formula
here. Where facts are unknown, results are asked for at both ends.
"""

from simlib.uncertainty.decision_map import Axis, Contour, Flip, Map, decision_map, flips
from simlib.uncertainty.question import Lever
from simlib.uncertainty.smallest_change import Change, Needed, needed
from simlib.uncertainty.target import (
    Target,
    above,
    at_least,
    at_most,
    below,
    mode_is,
    proved,
    uncapped,
)
from simlib.uncertainty.tornado import Bar, tornado

__all__ = [
    "Axis",
    "Bar",
    "Change",
    "Contour",
    "Flip",
    "Lever",
    "Map",
    "Needed",
    "Target",
    "above",
    "at_least",
    "at_most",
    "below",
    "decision_map",
    "flips",
    "mode_is",
    "needed",
    "proved",
    "tornado",
    "uncapped",
]
