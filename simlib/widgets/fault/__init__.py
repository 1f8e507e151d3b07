"""The lab of lesson 02: one file of evidence, two reviews, three burdens."""

from simlib.widgets.fault.lab import FaultLab

__all__ = ["FaultLab"]
