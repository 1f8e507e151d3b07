"""The paper's model on inputs worked out independently; each test carries its calculation.

The printed points of the three forms are in test_vectors_scores.py, the demands of fairness in
test_axioms.py, what a lever does in test_levers.py.
"""

import re

import pytest

from simlib import decide, load_case, sweep
from simlib.errors import OutOfScope, UnknownName
from simlib.explain import assumption_words, explain
from simlib.interval import Interval
from simlib.law.regime import regime
from simlib.resources import PACKAGE
from simlib.riskbenefit import (
    ACTS,
    CONDITIONS,
    REFORMS,
    assess,
    exemption,
    group_step,
    model_keys,
    order,
    ranks,
    rebalanced,
    registry,
    together,
)
from simlib.text import LANGS, words


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


# ---------------------------------------------------------------- what can be switched off

ALL_AT_ONE = {"foresight": 1, "control": 1, "causal_force": 1}


def strong(act: str, **more: object):
    """A helper with every dimension at (or next to) 1, as case and changes."""
    case = load_case("2024-lu-0302-5690")
    facts = {f"zhang.{name}": value for name, value in (ALL_AT_ONE | more).items()}
    return case.set({"zhang.act": act, "zhang.gain_direct_fen": 0, **facts})


def test_without_a_base_the_share_is_the_score():
    """RB-A: Z = .464286^.25 · .619268^.35 · .591608^.4 = .565805; with the base .2 · Z / ½."""
    case = load_case("2024-lu-0302-5690").set(
        {
            "zhang.gain_direct_fen": 50_000,
            "zhang.foresight": 0.8,
            "zhang.control": 0.5,
            "zhang.indispensability": 0.7,
            "zhang.push": 0.5,
        }
    )
    bare = assess("zhang", case, reforms=("exemption",))
    assert bare.share == bare.score == pytest.approx(0.565805, abs=1e-6)
    assert assess("zhang", case, reforms=("cap",)).share == 0.3
    assert assess("zhang", case, reforms=("base",)).share == pytest.approx(0.226322, abs=1e-6)


def test_without_a_cap_only_the_whole_is_a_limit():
    """Technology, G = 0: G′ = .25; R = .7^.4; C = 1. Product Z = 4 · .25 · .7^.4 = .867040 and

    share .5 · Z = .433520, above its cap .375. With G near 1 the product is Z = 3.468, so that
    the base alone gives 1.734 and the score itself 3.468: both are cut to 1.
    """
    poor, rich = strong("tech"), strong("tech", gain_direct_fen=10**12)
    assert assess("zhang", poor, "multiplicative").share == 0.375
    uncapped = assess("zhang", poor, "multiplicative", reforms=("base",)).share
    assert uncapped == pytest.approx(0.433520, abs=1e-6)
    for on in (("base",), ()):
        assert assess("zhang", rich, "multiplicative", reforms=on).share == 1.0


def test_the_floor_for_direct_causation_does_not_hang_on_the_switches():
    """No switch lowers the main responsibility, and none lets a share exceed the whole."""
    case = strong("payment", direct=True, causal_force=0.1)
    for on in ((), ("base",), ("cap",), REFORMS):
        assert assess("zhang", case, reforms=on).share == 0.6


@pytest.mark.parametrize("off", [(), ("base",), ("cap",), ("base", "cap")])
def test_a_decision_takes_the_switches_as_rules(off):
    """`decide` and a regime's own rules give what `assess` gives, and say what is off."""
    case = strong("payment", gain_direct_fen=50_000)
    on = [name for name in REFORMS if name not in off]
    rules = {f"rb_{name}": "off" for name in off}
    expected = group_step([assess("zhang", case, reforms=on).share], [False], 0.4)[0]
    outcome = decide(case, "risk_benefit", rules=rules)
    assert float(outcome.parties["zhang"].share) == pytest.approx(expected, abs=1e-9)
    assert assess("zhang", case, regime=regime().variant(rules)) == assess(
        "zhang", case, regime=regime(), reforms=on
    )
    said = {a["key"] for a in outcome.assumptions if a["key"].startswith("rule.rb_")}
    assert said == {f"rule.{name}" for name in rules}
    for entry in outcome.assumptions:
        assert all(assumption_words(entry, case, lang) for lang in LANGS)
    assert sweep(case, {"zhang.assets_fen": [10**9]}, "risk_benefit", rules=rules).tolist() == [
        outcome.received_fen
    ]


