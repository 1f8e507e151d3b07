"""Amounts: the same facts under three modes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.exercise import usual_slips
from simlib.exercise.case.norm import LOW
from simlib.exercise.model import Phrase, Step
from simlib.exercise.variants import (
    LOSSES,
    SHARES,
    THOUSAND,
    Draft,
    amount,
    case,
    helper,
    hundredths,
    pick,
    principal,
    turn,
)
from simlib.law.regime import regime_for
from simlib.liability import decide
from simlib.money import times

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy

    from simlib.case.model import Case

HIGH = (0.8, 0.9)  # degrees of proof above the standard


def modes(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for one case's amount under joint, several, and all or nothing."""
    loss, share = turn(seed, LOSSES, 5), pick(rng, SHARES)
    back, ordered, fine = (n * THOUSAND for n in (pick(rng, (2, 4)), pick(rng, (1, 3)), 5))
    weak = turn(seed, ("fault", "none", "causation", "none"))
    degrees = {name: pick(rng, LOW if name == weak else HIGH) for name in ("fault", "causation")}
    facts = case(
        "modes",
        loss,
        principal(sued=False, share=hundredths(100 - share)),
        helper(share=hundredths(share), proof=degrees),
        recovered_fen=back,
        criminal=[{
            "party": "A", "status": "effective", "charge": "assisting", "fine_fen": fine,
            "restitution": "own-gain",
        }],
    )  # fmt: skip
    values = {"ordered_fen": ordered, "fine_fen": fine} | _mode_values(facts)
    shown = tuple(Phrase(f"modes.{key}", values) for key in ("facts", "returns", "proof"))
    proved = bool(usual_slips.exposure(facts, "all_or_nothing"))
    steps = _mode_steps(facts, ordered, sorted(degrees.values()))
    return Draft(facts, shown, steps, values, "proved" if proved else "unproved")


def _mode_values(facts: Case) -> dict[str, object]:
    helped = facts.party("A")
    assert helped.proof is not None
    return {
        "loss_fen": facts.loss_fen,
        "back_fen": facts.recovered_fen,
        "claim_fen": decide(facts, "joint").claim_fen,
        "a_share": helped.share,
        "p_share": facts.party("P").share,
        "fault_share": helped.proof.fault,
        "causation_share": helped.proof.causation,
        "standard_share": regime_for(facts).value("proof.standard"),
        "part_fen": usual_slips.exposure(facts, "several"),
    }


def _mode_steps(facts: Case, ordered: int, degrees: Sequence[float]) -> tuple[Step, ...]:
    joint, several = (usual_slips.exposure(facts, mode) for mode in ("joint", "several"))
    wrong_joint = {
        "as_several": several,
        "share_of_claim": usual_slips.share_of_claim(facts),
        "ordered_deducted": usual_slips.ordered_deducted(facts, "joint", ordered),
        "fine_deducted": usual_slips.fine_deducted(facts, "joint"),
        "not_deducted": usual_slips.exposure(usual_slips.before_returns(facts), "joint"),
    }
    wrong_several = {
        "as_joint": joint,
        "joint_as_share": facts.loss_fen,
        "share_of_claim": usual_slips.share_of_claim(facts),
        "payer_ignored": max(0, several - facts.recovered_fen),
        "equal_shares": usual_slips.equal_shares(facts),
    }
    wrong_proof = {
        "expected_value": times(joint, degrees[0]),
        "degrees_multiplied": times(times(joint, degrees[0]), degrees[1]),
        "standard_ignored": joint,
        "standard_missed": 0,
        "as_several": several,
        "not_deducted": facts.loss_fen,
    }
    aon = usual_slips.exposure(facts, "all_or_nothing")
    return (
        amount("joint", "amount", joint, wrong_joint, "civil-code:1169(1)", "civil-code:178(1)"),
        amount("several", "amount", several, wrong_several, "civil-code:1172", "civil-code:177"),
        amount("proof", "amount", aon, wrong_proof, "civil-procedure-interpretation:108(1)"),
    )
