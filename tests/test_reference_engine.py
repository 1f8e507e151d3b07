"""The engine against the slow reference, on random cases: every mode, every rule, every school."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from reference import Refused, reference, reference_interval
from reference.strategy import HEAD, RULES, bare, cases, draws, rules, toml

from simlib import sweep
from simlib.case.load import load_case
from simlib.errors import NoRule
from simlib.interval import Interval, high_end, low_end
from simlib.law.regime import regime, regime_names, rule_keys
from simlib.liability import MODES, decide

pytestmark = pytest.mark.slow

FEN = ("exposure_fen", "paid_fen", "burden_fen", "carried_fen", "short_fen")
TOTALS = ("claim_fen", "received_fen", "unrecovered_fen")
PAYING = tuple(mode for mode in MODES if not mode.startswith("dismiss"))
# The model scores acts of help; what it makes of a platform is not the contract's to say.
FOR_ALL_ROLES = tuple(mode for mode in MODES if mode != "risk_benefit")
SCHOOLS = tuple(name for name in regime_names() if name.startswith("school-"))
EVERYBODY = ("helper", "platform", "operator")
# The chance of recovery is a band in law; as one number it makes each outcome one number.
RHO = 0.137
ONE_CHANCE = {"rho_recovery.low": RHO, "rho_recovery.high": RHO}
LAW = regime(on=datetime.date(2023, 3, 1)).variant(ONE_CHANCE)


def many(examples: int) -> object:
    """So many random cases, the failing one shown as it was drawn."""
    return settings(
        max_examples=draws(examples), deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )  # fmt: skip


def loaded(case: dict, folder: object) -> object:
    """The case read from a file, as a reader's would be."""
    file = folder / "case.toml"
    file.write_text(toml(case), encoding="utf-8")
    return load_case(file)


def decided(case: object, mode: str, chosen: dict | None = None, law: object = LAW) -> object:
    """The engine's outcome under `law`, which also says how likely a recovery was."""
    return decide(case, mode, rules=chosen, regime=law)


def expect(case: dict, mode: str, chosen: dict | None = None, *school: object) -> dict:
    """The reference's answer under the same chance of recovery."""
    return reference(case, mode, chosen, *school, rho=RHO)


def agree(outcome: object, expected: dict, mode: str) -> None:
    """Hold every number of the outcome against the reference's."""
    assert {k: getattr(outcome, k) for k in TOTALS} == {k: expected[k] for k in TOTALS}, mode
    for who, row in expected["parties"].items():
        found, where = outcome.parties[who], (mode, who)
        assert {k: getattr(found, k) for k in FEN} == {k: row[k] for k in FEN}, where
        assert float(found.share) == pytest.approx(float(row["share"]), abs=2e-9), where
        assert sorted(map(claim, found.recourse)) == sorted(map(claim, row["recourse"])), where
        # who has no piece has no share that could reach a threshold of 0, or not
        assert found.mode == row["mode"] or mode == "threshold" and not row["share"], where


def claim(entry: object) -> tuple:
    """A claim of recourse as a tuple, from a table or a record."""
    names = ("against", "fen", "subordinate", "kind")
    return tuple(entry[n] if isinstance(entry, dict) else getattr(entry, n) for n in names)


def test_every_rule_is_tried() -> None:
    """The random cases know every rule of the engine and every named value of it."""
    assert set(RULES) == set(rule_keys())
    assert "shapley" in RULES["share"]


# What is drawn, and the modes it is tried in: any of them, by law in force always.
KINDS = {
    "anything": ({}, MODES),
    "cards": ({"cards": True}, MODES),
    "roles": ({"others": EVERYBODY}, FOR_ALL_ROLES),
    "cards and roles": ({"others": EVERYBODY, "cards": True}, FOR_ALL_ROLES),
    "guardians": ({"others": EVERYBODY, "cards": True, "answering": True}, ("joint",)),
}


def try_all(kind: str, examples: int, folder: object) -> None:
    """Hold engine and reference against each other on so many cases of a kind."""
    facts, modes = KINDS[kind]

    @settings(many(3 * examples), max_examples=examples)
    @given(case=cases(**facts), chosen=rules | st.just({}),
           some=st.lists(st.sampled_from(modes), min_size=2, max_size=2))  # fmt: skip
    def each(case: dict, chosen: dict, some: list[str]) -> None:
        note(f"{case}, {chosen}")
        read = loaded(case, folder)
        for mode in dict.fromkeys(["auto", *some]):
            compare(case, read, mode, chosen)

    each()


