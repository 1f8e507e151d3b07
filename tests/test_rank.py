"""The rank of a judgment beside other victims' restitution: rule `after_restitution`.

执行规定13(1) puts restitution before other civil debts and does not say which of the two a civil
judgment of a victim of the same crime is. On its words it waits (`other_debts`); on the other view
both share the assets in proportion (`with_restitution`).
"""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from replay import differences
from test_order import burdened, changed, fined, flow, guarded, sums

from simlib import compare, decide, load_case, regime, sweep
from simlib.explain import assumption_words, explain
from simlib.interval import Interval
from simlib.law.modes import mode_keys
from simlib.liability.assets import waterfall
from simlib.text import LANGS, topic_words

BEHIND, EQUAL = ({"after_restitution": value} for value in ("other_debts", "with_restitution"))
MODES = tuple(mode for mode in mode_keys() if mode != "auto")
KNOWN = ("joint", "several", "partial_joint", "supplementary", "joint_after_exhaustion",
         "benefit_cap", "all_or_nothing", "threshold", "reallocation", "hybrid")  # fmt: skip


def ranked(case, mode, rules, party="C"):
    """What one party's assets go to under a mode and a rank."""
    (found,) = [w for w in waterfall(case, decide(case, mode, rules)) if w.party == party]
    return found


def listed(case, mode, rules):
    """The keys of what an outcome assumes."""
    return {entry["key"] for entry in decide(case, mode, rules).assumptions}


def test_the_judgment_waits_unless_asked_otherwise():
    """The default follows the words of the article; the other view is a rule."""
    assert regime().rules["after_restitution"] == "other_debts"
    case = fined()
    assert decide(case, "joint").to_json() == decide(case, "joint", BEHIND).to_json()


@pytest.mark.parametrize(
    ("rules", "received", "parts"),
    [
        # C has 20 000 and owes others 5 000, here the whole 25 000; A pays 3 000, P has nothing.
        # waiting: 20 000 − 5 000 = 15 000 of C; others 5 000
        (BEHIND, 1_800_000, (500_000, 1_500_000, 0, 0)),
        # sharing: 20 000 · 25 ÷ 30 = 16 666.67 of C; others 20 000 − 16 666.67 = 3 333.33
        (EQUAL, 1_966_667, (333_333, 1_666_667, 0, 0)),
    ],
)
def test_joint_debt_counts_whole(rules, received, parts):
    """A joint debtor owes all of it to the claimant (178(1)): all of it shares his assets."""
    case = fined()
    assert decide(case, "joint", rules).received_fen == received
    assert sums(ranked(case, "joint", rules)) == parts


@pytest.mark.parametrize(
    ("assets", "behind", "equal"),
    [
        # several: C owes .15 · 25 000 = 3 750 here, 5 000 to others
        (700_000, 200_000, 300_000),  # 7 000 − 5 000 = 2 000; 7 000 · 3 750 ÷ 8 750 = 3 000
        (400_000, 0, 171_429),  # 4 000 − 5 000 < 0; 4 000 · 3 ÷ 7 = 1 714.2857
        (875_000, 375_000, 375_000),  # enough for both: the rank decides nothing
        (0, 0, 0),
        (1, 0, 0),  # a fen · 3 ÷ 7 is less than half a fen
    ],
)
def test_a_part_shares_in_proportion(assets, behind, equal):
    """What can be collected is assets · owed here ÷ (owed here + owed to others), half up."""
    case = fined().set({"C.assets_fen": assets})
    for rules, paid in ((BEHIND, behind), (EQUAL, equal)):
        found = ranked(case, "several", rules)
        assert found.judgment_fen == paid
        assert found.others_fen == min(500_000, assets - paid)
    moved = behind != equal
    assert ("rule.after_restitution" in listed(case, "several", BEHIND)) is moved
    assert ("rule.after_restitution" in listed(case, "several", EQUAL)) is moved


