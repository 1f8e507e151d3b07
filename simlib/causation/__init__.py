"""Causation: how much a party's act did to the loss, stated (force) or derived from a game."""

from __future__ import annotations

from simlib.causation.force import UNKNOWN, causal_force

__all__ = ["UNKNOWN", "causal_force"]
