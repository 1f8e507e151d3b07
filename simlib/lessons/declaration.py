"""What a lesson declares in its `lesson.toml`: bet, rows, columns, knobs, states, scenes, tasks.

Words stand in `texts/*/<topic>_lesson.toml` under the same ids; `simlib.lessons.reader` says which.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr

from simlib.case.fields import Record
from simlib.figures.board import AUTHORITIES

CHOSEN = "chosen."  # before the name of what is chosen beside the facts of a case
OF_CASE = "case."  # before a fact of the case as a whole
OF_EACH = ":"  # between a knob and of what it is: `act:lend-1`
NUMBERS = NONE, SOME = "none", "some"  # how a clash names a number of the bet: 0, or more
Ids: TypeAlias = Annotated[tuple[str, ...], Field(strict=False)]
Named: TypeAlias = Ids | str  # rows in order, or the name of a set of them
Plain: TypeAlias = StrictBool | StrictInt | StrictFloat | StrictStr
NONE_GIVEN: Mapping[str, Collection[str]] = MappingProxyType({})


class Open(Record):
    """The value of what nobody knows, or what never happens: `{ open = true }`."""

    open: Literal[True]


State: TypeAlias = dict[str, Plain | Open | Annotated[list[str], Field(strict=False)]]


class Question(Record):
    """One question of the bet: one of its options is chosen, or a number is given."""

    options: Ids = ()
    measure: Literal["", "yuan", "percent"] = ""
    """what a number counts, where there are no options; percent are whole, from 0 to 100"""
    most: str = ""
    """the largest amount: a name in `READS`; empty: the loss"""
    hands: str = ""
    """the amounts that a class votes on: a name in `READS`; empty: nothing, a part, or all"""
    right: str = ""
    """the option that is right, or of a number a name in `READS`; empty: no answer is wrong"""
    minority: Ids = ()
    """options that some hold: an answer of these is neither right nor wrong"""
    spoken: bool = False
    """whether the reader's voice says this answer; without one so marked, it says the first"""
    words: str = ""
    """where its options have their words, as those of a knob"""
    column: str = ""
    """where a line marks a number that was answered: the column whose bars it crosses"""
    row: str = ""
    """the one row whose bar it crosses; empty: all of them"""
    was: str = ""
    """under which name a state kept the answer to the question it replaced: a link with one opens
    all the same, without an answer"""


class Clash(Record):
    """An answer that contradicts itself and is asked back."""

    when: dict[str, Ids]
    """question → options, of a number `none` or `some`; it holds where each was answered so"""
    say: str
    """the key of the words under `bet.said`"""

    def holds(self, answer: Mapping[str, object]) -> bool:
        """Whether it is in an answer: question → option or number."""
        return all(_named(answer[id]) in options for id, options in self.when.items())


def _named(answer: object) -> object:
    """How a clash names an answer."""
    return answer if isinstance(answer, str) else SOME if answer else NONE


class Row(Record):
    """A row of the boards."""

    authority: Literal[("", *AUTHORITIES)] = "law in force"  # type: ignore[valid-type]  # they are data
    """empty: it has none, for each of its columns has its own"""
    called: str = ""
    """what placeholders in the lesson's words begin with; empty: no words speak of its values"""
    words: str = ""
    """where its name stands, if not under `rows.<id>.name`; `topic:` before another topic's"""


class Column(Record):
    """A column of the boards; a number is whole hundredths of its measure."""

    measure: Literal["word", "yuan", "percent", "count", "months"] = "word"
    top: int = 0
    """right end of the scale in whole units, at least; of money the loss as well; of percent it
    ends there"""
    words: str = ""
    """where its label stands, if not under `board.column.<id>`"""
    step: int = 0
    """whole units from one mark of the scale to the next; 0: round ones are found"""
    ends: bool = False
    """whether the scale marks its two ends alone"""
    brief: bool = False
    """of words: whether all are so short that they keep their column on a narrow screen too"""
    marks: Ids = ()
    """what the legend explains beside colours: `open`, `band` (if one occurs), `usual`, `ghost`"""
    room: str = ""
    """key under `board` of words that may stand in place of a number"""
    usual: bool = False
    """whether its large number is the ordinary case, asked about as `ordinary-<column>`"""
    large: bool = False
    """whether it has a large number of its own, which stands there while its bars are drawn"""


