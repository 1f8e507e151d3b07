"""Liability: hand-worked vectors, the law's own defaults, and what must hold of every case."""

import copy
import itertools
import pickle
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib import compare, decide, load_case, sweep
from simlib.case.model import Case, Recovery
from simlib.case.tables import Criminal
from simlib.errors import NoRule, OutOfScope, UnknownName
from simlib.explain import explain
from simlib.interval import Interval, high_end, low_end
from simlib.law.regime import regime
from simlib.liability import MODES
from simlib.liability.after_payment import recover
from simlib.liability.batch import decide_many
from simlib.liability.piece_reasons import reasons_of
from simlib.money import pay_together
from simlib.resources import shelf
from simlib.text import words
from tests.replay import differences

FIX, REAL, TWIN = "fix-1", "2024-lu-0302-5690", "hengnan-hengyang"


def ids(case):
    """Principal, card lender and promoter of the teaching case, in that order."""
    return [p.id for p in case.parties if p.role != "victim"]


def test_insolvency_changes_no_burden_but_what_is_carried():
    """25 000; shares .60/.25/.15, assets 0/3 000/20 000 yuan.

    Burdens 15 000, 6 250, 3 750; paying together by share the three carry 0, 3 000, 20 000. C
    carries 16 250 in place of P (15 000) and A (3 250): 13 356.16 and 2 893.84, behind the
    victim's open 2 000.
    """
    case = load_case(FIX)
    p, a, c = ids(case)
    out = decide(case, "joint")
    assert (out.received_fen, out.unrecovered_fen) == (2_300_000, 200_000)
    assert [out.parties[x].paid_fen for x in (p, a, c)] == [0, 300_000, 2_000_000]
    assert [out.parties[x].burden_fen for x in (p, a, c)] == [1_500_000, 625_000, 375_000]
    assert [out.parties[x].carried_fen for x in (p, a, c)] == [0, 300_000, 2_000_000]
    claims = [(r.against, r.fen, r.subordinate, r.kind) for r in out.parties[c].recourse]
    assert claims == [(p, 1_335_616, True, "insolvent"), (a, 289_384, True, "insolvent")]


@pytest.mark.parametrize(
    ("mode", "received"),
    [
        ("several", 675_000),  # A min(6 250, 3 000) + C 3 750
        ("partial_joint", 800_000),  # limits .40/.20: A min(10 000, 3 000) + C 5 000
        ("benefit_cap", 250_000),  # gains 500 + 2 000
        ("all_or_nothing", 2_300_000),  # everything proved: as joint
        ("dismiss_suit", 0),
        ("dismiss_claim", 0),
    ],
)
def test_the_teaching_case_in_each_mode(mode, received):
    """The same facts, each mode's receipt by hand."""
    assert decide(load_case(FIX), mode).received_fen == received


def test_a_principal_who_pays_first_fills_the_rest():
    """P has 12 000: partial joint 12 000 + 3 000 + 5 000; after exhaustion all 25 000."""
    case = load_case(FIX)
    rich = case.set({f"{ids(case)[0]}.assets_fen": 1_200_000})
    assert decide(rich, "partial_joint").received_fen == 2_000_000
    out = decide(rich, "joint_after_exhaustion")
    assert out.received_fen == 2_500_000
    assert [out.parties[x].paid_fen for x in ids(case)[1:]] == [300_000, 1_000_000]


@pytest.mark.parametrize(
    ("rule", "rest"), [("outer", 1_000_000), ("inner", 0), ("pro_rata", 520_000)]
)
def test_part_payment_under_a_limit(rule, rest):
    """Limit 10 000, the principal pays 12 000: outer 10 000, inner 0, 10 000·(1 − .48) = 5 200."""
    case = load_case(FIX)
    p, a, c = ids(case)
    case = case.set(
        {f"{p}.assets_fen": 1_200_000, f"{a}.assets_fen": None, f"{c}.fault": 0, f"{a}.limit": 0.4}
    )
    out = decide(case, "partial_joint", rules={"partial_payment": rule})
    assert out.parties[a].paid_fen == rest


