"""The lab of a stage: what the reader does, and what he is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.law.rule import earlier_defaults
from simlib.text import words
from simlib.widgets.comparison import Kept
from simlib.widgets.earlier_rules import moved as moved_rules
from simlib.widgets.earlier_rules import said as said_rules
from simlib.widgets.history import History
from simlib.widgets.markup import paragraphs, tag
from simlib.widgets.own_case import Mine
from simlib.widgets.page_messages import Door, record, text
from simlib.widgets.stage.announcements import MOST, joined, moved, one, revealed
from simlib.widgets.stage.bet import OPENED, is_bet, of_now, read_bet
from simlib.widgets.stage.files import csv_file, json_file
from simlib.widgets.stage.scene_data import Play
from simlib.widgets.stage.stage_traits import TOPIC, Shown
from simlib.widgets.stage.task import (
    DONE,
    GUESSED,
    NOW,
    OPEN,
    after,
    at_hand,
    is_begun,
    renamed,
    state_of,
    unbegun,
)
from simlib.widgets.stage.undo_words import set_back, stepped
from simlib.widgets.state import LabState

if TYPE_CHECKING:
    from simlib.law.rule import Value
    from simlib.lessons.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.stage.task import Task
    from simlib.widgets.state_change import Held

CHOOSE = ("case", "position", "party")


class StageLab(Shown):
    """A lesson on the stage.

    Attributes
    ----------
    stage, view
        the one widget that shows it, under both names
    state, history, now
        everything the reader chose, what of it he can take back, and what the engine says of it
    """

    HELD = ("still", "before", "said", "set_back", "went_back", "follows", "_staged_as", "_by_knob")

    def __init__(self, lang: str = "zh", case: str = "", link: str | None = None) -> None:
        self.lang = lang
        self.state = LabState()
        self.state.put(self._opening(case or self.cases()[0]))
        self.mine = Mine(self)
        self.still, self.knobs, self._seen = {}, {}, {}
        self.before, self._then = None, None
        self.said, self.set_back, self.theirs, self._count = "", "", False, 0
        self.went_back = ""
        self._by_hand: tuple[Knob, ...] = ()  # knobs that a scene is about to put back
        self.follows = True
        self._by_knob = True  # what stands there is not a scene or a step back that was asked for
        self._aside: Held | None = None  # what stood there when stage mode began
        self._stroke: tuple[object, ...] = ()  # of the knob that was moved last
        self._drawn_by: tuple[object, ...] = ()  # what `before` is the beginning of
        self._staged_as = self.state.stage  # the scene that was shown last
        self.beside = Kept(self.state, self._view, self.named, lang)
        self.history = History(self.state.snapshot())
        self.play = Play(self, self._view)
        self.stage = self.view = self._staged()
        self.modules()
        self._wire()
        self._take(link)

    def _take(self, link: str | None) -> None:
        """Show the state of a link, or the lesson's own and why."""
        self.mine.follow(link)
        if not self.attempt(lambda: self._begin(link)):
            self.restored = False
        if self.restored is False:
            self.warn(self.mine.why_not())

    def hand_over(self, link: str) -> None:
        """Show the state in the fragment of the page's address, which no request has carried."""
        with self.view.hold_sync():  # with the page's sign that it may show the stage
            self._seen.clear()
            self._take(link)
            self.view.handed = True

    def close(self) -> None:
        """End every widget of the lab: nothing keeps it from then on."""
        for door in self._doors():
            door.close()

    def _wire(self) -> None:
        for door in self._doors():
            door.guard = self.attempt
        view = self.view
        view.on_asked(self._asked_for)
        view.on_own(self.mine.hear)
        view.on("bet", lambda content: self._bet(record(content["bet"])))
        view.on("say", lambda content: self._asked(text(content["say"])))
        view.on(
            "task",
            lambda content: self._task(**{key: str(value) for key, value in content.items()}),
        )
        view.on("press", lambda content: self._pressed(text(content["press"])))
        view.on(
            "scene",
            lambda content: self._staged_at(text(content["scene"]), content.get("turned") is True),
        )

    def _to_scene(self, content: Mapping[str, object]) -> None:
        self._staged_at(text(content["scene"]), content.get("turned") is True)

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
        self.theirs = bool(self.restored) and self._answered
        if self.theirs:
            self._fill()  # all that tells whose answer it is
        if self.restored:
            self.tell_earlier(self.state.written)

    # ------------------------------------------------------------ what the reader does

    def _bet(self, values: dict[str, object]) -> None:
        """The answer was sent: open the stage, or ask it back."""
        read = read_bet(values, self.questions(), self.lang)
        self.said = read.said or self.contradiction(read.answer)
        if self.said:
            self._ask()
        else:
            self._open(read.answer)

    def _open(self, answer: dict[str, object]) -> None:
        """Open the stage, or ask once more if there is no answer; that is not undone."""
        self.theirs, self.said = False, ""
        # who answers himself does the tasks himself too
        fresh: dict[str, object] = {} if answer else {"tasks": {}}
        if self._change({"committed": answer} | fresh):
            self.history.start(self.state.snapshot())
            self._fill()
            if answer:
                self._speak(revealed(self.view.reveal, self.lang) or self._said_scene())

    def _asked_for(self, wishes: dict[str, object]) -> None:
        """Controls were set: the choice above all first, then knobs."""
        stroke = tuple((name, self.view.strokes[name]) for name in wishes)
        if stroke != self._stroke:
            self._stroke, self._began = stroke, self._standing()
        chosen = {name: value for name, value in wishes.items() if name in CHOOSE}
        turned = {name: value for name, value in wishes.items() if name in self.knobs}
        if chosen:
            self._chosen(chosen)
        if turned and "case" not in chosen:
            self._turn(turned, self.view.strokes)
        self._tell(self._began)

    def _pressed(self, button: str) -> None:
        self._stroke = ()
        action, _, name = button.partition(":")
        if action in ("open", "answer"):
            self._open(dict(OPENED) if action == "open" else {})
        elif action in ("present", "presented"):
            self._presented(action == "presented")
        elif action == "fresh":  # another's link: his tasks are not the reader's
            if self._change({"tasks": {}}):
                self.history.start(self.state.snapshot())
                self._fill()
        elif action == "earlier":
            self._earlier(int(name))
        elif action in ("csv", "json"):
            self.view.send({"file": self.file(action)})
            self._speak(words(TOPIC, f"tools.{action}", self.lang))
        else:
            self._tool(action, name)

    def tell_earlier(self, link: int) -> None:
        """Say which rules changed since a link of this format, if that moves the board."""
        moving = moved_rules(link, self._cells)
        if moving:
            button = tag("button", words(TOPIC, "earlier.back", self.lang),
                         type="button", data_press=f"earlier:{link}")  # fmt: skip
            self.note(paragraphs(said_rules(link, moving, self.lang)) + tag("p", button))

    def _cells(self, rules: Mapping[str, Value]) -> list[tuple[str, object]]:
        """What the board of the scene on the stage says with rules chosen, row by row."""
        chosen = {f"rules.{key}": value for key, value in rules.items()}
        view = self._view(replace(self.now.scene, changes=self.now.scene.changes | chosen))
        drawn = self.board(view, None, self.play.scene(self.state.stage), None)
        return [(row.id, row.cells) for row in drawn.rows]

    def _earlier(self, link: int) -> None:
        """Read the rules that move the board as in links of a format; that can be undone."""
        then, were = self._standing(), earlier_defaults(link)
        back = {f"rules.{key}": were[key] for key in moved_rules(link, self._cells)}
        if self._change({"changes": self.state.changes | back}):
            self._tell(then)

    def _presented(self, over: bool) -> None:
        """Stage mode begins, or is over: then everything stands as before, but for the answer."""
        if not over:
            self._aside = self._held()
        elif self._aside:
            fields, history, awaited, beside = self._aside
            answer, self._aside = self.state.committed, None
            opened = answer != fields["committed"]
            self._back((fields | {"committed": answer}, history, awaited, beside), "")
            if opened:  # that is not undone
                self.history.start(self.state.snapshot())
                self._fill()

    def _tool(self, action: str, name: str) -> None:
        """A tool was pressed: tell what it did, and what that moved."""
        then, view, kept, stage = self._standing(), self.now, self.state.kept, self.state.stage
        self._press(action, name)
        key = action
        same = self.now.scene == view.scene
        if action in ("undo", "redo") and same and self.state.kept != kept:
            key = "kept_back" if self.state.kept else "kept_gone"  # nothing but A
        said = words(TOPIC, f"tools.{key}", self.lang)
        if action in ("undo", "redo", "reset"):
            scenes = self.play.number(stage), self.play.number(self.state.stage)
            knobs = self.knobs.values()
            said = stepped(action, view, self.now, knobs, scenes, self.lang) or said
        if action == key and action not in ("keep", "clear"):
            self._tell(then, said)
        else:
            self._speak(said)

    def _asked(self, said: str) -> None:
        """A number is asked about, or the drawer closed."""
        self.state.selected = said.split("|") if said else []
        self._refresh()

    def _staged_at(self, id: str, turned: bool = False) -> None:
        """Set a scene up; `turned`: with its question answered."""
        scene = self.play.scene(id)
        changes = {**scene.changes, **scene.turn} if turned else None
        self.follows = False
        self._by_hand = self.play.by_hand(self.state.stage, self.now) if self.at_home else ()
        if self._change(self.play.setting(scene, changes)):
            self._speak(joined([self._said_scene(), self.went_back], self.lang))
        self._by_hand = ()

    def _task(self, task: str, do: str, value: str = "") -> None:
        """Something was done with a task."""
        fields: dict[str, object] = {
            "tasks": after(self.state.tasks, self.play.tasks, task, do, value)
        }
        sets = do in ("start", "again")
        self.follows |= sets or do == "end"
        if sets:
            found = self.play.task(task)
            self.set_back = self.play.set_back(found, self.now, self.state.stage)
            fields |= self.play.start(found)
        if do == "end":
            if state_of(self.state.tasks, task) == GUESSED:  # by hand: shown what reaches the goal
                fields["tasks"] = after(self.state.tasks, self.play.tasks, task, DONE, "")
            then = self._standing()
            if self._change(fields | self.play.end(self.play.task(task))):
                self._tell(then)
            return
        if self._change(fields) and sets:
            self._speak(self.set_back)  # the focus goes to the options, which say the question

    # ------------------------------------------------------------ what is told

    def _standing(self) -> tuple[Mapping[str, object], str, int]:
        """What a change is told against: the board, what was refused, the tasks done."""
        done = [task for task in self.view.tasks["list"] if task["state"] == DONE]
        return self.view.board, self.view.notice, len(done)

    def _tell(self, then: tuple[Mapping[str, object], str, int], first: str = "") -> None:
        """Tell what a change moved on the board, and whether a task was done by it."""
        board, notice, done = self._standing()
        if notice and notice != then[1]:  # it was refused, and that says it
            return
        if done > then[2]:
            self._tell_done(then[0])
        else:
            task = self._asking()
            asked = (task.rows, task.columns) if task else ((), ())
            said = moved(then[0], board, self.lang, 1 if first else MOST, *asked)
            self._speak(joined([first, said], self.lang))

    def _asking(self) -> Task | None:
        """The task that is being done on the stage, if one is."""
        now = at_hand(self.state.tasks, self.play.tasks)
        doing = self.follows and state_of(self.state.tasks, now) in (OPEN, GUESSED)
        return self.play.task(now) if doing else None

    def _tell_done(self, board: Mapping[str, object]) -> None:
        """Tell that the task at hand is done: its answer, one thing that it moved, and why."""
        began = self._then[2].to_json() if self.before and self._then else board
        now = next(t for t in self.view.tasks["list"] if t["id"] == self.view.tasks[NOW])
        values = {name: now[name] for name in ("title", "answer", "verdict")}
        task = self.play.task(now["id"])
        key = "by_hand" if task.goal else "right" if now["right"] else "wrong"
        done = words(TOPIC, f"told.{key}", self.lang, **values)
        if now["also"]:  # the sum speaks of the task's own setting
            done = joined([done, words(TOPIC, "page.also", self.lang)], self.lang)
        change = one(began, self.view.board, task.asked, task.columns, self.lang)
        self._speak(change, done, now["sum"])

    def _said_scene(self) -> str:
        return words(TOPIC, "told.scene", self.lang, **self.view.scene)

    def _speak(self, text: str, done: str = "", why: str = "") -> None:
        self._count += 1
        self.view.told = {"n": self._count, "text": text, "done": done, "why": why}

    def _restore(self, snapshot: dict[str, object]) -> None:
        """Show a state of before again; a task whose very beginning is taken back is not begun."""
        begun = self.state.tasks
        now = at_hand(begun, self.play.tasks)
        if state_of(begun, now) in (OPEN, GUESSED) and self._begins(self.play.task(now)):
            self.state.tasks = unbegun(begun, self.play.tasks, now)
        super()._restore(snapshot)

    def _begins(self, task: Task) -> bool:
        """Whether everything stands as a task sets it up."""
        held = self.state.snapshot()
        return all(held[k] == v for k, v in self.play.start(task).items() if k in held)

    def _stepped(self, before: View, knob: Knob | None) -> None:
        super()._stepped(before, knob)
        self._by_knob = knob is not None
        self.went_back = set_back(before, self.now, self._by_hand, self.lang)
        drags = knob is not None and self._drawn_by == self._stroke
        then = self.before if drags and self.before else before
        self._drawn_by = self._stroke if knob else ()
        stages = self._staged_as, self.state.stage
        self._staged_as = self.state.stage
        same = then.scene.case_id == self.now.scene.case_id and stages[0] == stages[1]
        moved = same and then.scene != self.now.scene
        self.before = then if moved and not (knob is None and self._asks()) else None

    def _asks(self) -> bool:
        """Whether the task at hand asks for a guess: how it begins has no before to it."""
        tasks = self.state.tasks
        return state_of(tasks, at_hand(tasks, self.play.tasks)) == OPEN

    # ------------------------------------------------------------ links and files

    def accept(self) -> None:
        """Refuse a state no reader can have left; what was replaced is what stands there now."""
        self.state.committed = of_now(self.state.committed, self.questions())
        self.state.tasks = renamed(self.state.tasks, self.play.tasks)
        super().accept()

    def is_answer(self, answer: dict[str, object]) -> bool:
        """Nothing yet, opened by a teacher, or a whole answer."""
        return is_bet(answer, self.questions())

    def is_staged(self, stage: str, tasks: dict[str, object]) -> bool:
        """One of the lesson's scenes, and its tasks as a page can have left them."""
        known = ("", *(scene.id for scene in self.play.scenes))
        return stage in known and is_begun(tasks, self.play.tasks)

    def file(self, kind: str) -> dict[str, str]:
        """What the reader saves: the board as `csv`, the outcomes as `json`."""
        if kind == "json":
            return json_file(self.now)
        kept = self.beside.title()
        return csv_file(self.drawn, self.now, self.changed_facts(), kept, self.lang)
