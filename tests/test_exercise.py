"""Exercises: the key is the engine's, the slips are wrong, and feedback names the step."""

from __future__ import annotations

import re
import subprocess
import sys
from fractions import Fraction
from functools import cache

import pytest
from reference.strategy import draws

from simlib import decide
from simlib.enrichment import assess
from simlib.errors import OutOfScope, UnknownName
from simlib.exercise import LAYERS, MOST_SEED, Amount, Choice, draw, mark, names, topics
from simlib.exercise.typed_amount import read_fen
from simlib.exercise.usual_slips import LAYER_OF
from simlib.law.citation import article
from simlib.money import split
from simlib.text import LANGS, topic_words, words
from simlib.worksheet import feedback, sheet, solution

pytestmark = [pytest.mark.drawn, pytest.mark.slow]
SEEDS = range(draws(66))  # at night a full round of every cycle
ALL = [(topic, name) for topic in topics() for name in names(topic)]
MANY = [(topic, name, seed) for topic, name in ALL for seed in SEEDS]


def yuan(fen: int) -> str:
    """An amount as a student types it."""
    return f"{fen // 100}.{fen % 100:02d}"


@cache
def every(topic: str, name: str) -> list:
    """All variants of one exercise that these tests look at."""
    return [draw(topic, name, seed) for seed in SEEDS]


# ---------------------------------------------------------------- variants


@pytest.mark.parametrize(("topic", "name"), ALL)
def test_the_same_seed_is_the_same_variant(topic, name):
    """Drawn twice, a variant is equal to itself; the next seed tells other facts."""
    told = [sheet(one, "zh")["facts"] for one in every(topic, name)]
    assert all(one != two for one, two in zip(told, told[1:], strict=False))
    assert all(draw(topic, name, seed) == every(topic, name)[seed] for seed in SEEDS[::11])


def test_a_variant_is_the_same_on_every_machine():
    """The raw bits of PCG64 are promised never to change: these facts were read off once."""
    assert draw("case", "grade", 1).values["a_share"] == 0.15
    found = draw("liability", "recourse", 42).values
    assert (found["loss_fen"], found["p_share"], found["a_share"]) == (2_500_000, 0.6, 0.25)
    assert [draw("liability", "partial", seed).values["limit_share"] for seed in (3, 86)] == [
        0.25,
        0.4,
    ]


def test_a_variant_is_the_same_in_another_process():
    """Nothing hangs on the order in which a process hashes texts."""
    code = (
        "from simlib.exercise import draw, names;"
        "print([sorted(draw('case', n, 5).values.items(), key=str) for n in names('case')])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": hashing, "PYTHONPATH": ":".join(filter(None, sys.path))},
        ).stdout
        for hashing in ("0", "1")
    }  # fmt: skip
    assert len(said) == 1


def test_importing_the_room_is_light():
    """Neither numpy nor the case model is loaded before something is drawn."""
    code = "import sys, simlib.exercise; print({'numpy', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(("topic", "name"), ALL)
def test_numbers_can_be_worked_out_in_class(topic, name):
    """Losses and assets in whole thousands of yuan, shares and limits in steps of 5 %."""
    for one in every(topic, name):
        for key, value in one.values.items():
            if key == "loss_fen" or (key.endswith("assets_fen") and value is not None):
                assert value % 100_000 == 0
            if re.fullmatch(r"[pab]_share|(p_|a_|b_)?limit_share|victim_share", key) and value:
                assert Fraction(str(value)) * 20 % 1 == 0


def test_all_kinds_come_up():
    """A class that goes through a round of seeds meets every grade and every turn of the facts."""
    assert {one.kind for one in every("case", "grade")} == {
        "none",
        "slight",
        "gross",
        "knowing",
        "concert",
    }
    assert len({one.kind for one in every("case", "dismissal")}) == 5
    assert {one.kind for one in every("case", "modes")} == {"proved", "unproved"}
    assert {one.kind for one in every("case", "claim")} == {"gone", "frozen"}
    assert {s.key for one in every("riskbenefit", "lever") for s in one.steps} == {
        "first",
        "second",
        "both",
        "neither",
    }
    for name, kinds in (
        ("recourse", {"behind", "free"}),
        ("deduction", {"own", "others"}),
        ("partial", {"full", "short"}),
        ("supplementary", {"limit", "rest"}),
    ):
        assert {one.kind for one in every("liability", name)} == kinds


