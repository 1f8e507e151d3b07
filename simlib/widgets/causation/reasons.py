"""What lesson 03 says in sentences: in the drawer, and below its stage.

In the drawer why an answer, an index or an amount is what it is; below the stage the legal steps in
order, the lost chance, two ways to hear an expert, causal force.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from simlib.causation import HEARINGS, INDICES, heard, later_part, placed_by_money
from simlib.causation.acts_of_case import IDLE_AFTER_NOTICE
from simlib.causation.force import causal_force
from simlib.chain import direct_receipts, layer
from simlib.explain import explain, written
from simlib.fault import grade
from simlib.figures.board import spoken
from simlib.figures.names_of_people import short_names
from simlib.interval import Interval
from simlib.law.regime import regime_for
from simlib.lessons.causation.names import share_words, titles
from simlib.lessons.causation.outcomes import (
    CONCERT,
    amount_of,
    below_knowing,
    hypothetical,
    money_of,
    said_of_loss,
)
from simlib.text import amount
from simlib.widgets.markup import articles, paragraphs, range_ends, reasons, tag
from simlib.widgets.number_reasons import assumed, heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simlib.causation import Chance
    from simlib.causation.legal import Step
    from simlib.lessons.causation.outcomes import Chain
    from simlib.lessons.outcome import Say
    from simlib.trace import Trace

STEPS = (
    "but_for", "ness", "furthering", "adequate", "directness", "flow_cap", "enlarged",
    "intervening", "lost_chance",
)  # fmt: skip
PASSED, LOSS = "passed", ["loss", "happens", ""]
KEYS = ("", PASSED, *STEPS, *INDICES)
ASK_CAUSE = ("but_for", "ness", "furthering")
SIDES = ("supports", "opposes", "weighs")
THEORY = "teaching assumption"
Told = tuple[str, str]  # title, HTML


def can_ask(selected: list[str]) -> bool:
    """Whether a link may ask about this: the loss, or a party and a step or an index of his."""
    if len(selected) != 3 or not all(isinstance(part, str) for part in selected):
        return False
    row, key, party = selected
    return selected == LOSS or (row == party and key in KEYS)


def reason(chain: Chain, selected: Sequence[str], say: Say) -> Told:
    """Title and HTML of why something is what it is; both empty if it is not in this case."""
    _, key, party = selected
    if list(selected) == LOSS:
        return _loss(chain, say)
    if party not in chain:
        return "", ""
    if key in INDICES:
        return _index(chain, key, party, say)
    if key == PASSED:
        return _passed(chain, party, say)
    step = chain.steps[party].step(key)
    if step is None:
        return _chance(chain, party, say) if key == "lost_chance" else _whole(chain, party, say)
    return _step(chain, step, say)


# ---------------------------------------------------------------- the drawer: a step of the law


def _step(chain: Chain, step: Step, say: Say) -> Told:
    """Return the question, its facts and its answer, then, folded, all reasons."""
    lines = [say("reasons.question", question=say(f"causation:steps.{step.key}.question"))]
    for side in SIDES:
        for fact in getattr(step, side):
            told = explain(fact, chain.case, say.lang)
            lines.append(say(f"reasons.{side}", label=told.label, value=told.value))
    found = _told(chain, step, say)
    lines.append(say("reasons.answer", value=found, basis=_basis(step, say)))
    if step.answer == "untold":
        lines.append(say("reasons.untold"))
    if hypothetical(chain, step.party, step.key):
        who = short_names(chain.case, say.lang)[step.party]
        lines.append(say("reasons.supposed", who=who))
    if step.key in ASK_CAUSE:
        lines += _by_money(chain, step.party, say)
    if step.key == "furthering" and chain.case.party(step.party).role == "principal":
        lines.append(say("reasons.principal"))
    if step.key == "furthering" and (low := below_knowing(chain.case, step.party)):
        idle = chain.case.party(step.party).role in IDLE_AFTER_NOTICE
        key = "blameless" if low == "none" else "below_after_notice" if idle else "below"
        lines.append(say(f"reasons.{key}", grade=say(f"terms:grades.{low}")))
    whole = paragraphs(say(f"causation:steps.{step.key}.why")) + _traced(step.trace, chain, say)
    if step.key == "lost_chance":
        whole += chance(chain.chance(step.party), say)
    cites = [*step.cites, *(c for node in step.trace.walk() for c in node.cites)]
    whole += _cited(cites, chain, say) + _assumed(chain, step.party, say)
    folded = tag("details", tag("summary", escape(say("reasons.whole"))) + whole)
    name = say(f"causation:steps.{step.key}.name")
    return _title(chain, step.party, name, found, say), _listed(lines) + folded


def _by_money(chain: Chain, party: str, say: Say) -> list[str]:
    """Say what the order of the money alone puts behind the loss, and how other lessons read it."""
    part = later_part(chain.case, party)
    if not part and not placed_by_money(chain.case, party):
        return []
    called, key = short_names(chain.case, say.lang), "by_money_part" if part else "by_money"
    named = {"who": called[party], "victim": called[chain.case.claimant]}
    return [say(f"reasons.{key}", part=amount(part, say.lang), **named)]


def _traced(trace: Trace, chain: Chain, say: Say) -> str:
    shown = reasons(explain(trace, chain.case, say.lang), say.lang)
    return tag("ul", shown, class_="simlib-reasons")


def _cited(cites: Sequence[str], chain: Chain, say: Say) -> str:
    listed = articles(cites, chain.case, say.lang)
    return heading("why.articles", say.lang) + listed if cites else ""


def _assumed(chain: Chain, party: str, say: Say) -> str:
    told = assumed(chain.steps[party].assumptions, chain.case, say.lang)
    nothing = paragraphs(say("lab:why.nothing_assumed"))
    return heading("why.assumptions", say.lang) + (told or nothing)


def _chance(chain: Chain, party: str, say: Say) -> Told:
    """Return why the lost chance is not asked of him."""
    found, who = chain.chance(party), short_names(chain.case, say.lang)[party]
    title = say("reasons.title_of", who=who, name=say("causation:steps.lost_chance.name"))
    return title, chance(found, say) + articles(found.citations, chain.case, say.lang)


def _whole(chain: Chain, party: str, say: Say) -> Told:
    """Return all steps of a party, one under the other."""
    found = chain.steps[party]
    html = _traced(found.trace, chain, say) + _cited(found.citations, chain, say)
    title = say("steps.title", who=short_names(chain.case, say.lang)[party])
    return title, html + _assumed(chain, party, say)


# ---------------------------------------------------------------- the loss, an index, the money


def _loss(chain: Chain, say: Say) -> Told:
    """Return what the loss needs, and which of it there is."""
    acts, left, lines = chain.acts, chain.acts.effective(chain.off), []
    for group in acts.loss_needs:
        key = "need_any" if len(group) > 1 else "need_one"
        key = "need_untold" if group in acts.untold else key
        met = say("reasons.met" if left & set(group) else "reasons.unmet")
        listed = titles(chain.case, acts, group, say.lang, "in_text")
        lines.append(say(f"reasons.{key}", acts=listed, met=met))
    for part in acts.parts:
        met = say("reasons.met" if left & set(part.members) else "reasons.unmet")
        listed = titles(chain.case, acts, part.members, say.lang, "in_text")
        lines.append(say("reasons.loss_part", amount=amount_of(part, say), acts=listed, met=met))
    came = "untold" if chain.in_doubt else "yes" if chain.happens else "no"
    lines.append(say(f"reasons.loss_{came}"))
    lines.append(say("reasons.loss_derived" if acts.derived else "reasons.loss_model"))
    return say("reasons.title_loss", what=said_of_loss(chain, say)), _listed(lines)


def _index(chain: Chain, key: str, party: str, say: Say) -> Told:
    value = share_words(chain.indices[key][party], say.lang)
    told = (f"causation:indices.{key}.what", "causation:indices.note", "indices.how")
    theory = tag(
        "span", escape(say(f"terms:bases.{THEORY}")), class_="simlib-tag", data_kind=THEORY
    )
    html = "".join(paragraphs(say(each)) for each in told) + tag("p", theory)
    return _title(chain, party, say(f"causation:indices.{key}.name"), value, say), html


def _passed(chain: Chain, party: str, say: Say) -> Told:
    """Return what came to his accounts, and what that says and does not say."""
    fen = money_of(chain.case, party)
    if fen is None:
        return "", ""
    depth, value = layer(chain.case, party), spoken(fen, say.lang)
    key = "none" if not fen else "first" if depth == 1 else "later"
    straight, values = direct_receipts(chain.case, party) or 0, {"amount": value}
    if key == "first" and not isinstance(fen, Interval) and fen > straight:
        key, others = "both", amount(fen - straight, say.lang)
        values |= {"direct": amount(straight, say.lang), "others": others}
    lines = [say(f"reasons.passed_{key}", **values)]
    ends = range_ends(say("reasons.passed_open") if isinstance(fen, Interval) else "")
    late = any(act.party == party and act.after_loss for act in chain.case.acts)
    lines.append(say(f"reasons.passed_{_extent(chain, party, late)}"))
    lines.append(say("reasons.passed_force"))
    return _title(chain, party, say("board.note.passed"), value, say), ends + _listed(lines)


def _extent(chain: Chain, party: str, late: bool) -> str:
    """Which words say whether what passed him limits what he answers for: of a card alone."""
    person, law = chain.case.party(party), regime_for(chain.case)
    if late:
        return "promised" if grade(person, law).value == CONCERT else "late"
    if person.role in IDLE_AFTER_NOTICE:
        return "after_notice"
    card = person.act in ("payment", "account") and grade(person, law).value != CONCERT
    return "early" if card else "free"


def _title(chain: Chain, party: str, name: str, value: str, say: Say) -> str:
    who = short_names(chain.case, say.lang)[party]
    return say("reasons.title", who=who, name=name, value=value)


def _listed(lines: Iterable[str]) -> str:
    return tag("ol", "".join(tag("li", escape(line)) for line in lines), class_="stage-steps")


# ---------------------------------------------------------------- below the stage: the legal steps


def steps(chain: Chain, party: str, say: Say) -> str:
    """The questions in a court's order, each with the facts for and against."""
    name, own = short_names(chain.case, say.lang)[party], chain.off & chain.acts.of(party)
    hints = {
        "own_off": own,
        "others_off": chain.off - own,
        "no_loss": not chain.world(party).happens(),
    }
    parts = [tag("h3", escape(say("steps.title", who=name)))]
    parts += [_hint(say(f"steps.{key}", who=name)) for key, holds in hints.items() if holds]
    for part in ("establishing", "extent"):
        listed = [_asked(step, chain, say) for step in getattr(chain.steps[party], part)]
        parts.append(tag("h4", escape(say(f"causation:parts.{part}"))))
        parts.append(tag("ol", "".join(listed)) if listed else _hint(say("steps.no_extent")))
    return "".join(parts)


