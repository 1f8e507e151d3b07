"""The twin: another case beside the lesson's, at the position of the same name."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.case import load_case
from simlib.figures.board import COURT
from simlib.figures.case import draw_board
from simlib.figures.row_premises import knew
from simlib.figures.table import board_table
from simlib.liability import COMPARED, compare
from simlib.text import words
from simlib.widgets.case import panes
from simlib.widgets.case.reasons import reason_in
from simlib.widgets.controls import Pane
from simlib.widgets.markup import paragraphs, table, tag

if TYPE_CHECKING:
    import ipywidgets

LAW = "auto"


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
        self.party = next(p.id for p in case.parties if p.role == "helper")
        rows = (COURT, *COMPARED)
        self.rows = draw_board(
            self.case, self.outcomes, self.party, self.lang, rows=rows, column="exposure"
        )
        self.title = f"{getattr(case.title, self.lang)}　{getattr(at.title, self.lang)}"
        self._show()

    def _asked(self, said: str) -> None:
        self.selected = said.split("|")
        self._show()
        self.reasons.revealed += 1

    def _show(self) -> None:
        said = {row.id: row.stamp or row.ghost for row in self.rows.rows}
        if not said.get(LAW) and knew(self.case, self.party):
            said[LAW] = words("case_lesson", "board.note.premised", self.lang)
        drawing = board_table(self.rows, self.lang)
        self.board.html = (
            paragraphs(self.title, class_="simlib-title")
            + table(drawing, said, "|".join(self.selected), self.lang)
            + panes.rulings(self.case, self.lang)
            + panes.sources(self.case, self.lang)
        )
        title, html = "", ""
        if self.selected:
            asked = (self.case, self.outcomes, self.party, self.selected, self.lang)
            title, html = reason_in(*asked)
        self.reasons.html = (tag("h4", escape(title)) if title else "") + html
