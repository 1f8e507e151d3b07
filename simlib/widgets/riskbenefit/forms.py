"""What lesson 05 lets choose besides the facts: the model's settings, the view, the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from simlib.deciding import lever_words
from simlib.law.regime import rule
from simlib.lessons.knob import to_fen
from simlib.riskbenefit import AGGREGATORS, REFORMS, model_keys, registry
from simlib.riskbenefit.reforms import proposal
from simlib.text import words
from simlib.widgets import choosers

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.regime import Regime
    from simlib.riskbenefit import Row

TOPIC, PARAMETER = "riskbenefit_lab", "parameter:"
VIEWS = ("decides", "ways", "courts", "change", "registry", "axioms")  # links may hold each
PICKED = VIEWS[1:]  # those that stand one at a time; what decides has a place of its own
CHOICES = ("view", "spread", "map", "x", "y", "end", "target", "fen")  # no scene sets them
MAPS = ("share", "mode", "grade")
SPREADS = ("20", "50", "100")  # percent a number is moved by
ENDS, TARGETS = ("high", "low"), ("at_most", "at_least")
RULES = ("aggregator", *(f"rb_{name}" for name in REFORMS))
MOST_FEN = 10**13

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Setup:
    """The model as the reader has set it: its rules, and its values as a regime."""

    rules: dict[str, str | float]
    regime: Regime

    @property
    def aggregator(self) -> str:
        """The way the dimensions are joined."""
        return str(self.rules["aggregator"])


def setup(held: Mapping[str, Any], case: Case) -> Setup:
    """The model's settings among what was chosen, on the days of the case.

    Raises
    ------
    ValueError, SimlibError
        for a value that no control of ours gives
    """
    rules = rules_of(held)
    values = {k.removeprefix(PARAMETER): v for k, v in held.items() if k.startswith(PARAMETER)}
    return Setup(rules, _variant(proposal(case), tuple(sorted(values.items()))))


def rules_of(held: Mapping[str, Any]) -> dict[str, str | float]:
    """The model's rules among what was chosen; a ValueError for a value no control gives."""
    rules = {name: held.get(name, _first(name)) for name in RULES}
    if any(rules[name] not in rule(name).values for name in RULES):
        raise ValueError("no such setting of a rule")
    return rules


def _first(name: str) -> str:
    return "on" if name.startswith("rb_") else AGGREGATORS[0]


@lru_cache(maxsize=64)
def _variant(shipped: Regime, values: tuple[tuple[str, float], ...]) -> Regime:
    keys = model_keys(shipped)
    if any(key not in keys or type(v) not in (int, float) for key, v in values):
        raise ValueError("no parameter of this model")
    return shipped.variant(dict(values)) if values else shipped


