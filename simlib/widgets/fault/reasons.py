"""Why a grade, an item, an inference or a row of the table is what it is, with its articles."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.explain import assumption_words, explain
from simlib.figures.fault.names import engine, phrase, piece
from simlib.figures.fault.tables import needed_words, reading, rebuttal_words
from simlib.law.checklist import checklist, stages
from simlib.text import words
from simlib.widgets.fault.found import NAMES, Found
from simlib.widgets.fault.steps import OF_BOARD, Asked
from simlib.widgets.markup import articles, paragraphs, reasons, tag
from simlib.widgets.number_reasons import heading, why

if TYPE_CHECKING:
    from simlib.fault import Finding
    from simlib.trace import Assumption

WHOLE = ("", "grade", "exposure")
PARTS = ("item-", "evidence-", "inference-", "row-", "effect-")
# on which of several grounds: for want of evidence; no facts of a crime, or a minor crime
NOT_PROSECUTED = ("criminal-procedure-law:175(4)", "criminal-procedure-law:177")
BURDEN_CITES = {
    "plaintiff": ("civil-code:1165(1)", "civil-procedure-interpretation:90(2)"),
    "factual_inference": (
        "civil-procedure-interpretation:93",
        "evidence-rules:10",
        "civil-procedure-interpretation:108(2)",
        "doctrine:rebuttal-doubt",
    ),
    "presumed_fault": (
        "civil-code:1165(2)",
        "personal-information-law:69",
        "paper:presumed-fault",
    ),
}


def can_ask(selected: list[Any]) -> bool:
    """Whether a link may ask about this: one of six procedures, and a part of its finding."""
    if len(selected) != 3 or not all(isinstance(part, str) for part in selected):
        return False
    name, key, party = selected
    return name in NAMES and party == "" and (key in WHOLE or key.startswith(PARTS))


def reason(found: Found, selected: list[str], lang: str) -> tuple[str, str]:
    """Title and HTML of what is asked about: for a cell of the board steps, then all reasons."""
    name, key, _ = selected
    asked = Asked(found, found[name], key, lang)
    whole = _whole(found, name, key, lang)
    if key not in OF_BOARD:
        return asked.title(), _basis(asked.finding, lang) + whole
    steps = "".join(tag("li", escape(step)) for step in asked.steps())
    folded = tag("summary", escape(words("fault_lesson", "reasons.whole", lang))) + whole
    return asked.title(), tag("ol", steps, class_="stage-steps") + tag("details", folded)


def _whole(found: Found, name: str, key: str, lang: str) -> str:
    """All reasons of a grade, of an amount, or of a part of a finding."""
    told = found[name]
    if key == "exposure" and told.outcome is not None:
        case = found.cases[told.finding.grade]
        return why(case, {"auto": told.outcome}, ["auto", "exposure", found.party], lang)
    kind, _, rest = key.partition("-")
    show = OF_PART.get(kind) if rest else None
    own = show(found, told.finding, rest, lang) if show else ""
    if own:
        return own
    burden = _burden(found, told.finding, lang) if key in ("", "grade") else ""
    return burden + _grade(found, told.finding, lang)


def _basis(finding: Finding, lang: str) -> str:
    basis = words("terms", f"bases.{finding.basis}", lang)
    return tag("p", tag("span", escape(basis), class_="simlib-tag", data_kind=finding.basis))


def _burden(found: Found, finding: Finding, lang: str) -> str:
    told = "".join(
        paragraphs(engine(f"{kind}.{value}.says", lang))
        for kind, value in (("burden", finding.burden), ("review", finding.review))
    )
    if finding.infers:
        told += paragraphs(words("parameters", "rules.rebuttal.why", lang))
    return told + articles(BURDEN_CITES[finding.burden], found.case, lang)


def _grade(found: Found, finding: Finding, lang: str) -> str:
    """The grade from its items down to the evidence; the articles; what was assumed."""
    step = explain(finding.trace, found.case, lang)
    assumed = "".join(_assumed(entry, found, lang) for entry in finding.assumptions)
    listed = (
        tag("ul", assumed) if assumed else paragraphs(words("lab", "why.nothing_assumed", lang))
    )
    return (
        tag("ul", reasons(step, lang), class_="simlib-reasons")
        + ("" if step.steps else paragraphs(step.rule))
        + heading("why.articles", lang)
        + articles(finding.citations, found.case, lang)
        + heading("why.assumptions", lang)
        + listed
    )


def _assumed(entry: Assumption, found: Found, lang: str) -> str:
    basis = tag(
        "span",
        escape(words("terms", f"bases.{entry['basis']}", lang)),
        class_="simlib-tag",
        data_kind=entry["basis"],
    )
    return tag("li", escape(assumption_words(entry, found.case, lang)) + " " + basis)


# ---------------------------------------------------------------- one part of a finding


def _item(found: Found, finding: Finding, id: str, lang: str) -> str:
    """What an item asks, what supports it here, what would answer it."""
    judged = next((j for j in finding.items if j.id == id), None)
    if judged is None:
        return ""
    label = tag("h4", escape(engine(f"item.{id}.name", lang)))
    parts = [label, paragraphs(engine(f"item.{id}.asks", lang))]
    node = next((n for n in finding.trace.children if n.key == f"item-{id}"), None)
    if node is None:
        parts.append(paragraphs(engine("state.absent", lang)))
    else:
        shown = reasons(explain(node, found.case, lang), lang)
        parts.append(tag("ul", shown, class_="simlib-reasons"))
    parts.append(paragraphs(phrase("why.needed", lang, needed=needed_words(judged, lang))))
    if any(entry.id == id for entry in checklist()):
        parts.append(paragraphs(phrase("why.no_score", lang)))
    return "".join(parts) + articles(judged.cites, found.case, lang)


def _evidence(found: Found, finding: Finding, id: str, lang: str) -> str:
    """The steps of the review, and at which of them this piece was decided."""
    listed = fault.read(found.case, found.party, finding.review)
    read = next((r for r in listed if r.evidence == id), None)
    if read is None:
        return ""
    parts = [tag("h4", escape(piece(found.case, id, lang))), paragraphs(reading(read, lang))]
    steps = stages(finding.review)
    parts.append(tag("ol", "".join(_stage(s.id, read.step, lang) for s in steps)))
    if read.borne_out:
        names = [piece(found.case, other, lang) for other in read.borne_out]
        by = phrase("table.between", lang).join(names)
        parts.append(paragraphs(phrase("why.borne_out", lang, by=by)))
    cites = (*read.cites, *(cite for step in steps for cite in step.cites))
    return "".join(parts) + articles(cites, found.case, lang)


def _stage(id: str, decided: str, lang: str) -> str:
    text = escape(engine(f"stage.{id}", lang)) + "　" + escape(engine(f"stage_asks.{id}", lang))
    if id == decided:
        text = (
            tag("b", text)
            + " "
            + tag("span", escape(phrase("why.here", lang)), class_="simlib-tag")
        )
    return tag("li", text)


def _inference(found: Found, finding: Finding, id: str, lang: str) -> str:
    """A run of events: what is read from it, on what, and what would rebut it."""
    run = next((r for r in fault.verify(found.case, found.party) if r.id == id), None)
    if run is None:
        return ""
    used = finding.review == "substantive"
    stem = f"inference.{id}"
    return (
        tag("h4", escape(engine(f"{stem}.name", lang)))
        + paragraphs(engine(f"{stem}.reads", lang))
        + paragraphs(phrase("why.supports", lang, item=engine(f"item.{run.item}.name", lang)))
        + paragraphs(phrase("why.would_rebut", lang, what=engine(f"{stem}.rebut", lang)))
        + paragraphs(phrase("why.pattern" if used else "why.not_read", lang))
        + articles(run.cites, found.case, lang)
    )


def _row(found: Found, finding: Finding, element: str, lang: str) -> str:
    """A row of the table in a sentence, with its articles."""
    row = next((r for r in finding.allocation if r.element == element), None)
    if row is None:
        return ""
    name = engine(f"element.{element}", lang)
    if row.bearer == "nobody":
        found_so = phrase("why.row_found", lang, element=name)
        return paragraphs(found_so) + articles(row.cites, found.case, lang)
    text = phrase(
        "why.row",
        lang,
        element=name,
        bearer=engine(f"bearer.{row.bearer}", lang),
        forward=engine(f"bearer.{row.forward}", lang),
        standard=engine(f"standard.{row.standard}", lang),
        rebuttal=rebuttal_words(finding, row, lang),
        consequence=engine(f"consequence.{row.consequence}", lang),
    )
    return paragraphs(text) + articles(row.cites, found.case, lang)


def _effect(found: Found, finding: Finding, key: str, lang: str) -> str:
    """What a criminal document does for one element here."""
    for e in finding.criminal:
        if key == f"{e.row}-{e.document}-{e.element}":
            text = phrase(
                "why.effect",
                lang,
                document=engine(f"document.{e.document}", lang),
                element=engine(f"found.{e.element}", lang),
                effect=engine(f"effect.{e.effect}", lang),
            )
            kinds = NOT_PROSECUTED if e.document == "not-prosecuted" else ()
            return paragraphs(text) + articles((*e.cites, *kinds), found.case, lang)
    return ""


OF_PART: dict[str, Callable[[Found, Finding, str, str], str]] = {
    "item": _item,
    "evidence": _evidence,
    "inference": _inference,
    "row": _row,
    "effect": _effect,
}
