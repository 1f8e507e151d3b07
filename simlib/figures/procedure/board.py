"""The boards of lesson 07: four ways to treat a suit, in documents, months, and money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simlib.figures.board import (
    COURT,
    PRACTICE,
    RULING,
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
from simlib.figures.procedure.names import lesson, regime_name
from simlib.figures.procedure.told import LOST, Told
from simlib.figures.procedure.tracks import draw_tracks
from simlib.figures.suits import document_name
from simlib.interval import Interval
from simlib.text import words

if TYPE_CHECKING:
    from simlib.figures.board import Measure
    from simlib.interval import FenRange
    from simlib.money import Fen

DOCUMENT, AGAIN, MONTHS, MONEY = "document", "again", "months", "money"
LAW = "stay_if_prejudicial"
AUTHORITY = {
    "criminal_first": PRACTICE,
    LAW: "law in force",
    "parallel": "doctrine",
    "coordinated": "reform proposal",
    COURT: RULING,
}
TOP, STEP = 4_800, 1_200  # right end of the scale, and its marks [hundredths of a month]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a board is asked to show.

    Attributes
    ----------
    rows, columns, column
        rows in order; the columns; whose bars are drawn
    regime
        of which the large number and the sentence speak
    pictured
        whether its tracks are drawn above the rows
    awarded_fen
        what the court ordered [fen]; None: there is no ruling with an amount
    loss_fen
        her loss, the end of the scale of money [fen]
    """

    rows: Sequence[str]
    columns: Sequence[str]
    column: str
    regime: str
    pictured: bool
    awarded_fen: Fen | None
    loss_fen: Fen


def draw_board(
    told: Mapping[str, Told],
    asked: Asked,
    lang: str = "zh",
    *,
    before: Mapping[str, Told] | None = None,
    kept: Mapping[str, Told] | None = None,
    kept_title: str = "",
    still: Mapping[str, str] | None = None,
) -> Board:
    """Draw what becomes of a suit in each way to treat it, below the two tracks of one of them.

    Parameters
    ----------
    told
        regime → what it makes of the suit
    before
        the same before the last change: rows that differ are marked
    kept, kept_title
        what is kept as A, and what that is in words
    still
        row → why it did not move with the last change
    """
    drawn = _Drawn(told, kept, asked, lang)
    lines = drawn.rows(before, still or {})
    measure: Measure = "yuan" if asked.column == MONEY else "months"
    top = max(asked.loss_fen if measure == "yuan" else TOP, *(row.end for row in lines))
    return Board(
        columns=drawn.columns(),
        column=asked.column,
        unit=words("board", f"unit.{measure}", lang),
        top_fen=top,
        ticks=scale(top, lang) if measure == "yuan" else _ticks(top),
        rows=tuple(lines),
        large=drawn.large(),
        sentence=drawn.sentence(),
        legend=_legend(lines, measure, lang),
        kept=lesson("board.kept", lang, title=kept_title) if kept else "",
        measure=measure,
        picture=draw_tracks(told[asked.regime], lang) if asked.pictured else "",
        pictured=asked.regime if asked.pictured else "",
        row=lesson("lesson.row", lang),
    )


