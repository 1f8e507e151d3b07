"""The lab of lesson 06: play the chain, change the tracing rule, see what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.figures.chain import (
    draw_liable,
    draw_money,
    draw_pool,
    draw_rules,
    draw_steps,
    film,
    nothing,
)
from simlib.figures.chain.names import Names, engine, phrase
from simlib.widgets.chain import forms, knobs, panes, reasons
from simlib.widgets.chain.traced import GAIN, LAW, Traced
from simlib.widgets.chain.view import ChainView
from simlib.widgets.controls import Form
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

CASES = ("hypo-layers", "hypo-chain")


class ChainLab(Lab):
    """Lesson 06's lab.

    Attributes
    ----------
    commit, play, why
        the parts: the reader's answer; film, streams and what lies under them; reasons
    """

    first = CASES

    def parts(self) -> dict[str, tuple[Widget, ...]]:
        """Where the lesson's parts stand between its prose."""
        self.about, self.film = self.pane(), ChainView(layout=LAYOUT)
        self.pick = Form(label=phrase("choose.view", self.lang), layout=LAYOUT)
        self.pick.on_asked(self._chosen)
        self.picture, self.more = PlotView(layout=LAYOUT), self.pane()
        self.more.on_say(self._asked)
        self.second = box("simlib-second", self.pick, self.picture, self.more)
        main = box("simlib-main", self.film, self.chart, self.board, self.second)
        return {
            "play": (self.choose, self.notice, self.about, box("simlib-stage", self.form, main)),
            "why": (self.reasons,),
        }

    # ------------------------------------------------------------ what can be set

    def helpers(self, case: Case) -> list[str]:
        """Nobody in particular: the knobs speak of accounts."""
        return []

    def refuses(self, case: Case) -> str:
        """Money can be followed though nobody helped; without transfers the board says so."""
        return "" if case.transfers else super().refuses(case)

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Money of others in the cards, and what was frozen."""
        return knobs.knobs(self.state.base(), self.lang)

    def choices(self, case: Case) -> tuple[list[dict], dict]:
        """The tracing rule, and whose money."""
        if not case.transfers:
            return [], {}
        found = forms.chosen(self.state.chosen, case)
        values = {name: found[name] for name in ("method", "who")}
        return forms.choice_specs(case, self.lang), values

    # ------------------------------------------------------------ what comes of it

    def decide(self, case: Case, scene: Scene) -> Mapping:
        """The tracing under the rule chosen; everything else when it is looked at."""
        found = forms.chosen(scene.chosen, case)
        traced = Traced(case, found["method"], found["who"], found["give"], found["rank"])
        if len(traced):
            traced[found["method"]]
        return traced

    def draw(self, view: View, kept: View | None) -> Drawing:
        """Where the money went under the rule chosen."""
        traced: Traced = view.outcomes
        if not len(traced):
            return nothing(self.lang)
        return draw_money(view.case, traced.tracing, traced.victim, self.lang)

    def named(self, view: View) -> str:
        """Whose money, under which rule."""
        traced: Traced = view.outcomes
        if not len(traced):
            return ""
        rule = engine(f"methods.{traced.tracing.method}.name", self.lang)
        who = Names(view.case, self.lang).money(traced.victim)
        return phrase("kept", self.lang, who=who, rule=rule)

    def reason(self, view: View, selected: list) -> str:
        """The payments behind a number, or the reasons of a claim."""
        return reasons.reason(view.outcomes, selected, self.lang)

    def can_ask(self, selected: list) -> bool:
        """A number of one of the tables."""
        return reasons.can_ask(selected)

    def place(self) -> None:
        """The facts of the case and of the position."""
        self.about.html = panes.about(self.state.base(), self.state.position, self.lang)

    def show(self) -> None:
        """The film, and what lies under the streams."""
        traced: Traced = self.now.outcomes
        there = len(traced) > 0
        if not there:
            self._new("second", None)
            self.film.film, self.second.children = {"steps": []}, ()
            return
        self.film.film = film(traced.case, traced.tracing, traced.victim, self.lang)
        chosen = forms.chosen(self.state.chosen, self.now.case)
        ordered = forms.ordered(self.now.case)
        if self._new("pick", (self.state.opened, chosen["view"], ordered)):
            self.pick.spec = forms.view_spec(chosen["view"], ordered, self.lang)
        self.pick.values = {name: chosen[name] for name in ("view", "give", "rank")}
        self._under(chosen["view"], traced)

    def file(self, kind: str) -> dict:
        """What is saved; the table of the view chosen stands below that of the streams."""
        found, traced = super().file(kind), self.now.outcomes
        if kind != "csv" or not len(traced):
            return found
        below = self._drawn(forms.chosen(self.state.chosen, self.now.case)["view"], traced)
        return found | {"text": found["text"] + "\r\n" + below.csv().removeprefix("\ufeff")}

    def _under(self, view: str, traced: Traced) -> None:
        drawing = self._drawn(view, traced)
        selected = "|".join(self.state.selected)
        html = table(drawing, {}, selected, self.lang)
        if view == "liable":
            html += panes.liable(traced.method, self.lang)
        if view == "pool":
            html += panes.ledgers(traced, selected, self.lang)
        drawn = bool(drawing.figure["data"])
        if self._new("second", drawn):
            self.second.children = (self.pick, *((self.picture,) if drawn else ()), self.more)
        if drawn:
            with self.picture.hold_sync():
                self.picture.description, self.picture.figure = drawing.sentence, drawing.figure
        self.more.html = html

    def _drawn(self, view: str, traced: Traced) -> Drawing:
        case, lang = traced.case, self.lang
        if view == "rules":
            return draw_rules(case, traced, traced.victim, lang)
        if view == "pool":
            return draw_pool(case, traced.returns(), lang)
        if view == "steps":
            return draw_steps(case, traced.tracing, lang)
        law, gain = traced.outcome(LAW), traced.outcome(GAIN)
        return draw_liable(traced.claim, traced.tracing, law, gain, lang)

    # ------------------------------------------------------------ what the reader answers first

    def questions(self, case: Case) -> tuple[list[dict], dict]:
        """How much comes back to her, and what a tracing rule decides."""
        values = forms.answer_values(self.state.committed)
        return forms.answer_spec(case, self.lang), values

    def read_answer(self, values: dict) -> dict:
        """The answer as the state keeps it."""
        return forms.read_answer(values)

    def is_answer(self, answer: dict) -> bool:
        """Nothing yet, opened by a teacher, or a whole answer."""
        return forms.is_answer(answer, self.state.base())

    def comment(self, case: Case, answer: dict) -> str:
        """The answers next to the engine's."""
        asked = len(forms.answer_spec(case, self.lang)) > 1
        return panes.comment(case, answer, asked, self.lang)


def chain_lab(lang: str = "zh") -> ChainLab:
    """The lab of lesson 06, in the state that the page's address asks for."""
    return ChainLab(lang, link=asked_state())
