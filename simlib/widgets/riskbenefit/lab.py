"""The lab of lesson 05: its reasons down to the last step, and what lies below its stage."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from html import escape
from itertools import combinations
from typing import TYPE_CHECKING, Any

from simlib.deciding import lever_words, needed_words, nothing_words, value_words
from simlib.errors import SimlibError
from simlib.explain import value_reason
from simlib.figures.board import is_court, spoken
from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.figures.names_of_people import short_names
from simlib.lessons.knob import to_fen
from simlib.lessons.riskbenefit.knobs import chosen, facts_of, inputs_of, path_of
from simlib.lessons.riskbenefit.model import LAW, MODE, against_paper, hundredths
from simlib.lessons.riskbenefit.outcomes import solve
from simlib.lessons.riskbenefit.pictures import draw_courts, draw_tornado, draw_ways
from simlib.lessons.riskbenefit.plane import draw_plane
from simlib.lessons.riskbenefit.reasons import node_key, range_node, steps
from simlib.riskbenefit import ACTS, AGGREGATORS, axioms, order, ranks, registry
from simlib.text import amount, message, topic_words, words
from simlib.uncertainty import at_least, at_most, needed
from simlib.widgets import choosers
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.markup import paragraphs, table, tag
from simlib.widgets.number_reasons import node_ends, reason_in, why
from simlib.widgets.plot import EMPTY, PlotView
from simlib.widgets.stage.declared import DeclaredLab

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.lessons.riskbenefit.model import Model
    from simlib.money import Fen
    from simlib.riskbenefit import Lever, Row, Verdict
    from simlib.uncertainty import Change
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
        of = [row, node_key(key), at.party]
        whole = why(at.case, at, of, self.lang)
        folded = tag("summary", escape(self.say("reasons.whole"))) + whole
        written = tag("ol", listed, class_="stage-steps") + tag("details", folded)
        ranged = range_node(at, key)
        first = node_ends(ranged, at.case, self.lang) if ranged else ""
        return title, first + written

    def _beside(self, view: View, selected: list[str]) -> tuple[str, str]:
        """Why the law or a court says an amount, in money, then as the part shown of what."""
        at, row = model_of(view), selected[0]
        title, html = reason_in(at.case, at, at.party, selected, self.lang)
        if not title:
            return title, html
        share = at.steps["law"] if row == LAW else at.ordered(row)
        value = "" if share is None else spoken(hundredths(share), self.lang, "percent")
        of = at.law.answers_for(at.party) if row == LAW else None
        key, part = ("beside", "") if of is None else ("beside_part", amount(of, self.lang))
        return self.say(f"reasons.{key}", title=title, value=value, part=part), html

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
            self.moved.html = self._folded(drawing) + dead(at, self.lang)

    def _show_plane(self, at: Model, spec: Mapping[str, dict[str, object]]) -> None:
        """The share, or the form of liability, over two inputs."""
        inputs = inputs_of(at.case, at.person)
        pairs = [(k, lever_words(path_of(k, at.party), at.case, self.lang)) for k in inputs]
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
            self.told.html = change(at, at.held["target"], fen, self.lang)
        else:
            shown = {"registry": registry_table, "axioms": axiom_table}
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


# ---------------------------------------------------------------- dead levers


def dead(at: Model, lang: str) -> str:
    """Every lever that does nothing here, with its reason; those of one reason in one line."""
    title = tag("h3", escape(_say("dead.title", lang, count=len(at.dead))))
    if not at.dead:
        return title + paragraphs(words("uncertainty", "bars.none", lang))
    by_reason: dict[str, list[Lever]] = {}
    for lever in at.dead:
        by_reason.setdefault(lever.reason or "", []).append(lever)
    between = _say("path.listed", lang)
    lines = []
    for reason, some in by_reason.items():
        said = words("riskbenefit", f"reason.{reason}", lang)
        levers = tag("b", escape(between.join(_lever(lever, lang) for lever in some)))
        lines.append(tag("li", levers + escape(_say("dead.because", lang, reason=said))))
    warned = paragraphs(_say("order.warn", lang), class_="simlib-warn")
    listed = tag("ul", "".join(lines), class_="simlib-dead")
    said = title + paragraphs(_say("dead.farther", lang)) + listed
    return (warned if against_paper(at.regime) else "") + said


def _lever(lever: Lever, lang: str) -> str:
    if lever.kind != "fact":
        rule = "rules." if lever.kind == "rule" else ""
        return words("parameters", f"{rule}{lever.key}.name", lang)
    room, _, name = lever.key.rpartition(".")  # `exemption.…` is a condition of the exemption
    return words("riskbenefit", f"{'condition' if room else 'fact'}.{name}", lang)


# ---------------------------------------------------------------- what would have to change


def change(at: Model, aim: str, fen: Fen, lang: str) -> str:
    """The smallest change that reaches the target, and what each lever alone would have to be."""
    make = {"at_most": at_most, "at_least": at_least}[aim]
    target = make(fen, f"{at.party}.exposure_fen")
    levers = [f"{at.party}.{name}" for name in facts_of(at.person) if name != "fault"]
    act = at.person.act
    values = [f"parameter:{f}.{act}" for f in ("base", "cap")] if act else []
    parts = [paragraphs(_say("change.hint", lang), class_="simlib-hint")]
    sets = {"facts": [*levers, f"{at.party}.direct"], "values": [*values, "parameter:gamma"]}
    for key, some in sets.items():
        found = needed(at.case, target, some, MODE, at.rules, at.regime)
        parts.append(tag("h4", escape(_say(f"change.{key}", lang))))
        said = (needed_words(found, at.case, lang) if found
                else nothing_words(target, some, at.case, lang))  # fmt: skip
        parts.append(paragraphs(said, class_="simlib-sentence"))
        if found and found.changes:
            parts.append(_singles(found.singles, at.case, lang))
    return "".join(parts)


def _singles(singles: Sequence[Change], case: Case, lang: str) -> str:
    unknown = words("lab", "open.unknown", lang)
    rows = [
        (
            lever_words(c.key, case, lang),
            unknown if c.before is None else value_words(c.before, c.unit, lang),
            _say(f"change.{c.way}", lang, value=value_words(c.rounded, c.unit, lang)),
        )
        for c in singles
    ]
    return _table([_say(f"change.{c}", lang) for c in ("lever", "now", "needed")], rows, lang)


# ---------------------------------------------------------------- registry and axioms


def registry_table(at: Model, lang: str) -> str:
    """Every value and rule: what it is here, its range, its basis, and why this one."""
    columns = ("name", "value", "range", "basis", "why")
    heads = [_say(f"registry.{c}", lang) for c in columns]
    rows = [_registered(row, at, lang) for row in registry(at.regime)]
    hint = paragraphs(_say("registry.hint", lang))
    return hint + ordered(at.regime, lang) + _table(heads, rows, lang)


def _registered(row: Row, at: Model, lang: str) -> tuple[str, ...]:
    reach, between = row.values, _say("path.listed", lang)
    if row.low is not None and row.high is not None:
        reach, between = (row.low, row.high), "–"
    changed = _say("registry.changed", lang) if row.changed else ""
    by_rule = row.kind == "rule"
    return (
        words("parameters", row.name, lang),
        _value(row, row.value, lang) + changed,
        between.join(_value(row, each, lang) for each in reach) or "—",
        words("terms", f"bases.{row.basis}", lang),
        words("parameters", row.why, lang) if by_rule
        else value_reason(at.regime.parameter(row.key), at.case, lang),
    )  # fmt: skip


def ordered(regime: Regime, lang: str) -> str:
    """The paper's two comparisons, and what they leave open; never one line of four."""
    kept: dict[tuple[str, str], bool] = {}
    for each in order(regime):
        pair = each.higher, each.lower
        kept[pair] = kept.get(pair, True) and each.kept
    acts = topic_words("terms", lang)["acts"]
    lines = []
    for (higher, lower), holds in kept.items():
        said = words("riskbenefit", "order.higher", lang, higher=acts[higher], lower=acts[lower])
        state = words("riskbenefit", f"order.{'kept' if holds else 'broken'}", lang)
        lines.append(_say("order.line", lang, said=said, state=state))
    open_pairs = [p for p in combinations(ACTS, 2) if ranks(*p) is None]
    lines += [
        words("riskbenefit", "order.open", lang, one=acts[one], other=acts[other])
        for one, other in open_pairs
    ]
    return tag("ul", "".join(tag("li", escape(line)) for line in lines))


