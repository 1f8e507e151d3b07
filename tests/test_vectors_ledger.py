"""Hand-computed numbers: what is deducted, whose purse is reached, proof, settlement, market.

The case is that of `test_vectors`: the loss 25 000 yuan, P .60 without money, A .25 with 3 000,
C .15 with 20 000.
"""

from __future__ import annotations

from itertools import product

import pytest
from test_vectors import LOSS, SOLVENT, fix, got_back, paid, settled, tried

from simlib import decide, split
from simlib.law.regime import regime

# Deduction, assets, titles.


@pytest.mark.parametrize(
    ("rule", "claim"), [("liability_first", 1_500_000), ("restitution_first", 1_600_000)]
)
def test_the_order_of_deduction(rule: str, claim: int) -> None:
    """v = .2, 5 000 back: .8 · 25 000 − 5 000 = 15 000; .8 · (25 000 − 5 000) = 16 000."""
    changes = {"victim.fault": 0.2, "recovered_fen": 500_000, "C.assets_fen": None}
    out = settled(changes, "joint", {"deduction": rule, "victim_fault": "on"})  # all knew
    assert (out.claim_fen, out.received_fen) == (claim, claim)


def test_only_completed_restitution_is_deducted() -> None:
    """Ordered in full and not paid: nothing; 5 000 of it paid: the claim is 20 000."""
    ordered = tried(fix(), {"A": {"restitution": "full"}})
    assert decide(ordered, "joint").claim_fen == LOSS
    some = tried(fix(), {"A": {"restitution": "full", "restitution_paid_fen": 500_000}})
    assert decide(some, "joint").claim_fen == 2_000_000


def test_under_joint_liability_one_payment_discharges_all() -> None:
    """520(1): A paid 5 000 before: P, A and C each owe at most 20 000."""
    out = decide(got_back(fix(), "A", 500_000), "joint")
    assert [out.parties[who].exposure_fen for who in "PAC"] == [2_000_000] * 3


def test_under_shares_a_payment_discharges_the_payers_own_first() -> None:
    """A paid 5 000 of his 6 250: 1 250 left; C still 3 750; P owes all that is open, 20 000."""
    out = decide(got_back(fix(), "A", 500_000), "several")
    assert [out.parties[who].exposure_fen for who in "PAC"] == [2_000_000, 125_000, 375_000]


def test_a_pool_without_a_known_payer_counts_as_the_principals() -> None:
    """5 000 returned by the police: P's 25 000 become 20 000, the helpers' shares stay.

    Where principals go by share too, P's 15 000 become 10 000.
    """
    case = got_back(fix(), "pool", 500_000)
    for principals, his in (("whole", 2_000_000), ("by_share", 1_000_000)):
        out = decide(case, "several", {"principals": principals})
        assert [out.parties[who].exposure_fen for who in "PAC"] == [his, 625_000, 375_000]


def test_an_open_loss_limits_every_share() -> None:
    """23 000 are back from A: of 25 000 only 2 000 are open, less than C's 3 750."""
    out = decide(got_back(fix(), "A", 2_300_000), "several")
    assert [out.parties[who].exposure_fen for who in "PAC"] == [200_000, 0, 200_000]


def test_other_victims_restitution_comes_before_this_judgment_and_the_fine_after() -> None:
    """C has 20 000, owes 12 000 restitution to others and a fine of 3 000: 8 000 are reached."""
    entry = {"C": {"restitution_others_fen": 1_200_000, "fine_fen": 300_000}}
    out = decide(tried(fix(), entry), "joint")
    assert paid(out) == (0, 300_000, 800_000)


def test_assets_owed_to_other_victims_count_as_none() -> None:
    """A's 3 000 all go to others: with P he counts among those with nothing at all (519(3)).

    Burdens stay; C carries the 20 000 he has, 16 250 of them in the others' place: of P, who is
    short of 15 000, 11 470.59, and of A, who is short of 6 250, 4 779.41.
    """
    out = decide(tried(fix(), {"A": {"restitution_others_fen": 300_000}}), "joint")
    assert [out.parties[who].burden_fen for who in "PAC"] == [1_500_000, 625_000, 375_000]
    assert [out.parties[who].carried_fen for who in "PAC"] == [0, 0, 2_000_000]
    claims = [(c.against, c.fen, c.kind) for c in out.parties["C"].recourse]
    assert claims == [("P", 1_147_059, "insolvent"), ("A", 477_941, "insolvent")]


