"""Words of lesson 07: its own, and those of the engine."""

from __future__ import annotations

from simlib.text import words

TOPIC = "procedure_lesson"
ENGINE = "procedure"


def lesson(key: str, lang: str, **values: object) -> str:
    """Return words of the lesson."""
    return words(TOPIC, key, lang, **values)


def engine(key: str, lang: str, **values: object) -> str:
    """Return words of the engine: a state, a ground, a reading."""
    return words(ENGINE, key, lang, **values)


def document_name(document: str, lang: str) -> str:
    """Return what the lesson calls what a court gave: with the kind of document in brackets."""
    return lesson(f"documents.{document}", lang)


def regime_name(regime: str, lang: str) -> str:
    """Return what a row is called."""
    return lesson(f"rows.{regime}.name", lang)
