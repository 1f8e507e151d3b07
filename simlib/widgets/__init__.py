"""Labs, one a lesson; a notebook imports from here and nowhere else.

A lab is loaded when it is asked for: a lesson has one, and pays for no other.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.widgets.case import case_lab
    from simlib.widgets.causation import causation_lab
    from simlib.widgets.chain import chain_lab
    from simlib.widgets.deposit import deposit_lab
    from simlib.widgets.evidence import evidence_lab
    from simlib.widgets.exercise import exercise_lab
    from simlib.widgets.fault import fault_lab
    from simlib.widgets.liability import liability_lab
    from simlib.widgets.own import own_lab
    from simlib.widgets.procedure import procedure_lab
    from simlib.widgets.riskbenefit import riskbenefit_lab
    from simlib.widgets.start import start_lab

__all__ = [
    "case_lab",
    "causation_lab",
    "chain_lab",
    "deposit_lab",
    "evidence_lab",
    "exercise_lab",
    "fault_lab",
    "liability_lab",
    "own_lab",
    "procedure_lab",
    "riskbenefit_lab",
    "start_lab",
]


def __getattr__(name: str) -> object:
    """A lab, from the module of its topic."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{name.removesuffix('_lab')}"), name)
