"""Whether the proof still exists on the day it is needed, and what that does to the money.

`trail` follows every piece of a case from the day it came into being to the trial and the money;
`pieces` and `clock` say what there is and how long it is kept, `survival` gives the chance that a
piece can still be had when the court asks for it on a day.
"""

from simlib.evidence.clock import Clock, clock
from simlib.evidence.keep import Kept
from simlib.evidence.levers import Levers, levers_of
from simlib.evidence.piece import Kind, Piece, kinds, pieces
from simlib.evidence.request import PLACES, POLICE, Manner, Stage
from simlib.evidence.survival import REPLIES, Delay, delay_of, survival
from simlib.evidence.trail import Outcome, Received, Trail, trail

__all__ = [
    "PLACES",
    "POLICE",
    "REPLIES",
    "Clock",
    "Delay",
    "Kept",
    "Kind",
    "Levers",
    "Manner",
    "Outcome",
    "Piece",
    "Received",
    "Stage",
    "Trail",
    "clock",
    "delay_of",
    "kinds",
    "levers_of",
    "pieces",
    "survival",
    "trail",
]
