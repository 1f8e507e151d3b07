"""The lab of lesson 04: one loss, several debtors, three layers."""

from simlib.widgets.liability.lab import LiabilityLab, liability_lab

__all__ = ["LiabilityLab", "liability_lab"]
