"""The knobs of lesson 05: facts in the case's terms, and the model's own values, said as such."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.law.regime import regime_for
from simlib.lessons.knob import Knob, Setting, fraction, to_fen, to_yuan, yuan
from simlib.riskbenefit import ACTS, AGGREGATORS, CONDITIONS, model_keys, rebalanced, together
from simlib.riskbenefit.reforms import proposal
from simlib.text import words
from simlib.widgets.riskbenefit.forms import PARAMETER, RULES, TOPIC, facts_of, setup

if TYPE_CHECKING:
    from simlib.case.model import Case, Party

BY_ACT = ("base", "cap", "rho")
FILLED = ("foresight", "control", "indispensability", "push")
ASSUMED = "assumed"  # the position that fills in what nobody found
DIGITS = 6

Held = Mapping[str, Any]


def knobs(case: Case, party: Party, lang: str) -> list[Knob]:
    """The facts of one helper; how the model joins and limits them; its values."""
    helper = party.role == "helper"
    found = _filled(case, party, lang)
    found += [_act(party.id, lang)] if helper else []
    found += [_grade(party.id, lang), _gain(case, party.id, lang)]
    found += [
        _number(party.id, name, lang)
        for name in facts_of(party)
        if name not in ("gain_direct_fen", "fault")
    ]
    found += [_check(party.id, name, lang) for name in ("professional", "direct")]
    found += [_rule(name, lang) for name in RULES]
    if party.act == "tech" and helper:
        found += [_condition(party.id, name, lang) for name in CONDITIONS]
    return [*found, *(_value(key, case, party, lang) for key in model_keys(proposal(case)))]


def groups(found: Mapping[str, Knob]) -> dict[str, tuple[str, ...]]:
    """Group → its knobs, in the order of the page."""
    grouped: dict[str, tuple[str, ...]] = {}
    for knob in found.values():
        grouped[knob.group] = (*grouped.get(knob.group, ()), knob.id)
    return grouped


# ---------------------------------------------------------------- facts


def _filled(case: Case, party: Party, lang: str) -> list[Knob]:
    """All that the course fills in at once, where a position of the case does so."""
    told: Mapping[str, Any] = next((p.set for p in case.positions if p.id == ASSUMED), {})
    values = {name: told.get(f"{party.id}.{name}") for name in FILLED}
    if None in values.values():
        return []
    options = [
        {"value": key, "label": words(TOPIC, f"filled.{key}", lang)} for key in ("open", ASSUMED)
    ]

    def read(now: Case) -> str | None:
        held = {name: getattr(now.party(party.id), name) for name in FILLED}
        if held == values:
            return ASSUMED
        return "open" if not any(value is not None for value in held.values()) else None

    def write(value: object, _: Case) -> dict[str, Any]:
        return {f"{party.id}.{n}": v if value == ASSUMED else None for n, v in values.items()}

    label, mixed = (words(TOPIC, f"filled.{key}", lang) for key in ("label", "mixed"))
    extra = {"options": options, "open": mixed}
    return [Knob("filled", "choice", label, "facts", read, write, party.id, FILLED, extra=extra)]


def _act(id: str, lang: str) -> Knob:
    options = [{"value": a, "label": words("terms", f"acts.{a}", lang)} for a in ACTS]
    return Knob(
        "act", "choice", words(TOPIC, "knob.act", lang), "facts",
        lambda now: now.party(id).act,
        lambda value, _: {f"{id}.act": value},
        id, ("act",), extra={"options": options},
    )  # fmt: skip


def _grade(id: str, lang: str) -> Knob:
    options = [{"value": g, "label": words("terms", f"grades.{g}", lang)} for g in fault.GRADES]
    return Knob(
        "grade", "choice", words(TOPIC, "knob.grade", lang), "facts",
        lambda now: fault.grade(now.party(id), regime_for(now)).value,
        lambda value, _: {f"{id}.grade": value, f"{id}.fault": None},
        id, ("grade", "fault"), extra={"options": options},
    )  # fmt: skip


def _gain(case: Case, id: str, lang: str) -> Knob:
    bounds = yuan(case, lang, "unknown")
    most = max(bounds["max"] // 4, 2 * round(to_yuan(case.party(id).gain_direct_fen) or 0))
    return Knob(
        "gain_direct_fen", "range", words(TOPIC, "knob.gain_direct_fen", lang), "facts",
        lambda now: to_yuan(now.party(id).gain_direct_fen),
        lambda value, _: {f"{id}.gain_direct_fen": to_fen(value)},
        id, ("gain_direct_fen",), extra=bounds | {"max": most, "step": max(1, most // 200)},
    )  # fmt: skip


def _number(id: str, name: str, lang: str) -> Knob:
    return Knob(
        name, "range", words(TOPIC, f"knob.{name}", lang), "facts",
        lambda now: getattr(now.party(id), name),
        lambda value, _: {f"{id}.{name}": value},
        id, (name,), extra=fraction(lang, "unknown"),
    )  # fmt: skip


def _check(id: str, name: str, lang: str) -> Knob:
    return Knob(
        name, "check", words(TOPIC, f"knob.{name}", lang), "facts",
        lambda now: getattr(now.party(id), name),
        lambda value, _: {f"{id}.{name}": bool(value)},
        id, (name,),
    )  # fmt: skip


def _condition(id: str, name: str, lang: str) -> Knob:
    said = {"yes": True, "no": False, "open": None}
    options = [{"value": k, "label": words("riskbenefit", f"shown.{k}", lang)} for k in said]

    def read(now: Case) -> str:
        facts = now.party(id).exemption
        value = getattr(facts, name) if facts else None
        return next(k for k, v in said.items() if v is value)

    return Knob(
        f"exemption.{name}", "select", words("riskbenefit", f"condition.{name}", lang), "exempt",
        read,
        lambda value, _: {f"{id}.exemption.{name}": said[str(value)]},
        id, (f"exemption.{name}",), extra={"options": options},
    )  # fmt: skip


# ---------------------------------------------------------------- the model's rules and values


def _rule(name: str, lang: str) -> Knob:
    label = words(TOPIC, f"knob.{name}", lang)
    if name == "aggregator":
        options = [{"value": a, "label": words(TOPIC, f"way.{a}", lang)} for a in AGGREGATORS]
        return Setting(
            name, "choice", label, "model",
            lambda held: _held(held).get(name, AGGREGATORS[0]),
            lambda value, _: {name: value},
            None, (name,), extra={"options": options},
        )  # fmt: skip
    return Setting(
        name, "check", label, "model",
        lambda held: _held(held).get(name, "on") == "on",
        lambda value, _: {name: "on" if value else "off"},
        None, (name,), basis="reform proposal",
    )  # fmt: skip


def _held(chosen: Any) -> Held:
    """What is chosen beside the facts: a setting reads no case."""
    found: Held = chosen
    return found


def _value(key: str, case: Case, party: Party, lang: str) -> Knob:
    """A value of the model; those of his own act are called `base`, `cap`, `rho`."""
    shipped = proposal(case).parameter(key)
    family, _, act = key.partition(".")
    own = family in BY_ACT and act == party.act
    step = 0.005 if shipped.high - shipped.low < 0.6 else 0.01
    low = shipped.low + step if shipped.above_low else shipped.low
    group = "weights" if family not in BY_ACT else "act" if own else "others"
    return Setting(
        family if own else PARAMETER + key, "range", words("parameters", f"{key}.name", lang),
        group,
        lambda held: round(_held(held).get(PARAMETER + key, shipped.value), 4),
        lambda value, held: _moved(key, value, _held(held), case),
        None, tuple(PARAMETER + k for k in together(key) or (key,)),
        extra={"min": low, "max": shipped.high, "step": step, "unit": ""},
    )  # fmt: skip


def _moved(key: str, value: Any, held: Held, case: Case) -> dict[str, Any]:
    """The value, and beside a weight its fellows, so that their sum stays 1."""
    after = rebalanced(setup(held, case).regime, key, value)
    return {PARAMETER + k: round(after.value(k), DIGITS) for k in together(key) or (key,)}


def lever_of(knob: Knob) -> str:
    """The name under which the model's list of levers has what a knob moves."""
    if isinstance(knob, Setting) and knob.id in BY_ACT:
        return knob.fields[0].removeprefix(PARAMETER)
    return knob.id.removeprefix(PARAMETER)