def _hint(text: str) -> str:
    return paragraphs(text, class_="simlib-hint")


def answer_of(step: Step, say: Say) -> str:
    """What a step comes to: its answer, or its amount."""
    if step.value is not None and step.unit == "fen":
        return written(step.value, "fen", say.lang)
    return say(f"causation:answers.{step.answer}")


def _told(chain: Chain, step: Step, say: Say) -> str:
    """The same, marked where it supposes that a card was used which was not."""
    said = answer_of(step, say)
    supposed = hypothetical(chain, step.party, step.key)
    return say("reasons.if_used", value=said) if supposed else said


def _basis(step: Step, say: Say) -> str:
    """Of what kind the authority of a step is; furthering is how the article is usually read."""
    usual = step.key == "furthering"
    return say("board.basis.furthering" if usual else f"terms:bases.{step.basis}")


def _asked(step: Step, chain: Chain, say: Say) -> str:
    button = tag(
        "button",
        escape(_told(chain, step, say)),
        type="button",
        data_say=f"{step.party}|{step.key}|{step.party}",
        class_="simlib-ask",
        title=say("lab:why.ask"),
    )
    name = tag("b", escape(say(f"causation:steps.{step.key}.name")))
    kind = tag("span", escape(_basis(step, say)), class_="simlib-tag", data_kind=step.basis)
    question = paragraphs(say(f"causation:steps.{step.key}.question"))
    sides = "".join(_side(side, getattr(step, side), chain, say) for side in SIDES)
    return tag("li", tag("p", f"{name}　{button} {kind}") + question + sides)


