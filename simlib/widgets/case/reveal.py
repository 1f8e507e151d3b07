"""What the bet opens: the reader's answer beside the court and the law in force, then the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.figures.board import rounded
from simlib.figures.case.ghost import by_scale, lacking
from simlib.figures.people import short_names
from simlib.interval import high_end
from simlib.law.regime import regime_for
from simlib.text import amount, cite_for, words
from simlib.widgets.case.panes import cited

if TYPE_CHECKING:
    from simlib.case.model import Case, Ruling
    from simlib.widgets.lesson import View

TOPIC = "case_lesson"
ENRICHMENT = "civil-code:987"


def reveal(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer, the last court's order and the law in force, in columns; why; and the rule.

    `theirs` is the sentence for an answer that came with somebody else's link.

    Parameters
    ----------
    view
        the case as the bet was made on it
    answer
        `norm`, `document`, `amount_fen`; what is missing (opened without an answer) is left out
    """
    columns = [_yours(view.case, answer, lang)] if "amount_fen" in answer else []
    ordered = [r for r in view.case.rulings if r.amount_fen is not None]
    if ordered:
        columns.append(_court(view.case, ordered[-1], lang))
    columns.append(_law(view, lang))
    yours, theirs = (_sentence(view, answer, whose, lang) for whose in ("you", "link"))
    return {"columns": columns, "sentence": yours, "theirs": theirs, "rule": _say("rule", lang)}


def _sentence(view: View, answer: Mapping[str, Any], whose: str, lang: str) -> str:
    """Why, and what there is to say to the answer of the reader, or to the one in a link."""
    sentence = _why(view, lang)
    for comment in _comments(view, answer, _say(f"chose.{whose}", lang), lang):
        sentence = _say("joined", lang, first=sentence, then=comment)
    return sentence


def _yours(case: Case, answer: Mapping[str, Any], lang: str) -> dict[str, str]:
    norm = cite_for(answer["norm"].replace(":987", ":985"), case, lang)
    document = _say(f"document.{answer['document']}", lang)
    note = _say("you_note", lang, norm=norm, document=document)
    return _column("you", amount(answer["amount_fen"], lang), note, lang)


def _court(case: Case, ruling: Ruling, lang: str) -> dict[str, str]:
    cites = cited(case, ruling, lang)
    form = words("terms", f"forms.{ruling.form}", lang)
    note = _say("court_note", lang, cites=cites, form=form) if cites else form
    return _column("court", amount(ruling.amount_fen, lang), note, lang)


def _law(view: View, lang: str) -> dict[str, str]:
    mine = view.outcomes["auto"].parties[view.scene.party]
    form = "none" if mine.mode == "not_liable" else mine.mode
    value = amount(rounded(mine.exposure_fen), lang)
    note = words("terms", f"forms.{form}", lang)
    if by_scale(view.outcomes["auto"], view.scene.party):
        said = words(TOPIC, "board.note.scale", lang)
        note = words(TOPIC, "board.note.between", lang).join((note, said))
    return _column("law", value, note, lang)


def _column(id: str, value: str, note: str, lang: str) -> dict[str, str]:
    return {"id": id, "label": _say(f"label.{id}", lang), "value": value, "note": note}


def _why(view: View, lang: str) -> str:
    """Why the law in force gives what it gives, in a sentence."""
    case, party = view.case, view.scene.party
    mine, names = view.outcomes["auto"].parties[party], short_names(case, lang)
    grade = fault.grade(case.party(party), regime_for(case)).value
    key = "nothing_cause" if lacking(case, party) == "cause" else "nothing_fault"
    if mine.mode == "dismiss_claim":
        key = "unproved"
    elif high_end(mine.exposure_fen):
        key = {"concert": "concert", "knowing": "knowing"}.get(grade, "careless")
        if by_scale(view.outcomes["auto"], party):
            key = "careless_scale"
    named = {"who": names[party], "victim": names[case.claimant]}
    value = amount(rounded(mine.exposure_fen), lang)
    return _say(f"why.{key}", lang, amount=value, **named)


def _comments(view: View, answer: Mapping[str, Any], chose: str, lang: str) -> list[str]:
    """What there is to say to the reader's norm and to a document that ends the claim."""
    who = short_names(view.case, lang)[view.scene.party]
    said = []
    if "norm" in answer:
        said.append(_say(f"on.{answer['norm'].split(':')[1]}", lang, who=who, chose=chose))
    if answer.get("document") in ("ruling", "dismissal"):
        enriched = answer["document"] == "dismissal" and answer.get("norm") == ENRICHMENT
        key = "dismissal_987" if enriched else answer["document"]
        said.append(_say(f"on.{key}", lang, who=who))
    return said


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reveal.{key}", lang, **values)
