"""The words of lesson 04's lab: what is set up here, and what is said to the reader's answer."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.figures.people import short_names
from simlib.interval import high_end
from simlib.liability import decide
from simlib.text import amount, percent, words
from simlib.widgets.liability.apart import parting
from simlib.widgets.liability.forms import PAIR, liable_ids
from simlib.widgets.markup import paragraphs, tag

if TYPE_CHECKING:
    from simlib.case.model import Case


def about(case: Case, position: str, lang: str) -> str:
    """The facts in a few sentences, the position's note, and, folded, where they come from."""
    found = next((p for p in case.positions if p.id == position), None)
    parts = [paragraphs(getattr(case.summary, lang))] if case.summary else []
    if found and found.note:
        title = tag("b", escape(getattr(found.title, lang)))
        parts.append(tag("p", title + "　" + escape(getattr(found.note, lang))))
    if case.sources:
        listed = "".join(tag("li", escape(getattr(s.text, lang))) for s in case.sources)
        summary = tag("summary", escape(words("liability", "about.sources", lang)))
        parts.append(tag("details", summary + tag("ul", listed), class_="simlib-article"))
    return "".join(parts)


def comment(case: Case, answer: dict, lang: str) -> str:
    """The reader's two answers next to the engine's, on the case as it was opened."""
    return paragraphs(_on_parting(case, answer, lang)) + paragraphs(_on_payer(case, answer, lang))


def _on_parting(case: Case, answer: dict, lang: str) -> str:
    party = liable_ids(case)[-1]
    at = parting(case, party, PAIR, {}).at_fen
    said = {"who": short_names(case, lang)[party], "guess": amount(answer["at_fen"], lang)}
    if at is None:
        return words("liability", "commit.no_parting", lang, **said)
    said["amount"] = amount(at, lang)
    near = abs(at - answer["at_fen"]) <= case.loss_fen // 50
    key = "right" if at == answer["at_fen"] else "near" if near else "wrong"
    found = words("liability", f"commit.{key}", lang, **said)
    owed = decide(case, PAIR[1]).parties[party].exposure_fen
    return found + (words("liability", "commit.because", lang, **said) if owed == at else "")


def _on_payer(case: Case, answer: dict, lang: str) -> str:
    outcome, names = decide(case, PAIR[0]), short_names(case, lang)
    most = max(liable_ids(case), key=lambda id: high_end(outcome.parties[id].paid_fen))
    found = outcome.parties[most]
    return words(
        "liability",
        "commit.payer_right" if most == answer["payer"] else "commit.payer_wrong",
        lang,
        guess=names[answer["payer"]],
        who=names[most],
        paid=amount(found.paid_fen, lang),
        share=percent(found.share, lang),
    )
