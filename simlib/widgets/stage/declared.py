"""The lab of a lesson that is declared: bet, scenes, tasks and knobs from its `lesson.toml`.

Values and reasons come from the lesson's own modules, `simlib/lessons/<topic>/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from simlib.case import load_case
from simlib.figures.board import Answer
from simlib.figures.drawing import NO_FIGURE
from simlib.figures.names_of_people import helpers_of, short_names
from simlib.figures.opening import draw_case
from simlib.interval import high_end, low_end
from simlib.lessons.board import USUAL, Table, cover, draw
from simlib.lessons.declaration import CHOSEN, SOME, Lesson
from simlib.lessons.declaration import Knob as Declared
from simlib.lessons.knob import Knob, Setting, means
from simlib.lessons.outcome import Say, options_of, part_of, rules_of
from simlib.lessons.reader import lesson_of, option_key
from simlib.text import amount, percent, words
from simlib.widgets import choosers
from simlib.widgets.controls import LAYOUT, Form, Pane, box
from simlib.widgets.markup import articles, range_ends, table, tag
from simlib.widgets.plot import PlotView
from simlib.widgets.stage.bet import Clash, Question
from simlib.widgets.stage.lab import StageLab
from simlib.widgets.stage.lesson import Group
from simlib.widgets.stage.scene import StageScene
from simlib.widgets.stage.task import OPEN, Task, state_of

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Board
    from simlib.figures.drawing import Drawing
    from simlib.lessons.declaration import Question as DeclaredQuestion
    from simlib.lessons.declaration import Scene as DeclaredScene
    from simlib.lessons.declaration import Task as DeclaredTask
    from simlib.lessons.outcome import Reason, Solved
    from simlib.widgets.lesson import View
    from simlib.widgets.state import Scene


class DeclaredLab(StageLab):
    """A lesson's lab, from its declaration; a subclass says its `topic`.

    Attributes
    ----------
    declared, rows
        the lesson, and how the rows of its boards are made
    tables
        the module below the stage, if there is one: the table that is chosen
    """

    topic: str = ""
    declared: Lesson
    rows: type[Table] = Table

    def __init_subclass__(cls) -> None:
        """Read the declaration."""
        cls.declared = held = lesson_of(cls.topic)
        cls.no, cls.minutes, cls.first = held.no, held.minutes, held.cases
        cls.choices, cls.teaser_fold = (*cls.choices, *held.below), held.teaser
        cls.replay = held.again

    @cached_property
    def phrases(self) -> Say:
        """The lesson's words."""
        return Say(self.topic, self.lang)

    # ------------------------------------------------------------ the bet

    def questions(self) -> Sequence[Question]:
        """What the reader answers before anything is shown."""
        return questions(self.topic, self.lang)

    def clashes(self) -> Sequence[Clash]:
        """What the page can check by itself."""
        return clashes(self.topic, self.lang)

    def contradiction(self, answer: Mapping[str, object]) -> str:
        """Why a whole answer is asked back."""
        given = self.given(answer)
        said = (clash.say for clash in self.declared.clash if clash.holds(given))
        return next((self.say(f"bet.said.{key}") for key in said), "")

    def given(self, answer: Mapping[str, object]) -> dict[str, object]:
        """Question → what was answered: an option, fen, or percent."""
        return {each.id: answer[each.key] for each in self.questions() if each.key in answer}

    def is_right(self, id: str, given: Any, case: Case) -> bool:
        """Whether an answer is right, or nothing is to be right about."""
        held = self.declared.bet[id]
        if held.options or given is None:
            return given == held.right or not held.right
        if not held.right:
            return True
        right: Any = rules_of(self.topic).READS[held.right](case)
        value = given if held.measure == "yuan" else 100 * given
        ranges = right if isinstance(right, tuple) else (right,)  # several can be argued for
        return any(low_end(one) <= value <= high_end(one) for one in ranges)

    def reveal(self, view: View, answer: Mapping[str, object]) -> dict[str, object]:
        """The answer beside the case and the law in force; a sentence why; the rule."""
        bet, say, given = self.declared.bet, self.phrases, self.given(answer)
        said = names(self.topic, self.lang) | rules_of(self.topic).revealed(view.outcomes, say)
        columns = [_yours(given, bet, say, said)] if given else []
        columns += [_voice(id, say(f"reveal.{id}", **said), say(f"reveal.{id}_note", **said), say)
                    for id in self.declared.voices]  # fmt: skip
        wrong = [id for id in bet if not self.is_right(id, given.get(id), view.case)]
        found: dict[str, object] = {
            "columns": columns,
            "sentence": self.comment(given, wrong, said, "you"),
            "theirs": self.comment(given, wrong, said, "link"),
            "rule": say("reveal.rule", **said),
            "right": None if self._is_open(answer, given, wrong) else not wrong,
        }
        if not say.has("reveal.folded"):
            return found
        why = say("reveal.folded", **said).split("\n")
        return found | {"folded": why, "folded_theirs": why, "more": say("reveal.more")}

    def _is_open(
        self, answer: Mapping[str, object], given: Mapping[str, object], wrong: list[str]
    ) -> bool:
        """Whether one sign would be unjust: no answer, right in part, or so a minority answers."""
        if not given or not wrong:
            return not given
        held = (answer.get(id) in self.declared.bet[id].minority for id in wrong)
        return len(wrong) < len(given) or (all(held) and not self.contradiction(answer))

    def comment(
        self, answer: Mapping[str, object], wrong: list[str], said: Mapping[str, str], whose: str
    ) -> str:
        """What there is to say to an answer, `whose` it is (`you`, or of a `link`); else why.

        Of an answer in a link the words speak where they say whose it is.
        """
        own = self._answered_by(whose, answer)
        if answer and (own or whose == "you"):
            return self._sentence(answer, wrong, {**said, **own})
        return self._sentence({}, [*self.declared.bet], said)

    def _answered_by(self, whose: str, given: Mapping[str, object]) -> dict[str, str]:
        """How the words speak of an answer, the reader's or a link's; nothing: they do not."""
        say, bet = self.phrases, self.declared.bet
        keys = {name: f"reveal.{name}.{whose}" for name in ("chose", "whose")}
        found = {name: say(key) for name, key in keys.items() if say.has(key)}
        answers = {f"answer_{id}": answer_said(id, at, bet[id], say) for id, at in given.items()}
        return found | answers if found else {}

    def _sentence(
        self, answer: Mapping[str, object], wrong: list[str], said: Mapping[str, str]
    ) -> str:
        """Why: of each answer where the words join them, else of the first that is wrong."""
        bet, say = self.declared.bet, self.phrases
        if say.has("reveal.sentence"):
            marks = {id: "wrong" if id in wrong else "right" for id in bet}
            keys = {id: f"reveal.{id}.{marks[id] if answer else 'none'}" for id in bet}
            parts = {id: say(key, **said) if say.has(key) else "" for id, key in keys.items()}
            return say("reveal.sentence", **parts)
        given = [answer[id] for id in (*wrong, *bet) if id in answer]
        found = (given if wrong else ["right", *given]) or ["unanswered"]
        mark = next((each for each in found if say.has(f"reveal.sentence.{each}")), "none")
        return say(f"reveal.sentence.{mark}", **said)

    # ------------------------------------------------------------ the stage

    def stands(self) -> Iterable[Mapping[str, object]]:
        """What each state of the lesson sets."""
        return (self.declared.changes((name,)) for name in self.declared.states)

    def helpers(self, case: Case) -> list[str]:
        """Whose facts the knobs move; nobody where they speak for all who stand on the board."""
        return [] if self.declared.of_case else super().helpers(case)

    def scenes(self) -> Sequence[StageScene]:
        """The scenes in order."""
        return scenes(self.topic)

    def tasks(self) -> Sequence[Task]:
        """The tasks in order."""
        return [_task(each, self.declared, self.topic) for each in self.declared.tasks]

    def groups(self) -> Sequence[Group]:
        """In which groups the knobs lie folded."""
        held, party = self.declared.groups, self.now.scene.party
        who = short_names(self.now.case, self.lang).get(party, "")
        named = {id for inner in held.values() for id in inner}
        made = [knob for id, knob in self.knobs.items() if self._is_made(id) and id not in named]
        more = {id: tuple(knob.id for knob in made if knob.group == id) for id in held}
        return [Group(id, self.say(f"groups.{id}", who=who), (*held[id], *more[id])) for id in held]

    def _is_made(self, id: str) -> bool:
        """Whether a knob is one that the lesson's `knobs.py` makes of the case."""
        return id not in self.declared.knobs or self.declared.knobs[id].fact == "case"

    def fit_knobs(self, case: Case, party: str) -> list[Knob]:
        """Every knob of the lesson, for this case and party."""
        make = part_of(self.topic, "knobs", "knobs", lambda *_: ())
        made = {knob.id: knob for knob in make(case, self.state.base, party, self.lang)}
        base = self.state.base()  # as it was before the reader's changes, if it is this case
        given = options_of(self.topic, base if base.id == case.id else case, self.lang)
        found: list[Knob] = []
        for id, knob in self.declared.knobs.items():
            if knob.fact == "case":
                found += made.values()
                made = {}
            elif not knob.fact:
                listed = _options(id, knob, self.phrases, given.get(id, {}))
                if not knob.given or len(listed) > 1:
                    found.append(_choice(id, knob, self.phrases, listed))
            elif party and knob.fact == "means":
                found.append(means(case, party, self.say(f"knob.{id}"), self.lang))
        return [*found, *made.values()]

    def shows(self, knob: str) -> bool:
        """Whether a knob moves something of the scene; those of `knobs.py` all stand together."""
        held, scene = self.declared.knobs.get(knob), self.play.scene(self.state.stage)
        return held is None or held.is_shown(scene.id)

    def decide(self, case: Case, scene: Scene) -> Solved:
        """What the engine makes of each row."""
        chosen = self.declared.chosen(scene.chosen, options_of(self.topic, case, self.lang))
        return rules_of(self.topic).solve(case, chosen, self.lang, scene.party)

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """The table of values of a scene."""
        table = self._table(view, scene, kept)
        same = before and before.scene.party == view.scene.party  # rows may speak of one helper
        board = draw(
            table,
            before=before.outcomes if before and same else None,
            kept_title=self.beside.title(),
            still=self.still,
            answer=self.marked(view),
        )
        for task in self.declared.tasks:
            if task.covered and self._asks_now(task, view, scene):
                board = cover(board, table, (task.rows[0], task.columns[0]))
        return board

    def marked(self, view: View) -> Answer | None:
        """The reader's own answer, where bars show what a question asks for."""
        for question in self.questions():
            held, given = self.declared.bet[question.id], self.state.committed.get(question.key)
            if held.column and given is not None:
                at = given if question.most_fen else 100 * given  # a percentage is whole
                return Answer(at, self.say("board.answer"), held.column, held.row)
        return None

    def _asks_now(self, task: DeclaredTask, view: View, scene: StageScene) -> bool:
        """Whether a task stands as it begins, and asks for a guess of what a row would show."""
        begins = self.play.task(task.id).changes or {}
        knob, chosen = self.declared.knobs[task.knob], view.scene.chosen
        stands = chosen.get(task.knob, knob.start) == begins.get(CHOSEN + task.knob, knob.start)
        return scene.id == task.scene and stands and state_of(self.state.tasks, task.id) == OPEN

    def drawn_as(self, scene: StageScene) -> DeclaredScene:
        """A scene as it is declared; of one that is only compared, without its drawing."""
        declared = self.declared.scene(scene.id, scene.column)
        return declared.model_copy(update={"picture": False}) if scene.bare else declared

    def _table(self, view: View, scene: StageScene, kept: View | None = None) -> Table:
        declared = self.drawn_as(scene)
        if kept and self.declared.of_case and kept.scene.case_id != view.scene.case_id:
            kept = None  # other people
        other = kept.outcomes if kept else None
        return self.rows(self.declared, declared, view.case, view.outcomes, other, self.about(view))

    def about(self, view: View) -> Say:
        """The lesson's words, with the people of the case that is shown."""
        called, party = short_names(view.case, self.lang), view.scene.party
        people = {"victim": called[view.case.claimant]} | ({"who": called[party]} if party else {})
        return Say(self.topic, self.lang, people)

    def names(self) -> dict[str, str]:
        """Everybody of the lesson's cases by id, and the helper and the victim of the first."""
        return names(self.topic, self.lang)

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """Placeholder → what a row says in a column, `{first_months}`; before and now.

        The lesson's `numbers` says what else they speak of.
        """
        found: dict[str, str] = {}
        for view, suffix in ((before, "_before"), (now, "")):
            values = self._table(view, self.play.scenes[0])
            for row, held in self.declared.rows.items():
                for column in self.declared.columns if held.called else ():
                    if values.answers(row, column):
                        found[f"{held.called}_{column}{suffix}"] = values.said(row, column)
        more = part_of(self.topic, "outcomes", "numbers", lambda *_: {})
        return {**found, **more(before.outcomes, now.outcomes, self.phrases)}

    def standstill(self, knob: Knob, before: View, now: View) -> dict[str, str]:
        """Why a row does not move with this knob."""
        values = self._table(now, self._drawn_scene())
        states, still = (before.outcomes, now.outcomes), rules_of(self.topic).still
        scene, say = values.scene, values.say
        said = {row: still(knob.id, row, states, scene, say) for row in values.named}
        return {row: why for row, why in said.items() if why}

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """Why a row says this: the steps, then the articles."""
        row, asked, _ = selected
        column = asked.removeprefix(USUAL)
        values = self._table(view, self._drawn_scene())
        said = values.said(row, column, ordinary=asked != column)
        title = self.say("reasons.title", value=said, name=values.name(row, column))
        why = part_of(self.topic, "reasons", "reason")(view.outcomes, row, column, values.say)
        return title, drawer(why, view.case, self.phrases)

    def can_ask(self, selected: list[str]) -> bool:
        """A cell of a board, or its large number."""
        if len(selected) != 3 or selected[2]:
            return False
        row, column = selected[0], selected[1].removeprefix(USUAL)
        held, scenes = self.declared, self.scenes()
        return any(row in each.rows and column in (held.board or each.columns) for each in scenes)

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """One table at a time, as it is chosen above it."""
        if not self.declared.below:
            return
        label = self.say(f"choose.{self.choices[0]}")
        self.pick, self.table = Form(label=label, layout=LAYOUT), Pane(layout=LAYOUT)
        self.pick.on_asked(self._pick)
        self.pick.on_seen(self.show)
        self.table.on_say(self._asked)
        self.tables = box("simlib-lab", self.pick, self.table)
        self.tables.add_class("simlib-words")  # tables of sentences, which break where they must

    @cached_property
    def chart(self) -> PlotView:
        """The chart over the table, once one of the drawings has one."""
        return PlotView(layout=LAYOUT)

    def _pick(self, wishes: dict[str, object]) -> None:
        self._change({"chosen": self.state.chosen | wishes})

    def show(self) -> None:
        """The table chosen, of the case as it stands, once its fold was opened."""
        if not self.declared.below:
            return
        given = options_of(self.topic, self.now.case, self.lang)
        held = self.declared.chosen(self.state.chosen, given)
        self.pick.spec = self._picked(held, given)
        asked = (str(item["id"]) for item in self.pick.spec)
        self.pick.values = {id: held[id] for id in asked}
        if self.pick.seen:
            self.show_below(held)

    def show_below(self, held: Mapping[str, Any]) -> None:
        """Fill what lies below the stage, as it is chosen there."""
        below = part_of(self.topic, "tables", "below")
        self.show_table(below(self.now.outcomes, held, self.lang))

    def show_table(self, drawn: Drawing, more: str = "") -> None:
        """A drawing below the stage: its table, with more HTML under it."""
        asked = "|".join(self.state.selected)
        self.show_html(table(drawn, {}, asked, self.lang) + more, drawn)

    def show_html(self, html: str, drawn: Drawing | None = None) -> None:
        """HTML below the stage, under the chart of a drawing if it has one."""
        charted = drawn is not None and drawn.figure != NO_FIGURE
        if self._new("charted", charted):
            self.tables.children = (self.pick, *([self.chart] if charted else []), self.table)
        if drawn is not None and charted:
            with self.chart.hold_sync():
                self.chart.description, self.chart.figure = drawn.sentence, drawn.figure
        self.table.html = html

    def _picked(
        self, held: Mapping[str, object], given: Mapping[str, Mapping[str, str]]
    ) -> list[dict[str, object]]:
        """The choices of the table that go with what is chosen and with the case."""
        return [
            choosers.options(knob.kind, id, self.say(f"choose.{id}"), listed.items())
            for id, knob in self.declared.below.items()
            if all(held[name] in options for name, options in knob.when.items())
            for listed in [_options(id, knob, self.phrases, given.get(id, {}), "choose")]
            if not knob.given or len(listed) > 1
        ]


