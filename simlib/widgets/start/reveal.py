"""What the bet opens: the answer beside the paper's words and the law in force; the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simlib.text import words
from simlib.widgets.start.bet import RIGHT

TOPIC = "start_lesson"


def reveal(answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer, what the paper says and what the law has, in columns; a sentence; the rule.

    Parameters
    ----------
    answer
        `says` and `filed`; opened without an answer it has neither
    """
    given = set(RIGHT) <= set(answer)
    columns = [_yours(answer, lang)] if given else []
    columns += [
        _column(id, _say(id, lang), _say(f"{id}_note", lang), lang) for id in ("paper", "law")
    ]
    plain = _sentence(dict.fromkeys(RIGHT, "none"), lang)
    marks = {key: "right" if answer.get(key) == RIGHT[key] else "wrong" for key in RIGHT}
    return {
        "columns": columns,
        "sentence": _sentence(marks, lang) if given else plain,
        "theirs": plain,
        "rule": _say("rule", lang),
        "right": set(marks.values()) == {"right"} if given else None,
    }


def _sentence(marks: Mapping[str, str], lang: str) -> str:
    """What there is to say of each of the two answers."""
    said = {key: _say(f"{key}.{mark}", lang) for key, mark in marks.items()}
    return _say("sentence", lang, **said)


def _yours(answer: Mapping[str, Any], lang: str) -> dict[str, str]:
    said = words(TOPIC, f"bet.said.{answer['says']}", lang)
    filed = words(TOPIC, f"bet.files.{answer['filed']}", lang)
    return _column("you", said, _say("you_note", lang, filed=filed), lang)


def _column(id: str, value: str, note: str, lang: str) -> dict[str, str]:
    return {"id": id, "label": _say(f"label.{id}", lang), "value": value, "note": note}


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reveal.{key}", lang, **values)
