"""What a lesson gives its lab: its cases, knobs, engine, drawing, reasons and questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.case import shipped_cases
from simlib.figures.names_of_people import helpers_of
from simlib.lessons.outcome import lacks
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.lessons.knob import Knob
    from simlib.lessons.outcome import Solved
    from simlib.widgets.state import LabState, Scene


@dataclass(frozen=True, slots=True)
class View:
    """A scene with what the engine says of it.

    Attributes
    ----------
    scene, case
        what is set up, and the case that follows from it
    outcomes
        name → outcome, whatever the lesson compares
    """

    scene: Scene
    case: Case
    outcomes: Solved


class Basis:
    """What every lesson gives its lab.

    Attributes
    ----------
    first
        the lesson's own cases, offered before the others
    topic
        its room
    lang, state
        the reader's language, and everything he chose
    """

    first: tuple[str, ...] = ()
    topic: str
    lang: str
    state: LabState

    def cases(self) -> list[str]:
        """The cases that can be opened; the first opens the lesson."""
        return [*self.first, *(n for n in shipped_cases() if n not in self.first)]

    def helpers(self, case: Case) -> list[str]:
        """Whose facts the knobs may move, one at a time; empty: the knobs speak for all."""
        return helpers_of(case)

    def refuses(self, case: Case) -> str:
        """Why the lab cannot show a reader's own case, in a sentence; empty: it can."""
        key = lacks(self.topic, case)
        return words("lab", f"own.{key}", self.lang) if key else ""

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """The knobs for this case and party, in the order of the page."""
        raise NotImplementedError

    def decide(self, case: Case, scene: Scene) -> Solved:
        """Name → outcome; a SimlibError says what is refused, and the change is taken back."""
        raise NotImplementedError

    def can_ask(self, selected: list[str]) -> bool:
        """Whether a link may ask about `[row, key, party]`."""
        raise NotImplementedError

    def named(self, view: View) -> str:
        """What else tells a scene kept as A apart from others of its case, in words; or nothing."""
        return ""

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Row → words that say why it did not move when `knob` did."""
        return {}

    def is_answer(self, answer: dict[str, object]) -> bool:
        """Whether a reader can have answered this; asked of a link."""
        return answer in ({}, {"opened": True})

    def is_staged(self, stage: str, tasks: dict[str, object]) -> bool:
        """Whether a page can have left this scene and these tasks; asked of a link."""
        return not stage and not tasks
