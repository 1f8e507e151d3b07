"""The model as one drawn path: three dimensions, their score, the base, the limit, the group."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.explain import explain
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.riskbenefit.rows import Row, bars_of, rows_figure, whole_yuan
from simlib.figures.style import SCORE, SHARE
from simlib.interval import Interval, ShareRange, high_end, hull, low_end
from simlib.money import exact, half_up
from simlib.riskbenefit import reforms_on
from simlib.riskbenefit.model import raw_ends
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.liability import Outcome
    from simlib.trace import Trace, Value

DIMENSIONS = (("gain", "gain"), ("risk", "risk"), ("cause", "causal_force"))
STEPS = ("gain", "risk", "cause", "score", "base", "limit", "share")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the path: what it comes to, the node that gave it, the limit that lies there."""

    key: str
    value: ShareRange
    node: Trace | None
    limit: float | None = None


def draw_path(
    case: Case,
    outcome: Outcome,
    party: str,
    regime: Regime,
    rules: Mapping[str, str | float],
    lang: str = "zh",
    kept: Mapping[str, ShareRange] | None = None,
) -> Drawing:
    """Draw the path from three dimensions to one share.

    Parameters
    ----------
    outcome
        under the model; its reasons hold every step
    regime, rules
        under which it was decided
    kept
        step → value, of the setting kept as A
    """
    steps = path_of(case, outcome, party, regime, rules)
    rows = [_row(step, case, party, rules, lang, kept or {}) for step in steps]
    figure = rows_figure(rows, (0, 1.02), words("riskbenefit_lab", "path.axis", lang))
    columns = tuple(
        words("riskbenefit_lab", f"path.{c}", lang) for c in ("step", "value", "amount", "rests")
    )
    table = tuple(_cells(step, case, outcome, party, rules, lang) for step in steps)
    return Drawing(figure, columns, table, _sentence(steps, case, outcome, party, lang))


def values_of(
    case: Case, outcome: Outcome, party: str, regime: Regime, rules: Mapping[str, str | float]
) -> dict[str, ShareRange]:
    """Map each step to its value, to be marked in another setting's drawing."""
    return {s.key: s.value for s in path_of(case, outcome, party, regime, rules)}


def path_of(
    case: Case, outcome: Outcome, party: str, regime: Regime, rules: Mapping[str, str | float]
) -> tuple[Step, ...]:
    """Return the steps with their values; without fault there are no scores."""
    share = node_of(outcome, "model_share", party)
    on = reforms_on({**regime.rules, **rules})
    scored = [Step(key, number_of(n.value), n) for key, n in _scores(share, party)]
    last = outcome.parties[party].share
    if share is None or not scored:
        return (Step("limit", _value(share), share), Step("share", last, share))
    score = scored[-1].value
    assert not isinstance(score, Fraction)  # scores are floats
    ends = raw_ends(case.party(party), score, regime, on)
    raw: ShareRange = hull(ends)
    limit = next((c.value for c in share.children if c.key in ("cap", "direct_floor")), None)
    limit = limit if isinstance(limit, float | int) and not isinstance(limit, bool) else None
    return (
        *scored,
        Step("base", raw, share),
        Step("limit", _value(share), share, limit),
        Step("share", last, share),
    )


def node_of(outcome: Outcome, key: str, party: str) -> Trace | None:
    """Return a step of the reasons, or None if it was never reached."""
    try:
        return outcome.reason(key, party)
    except KeyError:
        return None


def _value(node: Trace | None) -> ShareRange:
    return 0.0 if node is None else number_of(node.value)


def number_of(value: Value) -> ShareRange:
    """Return the number, or the range, that a step of the reasons reached."""
    if isinstance(value, Interval | float | int | Fraction):
        return value
    raise TypeError(f"not a number: {value!r}")


def _scores(share: Trace | None, party: str) -> list[tuple[str, Trace]]:
    score = next((c for c in share.children if c.key == "score"), None) if share else None
    if score is None:
        return []
    below = {child.key: child for child in score.children}
    return [*((key, below[node]) for key, node in DIMENSIONS), ("score", score)]


def points(value: ShareRange) -> str:
    """Write a score in whole hundredths, or as a range."""
    ends = [half_up(exact(float(end)) * 100) for end in (low_end(value), high_end(value))]
    return f"{ends[0]}–{ends[1]}" if isinstance(value, Interval) else str(ends[0])


def _phrases(
    step: Step, case: Case, party: str, rules: Mapping[str, str | float], lang: str
) -> dict[str, str]:
    scored = step.key in ("gain", "risk", "cause", "score")
    value = points(step.value) if scored else percent(step.value, lang)
    way = words("riskbenefit_lab", f"way.{rules.get('aggregator', 'geometric')}", lang)
    limit = "" if step.limit is None else percent(step.limit, lang)
    return {"value": value, "way": way, "limit": limit, "base": _base(step, lang)}


