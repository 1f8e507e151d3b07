"""The numbers computed by hand before the engine was written: shares, modes, recourse, deduction.

Every figure is independent of the engine; each test carries its calculation, in yuan unless it
says fen. `P` is the fraudster (internal share .60), `A` lent a card (.25), `C` promoted (.15); the
loss is 25 000. P has nothing, A 3 000, C 20 000, unless the test says otherwise.
"""

from __future__ import annotations

import pytest
from reference import reference

from simlib import decide, load_case
from simlib.case.model import Criminal, Recovery

LOSS = 2_500_000
REAL = "2024-lu-0302-5690"
SOLVENT = {"P.assets_fen": None, "A.assets_fen": None, "C.assets_fen": None}
RICH_P = {"P.assets_fen": 1_200_000}


def fix(changes: dict | None = None) -> object:
    """The three wrongdoers, changed."""
    return load_case("fix-1").set(changes or {})


def joined(case: object, like: str, *ids: str) -> object:
    """The case with more parties, each with the facts of another, at the end of the file."""
    more = (case.party(like).model_copy(update={"id": id}) for id in ids)
    return case.model_copy(update={"parties": (*case.parties, *more)})


def settled(changes: dict, mode: str, rules: dict | None = None) -> object:
    """The engine's outcome, which the slow reference confirms."""
    return confirmed(fix(changes), mode, rules)


def confirmed(case: object, mode: str, rules: dict | None = None) -> object:
    """The same of a case that is there already."""
    outcome, slow = decide(case, mode, rules=rules), reference(case.model_dump(), mode, rules)
    for who, row in slow["parties"].items():
        found = outcome.parties[who]
        for key in ("exposure_fen", "paid_fen", "burden_fen", "carried_fen", "short_fen"):
            assert getattr(found, key) == row[key], (who, key)
    return outcome


def tried(case: object, entries: dict) -> object:
    """The case with a criminal entry for each of these parties."""
    rows = (Criminal.model_validate({"party": who} | e) for who, e in entries.items())
    return case.model_copy(update={"criminal": tuple(rows)})


def got_back(case: object, payer: str, fen: int) -> object:
    """The case with one recovery."""
    row = Recovery.model_validate({"payer": payer, "amount_fen": fen})
    return case.model_copy(update={"recoveries": (row,)})


def paid(outcome: object) -> tuple:
    """What P, A and C pay [fen]."""
    return tuple(outcome.parties[who].paid_fen for who in "PAC")


# Shares.

WEIGHED = {
    "P.share": None, "A.share": None, "C.share": None,
    "P.causal_force": 0.6, "A.causal_force": 0.25, "C.causal_force": 0.15,
    "A.fault": 0.8, "C.fault": 0.5,
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "shares", "fen"),
    [
        ("equal", (1 / 3, 1 / 3, 1 / 3), (833_334, 833_333, 833_333)),
        ("product", (0.685714, 0.228571, 0.085714), (1_714_286, 571_428, 214_286)),
        ("mean", (0.517391, 0.298913, 0.183696), (1_293_478, 747_283, 459_239)),
        ("geometric", (0.517892, 0.299005, 0.183103), (1_294_731, 747_513, 457_756)),
        ("shapley", (1 / 3, 1 / 3, 1 / 3), (833_334, 833_333, 833_333)),
    ],
)
def test_simple_share_rules(rule: str, shares: tuple, fen: tuple) -> None:
    """Causal force .60, .25, .15; fault 1, .8, .5.

    Product .6 : .2 : .075 of .875 = .685714, .228571, .085714. Mean of c/1 and f/2.3: .517391,
    .298913, .183696. Geometric: √(c·f/2.3) = .510754, .294884, .180579 of .986217. Whole fen by
    largest remainder: each rounded alone, the product would give 25 000.01. Shapley: each of the
    three kinds (principal, payment, promotion) is necessary, so a third each; of the three equal
    fractions of a fen the first in the file gets the one left over.
    """
    out = settled(WEIGHED | SOLVENT, "several", {"share": rule})
    assert tuple(round(float(out.parties[w].share), 6) for w in "PAC") == pytest.approx(
        shares, abs=1e-6
    )
    assert paid(out) == fen
    assert sum(fen) == LOSS


