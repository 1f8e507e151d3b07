"""What a decision says of itself: what it assumes, where it does not fit, and no more."""

from __future__ import annotations

import pytest

from simlib import decide, load_case
from simlib.explain import assumption_words
from simlib.liability import MODES

FIX, REAL, TWIN = "fix-1", "2024-lu-0302-5690", "hengnan-hengyang"
CHAIN, PAYMENT, TECH = "hypo-chain", "hypo-payment", "hypo-tech"
ACCOUNT, PROMOTION = "hypo-account", "hypo-promotion"
PLATFORM = {"he.role": "platform", "he.act": None, "he.fault": 0.5}


def keys(case, mode="auto", rules=None, regime=None):
    """The keys of what a decision assumes."""
    return [str(a["key"]) for a in decide(case, mode, rules=rules, regime=regime).assumptions]


def of(case, mode, who, rules=None):
    """The keys of what a decision assumes of one party."""
    found = decide(case, mode, rules=rules).assumptions
    return {str(a["key"]) for a in found if a.get("party") == who}


def test_proof_is_no_model_in_the_law_in_force():
    """“Proved, therefore all” is the mode all_or_nothing's; under auto a gap in proof dismisses."""
    gap = load_case(ACCOUNT).at("proof-gap")
    assert not {"proof.whole", "proof.absent"} & set(keys(gap))
    assert {"proof.whole", "proof.absent"} <= set(keys(gap, "all_or_nothing"))


def test_a_claim_that_failed_assumes_nothing_of_assets_or_causation():
    """Feng's causation is not proved: it is not taken as passed, nor are his assets asked for."""
    gap = load_case(ACCOUNT).at("proof-gap").set({"feng.indispensability": None, "feng.push": None})
    for mode in ("auto", "all_or_nothing"):
        said = of(gap, mode, "feng")
        assert not {"gate.causation", "assets.unlimited", "misfit.joint-below-knowing"} & said
    assert "gate.causation" in of(load_case(REAL), "auto", "zhang")


@pytest.mark.parametrize("mode", ["dismiss_suit", "dismiss_claim"])
@pytest.mark.parametrize("name", [FIX, REAL, PROMOTION])
def test_a_dismissal_assumes_nothing_of_shares_assets_or_proof(name, mode):
    """Nothing was divided and nothing collected: only that it is a what-if is said."""
    allowed = {"misfit.dismiss-suit", "misfit.dismiss-claim", "victim_fault.contested"}
    assert set(keys(load_case(name), mode)) <= allowed
    assert f"misfit.{mode.replace('_', '-')}" in keys(load_case(name), mode)


def test_a_dismissal_fits_where_proof_has_failed():
    """Feng's causation is not proved; against Chen no element has failed."""
    gap = load_case(ACCOUNT).at("proof-gap")
    assert "misfit.dismiss-claim" in of(gap, "dismiss_claim", "chen")
    assert "misfit.dismiss-claim" not in of(gap, "dismiss_claim", "feng")


def test_that_the_fraudster_owes_all_is_said_where_others_owe_shares():
    """Beside one liable in second line the law says it (1198(2)); beside nobody it is plain."""
    assert "rule.principals" in keys(load_case(FIX), "several")
    assert "rule.principals" in keys(load_case(ACCOUNT))
    assert "rule.principals" not in keys(load_case(FIX), "supplementary")
    unproved = load_case(REAL).set({"zhang.proof.fault": 0.5})
    assert "rule.principals" not in keys(unproved)


def test_the_rule_on_gross_negligence_is_said_of_helpers_alone():
    """A platform goes by 1197, an operator by its own rule, one not proved by none."""
    assert "rule.gross" in keys(load_case(CHAIN))
    assert "rule.gross" not in keys(load_case(PROMOTION).set(PLATFORM))
    operator = load_case(TECH).set({"yun.role": "operator", "yun.act": None})
    assert "rule.gross" not in keys(operator)
    assert "rule.gross" not in keys(load_case(ACCOUNT).at("proof-gap"))
    late = load_case(CHAIN).set({"du.grade": "slight", "luo.grade": "gross"})
    assert "rule.gross" not in keys(late)


@pytest.mark.parametrize("fault", [0.3, 0.6])
@pytest.mark.parametrize("mode", ["joint", "all_or_nothing"])
def test_a_platform_is_joint_by_statute_below_knowing_too(mode, fault):
    """1195(2) noticed and idle, 1197 should have known: 1169 is no premise of that.

    Han, Miao and the bank lack it. Its 20 000 are what the law in force gives.
    """
    case = load_case("hypo-pieces").set({"platform.fault": fault, "platform.grade": None})
    assert decide(case, mode).parties["platform"].exposure_fen == 2_000_000
    assert decide(case, "auto").parties["platform"].exposure_fen == 2_000_000
    said = {a.get("party") for a in decide(case, mode).assumptions if "below-knowing" in a["key"]}
    assert said == {"han", "miao", "bank"}


def test_no_formula_of_shares_where_a_court_or_the_model_sets_them():
    """One fraudster takes what is left; two divide it by the formula."""
    court = load_case(TWIN).set({"long.court_share": 0.1})
    for case, mode in ((court, "discretionary"), (load_case(TWIN).at("assumed"), "risk_benefit")):
        assert not {"rule.share", "shares.open", "default.principal_fault"} & set(keys(case, mode))
    assert "rule.share" in keys(load_case(TECH), "risk_benefit")