def compare(case: dict, read: object, mode: str, chosen: dict) -> None:
    """Hold one outcome against the reference's; what it refuses the engine refuses too.

    By law in force that is who has no guardian, or answers twice; an explicit mode ignores it.
    """
    try:
        expected = expect(case, mode, chosen)
    except Refused:
        with pytest.raises(NoRule):
            decided(read, mode, chosen)
    else:
        agree(decided(read, mode, chosen), expected, mode)


@pytest.mark.parametrize("kind", KINDS)
def test_the_engine_agrees_to_the_fen(kind: str, tmp_path: object) -> None:
    """Two thousand cases in all: any rules, any mode, one piece or several."""
    try_all(kind, 400, tmp_path)


@pytest.mark.night
@pytest.mark.parametrize("kind", KINDS)
def test_the_engine_agrees_on_a_hundred_thousand(kind: str, tmp_path: object) -> None:
    """The same, a hundred thousand times."""
    try_all(kind, 20_000, tmp_path)


def test_weights_far_below_one_are_rounded_alike(tmp_path: object) -> None:
    """Two principals of √(.002·.208) and √.002 divide what a helper leaves: the ninth decimal."""
    case = {
        "id": "tiny", "basis": "hypothetical", "title": "小", "acted_on": "2023-03-01",
        "loss_fen": 100,
        "parties": [
            {"id": "V", "role": "victim"},
            {"id": "P1", "role": "principal", "fault": 0.002, "causal_force": 0.208},
            {"id": "P0", "role": "principal", "causal_force": 0.002},
            {"id": "H", "role": "helper", "act": "account", "fault": 0.866, "causal_force": 0.866,
             "gain_direct_fen": 1, "foresight": 0.5, "control": 0.5, "limit": 0.4},
        ],
    }  # fmt: skip
    chosen = {"share": "geometric"}
    outcome = decided(loaded(case, tmp_path), "risk_benefit", chosen)
    agree(outcome, expect(case, "risk_benefit", chosen), "risk_benefit")


@many(200)
@given(case=cases(others=EVERYBODY), chosen=rules)
def test_every_school_is_followed(case: dict, chosen: dict, tmp_path: object) -> None:
    """Each school's own table of grades, and what it says of direct combination."""
    read = loaded(case, tmp_path)
    for name in SCHOOLS:
        school = regime(name, datetime.date(2023, 3, 1))
        expected = expect(case, "auto", chosen, school.auto, school.auto_direct)
        agree(decided(read, "auto", chosen, school.variant(ONE_CHANCE)), expected, name)


# Where an unknown fact enters by a rule: gains as shares, causal force in the Swiss cap, a reserve.
BY_RULE = [
    ("benefit_cap", {"benefit": "swiss"}), ("zhou2024", {"benefit": "swiss"}),
    ("several", {"share": "gain"}), ("joint", {"share": "gain"}), ("hybrid", {"share": "product"}),
    ("reallocation", {"share": "gain"}), ("threshold", {"share": "product", "threshold": 0.2}),
    ("auto", {"operator": "supplementary"}), ("auto", {"share": "geometric"}),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "rule"), [(mode, {}) for mode in PAYING] + BY_RULE)
def test_intervals_hold_every_value_of_the_grid(mode: str, rule: dict, tmp_path: object) -> None:
    """Unknown facts tried one by one on a grid: no outcome outside the engine's interval.

    A platform's enlarged part, gains, causal forces, limits, weights of fault, foresight, control.
    To the fen: the odd one of a split falls now on one, now on another between the ends. The cases
    are always the same, since the ends are searched, not proved.
    """
    roles = EVERYBODY if mode in FOR_ALL_ROLES else ("helper",)

    drawn = cases(known=False, others=roles) | cases(known=False, others=roles, cards=True)

    @settings(many(30), derandomize=True)
    @given(case=drawn, chosen=rules)
    def each(case: dict, chosen: dict) -> None:
        hold(case, mode, chosen | rule, tmp_path)

    each()


def hold(case: dict, mode: str, chosen: dict, folder: object) -> None:
    """Hold the grid's ends against the engine's intervals."""
    outcome = decide(loaded(case, folder), mode, rules=chosen)
    for key, (low, high) in reference_interval(case, mode, chosen, grid=5, most=200).items():
        who, _, name = key.rpartition(".")
        found = getattr(outcome.parties[who] if who else outcome, name)
        # Weights are rounded to a billionth of 1: of a small sum that is more than a billionth.
        slack = 1e-8 if name == "share" else 1
        assert low_end(found) <= float(low) + slack, key
        assert high_end(found) >= float(high) - slack, key


