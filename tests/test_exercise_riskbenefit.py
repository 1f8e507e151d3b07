"""Exercises of lesson 05: keys as the model gives them, and with pencil and paper."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from reference.strategy import draws

from simlib import decide
from simlib.exercise import draw, mark, names
from simlib.riskbenefit import ORDER, assess, levers, registry
from simlib.riskbenefit.reforms import proposal
from simlib.text import LANGS
from simlib.worksheet import feedback, sheet, solution

pytestmark = pytest.mark.drawn
SEEDS = range(draws(84))  # at night a full round of every cycle
# the registry's numbers, as lesson 05 prints them
GAMMA, HALF = Fraction("0.25"), Fraction("0.05")
WEIGHTS = tuple(map(Fraction, ("0.25", "0.35", "0.4")))
BASE, CAP = Fraction("0.2"), Fraction("0.3")


@cache
def every(name: str) -> list:
    """All variants of one exercise that these tests look at."""
    return [draw("riskbenefit", name, seed) for seed in SEEDS]


def slips(one, step: str) -> dict:
    """The usual wrong amounts of a question [fen], by name."""
    return {slip.key: slip.fen for slip in one.step(step).slips}


def told(one, name: str) -> Fraction:
    """A number as it is told."""
    return Fraction(str(one.values[name]))


def test_topic_is_registered():
    """Five exercises."""
    assert names("riskbenefit") == ("score", "group", "lever", "dead", "paper")


# ---------------------------------------------------------------- score


def by_hand(one) -> dict:
    """Gain apportioned; G = g/(g + .05), G′ = .25 + .75 G; Z; loss·Z, loss·.2·Z/.5, at most .3."""
    v = one.values
    own = Fraction(v["pay_fen"] * v["loss_fen"], v["inflow_fen"])
    gain = own / v["loss_fen"] / (own / v["loss_fen"] + HALF)
    lifted = GAMMA + (1 - GAMMA) * gain
    scores = (lifted, told(one, "risk_number"), told(one, "cause_number"))
    assert told(one, "gain_number") == gain
    if one.kind == "equal":  # a mean of equals is what they are, whatever the weights
        assert len(set(scores)) == 1
        score = lifted
    else:
        score = sum(w * s for w, s in zip(WEIGHTS, scores, strict=True))
    loss = one.case.loss_fen
    based = BASE * score * 2
    return {
        "gain": own,
        "plain": loss * score,
        "based": loss * based,
        "owed": loss * min(CAP, based),
    }


def test_score_by_hand():
    """Every amount, exactly; the cap binds in its kind and only there."""
    for one in every("score"):
        found = by_hand(one)
        assert {step.id: step.key for step in one.steps} == found
        assert (found["owed"] < found["based"]) == (one.kind == "cap")
        assert slips(one, "gain")["whole_gain"] == one.values["pay_fen"]
        assert slips(one, "owed").get("cap_ignored", found["based"]) == found["based"]
    assert {one.kind for one in every("score")} == {"slack", "cap", "equal"}


def test_the_numbers_used_are_the_registrys():
    """Weights, floor, half point, base and cap of the hand are those of the parameters."""
    now = {row.key: row.value for row in registry()}
    expected = {"gamma": GAMMA, "g_half": HALF, "base.payment": BASE, "cap.payment": CAP}
    expected |= dict(zip(("weight.gain", "weight.risk", "weight.cause"), WEIGHTS, strict=True))
    assert {key: Fraction(str(now[key])) for key in expected} == expected


def test_score_by_the_engine():
    """`assess` with its reforms on and off, and `decide` for what he owes."""
    for one in every("score"):
        way = "geometric" if one.kind == "equal" else "additive"
        loss = one.case.loss_fen
        for step, reforms in (("plain", ()), ("based", ("base",)), ("owed", ("base", "cap"))):
            share = assess("A", one.case, way, reforms=reforms).share
            assert one.step(step).key == pytest.approx(loss * share, abs=0.5)
        found = decide(one.case, "risk_benefit", {"aggregator": way}).parties["A"]
        assert one.step("owed").key == found.exposure_fen


def test_one_variant_of_each_kind():
    """Cap: .25·.85 + .35·.6 + .4·1 = .8225; .2·.8225/.5 = .329, capped at .3 of 60 000: 18 000.
    Equal: G = 7/15 is lifted to .6, Z = .6, .24 of 100 000: 24 000."""
    one = draw("riskbenefit", "score", 1)
    assert (one.kind, one.case.loss_fen) == ("cap", 6_000_000)
    assert told(one, "score_number") == Fraction("0.8225")
    assert (one.step("based").key, one.step("owed").key) == (1_974_000, 1_800_000)
    one = draw("riskbenefit", "score", 2)
    assert (one.kind, one.values["gain_number"], one.step("owed").key) == (
        "equal",
        "7/15",
        2_400_000,
    )
    said = feedback(one, one.step("based"), mark(one.step("based"), "12000"), "12000", "zh")
    assert said["layer"] == "风险—收益模型"
    assert "二分之一" in said["text"][0]


# ---------------------------------------------------------------- group step

# Before the step: caps .3 payment, .375 tech, .15 promotion, direct floor .6. After: sums above
# .6 are scaled to it. three: .75 → ×.8; tech: .75; cards: .9 → ×2/3; fits: .45; direct: .9.
TEAMS = {
    "three": ("0.24", "0.4"),
    "tech": ("0.3", "0.4"),
    "cards": ("0.2", "0.4"),
    "fits": ("0.3", "0.55"),
    "direct": ("0.4", "0.4"),
}


def test_group_by_hand():
    """A's and P's share of the loss, and the fraudster's is at least .4."""
    for one in every("group"):
        a, p = map(Fraction, TEAMS[one.kind])
        loss = one.case.loss_fen
        assert (one.step("A").key, one.step("P").key) == (loss * a, loss * p)
        assert p >= Fraction(str(proposal().value("p_min")))
    assert {one.kind for one in every("group")} == set(TEAMS)