@cache
def lab_class(topic: str) -> type[DeclaredLab]:
    """Return the lab of a declared lesson that has no module of its own below the stage."""
    return type(f"{topic.capitalize()}Lab", (DeclaredLab,), {"topic": topic})


# ---------------------------------------------------------------- bet and scenes


@cache
def questions(topic: str, lang: str) -> tuple[Question, ...]:
    """The questions of the bet, about the lesson's own case."""
    say, said = Say(topic, lang), names(topic, lang)
    bet = lesson_of(topic).bet
    return tuple(_question(id, held, say(f"bet.{id}", **said), say) for id, held in bet.items())


def _question(id: str, held: DeclaredQuestion, label: str, say: Say) -> Question:
    if held.options:
        return Question(
            id,
            label,
            tuple((each, say(option_key(id, held, each, "bet"))) for each in held.options),
            was=held.was,
        )
    if held.measure == "percent":
        return Question(id, label)
    case, reads = load_case(lesson_of(say.topic).cases[0]), rules_of(say.topic).READS
    most: Any = reads[held.most](case) if held.most else case.loss_fen
    hands: Any = reads[held.hands](case) if held.hands else ()
    return Question(id, label, most_fen=most, hands_fen=hands)


@cache
def clashes(topic: str, lang: str) -> tuple[Clash, ...]:
    """What the page sees by itself: an option that goes with no number above 0, or not with 0."""
    bet, say, found = lesson_of(topic).bet, Say(topic, lang), []
    for clash in lesson_of(topic).clash:
        numbers = [id for id in clash.when if not bet[id].options]
        chosen = [id for id in clash.when if id not in numbers]
        if len(numbers) == len(chosen) == 1:
            id, number, said = chosen[0], numbers[0], say(f"bet.said.{clash.say}")
            pays = [each == SOME for each in clash.when[number]]
            found += [Clash(id, v, number, more, said) for v in clash.when[id] for more in pays]
    return tuple(found)


