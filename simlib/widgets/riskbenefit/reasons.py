"""The drawer of lesson 05: why a number is what it is, down to fact or teaching assumption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from simlib import causation, fault
from simlib.explain import explain
from simlib.figures.board import is_court, spoken
from simlib.figures.riskbenefit.board import hundredths
from simlib.figures.riskbenefit.reckoned import Reckoned, node_of, part_of, points
from simlib.figures.rulings import ruling_of
from simlib.riskbenefit import AGGREGATORS, gain_score, risk_score
from simlib.text import amount, percent, words
from simlib.widgets.markup import tag
from simlib.widgets.number_reasons import reason_in, why
from simlib.widgets.riskbenefit.joined import LAW, reckoned
from simlib.widgets.riskbenefit.sums import cause_sum, risk_sum

if TYPE_CHECKING:
    from simlib.explain import Step
    from simlib.liability import Outcome
    from simlib.trace import Trace
    from simlib.widgets.lesson import View

TOPIC = "riskbenefit_lesson"
SCORES = ("gain", "risk", "cause", "score")
NAMED = (*SCORES, "base", "share")
# what a number is called in the reasons of the engine, where it has another name there
NODES = {"cause": "causal_force", "base": "model_share"}
ROWS = {"causal_force": "cause", "model_share": "base"}  # and as links of before called it


def can_ask(selected: Sequence[str]) -> bool:
    """Three names, the first of them a way of joining, the law in force, or a decision."""
    row = selected[0] if len(selected) == 3 else ""
    return row in (*AGGREGATORS, LAW) or (row != "" and is_court(row))


def reason(view: View, selected: Sequence[str], lang: str) -> tuple[str, str]:
    """Title and HTML of why a number is what it is; both empty where there is no such number."""
    row, key, party = selected
    at = reckoned(view)
    if row == LAW or is_court(row):
        title, html = reason_in(view.case, view.outcomes, at.party, selected, lang)
        value = _part(at, row, lang)
        return _say("beside", lang, title=title, value=value) if title and value else title, html
    if row not in AGGREGATORS:
        return "", ""
    party = party if party in at.outcome.parties else at.party
    rules = {**at.rules, "aggregator": row}
    asked = Reckoned(at.case, party, view.outcomes[row], at.law, at.regime, rules)
    return _steps(asked, ROWS.get(key, key), view.outcomes, lang)


def _part(at: Reckoned, row: str, lang: str) -> str:
    """What the board shows of an amount of the law or a court: its part of the loss."""
    if row == LAW:
        return spoken(hundredths(at.law_share), lang, "percent")
    ruling = ruling_of(at.case, row)
    fen = ruling.amount_fen if ruling else None
    return "" if fen is None else spoken(hundredths(part_of(fen, at.case)), lang, "percent")


def _steps(at: Reckoned, key: str, outcomes: Mapping[str, Outcome], lang: str) -> tuple[str, str]:
    """First the steps, then, folded, every step down to fact and article."""
    name = words(TOPIC, f"board.row.{key if key in NAMED else 'share'}", lang)
    value = _value(at, key, lang)
    title = _say("title", lang, row=name, value=value)
    said = _said(at, key, lang)
    said += [_say("comes", lang, row=name, value=value)] if key in SCORES else []
    listed = "".join(tag("li", escape(line)) for line in said)
    whole = why(at.case, outcomes, [at.way, NODES.get(key, key), at.party], lang)
    folded = tag("summary", escape(_say("whole", lang))) + whole
    return title, tag("ol", listed, class_="stage-steps") + tag("details", folded)


def _value(at: Reckoned, key: str, lang: str) -> str:
    if key in SCORES:
        return _say("points", lang, score=points(getattr(at.assessment, key)))
    if key == "exposure":
        return amount(at.fen, lang)
    return percent(at.raw if key == "base" else at.share, lang)


def _said(at: Reckoned, key: str, lang: str) -> list[str]:
    """The rule of a step, and what it rests on, each with where it comes from."""
    if key in SCORES:
        node = _node(at, key)
        step = explain(node, at.case, lang) if node else None
        if step and key == "score":
            return _joined(at, step, lang)
        return [*_lines(step, lang), *_sum(at, key, lang)] if step else []
    based = _based(at, lang)
    return based if key == "base" else _shared(at, lang)


def _sum(at: Reckoned, key: str, lang: str) -> list[str]:
    """A score written out in numbers, where all of them are known."""
    found = {"risk": risk_sum, "cause": cause_sum}.get(key)
    written = found(at, lang) if found else ""
    return [_say("sum", lang, sum=written)] if written else []


def _node(at: Reckoned, key: str) -> Trace | None:
    """The step of reasoning to a score: its own, whether or not a gate is shut."""
    if key == "gain":
        return gain_score(at.person, at.case, at.regime)
    if key == "risk":
        return risk_score(at.person, at.regime)
    if key == "cause":
        return causation.causal_force(at.person, at.regime)
    return node_of(at.outcome, key, at.party)


def _lines(step: Step, lang: str) -> list[str]:
    said = [step.rule] if step.rule else []
    return [*said, *(_one(each, lang) for each in step.steps or (step,))]


def _joined(at: Reckoned, step: Step, lang: str) -> list[str]:
    """The joined score: from scores in whole points, and from the model's values."""
    dimensions = [
        _say("comes", lang, row=words(TOPIC, f"board.row.{key}", lang), value=_value(at, key, lang))
        for key in SCORES[:-1]
    ]
    values = [_one(each, lang) for each in step.steps if each.kind == "parameter"]
    return [step.rule, *dimensions, *values]


def _one(step: Step, lang: str) -> str:
    key = "fact" if step.origin else "step"
    return _say(key, lang, label=step.label, value=step.value, origin=step.origin)


def _based(at: Reckoned, lang: str) -> list[str]:
    """From the joined score to the share before cap and floor."""
    score = points(at.assessment.score)
    if "base" not in at.on:
        return [_say("base_off", lang, score=score)]
    if at.base is None:
        return [_say("base_open", lang, score=score)]
    base = percent(at.base, lang)
    return [_say(key, lang, score=score, base=base, raw=percent(at.raw, lang))
            for key in ("base", "base_sum")]  # fmt: skip


def _shared(at: Reckoned, lang: str) -> list[str]:
    """From there to the share: gate, cap or floor, then beside the others; and in money."""
    kind = at.assessment.limit
    shut = kind in ("gate", "exempt")
    limit = "" if at.limit is None else percent(at.limit, lang)
    after = percent(at.assessment.share, lang)
    name = _capped(at) if kind == "capped" else kind
    said = [] if shut else [_say("raw", lang, raw=percent(at.raw, lang))]
    said.append(_say(f"limit.{name}", lang, limit=limit, after=after))
    share = percent(at.share, lang)
    free = at.person.direct or fault.grade(at.person, at.regime).value == "concert"
    said += [] if shut else [_say("group_free" if free else "group", lang, share=share)]
    loss, fen = amount(at.case.loss_fen, lang), amount(at.fen, lang)
    return [*said, _say("money", lang, loss=loss, share=share, fen=fen)]


def _capped(at: Reckoned) -> str:
    """The words for a cap: the paper wants one for payment only, the others are this course's."""
    if at.limit is None:
        return "capped_open"
    return "capped" if at.person.act == "payment" else "capped_added"


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reasons.{key}", lang, **values)
