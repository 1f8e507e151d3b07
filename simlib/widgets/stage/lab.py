"""The lab of a stage: what the reader does, and what the stage then shows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from simlib.figures.board import Board
from simlib.figures.style import BASIS, RULING
from simlib.text import topic_words, words
from simlib.widgets.beside import Kept, setting_names
from simlib.widgets.controls import LAYOUT
from simlib.widgets.door import Door
from simlib.widgets.history import History
from simlib.widgets.lesson import View
from simlib.widgets.mine import Mine
from simlib.widgets.stage import controls
from simlib.widgets.stage.bet import OPENED, bet_html, is_bet, read_bet, shown
from simlib.widgets.stage.files import csv_file, json_file
from simlib.widgets.stage.lesson import StageLesson
from simlib.widgets.stage.play import Play
from simlib.widgets.stage.task import DONE, GUESSED, after, at_hand, is_begun, state_of
from simlib.widgets.stage.told import joined, moved
from simlib.widgets.stage.view import StageView
from simlib.widgets.state import OWN, LabState
from simlib.widgets.step import Steps

TOPIC = "stage"
CHOOSE = ("case", "position", "party")


class StageLab(Steps, StageLesson):
    """A lesson on the stage.

    Attributes
    ----------
    stage, view
        the one widget that shows it, under both names
    state, history, now
        everything the reader chose, what of it he can take back, and what the engine says of it
    before
        the view before the last change, of the same case; None: there is none
    said
        why the last bet was asked back
    drawn
        the board that is shown
    """

    HELD = ("still", "before", "said")
    drawn: Board

    def __init__(self, lang: str = "zh", case: str = "", link: str | None = None) -> None:
        self.lang = lang
        self.state = LabState()
        self.state.put(self._opening(case or self.cases()[0]))
        self.mine = Mine(self, link)
        self.still, self.knobs, self._seen = {}, {}, {}
        self.before: View | None = None
        self.said, self._theirs, self._count = "", False, 0
        self.beside = Kept(self.state, self._view, self.named, lang)
        self.history = History(self.state.snapshot())
        self.play = Play(self, self._view)
        self.stage = self.view = self._staged()
        self.modules()
        self._wire()
        if not self.attempt(lambda: self._begin(link)):
            self.restored = False
        if self.restored is False:
            self.warn(self.mine.why_not())

    @property
    def outcomes(self) -> Mapping[str, Any]:
        """What the engine says now."""
        return self.now.outcomes

    def _staged(self) -> StageView:
        view = StageView(
            layout=LAYOUT,
            label=words(TOPIC, "page.stage", self.lang),
            words=topic_words(TOPIC, self.lang)["page"],
            scenes=self.play.listed(),
            link="",
        )
        view.add_class("lesson-stage")
        return view

    def _wire(self) -> None:
        for door in self._doors():
            door.guard = self.attempt
        view = self.view
        view.on_asked(self._asked_for)
        view.on_press(self._pressed)
        view.on_own(self.mine.hear)
        view.on("bet", lambda content: self._bet(content["bet"]))
        view.on("say", lambda content: self._asked(content["say"]))
        view.on("task", lambda content: self._task(**content))
        view.on("scene", lambda content: self._staged_at(content["scene"], content.get("turned")))

    def _doors(self) -> list[Door]:
        """Every widget of the lab, whether it is shown just now or not."""
        todo = [each for each in vars(self).values() if isinstance(each, Door)]
        found: list[Door] = []
        while todo:
            found.append(todo.pop())
            todo += getattr(found[-1], "children", ())
        return found

    def _begin(self, link: str | None) -> None:
        super()._begin(link)
        self._theirs = bool(self.restored) and self._answered
        self._ask()

    # ------------------------------------------------------------ what the reader does

    @property
    def _answered(self) -> bool:
        """Whether an answer was given, rather than none, or the lesson opened without one."""
        return self.state.committed not in ({}, OPENED)

    def _bet(self, values: dict[str, Any]) -> None:
        """The answer was sent: open the stage, or ask it back."""
        read = read_bet(values, self.questions(), self.lang)
        self.said = read.said or self.contradiction(read.answer)
        if self.said:
            self._ask()
        else:
            self._open(read.answer)

    def _open(self, answer: dict[str, Any]) -> None:
        """Open the stage, or ask once more if there is no answer; that is not undone."""
        self._theirs, self.said = False, ""
        if self._change({"committed": answer}):
            self.history.start(self.state.snapshot())
            self._fill()

    def _asked_for(self, wishes: dict[str, Any]) -> None:
        """Controls were set: the choice above all first, then knobs."""
        then = self.view.board
        chosen = {name: value for name, value in wishes.items() if name in CHOOSE}
        turned = {name: value for name, value in wishes.items() if name in self.knobs}
        if chosen:
            self._chosen(chosen)
        if turned and "case" not in chosen:
            self._turn(turned, self.view.strokes)
        self._tell(then)

    def _pressed(self, button: str) -> None:
        action, _, name = button.partition(":")
        if action in ("open", "answer"):
            self._open(dict(OPENED) if action == "open" else {})
        elif action in ("csv", "json"):
            self.view.send({"file": self.file(action)})
        else:
            then = self.view.board
            self._press(action, name)
            self._tell(then, words(TOPIC, f"tools.{action}", self.lang))

    def _asked(self, said: str) -> None:
        """A number is asked about, or the drawer closed."""
        self.state.selected = said.split("|") if said else []
        self._refresh()

    def _staged_at(self, id: str, turned: bool | None = False) -> None:
        """Set a scene up; `turned`: with its question answered."""
        scene = self.play.scene(id)
        changes = {**scene.changes, **scene.turn} if turned else None
        if self._change(self.play.setting(scene, changes)):
            self._tell_scene()

    def _task(self, task: str, do: str, value: str = "") -> None:
        """Something was done with a task."""
        fields: dict[str, Any] = {
            "tasks": after(self.state.tasks, self.play.tasks, task, do, value)
        }
        sets = do in ("start", "again")
        if sets:
            fields |= self.play.start(self.play.task(task))
        if self._change(fields) and sets:
            self._tell_scene()

    # ------------------------------------------------------------ what is told

    def _tell(self, then: Mapping[str, Any], first: str = "") -> None:
        """Tell what a change moved on the board."""
        if self.view.notice:  # that says it
            return
        self._speak(joined([first, moved(then, self.view.board, self.lang)], self.lang))

    def _tell_scene(self) -> None:
        found = self.view.scene
        self._speak(words(TOPIC, "told.scene", self.lang, **found))

    def _speak(self, text: str) -> None:
        self._count += 1
        self.view.told = {"n": self._count, "text": text}

    # ------------------------------------------------------------ what the stage shows

    def _stepped(self, before: View, knob: Any) -> None:
        super()._stepped(before, knob)
        same = before.scene.case_id == self.now.scene.case_id
        self.before = before if same and before.scene != self.now.scene else None

    def _refresh(self) -> None:
        """Show the state, whatever it has become; what does not hang on it stays as it is."""
        state = self.state
        if self._new("fit", (state.opened, state.own, state.party, state.stage)):
            self._fit()
        if self._new("place", (state.opened, state.position)):
            self.place()
        self._notice_task()
        self._draw()
        self.show()
        self._fill()

    def _fit(self) -> None:
        state, base = self.state, self.state.base()
        self.knobs = {knob.id: knob for knob in self.fit_knobs(self.now.case, state.party)}
        own = state.load(OWN) if state.own else None
        helpers, mine = self.helpers(base), self.mine.spec()
        chosen = controls.choose(self.cases(), base, helpers, mine, own, self.lang)
        main = self.play.scene(state.stage).knobs
        self.view.spec = [*chosen, *controls.knobs(self.knobs, main, self.groups(), self.lang)]

    def _notice_task(self) -> None:
        """See whether the task at hand has been done."""
        begun, tasks = self.state.tasks, self.play.tasks
        now = at_hand(begun, tasks)
        if state_of(begun, now) == GUESSED and self.play.is_done(self.play.task(now), self.now):
            self.state.tasks = after(begun, tasks, now, DONE, "")

    def _draw(self) -> None:
        state, scene = self.state, self.play.scene(self.state.stage)
        self.drawn = self.board(self.now, self.beside.view, scene, self.before)
        title, html = self.reason(self.now, state.selected) if state.selected else ("", "")
        say = "|".join(state.selected) if html else ""
        with self.view.hold_sync():
            self.view.board = self.drawn.to_json()
            self.view.drawer = {"say": say, "title": title, "html": html}

    def _fill(self) -> None:
        """What controls, tools, bet and tasks say."""
        state, now, view = self.state, self.now.case, self.view
        changed = set(state.changes)
        link = state.to_text()
        with view.hold_sync():
            view.values = {knob.id: knob.read(now) for knob in self.knobs.values()} | {
                "case": state.case_id,
                "position": state.position,
                "party": state.party,
                OWN: self.mine.value(link),
            }
            view.tags = {
                k.id: (*k.tag(now, changed, self.lang), bool(changed & k.paths))
                for k in self.knobs.values()
            }
            view.link = link
            view.tools = {
                "undo": self.history.can_undo,
                "redo": self.history.can_redo,
                "reset": bool(state.changes),
                **self.beside.open_tools(),
            }
            view.tasks = self.play.tasked(state.tasks)
            view.scene = self._scene()
            view.frame = self._framed()
            self._ask()

    def _scene(self) -> dict[str, Any]:
        """The scene that is shown; of another case there is none to speak of."""
        if self.state.case_id == self.cases()[0]:
            return self.play.shown(self.state.stage)
        count = len(self.play.scenes)
        return {"id": "", "n": 0, "of": count, "question": "", "answer": ""}

    def _ask(self) -> None:
        """The bet, and what was answered beside the court and the law."""
        state, view = self.state, self.view
        if self._new("bet", True):
            self._html = bet_html(self.questions(), self.lang)
        view.bet = {
            "html": self._html,
            "open": not state.committed,
            "values": shown(state.committed),
            "said": self.said,
            "theirs": self._theirs and self._answered,
        }
        told = bool(state.committed) and state.case_id == self.cases()[0]
        view.reveal = self.reveal(self.play.opening(), state.committed) if told else {}

    def _framed(self) -> dict[str, Any]:
        case, *position = setting_names(self.now, self.lang)
        summary = self.now.case.summary if self.state.case_id == OWN else None
        return {
            "topic": self.topic,
            "no": self.no,
            "lang": self.lang,
            "title": self.say("lesson.title"),
            "minutes": self.minutes,
            "question": self.say("lesson.question"),
            "case": case,
            "position": "".join(position),
            "today": datetime.date.today().isoformat(),
            "colors": {**BASIS, "ruling": RULING, "practice": RULING},
            "story": getattr(summary, self.lang) if summary else "",
        }

    # ------------------------------------------------------------ what Steps asks of a frame

    def is_answer(self, answer: dict[str, Any]) -> bool:
        """Nothing yet, opened by a teacher, or a whole answer."""
        return is_bet(answer, self.questions())

    def is_staged(self, stage: str, tasks: dict[str, Any]) -> bool:
        """One of the lesson's scenes, and its tasks as a page can have left them."""
        known = ("", *(scene.id for scene in self.play.scenes))
        return stage in known and is_begun(tasks, self.play.tasks)

    def note(self, html: str) -> None:
        """Show what was refused; empty: nothing was."""
        self.view.notice = html

    def again(self) -> None:
        """Let the page show once more what holds."""
        self.view.again()

    def send_own(self, content: dict[str, object]) -> None:
        """Tell the page something about the reader's own case."""
        self.view.send(content)

    def file(self, kind: str) -> dict[str, str]:
        """What the reader saves: the board as `csv`, the outcomes as `json`."""
        if kind == "json":
            return json_file(self.now)
        kept = self.beside.title()
        return csv_file(self.drawn, self.now, self.knobs.values(), kept, self.lang)
