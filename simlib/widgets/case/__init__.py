"""The lab of lesson 01: one case under every mode, side by side."""

from simlib.widgets.case.lab import CaseLab, case_lab

__all__ = ["CaseLab", "case_lab"]
