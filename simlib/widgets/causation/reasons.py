"""Why a step, an index or a force is what it is, with its articles and what was assumed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.causation import INDICES
from simlib.explain import assumption_words, explain
from simlib.figures.causation.names import engine, phrase, share_words
from simlib.figures.people import short_names
from simlib.text import words
from simlib.widgets.causation.panes import answer_of, basis_tag
from simlib.widgets.causation.panes import chance as chance_words
from simlib.widgets.markup import articles, paragraphs, reasons, tag
from simlib.widgets.why import heading

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation.legal import Step
    from simlib.widgets.causation.linked import Linked

STEPS = (
    "but_for", "ness", "furthering", "adequate", "directness", "flow_cap", "enlarged",
    "intervening", "lost_chance",
)  # fmt: skip
KEYS = ("", *STEPS, *INDICES)
THEORY = "teaching assumption"


def can_ask(selected: list) -> bool:
    """Whether a link may ask about this: a party, and a step or an index of his."""
    if len(selected) != 3 or not all(isinstance(part, str) for part in selected):
        return False
    row, key, party = selected
    return row == party and key in KEYS


def reason(linked: Linked, selected: list, lang: str) -> str:
    """The reasons for what was clicked; a hint if nothing was, or it is not in this case."""
    if not selected or selected[2] not in linked.steps:
        return paragraphs(phrase("why.hint", lang), class_="simlib-hint")
    _, key, party = selected
    if key in INDICES:
        return _index(linked, key, party, lang)
    step = linked.steps[party].step(key)
    if step is None:
        asked = _chance(linked, party, lang) if key == "lost_chance" else ""
        return asked or _whole(linked, party, lang)
    return _step(linked, step, lang)


def _step(linked: Linked, step: Step, lang: str) -> str:
    name = engine(f"steps.{step.key}.name", lang)
    parts = [_title(linked.case, step.party, name, answer_of(step, lang), step.basis, lang)]
    parts += [paragraphs(engine(f"steps.{step.key}.{k}", lang)) for k in ("question", "why")]
    shown = explain(step.trace, linked.case, lang)
    parts.append(tag("ul", reasons(shown, lang), class_="simlib-reasons"))
    if step.key == "lost_chance":
        parts.append(chance_words(linked.chance(step.party), lang))
    cites = [*step.cites, *(c for node in step.trace.walk() for c in node.cites)]
    if cites:
        parts += [heading("why.articles", lang), articles(cites, linked.case, lang)]
    return "".join(parts) + _assumed(linked, step.party, lang)


def _chance(linked: Linked, party: str, lang: str) -> str:
    """Why the lost chance is not asked of him."""
    found = linked.chance(party)
    return chance_words(found, lang) + articles(found.citations, linked.case, lang)


def _whole(linked: Linked, party: str, lang: str) -> str:
    """All steps of a party, one under the other."""
    found = linked.steps[party]
    shown = explain(found.trace, linked.case, lang)
    return (
        tag("h3", escape(phrase("steps.title", lang, who=short_names(linked.case, lang)[party])))
        + tag("ul", reasons(shown, lang), class_="simlib-reasons")
        + heading("why.articles", lang)
        + articles(found.citations, linked.case, lang)
        + _assumed(linked, party, lang)
    )


def _index(linked: Linked, key: str, party: str, lang: str) -> str:
    value = share_words(linked.indices[key][party], lang)
    name = engine(f"indices.{key}.name", lang)
    return (
        _title(linked.case, party, name, value, THEORY, lang)
        + paragraphs(engine(f"indices.{key}.what", lang))
        + paragraphs(engine("indices.note", lang))
        + paragraphs(phrase("indices.how", lang))
    )


def _title(case: Case, party: str, name: str, value: str, basis: str, lang: str) -> str:
    who = short_names(case, lang)[party]
    text = phrase("why.title", lang, who=who, name=name, value=value)
    return tag("h3", f"{escape(text)} {basis_tag(basis, lang)}")


def _assumed(linked: Linked, party: str, lang: str) -> str:
    told = "".join(
        tag(
            "li",
            f"{escape(assumption_words(a, linked.case, lang))} {basis_tag(a['basis'], lang)}",
        )
        for a in linked.steps[party].assumptions
    )
    listed = tag("ul", told) if told else paragraphs(words("lab", "why.nothing_assumed", lang))
    return heading("why.assumptions", lang) + listed
