"""The boards of lesson 08: pieces and their clocks, places, and four ways to treat a suit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from simlib.figures.board import (
    PRACTICE,
    Bar,
    Board,
    Column,
    Large,
    Legend,
    Row,
    Tick,
    Word,
    bar,
    legend,
    scale,
    word,
)
from simlib.figures.evidence.cells import BARS, MEASURES, amount_of, said
from simlib.figures.evidence.clocks import draw_clocks
from simlib.figures.evidence.hashes import draw_hashes
from simlib.figures.evidence.names import lesson, row_name
from simlib.figures.evidence.told import CHAT, COPIES, REFORM, Stored, Suit
from simlib.figures.suits import document_name
from simlib.text import words

if TYPE_CHECKING:
    from simlib.figures.evidence.told import Told
    from simlib.money import Fen

AUTHORITY = {  # of a way to treat a suit, as in lesson 07
    "criminal_first": PRACTICE,
    "stay_if_prejudicial": "law in force",
    "parallel": "doctrine",
    "coordinated": "reform proposal",
}
WHOLE, QUARTER = 10_000, 2_500  # a chance of one, and the marks of its scale


@dataclass(frozen=True, slots=True)
class Asked:
    """What a board is asked to show.

    Attributes
    ----------
    scene
        whose words speak of it
    rows, columns, column
        rows in order; the columns; whose bars are drawn
    spoken
        the row of which the large number and the sentence speak
    day
        the day of the request [days from the loss]
    preserved
        the day on which she asks for preservation; None: she does not
    loss_fen
        her loss, the end of the scale of money [fen]
    """

    scene: str
    rows: Sequence[str]
    columns: Sequence[str]
    column: str
    spoken: str
    day: int
    preserved: int | None
    loss_fen: Fen


def draw_board(
    told: Mapping[str, Any],
    asked: Asked,
    lang: str = "zh",
    *,
    before: Mapping[str, Any] | None = None,
    kept: Mapping[str, Any] | None = None,
    kept_title: str = "",
    still: Mapping[str, str] | None = None,
) -> Board:
    """Draw what becomes of each row, below the clocks.

    Parameters
    ----------
    told
        row → what becomes of it: `Told`, `Suit` or `Stored`
    before
        the same before the last change: rows that differ are marked
    kept, kept_title
        what is kept as A, and what that is in words
    still
        row → why it did not move with the last change
    """
    drawn = _Drawn(told, kept, asked, lang)
    lines = [drawn.row(name) for name in asked.rows]
    if before:
        then = _Drawn(before, kept, asked, lang)
        lines = [_changed(row, then.row(row.id), still or {}) for row in lines]
    measure = MEASURES.get(asked.column, "count")
    top = max(asked.loss_fen, *(row.end for row in lines)) if measure == "yuan" else WHOLE
    return Board(
        columns=drawn.columns(),
        column=asked.column,
        unit=words("board", f"unit.{measure}", lang),
        top_fen=top,
        ticks=_ticks(measure, top, lang),
        rows=tuple(lines),
        large=drawn.large(),
        sentence=drawn.sentence(),
        legend=_legend(lines, lang),
        kept=lesson("board.kept", lang, title=kept_title) if kept else "",
        measure=measure,
        picture=_picture(told, asked, lang),
        row=lesson("lesson.row", lang),
    )


def cover(board: Board, row: str, column: str, lang: str = "zh") -> Board:
    """Show a question mark where a task asks what a row says, and in what speaks of that row."""
    sign = lesson("board.covered.sign", lang)

    def hidden(name: str) -> str:
        return words("board", "name.plain", lang, name=name, amount=sign)

    label = lesson("board.bar_name", lang, row=row_name(row, lang),
                   column=lesson(f"board.column.{column}", lang))  # fmt: skip
    veil = Word(sign, hidden(label), "")
    rows = tuple(
        replace(each, cells={**each.cells, column: veil}) if each.id == row else each
        for each in board.rows
    )
    large = replace(board.large, text=sign, say="", name=hidden(board.large.label))
    return replace(board, rows=rows, large=large, sentence=lesson("board.covered.sentence", lang))


def _picture(told: Mapping[str, Any], asked: Asked, lang: str) -> str:
    """Draw the tree of digests, or the clocks."""
    shown = [told[name] for name in asked.rows]
    if isinstance(shown[0], Stored):
        return draw_hashes(told["altered"], told["forged"], lang)
    return draw_clocks(shown, asked.rows, asked.spoken, asked.day, asked.preserved, lang)


def _ticks(measure: str, top: Fen, lang: str) -> tuple[Tick, ...]:
    """Return the marks of a scale: of money, of chances; of words there are none."""
    if measure == "yuan":
        return scale(top, lang)
    marks = range(0, WHOLE + 1, QUARTER) if measure == "percent" else ()
    return tuple(Tick(at, str(at // 100)) for at in marks)


def _legend(lines: Sequence[Row], lang: str) -> tuple[Legend, ...]:
    """Return the colours; a stripe is money that cannot be told as nobody knows his means."""
    found = tuple(each for each in legend(lines, lang) if each.kind == "authority")
    bands = any(c.low != c.high for row in lines for c in row.cells.values())
    return (*found, Legend("open", "", lesson("board.between", lang))) if bands else found


def _changed(row: Row, then: Row, still: Mapping[str, str]) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    moved = _face(row) != _face(then)
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


def _face(row: Row) -> tuple[object, ...]:
    return [(cell.low, cell.high, cell.text) for cell in row.cells.values()], row.stamp


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One state of a board."""

    told: Mapping[str, Any]
    kept: Mapping[str, Any] | None
    asked: Asked
    lang: str

    def say(self, key: str, **values: object) -> str:
        return lesson(f"board.{key}", self.lang, **values)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns: words first, then the one with bars."""
        return tuple(
            Column(
                name,
                self.say(f"column.{name}"),
                self.say(f"note.{name}"),
                "bar" if name in BARS else "word",
            )
            for name in self.asked.columns
        )

    def row(self, name: str) -> Row:
        """Return one row."""
        told = self.told[name]
        cells: dict[str, Bar | Word] = {c: self._cell(name, c, told) for c in self.asked.columns}
        note = self._note(name, told)
        authority = AUTHORITY[name] if isinstance(told, Suit) else told.basis
        return Row(name, row_name(name, self.lang), note, authority, cells, stamp=self._stamp(told))

    def _note(self, name: str, told: Any) -> str:
        """Return what is said under a row's name: who keeps it, or why a preservation ended."""
        if name == CHAT and told.kept.clock.basis == REFORM:
            return lesson("rows.chat.mandatory", self.lang)
        if isinstance(told, Stored) or not told.lifted or self.asked.preserved is None:
            return lesson(f"rows.{name}.note", self.lang)
        key = "lifted_suit" if isinstance(told, Suit) else "lifted_day"
        return self.say(key, n=self.asked.preserved, day=self.asked.day)

    def _stamp(self, told: Any) -> str:
        """Return a word over an empty bar: why there is nothing to be had, or no money."""
        if isinstance(told, Suit):
            if told.paid != 0:
                return ""
            judged = told.line.judged_on is not None
            return document_name(told.line.document, self.lang) if judged else self.say("waits")
        if isinstance(told, Stored) or told.chance:
            return ""
        return self.say("abroad") if told.answered is None else self._lapsed(told)

    def _lapsed(self, told: Told) -> str:
        """Return why it is gone: a preservation ended, the least period, or the one assumed."""
        if told.lifted:
            return self.say("lifted")
        return self.say("lapsed") if told.has_law else self.say("lapsed_assumed", n=told.lapses)

    def _cell(self, row: str, column: str, told: Any) -> Bar | Word:
        full = self.say("bar_name", row=row_name(row, self.lang),
                        column=self.say(f"column.{column}"))  # fmt: skip
        say, then = f"{row}|{column}|", self.kept[row] if self.kept else None
        if column not in BARS:
            kept = said(then, column, self.lang) if then else None
            return word(said(told, column, self.lang), full, say, self.lang, kept)
        held = amount_of(then, column) if then else None
        return bar(amount_of(told, column), full, say, self.lang, held, MEASURES[column])

    # ------------------------------------------------------------ the large number, the sentence

    def large(self) -> Large:
        """Return the one large number: of the row of which the scene speaks."""
        row, column = self.asked.spoken, self.asked.column
        label = self.say(f"large.{column}", row=row_name(row, self.lang))
        text = said(self.told[row], column, self.lang)
        name = words("board", "name.bar", self.lang, name=label, amount=text)
        return Large(label, text, f"{row}|{column}|", name)

    def sentence(self) -> str:
        """Return what a board shows in one sentence."""
        row = self.asked.spoken
        told = self.told[row]
        values = {
            "row": row_name(row, self.lang),
            "value": said(told, self.asked.column, self.lang),
            "day": self.asked.day,
        }
        if isinstance(told, Suit):
            values |= {name: said(told, name, self.lang) for name in ("left", "asked")}
            key = "thirty" if told.lifted else "suit"
            return self.say(f"sentence.{key}", **values)
        if isinstance(told, Stored):
            match = said(told, "match", self.lang)
            return self.say("sentence.stored", match=match, **values)
        reply = lesson(f"knob.reply_is.{told.manner.reply}", self.lang)
        if not told.own and not told.chance and told.answered is not None:
            stamp = self._lapsed(told)
            return self.say("sentence.lapsed", stamp=stamp, **values)
        if told.by in COPIES:
            by = self.say(f"by.{told.by}", n=self.asked.preserved)
            return self.say("sentence.copied", reply=reply, by=by, **values)
        return self.say("sentence.piece", reply=reply, **values)
