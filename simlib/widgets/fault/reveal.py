"""What the bet opens: the reader's answer beside two readings of the law, why, and the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.figures.fault.names import grade_words
from simlib.figures.people import short_names
from simlib.text import amount, percent, words
from simlib.widgets.fault.bet import FITS
from simlib.widgets.fault.found import Found
from simlib.widgets.fault.scenes import INFERRED

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

TOPIC = "fault_lesson"


def reveal(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer, the law in force as most commentators read it, and a minority; why; the rule.

    `theirs` is the sentence for an answer that came with somebody else's link, `folded` (with its
    head `more`) what explains it.

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
    why = _say("folded", lang, **_names(found, lang)).split("\n")
    return {
        "columns": columns,
        "sentence": yours,
        "theirs": theirs,
        "folded": why,
        "folded_theirs": why,
        "more": _say("more", lang),
        "rule": _say("rule", lang),
        "right": _is_right(found, answer),
    }


def _is_right(found: Found, answer: Mapping[str, Any]) -> bool | None:
    """Whether the answer is the law in force as most read it; of a minority's view neither."""
    law = found.findings[INFERRED]
    if "grade" not in answer:
        return None
    fits = answer["norm"] == FITS[answer["grade"]]
    if fits and answer["grade"] == law.otherwise != law.grade:
        return None
    return bool(fits and answer["grade"] == law.grade)


def _column(id: str, grade: str, found: Found, lang: str) -> dict[str, str]:
    form = words("fault_lab", f"found.form.{_form(grade)}", lang)
    share = found.case.party(found.party).share
    said = {"form": form, "amount": _owed(found, grade, lang)}
    if _form(grade) == "several" and share is not None:
        note = _say("note_share", lang, share=percent(share, lang), **said)
    else:
        note = _say("note", lang, **said)
    value = grade_words(grade, lang)
    return {"id": id, "label": _say(f"label.{id}", lang), "value": value, "note": note}


def _form(grade: str) -> str:
    return {"none": "none", "slight": "several", "gross": "several"}.get(grade, "joint")


def _owed(found: Found, grade: str, lang: str) -> str:
    owed = found.owed_at(grade)
    return "—" if owed is None else amount(owed, lang)


def _sentence(found: Found, answer: Mapping[str, Any], whose: str, lang: str) -> str:
    """Why, after what there is to say to the answer of the reader, or to the one in a link."""
    sentence = _say("why", lang, who=_names(found, lang)["who"])
    for comment in reversed(_comments(found, answer, whose, lang)):
        sentence = _say("joined", lang, first=comment, then=sentence)
    return sentence


def _names(found: Found, lang: str) -> dict[str, str]:
    names = short_names(found.case, lang)
    return {"who": names[found.party], "victim": names[found.case.claimant]}


def _comments(found: Found, answer: Mapping[str, Any], whose: str, lang: str) -> list[str]:
    """Which of the two readings gives the grade answered; a norm that does not go with it."""
    if "grade" not in answer:
        return []
    grade, norm = answer["grade"], answer["norm"]
    told = {"whose": _say(f"whose.{whose}", lang), "grade": grade_words(grade, lang)}
    law = found.findings[INFERRED]
    key = {law.otherwise: "minority", law.grade: "agrees"}.get(grade, "neither")
    said = [
        _say(
            key, lang, **told, **({} if key == "neither" else {"law": grade_words(law.grade, lang)})
        )
    ]
    if norm != FITS[grade]:
        own, fitting = (words(TOPIC, f"bet.norms.{n}", lang) for n in (norm, FITS[grade]))
        said.append(_say("differs", lang, own=own, norm=fitting, **told))
    return said


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reveal.{key}", lang, **values)
