"""From a trace to words: what each step is, by which rule, from which fact or article."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.explain.party_forms import own_form
from simlib.interval import Interval, Number, Quantity
from simlib.law.rule import rule
from simlib.text import amount, date, percent, topic_words, words
from simlib.trace import CASE, PARAMETER, Trace, Value

if TYPE_CHECKING:
    from simlib.case.model import Case

RULES = f"{PARAMETER}rules."
OF_WHOLE = "share.of-pieces"  # the rule of a share of the whole loss, parts of others included
PURSES = ("assets", "available", "purse", "left_over")  # absent here means unlimited, not unknown
NAMED = {
    "grade": ("terms", "grades."),
    "mode": ("modes", ""),
    "charge": ("terms", "charges."),
    "part": ("terms", "parts."),
    "support": ("fault", "support."),
    "strength": ("fault", "strength."),
    "left": ("fault", "left."),
    "tracing": ("parameters", "rules.tracing.values."),
    "rebuttal": ("parameters", "rules.rebuttal.values."),
    "answer": ("causation", "answers."),
    "faith": ("enrichment", "faith."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of reasoning in words.

    Attributes
    ----------
    label, value
        what it is (with the party's name, where one's) and what it comes to
    rule
        how it follows from `steps`; empty at a leaf
    origin
        at a leaf: found, assumed, not found, … in the reader's language
    kind
        the same as a key: `found`, `fixed`, `discretionary`, `assumed`, `stated`, `unknown`,
        `absent`, `parameter`, or None
    cites
        ids of the articles it rests on
    steps
        the steps below
    """

    label: str
    value: str
    rule: str
    origin: str
    kind: str | None
    cites: tuple[str, ...]
    steps: tuple[Step, ...]


def explain(trace: Trace, case: Case, lang: str = "zh") -> Step:
    """Put a step of reasoning and all below it into words.

    Parameters
    ----------
    trace
        a node of an outcome's trace, e.g. `outcome.reason("exposure", "zhang")`
    case
        the case it was reached on: names and the kinds of its facts
    """
    kind = fact_kind(trace, case)
    return Step(
        _label(trace, case, lang),
        _value(trace, case, lang),
        words("trace", f"rule.{trace.rule.replace('.', '-')}", lang) if trace.rule else "",
        _origin(trace, kind, lang),
        kind,
        trace.cites,
        tuple(explain(child, case, lang) for child in trace.children),
    )


def _origin(trace: Trace, kind: str | None, lang: str) -> str:
    """Say where a leaf comes from; of a rule, on what kind of authority it rests."""
    if trace.source and trace.source.startswith(RULES):
        return words("terms", f"bases.{rule(trace.source.removeprefix(RULES)).basis}", lang)
    return words("trace", f"source.{kind}", lang) if kind else ""


def fact_kind(trace: Trace, case: Case) -> str | None:
    """Return the kind of the fact at a leaf; None for a step with a rule, or a leaf of law."""
    if trace.source is None or trace.children:
        return None
    if trace.source.startswith(PARAMETER):
        return "parameter"
    if not trace.source.startswith(CASE):
        return None
    if isinstance(trace.value, Interval) or (trace.value is None and trace.key not in PURSES):
        return "unknown"
    return _stated_kind(trace.source.removeprefix(CASE), case)


def _stated_kind(path: str, case: Case) -> str:
    table, _, rest = path.partition(".")
    if table in ("acts", "loss_needs") and not case.acts:  # the model was derived from the parties
        return "assumed"
    if table == "accounts" and rest:
        name, _, field = rest.partition(".")
        return next(a for a in case.accounts if a.id == name).kinds.get(field, "stated")
    if table != "parties":
        return case.kinds.get(path, "stated") if path in type(case).model_fields else "stated"
    name, _, field = rest.partition(".")
    party, field = case.party(name), field.split(".")[0]
    usual = type(party).model_fields[field].default
    return party.kinds.get(field, "absent" if getattr(party, field) == usual else "stated")


