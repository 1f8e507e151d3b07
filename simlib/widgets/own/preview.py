"""What the law in force makes of the case that is being written: one short table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.errors import SimlibError
from simlib.explain import form_name
from simlib.figures.drawing import Cell, Drawing
from simlib.liability import decide
from simlib.text import amount, message, words
from simlib.widgets.markup import paragraphs, table, tag

if TYPE_CHECKING:
    from simlib.case.model import Case

COLUMNS = ("party", "form", "exposure", "paid", "burden")


def preview(case: Case, lang: str) -> str:
    """Who owes, pays and bears how much under `auto`, as HTML."""
    try:
        outcome = decide(case, "auto")
    except SimlibError as error:
        said = words("own_lab", "preview.refused", lang, reason=message(error, lang))
        return paragraphs(said, class_="simlib-warn")
    rows = []
    for id, party in outcome.parties.items():
        amounts = (party.exposure_fen, party.paid_fen, party.burden_fen)
        name = Cell(getattr(case.party(id).name, lang))
        form = Cell(form_name(outcome, id, lang))
        rows.append((name, form, *(Cell.of_money(fen, lang) for fen in amounts)))
    said = words(
        "own_lab", "preview.sentence", lang,
        who=getattr(case.party(case.claimant).name, lang),
        loss=amount(case.loss_fen, lang), received=amount(outcome.received_fen, lang),
    )  # fmt: skip
    head = tuple(words("own_lab", f"preview.{name}", lang) for name in COLUMNS)
    drawn = table(Drawing({}, head, tuple(rows), said), {}, "", lang)
    return tag("p", escape(getattr(case.title, lang)), class_="simlib-title") + drawn
