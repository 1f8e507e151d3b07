"""A board: rows of bars that a page draws as HTML, the same rows as CSV.

A number is whole hundredths of the board's measure: fen of an amount, hundredths of a percent of
a share, hundredths of a file where files are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from simlib.figures.style import BASIS
from simlib.spreadsheet import csv_text
from simlib.text import words

if TYPE_CHECKING:
    from simlib.money import Fen

TOPIC = "board"
RULING, PRACTICE = "ruling", "practice"  # what a court ordered, and what some courts do
CLAIM = "claim"  # what a source says of the facts, not found by a court
AUTHORITIES = (RULING, PRACTICE, CLAIM, *BASIS)
COURT = "court"  # the row of a case's last decision; earlier ones follow as `court:0`, …
Measure: TypeAlias = Literal["yuan", "percent", "count", "months"]  # what the bars of a board are


def is_court(row: str) -> bool:
    """Whether a row is a decision, the last or an earlier one."""
    name, _, place = row.partition(":")
    return name == COURT and (not place or place.isdecimal())


@dataclass(frozen=True, slots=True)
class Column:
    """A question each row answers, by an amount (`bar`) or in words (`word`).

    Attributes
    ----------
    label, note
        how its head calls it; what is asked, as a sentence about a change says it
    brief
        of words: whether all are so short that they keep their column on a narrow screen too
    basis
        of what kind the authority of its answers is, in words, where it is not that of the rows
    room
        words it may come to say in place of an amount: a wall keeps room for them
    gloss
        what its name means, in a few words under it, where the board is wide
    """

    id: str
    label: str
    note: str = ""
    kind: Literal["bar", "word"] = "bar"
    brief: bool = False
    basis: str = ""
    room: str = ""
    gloss: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """The same amount in another setting: the one kept as A, or before the last change [fen]."""

    low: Fen
    high: Fen
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount [fen]: a band where `low` and `high` differ.

    Attributes
    ----------
    text
        whole units without unit, as it stands beside the bar
    name
        its full name for those who do not see the bar
    say
        the number it asks about, `row|key|party`
    was
        the same amount before the last change, if it was another
    beside
        what stands below the amount, because it must not be read without it
    what
        what it is, where its row answers the column in another sense
    usual
        where in its band the ordinary case lies: a mark in the bar
    """

    low: Fen
    high: Fen
    text: str
    name: str
    say: str
    kept: Kept | None = None
    was: Kept | None = None
    beside: str = ""
    what: str = ""
    usual: Kept | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One answer in words; its fields are those of a bar, and it has no ends.

    Attributes
    ----------
    kept
        the same answer in the setting kept as A
    was
        the same answer before the last change, if it was another
    """

    text: str
    name: str
    say: str
    kept: WordKept | None = None
    was: WordKept | None = None
    low: None = None
    high: None = None


@dataclass(frozen=True, slots=True)
class WordKept:
    """What another setting says in the same place."""

    text: str
    low: None = None
    high: None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes
    ----------
    group
        the heading under which it stands with its neighbours; empty: none
    authority
        one of `AUTHORITIES`: its colour
    ghost
        why its premise fails, in words: its dash; empty where it does not
    stamp
        a word over an empty bar
    more
        whether it is shown only when asked for
    changed, still
        whether it moved with the last change, and why it did not
    cells
        column → its bar; a question the row does not answer is left out
    form
        which form of liability the row takes now, in a word after its name
    blank
        what is said in place of a bar where the row does not answer
    mark
        what a class is told under the bar: a few words of the note that no column shows
    same
        that every amount is what the law in force gives, which stands in another row
    own
        whether it is what the victim bears: nobody pays it
    """

    id: str
    name: str
    note: str
    authority: str
    cells: Mapping[str, Bar | Word]
    ghost: str = ""
    stamp: str = ""
    more: bool = False
    changed: bool = False
    still: str = ""
    group: str = ""
    form: str = ""
    blank: str = ""
    mark: str = ""
    same: str = ""
    own: bool = False

    @property
    def end(self) -> Fen:
        """How far its bars reach, those of A among them [fen]."""
        ends = ((c.high, c.kept.high if c.kept else 0) for c in self.cells.values())
        return max((end or 0 for pair in ends for end in pair), default=0)

    def with_was(self, then: Row) -> Row:
        """Return the row with what `then` said in each cell that differs from it."""
        cells = {id: _with_was(cell, then.cells.get(id)) for id, cell in self.cells.items()}
        return replace(self, cells=cells)


def _with_was(now: Bar | Word, then: Bar | Word | None) -> Bar | Word:
    if then is None or (now.low, now.high, now.text) == (then.low, then.high, then.text):
        return now
    if isinstance(now, Bar) and isinstance(then, Bar):
        return replace(now, was=Kept(then.low, then.high, then.text))
    if isinstance(now, Word) and isinstance(then, Word):
        return replace(now, was=WordKept(then.text))
    return now


