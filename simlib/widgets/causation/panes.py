"""Lesson 03's panes: the legal steps in order, two ways to hear an expert, the lost chance."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from simlib.causation import HEARINGS, heard
from simlib.causation.force import causal_force
from simlib.explain import explain, written
from simlib.figures.people import short_names
from simlib.law.regime import regime_for
from simlib.lessons.causation.names import engine, lesson
from simlib.text import words
from simlib.widgets.markup import paragraphs, reasons, tag

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.causation import Chance
    from simlib.causation.legal import Step
    from simlib.lessons.causation.outcomes import Chain
    from simlib.trace import Trace

SIDES = ("supports", "opposes", "weighs")


def basis_tag(basis: str, lang: str) -> str:
    """Of what kind an authority is."""
    name = escape(words("terms", f"bases.{basis}", lang))
    return tag("span", name, class_="simlib-tag", data_kind=basis)


def basis_name(step: Step, lang: str) -> str:
    """Of what kind the authority of a step is; furthering is how the article is usually read."""
    if step.key == "furthering":
        return lesson("board.basis.furthering", lang)
    return words("terms", f"bases.{step.basis}", lang)


# ---------------------------------------------------------------- the legal steps


def steps(chain: Chain, party: str, lang: str) -> str:
    """The questions in a court's order, each with the facts for and against."""
    found, case = chain.steps[party], chain.case
    name = short_names(case, lang)[party]
    own = chain.off & chain.acts.of(party)
    parts = [tag("h3", escape(lesson("steps.title", lang, who=name)))]
    if own:
        parts.append(paragraphs(lesson("steps.own_off", lang, who=name), class_="simlib-hint"))
    if chain.off - own:
        parts.append(paragraphs(lesson("steps.others_off", lang), class_="simlib-hint"))
    if not chain.world(party).happens():
        parts.append(paragraphs(lesson("steps.no_loss", lang), class_="simlib-hint"))
    for part in ("establishing", "extent"):
        listed = getattr(found, part)
        parts.append(tag("h4", escape(engine(f"parts.{part}", lang))))
        if not listed:
            parts.append(paragraphs(lesson("steps.no_extent", lang), class_="simlib-hint"))
            continue
        parts.append(tag("ol", "".join(_step(step, case, lang) for step in listed)))
    return "".join(parts)


def answer_of(step: Step, lang: str) -> str:
    """What a step comes to: its answer, or its amount."""
    if step.value is not None and step.unit == "fen":
        return written(step.value, "fen", lang)
    return engine(f"answers.{step.answer}", lang)


def _step(step: Step, case: Case, lang: str) -> str:
    asks = f"{step.party}|{step.key}|{step.party}"
    button = tag(
        "button",
        escape(answer_of(step, lang)),
        type="button",
        data_say=asks,
        class_="simlib-ask",
        title=words("lab", "why.ask", lang),
    )
    name = tag("b", escape(engine(f"steps.{step.key}.name", lang)))
    basis = escape(basis_name(step, lang))
    kind = tag("span", basis, class_="simlib-tag", data_kind=step.basis)
    head = tag("p", f"{name}　{button} {kind}")
    sides = "".join(_side(side, getattr(step, side), case, lang) for side in SIDES)
    return tag("li", head + paragraphs(engine(f"steps.{step.key}.question", lang)) + sides)


def _side(side: str, facts: Sequence[Trace], case: Case, lang: str) -> str:
    if not facts:
        return ""
    told = "".join(_fact(fact, case, lang) for fact in facts)
    label = escape(engine(f"sides.{side}", lang))
    return tag("p", label, class_="simlib-remark") + tag("ul", told)


def _fact(fact: Trace, case: Case, lang: str) -> str:
    found = explain(fact, case, lang)
    origin = tag("span", escape(found.origin), class_="simlib-tag", data_kind=found.kind)
    text = lesson("steps.fact", lang, label=found.label, value=found.value)
    return tag("li", escape(text) + (" " + origin if found.origin else ""))


# ---------------------------------------------------------------- the other views


def chance(found: Chance, lang: str) -> str:
    """The argument of a court, the objection to it, and what the band is not."""
    key = found.refusal or "first-layer"
    parts = [paragraphs(engine(f"chance.{key}.{name}", lang)) for name in ("argument", "objection")]
    if found.refusal is None:
        parts = [paragraphs(engine("steps.lost_chance.why", lang)), parts[0]]
        parts.append(paragraphs(lesson("chance.later", lang)))
    return "".join(parts)


def hearing(lang: str) -> str:
    """Two ways to hear somebody who knows the trade, side by side."""
    both = [heard(kind) for kind in HEARINGS]
    names = [engine(f"hearing.{h.kind}.name", lang) for h in both]
    head = "".join(tag("th", escape(name), scope="col") for name in names)
    opinions = [engine(f"hearing.opinions.{h.opinion}", lang) for h in both]
    rows = [(lesson("hearing.opinion", lang), opinions)]
    for name in ("called", "tested", "weight"):
        told = [engine(f"hearing.{h.kind}.{name}", lang) for h in both]
        rows.append((lesson(f"hearing.{name}", lang), told))
    for name in ("proves", "cannot"):
        listed = [[engine(f"hearing.points.{p}", lang) for p in getattr(h, name)] for h in both]
        told = [lesson("hearing.stop", lang).join(points) for points in listed]
        rows.append((engine(f"hearing.{name}", lang), told))
    body = "".join(_compared(label, told, names) for label, told in rows)
    top = tag("thead", tag("tr", tag("th", "", scope="col") + head))
    html = tag("table", top + tag("tbody", body), class_="simlib-table")
    return paragraphs(engine("hearing.intro", lang)) + tag("div", html, class_="simlib-scroll")


def _compared(label: str, told: Sequence[str], names: Sequence[str]) -> str:
    cells = "".join(
        tag("td", escape(text), data_label=name) for text, name in zip(told, names, strict=True)
    )
    return tag("tr", tag("th", escape(label), scope="row") + cells)


def force(chain: Chain, party: str, lang: str) -> str:
    """Causal force with its trace: a weight the paper asks for, of another kind than the chain."""
    trace = causal_force(chain.case.party(party), regime_for(chain.case))
    told = reasons(explain(trace, chain.case, lang), lang)
    return (
        paragraphs(lesson("force.what", lang))
        + tag("ul", told, class_="simlib-reasons")
        + paragraphs(lesson("force.differs", lang))
    )
