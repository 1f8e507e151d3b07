"""The bet of lesson 08: whether the law keeps the chats, and what helps most."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from simlib.case import load_case
from simlib.figures.evidence import draw_days
from simlib.figures.people import short_names
from simlib.procedure.admission import defendants
from simlib.text import words
from simlib.widgets.evidence.scenes import FIRST
from simlib.widgets.stage.bet import Question

__all__ = ["FIRST", "RIGHT", "contradiction", "draw", "questions"]

TOPIC = "evidence_lesson"
KEPT = ("kept", "deleted", "open")
HELPS = ("fast", "preserve", "wait")
RIGHT = {"kept": "open", "helps": "preserve"}
CLASHES = {("deleted", "fast"), ("kept", "preserve")}


@cache
def questions(lang: str) -> tuple[Question, ...]:
    """Whether the law says the chats are still there, then what helps most."""
    case = load_case(FIRST)
    names = short_names(case, lang)
    said = {"victim": names[case.claimant], "who": names[defendants(case)[0].id]}
    return tuple(
        Question(
            id,
            words(TOPIC, f"bet.{id}", lang, **said),
            tuple((each, words(TOPIC, f"bet.{id}_is.{each}", lang)) for each in options),
        )
        for id, options in (("kept", KEPT), ("helps", HELPS))
    )


def contradiction(answer: Mapping[str, Any], lang: str) -> str:
    """Why this is asked back: what is gone no speed brings back, what is sure needs no order."""
    given = answer["kept"], answer["helps"]
    return words(TOPIC, f"bet.said.{given[0]}", lang) if given in CLASHES else ""


def draw(lang: str) -> str:
    """The picture of the opening: bars without ends, and the day of the request."""
    return draw_days(load_case(FIRST), lang)
