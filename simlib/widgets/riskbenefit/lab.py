"""The lab of lesson 05: the path to a share, and below it what the share hangs on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from html import escape
from typing import TYPE_CHECKING

from simlib.errors import SimlibError
from simlib.figures.riskbenefit import draw_path, draw_ways
from simlib.figures.riskbenefit.path import values_of
from simlib.riskbenefit import AGGREGATORS
from simlib.text import message, words
from simlib.widgets.controls import Form
from simlib.widgets.frame import LAYOUT, Lab, box
from simlib.widgets.knob import to_fen
from simlib.widgets.markup import paragraphs, table, tag
from simlib.widgets.plot import PlotView
from simlib.widgets.riskbenefit import forms, knobs, panes, pictures
from simlib.widgets.riskbenefit.joined import Joined
from simlib.widgets.state import asked_state
from simlib.widgets.why import why

if TYPE_CHECKING:
    from ipywidgets import Widget

    from simlib.case.model import Case
    from simlib.figures.drawing import Drawing
    from simlib.widgets.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.state import Scene

HYPOTHETICAL = ("hypo-payment", "hypo-tech", "hypo-account", "hypo-promotion")


class RiskBenefitLab(Lab):
    """Lesson 05's lab.

    Attributes
    ----------
    commit, play, why
        the parts: the reader's answer; knobs, the path and what it hangs on; reasons
    """

    first = (*pictures.REAL, *HYPOTHETICAL)

    def parts(self) -> dict[str, tuple[Widget, ...]]:
        """Where the lesson's parts stand between its prose."""
        self.about, self.more, self.beneath = (self.pane() for _ in range(3))
        view, plane = (
            words("riskbenefit_lab", f"{name}.label", self.lang) for name in ("view", "map")
        )
        self.pick, self.at = Form(label=view, layout=LAYOUT), Form(label=plane, layout=LAYOUT)
        self.picture, self.plane = PlotView(layout=LAYOUT), PlotView(layout=LAYOUT)
        for form in (self.pick, self.at):
            form.on_asked(self._viewed)
        for pane in (self.more, self.beneath):
            pane.on_say(self._asked)
        self.second = box("simlib-second", self.pick)
        self.at.add_class("simlib-across")
        main = box("simlib-main", self.chart, self.board, self.second)
        for name in ("simlib-words", "simlib-whole"):  # sentences in cells; numbers on one line
            main.add_class(name)
        return {
            "play": (self.choose, self.notice, self.about, box("simlib-stage", self.form, main)),
            "why": (self.reasons,),
        }

    # ------------------------------------------------------------ what can be set

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """One helper's facts, the model's rules and values."""
        return knobs.knobs(case, case.party(party), self.state.chosen, self.lang)

    def folded(self) -> dict[str, str]:
        """Conditions of exemption and the values of the model."""
        fitted = {knob.group for knob in self.knobs.values()}
        return {g: title for g, title in knobs.folded(self.lang).items() if g in fitted}

    def _turned(self, wishes: dict) -> None:
        """A knob was moved: a fact goes into the case, a value of the model into what is chosen."""
        facts = {name: v for name, v in wishes.items() if not knobs.is_setting(name)}
        if facts:
            super()._turned(facts)
        chosen = dict(self.state.chosen)
        for name in wishes.keys() - facts.keys():
            chosen |= self.knobs[name].write(wishes[name], self.now.case)
            stroke = ((name, self.form.strokes[name]),)
            self._change({"chosen": chosen}, stroke, self.knobs[name])

    def _viewed(self, wishes: dict) -> None:
        """Another view, another input of the map, another target.

        A map of something else starts from the inputs that matter for it.
        """
        if "map" in wishes:
            kept = {k: v for k, v in self.state.chosen.items() if k not in ("x", "y")}
            self._change({"chosen": kept | wishes})
            return
        if "fen" in wishes:
            wishes = wishes | {"fen": to_fen(wishes["fen"])}
        self._chosen(wishes)

    def _pressed(self, button: str) -> None:
        """Resetting takes the model's values back as well as the facts."""
        action, _, name = button.partition(":")
        settings = {n for n in ([name] if name else self.state.chosen) if knobs.is_setting(n)}
        if action != "reset" or not settings:
            super()._pressed(button)
            return
        back = set().union(*(knobs.fellows(n) for n in settings))
        chosen = {k: v for k, v in self.state.chosen.items() if k not in back}
        self._change({"chosen": chosen} if name else {"chosen": chosen, "changes": {}})

    @property
    def can_reset(self) -> bool:
        """Whether a fact or a value of the model stands elsewhere than at first."""
        return bool(self.state.changes) or any(map(knobs.is_setting, self.state.chosen))

    # ------------------------------------------------------------ what comes of it

    def decide(self, case: Case, scene: Scene) -> Mapping:
        """The model under each way of joining the dimensions."""
        setup = forms.setup(scene.chosen, case)
        forms.view_of(scene.chosen, case, case.party(self._party(case, scene)))
        return Joined(case, setup)

    def _party(self, case: Case, scene: Scene) -> str:
        helpers = self.helpers(case)
        return scene.party if scene.party in helpers else helpers[0]

    def draw(self, view: View, kept: View | None) -> Drawing:
        """The path to the share of the helper whose facts the knobs move."""
        then = self._values(kept) if kept else None
        return draw_path(*self._path(view), self.lang, then)

    def _path(self, view: View) -> tuple:
        setup = forms.setup(view.scene.chosen, view.case)
        party = self._party(view.case, view.scene)
        return view.case, view.outcomes[setup.aggregator], party, setup.regime, setup.rules

    def _values(self, view: View) -> dict:
        return values_of(*self._path(view))

    def reason(self, view: View, selected: list) -> str:
        """The reasons for one number, then the model it belongs to."""
        known = selected and selected[0] in view.outcomes
        return why(view.case, view.outcomes, selected if known else [], self.lang)

    def can_ask(self, selected: list) -> bool:
        """Three names, the first of them a way of joining."""
        return len(selected) == 3 and selected[0] in AGGREGATORS

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why the share stood still, if it did."""
        case, outcome, party, _, _ = self._path(now)
        if self._path(before)[1].parties[party].share != outcome.parties[party].share:
            return {}
        name, setup = knobs.lever_of(knob.id), forms.setup(now.scene.chosen, now.case)
        said = panes.reason_of(name, case, party, setup, self.lang)
        row = words("riskbenefit_lab", "step.share", self.lang)
        return {row: words("riskbenefit_lab", "still.why", self.lang, reason=said)} if said else {}

    # ------------------------------------------------------------ what is shown

    def _refresh(self) -> None:
        """An act of help has knobs of its own: another act fits them anew."""
        if self._new("act", self.now.case.party(self.state.party).act):
            self._seen.pop("fit", None)
        super()._refresh()

    def place(self) -> None:
        """The facts of the case and of the position."""
        self.about.html = panes.about(self.state.base(), self.state.position, self.lang)

    def show(self) -> None:
        """The view below the path."""
        case, party = self.now.case, self.now.case.party(self.state.party)
        view = forms.view_of(self.state.chosen, case, party)
        name = view["view"]
        if self._new("view", name):
            self.pick.spec = forms.pick_spec(name, self.lang)
            shown = {
                "decides": (self.picture, self.more, self.at, self.plane, self.beneath),
                "ways": (self.picture, self.more),
                "courts": (self.picture, self.more),
                "change": (self.at, self.more),
            }
            self.second.children = (self.pick, *shown.get(name, (self.more,)))
        self.pick.values = {"view": name, "spread": view["spread"]}
        getattr(self, f"_show_{name}")(case, party.id, view)

    def _show_decides(self, case: Case, party: str, view: dict) -> None:
        setup, person = forms.setup(self.state.chosen, case), case.party(party)
        share = self.outcomes[setup.aggregator].parties[party].share
        drawing = pictures.tornado_of(case, party, view, setup, share, self.lang)
        self._plot(self.picture, drawing)
        self._map(case, party, view, setup)
        self.more.html = self._folded(drawing) + panes.dead(case, party, setup, self.lang)
        if self._new("at", ("map", self.state.opened, party, person.act, forms.facts_of(person))):
            self.at.spec = forms.map_spec(case, person, self.lang)
        self.at.values = {key: view[key] for key in ("map", "x", "y", "end")}

    def _map(self, case: Case, party: str, view: dict, setup: forms.Setup) -> None:
        try:
            drawing = pictures.plane_of(case, party, view, setup, self.lang)
        except SimlibError as error:
            self.plane.figure = {"data": [], "layout": {"height": 40}}
            self.beneath.html = paragraphs(message(error, self.lang), class_="simlib-warn")
        else:
            self._plot(self.plane, drawing)
            self.beneath.html = self._folded(drawing)

    def _show_ways(self, case: Case, party: str, view: dict) -> None:
        self._pictured(draw_ways(case, self.outcomes, party, self.lang))

    def _show_courts(self, case: Case, party: str, view: dict) -> None:
        self._pictured(pictures.courts_of(forms.setup(self.state.chosen, case), self.lang))

    def _show_change(self, case: Case, party: str, view: dict) -> None:
        if self._new("at", ("change", self.state.opened)):
            self.at.spec = forms.change_spec(case, self.lang)
        self.at.values = {"target": view["target"], "fen": view["fen"] / 100}
        setup = forms.setup(self.state.chosen, case)
        self.more.html = panes.change(case, party, setup, view, self.lang)

    def _show_registry(self, case: Case, party: str, view: dict) -> None:
        self.more.html = panes.registry(self.state.chosen, case, self.lang)

    def _show_axioms(self, case: Case, party: str, view: dict) -> None:
        self.more.html = panes.axiom_table(self.lang)

    def _plot(self, chart: PlotView, drawing: Drawing) -> None:
        with chart.hold_sync():
            chart.description, chart.figure = drawing.sentence, drawing.figure

    def _pictured(self, drawing: Drawing) -> None:
        """One picture and its table."""
        self._plot(self.picture, drawing)
        selected = "|".join(self.state.selected)
        self.more.html = table(drawing, {}, selected, self.lang)

    def _folded(self, drawing: Drawing) -> str:
        """What a picture shows in a sentence, and its table behind it."""
        said = paragraphs(drawing.sentence, class_="simlib-sentence")
        bare = table(replace(drawing, sentence=""), {}, "", self.lang)
        summary = tag("summary", escape(words("riskbenefit_lab", "view.table", self.lang)))
        return said + tag("details", summary + bare, class_="simlib-article")

    def file(self, kind: str) -> dict:
        """What is saved; beside the outcomes, every value and rule they rest on."""
        found = super().file(kind)
        if kind != "json":
            return found
        rows = [asdict(row) for row in forms.registry_rows(self.state.chosen, self.now.case)]
        text = json.dumps(
            json.loads(found["text"]) | {"registry": rows},
            ensure_ascii=False, indent=1, default=str,
        )  # fmt: skip
        return found | {"text": text}

    # ------------------------------------------------------------ what the reader answers first

    def questions(self, case: Case) -> tuple[list[dict], dict]:
        """Which percentage, and what drives it."""
        answer = self.state.committed
        values = {"share": answer.get("share", 50), "driver": answer.get("driver", "facts")}
        return forms.answer_spec(self.lang), values

    def read_answer(self, values: dict) -> dict:
        """The answer as the state keeps it."""
        return {"share": round(float(values["share"])), "driver": values["driver"]}

    def is_answer(self, answer: dict) -> bool:
        """Nothing yet, opened by a teacher, or a whole answer."""
        return forms.is_answer(answer)

    def comment(self, case: Case, answer: dict) -> str:
        """The answers next to the model's."""
        opened = self.state.load(self.state.case_id)
        return panes.comment(case, opened, self.helpers(case)[0], answer, self.lang)


def riskbenefit_lab(lang: str = "zh") -> RiskBenefitLab:
    """The lab of lesson 05, in the state that the page's address asks for."""
    return RiskBenefitLab(lang, link=asked_state())