@pytest.mark.parametrize(
    ("order", "owed"), [("liability_first", 1_500_000), ("restitution_first", 1_600_000)]
)
def test_the_order_of_deduction_matters(order, owed):
    """Loss 25 000, own fault .2, restitution 5 000: 20 000 − 5 000, or .8 of 20 000."""
    case = load_case(REAL).set({"zhao.fault": 0.2, "recovered_fen": 500_000})
    rules = {"deduction": order, "victim_fault": "on"}
    assert decide(case, "joint", rules=rules).claim_fen == owed


def careless_lender() -> Case:
    """FIX-1 with own fault .2; A was slightly careless, C knew, and all can pay."""
    facts = {"victim.fault": 0.2, "A.fault": 0.3, "A.grade": "slight", "A.limit": 0.4}
    return load_case(FIX).set(facts | {f"{id}.assets_fen": None for id in "PAC"})


@pytest.mark.parametrize(
    ("mode", "rules", "owed", "borne"),
    [
        ("several", {}, (2_500_000, 500_000, 375_000), (1_625_000, 500_000, 375_000)),
        ("several", {"victim_fault": "on"}, (2_000_000, 500_000, 300_000),
         (1_200_000, 500_000, 300_000)),  # .8 · (.6 | .25 | .15)
        ("several", {"principals": "by_share"}, (1_500_000, 500_000, 375_000),
         (1_500_000, 500_000, 375_000)),
        ("joint", {}, (2_500_000, 2_000_000, 2_500_000), (1_625_000, 500_000, 375_000)),
        ("joint_after_exhaustion", {}, (2_500_000, 0, 0), (1_625_000, 500_000, 375_000)),
        ("all_or_nothing", {}, (2_500_000, 2_000_000, 2_500_000), (1_625_000, 500_000, 375_000)),
        ("partial_joint", {}, (2_500_000, 800_000, 500_000), (1_625_000, 500_000, 375_000)),
    ],
)  # fmt: skip
def test_her_own_fault_lets_off_the_negligent_alone(mode, rules, owed, borne):
    """By hand, 25 000: A's part 6 250 and 10 000 (limit .4) are .8 of it, 5 000 and 8 000.

    C's part, 3 750, and P's debt are not; the 1 250 that A does not bear fall on P, on nobody
    where he goes by share. Jointly A owes .8 of the whole.
    """
    out = decide(careless_lender(), mode, rules)
    assert tuple(out.parties[id].exposure_fen for id in "PAC") == owed
    assert tuple(out.parties[id].burden_fen for id in "PAC") == borne
    assert differences(out.trace) == []


def test_what_he_paid_comes_off_after_her_own_fault():
    """A paid 1 000: several .8 · 6 250 − 1 000; jointly .8 · 25 000 − 1 000. 24 000 are open."""
    paid = (Recovery(payer="A", amount_fen=100_000),)
    case = careless_lender().model_copy(update={"recoveries": paid})
    assert decide(case, "several").parties["A"].exposure_fen == 400_000
    joint = decide(case, "joint")
    assert joint.claim_fen == 2_400_000
    assert joint.parties["A"].exposure_fen == 1_900_000


def test_who_cannot_pay_is_carried_by_what_her_fault_leaves_of_shares():
    """P has nothing: the 25 000 fall on A and C by .8 · .25 : .15, 14 285.71 and 10 714.29."""
    out = decide(careless_lender().set({"P.assets_fen": 0}), "joint")
    assert [out.parties[id].carried_fen for id in "PAC"] == [0, 1_428_571, 1_071_429]
    assert differences(out.trace) == []


def test_a_release_of_the_negligent_gives_up_what_he_would_bear():
    """A's 5 000 are hers, the 1 250 that her fault took off remain P's: C and P owe 20 000."""
    out = decide(careless_lender().set({"A.released": True}), "joint")
    assert [out.parties[id].exposure_fen for id in "PAC"] == [2_000_000, 0, 2_000_000]
    assert [out.parties[id].burden_fen for id in "PAC"] == [1_625_000, 0, 375_000]


def test_own_fault_over_a_range_is_decided_as_point_by_point():
    """Arrays of her fault and of A's, across the band of knowing (.7), to the fen."""
    facts = {"foresight": 0.5, "control": 0.5, "causal_force": 0.6, "court_share": 0.2}
    both = {f"{id}.{name}": value for id in "AC" for name, value in facts.items()}
    case = careless_lender().set({"A.grade": None} | both)
    values = {"victim.fault": [0.0, 0.1, 0.25], "A.fault": [0.3, 0.69, 0.7, 0.9]}
    for mode in ("auto", "joint", "several", "partial_joint", "risk_benefit", "discretionary"):
        for output in ("A.exposure_fen", "A.paid_fen", "received_fen"):
            found = sweep(case, values, mode, output)
            for i, v in enumerate(values["victim.fault"]):
                for j, f in enumerate(values["A.fault"]):
                    out = decide(case.set({"victim.fault": v, "A.fault": f}), mode)
                    one = out if output == "received_fen" else out.parties["A"]
                    assert found[i, j] == getattr(one, output.removeprefix("A.")), (mode, v, f)