@pytest.mark.parametrize(
    ("topic", "name", "seed", "error"),
    [
        ("liabilty", "recourse", 1, UnknownName),
        ("liability", "recours", 1, UnknownName),
        ("liability", "recourse", -1, OutOfScope),
        ("liability", "recourse", MOST_SEED + 1, OutOfScope),
    ],
)
def test_what_cannot_be_drawn_is_an_error(topic, name, seed, error):
    """Topic, name and seed are checked, with the nearest name told."""
    with pytest.raises(error) as caught:
        draw(topic, name, seed)
    assert "liability" in str(caught.value) or "recourse" in str(caught.value) or seed != 1


# ---------------------------------------------------------------- keys

# The same questions asked of the engine again, here from the facts of the variant alone.
ENGINE = {
    "grade.amount": lambda c, v: decide(c, "auto").parties["A"].exposure_fen,
    "grade.mode": lambda c, v: decide(c, "auto").parties["A"].mode.replace("not_liable", "none"),
    "modes.joint": lambda c, v: decide(c, "joint").parties["A"].exposure_fen,
    "modes.several": lambda c, v: decide(c, "several").parties["A"].exposure_fen,
    "modes.proof": lambda c, v: decide(c, "all_or_nothing").parties["A"].exposure_fen,
    "claim.passed": lambda c, v: assess(c, "A").readings["passed"].owed.value,
    "claim.kept": lambda c, v: assess(c, "A").readings["kept"].owed.value,
    "layers.exposure": lambda c, v: decide(c, "joint").parties["A"].exposure_fen,
    "layers.share": lambda c, v: decide(c, "several").parties["A"].exposure_fen,
    "layers.paid": lambda c, v: decide(c, "joint").parties["A"].paid_fen,
    "layers.received": lambda c, v: decide(c, "joint").received_fen,
    "recourse.burden": lambda c, v: decide(c, "joint").parties["B"].burden_fen,
    "recourse.carried": lambda c, v: decide(c, "joint").parties["B"].carried_fen,
    "recourse.A": lambda c, v: decide(c, "joint").parties["B"].recourse[0].fen,
    "recourse.P": lambda c, v: decide(c, "joint").parties["B"].recourse[1].fen,
    "deduction.joint": lambda c, v: decide(c, "joint").parties["A"].exposure_fen,
    "deduction.several": lambda c, v: decide(c, "several").parties["A"].exposure_fen,
    "rounding.A": lambda c, v: decide(c, "several").parties["A"].exposure_fen,
    "rounding.D": lambda c, v: decide(c, "several").parties["D"].exposure_fen,
    "partial.exposure": lambda c, v: decide(c, "partial_joint").parties["A"].exposure_fen,
    "partial.paid": lambda c, v: decide(c, "partial_joint").parties["A"].paid_fen,
    "partial.received": lambda c, v: decide(c, "partial_joint").received_fen,
    "supplementary.exposure": lambda c, v: decide(c, "supplementary").parties["A"].exposure_fen,
    "supplementary.received": lambda c, v: decide(c, "supplementary").received_fen,
    "supplementary.back": lambda c, v: (
        decide(c, "supplementary").parties["A"].paid_fen
        - decide(c, "supplementary").parties["A"].burden_fen
    ),
    "clause.owed": lambda c, v: decide(c, "partial_joint").parties["A"].exposure_fen,
    "release.owed": lambda c, v: decide(c, "joint").parties["A"].exposure_fen,
}


def part(v: dict, who: str = "a") -> Fraction:
    """A share of the loss, by hand."""
    return v["loss_fen"] * Fraction(str(v[f"{who}_share"]))


def spread(v: dict) -> Fraction:
    """B's share, which with A's makes up what the two carry when P cannot."""
    return Fraction(str(v["b_share"]))


