"""What lesson 01 asks before its results open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.text import words
from simlib.widgets import tools

if TYPE_CHECKING:
    from simlib.case.model import Case

FIRST, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"
NORMS = ("civil-code:1165", "civil-code:1169", "civil-code:1172", "civil-code:987")
DOCUMENTS = ("judgment", "dismissal", "ruling")


def answer_spec(case: Case, lang: str) -> list[dict]:
    """The reader's own answer: norm, document, amount, in this order."""
    norms = [(n, words("terms", f"norms.{n}", lang)) for n in NORMS]
    documents = [(d, words("case", f"commit.document_{d}", lang)) for d in DOCUMENTS]
    most = case.loss_fen / 100
    amount = {
        "kind": "range",
        "id": "amount",
        "label": words("case", "commit.amount", lang),
        "min": 0,
        "max": most,
        "step": max(1, round(most / 250)),
        "unit": words("lab", "unit.yuan", lang),
    }
    return [
        tools.options("choice", "norm", words("case", "commit.norm", lang), norms),
        tools.options("choice", "document", words("case", "commit.document", lang), documents),
        amount,
    ]


def answer_values(case: Case, answer: dict) -> dict:
    """What the questions say: the reader's answer, or where they stand at first."""
    return {
        "norm": answer.get("norm", NORMS[0]),
        "document": answer.get("document", DOCUMENTS[0]),
        "amount": answer.get("amount_fen", case.loss_fen) / 100,
    }


def read_answer(values: dict) -> dict:
    """The answer as the state keeps it."""
    return {
        "norm": values["norm"],
        "document": values["document"],
        "amount_fen": round(float(values["amount"]) * 100),
    }


def is_answer(answer: dict) -> bool:
    """Whether the form can have been sent with this: nothing yet, or a whole answer."""
    if answer in ({}, {"opened": True}):
        return True
    fen = answer.get("amount_fen")
    return (
        answer.get("norm") in NORMS
        and answer.get("document") in DOCUMENTS
        and type(fen) is int
        and fen >= 0
    )