def _side(side: str, facts: Sequence[Trace], chain: Chain, say: Say) -> str:
    if not facts:
        return ""
    told = "".join(_fact(fact, chain, say) for fact in facts)
    label = escape(say(f"causation:sides.{side}"))
    return tag("p", label, class_="simlib-remark") + tag("ul", told)


def _fact(fact: Trace, chain: Chain, say: Say) -> str:
    found = explain(fact, chain.case, say.lang)
    origin = tag("span", escape(found.origin), class_="simlib-tag", data_kind=found.kind)
    text = say("steps.fact", label=found.label, value=found.value)
    return tag("li", escape(text) + (" " + origin if found.origin else ""))


# ---------------------------------------------------------------- below the stage: the other views


def chance(found: Chance, say: Say) -> str:
    """The argument of a court, the objection to it, and what the band is not."""
    keys = [f"causation:chance.{found.refusal}.{part}" for part in ("argument", "objection")]
    if found.refusal is None:
        argument = "causation:chance.first-layer.argument"
        keys = ["causation:steps.lost_chance.why", argument, "chance.later"]
    return "".join(paragraphs(say(key)) for key in keys)


def left_out(chain: Chain, say: Say) -> str:
    """Whom the indices leave out, and that a card in reserve counts in them."""
    acts, called = chain.acts, short_names(chain.case, say.lang)
    partly = [called[id] for id in acts.parties if acts.part_of(id)]
    told = [say("indices.whole", who=say("act.between").join(partly))] if partly else []
    if acts.used is not acts:
        told.append(say("indices.spare"))
    if acts.untold:
        told.append(say("indices.untold"))
    return "".join(_hint(each) for each in told)


