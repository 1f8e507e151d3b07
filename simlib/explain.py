"""From a trace to words: what each step is, by which rule, from which fact or article."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.interval import Interval
from simlib.law.citation import article
from simlib.law.regime import regime as load_regime
from simlib.text import amount, article_text, cite, date, percent, topic_words, words
from simlib.trace import CASE, PARAMETER, Trace

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.law.citation import Article
    from simlib.law.regime import Regime


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
    "answer": ("causation", "answers."),
}


# assumptions whose value is the id of the party who answers for another
OF_ANOTHER = ("answered.guardian", "answered.employer", "misfit.answered-by")


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


@dataclass(frozen=True, slots=True)
class Note:
    """An article as a reader sees it: how it is cited, its text, and what to know of it."""

    id: str
    title: str
    text: str
    basis: str
    remarks: tuple[str, ...]
    held: bool | None


def explain(trace: Trace, case: Case, lang: str = "zh", regime: Regime | None = None) -> Step:
    """A step of reasoning and all below it, in words.

    Parameters
    ----------
    trace
        a node of an outcome's trace, e.g. `outcome.reason("exposure", "zhang")`
    case
        the case it was reached on: names and the kinds of its facts
    regime
        whose parameters are named; the law in force if not given
    """
    regime = regime or load_regime()
    kind = fact_kind(trace, case)
    return Step(
        _label(trace, case, lang),
        _value(trace, case, lang),
        words("trace", f"rule.{trace.rule.replace('.', '-')}", lang) if trace.rule else "",
        words("trace", f"source.{kind}", lang) if kind else "",
        kind,
        trace.cites,
        tuple(explain(child, case, lang, regime) for child in trace.children),
    )


def fact_kind(trace: Trace, case: Case) -> str | None:
    """Of what kind the fact at a leaf is; None for a step with a rule, or a leaf of law."""
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
    against = key.removeprefix("recourse_") if key.startswith("recourse_") else None
    if key.startswith(("recovery_", "restitution_", "recourse_")):
        key = key.split("_")[0]
    label = _of_fault(key, case, lang) or words("trace", f"key.{key}", lang)
    who = [_name(case, p, lang) for p in (trace.party, against) if p]
    between = "→" if against else ""
    return f"{between.join(who)} · {label}" if who else label


def _of_fault(key: str, case: Case, lang: str) -> str | None:
    """The name of an item of the checklist, a piece of evidence or a run of events; else None."""
    kind, _, name = key.partition("-")
    if kind == "evidence":
        said = next(piece.name for piece in case.evidence if piece.id == name)
        return getattr(said, lang) if said else name
    if kind in ("item", "inference"):
        return words("fault", f"{kind}.{name}.name", lang)
    return None


def _value(trace: Trace, case: Case, lang: str) -> str:
    """A value in words; a party or an act by its name."""
    if trace.unit == "party":
        return _name(case, trace.value, lang)
    if trace.unit == "act":
        return act_title(trace.value, case, lang)
    return written(trace.value, trace.unit, lang, trace.key)


def act_title(id: str, case: Case, lang: str = "zh") -> str:
    """What readers call an act of the causal model: its title, else who did what; or the loss."""
    for act in case.acts:
        if act.id == id:
            return getattr(act.title, lang)
    if id not in {p.id for p in case.parties}:
        return words("trace", f"key.{id}", lang)  # the loss
    party = case.party(id)
    kind = written(party.act if party.role == "helper" else party.role, "kind", lang)
    return words("causation", "graph.act", lang, who=_name(case, id, lang), kind=kind)


def _name(case: Case, party: str, lang: str) -> str:
    return getattr(case.party(party).name, lang)


def written(value: object, unit: str, lang: str, key: str = "") -> str:
    """A value of a trace as a reader writes it, by its unit."""
    if value is None:
        return words("trace", f"value.{'unlimited' if key in PURSES else 'unknown'}", lang)
    if unit == "fen":
        return amount(value, lang)
    if unit == "day":
        return date(value, lang)
    if unit == "share":  # what is open, or a model's own, has no hundredths of a percent
        rough = isinstance(value, Interval) or key in ("limit", "model_share")
        return percent(value, lang, digits=0 if rough else 2)
    if unit in NAMED:
        topic, table = NAMED[unit]
        return words(topic, f"{table}{value}{'.name' if topic == 'modes' else ''}", lang)
    if unit == "kind":
        acts = topic_words("terms", lang)["acts"]
        return acts[value] if value in acts else words("terms", f"roles.{value}", lang)
    if unit == "flag":
        return words("trace", "value.yes" if value else "value.no", lang)
    if isinstance(value, Interval):
        return f"{_decimal(value.low)}–{_decimal(value.high)}"
    return _decimal(value)


def _decimal(number: float) -> str:
    return f"{float(number):.4f}".rstrip("0").rstrip(".")


def assumption_words(entry: dict, case: Case, lang: str = "zh") -> str:
    """An entry of `Outcome.assumptions` as a sentence."""
    key, value = entry["key"], entry["value"]
    keys = load_regime().keys()
    if key in keys:
        return words(
            "assumptions",
            "parameter",
            lang,
            name=words("parameters", f"{key}.name", lang),
            value=_decimal(value),
            why=words("parameters", f"{key}.why", lang),
        )
    who = _name(case, entry["party"], lang) if "party" in entry else ""
    said = _name(case, value, lang) if key in OF_ANOTHER else _said(key, value, lang)
    return words("assumptions", key.replace(".", "-"), lang, who=who, value=said)


def _said(key: str, value: object, lang: str) -> str:
    if key == "misfit.not-in-force" or (key.startswith("fault.") and ":" in str(value)):
        return cite(value, lang)
    if key in ("exemption.not-shown", "exemption.failed"):
        return words("riskbenefit", f"condition.{value}", lang)
    graded = key.startswith(("misfit.", "exemption.", "fault."))
    if graded and value in topic_words("terms", lang)["grades"]:
        return words("terms", f"grades.{value}", lang)
    if key.startswith("rule.") and isinstance(value, str):
        return words("parameters", f"rules.{key.removeprefix('rule.')}.values.{value}", lang)
    if key == "rule.threshold":
        return percent(value, lang)
    if key == "pool.others":
        return amount(value, lang)
    return date(value, lang) if isinstance(value, datetime.date) else str(value)


def note(id: str, lang: str = "zh", acted_on: datetime.date | None = None) -> Note:
    """An article with its text, its dates, and whether it held on the day of the act.

    Raises
    ------
    UnknownName
        if we hold no such article
    """
    found = article(id, acted_on)
    held = None if found.since is None or acted_on is None else found.holds_on(acted_on)
    remarks = [*_dates(found, acted_on, held, lang), *_standing(found, lang)]
    return Note(
        id,
        cite(id, lang),
        article_text(id, lang),
        words("terms", f"bases.{found.basis}", lang),
        tuple(remarks),
        held,
    )


def _dates(found: Article, day: datetime.date | None, held: bool | None, lang: str) -> list[str]:
    if found.since is None:
        return []
    since = date(found.since, lang)
    if found.basis == "conference minutes":
        return [words("laws", "status.minutes", lang, since=since)]
    if found.until:
        until = date(found.until, lang)
        said = [words("laws", "status.in_force_until", lang, since=since, until=until)]
    else:
        said = [words("laws", "status.in_force", lang, since=since)]
    if held is False and day < found.since:
        retroactive = "not_yet_retroactive" if found.basis == "law in force" else "not_yet"
        said.append(words("laws", f"status.{retroactive}", lang, day=date(day, lang)))
    return said


def _standing(found: Article, lang: str) -> list[str]:
    """What kind of text it is, and how far it was verified."""
    if found.quoted:
        said = [words("laws", "text.quoted" if lang == "zh" else "text.translation", lang)]
    else:
        said = [words("laws", "text.restated", lang)]
    if not found.complete:
        said.append(words("laws", "text.excerpt", lang))
    if not found.verified:
        said.append(words("laws", "text.unverified", lang))
    elif not found.since_verified and found.since:
        said.append(words("laws", "text.since_unverified", lang))
    source = words("laws", f"sources.{found.source}", lang)
    return [
        *said,
        words("laws", "text.source", lang, source=source),
        words("laws", "text.checked", lang, day=date(found.checked, lang)),
    ]
