"""The knobs of lesson 05: facts in the case's terms, and the model's own values, said as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.law.regime import regime_for
from simlib.lessons.knob import Knob, Setting, fraction, to_fen, to_yuan, yuan
from simlib.lessons.reader import lesson_of
from simlib.riskbenefit import ACTS, CONDITIONS, REFORMS, model_keys, rebalanced, together
from simlib.riskbenefit.reforms import proposal
from simlib.text import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime

TOPIC, PARAMETER = "riskbenefit_lesson", "parameter:"
BY_ACT = ("base", "cap", "rho")
FILLED = ("foresight", "control", "indispensability", "push")
FACTS = ("push", "indispensability", "causal_force", "foresight", "control",
         "gain_direct_fen", "fault")  # fmt: skip
RULES = ("aggregator", *(f"rb_{name}" for name in REFORMS))
ASSUMED = "assumed"  # the position that fills in what nobody found
DIGITS = 6
MOST_FEN = 10**13
BELOW = ("x", "y", "fen")  # inputs of the map and an amount, which hang on the case

Held = Mapping[str, Any]
Options = list[dict[str, str]]


# ---------------------------------------------------------------- what is chosen beside the facts


def chosen(held: Held, case: Case) -> dict[str, Any]:
    """All that is declared, then values of the model, inputs of the map, and a target.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    lesson = lesson_of("riskbenefit")
    known = dict(lesson.choices)
    # what decides was once a view among the others
    declared = {k: v for k, v in held.items() if k in known and (k, v) != ("view", "decides")}
    rest = {k: v for k, v in held.items() if k not in known}
    keys = {PARAMETER + key for key in model_keys(proposal(case))}
    for name, value in rest.items():
        if name in keys:
            fits = type(value) in (int, float)
        elif name == "fen":
            fits = type(value) is int and 0 <= value <= MOST_FEN
        else:
            fits = name in BELOW and value in (*FACTS, *keys)
        if not fits:
            raise ValueError(f"no control gives this: {name}")
    return lesson.chosen(declared) | rest


def regime_of(held: Held, case: Case) -> Regime:
    """The values of the model as the reader has set them, on the days of the case."""
    values = {k.removeprefix(PARAMETER): v for k, v in held.items() if k.startswith(PARAMETER)}
    return _variant(proposal(case), tuple(sorted(values.items())))


@lru_cache(maxsize=64)
def _variant(shipped: Regime, values: tuple[tuple[str, float], ...]) -> Regime:
    return shipped.variant(dict(values)) if values else shipped


def facts_of(party: Party) -> tuple[str, ...]:
    """The fields of a party that are numbers of the model; force is stated whole or as a pair."""
    whole = party.causal_force is not None
    left_out = ("push", "indispensability") if whole else ("causal_force",)
    return tuple(name for name in FACTS if name not in left_out)


def inputs_of(case: Case, party: Party) -> tuple[str, ...]:
    """What a map may have on its sides: his facts, and the values the model reads for his act."""
    keys = (key.partition(".") for key in model_keys(proposal(case)))
    own = (name + dot + act for name, dot, act in keys if name not in BY_ACT or act == party.act)
    return (*facts_of(party), *(PARAMETER + key for key in own))


def path_of(key: str, party: str) -> str:
    """The engine's own name of an input: a fact of the party by its path, a value as it is."""
    return key if key.startswith(PARAMETER) else f"{party}.{key}"


def lever_of(knob: str, act: str | None) -> str:
    """The name under which the model's list of levers has what a knob moves."""
    return f"{knob}.{act}" if knob in BY_ACT else knob.removeprefix(PARAMETER)


# ---------------------------------------------------------------- the knobs


def knobs(case: Case, base: Callable[[], Case], helper: str, lang: str) -> list[Knob]:
    """The facts of one helper; the model's three switches; its values."""
    party = case.party(helper)
    helps = party.role == "helper"
    found = _filled(case, party, lang)
    if helps:
        acts = {act: words("terms", f"acts.{act}", lang) for act in ACTS}
        found.append(_fact(helper, "act", "choice", lang, **_options(acts)))
    found += [_grade(helper, lang), _gain(case, helper, lang)]
    numbers = [name for name in facts_of(party) if name not in ("gain_direct_fen", "fault")]
    bounds = fraction(lang, "unknown")
    found += [_fact(helper, name, "range", lang, **bounds) for name in numbers]
    found += [_fact(helper, name, "check", lang) for name in ("professional", "direct")]
    found += [_switch(name, lang) for name in RULES[1:]]
    if party.act == "tech" and helps:
        found += [_condition(helper, name, lang) for name in CONDITIONS]
    return [*found, *(_value(key, case, party, lang) for key in model_keys(proposal(case)))]


