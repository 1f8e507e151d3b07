"""Which lever does nothing where the model stands, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    THOUSAND,
    Draft,
    Facts,
    case,
    choice,
    helper,
    pick,
    principal,
    turn,
)
from simlib.riskbenefit import assess, levers
from simlib.riskbenefit.reforms import proposal

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

LOSSES = tuple(n * THOUSAND for n in (20, 25, 30, 40, 50, 60, 80))
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
    stand, loss = turn(seed, tuple(STANDS)), turn(seed, LOSSES, 3)
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
        choice(id, "model", why[key] or "moves", options, "dead", cites=("paper:risk-benefit",))
        for id, (key, options) in QUESTIONS.items()
    )
