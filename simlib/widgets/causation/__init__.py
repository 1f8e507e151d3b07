"""The lab of lesson 03: switch acts off in a drawn chain, ask the legal steps of each party."""

from simlib.widgets.causation.lab import CausationLab

__all__ = ["CausationLab"]
