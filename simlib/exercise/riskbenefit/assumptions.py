"""Which of two assumptions moves the amount, form by form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise import usual_slips
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    LOSSES,
    Draft,
    case,
    choice,
    helper,
    pick,
    principal,
    shuffled,
    turn,
)
from simlib.law.modes import mode_law_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy

    from simlib.case.model import Case
    from simlib.money import Fen

LEVERS = {
    "gain": ("A.gain_direct_fen", (50_000, 80_000, 100_000), (200_000, 300_000)),
    "cause": ("A.causal_force", (0.2, 0.3, 0.4), (0.6, 0.7, 0.8)),
    "limit": ("A.limit", (0.2, 0.3), (0.4, 0.5)),
    "proof": ("A.proof.fault", (0.6, 0.7), (0.8, 0.9)),
}
LEVER_MODES = (
    "joint",
    "several",
    "partial_joint",
    "benefit_cap",
    "risk_benefit",
    "all_or_nothing",
)


def lever(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask which of two assumed facts moves the amount, under two modes."""
    loss, pair = turn(seed, LOSSES, 5), shuffled(rng, tuple(LEVERS))[:2]
    ends = {name: (pick(rng, low), pick(rng, high)) for name, (_, low, high) in LEVERS.items()}
    facts = case(
        "lever",
        loss,
        principal(sued=False),
        helper(grade=None, fault=0.8, foresight=0.8, control=0.5),
    ).set({LEVERS[name][0]: low for name, (low, _) in ends.items()})
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
    return choice(
        place,
        "mode",
        key.get((first, second), "neither"),
        ("first", "second", "both", "neither"),
        "lever",
        cites=mode_law_for(mode, facts).cites,
    )
