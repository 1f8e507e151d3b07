"""What lesson 04 lets choose besides the facts: the form of liability, and rules the law leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.law.modes import mode_keys
from simlib.law.regime import checked_rules, regime_for, rule, rule_keys
from simlib.lessons.knob import STEP, Setting
from simlib.liability import MODES as ENGINE
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.liability import Outcome
    from simlib.widgets.lesson import View

MODES = tuple(mode for mode in mode_keys() if mode in ENGINE)
PAIR = ("joint", "several")  # the question of the lesson
SHOWN = (*PAIR, "partial_joint", "supplementary", "risk_benefit")
OTHERS = tuple(mode for mode in MODES if mode not in SHOWN)
ONE_OF_SHOWN = ""  # what the list of the other forms says while one of those in sight is chosen
OF_EVIDENCE = ("rebuttal",)  # rules by which lesson 02 finds a grade; no outcome depends on them
RULES = tuple(key for key in rule_keys() if key not in OF_EVIDENCE)
PICTURES = ("parting", "recourse", "every")


def mode_of(held: Mapping[str, Any]) -> str:
    """The form of liability that is chosen."""
    return str(held.get("mode", PAIR[0]))


def outcome_of(view: View) -> Outcome:
    """The outcome under the form that a view's scene chose."""
    found: Outcome = view.outcomes[mode_of(view.scene.chosen)]
    return found


def liable_ids(case: Case) -> list[str]:
    """Everybody but victims and people without a part, in file order."""
    return [p.id for p in case.parties if p.role != "victim" and not p.unstated]


def chosen(case: Case, held: Mapping[str, Any]) -> dict[str, Any]:
    """All that can be chosen, with what stands where the reader chose nothing.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    mode = held.get("mode", PAIR[0])
    found = {
        "mode": mode,
        "versus": held.get("versus", PAIR[1] if mode != PAIR[1] else PAIR[0]),
        "picture": held.get("picture", PICTURES[0]),
        "means": held.get("means", liable_ids(case)[-1]),
    }
    known = {"mode": MODES, "versus": MODES, "picture": PICTURES, "means": liable_ids(case)}
    wrong = [name for name, values in known.items() if found[name] not in values]
    if wrong or not set(held) <= {*found, *rule_keys()}:
        raise ValueError(f"no control gives this: {wrong or sorted(held)}")
    return found | rules_of(held, case)


def rules_of(held: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """All rules, those that were turned among them; a SimlibError for an impossible value."""
    return checked_rules(chosen_rules(held), regime_for(case))


def chosen_rules(held: Mapping[str, Any]) -> dict[str, Any]:
    """Only the rules the reader turned: the others are the regime's of each mode."""
    return {name: value for name, value in held.items() if name in rule_keys()}


def mode_name(mode: str, lang: str) -> str:
    """What a form of liability is called."""
    return words("modes", f"{mode}.name", lang)


def settings(case: Case, lang: str) -> list[Setting]:
    """The form, among those in sight and among the others; then each rule."""
    return [_mode(lang), _other_mode(lang), *(_rule(key, case, lang) for key in RULES)]


def _mode(lang: str) -> Setting:
    return Setting(
        "mode",
        "choice",
        words("liability", "choose.mode", lang),
        "mode",
        lambda held: mode_of(held) if mode_of(held) in SHOWN else None,  # type: ignore[arg-type]
        lambda value, _: {"mode": value},
        None,
        ("mode",),
        extra={"options": _options(SHOWN, lang), "tagged": False},
    )


def _other_mode(lang: str) -> Setting:
    first = {"value": ONE_OF_SHOWN, "label": words("liability", "choose.one_of_shown", lang)}
    return Setting(
        "mode_other",
        "select",
        words("liability", "choose.other", lang),
        "mode",
        lambda held: mode_of(held) if mode_of(held) in OTHERS else ONE_OF_SHOWN,  # type: ignore[arg-type]
        lambda value, held: {"mode": value or _kept(held)},  # type: ignore[arg-type]
        None,
        ("mode",),
        extra={"options": [first, *_options(OTHERS, lang)], "tagged": False},
    )


def _kept(held: Mapping[str, Any]) -> str:
    """The form in sight that stays, or comes back when none of the others is wanted."""
    return mode_of(held) if mode_of(held) in SHOWN else PAIR[0]


def _options(modes: tuple[str, ...], lang: str) -> list[dict[str, str]]:
    names = {mode: mode_name(mode, lang) for mode in modes}
    return [{"value": mode, "label": name[0].upper() + name[1:]} for mode, name in names.items()]


def _rule(key: str, case: Case, lang: str) -> Setting:
    found = rule(key)
    extra: dict[str, Any] = {"min": 0, "max": 1, "step": STEP, "unit": ""}
    if found.ends:
        extra |= {"min": found.ends[0], "max": found.ends[1]}
    else:
        extra = {"options": [
            {"value": v, "label": words("parameters", f"rules.{key}.values.{v}", lang)}
            for v in found.values
        ]}  # fmt: skip
    return Setting(
        key,
        "range" if found.ends else "select",
        words("parameters", f"rules.{key}.name", lang),
        "rules",
        lambda held: rules_of(held, case)[key],  # type: ignore[arg-type]
        lambda value, _: {key: value},
        None,
        (key,),
        extra=extra,
        basis=found.basis,
    )
