"""The words below lesson 05's stage: dead levers, what would have to change, registry, axioms."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import combinations
from typing import TYPE_CHECKING

from simlib.deciding import lever_words, needed_words, nothing_words, value_words
from simlib.explain import value_reason
from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.lessons.riskbenefit.knobs import facts_of
from simlib.lessons.riskbenefit.model import MODE, against_paper
from simlib.riskbenefit import ACTS, AGGREGATORS, axioms, order, ranks, registry
from simlib.text import amount, topic_words, words
from simlib.uncertainty import at_least, at_most, needed
from simlib.widgets.markup import paragraphs, table, tag

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.lessons.riskbenefit.model import Model
    from simlib.money import Fen
    from simlib.riskbenefit import Lever, Row, Verdict
    from simlib.uncertainty import Change

TOPIC, CONDITION = "riskbenefit_lab", "exemption."


# ---------------------------------------------------------------- dead levers


def dead(at: Model, lang: str) -> str:
    """Every lever that does nothing here, with its reason; those of one reason in one line."""
    title = tag("h3", escape(words(TOPIC, "dead.title", lang, count=len(at.dead))))
    if not at.dead:
        return title + paragraphs(words("uncertainty", "bars.none", lang))
    by_reason: dict[str, list[Lever]] = {}
    for lever in at.dead:
        by_reason.setdefault(lever.reason or "", []).append(lever)
    between = words(TOPIC, "path.listed", lang)
    lines = []
    for reason, some in by_reason.items():
        said = words("riskbenefit", f"reason.{reason}", lang)
        levers = tag("b", escape(between.join(_lever(lever, lang) for lever in some)))
        lines.append(tag("li", levers + escape(words(TOPIC, "dead.because", lang, reason=said))))
    warned = paragraphs(words(TOPIC, "order.warn", lang), class_="simlib-warn")
    listed = tag("ul", "".join(lines), class_="simlib-dead")
    return (warned if against_paper(at.regime) else "") + title + listed


def _lever(lever: Lever, lang: str) -> str:
    if lever.kind == "parameter":
        return words("parameters", f"{lever.key}.name", lang)
    if lever.kind == "rule":
        return words("parameters", f"rules.{lever.key}.name", lang)
    if lever.key.startswith(CONDITION):
        return words("riskbenefit", f"condition.{lever.key.removeprefix(CONDITION)}", lang)
    return words("riskbenefit", f"fact.{lever.key}", lang)


# ---------------------------------------------------------------- what would have to change


def change(at: Model, aim: str, fen: Fen, lang: str) -> str:
    """The smallest change that reaches the target, and what each lever alone would have to be."""
    make = {"at_most": at_most, "at_least": at_least}[aim]
    target = make(fen, f"{at.party}.exposure_fen")
    levers = [f"{at.party}.{name}" for name in facts_of(at.person) if name != "fault"]
    act = at.person.act
    values = [f"parameter:{f}.{act}" for f in ("base", "cap")] if act else []
    parts = [paragraphs(words(TOPIC, "change.hint", lang), class_="simlib-hint")]
    sets = {"facts": [*levers, f"{at.party}.direct"], "values": [*values, "parameter:gamma"]}
    for key, some in sets.items():
        found = needed(at.case, target, some, MODE, at.rules, at.regime)
        parts.append(tag("h4", escape(words(TOPIC, f"change.{key}", lang))))
        said = (needed_words(found, at.case, lang) if found
                else nothing_words(target, some, at.case, lang))  # fmt: skip
        parts.append(paragraphs(said, class_="simlib-sentence"))
        if found and found.changes:
            parts.append(_singles(found.singles, at.case, lang))
    return "".join(parts)


def _singles(singles: Sequence[Change], case: Case, lang: str) -> str:
    unknown = words("lab", "open.unknown", lang)
    rows = [
        (
            lever_words(c.key, case, lang),
            unknown if c.before is None else value_words(c.before, c.unit, lang),
            words(TOPIC, f"change.{c.way}", lang, value=value_words(c.rounded, c.unit, lang)),
        )
        for c in singles
    ]
    return _table(
        [words(TOPIC, f"change.{c}", lang) for c in ("lever", "now", "needed")], rows, lang
    )


# ---------------------------------------------------------------- registry and axioms


def registry_table(at: Model, lang: str) -> str:
    """Every value and rule: what it is here, its range, its basis, and why this one."""
    columns = ("name", "value", "range", "basis", "why")
    heads = [words(TOPIC, f"registry.{c}", lang) for c in columns]
    rows = [_registered(row, at, lang) for row in registry(at.regime)]
    hint = paragraphs(words(TOPIC, "registry.hint", lang))
    return hint + ordered(at.regime, lang) + _table(heads, rows, lang)


def _registered(row: Row, at: Model, lang: str) -> tuple[str, ...]:
    reach = "—"
    if row.low is not None and row.high is not None:
        reach = "–".join(_number(row, end, lang) for end in (row.low, row.high))
    elif row.values:
        reach = words(TOPIC, "path.listed", lang).join(_value(row, v, lang) for v in row.values)
    changed = words(TOPIC, "registry.changed", lang) if row.changed else ""
    by_rule = row.kind == "rule"
    return (
        words("parameters", row.name, lang),
        _value(row, row.value, lang) + changed,
        reach,
        words("terms", f"bases.{row.basis}", lang),
        words("parameters", row.why, lang) if by_rule
        else value_reason(at.regime.parameter(row.key), at.case, lang),
    )  # fmt: skip


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


def axiom_table(_: Model, lang: str) -> str:
    """Which demand each way of joining meets, computed, with what it takes."""
    found = axioms()
    ways = (words(TOPIC, f"way.{way}", lang) for way in AGGREGATORS)
    by = {(v.axiom, v.aggregator): v for v in found}
    rows = []
    for axiom in dict.fromkeys(v.axiom for v in found):
        about = words("riskbenefit", f"axiom.{axiom}.about", lang)
        name = words("riskbenefit", f"axiom.{axiom}.name", lang)
        head = words(TOPIC, "axioms.row", lang, id=axiom, name=name, about=about)
        rows.append((head, *(_verdict(by[axiom, way], lang) for way in AGGREGATORS)))
    tried = words("riskbenefit", "verdict.tried", lang, count=max(v.tried for v in found))
    hint = paragraphs(words(TOPIC, "axioms.hint", lang) + tried)
    return hint + _table([words(TOPIC, "axioms.axiom", lang), *ways], rows, lang)


def _verdict(verdict: Verdict, lang: str) -> str:
    degree = verdict.axiom == "A11"  # its way says how far, and is no condition
    key = "fails" if not verdict.holds else "by" if verdict.way and not degree else "holds"
    said = words("riskbenefit", f"verdict.{key}", lang)
    if not verdict.way:
        return said
    way = words("riskbenefit", f"way.{verdict.way}", lang)
    return words(TOPIC, "axioms.way", lang, verdict=said, way=way)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], lang: str) -> str:
    cells = tuple(tuple(Cell(text) for text in row) for row in rows)
    return table(Drawing(NO_FIGURE, tuple(heads), cells, ""), {}, "", lang)