def _ticks(top: Fen) -> tuple[Tick, ...]:
    """Return a mark a year."""
    return tuple(Tick(at, str(at // 100)) for at in range(0, top + 1, STEP))


def _legend(lines: Sequence[Row], measure: Measure, lang: str) -> tuple[Legend, ...]:
    """Return the colours; a stripe of months is time, and has a mark for the ordinary line."""
    found = [each for each in legend(lines, lang) if each.kind in ("authority", "open")]
    if measure == "yuan":
        return tuple(found)
    marks = [Legend(kind, "", lesson(f"board.{kind}", lang)) for kind in ("open", "usual")]
    return (*(each for each in found if each.kind == "authority"), *marks)


def _changed(row: Row, then: Row, still: Mapping[str, str]) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    moved = _face(row) != _face(then)
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


def _face(row: Row) -> tuple[object, ...]:
    return [(cell.low, cell.high, cell.text) for cell in row.cells.values()], row.stamp, row.blank


def paid_said(fen: FenRange | None, lang: str) -> str:
    """Write what is paid, or that it cannot be told."""
    return lesson("board.no_money", lang) if fen is None else spoken(fen, lang)


def months_said(months: FenRange | None, lang: str) -> str:
    """Write months, or that there is no day."""
    return lesson("board.no_day", lang) if months is None else spoken(months, lang, "months")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One state of a board."""

    told: Mapping[str, Told]
    kept: Mapping[str, Told] | None
    asked: Asked
    lang: str

    def rows(self, before: Mapping[str, Told] | None, still: Mapping[str, str]) -> list[Row]:
        """Return what is asked for; of each whether it moved, or why it did not."""
        shown = [n for n in self.asked.rows if n != COURT or self.asked.awarded_fen]
        lines = [self.row(name) for name in shown]
        then = replace(self, told=before) if before else None
        return [_changed(row, then.row(row.id), still) for row in lines] if then else lines

    def say(self, key: str, **values: object) -> str:
        return lesson(f"board.{key}", self.lang, **values)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns: words first, then the one with bars."""
        return tuple(
            Column(
                name,
                self.say(f"column.{name}"),
                self.say(f"note.{name}"),
                "word" if name in (DOCUMENT, AGAIN) else "bar",
                room=self.say("no_day") if name == MONTHS else "",
            )
            for name in self.asked.columns
        )

    def row(self, name: str) -> Row:
        """Return one way to treat the suit, or what the court did."""
        if name == COURT:
            return self._court()
        told = self.told[name]
        cells: dict[str, Bar | Word] = {c: self._cell(name, c, told) for c in self.asked.columns}
        note, authority = self._rests(name, told)
        called = regime_name(name, self.lang)
        return Row(name, called, note, authority, cells, stamp=self._stamp(told))

    def _rests(self, name: str, told: Told) -> tuple[str, str]:
        """Return the note of a row and its authority: of another kind where no law bears it out."""
        if told.by_practice:
            return self.say("barred"), PRACTICE
        if told.should_stay:
            return self.say("should_stay"), "teaching assumption"
        return lesson(f"rows.{name}.note", self.lang), AUTHORITY[name]

    def _stamp(self, told: Told) -> str:
        """Return a word over an empty bar: a wait without end, a refusal, a claim dismissed."""
        if self.asked.column == MONTHS and told.month is None:
            return self.say("no_end" if told.waits else "refused")
        if self.asked.column == MONEY and told.paid == 0:
            if told.line.document == LOST:
                return self.say("lost")
            return self.say("no_end" if told.waits else "refused")
        return ""

    def _cell(self, row: str, column: str, told: Told) -> Bar | Word:
        full = self.say("bar_name", row=regime_name(row, self.lang),
                        column=self.say(f"column.{column}"))  # fmt: skip
        say, then = f"{row}|{column}|", self.kept[row] if self.kept else None
        if column in (DOCUMENT, AGAIN):
            kept = self._word(column, then) if then else None
            return word(self._word(column, told), full, say, self.lang, kept)
        value = _value(column, told)
        if column == MONTHS and isinstance(value, Interval) and told.month is not None:
            return self._months(told, value, full, say, then)
        if value is None:
            text = self.say("no_day" if column == MONTHS else "no_money")
            return word(text, full, say, self.lang)
        measure: Measure = "yuan" if column == MONEY else "months"
        held = _value(column, then) if then else None
        return bar(value, full, say, self.lang, held, measure)

    def _months(self, told: Told, band: FenRange, name: str, say: str, then: Told | None) -> Bar:
        """Return a band of months with a mark where the ordinary line has its judgment."""
        month = told.month or 0
        name = self.say("usual_name", name=name, months=months_said(month, self.lang))
        drawn = bar(band, name, say, self.lang, then.months if then else None, "months")
        return replace(drawn, usual=Kept(month, month, figures(month, self.lang, "months")))

    def _word(self, column: str, told: Told) -> str:
        if column == DOCUMENT:
            return document_name(told.document, self.lang)
        return lesson(f"again.{told.again}", self.lang)

    def _court(self) -> Row:
        """Return what the court did: a judgment for an amount; nobody published more."""
        name = self.say("court")
        fen = self.asked.awarded_fen or 0
        cells: dict[str, Bar | Word] = {}
        for column in self.asked.columns:
            full = self.say("bar_name", row=name, column=self.say(f"column.{column}"))
            say = f"{COURT}|{column}|"
            if column == DOCUMENT:
                cells[column] = word(document_name("judgment", self.lang), full, say, self.lang)
            else:
                cells[column] = word(self.say("unpublished"), full, say, self.lang)
        note = self.say("court_note", amount=spoken(fen, self.lang))
        mark = self.say("court_mark", amount=spoken(fen, self.lang))
        return Row(COURT, name, note, RULING, cells, mark=mark)

    # ------------------------------------------------------------ the large number, the sentence

    def large(self) -> Large:
        """Return the one large number: of the regime whose tracks are drawn, its ordinary line."""
        told, column = self.told[self.asked.regime], self.asked.column
        label = self.say(f"large.{column}", row=regime_name(self.asked.regime, self.lang))
        text = ordinary_said(told, column, self.lang)
        name = words("board", "name.bar", self.lang, name=label, amount=text)
        return Large(label, text, f"{self.asked.regime}|ordinary-{column}|", name)

    def sentence(self) -> str:
        """Return what a board shows in one sentence."""
        told = self.told[self.asked.regime]
        values = {
            "row": regime_name(self.asked.regime, self.lang),
            "document": document_name(told.document, self.lang),
            "months": months_said(told.months, self.lang),
            "paid": paid_said(told.paid, self.lang),
        }
        if self.asked.column == MONEY:
            return self.say("sentence.money", **values)
        if told.month is None:
            return self.say("sentence.never" if told.waits else "sentence.refused", **values)
        return self.say("sentence.months", **values)


def ordinary_said(told: Told, column: str, lang: str) -> str:
    """Write what the ordinary line comes to."""
    if column == MONEY:
        return paid_said(told.paid, lang)
    return months_said(told.month, lang)


def _value(column: str, told: Told) -> FenRange | None:
    return told.paid if column == MONEY else told.months