# And as a student works them out with pencil and paper, from the numbers told.
BY_HAND = {
    "modes.joint": lambda v: v["loss_fen"] - v["back_fen"],
    "modes.several": lambda v: min(part(v), v["loss_fen"] - v["back_fen"]),
    "modes.proof": lambda v: (
        (v["loss_fen"] - v["back_fen"])
        * (min(v["fault_share"], v["causation_share"]) >= v["standard_share"])
    ),
    "claim.passed": lambda v: v["loss_fen"] if v["tort_fen"] else v["held_fen"],
    "claim.kept": lambda v: (
        Fraction(v["gain_fen"] * v["loss_fen"], v["total_fen"]) if v["tort_fen"] else v["held_fen"]
    ),
    "claim.both": lambda v: v["loss_fen"] if v["tort_fen"] else v["held_fen"],
    "layers.exposure": lambda v: v["loss_fen"],
    "layers.share": part,
    "layers.paid": lambda v: v["a_assets_fen"],
    "layers.received": lambda v: min(v["loss_fen"], v["a_assets_fen"] + v["b_assets_fen"]),
    "recourse.burden": lambda v: part(v, "b"),
    "recourse.carried": lambda v: part(v, "b") / (Fraction(str(v["a_share"])) + spread(v)),
    "recourse.A": lambda v: (
        v["b_paid_fen"] - part(v, "b") / (Fraction(str(v["a_share"])) + spread(v))
    ),
    "recourse.P": lambda v: part(v, "b") / (Fraction(str(v["a_share"])) + spread(v)) - part(v, "b"),
    "deduction.damages": lambda v: v["loss_fen"] * (1 - Fraction(str(v["victim_share"]))),
    "deduction.joint": lambda v: (
        v["loss_fen"] * (1 - Fraction(str(v["victim_share"]))) - v["back_fen"]
    ),
    "deduction.several": lambda v: (
        part(v) * (1 - Fraction(str(v["victim_share"])))
        - v["back_fen"] * (v["payer_word"] == "payer.A")
    ),
    "rounding.A": lambda v: -(-part(v, "rest") // 3),
    "rounding.D": lambda v: part(v, "rest") // 3,
    "partial.exposure": lambda v: v["loss_fen"] * Fraction(str(v["limit_share"])),
    "partial.paid": lambda v: min(
        v["loss_fen"] * Fraction(str(v["limit_share"])), v["loss_fen"] - v["p_assets_fen"]
    ),
    "supplementary.exposure": lambda v: min(
        v["loss_fen"] * Fraction(str(v["limit_share"])), v["loss_fen"] - v["p_assets_fen"]
    ),
    "supplementary.back": lambda v: min(
        v["loss_fen"] * Fraction(str(v["limit_share"])), v["loss_fen"] - v["p_assets_fen"]
    ),
    "clause.owed": lambda v: v["loss_fen"] * Fraction(str(v["limit_share"])),
    "release.owed": lambda v: v["loss_fen"] - part(v, "b"),
}


@pytest.mark.parametrize("asked", sorted(ENGINE.keys() | BY_HAND.keys()))
def test_key_agrees_with_the_engine_and_the_hand_calculation(asked):
    """On every seed the key is what `decide` says to the case, and what the told numbers give."""
    name, step = asked.split(".")
    topic = next(t for t, n in ALL if n == name)
    for one in every(topic, name):
        key = one.step(step).key
        if asked in ENGINE:
            assert key == ENGINE[asked](one.case, one.values)
        if asked in BY_HAND:
            assert key == round(BY_HAND[asked](one.values), 6)


def test_recourse_is_what_was_paid_too_much():
    """From A what B paid above what he carries, from P what he carries above his burden."""
    for one in every("liability", "recourse"):
        v = one.values
        assert one.step("A").key + one.step("P").key == v["b_paid_fen"] - v["burden_fen"]
        assert one.step("rank").key == ("behind" if v["rest_fen"] else "free")
        assert v["rest_fen"] == v["loss_fen"] - v["b_paid_fen"]


@pytest.mark.parametrize(
    ("grade", "norm", "document", "mode", "whole"),
    [
        ("none", "fails", "dismiss_claim", "none", None),
        ("slight", "separate", "support", "several", False),
        ("gross", "separate", "support", "several", False),
        ("knowing", "help", "support", "joint", True),
        ("concert", "concert", "support", "joint", True),
    ],
)
def test_five_grades(grade, norm, document, mode, whole):
    """The ladder: none → 0; negligence → 1165(1) with 1172, several; knowing → 1169(1), concert →
    1168, joint. Several is his share of the loss, joint the loss."""
    for one in every("case", "grade"):
        if one.kind == grade:
            assert [one.step(s).key for s in ("norm", "document", "mode")] == [norm, document, mode]
            amounts = {None: 0, False: part(one.values), True: one.values["loss_fen"]}
            assert one.step("amount").key == amounts[whole]


def test_a_ruling_or_a_judgment():
    """A ruling: 10 days, refile (212), refund. A judgment: 15 days, barred (247), costs."""
    for one in every("case", "dismissal"):
        keys = [step.key for step in one.steps]
        if one.kind in ("suspicion", "unnamed"):
            assert keys == ["dismiss_suit", "ruling", "refile", "refund"]
        else:
            assert keys == ["dismiss_claim", "judgment", "barred", "loser"]
    assert words("exercise", "option.appeal.ruling.label") == "10日"
    assert words("exercise", "option.appeal.judgment.label") == "15日"


# Which assumed fact enters which form, from the table of lesson 01 (`enters` in texts/*/modes).
ENTERS = {
    "joint": set(),
    "several": {"cause"},
    "partial_joint": {"limit"},
    "benefit_cap": {"gain"},
    "risk_benefit": {"gain", "cause"},
    "all_or_nothing": {"proof"},
}


def test_a_lever_moves_only_what_it_enters():
    """What does not enter a form never moves it; outside the model's cap what enters does."""
    for one in every("riskbenefit", "lever"):
        pair = [one.values[f"{p}_said"].key.split(".")[-1] for p in ("first", "second")]
        moving = set()
        for place in ("m1", "m2"):
            mode, key = one.values[f"{place}_mode"], one.step(place).key
            moved = {"first": pair[:1], "second": pair[1:], "both": pair, "neither": []}[key]
            moving |= set(moved)
            assert set(moved) <= ENTERS[mode]
            assert mode == "risk_benefit" or set(moved) == ENTERS[mode] & set(pair)
        assert moving  # a question with nothing to find is no question


# ---------------------------------------------------------------- worked examples


def amounts(topic: str, name: str, seed: int) -> dict:
    """The amounts asked for in one variant, in yuan."""
    return {s.id: Fraction(s.key, 100) for s in draw(topic, name, seed).steps if not s.options}


def test_recourse_of_fix_1_with_one_defendant():
    """25 000, shares 60/25/15, B alone sued and good for 20 000, A solvent, P not. Burden 3 750;
    P's share re-spread .25:.15, B carries 25 000·15/40 = 9 375; from A 20 000 − 9 375 = 10 625,
    from P 9 375 − 3 750 = 5 625, behind the claimant's 5 000."""
    assert amounts("liability", "recourse", 42) == {
        "burden": 3_750,
        "carried": 9_375,
        "A": 10_625,
        "P": 5_625,
    }
    one = draw("liability", "recourse", 42)
    assert one.step("rank").key == "behind"
    wrong = {slip.key: slip.fen for slip in one.step("A").slips}
    # all he paid; paid − 3 750; A's own part
    assert wrong == {"whole_payment": 2_000_000, "whole_excess": 1_625_000, "no_respread": 625_000}


def test_layers_of_fix_1():
    """25 000, 60/25/15, A has 3 000, B 20 000: 25 000 claimed; A's part 6 250; 23 000 come."""
    assert amounts("liability", "layers", 53) == {
        "exposure": 25_000,
        "share": 6_250,
        "paid": 3_000,
        "received": 23_000,
    }


def test_unjust_enrichment_beside_tort():
    """Seed 0, in bad faith and all gone: 25 000 of 100 000 are hers, pay 1 000 to 4 000, of which a
    quarter goes with her money. Tort 25 000·(1 − v), enrichment 25 000 or that quarter; never the
    sum. Seed 1, in good faith: 50 000 booked, 20 000 still there, so 20 000 on either reading."""
    one = draw("case", "claim", 0)
    found, pay, own = (
        amounts("case", "claim", 0),
        one.values["gain_fen"],
        one.values["victim_share"],
    )
    assert found == {"passed": 25_000, "kept": Fraction(pay, 400), "both": 25_000}
    tort = 2_500_000 * (1 - Fraction(str(own)))
    slips = {slip.key: slip.fen for slip in one.step("both").slips}
    assert slips == {"claims_added": 2_500_000 + tort, "tort_alone": tort}
    assert amounts("case", "claim", 1) == {"passed": 20_000, "kept": 20_000, "both": 20_000}
    assert [draw("case", "claim", seed).step("faith").key for seed in (0, 1)] == ["bad", "good"]


def test_partial_payment():
    """25 000, limit 40 % = 10 000, P pays 12 000: outer leaves 10 000, together 22 000; inner
    10 000 − 12 000 < 0, nothing; pro rata 10 000·(1 − 12/25) = 5 200."""
    one = draw("liability", "partial", 86)
    assert amounts("liability", "partial", 86) == {
        "exposure": 10_000,
        "paid": 10_000,
        "received": 22_000,
    }
    assert {s.key: s.fen for s in one.step("paid").slips} == {
        "inner": 0,
        "pro_rata": 520_000,
        "rest_alone": 1_300_000,
    }


def test_supplementary():
    """25 000, P paid 20 000, limit 25 % = 6 250: only 5 000 is left, so 5 000; together 25 000.

    In the end A bears none of the 5 000: all of it comes back from P (1198(2)).
    """
    assert amounts("liability", "supplementary", 284) == {
        "exposure": 5_000,
        "received": 25_000,
        "back": 5_000,
    }
    assert (
        decide(draw("liability", "supplementary", 284).case, "supplementary")
        .parties["A"]
        .burden_fen
        == 0
    )


def test_rounding():
    """25 000, half of it the fraudster's: 12 500 ÷ 3 = 4 166.67, 4 166.67, 4 166.66; rounded alone
    they are a fen too much. 40 000, .40 left: 16 000 ÷ 3 = 5 333.34, 5 333.33, 5 333.33; rounded
    alone they lack a fen."""
    assert amounts("liability", "rounding", 1) == {
        "A": Fraction("4166.67"),
        "D": Fraction("4166.66"),
    }
    assert draw("liability", "rounding", 1).step("D").slips[0].key == "rounded_alone"
    assert amounts("liability", "rounding", 2) == {
        "A": Fraction("5333.34"),
        "D": Fraction("5333.33"),
    }
    assert draw("liability", "rounding", 2).step("A").slips[0].key == "rounded_alone"


def test_nobody_answers_for_a_fraudsters_share():
    """Several liability is asked of careless helpers only; the fraudster is not among those who
    are asked to pay a part."""
    for one in every("liability", "rounding"):
        assert [(p.role, p.grade) for p in one.case.parties[2:]] == [("helper", "slight")] * 3
        assert not one.case.party("P").sued
        assert [step.id for step in one.steps] == ["rule", "A", "D"]


@pytest.mark.parametrize("lang", LANGS)
def test_partial_joint_says_where_its_wording_is_borrowed(lang):
    """Article 12 of the interpretation speaks of guardians: the step that uses it says so."""
    borrowed, guardian = {"zh": ("借用", "监护人"), "en": ("borrowed", "guardian")}[lang]
    for one in every("liability", "partial"):
        why = solution(one, lang)["steps"][0]["why"]
        assert borrowed in why
        assert guardian in why


def test_deduction():
    """25 000, v = 20 %: D = 20 000; 2 000 came back from the pool: 18 000 joint; A's 25 % of D is
    5 000, untouched. Deducted first: (25 000 − 2 000)·.8 = 18 400. A share of 18 000: 4 500."""
    one = draw("liability", "deduction", 42)
    assert amounts("liability", "deduction", 42) == {
        "damages": 20_000,
        "joint": 18_000,
        "several": 5_000,
    }
    joint = {s.key: s.fen for s in one.step("joint").slips}
    assert joint["restitution_first"] == 1_840_000
    assert {s.key: s.fen for s in one.step("several").slips}["share_of_claim"] == 450_000


def test_release():
    """25 000, B's 15 % = 3 750 leaves the debt: 21 250."""
    assert draw("liability", "release", 97).values["b_share"] == 0.15
    assert amounts("liability", "release", 97) == {"owed": 21_250}


def test_clause():
    """40 % of 25 000: 10 000; one clause of five says so; she asked for all, so the rest is
    dismissed."""
    one = draw("liability", "clause", 108)
    assert amounts("liability", "clause", 108) == {"owed": 10_000}
    assert (one.step("clause").key, one.step("rest").key) == ("partial_joint", "write")
    options = {o["key"]: o["label"] for o in sheet(one, "zh")["steps"][1]["options"]}
    assert "在40%的范围内（即10000元）承担连带赔偿责任" in options["partial_joint"]
    assert "以10000元为限承担相应的补充责任" in options["supplementary"]
    whole = "一、被告丙于本判决生效之日起十日内赔偿原告损失25000元；"
    assert {key for key, label in options.items() if not label.startswith(whole)} == {"split"}


def test_modes():
    """25 000, A 20 %, 2 000 returned, all proved: joint 23 000, several 5 000, proof 23 000.
    With 4 000 returned and one element short of .75: 21 000, 5 000, nothing; .6 or .7 of 21 000 is
    the discount slip."""
    assert amounts("case", "modes", 9) == {"joint": 23_000, "several": 5_000, "proof": 23_000}
    assert amounts("case", "modes", 74) == {"joint": 21_000, "several": 5_000, "proof": 0}
    slip = draw("case", "modes", 74).step("proof").slips[0]
    assert (slip.key, slip.fen) in {("expected_value", 1_260_000), ("expected_value", 1_470_000)}


def test_two_degrees_of_proof_are_no_discount_twice():
    """24 000 less 2 000, fault and causation .8 each: 22 000 owed, 14 080 by multiplying both."""
    step = draw("case", "modes", 1).step("proof")
    assert step.key == 2_200_000
    verdict = mark(step, "14080")
    assert (verdict.kind, verdict.slip.key) == ("slip", "degrees_multiplied")


# ---------------------------------------------------------------- slips and marking


@pytest.mark.parametrize(("topic", "name"), ALL)
def test_slips_are_wrong_and_feedback_names_their_step(topic, name):
    """Each slip differs from the key and the others; typed in, it is named with its layer."""
    for one in every(topic, name):
        for step in one.steps:
            numbers = [step.key, *(slip.fen for slip in step.slips)]
            assert len(set(numbers)) == len(numbers)
            for slip in step.slips:
                assert isinstance(slip.fen, int)
                assert slip.fen >= 0
                verdict = mark(step, yuan(slip.fen))
                assert (verdict.kind, verdict.slip, verdict.settled) == ("slip", slip, False)
                said = feedback(one, step, verdict, yuan(slip.fen), "zh")
                assert said["layer"] == words("exercise", f"layer.{LAYER_OF[slip.key]}")
                assert said["layer"] in said["text"][0]


def test_each_slip_belongs_to_its_step():
    """Which step has gone wrong, slip by slip: what a teacher would say."""
    assert {
        slip: layer
        for layer, slips in {
            "proof": "found_for_all flow_as_found not_yet_final",
            "causation": "by_heads one_link_one_part sets_not_orders not_needed own_link_only"
            " against_the_chain whole_loss whole_flow whole_gain gain_by_loss money_as_gain"
            " chance_of_loss chance_of_receipt twin_rate middle_of_band whole_passed gain_by_passed"
            " heads_of_gain",
            "tracing": "as_fifo as_lifo as_pro_rata whole_payment_hers payment_as_hers"
            " own_money_forgotten stamp_overlooked stamp_stretched heads_of_pool first_come"
            " rest_of_pool",
            "model": "gain_not_lifted mean_of_three scores_multiplied score_as_share half_forgotten"
            " base_alone cap_ignored cap_alone not_scaled scaled_to_whole cut_alone least_as_share",
            "mode": "as_joint as_several",
            "share": "joint_as_share equal_shares defendants_only share_of_claim",
            "amount": "expected_value degrees_multiplied standard_ignored standard_missed"
            " assets_as_exposure limit_of_rest limit_alone rest_alone release_ignored"
            " release_of_all",
            "collection": "exposure_as_paid share_as_paid inner pro_rata uncapped",
            "deduction": "not_reduced not_deducted restitution_first ordered_deducted"
            " fine_deducted payer_ignored return_as_claim claims_added fault_on_return",
            "norm": "gone_forgiven good_returns_all tort_alone",
            "recourse": "no_respread whole_payment borne_himself whole_excess",
            "rounding": "rounded_alone rounded_down last_first",
        }.items()
        for slip in slips.split()
    } == LAYER_OF


@pytest.mark.parametrize(("topic", "name"), ALL)
def test_every_amount_has_slips_in_most_variants(topic, name):
    """A question that nobody can get wrong in a usual way is not asked."""
    for step in draw(topic, name, 1).steps:
        if not step.options:
            found = [len(one.step(step.id).slips) for one in every(topic, name)]
            assert sum(count >= 2 for count in found) > len(SEEDS) / 2


def test_every_slip_comes_up():
    """No slip is listed that no variant has."""
    seen = {
        slip.key
        for topic, name in ALL
        for one in every(topic, name)
        for step in one.steps
        for slip in step.slips
    }
    assert seen == set(LAYER_OF)


def test_layers_and_options_are_known():
    """A step asks about a known layer; its key and the views accepted are among its options."""
    for topic, name in ALL:
        for one in every(topic, name):
            assert len({step.id for step in one.steps}) == len(one.steps) >= 2
            for step in one.steps:
                assert step.layer in LAYERS
                assert all(slip.layer in LAYERS for slip in step.slips)
                if step.options:
                    assert step.key in step.options
                    assert set(step.also) < set(step.options) - {step.key}
                for id in step.cites:
                    assert article(id)


CHOICE = Choice("norm", "norm", "help", "norm", ("concert", "help", "separate"), also=("concert",))
AMOUNT = Amount("amount", "amount", 2_500_000)


@pytest.mark.parametrize(
    ("step", "given", "kind"),
    [
        (CHOICE, "help", "right"),
        (CHOICE, "concert", "also"),
        (CHOICE, "separate", "wrong"),
        (CHOICE, "", "unread"),
        (CHOICE, "anything", "unread"),
        (AMOUNT, "25000", "right"),
        (AMOUNT, "25000.01", "wrong"),
        (AMOUNT, "2.5", "unit"),
        (AMOUNT, "2500000", "unit"),
        (AMOUNT, "25000.005", "inexact"),
        (AMOUNT, "about 25000", "unread"),
        (AMOUNT, "", "unread"),
    ],
)
def test_mark(step, given, kind):
    """Right to the fen or wrong; what cannot be read costs no try and settles nothing."""
    verdict = mark(step, given)
    assert verdict.kind == kind
    assert verdict.settled == (kind in ("right", "also"))
    assert mark(step, given, tries=2).settled == (kind != "unread")


def test_points():
    """Two at the first try, one at the second, none later or for a wrong answer."""
    assert [mark(AMOUNT, "25000", tries=n).points for n in (1, 2, 3)] == [2, 1, 0]
    assert mark(AMOUNT, "1", tries=2).points == 0
    assert mark(CHOICE, "concert").points == 2


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("25000", 2_500_000),
        ("25,000.00", 2_500_000),
        ("25，000", 2_500_000),
        ("2.5万", 2_500_000),
        ("2.5 万元", 2_500_000),
        ("２５０００", 2_500_000),
        ("２５，０００．００元", 2_500_000),
        (" ￥25000 ", 2_500_000),
        ("CNY 25,000", 2_500_000),
        ("人民币25000元", 2_500_000),
        ("8333.34", 833_334),
        ("0", 0),
        ("0.01", 1),
    ],
)
def test_amounts_are_read_as_people_write_them(text, fen):
    """Full-width digits, separators, currency, 万."""
    assert read_fen(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "万",
        "-1",
        "1e5",
        "25000元整吧",
        "2,5000",
        "1.2.3",
        "½",
        "9" * 41,
        "25000-26000",
        "٣",
    ],
)
def test_what_is_no_amount_is_not_guessed(text):
    """Ranges, signs, groups of four, other scripts: no number rather than a wrong one."""
    assert read_fen(text) is None


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("topic", "name"), ALL)
def test_everything_has_words(topic, name, lang):
    """Questions, keys, slips, model answers of every variant, with no placeholder left."""
    for one in every(topic, name):
        said = f"{sheet(one, lang)} {solution(one, lang)['steps']}"
        model = solution(one, lang)["model"]
        assert len(model) == 5
        assert all(text.strip() for _, text in model)
        assert not re.search(
            r"\{\w+\}|None|_fen|0\.\d{5,}", said.replace("'also': []", "") + str(model)
        )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("topic", "name"), ALL)