def helper(name: str, **facts: object) -> dict:
    """A knowing card lender without any other fact, unless given."""
    grade = {} if {"fault", "grade"} & facts.keys() else {"grade": "knowing"}
    return {"id": name, "role": "helper", "act": "payment"} | grade | facts


def beside_p(*helpers: dict, loss: int = 183, **more: object) -> dict:
    """The helpers beside a principal with money."""
    parties = [{"id": "V", "role": "victim"}, {"id": "P", "role": "principal"}, *helpers]
    return HEAD | {"loss_fen": loss, "parties": parties} | more


def test_open_shares_are_re_spread_too(tmp_path: object) -> None:
    """Shares by causal force × fault, one unknown, and a debtor without assets (519(3))."""
    case = beside_p(helper("A"), helper("B", assets_fen=0))
    hold(case, "joint", {"share": "product"}, tmp_path)


def test_an_interval_holds_the_odd_fen_of_a_split(tmp_path: object) -> None:
    """.4 of 169 is 67.6: the principal gets 67 or 68, as the helpers' remainders fall."""
    direct = helper("A", fault=0.8, causal_force=0.2, foresight=0.5, direct=True)
    other = helper("B", act="tech", foresight=0.2, control=0.723)
    hold(beside_p(direct, other, loss=169), "risk_benefit", {}, tmp_path)


def test_card_the_victims_money_never_entered_has_a_score(tmp_path: object) -> None:
    """A transfer of 0 fen to the card: the gain that counts is 0 and so is what he answers for."""
    known = {"causal_force": 0.5, "foresight": 0.5, "control": 0.5, "gain_direct_fen": 7}
    known["fault"] = 0.8
    sent = [("P", 183), ("card", 0)]
    transfers = [{"id": f"t{n}", "payer": "V", "payee": to, "amount_fen": fen}
                 for n, (to, fen) in enumerate(sent)]  # fmt: skip
    came = {"id": "t2", "payer": "P", "payee": "card", "amount_fen": 50}
    accounts = [{"id": "card", "holder": "A"}]
    case = beside_p(helper("A", **known), accounts=accounts, transfers=[*transfers, came])
    agree(decide(loaded(case, tmp_path), "risk_benefit"), reference(case, "risk_benefit"), "")


def test_principals_shares_by_mean_move_with_a_helpers_cause(tmp_path: object) -> None:
    """Mean of c/Σc and f/Σf: with the helper's cause 0, Q's part is .3096, with 1 it is .2714.

    Causes 1, 1, c and faults 1, .135, .001. c = 0: (1/2 + .135/1.136) of (2/2 + 1.135/1.136) is
    .6188 of 1.9991, and the helper's s is 0; c = 1: .4522 of 1.6658, of what he leaves.
    """
    second = {"id": "Q", "role": "principal", "fault": 0.135}
    third = helper("A", act="promotion", fault=0.001)
    hold(beside_p(second, third), "risk_benefit", {"share": "mean"}, tmp_path)


def test_an_interval_holds_what_lies_between_the_ends(tmp_path: object) -> None:
    """Q's share and what counts as Q's payment both move with the causes: up to 7 fen short."""
    second = {"id": "Q", "role": "principal", "causal_force": 0.002}
    case = beside_p(
        second,
        helper("A", act="promotion", indispensability=0.331),
        helper("B", act="promotion", fault=0.258, indispensability=0.073),
        loss=4011,
        recovered_fen=104,
        recoveries=[{"payer": "B", "amount_fen": 296}],
        criminal=[{"party": "P", "restitution_paid_fen": 1718}],
    )
    case["parties"][1] |= {"fault": 0.081, "sued": False}
    hold(case, "auto", {"share": "product"}, tmp_path)


def test_unknown_weights_may_all_be_zero(tmp_path: object) -> None:
    """Nine unknown facts, shares by product: A's is .7/(.7 + .262 · .616) = .8126 at most.

    There B's and D's weights are nothing.
    """
    known = {"fault": 0.262, "causal_force": 0.616, "assets_fen": 0}
    case = beside_p(
        helper("A", role="platform", act=None, grade="gross"),
        helper("B", grade="slight", indispensability=0.001),
        helper("D", role="platform", act=None, grade="slight", push=0.279),
    )
    case["parties"][1] |= known
    hold(bare(case), "benefit_cap", {"share": "product"}, tmp_path)


