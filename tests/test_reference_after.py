"""The slow reference against vectors computed by hand: who bears, who carries, who has recourse.

And who stands outside the group of those who answer for the same damage.
"""

from __future__ import annotations

import pytest
from reference import reference
from test_reference import BY_SHARE, GAINS, ON, SMALL, VICTIM, three

P_ASKS = {"principal_recourse": "by_share"}
ALONE = {"A.assets_fen": 3_000_000, "A.sued": False, "P.sued": False}


def shown(answer: dict, name: str) -> tuple:
    """One output of P, A and C."""
    return tuple(answer["parties"][i][f"{name}_fen"] for i in "PAC")


def asks(answer: dict, who: str) -> list[tuple]:
    """His claims: against whom, how much, of what kind."""
    claims = answer["parties"][who]["recourse"]
    return sorted((r["against"], r["fen"], r["kind"]) for r in claims)


def behind(answer: dict, who: str) -> set:
    """Whether his claims stand behind the claimant's."""
    return {r["subordinate"] for r in answer["parties"][who]["recourse"]}


# name: mode, changes, rules, burdens and what is carried, of P, A and C [fen].
BORNE = {
    "joint: .60, .25, .15; P has nothing, A 3 000, C 20 000": (
        "joint", {}, {}, (1_500_000, 625_000, 375_000), (0, 300_000, 2_000_000)),
    "joint, A has 30 000: 25 000 at .25 : .15": (
        "joint", ALONE, {}, (1_500_000, 625_000, 375_000), (0, 1_562_500, 937_500)),
    "joint, all able: the burdens": (
        "joint", {"P.assets_fen": None, "A.assets_fen": None}, {},
        (1_500_000, 625_000, 375_000), (1_500_000, 625_000, 375_000)),
    "several: nobody carries another's": (
        "several", {}, {}, (1_500_000, 625_000, 375_000), (1_500_000, 625_000, 375_000)),
    "benefit cap: 500 and 2 000, the rest is the fraudster's, who has nothing": (
        "benefit_cap", GAINS, {}, (2_250_000, 50_000, 200_000), (0, 50_000, 200_000)),
    "partial joint .10 and .20: A 2 500, C 3 750, P 18 750; he carries the moved 3 750 of his "
    "4 000, the other 21 250 at .60 : .25 : .15 are his 250, A's 2 500, C's 5 000": (
        "partial_joint", {"A.limit": 0.1, "C.limit": 0.2, "P.assets_fen": 400_000}, {},
        (1_875_000, 250_000, 375_000), (400_000, 250_000, 500_000)),
    "partial joint .10 and .60, P 13 000: first 3 750, then of 21 250 9 250, A 2 500, C 9 500": (
        "partial_joint", {"A.limit": 0.1, "C.limit": 0.6, "P.assets_fen": 1_300_000}, {},
        (1_875_000, 250_000, 375_000), (1_300_000, 250_000, 950_000)),
    "supplementary: A and C bear nothing": (
        "supplementary", SMALL, {}, (2_500_000, 0, 0), (2_500_000, 0, 0)),
    "suit dismissed": ("dismiss_suit", {}, {}, (0, 0, 0), (0, 0, 0)),
    "claim dismissed": ("dismiss_claim", {}, {}, (0, 0, 0), (0, 0, 0)),
    "auto, C's causation .74 < .75: .60 and .25 of .85": (
        "auto", {"C.proof": {"causation": 0.74}, "A.assets_fen": None}, {},
        (1_764_706, 735_294, 0), (0, 2_500_000, 0)),
    "all or nothing, the same": (
        "all_or_nothing", {"C.proof": {"causation": 0.74}, "A.assets_fen": None}, {},
        (1_764_706, 735_294, 0), (0, 2_500_000, 0)),
    "nobody proved": (
        "all_or_nothing", {f"{i}.proof": {"act": 0} for i in "PAC"}, {}, (0, 0, 0), (0, 0, 0)),
    "discretionary, v = .2: .3 and .1 of 25 000, the rest of 20 000 is P's": (
        "discretionary", VICTIM | {"A.court_share": 0.3, "C.court_share": 0.1}, ON,
        (1_000_000, 750_000, 250_000), (1_000_000, 750_000, 250_000)),
    "discretionary, v = .2: .9 of 25 000, at most 20 000": (
        "discretionary", VICTIM | {"A.court_share": 0.9, "C.court_share": 0}, ON,
        (0, 2_000_000, 0), (0, 2_000_000, 0)),
    "A paid 5 000 before and has nothing: he carries these, not less": (
        "joint", {"A.assets_fen": 0, "A.paid": 500_000}, {},
        (1_500_000, 625_000, 375_000), (0, 500_000, 2_000_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", BORNE)
def test_who_bears_and_who_carries(name: str) -> None:
    """Each vector's own calculation stands in its name."""
    mode, changes, rules, burden, carried = BORNE[name]
    changes = dict(changes)
    back = [{"payer": "A", "amount_fen": changes.pop("A.paid")}] if "A.paid" in changes else []
    answer = reference(three(changes, recoveries=back), mode, rules)
    assert shown(answer, "burden") == burden
    assert shown(answer, "carried") == carried


def test_who_paid_for_an_insolvent_debtor_asks_him_for_it() -> None:
    """C bears 3 750 and paid 20 000: 16 250 over, P and A carry 15 000 and 3 250 less than theirs.

    16 250 · 15 000 / 18 250 = 13 356.16; A's is 2 893.84; 2 000 are still open. In fen 1 335 616.44
    and 289 383.56: the odd fen is A's. One fen of P's changes one fen: C gets 1 625 000 · 1 499 999
    / 1 824 999 = 1 335 616.30 from P.
    """
    for assets in (0, 1):
        answer = reference(three({"P.assets_fen": assets}), "joint")
        assert asks(answer, "C") == [("A", 289_384, "insolvent"), ("P", 1_335_616, "insolvent")]
        assert behind(answer, "C") == {True}
        assert asks(answer, "A") == asks(answer, "P") == []


def test_who_is_sued_alone_asks_the_others_in_proportion() -> None:
    """C paid 20 000 and carries 9 375: 10 625 of A, who carries 15 625 and paid nothing.

    And 9 375 − 3 750 = 5 625 of P, for what he carries in P's stead.
    """
    answer = reference(three(ALONE), "joint")
    assert asks(answer, "C") == [("A", 1_062_500, "share"), ("P", 562_500, "insolvent")]
    assert behind(answer, "C") == {True}


def test_second_line_debtors_get_all_they_paid_back() -> None:
    """P 20 000, A 3 000, C 2 000: A and C bear 0 and may take all from P (1198(2))."""
    answer = reference(three(SMALL | {"P.assets_fen": 2_000_000}), "supplementary")
    assert shown(answer, "paid") == (2_000_000, 300_000, 200_000)
    assert asks(answer, "A") == [("P", 300_000, "whole")]
    assert asks(answer, "C") == [("P", 200_000, "whole")]
    assert behind(answer, "A") == {False}
    before = [{"payer": "A", "amount_fen": 100_000}]
    answer = reference(three(SMALL, recoveries=before), "supplementary")
    assert asks(answer, "A") == [("P", 400_000, "whole")]


def test_a_principal_asks_nobody_but_another_principal() -> None:
    """Several, P rich: he pays 18 250 and bears 15 000; A is 3 250 short, which stays P's."""
    case = three({"P.assets_fen": None})
    assert asks(reference(case, "several"), "P") == []
    assert asks(reference(case, "several", P_ASKS), "P") == [("A", 325_000, "share")]
    case["parties"][2] |= {"role": "principal"}
    assert asks(reference(case, "several"), "P") == [("A", 325_000, "share")]
    assert asks(reference(case, "several", BY_SHARE), "P") == []


def test_helpers_come_before_principals_in_recourse() -> None:
    """C is 3 000 short of 3 750. A paid 8 250, 2 000 too much; P paid 16 000, 1 000 too much.

    A is served first, out of the only one short; P has recourse against nobody but principals.
    """
    paid = {"P": 1_600_000, "A": 825_000, "C": 75_000}
    back = [{"payer": who, "amount_fen": fen} for who, fen in paid.items()]
    rich = {f"{i}.assets_fen": None for i in "PAC"}
    answer = reference(three(rich, recoveries=back), "joint")
    assert asks(answer, "A") == [("C", 200_000, "share")]
    assert asks(answer, "P") == []
    answer = reference(three(rich, recoveries=back), "joint", P_ASKS)
    assert asks(answer, "A") == [("C", 200_000, "share")]
    assert asks(answer, "P") == [("C", 100_000, "share")]


def test_two_equal_overpayers_share_what_one_is_short() -> None:
    """D = 5 000, A and C paid 4 500 each, 3 250 and 3 750 too much; only P's 3 000 are short.

    Where more came back than (1 − v) of the loss: 3 000 at 3 250 : 3 750 is 1 392.86 : 1 607.14.
    """
    back = [{"payer": i, "amount_fen": 450_000} for i in "AC"]
    answer = reference(three({"V.fault": 0.8, "P.assets_fen": None}, recoveries=back), "joint", ON)
    assert shown(answer, "burden") == (300_000, 125_000, 75_000)
    assert asks(answer, "A") == [("P", 139_286, "share")]
    assert asks(answer, "C") == [("P", 160_714, "share")]


def late(
    rho: float = 0.2, mode: str = "auto", rules: dict | None = None, **changes: object
) -> dict:
    """C acted only after the loss, on a card that 10 000 came to; A was grossly careless."""
    facts = {"C.act": "account", "A.fault": 0.5, "A.assets_fen": None} | changes
    case = three(
        facts,
        accounts=[{"id": "first", "holder": "P"}, {"id": "second", "holder": "C"}],
        transfers=[
            {"payer": "V", "payee": "first", "amount_fen": 2_500_000},
            {"payer": "first", "payee": "second", "amount_fen": 1_000_000},
        ],
        acts=[{"party": "C", "after_loss": True}],
    )
    return reference(case, mode, rules, rho=rho)


def test_who_acted_after_the_loss_answers_for_another_damage() -> None:
    """P .60, A .25 of .85: A owes and bears 7 352.94, C the lost chance .2 · 10 000 = 2 000.

    C knew, yet he is not jointly liable, and nobody has recourse: he stands outside.
    """
    answer = late()
    assert shown(answer, "burden") == (1_764_706, 735_294, 200_000)
    assert shown(answer, "exposure") == (2_500_000, 735_294, 200_000)
    assert shown(answer, "paid") == (0, 735_294, 200_000)
    assert answer["parties"]["C"]["share"] == 0
    assert not any(row["recourse"] for row in answer["parties"].values())


def test_her_own_fault_lowers_the_lost_chance_too() -> None:
    """.8 · .2 · 10 000 = 1 600; and who promised it before stands in the group: .15 of 20 000.

    As the law is read, of the negligent alone: C knew, 2 000; grossly careless, 1 600. In every
    mode; `after_loss = inside`: .15 of .8 · 10 000, the piece that came to his card.
    """
    assert shown(late(rules=ON, **VICTIM), "burden")[2] == 160_000
    assert shown(late(rules=ON, **VICTIM, **{"C.fault": 1}), "burden")[2] == 300_000
    inside = ON | {"after_loss": "inside"}
    assert shown(late(rules=inside, **VICTIM, mode="joint"), "burden")[2] == 120_000
    for mode in ("auto", "joint", "several", "all_or_nothing", "zhou2024"):
        assert shown(late(**VICTIM, mode=mode), "burden")[2] == 200_000
        assert shown(late(**VICTIM, **{"C.fault": 0.5}, mode=mode), "burden")[2] == 160_000


def test_who_stands_outside_pays_after_the_group_what_is_still_open() -> None:
    """P has 24 000, A 500: 500 are left of C's 2 000. Released he owes nothing and frees nobody.

    Nothing is open then, and nobody has recourse against him: he is short of nothing.
    """
    poor = {"P.assets_fen": 2_400_000, "A.assets_fen": 50_000}
    assert shown(late(**poor), "paid") == (2_400_000, 50_000, 50_000)
    assert shown(late(**poor), "short")[2] == 0
    answer = late(**poor, **{"C.released": True})
    assert shown(answer, "paid") == (2_400_000, 50_000, 0)
    assert answer["claim_fen"] == 2_500_000
    assert shown(answer, "burden")[2] == 0


def test_two_outsiders_pay_by_exposure() -> None:
    """Lost chances of 2 000 and 4 000, 3 000 open: 1 000 and 2 000."""
    case = three(
        {"P.assets_fen": 2_200_000, "A.act": "account", "C.act": "account", "A.assets_fen": None},
        accounts=[{"id": f"card-{i}", "holder": i} for i in "PAC"],
        transfers=[
            {"payer": "V", "payee": "card-P", "amount_fen": 2_500_000},
            {"payer": "card-P", "payee": "card-A", "amount_fen": 1_000_000},
            {"payer": "card-P", "payee": "card-C", "amount_fen": 1_500_000},
            {"payer": "card-A", "payee": "card-C", "amount_fen": 500_000},
        ],
        acts=[{"party": i, "after_loss": True} for i in "AC"],
    )
    answer = reference(case, "auto", rho=0.2)
    assert shown(answer, "burden") == (2_500_000, 200_000, 400_000)
    assert shown(answer, "paid") == (2_200_000, 100_000, 200_000)


PLATFORM = {"A.role": "platform", "A.act": None, "A.assets_fen": None, **VICTIM}


@pytest.mark.parametrize(
    ("facts", "exposure", "burden"),
    [
        ({"fault": 1, "after_knowledge_fen": 1}, 2_000_000, 500_000),
        ({"fault": 0.8}, 2_000_000, 500_000),
        ({"fault": 0.8, "after_knowledge_fen": 1_000_000}, 800_000, 200_000),
        ({"fault": 0.5, "after_knowledge_fen": 500_000, "enlarged_fen": 9}, 400_000, 100_000),
        ({"fault": 0.5, "enlarged_fen": 500_000}, 400_000, 100_000),
        ({"fault": 0.3, "enlarged_fen": 200_000, "after_knowledge_fen": 9}, 160_000, 40_000),
    ],
)
def test_platforms_by_grade(facts: dict, exposure: int, burden: int) -> None:
    """v = .2. Concert: 20 000; knew: what came after, all if unknown; noticed: the enlarged part.

    If that alone is stated it stands for what came after. His share is .25 of that part: of
    20 000, 8 000, 4 000, 4 000, 1 600.
    """
    changes = PLATFORM | {f"A.{k}": x for k, x in facts.items()}
    row = reference(three(changes), "auto", ON)["parties"]["A"]
    assert (row["mode"], row["exposure_fen"], row["burden_fen"]) == ("joint", exposure, burden)


def test_an_unproved_element_dismisses_the_claim_by_law_in_force() -> None:
    """C's causation .74: not liable; the threshold, a what-if, does not ask."""
    case = three({"C.proof": {"causation": 0.74}})
    row = reference(case, "auto")["parties"]["C"]
    assert (row["mode"], row["share"], row["exposure_fen"]) == ("dismiss_claim", 0, 0)
    assert reference(case, "joint")["parties"]["C"]["share"] > 0


def test_a_courts_discretion_is_a_part_of_the_whole_loss() -> None:
    """渭南: .3 of 25 000 = 7 500, v = .2 not counted again; 5 000 back lower the claim to 15 000.

    Asked for .9, 22 500, he owes the 15 000 that are open; what he paid before comes off.
    """
    facts = VICTIM | {"A.court_share": 0.3, "C.court_share": 0, "A.assets_fen": None}
    assert shown(reference(three(facts), "discretionary", ON), "paid") == (0, 750_000, 0)
    for share, payer, owes in [(0.9, "pool", 1_500_000), (0.3, "A", 250_000)]:
        back = [{"payer": payer, "amount_fen": 500_000}]
        case = three(facts | {"A.court_share": share}, recoveries=back)
        assert shown(reference(case, "discretionary", ON), "exposure")[1] == owes


def test_a_courts_part_of_a_negligent_party_leaves_her_own_share() -> None:
    """v = .3: .9 of 25 000 is 22 500, of who was careless at most 17 500; with 5 000 of his 12 500.

    Who knew owes the 22 500. What came back from somebody else takes off the claim alone: 20 000
    are open, more than 17 500.
    """
    for fault, own, rest in ((0.3, 1_750_000, 1_250_000), (0.8, 2_250_000, 1_750_000)):
        facts = {"V.fault": 0.3, "A.court_share": 0.9, "A.fault": fault, "C.court_share": 0}
        for payer, owes in (("A", rest), ("pool", min(own, 2_000_000))):
            back = [{"payer": payer, "amount_fen": 500_000}]
            case = three(facts, recoveries=back)
            assert shown(reference(case, "discretionary"), "exposure")[1] == owes
        assert shown(reference(three(facts), "discretionary"), "burden")[1] == own


def test_a_second_line_debtor_stands_behind_the_fraudsters_alone() -> None:
    """A bank, k = .3 of 25 000: 7 500, whatever A and C pay, who knew; P has nothing.

    A and C pay all 25 000 by .25 : .15, so that nothing is left to collect.
    """
    bank = {"id": "B", "role": "operator", "grade": "slight", "share": 0, "limit": 0.3}
    case = three({"A.assets_fen": None})
    case["parties"] = [*case["parties"], bank]
    out = reference(case, "auto", {"operator": "supplementary"})["parties"]
    assert [out[i]["paid_fen"] for i in "PACB"] == [0, 1_562_500, 937_500, 0]
    assert out["B"]["exposure_fen"] == 750_000


def test_releasing_a_second_line_debtor_frees_nobody() -> None:
    """His share in the end is 0 (1198(2)), so 520(2) frees the others of nothing: P owes 25 000.

    What A paid before his release, 1 000, he may take from P: he bears nothing.
    """
    back = [{"payer": "A", "amount_fen": 100_000}]
    case = three(SMALL | {"A.released": True, "P.assets_fen": None}, recoveries=back)
    answer = reference(case, "supplementary")
    assert shown(answer, "paid") == (2_400_000, 0, 0)
    assert shown(answer, "burden") == (2_500_000, 0, 0)
    assert asks(answer, "A") == [("P", 100_000, "whole")]
