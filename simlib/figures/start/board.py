"""The boards of lesson 00: a count taken apart, a share by chance alone, two endings in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from simlib.figures.board import (
    CLAIM,
    Bar,
    Board,
    Column,
    Large,
    Row,
    Word,
    bar,
    legend,
    scale,
    spoken,
    word,
)
from simlib.interval import FenRange, Interval, high_end, low_end
from simlib.law.suit import ATTRIBUTES, Ending
from simlib.text import percent, words

if TYPE_CHECKING:
    from simlib.figures.board import Measure
    from simlib.uncertainty.counts import Count

TOPIC, LAB = "start_lesson", "start_lab"
ASSUMED = "teaching assumption"
FILES, SHARE = "files", "share"
COLUMN_OF = {FILES: "count", SHARE: "percent"}
BY_INTERPRETATION = ("again",)  # attributes that a judicial interpretation settles, no statute


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a board shows: the count, the two endings, and what is assumed of them.

    Attributes
    ----------
    count, ending, beside
        the count taken apart; the ending that is looked at, and the one it is compared with
    others, level, times
        how many of the other suits are taken as heard; level and size of the exact interval
    random
        whether the count is taken for a random sample
    """

    count: Count
    ending: Ending
    beside: Ending
    others: int
    level: int
    times: int
    random: bool


def draw_board(
    shown: Sorted,
    lang: str = "zh",
    *,
    rows: Sequence[str],
    column: str,
    before: Sorted | None = None,
    kept: Sorted | None = None,
    kept_title: str = "",
    still: Mapping[str, str] | None = None,
) -> Board:
    """Draw the board of a column: `files`, `share`, or `ending` in words.

    Parameters
    ----------
    rows
        its rows in order
    before
        what was shown before the last change: rows that differ are marked
    kept, kept_title
        what is kept as A, and what that is in words
    still
        row → why it did not move with the last change
    """
    drawn = _Drawn(shown, kept, lang, len(rows) == len(ATTRIBUTES))
    lines = [drawn.row(name, column) for name in rows]
    if before:
        then = _Drawn(before, kept, lang, drawn.compares)
        lines = [_changed(row, then.row(row.id, column), still or {}) for row in lines]
    measure: Measure = "percent" if column == SHARE else "count"
    top = 100 * (100 if column == SHARE else shown.count.total)
    return Board(
        columns=drawn.columns(column),
        column=column,
        unit=words("board", f"unit.{measure}", lang),
        top_fen=top,
        ticks=scale(top, lang) if column in COLUMN_OF else (),
        rows=tuple(lines),
        large=drawn.large(column),
        sentence=drawn.sentence(column),
        legend=legend(lines, lang) if column in COLUMN_OF else (),
        kept=drawn.say("kept", title=kept_title) if kept else "",
        measure=measure,
        row=words(TOPIC, "lesson.row", lang),
    )


def _changed(row: Row, then: Row, still: Mapping[str, str]) -> Row:
    """Mark a row that moved with the last change, or say why it did not."""
    moved = _face(row) != _face(then)
    return replace(row, changed=moved, still="" if moved else still.get(row.id, ""))


def _face(row: Row) -> tuple[object, ...]:
    """What a reader sees of a row; a column of words is named after what it shows."""
    cells = [(cell.low, cell.high, cell.text) for cell in row.cells.values()]
    return cells, row.ghost, row.blank


def lost_said(count: Count, lang: str) -> str:
    """Write the share lost of the suits heard: with decimals unless it is whole."""
    if count.lost is None:
        return words(TOPIC, "board.count.nothing", lang)
    low, high = low_end(count.lost), high_end(count.lost)
    first = share(low, lang).removesuffix("%").rstrip()
    return share(low, lang) if low == high else f"{first}–{share(high, lang)}"