def test_an_odd_fen_in_the_middle_is_held_too(tmp_path: object) -> None:
    """Reallocation, shares by gain, B's gain unknown: P may owe 693, at no end of B's share."""
    case = beside_p(
        helper("A", role="operator", act=None, fault=0.477, assets_fen=94,
               gain_direct_fen=94, gain_indirect_fen=348),
        helper("B", role="operator", act=None, grade="gross", assets_fen=6,
               indispensability=0.26, push=0.24),
        helper("D", act="promotion", fault=0.37, causal_force=0.202, gain_direct_fen=54),
        loss=838,
    )  # fmt: skip
    case["parties"][1] |= {"gain_direct_fen": 826}
    case["parties"] = [case["parties"][i] for i in (0, 2, 3, 1, 4)]
    hold(bare(case), "reallocation", {"share": "gain"}, tmp_path)


def test_an_overpaying_released_debtor_has_recourse(tmp_path: object) -> None:
    """520(1), 519(2): of 100 A owes 50, paid 70 and was released: P owes him 20."""
    case = beside_p(helper("A", released=True, share=0.5), loss=10_000,
                    recoveries=[{"payer": "A", "amount_fen": 7_000}])  # fmt: skip
    case["parties"][1] |= {"share": 0.5, "sued": False}
    outcome = decide(loaded(case, tmp_path), "joint")
    agree(outcome, reference(case, "joint"), "joint")
    assert [(r.against, r.fen) for r in outcome.parties["A"].recourse] == [("P", 2_000)]


def test_a_released_share_is_not_re_spread(tmp_path: object) -> None:
    """Reallocation, .5, .4, .1 of 100: P is released, Q has 13, so A owes 10 and Q's other 27."""
    second = {"id": "Q", "role": "principal", "share": 0.4, "assets_fen": 13, "sued": False}
    case = beside_p(second, helper("A", share=0.1), loss=100)
    case["parties"][1] |= {"share": 0.5, "assets_fen": 13, "released": True}
    outcome = decide(loaded(case, tmp_path), "reallocation")
    agree(outcome, reference(case, "reallocation"), "reallocation")
    assert outcome.parties["A"].paid_fen == 37


def test_what_a_release_leaves_binds_both_halves_of_hybrid(tmp_path: object) -> None:
    """All of 12 non-economic, gains 3, 5, 10, 1 of 19: parts 2, 3, 6, 1; the last is released.

    4 fen are back, one of them from who is not liable: 8 less the waived 1 are owed, though P's
    open 0, Q's 2 and A's 6 make 8.
    """
    out_of_it = helper("B", fault=0, act="tech")
    case = beside_p(
        {"id": "Q", "role": "principal", "gain_direct_fen": 10},
        helper("A", gain_direct_fen=20), out_of_it, helper("D", gain_direct_fen=3, released=True),
        loss=12, loss_noneconomic_fen=12, recovered_fen=2,
        recoveries=[{"payer": who, "amount_fen": 1} for who in ("P", "B")],
    )  # fmt: skip
    case["parties"][1] |= {"gain_direct_fen": 6}
    outcome = decide(loaded(case, tmp_path), "hybrid", rules={"share": "gain"})
    agree(outcome, reference(case, "hybrid", {"share": "gain"}), "hybrid")
    assert (outcome.claim_fen, outcome.received_fen) == (8, 7)


def test_principals_pay_by_their_shares_however_little_is_left(tmp_path: object) -> None:
    """At discretion .3 of 1000 each, own fault .1: three thirds of 900, and nobody has anything.

    A third is read as .333333333; the billionth left is P's and Q's 4 : 1, and so they pay.
    """
    nothing = {"court_share": 0.3, "causal_force": 0.5, "fault": 0.5, "assets_fen": 0}
    second = {"id": "Q", "role": "principal", "causal_force": 0.25}
    case = beside_p(second, *(helper(name, **nothing) for name in "ABC"), loss=1000)
    case["parties"][0]["fault"] = 0.1
    read = loaded(case, tmp_path)
    on = {"victim_fault": "on"}
    outcome = decide(read, "discretionary", rules=on)
    assert [outcome.parties[i].paid_fen for i in "PQ"] == [720, 180]
    swept = sweep(read, {"V.fault": [0.1]}, "discretionary", "P.paid_fen", rules=on)
    assert swept.tolist() == [720]
    agree(outcome, reference(case, "discretionary", on), "discretionary")
    weights = [step.value for step in outcome.trace.walk() if step.key == "weight"]
    assert max(weights) < 1


