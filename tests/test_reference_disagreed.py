"""Where engine and reference once disagreed: small cases, each with its calculation by hand.

Found by the random comparison (`test_reference_engine.py`); both must give the number reckoned.
"""

from __future__ import annotations

import pytest
from replay import differences
from test_reference_engine import agree, beside_p, decided, expect, helper, loaded

from simlib import sweep


def onward(case: dict, *sent: tuple, late: str = "") -> dict:
    """The case with cards for its lenders, her money sent on, and one who came after the loss."""
    lent = [p["id"] for p in case["parties"] if p.get("act") == "payment"]
    acts = [{"id": "fraud", "party": "P", "stage": "contact", "title": "fraud"}]
    if late:
        acts.append(acts[0] | {"id": "d", "party": late, "stage": "after", "after_loss": True})
    return case | {
        "accounts": [{"id": f"{who}-card", "holder": who} for who in lent],
        "transfers": [{"id": f"t{n}", "payer": a, "payee": b, "amount_fen": x}
                      for n, (a, b, x) in enumerate(sent)],
        "loss_needs": ["fraud"], "acts": acts,
    }  # fmt: skip


@pytest.mark.parametrize("mode", ["risk_benefit", "discretionary"])
def test_nothing_is_scored_in_a_piece_of_principals_alone(mode: str, tmp_path: object) -> None:
    """1 : .2 of 1551 is 1292.5 and 258.5, as in a case of theirs: the odd fen goes to the first."""
    known = {"foresight": 0.5, "control": 0.5, "gain_direct_fen": 1, "court_share": 0.5}
    second = {"id": "Q", "role": "principal", "causal_force": 0.2}
    case = beside_p(second, helper("A", fault=0.8, causal_force=0.5, **known), loss=1552)
    case = onward(case, ("V", "A-card", 1), ("V", "P", 1551))
    read = loaded(case, tmp_path)
    outcome = decided(read, mode)
    alone = outcome.pieces[0].parties
    assert [alone[i].burden_fen for i in "PQ"] == [1293, 258]
    found = sweep(read, {"V.fault": [0.0]}, mode, "P.paid_fen")
    assert found.tolist() == [outcome.parties["P"].paid_fen]
    agree(outcome, expect(case, mode), mode)


def test_principals_alone_share_as_stated_at_discretion(tmp_path: object) -> None:
    """.35 and .61 of .96 of 48 are 17.5 and 30.5: the odd fen goes to the first."""
    case = beside_p({"id": "Q", "role": "principal", "share": 0.61},
                    helper("A", fault=0, share=0.04), loss=48)  # fmt: skip
    case["parties"][1]["share"] = 0.35
    outcome = decided(loaded(case, tmp_path), "discretionary")
    assert [outcome.parties[i].burden_fen for i in "PQ"] == [18, 30]
    agree(outcome, expect(case, "discretionary"), "discretionary")


def test_nothing_is_spread_again_to_who_stands_outside(tmp_path: object) -> None:
    """A's whole share is unpaid; P, whose own is 0, and she divide the 10; B takes no part."""
    case = beside_p(helper("A", fault=1, share=1, assets_fen=0), helper("B", share=0), loss=10)
    case["parties"][1]["share"] = 0
    case = onward(case, ("V", "A-card", 10), ("A-card", "B-card", 1), late="B")
    outcome = decided(loaded(case, tmp_path), "reallocation")
    assert outcome.parties["P"].paid_fen == 5
    agree(outcome, expect(case, "reallocation"), "reallocation")


@pytest.mark.parametrize("part", [{"fault": 0.2, "enlarged_fen": 100},
                                  {"fault": 0.5, "after_knowledge_fen": 100}])  # fmt: skip
def test_a_platforms_part_is_less_by_what_came_back_first(part: dict, tmp_path: object) -> None:
    """Of 100 it answers for all; 20 came back first, so D is 80, and .75 of it is 60, not 75."""
    platform = {"id": "A", "role": "platform", "causal_force": 0.5, **part}
    case = beside_p(platform, loss=100, recovered_fen=20)
    case["parties"][0]["fault"] = 0.25
    chosen = {"deduction": "restitution_first"}
    outcome = decided(loaded(case, tmp_path), "auto", chosen)
    assert outcome.parties["A"].exposure_fen == 60
    assert not differences(outcome.trace)
    agree(outcome, expect(case, "auto", chosen), "auto")


def test_nobody_is_short_of_a_piece_that_who_came_late_paid_off(tmp_path: object) -> None:
    """Of A's 10 P is released with 6; of the 4 A pays his 3, B, .137 of 10 late, the last 1."""
    late = helper("B", share=0)
    case = beside_p(helper("A", share=0.4, assets_fen=3), late, loss=20)
    case["parties"][1] |= {"share": 0.6, "released": True}
    sent = ("V", "A-card", 10), ("V", "P", 10), ("A-card", "B-card", 10)
    case = onward(case, *sent, late="B")
    outcome = decided(loaded(case, tmp_path), "joint")
    assert [outcome.parties[i].paid_fen for i in "AB"] == [3, 1]
    assert (outcome.parties["A"].burden_fen, outcome.parties["A"].short_fen) == (4, 0)
    assert not differences(outcome.trace)
    agree(outcome, expect(case, "joint"), "joint")


