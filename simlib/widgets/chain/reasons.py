"""The drawer of lesson 06: the steps behind a number, then the rule and its authority.

A number is asked about as `row|key|last`: `victim|returned|rule`, `auto|exposure|party`,
`account|came or held|rule`, `victim|<column>|ledger`.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.chain import METHODS, method_law
from simlib.lessons.chain import reasons
from simlib.lessons.chain.accounts import Names, engine, phrase
from simlib.lessons.chain.outcomes import GAIN, GIVEN, LAW, REST
from simlib.lessons.chain.tables import EXTENDED
from simlib.liability import MODES
from simlib.text import words
from simlib.widgets.markup import articles, paragraphs, tag
from simlib.widgets.number_reasons import ends, heading, why

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simlib.case.model import Case
    from simlib.lessons.chain.outcomes import Traced

LEDGER = "ledger"
TRACED = ("came", "held")
NOTHING = "", ""


def can_ask(selected: Sequence[object]) -> bool:
    """Whether a link may ask about this: a tracing, a claim, a return, or a ledger."""
    if len(selected) != 3 or not all(isinstance(part, str) for part in selected):
        return False
    row, key, last = selected
    if row in (LAW, GAIN):
        return True
    return (key, last) == ("", "") or (
        (key in TRACED and last in METHODS) or (key == "returned" and last in GIVEN)
        or last == LEDGER
    )  # fmt: skip


def reason(found: Traced, selected: Sequence[str], lang: str) -> tuple[str, str]:
    """Title and HTML of why a number is what it is; both empty if it is not in this case."""
    row, key, last = selected
    if row in MODES:
        return _claimed(found, row, key, last, lang)
    if last == LEDGER:
        return _ledger(found, row, lang)
    if key == "returned":
        return _returned(found, row, last, lang)
    names, method = Names(found.case, lang), last or found.followed
    if not len(found) or (row not in names.holders and row not in names.people):
        return NOTHING
    title, first, lines = reasons.moved(found, row, key or "came", method, lang)
    paid = tag("ol", _items(lines), class_="simlib-payments")
    return title, (tag("p", escape(first)) if first else "") + paid + _rule(found, method, lang)


def _claimed(found: Traced, mode: str, key: str, party: str, lang: str) -> tuple[str, str]:
    """What may be claimed of a party: the steps, then, folded, all the reasons of the engine."""
    outcome = found.outcome(mode)
    if party not in outcome.parties:
        return NOTHING
    of = found.claim, {mode: outcome}, [mode, key, party], lang
    title, written = _told(reasons.claimed(found, mode, party, lang), lang, why(*of))
    return title, ends(*of) + written


def _returned(found: Traced, victim: str, way: str, lang: str) -> tuple[str, str]:
    """By which way each frozen account goes back, and what of it is hers."""
    if victim != REST and victim not in found.returned("timestamp").returned:
        return NOTHING
    if way in METHODS:
        whole = _rule(found, way, lang)
    else:
        whole = paragraphs(phrase(f"pool.why.{way}", lang))
        whole += _cited(found.returned(way).citations, found.case, lang)
    return _told(reasons.returned(found, victim, way, lang), lang, whole)


def _ledger(found: Traced, victim: str, lang: str) -> tuple[str, str]:
    if victim not in found.together.ledgers:
        return NOTHING
    title, lines = reasons.ledger(found, victim, lang)
    noted = paragraphs(phrase("ledger.cap", lang))
    return title, tag("ul", _items(lines)) + noted + _cited(
        found.together.citations, found.case, lang
    )


def _told(told: reasons.Told, lang: str, whole: str) -> tuple[str, str]:
    """The steps, and folded behind them the whole."""
    title, steps = told
    folded = tag("summary", escape(words("chain_lesson", "reasons.whole", lang))) + whole
    return title, tag("ol", _items(steps), class_="stage-steps") + tag("details", folded)


def _items(lines: Iterable[str]) -> str:
    return "".join(tag("li", escape(line)) for line in lines)


def _rule(found: Traced, method: str, lang: str) -> str:
    """What the rule is, on what authority, its objection, and what was assumed."""
    law = method_law(method)
    kind, said = law.basis, words("terms", f"bases.{law.basis}", lang)
    if method in EXTENDED:  # the documents know it for the return, not for each payment
        kind, said = "teaching assumption", phrase(f"rules.kind.{EXTENDED[method]}", lang)
    badge = tag("span", escape(said), class_="simlib-tag", data_kind=kind)
    parts = [tag("h4", f"{escape(engine(f'methods.{method}.name', lang))} {badge}")]
    for part in ("definition", "why", "objection"):
        label = tag("b", escape(words("lab", f"why.{part}", lang)))
        text = escape(engine(f"methods.{method}.{part}", lang))
        parts.append(tag("p", label + text, class_=f"simlib-{part}"))
    parts.append(paragraphs(engine("note", lang)))
    parts.append(articles(law.cites, found.case, lang))
    told = _items(engine(f"assumptions.{key}", lang) for key in found[method].assumptions)
    listed = tag("ul", told) if told else paragraphs(words("lab", "why.nothing_assumed", lang))
    return "".join(parts) + heading("why.assumptions", lang) + listed


def _cited(cites: tuple[str, ...], case: Case, lang: str) -> str:
    return heading("why.articles", lang) + articles(cites, case, lang)