def test_the_real_case_several_is_open_as_reported_and_halved_by_a_finding():
    """Causal force nobody found: from nothing to half of 25 000; 难以确定 as a finding: half.

    With c = .6 and f = .8: .48/1.48 of 25 000 = 8 108.108…
    """
    case = load_case(REAL)
    assert decide(case, "several").received_fen == Interval(0, 1_250_000)
    assert decide(case.set({"undeterminable": True}), "several").received_fen == 1_250_000
    rules = {"unknown_shares": "equal"}
    assert decide(case, "several", rules=rules).received_fen == 1_250_000
    known = case.set({"zhang.causal_force": 0.6, "zhang.fault": 0.8})
    assert decide(known, "several").received_fen == 810_811
    assert "civil-code:1172" in decide(case, "several").citations


def test_unknown_facts_give_bands_not_points():
    """No court found gain, causal force or k: what depends on them is open, the rest a number."""
    found = {mode: out.received_fen for mode, out in compare(load_case(REAL)).items()}
    assert found == {
        "auto": 2_500_000,
        "joint": 2_500_000,
        "several": Interval(0, 1_250_000),
        "partial_joint": Interval(0, 2_500_000),
        "risk_benefit": Interval(0, 750_000),
        "benefit_cap": Interval(0, 2_500_000),
        "discretionary": Interval(0, 2_500_000),
        "all_or_nothing": 2_500_000,
    }


def test_part_payment_counts_what_principals_paid_before():
    """5,000 of 25,000 came back. Limits of 10,000 and 5,000: inner 5,000 and 0 are left of them.

    Pro rata four fifths: 8,000 and 4,000.
    """
    case = load_case(FIX).set(
        {"recovered_fen": 500_000, "A.assets_fen": None, "C.assets_fen": None}
    )
    for way, paid in (("inner", [500_000, 0]), ("pro_rata", [800_000, 400_000])):
        out = decide(case, "partial_joint", {"partial_payment": way})
        assert [out.parties[id].paid_fen for id in "AC"] == paid


def test_nested_limits_add_up_to_the_largest():
    """Limits of 10,000 and 5,000, shares .25 and .15: together 10,000, so 6,250 and 3,750."""
    case = load_case(FIX).set({"A.assets_fen": None, "C.assets_fen": None})
    out = decide(case, "partial_joint", {"caps": "nested"})
    assert [out.parties[id].paid_fen for id in "AC"] == [625_000, 375_000]


def test_what_a_card_lender_paid_comes_off_what_flowed_through_his_card():
    """Of a loss of 100,000 his card received 70,000; he gave back 1,000: 69,000 can be asked."""
    case = load_case(TWIN)
    back = Recovery(payer="long", amount_fen=100_000)
    case = case.model_copy(update={"loss_fen": 10_000_000, "recoveries": (back,)})
    out = decide(case, "joint", {"flow_cap": "always"})
    assert (out.claim_fen, out.parties["long"].exposure_fen) == (9_900_000, 6_900_000)


def test_a_release_gives_up_what_is_left_of_a_part():
    """A's part is 6,250, of which 1,000 was paid; of 24,000 open 5,250 are given up (520(2))."""
    back = Recovery(payer="A", amount_fen=100_000)
    case = load_case(FIX).set({"A.released": True}).model_copy(update={"recoveries": (back,)})
    assert decide(case, "joint").parties["C"].exposure_fen == 1_875_000


