"""The words of lesson 05's lab: dead levers, what would have to change, registry, axioms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import combinations
from typing import TYPE_CHECKING, Any

from simlib.deciding import lever_words, needed_words, nothing_words, value_words
from simlib.explain import value_reason
from simlib.figures.riskbenefit.reckoned import against_paper
from simlib.riskbenefit import (
    ACTS,
    AGGREGATORS,
    axioms,
    dead_levers,
    order,
    ranks,
    reforms_on,
)
from simlib.text import amount, topic_words, words
from simlib.uncertainty import at_least, at_most, needed
from simlib.widgets.markup import paragraphs, tag
from simlib.widgets.riskbenefit.forms import TOPIC, facts_of, registry_rows, setup

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.riskbenefit import Lever, Row, Verdict
    from simlib.uncertainty import Change
    from simlib.widgets.riskbenefit.forms import Setup

CONDITION = "exemption."


# ---------------------------------------------------------------- dead levers


def dead(case: Case, party: str, model: Setup, lang: str) -> str:
    """Every lever that does nothing here, with its reason; those of one reason in one line."""
    on = reforms_on(model.rules)
    found = dead_levers(party, case, model.aggregator, model.regime, on)
    title = tag("h3", escape(words(TOPIC, "dead.title", lang, count=len(found))))
    if not found:
        return title + paragraphs(words("uncertainty", "bars.none", lang))
    by_reason: dict[str, list[Lever]] = {}
    for lever in found:
        by_reason.setdefault(lever.reason or "", []).append(lever)
    between = words(TOPIC, "path.listed", lang)
    lines = [
        tag("li", tag("b", escape(between.join(_lever(lever, lang) for lever in some)))
            + escape(words(TOPIC, "dead.because", lang,
                           reason=words("riskbenefit", f"reason.{reason}", lang))))
        for reason, some in by_reason.items()
    ]  # fmt: skip
    listed = tag("ul", "".join(lines), class_="simlib-dead")
    return order_broken(model.regime, lang) + title + listed


def _lever(lever: Lever, lang: str) -> str:
    if lever.kind == "parameter":
        return words("parameters", f"{lever.key}.name", lang)
    if lever.kind == "rule":
        return words("parameters", f"rules.{lever.key}.name", lang)
    if lever.key.startswith(CONDITION):
        return words("riskbenefit", f"condition.{lever.key.removeprefix(CONDITION)}", lang)
    return words("riskbenefit", f"fact.{lever.key}", lang)


def reason_of(name: str, case: Case, party: str, model: Setup, lang: str) -> str | None:
    """Why a knob that was moved did nothing; None if it is a lever that does something."""
    on = reforms_on(model.rules)
    found = dead_levers(party, case, model.aggregator, model.regime, on)
    lever = next((each for each in found if each.key == name), None)
    return words("riskbenefit", f"reason.{lever.reason}", lang) if lever else None


# ---------------------------------------------------------------- what would have to change


def change(case: Case, party: str, model: Setup, view: dict[str, Any], lang: str) -> str:
    """The smallest change that reaches the target, and what each lever alone would have to be."""
    output = f"{party}.exposure_fen"
    make = {"at_most": at_most, "at_least": at_least}[view["target"]]
    target = make(view["fen"], output)
    levers = [f"{party}.{name}" for name in facts_of(case.party(party)) if name != "fault"]
    levers.append(f"{party}.direct")
    act = case.party(party).act
    values = [f"parameter:{f}.{act}" for f in ("base", "cap")] if act else []
    parts = [paragraphs(words(TOPIC, "change.hint", lang), class_="simlib-hint")]
    for key, some in (("facts", levers), ("values", [*values, "parameter:gamma"])):
        found = needed(case, target, some, "risk_benefit", model.rules, model.regime)
        parts.append(tag("h4", escape(words(TOPIC, f"change.{key}", lang))))
        said = needed_words(found, case, lang) if found else nothing_words(target, some, case, lang)
        parts.append(paragraphs(said, class_="simlib-sentence"))
        if found and found.changes:
            parts.append(_singles(found.singles, case, lang))
    return "".join(parts)


def _singles(singles: Sequence[Change], case: Case, lang: str) -> str:
    heads = [words(TOPIC, f"change.{c}", lang) for c in ("lever", "now", "needed")]
    unknown = words("lab", "open.unknown", lang)
    rows = [
        [
            lever_words(c.key, case, lang),
            unknown if c.before is None else value_words(c.before, c.unit, lang),
            words(TOPIC, f"change.{c.way}", lang, value=value_words(c.rounded, c.unit, lang)),
        ]
        for c in singles
    ]
    return _table(heads, rows)


# ---------------------------------------------------------------- registry and axioms


def registry(held: Mapping[str, Any], case: Case, lang: str) -> str:
    """Every value and rule: what it is here, its range, its basis, and why this one."""
    heads = [words(TOPIC, f"registry.{c}", lang)
             for c in ("name", "value", "range", "basis", "why")]  # fmt: skip
    rows = []
    regime = setup(held, case).regime
    for row in registry_rows(held, case):
        value, reach = _value(row, row.value, lang), "—"
        if row.low is not None and row.high is not None:
            reach = "–".join(_number(row, end, lang) for end in (row.low, row.high))
        elif row.values:
            reach = words(TOPIC, "path.listed", lang).join(_value(row, v, lang) for v in row.values)
        value += words(TOPIC, "registry.changed", lang) if row.changed else ""
        rows.append(
            [
                words("parameters", row.name, lang),
                value,
                reach,
                words("terms", f"bases.{row.basis}", lang),
                words("parameters", row.why, lang)
                if row.kind == "rule"
                else value_reason(regime.parameter(row.key), case, lang),
            ]
        )
    hint = paragraphs(words(TOPIC, "registry.hint", lang))
    return hint + ordered(regime, lang) + _table(heads, rows)


def ordered(regime: Regime, lang: str) -> str:
    """The paper's two comparisons, and what they leave open; never one line of four."""
    kept: dict[tuple[str, str], bool] = {}
    for each in order(regime):
        pair = each.higher, each.lower
        kept[pair] = kept.get(pair, True) and each.kept
    acts = topic_words("terms", lang)["acts"]
    lines = []
    for (higher, lower), holds in kept.items():
        said = words("riskbenefit", "order.higher", lang, higher=acts[higher], lower=acts[lower])
        state = words("riskbenefit", f"order.{'kept' if holds else 'broken'}", lang)
        lines.append(words(TOPIC, "order.line", lang, said=said, state=state))
    open_pairs = [p for p in combinations(ACTS, 2) if ranks(*p) is None]
    lines += [
        words("riskbenefit", "order.open", lang, one=acts[one], other=acts[other])
        for one, other in open_pairs
    ]
    return tag("ul", "".join(tag("li", escape(line)) for line in lines))