@cache
def scenes(topic: str) -> tuple[StageScene, ...]:
    """The scenes of a declared lesson."""
    held = lesson_of(topic)
    return tuple(
        StageScene(
            scene.id,
            scene.knobs,
            tuple(scene.rows),
            scene.column,
            scene.columns,
            scene.position,
            held.changes(scene.begins),
            held.changes((scene.turn,) if scene.turn else ()),
            tuple(scene.covered),
            scene.case,
            scene.party,
        )
        for scene in (held.scene(each.id) for each in held.scenes)
    )


def picture(topic: str, lang: str) -> str:
    """The picture of the opening: the lesson's own, else that of its case."""
    case = load_case(lesson_of(topic).cases[0])
    return str(part_of(topic, "pictures", "opening", draw_case)(case, lang))


@cache
def names(topic: str, lang: str) -> dict[str, str]:
    """Everybody of the lesson's cases by id; the helper and the victim of the first."""
    first, *others = map(load_case, lesson_of(topic).cases)
    called = short_names(first, lang)
    first_ones = {"who": called[helpers_of(first)[0]], "victim": called[first.claimant]}
    more = {id: name for case in others for id, name in short_names(case, lang).items()}
    return more | called | first_ones


def _yours(
    answer: Mapping[str, object],
    bet: Mapping[str, DeclaredQuestion],
    say: Say,
    told: Mapping[str, str],
) -> dict[str, str]:
    """The reader's voice: an answer, the one to be spoken, and the others, or what `told` knows."""
    said = {id: answer_said(id, value, bet[id], say) for id, value in answer.items()}
    first = next((id for id in said if bet[id].spoken), next(iter(said)))
    value, notes = said[first], (text for id, text in said.items() if id != first)
    short = f"reveal.{first}_is.{answer[first]}"
    keys = ("reveal.you_note", f"reveal.you_note.{answer[first]}")
    note = next((say(key, **{**told, **said}) for key in keys if say.has(key)), "".join(notes))
    return _voice("you", say(short) if say.has(short) else value, note, say)


