"""The lab of lesson 01: one case under every form of liability, side by side."""

from simlib.widgets.case.lab import CaseLab

__all__ = ["CaseLab"]
