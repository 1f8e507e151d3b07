"""Scenes and tasks of a lesson as the page is shown them, with the engine's numbers in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simlib.text import amount, topic_words, words
from simlib.widgets.comparison import setting_names
from simlib.widgets.page_messages import record
from simlib.widgets.stage.files import value_said
from simlib.widgets.stage.scene_premises import assumed
from simlib.widgets.stage.task import DONE, GUESSED, LARGE, NOW, OPEN, at_hand, guess_of, state_of
from simlib.widgets.state import LabState, Scene, scene_of

if TYPE_CHECKING:
    from simlib.lessons.knob import Knob
    from simlib.widgets.lesson import View
    from simlib.widgets.stage.lesson import StageLesson
    from simlib.widgets.stage.scene import StageScene
    from simlib.widgets.stage.task import Task

TOPIC = "stage"


class Play:
    """A lesson's scenes and tasks.

    What their words say is worked out on the lesson's own case, whatever the reader has set up;
    each view is decided once.

    Parameters
    ----------
    lesson
        the lab
    look
        the lab's: scene → view
    """

    def __init__(self, lesson: StageLesson, look: Callable[[Scene], View]) -> None:
        self._lesson, self._look = lesson, look
        self.scenes, self.tasks = tuple(lesson.scenes()), tuple(lesson.tasks())
        self._views: dict[tuple[str, str, bool], View] = {}
        self._drawn: dict[str, StageScene] = {}
        self._shown: dict[object, dict[str, object]] = {}  # made once: a knob moves none of it

    # ------------------------------------------------------------ scenes

    def scene(self, id: str) -> StageScene:
        """A scene by its name; empty: the first."""
        return next((each for each in self.scenes if each.id == id), self.scenes[0])

    def number(self, id: str) -> int:
        """Which scene of the lesson it is, counted from one."""
        return self.scenes.index(self.scene(id)) + 1

    def drawn(self, scene: StageScene, task: str) -> StageScene:
        """A scene with the column that a task of it asks about."""
        found = self.task(task)
        if not found.column or found.scene != scene.id:
            return scene
        return self._drawn.setdefault(task, replace(scene, column=found.column))

    def setting(
        self, scene: StageScene, changes: Mapping[str, object] | None = None
    ) -> dict[str, object]:
        """The state's fields that set a scene up, with `changes` instead of its own if given."""
        fields = scene.setting(*self._home(scene), changes)
        held = self._lesson.state.chosen
        here = fields["case_id"] == self._lesson.state.case_id  # they may name people of a case
        kept = {name: held[name] for name in self._lesson.choices if here and name in held}
        first = scene is self.scenes[0]
        return fields | {
            "chosen": kept | record(fields["chosen"]),
            "stage": "" if first else scene.id,
        }

    @cached_property
    def _names(self) -> dict[str, str]:
        return self._lesson.names()

    def _home(self, scene: StageScene) -> tuple[str, str]:
        """The case a scene is set on, and its first helper."""
        lesson = self._lesson
        case_id = scene.case_id or lesson.cases()[0]
        return case_id, next(iter(lesson.helpers(lesson.state.load(case_id))), "")

    def is_home(self, id: str, case_id: str) -> bool:
        """Whether a scene speaks of this case."""
        return case_id == (self.scene(id).case_id or self._lesson.cases()[0])

    def opening(self) -> View:
        """The first scene as the bet opens it."""
        return self._view(self.scenes[0], self.scenes[0].changes, "", False)

    def shown(self, id: str) -> dict[str, object]:
        """A scene with its question and answer."""
        if id not in self._shown:
            self._shown[id] = self._scene(self.scene(id))
        return self._shown[id]

    def is_answered(self, id: str, now: Scene) -> bool:
        """Whether what is set up is what the scene's answer speaks of."""
        return self._set(now) == self._set(self._ends(self.scene(id))[1].scene)

    def asks(self, id: str, now: Scene) -> bool:
        """Whether what is set up is what the scene's question asks about."""
        return self._set(now) == self._set(self._ends(self.scene(id))[0].scene)

    def by_hand(self, id: str, now: View) -> tuple[Knob, ...]:
        """A scene's main knobs that stand neither as it asks nor as it answers."""
        views = now, *self._ends(self.scene(id))
        if len({view.scene.case_id for view in views}) > 1:
            return ()
        main = [knob for knob in self._knobs(now) if knob.id in self.scene(id).knobs]
        stood = [[knob.at(view.case, view.scene.chosen) for view in views] for knob in main]
        return tuple(k for k, (at, *set_up) in zip(main, stood, strict=True) if at not in set_up)

    def _set(self, scene: Scene) -> Scene:
        """What of a scene another one differs in: not what scenes leave alone."""
        chosen = {k: v for k, v in scene.chosen.items() if k not in self._lesson.choices}
        return replace(scene, chosen=chosen)

    def _ends(self, scene: StageScene) -> tuple[View, View]:
        """A scene when it asks, and when it answers."""
        before = self._view(scene, scene.changes, "", False)
        turned = {**scene.changes, **scene.turn}
        return before, self._view(scene, turned, "", bool(scene.turn))

    def _scene(self, scene: StageScene) -> dict[str, object]:
        return {
            "id": scene.id,
            "n": self.number(scene.id),
            "of": len(self.scenes),
            "question": self.question(scene),
            "point": self._point(scene),
            "answer": self._say(f"scenes.{scene.id}.answer", *self._ends(scene)),
            "columns": list(scene.shown),
            "covered": list(scene.covered),
            "turns": bool(scene.turn),
        }

    def _point(self, scene: StageScene) -> str:
        """A scene's answer in one short sentence for a class; empty: its answer is short."""
        said = topic_words(f"{self._lesson.topic}_lesson", self._lesson.lang)["scenes"][scene.id]
        key = f"scenes.{scene.id}.point"
        return self._say(key, *self._ends(scene)) if "point" in said else ""

    def assumed(self, id: str, now: View) -> str:
        """What a scene takes for granted that nobody has found, as far as it holds; or nothing."""
        scene = self.scene(id)
        return assumed(self._lesson, scene, self._ends(scene), now)

    def question(self, scene: StageScene) -> str:
        """What a scene asks."""
        return self._lesson.say(f"scenes.{scene.id}.question", **self._names)

    def listed(self) -> list[dict[str, str]]:
        """All scenes in order."""
        return [{"id": scene.id, "question": self.question(scene)} for scene in self.scenes]

    # ------------------------------------------------------------ tasks

    def task(self, id: str) -> Task:
        """A task by its name."""
        return next(each for each in self.tasks if each.id == id)

    def start(self, task: Task) -> dict[str, object]:
        """The state's fields that set a task up."""
        return self.setting(self.scene(task.scene), task.changes)

    def begins(self, scene: StageScene, task: str) -> dict[str, object]:
        """The state's fields that a scene begins with, or the task by which it was set up."""
        found = self.task(task) if task else None
        asks = found is not None and self.scene(found.scene) is scene
        return self.start(found) if found and asks else self.setting(scene)

    def end(self, task: Task) -> dict[str, object]:
        """The state's fields that set a task up as it is once it is done."""
        scene = self.scene(task.scene)
        changes = scene.changes if task.changes is None else task.changes
        return self.setting(scene, {**changes, **task.turn})

    def is_stale(self, task: Task, now: View, stage: str) -> bool:
        """Whether the stage shows something else than what a task that is done speaks of."""
        then = self.ends(task)[1]
        if self.scene(stage) is not self.scene(task.scene) or self._place(now) != self._place(then):
            return True
        knobs = self._knobs(then)
        stood = [[k.at(v.case, v.scene.chosen) for k in knobs] for v in (now, then)]
        return stood[0] != stood[1] and self._numbers(now, task) != self._numbers(then, task)

    def _numbers(self, view: View, task: Task) -> list[object]:
        """What stands in each row of a task's board."""
        board: dict[str, Any] = self._lesson.board(
            view, None, self.scene(task.scene), None
        ).to_json()
        return [
            [row["id"], row["ghost"], row["stamp"]]
            + [(cell["low"], cell["high"], cell["text"]) for cell in row["cells"].values()]
            for row in board["rows"]
        ]

    def _place(self, view: View) -> tuple[str, str, str]:
        return view.scene.case_id, view.scene.position, view.scene.party

    def is_done(self, task: Task, now: View) -> bool:
        """Whether what a task asks for has been done.

        Its knob says what it is to say; or it was turned so far that the board is no other then.
        """
        if task.goal:
            return self.tried(task, now) == task.goal
        before, after = self.ends(task)
        scenes = now.scene, before.scene
        if (scenes[0].case_id, scenes[0].position) != (scenes[1].case_id, scenes[1].position):
            return False
        knob = self._knob(task, now)
        said = [knob.at(view.case, view.scene.chosen) for view in (before, now, after)]
        if said[1] == said[2] or said[1] == said[0]:
            return said[1] != said[0]
        numbers = [self._numbers(view, task) for view in (before, now, after)]
        return numbers[1] == numbers[2] != numbers[0]

    def tried(self, task: Task, now: View) -> str:
        """Return what the hand has come to in a task by hand; empty: nothing was moved in it."""
        before = self.ends(task)[0]
        moved = now.scene != before.scene and self._place(now) == self._place(before)
        return task.answer(before, now) if task.goal and moved else ""

    def _knobs(self, view: View) -> list[Knob]:
        return self._lesson.fit_knobs(view.case, view.scene.party)

    def _knob(self, task: Task, view: View) -> Knob:
        return next(each for each in self._knobs(view) if each.id == task.knob)

    def set_back(self, task: Task, now: View, stage: str) -> str:
        """What a task sets differently from what is set up now, in a line; empty: nothing.

        A lesson may say in its own words, `tasks.<id>.set`, how the stage stands then.

        Parameters
        ----------
        stage
            the scene that is shown now
        """
        lang, then = self._lesson.lang, self.ends(task)[0]
        places = [setting_names(view, lang) for view in (now, then)]
        facts = [name for name in places[1] if name not in places[0]]
        if now.scene.case_id == then.scene.case_id:
            seen = {*self.scene(stage).knobs, *self.scene(task.scene).knobs}
            knobs = [knob for knob in self._knobs(then) if knob.id in seen]
            at = [{k.id: k.at(v.case, v.scene.chosen) for k in knobs} for v in (now, then)]
            facts += [self._stood(k, then) for k in knobs if at[0][k.id] != at[1][k.id]]
        if not facts:
            return ""
        listed = words(TOPIC, "tasks.between", lang).join(facts)
        if "set" in topic_words(f"{self._lesson.topic}_lesson", lang)["tasks"][task.id]:
            listed = self._say(f"tasks.{task.id}.set", *self.ends(task))
        return words(TOPIC, "tasks.set", lang, list=listed)

    def _stood(self, knob: Knob, view: View) -> str:
        if knob.kind == "check":
            key = "on" if knob.at(view.case, view.scene.chosen) else "off"
            return words(TOPIC, f"tasks.{key}", self._lesson.lang, label=knob.label)
        value = value_said(knob, view, self._lesson.lang)
        return words(TOPIC, "tasks.fact", self._lesson.lang, label=knob.label, value=value)

    def ends(self, task: Task) -> tuple[View, View]:
        """The stage of a task before and after it is done."""
        scene = self.scene(task.scene)
        changes = scene.changes if task.changes is None else task.changes
        before = self._view(scene, changes, task.id, False)
        return before, self._view(scene, {**changes, **task.turn}, task.id, True)

    def tasked(self, begun: Mapping[str, object], now: View, stage: str) -> dict[str, object]:
        """All tasks, how far each has come, which is at hand, and which speaks of another stage."""
        listed = []
        for n, task in enumerate(self.tasks, 1):
            at = n, state_of(begun, task.id), guess_of(begun, task.id)
            if at not in self._shown:
                self._shown[at] = self._task(task, *at)
            stale = at[1] == DONE and self.is_stale(task, now, stage)
            came = self.tried(task, now) if at[1] in (GUESSED, DONE) else ""
            tried = came if at[1] == GUESSED else ""
            said = self._lesson.say(f"tasks.{task.id}.options.{tried}") if tried else ""
            also = stale and bool(came) and came == task.goal
            listed.append({**self._shown[at], "stale": stale, "also": also, "tried": said})
        return {NOW: at_hand(begun, self.tasks), "list": listed}

    @cached_property
    def ending(self) -> str:
        """What the lesson comes to, with the engine's numbers of its opening; empty: no words."""
        if "ending" not in topic_words(f"{self._lesson.topic}_lesson", self._lesson.lang)["lesson"]:
            return ""
        return self._say("lesson.ending", self.opening(), self.opening())

    @cached_property
    def cost(self) -> str:
        """What it cost whom the first screen speaks of: the case's sums, the engine's answers."""
        opening, lang = self.opening(), self._lesson.lang
        case = opening.case
        money = {"loss": amount(case.loss_fen, lang), "back": amount(case.recovered_fen, lang)}
        ordered = [ruling.amount_fen for ruling in case.rulings if ruling.amount_fen is not None]
        money |= {"ordered": amount(ordered[-1], lang)} if ordered else {}
        numbers = self._names | self._lesson.numbers(opening, opening) | money
        return self._lesson.say("lesson.cost", **numbers)

    @cached_property
    def sums(self) -> list[str]:
        """What each task comes to, in a sentence, for the summary of a class."""
        return [self._say(f"tasks.{task.id}.sum", *self.ends(task)) for task in self.tasks]

    def _task(self, task: Task, n: int, state: str, guess: str | None) -> dict[str, object]:
        say = self._lesson.say
        words_of = {option: say(f"tasks.{task.id}.options.{option}") for option in task.options}
        after = self.ends(task)[1]
        knob = self._knob(task, after)
        return {
            "id": task.id,
            "title": words(TOPIC, "tasks.title", self._lesson.lang, n=n),
            "question": say(f"tasks.{task.id}.question", **self._names),
            "options": [{"value": value, "label": label} for value, label in words_of.items()],
            "state": state,
            "guess": guess,
            "by_hand": bool(task.goal),
            "do": say(f"tasks.{task.id}.do"),
            "asked": [row for row in task.asked if row != LARGE],
            "knob": task.knob,
            "turn": {
                "knob": knob.label,
                "label": self._turned(task),
                "value": knob.at(after.case, after.scene.chosen),
            },
            "link": self._links[task.id],
            **self._told(task, state, guess, words_of),
        }

    def _turned(self, task: Task) -> str:
        """What its knob is to be turned to, as a button says it; a task may say it itself.

        Of a task by hand the button only offers to show it.
        """
        if task.goal:
            return words(TOPIC, "tasks.show", self._lesson.lang)
        said = topic_words(f"{self._lesson.topic}_lesson", self._lesson.lang)["tasks"][task.id]
        if "turn" in said:
            return self._lesson.say(f"tasks.{task.id}.turn", **self._names)
        after = self.ends(task)[1]
        knob = self._knob(task, after)
        if knob.kind == "check":
            key = "on" if knob.at(after.case, after.scene.chosen) else "off"
            return words(TOPIC, f"tasks.{key}", self._lesson.lang, label=knob.label)
        key = "to" if knob.kind in ("choice", "select") else "put"
        value = value_said(knob, after, self._lesson.lang)
        return words(TOPIC, f"tasks.{key}", self._lesson.lang, value=value)

    def _told(
        self, task: Task, state: str, guess: str | None, words_of: Mapping[str, str]
    ) -> dict[str, object]:
        """What is said once it is done: the verdict on the guess, why, and row by row."""
        if state != DONE:
            return {"right": None, "answer": "", "verdict": "", "sum": "", "lines": []}
        ends = self.ends(task)
        right = task.goal or task.answer(*ends)
        values = {"guess": words_of.get(guess or "", ""), "answer": words_of[right]}
        key = ("tried" if task.goal else "") + ("right" if guess == right else "wrong")
        return {
            "right": guess == right,
            "answer": words_of[right],
            "verdict": words(TOPIC, f"tasks.{key}", self._lesson.lang, **values),
            "sum": self._say(f"tasks.{task.id}.sum", *ends),
            "lines": self._say(f"tasks.{task.id}.told", *ends).split("\n"),
        }

    @cached_property
    def _links(self) -> dict[str, str]:
        """Task → the link that opens the lesson at it, with nothing answered yet."""
        found = {}
        for task in self.tasks:
            state = LabState()
            state.put(self.start(task) | {"tasks": {NOW: task.id, task.id: {"state": OPEN}}})
            found[task.id] = f"?s={state.to_text()}"
        return found

    # ------------------------------------------------------------ words with numbers

    def _say(self, key: str, before: View, now: View) -> str:
        numbers = self._names | self._lesson.numbers(before, now)
        return self._lesson.say(key, **numbers)

    def _view(
        self, scene: StageScene, changes: Mapping[str, object], of: str, turned: bool
    ) -> View:
        at = (scene.id, of, turned)
        if at not in self._views:
            fields = self.setting(scene, changes)
            self._views[at] = self._look(scene_of(fields))
        return self._views[at]