def order_broken(regime: Regime, lang: str) -> str:
    """A warning where the reader's values turn the paper's two comparisons round."""
    said = paragraphs(words(TOPIC, "order.warn", lang), class_="simlib-warn")
    return said if against_paper(regime) else ""


def _value(row: Row, value: float | str, lang: str) -> str:
    if not isinstance(value, str):
        return _number(row, value, lang)
    named: dict[str, str] = topic_words("parameters", lang)["rules"][row.key].get("values", {})
    return named.get(value, value)


def _number(row: Row, value: float, lang: str) -> str:
    """A parameter's number: an amount where it is one."""
    if row.unit == "fen":
        return amount(round(value), lang)
    return f"{value:.4f}".rstrip("0").rstrip(".")


def axiom_table(lang: str) -> str:
    """Which demand each way of joining meets, computed, with what it takes."""
    found = axioms()
    heads = [words(TOPIC, "axioms.axiom", lang),
             *(words(TOPIC, f"way.{a}", lang) for a in AGGREGATORS)]  # fmt: skip
    by = {(v.axiom, v.aggregator): v for v in found}
    rows = []
    for axiom in dict.fromkeys(v.axiom for v in found):
        about = words("riskbenefit", f"axiom.{axiom}.about", lang)
        name = words("riskbenefit", f"axiom.{axiom}.name", lang)
        head = words(TOPIC, "axioms.row", lang, id=axiom, name=name, about=about)
        rows.append([head, *(_verdict(by[axiom, a], lang) for a in AGGREGATORS)])
    tried = words("riskbenefit", "verdict.tried", lang, count=max(v.tried for v in found))
    return paragraphs(words(TOPIC, "axioms.hint", lang) + tried) + _table(heads, rows)


def _verdict(verdict: Verdict, lang: str) -> str:
    degree = verdict.axiom == "A11"  # its way says how far, and is no condition
    key = "fails" if not verdict.holds else "by" if verdict.way and not degree else "holds"
    said = words("riskbenefit", f"verdict.{key}", lang)
    if not verdict.way:
        return said
    way = words("riskbenefit", f"way.{verdict.way}", lang)
    return words(TOPIC, "axioms.way", lang, verdict=said, way=way)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(tag("th", escape(h), scope="col") for h in heads)
    body = "".join(
        tag("tr", tag("th", escape(row[0]), scope="row")
            + "".join(tag("td", escape(c), data_label=h)
                      for c, h in zip(row[1:], heads[1:], strict=True)))
        for row in rows
    )  # fmt: skip
    inner = tag("thead", tag("tr", head)) + tag("tbody", body)
    return tag("div", tag("table", inner, class_="simlib-table"), class_="simlib-scroll")
