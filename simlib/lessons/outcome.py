"""What a lesson's `outcomes.py` gives: values of a table, what stands beside a row, reasons."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from simlib.figures.names_of_people import helpers_of
from simlib.text import topic_words, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.lessons.declaration import Scene
    from simlib.money import Fen

LARGE = "large"  # the large number, where a task names rows
Solved: TypeAlias = Mapping[str, Any]  # row → what the engine makes of it
Lines: TypeAlias = Sequence[str]


@dataclass(frozen=True, slots=True)
class Say:
    """The words of a lesson in a language: `say("board.no_day")`.

    Attributes
    ----------
    topic, lang
        the lesson, and the reader's language
    people
        placeholder → whom they speak of, as the case that is shown calls them
    """

    topic: str
    lang: str
    people: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def file(self) -> str:
        """Which file of words it is."""
        return f"{self.topic}_lesson"

    def __call__(self, key: str, **values: object) -> str:
        """Return words of the lesson, or of another topic: `terms:grades.slight`."""
        file, own = self._place(key)
        return words(file, own, self.lang, **{**self.people, **values})

    def has(self, key: str) -> bool:
        """Whether there are words under a key."""
        file, own = self._place(key)
        held: object = topic_words(file, self.lang)
        for part in own.split("."):
            held = held.get(part) if isinstance(held, dict) else None
        return isinstance(held, str)

    def _place(self, key: str) -> tuple[str, str]:
        """In which file a key stands; a colon after a dot is part of it: `rows.back:li.name`."""
        topic, colon, own = key.partition(":")
        return (topic, own) if colon and "." not in topic else (self.file, key)


@dataclass(frozen=True, slots=True)
class Value:
    """What a row answers in a column: an amount, or words.

    Attributes
    ----------
    amount
        in hundredths of the column's measure; None: there are only words
    word
        what is said in place of an amount
    usual
        where in a band the ordinary case lies
    name, asks
        its full name if not row and column, what it asks about if not `row|column|`; None: nothing,
        and A does not mark it
    beside, what
        what stands below the amount, and what it is where that is not what the column says: as
        those of a board's bar
    """

    amount: FenRange | None = None
    word: str = ""
    usual: Fen | None = None
    name: str = ""
    asks: str | None = ""
    beside: str = ""
    what: str = ""

    @property
    def ordinary(self) -> FenRange | None:
        """The ordinary case: the band itself where nothing marks one in it."""
        return self.amount if self.usual is None else self.usual


@dataclass(frozen=True, slots=True)
class Line:
    """What stands beside the values of a row; what is empty is as declared.

    Attributes
    ----------
    note, authority, name
        the sentence under its name, on what it rests, and its name, where facts make it another
    stamp, mark, ghost, blank, own, form, same, group
        as those of a board's row
    """

    note: str = ""
    authority: str = ""
    stamp: str = ""
    mark: str = ""
    ghost: str = ""
    blank: str = ""
    name: str = ""
    own: bool = False
    form: str = ""
    same: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a value is what it is.

    Attributes
    ----------
    lines
        the steps in order; empty ones are left out
    cites
        the articles, each once; None: none is shown
    days
        article → the day it is looked up on, where that is not the case's
    case
        the case whose days count, if not the one that is shown
    ends
        of a range, where its two ends come from
    """

    lines: Lines
    cites: Iterable[str] | None = None
    days: Mapping[str, datetime.date | None] = field(default_factory=dict)
    case: Case | None = None
    ends: str = ""