def view_of(held: Mapping[str, Any], case: Case, party: Party) -> dict[str, Any]:
    """What else is chosen, with what stands where the reader chose nothing.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    axes = list(axis_keys(case, party))
    found = {
        "view": held.get("view", VIEWS[0]),
        "spread": held.get("spread", SPREADS[0]),
        "map": held.get("map", MAPS[0]),
        "end": held.get("end", ENDS[0]),
        "target": held.get("target", TARGETS[0]),
    }
    known: dict[str, tuple[str, ...]] = {
        "view": VIEWS, "spread": SPREADS, "map": MAPS, "end": ENDS, "target": TARGETS,
    }  # fmt: skip
    fen = held.get("fen", default_fen(case))
    others = {*found, "x", "y", "fen", *RULES}
    strange = [k for k in held if k not in others and not k.startswith(PARAMETER)]
    wrong = [name for name, values in known.items() if found[name] not in values]
    if wrong or strange or type(fen) is not int or not 0 <= fen <= MOST_FEN:
        raise ValueError(f"no control gives this: {wrong or strange}")
    every = (*FACTS, *(PARAMETER + key for key in model_keys(proposal(case))))
    first = ("fault", axes[0]) if found["map"] != "share" else (axes[0], axes[1])
    for name, usual in zip(("x", "y"), first, strict=True):
        asked = held.get(name, usual)
        if type(asked) is not str or asked not in every:
            raise ValueError(f"no such input: {asked}")
        found[name] = asked if asked in axes else usual
    if found["x"] == found["y"]:
        found["y"] = next(key for key in axes if key != found["x"])
    return found | {"fen": fen}


def viewed(chosen: Mapping[str, Any], wishes: Mapping[str, Any]) -> dict[str, Any]:
    """What is chosen after a wish; a map of something else starts from the inputs that matter."""
    kept = {k: v for k, v in chosen.items() if "map" not in wishes or k not in ("x", "y")}
    fen = {"fen": to_fen(wishes["fen"])} if "fen" in wishes else {}
    return kept | dict(wishes) | fen


def default_fen(case: Case) -> int:
    """A fifth of the loss, in whole hundreds of yuan: a target to start from [fen]."""
    return max(10_000, case.loss_fen // 5 // 10_000 * 10_000)


# ---------------------------------------------------------------- inputs of a map

FACTS = ("push", "indispensability", "causal_force", "foresight", "control",
         "gain_direct_fen", "fault")  # fmt: skip


def facts_of(party: Party) -> tuple[str, ...]:
    """The fields of a party that are numbers of the model; force is stated whole or as a pair."""
    whole = party.causal_force is not None
    left_out = ("push", "indispensability") if whole else ("causal_force",)
    return tuple(name for name in FACTS if name not in left_out)


def keys_of(case: Case, party: Party) -> tuple[str, ...]:
    """The parameters that the model, as on the days of the case, reads for his act of help."""
    acts = ("base", "cap", "rho")
    return tuple(
        key
        for key in model_keys(proposal(case))
        if key.partition(".")[0] not in acts or key.partition(".")[2] == party.act
    )


def axis_keys(case: Case, party: Party) -> tuple[str, ...]:
    """What a map may have on its sides: his facts, and the values the model reads for his act."""
    return (*facts_of(party), *(PARAMETER + key for key in keys_of(case, party)))


def path_of(key: str, party: str) -> str:
    """The lever's own key: a fact of the party by its path, a parameter as it is."""
    return key if key.startswith(PARAMETER) else f"{party}.{key}"


# ---------------------------------------------------------------- forms


def pick_spec(lang: str) -> list[Spec]:
    """Which picture or table of the model stands there."""
    views = [(v, words(TOPIC, f"view.{v}", lang)) for v in PICKED]
    return [choosers.options("choice", "view", words(TOPIC, "view.label", lang), views)]


def spread_spec(lang: str) -> list[Spec]:
    """How far known numbers are moved to see what decides."""
    return [_select("spread", SPREADS, lang, "choice")]


def map_spec(case: Case, party: Party, lang: str) -> list[Spec]:
    """What the map shows, over which two inputs, and where unknown facts stand."""
    inputs = [
        (key, lever_words(path_of(key, party.id), case, lang)) for key in axis_keys(case, party)
    ]
    spec = [_select("map", MAPS, lang)]
    for name in ("x", "y"):
        spec.append(choosers.options("select", name, words(TOPIC, f"map.{name}", lang), inputs))
    return [*spec, _select("end", ENDS, lang)]


def change_spec(case: Case, lang: str) -> list[Spec]:
    """The target of what would have to change."""
    most = case.loss_fen / 100
    amount: Spec = {
        "kind": "range",
        "id": "fen",
        "label": words(TOPIC, "target.fen", lang),
        "min": 0,
        "max": most,
        "step": max(1, round(most / 100)),
        "unit": words("lab", "unit.yuan", lang),
    }
    return [_select("target", TARGETS, lang, "choice"), amount]


def _select(name: str, values: tuple[str, ...], lang: str, kind: str = "select") -> Spec:
    shown = [(v, words(TOPIC, f"{name}.{v}", lang)) for v in values]
    return choosers.options(kind, name, words(TOPIC, f"{name}.label", lang), shown)


def registry_rows(held: Mapping[str, Any], case: Case) -> tuple[Row, ...]:
    """Every value and rule as it stands in this lab."""
    return registry(setup(held, case).regime)
