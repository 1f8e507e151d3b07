"""The drawer of lesson 03: why an answer, an index or an amount is what it is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from simlib.causation import INDICES
from simlib.chain import layer
from simlib.explain import explain
from simlib.figures.board import spoken
from simlib.figures.people import short_names
from simlib.interval import Interval
from simlib.lessons.causation.names import engine, lesson, share_words, titles
from simlib.lessons.causation.outcomes import below_knowing, money_of, said_of_loss
from simlib.lessons.outcome import Say
from simlib.text import words
from simlib.widgets.causation.panes import SIDES, answer_of, basis_name, basis_tag
from simlib.widgets.causation.panes import chance as chance_words
from simlib.widgets.markup import articles, paragraphs, reasons, tag
from simlib.widgets.number_reasons import assumed, heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simlib.case.model import Case
    from simlib.causation.legal import Step
    from simlib.lessons.causation.outcomes import Chain

STEPS = (
    "but_for", "ness", "furthering", "adequate", "directness", "flow_cap", "enlarged",
    "intervening", "lost_chance",
)  # fmt: skip
PASSED, LOSS = "passed", ["loss", "happens", ""]
KEYS = ("", PASSED, *STEPS, *INDICES)
THEORY = "teaching assumption"
Told = tuple[str, str]  # title, HTML


def can_ask(selected: list[str]) -> bool:
    """Whether a link may ask about this: the loss, or a party and a step or an index of his."""
    if len(selected) != 3 or not all(isinstance(part, str) for part in selected):
        return False
    row, key, party = selected
    return selected == LOSS or (row == party and key in KEYS)


def reason(chain: Chain, selected: Sequence[str], lang: str) -> Told:
    """Title and HTML of why something is what it is; both empty if it is not in this case."""
    _, key, party = selected
    if list(selected) == LOSS:
        return _loss(chain, lang)
    if party not in chain.steps:
        return "", ""
    if key in INDICES:
        return _index(chain, key, party, lang)
    if key == PASSED:
        return _passed(chain.case, party, lang)
    step = chain.steps[party].step(key)
    if step is None:
        return _chance(chain, party, lang) if key == "lost_chance" else _whole(chain, party, lang)
    return _step(chain, step, lang)


# ---------------------------------------------------------------- a step of the law


def _step(chain: Chain, step: Step, lang: str) -> Told:
    """Return the question, its facts and its answer, then, folded, all reasons."""
    lines = [lesson("reasons.question", lang, question=_words(step, "question", lang))]
    for side in SIDES:
        for fact in getattr(step, side):
            told = explain(fact, chain.case, lang)
            lines.append(lesson(f"reasons.{side}", lang, label=told.label, value=told.value))
    basis = basis_name(step, lang)
    lines.append(lesson("reasons.answer", lang, value=answer_of(step, lang), basis=basis))
    if step.key == "furthering" and (low := below_knowing(chain.case, step.party)):
        name = words("terms", f"grades.{low}", lang)
        lines.append(lesson("reasons.below", lang, grade=name))
    shown = explain(step.trace, chain.case, lang)
    whole = paragraphs(_words(step, "why", lang))
    whole += tag("ul", reasons(shown, lang), class_="simlib-reasons")
    if step.key == "lost_chance":
        whole += chance_words(chain.chance(step.party), lang)
    cites = [*step.cites, *(c for node in step.trace.walk() for c in node.cites)]
    if cites:
        whole += heading("why.articles", lang) + articles(cites, chain.case, lang)
    whole += _assumed(chain, step.party, lang)
    title = _title(chain.case, step.party, _words(step, "name", lang), answer_of(step, lang), lang)
    return title, _listed(lines) + _folded(whole, lang)


def _words(step: Step, key: str, lang: str) -> str:
    return engine(f"steps.{step.key}.{key}", lang)


def _chance(chain: Chain, party: str, lang: str) -> Told:
    """Return why the lost chance is not asked of him."""
    found = chain.chance(party)
    name, who = engine("steps.lost_chance.name", lang), short_names(chain.case, lang)[party]
    title = lesson("reasons.title_of", lang, who=who, name=name)
    return title, chance_words(found, lang) + articles(found.citations, chain.case, lang)


def _whole(chain: Chain, party: str, lang: str) -> Told:
    """Return all steps of a party, one under the other."""
    found = chain.steps[party]
    shown = explain(found.trace, chain.case, lang)
    html = (
        tag("ul", reasons(shown, lang), class_="simlib-reasons")
        + heading("why.articles", lang)
        + articles(found.citations, chain.case, lang)
        + _assumed(chain, party, lang)
    )
    return lesson("steps.title", lang, who=short_names(chain.case, lang)[party]), html


def _assumed(chain: Chain, party: str, lang: str) -> str:
    told = assumed(chain.steps[party].assumptions, chain.case, lang)
    nothing = paragraphs(words("lab", "why.nothing_assumed", lang))
    return heading("why.assumptions", lang) + (told or nothing)


# ---------------------------------------------------------------- the loss, an index, the money


def _loss(chain: Chain, lang: str) -> Told:
    """Return what the loss needs, and which of it there is."""
    acts, left, lines = chain.acts, chain.acts.effective(chain.off), []
    for group in acts.loss_needs:
        key = "need_any" if len(group) > 1 else "need_one"
        met = lesson("reasons.met" if left & set(group) else "reasons.unmet", lang)
        listed = titles(chain.case, acts, group, lang, "in_text")
        lines.append(lesson(f"reasons.{key}", lang, acts=listed, met=met))
    lines.append(lesson("reasons.loss_yes" if chain.happens else "reasons.loss_no", lang))
    lines.append(lesson("reasons.loss_derived" if acts.derived else "reasons.loss_model", lang))
    what = said_of_loss(chain, Say("causation", lang))
    return lesson("reasons.title_loss", lang, what=what), _listed(lines)


def _index(chain: Chain, key: str, party: str, lang: str) -> Told:
    value = share_words(chain.indices[key][party], lang)
    html = (
        paragraphs(engine(f"indices.{key}.what", lang))
        + paragraphs(engine("indices.note", lang))
        + paragraphs(lesson("indices.how", lang))
        + tag("p", basis_tag(THEORY, lang))
    )
    return _title(chain.case, party, engine(f"indices.{key}.name", lang), value, lang), html


def _passed(case: Case, party: str, lang: str) -> Told:
    """Return what came to his accounts, and what that says and does not say."""
    fen = money_of(case, party)
    if fen is None:
        return "", ""
    depth, value = layer(case, party), spoken(fen, lang)
    key = "none" if not fen else "first" if depth == 1 else "later"
    lines = [lesson(f"reasons.passed_{key}", lang, amount=value)]
    if isinstance(fen, Interval):
        lines.append(lesson("reasons.passed_open", lang))
    late = any(act.party == party and act.after_loss for act in case.acts)
    lines.append(lesson("reasons.passed_late" if late else "reasons.passed_early", lang))
    lines.append(lesson("reasons.passed_force", lang))
    return _title(case, party, lesson("board.note.passed", lang), value, lang), _listed(lines)


def _title(case: Case, party: str, name: str, value: str, lang: str) -> str:
    who = short_names(case, lang)[party]
    return lesson("reasons.title", lang, who=who, name=name, value=value)


def _listed(lines: Iterable[str]) -> str:
    return tag("ol", "".join(tag("li", escape(line)) for line in lines), class_="stage-steps")


def _folded(html: str, lang: str) -> str:
    return tag("details", tag("summary", escape(lesson("reasons.whole", lang))) + html)
