"""Money on its way: what came through a card, whose gain it was, and what a later card cost."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.causation import chance, legal_steps
from simlib.exercise.model import Phrase, Step
from simlib.exercise.usual_slips import certain, exposure
from simlib.exercise.variants import (
    THOUSAND,
    Draft,
    Facts,
    amount,
    case,
    choice,
    helper,
    pick,
    principal,
)
from simlib.exercise.variants import turn as in_turn
from simlib.interval import high_end, low_end
from simlib.law.regime import regime_for
from simlib.money import half_up, times

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case
    from simlib.money import Fen

# claimant's loss, what of it came to A's card, all that came to it [thousand yuan]
FLOWS = ((25, 10, 50), (40, 16, 80), (30, 12, 40), (50, 20, 100), (60, 15, 75), (24, 6, 48),
         (80, 20, 200))  # fmt: skip
GAINS = (100_000, 200_000, 400_000, 500_000)  # fen: 1 000 to 5 000 yuan
PASSED = ((40, 30, 20), (50, 50, 40), (60, 40, 30), (80, 60, 50), (30, 20, 10))
ENDS = ("rho_recovery.low", "rho_recovery.high")
TWIN = 0.1  # the share a court is reported to have ordered: nobody's rate of recovery


def account(id: str, holder: str, **more: object) -> Facts:
    """Make an account."""
    return {"id": id, "holder": holder, **more}


def transfer(id: str, payer: str, payee: str, fen: Fen) -> Facts:
    """Make a transfer."""
    return {"id": id, "payer": payer, "payee": payee, "amount_fen": fen}


def flow(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for a helper's cap by the flow through his card, and for his gain from this claimant."""
    loss, came, inflow = (n * THOUSAND for n in in_turn(seed, FLOWS, 3))
    gain = pick(rng, GAINS)
    facts = case(
        "flow",
        loss,
        principal(sued=False),
        helper("A", gain_direct_fen=gain),
        helper("B"),
        accounts=[account("card-a", "A", inflow_fen=inflow), account("card-b", "B")],
        transfers=[
            transfer("t1", "victim", "card-a", came),
            transfer("t2", "victim", "card-b", loss - came),
        ],
    )
    step = legal_steps(facts, "A").step("flow_cap")
    cap = certain(step and step.value)
    own = exposure(facts, "benefit_cap")
    values = {"loss_fen": loss, "came_fen": came, "inflow_fen": inflow, "gain_fen": gain,
              "rest_fen": loss - came, "own_fen": own}  # fmt: skip
    steps = (
        amount("cap", "causation", cap, {"whole_loss": loss, "whole_flow": inflow},
               "civil-code:1165(1)", "civil-code:1169(1)"),
        amount("gain", "causation", own, {"whole_gain": gain,
               "gain_by_loss": half_up(Fraction(gain * loss, inflow)), "money_as_gain": came},
               "paper:benefit"),
    )  # fmt: skip
    return Draft(facts, (Phrase("flow.facts", values),), steps, values)


def tiers(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask when two cards took part, and for the band of a lost chance of recovery."""
    loss, came, passed = (n * THOUSAND for n in in_turn(seed, PASSED, 2))
    facts = case(
        "tiers",
        loss,
        principal(sued=False),
        helper("A"),
        helper("B"),
        helper("D"),
        accounts=[account("card-a", "A"), account("card-b", "B"), account("card-d", "D")],
        transfers=_passed(loss, came, passed),
    )
    lost = chance(facts, "D").interval
    assert lost is not None
    rates = [regime_for(facts).value(key) for key in ENDS]
    low, high = low_end(lost), high_end(lost)
    values = {"loss_fen": loss, "came_fen": came, "passed_fen": passed, "low_fen": low,
              "high_fen": high, "low_share": rates[0], "high_share": rates[1]}  # fmt: skip
    shown = ("tiers.facts", "tiers.split" if came < loss else "tiers.one", "tiers.rates")
    steps = (
        _when("first", facts, "A"),
        _when("later", facts, "D"),
        amount("low", "causation", low, _not_a_chance(rates[0], rates, loss, came, passed),
               "civil-code:1165(1)"),
        amount("high", "causation", high, _not_a_chance(rates[1], rates, loss, came, passed),
               "civil-code:1165(1)"),
        choice("form", "causation", "band" if low < high else "point",
               ("point", "band", "whole"), "chance"),
    )  # fmt: skip
    return Draft(facts, tuple(Phrase(key, values) for key in shown), steps, values)


def _passed(loss: Fen, came: Fen, passed: Fen) -> list[Facts]:
    rest = [transfer("t2", "victim", "card-b", loss - came)] if came < loss else []
    return [
        transfer("t1", "victim", "card-a", came),
        *rest,
        transfer("t3", "card-a", "card-d", passed),
    ]


def _when(id: str, facts: Case, who: str) -> Step:
    """Ask whether a card took part in the loss or came after it; views differ on the first."""
    first = chance(facts, who).refusal == "first-layer"
    return choice(id, "causation", "at_loss" if first else "after", ("at_loss", "after", "idle"),
                  "moment", also=("after",) if first else (),
                  cites=("civil-code:1169(1)",))  # fmt: skip


def _not_a_chance(
    rate: float, rates: list[float], loss: Fen, came: Fen, passed: Fen
) -> dict[str, int]:
    return {
        "chance_of_loss": times(loss, rate),
        "chance_of_receipt": times(came, rate),
        "twin_rate": times(passed, TWIN),
        "middle_of_band": half_up(Fraction(times(passed, rates[0]) + times(passed, rates[1]), 2)),
        "whole_passed": passed,
    }
