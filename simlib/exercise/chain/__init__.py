"""Exercises of lesson 06: whose money passed a card, a pool too small for all, what a rule is."""

from simlib.exercise.chain.pooled import later, pool
from simlib.exercise.chain.rules import authority, follow, stamp

TEMPLATES = {"follow": follow, "stamp": stamp, "pool": pool, "later": later, "authority": authority}

__all__ = ["TEMPLATES"]