class Rules(Protocol):
    """The functions of a lesson's `outcomes.py`.

    Attributes
    ----------
    ASKS
        what tasks ask: of a row's outcome before and after whether it holds, where the options
        of the task name rows; else of all outcomes which option it is
    READS
        what is read off a case: what a knob shows while nothing is chosen; of a number of the bet
        what is right (both ends of it, or several such), the most that makes sense, what a class
        votes on
    """

    ASKS: Mapping[str, Callable[[Any, Any], Any]]
    READS: Mapping[str, Callable[[Case], object]]

    def solve(self, case: Case, chosen: Mapping[str, Any], lang: str, party: str) -> Solved:
        """Row → outcome; the engine's results, with what is chosen beside the facts.

        `lang` is the reader's: a digest hangs on the language in which a text is written. `party`
        is the helper whose facts the knobs move; empty where they speak for all.
        """

    def value(self, found: Solved, row: str, column: str, say: Say) -> Value | None:
        """What a row answers in a column; None: nothing."""

    def line(self, found: Solved, row: str, scene: Scene, say: Say) -> Line | None:
        """What stands beside it; None: there is no such row in this case."""

    def sentence(self, found: Solved, scene: Scene, say: Say) -> str:
        """What the board of a scene shows, in one sentence about the row that speaks."""

    def revealed(self, found: Solved, say: Say) -> dict[str, str]:
        """What the words of the reveal speak of, by placeholder; `found` as the bet opens it."""

    def still(
        self, knob: str, row: str, states: tuple[Solved, Solved], scene: Scene, say: Say
    ) -> str:
        """Why a row did not move with a knob; `states`: before, and now."""


@cache
def rules_of(topic: str) -> Rules:
    """Return the functions of a lesson."""
    return cast(Rules, import_module(f"simlib.lessons.{topic}.outcomes"))


def nothing(*_: object) -> str:
    """What a lesson says where it has no function of its own."""
    return ""


def lacks(topic: str, case: Case) -> str:
    """Return why a lesson cannot show a reader's own case, a key of `lab.own`; empty: it can."""
    said: str = part_of(topic, "knobs", "lacks", lacks_helper)(case)
    return said


def lacks_helper(case: Case) -> str:
    """Say that nobody helped, if nobody did: most lessons then have nobody to discuss."""
    return "" if helpers_of(case) else "no_helper"


def part_of(
    topic: str, module: str, name: str, otherwise: Callable[..., Any] = nothing
) -> Callable[..., Any]:
    """Return a function of a module of a lesson, or what stands for it where it has none.

    - `outcomes.rows(found, say) -> dict[str, str]`: row → name, in order, of a lesson whose rows
      are `of_case`
    - `outcomes.asked(found, column, say) -> str`: what a column asks, if facts change its words
    - `outcomes.large(found, scene, column, say) -> Large`: the large number, if not of a row
    - `outcomes.marks(row) -> tuple[str, ...]`: what of a board's row, besides its cells, tells that
      it moved, if not stamp, ghost and blank
    - `outcomes.numbers(before, now, say) -> dict[str, str]`: what words of scenes and tasks speak
      of besides the values of rows, by placeholder
    - `knobs.knobs(case, base, party, lang) -> list[Knob]`: controls that depend on the case; `base`
      is the case before the reader's changes
    - `knobs.options(case, lang) -> {choice: {option: words}}`: what a case has a say in
    - `knobs.lacks(case) -> str`: why it cannot show a reader's own case, see `lacks`
    - `reasons.reason(found, row, column, say) -> Reason`: why a row answers this in a column
    - `pictures.opening(case, lang) -> str`: before the bet, if not the case's own picture
    - `pictures.stage(found, scene, lang) -> str`: above the rows
    - `pictures.picture(found, scene, size, say) -> Picture | None`: the lesson's drawing as data,
      which the page draws and moves
    - `tables.below(found, chosen, lang) -> Drawing`: the table that is chosen below the stage
    """
    held = _module(f"simlib.lessons.{topic}.{module}")
    found: Callable[..., Any] = getattr(held, name, otherwise)
    return found


def options_of(topic: str, case: Case, lang: str) -> Mapping[str, Mapping[str, str]]:
    """Return choice → option → words, of the choices in whose options a case has a say."""
    found: Mapping[str, Mapping[str, str]] = part_of(topic, "knobs", "options", _none)(case, lang)
    return found


def _none(*_: object) -> Mapping[str, Mapping[str, str]]:
    return {}


@cache
def _module(name: str) -> object:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None
