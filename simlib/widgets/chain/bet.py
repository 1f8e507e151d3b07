"""The bet of lesson 06: how much comes back to her, and what a tracing rule decides."""

from __future__ import annotations

from functools import cache

from simlib.case import load_case
from simlib.case.model import Case
from simlib.figures.chain import draw_mixing
from simlib.figures.people import short_names
from simlib.text import words
from simlib.widgets.chain.scenes import FIRST
from simlib.widgets.stage.bet import Question

TOPIC = "chain_lesson"
NORMS = ("returns", "liability", "both")


def frozen(case: Case) -> int:
    """What is frozen in all accounts [fen]."""
    return sum(account.frozen_fen or 0 for account in case.accounts)


@cache
def questions(lang: str) -> tuple[Question, ...]:
    """How much comes back of the frozen money, then what the rule decides."""
    case = load_case(FIRST)
    who = short_names(case, lang)[case.claimant]
    norms = tuple((norm, words(TOPIC, f"bet.norms.{norm}", lang)) for norm in NORMS)
    most = min(case.loss_fen, frozen(case))
    return (
        Question("back", words(TOPIC, "bet.back", lang, who=who), most_fen=most),
        Question("norm", words(TOPIC, "bet.norm", lang), norms),
    )


def draw(lang: str) -> str:
    """The picture of the opening: three victims' money in one card, and what is frozen of it."""
    return draw_mixing(load_case(FIRST), lang)
