"""The slow reference against vectors computed by hand: risk and benefit, and unknown facts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from reference import read, reference, reference_interval, score
from reference.amounts import number
from reference.shares import join

LOSS = 2_500_000
# act, gain, loss, foresight, control, (indispensability, push); s in the three forms, from an
# independent calculation to six decimals. RB-A by hand: g = .02, G = .02/.07 = .285714, G′ = .25 +
# .75 G = .464286; R = .6^.4 · .8^.3 · .5^.3 = .619268; C = √.35 = .591608; additive
# .4 · (.25 G′ + .35 R + .4 C) = .227783.
SCORES = {
    "RB-A": ("payment", 50_000, LOSS, 0.8, 0.5, (0.7, 0.5), (0.226322, 0.227783, 0.272156)),
    "RB-B": ("payment", 21_000, 7_000_000, 0.8, 0.5, (0.5, 0.3), (0.170196, 0.177911, 0.112228)),
    "RB-B, gain of all victims": ("payment", 210_000, 7_000_000, 0.8, 0.5, (0.5, 0.3),
        (0.197588, 0.201790, 0.203865)),
    "RB-D": ("promotion", 300_000, 10_000_000, 0.5, 0.3, (0.3, 0.4),
        (0.077353, 0.078753, 0.051482)),
}  # fmt: skip
FORMS = ("geometric", "additive", "multiplicative")


def scored(act: str, gain: int | None, foresight: float, control: float, cause: object) -> dict:
    """One helper scored by risk and benefit."""
    pair = {"indispensability": cause[0], "push": cause[1]} if isinstance(cause, tuple) else {}
    cause = {} if pair else {"causal_force": cause}
    facts = {"foresight": foresight, "control": control, "gain_direct_fen": gain}
    facts = {k: v for k, v in facts.items() if v is not None}
    return {"id": "H", "role": "helper", "act": act, "fault": 0.8} | facts | pair | cause


def versus(helper: dict, loss: int = LOSS, **case: object) -> dict:
    """A helper beside an absent principal."""
    parties = [
        {"id": "V", "role": "victim"}, {"id": "P", "role": "principal", "sued": False}, helper,
    ]  # fmt: skip
    return {"loss_fen": loss, "parties": parties} | case


@pytest.mark.parametrize("name", SCORES)
def test_scores_before_the_group_step(name: str) -> None:
    """The teaching model's published points, in its three forms."""
    act, gain, loss, foresight, control, cause, expected = SCORES[name]
    case = versus(scored(act, gain, foresight, control, cause), loss)
    helper = read(case, {}).liable[1]
    found = tuple(round(float(score(helper, loss, form)), 6) for form in FORMS)
    assert found == expected


def test_balanced_and_unbalanced_scores_differ_as_the_forms_do() -> None:
    """s = .4 · Z. G = .9 gives G′ = .25 + .75 · .9 = .925; with R = .8 and C = .1 the product is

    .4 · 4 · .925 · .8 · .1 = .1184, the sum .4 · (.25 · .925 + .35 · .8 + .4 · .1) = .2205. G = R =
    C = .5: G′ = .625, sum .4 · .53125 = .2125, product 1.6 · .15625 = .25. All at ½: the base.
    """
    unbalanced, balanced = (Fraction(37, 40), Fraction(4, 5), Fraction(1, 10)), (Fraction(5, 8),)
    for scores, expected in [
        (unbalanced, [0.1444, 0.2205, 0.1184]),
        (balanced + (Fraction(1, 2),) * 2, [0.2115, 0.2125, 0.25]),
    ]:
        found = [round(float(number(0.4) * join(form, *scores)), 4) for form in FORMS]
        assert found == expected
    for form in FORMS:
        assert number(0.4) * join(form, *[Fraction(1, 2)] * 3) == Fraction(1, 5)


def test_the_paper_s_position_is_a_band() -> None:
    """Gain unknown: 5 328.14 with G = 0 up to the cap .30, 7 500; direct .60 = 15 000."""
    helper = scored("payment", None, 0.9, 0.6, (0.8, 0.6))
    band = reference_interval(versus(helper), "risk_benefit")
    assert band["received_fen"] == (532_814, 750_000)
    direct = reference_interval(versus(helper | {"direct": True}), "risk_benefit")
    assert direct["received_fen"] == (1_500_000, 1_500_000)


def test_nothing_known_is_the_whole_band() -> None:
    """A knowing card lender, no other fact: 0 to 7 500; partial joint 0 to 25 000.

    Several: 0 to 1 · 1 of 2, 12 500; that it is just 12 500 takes a finding that the size of
    responsibility is 难以确定.
    """
    helper = {"id": "H", "role": "helper", "act": "payment", "grade": "knowing"}
    case = versus(helper)
    assert reference_interval(case, "risk_benefit")["received_fen"] == (0, 750_000)
    assert reference_interval(case, "partial_joint")["received_fen"] == (0, LOSS)
    assert reference_interval(case, "benefit_cap")["received_fen"] == (0, LOSS)
    assert reference_interval(case, "several")["received_fen"] == (0, 1_250_000)
    found = case | {"undeterminable": True}
    assert reference(found, "several")["received_fen"] == 1_250_000
    assert reference_interval(case, "auto")["received_fen"] == (LOSS, LOSS)


def test_the_twin_case() -> None:
    """RB-B on 70 000: .170196… · 7 000 000 = 1 191 373 fen; the cap by gain is 210 yuan."""
    card = {"id": "card", "holder": "H", "inflow_fen": 70_000_000}
    came = {"payer": "V", "payee": "card", "amount_fen": 7_000_000}
    helper = scored("payment", 210_000, 0.8, 0.5, (0.5, 0.3))
    case = versus(helper, 7_000_000, accounts=[card], transfers=[came])
    assert reference(case, "risk_benefit")["received_fen"] == 1_191_373
    assert reference(case, "benefit_cap")["received_fen"] == 21_000
    assert reference(case, "joint")["received_fen"] == 7_000_000


def test_the_group_step_keeps_the_principals_minimum() -> None:
    """Two direct helpers, .60 each: scaled to .30 each, the principal keeps .40."""
    helper = scored("payment", 0, 0.5, 0.5, 0.5) | {"direct": True}
    case = versus(helper)
    case["parties"].append(helper | {"id": "K"})
    answer = reference(case, "risk_benefit")
    assert [answer["parties"][i]["share"] for i in "PHK"] == [
        Fraction(2, 5), Fraction(3, 10), Fraction(3, 10),
    ]  # fmt: skip