def test_second_line_recovers_from_each_principal_by_his_share():
    """P .4 and Q .2 have nothing; A pays his 3,000, C up to 20 %, 5,000: two thirds fall on P.

    Of C's 5,000 that is 3,333.33 and 1,666.67: the odd fen goes to the larger remainder.
    """
    case = load_case(FIX).set({"P.share": None, "A.share": None, "C.share": None})
    second = case.party("P").model_copy(update={"id": "Q"})
    case = case.model_copy(update={"parties": (*case.parties, second)})
    case = case.set({"P.share": 0.4, "Q.share": 0.2, "A.share": 0.25, "C.share": 0.15})
    out = decide(case, "supplementary")
    claims = {id: {c.against: c.fen for c in out.parties[id].recourse} for id in "AC"}
    assert claims == {"A": {"P": 200_000, "Q": 100_000}, "C": {"P": 333_333, "Q": 166_667}}
    assert {c.kind for id in "AC" for c in out.parties[id].recourse} == {"whole"}


def test_ties_are_rounded_alike_for_one_case_and_for_many():
    """By hand: half of 5 fen is 2.5, so 3; a third each of 5 is 2, 2, 1, of 4 it is 2, 1, 1."""
    case = load_case(FIX).set({f"{id}.assets_fen": None for id in "PAC"})
    case = case.set({f"{id}.share": None for id in "PAC"} | {"loss_fen": 5})
    rules = {"share": "equal", "principals": "by_share", "victim_fault": "on"}
    names = [f"{id}.paid_fen" for id in "PAC"]
    by_hand = [
        ({"victim.fault": 0.5}, [1, 1, 1]),
        ({"victim.fault": 0.1}, [2, 2, 1]),
        ({"loss_fen": 5}, [2, 2, 1]),
        ({"loss_fen": 4}, [2, 1, 1]),
    ]
    for facts, parts in by_hand:
        out = decide(case.set(facts), "several", rules)
        assert [out.parties[id].paid_fen for id in "PAC"] == parts
        many = {path: [value, value] for path, value in facts.items()}
        found = decide_many(case, many, "several", names, rules)
        assert [found[name].tolist() for name in names] == [[part] * 2 for part in parts]


def test_pitfall_1_joint_is_not_a_share_of_all():
    """Joint liability changes what may be claimed; the internal share stays, here half as found."""
    out = decide(load_case(REAL).set({"undeterminable": True}), "joint")
    assert (out.parties["zhang"].exposure_fen, out.parties["zhang"].share) == (2_500_000, 0.5)
    assert out.parties["zhang"].recourse[0].fen == 1_250_000


def test_pitfall_8_the_fine_is_no_part_of_the_damages():
    """The fine of 3 000 yuan is neither deducted nor added."""
    assert decide(load_case(REAL), "joint").claim_fen == 2_500_000


def test_pitfall_9_only_completed_restitution_counts():
    """Paid restitution reduces every joint debtor's exposure; ordered restitution nothing."""
    case = load_case(REAL).set({"criminal[0].restitution": "full"})
    assert decide(case, "joint").claim_fen == 2_500_000
    paid = case.set({"criminal[0].restitution_paid_fen": 500_000})
    out = decide(paid, "joint")
    assert (out.claim_fen, out.parties["principal"].exposure_fen) == (2_000_000, 2_000_000)


def test_pitfall_10_a_card_answers_for_what_flowed_through_it(tmp_path):
    """Only 10 000 of the 25 000 came into the card: no mode asks more of its owner.

    The twin: 2 100 earned on 700 000 through the card, 70 000 of it hers: 210 is hers to reach.
    """
    text = (shelf("cases") / REAL / "case.toml").read_text("utf-8")
    text = text.replace("amount_fen = 2_500_000\nkinds", "amount_fen = 1_000_000\nkinds")
    text += (
        '[[transfers]]\nid = "t2"\npayer = "zhao"\npayee = "principal"\namount_fen = 1_500_000\n'
    )
    file = tmp_path / "case.toml"
    file.write_text(text, "utf-8")
    case = load_case(file)
    assert all(
        o.parties["zhang"].exposure_fen == 1_000_000
        for o in compare(case, ["auto", "joint"]).values()
    )
    assert high_end(decide(case, "partial_joint").parties["zhang"].exposure_fen) == 1_000_000
    assert decide(load_case(TWIN), "benefit_cap").parties["long"].exposure_fen == 21_000


def test_pitfall_34_the_absent_principal_keeps_his_share():
    """One card lender sued alone does not silently bear everything inside."""
    case = load_case(REAL).set({"undeterminable": True})
    assert decide(case, "several").parties["principal"].share == 0.5


