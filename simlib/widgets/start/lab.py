"""The lab of lesson 00: sorting, counting, the map, the cases, and the tools of every lab."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.figures.case import draw_modes
from simlib.figures.start import draw_sorted, draw_split
from simlib.liability import compare
from simlib.text import words
from simlib.widgets.case.knobs import knobs
from simlib.widgets.case.scenes import FIRST, TWIN
from simlib.widgets.controls import Form
from simlib.widgets.frame import LAYOUT, Lab, box
from simlib.widgets.markup import table
from simlib.widgets.plot import PlotView
from simlib.widgets.start import forms, panes
from simlib.widgets.state import asked_state
from simlib.widgets.why import why

if TYPE_CHECKING:
    from ipywidgets import Widget

    from simlib.case.model import Case
    from simlib.figures.drawing import Drawing
    from simlib.widgets.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.state import Scene

MODES = ("auto", "several", "partial_joint", "risk_benefit")
KNOBS = ("grade", "gain", "limit")


class StartLab(Lab):
    """Lesson 00's lab.

    Attributes
    ----------
    commit, sort, map, tools
        the parts: the reader's answer; endings sorted, and what a count tells; what is in dispute,
        and which case to take; a small lab to try the tools on, with its reasons
    """

    first = (FIRST, TWIN)

    def parts(self) -> dict[str, tuple[Widget, ...]]:
        """Where the lesson's parts stand between its prose; few, since each weighs at opening."""
        return {
            "sort": (self._sorting(), *self._counting()),
            "map": (*self._mapping(), self._shelf()),
            "tools": self._trying(),
        }

    def _sorting(self) -> Widget:
        self.sorting = Form(label=words(forms.TOPIC, "sort.form", self.lang), layout=LAYOUT)
        self.sorting.on_asked(self._sorted)
        self.grid, self.grid_law = self.pane(live=True), self.pane(live=True)
        self.grid.on_say(lambda said: self._opened(said, self.grid_law))
        return box("simlib-stage", self.sorting, box("simlib-main", self.grid, self.grid_law))

    def _counting(self) -> tuple[Widget, ...]:
        drawing = draw_split(panes.DISMISSED, panes.ALL, self.lang)
        curve = PlotView(figure=drawing.figure, description=drawing.sentence, layout=LAYOUT)
        below = panes.split_table(self.lang) + panes.other(self.lang)
        return self.pane(panes.count(self.lang)), curve, self.pane(below)

    def _mapping(self) -> tuple[Widget, ...]:
        self.boxes, self.box_law = self.pane(), self.pane(live=True)
        self.boxes.on_say(lambda said: self._opened(said, self.box_law))
        return self.boxes, self.box_law

    def _shelf(self) -> Widget:
        self.shelf = self.pane()
        self.shelf.on_say(lambda case_id: self._chosen({"case": case_id}))
        return self.shelf

    def _trying(self) -> tuple[Widget, ...]:
        self.how = self.pane()
        return self.how, self.choose, self.notice, self.stage(), self.reasons

    # ------------------------------------------------------------ what can be set

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Three of lesson 01's: one found, one not found, one for the judge."""
        return [knob for knob in knobs(case, party, self.lang) if knob.id in KNOBS]

    # ------------------------------------------------------------ what comes of it

    def decide(self, case: Case, scene: Scene) -> Mapping:
        """Four of lesson 01's forms."""
        forms.chosen(scene.chosen)
        return compare(case, MODES)

    def draw(self, view: View, kept: View | None) -> Drawing:
        """Lesson 01's bars."""
        then = {m: o.received_fen for m, o in kept.outcomes.items()} if kept else None
        return draw_modes(view.case, view.outcomes, view.scene.party, self.lang, then)

    def reason(self, view: View, selected: list) -> str:
        """The reasons for one number of the small lab."""
        asked = selected if selected and selected[0] in MODES else []
        return why(view.case, view.outcomes, asked, self.lang)

    def can_ask(self, selected: list) -> bool:
        """A number of the small lab, a box of the map, or a cell that was sorted."""
        if len(selected) != 3:
            return False
        known = {"map": panes.BOXES, "sort": panes.CELLS}
        return selected[0] in MODES or selected[1] in known.get(selected[0], ())

    def place(self) -> None:
        """The cases, with the ways to open the one that is chosen."""
        self.shelf.html = panes.shelf(self.state.case_id, self.lang)

    def show(self) -> None:
        """The sorting, the map, and the words on how a lab works."""
        held, selected = forms.chosen(self.state.chosen), self.state.selected
        if self._new("sorting", held["which"]):
            self.sorting.spec = forms.sort_spec(held["which"], self.lang)
        self.sorting.values = forms.sort_values(held)
        asked = "|".join(selected)
        self.grid.html = table(draw_sorted(held["sort"], self.lang), {}, asked, self.lang)
        self.grid_law.html = panes.sorted_law(selected, self.lang)
        self.boxes.html = panes.map_of(asked, self.lang)
        self.box_law.html = panes.box(selected, self.lang)
        self.how.html = panes.how(self.now, self.lang)

    # ------------------------------------------------------------ what the reader does

    def _sorted(self, wishes: dict) -> None:
        held = forms.chosen(self.state.chosen)
        self._change({"chosen": forms.after(held, wishes)})

    def _opened(self, said: str, pane: Widget) -> None:
        """Another box or cell: what it says stands below it, not in the reasons."""
        self.state.selected = said.split("|")
        self._refresh()
        pane.revealed += 1

    # ------------------------------------------------------------ what the reader answers first

    def questions(self, case: Case) -> tuple[list[dict], dict]:
        """What "dismissed" says, what registration shows."""
        return forms.answer_spec(self.lang), forms.answer_values(self.state.committed)

    def read_answer(self, values: dict) -> dict:
        """The answer as the state keeps it."""
        return {name: values[name] for name in forms.KEY}

    def is_answer(self, answer: dict) -> bool:
        """Nothing yet, opened by a teacher, or a whole answer."""
        return forms.is_answer(answer)

    def comment(self, case: Case, answer: dict) -> str:
        """The answer next to what the words say, and what the law says."""
        return panes.comment(answer, self.lang)


def start_lab(lang: str = "zh") -> StartLab:
    """The lab of lesson 00, in the state that the page's address asks for."""
    return StartLab(lang, link=asked_state())