def answer_said(id: str, value: Any, held: DeclaredQuestion, say: Say) -> str:
    """An answer in words: an option, or a number with its unit."""
    if held.options:
        return say(option_key(id, held, value, "bet"))
    return amount(value, say.lang) if held.measure == "yuan" else percent(value / 100, say.lang)


def _voice(id: str, value: str, note: str, say: Say) -> dict[str, str]:
    return {"id": id, "label": say(f"reveal.label.{id}"), "value": value, "note": note}


# ---------------------------------------------------------------- tasks and knobs


def _task(task: DeclaredTask, lesson: Lesson, topic: str) -> Task:
    return Task(
        task.id,
        task.scene,
        task.knob,
        tuple(task.options),
        lesson.changes((task.turn,)),
        _answer(task, lesson, rules_of(topic).ASKS[task.ask]),
        tuple(lesson.named(task.rows)),
        task.columns,
        task.column,
        None if task.begins is None else lesson.changes(task.begins),
        task.former,
        task.goal,
        task.was,
    )


def _answer(
    task: DeclaredTask, lesson: Lesson, ask: Callable[[Any, Any], Any]
) -> Callable[[View, View], str]:
    """Which option is right: the one that names the rows of which what is asked holds."""
    if not isinstance(task.options, dict):
        return lambda before, now: str(ask(before.outcomes, now.outcomes))
    options = {frozenset(lesson.named(rows)): id for id, rows in task.options.items()}
    among = frozenset().union(*options)

    def answer(before: View, now: View) -> str:
        rows = (row for row in among if ask(before.outcomes[row], now.outcomes[row]))
        return options.get(frozenset(rows), "others")

    return answer


