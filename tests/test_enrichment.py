"""Unjust enrichment beside tort: elements, two readings of 取得, good and bad faith."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.case.load import check_data
from simlib.enrichment import ELEMENTS, READINGS, assess, either
from simlib.explain import assumption_words, explain
from simlib.interval import Interval, high_end, low_end
from simlib.law.citation import article
from simlib.text import LANGS
from tests.replay import unfounded

REAL, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"


def owed(case, party, reading):
    """What he has to return under one reading [fen]."""
    return assess(case, party).readings[reading].owed.value


def states(case, party):
    """Element → its state."""
    return {key: each.state for key, each in assess(case, party).elements.items()}


def one_card(**changes):
    """A card lender: 30 000 of 40 000 that came in are the victim's; pay 600; what is left open.

    The part of the pay that falls to her money is 600 × 30 000 / 40 000 = 450.
    """
    case = load_case(TWIN).set(
        {
            "loss_fen": 3_000_000,
            "transfers[0].amount_fen": 3_000_000,
            "card-long.inflow_fen": 4_000_000,
            "long.gain_direct_fen": 60_000,
        }
    )
    return case.set(changes) if changes else case


# ------------------------------------------------------------ the real cases, by hand


def test_zhang_passed_and_kept():
    """25 000 came to his card; whether any stayed, and what he was paid, no report says.

    First reading: 25 000, in bad faith gone or not. Second: anything from 0 to the whole loss.
    """
    case = load_case(REAL)
    found = assess(case, "zhang")
    assert found.faith.value == "bad"
    assert owed(case, "zhang", "passed") == 2_500_000
    assert owed(case, "zhang", "kept") == Interval(0, 2_500_000)
    assert states(case, "zhang") == {
        "gain": "contested",
        "expense": "met",
        "loss": "met",
        "ground": "met",
    }


@pytest.mark.parametrize(
    ("held", "gain", "kept"),
    [
        (0, 50_000, 50_000),  # all passed on, paid 500: 500
        (0, 0, 0),  # all passed on, paid nothing: nothing kept
        (1_000_000, 0, 1_000_000),  # 10 000 frozen on the card, paid nothing: 10 000
        (1_000_000, 50_000, Interval(1_000_000, 1_050_000)),  # is the pay in what stayed?
        (2_500_000, 50_000, 2_500_000),  # all there: never more than the loss
    ],
)
def test_what_zhang_kept(held, gain, kept):
    """His pay and what stayed, at most the loss; the first reading stays at 25 000."""
    case = load_case(REAL).set({"card-zhang.held_fen": held, "zhang.gain_direct_fen": gain})
    assert owed(case, "zhang", "kept") == kept
    assert owed(case, "zhang", "passed") == 2_500_000


def test_long_gains_on_this_victim_only():
    """70 000 of 700 000 are hers, so of his 2 100 the part is 2 100 × 70/700 = 210."""
    case = load_case(TWIN).set({"card-long.held_fen": 0})
    assert owed(case, "long", "kept") == 21_000
    assert owed(case, "long", "passed") == 7_000_000


def test_bad_faith_leaves_the_rest_of_the_loss_to_the_law_of_damages():
    """987: return, and compensate 依法: of 70 000 less 210 returned up to 69 790 is still open."""
    case = load_case(TWIN).set({"card-long.held_fen": 0})
    kept = assess(case, "long").readings["kept"]
    assert kept.further == Interval(0, 6_979_000)
    assert assess(case, "long").readings["passed"].further == 0


# ------------------------------------------------------------ good and bad faith, by hand


@pytest.mark.parametrize(
    ("grade", "faith", "passed", "kept"),
    [
        ("none", "good", 500_000, Interval(500_000, 545_000)),
        ("slight", "open", Interval(500_000, 3_000_000), Interval(500_000, 545_000)),
        ("gross", "bad", 3_000_000, Interval(500_000, 545_000)),
        ("knowing", "bad", 3_000_000, Interval(500_000, 545_000)),
        ("concert", "bad", 3_000_000, Interval(500_000, 545_000)),
    ],
)
def test_faith_decides_whether_what_is_gone_is_returned(grade, faith, passed, kept):
    """5 000 of 30 000 are still there, his part of the pay is 450.

    Good faith: 5 000 (first reading); 5 000 to 5 450, for the pay may be spent or lie in the 5 000.
    Bad faith: 30 000; 5 000 to 5 450. Careless: from the one to the other.
    """
    case = one_card(**{"card-long.held_fen": 500_000, "long.grade": grade})
    assert assess(case, "long").faith.value == faith
    assert (owed(case, "long", "passed"), owed(case, "long", "kept")) == (passed, kept)


def test_good_faith_and_nothing_left_returns_at_most_the_pay():
    """986: what no longer exists is not returned; whether the 450 of pay exist nobody found."""
    case = one_card(**{"card-long.held_fen": 0, "long.grade": "none"})
    assert owed(case, "long", "passed") == 0
    assert owed(case, "long", "kept") == Interval(0, 45_000)
    assert assess(case, "long").readings["passed"].further == 0


def test_what_came_back_lowers_the_return_once():
    """30 000 lost, 22 000 came back, so 8 000 are open: nobody returns more."""
    case = one_card(recovered_fen=2_200_000, **{"card-long.held_fen": 0})
    assert owed(case, "long", "passed") == 800_000
    assert owed(case, "long", "kept") == 45_000


def test_a_loss_wholly_made_good_leaves_no_claim():
    """No loss is left: the element is not met and nothing is owed."""
    case = one_card(recovered_fen=3_000_000)
    assert states(case, "long")["loss"] == "unmet"
    for reading in READINGS:
        assert owed(case, "long", reading) == 0


def test_her_own_fault_lowers_damages_but_not_the_return():
    """1173 at 80 %: where it lets off also who knew 70 000 × .2 = 14 000; the return stays 70 000.

    Or 210. As the law is read, who knew is not let off.
    """
    case = load_case(TWIN).set({"min.fault": 0.8, "card-long.held_fen": 0})
    assert decide(case, "joint").parties["long"].exposure_fen == 7_000_000
    on = decide(case, "joint", rules={"victim_fault": "on"})
    assert on.parties["long"].exposure_fen == 1_400_000
    assert owed(case, "long", "passed") == 7_000_000
    assert owed(case, "long", "kept") == 21_000
    assert "enrichment.own-fault" in {a["key"] for a in assess(case, "long").assumptions}


# ------------------------------------------------------------ frozen, through others, nobody's


def test_frozen_money_that_must_be_hers_is_there_at_least():
    """Card: 30 000 hers, 10 000 others'; 25 000 frozen: at least 25 − 10 = 15 thousand are hers."""
    case = one_card(**{"card-long.frozen_fen": 2_500_000, "long.grade": "none"})
    assert owed(case, "long", "passed") == Interval(1_500_000, 3_000_000)


