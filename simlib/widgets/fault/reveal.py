"""What the bet opens: the reader's answer beside two readings of the law, why, and the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.figures.fault.names import grade_words
from simlib.figures.people import short_names
from simlib.text import amount, words
from simlib.widgets.fault.bet import FITS
from simlib.widgets.fault.found import NAMES, Found
from simlib.widgets.fault.scenes import INFERRED

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

TOPIC = "fault_lesson"


def reveal(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer, the law in force as most commentators read it, and a minority; why; the rule.

    `theirs` is the sentence for an answer that came with somebody else's link.

    Parameters
    ----------
    view
        the case as the bet was made on it
    answer
        `grade` and `norm`; opened without an answer it has neither
    """
    found: Found = view.outcomes  # type: ignore[assignment]
    law = found.findings[INFERRED]
    columns = [_column("you", answer["grade"], found, lang)] if "grade" in answer else []
    columns.append(_column("law", law.grade, found, lang))
    columns.append(_column("doctrine", law.otherwise, found, lang))
    yours, theirs = (_sentence(found, answer, whose, lang) for whose in ("you", "link"))
    return {"columns": columns, "sentence": yours, "theirs": theirs, "rule": _say("rule", lang)}


def _column(id: str, grade: str, found: Found, lang: str) -> dict[str, str]:
    form = words("fault_lab", f"found.form.{_form(grade)}", lang)
    note = _say("note", lang, form=form, amount=_owed(found, grade, lang))
    value = grade_words(grade, lang)
    return {"id": id, "label": _say(f"label.{id}", lang), "value": value, "note": note}


def _form(grade: str) -> str:
    return {"none": "none", "slight": "several", "gross": "several"}.get(grade, "joint")


def _owed(found: Found, grade: str, lang: str) -> str:
    owed = found.owed_at(grade)
    return "—" if owed is None else amount(owed, lang)


def _sentence(found: Found, answer: Mapping[str, Any], whose: str, lang: str) -> str:
    """Why, after what there is to say to the answer of the reader, or to the one in a link."""
    names = short_names(found.case, lang)
    sentence = _say("why", lang, who=names[found.party], victim=names[found.case.claimant])
    for comment in reversed(_comments(found, answer, whose, lang)):
        sentence = _say("joined", lang, first=comment, then=sentence)
    return sentence


def _comments(found: Found, answer: Mapping[str, Any], whose: str, lang: str) -> list[str]:
    """Which procedures give the grade answered; a norm that does not go with it."""
    if "grade" not in answer:
        return []
    grade, norm = answer["grade"], answer["norm"]
    told = {"whose": _say(f"whose.{whose}", lang), "grade": grade_words(grade, lang)}
    same = [name for name in NAMES if found.findings[name].grade == grade]
    by = _say("between", lang).join(_procedure(name, lang) for name in same)
    said = [_say("met", lang, by=by, **told) if same else _say("unmet", lang, **told)]
    if norm != FITS[grade]:
        own, fitting = (words(TOPIC, f"bet.norms.{n}", lang) for n in (norm, FITS[grade]))
        said.append(_say("differs", lang, own=own, norm=fitting, **told))
    return said


def _procedure(name: str, lang: str) -> str:
    burden, review = name.split(".")
    called = words(TOPIC, f"board.burden.{burden}", lang)
    review = words(TOPIC, f"board.review.{review}", lang)
    return words(TOPIC, "board.row_name", lang, burden=called, review=review)


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reveal.{key}", lang, **values)