def test_a_transfer_of_nothing_apportions_no_gain(tmp_path: object) -> None:
    """P's 6 all count beside A's 2, though the one transfer to P is of 0 fen: 4 · 6/8 = 3."""
    case = beside_p(helper("A", act="tech", gain_direct_fen=2),
                    helper("B", fault=0, act="tech"), loss=4)  # fmt: skip
    case["parties"][1]["gain_direct_fen"] = 6
    case = onward(case, ("V", "B", 4), ("B", "P", 0))
    chosen = {"share": "gain"}
    outcome = decided(loaded(case, tmp_path), "several", chosen)
    assert [outcome.parties[i].burden_fen for i in "PA"] == [3, 1]
    agree(outcome, expect(case, "several", chosen), "several")


def test_geometric_means_are_of_what_each_is_of_the_sums(tmp_path: object) -> None:
    """P: √(1/1.2 · 1/1.5) = .745355992, A: √(.2/1.2 · .5/1.5) = .235702260.

    2278154 · .235702260/.981058252 = 547333.49965; by 1 : √(.2 · .5) = 1 : .316227766 it would
    be 547333.50005.
    """
    case = beside_p(helper("A", fault=0.2, causal_force=0.5), loss=2_278_154)
    chosen = {"share": "geometric"}
    outcome = decided(loaded(case, tmp_path), "several", chosen)
    assert outcome.parties["A"].burden_fen == 547_333
    agree(outcome, expect(case, "several", chosen), "several")


def test_what_he_paid_before_counts_though_his_assets_are_used_up(tmp_path: object) -> None:
    """Hybrid, equal shares, 20 by A's and 20 by B's card, half of each not economic; P has nothing.

    Of each piece 5 and 5 are owed alone, 10 together. A paid 20: of his P carries his own 5, A 15.
    P paid 8, all of it on B's: so he carries 8 there, B 12.
    """
    case = beside_p(helper("A"), helper("B"), loss=40, loss_noneconomic_fen=20, undeterminable=True,
                    recoveries=[{"payer": "A", "amount_fen": 20}, {"payer": "P", "amount_fen": 8}],
                    criminal=[{"party": "P", "restitution_others_fen": 1}])  # fmt: skip
    case["parties"][1]["assets_fen"] = 0
    case = onward(case, ("V", "A-card", 20), ("V", "B-card", 20))
    chosen = {"after_restitution": "with_restitution"}
    outcome = decided(loaded(case, tmp_path), "hybrid", chosen)
    assert [outcome.parties[i].carried_fen for i in "PAB"] == [5 + 8, 15, 12]
    assert not differences(outcome.trace)
    agree(outcome, expect(case, "hybrid", chosen), "hybrid")


def test_a_guardians_own_payment_does_not_lessen_what_was_asked_of_her(tmp_path: object) -> None:
    """1169(2), 1188(2): of 100 the mother owes .4; the child has 1000, she nothing, and owes W 30.

    60 to P, 40 by B's card, all three else without means. Of the 60 she owes and pays 24 from the
    child's 1000, beside which no order stands: 1000·24/(24 + 0) is 1000. Of the 40 she owes 16; in
    all 40 is asked and 24 given, so 16 more, and 40 is received. `inner` takes off what principals
    paid before the round, not what she pays in it: 24 − 24 counted as asked left 0 for the 40.
    """
    mother = helper("G", act="tech", grade="none", fault=0, limit=0.4, assets_fen=0)
    other = {"id": "W", "role": "victim", "loss_fen": 30}
    case = beside_p(helper("A", act="promotion", assets_fen=0),
                    helper("B", grade="slight", assets_fen=0), mother, other,
                    loss=100, undeterminable=True, claimant="V",
                    reparations=[{"party": "G", "victim": "W", "ordered_fen": 30}])  # fmt: skip
    case["parties"][1] |= {"minor": True, "answered_by": "G", "assets_fen": 1000}
    case = onward(case, ("V", "P", 60), ("V", "B-card", 40))
    chosen = {"after_restitution": "with_restitution", "partial_payment": "inner"}
    read = loaded(case, tmp_path)
    outcome = decided(read, "auto", chosen)
    assert [piece.parties["G"].paid_fen for piece in outcome.pieces] == [24, 16]
    assert outcome.received_fen == 40
    assert sweep(read, {"V.fault": [0.0]}, "auto", rules=chosen).tolist() == [40]
    agree(outcome, expect(case, "auto", chosen), "auto")


def test_who_paid_more_than_a_release_leaves_owes_nothing_more(tmp_path: object) -> None:
    """P, released, had all of 10 and 9 of the last 10: 1 is left of 20; late B cost 20 × .137 = 3.

    He can be held to 1 and paid 2: nothing may be claimed of him, though 1 is open.
    """
    platform = {"id": "A", "role": "platform", "fault": 0.3, "share": 0.1, "enlarged_fen": 10}
    case = beside_p(platform, helper("B", share=0), helper("C", share=0), loss=20)
    case["parties"][1] |= {"share": 0.9, "released": True}
    case = onward(case, ("V", "C-card", 20), ("C-card", "B-card", 20), late="B")
    case["criminal"] = [{"party": "B", "restitution_paid_fen": 2}]
    outcome = decided(loaded(case, tmp_path), "several")
    assert (outcome.parties["B"].burden_fen, outcome.parties["B"].exposure_fen) == (1, 0)
    assert not differences(outcome.trace)
    agree(outcome, expect(case, "several"), "several")
