"""The bet of lesson 04: who pays most under joint liability, and where joint and several part."""

from __future__ import annotations

from functools import cache

from simlib.case import load_case
from simlib.figures.liability import draw_debtors
from simlib.figures.people import short_names
from simlib.text import words
from simlib.widgets.liability.scenes import FIRST
from simlib.widgets.liability.settings import liable_ids
from simlib.widgets.stage.bet import Question

TOPIC = "liability_lesson"


@cache
def questions(lang: str) -> tuple[Question, ...]:
    """Who pays most, then the means of the last debtor at which the two forms part."""
    case = load_case(FIRST)
    names = short_names(case, lang)
    people = tuple((id, names[id]) for id in liable_ids(case))
    who = people[-1][1]
    return (
        Question("payer", words(TOPIC, "bet.payer", lang), people),
        Question("at", words(TOPIC, "bet.at", lang, who=who), most_fen=case.loss_fen),
    )


def draw(lang: str) -> str:
    """The picture of the opening: each debtor's share beside what he has."""
    return draw_debtors(load_case(FIRST), lang)