class Knob(Record):
    """A choice beside the facts, or a fact; what it takes stands in `most`, `options` or `fact`."""

    start: Plain | None = Field(default=None, alias="from")
    """where it stands at first; left out: open, or what the case says"""
    most: int = 0
    step: int = 1
    unit: str = ""
    """key under `knob.unit`, or a sign such as `%`"""
    open: bool = False
    """whether it may be open: unknown, or never"""
    options: Ids = ()
    given: bool = False
    """whether the case has a say in its options, by `options` of the lesson's `knobs.py`: with
    fewer than two it is not shown; where none are declared it takes those that the case gives"""
    drop_down: bool = False
    """whether its options stand in a list that opens, rather than side by side"""
    reads: str = ""
    """what gives its value from the case where nothing was chosen: a name in `READS`"""
    basis: str = "teaching assumption"
    """of what kind the choice is: a key of `terms.bases`, or `stated`: a fact of the file"""
    keeps: bool = False
    """whether it is of that kind whatever is chosen, as two readings are doctrine both"""
    absent: str = ""
    """key under `knob` of what it says while untouched: a fact that nobody published"""
    tagged: bool = True
    fact: Literal["", "means", "case"] = ""
    """a fact that it moves instead: what the party has; `case`: made by the lesson's `knobs.py`,
    which has its words, and a choice all the same if it has `options`; all stand together, and one
    of each account, `opening:xu-2`, is declared once, as `opening`"""
    words: str = ""
    """where its options have their words, `{}` for the option; `topic:` before another topic's"""
    when: dict[str, Ids] = {}
    """below the stage: choice → options with which it is shown"""
    scenes: Ids = ()
    """with which scenes it is shown, as it moves nothing of the others; empty: with all"""

    def is_shown(self, scene: str) -> bool:
        """Whether it stands on the stage with a scene."""
        return not self.scenes or scene in self.scenes

    @property
    def is_choice(self) -> bool:
        """Whether what it moves is chosen beside the facts."""
        return not self.fact or (self.fact == "case" and bool(self.options))

    @property
    def kind(self) -> str:
        """The kind of control: `choice`, `select`, `check` or `range`."""
        if self.options or self.given:
            return "select" if self.drop_down else "choice"
        return "check" if isinstance(self.start, bool) else "range"

    def begins(self, given: Collection[str] = ()) -> Plain | None:
        """Where it stands at first; `given`: the options that the case gives."""
        return self.start if self.start is not None or self.options else next(iter(given), None)

    def takes(self, value: object, given: Collection[str] = ()) -> bool:
        """Whether its control gives this; `given`: the options that the case gives."""
        if value is None:
            return self.open or (bool(self.options) and self.start is None)
        if self.kind == "range":  # a page sends 6 or 6.0
            return type(value) in (int, float) and value in range(self.most + 1)
        if self.kind == "check":
            return type(value) is bool
        return value in (self.options or tuple(given))


class Scene(Record):
    """What stands on the stage for one question."""

    id: str
    knobs: Annotated[Ids, Field(max_length=3)]
    rows: Named
    columns: Ids
    column: str = ""
    """whose bars are drawn; empty: the last"""
    position: str = ""
    case: str = ""
    party: str = ""
    """of whom the knobs speak, if not the first helper of its case"""
    begins: Ids = ()
    """states in which it begins, one after the other"""
    turn: str = ""
    """the state that answers its question; empty: the answer is in sight"""
    covered: Named = ()
    """rows that would answer the question: a class does not see them with it"""
    speaks: str = ""
    """the row of which the large number and the sentence speak; empty: the lesson's"""
    picture: bool = True
    """whether the lesson's drawing stands above the rows"""


class Slide(Record):
    """What a class is shown of a case that no scene speaks of."""

    rows: Named
    columns: Ids
    """the first that is an amount has the bars"""


class Task(Record):
    """What a reader predicts, does and sees."""

    id: str
    scene: str
    knob: str
    begins: Ids | None = None
    """states in which it begins; left out: as its scene does"""
    turn: str
    ask: str
    """a name in `ASKS`: of one row, where options name rows; else it gives the option"""
    options: dict[str, Named] | Ids
    rows: Named = ()
    """of which rows it asks; `large` is the large number"""
    columns: Ids = ()
    column: str = ""
    covered: bool = False
    """whether its cells are hidden while it stands as it begins and asks for a guess"""
    former: Ids = ()
    """options of a question asked before: a link with such a guess opens all the same"""
    was: str = ""
    """the task it replaced: a link with that one's state opens all the same, as with its own"""
    goal: str = ""
    """the option that the hand is to reach: nothing is guessed in words, the first try is the guess
    and `ask` says which option it came to"""


