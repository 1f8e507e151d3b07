"""Charts of lesson 05: the path from facts to a share, what moves it, and where courts stand."""

from simlib.figures.riskbenefit.courts import Place, draw_courts
from simlib.figures.riskbenefit.path import draw_path
from simlib.figures.riskbenefit.plane import draw_plane
from simlib.figures.riskbenefit.tornado import draw_tornado
from simlib.figures.riskbenefit.ways import draw_ways

__all__ = ["Place", "draw_courts", "draw_path", "draw_plane", "draw_tornado", "draw_ways"]
