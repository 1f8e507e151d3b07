"""How a board's numbers are written, and the scale and legend under them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.figures.board.model import AUTHORITIES, TOPIC, Bar, Kept, Legend, Tick, Word, WordKept
from simlib.interval import Interval, high_end, hull, low_end
from simlib.money import half_up
from simlib.text import words

if TYPE_CHECKING:
    from simlib.figures.board.model import Measure, Row
    from simlib.interval import FenRange
    from simlib.money import Fen

STEPS = (1, 2, 5)
TICKS = 6  # at most so many spaces between marks on the scale


def bar(
    fen: FenRange,
    name: str,
    say: str,
    lang: str,
    kept_fen: FenRange | None = None,
    measure: Measure = "yuan",
    beside: str = "",
) -> Bar:
    """Make a bar; its name is followed by what it says and that it can be asked about.

    Parameters
    ----------
    name
        row and column in words
    kept_fen
        the amount in the setting kept as A [fen]
    beside
        what stands below the amount, and is read with it
    """
    kept = None
    if kept_fen is not None:
        kept = Kept(low_end(kept_fen), high_end(kept_fen), figures(kept_fen, lang, measure))
    said = spoken(fen, lang, measure)
    if beside:
        said = words(TOPIC, "name.beside", lang, amount=said, beside=beside)
    full = words(TOPIC, "name.bar", lang, name=name, amount=said)
    text = figures(fen, lang, measure)
    return Bar(low_end(fen), high_end(fen), text, full, say, kept, beside=beside)


def word(text: str, name: str, say: str, lang: str, kept: str | None = None) -> Word:
    """Make an answer in words; `kept`: what A says there; without `say` nothing can be asked."""
    full = words(TOPIC, "name.bar" if say else "name.plain", lang, name=name, amount=text)
    return Word(text, full, say, None if kept is None else WordKept(kept))


def figures(fen: FenRange, lang: str, measure: Measure = "yuan") -> str:
    """Write a number in whole units without unit; only a single amount may show its fen.

    Examples
    --------
    >>> figures(810_811, "zh"), figures(Interval(532_814, 750_000), "en")
    ('8108.11', '5,328–7,500')
    >>> figures(Interval(2_131, 3_000), "zh", "percent")
    '21–30'
    """
    if isinstance(fen, Interval):
        ends = _whole(fen.low, lang), _whole(fen.high, lang)
        return ends[0] if ends[0] == ends[1] else "–".join(ends)
    if measure != "yuan":
        return _whole(fen, lang)
    rest = f".{fen % 100:02d}" if fen % 100 else ""
    return (_digits(fen // 100, lang) + rest) if rest else _whole(fen, lang)


def rounded(fen: FenRange) -> FenRange:
    """Round the ends of a band to whole yuan; a single amount stays as it is [fen].

    Ends that come to the same are one amount.
    """
    if isinstance(fen, Interval):
        return hull([100 * half_up(Fraction(end, 100)) for end in (fen.low, fen.high)])
    return fen


def spoken(fen: FenRange, lang: str, measure: Measure = "yuan") -> str:
    """Write a number as it is read aloud, with its unit.

    Examples
    --------
    >>> spoken(Interval(0, 1_250_000), "zh"), spoken(2_500, "zh", "percent")
    ('0至12500元', '25%')
    """
    if isinstance(fen, Interval) and figures(fen, lang, measure) != _whole(fen.low, lang):
        ends = {"low": _whole(fen.low, lang), "high": _whole(fen.high, lang)}
        return words(TOPIC, f"name.band.{measure}", lang, **ends)
    return words(TOPIC, f"name.amount.{measure}", lang, amount=figures(fen, lang, measure))


def _whole(fen: Fen, lang: str) -> str:
    return _digits(half_up(Fraction(fen, 100)), lang)


def _digits(yuan: int, lang: str) -> str:
    return f"{yuan:,}" if lang == "en" else str(yuan)


def scale(top_fen: Fen, lang: str) -> tuple[Tick, ...]:
    """Return marks at round amounts from 0, and one at the end of the scale in whole yuan.

    Examples
    --------
    >>> [tick.text for tick in scale(2_500_000, "zh")]
    ['0', '5000', '10000', '15000', '20000', '25000']
    """
    step = 100
    while True:
        for factor in STEPS:
            if factor * step * TICKS >= top_fen:
                marks = {*range(0, top_fen + 1, factor * step), top_fen // 100 * 100}
                return tuple(Tick(fen, _whole(fen, lang)) for fen in sorted(marks))
        step *= 10


def legend(rows: Sequence[Row], lang: str) -> tuple[Legend, ...]:
    """Return the colours that occur, then stripe and dash, and the frame of what nobody pays."""
    found = {row.authority for row in rows}
    colours = [a for a in AUTHORITIES if a in found]
    named = [Legend("authority", a, words(TOPIC, f"authority.{a}", lang)) for a in colours]
    kinds = ("open", "ghost", "own") if any(row.own for row in rows) else ("open", "ghost")
    marks = [Legend(kind, "", words(TOPIC, f"legend.{kind}", lang)) for kind in kinds]
    return (*named, *marks)