def chain_case(grade="knowing"):
    """V pays A 20 000, A pays B 15 000; nobody else's money; A keeps 5 000, B has 15 000."""
    party = {"name": {"zh": "某", "en": "X"}}
    data = {
        "id": "t",
        "basis": "hypothetical",
        "title": {"zh": "试", "en": "t"},
        "acted_on": datetime.date(2023, 1, 15),
        "loss_fen": 2_000_000,
        "parties": [
            party | {"id": "V", "role": "victim"},
            party | {"id": "P", "role": "principal"},
            party | {"id": "A", "role": "helper", "act": "payment", "grade": "knowing"},
            party | {"id": "B", "role": "helper", "act": "payment", "grade": grade},
            party | {"id": "T", "role": "helper", "act": "tech", "grade": "knowing",
                     "gain_direct_fen": 300_000},
        ],
        "accounts": [{"id": "a", "holder": "A"}, {"id": "b", "holder": "B"}],
        "transfers": [
            {"id": "1", "payer": "V", "payee": "a", "amount_fen": 2_000_000},
            {"id": "2", "payer": "a", "payee": "b", "amount_fen": 1_500_000},
        ],
    }  # fmt: skip
    case, problems = check_data(data)
    assert not problems
    return case


def test_money_that_came_through_others_is_contested_and_names_988():
    """B got 15 000 of hers from A: at her expense is contested, 988 is about gifts alone."""
    case = chain_case()
    found = assess(case, "B").elements["expense"]
    assert (found.state, found.cites[-1]) == ("contested", "civil-code:988")
    assert owed(case, "B", "passed") == 1_500_000
    assert "civil-code:988" not in assess(case, "A").elements["expense"].cites


def test_the_transfers_say_what_is_left():
    """A: 20 000 in, 15 000 out, so 5 000 are there; both readings in bad faith: 20 000 and 5 000.

    His pay was not found: it may be anything, so the second reading starts at 5 000.
    """
    case = chain_case().set({"A.gain_direct_fen": 0})
    assert owed(case, "A", "passed") == 2_000_000
    assert owed(case, "A", "kept") == 500_000


