"""The bet of lesson 00: which ending the paper's number speaks of, what registration shows."""

from __future__ import annotations

from functools import cache

from simlib.case import load_case
from simlib.figures.start import draw_files
from simlib.text import words
from simlib.widgets.stage.bet import Question
from simlib.widgets.start.scenes import FIRST

TOPIC = "start_lesson"
SAID = ("refuse_suit", "dismiss_suit", "dismiss_claim", "unsaid")  # what "dismissed" may mean
FILES = ("checked", "founded", "taken")  # what registration may show
RIGHT = {"says": "unsaid", "filed": "taken"}


@cache
def questions(lang: str) -> tuple[Question, ...]:
    """Which ending, then what registration shows."""
    said = tuple((name, words(TOPIC, f"bet.said.{name}", lang)) for name in SAID)
    files = tuple((name, words(TOPIC, f"bet.files.{name}", lang)) for name in FILES)
    return (
        Question("says", words(TOPIC, "bet.says", lang), said),
        Question("filed", words(TOPIC, "bet.filed", lang), files),
    )


def draw(lang: str) -> str:
    """The picture of the opening: her suit, and 42 others as a count has them."""
    return draw_files(load_case(FIRST), lang)