def test_half_a_fen_goes_up():
    """C has 3 fen and owes others 5 000 yuan; here as much (limit .20): 1.5 fen become 2."""
    case = fined().set({"C.assets_fen": 3})
    assert sums(ranked(case, "partial_joint", EQUAL))[:2] == (1, 2)


def test_what_a_codebtor_pays_leaves_more_for_the_others():
    """A has enough: of 25 000 A pays 15 625 and C 9 375 (.25:.15), and C's others get all."""
    case = fined().set({"A.assets_fen": None, "P.sued": False})
    for rules in (BEHIND, EQUAL):
        assert sums(ranked(case, "joint", rules)) == (500_000, 937_500, 300_000, 262_500)


def test_insolvency_is_carried_by_what_can_be_collected():
    """519(3), FIX-1 joint: C carries what he can pay, 15 000 or 16 666.67; burdens stay."""
    case = fined()
    for rules, carried in ((BEHIND, 1_500_000), (EQUAL, 1_666_667)):
        c = decide(case, "joint", rules).parties["C"]
        assert (c.burden_fen, c.carried_fen) == (375_000, carried)


def test_what_he_paid_before_is_not_shared():
    """C paid 5 000 already and has 7 000: he carries up to 5 000 and his part of what is left.

    He could be held to 25 000, 20 000 of it open: 7 000 · 20 ÷ 25 = 5 600, in all 10 600.
    """
    case = changed(
        fined().set({"C.assets_fen": 700_000}),
        recoveries=[{"payer": "C", "amount_fen": 500_000, "on": datetime.date(2023, 5, 1)}],
    )
    c = decide(case, "joint", EQUAL).parties["C"]
    assert (c.exposure_fen, c.paid_fen, c.carried_fen) == (2_000_000, 560_000, 1_060_000)


def test_what_can_be_carried_is_reckoned_on_what_is_open():
    """The lent card, Sun (80 000) owes others 50 000: one number is all he can pay and carry.

    6 000 came back on Wang's account: 114 000 are open. 80 000 · 114 ÷ 164 = 55 609.76, and not
    80 000 · 120 ÷ 170 = 56 470.59, as if nothing had come back.
    """
    case = load_case("hypo-payment").set({"criminal[0].restitution_others_fen": 5_000_000})
    out = decide(case, "joint", EQUAL)
    sun = out.parties["sun"]
    assert (sun.paid_fen, sun.carried_fen) == (5_560_976, 5_560_976)
    assert differences(out.trace) == []


def test_what_is_left_behind_others_is_carried_whole():
    """C paid 24 000 of 25 000, A has 3 000 and is to bear 6 250 with P (nothing), B 6 250.

    What is open is 1 000, but B with 12 000 serves 5 000 to others and has 7 000 left for his own
    burden and more: able to 7 000, which is more than 12 000 · 1 ÷ 6 = 2 000.
    """
    case = changed(
        fined().set({"C.assets_fen": 1_200_000}),
        recoveries=[{"payer": "A", "amount_fen": 2_400_000, "on": datetime.date(2023, 5, 1)}],
    )
    out = decide(case, "joint", EQUAL)
    able = {n.party: n.value for n in out.trace.walk() if n.key == "able_to"}
    assert able["C"] == 700_000
    assert differences(out.trace) == []


def test_a_guardian_and_his_ward_share_each_for_himself():
    """A (3 000) owes others 500; G (10 000) owes them nothing: 6 250 are owed here.

    A: 3 000 · 6 250 ÷ 6 750 = 2 777.78; G: 10 000 suffice. Together more than 6 250: no matter.
    With 3 000 of G's own: 2 777.78 + 3 000 = 5 777.78, waiting 2 500 + 3 000 = 5 500.
    """
    assert sums(ranked(guarded(), "auto", EQUAL, "G")) == sums(flow(guarded(), "auto", "G"))
    poor = guarded().set({"G.assets_fen": 300_000})
    assert ranked(poor, "auto", BEHIND, "G").judgment_fen == 550_000
    found = ranked(poor, "auto", EQUAL, "G")
    assert sums(found) == (22_222, 577_778, 0, 0)
    assert found.notes[:2] == ("equal_rank", "restitution_short")


