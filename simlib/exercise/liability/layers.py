"""Exposure, internal share, collection; recourse, deduction, rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from simlib.liability import decide
from simlib.money import WEIGHT_UNITS, split, times

if TYPE_CHECKING:
    import numpy

    from simlib.case.model import Case
    from simlib.liability import Outcome
    from simlib.money import Fen

LOSSES = tuple(n * THOUSAND for n in (16, 20, 24, 25, 30, 32, 40, 48, 50, 60, 80))
# per cent of P, A, B; A's and B's stand in a ratio of 5:3, 3:1, 3:2, 1:1, 4:1
SHARES = ((60, 25, 15), (60, 30, 10), (50, 30, 20), (60, 20, 20), (50, 40, 10), (40, 45, 15))
ODD = tuple(n * THOUSAND for n in (10, 16, 20, 25, 28, 35, 40, 50, 70, 80))  # none divisible by 3
JOINT = ("civil-code:1169(1)", "civil-code:178(1)")
NORMS = ("concert", "help", "separate")
CARELESS = {"A": "payment", "B": "promotion", "D": "account"}  # who helped how in `rounding`
FRAUDSTER = (50, 60, 80)  # per cent; what is left for three is none that three divides


def drawn_three(
    name: str,
    rng: numpy.random.Generator,
    seed: int,
    assets: tuple[float | None, float | None, float | None],
    victim_fault: float = 0,
    **more: object,
) -> Case:
    """Make a case of fraudster P, helpers A (a card) and B (promotion), with shares found."""
    loss, shares = turn(seed, LOSSES, 4), [hundredths(s) for s in pick(rng, SHARES)]
    p, a, b = (
        None if part is None else times(loss, part) // THOUSAND * THOUSAND for part in assets
    )
    return case(
        name,
        loss,
        principal(share=shares[0], assets_fen=p),
        helper("A", share=shares[1], assets_fen=a),
        helper("B", "promotion", share=shares[2], assets_fen=b),
        victim_fault=victim_fault,
        **more,
    )


def known(facts: Case) -> dict[str, object]:
    """Collect loss, shares, limits and assets of a case under the words' names."""
    values: dict[str, object] = {
        "loss_fen": facts.loss_fen,
        "victim_share": facts.party("victim").fault or 0,
    }
    for party in facts.parties[1:]:
        name = party.id.lower()
        values |= {f"{name}_share": party.share, f"{name}_assets_fen": party.assets_fen}
        values |= {f"{name}_limit_share": party.limit}
    return values