def test_proof_is_compared_as_probability_never_as_degree():
    """One element below the standard: nothing, by judgment; a slight fault, proved: everything."""
    case = load_case(REAL)
    out = decide(case.set({"zhang.proof.fault": 0.5}), "all_or_nothing")
    assert (out.received_fen, out.document) == (0, "judgment")
    assert decide(case.set({"zhang.grade": "slight"}), "all_or_nothing").received_fen == 2_500_000


@pytest.mark.parametrize(
    ("grade", "form"),
    [("slight", "several"), ("gross", "several"), ("knowing", "joint"), ("concert", "joint")],
)
def test_the_law_in_force_goes_by_grade(grade, form):
    """Negligence several, knowledge and concert joint; gross negligence joint only by analogy."""
    case = load_case(REAL).set({"zhang.grade": grade})
    assert decide(case).parties["zhang"].mode == form
    by_analogy = decide(case, rules={"gross": "joint"}).parties["zhang"].mode
    assert by_analogy == ("joint" if grade == "gross" else form)


def test_no_fault_no_liability():
    """A stolen account: the helper is out, in every mode."""
    case = load_case(REAL).set({"zhang.grade": "none"})
    assert all(out.parties["zhang"].exposure_fen == 0 for out in compare(case).values())


def test_auto_refuses_a_day_before_the_civil_code():
    """1 January 2021 is its first day; an explicit mode goes on and lists the misfit."""
    case = load_case(REAL).set({"acted_on": date(2020, 12, 31)})
    with pytest.raises(OutOfScope, match="2021"):
        decide(case)
    assert "misfit.regime-dates" in {a["key"] for a in decide(case, "joint").assumptions}


def test_auto_sends_an_operator_where_the_law_does_or_a_rule_must():
    """反诈法46(2) fixes no form: knowing help is 1169, anything less by a rule, several first.

    The only sued party of two liable, shares equal as found: half of 25 000. Supplementary with
    limit .4 behind a principal who is not sued and pays nothing: 10 000.
    """
    facts = {"zhang.role": "operator", "zhang.grade": "slight", "undeterminable": True}
    case = load_case(REAL).set(facts)
    out = decide(case)
    assert (out.received_fen, out.parties["zhang"].mode) == (1_250_000, "several")
    behind = decide(case.set({"zhang.limit": 0.4}), rules={"operator": "supplementary"})
    assert (behind.received_fen, behind.parties["zhang"].mode) == (1_000_000, "supplementary")
    assert "rule.operator" in {a["key"] for a in behind.assumptions}
    assert decide(case.set({"zhang.grade": "knowing"})).received_fen == 2_500_000


def test_a_minor_without_a_guardian_is_refused_by_name():
    """1188: the guardian answers; who it is must be in the file."""
    case = load_case(REAL).set({"zhang.minor": True})
    with pytest.raises(NoRule) as caught:
        decide(case)
    assert (caught.value.code, caught.value.values) == ("auto-no-guardian", {"party": "zhang"})
    assert decide(case, "joint").received_fen == 2_500_000


def test_joint_below_knowing_is_listed_as_a_misfit():
    """A what-if is never refused, but says 不成立1169."""
    case = load_case(REAL).set({"zhang.grade": "slight"})
    assert "misfit.joint-below-knowing" in {a["key"] for a in decide(case, "joint").assumptions}


def test_an_unknown_mode_is_named_with_its_neighbour():
    """A slip of the pen gets a suggestion."""
    with pytest.raises(UnknownName, match="joint"):
        decide(load_case(REAL), "jiont")


def test_shares_by_gain_or_by_the_game_of_roles():
    """FIX-1 without stated shares: gains 0, 500, 2 000 give 0, .2, .8; three necessary roles ⅓."""
    case = load_case(FIX).set({f"{p}.share": None for p in "PAC"} | {"P.gain_direct_fen": 0})
    by_share = {"principals": "by_share"}
    by_gain = decide(case, "several", rules={"share": "gain"} | by_share)
    assert [by_gain.parties[p].exposure_fen for p in "PAC"] == [0, 500_000, 2_000_000]
    by_role = decide(case, "several", rules={"share": "shapley"} | by_share)
    assert [by_role.parties[p].exposure_fen for p in "PAC"] == [833_334, 833_333, 833_333]


