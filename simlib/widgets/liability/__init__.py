"""The lab of lesson 04: one loss, several debtors, three layers."""

from simlib.widgets.liability.lab import LiabilityLab

__all__ = ["LiabilityLab"]
