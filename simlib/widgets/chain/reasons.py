"""Why a number of lesson 06 is what it is: the payments behind it, the rule, its authority."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.chain import METHODS, accounts_of, method_law
from simlib.figures.chain.names import Names, engine, moment, phrase
from simlib.figures.chain.steps import whose
from simlib.liability import MODES
from simlib.restitution import RULES
from simlib.text import amount, percent, words
from simlib.widgets.chain.traced import GAIN, LAW
from simlib.widgets.markup import articles, paragraphs, tag
from simlib.widgets.why import heading, why

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.chain import Tracing
    from simlib.widgets.chain.traced import Traced

LEDGER = "ledger"
TRACED = ("came", "held")


def can_ask(selected: list) -> bool:
    """Whether a link may ask about this: a tracing, a claim, a return, or a ledger."""
    if len(selected) != 3 or not all(isinstance(part, str) for part in selected):
        return False
    row, key, last = selected
    if row in (LAW, GAIN):
        return True
    return (key, last) == ("", "") or (
        (key in TRACED and last in METHODS) or (key == "returned" and last in RULES)
        or last == LEDGER
    )  # fmt: skip


def reason(traced: Traced, selected: list, lang: str) -> str:
    """The reasons for what was clicked; a hint if nothing was, or it is not in this case."""
    hint = paragraphs(phrase("why.hint", lang), class_="simlib-hint")
    if not selected or not len(traced):
        return hint
    row, key, last = selected
    if row in MODES:
        return why(traced.claim, {row: traced.outcome(row)}, selected, lang)
    if last == LEDGER:
        return _ledger(traced, row, lang)
    if key == "returned":
        return _returned(traced, row, last, lang)
    names = Names(traced.case, lang)
    if row not in names.holders and row not in names.people:
        return hint
    method = last or traced.method
    return _traced(traced, row, key or "came", method, names)


# ---------------------------------------------------------------- tracing


def _traced(traced: Traced, row: str, key: str, method: str, names: Names) -> str:
    """Every payment that brought or took her money, and what it comes to."""
    lang, tracing, victim = names.lang, traced[method], traced.victim
    ids = accounts_of(traced.case, row) if row in names.people else {row}
    fen = tracing.came(ids, victim)
    if key == "held":
        fen = sum(tracing.balance(id).get(victim, 0) for id in ids if id in tracing.names)
    title = phrase(f"why.{key}", lang, who=names.of(row), victim=names.money(victim),
                 amount=amount(fen, lang))  # fmt: skip
    return (
        tag("h3", escape(title) + " " + _basis(method_law(method).basis, lang))
        + _payments(traced.case, tracing, ids, victim, key, names)
        + _rule(traced, method, lang)
    )


def _payments(
    case: Case, tracing: Tracing, ids: set[str], victim: str, key: str, names: Names
) -> str:  # fmt: skip
    lines = []
    for index in tracing.order:
        transfer = case.transfers[index]
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
    parts = [tag("h4", f"{escape(name)} {_basis(method_law(method).basis, lang)}")]
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


def _returned(traced: Traced, victim: str, rule: str, lang: str) -> str:
    """By which way each frozen account goes back, and what of it is hers."""
    found, names = traced.returned(rule), Names(traced.case, lang)
    if victim not in found.returned:
        return paragraphs(phrase("why.hint", lang), class_="simlib-hint")
    title = phrase("why.returned", lang, who=names.people[victim],
                 rule=phrase(f"pool.rule.{rule}", lang),
                 amount=amount(found.returned[victim], lang),
                 share=percent(found.percent[victim], lang))  # fmt: skip
    pots = [
        phrase("why.pot", lang, who=names.of(pot.account), frozen=amount(pot.frozen_fen, lang),
             way=phrase(f"way.{pot.way}", lang), hers=amount(pot.to.get(victim, 0), lang),
             left=amount(pot.left_fen, lang))
        for pot in found.accounts
    ]  # fmt: skip
    listed = tag("ul", "".join(tag("li", escape(text)) for text in pots))
    noted = paragraphs(phrase(f"pool.why.{rule}", lang))
    return tag("h3", escape(title)) + listed + noted + _cited(found.citations, traced.case, lang)


def _ledger(traced: Traced, victim: str, lang: str) -> str:
    """Line by line what came to her: returned, restituted, paid on a judgment."""
    together, names = traced.together, Names(traced.case, lang)
    if victim not in together.ledgers:
        return paragraphs(phrase("why.hint", lang), class_="simlib-hint")
    ledger = together.ledgers[victim]
    lines = [
        phrase("why.entry", lang, title=phrase(f"title.{entry.title}", lang),
             who=names.people.get(entry.payer, phrase("title.pool", lang)),
             amount=amount(entry.fen, lang))
        for entry in ledger.entries
    ]  # fmt: skip
    title = phrase("why.ledger", lang, who=names.people[victim], loss=amount(ledger.loss_fen, lang),
                 open=amount(ledger.open_fen, lang))  # fmt: skip
    listed = tag("ul", "".join(tag("li", escape(text)) for text in lines))
    noted = paragraphs(phrase("ledger.cap", lang))
    return tag("h3", escape(title)) + listed + noted + _cited(together.citations, traced.case, lang)


def _cited(cites: tuple[str, ...], case: Case, lang: str) -> str:
    return heading("why.articles", lang) + articles(cites, case, lang)