def _base(step: Step, lang: str) -> str:
    if step.node is None:
        return percent(0, lang)
    base = next((c.value for c in step.node.children if c.key == "base"), None)
    return percent(number_of(base), lang) if base is not None else ""


def _key(step: Step) -> str:
    """Return the key of a step's words; a step may be switched off or barred."""
    rule = (step.node.rule if step.node else None) or "share.gate"
    if step.key == "base":
        return "base_off" if rule.endswith("-score") else "base"
    if step.key != "limit":
        return step.key
    kind = rule.removeprefix("share.").removesuffix("-score")
    return {"capped": "cap", "direct": "floor", "uncapped": "cap_off"}.get(kind, kind)


def _row(
    step: Step,
    case: Case,
    party: str,
    rules: Mapping[str, str | float],
    lang: str,
    kept: Mapping[str, ShareRange],
) -> Row:
    text = words(
        "riskbenefit_lab", f"row.{_key(step)}", lang, **_phrases(step, case, party, rules, lang)
    )
    scored = step.key in ("gain", "risk", "cause", "score")
    bars = bars_of(step.value, SCORE if scored else SHARE)
    if not bars:
        bars = bars_of(0.001, SHARE)  # a hair, so that nothing is not an empty row
    return Row(text, bars, kept.get(step.key), step.limit, step.key in ("base", "limit", "share"))


def _cells(
    step: Step,
    case: Case,
    outcome: Outcome,
    party: str,
    rules: Mapping[str, str | float],
    lang: str,
) -> tuple[Cell, ...]:
    phrases = _phrases(step, case, party, rules, lang)
    way = rules.get("aggregator", "geometric")
    node = {"cause": "causal_force", "base": "model_share", "limit": "model_share"}
    asks = f"{way}|{node.get(step.key, step.key)}|{party}"
    money = Cell("—")
    if step.key == "share":
        fen = whole_yuan(outcome.parties[party].exposure_fen)
        money = Cell.of_money(fen, lang, f"{way}|exposure|{party}")
    return (
        Cell(words("riskbenefit_lab", f"step.{_key(step)}", lang)),
        Cell(phrases["value"], asks),
        money,
        Cell(_rests(step, case, lang)),
    )


def _rests(step: Step, case: Case, lang: str) -> str:
    """List the facts and values a step reads, each with its source."""
    if step.key == "share" or step.node is None:
        return words("riskbenefit_lab", "path.group", lang)
    wanted = {"base": ("base",), "limit": ("cap", "direct_floor")}.get(step.key)
    nodes = [
        c
        for c in step.node.children
        if (c.key in wanted if wanted else c.key not in ("gain", "risk", "causal_force"))
    ]
    own = () if step.key in ("base", "limit") else (step.node,)
    explained = [explain(n, case, lang) for n in nodes or own]
    parts = [
        words(
            "riskbenefit_lab", "path.one", lang,
            label=s.label, value=s.value, origin=s.origin or "—",
        )
        for s in explained
    ]  # fmt: skip
    return words("riskbenefit_lab", "path.between", lang).join(parts) or "—"


def _sentence(steps: tuple[Step, ...], case: Case, outcome: Outcome, party: str, lang: str) -> str:
    who, share = getattr(case.party(party).name, lang), steps[-1].value
    fen = whole_yuan(outcome.parties[party].exposure_fen)
    text = words(
        "riskbenefit_lab", "sentence.share", lang,
        who=who, share=percent(share, lang), amount=amount(fen, lang),
    )  # fmt: skip
    by_key = {step.key: step for step in steps}
    raw, limit = by_key.get("base"), by_key["limit"]
    effect = _effect(raw, limit)
    if effect:
        ends = {"raw": percent(raw.value, lang)} if raw else {}
        ends |= {} if limit.limit is None else {"limit": percent(limit.limit, lang)}
        text += words("riskbenefit_lab", f"sentence.{effect}", lang, **ends)
    unsure = [words("riskbenefit", f"dimension.{s.key}", lang) for s in steps[:3]
              if isinstance(s.value, Interval)]  # fmt: skip
    if unsure and isinstance(share, Interval):
        between = words("riskbenefit_lab", "path.listed", lang)
        text += words("riskbenefit_lab", "sentence.open", lang, what=between.join(unsure))
    return text


def _effect(raw: Step | None, limit: Step) -> str | None:
    """Return the key of what the limit does to the share; None if nothing."""
    key = _key(limit)
    if key in ("gate", "exempt"):
        return key
    if raw is None or limit.limit is None:  # without an act of help there is no one cap
        return None
    low, high = low_end(raw.value), high_end(raw.value)
    if key == "floor":
        return "floor" if high < limit.limit else "floor_slack"
    if key != "cap" or high <= limit.limit + 1e-12:
        return None
    if percent(high) == percent(limit.limit):
        return "cap_touched"
    return "cap" if low > limit.limit else "cap_part"
