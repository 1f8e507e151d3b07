"""What is assumed: which lever moves an amount, which does nothing, what the paper says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise import usual_slips
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    LOSSES,
    THOUSAND,
    Draft,
    Facts,
    case,
    choice,
    helper,
    pick,
    principal,
    shuffled,
    turn,
)
from simlib.law.modes import mode_law_for
from simlib.law.regime import regime_for
from simlib.liability import decide
from simlib.riskbenefit import assess, levers, ranks
from simlib.riskbenefit.reforms import proposal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy

    from simlib.case.model import Case
    from simlib.money import Fen

MODEL = ("paper:risk-benefit",)
LEVERS = {
    "gain": ("A.gain_direct_fen", (50_000, 80_000, 100_000), (200_000, 300_000)),
    "cause": ("A.causal_force", (0.2, 0.3, 0.4), (0.6, 0.7, 0.8)),
    "limit": ("A.limit", (0.2, 0.3), (0.4, 0.5)),
    "proof": ("A.proof.fault", (0.6, 0.7), (0.8, 0.9)),
}
LEVER_MODES = ("joint", "several", "partial_joint", "benefit_cap", "risk_benefit",
               "all_or_nothing")  # fmt: skip


def lever(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask which of two assumed facts moves the amount, under two modes."""
    loss, pair = turn(seed, LOSSES, 5), shuffled(rng, tuple(LEVERS))[:2]
    ends = {name: (pick(rng, low), pick(rng, high)) for name, (_, low, high) in LEVERS.items()}
    helped = helper(grade=None, fault=0.8, foresight=0.8, control=0.5)
    facts = case("lever", loss, principal(sued=False), helped).set(
        {LEVERS[name][0]: low for name, (low, _) in ends.items()}
    )
    turned = [facts.set({LEVERS[name][0]: ends[name][1]}) for name in pair]
    amounts = {m: [usual_slips.exposure(c, m) for c in (facts, *turned)] for m in LEVER_MODES}
    values: dict[str, object] = {"loss_fen": loss}
    for place, name in zip(("first", "second"), pair, strict=True):
        values[f"{place}_said"] = Phrase(f"lever.move.{name}", _ends(name, *ends[name]))
    values["held_said"] = _unmoved([name for name in LEVERS if name not in pair], ends)
    steps = []
    for place, mode in zip(("m1", "m2"), _two_modes(rng, amounts), strict=True):
        before, first, second = amounts[mode]
        values |= {f"{place}_mode": mode, f"{place}_fen": before}
        values |= {f"{place}_first_fen": first, f"{place}_second_fen": second}
        steps.append(_which(facts, place, mode, before != first, before != second))
    return Draft(facts, (Phrase("lever.facts", values),), tuple(steps), values)


def _two_modes(rng: numpy.random.Generator, amounts: Mapping[str, list[Fen]]) -> tuple[str, ...]:
    """Draw two modes, of which at least one moves."""
    moving = pick(rng, [m for m, (before, *after) in amounts.items() if after != [before] * 2])
    other = pick(rng, [m for m in amounts if m != moving])
    return shuffled(rng, (moving, other))


def _unmoved(names: list[str], ends: Mapping[str, tuple[float, float]]) -> Phrase:
    """Name the two assumptions that stay as they are."""
    one, two = (Phrase(f"lever.held.{name}", _ends(name, *ends[name])) for name in names)
    return Phrase("lever.held.list", {"one_said": one, "two_said": two})


def _ends(name: str, low: float, high: float) -> dict[str, object]:
    unit = {"gain": "fen", "limit": "share", "proof": "share"}.get(name, "number")
    return {f"low_{unit}": low, f"high_{unit}": high}


def _which(facts: Case, place: str, mode: str, first: bool, second: bool) -> Step:
    key = {(True, True): "both", (True, False): "first", (False, True): "second"}
    return choice(place, "mode", key.get((first, second), "neither"),
                  ("first", "second", "both", "neither"), "lever",
                  cites=mode_law_for(mode, facts).cites)  # fmt: skip


# ---------------------------------------------------------------- a lever that does nothing

