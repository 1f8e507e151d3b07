"""Lesson 04's charts: three layers, recourse, every mode, and where modes come apart."""

from simlib.figures.liability.layers import draw_layers
from simlib.figures.liability.modes import draw_every_mode
from simlib.figures.liability.parting import AT, Curve, draw_parting
from simlib.figures.liability.recourse import draw_recourse

__all__ = ["AT", "Curve", "draw_every_mode", "draw_layers", "draw_parting", "draw_recourse"]