def of_file(say: Say) -> str:
    """That no switch moves the chance: it follows the records of the file."""
    return _hint(say("chance.of_file"))


def hearing(say: Say) -> str:
    """Two ways to hear somebody who knows the trade, side by side."""
    both = [heard(kind) for kind in HEARINGS]
    names = [say(f"causation:hearing.{h.kind}.name") for h in both]
    opinions = [say(f"causation:hearing.opinions.{h.opinion}") for h in both]
    rows = [(say("hearing.opinion"), opinions)]
    for name in ("called", "tested", "weight"):
        told = [say(f"causation:hearing.{h.kind}.{name}") for h in both]
        rows.append((say(f"hearing.{name}"), told))
    for name in ("proves", "cannot"):
        points = [[say(f"causation:hearing.points.{p}") for p in getattr(h, name)] for h in both]
        rows.append(
            (say(f"causation:hearing.{name}"), [say("hearing.stop").join(p) for p in points])
        )
    head = "".join(tag("th", escape(name), scope="col") for name in names)
    top = tag("thead", tag("tr", tag("th", "", scope="col") + head))
    body = tag("tbody", "".join(_compared(label, told, names) for label, told in rows))
    html = tag("div", tag("table", top + body, class_="simlib-table"), class_="simlib-scroll")
    return paragraphs(say("causation:hearing.intro")) + html


def _compared(label: str, told: Sequence[str], names: Sequence[str]) -> str:
    cells = "".join(
        tag("td", escape(text), data_label=name) for text, name in zip(told, names, strict=True)
    )
    return tag("tr", tag("th", escape(label), scope="row") + cells)


def force(chain: Chain, party: str, say: Say) -> str:
    """Causal force with its trace: a weight the paper asks for, of another kind than the chain."""
    trace = causal_force(chain.case.party(party), regime_for(chain.case))
    return (
        paragraphs(say("force.what"))
        + _traced(trace, chain, say)
        + paragraphs(say("force.differs"))
    )