DEAD_LOSSES = tuple(n * THOUSAND for n in (20, 25, 30, 40, 50, 60, 80))
STANDS: dict[str, Facts] = {
    "cap": {"grade": "knowing", "foresight": 0.9, "control": 0.9, "causal_force": 0.9},
    "slack": {"grade": "knowing", "foresight": 0.6, "control": 0.5, "causal_force": 0.4},
    "direct": {"grade": "knowing", "foresight": 0.6, "control": 0.5, "causal_force": 0.5,
               "direct": True},
    "gate": {"grade": "none", "foresight": 0.6, "control": 0.5, "causal_force": 0.5},
}  # fmt: skip
RATIOS = {"cap": (4, 5), "slack": (50, 100), "direct": (20, 25), "gate": (20, 25)}  # loss ÷ gain
# what each question lets one answer; the key is the lever's own reason
QUESTIONS = {
    "cause": ("causal_force", ("moves", "cap-binds", "floor-binds", "gate-fault")),
    "cap": ("cap.payment", ("moves", "cap-slack", "direct", "gate-fault")),
    "floor": ("direct_floor", ("moves", "not-direct", "floor-slack", "gate-fault")),
    "grade": ("grade", ("moves", "gate-open", "cap-binds")),
}


def dead(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask which of causal force, cap, direct floor and grade moves A's share here."""
    stand, loss = turn(seed, tuple(STANDS)), turn(seed, DEAD_LOSSES, 3)
    gain = loss // pick(rng, RATIOS[stand])
    facts = case(
        "dead", loss, principal(sued=False), helper() | STANDS[stand] | {"gain_direct_fen": gain}
    )
    law = proposal(facts)
    values = {
        "loss_fen": loss,
        "gain_fen": gain,
        "now_share": assess("A", facts).share,
        "cap_share": law.value("cap.payment"),
        "floor_share": law.value("direct_floor"),
        "cause_number": STANDS[stand]["causal_force"],
    }
    values |= {f"{name}_number": STANDS[stand][name] for name in ("foresight", "control")}
    shown = (Phrase("dead.facts", values), Phrase(f"dead.stand.{stand}", values))
    return Draft(facts, shown, _questions(facts), values, stand)


def _questions(facts: Case) -> tuple[Step, ...]:
    why = {lever.key: lever.reason for lever in levers("A", facts)}
    return tuple(
        choice(id, "model", why[key] or "moves", options, "dead", cites=MODEL)
        for id, (key, options) in QUESTIONS.items()
    )


# ---------------------------------------------------------------- what the paper says and does not

PAPER_LOSSES = tuple(n * THOUSAND for n in (20, 25, 30, 40, 50))
PAIRS = (
    ("tech", "account"), ("payment", "tech"), ("promotion", "payment"), ("account", "promotion"),
    ("payment", "promotion"), ("tech", "promotion"), ("account", "tech"), ("account", "payment"),
)  # fmt: skip
FAMILIES = ("base", "cap", "rho")
RANK = {True: "first", False: "second", None: "unranked"}
SOURCES = {"teaching assumption": "teaching", "reform proposal": "paper"}


def paper(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the order of two acts, a number's source, the model's standing and the objection."""
    (first, second), loss = turn(seed, PAIRS, 3), turn(seed, PAPER_LOSSES, 2)
    family = pick(rng, FAMILIES)
    key = f"{family}.{first}"
    facts = case("paper", loss, principal(sued=False), helper("A", first), helper("B", second))
    mode = mode_law_for("risk_benefit", facts)
    values = {
        "loss_fen": loss,
        "first_word": f"help.{first}",
        "second_word": f"help.{second}",
        "family_word": f"family.{family}",
        "value_number": f"{proposal(facts).value(key):g}",
        "ranked_word": f"paper.ranked.{RANK[_ranked(first, second)]}",
    }
    steps = (
        choice("rank", "model", RANK[_ranked(first, second)], ("first", "second", "unranked"),
               "order", cites=("paper:act-types",)),
        choice("number", "model", SOURCES[proposal(facts).parameter(key).basis],
               ("paper", "court", "teaching"), "source", cites=MODEL),
        choice("standing", "norm", _standing(mode.basis, facts),
               ("law", "proposal", "practice"), "standing", cites=mode.cites[:1]),
        choice("objection", "norm",
               "objection" if "civil-code:178(3)" in mode.objection_cites else "several",
               ("objection", "several", "fairness"), "against", cites=("civil-code:178(3)",)),
    )  # fmt: skip
    return Draft(facts, (Phrase("paper.facts", values),), steps, values)


def _ranked(first: str, second: str) -> bool | None:
    """Tell whether the paper ranks the first act above the second; None if it does not say."""
    higher, lower = ranks(first, second), ranks(second, first)
    return None if higher is None and lower is None else bool(higher)


def _standing(basis: str, facts: Case) -> str:
    """Say what kind of thing the model is: no form that the law in force gives to anybody."""
    given = {decide(facts, "auto").parties["A"].mode, *regime_for(facts).auto.values()}
    in_force = "risk_benefit" in given
    return "law" if in_force else "proposal" if basis == "reform proposal" else "practice"
