"""What the bet of lesson 03 opens: the answer beside the chain and the law, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simlib.figures.people import short_names
from simlib.lessons.causation.names import lesson
from simlib.widgets.causation.linked import Linked
from simlib.widgets.causation.scenes import DU, GAO
from simlib.widgets.lesson import View

RIGHT = "furthers"  # what the law in force asks of a helper's act


def reveal(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer, the chain and the law in force, in columns; why; and the rule.

    Parameters
    ----------
    view
        the case as the bet was made on it
    answer
        `happens` and `norm`; what is missing (opened without an answer) is left out
    """
    found: Linked = view.outcomes  # type: ignore[assignment]
    names = short_names(view.case, lang)
    named = {"who": names[GAO], "other": names[DU], "victim": names[view.case.claimant]}
    happens = "no" if found.answer(GAO, "but_for") == "yes" else "yes"
    columns = [
        _column("model", lesson(f"bet.needed.{happens}", lang), "model_note", named, lang),
        _column("law", lesson("reveal.law", lang), "law_note", named, lang),
    ]
    if "norm" in answer:
        said = lesson(f"bet.needed.{answer['happens']}", lang)
        note = lesson(f"bet.norms.{answer['norm']}", lang)
        columns.insert(0, {"id": "you", "label": _label("you", lang), "value": said, "note": note})
    why = lesson("reveal.why", lang, **named)
    answered = "norm" in answer
    right = answered and (answer["happens"], answer["norm"]) == (happens, RIGHT)
    return {
        "columns": columns,
        "sentence": lesson(f"reveal.on.{answer['norm']}", lang, **named) if answered else why,
        "theirs": why,
        "rule": lesson("reveal.rule", lang),
        "right": right if answered else None,
    }


def _column(id: str, value: str, note: str, named: Mapping[str, str], lang: str) -> dict[str, str]:
    told = lesson(f"reveal.{note}", lang, **named)
    return {"id": id, "label": _label(id, lang), "value": value, "note": told}


def _label(id: str, lang: str) -> str:
    return lesson(f"reveal.label.{id}", lang)
