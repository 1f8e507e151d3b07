"""What the bet opens: the answer, what the case was decided on, the law in force; the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.figures.evidence.names import day_said
from simlib.figures.people import short_names
from simlib.text import words
from simlib.widgets.evidence.bet import RIGHT
from simlib.widgets.evidence.scenes import LOG

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

TOPIC = "evidence_lesson"


def reveal(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer, on what the court decided, what the law in force has; a sentence; the rule.

    Parameters
    ----------
    view
        the first scene
    answer
        `kept` and `helps`; opened without an answer it has neither
    """
    given = set(RIGHT) <= set(answer)
    right = all(answer.get(name) == value for name, value in RIGHT.items())
    names = short_names(view.case, lang)
    said = {"victim": names[view.case.claimant]}
    plain = _say("sentence.none", lang, **said)
    mark = "right" if right else answer.get("kept", "none")
    if given and not right and answer["kept"] == RIGHT["kept"]:
        mark = answer["helps"]
    columns = [_yours(answer, lang)] if given else []
    columns += [_column("court", _say("court", lang), _say("court_note", lang), lang)]
    return {
        "columns": [*columns, _law(view, lang)],
        "sentence": _say(f"sentence.{mark}", lang, **said) if given else plain,
        "theirs": plain,
        "rule": _say("rule", lang),
        "right": right if given else None,
    }


def _yours(answer: Mapping[str, Any], lang: str) -> dict[str, str]:
    helps = words(TOPIC, f"bet.helps_is.{answer['helps']}", lang)
    return _column("you", _say(f"kept_is.{answer['kept']}", lang), helps, lang)


def _law(view: View, lang: str) -> dict[str, str]:
    """No period for chats; at least six months for logs, which end on a day by the calendar."""
    note = _say("law_note", lang, day=day_said(view.outcomes[LOG].lapses, lang))
    return _column("law", _say("law", lang), note, lang)


def _column(id: str, value: str, note: str, lang: str) -> dict[str, str]:
    return {"id": id, "label": _say(f"label.{id}", lang), "value": value, "note": note}


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reveal.{key}", lang, **values)