def test_foreign_respreading_asks_what_one_can_bear_in_full():
    """Reallocation is foreign law and knows no such rank: what is left after restitution."""
    case = fined().set({"C.assets_fen": 700_000})
    assert decide(case, "reallocation", EQUAL).received_fen == 500_000
    assert "order.others-restitution" in listed(case, "reallocation", EQUAL)


def test_both_views_are_told_where_the_rank_moves_an_amount():
    """The assumption names the rule taken; note and reasons say the other view; all have words."""
    for rules, key, note in ((BEHIND, "others", "ranked_behind"), (EQUAL, "beside", "equal_rank")):
        case = fined()
        outcome = decide(case, "joint", rules)
        assert {"rule.after_restitution", f"order.{key}-restitution"} <= listed(
            case, "joint", rules
        )
        assert ranked(case, "joint", rules).notes[0] == note
        for lang in LANGS:
            assert all(assumption_words(entry, case, lang) for entry in outcome.assumptions)
            assert explain(ranked(case, "joint", rules).trace, case, lang).steps
    assert (
        "（2019）京03民终14189号"
        in topic_words("parameters", "zh")["rules"]["after_restitution"]["why"]
    )


@pytest.mark.parametrize("rules", [BEHIND, EQUAL])
def test_the_reasons_can_be_reckoned_again(rules):
    """Every step of outcome and order follows from the steps below it."""
    for case in (
        fined(),
        fined().set({"C.assets_fen": 700_000}),
        guarded().set({"G.assets_fen": 9}),
    ):
        for mode, outcome in compare(case, [*MODES, "auto"], rules=rules).items():
            assert differences(outcome.trace) == [], mode
            for found in waterfall(case, outcome):
                assert differences(found.trace) == [], mode


def test_many_cases_at_once():
    """An axis of his assets and one of the others' restitution: to the fen as one by one."""
    case = fined()
    axes = {"C.assets_fen": [0, 3, 700_000, 2_000_000, 9_000_000], "loss_fen": [1, 2_500_000]}
    for mode in KNOWN:
        grid = sweep(case, axes, mode, rules=EQUAL)
        for i, assets in enumerate(axes["C.assets_fen"]):
            for j, loss in enumerate(axes["loss_fen"]):
                one = decide(case.set({"C.assets_fen": assets, "loss_fen": loss}), mode, EQUAL)
                assert grid[i, j] == one.received_fen, (mode, assets, loss)


def test_an_open_exposure_leaves_the_rank_open_too():
    """C's limit is unknown, he owes 0 to 25 000 here: 0 to 20 000 · 25 ÷ 30 = 16 666.67."""
    case = fined().set({"C.limit": None})
    found = ranked(case, "partial_joint", EQUAL)
    assert found.judgment_fen == Interval(0, 1_666_667)
    assert found.others_fen == Interval(333_333, 500_000)
    assert found.left_fen == Interval(0, 1_200_000)


@settings(max_examples=60)
@given(burdened(), st.sampled_from(MODES))
def test_whatever_the_rank_the_assets_are_spent_once(case, mode):
    """Others, judgment, fine and rest add up to the assets; equal rank never pays her less.

    Nobody pays her more than the part of his assets that falls to what he owes her.
    """
    behind, equal = (decide(case, mode, rules) for rules in (BEHIND, EQUAL))
    if isinstance(equal.received_fen, Interval):
        return
    assert behind.received_fen <= equal.received_fen
    for found in waterfall(case, equal):
        owed = equal.parties[found.party].exposure_fen
        open_ = any(isinstance(fen, Interval) for fen in (owed, found.judgment_fen))
        if found.assets_fen is None or open_:
            continue
        assert sum(sums(found)) == found.assets_fen
        whole = owed + found.others_fen + found.others_open_fen
        if mode != "reallocation" and whole > found.assets_fen:
            assert 2 * found.judgment_fen * whole <= 2 * found.assets_fen * owed + whole
