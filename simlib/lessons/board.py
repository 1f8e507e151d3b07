"""The one board: a table of values, row by column, with what stands beside each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.figures.board import (
    COURT,
    Answer,
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
    is_court,
    legend,
    scale,
    spoken,
    word,
)
from simlib.figures.picture import SIZES, drawings
from simlib.lessons.outcome import Line, Value, nothing, part_of, rules_of
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Measure
    from simlib.lessons.declaration import Lesson, Scene
    from simlib.lessons.outcome import Rules, Say, Solved
    from simlib.money import Fen

USUAL = "ordinary-"  # before a column: its ordinary case is asked about
MOST = 5  # rows of another case than the lesson's own that stand in sight
OWN = 2  # so many rows of a scene are of its own case: one can be called alike in another


@dataclass(frozen=True, slots=True)
class Table:
    """The values of one scene; a lesson whose rows are of another kind has a subclass of its own.

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

    @property
    def shown(self) -> Sequence[str]:
        """The columns of the board."""
        return self.lesson.board or self.scene.columns

    def of_case(self, found: Solved) -> dict[str, str]:
        """Row → name, where the rows are people or accounts of the case; else nothing."""
        rows = part_of(self.say.topic, "outcomes", "rows")
        return dict(rows(found, self.say)) if self.lesson.of_case else {}

    def called(self, row: str) -> str:
        """What a row is called."""
        named = self.of_case(self.found).get(row)
        return named or self.say(self.lesson.rows[row].words or f"rows.{row}.name")

    def label(self, column: str) -> str:
        """How the head of a column calls it."""
        return self.say(self.lesson.columns[column].words or f"board.column.{column}")

    def name(self, row: str, column: str) -> str:
        """Row and column in words."""
        return self.say("board.bar_name", row=self.called(row), column=self.label(column))

    def _said_of(self, what: str, column: str) -> str:
        """What is said of a column, if there are words for it."""
        key = f"board.{what}.{column}"
        return self.say(key) if self.say.has(key) else ""

    # ------------------------------------------------------------ rows

    @property
    def named(self) -> Sequence[str]:
        """The rows of the scene, then those behind *more*: of a case whatever else it has."""
        own = list(self.of_case(self.found))
        if not own:
            return [*self.scene.rows, *self._behind()]
        first = [row for row in self.scene.rows if row in own]
        first = first if len(first) >= OWN else []
        return [*first, *(row for row in own if row not in first)]

    def rows(self) -> list[Row]:
        """The rows that there are in this case: those in sight, then those behind *more*."""
        lines = {row: self.rules.line(self.found, row, self.scene, self.say) for row in self.named}
        rows = [self._row(row, line) for row, line in lines.items() if line is not None]
        seen = self.in_sight(rows)
        return [replace(row, more=row.id not in seen) for row in rows]

    def in_sight(self, rows: Sequence[Row]) -> Sequence[str]:
        """The scene's rows; of another case its first, and what the victim bears herself."""
        known = [row.id for row in rows]
        found = [id for id in self.scene.rows if id in known]
        if not self.lesson.of_case or len(found) >= OWN:
            return found
        return [*known[: MOST - 1], *(known[-1:] if rows[-1].own else known[MOST - 1 : MOST])]

    def _behind(self) -> list[str]:
        """Name the rows behind *more*; the earlier decisions follow the last one, latest first."""
        ordered = sum(ruling.amount_fen is not None for ruling in self.case.rulings)
        found: list[str] = []
        for row in self.lesson.named(self.lesson.more):
            found += [row] if row not in self.scene.rows else []
            if row == COURT:
                found += [f"{COURT}:{place}" for place in reversed(range(ordered - 1))]
        return found

    def _row(self, row: str, line: Line) -> Row:
        cells = {column: self._cell(row, column) for column in self.shown}
        # none of somebody of another case; of an earlier decision, `court:0`, that of decisions
        declared = self.lesson.rows.get(row.partition(":")[0])
        return Row(
            row,
            line.name or self.called(row),
            line.note or (self.say(f"rows.{row}.note") if self.say.has(f"rows.{row}.note") else ""),
            line.authority or (declared.authority if declared else ""),
            {column: cell for column, cell in cells.items() if cell is not None},
            ghost=line.ghost,
            stamp=line.stamp,
            blank=line.blank,
            mark=line.mark,
            own=line.own,
            form=line.form,
            same=line.same,
            group=line.group,
        )

    def _is_moved(self, row: str, other: Solved) -> bool:
        """Whether a setting moves a row: not what a court did, nor who is not in its case."""
        return not is_court(row) and row in (self.of_case(other) or (row,))

    def _cell(self, row: str, column: str) -> Bar | Word | None:
        value = self.rules.value(self.found, row, column, self.say)
        if value is None:
            return None
        full = value.name or self.name(row, column)
        asks = f"{row}|{column}|" if value.asks == "" else value.asks or ""
        then = None
        if self.kept is not None and self._is_moved(row, self.kept):
            then = self.rules.value(self.kept, row, column, self.say)
        measure, lang = self.measure(column), self.say.lang
        if value.amount is None or measure is None:
            kept = then.word if then and measure is None and asks else None
            return word(value.word, full, asks, lang, kept)
        if value.usual is not None:
            usual = spoken(value.usual, lang, measure)
            full = self.say("board.usual_name", name=full, value=usual)
        kept_fen = then.amount if then else None
        drawn = bar(value.amount, full, asks, lang, kept_fen, measure, value.beside)
        mark = None if value.usual is None else _mark(value.usual, lang, measure)
        return replace(drawn, usual=mark, what=value.what)

    # ------------------------------------------------------------ columns, scale, legend

    def columns(self) -> tuple[Column, ...]:
        """The columns that the scene shows."""
        asked = part_of(self.say.topic, "outcomes", "asked")
        return tuple(
            Column(
                name,
                self.label(name),
                asked(self.found, name, self.say) or self.say(f"board.note.{name}"),
                "word" if self.measure(name) is None else "bar",
                brief=held.brief,
                basis=self._said_of("basis", name),
                gloss=self._said_of("gloss", name),
                room=self.say(f"board.{held.room}") if held.room else "",
            )
            for name in self.shown
            for held in [self.lesson.columns[name]]
        )

    def top(self, rows: Sequence[Row], answer: Answer | None = None) -> Fen:
        """The right end of the scale."""
        held = self.lesson.columns[self.scene.column]
        if held.measure == "percent":
            return 100 * held.top
        least = max(100 * held.top, self.case.loss_fen if held.measure == "yuan" else 0)
        return max(least, answer.fen if answer else 0, *(row.end for row in rows))

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
        marks = legend(rows, self.say.lang)
        found = {each.kind: each for each in marks}
        colours = [each for each in marks if each.kind == "authority"]
        is_band = any(c.low != c.high for row in rows for c in row.cells.values())
        for mark in held.marks:
            kind = "open" if mark == "band" else mark
            if mark == "band" and not is_band:
                continue
            key = f"board.mark.{column}.{mark}"
            colours.append(Legend(kind, "", self.say(key)) if self.say.has(key) else found[kind])
        return tuple(colours)

    # ------------------------------------------------------------ the large number

    def large(self, column: str) -> Large:
        """The large number of a column: the lesson's own, or that of the row that speaks."""
        make = part_of(self.say.topic, "outcomes", "large")
        made: Large | str = make(self.found, self.scene, column, self.say)
        return made if isinstance(made, Large) else self._large(self.scene.speaks, column)

    def _large(self, row: str, column: str) -> Large:
        """Of a row its ordinary case."""
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
    answer: Answer | None = None,
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
    answer
        the reader's own, which a line marks
    """
    say, scene, lesson = table.say, table.scene, table.lesson
    rows = table.rows()
    if before is not None:
        then = {row.id: row for row in replace(table, found=before).rows()}
        marks = part_of(say.topic, "outcomes", "marks", _marks)
        rows = [
            _changed(row, then[row.id], still or {}, marks) if row.id in then else row
            for row in rows
        ]
    top = table.top(rows, answer)
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
        large=table.large(scene.column),
        larges={id: table.large(id) for id in table.shown if lesson.columns[id].large},
        sentence=table.rules.sentence(table.found, scene, say),
        legend=table.legend(rows),
        answer=answer,
        kept=say("board.kept", title=kept_title) if table.kept is not None else "",
        measure=measure,
        picture=drawn,
        drawn=pictured(table.found, table.scene, table.say),
        pictured=scene.speaks if drawn and lesson.pictured else "",
        row=say("lesson.row") if say.has("lesson.row") else "",
    )


def pictured(found: Solved, scene: Scene, say: Say, asks: bool = False) -> dict[str, object]:
    """Draw the lesson's picture of a scene in each size, and its steps, as data; of some none.

    `asks`: while a question hides what the engine makes of the facts.
    """
    make = part_of(say.topic, "pictures", "picture", lambda *_: None)
    if not scene.picture:
        return {}
    return drawings((make(found, scene, size, say) for size in SIZES), asks)


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
    sentence = say("board.covered.sentence")
    drawn = pictured(table.found, table.scene, say, asks=True)
    return replace(board, rows=rows, large=large, sentence=sentence, drawn=drawn)


def _changed(
    row: Row, then: Row, still: Mapping[str, str], marks: Callable[[Row], tuple[str, ...]]
) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    moved = _ends(row) != _ends(then) or marks(row) != marks(then)
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


def _ends(row: Row) -> list[tuple[object, ...]]:
    return [(cell.low, cell.high, cell.text) for cell in row.cells.values()]


def _marks(row: Row) -> tuple[str, ...]:
    return row.stamp, row.ghost, row.blank
