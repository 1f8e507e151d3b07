"""The bet of lesson 01: norm, document, amount; and what of it contradicts itself."""

from __future__ import annotations

from functools import cache

from simlib.case import load_case
from simlib.text import words
from simlib.widgets.case.scenes import FIRST
from simlib.widgets.stage.bet import Clash, Question

TOPIC = "case_lesson"
NORMS = ("civil-code:1165", "civil-code:1169", "civil-code:1172", "civil-code:987")
DOCUMENTS = ("judgment", "dismissal", "ruling")


@cache
def questions(lang: str) -> tuple[Question, ...]:
    """Norm, document, amount, in this order."""
    norms = tuple((norm, words(TOPIC, f"bet.norms.{norm}", lang)) for norm in NORMS)
    documents = tuple((each, words(TOPIC, f"bet.documents.{each}", lang)) for each in DOCUMENTS)
    return (
        Question("norm", words(TOPIC, "bet.norm", lang), norms),
        Question("document", words(TOPIC, "bet.document", lang), documents),
        Question("amount", words(TOPIC, "bet.amount", lang), most_fen=load_case(FIRST).loss_fen),
    )


@cache
def clashes(lang: str) -> tuple[Clash, ...]:
    """Only a judgment for the plaintiff orders an amount, and it orders one."""
    said = {each: words(TOPIC, f"bet.said_{each}", lang) for each in DOCUMENTS}
    pays = {each: each != "judgment" for each in DOCUMENTS}
    return tuple(Clash("document", d, "amount", pays[d], said[d]) for d in DOCUMENTS)
