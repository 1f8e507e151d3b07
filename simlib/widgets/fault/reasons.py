"""Why a grade, an item, an inference or a row of the table is what it is, with its articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING

from simlib import fault
from simlib.explain import explain
from simlib.law.checklist import checklist, stages
from simlib.lessons.fault.names import piece, pieces
from simlib.lessons.fault.outcomes import ROWS
from simlib.lessons.fault.reasons import EXPOSURE, GRADE, OF_BOARD, steps, title
from simlib.lessons.fault.tables import needed_words, reading, rebuttal_words
from simlib.text import words
from simlib.widgets.markup import articles, paragraphs, reasons, tag
from simlib.widgets.number_reasons import assumed, ends, heading, why

if TYPE_CHECKING:
    from simlib.lessons.fault.outcomes import Proof
    from simlib.lessons.outcome import Say

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


def can_ask(selected: list[str]) -> bool:
    """Whether a link may ask about this: one of six procedures, and a part of its finding."""
    if len(selected) != 3 or not all(isinstance(part, str) for part in selected):
        return False
    row, key, party = selected
    return row in ROWS and party == "" and (key in OF_BOARD or key.startswith(PARTS))


def reason(proof: Proof, key: str, say: Say) -> tuple[str, str]:
    """Title and HTML of what is asked about: for a cell of the board steps, then all reasons."""
    asked, whole = title(proof, key, say), _whole(proof, key, say)
    if key not in OF_BOARD:
        basis = proof.finding.basis
        said = tag(
            "span", escape(say(f"terms:bases.{basis}")), class_="simlib-tag", data_kind=basis
        )
        return asked, tag("p", said) + whole
    listed = "".join(tag("li", escape(step)) for step in steps(proof, key, say))
    folded = tag("summary", escape(say("reasons.whole"))) + whole
    written = tag("ol", listed, class_="stage-steps") + tag("details", folded)
    return asked, (_ends(proof, say) if key == EXPOSURE else "") + written


def _ends(proof: Proof, say: Say) -> str:
    """Where the two ends of what may be claimed of him come from; nothing of a number."""
    if proof.outcome is None:
        return ""
    case = proof.graded(proof.finding.grade)
    return ends(case, {"auto": proof.outcome}, ["auto", "exposure", proof.party], say.lang)


def _whole(proof: Proof, key: str, say: Say) -> str:
    """All reasons of a grade, of an amount, or of a part of a finding."""
    if key == EXPOSURE and proof.outcome is not None:
        case = proof.graded(proof.finding.grade)
        return why(case, {"auto": proof.outcome}, ["auto", "exposure", proof.party], say.lang)
    kind, _, rest = key.partition("-")
    own = OF_PART[kind](proof, rest, say) if rest else ""
    if own:
        return own
    return (_burden(proof, say) if key in ("", GRADE) else "") + _grade(proof, say)


def _burden(proof: Proof, say: Say) -> str:
    finding = proof.finding
    told = paragraphs(say(f"fault:burden.{finding.burden}.says"))
    told += paragraphs(say(f"fault:review.{finding.review}.says"))
    if finding.infers:
        told += paragraphs(say("parameters:rules.rebuttal.why"))
    return told + _articles(BURDEN_CITES[finding.burden], proof, say)


def _articles(cites: Iterable[str], proof: Proof, say: Say) -> str:
    return articles(cites, proof.case, say.lang)


def _grade(proof: Proof, say: Say) -> str:
    """The grade from its items down to the evidence; the articles; what was assumed."""
    case, finding, lang = proof.case, proof.finding, say.lang
    step = explain(finding.trace, case, lang)
    return (
        tag("ul", reasons(step, lang), class_="simlib-reasons")
        + ("" if step.steps else paragraphs(step.rule))
        + heading("why.articles", lang)
        + _articles(finding.citations, proof, say)
        + heading("why.assumptions", lang)
        + (
            assumed(finding.assumptions, case, lang)
            or paragraphs(words("lab", "why.nothing_assumed", lang))
        )
    )


# ---------------------------------------------------------------- one part of a finding


def _item(proof: Proof, id: str, say: Say) -> str:
    """What an item asks, what supports it here, what would answer it."""
    judged = next((j for j in proof.finding.items if j.id == id), None)
    if judged is None:
        return ""
    label = tag("h4", escape(say(f"fault:item.{id}.name")))
    parts = [label, paragraphs(say(f"fault:item.{id}.asks"))]
    node = next((n for n in proof.finding.trace.children if n.key == f"item-{id}"), None)
    if node is None:
        parts.append(paragraphs(say("fault:state.absent")))
    else:
        shown = reasons(explain(node, proof.case, say.lang), say.lang)
        parts.append(tag("ul", shown, class_="simlib-reasons"))
    parts.append(paragraphs(say("why.needed", needed=needed_words(judged, say))))
    if any(entry.id == id for entry in checklist()):
        parts.append(paragraphs(say("why.no_score")))
    return "".join(parts) + _articles(judged.cites, proof, say)


def _evidence(proof: Proof, id: str, say: Say) -> str:
    """The steps of the review, and at which of them this piece was decided."""
    listed = fault.read(proof.case, proof.party, proof.finding.review)
    read = next((r for r in listed if r.evidence == id), None)
    if read is None:
        return ""
    parts = [tag("h4", escape(piece(proof.case, id, say))), paragraphs(reading(read, say))]
    review = stages(proof.finding.review)
    parts.append(tag("ol", "".join(_stage(s.id, read.step, say) for s in review)))
    if read.borne_out:
        by = pieces(proof.case, read.borne_out, say)
        parts.append(paragraphs(say("why.borne_out", by=by)))
    cites = (*read.cites, *(cite for step in review for cite in step.cites))
    return "".join(parts) + _articles(cites, proof, say)


def _stage(id: str, decided: str, say: Say) -> str:
    text = escape(say(f"fault:stage.{id}")) + "　" + escape(say(f"fault:stage_asks.{id}"))
    if id == decided:
        text = tag("b", text) + " " + tag("span", escape(say("why.here")), class_="simlib-tag")
    return tag("li", text)


def _inference(proof: Proof, id: str, say: Say) -> str:
    """A run of events: what is read from it, on what, and what would rebut it."""
    run = next((r for r in fault.verify(proof.case, proof.party) if r.id == id), None)
    if run is None:
        return ""
    used = proof.finding.review == "substantive"
    stem = f"inference.{id}"
    return (
        tag("h4", escape(say(f"fault:{stem}.name")))
        + paragraphs(say(f"fault:{stem}.reads"))
        + paragraphs(say("why.supports", item=say(f"fault:item.{run.item}.name")))
        + (paragraphs(say("why.late")) if fault.after_loss(proof.case, run) else "")
        + paragraphs(say("why.would_rebut", what=say(f"fault:{stem}.rebut")))
        + paragraphs(say("why.pattern" if used else "why.not_read"))
        + _articles(run.cites, proof, say)
    )


def _row(proof: Proof, element: str, say: Say) -> str:
    """A row of the table in a sentence, with its articles."""
    row = next((r for r in proof.finding.allocation if r.element == element), None)
    if row is None:
        return ""
    name = say(f"fault:element.{element}")
    if row.bearer == "nobody":
        found_so = say("why.row_found", element=name)
        return paragraphs(found_so) + _articles(row.cites, proof, say)
    text = say(
        "why.row",
        element=name,
        bearer=say(f"fault:bearer.{row.bearer}"),
        forward=say(f"fault:bearer.{row.forward}"),
        standard=say(f"fault:standard.{row.standard}"),
        rebuttal=rebuttal_words(proof.finding, row, say),
        consequence=say(f"fault:consequence.{row.consequence}"),
    )
    return paragraphs(text) + _articles(row.cites, proof, say)


def _effect(proof: Proof, key: str, say: Say) -> str:
    """What a criminal document does for one element here."""
    for e in proof.finding.criminal:
        if key == f"{e.row}-{e.document}-{e.element}":
            text = say(
                "why.effect",
                document=say(f"fault:document.{e.document}"),
                element=say(f"fault:found.{e.element}"),
                effect=say(f"fault:effect.{e.effect}"),
            )
            kinds = NOT_PROSECUTED if e.document == "not-prosecuted" else ()
            return paragraphs(text) + _articles((*e.cites, *kinds), proof, say)
    return ""


OF_PART: dict[str, Callable[[Proof, str, Say], str]] = {
    "item": _item,
    "evidence": _evidence,
    "inference": _inference,
    "row": _row,
    "effect": _effect,
}
