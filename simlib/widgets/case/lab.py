"""The lab itself: state in the middle, forms that ask, panes and charts that answer."""

from __future__ import annotations

import json

import ipywidgets

from simlib.case import load_case
from simlib.errors import SimlibError
from simlib.figures.case import draw_modes
from simlib.liability import COMPARED, compare
from simlib.text import message, words
from simlib.widgets.case import panes
from simlib.widgets.case.forms import (
    FIRST,
    NORMS,
    TWIN,
    answer_spec,
    choice_spec,
    is_answer,
    knob_spec,
)
from simlib.widgets.case.knobs import Knob, knobs
from simlib.widgets.case.still import moved, still_key
from simlib.widgets.case.twin import Twin
from simlib.widgets.controls import Form, Pane
from simlib.widgets.markup import paragraphs, table
from simlib.widgets.plot import PlotView
from simlib.widgets.state import LabState, asked_state

# Our style sheet lays out everything: one empty layout for all widgets keeps the page light.
LAYOUT = ipywidgets.Layout()


class CaseLab:
    """Lesson 01's lab. A notebook shows its parts one after the other between its prose.

    Attributes
    ----------
    commit, play, why, courts
        the parts, each a widget: the reader's answer; knobs, chart and table; reasons; rulings
        and the twin case
    state
        everything the reader chose
    """

    def __init__(self, lang: str = "zh", case: str = FIRST, link: str | None = None) -> None:
        self.lang = lang
        self.state = LabState(case_id=case)
        self.state.position = self._positions()[0] if self._positions() else ""
        self.restored = self.state.from_text(link, self._accept) if link else None
        self.still: dict[str, str] = {}
        self.knobs: dict[str, Knob] = {}
        self.outcomes: dict = {}
        self.drawing = None
        self._make()
        self._wire()
        self._setup()
        if self.restored is False:
            self.notice.html = paragraphs(self._say("link.broken"), class_="simlib-warn")

    def _accept(self) -> None:
        """Refuse a state from a link that no reader can have left."""
        selected, answer = self.state.selected, self.state.committed
        if selected and (len(selected) != 3 or selected[0] not in COMPARED):
            raise ValueError("asks about a number no table has")
        if not is_answer(answer):
            raise ValueError("an answer the form cannot give")
        self._decide()

    # ------------------------------------------------------------ parts

    def _make(self) -> None:
        say = self._say
        plain = {"layout": LAYOUT}
        self.answer = Form(label=say("commit.label"), **plain)
        self.feedback = Pane(live=True, **plain)
        self.choose = Form(label=say("choose.label"), link="", **plain)
        self.form = Form(label=say("knobs.label"), **plain)
        self.chart, self.board = PlotView(**plain), Pane(**plain)
        self.reasons = Pane(live=True, **plain)
        self.rulings = Pane(**plain)
        self.reported = Pane(html=panes.reported(self.lang), **plain)
        self.twin = Twin(self.lang, LAYOUT)
        self.notice = Pane(live=True, **plain)
        stage = _box("simlib-stage", self.form, _box("simlib-main", self.chart, self.board))
        self.commit = _box("simlib-lab", self.answer, self.feedback)
        enters = Pane(html=panes.enters(COMPARED, self.lang), **plain)
        self.gated = [
            _box("simlib-lab", self.choose, self.notice, stage, enters),
            _box("simlib-lab", self.reasons),
            _box("simlib-lab", self.rulings, *self.twin.parts, self.reported),
        ]
        self.play, self.why, self.courts = (_box("simlib-gate") for _ in self.gated)
        self.locked = Pane(html=paragraphs(say("commit.first"), class_="simlib-hint"), **plain)

    def _wire(self) -> None:
        self.answer.on_asked(
            lambda wishes: self.answer.set_trait("values", {**self.answer.values, **wishes})
        )
        self.answer.on_press(self._committed)
        self.choose.on_asked(self._chosen)
        self.choose.on_press(self._pressed)
        self.form.on_asked(self._turned)
        self.form.on_press(self._pressed)
        self.board.on_say(self._asked)

    def _setup(self) -> None:
        """Draw everything anew: at the start, and when another case is opened."""
        case = self.state.case()
        helpers = [p.id for p in case.parties if p.role != "victim" and p.role != "principal"]
        if self.state.party not in helpers:
            self.state.party = helpers[0]
        self.knobs = {k.id: k for k in knobs(case, self.state.party, self.lang)}
        self.choose.spec = choice_spec(self.state.base(), helpers, self.lang)
        self.form.spec = knob_spec(list(self.knobs.values()), self.lang)
        self.answer.spec = answer_spec(self.state.base(), self.lang)
        answer = self.state.committed
        self.answer.values = {
            "norm": answer.get("norm", NORMS[0]),
            "document": answer.get("document", "judgment"),
            "amount": answer.get("amount_fen", case.loss_fen) / 100,
        }
        self.notice.html = ""
        courts = panes.rulings(case, self.lang) + panes.sources(case, self.lang)
        self.rulings.html = courts  # of the case, not of the reader's setting: not on a knob's path
        self._redraw()
        self._gate()
        self._draw_twin()

    def _gate(self) -> None:
        """Results stay shut until the reader has answered (or a teacher has opened them)."""
        opened = bool(self.state.committed)
        self.answer.shut = not opened
        for slot, part in zip((self.play, self.why, self.courts), self.gated, strict=True):
            slot.children = (part,) if opened else (self.locked,)
        answer = self.state.committed
        self.feedback.html = (
            panes.feedback(self.state.base(), answer, self.lang) if answer.get("norm") else ""
        )

    # ------------------------------------------------------------ what the reader does

    def _committed(self, button: str) -> None:
        values = self.answer.values
        self.state.committed = (
            {"opened": True}
            if button == "open"
            else {
                "norm": values["norm"],
                "document": values["document"],
                "amount_fen": round(float(values["amount"]) * 100),
            }
        )
        self._redraw()
        self._gate()

    def _chosen(self, wishes: dict) -> None:
        if "case" in wishes:
            self.state.case_id, self.state.changes, self.state.selected = wishes["case"], {}, []
            self.state.party = ""
            self.state.committed = {"opened": True}
            self.state.position = self._positions()[0] if self._positions() else ""
        if "position" in wishes:
            self.state.position, self.state.changes = wishes["position"], {}
        if "party" in wishes:
            self.state.party = wishes["party"]
        self.still = {}
        self._setup() if wishes.keys() & {"case", "party"} else self._redraw()
        if "position" in wishes:
            self._draw_twin()

    def _turned(self, wishes: dict) -> None:
        """A knob was moved: write its fact, decide again, say why a mode stands still."""
        before, changes, group = self.outcomes, dict(self.state.changes), ""
        for name, value in wishes.items():
            knob = self.knobs[name]
            changes |= knob.write(value, self.state.case())
            group = knob.group
        self._try(changes)
        self.still = {
            mode: self._say(f"still.{still_key(group, outcome, self.state.party)}")
            for mode, outcome in self.outcomes.items()
            if mode in before and not moved(before[mode], outcome)
        }
        self._redraw(decide=False)

    def _try(self, changes: dict) -> None:
        held, self.state.changes = self.state.changes, changes
        try:
            self._decide()
            self.notice.html = ""
        except SimlibError as error:
            self.state.changes = held
            self.notice.html = paragraphs(message(error, self.lang), class_="simlib-warn")
            self._decide()

    def _pressed(self, button: str) -> None:
        action, _, name = button.partition(":")
        if action == "reset":
            back = [self.knobs[name]] if name else self.knobs.values()
            paths = {f"{knob.owner}.{field}" for knob in back for field in knob.fields}
            kept = {k: v for k, v in self.state.changes.items() if k not in paths}
            self.still = {}
            self._try(kept)
            self._redraw(decide=False)
        elif button == "png":
            self.chart.save(f"simlib-{self.state.case_id}")
        elif button in ("csv", "json"):
            self.choose.send({"file": self._file(button)})

    def _asked(self, said: str) -> None:
        self.state.selected = said.split("|")
        self._redraw(decide=False)
        self.reasons.revealed += 1

    # ------------------------------------------------------------ what the lab answers

    def _decide(self) -> None:
        self.outcomes = compare(self.state.case(), COMPARED)

    def _redraw(self, decide: bool = True) -> None:
        if decide:
            self._decide()
        case, state = self.state.case(), self.state
        drawing = draw_modes(
            case, self.outcomes, state.party, self.lang, state.committed.get("amount_fen")
        )
        self.drawing = drawing
        with self.chart.hold_sync():
            self.chart.description, self.chart.figure = drawing.sentence, drawing.figure
        said = {n: self.still.get(mode, "") for n, mode in enumerate(self.outcomes)}
        self.board.html = table(drawing, said, "|".join(state.selected), self.lang)
        self.reasons.html = panes.why(case, self.outcomes, state.selected, self.lang)
        with self.form.hold_sync():
            self.form.values = {k.id: k.read(case) for k in self.knobs.values()}
            self.form.tags = {
                k.id: k.tag(case, set(state.changes), self.lang) for k in self.knobs.values()
            }
        self.choose.values = {
            "case": state.case_id,
            "position": state.position,
            "party": state.party,
        }
        self.choose.link = state.to_text()

    def _draw_twin(self) -> None:
        """On the same footing: at the same position, so far as the twin has it."""
        self.twin.draw(TWIN if self.state.case_id != TWIN else FIRST, self.state.position)

    def _file(self, kind: str) -> dict:
        name = f"simlib-{self.state.case_id}.{kind}"
        if kind == "csv":
            return {"name": name, "type": "text/csv", "text": self.drawing.csv()}
        found = {mode: outcome.to_json() for mode, outcome in self.outcomes.items()}
        text = json.dumps(found, ensure_ascii=False, indent=1)
        return {"name": name, "type": "application/json", "text": text}

    # ------------------------------------------------------------ the forms

    def _say(self, key: str) -> str:
        return words("case", key, self.lang)

    def _positions(self) -> list[str]:
        return [p.id for p in load_case(self.state.case_id).positions]


def case_lab(lang: str = "zh") -> CaseLab:
    """The lab of lesson 01, in the state that the page's address asks for."""
    return CaseLab(lang, link=asked_state())


def _box(name: str, *children: ipywidgets.Widget) -> ipywidgets.VBox:
    box = ipywidgets.VBox(children, layout=LAYOUT)
    box.add_class(name)
    return box
