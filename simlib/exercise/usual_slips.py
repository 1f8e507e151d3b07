"""The usual wrong ways to an amount: each is the engine's right answer to another question."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.liability import decide
from simlib.money import half_up, split

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.money import Fen

# which step of the reasoning has gone wrong
LAYER_OF = {
    "found_for_all": "proof",
    "flow_as_found": "proof",
    "not_yet_final": "proof",
    "by_heads": "causation",
    "one_link_one_part": "causation",
    "sets_not_orders": "causation",
    "not_needed": "causation",
    "own_link_only": "causation",
    "against_the_chain": "causation",
    "whole_loss": "causation",
    "whole_flow": "causation",
    "whole_gain": "causation",
    "gain_by_loss": "causation",
    "money_as_gain": "causation",
    "chance_of_loss": "causation",
    "chance_of_receipt": "causation",
    "twin_rate": "causation",
    "middle_of_band": "causation",
    "whole_passed": "causation",
    "gain_by_passed": "causation",
    "heads_of_gain": "causation",
    "as_fifo": "tracing",
    "as_lifo": "tracing",
    "as_pro_rata": "tracing",
    "whole_payment_hers": "tracing",
    "payment_as_hers": "tracing",
    "own_money_forgotten": "tracing",
    "stamp_overlooked": "tracing",
    "stamp_stretched": "tracing",
    "heads_of_pool": "tracing",
    "first_come": "tracing",
    "rest_of_pool": "tracing",
    "return_as_claim": "deduction",
    "gain_not_lifted": "model",
    "mean_of_three": "model",
    "scores_multiplied": "model",
    "score_as_share": "model",
    "half_forgotten": "model",
    "base_alone": "model",
    "cap_ignored": "model",
    "cap_alone": "model",
    "not_scaled": "model",
    "scaled_to_whole": "model",
    "cut_alone": "model",
    "least_as_share": "model",
    "as_joint": "mode",
    "as_several": "mode",
    "joint_as_share": "share",
    "equal_shares": "share",
    "defendants_only": "share",
    "share_of_claim": "share",
    "expected_value": "amount",
    "degrees_multiplied": "amount",
    "standard_ignored": "amount",
    "standard_missed": "amount",
    "assets_as_exposure": "amount",
    "limit_of_rest": "amount",
    "limit_alone": "amount",
    "rest_alone": "amount",
    "release_ignored": "amount",
    "release_of_all": "amount",
    "exposure_as_paid": "collection",
    "share_as_paid": "collection",
    "inner": "collection",
    "pro_rata": "collection",
    "uncapped": "collection",
    "claims_added": "deduction",
    "fault_on_return": "deduction",
    "gone_forgiven": "norm",
    "good_returns_all": "norm",
    "tort_alone": "norm",
    "not_reduced": "deduction",
    "not_deducted": "deduction",
    "restitution_first": "deduction",
    "ordered_deducted": "deduction",
    "fine_deducted": "deduction",
    "payer_ignored": "deduction",
    "no_respread": "recourse",
    "whole_payment": "recourse",
    "borne_himself": "recourse",
    "whole_excess": "recourse",
    "rounded_alone": "rounding",
    "rounded_down": "rounding",
    "last_first": "rounding",
}


def certain(amount: object) -> Fen:
    """Return an amount that no unknown fact leaves open [fen]; an exercise asks for no other."""
    if not isinstance(amount, int):
        raise TypeError(f"an exercise asks for one amount, not for {amount!r}")
    return amount


def exposure(case: Case, mode: str, party: str = "A", **rules: str) -> Fen:
    """Return what can be claimed of a party under a mode [fen]."""
    return certain(decide(case, mode, rules).parties[party].exposure_fen)


def before_returns(case: Case) -> Case:
    """Return the case before any money came back."""
    changes: dict[str, object] = {"recovered_fen": 0}
    changes |= {f"recoveries[{n}].amount_fen": 0 for n in range(len(case.recoveries))}
    changes |= {f"criminal[{n}].restitution_paid_fen": 0 for n in range(len(case.criminal))}
    return case.set(changes)


def share_of_claim(case: Case, party: str = "A") -> int:
    """Apply his share to the open claim instead of the damages [fen]."""
    still_open = {"loss_fen": decide(case, "joint").claim_fen, "victim.fault": 0}
    return exposure(before_returns(case).set(still_open), "several", party)


def fine_deducted(case: Case, mode: str, party: str = "A") -> int:
    """Deduct the fine as if it were money returned [fen]."""
    fines = sum(entry.fine_fen or 0 for entry in case.criminal)
    back = min(case.loss_fen, case.recovered_fen + fines)
    return exposure(case.set({"recovered_fen": back}), mode, party)


def ordered_deducted(case: Case, mode: str, ordered_fen: int, party: str = "A") -> int:
    """Deduct restitution ordered but not paid [fen]."""
    return exposure(case.set({"criminal[0].restitution_paid_fen": ordered_fen}), mode, party)


def equal_shares(case: Case, party: str = "A") -> int:
    """Split equally although shares were found [fen]."""
    unshared = {f"{p.id}.share": None for p in case.parties if p.share is not None}
    return exposure(case.set(unshared), "several", party, share="equal")


def defendants_only(case: Case, party: str = "A") -> int:
    """Split the damages among the helpers, leaving the fraudster out [fen]."""
    helpers = [p for p in case.parties if p.role == "helper"]
    damages = decide(before_returns(case), "joint").claim_fen
    parts = split(damages, [1 if p.share is None else p.share for p in helpers])
    return dict(zip([p.id for p in helpers], parts, strict=True))[party]


def rounded_alone(total_fen: int, count: int) -> int:
    """Round one of `count` equal parts without the others [fen]."""
    return half_up(Fraction(total_fen, count))
