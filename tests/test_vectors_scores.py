"""Hand-computed numbers: shares by risk and benefit, before the group step, in three forms."""

from __future__ import annotations

import pytest

from simlib import assess, decide, load_case

LOSS = 2_500_000
REAL = "2024-lu-0302-5690"

FORMS = ("geometric", "additive", "multiplicative")
# foresight = control = x that makes R = .6^.4 · x^.6 just .8, and just .5
HIGH, HALF = ((r / 0.6**0.4) ** (1 / 0.6) for r in (0.8, 0.5))
POINTS = {
    # act, gain and loss [fen], foresight, control, cause, then s in the three forms
    "RB-0": ("payment", 62_500, LOSS, HALF, HALF, 0.5, (0.2, 0.2, 0.2)),
    "RB-A": ("payment", 50_000, LOSS, 0.8, 0.5, (0.7, 0.5), (0.226322, 0.227783, 0.272156)),
    "RB-B": ("payment", 21_000, 7_000_000, 0.8, 0.5, (0.5, 0.3), (0.170196, 0.177911, 0.112228)),
    "RB-B, the gain of all victims": (
        "payment", 210_000, 7_000_000, 0.8, 0.5, (0.5, 0.3), (0.197588, 0.201790, 0.203865)),
    "RB-D": (
        "promotion", 300_000, 10_000_000, 0.5, 0.3, (0.3, 0.4), (0.077353, 0.078753, 0.051482)),
    "U1": ("payment", 1_125_000, LOSS, HIGH, HIGH, 0.1, (0.1444, 0.2205, 0.1184)),
    "U3": ("payment", 125_000, LOSS, HALF, HALF, 0.5, (0.2115, 0.2125, 0.25)),
    "paper, G = 0": ("payment", 0, LOSS, 0.9, 0.6, (0.8, 0.6), (0.2131, 0.2307, 0.1878)),
    "paper, G = .5": ("payment", 125_000, LOSS, 0.9, 0.6, (0.8, 0.6), (0.2680, 0.2682, 0.3)),
    "paper, G near 1": ("payment", 10**12, LOSS, 0.9, 0.6, (0.8, 0.6), (0.3, 0.3, 0.3)),
}  # fmt: skip


@pytest.mark.parametrize("name", POINTS)
@pytest.mark.parametrize("form", FORMS)
def test_risk_benefit_points(name: str, form: str) -> None:
    """G = g/(g + .05), G′ = .25 + .75 G, R = ρ^.4 f^.3 c^.3, C = √(i · p); s = b · Z / ½ ≤ cap.

    RB-0: g = .025, G = 1/3, G′ = ½: all at ½, s is the base .20. RB-A: G = .285714, R = .619268,
    C = .591608: geometric .226322, additive .4 · (.25 · .464286 + .35 R + .4 C) = .227783, product
    1.6 · .464286 · R · C = .272156. RB-B: 210 of 70 000, not the 2 100 of ten victims. U1: G = .9,
    R = .8, C = .1: the product .4 · 4 · .925 · .08 = .1184 does not let gain buy back a weak cause,
    the sum .4 · (.23125 + .28 + .04) = .2205 does. The paper's setting: R = .721, C = .693; capped
    at .30.
    """
    act, gain, loss, foresight, control, cause, expected = POINTS[name]
    facts = {"zhang.act": act, "zhang.gain_direct_fen": gain, "loss_fen": loss,
             "t1.amount_fen": loss, "zhang.foresight": foresight,
             "zhang.control": control}  # fmt: skip
    if isinstance(cause, tuple):
        facts |= {"zhang.indispensability": cause[0], "zhang.push": cause[1]}
    else:
        facts |= {"zhang.causal_force": cause}
    share = assess("zhang", load_case(REAL).set(facts), aggregator=form).share
    wanted = expected[FORMS.index(form)]
    digits = max(4, len(str(wanted)) - 2)
    assert round(float(share), digits) == wanted


@pytest.mark.parametrize(
    ("form", "low", "high"),
    [("geometric", 0.2131, 0.3), ("additive", 0.2307, 0.3), ("multiplicative", 0.1878, 0.3)],
)
def test_an_unknown_gain_is_a_band(form: str, low: float, high: float) -> None:
    """The real case, scores assumed: G anywhere in [0, 1] is .2131 to the cap .30, and so on."""
    share = assess("zhang", load_case(REAL).at("assumed"), aggregator=form).share
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


def test_the_readings_of_the_real_case() -> None:
    """Indirect 21–30 % (5 328.14 to 7 500), direct at least .60 (15 000); the court 100 %."""
    case = load_case(REAL)
    band = decide(case.at("assumed"), "risk_benefit").received_fen
    assert (band.low, band.high) == (532_814, 750_000)
    assert decide(case.at("direct"), "risk_benefit").received_fen == 1_500_000
    assert case.rulings[0].amount_fen == LOSS


@pytest.mark.parametrize("form", FORMS)
def test_two_cards_of_one_helper_are_one_helper_with_both_flows(form: str) -> None:
    """30 000 and 40 000 through two cards that took 300 000 and 400 000: 2 100 · 70/700 = 210.

    The same as one card with 70 000 of 700 000: the point RB-B in each form.
    """
    case = load_case("hengnan-hengyang").at("assumed")
    card, sent = case.accounts[0], case.transfers[0]
    two = case.model_copy(update={
        "accounts": (card.model_copy(update={"inflow_fen": 30_000_000}),
                     card.model_copy(update={"id": "second", "inflow_fen": 40_000_000})),
        "transfers": (sent.model_copy(update={"amount_fen": 3_000_000}),
                      sent.model_copy(update={"id": "t2", "payee": "second",
                                              "amount_fen": 4_000_000})),
    })  # fmt: skip
    one, both = (assess("long", c, aggregator=form) for c in (case, two))
    assert one.share == both.share
    assert round(float(one.gain), 6) == 0.056604
