"""The lab of lesson 05: its reasons down to the last step, and what lies below its stage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from html import escape
from typing import TYPE_CHECKING, Any

from simlib.deciding import lever_words
from simlib.errors import SimlibError
from simlib.figures.board import is_court, spoken
from simlib.figures.people import short_names
from simlib.lessons.knob import to_fen
from simlib.lessons.riskbenefit.knobs import PARAMETER, chosen, inputs_of
from simlib.lessons.riskbenefit.model import LAW, hundredths
from simlib.lessons.riskbenefit.outcomes import solve
from simlib.lessons.riskbenefit.pictures import draw_courts, draw_tornado, draw_ways
from simlib.lessons.riskbenefit.plane import draw_plane
from simlib.lessons.riskbenefit.reasons import node_key, steps
from simlib.riskbenefit import AGGREGATORS, registry
from simlib.text import message, words
from simlib.widgets import choosers
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.markup import paragraphs, table, tag
from simlib.widgets.number_reasons import reason_in, why
from simlib.widgets.plot import EMPTY, PlotView
from simlib.widgets.riskbenefit import panes
from simlib.widgets.stage.declared import DeclaredLab

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.drawing import Drawing
    from simlib.lessons.riskbenefit.model import Model
    from simlib.widgets.lesson import View
    from simlib.widgets.state import Scene

NOTHING = {**EMPTY, "layout": {"height": 40}}


class RiskBenefitLab(DeclaredLab):
    """Lesson 05's lab.

    Attributes
    ----------
    decides
        what moves the share, over any two inputs, and which knobs are dead
    model
        ways of joining, courts, what would have to change, all parameters, the axioms
    """

    topic = "riskbenefit"
    choices = ("x", "y", "fen")  # they hang on the case

    # ------------------------------------------------------------ the stage

    def _refresh(self) -> None:
        """An act of help has knobs of its own: another act fits them anew."""
        if self._new("act", self.now.case.party(self.state.party).act):
            self._seen.pop("fit", None)
        super()._refresh()

    def decide(self, case: Case, scene: Scene) -> Model:
        """The model under each way of joining the dimensions, and the law in force."""
        return solve(case, chosen(scene.chosen, case), self.lang, scene.party)

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """The steps behind a number, then all its reasons; or what a court ordered."""
        row, key, party = selected
        if row == LAW or is_court(row):
            return self._beside(view, selected)
        if row not in AGGREGATORS:
            return "", ""
        at = model_of(view)
        at = at.by(row, party if party in at.outcome.parties else at.party)
        title, said = steps(at, key, self.phrases)
        listed = "".join(tag("li", escape(line)) for line in said)
        whole = why(at.case, at, [row, node_key(key), at.party], self.lang)
        folded = tag("summary", escape(self.say("reasons.whole"))) + whole
        return title, tag("ol", listed, class_="stage-steps") + tag("details", folded)

    def _beside(self, view: View, selected: list[str]) -> tuple[str, str]:
        """Why the law or a court says an amount, in money, then as the part of the loss shown."""
        at, row = model_of(view), selected[0]
        title, html = reason_in(at.case, at, at.party, selected, self.lang)
        if not title:
            return title, html
        part = at.steps["law"] if row == LAW else at.ordered(row)
        value = "" if part is None else spoken(hundredths(part), self.lang, "percent")
        return self.say("reasons.beside", title=title, value=value), html

    def can_ask(self, selected: list[str]) -> bool:
        """Three names, the first of them a way of joining, the law in force, or a decision."""
        row = selected[0] if len(selected) == 3 else ""
        return row in (*AGGREGATORS, LAW) or (row != "" and is_court(row))

    def named(self, view: View) -> str:
        """Whose share it is, where a case has several helpers."""
        helpers = self.helpers(view.case)
        return short_names(view.case, self.lang)[view.scene.party] if len(helpers) > 1 else ""

    def file(self, kind: str) -> dict[str, str]:
        """What is saved; beside the outcomes, every value and rule they rest on."""
        found = super().file(kind)
        if kind != "json":
            return found
        rows = [asdict(row) for row in registry(model_of(self.now).regime)]
        whole = json.loads(found["text"]) | {"registry": rows}
        return found | {"text": json.dumps(whole, ensure_ascii=False, indent=1, default=str)}

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """What decides, with a map of any two inputs; the model itself."""
        self.spread, self.inputs, self.pick, self.target = (
            Form(label=self.say(f"choose.{name}"), layout=LAYOUT)
            for name in ("spread", "map", "view", "target")
        )
        self.moves, self.plane, self.picture = (PlotView(layout=LAYOUT) for _ in range(3))
        self.moved, self.beneath, self.told = (Pane(layout=LAYOUT) for _ in range(3))
        decides = self.spread, self.moves, self.moved, self.inputs, self.plane, self.beneath
        self.decides = box("simlib-lab", *decides)
        self.model = box("simlib-lab", self.pick, self.target, self.picture, self.told)
        for form in (self.spread, self.inputs, self.pick, self.target):
            form.add_class("simlib-across")
            form.on_asked(self._viewed)
            form.on_seen(self.show)
        for pane in (self.moved, self.beneath, self.told):
            pane.on_say(self._asked)

    def _viewed(self, wishes: dict[str, Any]) -> None:
        """Another view, input or target; another map starts from the inputs that matter for it."""
        held = self.state.chosen
        kept = {k: v for k, v in held.items() if "map" not in wishes or k not in ("x", "y")}
        fen = {"fen": to_fen(wishes["fen"])} if "fen" in wishes else {}
        self._change({"chosen": kept | dict(wishes) | fen})

    def show(self) -> None:
        """Both modules, if in sight; whatever they do not hang on leaves them as they are."""
        at = model_of(self.now)
        decides = self.spread.seen or self.inputs.seen
        model = self.pick.seen or self.target.seen
        if not (decides or model):
            return
        spec = {str(item["id"]): item for item in self._picked(at.held, {})}
        if decides:
            self._show_moves(at, spec)
            self._show_plane(at, spec)
        if model:
            self._show_model(at, spec)

    def _show_moves(self, at: Model, spec: Mapping[str, dict[str, object]]) -> None:
        """What moves the share, and what does nothing here."""
        spread = at.held["spread"]
        self.spread.spec, self.spread.values = [spec["spread"]], {"spread": spread}
        if self._new("moves", (at.case, at.party, at.rules, at.regime, spread)):
            drawing = draw_tornado(at, int(spread) / 100, self.lang)
            _plot(self.moves, drawing)
            self.moved.html = self._folded(drawing) + panes.dead(at, self.lang)

    def _show_plane(self, at: Model, spec: Mapping[str, dict[str, object]]) -> None:
        """The share, or the form of liability, over two inputs."""
        inputs = inputs_of(at.case, at.person)
        keys = [key if key.startswith(PARAMETER) else f"{at.party}.{key}" for key in inputs]
        pairs = list(zip(inputs, (lever_words(k, at.case, self.lang) for k in keys), strict=True))
        sides = sides_of(at)
        axes = [choosers.options("select", id, self.say(f"choose.{id}"), pairs) for id in "xy"]
        self.inputs.spec = [spec["map"], *axes, spec["end"]]
        what, end = at.held["map"], at.held["end"]
        self.inputs.values = {"map": what, "x": sides[0], "y": sides[1], "end": end}
        if not self._new("plane", (at.case, at.party, at.rules, at.regime, what, sides, end)):
            return
        try:
            drawing = draw_plane(at, what, sides, end, self.lang)
        except SimlibError as error:
            self.plane.figure = NOTHING
            self.beneath.html = paragraphs(message(error, self.lang), class_="simlib-warn")
        else:
            _plot(self.plane, drawing)
            self.beneath.html = self._folded(drawing)

    def _show_model(self, at: Model, spec: Mapping[str, dict[str, object]]) -> None:
        """One picture or table of the model at a time."""
        view, fen = at.held["view"], at.held.get("fen", default_fen(at.case))
        self.pick.spec, self.pick.values = [spec["view"]], {"view": view}
        self.target.spec = [spec["target"], self._amount(at.case)]
        self.target.values = {"target": at.held["target"], "fen": fen / 100}
        own = {"change": (self.target,), "ways": (self.picture,), "courts": (self.picture,)}
        self.model.children = (self.pick, *own.get(view, ()), self.told)
        asked = "|".join(self.state.selected)
        if not self._new("model", (self.now.scene, self.state.opened, asked)):
            return
        if view in ("ways", "courts"):
            drawing = (draw_ways if view == "ways" else draw_courts)(at, self.lang)
            _plot(self.picture, drawing)
            self.told.html = table(drawing, {}, asked, self.lang)
        elif view == "change":
            self.told.html = panes.change(at, at.held["target"], fen, self.lang)
        else:
            shown = {"registry": panes.registry_table, "axioms": panes.axiom_table}
            self.told.html = shown[view](at, self.lang)

    def _amount(self, case: Case) -> dict[str, Any]:
        """The control of the target's amount."""
        most = case.loss_fen / 100
        bounds = {"min": 0, "max": most, "step": max(1, round(most / 100))}
        unit = words("lab", "unit.yuan", self.lang)
        return {"kind": "range", "id": "fen", "label": self.say("choose.fen"), **bounds,
                "unit": unit}  # fmt: skip

    def _folded(self, drawing: Drawing) -> str:
        """What a picture shows in a sentence, and its table behind it."""
        said = paragraphs(drawing.sentence, class_="simlib-sentence")
        bare = table(replace(drawing, sentence=""), {}, "", self.lang)
        summary = tag("summary", escape(self.say("choose.table")))
        return said + tag("details", summary + bare, class_="simlib-article")


def model_of(view: View) -> Model:
    """What `decide` made of a view."""
    found: Any = view.outcomes
    return found  # type: ignore[no-any-return]  # a view holds any lesson's outcomes


def sides_of(at: Model) -> tuple[str, str]:
    """The inputs of the map: those chosen, if his act of help has them, else the usual ones."""
    inputs = inputs_of(at.case, at.person)
    usual = inputs[:2] if at.held["map"] == "share" else ("fault", inputs[0])
    asked = [at.held.get(side, first) for side, first in zip("xy", usual, strict=True)]
    x, y = (one if one in inputs else first for one, first in zip(asked, usual, strict=True))
    return x, next(key for key in inputs if key != x) if x == y else y


def default_fen(case: Case) -> int:
    """A fifth of the loss, in whole hundreds of yuan: a target to start from [fen]."""
    return max(10_000, case.loss_fen // 5 // 10_000 * 10_000)


def _plot(chart: PlotView, drawing: Drawing) -> None:
    with chart.hold_sync():
        chart.description = drawing.sentence
        chart.set_trait("figure", drawing.figure)
