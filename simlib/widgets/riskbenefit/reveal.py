"""What the bet opens: the answer beside the model, the court and the law in force; the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.figures.people import short_names
from simlib.figures.riskbenefit.reckoned import law_note
from simlib.interval import high_end, low_end
from simlib.text import amount, percent, words
from simlib.widgets.riskbenefit.joined import reckoned

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

TOPIC = "riskbenefit_lesson"
RIGHT = "defaults"  # what decides


def reveal(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer, the model on the facts told, the court, the law in force.

    `right` says whether the share lies where the model does on the facts told, and whether the
    reader saw what decides.

    Parameters
    ----------
    view
        the case as its source tells it
    answer
        `share`, `driver`; what is missing (opened without an answer) is left out
    """
    answered = "share" in answer
    columns = [_yours(answer, lang)] if answered else []
    columns += [_model(view, lang), _court(view, lang), _law(view, lang)]
    return {
        "columns": columns,
        "sentence": _sentence(view, answer, "you", lang),
        "theirs": _sentence(view, answer, "link", lang),
        "rule": _say("rule", lang),
        "right": _is_right(view, answer) if answered else None,
    }


def _is_right(view: View, answer: Mapping[str, Any]) -> bool:
    return _is_within(view, answer) and answer["driver"] == RIGHT


def _is_within(view: View, answer: Mapping[str, Any]) -> bool:
    """Whether the share answered lies where the model does on the facts told."""
    share = reckoned(view).share
    low, high = (round(float(end(share)), 2) for end in (low_end, high_end))
    return bool(low <= answer["share"] / 100 <= high)


def _yours(answer: Mapping[str, Any], lang: str) -> dict[str, str]:
    note = words(TOPIC, f"bet.drivers.{answer['driver']}", lang)
    return _column("you", percent(answer["share"] / 100, lang), note, lang)


def _model(view: View, lang: str) -> dict[str, str]:
    said = _say("note.model", lang, unknown=reckoned(view).counted()["unknown"])
    return _column("model", percent(reckoned(view).share, lang), said, lang)


def _court(view: View, lang: str) -> dict[str, str]:
    fen = next(r.amount_fen for r in view.case.rulings if r.amount_fen is not None)
    share = percent(fen / view.case.loss_fen, lang)
    said = _say("note.court", lang, share=share)
    return _column("court", amount(fen, lang), said, lang)


def _law(view: View, lang: str) -> dict[str, str]:
    """What may be claimed of him: joint liability is no share, least of all the whole as one."""
    at = reckoned(view)
    said = _say("note.law", lang, basis=law_note(at, lang))
    fen = at.law.parties[at.party].exposure_fen
    return _column("law", amount(fen, lang), said, lang)


def _column(id: str, value: str, note: str, lang: str) -> dict[str, str]:
    return {"id": id, "label": _say(f"label.{id}", lang), "value": value, "note": note}


def _sentence(view: View, answer: Mapping[str, Any], whose: str, lang: str) -> str:
    """Where the share answered lies; how many numbers are facts; whether the answer saw that."""
    at = reckoned(view)
    found = at.counted()
    counted = _say(
        "counted", lang,
        who=short_names(view.case, lang)[at.party],
        facts=sum(found.values()), found=found["found"], values=at.values,
    )  # fmt: skip
    key = "right" if answer.get("driver") == RIGHT else "wrong"
    said = _say(key, lang, chose=_say(f"chose.{whose}", lang), counted=counted)
    if "share" not in answer:
        return said
    return _say(
        "inside" if _is_within(view, answer) else "outside", lang,
        whose=_say(f"whose.{whose}", lang),
        share=percent(answer["share"] / 100, lang),
        model=percent(at.share, lang),
        sentence=said,
    )  # fmt: skip


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reveal.{key}", lang, **values)
