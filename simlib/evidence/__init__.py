"""Whether the proof still exists on the day it is needed, and what that does to the money.

`survival` gives the chance that a piece can still be had when the court asks for it on a day.
"""

from simlib.evidence.survival import REPLIES, Delay, survival

__all__ = ["REPLIES", "Delay", "survival"]
