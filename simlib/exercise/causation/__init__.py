"""Lesson 03's exercises: links between acts and loss, shares from a game, money on its way."""

from simlib.exercise.causation.links import links
from simlib.exercise.causation.money import flow, tiers
from simlib.exercise.causation.shares import chain, orders

TEMPLATES = {"links": links, "orders": orders, "chain": chain, "flow": flow, "tiers": tiers}