def test_a_reform_that_does_not_exist_is_refused():
    """With the nearest that does."""
    with pytest.raises(UnknownName) as raised:
        assess("zhang", strong("payment"), reforms=("caps",))
    assert raised.value.values == {"kind": "reform", "name": "caps", "near": "cap"}


# ---------------------------------------------------------------- exempt technology

SHOWN = {f"yun.exemption.{name}": True for name in CONDITIONS}


def cloud(**changes: object):
    """The invented case of two technical helpers; the cloud company with all five shown."""
    case = load_case("hypo-tech").set(SHOWN)
    return case.set({f"yun.{path}": value for path, value in changes.items()})


def test_all_five_conditions_exempt():
    """Held to be without fault: no share, whatever the scores; the others keep theirs."""
    case = cloud()
    found = assess("yun", case)
    assert (found.share, found.exempt, found.trace.rule) == (0.0, True, "share.exempt")
    grade = found.trace.children[0]
    assert (grade.key, grade.value, grade.rule) == ("grade", "none", "grade.exempt")
    assert [c.value for c in grade.children[0].children] == [True] * 5
    outcome, before = decide(case, "risk_benefit"), decide(load_case("hypo-tech"), "risk_benefit")
    assert (outcome.parties["yun"].share, outcome.parties["yun"].exposure_fen) == (0.0, 0)
    assert before.parties["yun"].share > 0
    keji = [o.parties["keji"].share for o in (outcome, before)]
    assert keji[0] == keji[1]
    assert "exemption.held" in {a["key"] for a in outcome.assumptions}
    assert "paper:exempt-tech" in found.trace.cites


@pytest.mark.parametrize("value", [False, None])
@pytest.mark.parametrize("name", CONDITIONS)
def test_four_conditions_do_not_exempt(name, value):
    """One that is not met, or that nobody showed, and the share is what it is without any."""
    case = load_case("hypo-tech").set(SHOWN | {f"yun.exemption.{name}": value})
    found, plain = assess("yun", case), assess("yun", load_case("hypo-tech"))
    assert (found.share, found.exempt) == (plain.share, False)
    assert exemption(case.party("yun")).missing == (name,)
    outcome = decide(case, "risk_benefit")
    key = "exemption.failed" if value is False else "exemption.not-shown"
    entry = next(a for a in outcome.assumptions if a["key"].startswith("exemption."))
    assert (entry["key"], entry["value"], entry["party"]) == (key, name, "yun")
    for lang in LANGS:
        assert words("riskbenefit", f"condition.{name}", lang) in assumption_words(
            entry, case, lang
        )
    assert "exempt" in {node.key for node in found.trace.walk()}


def test_the_exemption_is_the_proposal_s_alone():
    """Switched off, or under the law in force, the five conditions count for nothing."""
    case, plain = cloud(), load_case("hypo-tech")
    assert assess("yun", case, reforms=("base", "cap")) == assess(
        "yun", plain, reforms=("base", "cap")
    )
    for mode in ("joint", "several", "auto"):
        assert decide(case, mode).parties["yun"] == decide(plain, mode).parties["yun"]


def test_an_exemption_against_a_stated_grade_is_said():
    """A file that calls a helper knowing and shows all five contradicts itself."""
    keys = {a["key"] for a in decide(cloud(grade="knowing"), "risk_benefit").assumptions}
    assert {"exemption.held", "exemption.against-grade"} <= keys


