"""The lab of lesson 03: switch acts off, see whether the loss still happens, ask the law why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.causation import graph, legal_steps
from simlib.figures.causation import draw_chain, draw_chance, draw_indices
from simlib.figures.causation.names import phrase
from simlib.widgets.causation import forms, knobs, panes, reasons
from simlib.widgets.causation.linked import Linked
from simlib.widgets.controls import Form
from simlib.widgets.frame import LAYOUT, Lab, box
from simlib.widgets.markup import paragraphs, table
from simlib.widgets.plot import PlotView
from simlib.widgets.state import asked_state

if TYPE_CHECKING:
    from ipywidgets import Widget

    from simlib.case.model import Case
    from simlib.figures.drawing import Drawing
    from simlib.widgets.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.state import Scene

CASES = ("hypo-chain", "fix-1", "2024-lu-0302-5690", "hengnan-hengyang")


class CausationLab(Lab):
    """Lesson 03's lab.

    Attributes
    ----------
    commit, play, why
        the parts: the reader's answer; switches, chain and what lies under it; reasons
    """

    first = CASES

    def parts(self) -> dict[str, tuple[Widget, ...]]:
        """Where the lesson's parts stand between its prose."""
        self.about = self.pane()
        self.pick = Form(label=phrase("choose.view", self.lang), layout=LAYOUT)
        self.pick.spec = forms.view_spec(self.lang)
        self.pick.on_asked(self._chosen)
        self.line, self.more = PlotView(layout=LAYOUT), self.pane()
        self.more.on_say(self._asked)
        self.second = box("simlib-second", self.pick, self.more)
        self.second.add_class("simlib-words")
        main = box("simlib-main", self.chart, self.board, self.second)
        return {
            "play": (self.choose, self.notice, self.about, box("simlib-stage", self.form, main)),
            "why": (self.reasons,),
        }

    # ------------------------------------------------------------ what can be set

    def helpers(self, case: Case) -> list[str]:
        """Nobody in particular: the switches speak for all."""
        return []

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """A switch for every act; what the causal force of the party asked about is made of."""
        acts, held = graph(case), self.state.chosen
        asked = case.party(forms.chosen(held, case, acts)["who"])
        return knobs.knobs(case, acts, held, asked, self.lang)

    def folded(self) -> dict[str, str]:
        """Causal force, which the chain does not use, lies behind."""
        some = any(knob.group == "force" for knob in self.knobs.values())
        return {"force": phrase("knobs.force", self.lang)} if some else {}

    def choices(self, case: Case) -> tuple[list[dict], dict]:
        """The party asked about."""
        acts = graph(case)
        chosen = forms.chosen(self.state.chosen, case, acts)
        return forms.who_spec(case, acts, self.lang), {"who": chosen["who"]}

    def _turned(self, wishes: dict) -> None:
        """A switch puts a question; only the other knobs change facts."""
        switched = {name: v for name, v in wishes.items() if name.startswith(forms.ACT)}
        if switched:
            self._change({"chosen": self.state.chosen | switched})
        facts = {name: v for name, v in wishes.items() if name not in switched}
        if facts:
            super()._turned(facts)

    def _pressed(self, button: str) -> None:
        """Resetting puts the acts back as well as the facts."""
        action, _, name = button.partition(":")
        back = [name] if name else list(self.state.chosen)
        back = [n for n in back if n.startswith(forms.ACT)]
        if action != "reset" or not back:
            super()._pressed(button)
            return
        chosen = {k: v for k, v in self.state.chosen.items() if k not in back}
        self._change({"chosen": chosen} if name else {"chosen": chosen, "changes": {}})

    @property
    def can_reset(self) -> bool:
        """Whether an act is off or a fact is changed."""
        return bool(self.state.changes or forms.off_of(self.state.chosen))

    # ------------------------------------------------------------ what comes of it

    def decide(self, case: Case, scene: Scene) -> Mapping:
        """What the chain says of each party."""
        forms.chosen(scene.chosen, case, graph(case))
        return Linked(case, forms.off_of(scene.chosen))

    def draw(self, view: View, kept: View | None) -> Drawing:
        """The chain of acts."""
        linked: Linked = view.outcomes
        same = kept is not None and kept.scene.case_id == view.scene.case_id
        return draw_chain(
            view.case,
            linked.acts,
            linked.off,
            linked.steps,
            forms.chosen(view.scene.chosen, view.case, linked.acts)["who"],
            self.lang,
            kept.outcomes.off if same else None,
        )

    def reason(self, view: View, selected: list) -> str:
        """The reasons for a step or an index."""
        return reasons.reason(view.outcomes, selected, self.lang)

    def can_ask(self, selected: list) -> bool:
        """A party, and a step or an index of his."""
        return reasons.can_ask(selected)

    def place(self) -> None:
        """The facts of the case and of the position."""
        self.about.html = panes.about(self.state.base(), self.state.position, self.lang)

    def show(self) -> None:
        """What lies under the chain."""
        linked: Linked = self.now.outcomes
        chosen = forms.chosen(self.state.chosen, self.now.case, linked.acts)
        view, who = chosen["view"], chosen["who"]
        html, drawing = self._under(view, who)
        if self._new("second", drawing is not None):
            shown = (self.line,) if drawing else ()
            self.second.children = (self.pick, *shown, self.more)
        self.pick.values = {"view": view}
        if drawing:
            with self.line.hold_sync():
                self.line.description = drawing.sentence
                self.line.figure = drawing.figure
        self.more.html = html

    def _under(self, view: str, who: str) -> tuple[str, Drawing | None]:
        """HTML of a view, and its chart if it has one."""
        linked: Linked = self.now.outcomes
        selected = "|".join(self.state.selected)
        if view == "indices":
            drawing = draw_indices(linked.case, linked.indices, self.lang)
            return table(drawing, {}, selected, self.lang), drawing
        if view == "chance":
            found = linked.chance(who)
            drawing = draw_chance(linked.case, found, self.lang)
            html = table(drawing, {}, selected, self.lang) + panes.chance(found, self.lang)
            if linked.off:
                html += paragraphs(phrase("chance.of_file", self.lang), class_="simlib-hint")
            return html, drawing if drawing.figure["data"] else None
        if view == "hearing":
            return panes.hearing(self.lang), None
        if view == "force":
            return panes.force(linked, who, self.lang), None
        return panes.steps(linked, who, self.lang), None

    # ------------------------------------------------------------ what the reader answers first

    def questions(self, case: Case) -> tuple[list[dict], dict]:
        """Would the loss have happened without him; is his act a cause in law."""
        party = forms.askable(case, graph(case))[0]
        values = forms.answer_values(self.state.committed)
        return forms.answer_spec(case, party, self.lang), values

    def read_answer(self, values: dict) -> dict:
        """The answer as the state keeps it."""
        return {name: values[name] for name in ("happens", "norm")}

    def is_answer(self, answer: dict) -> bool:
        """Nothing yet, opened by a teacher, or a whole answer."""
        return forms.is_answer(answer)

    def comment(self, case: Case, answer: dict) -> str:
        """The answer next to what the chain says."""
        party = forms.askable(case, graph(case))[0]
        return panes.comment(case, party, answer, legal_steps(case, party), self.lang)


def causation_lab(lang: str = "zh") -> CausationLab:
    """The lab of lesson 03, in the state that the page's address asks for."""
    return CausationLab(lang, link=asked_state())
