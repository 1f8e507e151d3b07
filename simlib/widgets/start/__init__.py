"""The lab of lesson 00: what is in dispute, which case to take, and how a lab works."""

from simlib.widgets.start.lab import StartLab

__all__ = ["StartLab"]