def test_a_sweep_over_a_condition_is_what_decide_gives():
    """A flag that turns the exemption on and off, as an axis."""
    case = cloud()
    axis = {"yun.exemption.verified": [True, False], "yun.control": [0.2, 0.9]}
    found = sweep(case, axis, "risk_benefit", "yun.paid_fen")
    for n, flag in enumerate(axis["yun.exemption.verified"]):
        for m, control in enumerate(axis["yun.control"]):
            there = case.set({"yun.exemption.verified": flag, "yun.control": control})
            assert found[n][m] == decide(there, "risk_benefit").parties["yun"].paid_fen
    assert found[0].tolist() == [0, 0]
    assert found[1].min() > 0


def test_every_step_of_the_new_ways_has_words():
    """Each rule and key of a share, in both languages, under every switch."""
    cases = [cloud(), cloud(**{"exemption.verified": None}), cloud(direct=True)]
    for case in cases:
        for on in ((), ("base",), ("cap",), ("exemption",), REFORMS):
            trace = assess("yun", case, reforms=on).trace
            for lang in LANGS:
                assert explain(trace, case, lang).rule


# ---------------------------------------------------------------- a partial order, no ranking


def test_the_paper_compares_two_pairs_of_acts_and_no_others():
    """技术支持 > 普通账号出借, 支付结算 > 信息推广; nothing else, in neither direction."""
    compared = {(a, b): ranks(a, b) for a in ACTS for b in ACTS if ranks(a, b) is not None}
    assert compared == {
        ("tech", "account"): True,
        ("account", "tech"): False,
        ("payment", "promotion"): True,
        ("promotion", "payment"): False,
    }


def test_the_defaults_keep_both_comparisons_and_a_reader_may_break_them():
    """Base, cap and risk created keep both; a value moved the other way is told."""
    assert len(order(regime())) == 6
    assert all(found.kept for found in order(regime()))
    broken = [f for f in order(regime().variant({"base.account": 0.3})) if not f.kept]
    assert [(f.family, f.higher, f.lower) for f in broken] == [("base", "tech", "account")]


def test_the_pairs_the_paper_leaves_open_can_be_turned_either_way():
    """Technology above payment and accounts above promotion, the reverse of both, or level.

    Values in the order payment, tech, account, promotion: both of the paper's comparisons hold.
    """
    for name in ("base", "rho"):
        for values in ((0.2, 0.6, 0.5, 0.1), (0.6, 0.3, 0.1, 0.2), (0.3, 0.3, 0.2, 0.2)):
            turned = regime().variant(
                {f"{name}.{act}": v for act, v in zip(ACTS, values, strict=True)}
            )
            assert all(f.kept for f in order(turned) if f.family == name)


NAMED = (
    r"技术支持|技术|支付结算|支付|账号出借|账号|信息推广|推广"
    r"|technolog\w*|tech|payment|accounts?|promotion"
)
ABOVE = r"[^。，,.；;]{0,12}(?:>|＞|≥|高于|大于|above|more risk\w* than|outranks)[^。，,.；;]{0,12}"
RANKING = re.compile(f"(?:{NAMED}){ABOVE}(?:{NAMED}){ABOVE}(?:{NAMED})", re.IGNORECASE)


def test_a_ranking_is_known_when_seen():
    """Three acts in a row are one; the paper's two pairs side by side are none."""
    assert RANKING.search("技术支持高于支付结算，…") is None
    assert RANKING.search("风险：技术支持 > 支付结算 > 账号出借")
    assert RANKING.search("Payment outranks promotion, technology outranks accounts") is None
    assert RANKING.search("tech > payment > account ≥ promotion")


@pytest.mark.parametrize("lang", LANGS)
def test_no_words_rank_the_four_acts(lang):
    """Nowhere in what a reader sees are three acts put in a row."""
    for file in (PACKAGE / "texts" / lang).rglob("*.toml"):
        found = RANKING.findall(file.read_text(encoding="utf-8"))
        assert not found, (file.name, found)


