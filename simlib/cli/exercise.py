"""Exercises on paper: the questions, and behind each the key if asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simlib.text import words
from simlib.worksheet import Answer, sheet, solution

if TYPE_CHECKING:
    from simlib.exercise import Exercise

SCHEMA = "simlib.exercises/1"
LETTERS = "ABCDEFGH"


def as_text(exercises: Sequence[Exercise], key: bool, lang: str) -> str:
    """Return exercises as text, one below the other."""
    return "\n\n".join("\n".join(_lines(one, key, lang)) for one in exercises)


def as_json(topic: str, exercises: Sequence[Exercise], key: bool, lang: str) -> dict[str, object]:
    """Return the exercises as plain data, with `solution` only if `key`."""
    return {
        "schema": SCHEMA,
        "topic": topic,
        "lang": lang,
        "exercises": [
            {**sheet(one, lang), **({"solution": solution(one, lang)} if key else {})}
            for one in exercises
        ],
    }


def _lines(exercise: Exercise, key: bool, lang: str) -> Iterator[str]:
    paper, key_sheet = sheet(exercise, lang), solution(exercise, lang)
    head = _say("head", lang, title=paper["title"], seed=exercise.seed)
    yield from ("=" * 60, head, "=" * 60, *paper["facts"])
    for n, (question, answer) in enumerate(zip(paper["steps"], key_sheet["steps"], strict=True), 1):
        yield ""
        yield _say("step", lang, n=n, layer=question["layer_label"], ask=question["ask"])
        for letter, option in zip(LETTERS, question["options"], strict=False):
            yield _say("option", lang, letter=letter, label=option["label"])
        if key:
            yield from _key(answer, lang)
        elif not question["options"]:
            yield _say("blank", lang)
    if key:
        for heading, text in key_sheet["model"]:
            yield from ("", _say("model", lang, heading=heading, text=text))


def _key(answer: Answer, lang: str) -> Iterator[str]:
    between = _say("between", lang)
    yield _say("key", lang, answer=answer["key_label"])
    for other in answer["also"]:
        yield _say("also", lang, label=other["label"])
    yield _say("why", lang, why=answer["why"])
    if answer["cited"]:
        yield _say("cites", lang, cites=between.join(answer["cited"]))
    for slip in answer["slips"]:
        layer = words("exercise", f"layer.{slip['layer']}", lang)
        yield _say("slip", lang, amount=slip["amount"], slip=slip["text"], layer=layer)


def _say(key: str, lang: str, **values: object) -> str:
    return words("exercise", f"sheet.{key}", lang, **values)
