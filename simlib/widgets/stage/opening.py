"""The opening of another case than the lesson's own: its picture, its question, its story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.figures.names_of_people import short_names
from simlib.figures.opening import draw_case, tell_case
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case


def opening(case: Case, party: str, topic: str, lang: str) -> dict[str, str]:
    """Picture (HTML), question and story of a case, about one of its parties, or about all."""
    called = short_names(case, lang)
    named = {"who": called.get(party, ""), "victim": called[case.claimant]}
    title = words(f"{topic}_lesson", "lesson.asked", lang, **named)
    return {"picture": draw_case(case, lang), "title": title, "story": tell_case(case, lang)}
