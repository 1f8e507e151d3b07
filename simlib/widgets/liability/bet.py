"""The bet of lesson 04: who pays most under joint liability, and where joint and several part."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from simlib.case import load_case
from simlib.figures.liability import draw_debtors
from simlib.figures.people import short_names
from simlib.interval import high_end
from simlib.liability import decide
from simlib.text import words
from simlib.widgets.liability.scenes import FIRST
from simlib.widgets.liability.settings import PAIR, liable_ids
from simlib.widgets.stage.bet import Question

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.money import Fen

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
        Question(
            "at",
            words(TOPIC, "bet.at", lang, who=who),
            most_fen=case.loss_fen,
            hands_fen=amounts(case),
        ),
    )


def amounts(case: Case) -> tuple[Fen, ...]:
    """What a class votes on: nothing, each helper's part, the means of the last of them [fen]."""
    outcome, ids = decide(case, PAIR[0]), liable_ids(case)
    helpers = [id for id in ids if case.party(id).role != "principal"]
    parts = [high_end(outcome.parties[id].burden_fen) for id in helpers]
    return tuple(sorted({0, *parts, case.party(ids[-1]).assets_fen or case.loss_fen}))


def draw(lang: str) -> str:
    """The picture of the opening: each debtor's share beside what he has."""
    return draw_debtors(load_case(FIRST), lang)
