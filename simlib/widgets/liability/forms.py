"""What lesson 04 lets choose besides the facts: mode, rules, the second picture, the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simlib.figures.people import short_names
from simlib.law.modes import mode_keys
from simlib.law.regime import checked_rules, regime_for, rule, rule_keys
from simlib.liability import MODES as ENGINE
from simlib.text import words
from simlib.widgets import tools

if TYPE_CHECKING:
    from simlib.case.model import Case

MODES = tuple(mode for mode in mode_keys() if mode in ENGINE)
PICTURES = ("parting", "recourse", "every")
OF_EVIDENCE = ("rebuttal",)  # rules by which lesson 02 finds a grade; no outcome depends on them
PAIR = ("joint", "several")  # the question of the lesson


def liable_ids(case: Case) -> list[str]:
    """Everybody but victims, in file order."""
    return [p.id for p in case.parties if p.role != "victim"]


def chosen(case: Case, held: Mapping) -> dict:
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


def rules_of(held: Mapping, case: Case) -> dict:
    """The rules among what was chosen; a SimlibError for a value that does not exist."""
    turned = {k: v for k, v in held.items() if k in rule_keys()}
    return checked_rules(turned, regime_for(case))


def chosen_rules(held: Mapping) -> dict:
    """Only the rules the reader turned: the others are the regime's of each mode."""
    return {name: value for name, value in held.items() if name in rule_keys()}


def choice_specs(lang: str) -> list[dict]:
    """The mode, then the rules, folded away; each says of what kind its default is."""
    modes = [(mode, _mode(mode, lang)) for mode in MODES]
    group = {"kind": "group", "id": "rules", "label": words("liability", "choose.rules", lang)}
    return [
        tools.options("select", "mode", words("liability", "choose.mode", lang), modes),
        group,
        *(_rule(key, lang) for key in rule_keys() if key not in OF_EVIDENCE),
        {"kind": "end"},
    ]


def _mode(mode: str, lang: str) -> str:
    return words("modes", f"{mode}.name", lang)


def _rule(key: str, lang: str) -> dict:
    found = rule(key)
    name = words("parameters", f"rules.{key}.name", lang)
    basis = words("terms", f"bases.{found.basis}", lang)
    label = words("liability", "choose.rule", lang, name=name, basis=basis)
    if found.ends:
        low, high = found.ends
        return {
            "kind": "range",
            "id": key,
            "label": label,
            "min": low,
            "max": high,
            "step": 0.05,
            "unit": "",
        }
    values = [(v, words("parameters", f"rules.{key}.values.{v}", lang)) for v in found.values]
    return tools.options("select", key, label, values)


def picture_specs(case: Case, picture: str, lang: str) -> list[dict]:
    """Which second picture; for the parting of two modes also whose means, and which mode."""
    pictures = [(p, words("liability", f"picture.{p}", lang)) for p in PICTURES]
    label = words("liability", "picture.label", lang)
    spec = [tools.options("choice", "picture", label, pictures)]
    if picture != "parting":
        return spec
    names = short_names(case, lang)
    people = [(id, names[id]) for id in liable_ids(case)]
    modes = [(mode, _mode(mode, lang)) for mode in MODES]
    return [
        *spec,
        tools.options("select", "means", words("liability", "picture.means", lang), people),
        tools.options("select", "versus", words("liability", "picture.versus", lang), modes),
    ]


# ---------------------------------------------------------------- the answer


def answer_spec(case: Case, lang: str) -> list[dict]:
    """Where the two modes part, and who pays most under joint liability."""
    names, people = short_names(case, lang), liable_ids(case)
    most = case.loss_fen / 100
    who = names[people[-1]]
    return [
        {
            "kind": "range",
            "id": "at",
            "label": words("liability", "commit.at", lang, who=who),
            "min": 0,
            "max": most,
            "step": max(1, round(most / 100)),
            "unit": words("lab", "unit.yuan", lang),
        },
        tools.options(
            "choice",
            "payer",
            words("liability", "commit.payer", lang),
            [(id, names[id]) for id in people],
        ),
    ]


def answer_values(case: Case, answer: dict) -> dict:
    """What the questions say: the reader's answer, or where they stand at first."""
    people = liable_ids(case)
    return {"at": answer.get("at_fen", 0) / 100, "payer": answer.get("payer", people[0])}


def read_answer(values: dict) -> dict:
    """The answer as the state keeps it."""
    return {"at_fen": round(float(values["at"]) * 100), "payer": values["payer"]}


def is_answer(answer: dict, case: Case) -> bool:
    """Whether the form can have been sent with this: nothing yet, or a whole answer."""
    if answer in ({}, {"opened": True}):
        return True
    fen = answer.get("at_fen")
    return (
        set(answer) == {"at_fen", "payer"}
        and answer["payer"] in liable_ids(case)
        and type(fen) is int
        and 0 <= fen <= case.loss_fen
    )