def _say(key: str, lang: str) -> str:
    return words(TOPIC, f"knob.{key}", lang)


def _options(values: Mapping[str, str]) -> dict[str, Options]:
    return {"options": [{"value": value, "label": label} for value, label in values.items()]}


def _filled(case: Case, party: Party, lang: str) -> list[Knob]:
    """All that the course fills in at once, where a position of the case does so."""
    told: Held = next((p.set for p in case.positions if p.id == ASSUMED), {})
    values = {name: told.get(f"{party.id}.{name}") for name in FILLED}
    if None in values.values():
        return []

    def read(now: Case) -> str | None:
        held = {name: getattr(now.party(party.id), name) for name in FILLED}
        if held == values:
            return ASSUMED
        return "open" if not any(value is not None for value in held.values()) else None

    def write(value: object, _: Case) -> dict[str, Any]:
        return {f"{party.id}.{n}": v if value == ASSUMED else None for n, v in values.items()}

    extra = _options({key: _say(f"filled_is.{key}", lang) for key in ("open", ASSUMED)})
    mixed = {"open": _say("filled_open", lang)}
    return [
        Knob("filled", "choice", _say("filled", lang), "facts", read, write, party.id, FILLED,
             extra=extra | mixed)
    ]  # fmt: skip


def _fact(id: str, name: str, kind: str, lang: str, **extra: Any) -> Knob:
    """A fact of a party, read and written as it stands in the case."""
    return Knob(
        name, kind, _say(name, lang), "facts",
        lambda now: getattr(now.party(id), name),
        lambda value, _: {f"{id}.{name}": value},
        id, (name,), extra=extra,
    )  # fmt: skip


def _grade(id: str, lang: str) -> Knob:
    named = {grade: words("terms", f"grades.{grade}", lang) for grade in fault.GRADES}
    return replace(
        _fact(id, "grade", "choice", lang, **_options(named)),
        read=lambda now: fault.grade(now.party(id), regime_for(now)).value,
        write=lambda value, _: {f"{id}.grade": value, f"{id}.fault": None},
        fields=("grade", "fault"),
    )


def gain_bounds(case: Case, id: str, lang: str) -> dict[str, Any]:
    """From where to where the knob of what he gained goes."""
    bounds = yuan(case, lang, "unknown")
    most = max(bounds["max"] // 4, 2 * round(to_yuan(case.party(id).gain_direct_fen) or 0))
    return bounds | {"max": most, "step": max(1, most // 200)}


def _gain(case: Case, id: str, lang: str) -> Knob:
    name = "gain_direct_fen"
    return replace(
        _fact(id, name, "range", lang, **gain_bounds(case, id, lang)),
        read=lambda now: to_yuan(now.party(id).gain_direct_fen),
        write=lambda value, _: {f"{id}.{name}": to_fen(value)},
    )


def _condition(id: str, name: str, lang: str) -> Knob:
    said = {"yes": True, "no": False, "open": None}

    def read(now: Case) -> str:
        facts = now.party(id).exemption
        value = getattr(facts, name) if facts else None
        return next(k for k, v in said.items() if v is value)

    return Knob(
        f"exemption.{name}", "select", words("riskbenefit", f"condition.{name}", lang), "exempt",
        read,
        lambda value, _: {f"{id}.exemption.{name}": said[str(value)]},
        id, (f"exemption.{name}",),
        extra=_options({key: words("riskbenefit", f"shown.{key}", lang) for key in said}),
    )  # fmt: skip


def _switch(name: str, lang: str) -> Knob:
    return Setting(
        name, "check", _say(name, lang), "model",
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
    after = rebalanced(regime_of(held, case), key, value)
    return {PARAMETER + k: round(after.value(k), DIGITS) for k in together(key) or (key,)}
