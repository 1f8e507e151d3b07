"""Words of lesson 08: its own, and those of the procedure it joins."""

from __future__ import annotations

from simlib.text import words

TOPIC = "evidence_lesson"


def lesson(key: str, lang: str, **values: object) -> str:
    """Return words of the lesson."""
    return words(TOPIC, key, lang, **values)


def row_name(row: str, lang: str) -> str:
    """Return what a row is called."""
    return lesson(f"rows.{row}.name", lang)


def day_said(day: int, lang: str) -> str:
    """Write a day, counted from the loss."""
    return lesson("board.day", lang, n=day)
