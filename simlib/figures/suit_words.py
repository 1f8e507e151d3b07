"""Words of a suit and its documents, for every lesson that draws time lines."""

from __future__ import annotations

from simlib.text import words

ENGINE, LESSON = "procedure", "procedure_lesson"
WAITS = (
    "at_large",
    "stayed",
    "refused",
    "dismissed",
    "transferred",
    "binding",
)  # states in which nothing moves


def engine(key: str, lang: str, **values: object) -> str:
    """Return words of the engine: a state, a ground, a reading."""
    return words(ENGINE, key, lang, **values)


def document_name(document: str, lang: str) -> str:
    """Return what the lesson calls what a court gave: with the kind of document in brackets."""
    return words(LESSON, f"documents.{document}", lang)