def _label(trace: Trace, case: Case, lang: str) -> str:
    if trace.source and trace.source.startswith(PARAMETER):
        return words("parameters", f"{trace.source.removeprefix(PARAMETER)}.name", lang)
    key = trace.key
    against = key.split("_", 2)[2] if key.startswith("recourse_") else None  # recourse_kind_id
    if key.startswith(("recovery_", "restitution_", "recourse_")):
        key = key.split("_")[0]
    if trace.rule == OF_WHOLE:  # beside his share of what he answers for
        key = "share_of_whole"
    label = fact_label(key, case, lang)
    who = [party_name(case, p, lang) for p in (trace.party, against) if p]
    between = "→" if against else ""
    return f"{between.join(who)} · {label}" if who else label


def fact_label(key: str, case: Case, lang: str) -> str:
    """Name what a step is, without whose it is."""
    return _of_fault(key, case, lang) or words("trace", f"key.{key}", lang)


def _of_fault(key: str, case: Case, lang: str) -> str | None:
    """Name an item of the checklist, a piece of evidence or a run of events; else None."""
    kind, _, name = key.partition("-")
    if kind == "evidence":
        title = next(piece.name for piece in case.evidence if piece.id == name)
        return str(getattr(title, lang)) if title else name
    if kind in ("item", "inference"):
        return words("fault", f"{kind}.{name}.name", lang)
    return None


def _value(trace: Trace, case: Case, lang: str) -> str:
    """Put a value into words; a party or an act by its name."""
    if trace.unit == "party":
        return party_name(case, str(trace.value), lang)
    if trace.unit == "act":
        return act_title(str(trace.value), case, lang)
    if trace.key == "form" and (key := own_form(trace, str(trace.value))) != trace.value:
        return words("terms", f"forms.{key}", lang)
    return written(trace.value, trace.unit, lang, trace.key)


def act_title(id: str, case: Case, lang: str = "zh") -> str:
    """Name an act of the causal model: its title, else who did what; or the loss."""
    for act in case.acts:
        if act.id == id:
            return str(getattr(act.title, lang))
    if id not in {p.id for p in case.parties}:
        return words("trace", f"key.{id}", lang)  # the loss
    doing = act_kind(case, id, lang)
    return words("causation", "graph.act", lang, who=party_name(case, id, lang), kind=doing)


def act_kind(case: Case, party: str, lang: str = "zh") -> str:
    """Say what a party did whose act the file does not state: the fraud, or a kind of help."""
    who = case.party(party)
    if who.role == "principal":
        return words("causation", "graph.fraud", lang)
    return written(who.act if who.role == "helper" else who.role, "kind", lang)


def party_name(case: Case, party: str, lang: str) -> str:
    """Name a party as a reader knows him."""
    return str(getattr(case.party(party).name, lang))


def written(value: Value, unit: str, lang: str, key: str = "") -> str:
    """Write a value of a trace as a reader does, by its unit.

    Raises
    ------
    TypeError
        if the value is none that the unit can have
    """
    if value is None:
        return words("trace", f"value.{'unlimited' if key in PURSES else 'unknown'}", lang)
    if unit in NAMED:
        topic, table = NAMED[unit]
        return words(topic, f"{table}{value}{'.name' if topic == 'modes' else ''}", lang)
    if unit == "kind":
        acts = topic_words("terms", lang)["acts"]
        return str(acts[value]) if value in acts else words("terms", f"roles.{value}", lang)
    if unit == "flag":
        return words("trace", "value.yes" if value else "value.no", lang)
    if isinstance(value, datetime.date):
        return date(value, lang)
    if isinstance(value, str):
        raise TypeError(f"{key} [{unit}] cannot be {value!r}")
    return _quantity(value, unit, lang, key)


def _quantity(value: Quantity, unit: str, lang: str, key: str) -> str:
    if unit == "share":  # what is open, or a model's own, has no hundredths of a percent
        rough = isinstance(value, Interval) or key in ("limit", "model_share")
        return percent(value, lang, digits=0 if rough else 2)
    if isinstance(value, Interval):
        open_amount = unit == "fen"
        return amount(value, lang) if open_amount else f"{decimal(value.low)}–{decimal(value.high)}"
    return amount(int(value), lang) if unit == "fen" else decimal(value)


def decimal(number: Number) -> str:
    """Write a number with at most four decimals."""
    return f"{float(number):.4f}".rstrip("0").rstrip(".")