@pytest.mark.parametrize(
    ("rule", "fen"),
    [
        # c = (.60, .25, .15), f = (1, .8, .5) of 25 000
        ("product", [1_714_286, 571_428, 214_286]),  # .6, .2, .075 of .875
        ("mean", [1_293_478, 747_283, 459_239]),  # half c/1, half f/2.3
        ("equal", [833_334, 833_333, 833_333]),
    ],
)
def test_shares_by_each_rule(rule, fen):
    """Several liability with full purses shows each rule's shares to the fen."""
    case = load_case(FIX)
    people = ids(case)
    facts = {}
    for who, cause, weight in zip(people, (0.6, 0.25, 0.15), (1, 0.8, 0.5), strict=True):
        facts |= {f"{who}.causal_force": cause, f"{who}.fault": weight}
        facts |= {f"{who}.share": None, f"{who}.assets_fen": None}
    out = decide(case.set(facts), "several", rules={"share": rule})
    assert [out.parties[who].paid_fen for who in people] == fen


def test_the_papers_regime_routes_auto_to_its_model():
    """Under the proposal, auto is the risk–benefit share, marked as a reform proposal."""
    out = decide(load_case(REAL).at("direct"), "auto", regime="paper-proposal")
    assert (out.received_fen, out.basis) == (1_500_000, "reform proposal")


def test_a_variant_changes_the_number_and_says_so():
    """Another floor for direct causation: .55 of 25 000 (above .60 the least .40 would bind)."""
    case = load_case(REAL).at("direct")
    out = decide(
        case, "risk_benefit", regime=regime("paper-proposal").variant({"direct_floor": 0.55})
    )
    assert (out.received_fen, out.regime) == (1_375_000, "paper-proposal*")


@given(
    st.integers(0, 10**9),
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=8),
)
def test_joint_payment_covers_the_claim_or_every_cap(total, debtors):
    """Payments sum to the claim or to all the caps; nobody pays above his cap."""
    caps, units = zip(*debtors, strict=True)
    paid = pay_together(total, caps, units)
    assert sum(paid) == min(total, sum(caps))
    assert all(0 <= p <= c for p, c in zip(paid, caps, strict=True))


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=2, max_size=7))
def test_recourse_never_exceeds_either_side(pairs):
    """No creditor recovers more than he overpaid, no debtor owes more than he is short."""
    excess, short = zip(*((max(0, a - b), max(0, b - a)) for a, b in pairs), strict=True)
    claims = recover(excess, short)
    assert all(sum(row) <= e for row, e in zip(claims, excess, strict=True))
    assert all(sum(col) <= s for col, s in zip(zip(*claims, strict=True), short, strict=True))
    assert sum(map(sum, claims)) == min(sum(excess), sum(short))


@given(st.data())
def test_more_fault_never_lowers_a_share(data):
    """Several by product: raising one helper's weight raises what may be claimed of him."""
    low, high = sorted(data.draw(st.tuples(*[st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9, 1.0])] * 2)))
    case = load_case(REAL).set({"zhang.causal_force": 0.6})
    amounts = [
        decide(case.set({"zhang.fault": f}), "several").parties["zhang"].exposure_fen
        for f in (low, high)
    ]
    assert amounts[0] <= amounts[1]


@pytest.mark.parametrize("mode", ["partial_joint", "risk_benefit", "benefit_cap"])
def test_interval_contains_every_grid_value_and_reaches_its_ends(mode):
    """Open facts of two helpers, purses limited: the grid stays inside, the lower end occurs."""
    case = load_case(FIX)
    p, a, c = ids(case)
    open_ = ("gain_direct_fen", "causal_force", "foresight", "control", "limit")
    case = case.set(
        {f"{x}.{f}": None for x in (a, c) for f in open_}
        | {f"{p}.assets_fen": 1_000_000, f"{c}.assets_fen": 200_000}
    )
    band = decide(case, mode).received_fen
    grid = []
    for first, second in itertools.product([0, 0.2, 0.5, 1], repeat=2):
        facts = {}
        for who, x in ((a, first), (c, second)):
            facts |= {f"{who}.{f}": x for f in open_[1:]} | {
                f"{who}.gain_direct_fen": round(x * 10**9)
            }
        grid.append(decide(case.set(facts), mode).received_fen)
    assert all(low_end(band) <= v <= high_end(band) for v in grid)
    assert low_end(band) == min(grid)


