"""The paper's model on inputs worked out independently; each test carries its calculation."""

import pytest

from simlib import load_case
from simlib.interval import Interval
from simlib.riskbenefit import assess, group_step


def scored(act: str, gain_fen: int, loss_fen: int, **facts: float):
    """A case with one helper of an act, and his assessment."""
    case = load_case("2024-lu-0302-5690").set({"loss_fen": loss_fen, "t1.amount_fen": loss_fen})
    settings = {f"zhang.{name}": value for name, value in facts.items()}
    return assess(
        "zhang", case.set({"zhang.act": act, "zhang.gain_direct_fen": gain_fen, **settings})
    )


@pytest.mark.parametrize(
    ("act", "gain", "loss", "foresight", "control", "indispensability", "push", "expected"),
    [
        # RB-A: g = 500/25 000 = .02, G = .02/.07; R = .6^.4·.8^.3·.5^.3; C = √(.7·.5);
        # G' = .25+.75G; s = .2·G'^.25·R^.35·C^.4/.5
        (
            "payment",
            50_000,
            2_500_000,
            0.8,
            0.5,
            0.7,
            0.5,
            (0.285714, 0.619268, 0.591608, 0.226322),
        ),
        # RB-B: the gain already apportioned, 210/70 000 = .003, G = .003/.053
        (
            "payment",
            21_000,
            7_000_000,
            0.8,
            0.5,
            0.5,
            0.3,
            (0.056604, 0.619268, 0.387298, 0.170196),
        ),
        # RB-D: promotion, 3 000/100 000 = .03, G = .03/.08; R = .3^.4·.5^.3·.3^.3
        (
            "promotion",
            300_000,
            10_000_000,
            0.5,
            0.3,
            0.3,
            0.4,
            (0.375, 0.349684, 0.346410, 0.077353),
        ),
    ],
)
def test_scores_by_hand(act, gain, loss, foresight, control, indispensability, push, expected):
    """G, R, C and the share, to the six decimals of the independent calculation."""
    found = scored(
        act,
        gain,
        loss,
        foresight=foresight,
        control=control,
        indispensability=indispensability,
        push=push,
    )
    got = (found.gain, found.risk, found.cause, found.share)
    assert tuple(round(x, 6) for x in got) == expected


def test_half_on_every_dimension_gives_the_base():
    """RB-0: G' = R = C = ½ is exactly the base of the act, .20.

    G' = ½ needs G = 1/3, g = .025: 62 500 fen of 2 500 000. R = ½ with foresight = control = x:
    .6^.4·x^.6 = .5, so x = (.5/.6^.4)^(1/.6).
    """
    x = (0.5 / 0.6**0.4) ** (1 / 0.6)
    found = scored("payment", 62_500, 2_500_000, foresight=x, control=x, causal_force=0.5)
    assert (round(found.gain, 4), found.risk, found.share) == (
        0.3333,
        pytest.approx(0.5),
        pytest.approx(0.2),
    )


@pytest.mark.parametrize(
    ("gain", "risk", "cause", "expected"),
    [
        (0.9, 0.8, 0.1, 0.1444),  # U1: (.25+.75·.9)^.25 · .8^.35 · .1^.4 · .4
        (0.5, 0.5, 0.5, 0.2115),  # U3: .625^.25 · .5^.75 · .4
    ],
)
def test_unbalanced_inputs(gain, risk, cause, expected):
    """Scores G, R, C given as such: the facts are chosen so that they come out."""
    x = (risk / 0.6**0.4) ** (1 / 0.6)
    fen = round(2_500_000 * 0.05 * gain / (1 - gain))
    found = scored("payment", fen, 2_500_000, foresight=x, control=x, causal_force=cause)
    assert round(found.share, 4) == expected


def test_the_open_gain_of_the_real_case_is_a_band():
    """Foresight .9, control .6, C = √.48: G = 0 gives .2131 and G = 1 the cap .30."""
    found = assess("zhang", load_case("2024-lu-0302-5690").at("assumed"))
    assert isinstance(found.share, Interval)
    assert (round(found.share.low, 4), found.share.high) == (0.2131, 0.3)


def test_the_gain_of_one_card_is_apportioned_over_its_victims():
    """2 100 on 700 000, 70 000 of it this victim's: 210 of 70 000, G = .0566, not .375."""
    found = assess("long", load_case("hengnan-hengyang").at("assumed"))
    assert (round(found.gain, 6), round(found.share, 6)) == (0.056604, 0.170196)


@pytest.mark.parametrize("act", ["payment", "tech", "account", "promotion"])
def test_each_cap_binds_somewhere(act):
    """With every dimension at 1 the share is twice the base by formula, and the cap cuts it."""
    from simlib.law.regime import regime

    found = scored(act, 2_500_000_000, 2_500_000, foresight=1, control=1, causal_force=1)
    assert found.share == regime().value(f"cap.{act}")


def test_direct_causation_lifts_the_cap_and_sets_the_floor():
    """The paper's main responsibility, .60, even where the formula gives less."""
    assert assess("zhang", load_case("2024-lu-0302-5690").at("direct")).share == 0.6


def test_no_gain_is_still_liable():
    """Article 1169 knows no element of gain: G = 0 leaves a positive share."""
    assert scored("payment", 0, 2_500_000, foresight=0.5, control=0.5, causal_force=0.5).share > 0


def test_the_group_leaves_the_principals_their_least_share():
    """.30+.30+.375 = .975 > .60: scaled to .60, shares in proportion."""
    shares = group_step([0.3, 0.3, 0.375], [False] * 3, 0.4)
    assert sum(shares) == pytest.approx(0.6)
    assert shares[0] == pytest.approx(0.6 * 0.3 / 0.975)


def test_none_above_the_principals_unless_direct():
    """.6 alone leaves the principals .4: cut to .4, unless the causation was direct."""
    assert group_step([0.6], [False], 0.4) == [0.4]
    assert group_step([0.6], [True], 0.4) == [0.6]