@dataclass(frozen=True, slots=True)
class Choice(Setting):
    """A knob that is declared.

    Attributes
    ----------
    start, reads
        where it stands at first; what it shows of a case where nothing was chosen
    unsaid
        what is said of it while untouched: a fact that nobody published
    """

    start: object = None
    reads: Callable[[Case], object] | None = None
    unsaid: str = ""

    def at(self, case: Case, chosen: Mapping[str, object]) -> object:
        """What was chosen, else what the case comes to."""
        value = chosen.get(self.id, self.start)
        return self.reads(case) if self.reads and value is None else value

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """The reader's own assumption, or what is read off the file, or that nobody said it."""
        if not changed & self.paths:
            if self.unsaid:
                return "absent", self.unsaid
            if self.basis == "stated":
                return "stated", words("lab", "tag.stated", lang)
        return Setting.tag(self, case, changed, lang)


def _choice(id: str, knob: Declared, say: Say, listed: Mapping[str, str]) -> Choice:
    start = knob.begins(listed)
    return Choice(
        id,
        knob.kind,
        say(f"knob.{id}"),
        id,
        lambda held: held.get(id, start),  # type: ignore[attr-defined]  # a setting reads no case
        lambda value, _: {id: value},
        None,
        (id,),
        extra=_extra(id, knob, say, listed),
        basis=knob.basis,
        keeps=knob.keeps,
        start=start,
        reads=rules_of(say.topic).READS[knob.reads] if knob.reads else None,
        unsaid=say(f"knob.{knob.absent}") if knob.absent else "",
    )


