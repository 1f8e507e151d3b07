"""The bet of lesson 07: which document she gets, and which limit says how long she waits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from simlib.case import load_case
from simlib.figures.people import short_names
from simlib.figures.procedure import draw_wait
from simlib.procedure.admission import defendants
from simlib.text import words
from simlib.widgets.procedure.scenes import FIRST
from simlib.widgets.stage.bet import Question

__all__ = ["FIRST", "LIMITS", "RIGHT", "contradiction", "draw", "questions"]

TOPIC = "procedure_lesson"
DOCUMENTS = ("not_accepted", "suit_dismissed", "stay", "judgment")
LIMITS = ("open", "three", "six")  # the first goes with the first document
RIGHT = {"document": "stay", "limit": "open"}
RULINGS = ("not_accepted", "suit_dismissed")  # after which no limit of a trial runs


@cache
def questions(lang: str) -> tuple[Question, ...]:
    """Which document, then which limit."""
    case = load_case(FIRST)
    names = short_names(case, lang)
    who = names[defendants(case)[0].id]
    victim = names[case.claimant]
    documents = tuple((d, words(TOPIC, f"bet.documents.{d}", lang)) for d in DOCUMENTS)
    limits = tuple((n, words(TOPIC, f"bet.limits.{n}", lang)) for n in LIMITS)
    return (
        Question("document", words(TOPIC, "bet.document", lang, victim=victim, who=who), documents),
        Question("limit", words(TOPIC, "bet.limit", lang), limits),
    )


def contradiction(answer: Mapping[str, Any], lang: str) -> str:
    """Why this is asked back: no limit of a trial runs where there is none, or the other way."""
    document, limit = answer["document"], answer["limit"]
    if document in RULINGS and limit != "open":
        return words(TOPIC, "bet.said.no_trial", lang)
    if document == "judgment" and limit == "open":
        return words(TOPIC, "bet.said.trial", lang)
    if document == "stay" and limit != "open":
        return words(TOPIC, "bet.said.stay", lang)
    return ""


def draw(lang: str) -> str:
    """The picture of the opening: two tracks, of which one has no day yet."""
    return draw_wait(load_case(FIRST), lang)