def test_two_titles_for_one_loss_never_give_more_than_the_loss() -> None:
    """Restitution of 18 000 under the criminal title; the civil one then gives 7 000, no more."""
    title = {"restitution": "full", "restitution_paid_fen": 1_800_000}
    out = decide(tried(fix(SOLVENT), {"P": title}), "joint")
    assert out.received_fen == 700_000
    assert out.received_fen + 1_800_000 == LOSS


def test_a_frozen_pool_is_returned_in_proportion() -> None:
    """31 200 over losses of 25 000, 70 000, 9 000 (104 000): .3 of each."""
    losses = (2_500_000, 7_000_000, 900_000)
    assert split(3_120_000, losses) == [750_000, 2_100_000, 270_000]


# Proof, settlement and market share.


@pytest.mark.parametrize(("q", "whole", "part"), [(0.4, 0, 4_000), (0.6, 10_000, 6_000)])
def test_uncertain_causation_all_or_nothing_against_in_proportion(
    q: float, whole: int, part: int
) -> None:
    """Loss 100, causation proved with q, more likely than not: .4 gives 0, .6 gives 100.

    In proportion, q · 100: 40 and 60, here as a found share q.
    """
    facts = {"loss_fen": 10_000, "P.sued": False, "C.grade": "none", "A.assets_fen": None}
    facts |= {"P.share": round(1 - q, 1), "A.share": q, "C.share": None}
    case = fix(facts | {"A.proof.causation": q})
    likely = regime().variant({"proof.standard": 0.5})
    assert decide(case, "all_or_nothing", regime=likely).received_fen == whole
    assert decide(case, "several").received_fen == part


TWO = {"loss_fen": 10_000, "P.sued": False, "P.share": 0, "A.share": 0.5, "C.share": 0.5,
       "A.assets_fen": None, "C.assets_fen": None}  # fmt: skip


def expected_receipt(mode: str, chances: dict) -> float:
    """What a victim may expect where she wins against A and C with these chances."""
    return sum(
        chance * decide(fix(TWO | {"A.sued": a, "C.sued": c}), mode).received_fen
        for (a, c), chance in chances.items()
    )


def test_two_defendants_each_with_an_even_chance() -> None:
    """Loss 100, p = .5 each. Joint, independent: 1 − ¼ of 100 = 75; several 50.

    Joint, perfectly correlated: both or none, 50.
    """
    alone = dict.fromkeys(product((True, False), repeat=2), 0.25)
    both = {(True, True): 0.5, (False, False): 0.5}
    assert expected_receipt("joint", alone) == 7_500
    assert expected_receipt("several", alone) == 5_000
    assert expected_receipt("joint", both) == 5_000


def settled_first(fen: int, released: bool) -> float:
    """What she may expect who settles with A for `fen` and then sues C with an even chance."""
    case = got_back(fix(TWO | {"A.released": released, "A.sued": False}), "A", fen)
    return fen + 0.5 * decide(case, "joint").received_fen


@pytest.mark.parametrize(("fen", "expected"), [(2_500, 6_250), (3_750, 6_875), (5_000, 7_500)])
def test_settle_with_one_and_sue_the_other(fen: int, expected: int) -> None:
    """Pro tanto: S + ½ · (100 − S): 25 gives 62.50, 37.50 gives 68.75, 50 gives 75."""
    assert settled_first(fen, released=False) == expected


def test_settlement_set_off_by_share() -> None:
    """S = 37.50 and a release (520(2)): his half is gone, 37.50 + ½ · 50 = 62.50."""
    assert settled_first(3_750, released=True) == 6_250


@pytest.mark.parametrize(
    ("broke", "expected"), [(None, (1_000_000, 2_000_000)), ("A", (0, 2_000_000))]
)
def test_shares_of_the_whole_market(broke: str | None, expected: tuple) -> None:
    """A published exercise after Brown: 10 and 20 per cent of the whole market, 100 000.

    Several, of the total market, no share for the absent: 10 000 and 20 000; one insolvent seller
    is not absorbed by the other.
    """
    facts = {"loss_fen": 10_000_000, "P.sued": False, "P.share": 0.7, "A.share": 0.1,
             "C.share": 0.2, "A.assets_fen": None, "C.assets_fen": None}  # fmt: skip
    out = settled(facts | ({f"{broke}.assets_fen": 0} if broke else {}), "several")
    assert paid(out)[1:] == expected
