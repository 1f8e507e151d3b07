"""Which lessons open, and the address that opens one with a case."""

from __future__ import annotations

from functools import cache

from simlib.case import load_case
from simlib.lessons import topics
from simlib.resources import shelf
from simlib.widgets import lab_of
from simlib.widgets.state import LabState, Scene, fields_of
from simlib.widgets.state_change import Steps


def open_lessons(lang: str) -> dict[str, str]:
    """Topic → file of each lesson of the course in a language, in the order of the course.

    A lesson's file is called `NN-topic.ipynb` and stands beside the one that links to it.
    """
    found = sorted((shelf("course") / lang).glob("[0-9][0-9]-*.ipynb"))
    return {path.stem.partition("-")[2]: path.name for path in found}


def links_of(case_id: str, lang: str) -> list[tuple[str, str]]:
    """(number, address) of each other lesson whose lab offers a shipped case."""
    return [
        (file[:2], f"{file}?s={case_text(topic, case_id)}")
        for topic, file in open_lessons(lang).items()
        if topic != "start" and case_id in cases_of(topic)
    ]


@cache
def cases_of(topic: str) -> tuple[str, ...]:
    """The cases that a lesson's lab offers; none if the lesson has no lab with cases."""
    lab = _untouched(topic)
    return tuple(lab.cases()) if lab else ()


@cache
def case_text(topic: str, case_id: str) -> str:
    """The state of a lesson's lab in which a case has just been chosen, as a link carries it."""
    case = load_case(case_id)
    position = next((p.id for p in case.positions), "")
    shown = case.at(position) if position else case
    lab = _untouched(topic)
    helpers = lab.helpers(shown) if lab else ()
    state = LabState()
    state.put(fields_of(Scene(case_id, position, party=next(iter(helpers), ""))))
    return state.to_text()


def _untouched(topic: str) -> Steps | None:
    """A lab without widgets, that can only be asked what it offers."""
    if topic not in topics():
        return None
    found = lab_of(topic)
    return found.__new__(found)