def test_the_question_does_not_give_the_key_away(topic, name, lang):
    """What goes to the page holds neither key nor slip nor reason."""
    told = sheet(draw(topic, name, 3), lang)
    assert set(told) == {"name", "topic", "seed", "title", "facts", "steps"}
    for step in told["steps"]:
        assert set(step) == {"id", "layer", "layer_label", "ask", "options"}


@pytest.mark.parametrize("lang", LANGS)
def test_every_answer_gets_feedback(lang):
    """Right, another view, each wrong option, an unusual number, nothing: words for each."""
    for topic, name in ALL:
        one = draw(topic, name, 2)
        for step in one.steps:
            for given in [*step.options, "123456.78", "", "x", "1.005"]:
                for tries in (1, 2):
                    said = feedback(one, step, mark(step, given, tries), given, lang)
                    assert all(line and "{" not in line for line in said["text"])
                    told = said["settled"] and not said["right"]
                    key = solution(one, lang)["steps"][one.steps.index(step)]["key_label"]
                    assert not told or key in said["text"][1]


def test_an_unusual_number_says_so_and_the_second_try_tells_the_key():
    """ "None of the usual slips", then the key with its reason."""
    one = draw("liability", "recourse", 42)
    step = one.step("A")
    first = feedback(one, step, mark(step, "1234.56"), "1234.56", "zh")
    assert "不是任何一种常见错误得出的" in first["text"][0]
    assert first["text"][1] == "请再试一次。"
    second = feedback(one, step, mark(step, "1234.56", 2), "1234.56", "zh")
    assert second["text"][1] == "答案是：10625元。"
    assert "超出10625元" in second["text"][2]


def test_every_word_is_in_use():
    """No option, slip, layer or exercise has words without being in use."""
    used, groups = set(), {}
    for topic, name in ALL:
        for one in every(topic, name):
            for step in one.steps:
                groups.setdefault(step.group, set()).update(step.options)
                used.add(step.layer)
    table = topic_words("exercise")
    assert set(table["slip"]) == set(LAYER_OF)
    assert {g: set(keys) for g, keys in table["option"].items()} == {
        g: keys for g, keys in groups.items() if g
    }
    assert used <= set(table["layer"]) == set(table["check"]) == set(LAYERS)
    assert {name for _, name in ALL} <= set(table)


def test_a_split_of_the_told_shares_is_the_engines():
    """Three stated shares of the loss, by largest remainder, are what the three bear; outwardly a
    helper owes his part and the fraudster the whole."""
    for one in every("liability", "layers"):
        shares = [one.values[f"{who}_share"] for who in "pab"]
        found = decide(one.case, "several").parties
        parts = split(one.values["loss_fen"], shares)
        assert parts == [found[p].burden_fen for p in "PAB"]
        owed = [found[p].exposure_fen for p in "PAB"]
        assert owed == [one.values["loss_fen"], *parts[1:]]
