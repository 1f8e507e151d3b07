"""The lab of lesson 08: which proof still exists on the day it is needed, and what it is worth."""

from simlib.widgets.evidence.lab import EvidenceLab, evidence_lab

__all__ = ["EvidenceLab", "evidence_lab"]
