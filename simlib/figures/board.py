"""A board: rows of bars that a page draws as HTML, the same rows as CSV. Amounts in fen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.figures.style import BASIS
from simlib.interval import Interval, high_end, low_end
from simlib.money import half_up
from simlib.spreadsheet import csv_text
from simlib.text import words

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.money import Fen

TOPIC = "board"
RULING, PRACTICE = "ruling", "practice"  # what a court ordered, and what some courts do
AUTHORITIES = (RULING, PRACTICE, *BASIS)
STEPS = (1, 2, 5)
TICKS = 6  # at most so many spaces between marks on the scale


@dataclass(frozen=True, slots=True)
class Column:
    """A question each row answers: `exposure`, `received` or `burden`."""

    id: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """The same amount in the setting kept as A [fen]."""

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
    """

    low: Fen
    high: Fen
    text: str
    name: str
    say: str
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes
    ----------
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
    """

    id: str
    name: str
    note: str
    authority: str
    cells: Mapping[str, Bar]
    ghost: str = ""
    stamp: str = ""
    more: bool = False
    changed: bool = False
    still: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the scale."""

    fen: Fen
    text: str


@dataclass(frozen=True, slots=True)
class Large:
    """The one large number."""

    label: str
    text: str
    say: str
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The reader's own answer, a line through the bars."""

    fen: Fen
    label: str


@dataclass(frozen=True, slots=True)
class Legend:
    """What a colour (`authority`), a stripe (`open`) or a dash (`ghost`) means."""

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
    top_fen
        the right end of the scale [fen]
    kept
        what A is, in words; empty: nothing is kept
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

    def to_json(self) -> dict[str, object]:
        """Return the board as plain JSON data."""
        return asdict(self)

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
        ends = [
            words(TOPIC, f"csv.{end}_{unit}", lang, column=column.label)
            for column in self.columns
            for end in ("low", "high")
            for unit in ("yuan", "fen")
        ]
        named = [words(TOPIC, f"csv.{key}", lang) for key in ("row", "note", "authority", "remark")]
        return [*named, *ends]

    def _line(self, row: Row, lang: str) -> list[object]:
        authority = words(TOPIC, f"authority.{row.authority}", lang)
        line: list[object] = [row.name, row.note, authority]
        line.append(words(TOPIC, "csv.between", lang).join(s for s in (row.stamp, row.ghost) if s))
        for column in self.columns:
            bar = row.cells.get(column.id)
            ends = (bar.low, bar.high) if bar else (None, None)
            line += [cell for fen in ends for cell in _both(fen)]
        return line


def _both(fen: Fen | None) -> tuple[str, Fen | str]:
    if fen is None:
        return "", ""
    return f"{fen // 100}.{fen % 100:02d}", fen


def bar(fen: FenRange, name: str, say: str, lang: str, kept_fen: FenRange | None = None) -> Bar:
    """Make a bar; its name is followed by what it says and that it can be asked about.

    Parameters
    ----------
    name
        row and column in words
    kept_fen
        the amount in the setting kept as A [fen]
    """
    kept = None
    if kept_fen is not None:
        kept = Kept(low_end(kept_fen), high_end(kept_fen), figures(kept_fen, lang))
    full = words(TOPIC, "name.bar", lang, name=name, amount=spoken(fen, lang))
    return Bar(low_end(fen), high_end(fen), figures(fen, lang), full, say, kept)


def figures(fen: FenRange, lang: str) -> str:
    """Write an amount in whole yuan without unit; fen stand only in a single number that has any.

    Examples
    --------
    >>> figures(810_811, "zh"), figures(Interval(532_814, 750_000), "en")
    ('8108.11', '5,328–7,500')
    """
    if isinstance(fen, Interval):
        return f"{_whole(fen.low, lang)}–{_whole(fen.high, lang)}"
    rest = f".{fen % 100:02d}" if fen % 100 else ""
    return (_digits(fen // 100, lang) + rest) if rest else _whole(fen, lang)


def rounded(fen: FenRange) -> FenRange:
    """Round the ends of a band to whole yuan; a single amount stays as it is [fen]."""
    if isinstance(fen, Interval):
        return Interval(*(100 * half_up(Fraction(end, 100)) for end in (fen.low, fen.high)))
    return fen


def spoken(fen: FenRange, lang: str) -> str:
    """Write an amount as it is read aloud, with its unit.

    Examples
    --------
    >>> spoken(Interval(0, 1_250_000), "zh")
    '0至12500元'
    """
    if isinstance(fen, Interval):
        ends = {"low": _whole(fen.low, lang), "high": _whole(fen.high, lang)}
        return words(TOPIC, "name.band", lang, **ends)
    return words(TOPIC, "name.amount", lang, amount=figures(fen, lang))


def _whole(fen: Fen, lang: str) -> str:
    return _digits(half_up(Fraction(fen, 100)), lang)


def _digits(yuan: int, lang: str) -> str:
    return f"{yuan:,}" if lang == "en" else str(yuan)


def scale(top_fen: Fen, lang: str) -> tuple[Tick, ...]:
    """Return marks at round amounts from 0 up to the end of the scale.

    Examples
    --------
    >>> [tick.text for tick in scale(2_500_000, "zh")]
    ['0', '5000', '10000', '15000', '20000', '25000']
    """
    step = 100
    while True:
        for factor in STEPS:
            if factor * step * TICKS >= top_fen:
                marks = range(0, top_fen + 1, factor * step)
                return tuple(Tick(fen, _whole(fen, lang)) for fen in marks)
        step *= 10


def legend(rows: Sequence[Row], lang: str) -> tuple[Legend, ...]:
    """Return the colours that occur, then stripe and dash."""
    found = {row.authority for row in rows}
    colours = [a for a in AUTHORITIES if a in found]
    named = [Legend("authority", a, words(TOPIC, f"authority.{a}", lang)) for a in colours]
    marks = [Legend(kind, "", words(TOPIC, f"legend.{kind}", lang)) for kind in ("open", "ghost")]
    return (*named, *marks)