def with_was(now: Board, then: Board) -> Board:
    """Return a board on which each number that moved says what it was on the board `then`."""
    before = {row.id: row for row in then.rows}
    rows = [row.with_was(before[row.id]) if row.id in before else row for row in now.rows]
    return replace(now, rows=tuple(rows))


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the scale."""

    fen: Fen
    text: str


@dataclass(frozen=True, slots=True)
class Large:
    """The one large number.

    Attributes
    ----------
    rule
        what the rule it rests on does, in one line, read before it; empty: no rule was chosen
    """

    label: str
    text: str
    say: str
    name: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The reader's own answer, a line through the bars of the column it speaks of.

    Attributes
    ----------
    row
        the one row it answers; empty: all of them
    """

    fen: Fen
    label: str
    column: str = "exposure"
    row: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """What a colour (`authority`), a stripe (`open`), a dash (`ghost`) or a frame (`own`) means.

    Or a mark in a bar (`usual`).
    """

    kind: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Board:
    """Rows and columns, a scale, a sentence, one large number.

    Attributes
    ----------
    column
        whose bars are drawn first
    unit, measure
        what the numbers are, in words and as a key
    top_fen
        the right end of the scale [fen, or hundredths of another measure]
    kept
        what A is, in words; empty: nothing is kept
    picture
        a drawing above the rows, as HTML of our own (SVG with a title); empty: none
    drawn
        the lesson's drawing as data, by size (`figures.picture`), in place of `picture`
    pictured
        the row whose result the drawing shows; empty: it is the case, and gives no row away
    row
        what a row is, as the head of a table says it; empty: a form of liability
    larges
        column → its large number, where it has one of its own
    """

    columns: tuple[Column, ...]
    column: str
    unit: str
    top_fen: Fen
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    large: Large
    sentence: str
    legend: tuple[Legend, ...]
    answer: Answer | None = None
    kept: str = ""
    measure: Measure = "yuan"
    picture: str = ""
    drawn: Mapping[str, object] = field(default_factory=dict)
    pictured: str = ""
    row: str = ""
    larges: Mapping[str, Large] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """Return the board as plain JSON data."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}

    def csv(self, lang: str = "zh", about: Iterable[tuple[str, str]] = ()) -> str:
        """Return the rows as CSV: each end of each amount in a column, in yuan and in fen.

        Parameters
        ----------
        about
            pairs written below the rows: the case, its setting, the day, what the file is
        """
        rows: list[Sequence[object]] = [self._head(lang)]
        rows += [self._line(row, lang) for row in self.rows]
        if about:
            rows += [[], *([key, value] for key, value in about)]
        return "\ufeff" + csv_text(rows, "\r\n")

    def _head(self, lang: str) -> list[object]:
        named = [words(TOPIC, f"csv.{key}", lang) for key in ("note", "authority", "remark")]
        first = self.row or words(TOPIC, "csv.row", lang)
        return [
            first,
            *named,
            *(cell for column in self.columns for cell in self._heads(column, lang)),
        ]

    def _heads(self, column: Column, lang: str) -> list[str]:
        if column.kind == "word":
            return [column.label]
        units = ("yuan", "fen") if self.measure == "yuan" else (self.measure,)
        ends = (f"{end}_{unit}" for end in ("low", "high") for unit in units)
        return [words(TOPIC, f"csv.{end}", lang, column=column.label) for end in ends]

    def _line(self, row: Row, lang: str) -> list[object]:
        authority = words(TOPIC, f"authority.{row.authority}", lang) if row.authority else ""
        between = words(TOPIC, "csv.between", lang)
        name = words(TOPIC, "csv.grouped", lang, group=row.group, row=row.name)
        note = between.join(said for said in (row.same, row.note) if said)
        line: list[object] = [name if row.group else row.name, note, authority]
        line.append(between.join(said for said in (row.stamp, row.ghost) if said))
        for column in self.columns:
            line += self._cells(column, row.cells.get(column.id))
        return line

    def _cells(self, column: Column, cell: Bar | Word | None) -> list[object]:
        if column.kind == "word":
            return [cell.text if cell else ""]
        ends = (cell.low, cell.high) if cell else (None, None)
        if self.measure == "yuan":
            return [written for end in ends for written in _both(end)]
        return [_both(end)[0] for end in ends]


def _both(fen: Fen | None) -> tuple[str, Fen | str]:
    if fen is None:
        return "", ""
    return f"{fen // 100}.{fen % 100:02d}", fen


def _plain(value: object) -> object:
    """Return records and tables as plain data: what `asdict` gives, which copies each text too."""
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    names = getattr(value, "__dataclass_fields__", None)
    return value if names is None else {name: _plain(getattr(value, name)) for name in names}