def _extra(id: str, knob: Declared, say: Say, listed: Mapping[str, str]) -> dict[str, object]:
    """Bounds and unit, or options."""
    extra: dict[str, object] = {} if knob.tagged else {"tagged": False}
    if listed:
        extra["options"] = [{"value": value, "label": said} for value, said in listed.items()]
    if knob.kind == "range":
        unit = say(f"knob.unit.{knob.unit}") if knob.unit.isalpha() else knob.unit
        extra |= {"min": 0, "max": knob.most, "step": knob.step, "unit": unit}
    if knob.open:
        extra["open"] = say(f"knob.{id}_open")
    return extra


def _options(
    id: str, knob: Declared, say: Say, given: Mapping[str, str], stem: str = "knob"
) -> Mapping[str, str]:
    """Option → words: as the case gives them, else as they are declared."""
    if knob.given:
        return given
    return {each: say(option_key(id, knob, each, stem)) for each in knob.options}


# ---------------------------------------------------------------- the drawer


def drawer(why: Reason, case: Case, say: Say) -> str:
    """Write where a range ends, the steps, then the articles, each once, behind a line."""
    steps = "".join(tag("li", escape(line)) for line in why.lines if line)
    written = range_ends(why.ends) + tag("ol", steps, class_="stage-steps")
    if why.cites is None:
        return written
    listed = articles(tuple(dict.fromkeys(why.cites)), why.case or case, say.lang, why.days)
    summary = tag("summary", escape(say("reasons.articles")))
    return written + (tag("details", summary + listed) if listed else "")
