"""Labs, one a lesson; a notebook imports from here and nowhere else."""

from simlib.widgets.case import case_lab
from simlib.widgets.causation import causation_lab
from simlib.widgets.chain import chain_lab
from simlib.widgets.exercise import exercise_lab
from simlib.widgets.fault import fault_lab
from simlib.widgets.liability import liability_lab
from simlib.widgets.own import own_lab
from simlib.widgets.riskbenefit import riskbenefit_lab
from simlib.widgets.start import start_lab

__all__ = [
    "case_lab",
    "causation_lab",
    "chain_lab",
    "exercise_lab",
    "fault_lab",
    "liability_lab",
    "own_lab",
    "riskbenefit_lab",
    "start_lab",
]