class Lesson(Record):
    """A lesson of the course as its `lesson.toml` declares it."""

    no: str
    minutes: int
    cases: Ids
    """its own cases; the first opens it"""
    again: str = ""
    """the shipped case with which it is gone through again at its end: other people, other sums;
    none: its exercises are offered instead"""
    position: str = ""
    """in which its scenes are set, where they name none"""
    speaks: str = ""
    pictured: bool = False
    """whether the drawing on the stage shows the row that speaks, rather than the case"""
    teaser: str = ""
    """the id of the fold that answers the question of `lesson.teaser`"""
    voices: Ids = ("court", "law")
    """who is heard beside the reader once the bet was sent"""
    bet: dict[str, Question] = {}
    clash: Annotated[tuple[Clash, ...], Field(strict=False)] = ()
    sets: dict[str, Ids] = {}
    """rows that are named together"""
    rows: dict[str, Row] = {}
    of_case: bool = False
    """whether its rows are people or accounts of the case, as `outcomes.rows` names them: those of
    the scenes are of its first case, the others lie behind *more*; its knobs speak for all"""
    more: Named = ()
    """rows that follow those of a scene behind *more*, then the earlier decisions of the case"""
    columns: dict[str, Column] = {}
    board: Ids = ()
    """the columns of every board, if a class is shown fewer: those of the scene"""
    knobs: dict[str, Knob] = {}
    groups: dict[str, Ids] = {}
    """in which its knobs lie folded; those that `knobs.py` makes follow in the group they name"""
    each: dict[str, Knob] = {}
    """what is chosen of each thing of a case by a knob of `knobs.py`: `act` of an act, as
    `act:lend-1`; the lesson's `solve` refuses what the case has not"""
    below: dict[str, Knob] = {}
    """choices of the table below the stage"""
    states: dict[str, State] = {}
    scenes: Annotated[tuple[Scene, ...], Field(strict=False)] = ()
    slides: Annotated[tuple[Slide, ...], Field(max_length=3, strict=False)] = ()
    """of another case; none: made of its rows and columns (`stage.slides`)"""
    tasks: Annotated[tuple[Task, ...], Field(strict=False)] = ()

    def named(self, rows: Named) -> tuple[str, ...]:
        """Return rows, or the rows of the set that is named."""
        return self.sets[rows] if isinstance(rows, str) else rows

    def scene(self, id: str, column: str = "") -> Scene:
        """Return a scene in full: its rows one by one, its column, position and who speaks.

        Parameters
        ----------
        column
            whose bars are drawn instead of its own
        """
        found = next(scene for scene in self.scenes if scene.id == id)
        return found.model_copy(update={
            "rows": self.named(found.rows),
            "covered": self.named(found.covered),
            "column": column or found.column or found.columns[-1],
            "position": found.position or self.position,
            "speaks": found.speaks or self.speaks,
        })  # fmt: skip

    def changes(self, names: Ids) -> dict[str, object]:
        """Return path → value of some states, one after the other; None is open."""
        found: dict[str, object] = {}
        for name in names:
            for key, value in self.states[name].items():
                found[self.path(key)] = None if isinstance(value, Open) else value
        return found

    def path(self, key: str) -> str:
        """Return the path that a state's key stands for: a knob's choice, or a fact of a case."""
        if key.startswith(OF_CASE):
            return key.removeprefix(OF_CASE)
        return key if "." in key else CHOSEN + key

    @property
    def choices(self) -> Iterator[tuple[str, Knob]]:
        """All that is chosen beside the facts, on the stage and below it."""
        for name, knob in (*self.knobs.items(), *self.below.items()):
            if knob.is_choice:
                yield name, knob

    def known(self, names: Iterable[str]) -> dict[str, Knob]:
        """Return every choice there is, and those of names that are one of a thing of a case."""
        kinds = {name: name.partition(OF_EACH)[0] for name in names if OF_EACH in name}
        of_case = {name: self.each[kind] for name, kind in kinds.items() if kind in self.each}
        return {**dict(self.choices), **of_case}

    def chosen(
        self, held: Mapping[str, object], given: Mapping[str, Collection[str]] = NONE_GIVEN
    ) -> dict[str, object]:
        """Return all that can be chosen, with what stands where the reader chose nothing.

        Parameters
        ----------
        given
            choice → options that the case gives

        Raises
        ------
        ValueError
            for a value that no control of the lesson gives
        """
        known = self.known(held)
        if not set(held) <= set(known):
            raise ValueError("no control gives this")
        found: dict[str, object] = {}
        for name, knob in known.items():
            options = given.get(name, ())
            found[name] = held.get(name, knob.begins(options))
            if not knob.takes(found[name], options):
                raise ValueError("no control gives this")
        return found
