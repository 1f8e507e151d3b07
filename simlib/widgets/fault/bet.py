"""The bet of lesson 02: grade and norm; and when the two contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from simlib.case import load_case
from simlib.fault import GRADES
from simlib.figures.people import short_names
from simlib.text import words
from simlib.widgets.fault.scenes import FIRST
from simlib.widgets.stage.bet import Question

__all__ = ["FIRST", "FITS", "NORMS", "contradiction", "questions"]

TOPIC = "fault_lesson"
# the norms of the answer: not liable, each for his own part, by assisting, by agreement
NORMS = ("none", "several", "assist", "concert")
FITS = {
    "none": "none", "slight": "several", "gross": "several", "knowing": "assist",
    "concert": "concert",
}  # fmt: skip


@cache
def questions(lang: str) -> tuple[Question, ...]:
    """Which grade, then which norm."""
    case = load_case(FIRST)
    who = short_names(case, lang)[case.parties[-1].id]
    grades = tuple((g, words("terms", f"grades.{g}", lang)) for g in GRADES)
    norms = tuple((n, words(TOPIC, f"bet.norms.{n}", lang)) for n in NORMS)
    return (
        Question("grade", words(TOPIC, "bet.grade", lang, who=who), grades),
        Question("norm", words(TOPIC, "bet.norm", lang), norms),
    )


def contradiction(answer: Mapping[str, Any], lang: str) -> str:
    """Why this is asked back: the norm does not go with the grade."""
    grade = answer["grade"]
    return "" if answer["norm"] == FITS[grade] else words(TOPIC, f"bet.said.{grade}", lang)
