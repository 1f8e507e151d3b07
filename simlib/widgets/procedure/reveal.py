"""What the bet opens: the answer, what happened in the case, and the law in force; the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.figures.people import short_names
from simlib.text import amount, words
from simlib.widgets.procedure.bet import RIGHT

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

TOPIC = "procedure_lesson"


def reveal(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer, what the court did, what the law in force has; a sentence why; the rule.

    Parameters
    ----------
    view
        the first scene: the case is still being investigated
    answer
        `document` and `limit`; opened without an answer it has neither
    """
    given = set(RIGHT) <= set(answer)
    columns = [_yours(answer, lang)] if given else []
    columns += [_court(view, lang), _column("law", _say("law", lang), _say("law_note", lang), lang)]
    victim = short_names(view.case, lang)[view.case.claimant]
    mark = "right" if _is_right(answer) else answer.get("document", "none")
    plain = _say("sentence.none", lang, victim=victim)
    return {
        "columns": columns,
        "sentence": _say(f"sentence.{mark}", lang, victim=victim) if given else plain,
        "theirs": plain,
        "rule": _say("rule", lang),
        "right": _is_right(answer) if given else None,
    }


def _is_right(answer: Mapping[str, Any]) -> bool:
    return all(answer.get(name) == value for name, value in RIGHT.items())


def _yours(answer: Mapping[str, Any], lang: str) -> dict[str, str]:
    value = words(TOPIC, f"bet.documents.{answer['document']}", lang)
    return _column("you", value, words(TOPIC, f"bet.limits.{answer['limit']}", lang), lang)


def _court(view: View, lang: str) -> dict[str, str]:
    """What happened in the case: she sued after the criminal judgment."""
    ruling = view.case.rulings[0]
    said = amount(ruling.amount_fen, lang)
    return _column("court", _say("court", lang, amount=said), _say("court_note", lang), lang)


def _column(id: str, value: str, note: str, lang: str) -> dict[str, str]:
    return {"id": id, "label": _say(f"label.{id}", lang), "value": value, "note": note}


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reveal.{key}", lang, **values)