def test_employees_own_debts_do_not_reduce_employers_assets():
    """1191: the employer pays out of his 30 000; what the employee owes other victims is not his.

    The employer's own 10 000 to others come first (执行规定13): 20 000 are left for this claim.
    """
    case = load_case(FIX).set({f"{p}.share": None for p in "PAC"} | {
        "A.answered_by": "C", "C.grade": "none", "C.assets_fen": 3_000_000,
    })  # fmt: skip
    debts = (
        Criminal(party="A", restitution_others_fen=700_000),
        Criminal(party="C", restitution_others_fen=1_000_000),
    )
    out = decide(case.model_copy(update={"criminal": debts}))
    assert out.parties["C"].paid_fen == 2_000_000
    step = out.reason("paid", "C").children[1]
    assert (step.key, step.value) == ("available", 2_000_000)
    assert [node.value for node in step.children] == [3_000_000, 1_000_000]


def test_unlimited_assets_are_not_called_unknown():
    """Reallocation on the paper's case: nobody's assets are stated, which counts as enough."""
    case = load_case(REAL).set({"undeterminable": True})
    purses = [n for n in decide(case, "reallocation").trace.walk() if n.key == "purse"]
    assert len(purses) == 2
    assert {explain(purse, case).value for purse in purses} == {words("trace", "value.unlimited")}


EMPLOYED = {f"{p}.share": None for p in "PAC"} | {"A.answered_by": "C", "C.grade": "none"}


@pytest.mark.parametrize(("name", "facts"), [(FIX, {}), (REAL, {}), (FIX, EMPLOYED)])
def test_compare_gives_what_each_decision_alone_gives(name, facts):
    """What modes share is prepared once, and changes nothing: every outcome is equal in full."""
    case = load_case(name).set(facts)
    together = compare(case, MODES)
    alone = {mode: decide(case, mode).to_json() for mode in MODES}
    assert alone == {mode: outcome.to_json() for mode, outcome in together.items()}


def test_reasons_are_written_when_asked_for(monkeypatch):
    """An amount needs no reasons: the trace is written at the first question for it, and once."""
    written = []
    room = sys.modules["simlib.liability.decide"]  # the package's `decide` is the function
    monkeypatch.setattr(room, "reasons_of", lambda *a: written.append(a) or reasons_of(*a))
    out = decide(load_case(FIX), "several")
    assert not written
    assert out.trace is out.trace
    assert out.assumptions
    assert len(written) == 1


@pytest.mark.parametrize(
    "carried", [copy.copy, copy.deepcopy, lambda o: pickle.loads(pickle.dumps(o))]
)
def test_an_outcome_carried_elsewhere_keeps_its_reasons(carried):
    """Copied, or sent to another process before anybody asked for a reason."""
    there = carried(decide(load_case(REAL), "partial_joint"))
    assert there.to_json() == decide(load_case(REAL), "partial_joint").to_json()
    assert there.reason("exposure", "zhang").value == Interval(0, 2_500_000)


def without(case, who):
    """The case as if somebody had not been there: himself, his acts, his accounts, their money."""
    accounts = {a.id for a in case.accounts if a.holder == who}
    gone = {who, *accounts}
    kept = {
        "parties": tuple(p for p in case.parties if p.id != who),
        "acts": tuple(a for a in case.acts if a.party != who),
        "accounts": tuple(a for a in case.accounts if a.id not in accounts),
        "transfers": tuple(t for t in case.transfers if not {t.payer, t.payee} & gone),
    }
    return case.model_copy(update=kept)


@pytest.mark.parametrize(
    ("name", "late"), [("hypo-chain", ("luo",)), ("hypo-layers", ("xu", "ma", "fang"))]
)
def test_who_came_after_the_loss_lowers_nothing_for_anybody_else(name, late):
    """Each launderer answers for the lost chance; the others answer as if he did not exist.

    Neither the share, exposure, payment, burden nor recourse of anybody else moves, nor what the
    victim receives: the loss is one damage, the lost chance of recovering it another (1172).
    """
    case = load_case(name)
    here, received = decide(case).parties, decide(case).received_fen
    for who in late:
        assert isinstance(here[who].exposure_fen, Interval)
        assert (here[who].share, here[who].burden_fen) == (0, here[who].exposure_fen)
        case = without(case, who)
    there = decide(case)
    assert {p: row for p, row in here.items() if p not in late} == there.parties
    assert there.received_fen == received
