"""The knobs of lesson 05: facts in the case's terms, and the model's own values, said as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib import fault
from simlib.law.regime import regime_for, rule
from simlib.riskbenefit import ACTS, AGGREGATORS, CONDITIONS, model_keys, rebalanced, together
from simlib.text import words
from simlib.widgets.knob import Knob, fraction, to_fen, to_yuan, yuan
from simlib.widgets.riskbenefit.forms import PARAMETER, RULES, TOPIC, facts_of, rules_of, setup

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime

BY_ACT = ("base", "cap", "rho")
FOLDED = ("exempt", "act", "weights", "others")
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Setting(Knob):
    """A value or a rule of the model: no fact, so it writes what was chosen and not the case."""

    changed: bool = False

    @property
    def paths(self) -> set[str]:
        """No path of the case."""
        return set()

    def tag(self, case: Case, changed: set[str], lang: str) -> tuple[str, str]:
        """A proposal that can be switched off, or a teaching assumption."""
        if self.changed:
            return "assumed", words("lab", "tag.yours", lang)
        proposed = self.id.startswith("rb_")
        key = "reform proposal" if proposed else "teaching assumption"
        return key, words("terms", f"bases.{key}", lang)


def knobs(case: Case, party: Party, held: Mapping, lang: str) -> list[Knob]:
    """The facts of one helper; how the model joins and limits them; its values, folded."""
    helper = party.role == "helper"
    found = [_act(party.id, lang)] if helper else []
    found += [_grade(party.id, lang), _gain(case, party.id, lang)]
    found += [
        _number(party.id, name, lang)
        for name in facts_of(party)
        if name not in ("gain_direct_fen", "fault")
    ]
    found += [_check(party.id, name, lang) for name in ("professional", "direct")]
    found += [_rule(name, held, lang) for name in RULES]
    if party.act == "tech" and helper:
        found += [_condition(party.id, name, lang) for name in CONDITIONS]
    regime = setup(held, case).regime
    return [*found, *(_value(key, party, regime, held, lang) for key in model_keys(regime))]


def folded(lang: str) -> dict[str, str]:
    """Group → the title it lies under."""
    return {group: words(TOPIC, f"knobs.{group}", lang) for group in FOLDED}


def _act(id: str, lang: str) -> Knob:
    options = [{"value": a, "label": words("terms", f"acts.{a}", lang)} for a in ACTS]
    return Knob(
        "act", "select", words(TOPIC, "knob.act", lang), "facts",
        lambda now: now.party(id).act,
        lambda value, _: {f"{id}.act": value},
        id, ("act",), extra={"options": options},
    )  # fmt: skip


def _grade(id: str, lang: str) -> Knob:
    options = [{"value": g, "label": words("terms", f"grades.{g}", lang)} for g in fault.GRADES]
    return Knob(
        "grade", "select", words(TOPIC, "knob.grade", lang), "facts",
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
        lambda value, _: {f"{id}.exemption.{name}": said[value]},
        id, (f"exemption.{name}",), extra={"options": options},
    )  # fmt: skip


def _rule(name: str, held: Mapping, lang: str) -> Knob:
    now = rules_of(held)[name]
    if name == "aggregator":
        options = [{"value": a, "label": words(TOPIC, f"way.{a}", lang)} for a in AGGREGATORS]
        kind, extra, read = "select", {"options": options}, lambda _: now
        write = lambda value, _: {name: value}  # noqa: E731
    else:
        kind, extra, read = "check", {}, lambda _: now == "on"
        write = lambda value, _: {name: "on" if value else "off"}  # noqa: E731
    label = words(TOPIC, f"knob.{name}", lang)
    changed = now != (AGGREGATORS[0] if name == "aggregator" else "on")
    return Setting(name, kind, label, "model", read, write, "", (), extra=extra, changed=changed)


def _value(key: str, party: Party, regime: Regime, held: Mapping, lang: str) -> Knob:
    found = regime.parameter(key)
    family, _, act = key.partition(".")
    step = 0.005 if found.high - found.low < 0.6 else 0.01
    low = found.low + step if found.above_low else found.low
    extra = {"min": low, "max": found.high, "step": step, "unit": ""}
    group = "weights" if family not in BY_ACT else "act" if act == party.act else "others"
    return Setting(
        PARAMETER + key, "range", words("parameters", f"{key}.name", lang), group,
        lambda _: round(found.value, 4),
        lambda value, _: _moved(regime, key, value),
        "", (), extra=extra, changed=PARAMETER + key in held,
    )  # fmt: skip


def _moved(regime: Regime, key: str, value: float) -> dict:
    """The value, and beside a weight its fellows, so that their sum stays 1."""
    after = rebalanced(regime, key, value)
    return {PARAMETER + k: round(after.value(k), DIGITS) for k in together(key) or (key,)}


def fellows(name: str) -> set[str]:
    """The settings that go back together with this one."""
    key = name.removeprefix(PARAMETER)
    return {name, *(PARAMETER + k for k in together(key))} if PARAMETER in name else {name}


def is_setting(name: str) -> bool:
    """Whether a knob of this name moves the model rather than a fact."""
    return name in RULES or name.startswith(PARAMETER)


def lever_of(name: str) -> str:
    """The name under which the model's list of levers has what a knob moves."""
    rule_name = name in RULES and rule(name) is not None
    return name if rule_name else name.removeprefix(PARAMETER)
