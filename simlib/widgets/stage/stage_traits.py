"""What a stage shows of a lab's state: the widget's traits, and nothing that the reader does."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from simlib import fault
from simlib.figures.board import Board, with_was
from simlib.figures.names_of_people import short_names
from simlib.figures.style import BASIS, CLAIM, PRACTICE, RULING
from simlib.law.regime import regime_for
from simlib.lessons.declaration import CHOSEN
from simlib.lessons.knob import turned
from simlib.lessons.reader import lesson_of
from simlib.text import topic_words, words
from simlib.widgets.comparison import setting_names
from simlib.widgets.controls import LAYOUT
from simlib.widgets.lesson import View
from simlib.widgets.page_messages import record, records
from simlib.widgets.reset import moved
from simlib.widgets.stage import controls
from simlib.widgets.stage.announcements import walled
from simlib.widgets.stage.bet import OPENED, bet_html, shown
from simlib.widgets.stage.closing import ending
from simlib.widgets.stage.files import changed_facts
from simlib.widgets.stage.lesson import StageLesson
from simlib.widgets.stage.opening import opening
from simlib.widgets.stage.scene_data import Play
from simlib.widgets.stage.slides import slides
from simlib.widgets.stage.task import DONE, GUESSED, OPEN, after, at_hand, state_of
from simlib.widgets.stage.view import StageView
from simlib.widgets.state import OWN, Scene
from simlib.widgets.state_change import Steps
from simlib.widgets.supposed_grades import open_grades

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.lessons.knob import Knob
    from simlib.widgets.stage.scene import StageScene

TOPIC = "stage"
NAMED, STEPS = ("row", "more", "stage"), "steps_"  # words of a lesson that the page says itself
MOST_SUED = 3  # so many defendants are named in the bar


class Shown(Steps, StageLesson):
    """The side of a stage's lab that looks at the page.

    Attributes
    ----------
    view, play
        the one widget; the lesson's scenes and tasks
    before
        the view before the last change, of the same case; None: there is none
    said
        why the last bet was asked back
    set_back
        what the last task that was begun set differently, in a line
    went_back
        which knobs the last scene that was set up has put back, in a line
    theirs
        whether the answer came with a link
    follows
        whether the stage was set up by the task at hand, not by a scene since
    drawn
        the board that is shown
    """

    view: StageView
    play: Play
    before: View | None
    said: str
    set_back: str
    went_back: str
    theirs: bool
    follows: bool
    drawn: Board
    _opening_told: dict[str, str]
    _then: tuple[View, StageScene, Board] | None
    _by_knob: bool

    @property
    def outcomes(self) -> Mapping[str, object]:
        """What the engine says now."""
        return self.now.outcomes

    @property
    def _answered(self) -> bool:
        """Whether an answer was given, rather than none, or the lesson opened without one."""
        return self.state.committed not in ({}, OPENED)

    @property
    def at_home(self) -> bool:
        """Whether the case is open of which the scene speaks: the lesson's own, if none other."""
        return self.play.is_home(self.state.stage, self.state.case_id)

    def _staged(self) -> StageView:
        own = topic_words(f"{self.topic}_lesson", self.lang)["lesson"]
        named = {
            name: said for name, said in own.items() if name in NAMED or name.startswith(STEPS)
        }
        said = {**topic_words(TOPIC, self.lang)["page"], **named}
        view = StageView(
            layout=LAYOUT,
            label=said["stage"],
            words=said,
            scenes=self.play.listed(),
            link="",
        )
        view.add_class("lesson-stage")
        return view

    def note(self, html: str) -> None:
        """Show what was refused; empty: nothing was."""
        self.view.notice = html

    def again(self) -> None:
        """Let the page show once more what holds."""
        self.view.again()

    def send_own(self, content: dict[str, object]) -> None:
        """Tell the page something about the reader's own case."""
        self.view.send(content)

    def _refresh(self) -> None:
        """Show the state, whatever it has become; what does not hang on it stays as it is."""
        state = self.state
        fitted_to = (state.opened, state.own, state.position, state.party, state.stage)
        with self.view.hold_sync():  # in one message: the page never shows halves of two states
            if self._new("fit", fitted_to):
                self._fit()
            if self._new("place", (state.opened, state.position)):
                self.place()
            self._notice_task()
            self._draw()
            self.show()
            self._fill()

    def _fit(self) -> None:
        state, base = self.state, self.state.base()
        fitting = self.fit_knobs(self.now.case, state.party)
        self.knobs = {knob.id: knob for knob in fitting if self.shows(knob.id)}
        own = state.load(OWN) if state.own else None
        helpers, mine = self.helpers(base), self.mine.spec()
        chosen = controls.choose(self.cases(), base, helpers, mine, own, self.lang)
        main = self.play.scene(state.stage).knobs
        stands = [*self.stands(), *(each.set for each in base.positions)]

        def telling(knob: Knob) -> controls.Control:
            return controls.marks(knob, base, self.now.scene.chosen, stands)

        knobs = controls.knobs(self.knobs, main, self.groups(), self.lang, telling)
        self.view.spec = [*chosen, *knobs]

    def stands(self) -> Iterable[Mapping[str, object]]:
        """What each state of the lesson sets: path and value."""
        return ()

    def _notice_task(self) -> None:
        """See whether the task at hand has been done: then its beginning is what was before.

        The first try of a task by hand is its guess.
        """
        begun, tasks = self.state.tasks, self.play.tasks
        now = at_hand(begun, tasks)
        if not self._by_knob or state_of(begun, now) not in (OPEN, GUESSED):
            return
        task = self.play.task(now)
        if state_of(begun, now) == OPEN and (tried := self.play.tried(task, self.now)):
            begun = self.state.tasks = after(begun, tasks, now, "guess", tried)
        if state_of(begun, now) == GUESSED and self.play.is_done(task, self.now):
            self.state.tasks = after(begun, tasks, now, DONE, "")
            if self.play.scene(self.state.stage) is self.play.scene(task.scene):
                self.before = self.play.ends(task)[0]

    def _draw(self) -> None:
        state, scene = self.state, self._drawn_scene()
        self.drawn = self.board(self.now, self.beside.view, scene, self.before)
        if self.before:
            self.drawn = with_was(self.drawn, self._board_before(self.before, scene))
        title, html = self.reason(self.now, state.selected) if state.selected else ("", "")
        say = "|".join(state.selected) if html else ""
        board = self.drawn.to_json()
        self.view.drawn = record(board.pop("drawn"))
        self.view.board = board
        self.view.drawer = {"say": say, "title": title, "html": html}

    def _drawn_scene(self) -> StageScene:
        """The scene, with the column of the task that was set up in it, if it has one."""
        scene, now = self.play.scene(self.state.stage), self._task_on()
        return self.play.drawn(scene, now) if now else scene

    def _task_on(self) -> str:
        """The task that set the stage up, if one did."""
        begun = self.state.tasks
        now = at_hand(begun, self.play.tasks)
        on = self.follows and state_of(begun, now) in (OPEN, GUESSED, DONE)
        return now if on else ""

    def set_out(self) -> Scene:
        """The scene, or the task in it, as it begins; nothing changed where none is set up."""
        state, scene = self.state, self.play.scene(self.state.stage)
        if not self.at_home or state.position != scene.position:
            return Scene()
        fields = self.play.begins(scene, self._task_on())
        return Scene(changes=record(fields["changes"]), chosen=record(fields["chosen"]))

    def _board_before(self, before: View, scene: StageScene) -> Board:
        """The board before the last change; drawn once while a slider is dragged on."""
        if not self._then or self._then[0] is not before or self._then[1] is not scene:
            bare = replace(scene, bare=True)
            self._then = before, scene, self.board(before, None, bare, None)
        return self._then[2]

    def _fill(self) -> None:
        """What controls, tools, bet and tasks say."""
        state, now, view = self.state, self.now.case, self.view
        left = moved(state.base(), state.scene(), self.set_out())
        changed = {*turned(state.base(), state.changes), *(CHOSEN + name for name in state.chosen)}
        link = state.to_text()
        view.values = {knob.id: knob.at(now, state.chosen) for knob in self.knobs.values()} | {
            "case": state.case_id,
            "position": state.position,
            "party": state.party,
            OWN: self.mine.value(link),
        }
        view.tags = {
            k.id: (*self._tag(k, changed), bool(left & k.paths)) for k in self.knobs.values()
        }
        view.link = link
        view.tools = {
            "undo": self.history.can_undo,
            "redo": self.history.can_redo,
            "reset": any(left & knob.paths for knob in self.knobs.values()),
            **self.beside.open_tools(),
        }
        view.tasks = self._tasked()
        view.scene = self._scene()
        view.frame = self._framed()
        self._ask()

    def _tag(self, knob: Knob, changed: set[str]) -> tuple[str, str]:
        """Of what kind a knob's fact is; whom to sue or which form to look at is no fact."""
        tagged = knob.extra.get("tagged", True)
        return knob.tag(self.now.case, changed, self.lang) if tagged else ("", "")

    def _tasked(self) -> dict[str, object]:
        """The tasks, what the last one set, and what they come to once nothing of them is left."""
        told = self.play.tasked(self.state.tasks, self.now, self.state.stage)
        ended = ending(self, records(told["list"]))
        return told | {"set": self.set_back, "ending": ended, "sums": self.play.sums}

    def _scene(self) -> dict[str, object]:
        """The scene that is shown; of another case there is none to speak of."""
        if self.at_home:
            stage = self.state.stage
            shown, now = self.play.shown(stage), self.now.scene
            return {
                **shown,
                "assumed": self.play.assumed(stage, self.now),
                "answered": self.play.is_answered(stage, now),
                "asks": self.play.asks(stage, now),
                "moved": self._moved(self.play.scene(stage).shown),
                "back": self.went_back,
                "slides": [],
            }
        nothing = {"id": "", "n": 0, "question": "", "point": "", "answer": "", "assumed": ""}
        flags = {"answered": False, "asks": False, "moved": "", "back": "", "turns": False}
        listed: dict[str, list[str]] = {"columns": [], "covered": []}
        made = slides(self.drawn, lesson_of(self.topic))
        return {**nothing, **flags, **listed, "of": len(self.play.scenes), "slides": made}

    def _moved(self, columns: Sequence[str]) -> str:
        """What the last change moved of what a class is shown."""
        if not (self.before and self._then):
            return ""
        return walled(self._then[2].to_json(), self.drawn.to_json(), columns, self.lang)

    def _ask(self) -> None:
        """The bet, and what was answered beside the court and the law."""
        state, view = self.state, self.view
        if self._new("bet", True):
            self._html = bet_html(self.questions(), self.lang, self.clashes())
        view.bet = {
            "html": self._html,
            "open": not state.committed,
            "values": shown(state.committed),
            "said": self.said,
            "theirs": self.theirs and self._answered,
        }
        told = state.committed if self.at_home else {}
        if self._new("reveal", told):  # no knob moves it
            view.reveal = self.reveal(self.play.opening(), told) if told else {}

    def changed_facts(self) -> list[str]:
        """What differs from the setting that is open, in the words of the knobs."""
        return changed_facts(self.now, self.state.base(), self.knobs.values(), self.lang)

    def _framed(self) -> dict[str, object]:
        case, *position = setting_names(self.now, self.lang)
        return {
            "topic": self.topic,
            "no": self.no,
            "lang": self.lang,
            "title": self.say("lesson.title"),
            "minutes": self.minutes,
            "question": self.say("lesson.question"),
            "case": case,
            "versus": self._named(self.now.case, self.now.scene.party),
            "home": self._home_versus,
            "own": self.state.case_id == OWN,
            "only": self._of_own(),
            "position": "".join(position),
            "changed": self.changed_facts(),
            "today": datetime.date.today().isoformat(),
            "colors": {**BASIS, "ruling": RULING, "practice": PRACTICE, "claim": CLAIM},
            "opening": self._opened_with(),
        }

    @cached_property
    def _home_versus(self) -> str:
        return self.versus(self.state.load(self.cases()[0]))

    def versus(self, case: Case) -> str:
        """A case in short: who sues the first of whom the lesson speaks."""
        return self._versus(case, *(self.helpers(case)[:1] or sued_in(case)))

    def _versus(self, case: Case, *sued: str) -> str:
        """A case in short: who sues whom."""
        called = short_names(case, self.lang)
        some = [called.get(id, "") for id in sued[:MOST_SUED]]
        who = words(TOPIC, "page.between", self.lang).join(some)
        if len(sued) > MOST_SUED:
            who = words(TOPIC, "page.versus_more", self.lang, who=who, count=len(sued))
        return words(TOPIC, "page.versus", self.lang, victim=called[case.claimant], who=who)

    def _named(self, case: Case, party: str) -> str:
        """The case that is open: the reader's own by all whom it sues."""
        alone = party and self.state.case_id != OWN
        return self._versus(case, *([party] if alone else sued_in(case)))

    def _of_own(self) -> str:
        """Say of the reader's own case what the lesson makes of it; of others nothing."""
        if self.state.case_id != OWN:
            return ""
        said = [self._only_one(), *(self._supposed(id) for id in open_grades(self.now.case))]
        return ("" if self.lang == "zh" else " ").join(each for each in said if each)

    def _supposed(self, id: str) -> str:
        """Say which grade of fault is supposed of one whose grade was not found out."""
        party = self.now.case.party(id)
        grade = fault.grade(party, regime_for(self.now.case)).value
        said = words("terms", f"grades.{grade}", self.lang)
        who = short_names(self.now.case, self.lang)[id]
        return words("page", "lesson.own_open", self.lang, who=who, grade=said)

    def _only_one(self) -> str:
        """Say of the reader's own case whom alone the lesson looks at; empty: at all of them."""
        case, party = self.now.case, self.now.scene.party
        others = [id for id in sued_in(case) if id != party]
        about = "{who}" in topic_words(f"{self.topic}_lesson", self.lang)["lesson"]["asked"]
        if not about or not party or not others:
            return ""
        called, between = short_names(case, self.lang), words(TOPIC, "page.between", self.lang)
        can = [id for id in others if id in self.helpers(self.state.base())]
        key = "own_only" if can else "own_alone"
        rest = between.join(called[id] for id in can or others)
        return words("page", f"lesson.{key}", self.lang, who=called[party], others=rest)

    def _opened_with(self) -> dict[str, str]:
        """What the page's opening tells of another case; a knob tells nothing else of it."""
        base, party = self.state.base(), self.now.scene.party
        if self._new("opening", (self.state.opened, self.state.position, party)):
            told = {} if self.at_home else opening(base, party, self.topic, self.lang)
            self._opening_told = told
        return self._opening_told


def sued_in(case: Case) -> list[str]:
    """List the helpers who are sued; the fraudsters, where nobody else is."""
    sued = [p for p in case.parties if p.sued and p.role != "victim"]
    return [p.id for p in sued if p.role != "principal"] or [p.id for p in sued]
