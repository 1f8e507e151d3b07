"""The bet of lesson 03: would the loss have happened without his card; is his act a cause of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from simlib.case import load_case
from simlib.figures.people import short_names
from simlib.lessons.causation import draw_cards
from simlib.text import words
from simlib.widgets.causation.scenes import FIRST, GAO
from simlib.widgets.stage.bet import Question

TOPIC = "causation_lesson"
HAPPENS = ("yes", "no")
NORMS = ("needed", "furthers", "both", "none")
WITHOUT_HIM = {"needed": "yes", "furthers": "yes", "both": "no", "none": "yes"}


@cache
def questions(lang: str) -> tuple[Question, ...]:
    """First of fact, then of law."""
    who = short_names(load_case(FIRST), lang)[GAO]
    happens = tuple((each, words(TOPIC, f"bet.needed.{each}", lang)) for each in HAPPENS)
    norms = tuple((each, words(TOPIC, f"bet.norms.{each}", lang)) for each in NORMS)
    return (
        Question("happens", words(TOPIC, "bet.happens", lang, who=who), happens),
        Question("norm", words(TOPIC, "bet.norm", lang, who=who), norms),
    )


def contradiction(answer: Mapping[str, Any], lang: str) -> str:
    """Why this is asked back: the reason given in law says otherwise of the loss without him."""
    met = WITHOUT_HIM[answer["norm"]] == answer["happens"]
    return "" if met else words(TOPIC, f"bet.said_{answer['happens']}", lang)


def draw(lang: str) -> str:
    """The picture of the opening: her money on its way to two cards."""
    return draw_cards(load_case(FIRST), lang)