def test_shares_by_gain_compare_and_may_be_nothing() -> None:
    """Gains 2 000, 500, 0 of 2 500: .8, .2, 0 of 25 000; who gained nothing bears nothing then."""
    gains = {"P.gain_direct_fen": 200_000, "A.gain_direct_fen": 50_000, "C.gain_direct_fen": 0}
    out = settled(WEIGHED | SOLVENT | gains, "several", {"share": "gain"})
    assert paid(out) == (2_000_000, 500_000, 0)


def test_one_principal_and_two_who_lent_cards_for_the_same_thing() -> None:
    """Success needs P and one of A, C: Shapley 2/3, 1/6, 1/6.

    Of six orders A is decisive only in P A C, C only in P C A, P in the other four. The weights are
    billionths, 666 666 667 and twice 166 666 667 of 1 000 000 001: 1 666 666.6658 and 416 666.6671
    fen, so the two fen left over go to the two greater remainders, A and C.
    """
    case = {"C.act": "payment"} | SOLVENT | WEIGHED
    out = settled(case, "several", {"share": "shapley"})
    assert [round(float(out.parties[w].share), 6) for w in "PAC"] == [0.666667, 0.166667, 0.166667]
    assert paid(out) == (1_666_666, 416_667, 416_667)


# Modes: what the victim receives.