def _value(row: Row, value: float | str, lang: str) -> str:
    """A rule's value by its name; a parameter's number, an amount where it is one."""
    if isinstance(value, str):
        named: dict[str, str] = topic_words("parameters", lang)["rules"][row.key].get("values", {})
        return named.get(value, value)
    return (
        amount(round(value), lang) if row.unit == "fen" else f"{value:.4f}".rstrip("0").rstrip(".")
    )


def axiom_table(_: Model, lang: str) -> str:
    """Which demand each way of joining meets, computed, with what it takes."""
    found = axioms()
    ways = (_say(f"way.{way}", lang) for way in AGGREGATORS)
    by = {(v.axiom, v.aggregator): v for v in found}
    rows = []
    for axiom in dict.fromkeys(v.axiom for v in found):
        about = words("riskbenefit", f"axiom.{axiom}.about", lang)
        name = words("riskbenefit", f"axiom.{axiom}.name", lang)
        head = _say("axioms.row", lang, id=axiom, name=name, about=about)
        rows.append((head, *(_verdict(by[axiom, way], lang) for way in AGGREGATORS)))
    tried = words("riskbenefit", "verdict.tried", lang, count=max(v.tried for v in found))
    hint = paragraphs(_say("axioms.hint", lang) + tried)
    return hint + _table([_say("axioms.axiom", lang), *ways], rows, lang)


def _verdict(verdict: Verdict, lang: str) -> str:
    degree = verdict.axiom == "A11"  # its way says how far, and is no condition
    key = "fails" if not verdict.holds else "by" if verdict.way and not degree else "holds"
    said = words("riskbenefit", f"verdict.{key}", lang)
    if not verdict.way:
        return said
    way = words("riskbenefit", f"way.{verdict.way}", lang)
    return _say("axioms.way", lang, verdict=said, way=way)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], lang: str) -> str:
    cells = tuple(tuple(Cell(text) for text in row) for row in rows)
    return table(Drawing(NO_FIGURE, tuple(heads), cells, ""), {}, "", lang)


def _say(key: str, lang: str, **values: object) -> str:
    return words("riskbenefit_lab", key, lang, **values)
