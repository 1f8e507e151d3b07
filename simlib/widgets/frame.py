"""The frame of every lab: state, undo, A beside B, forms, reasons, files; a lesson fills it."""

from __future__ import annotations

import json

import ipywidgets

from simlib.text import words
from simlib.widgets import tools
from simlib.widgets.beside import Beside
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.door import Door
from simlib.widgets.history import History
from simlib.widgets.knob import turned
from simlib.widgets.lesson import Lesson
from simlib.widgets.markup import paragraphs, table
from simlib.widgets.mine import Mine
from simlib.widgets.plot import PlotView
from simlib.widgets.state import OWN, LabState
from simlib.widgets.step import Steps

__all__ = ["LAYOUT", "Lab", "box"]


class Lab(Steps, Lesson):
    """A lab. A notebook shows its parts one after the other between its prose.

    Attributes
    ----------
    commit
        the reader's answer, a part of every lab; each name in `parts()` is a part besides
    state, history
        everything the reader chose, and what of it he can take back
    now, drawing
        the scene that is shown (B) with its outcomes, and what is drawn of it
    beside, mine
        the scene kept as A: its `view`, if there is one; what opens the reader's own case
    still
        row → words that say why it stands still after the last knob
    answer, choose, form
        the forms: questions; case, position and tools; knobs
    chart, board, reasons, notice, feedback
        the chart, its table and sentence, why, what was refused, what is said to the answer
    """

    def __init__(self, lang: str = "zh", case: str = "", link: str | None = None) -> None:
        self.lang = lang
        self.state = LabState()
        self.state.put(self._opening(case or self.cases()[0]))
        self.mine = Mine(self, link)
        self.still = {}
        self.knobs, self._seen = {}, {}
        self.beside = Beside(self.state, self._view, self.draw, self.named, lang)
        self.history = History(self.state.snapshot())
        self._make()
        self._wire()
        if not self.attempt(lambda: self._begin(link)):
            self.restored = False
        if self.restored is False:
            self.warn(self.mine.why_not())

    @property
    def outcomes(self) -> dict:
        """What the engine says now."""
        return self.now.outcomes

    @property
    def can_reset(self) -> bool:
        """Whether there is anything that "reset all" takes back."""
        return bool(self.state.changes)

    # ------------------------------------------------------------ parts

    def pane(self, html: str = "", live: bool = False) -> Pane:
        """A pane of words; `live`: a screen reader hears its changes."""
        return Pane(html=html, live=live, layout=LAYOUT)

    def stage(self, *below: ipywidgets.Widget) -> ipywidgets.VBox:
        """Knobs on the left; chart, whatever is given, and table on the right."""
        return box("simlib-stage", self.form, box("simlib-main", self.chart, *below, self.board))

    def _make(self) -> None:
        self.answer = Form(label=self._say("commit.label"), layout=LAYOUT)
        self.choose = Form(label=self._say("choose.label"), link="", layout=LAYOUT)
        self.form = Form(label=self._say("knobs.label"), layout=LAYOUT)
        self.chart, self.board = PlotView(layout=LAYOUT), self.pane()
        self.feedback, self.reasons, self.notice = (self.pane(live=True) for _ in range(3))
        self.locked = self.pane(paragraphs(self._say("commit.first"), class_="simlib-hint"))
        self.commit = box("simlib-lab", self.answer, self.feedback)
        self.gated = []
        for name, widgets in self.parts().items():
            slot = box("simlib-gate")
            self.gated.append((slot, box("simlib-lab", *widgets)))
            setattr(self, name, slot)

    def _wire(self) -> None:
        for door in self._doors():
            door.guard = self.attempt
        self.answer.on_asked(lambda w: self.answer.set_trait("values", self.answer.values | w))
        self.answer.on_press(self._committed)
        self.choose.on_asked(self._chosen)
        self.choose.on_press(self._pressed)
        self.choose.on_own(self.mine.hear)
        self.form.on_asked(self._turned)
        self.form.on_press(self._pressed)
        self.board.on_say(self._asked)

    def _doors(self) -> list[Door]:
        """Every widget of the lab, whether it is shown just now or not."""
        found = [each for each in vars(self).values() if isinstance(each, Door)]
        todo = [part for _, part in self.gated]
        while todo:
            found.append(todo.pop())
            todo += getattr(found[-1], "children", ())
        return found

    # ------------------------------------------------------------ what the reader does

    def _committed(self, button: str) -> None:
        shut = not self.state.committed
        answer = {"opened": True} if button == "open" else self.read_answer(self.answer.values)
        if self._change({"committed": answer}) and shut:  # opening the lesson is not undone
            self.history.start(self.state.snapshot())
            self._fill()

    def _turned(self, wishes: dict) -> None:
        self._turn(wishes, self.form.strokes)

    def _pressed(self, button: str) -> None:
        action, _, name = button.partition(":")
        if self._press(action, name):
            return
        if action == "png":
            self.chart.save(f"simlib-{self.state.case_id}")
        elif action in ("csv", "json"):
            self.choose.send({"file": self.file(action)})
        else:
            self.pressed(button)

    def _asked(self, said: str) -> None:
        self.state.selected = said.split("|")
        self._refresh()
        self.reasons.revealed += 1

    # ------------------------------------------------------------ what the lab answers

    def _refresh(self) -> None:
        """Show the state, whatever it has become; what does not hang on it stays as it is."""
        state = self.state
        if self._new("fit", (state.opened, state.own, state.party, state.chosen)):
            self._fit()
        if self._new("gate", (state.opened, state.committed)):
            self._gate()
        if self._new("place", (state.opened, state.position)):
            self.place()
        self._draw()
        self.show()
        self._fill()

    def _fit(self) -> None:
        base, state = self.state.base(), self.state
        self.knobs = {k.id: k for k in self.fit_knobs(self.now.case, state.party)}
        more = self.choices(base)[0]
        helpers = self.helpers(base)
        own = state.load(OWN) if state.own else None
        spec = tools.choice_spec(self.cases(), base, helpers, more, self.lang, own)
        self.choose.spec = [spec[0], self.mine.spec(), *spec[1:]]
        self.form.spec = tools.knob_spec(self.knobs.values(), self.lang, self.folded())

    def _gate(self) -> None:
        """Results stay shut until the reader has answered (or a teacher has opened them)."""
        base, answer = self.state.base(), self.state.committed
        questions, values = self.questions(base)
        self.answer.spec, self.answer.values = tools.commit_spec(questions, self.lang), values
        self.answer.shut = not answer
        for slot, part in self.gated:
            slot.children = (part,) if answer else (self.locked,)
        given = answer and answer != {"opened": True}
        self.feedback.html = self.comment(base, answer) if given else ""

    def _draw(self) -> None:
        selected = "|".join(self.state.selected)
        self.drawing = drawing = self.beside.compare(self.draw(self.now, self.beside.view))
        with self.chart.hold_sync():
            self.chart.description, self.chart.figure = drawing.sentence, drawing.figure
        self.board.html = table(drawing, self.still, selected, self.lang)
        self.reasons.html = self.reason(self.now, self.state.selected)

    def _fill(self) -> None:
        """What the controls say."""
        state, now = self.state, self.now.case
        link = state.to_text()
        with self.form.hold_sync():
            self.form.values = {k.id: k.read(now) for k in self.knobs.values()}
            changed = set(turned(state.base(), state.changes))
            self.form.tags = {k.id: k.tag(now, changed, self.lang) for k in self.knobs.values()}
        with self.choose.hold_sync():
            self.choose.values = {
                "case": state.case_id,
                "position": state.position,
                "party": state.party,
                **self.choices(state.base())[1],
                OWN: self.mine.value(link),
                "undo": self.history.can_undo,
                "redo": self.history.can_redo,
                "reset_all": self.can_reset,
                **self.beside.open_tools(),
            }
            self.choose.link = link

    def _say(self, key: str) -> str:
        return words("lab", key, self.lang)

    def note(self, html: str) -> None:
        """Show what was refused; before he has answered, beside the questions too."""
        self.notice.html = html
        if html and not self.state.committed:
            self.feedback.html = html

    def again(self) -> None:
        """Let every form show once more what holds."""
        for form in (self.answer, self.choose, self.form):
            form.again()

    def send_own(self, content: dict) -> None:
        """Tell the page something about the reader's own case."""
        self.choose.send(content)

    def file(self, kind: str) -> dict:
        """What the reader saves: the table as `csv`, the outcomes as `json`."""
        name = f"simlib-{self.state.case_id}.{kind}"
        if kind == "csv":
            return {"name": name, "type": "text/csv", "text": self.drawing.csv()}
        found = {key: outcome.to_json() for key, outcome in self.outcomes.items()}
        text = json.dumps(found, ensure_ascii=False, indent=1)
        return {"name": name, "type": "application/json", "text": text}