SMALL = {"A.limit": 0.25, "C.limit": 0.15}
RECEIVED = {
    "suit dismissed": ("dismiss_suit", {}, {}, (0, 0, 0)),
    "claim dismissed": ("dismiss_claim", {}, {}, (0, 0, 0)),
    "joint, Track A: 3 000 + 20 000": ("joint", {}, {}, (0, 300_000, 2_000_000)),
    "several, Track B: 3 000 of 6 250, 3 750": ("several", {}, {}, (0, 300_000, 375_000)),
    "partial joint: 3 000 of .40, .20 = 5 000": ("partial_joint", {}, {}, (0, 300_000, 500_000)),
    "partial joint, P 12 000: 20 000": (
        "partial_joint", RICH_P, {}, (1_200_000, 300_000, 500_000)),
    "supplementary, P nothing: 3 000 + 3 750": (
        "supplementary", SMALL, {}, (0, 300_000, 375_000)),
    "supplementary, P 20 000: 5 000 left, at .25 : .15 A would owe 3 125, has 3 000": (
        "supplementary", SMALL | {"P.assets_fen": 2_000_000}, {}, (2_000_000, 300_000, 200_000)),
    "after exhaustion, P 12 000: 13 000 left, A 3 000, C 10 000": (
        "joint_after_exhaustion", RICH_P, {}, (1_200_000, 300_000, 1_000_000)),
    "benefit cap: gains 500 and 2 000": ("benefit_cap", {}, {}, (0, 50_000, 200_000)),
    "all or nothing, all proved: as joint": ("all_or_nothing", {}, {}, (0, 300_000, 2_000_000)),
    "threshold .20, Track D: A joint has 3 000, C 3 750": (
        "threshold", {}, {"threshold": 0.2}, (0, 300_000, 375_000)),
    "threshold .10: all joint": ("threshold", {}, {"threshold": 0.1}, (0, 300_000, 2_000_000)),
    "reallocation, Track C, v = 0: 23 000": ("reallocation", {}, {}, (0, 300_000, 2_000_000)),
    "hybrid, Track E: nothing non-economic, as joint": ("hybrid", {}, {}, (0, 300_000, 2_000_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", RECEIVED)
def test_each_mode_on_the_teaching_case(name: str) -> None:
    """The calculation stands in the name."""
    mode, changes, rules, expected = RECEIVED[name]
    out = settled(changes, mode, rules)
    assert paid(out) == expected
    assert out.received_fen == sum(expected)
    assert out.unrecovered_fen == LOSS - sum(expected)


ABLE = {
    "joint: by share": ("joint", {}, (1_500_000, 625_000, 375_000)),
    "several: by share": ("several", {}, (1_500_000, 625_000, 375_000)),
    "partial joint: P first, and all": ("partial_joint", {}, (2_500_000, 0, 0)),
    "supplementary: P first": ("supplementary", SMALL, (2_500_000, 0, 0)),
    "after exhaustion: P first": ("joint_after_exhaustion", {}, (2_500_000, 0, 0)),
    "benefit cap: P first": ("benefit_cap", {}, (2_500_000, 0, 0)),
    "all or nothing: by share": ("all_or_nothing", {}, (1_500_000, 625_000, 375_000)),
    "threshold: by share either way": ("threshold", {}, (1_500_000, 625_000, 375_000)),
    "reallocation: nothing to re-spread": ("reallocation", {}, (1_500_000, 625_000, 375_000)),
    "hybrid: by share": ("hybrid", {}, (1_500_000, 625_000, 375_000)),
    "Zhou: none tried, all joint": ("zhou2024", {}, (1_500_000, 625_000, 375_000)),
}


@pytest.mark.parametrize("name", ABLE)
def test_where_all_can_pay_the_victim_gets_everything(name: str) -> None:
    """Everyone solvent: only solvency tells the modes apart; who pays differs by order alone."""
    mode, changes, expected = ABLE[name]
    out = settled(changes | SOLVENT, mode)
    assert paid(out) == expected
    assert (out.received_fen, out.unrecovered_fen) == (LOSS, 0)


FLOOD = {"victim.fault": 0.2, "P.share": 0.6, "A.share": 0.25, "C.share": 0.15}


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("reallocation", (0, 300_000, 825_000)),
        ("several", (0, 300_000, 300_000)),
        ("joint", (0, 300_000, 1_700_000)),
    ],
)
def test_reallocation_includes_the_victims_own_share(mode: str, expected: tuple) -> None:
    """Own fault .20: shares .48, .20, .12 and .20 of the loss.

    Reallocation: P's 12 000 and A's 2 000 of 5 000 cannot be had. 25 000 − 3 000 = 22 000 at
    .12 : .20 is C 8 250, the victim 13 750 of her own: she gets 11 250. Several: .8 · 25 000 =
    20 000, C .15 = 3 000: 6 000. Joint: 3 000 + 17 000 = 20 000.
    """
    out = settled(FLOOD, mode, {"victim_fault": "on"})
    assert paid(out) == expected
    assert out.claim_fen == 2_000_000
    assert 2_500_000 - sum(expected) == {
        "reallocation": 1_375_000, "several": 1_900_000, "joint": 500_000}[mode]  # fmt: skip


def test_the_swiss_cap_adds_the_damage_due_to_his_part() -> None:
    """OR 50(3): gains 500 and 2 000; causal force .10 and .02 of 25 000 are 2 500 and 500.

    The greater of the two: A 2 500, C 2 000; by own gains alone 500 and 2 000.
    """
    forces = {"A.causal_force": 0.1, "C.causal_force": 0.02}
    assert paid(settled(forces, "benefit_cap")) == (0, 50_000, 200_000)
    assert paid(settled(forces, "benefit_cap", {"benefit": "swiss"})) == (0, 250_000, 200_000)


def test_hybrid_is_several_for_the_noneconomic_part() -> None:
    """5 000 of 25 000 are not economic: each his share of 5 000 alone, 20 000 jointly.

    Alone P 3 000, A 1 250, C 750; P has nothing. A pays his 1 250, has 1 750 left; C 750 and 19 250
    left. Jointly 20 000 at .25 : .15: A 1 750 is all, C 18 250. Together 22 000; the 3 000 of P,
    who owes the whole, are lost. Burdens are .60, .25, .15 of the whole, whoever can pay.
    """
    out = settled({"loss_noneconomic_fen": 500_000}, "hybrid")
    assert paid(out) == (0, 300_000, 1_900_000)
    assert out.parties["A"].exposure_fen == 2_125_000
    assert [out.parties[w].burden_fen for w in "PAC"] == [1_500_000, 625_000, 375_000]


@pytest.mark.parametrize(
    ("rule", "rest"), [("outer", 1_000_000), ("inner", 0), ("pro_rata", 520_000)]
)
def test_a_part_payment_meets_a_limited_debt_in_three_ways(rule: str, rest: int) -> None:
    """25 000, limit 10 000, P paid 12 000: 10 000; 0; 10 000 · (1 − 12/25) = 5 200."""
    changes = RICH_P | {"A.assets_fen": None, "C.sued": False}
    out = settled(changes, "partial_joint", {"partial_payment": rule})
    assert out.parties["A"].paid_fen == rest


@pytest.mark.parametrize(("rule", "received"), [("stack", 1_500_000), ("nested", 1_000_000)])
def test_two_limits_stack_or_overlap(rule: str, received: int) -> None:
    """Limits .40 and .20, all helpers solvent: 10 000 + 5 000, or the greater of them alone."""
    out = settled({"A.assets_fen": None}, "partial_joint", {"caps": rule})
    assert out.received_fen == received


# Among the debtors.


def claims(outcome: object, who: str) -> list[tuple]:
    """His claims of recourse: kind, against whom, how much [fen], whether behind the creditor."""
    return [(c.kind, c.against, c.fen, c.subordinate) for c in outcome.parties[who].recourse]


def test_recourse_among_joint_debtors() -> None:
    """Burdens 15 000, 6 250, 3 750, whoever can pay; carried together: 0, 3 000, 20 000.

    C bears 3 750 and carries 16 250 more of what P (15 000) and A (6 250 − 3 000 = 3 250) cannot:
    16 250 · 15 000 / 18 250 = 13 356.16 from P, 2 893.84 from A, behind the victim's last 2 000.
    """
    out = settled({}, "joint")
    assert [out.parties[w].burden_fen for w in "PAC"] == [1_500_000, 625_000, 375_000]
    assert [out.parties[w].carried_fen for w in "PAC"] == [0, 300_000, 2_000_000]
    assert [out.parties[w].short_fen for w in "PAC"] == [1_500_000, 325_000, 0]
    assert claims(out, "C") == [
        ("insolvent", "P", 1_335_616, True), ("insolvent", "A", 289_384, True),
    ]  # fmt: skip
    assert out.unrecovered_fen == 200_000


def test_who_can_pay_carries_what_another_cannot() -> None:
    """519(3), C alone sued, A has 30 000: P's 15 000 fall at .25 : .15, A carries 15 625, C 9 375.

    C paid 20 000: 10 625 above what he carries, of A who paid nothing; 9 375 − 3 750 = 5 625 of P,
    in whose place he carried them. All behind the victim's last 5 000.
    """
    out = settled({"P.sued": False, "A.sued": False, "A.assets_fen": 3_000_000}, "joint")
    assert [out.parties[w].carried_fen for w in "PAC"] == [0, 1_562_500, 937_500]
    assert claims(out, "C") == [
        ("share", "A", 1_062_500, True), ("insolvent", "P", 562_500, True),
    ]  # fmt: skip


def test_a_limit_on_the_gain_limits_the_burden() -> None:
    """Gains 500 and 2 000: A bears 500, C 2 000, and P the 22 500 that this leaves."""
    out = settled({}, "benefit_cap")
    assert [out.parties[w].burden_fen for w in "PAC"] == [2_250_000, 50_000, 200_000]


def test_second_line_bears_nothing_and_recovers_all_it_paid() -> None:
    """1198(2): P pays 20 000 of 25 000, the rest A and C; P bears all, and they recover all.

    Of the 5 000 left A would pay .25/.40 = 3 125 and has 3 000, C 2 000.
    """
    out = settled(SMALL | {"P.assets_fen": 2_000_000}, "supplementary")
    assert [out.parties[w].burden_fen for w in "PAC"] == [2_500_000, 0, 0]
    assert claims(out, "A") == [("whole", "P", 300_000, False)]
    assert claims(out, "C") == [("whole", "P", 200_000, False)]


@pytest.mark.parametrize("way", ["outer", "inner"])
def test_a_recovery_is_counted_once(way: str) -> None:
    """Limit 1 (25 000), 5 000 came back from nobody known: A pays the 20 000 that are left.

    Inner: 25 000 − 5 000 = 20 000, the claim; taking the 5 000 off the claim again would be 15 000.
    """
    changes = {"A.limit": 1, "A.assets_fen": None, "C.sued": False, "recovered_fen": 500_000}
    out = settled(changes, "partial_joint", {"partial_payment": way})
    assert out.parties["A"].paid_fen == 2_000_000


def test_releasing_one_helper_takes_his_share_off_the_others() -> None:
    """520(2): A's .25 = 6 250 leaves the joint claim, 18 750 remain; C has 20 000 and pays them.

    The claim is still 25 000: the 6 250 she waived are never received. C bears his 3 750 and
    carries P's 15 000, too, for A takes no part: 15 000 of P, who can still not pay.
    """
    out = settled({"A.released": True}, "joint")
    assert (out.claim_fen, out.received_fen, out.unrecovered_fen) == (LOSS, 1_875_000, 625_000)
    assert paid(out) == (0, 0, 1_875_000)
    a, c = out.parties["A"], out.parties["C"]
    assert (a.exposure_fen, a.paid_fen, a.burden_fen, a.short_fen, a.recourse) == (0, 0, 0, 0, ())
    assert (c.burden_fen, c.carried_fen, c.short_fen) == (375_000, 1_875_000, 0)
    assert claims(out, "C") == [("insolvent", "P", 1_500_000, False)]


def test_a_settlement_counts_towards_the_released_share() -> None:
    """A paid 2 500 and was released: of his 6 250 only 3 750 more are waived; 18 750 remain.

    25 000 − 2 500 = 22 500 is the claim, less 3 750. He paid less than his share: no recourse.
    """
    out = decide(got_back(fix({"A.released": True}), "A", 250_000), "joint")
    assert (out.claim_fen, out.received_fen) == (2_250_000, 1_875_000)
    assert (out.parties["A"].burden_fen, out.parties["A"].recourse) == (250_000, ())


# What other vectors did not see, and the slow reference did.


def test_lost_share_falls_equally_on_joint_debtors_without_shares_beside_a_several_one() -> None:
    """519(3): P .60 has nothing; A and D, who knew, have shares of 0; C, negligent, .40 severally.

    P's 15 000 cannot go to A and D by share, so they carry 7 500 each; C's .40 stays 10 000. All
    pay just that, C his 10 000. What A and D carried P still owes them: 7 500 each.
    """
    shares = {"P.share": 0.6, "A.share": 0, "C.share": 0.4, "C.grade": "slight"}
    case = joined(fix(shares | {"A.assets_fen": None, "C.assets_fen": None}), "A", "D")
    out = confirmed(case, "auto")
    assert [out.parties[w].mode for w in "PACD"] == ["joint", "joint", "several", "joint"]
    assert [out.parties[w].burden_fen for w in "PACD"] == [1_500_000, 0, 1_000_000, 0]
    assert [out.parties[w].carried_fen for w in "PACD"] == [0, 750_000, 1_000_000, 750_000]
    assert [out.parties[w].paid_fen for w in "PACD"] == [0, 750_000, 1_000_000, 750_000]
    assert claims(out, "A") == claims(out, "D") == [("insolvent", "P", 750_000, False)]
    assert not claims(out, "C")


@pytest.mark.parametrize("mode", ["dismiss_suit", "dismiss_claim"])
def test_released_debtor_bears_nothing_where_all_is_dismissed(mode: str) -> None:
    """A paid 2 500 and was released; nobody is held, so that is nobody's burden: all bear 0."""
    out = decide(got_back(fix({"A.released": True}), "A", 250_000), mode)
    assert [(r.burden_fen, r.carried_fen) for r in out.parties.values()] == [(0, 0)] * 3


def test_lost_share_beside_a_released_debtor_is_split_by_share() -> None:
    """520(2), 519(3): A's .20 = 5 000 is waived; P's 15 000 fall on C .15 and D .05 as 3 : 1.

    They carry 11 250 and 3 750 more than their 3 750 and 1 250: C 15 000, D 5 000, the 20 000 owed.
    """
    shares = {"P.share": 0.6, "A.share": 0.2, "C.share": 0.2, "A.released": True}
    case = joined(fix(shares | {"C.assets_fen": None}), "C", "D")
    parts = {"C": {"share": 0.15}, "D": {"share": 0.05}}
    people = tuple(p.model_copy(update=parts.get(p.id, {})) for p in case.parties)
    out = confirmed(case.model_copy(update={"parties": people}), "joint")
    assert [out.parties[w].burden_fen for w in "PACD"] == [1_500_000, 0, 375_000, 125_000]
    assert [out.parties[w].carried_fen for w in "PACD"] == [0, 0, 1_500_000, 500_000]
    assert [out.parties[w].paid_fen for w in "PACD"] == [0, 0, 1_500_000, 500_000]


def test_what_the_model_leaves_to_three_principals_is_split_to_the_billionth() -> None:
    """A lent a card and scores highest: capped at .30; three principals alike share the .70.

    A third of 700 000 000 billionths is 233 333 333, and the one left over is the first's in the
    file. Of 10¹⁵ fen, the largest loss a file may state, a billionth is a million: P bears
    233 333 334 million fen, each other 233 333 333 million. Thirds of .70 of the money itself would
    be 233 333 333 333 333 fen.
    """
    facts = {f"A.{name}": 1 for name in ("foresight", "control", "causal_force")}
    facts |= dict.fromkeys(("P.share", "A.share", "C.share", "P.assets_fen", "A.assets_fen"))
    facts |= {"loss_fen": 10**15, "A.gain_direct_fen": 10**15, "C.causal_force": 0}
    out = confirmed(joined(fix(facts), "P", "Q", "R"), "risk_benefit", {"share": "equal"})
    assert [out.parties[w].burden_fen for w in "APQR"] == [
        300_000_000_000_000, 233_333_334_000_000, 233_333_333_000_000, 233_333_333_000_000,
    ]  # fmt: skip


def test_what_nobody_is_known_to_have_paid_counts_for_the_principals_by_share() -> None:
    """10 000.01 came back from nobody known; P .40 and Q .20 are credited as 2 : 1, to the fen.

    6 666.67 and 3 333.34: of 1 000 001 fen, 666 667.33 and 333 333.67, so the fen left over is
    Q's. Several by the textbook (`by_share`): the parts of 25 000 are 10 000, 5 000, 6 250 and
    3 750; P and Q still owe 3 333.33 and 1 666.66, A and C theirs.
    """
    case = joined(fix(SOLVENT | {"P.share": 0.6, "recovered_fen": 1_000_001}), "P", "Q")
    parts = {"P": {"share": 0.4}, "Q": {"share": 0.2}}
    people = tuple(p.model_copy(update=parts.get(p.id, {})) for p in case.parties)
    by_share = {"principals": "by_share"}
    out = confirmed(case.model_copy(update={"parties": people}), "several", by_share)
    assert [out.parties[w].exposure_fen for w in "PQAC"] == [333_333, 166_666, 625_000, 375_000]


# Zhou 2024.


ZHOU = {
    "no entry: as joint": ({}, ("joint", "joint"), (0, 300_000, 2_000_000)),
    "A assisting: has 3 000 of his .40": (
        {"A": {"charge": "assisting"}}, ("partial_joint", "joint"), (0, 300_000, 2_000_000)),
    "C assisting: .20 = 5 000": (
        {"C": {"charge": "assisting"}}, ("joint", "partial_joint"), (0, 300_000, 500_000)),
    "C hired: his gain of 2 000": (
        {"C": {"part": "hired"}}, ("joint", "benefit_cap"), (0, 300_000, 200_000)),
    "C hired, whatever the charge": (
        {"C": {"charge": "assisting", "part": "hired"}},
        ("joint", "benefit_cap"), (0, 300_000, 200_000)),
    "C accessory: 22 000 are left, he has 20 000": (
        {"C": {"part": "accessory"}}, ("joint", "joint_after_exhaustion"),
        (0, 300_000, 2_000_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", ZHOU)
def test_zhou_goes_by_part_and_charge(name: str) -> None:
    """Joint is his rule; the exceptions stand in the names, with what C or A then owes."""
    entries, modes, expected = ZHOU[name]
    out = decide(tried(fix(), entries), "zhou2024")
    assert paid(out) == expected
    assert tuple(out.parties[who].mode for who in "AC") == modes


def test_zhous_accessory_answers_only_for_what_nobody_else_could_pay() -> None:
    """P 12 000, C assisting 5 000, A accessory and solvent: 8 000 are left for A."""
    case = fix(RICH_P | {"A.assets_fen": None})
    case = tried(case, {"A": {"part": "accessory"}, "C": {"charge": "assisting"}})
    out = decide(case, "zhou2024")
    assert paid(out) == (1_200_000, 800_000, 500_000)
    assert out.parties["A"].exposure_fen == 800_000


def test_released_party_outside_the_loss_bears_what_he_paid() -> None:
    """hypo-chain: Luo cost a chance of 2 500 to 15 000, paid 1 000 and was released: 1 000."""
    case = load_case("hypo-chain").set({"luo.released": True})
    luo = decide(got_back(case, "luo", 100_000), "auto").parties["luo"]
    assert (luo.exposure_fen, luo.burden_fen, luo.carried_fen, luo.short_fen) == (
        0,
        100_000,
        100_000,
        0,
    )


def test_releasing_a_second_line_debtor_frees_nobody() -> None:
    """1198(2): A bears 0 in the end, so 520(2) takes nothing off what P owes: all of 25 000.

    A paid 1 000 before; P, who is rich, pays the other 24 000 and owes A the 1 000.
    """
    facts = {"A.released": True, "P.assets_fen": None, "A.limit": 0.25, "C.limit": 0.15}
    out = decide(got_back(fix(facts), "A", 100_000), "supplementary")
    assert paid(out) == (2_400_000, 0, 0)
    assert [r.burden_fen for r in out.parties.values()] == [2_500_000, 0, 0]
    assert claims(out, "A") == [("whole", "P", 100_000, False)]


def test_pool_is_not_credited_to_a_fraudster_who_is_not_held() -> None:
    """Two fraudsters with shares of 0, nothing proved against P: the police's 1 000 are C's alone.

    All is A's by share, who has nothing: C carries the 1 000, and not an odd half of them.
    """
    case = fix({"P.share": 0, "A.share": 1, "C.share": 0, "C.role": "principal", "C.act": None,
                "P.proof.act": 0.5, "C.assets_fen": 0, "A.assets_fen": 0})  # fmt: skip
    found = decide(case.set({"recovered_fen": 100_000}), "all_or_nothing").parties["C"]
    assert (found.carried_fen, found.short_fen) == (100_000, 0)