def test_a_second_entry_does_not_wipe_out_the_part_found(tmp_path: object) -> None:
    """Hired by the one judgment, restitution by the other: still his own gain, 7 fen."""
    rows = [{"party": "A", "part": "hired"}, {"party": "A", "restitution_paid_fen": 0}]
    case = beside_p(helper("A", gain_direct_fen=7), criminal=rows)
    found = decide(loaded(case, tmp_path), "zhou2024").parties["A"]
    assert (found.mode, found.exposure_fen) == ("benefit_cap", 7)


def test_zhous_school_covers_only_those_who_knew(tmp_path: object) -> None:
    """A negligent helper is no accomplice: by shares there, jointly only under the four rules."""
    case = beside_p(helper("A", fault=0.2))
    read = loaded(case, tmp_path)
    assert decide(read, "auto", regime="school-zhou").parties["A"].mode == "several"
    assert decide(read, "zhou2024").parties["A"].mode == "joint"


def test_more_was_paid_before_than_the_economic_loss(tmp_path: object) -> None:
    """Of 18 (16 not economic) 16 came back, 10 from the principal, whose part is at most 4.

    More than the economic 2 were spilt, so that own parts stay owed beyond the claim of 2: B can
    owe all of it, whatever the others' parts are.
    """
    case = HEAD | {
        "loss_fen": 18, "loss_noneconomic_fen": 16, "recovered_fen": 10,
        "parties": [
            {"id": "V", "role": "victim"},
            helper("A", fault=0.431, indispensability=0.808, push=0.969),
            helper("B", grade="gross"), helper("C", grade="gross"),
            {"id": "P", "role": "principal", "sued": False, "causal_force": 0.102},
        ],
        "recoveries": [{"payer": "B", "amount_fen": 4}, {"payer": "C", "amount_fen": 2}],
    }  # fmt: skip
    hold(case, "hybrid", {"share": "product"}, tmp_path)


def test_a_limit_as_large_as_another_under_nested_caps(tmp_path: object) -> None:
    """A earned 60, B nobody knows how much; together they pay the larger; the fraudster nothing.

    B 0: A pays 60. B 60: 30 each. B 183: A pays 60, B 123. So between 30 and 60, the low end
    inside what is unknown.
    """
    people = helper("A", gain_direct_fen=60, causal_force=0.5), helper("B", causal_force=0.5)
    case = beside_p(*people)
    case["parties"][1]["assets_fen"] = 0
    rules = {"caps": "nested", "share": "equal"}
    found = decide(loaded(case, tmp_path), "benefit_cap", rules=rules).parties["A"].paid_fen
    assert found == Interval(30, 60)


def test_principals_alone_keep_their_weights_by_the_model(tmp_path: object) -> None:
    """1 : .2 of 1551 is 1292.5 and 258.5: the odd fen goes to the first, no helper being liable."""
    parties = [{"id": "V", "role": "victim"}, {"id": "P", "role": "principal"},
               {"id": "Q", "role": "principal", "causal_force": 0.2}]  # fmt: skip
    case = HEAD | {"loss_fen": 1551, "parties": parties}
    outcome = decide(loaded(case, tmp_path), "risk_benefit")
    assert [outcome.parties[i].burden_fen for i in "PQ"] == [1293, 258]
    agree(outcome, reference(case, "risk_benefit"), "risk_benefit")


def test_party_without_account_that_pays_itself_keeps_its_whole_gain(tmp_path: object) -> None:
    """The own payment is no receipt of the claimant's money: nothing apportions the gain of 60."""
    transfer = {"id": "t", "payer": "P", "payee": "P", "amount_fen": 13}
    case = beside_p(helper("A", gain_direct_fen=30), transfers=[
        {"id": "v", "payer": "V", "payee": "A", "amount_fen": 183}, transfer])  # fmt: skip
    case["parties"][1] |= {"gain_direct_fen": 60}
    outcome = decide(loaded(case, tmp_path), "several", rules={"share": "gain"})
    assert outcome.parties["A"].exposure_fen == 61  # 183 × 30/90
    agree(outcome, reference(case, "several", {"share": "gain"}), "several")
