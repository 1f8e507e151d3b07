"""Words of lesson 07."""

from __future__ import annotations

from simlib.text import words

TOPIC = "procedure_lesson"


def lesson(key: str, lang: str, **values: object) -> str:
    """Return words of the lesson."""
    return words(TOPIC, key, lang, **values)


def regime_name(regime: str, lang: str) -> str:
    """Return what a row is called."""
    return lesson(f"rows.{regime}.name", lang)
