"""Where the ends of a range come from: what nobody found, what a court has yet to set, a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.explain.trace_steps import fact_kind, fact_label
from simlib.interval import Interval
from simlib.text import words
from simlib.trace import CASE, Trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simlib.case.model import Case

SCALES = ("fault.band", "chance.band")  # rules that give a range where nothing is open
JUDGED = ("limit", "court_share")  # open until the court sets them
ACT = "act"  # a fact that moves several values of the model at once
PARTIES = f"{CASE}parties."


def open_ends(trace: Trace, case: Case, names: Mapping[str, str], lang: str = "zh") -> str:
    """Say in a line what the ends of a range come from; empty for a number.

    By kind (not found, for the judge's discretion, teaching assumption), then by party.

    Parameters
    ----------
    trace
        a node of an outcome's trace, as for `explain`
    case
        the case it was reached on
    names
        party → what the reader calls him
    """
    found: dict[str, dict[str, list[str]]] = {}
    for node, kind in _causes(trace, case, set()):
        id, field = _place(node)
        label = fact_label(ACT if field == ACT else node.key, case, lang)
        labels = found.setdefault(kind, {}).setdefault(names.get(id, ""), [])
        labels += [] if label in labels else [label]
    if not found:
        return ""
    kinds = words("trace", "ends.kinds", lang).join(
        words("trace", "ends.kind", lang, facts=_facts(by, lang),
              kind=words("trace", f"source.{kind}", lang))
        for kind, by in found.items()
    )  # fmt: skip
    return words("trace", "ends.said", lang, kinds=kinds)


def _causes(trace: Trace, case: Case, seen: set[int]) -> Iterator[tuple[Trace, str]]:
    """Yield what makes a node a range, with its kind; what a number rests on is none of it."""
    is_unknown = fact_kind(trace, case) == "unknown"
    if id(trace) in seen or not (is_unknown or isinstance(trace.value, Interval)):
        return
    seen.add(id(trace))
    if trace.rule in SCALES:
        yield trace, "parameter"
    elif is_unknown:
        yield trace, "discretionary" if trace.key in JUDGED else "unknown"
    for child in trace.children:
        yield from _causes(child, case, seen)


def _place(node: Trace) -> tuple[str, str]:
    """Return whose value it is and, of a fact of a party, which one."""
    source = node.source or ""
    if not source.startswith(PARTIES):
        return node.party or "", ""
    id, _, field = source.removeprefix(PARTIES).partition(".")
    return node.party or id, field


def _facts(by: Mapping[str, list[str]], lang: str) -> str:
    """Name what is open, people of whom the same is open together."""
    between, whose = words("trace", "ends.between", lang), dict[tuple[str, ...], list[str]]()
    for who, labels in by.items():
        whose.setdefault(tuple(labels), []).append(who)
    return between.join(
        words("trace", "ends.of", lang, who=between.join(who), what=between.join(labels))
        if any(who)
        else between.join(labels)
        for labels, who in whose.items()
    )
