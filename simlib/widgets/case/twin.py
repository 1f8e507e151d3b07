"""The twin: another case beside the lesson's, at the position of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.case import load_case
from simlib.figures.case import draw_modes
from simlib.liability import COMPARED, compare
from simlib.widgets.case import panes
from simlib.widgets.controls import Pane
from simlib.widgets.markup import paragraphs, table
from simlib.widgets.why import why

if TYPE_CHECKING:
    import ipywidgets


class Twin:
    """Its table, and the reasons for whatever number in it is clicked.

    Attributes
    ----------
    parts
        the widgets, from top to bottom
    """

    def __init__(self, lang: str, layout: ipywidgets.Layout) -> None:
        self.lang = lang
        self.selected: list[str] = []
        self.board = Pane(layout=layout)
        self.reasons = Pane(live=True, layout=layout)
        self.parts = (self.board, self.reasons)
        self.board.on_say(self._asked)

    def draw(self, name: str, position: str) -> None:
        """Show a shipped case, at `position` if it has one of that name, else at its first."""
        case = load_case(name)
        at = next((p for p in case.positions if p.id == position), case.positions[0])
        self.case, self.selected = case.at(at.id), []
        self.outcomes = compare(self.case, COMPARED)
        party = next(p.id for p in case.parties if p.role == "helper")
        self.drawing = draw_modes(self.case, self.outcomes, party, self.lang)
        self.title = f"{getattr(case.title, self.lang)}　{getattr(at.title, self.lang)}"
        self._show()

    def _asked(self, said: str) -> None:
        self.selected = said.split("|")
        self._show()
        self.reasons.revealed += 1

    def _show(self) -> None:
        self.board.html = (
            paragraphs(self.title, class_="simlib-title")
            + table(self.drawing, {}, "|".join(self.selected), self.lang)
            + panes.rulings(self.case, self.lang)
            + panes.sources(self.case, self.lang)
        )
        chosen = self.selected
        self.reasons.html = why(self.case, self.outcomes, chosen, self.lang) if chosen else ""