def layers(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for exposure, share and payment, with the fraudster insolvent."""
    facts = drawn_three(
        "layers", rng, seed, (0, pick(rng, (0.1, 0.15, 0.2)), pick(rng, (0.5, 0.8, 1.0)))
    )
    outcome = decide(facts, "joint")
    values = known(facts) | {
        "part_fen": usual_slips.exposure(facts, "several"),
        "a_paid_fen": outcome.parties["A"].paid_fen,
        "b_paid_fen": outcome.parties["B"].paid_fen,
        "received_fen": outcome.received_fen,
        "rest_fen": outcome.unrecovered_fen,
    }
    shown = (Phrase("layers.facts", values), Phrase("layers.assets", values))
    return Draft(facts, shown, _layer_steps(facts, outcome), values)


def _layer_steps(facts: Case, outcome: Outcome) -> tuple[Step, ...]:
    a, several = outcome.parties["A"], decide(facts, "several")
    part = certain(several.parties["A"].exposure_fen)
    alone = usual_slips.defendants_only(facts)
    owed, paid = certain(a.exposure_fen), certain(a.paid_fen)
    assets = certain(facts.party("A").assets_fen)
    wrong_exposure = {"as_several": part, "assets_as_exposure": assets,
                      "defendants_only": alone}  # fmt: skip
    equal = usual_slips.equal_shares(facts)
    wrong_share = {"joint_as_share": facts.loss_fen, "equal_shares": equal,
                   "defendants_only": alone}  # fmt: skip
    wrong_paid = {"exposure_as_paid": owed, "share_as_paid": part}
    received = certain(outcome.received_fen)
    wrong_received = {
        "exposure_as_paid": outcome.claim_fen,
        "as_several": certain(several.received_fen),
    }
    return (
        choice("norm", "norm", "help", NORMS, cites=JOINT[:1]),
        amount("exposure", "amount", owed, wrong_exposure, *JOINT),
        amount("share", "share", part, wrong_share, "civil-code:178(2)"),
        amount("paid", "collection", paid, wrong_paid, "civil-code:178(1)"),
        amount("received", "collection", received, wrong_received, "civil-code:178(1)"),
    )


def recourse(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask about 519(2) and (3) where B alone is sued: burden, what he carries, recourse, rank."""
    facts = drawn_three("recourse", rng, seed, (0, None, turn(seed, (0.8, 1.0, 0.75))))
    facts = facts.set({"P.sued": False, "A.sued": False})
    outcome = decide(facts, "joint")
    b = outcome.parties["B"]
    owed = {claim.against: claim for claim in b.recourse}
    assert [owed[id].kind for id in "AP"] == ["share", "insolvent"]
    paid, burden, carried = (certain(x) for x in (b.paid_fen, b.burden_fen, b.carried_fen))
    values = known(facts) | {
        "b_paid_fen": paid,
        "burden_fen": burden,
        "carried_fen": carried,
        "excess_fen": paid - carried,
        "of_p_fen": carried - burden,
        "rest_fen": outcome.unrecovered_fen,
    }
    shown = (Phrase("recourse.facts", values), Phrase("recourse.paid", values))
    kind = "behind" if owed["A"].subordinate else "free"
    return Draft(facts, shown, _recourse_steps(facts, outcome, kind), values, kind)


def _recourse_steps(facts: Case, outcome: Outcome, kind: str) -> tuple[Step, ...]:
    b, loss = outcome.parties["B"], facts.loss_fen
    burden, carried, paid = (certain(x) for x in (b.burden_fen, b.carried_fen, b.paid_fen))
    of_a, of_p = (certain(next(c.fen for c in b.recourse if c.against == id)) for id in "AP")
    a, p = (certain(outcome.parties[id].burden_fen) for id in "AP")
    excess = paid - burden
    return (
        amount("burden", "share", burden,
               {"joint_as_share": loss, "equal_shares": usual_slips.equal_shares(facts, "B"),
                "defendants_only": carried}, "civil-code:178(2)"),
        amount("carried", "recourse", carried,
               {"no_respread": burden, "joint_as_share": loss}, "civil-code:519(3)"),
        amount("A", "recourse", of_a,
               {"whole_payment": paid, "whole_excess": excess, "no_respread": min(excess, a)},
               "civil-code:519(2)", "civil-code:519(3)"),
        amount("P", "recourse", of_p,
               {"no_respread": min(excess, p), "whole_payment": paid}, "civil-code:519(3)"),
        choice("rank", "recourse", kind, ("behind", "equal", "free"), "rank",
               cites=("civil-code:519(2)",)),
    )  # fmt: skip


def deduction(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for damages and claims: reduce first, then deduct what was really repaid, by payer."""
    payer, back = turn(seed, ("pool", "A", "P")), pick(rng, (1, 2, 3)) * THOUSAND
    ordered, fine = pick(rng, (4, 5)) * THOUSAND, pick(rng, (6, 8)) * THOUSAND
    facts = drawn_three(
        "deduction",
        rng,
        seed,
        (None, None, None),
        victim_fault=hundredths(pick(rng, (10, 20, 25))),
        rules={"victim_fault": "on"},  # as the question says: for who acted on purpose, too
        recoveries=[{"payer": payer, "amount_fen": back}],
        criminal=[{"party": "A", "status": "effective", "charge": "assisting", "fine_fen": fine}],
    )
    values = known(facts) | {
        "back_fen": back,
        "payer_word": f"payer.{payer}",
        "ordered_fen": ordered,
        "fine_fen": fine,
        "damages_fen": decide(usual_slips.before_returns(facts), "joint").claim_fen,
        "claim_fen": decide(facts, "joint").claim_fen,
        "part_fen": usual_slips.exposure(usual_slips.before_returns(facts), "several"),
    }
    shown = tuple(Phrase(f"deduction.{key}", values) for key in ("facts", "returns"))
    return Draft(facts, shown, _deduction_steps(facts, back, ordered), values,
                 "own" if payer == "A" else "others")  # fmt: skip


def _deduction_steps(facts: Case, back: Fen, ordered: Fen) -> tuple[Step, ...]:
    before = usual_slips.before_returns(facts)
    damages, joint = decide(before, "joint").claim_fen, decide(facts, "joint")
    claim = joint.claim_fen
    several = usual_slips.exposure(facts, "several")
    first = decide(facts, "joint", {"deduction": "restitution_first"}).claim_fen
    wrong_damages = {"not_reduced": facts.loss_fen, "restitution_first": first}  # fmt: skip
    wrong_joint = {
        "restitution_first": first,
        "not_deducted": damages,
        "not_reduced": facts.loss_fen - back,
        "ordered_deducted": usual_slips.ordered_deducted(facts, "joint", ordered),
        "fine_deducted": usual_slips.fine_deducted(facts, "joint"),
        "as_several": several,
    }
    own = facts.set({"recoveries[0].payer": "A"})
    wrong_several = {
        "share_of_claim": usual_slips.share_of_claim(facts),
        "payer_ignored": usual_slips.exposure(own, "several"),
        "not_deducted": usual_slips.exposure(before, "several"),
        "not_reduced": usual_slips.exposure(facts.set({"victim.fault": 0}), "several"),
        "as_joint": claim,
    }
    return (
        amount("damages", "deduction", damages, wrong_damages, "civil-code:1173"),
        amount("joint", "deduction", certain(joint.parties["A"].exposure_fen), wrong_joint,
               "tort-interpretation-1:17", "civil-code:520(1)"),
        amount("several", "deduction", several, wrong_several, "civil-code:1172"),
    )  # fmt: skip


def rounding(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for three careless helpers' equal parts of what is theirs; three does not divide it."""
    loss, percent = turn(seed, ODD, 3), pick(rng, FRAUDSTER)
    fraudster = principal(sued=False, share=hundredths(percent))
    facts = case("rounding", loss, fraudster, *_careless(100 - percent))
    several = decide(facts, "several").parties
    parts = {id: certain(several[id].exposure_fen) for id in CARELESS}
    theirs = sum(parts.values())
    alone = usual_slips.rounded_alone(theirs, 3)
    values: dict[str, object] = {"loss_fen": loss, "part_fen": theirs}
    values |= {"alone_fen": alone, "sum_fen": 3 * alone}
    values |= {"p_share": hundredths(percent), "rest_share": hundredths(100 - percent)}
    values |= {f"{id.lower()}_fen": part for id, part in parts.items()}
    cites = ("civil-code:1172", "civil-code:177")
    steps: list[Step] = [choice("rule", "share", "equal", ("equal", "fault", "whole"), "division",
                    cites=cites)]  # fmt: skip
    for id, other in (("A", "D"), ("D", "A")):
        wrong = {"rounded_alone": alone, "rounded_down": theirs // 3, "last_first": parts[other],
                 "defendants_only": usual_slips.rounded_alone(loss, 3),
                 "equal_shares": loss // 4, "as_joint": loss}  # fmt: skip
        steps.append(amount(id, "rounding", parts[id], wrong, *cites))
    return Draft(facts, (Phrase("rounding.facts", values),), tuple(steps), values)


def _careless(percent: int) -> list[Facts]:
    """Make three slightly negligent helpers who share so much equally, in whole billionths."""
    thirds = split(WEIGHT_UNITS * percent // 100, (1, 1, 1))
    return [
        helper(id, act, grade="slight", share=third / WEIGHT_UNITS)
        for (id, act), third in zip(CARELESS.items(), thirds, strict=True)
    ]
