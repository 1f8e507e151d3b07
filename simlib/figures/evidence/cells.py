"""What a cell of lesson 08's boards says: days, chances, money, and what a court makes of data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from simlib.figures.board import spoken
from simlib.figures.evidence.names import day_said, lesson

if TYPE_CHECKING:
    from simlib.figures.board import Measure
    from simlib.figures.evidence.told import Stored, Suit, Told
    from simlib.interval import FenRange

CHANCE, MONEY = BARS = ("chance", "money")
MEASURES: dict[str, Measure] = {CHANCE: "percent", MONEY: "yuan"}


def said(told: Any, column: str, lang: str) -> str:
    """Write what a row says in a column."""
    if column in BARS:
        return spoken(amount_of(told, column), lang, MEASURES[column])
    say: dict[str, Callable[[Any, str], str]] = {
        "until": _until,
        "answered": _answered,
        "proves": _proves,
        "asked": _asked,
        "left": _left,
        "match": _match,
        "after": _after,
        "truth": _truth,
    }
    return say[column](told, lang)


def amount_of(told: Any, column: str) -> FenRange:
    """Return the number of a row in a column of bars."""
    found: FenRange = told.paid if column == MONEY else told.chance
    return found


def _until(told: Told, lang: str) -> str:
    if told.own:
        return lesson("board.own", lang)
    if not told.has_law:
        return lesson("board.no_law", lang)
    return lesson("board.no_end", lang) if told.least is None else day_said(told.least, lang)


def _answered(told: Told, lang: str) -> str:
    if told.own:
        return lesson("board.nobody", lang)
    return lesson("board.no_day", lang) if told.answered is None else day_said(told.answered, lang)


def _proves(told: Told, lang: str) -> str:
    return lesson(f"proves.{told.kept.piece.proves}", lang)


def _asked(suit: Suit, lang: str) -> str:
    return lesson("board.never", lang) if suit.asked is None else day_said(suit.asked, lang)


def _left(suit: Suit, lang: str) -> str:
    return spoken(suit.chance, lang, "percent")


def _match(stored: Stored, lang: str) -> str:
    key = {True: "matches", False: "differs", None: "no_digest"}[stored.matches]
    return lesson(f"board.{key}", lang)


def _after(stored: Stored, lang: str) -> str:
    return lesson(f"after.{stored.reading.after}", lang)


def _truth(stored: Stored, lang: str) -> str:
    return lesson(f"truth.{stored.verdict}", lang)
