"""The words of lesson 06's lab: what is set up, what a pool gives, what is said to the answer."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.explain import assumption_words
from simlib.figures.chain import draw_ledgers
from simlib.figures.chain.names import phrase
from simlib.figures.people import short_names
from simlib.restitution import give_back
from simlib.text import amount, words
from simlib.widgets.chain.forms import ordered
from simlib.widgets.chain.traced import RANK
from simlib.widgets.markup import paragraphs, table, tag

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.widgets.chain.traced import Traced

NEAR = 50  # a fiftieth of the loss off is near enough


def about(case: Case, position: str, lang: str) -> str:
    """The facts in a few sentences, and what the position changes in them."""
    found = next((p for p in case.positions if p.id == position), None)
    parts = [paragraphs(getattr(case.summary, lang))] if case.summary else []
    if found and found.note:
        title = tag("b", escape(getattr(found.title, lang)))
        parts.append(tag("p", title + "　" + escape(getattr(found.note, lang))))
    if not case.transfers:
        parts.append(paragraphs(phrase("none", lang), class_="simlib-hint"))
    return "".join(parts)


def liable(method: str, lang: str) -> str:
    """Liability is another question than tracing, and a later card another than the first."""
    keys = ["not_tracing", "later"] + (["poison"] if method == "poison" else [])
    return "".join(paragraphs(phrase(f"liable.{key}", lang)) for key in keys)


def ledgers(traced: Traced, selected: str, lang: str) -> str:
    """Each victim's ledger under the table of returns."""
    drawing = draw_ledgers(traced.case, traced.together, traced.rule, lang)
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


def comment(case: Case, answer: dict, asked: bool, lang: str) -> str:
    """The reader's two answers next to the engine's, on the case as it was opened."""
    norm = "right" if answer["norm"] == "returns" else "wrong"
    told = paragraphs(phrase(f"commit.norm_{norm}", lang))
    return (paragraphs(_on_return(case, answer["back_fen"], lang)) if asked else "") + told


def _on_return(case: Case, guess: int, lang: str) -> str:
    by = {rule: give_back(case, rule).returned[case.claimant] for rule in ("timestamp", "by_loss")}
    met = min(by, key=lambda rule: abs(by[rule] - guess))
    near = abs(by[met] - guess) <= case.loss_fen // NEAR
    return phrase(
        f"commit.near_{met}" if near else "commit.far",
        lang,
        who=short_names(case, lang)[case.claimant],
        guess=amount(guess, lang),
        timestamp=amount(by["timestamp"], lang),
        by_loss=amount(by["by_loss"], lang),
    )
