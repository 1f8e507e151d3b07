"""simlib: fraud chains and the civil liability of those who help them, under Chinese law.

Teaching material, not legal advice. The names below are the front door; importing this module
reads no file, draws nothing and loads neither pydantic nor any notebook library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.case.load import load_case
    from simlib.case.model import Case
    from simlib.errors import SimlibError
    from simlib.law.regime import regime
    from simlib.liability import Outcome, compare
    from simlib.liability.decide import decide, sweep
    from simlib.money import split
    from simlib.riskbenefit import assess
    from simlib.trace import Trace

__version__ = "0.1.0"

__all__ = [
    "Case",
    "Outcome",
    "SimlibError",
    "Trace",
    "assess",
    "compare",
    "decide",
    "load_case",
    "regime",
    "split",
    "sweep",
]

_ROOMS = {
    "Case": "simlib.case.model",
    "Outcome": "simlib.liability",
    "SimlibError": "simlib.errors",
    "Trace": "simlib.trace",
    "assess": "simlib.riskbenefit",
    "compare": "simlib.liability",
    "decide": "simlib.liability.decide",
    "load_case": "simlib.case.load",
    "regime": "simlib.law.regime",
    "split": "simlib.money",
    "sweep": "simlib.liability.decide",
}


_MODULES = (
    "case",
    "causation",
    "chain",
    "exercise",
    "explain",
    "fault",
    "law",
    "liability",
    "money",
    "procedure",
    "restitution",
    "riskbenefit",
    "text",
    "uncertainty",
)


def __getattr__(name: str) -> object:
    """Open the room behind a name when it is first asked for, and keep it."""
    if name in _MODULES:
        return import_module(f"simlib.{name}")
    if name not in _ROOMS:
        raise AttributeError(f"module 'simlib' has no attribute {name!r}")
    value = getattr(import_module(_ROOMS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
