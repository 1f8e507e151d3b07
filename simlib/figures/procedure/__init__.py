"""The drawings of lesson 07: its board, two tracks over time, tables of steps, limits, chances."""

from simlib.figures.procedure.told import Told

__all__ = ["Told"]