def test_group_by_the_engine():
    """`decide` under the model; what is told of each helper is his share before the step."""
    for one in every("group"):
        found = decide(one.case, "risk_benefit").parties
        assert one.step("A").key == found["A"].exposure_fen
        assert one.step("P").key == found["P"].burden_fen
        assert sum(p.burden_fen for p in found.values()) == one.case.loss_fen
        assert found["P"].exposure_fen == one.case.loss_fen  # outward the fraudster owes the whole
        for party in one.case.parties:
            if party.role == "helper":
                share = assess(party.id, one.case).share
                assert one.values[f"{party.id.lower()}_number"] == f"{100 * share:g}%"


# ---------------------------------------------------------------- dead levers

# By hand, from where the model stands: causal force, cap, direct floor, grade of fault.
DEAD = {
    "cap": ("cap-binds", "moves", "not-direct", "gate-open"),
    "slack": ("moves", "cap-slack", "not-direct", "gate-open"),
    "direct": ("floor-binds", "direct", "moves", "gate-open"),
    "gate": ("gate-fault", "gate-fault", "gate-fault", "moves"),
}


def test_dead_by_hand():
    """What covers the share makes the others dead, and is alive itself."""
    for one in every("dead"):
        assert tuple(step.key for step in one.steps) == DEAD[one.kind]
    assert {one.kind for one in every("dead")} == set(DEAD)


def test_dead_by_trying():
    """Moved a little in the model itself, a lever moves the share or does not."""
    for one in every("dead")[:12]:
        now = assess("A", one.case).share
        law = proposal()
        moved = {
            "cause": assess("A", one.case.set({"A.causal_force": one.case.party("A").causal_force
                            - 0.01})).share,
            "cap": assess("A", one.case, regime=law.variant({"cap.payment": 0.29})).share,
            "floor": assess("A", one.case, regime=law.variant({"direct_floor": 0.61})).share,
            "grade": assess("A", one.case.set({"A.grade": "gross"})).share,
        }  # fmt: skip
        for step, share in moved.items():
            assert (share != now) == (one.step(step).key == "moves"), (one.kind, step)


def test_dead_by_the_engine():
    """The reasons are those of `levers`."""
    for one in every("dead")[:8]:
        why = {lever.key: lever.reason or "moves" for lever in levers("A", one.case)}
        asked = ("causal_force", "cap.payment", "direct_floor", "grade")
        assert tuple(step.key for step in one.steps) == tuple(why[key] for key in asked)


# ---------------------------------------------------------------- the paper


def test_the_paper_orders_two_pairs_only():
    """Technical support above lending accounts, payment above promotion; the rest unranked."""
    seen = set()
    for one in every("paper"):
        first, second = (one.values[f"{n}_word"].split(".")[1] for n in ("first", "second"))
        expected = {(first, second) in ORDER: "first", (second, first) in ORDER: "second"}
        assert one.step("rank").key == expected.get(True, "unranked")
        seen.add(one.step("rank").key)
    assert ORDER == (("tech", "account"), ("payment", "promotion"))
    assert seen == {"first", "second", "unranked"}


def test_no_number_is_the_papers_or_a_courts():
    """Every number used is a teaching assumption; the model is a proposal and meets 178(3)."""
    for one in every("paper"):
        assert [one.step(s).key for s in ("number", "standing", "objection")] == [
            "teaching",
            "proposal",
            "objection",
        ]
        assert float(one.values["value_number"]) in {
            row.value for row in registry() if row.basis == "teaching assumption"
        }


def test_ten_per_cent_of_the_twin_case_is_no_support_for_the_model():
    """Who takes a court's 10 % for the source is told that it supports nothing."""
    one = draw("riskbenefit", "paper", 0)
    said = feedback(one, one.step("number"), mark(one.step("number"), "court"), "court", "zh")
    assert not said["right"]
    assert "10%" in said["text"][0]


@pytest.mark.parametrize("name", ["score", "group", "dead", "paper"])
@pytest.mark.parametrize("lang", LANGS)
def test_model_answers(name, lang):
    """Five parts, nothing left open, in each kind of variant; no number with many decimals."""
    for one in every(name)[:30]:
        model = solution(one, lang)["model"]
        assert len(model) == 5
        assert all(text for _, text in model)
        assert "{" not in "".join(sheet(one, lang)["facts"]) + str(model)
