"""The hypothetical case of many payments: its pieces by hand, as `sources.md` sets them out."""

from __future__ import annotations

import pytest

from simlib import decide, load_case
from simlib.causation import later_part, placed_by_money
from simlib.chain import lots
from simlib.figures.answered_part import part_note, part_reason
from simlib.figures.shares_beside import less_received, shrinking, unpaying_beside
from simlib.law.regime import rule

CASE = load_case("hypo-pieces")
PIECES = [  # size in yuan, who answers besides the fraudster, the payments
    (51_000, ("cao",), ("p1", "p3", "p5")),
    (4_000, ("han",), ("p2",)),
    (15_000, ("cao", "miao"), ("p4",)),
    (8_000, ("cao", "platform"), ("p6",)),
    (6_000, ("han", "platform", "bank"), ("p7",)),
    (6_000, ("cao", "platform", "bank"), ("p8",)),
]


@pytest.mark.parametrize("method", rule("tracing").values)
def test_eight_payments_make_six_pieces(method: str) -> None:
    """Every card is emptied before the next payment, so that each rule of tracing says the same."""
    found = decide(CASE, "auto", rules={"tracing": method}).pieces
    ids = [transfer.id for transfer in CASE.transfers]
    told = [
        (p.loss_fen // 100, p.answers, tuple(dict.fromkeys(ids[m.payment] for m in p.money)))
        for p in found
    ]
    assert told == [(yuan, ("principal", *who), paid) for yuan, who, paid in PIECES]


def test_what_stays_in_the_second_card_is_cut_from_what_went_on() -> None:
    """Of the 15 000 that came to Miao 14 700 went to the fraudster; 300 stayed with Miao as pay."""
    fourth = [lot for lot in lots(CASE) if CASE.transfers[lot.payment].id == "p4"]
    assert [(lot.fen, lot.holders) for lot in fourth] == [
        (1_470_000, {"cao", "miao", "principal"}),
        (30_000, {"cao", "miao"}),
    ]


def test_a_card_holder_shares_in_what_came_into_his_card() -> None:
    """Han .18 of 1.18 in 4 000 and of 1.40 in 6 000; the platform's burden is its parts of 20 000.

    Platform: .12 / 1.60 of 8 000 + .12 / 1.40 of 6 000 + .12 / 1.70 of 6 000 = 600 + 514.29 +
    423.53; held to 20 000, it may recover the rest.
    """
    out = decide(CASE.at("all-sued"), "auto").parties
    assert out["han"].burden_fen == 61_017 + 77_143
    assert out["platform"].exposure_fen == 2_000_000
    assert out["platform"].burden_fen == 60_000 + 51_429 + 42_353


def test_a_knowing_holder_owes_what_came_and_bears_his_part_of_it() -> None:
    """Who knew, .48: .48 / 1.48 of 4 000 + .48 / 1.70 of 6 000 = 1 297.30 + 1 694.12."""
    han = decide(CASE.at("han-knew"), "auto").parties["han"]
    assert han.exposure_fen == han.paid_fen == 1_000_000
    assert han.burden_fen == 129_730 + 169_412
    assert sum(claim.fen for claim in han.recourse) == 1_000_000 - 299_142


def test_two_cards_in_a_row_owe_the_money_once() -> None:
    """15 000 through both first-layer cards, both knowing, both sued: paid once."""
    case = CASE.at("both-cards").set({
        "han.fault": 0.8, "cao.sued": True, "cao.assets_fen": None,
    })  # fmt: skip
    out = decide(case, "auto")
    assert out.parties["han"].exposure_fen == 2_500_000
    assert out.parties["cao"].exposure_fen == 8_000_000
    assert out.received_fen == 9_000_000


def test_what_she_gets_is_what_the_one_who_is_sued_pays() -> None:
    """By the model Han pays a range; nobody else is sued, so her range is his to the fen."""
    out = decide(CASE, "risk_benefit")
    assert [id for id, party in out.parties.items() if party.paid_fen != 0] == ["han"]
    assert out.received_fen == out.parties["han"].paid_fen


@pytest.mark.parametrize(
    ("who", "fault", "exposure", "received"),
    [
        ("bank", 0.2, 78_151, 3_439_588),
        ("bank", 0.6, 207_237, 3_439_588),
        ("bank", 0.9, 1_200_000, 3_439_588),
        ("platform", 0.6, 2_000_000, 3_439_588),
        ("platform", 0.9, 2_000_000, 3_439_588),
    ],
)
def test_a_graver_omission_causes_nothing_that_was_paid_before_it(
    who: str, fault: float, exposure: int, received: int
) -> None:
    """Alert before the last 12 000, complaint before the last 20 000, of every grade (1165, 1197).

    The bank at .6, weight .30: .30 / 1.60 of 6 000 + .30 / 1.90 of 6 000 = 1 125 + 947.37; knowing
    it owes the 12 000 jointly. She gets 12 000 + 610.17 + 1 785.71 + the 20 000 each time.
    """
    out = decide(CASE.at("all-sued").set({f"{who}.fault": fault, f"{who}.grade": None}), "auto")
    assert out.parties[who].exposure_fen == exposure
    assert out.received_fen == received
    assert {p.loss_fen for p in out.pieces if who in p.answers} <= {800_000, 600_000}
    told = {a["key"] for a in out.assumptions if a.get("party") == who}
    assert ("omission.one" in told) == (fault >= 0.5)


@pytest.mark.parametrize("fault", [0.3, 0.6, 0.9])
def test_an_omission_of_unstated_time_counts_for_all_and_says_so(fault: float) -> None:
    """Nothing says what came after the alert: the bank shares in all 90 000, an assumption."""
    case = CASE.set({"bank.enlarged_fen": None, "bank.fault": fault, "bank.grade": None})
    out = decide(case, "auto")
    assert out.answers_for("bank") is None
    assert ("omission.unstated", "bank") in {(a["key"], a.get("party")) for a in out.assumptions}
    assert "按全部损失" in part_note(out, "bank", "zh")
    assert "按全部损失" in part_reason(out, case, "bank", "zh")


def test_what_an_operator_caused_knowing_stands_for_what_its_silence_added() -> None:
    """Of 12 000 stated for knowledge alone a careless bank owes its share, never of 90 000."""
    moved = {"bank.enlarged_fen": None, "bank.after_knowledge_fen": 1_200_000}
    assert decide(CASE.set(moved), "auto").parties["bank"].exposure_fen == 78_151


def test_a_wider_range_of_one_without_means_brings_her_less_and_the_page_says_why() -> None:
    """Cao answers for Han's 10 000 too, and has 12 000 as before.

    .18 / 1.66 of 4 000 and .18 / 1.88 of 6 000 is 1 008.20 of Han, not 1 381.60. In all 34 219.44
    instead of 34 395.88.
    """
    case, wider = CASE.at("all-sued"), {"flow_cap": "below_knowing"}
    out = decide(case, "auto", wider)
    assert (out.received_fen, out.parties["han"].paid_fen) == (3_421_944, 100_820)
    assert "曹某的过错证得越重，或者要负责的范围越宽" in "".join(less_received(out, case, "zh"))
    assert "或者要负责的范围越宽" in "".join(shrinking(out, case, "han", "zh"))


def test_more_proof_against_one_without_means_brings_her_less_and_the_page_says_why() -> None:
    """Cao has 12 000. Gross, .30: Miao .20 / 1.50 of 15 000 = 2 000; if he knew, .48: 1 785.71.

    The bank, whose 6 000 with Cao weigh 1.52 or 1.70, loses too, but there the platform pays. In
    all 34 610.17, then 34 395.88: the exception `insolvent` of `test_procedure_proof`.
    """
    case = CASE.at("all-sued")
    gross = case.set({"cao.fault": 0.5})
    before, after = decide(gross, "auto"), decide(case, "auto")
    assert (before.received_fen, after.received_fen) == (3_461_017, 3_439_588)
    assert (before.parties["miao"].paid_fen, after.parties["miao"].paid_fen) == (200_000, 178_571)
    assert unpaying_beside(after, case, "miao") == ["cao"]
    assert "曹某的过错证得越重" in "".join(shrinking(after, case, "miao", "zh"))
    assert "收到的可能反而少" in "".join(less_received(after, case, "zh"))
    able = case.set({"cao.assets_fen": None})
    assert not less_received(decide(able, "auto"), able, "zh")
    assert not shrinking(after, case, "platform", "zh")  # jointly: no share limits it


def test_a_later_card_says_by_which_reading_it_has_a_share() -> None:
    """By the order of money lesson 03 finds no cause in Miao's card; its .40 is stated."""
    assert placed_by_money(CASE, "miao")
    assert not any(placed_by_money(CASE, id) for id in ("han", "cao", "platform", "principal"))
    said = part_reason(decide(CASE, "auto"), CASE, "miao", "zh")
    assert "第03课只看资金的次序" in said
    assert not placed_by_money(load_case("hypo-layers"), "xu")  # its acts are listed


def test_a_first_card_names_both_readings_of_what_came_by_another() -> None:
    """Han: 10 000 straight, 25 000 in all, so 15 000 behind the loss; in the base setting none."""
    case = CASE.at("both-cards")
    assert later_part(case, "han") == 2_500_000 - 1_000_000
    assert [later_part(CASE, id) for id in ("han", "cao", "miao", "platform")] == [0, 0, 0, 0]
    said = part_reason(decide(case, "auto"), case, "han", "zh")
    assert "经别人的卡转来的15000元，案件没有逐项列出行为" in said
    assert "经别人的卡转来的" not in part_reason(decide(CASE, "auto"), CASE, "han", "zh")


def test_a_promise_that_lifts_the_limit_says_so() -> None:
    """Luo in concert answers for 100 000, not for the 50 000 of his card (1168)."""
    case = load_case("hypo-chain").set({"luo.grade": "concert"})
    out = decide(case, "auto")
    assert "第1168条" in part_reason(out, case, "luo", "zh")
    assert not part_reason(decide(CASE, "auto"), CASE, "principal", "zh")


def test_the_story_of_two_cards_tells_the_way_of_the_money() -> None:
    """First Cao's card, then Han's; none of it to Miao."""
    story = CASE.at("both-cards").summary
    assert "从曹某的卡转入韩某的卡" in story.zh
    assert "又转入苗某" not in story.zh
    assert "又转入苗某" in CASE.summary.zh


def test_that_a_knowing_lender_is_limited_is_said_to_be_a_reading():
    """Cao knew: 1169(1) does not say "up to what came in". Han was careless and caused no more."""
    out = decide(CASE, "auto")
    assert "第1169条第1款没有写这个限" in part_reason(out, CASE, "cao", "zh")
    assert "names no such limit" in part_reason(out, CASE, "cao", "en")
    assert "第1169条" not in part_reason(out, CASE, "han", "zh")