# ---------------------------------------------------------------- the registry


def test_the_registry_has_every_number_once_with_its_range_and_reason():
    """Every parameter and rule of a regime; each value in its range; words in both languages."""
    rows = registry()
    assert len({row.key for row in rows}) == len(rows)
    wanted = {
        *(f"{family}.{act}" for family in ("base", "cap", "rho") for act in ACTS),
        *("weight.gain", "weight.risk", "weight.cause", "gamma", "g_half", "lambda_indirect"),
        *("pi_professional", "direct_floor", "bands.slight", "bands.gross", "bands.knowing"),
        *("bands.concert", "proof.standard", "p_min", "partial_payment", "caps", "gross"),
        *("victim_fault", "aggregator", "rb_base", "rb_cap", "rb_exemption"),
    }
    assert wanted <= {row.key for row in rows}
    for row in rows:
        if row.kind == "parameter":
            assert row.low <= row.value <= row.high
            own = row.key in ("evidence.request_days", "evidence.platform_days")
            assert own == (row.basis == "reform proposal")  # the paper's two numbers
            assert own or row.basis in ("teaching assumption", "doctrine", "law in force")
        else:
            assert row.values == () or row.value in row.values
        for lang in LANGS:
            assert words("parameters", row.name, lang)
            assert words("parameters", row.why, lang)


def test_the_defaults_of_the_model():
    """The teaching assumptions as the course prints them."""
    found = {row.key: row.value for row in registry()}
    acts = ("payment", "tech", "account", "promotion")
    assert [found[f"base.{a}"] for a in acts] == [0.2, 0.25, 0.1, 0.1]
    assert [found[f"cap.{a}"] for a in acts] == [0.3, 0.375, 0.15, 0.15]
    assert [found[f"rho.{a}"] for a in acts] == [0.6, 0.7, 0.35, 0.3]
    names = ("weight.gain", "weight.risk", "weight.cause", "gamma", "g_half", "lambda_indirect")
    assert [found[n] for n in names] == [0.25, 0.35, 0.4, 0.25, 0.05, 0.5]
    names = ("pi_professional", "direct_floor", "proof.standard", "p_min")
    assert [found[n] for n in names] == [0.3, 0.6, 0.75, 0.4]


def test_the_registry_shows_what_a_reader_moved():
    """And only that."""
    moved = registry(regime().variant({"gamma": 0.1, "rb_cap": "off"}))
    assert [(row.key, row.value) for row in moved if row.changed] == [
        ("gamma", 0.1),
        ("rb_cap", "off"),
    ]


def test_weights_that_make_one_sum_are_moved_together():
    """.25, .35, .40 with the cause at .70: the other two keep 5 : 7, .125 and .175."""
    assert together("weight.gain") == ("weight.gain", "weight.risk", "weight.cause")
    assert together("gamma") == ()
    moved = rebalanced(regime(), "weight.cause", 0.7)
    found = [moved.value(key) for key in together("weight.gain")]
    assert found == pytest.approx([0.125, 0.175, 0.7])
    alone = rebalanced(rebalanced(regime(), "weight.cause", 1), "weight.cause", 0.5)
    assert [alone.value(k) for k in together("weight.gain")] == [0.25, 0.25, 0.5]
    assert rebalanced(regime(), "gamma", 0.5).value("gamma") == 0.5
    with pytest.raises(OutOfScope):
        rebalanced(regime(), "weight.gain", 1.5)
    with pytest.raises(UnknownName):
        rebalanced(regime(), "weight.gian", 0.5)


def test_the_model_reads_its_own_parameters_and_no_others():
    """The bands, the standard of proof and the principals' defaults are other rooms'."""
    keys = model_keys(regime())
    assert len(keys) == 24
    assert not [k for k in keys if k.startswith(("bands", "proof", "default", "rho_"))]