def test_an_honest_later_recipient_may_have_a_ground():
    """B without fault: 15 000 lie there, but he may have sold something for them: 0 to 15 000."""
    case = chain_case("none").set({"B.gain_direct_fen": 0, "b.held_fen": 1_500_000})
    assert assess(case, "B").elements["ground"].state == "open"
    assert owed(case, "B", "passed") == Interval(0, 1_500_000)


def test_a_helper_her_money_never_came_to_owes_no_return():
    """T wrote the app and was paid 3 000 by the fraudster: nothing at her expense, nothing owed."""
    case = chain_case()
    assert states(case, "T")["expense"] == "unmet"
    for reading in READINGS:
        assert owed(case, "T", reading) == 0


def test_a_case_without_transfers_leaves_everything_open():
    """fix-1 lists no transfer: what came, and so what is to be returned, is 0 to the loss."""
    case = load_case("fix-1")
    assert states(case, "A")["expense"] == "open"
    for reading in READINGS:
        assert owed(case, "A", reading) == Interval(0, 2_500_000)


# ------------------------------------------------------------ beside tort, never added


@pytest.mark.parametrize(
    ("exposure", "back", "most"),
    [
        (2_500_000, 2_500_000, 2_500_000),  # the real case: the same 25 000 by either way
        (700_000, 21_000, 700_000),  # the appeal's 7 000 in tort, 210 kept
        (700_000, 7_000_000, 7_000_000),  # the same, if what was booked is obtained
        (0, 50_000, 50_000),  # tort fails, the pay is returned
        (Interval(0, 10), Interval(4, 6), Interval(4, 10)),
        (5, Interval(0, 5), 5),
    ],
)
def test_the_two_claims_are_never_added(exposure, back, most):
    """The larger of the two at each end."""
    assert either(exposure, back) == most


# ------------------------------------------------------------ reasons and words


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("lang", LANGS)
def test_every_step_has_a_source_and_words(name, lang):
    """Leaves name a source; each step, element and assumption can be said; citations resolve."""
    case = load_case(name)
    for party in case.parties:
        if party.role == "victim":
            continue
        found = assess(case, party.id)
        assert tuple(found.elements) == ELEMENTS
        for each in found.elements.values():
            assert all(article(id) for id in each.cites)
        for reading in found.readings.values():
            assert not unfounded(reading.owed)
            assert explain(reading.owed, case, lang).label
        for entry in found.assumptions:
            assert assumption_words(entry, case, lang)


def test_a_stated_remainder_is_a_fact_of_the_case_and_a_changed_one_assumed():
    """The drawer shows of what kind the fact is, as for facts of parties."""
    case = load_case(REAL).set({"card-zhang.held_fen": 0, "card-zhang.kinds.held_fen": "assumed"})
    step = explain(assess(case, "zhang").readings["kept"].owed, case)
    kinds = {}
    todo = [step]
    while todo:
        node = todo.pop()
        kinds[node.label] = node.kind
        todo += node.steps
    assert kinds["张某 · 仍在一个账户里的受害人钱款"] == "assumed"


# ------------------------------------------------------------ properties

AMOUNTS = st.integers(0, 3_000_000)


@settings(max_examples=60, deadline=None)
@given(AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from(["none", "slight", "gross", "knowing"]))
def test_bounds_and_order(held, gain, back, grade):
    """Never above the open loss; bad faith never less than good; the unknown holds the known."""
    known = {"long.gain_direct_fen": gain, "card-long.held_fen": held, "long.grade": grade}
    case = one_card(recovered_fen=back, **known)
    open_fen = 3_000_000 - back
    for reading in READINGS:
        value = owed(case, "long", reading)
        assert 0 <= low_end(value) <= high_end(value) <= open_fen
        worse = owed(case.set({"long.grade": "knowing"}), "long", reading)
        better = owed(case.set({"long.grade": "none"}), "long", reading)
        assert low_end(better) <= low_end(worse)
        assert high_end(better) <= high_end(worse)
        blank = case.set({"long.gain_direct_fen": None, "card-long.held_fen": None})
        wide = owed(blank, "long", reading)
        assert low_end(wide) <= low_end(value)
        assert high_end(value) <= high_end(wide)


@settings(max_examples=40, deadline=None)
@given(AMOUNTS, AMOUNTS)
def test_more_left_never_lowers_what_an_honest_man_returns(less, more):
    """Monotone in what is still there."""
    low, high = sorted((less, more))
    ends = [
        owed(one_card(**{"card-long.held_fen": held, "long.grade": "none"}), "long", "passed")
        for held in (low, high)
    ]
    assert ends[0] <= ends[1]