@pytest.mark.parametrize(
    "mode",
    ["partial_joint", "supplementary", "joint_after_exhaustion", "benefit_cap", "risk_benefit",
     "threshold", "reallocation", "hybrid"],
)  # fmt: skip
def test_a_mode_the_law_does_not_give_says_so(mode):
    """The reasons promise that what does not fit the law in force stands below: it does."""
    assert f"misfit.{mode}" in keys(load_case(FIX), mode)


def test_a_court_s_share_does_not_fit_who_knew():
    """1169(1) makes Long jointly liable; the appeal court's 10 % is against it."""
    assert "misfit.several-knowing" in of(load_case(TWIN), "discretionary", "long")
    careless = load_case(TWIN).set({"long.grade": "gross"})
    assert "misfit.several-knowing" not in of(careless, "discretionary", "long")


@pytest.mark.parametrize("mode", ["several", "threshold", "joint", "risk_benefit"])
def test_who_acted_after_the_loss_fits_no_mode_that_divides_it(mode):
    """Luo knew, but helped nobody to the loss: 1169 is not the reason why shares do not fit."""
    assert "route.after-loss" in of(load_case(CHAIN), mode, "luo")
    inside = decide(load_case(CHAIN), mode, {"after_loss": "inside"})
    said = [a["key"] for a in inside.assumptions if a.get("party") == "luo"]
    assert "misfit.after-loss" in said
    assert "misfit.several-knowing" not in said


def test_what_nobody_stated_of_a_limit_or_a_gain_is_said():
    """An interval from nothing to all has its reason beside it."""
    assert "limit.unknown" in of(load_case(REAL), "partial_joint", "zhang")
    assert "limit.unknown" in of(load_case(REAL), "supplementary", "zhang")
    assert "gain.unknown" in of(load_case(REAL), "benefit_cap", "zhang")
    assert not {"limit.unknown", "gain.unknown"} & set(keys(load_case(FIX), "partial_joint"))
    assert not {"limit.unknown", "gain.unknown"} & set(keys(load_case(FIX), "benefit_cap"))


def test_a_platform_s_should_have_known_is_read_off_gross_negligence():
    """1197 says 应当知道; that gross negligence stands for it is this course's."""
    platform = load_case(PROMOTION).set(PLATFORM)
    assert "platform.should-have-known" in of(platform, "auto", "he")
    knowing = load_case(PROMOTION).set({**PLATFORM, "he.fault": 0.8})
    assert "platform.should-have-known" not in of(knowing, "auto", "he")


def test_money_without_a_payer_counts_as_the_fraudster_s():
    """The police returned 6,000 yuan: it lessens what Wang still owes, by this course's rule."""
    assert "recovered.of-principals" in keys(load_case(PAYMENT))
    assert "recovered.of-principals" not in keys(load_case(PROMOTION))  # Luo's own restitution


def test_recourse_against_one_at_large_rests_on_means_nobody_knows():
    """The company's 130,228.60 yuan against a man never identified assumes that he can pay."""
    assert "assets.unsued" in of(load_case(TECH), "auto", "unidentified")
    assert "assets.unsued" not in of(load_case(ACCOUNT).at("proof-gap"), "auto", "feng")


def test_each_assumption_is_said_once():
    """Of each party once, and of the decision once."""
    for name in (FIX, REAL, PROMOTION, TECH):
        for mode in MODES:
            out = decide(load_case(name), mode, rules={"benefit": "swiss"})
            said = [assumption_words(a, load_case(name)) for a in out.assumptions]
            assert len(said) == len(set(said)), (name, mode)


def test_own_fault_is_said_however_it_counts():
    """Whom 1173 lets off is a choice in a dispute, wherever the file states her fault.

    That gross negligence is let off, too, has the rule of 2003 against it.
    """
    case = load_case(PROMOTION)
    for counts in ("negligent", "on", "off"):
        assert "rule.victim_fault" in keys(case, "joint", {"victim_fault": counts})
    assert "victim_fault.gross" not in keys(case, "joint")
    gross = case.set({"he.fault": 0.5, "he.grade": "gross"})
    assert "victim_fault.gross" in of(gross, "several", "he")
    assert "rule.victim_fault" not in keys(load_case(FIX), "joint", {"victim_fault": "off"})


def test_a_grade_read_off_a_number_is_this_course_s():
    """Keji's .85 is knowing by the teaching bands alone, and makes it jointly liable."""
    assert "grade.bands" in of(load_case(TECH), "auto", "keji")
    assert "grade.bands" not in of(load_case(FIX), "auto", "A")


def test_choices_in_a_dispute_carry_doctrine():
    """A choice between views is no teaching assumption."""
    found = {
        (a["key"], a["basis"])
        for case, rules in (
            (load_case(PROMOTION), {"victim_fault": "on"}),
            (load_case(PROMOTION), {"victim_fault": "off"}),
            (load_case(TECH).set({"yun.role": "operator", "yun.act": None}), {}),
            (load_case(CHAIN), {"gross": "joint"}),
        )
        for a in decide(case, rules=rules).assumptions
    }
    for key in ("victim_fault.contested", "rule.victim_fault", "rule.operator", "rule.gross"):
        assert (key, "doctrine") in found
    assert ("rule.gross", "doctrine") in {  # the prevailing view, in force as it is
        (a["key"], a["basis"]) for a in decide(load_case(CHAIN)).assumptions
    }


def test_no_key_of_the_program_stands_in_a_sentence():
    """A reader of the flow cap read “below_concert”, and of own fault “0.2”."""
    for name, mode in ((CHAIN, "auto"), (PROMOTION, "auto"), (ACCOUNT, "all_or_nothing")):
        case = load_case(name)
        said = " ".join(assumption_words(a, case) for a in decide(case, mode).assumptions)
        assert "below_concert" not in said
        assert "0.2" not in said
        assert "（1）" not in said