def share(part: Fraction, lang: str = "zh") -> str:
    """Write a share: whole percent where exact, else to hundredths.

    Examples
    --------
    >>> share(Fraction(18, 24)), share(Fraction(36, 42))
    ('75%', '85.71%')
    """
    return percent(part, lang, digits=0 if (part * 100).denominator == 1 else 2)


def differing(shown: Sorted) -> list[str]:
    """Return the attributes in which the two endings differ."""
    return [n for n in ATTRIBUTES if shown.beside.values[n] != shown.ending.values[n]]


def ending_name(ending: Ending, lang: str) -> str:
    """Return what an ending is called."""
    return words(LAB, f"sort.ending.{ending.id}", lang)


def value_name(ending: Ending, attribute: str, lang: str) -> str:
    """Return what an ending brings with it, in words."""
    return words(LAB, f"sort.value.{attribute}.{ending.values[attribute]}", lang)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One state of a board; `compares`: two endings stand side by side."""

    shown: Sorted
    kept: Sorted | None
    lang: str
    compares: bool

    def say(self, key: str, **values: object) -> str:
        return words(TOPIC, f"board.{key}", self.lang, **values)

    def columns(self, column: str) -> tuple[Column, ...]:
        if column in COLUMN_OF:
            return (Column(column, self.say(column), self.say(f"{column}_note")),)
        names = ("beside", "ending") if self.compares else ("ending",)
        return tuple(
            Column(name, label, label, kind="word")
            for name in names
            for label in [ending_name(getattr(self.shown, name), self.lang)]
        )

    def row(self, name: str, column: str) -> Row:
        """Return a row of the board of a column."""
        if column == FILES:
            return self._part(name)
        return self._sample(name) if column == SHARE else self._attribute(name)

    # ------------------------------------------------------------ a count taken apart

    def _part(self, name: str) -> Row:
        """Return one part of the count; what is set of it is an assumption."""
        is_open = name == "dismissed" or isinstance(self.shown.count.rulings, Interval)
        authority = CLAIM if is_open and name != "heard" else ASSUMED
        title = self.say(f"count.{name}")
        note = self.say(f"count.{name}_note", others=self.shown.others)
        kept = parts(self.kept.count)[name] if self.kept else None
        cell = self._bar(name, title, FILES, parts(self.shown.count)[name], kept, "count")
        return Row(name, title, note, authority, {FILES: cell})

    def _bar(
        self, row: str, title: str, column: str, value: FenRange, kept: FenRange | None,
        measure: Measure,
    ) -> Bar:  # fmt: skip
        full = self.say("bar_name", row=title, column=self.say(column))
        return bar(value, full, f"{row}|{column}|", self.lang, kept, measure)

    # ------------------------------------------------------------ a share by chance alone

    def _sample(self, name: str) -> Row:
        title, shown = self.say(f"sample.{name}"), self.shown
        blank = self.say("sample.random_blank" if shown.random else "sample.picked_blank")
        if name == "picked":
            return Row(name, title, self.say("sample.picked_note"), ASSUMED, {}, blank=blank)
        kept = shares(self.kept.count)[name] if self.kept else None
        cell = self._bar(name, title, SHARE, shares(shown.count)[name], kept, "percent")
        chance = name == "chance"
        more = "_more" if not chance and shown.times > 1 else ""
        note = self.say(f"sample.{name}_note{more}", **sizes(shown))
        ghost = self.say("sample.chance_ghost") if chance and not shown.random else ""
        return Row(name, title, note, ASSUMED if chance else CLAIM, {SHARE: cell}, ghost)

    # ------------------------------------------------------------ endings in words

    def _attribute(self, name: str) -> Row:
        title = words(LAB, f"sort.attribute.{name}", self.lang)
        cells = {column.id: self._word(column, name, title) for column in self.columns("ending")}
        by = "judicial interpretation" if name in BY_INTERPRETATION else "law in force"
        return Row(name, title, "", by, cells)

    def _word(self, column: Column, name: str, title: str) -> Word:
        ending: Ending = getattr(self.shown, column.id)
        full = self.say("bar_name", row=title, column=column.label)
        kept = value_name(getattr(self.kept, column.id), name, self.lang) if self.kept else None
        say = f"sort|{ending.id}.{name}|"
        return word(value_name(ending, name, self.lang), full, say, self.lang, kept)

    # ------------------------------------------------------------ the large number, the sentence

    def large(self, column: str) -> Large:
        """Return the one large number of a board."""
        shown = self.shown
        if column == FILES:
            return self._large("count.large", lost_said(shown.count, self.lang), "lost|share|")
        if column == SHARE:
            said = chance_said(shown.count, self.lang)
            text = said if shown.random else self.say("sample.large_picked")
            return self._large("sample.large", text, "inferred|share|")
        if self.compares:
            text = self.say("ending.differ", n=len(differing(shown)))
            return self._large("ending.large_differ", text, "differ|ending|")
        text = value_name(shown.ending, "again", self.lang)
        return self._large("ending.large_again", text, f"sort|{shown.ending.id}.again|")

    def _large(self, key: str, text: str, say: str) -> Large:
        label = self.say(key)
        name = words("board", "name.bar", self.lang, name=label, amount=text)
        return Large(label, text, say, name)

    def sentence(self, column: str) -> str:
        """Return what a board shows in one sentence."""
        shown, count = self.shown, self.shown.count
        if column == FILES:
            key = "sentence_nothing" if count.lost is None else "sentence"
            return self.say(f"count.{key}", **said(count, self.lang))
        if column == SHARE:
            key = "sentence_random" if shown.random else "sentence_picked"
            return self.say(f"sample.{key}", **(said(count, self.lang) | sizes(shown)))
        return self._of_endings()

    def _of_endings(self) -> str:
        shown = self.shown
        ending, beside = (ending_name(e, self.lang) for e in (shown.ending, shown.beside))
        if not self.compares:
            again = value_name(shown.ending, "again", self.lang)
            return self.say("ending.sentence_again", ending=ending, again=again)
        differ = len(differing(shown))
        values: dict[str, Any] = {"ending": ending, "beside": beside}
        if differ:
            first, second = (
                value_name(e, "document", self.lang) for e in (shown.beside, shown.ending)
            )
            values |= {"first": first, "second": second, "n": differ}
        return self.say("ending.sentence_differ" if differ else "ending.sentence_same", **values)


def parts(count: Count) -> dict[str, FenRange]:
    """Return the rows of the count [hundredths of a file]."""
    return {
        "dismissed": 100 * count.dismissed,
        "ruling": _hundredfold(count.rulings),
        "judgment": _hundredfold(count.judgments),
        "heard": _hundredfold(count.heard),
    }


def _hundredfold(files: int | Interval[int]) -> FenRange:
    if isinstance(files, Interval):
        return Interval(100 * files.low, 100 * files.high)
    return 100 * files


def shares(count: Count) -> dict[str, FenRange]:
    """Return the share dismissed and its exact interval [hundredths of a percent]."""
    ends = (round(10_000 * end) for end in (count.chance.low, count.chance.high))
    return {"cited": round(10_000 * count.dismissed / count.total), "chance": Interval(*ends)}


def chance_said(count: Count, lang: str) -> str:
    """Write the exact interval with one decimal."""
    return percent(count.chance, lang, digits=1)


def said(count: Count, lang: str) -> dict[str, str]:
    """Return every number of a count in words, by placeholder."""
    low, high = (percent(end, lang, digits=1) for end in (count.chance.low, count.chance.high))
    found = {name: spoken(value, lang, "count") for name, value in parts(count).items()}
    return found | {"lost": lost_said(count, lang), "low": low, "high": high}


def sizes(shown: Sorted) -> dict[str, object]:
    """Return size and level of the sample, by placeholder."""
    count = shown.count
    return {
        "total": shown.times * count.total,
        "dismissed": shown.times * count.dismissed,
        "level": f"{shown.level}%",
    }
