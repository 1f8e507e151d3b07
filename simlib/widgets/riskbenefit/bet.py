"""The bet of lesson 05: which percentage the model gives, and what it hangs on."""

from __future__ import annotations

from functools import cache

from simlib.text import words
from simlib.widgets.riskbenefit.scenes import FIRST
from simlib.widgets.stage.bet import Question

TOPIC = "riskbenefit_lesson"
DRIVERS = ("facts", "defaults", "both")

__all__ = ["FIRST", "questions"]


@cache
def questions(lang: str) -> tuple[Question, ...]:
    """The share in percent, and what decides it."""
    drivers = tuple((each, words(TOPIC, f"bet.drivers.{each}", lang)) for each in DRIVERS)
    return (
        Question("share", words(TOPIC, "bet.share", lang)),
        Question("driver", words(TOPIC, "bet.driver", lang), drivers),
    )
