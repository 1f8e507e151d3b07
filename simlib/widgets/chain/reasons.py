"""The drawer of lesson 06: the steps behind a number, then the rule and its authority.

A number is asked about as `row|key|last`: `victim|returned|rule`, `auto|exposure|party`,
`account|came or held|rule`, `victim|<column>|ledger`.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.chain import METHODS, accounts_of, method_law
from simlib.figures.chain.names import Names, engine, moment, phrase
from simlib.figures.chain.rules import EXTENDED, GIVEN
from simlib.figures.chain.steps import whose
from simlib.liability import MODES
from simlib.text import amount, words
from simlib.widgets.chain.steps import NOBODY, Told, claim_steps, return_steps
from simlib.widgets.chain.traced import GAIN, LAW
from simlib.widgets.markup import articles, paragraphs, tag
from simlib.widgets.number_reasons import heading, why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.case.model import Case
    from simlib.chain import Tracing
    from simlib.widgets.chain.traced import Traced

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


def reason(traced: Traced, selected: Sequence[str], lang: str) -> tuple[str, str]:
    """Title and HTML of why a number is what it is; both empty if it is not in this case."""
    row, key, last = selected
    if row in MODES:
        return _claim(traced, row, key, last, lang)
    if last == LEDGER:
        return _ledger(traced, row, lang)
    if key == "returned":
        return _returned(traced, row, last, lang)
    names, method = Names(traced.case, lang), last or traced.followed
    if not len(traced) or (row not in names.holders and row not in names.people):
        return NOTHING
    return _traced(traced, row, key or "came", method, names)


def _claim(traced: Traced, mode: str, key: str, party: str, lang: str) -> tuple[str, str]:
    """What may be claimed of a party: the steps, then, folded, all the reasons of the engine."""
    outcome = traced.outcome(mode)
    if party not in outcome.parties:
        return NOTHING
    whole = why(traced.claim, {mode: outcome}, [mode, key, party], lang)
    told = claim_steps(traced, mode, party, lang)
    return told.title, _steps(told, lang, whole)


def _steps(told: Told, lang: str, whole: str) -> str:
    listed = tag("ol", "".join(tag("li", escape(step)) for step in told.steps),
                 class_="stage-steps")  # fmt: skip
    folded = tag("summary", escape(words("chain_lesson", "reasons.whole", lang))) + whole
    return listed + tag("details", folded)


# ---------------------------------------------------------------- tracing


def _traced(
    traced: Traced, row: str, key: str, method: str, names: Names
) -> tuple[str, str]:  # fmt: skip
    """Every payment that brought or took her money, and what it comes to."""
    lang, tracing, victim = names.lang, traced[method], traced.victim
    ids = accounts_of(traced.case, row) if row in names.people else {row}
    fen = tracing.came(ids, victim)
    if key == "held":
        fen = sum(tracing.balance(id).get(victim, 0) for id in ids if id in tracing.names)
    title = phrase(f"why.{key}", lang, who=names.of(row), victim=names.money(victim),
                 amount=amount(fen, lang))  # fmt: skip
    paid = _payments(traced.case, tracing, ids, victim, key, names)
    return title, paid + _rule(traced, method, lang)


def _payments(
    case: Case, tracing: Tracing, ids: set[str], victim: str, key: str, names: Names
) -> str:  # fmt: skip
    lines = []
    for index in tracing.order:
        transfer = (case.transfers or ())[index]
        into, out = transfer.payee in ids, transfer.payer in ids
        if into == out or (out and key == "came"):
            continue
        of = tracing.of(transfer.id)
        hers = of.get(victim, 0)
        lines.append(
            phrase(
                "why.in" if into else "why.out",
                names.lang,
                when=moment(transfer.at, names.lang),
                other=names.of(transfer.payer if into else transfer.payee),
                amount=amount(transfer.amount_fen, names.lang),
                whose=whose(of, names),
                victim=names.money(victim),
                hers=amount(hers, names.lang),
            )
        )
    body = "".join(tag("li", escape(line)) for line in lines)
    opening = [a.opening_fen for a in case.accounts if a.id in ids and a.opening_fen]
    first = phrase("why.opening", names.lang, amount=amount(sum(opening), names.lang))
    return (tag("p", escape(first)) if opening else "") + tag("ol", body, class_="simlib-payments")


def _rule(traced: Traced, method: str, lang: str) -> str:
    """What the rule is, on what authority, its objection, and what was assumed."""
    name = engine(f"methods.{method}.name", lang)
    badge = _basis(method_law(method).basis, lang)
    if method in EXTENDED:  # the documents know it for the return, not for each payment
        said = phrase(f"rules.kind.{EXTENDED[method]}", lang)
        badge = tag("span", escape(said), class_="simlib-tag", data_kind="teaching assumption")
    parts = [tag("h4", f"{escape(name)} {badge}")]
    for part in ("definition", "why", "objection"):
        label = tag("b", escape(words("lab", f"why.{part}", lang)))
        text = escape(engine(f"methods.{method}.{part}", lang))
        parts.append(tag("p", label + text, class_=f"simlib-{part}"))
    parts.append(paragraphs(engine("note", lang)))
    parts.append(articles(method_law(method).cites, traced.case, lang))
    told = "".join(
        tag("li", escape(engine(f"assumptions.{key}", lang))) for key in traced[method].assumptions
    )
    listed = tag("ul", told) if told else paragraphs(words("lab", "why.nothing_assumed", lang))
    return "".join(parts) + heading("why.assumptions", lang) + listed


def _basis(basis: str, lang: str) -> str:
    name = escape(words("terms", f"bases.{basis}", lang))
    return tag("span", name, class_="simlib-tag", data_kind=basis)


# ---------------------------------------------------------------- the pool, the ledger


def _returned(traced: Traced, victim: str, rule: str, lang: str) -> tuple[str, str]:
    """By which way each frozen account goes back, and what of it is hers."""
    if victim != NOBODY and victim not in traced.returned("timestamp").returned:
        return NOTHING
    told = return_steps(traced, victim, rule, lang)
    if rule in METHODS:
        return told.title, _steps(told, lang, _rule(traced, rule, lang))
    found = traced.returned(rule)
    whole = paragraphs(phrase(f"pool.why.{rule}", lang)) + _cited(
        found.citations, traced.case, lang
    )
    return told.title, _steps(told, lang, whole)


def _ledger(traced: Traced, victim: str, lang: str) -> tuple[str, str]:
    """Line by line what came to her: returned, restituted, paid on a judgment."""
    together, names = traced.together, Names(traced.case, lang)
    if victim not in together.ledgers:
        return NOTHING
    ledger = together.ledgers[victim]
    lines = [
        phrase("why.entry", lang, title=phrase(f"title.{entry.title}", lang),
             who=names.people.get(entry.payer or "", phrase("title.pool", lang)),
             amount=amount(entry.fen, lang))
        for entry in ledger.entries
    ]  # fmt: skip
    title = phrase("why.ledger", lang, who=names.people[victim], loss=amount(ledger.loss_fen, lang),
                 open=amount(ledger.open_fen, lang))  # fmt: skip
    listed = tag("ul", "".join(tag("li", escape(text)) for text in lines))
    noted = paragraphs(phrase("ledger.cap", lang))
    return title, listed + noted + _cited(together.citations, traced.case, lang)


def _cited(cites: tuple[str, ...], case: Case, lang: str) -> str:
    return heading("why.articles", lang) + articles(cites, case, lang)
