"""Labs, one a lesson; a notebook imports from here and nowhere else."""

from simlib.widgets.case import case_lab

__all__ = ["case_lab"]
