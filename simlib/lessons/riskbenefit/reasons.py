"""Why a number of lesson 05 is what it is: its steps, down to fact or teaching assumption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib import causation, fault
from simlib.explain import explain
from simlib.lessons.riskbenefit.model import SCORES, node_of, points
from simlib.lessons.riskbenefit.outcomes import acts_named, cause_sum, risk_sum
from simlib.riskbenefit import gain_score, risk_score
from simlib.text import amount, percent
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.explain import Step
    from simlib.lessons.outcome import Say
    from simlib.lessons.riskbenefit.model import Model

NAMED = (*SCORES, "base", "share")
# what a number is called in the reasons of the engine, where it has another name there
NODES = {"cause": "causal_force", "base": "model_share"}
ROWS = {"causal_force": "cause", "model_share": "base"}  # and as links of before called it


def steps(at: Model, asked: str, say: Say) -> tuple[str, list[str]]:
    """Title and steps of a number: the rule, and what it rests on, each with its origin."""
    key = ROWS.get(asked, asked)
    name, value = say(f"rows.{key if key in NAMED else 'share'}.name"), _value(at, key, say)
    if key in SCORES:
        said = [*_scored(at, key, say), say("reasons.comes", row=name, value=value)]
    else:
        said = _based(at, say) if key == "base" else _shared(at, say)
    return say("reasons.title", row=name, value=value), said


def node_key(asked: str) -> str:
    """What the reasons of the engine call a number."""
    return NODES.get(asked, asked)


def _value(at: Model, key: str, say: Say) -> str:
    if key in SCORES:
        return say("reasons.points", score=points(getattr(at.assessment, key)))
    if key == "exposure":
        return amount(at.fen, say.lang)
    return percent(at.raw if key == "base" else at.share, say.lang)


def _scored(at: Model, key: str, say: Say) -> list[str]:
    """The rule of a score and what goes into it; its sum, where all numbers of it are known."""
    node = _node(at, key)
    step = explain(node, at.case, say.lang) if node else None
    if step is None:
        return []
    if key == "score":
        return _joined(at, step, say)
    rule = [step.rule] if step.rule else []
    written = {"risk": risk_sum, "cause": cause_sum}.get(key)
    total = written(at, say.lang) if written else ""
    said = [*rule, *(_one(each, say) for each in step.steps or (step,))]
    return [*said, say("reasons.sum", sum=total)] if total else said


def _node(at: Model, key: str) -> Trace | None:
    """The step of reasoning to a score: its own, whether or not a gate is shut."""
    if key == "gain":
        return gain_score(at.person, at.case, at.regime)
    if key == "risk":
        return risk_score(at.person, at.regime)
    if key == "cause":
        return causation.causal_force(at.person, at.regime)
    return node_of(at.outcome, key, at.party)


def range_node(at: Model, asked: str) -> Trace | None:
    """The step whose range a number is: of the joined score and the base all three dimensions."""
    key = ROWS.get(asked, asked)
    if key not in ("score", "base"):
        return _node(at, key) or node_of(at.outcome, "exposure", at.party)
    parts = (_node(at, each) for each in SCORES[:-1])
    value = at.assessment.score if key == "score" else at.raw
    return Trace(key, value, "share", children=tuple(each for each in parts if each))


def _joined(at: Model, step: Step, say: Say) -> list[str]:
    """The joined score: from scores in whole points, and from the model's values."""
    dimensions = [
        say("reasons.comes", row=say(f"rows.{key}.name"), value=_value(at, key, say))
        for key in SCORES[:-1]
    ]
    values = [_one(each, say) for each in step.steps if each.kind == "parameter"]
    return [step.rule, *dimensions, *values]


def _one(step: Step, say: Say) -> str:
    key = "fact" if step.origin else "step"
    return say(f"reasons.{key}", label=step.label, value=step.value, origin=step.origin)


def _based(at: Model, say: Say) -> list[str]:
    """From the joined score to the share before cap and floor."""
    score = points(at.assessment.score)
    if "base" not in at.on:
        return [say("reasons.base_off", score=score)]
    if at.base is None:
        return [say("reasons.base_open", score=score, acts=acts_named(say))]
    base, raw = percent(at.base, say.lang), percent(at.raw, say.lang)
    return [say(f"reasons.{key}", score=score, base=base, raw=raw) for key in ("base", "base_sum")]


def _shared(at: Model, say: Say) -> list[str]:
    """From there to the share: gate, cap or floor, then beside the others; and in money."""
    kind, lang = at.assessment.limit, say.lang
    shut = kind in ("gate", "exempt")
    limit = "" if at.limit is None else percent(at.limit, lang)
    after = percent(at.assessment.share, lang)
    name = _capped(at) if kind == "capped" else kind
    said = [] if shut else [say("reasons.raw", raw=percent(at.raw, lang))]
    named = {"limit": limit, "after": after, "acts": acts_named(say)}
    said.append(say(f"reasons.limit.{name}", **named))
    part = at.part_fen
    share = percent(at.share, lang, digits=0 if part is None else 2)
    free = at.person.direct or fault.grade(at.person, at.regime).value == "concert"
    said += [] if shut else [say(f"reasons.{'group_free' if free else 'group'}", share=share)]
    loss, fen = amount(at.case.loss_fen, lang), amount(at.fen, lang)
    if part is None:
        return [*said, say("reasons.money", loss=loss, share=share, fen=fen)]
    of = {"who": getattr(at.person.name, lang), "part": amount(part, lang)}
    return [*said, say("reasons.money_of_part", share=share, fen=fen, **of)]


def _capped(at: Model) -> str:
    """The words for a cap: the paper wants one for payment only, the others are this course's."""
    if at.limit is None:
        return "capped_open"
    return "capped" if at.person.act == "payment" else "capped_added"
