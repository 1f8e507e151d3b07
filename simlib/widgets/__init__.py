"""Labs, one a lesson; a notebook imports from here and nowhere else.

A lab is loaded when it is asked for: a lesson has one, and pays for no other.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from simlib.lessons import topics

if TYPE_CHECKING:
    from collections.abc import Callable

    from simlib.widgets.deposit import deposit_lab
    from simlib.widgets.exercise import exercise_lab
    from simlib.widgets.own import own_lab
    from simlib.widgets.stage import StageLab

    case_lab: Callable[..., StageLab]
    causation_lab: Callable[..., StageLab]
    chain_lab: Callable[..., StageLab]
    evidence_lab: Callable[..., StageLab]
    fault_lab: Callable[..., StageLab]
    liability_lab: Callable[..., StageLab]
    procedure_lab: Callable[..., StageLab]
    riskbenefit_lab: Callable[..., StageLab]
    start_lab: Callable[..., StageLab]

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


def lab_of(topic: str) -> type[StageLab]:
    """Return the lab of a lesson: its own, or the one that its declaration makes.

    Raises
    ------
    KeyError
        if there is no such lesson
    """
    if topic not in topics():
        raise KeyError(topic)
    room = find_spec(f"{__name__}.{topic}")
    if room is None or room.origin is None:  # an update may leave a folder without modules behind
        made: type[StageLab] = import_module(f"{__name__}.stage.declared").lab_class(topic)
        return made
    own: dict[str, type[StageLab]] = vars(import_module(f"{__name__}.{topic}"))
    return next(each for name, each in own.items() if name.endswith("Lab"))


@cache
def _opened(topic: str) -> Callable[[str], StageLab]:
    """Return what makes the lab of a lesson, in the state that the page's address asks for."""

    kind = lab_of(topic)
    asked_state = import_module(f"{__name__}.state").asked_state

    def lab(lang: str = "zh") -> StageLab:
        return kind(lang, link=asked_state())

    lab.__name__ = f"{topic}_lab"
    return lab


def __getattr__(name: str) -> object:
    """A lab, from the module of its topic, or from its declaration."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    topic = name.removesuffix("_lab")
    if topic in topics():
        return _opened(topic)
    return getattr(import_module(f"{__name__}.{topic}"), name)
