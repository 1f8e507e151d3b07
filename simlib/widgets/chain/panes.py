"""What stands under the tables of lesson 06's module: ledgers, rank, what tracing cannot say."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.explain import assumption_words
from simlib.figures.chain import draw_ledgers
from simlib.figures.chain.names import phrase
from simlib.text import words
from simlib.widgets.chain.settings import ordered
from simlib.widgets.chain.traced import RANK
from simlib.widgets.markup import paragraphs, table, tag

if TYPE_CHECKING:
    from simlib.widgets.chain.traced import Traced


def liable(method: str, lang: str) -> str:
    """Liability is another question than tracing, and a later card another than the first."""
    keys = ["not_tracing", "later"] + (["poison"] if method == "poison" else [])
    return "".join(paragraphs(phrase(f"liable.{key}", lang)) for key in keys)


def ledgers(traced: Traced, selected: str, lang: str) -> str:
    """Each victim's ledger under the table of returns."""
    drawing = draw_ledgers(traced.case, traced.together, traced.choice.give, lang)
    title = tag("h4", escape(phrase("ledger.title", lang)))
    below = table(drawing, {}, selected, lang) + paragraphs(phrase("ledger.cap", lang))
    return title + below + (paragraphs(_on_rank(traced, lang)) if ordered(traced.case) else "")


def _on_rank(traced: Traced, lang: str) -> str:
    """Say how judgments rank beside restitution here, or that it moves nothing."""
    key = f"rule.{RANK}"
    told = [entry for entry in traced.together.assumptions if entry["key"] == key]
    if not told:
        return phrase("ledger.rank_idle", lang)
    why = words("parameters", f"rules.{RANK}.why", lang)
    return assumption_words(told[0], traced.case, lang) + "\n" + why
