"""The lab of lesson 03: switch acts off, see whether the loss still happens, ask the law why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simlib.lessons.causation.knobs import askable
from simlib.lessons.causation.names import lesson
from simlib.lessons.causation.outcomes import Chain, sentence
from simlib.lessons.causation.tables import draw_chance, draw_indices
from simlib.widgets.causation import panes, reasons
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.markup import paragraphs, table
from simlib.widgets.plot import PlotView
from simlib.widgets.stage.declared import DeclaredLab

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.figures.drawing import Drawing
    from simlib.lessons.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.stage import StageScene


class CausationLab(DeclaredLab):
    """Lesson 03's lab.

    Attributes
    ----------
    views
        the module below the stage: legal steps, four indices, lost chance, two experts, force
    """

    topic = "causation"

    # ------------------------------------------------------------ the stage

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """A switch for every act; promises; the causal force of the party asked about below."""
        people, asked = askable(case), self.state.chosen.get("who")
        return super().fit_knobs(case, asked if asked in people else people[0])

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """The chain, what is asked of each party, and the money that came to him."""
        board = super().board(view, kept, scene, before)
        if not board.kept or kept is None:
            return board
        shown = self.declared.scene(scene.id)
        said = sentence(chain_of(view), shown, self.phrases, chain_of(kept))
        return replace(board, sentence=said)

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The reasons for the loss, a step, an index or the money."""
        return reasons.reason(chain_of(view), selected, self.lang)

    def can_ask(self, selected: list[str]) -> bool:
        """The loss, or a party and a step or an index of his."""
        return reasons.can_ask(selected)

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """One of five views at a time, of the chain as it is set up."""
        self.pick = Form(label=self.say("choose.view"), layout=LAYOUT)
        self.pick.on_asked(self._pick)
        self.pick.on_seen(self.show)
        self.chart, self.table = PlotView(layout=LAYOUT), Pane(layout=LAYOUT)
        self.table.on_say(self._asked)
        self.views = box("simlib-lab", self.pick, self.chart, self.table)

    def show_below(self, held: Mapping[str, Any]) -> None:
        """The view chosen, of the party chosen."""
        html, drawing = self._under(chain_of(self.now), held["view"], held["who"])
        if self._new("views", drawing is not None):
            charts = [self.chart] if drawing else []
            self.views.children = (self.pick, *charts, self.table)
        if drawing:
            figure: dict[str, Any] = drawing.figure
            with self.chart.hold_sync():
                self.chart.description, self.chart.figure = drawing.sentence, figure
        self.table.html = html

    def _under(self, found: Chain, view: str, who: str) -> tuple[str, Drawing | None]:
        """HTML of a view, and its chart if it has one."""
        selected = "|".join(self.state.selected)
        if view == "indices":
            drawing = draw_indices(found.case, found.indices, self.lang)
            return table(drawing, {}, selected, self.lang), drawing
        if view == "chance":
            lost = found.chance(who)
            drawing = draw_chance(found.case, lost, self.lang)
            html = table(drawing, {}, selected, self.lang) + panes.chance(lost, self.lang)
            if found.off:
                html += paragraphs(lesson("chance.of_file", self.lang), class_="simlib-hint")
            return html, drawing if drawing.figure["data"] else None
        if view == "hearing":
            return panes.hearing(self.lang), None
        shown = panes.force if view == "force" else panes.steps
        return shown(found, who, self.lang), None

    def _pick(self, wishes: dict[str, Any]) -> None:
        super()._pick(wishes)
        if "who" in wishes:
            self._fit()  # the knobs of causal force are those of the party asked about
            self._fill()


def chain_of(view: View) -> Chain:
    """What the chain says of a view."""
    found: Chain = view.outcomes  # type: ignore[assignment]
    return found
