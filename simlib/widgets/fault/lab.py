"""The lab of lesson 02: the same evidence under two reviews and three burdens."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from simlib import fault
from simlib.case import load_case, shipped_cases
from simlib.fault import REVIEWS
from simlib.figures.fault import (
    draw_allocation,
    draw_checklist,
    draw_criminal,
    draw_ladder,
    draw_log,
    draw_readings,
)
from simlib.figures.fault.names import name_of, phrase
from simlib.figures.people import short_names
from simlib.law.regime import regime_for
from simlib.text import words
from simlib.widgets.controls import Form
from simlib.widgets.fault import forms, knobs, panes, reasons
from simlib.widgets.fault.found import Found
from simlib.widgets.frame import LAYOUT, Lab, box
from simlib.widgets.markup import table
from simlib.widgets.plot import PlotView
from simlib.widgets.state import asked_state

if TYPE_CHECKING:
    from ipywidgets import Widget

    from simlib.case.model import Case
    from simlib.figures.drawing import Drawing
    from simlib.widgets.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.state import Scene

FIRST = "hypo-knowledge"


class FaultLab(Lab):
    """Lesson 02's lab.

    Attributes
    ----------
    commit, play, why
        the parts: the reader's answer; evidence, ladder and tables; reasons
    """

    first = (FIRST,)

    def parts(self) -> dict[str, tuple[Widget, ...]]:
        """Where the lesson's parts stand between its prose."""
        self.about = self.pane()
        self.pick = Form(label=phrase("choose.table", self.lang), layout=LAYOUT)
        self.pick.spec = forms.table_spec(self.lang)
        self.pick.on_asked(self._chosen)
        self.line, self.more = PlotView(layout=LAYOUT), self.pane()
        self.more.on_say(self._asked)
        self.second = box("simlib-second", self.pick, self.more)
        self.second.add_class("simlib-words")  # tables of sentences, which break where they must
        main = box("simlib-main", self.chart, self.board, self.second)
        return {
            "play": (self.choose, self.notice, self.about, box("simlib-stage", self.form, main)),
            "why": (self.reasons,),
        }

    # ------------------------------------------------------------ what can be set

    def cases(self) -> list[str]:
        """The lesson's own case, then the others whose file says anything about a helper."""
        return [*self.first, *_others()]

    def helpers(self, case: Case) -> list[str]:
        """Those about whose fault the file says anything."""
        return knobs.concerned(case)

    def refuses(self, case: Case) -> str:
        """A case must say something about somebody's knowledge."""
        return "" if self.helpers(case) else words("lab", "own.no_evidence", self.lang)

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Each piece of evidence about the helper; the criminal case against him."""
        return knobs.knobs(self.state.base, party, self.lang)

    def folded(self) -> dict[str, str]:
        """What is not about fault, and the criminal case, lie behind; alone they lie open."""
        fitted = {knob.group for knob in self.knobs.values()}
        if "pieces" not in fitted:
            return {}
        return {g: title for g, title in knobs.folded(self.lang).items() if g in fitted}

    def choices(self, case: Case) -> tuple[list[dict], dict]:
        """Burden, reading of 足以反驳, and standard."""
        chosen = forms.chosen(self.state.chosen)
        return forms.choice_specs(self.lang), {k: chosen[k] for k in forms.SET}

    # ------------------------------------------------------------ what comes of it

    def decide(self, case: Case, scene: Scene) -> Mapping:
        """What six procedures find in the file as it stands."""
        chosen = forms.chosen(scene.chosen)
        in_file = knobs.in_file(case, scene.changes)
        return Found(in_file, scene.party, chosen["standard"], chosen["rebuttal"])

    def draw(self, view: View, kept: View | None) -> Drawing:
        """The ladder of grades."""
        found: Found = view.outcomes
        then = {n: f.grade for n, f in kept.outcomes.findings.items()} if kept else None
        return draw_ladder(
            found.findings,
            found.owed,
            forms.chosen(view.scene.chosen)["burden"],
            regime_for(found.case).auto,
            self.lang,
            self.state.committed.get("grade"),
            then,
        )

    def reason(self, view: View, selected: list) -> str:
        """The reasons for a grade, an amount, or a part of a finding."""
        return reasons.reason(view.outcomes, selected, self.lang)

    def can_ask(self, selected: list) -> bool:
        """A procedure, and a part of what it finds."""
        return reasons.can_ask(selected)

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Which burdens give the same grades as before, whatever the review."""
        old, new = before.outcomes.findings, now.outcomes.findings
        names = {b: [name_of(b, review) for review in REVIEWS] for b in fault.BURDENS}
        return {
            pair[-1]: phrase("still.same", self.lang)
            for pair in names.values()
            if old and all(old[n].grade == new[n].grade for n in pair)
        }

    def place(self) -> None:
        """The facts of the case and of the position."""
        self.about.html = panes.about(self.state.base(), self.state.position, self.lang)

    def show(self) -> None:
        """The table under the ladder, and the time line above it if it is the event log's."""
        chosen = forms.chosen(self.state.chosen)
        drawing = self._table(chosen["table"], chosen["burden"])
        if self._new("second", chosen["table"] == "log"):
            shown = (self.line,) if chosen["table"] == "log" else ()
            self.second.children = (self.pick, *shown, self.more)
        self.pick.values = {"table": chosen["table"]}
        if chosen["table"] == "log":
            with self.line.hold_sync():
                self.line.description = drawing.sentence
                self.line.figure = drawing.figure
        self.more.html = table(drawing, {}, "|".join(self.state.selected), self.lang)

    def _table(self, name: str, burden: str) -> Drawing:
        found: Found = self.now.outcomes
        pair = [found.findings[name_of(burden, review)] for review in REVIEWS]
        case, party, real = found.case, found.party, name_of(burden, REVIEWS[1])
        if name == "checklist":
            return draw_checklist(case, pair, self.lang)
        if name == "allocation":
            return draw_allocation(case, pair[1], self.lang)
        if name == "readings":
            return draw_readings(case, party, burden, self.lang)
        if name == "log":
            return draw_log(case, party, fault.verify(case, party), real, self.lang)
        return draw_criminal(pair[1], self.lang)

    # ------------------------------------------------------------ what the reader answers first

    def questions(self, case: Case) -> tuple[list[dict], dict]:
        """Which grade, which norm."""
        who = short_names(case, self.lang)[self.state.party]
        return forms.answer_spec(who, self.lang), forms.answer_values(self.state.committed)

    def read_answer(self, values: dict) -> dict:
        """The answer as the state keeps it."""
        return forms.read_answer(values)

    def is_answer(self, answer: dict) -> bool:
        """Nothing yet, opened by a teacher, or a whole answer."""
        return forms.is_answer(answer)

    def comment(self, case: Case, answer: dict) -> str:
        """The answer next to what six procedures give."""
        return panes.comment(case, self.state.party, answer, self.lang)


@cache
def _others() -> tuple[str, ...]:
    return tuple(
        name
        for name in shipped_cases()
        if name != FIRST and knobs.concerned(load_case(name)) and load_case(name).evidence
    )


def fault_lab(lang: str = "zh") -> FaultLab:
    """The lab of lesson 02, in the state that the page's address asks for."""
    return FaultLab(lang, link=asked_state())
