"""What an outcome assumes, in words; and what of its law is only announced."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.explain.article_notes import announced
from simlib.explain.trace_steps import decimal, party_name
from simlib.interval import Interval
from simlib.law.dated import today
from simlib.law.modes import mode_law_for
from simlib.law.regime import regime_for, regime_names
from simlib.text import amount, cite_for, date, percent, topic_words, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.parameter import Parameter
    from simlib.liability import Outcome
    from simlib.trace import Assumption

# assumptions whose value is the id of the party who answers for another
OF_ANOTHER = ("answered.guardian", "answered.employer", "misfit.answered-by")


def assumption_words(entry: Assumption, case: Case, lang: str = "zh") -> str:
    """Put an entry of `Outcome.assumptions` into a sentence."""
    key, value = str(entry["key"]), entry["value"]
    law = regime_for(case)
    keys = law.keys()
    if key in keys and isinstance(value, int | float | Fraction):
        sentence = words(
            "assumptions",
            "parameter",
            lang,
            name=words("parameters", f"{key}.name", lang),
            value=_number(value, law.parameter(key).unit, lang),
            why=value_reason(law.parameter(key), case, lang),
        )
        return sentence + announced(law.parameter(key).since, lang)
    who = party_name(case, str(entry["party"]), lang) if "party" in entry else ""
    shown = (
        party_name(case, str(value), lang)
        if key in OF_ANOTHER
        else _assumed(key, value, case, lang)
    )
    return words("assumptions", key.replace(".", "-"), lang, who=who, value=shown)


def value_reason(value: Parameter, case: Case, lang: str) -> str:
    """Say why a parameter has its value: one of law by what it cites, for its words have no day."""
    if value.since is None:
        return words("parameters", f"{value.key}.why", lang)
    between = words("terms", "faces.between", lang)
    cited = between.join(cite_for(id, case, lang) for id in value.cites)
    basis = words("terms", f"bases.{value.basis}", lang)
    return words("assumptions", "parameter-dated", lang, basis=basis, articles=cited)


def _number(value: int | float | Fraction, unit: str, lang: str) -> str:
    """Write a parameter's number: an amount where it is one."""
    return amount(round(value), lang) if unit == "fen" else decimal(value)


def _assumed(key: str, value: object, case: Case, lang: str) -> str:
    """Write what is assumed, by the assumption's key."""
    cited = key.startswith(("fault.", "careless.")) and ":" in str(value)
    if key == "misfit.not-in-force" or cited:
        return cite_for(str(value), case, lang)
    if key in ("exemption.not-shown", "exemption.failed"):
        return words("riskbenefit", f"condition.{value}", lang)
    graded = key.startswith(("misfit.", "exemption.", "fault."))
    if graded and value in topic_words("terms", lang)["grades"]:
        return words("terms", f"grades.{value}", lang)
    if key.startswith("rule.") and isinstance(value, str):
        return words("parameters", f"rules.{key.removeprefix('rule.')}.values.{value}", lang)
    if key == "flow_cap.contested":
        return words("parameters", f"rules.flow_cap.values.{value}", lang)
    if key == "grade.bands":
        return words("terms", f"grades.{value}", lang)
    if key == "recovered.of-principals" and isinstance(value, int):
        return amount(value, lang)
    if key == "victim_fault.contested" and isinstance(value, int | float | Fraction):
        return percent(value, lang)
    if key == "rule.threshold" and isinstance(value, float | Fraction):
        return percent(value, lang)
    if key in ("pool.others", "pool.unfound") and isinstance(value, int | Interval):
        return amount(value, lang)
    return date(value, lang) if isinstance(value, datetime.date) else str(value)


def pending(outcome: Outcome, case: Case, lang: str = "zh") -> tuple[str, ...]:
    """Say of the mode and the regime of an outcome which is announced law, not yet in force."""
    days = [mode_law_for(outcome.mode, case).since]
    if outcome.regime in regime_names():
        days.append(regime_for(case, outcome.regime).since)
    labels = ("announced_mode", "announced_regime")
    return tuple(
        words("laws", f"status.{label}", lang, since=date(day, lang))
        for label, day in zip(labels, days, strict=False)
        if day and day > today()
    )
