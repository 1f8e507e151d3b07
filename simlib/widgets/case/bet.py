"""The bet of lesson 01: norm, document, amount; and what of it contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from simlib.case import load_case
from simlib.text import words
from simlib.widgets.case.scenes import FIRST
from simlib.widgets.stage.bet import Question

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


def contradiction(answer: Mapping[str, Any], lang: str) -> str:
    """Why this is asked back: only a judgment for the plaintiff orders an amount."""
    document, pays = answer["document"], answer["amount_fen"] > 0
    consistent = pays == (document == "judgment")
    return "" if consistent else words(TOPIC, f"bet.said_{document}", lang)
