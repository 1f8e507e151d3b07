"""The one board: a table of values, row by column, with what stands beside each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.figures.board import (
    Bar,
    Board,
    Column,
    Kept,
    Large,
    Legend,
    Row,
    Tick,
    Word,
    bar,
    figures,
    legend,
    scale,
    spoken,
    word,
)
from simlib.figures.people import short_names
from simlib.lessons.outcome import Line, Value, nothing, part_of, rules_of
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Measure
    from simlib.lessons.declaration import Lesson, Scene
    from simlib.lessons.outcome import Rules, Say, Solved
    from simlib.money import Fen

MOST = 5  # people in sight of another case than the scene's own
USUAL = "ordinary-"  # before a column: its ordinary case is asked about


@dataclass(frozen=True, slots=True)
class Table:
    """The values of one scene.

    Attributes
    ----------
    lesson, scene, case
        what is declared, and the case that is shown
    found, kept
        row → outcome, now and in the setting kept as A
    say
        the lesson's words
    """

    lesson: Lesson
    scene: Scene
    case: Case
    found: Solved
    kept: Solved | None
    say: Say

    @property
    def rules(self) -> Rules:
        """The lesson's functions."""
        return rules_of(self.say.topic)

    def measure(self, column: str) -> Measure | None:
        """In what a column counts; None: it is one of words."""
        found = self.lesson.columns[column].measure
        return None if found == "word" else found

    def called(self, row: str) -> str:
        """What a row is called."""
        if self.lesson.parties:
            return short_names(self.case, self.say.lang)[row]
        return self.say(self.lesson.rows[row].words or f"rows.{row}.name")

    def label(self, column: str) -> str:
        """How the head of a column calls it."""
        return self.say(self.lesson.columns[column].words or f"board.column.{column}")

    def name(self, row: str, column: str) -> str:
        """Row and column in words."""
        said = {"row": self.called(row), "column": self.label(column)}
        return self.say("board.bar_name", **said, note=self._said_of("note", column))

    def _said_of(self, what: str, column: str) -> str:
        """What is said of a column, if there are words for it."""
        key = f"board.{what}.{column}"
        return self.say(key) if self.say.has(key) else ""

    # ------------------------------------------------------------ rows

    @property
    def in_sight(self) -> Sequence[str]:
        """The rows of the scene; of another case than its own the first people."""
        if not self.lesson.parties:
            return self.scene.rows
        return [row for row in self.scene.rows if row in self.found] or [*self.found][:MOST]

    @property
    def named(self) -> Sequence[str]:
        """All rows in order, those in sight first."""
        seen, every = self.in_sight, self.found if self.lesson.parties else ()
        return [*seen, *(row for row in every if row not in seen)]

    def rows(self) -> list[Row]:
        """The rows that there are in this case."""
        named = self.named
        lines = {row: self.rules.line(self.found, row, self.scene, self.say) for row in named}
        return [self._row(row, line) for row, line in lines.items() if line is not None]

    def _row(self, row: str, line: Line) -> Row:
        cells = {column: self._cell(row, column) for column in self.scene.columns}
        return Row(
            row,
            self.called(row),
            line.note or (self.say(f"rows.{row}.note") if self.say.has(f"rows.{row}.note") else ""),
            line.authority or ("" if self.lesson.parties else self.lesson.rows[row].authority),
            {column: cell for column, cell in cells.items() if cell is not None},
            ghost=line.ghost,
            stamp=line.stamp,
            blank=line.blank,
            mark=line.mark,
            more=row not in self.in_sight,
        )

    def _cell(self, row: str, column: str) -> Bar | Word | None:
        value = self.rules.value(self.found, row, column, self.say)
        if value is None:
            return None
        full, asks = self.name(row, column), self._asks(row, column)
        then = None
        if self.kept is not None and row in self.kept:  # no setting moves what a court did
            then = self.rules.value(self.kept, row, column, self.say)
        measure, lang = self.measure(column), self.say.lang
        if value.amount is None or measure is None:
            kept = then.word if then and measure is None else None
            return word(value.word, full, asks, lang, kept)
        if value.usual is not None:
            usual = spoken(value.usual, lang, measure)
            full = self.say("board.usual_name", name=full, value=usual)
        drawn = bar(value.amount, full, asks, lang, then.amount if then else None, measure)
        return (
            drawn
            if value.usual is None
            else replace(drawn, usual=_mark(value.usual, lang, measure))
        )

    def _asks(self, row: str, column: str) -> str:
        return f"{row}|{column}|{row if self.lesson.parties else ''}"

    # ------------------------------------------------------------ columns, scale, legend

    def columns(self) -> tuple[Column, ...]:
        """The columns that the scene shows."""
        return tuple(
            Column(
                name,
                self.label(name),
                self.say(f"board.note.{name}"),
                "word" if self.measure(name) is None else "bar",
                brief=held.brief,
                basis=self._said_of("basis", name),
                gloss=self._said_of("gloss", name),
                room=self.say(f"board.{held.room}") if held.room else "",
            )
            for name in self.scene.columns
            for held in [self.lesson.columns[name]]
        )

    def top(self, rows: Sequence[Row]) -> Fen:
        """The right end of the scale."""
        held = self.lesson.columns[self.scene.column]
        least = max(100 * held.top, self.case.loss_fen if held.measure == "yuan" else 0)
        return max(least, *(row.end for row in rows))

    def ticks(self, top: Fen) -> tuple[Tick, ...]:
        """The marks of the scale; of words there are none."""
        if self.measure(self.scene.column) is None:
            return ()
        if step := 100 * self.lesson.columns[self.scene.column].step:
            return tuple(Tick(at, str(at // 100)) for at in range(0, top + 1, step))
        marks = scale(top, self.say.lang)
        return (marks[0], marks[-1]) if self.lesson.columns[self.scene.column].ends else marks

    def legend(self, rows: Sequence[Row]) -> tuple[Legend, ...]:
        """The colours, then what the column says is to be explained."""
        held, column = self.lesson.columns[self.scene.column], self.scene.column
        found = {each.kind: each for each in legend(rows, self.say.lang)}
        colours = [each for each in legend(rows, self.say.lang) if each.kind == "authority"]
        is_band = any(c.low != c.high for row in rows for c in row.cells.values())
        for mark in held.marks:
            kind = "open" if mark == "band" else mark
            if mark == "band" and not is_band:
                continue
            key = f"board.mark.{column}.{mark}"
            colours.append(Legend(kind, "", self.say(key)) if self.say.has(key) else found[kind])
        return tuple(colours)

    # ------------------------------------------------------------ the large number

    def large(self) -> Large:
        """The one large number: the lesson's own, else of the row that speaks its ordinary case."""
        if own := part_of(self.say.topic, "outcomes", "large")(self.found, self.scene, self.say):
            found: Large = own
            return found
        row, column = self.scene.speaks, self.scene.column
        label = self.say(f"board.large.{column}", row=self.called(row))
        text = self.said(row, column)
        name = words("board", "name.bar", self.say.lang, name=label, amount=text)
        usual = USUAL if self.lesson.columns[column].usual else ""
        return Large(label, text, f"{row}|{usual}{column}|", name)

    def answers(self, row: str, column: str) -> bool:
        """Whether a row answers a column at all."""
        return self.rules.value(self.found, row, column, self.say) is not None

    def said(self, row: str, column: str, ordinary: bool = True) -> str:
        """What a row answers, as it is read aloud; `ordinary`: not the band about it."""
        value = self.rules.value(self.found, row, column, self.say) or Value()
        amount = value.ordinary if ordinary else value.amount
        measure = self.measure(column)
        if amount is None or measure is None:
            return value.word
        return spoken(amount, self.say.lang, measure)


def _mark(usual: Fen, lang: str, measure: Measure) -> Kept:
    return Kept(usual, usual, figures(usual, lang, measure))


def draw(
    table: Table,
    *,
    before: Solved | None = None,
    kept_title: str = "",
    still: Mapping[str, str] | None = None,
) -> Board:
    """Draw the board of a table of values.

    Parameters
    ----------
    before
        row → outcome before the last change: rows that differ are marked
    kept_title
        what is kept as A, in words
    still
        row → why it did not move with the last change
    """
    say, scene, lesson = table.say, table.scene, table.lesson
    rows = table.rows()
    if before is not None:
        then = {row.id: row for row in replace(table, found=before).rows()}
        rows = [_changed(row, then[row.id], still or {}) if row.id in then else row for row in rows]
    top = table.top(rows)
    measure = table.measure(scene.column) or "count"
    picture = part_of(say.topic, "pictures", "stage") if scene.picture else nothing
    drawn = picture(table.found, scene, say.lang)
    return Board(
        columns=table.columns(),
        column=scene.column,
        unit=words("board", f"unit.{measure}", say.lang),
        top_fen=top,
        ticks=table.ticks(top),
        rows=tuple(rows),
        large=table.large(),
        sentence=table.rules.sentence(table.found, scene, say),
        legend=table.legend(rows),
        kept=say("board.kept", title=kept_title) if table.kept is not None else "",
        measure=measure,
        picture=drawn,
        pictured=scene.speaks if drawn and lesson.pictured else "",
        row=say("lesson.row") if say.has("lesson.row") else "",
    )


def cover(board: Board, table: Table, cells: tuple[str, str]) -> Board:
    """Show a question mark where a task asks what a row says, and in what speaks of that row."""
    say, (row, column) = table.say, cells
    sign = say("board.covered.sign")

    def hidden(name: str) -> str:
        return words("board", "name.plain", say.lang, name=name, amount=sign)

    veil = Word(sign, hidden(table.name(row, column)), "")
    rows = tuple(
        replace(each, cells={**each.cells, column: veil}) if each.id == row else each
        for each in board.rows
    )
    large = replace(board.large, text=sign, say="", name=hidden(board.large.label))
    return replace(board, rows=rows, large=large, sentence=say("board.covered.sentence"))


def _changed(row: Row, then: Row, still: Mapping[str, str]) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    moved = _face(row) != _face(then)
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


def _face(row: Row) -> tuple[object, ...]:
    cells = [(cell.low, cell.high, cell.text) for cell in row.cells.values()]
    return cells, row.stamp, row.ghost, row.blank
