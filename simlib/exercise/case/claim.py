"""Unjust enrichment: good or bad faith, the two readings of what was obtained, never with tort."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.enrichment import READINGS, assess, either
from simlib.exercise import usual_slips
from simlib.exercise.model import Phrase, Step
from simlib.exercise.usual_slips import certain
from simlib.exercise.variants import (
    THOUSAND,
    Draft,
    Facts,
    amount,
    case,
    choice,
    helper,
    hundredths,
    pick,
    principal,
    turn,
)
from simlib.money import half_up

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case

# the plaintiff's money, others' money on the same card, frozen of hers [thousand yuan]
CARDS = ((25, 75, 10), (20, 60, 5), (40, 60, 15), (30, 20, 8), (15, 45, 6), (50, 150, 20))
PAYS = (100_000, 200_000, 300_000, 400_000)  # fen
OWN = (20, 30, 40, 60)  # per cent
NORMS = ("good", "bad", "tort")
READ = {"passed": "doctrine:obtained-passing", "kept": "doctrine:obtained-kept"}


def claim(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask what a card holder returns on either reading, and what both claims come to."""
    kind = turn(seed, ("gone", "frozen"))
    loss, other, held = (n * THOUSAND for n in turn(seed, CARDS, 5))
    pay, own = pick(rng, PAYS), pick(rng, OWN)
    facts = _gone(loss, other, pay, own) if kind == "gone" else _frozen(loss, other, held)
    owed = {key: certain(assess(facts, "A").readings[key].owed.value) for key in READINGS}
    tort = usual_slips.exposure(facts, "auto")
    both = certain(either(tort, owed["passed"]))
    values = {
        "loss_fen": loss,
        "other_fen": other,
        "total_fen": loss + other,
        "gain_fen": pay,
        "held_fen": held,
        "victim_share": hundredths(own),
        "tort_fen": tort,
        "kept_fen": owed["kept"],
        "both_fen": both,
    }
    steps = _steps(kind, facts, values, owed["passed"])
    return Draft(facts, (Phrase(f"claim.facts.{kind}", values),), steps, values, kind)


def _gone(loss: int, other: int, pay: int, own: int) -> Case:
    """Make a case: he knew, all was passed on, he was paid, and she was careless too."""
    lender = helper(gain_direct_fen=pay, causal_force=1)
    return _case(loss, other, lender, {"held_fen": 0}, hundredths(own))


def _frozen(loss: int, other: int, held: int) -> Case:
    """Make a case: his card was used without his fault, part of her money is frozen there."""
    owner = helper(grade="none", gain_direct_fen=0, causal_force=1)
    return _case(loss, other, owner, {"held_fen": held, "frozen_fen": held}, 0)


def _case(loss: int, other: int, lender: Facts, card: Facts, own: float) -> Case:
    account = {"id": "card-a", "holder": "A", "inflow_fen": loss + other, **card}
    paid = {"id": "t1", "payer": "victim", "payee": "card-a", "amount_fen": loss}
    people = principal(sued=False), lender
    reading = {"victim_fault": "on"}  # as the question says: for who acted on purpose, too
    return case(
        "claim", loss, *people, victim_fault=own, rules=reading, accounts=[account],
        transfers=[paid],
    )  # fmt: skip


def _steps(kind: str, facts: Case, values: dict[str, int | float], passed: int) -> tuple[Step, ...]:
    loss, pay, tort = facts.loss_fen, int(values["gain_fen"]), int(values["tort_fen"])
    total = int(values["total_fen"])
    law = "civil-code:987" if kind == "gone" else "civil-code:986"
    wrong = {
        "gone": {
            "passed": {"gone_forgiven": 0, "fault_on_return": tort},
            "kept": {"whole_gain": pay, "heads_of_gain": half_up(Fraction(pay, 2))},
            "both": {"claims_added": tort + passed, "tort_alone": tort},
        },
        "frozen": {
            "passed": {"good_returns_all": loss},
            "kept": {"good_returns_all": loss, "whole_flow": total},
            "both": {"tort_alone": tort, "good_returns_all": loss},
        },
    }[kind]
    flow = {"whole_flow": total}
    kept = wrong["kept"] | {"money_as_gain": loss}
    return (
        choice("faith", "norm", "bad" if kind == "gone" else "good", NORMS, "faith", cites=(law,)),
        amount("passed", "amount", passed, wrong["passed"] | flow, law, READ["passed"]),
        amount("kept", "amount", int(values["kept_fen"]), kept, law, READ["kept"]),
        amount("both", "deduction", int(values["both_fen"]), wrong["both"],
               "doctrine:enrichment-and-tort"),
    )  # fmt: skip
