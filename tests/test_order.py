"""The order of assets: other victims' restitution, this judgment, the fine, the rest."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import decide, load_case
from simlib.explain import explain
from simlib.interval import Interval, high_end, low_end
from simlib.law.citation import article
from simlib.liability import MODES as ALL_MODES
from simlib.liability import waterfall
from simlib.text import LANGS, topic_words
from tests.replay import unfounded
from tests.strategies import cases

MODES = tuple(mode for mode in ALL_MODES if mode != "auto")
FINED = {"party": "C", "fine_fen": 300_000, "restitution_others_fen": 500_000}


def changed(case, **tables):
    """The case with whole tables put in."""
    return type(case).model_validate(case.model_dump(exclude_unset=True) | tables)


def fined(**more):
    """The teaching case; C also owes other victims 5 000 yuan and a fine of 3 000."""
    return changed(load_case("fix-1"), criminal=[FINED | more])


def flow(case, mode, party="C"):
    """What one party's assets go to under a mode."""
    (found,) = [w for w in waterfall(case, decide(case, mode)) if w.party == party]
    return found


def sums(found):
    """Others, judgment, fine, left."""
    return (found.others_fen, found.judgment_fen, found.fine_fen, found.left_fen)


@pytest.mark.parametrize(
    ("mode", "parts", "fine_open"),
    [
        # joint: P 0, A 3 000, so 22 000 are asked of C; 20 000 − 5 000 leave 15 000 for it, 0 after
        ("joint", (500_000, 1_500_000, 0, 0), 300_000),
        # several: .15 of 25 000 = 3 750; 20 000 − 5 000 − 3 750 − 3 000 = 8 250
        ("several", (500_000, 375_000, 300_000, 825_000), 0),
        # limit .20 of 25 000 = 5 000; 20 000 − 5 000 − 5 000 − 3 000 = 7 000
        ("partial_joint", (500_000, 500_000, 300_000, 700_000), 0),
        # nothing is owed: 20 000 − 5 000 − 3 000 = 12 000
        ("dismiss_claim", (500_000, 0, 300_000, 1_200_000), 0),
    ],
)
def test_other_victims_then_the_judgment_then_the_fine(mode, parts, fine_open):
    """C has 20 000 yuan, owes other victims 5 000, this judgment, and a fine of 3 000."""
    found = flow(fined(), mode)
    assert sums(found) == parts
    assert (found.fine_open_fen, found.others_open_fen) == (fine_open, 0)
    assert ("fine_short" in found.notes) == bool(fine_open)


def test_a_fine_partly_served():
    """C has 9 500 and limit .20: 5 000 to others, 4 500 here; with limit .16: 4 000 and 500."""
    poor = fined().set({"C.assets_fen": 950_000})
    assert sums(flow(poor, "partial_joint")) == (500_000, 450_000, 0, 0)
    less = poor.set({"C.limit": 0.16})
    assert sums(flow(less, "partial_joint")) == (500_000, 400_000, 50_000, 0)
    assert flow(less, "partial_joint").fine_open_fen == 250_000


def test_restitution_itself_falls_short():
    """C has 4 000: all of it goes to the other victims, who are still owed 1 000."""
    found = flow(fined().set({"C.assets_fen": 400_000}), "joint")
    assert sums(found) == (400_000, 0, 0, 0)
    assert (found.others_open_fen, found.fine_open_fen) == (100_000, 300_000)
    assert found.notes == ("ranked_behind", "restitution_short", "fine_short")


def test_pitfall_8_the_fine_touches_neither_claim_nor_payment():
    """Without the fine of 3 000 yuan every amount of the judgment is the same."""
    with_fine, without = fined(), fined(fine_fen=0)
    for mode in MODES:
        one, other = decide(with_fine, mode), decide(without, mode)
        assert (one.claim_fen, one.received_fen) == (other.claim_fen, other.received_fen)
        assert flow(with_fine, mode).judgment_fen == flow(without, mode).judgment_fen


def test_unlimited_assets_serve_everybody():
    """Assets the file does not limit: all three are served, what is left nobody knows."""
    found = flow(fined().set({"C.assets_fen": None}), "joint")
    assert sums(found) == (500_000, 2_200_000, 300_000, None)
    assert found.assets_fen is None
    assert found.notes == ()


def test_recourse_ranks_before_the_fine_and_is_said():
    """A co-debtor's recourse against C is a civil debt: 7 375 yuan, and the fine is served too.

    A paid 20 000 before; of the 5 000 left A pays the 3 000 he has and C 2 000. P has nothing, so
    A carries 15 625 and C 9 375 of the 25 000 (.25:.15): A paid 7 375 too much, C that much less.
    """
    paid = [{"payer": "A", "amount_fen": 2_000_000, "on": datetime.date(2023, 5, 1)}]
    case = changed(fined(), recoveries=paid)
    out = decide(case, "joint")
    claims = [(c.against, c.fen, c.kind) for c in out.parties["A"].recourse]
    assert ("C", 737_500, "share") in claims
    found = flow(case, "joint")
    assert sums(found) == (500_000, 200_000, 300_000, 1_000_000)
    assert found.notes == ("recourse_before_fine",)


@pytest.mark.parametrize(
    ("restitution", "said"), [("none", False), ("confiscation", False), ("full", True)]
)
def test_restitution_ordered_to_the_claimant_is_said(restitution, said):
    """An order of restitution to the claimant herself ranks with the other victims'."""
    assert ("own_restitution" in flow(fined(restitution=restitution), "joint").notes) == said


def test_only_the_sued_who_answer_are_listed():
    """C is not sued, so only P and A are listed."""
    case = fined().set({"C.sued": False})
    assert [w.party for w in waterfall(case, decide(case, "joint"))] == ["P", "A"]


def test_an_open_payment_leaves_fine_and_rest_open():
    """C's limit is unknown: he pays 0 to 15 000, so the fine is 0 to 3 000 and 0 to 12 000 stay."""
    found = flow(fined().set({"C.limit": None}), "partial_joint")
    assert found.judgment_fen == Interval(0, 1_500_000)
    assert found.fine_fen == Interval(0, 300_000)
    assert found.left_fen == Interval(0, 1_200_000)
    assert found.fine_open_fen == Interval(0, 300_000)


def test_an_outcome_of_another_case_is_refused():
    """C cannot pay 20 000 yuan of a case in which he has 100."""
    rich = load_case("fix-1")
    with pytest.raises(ValueError, match="C"):
        waterfall(rich.set({"C.assets_fen": 10_000}), decide(rich, "joint"))


def guarded():
    """C as above; A is a minor of gross negligence, G his guardian with 10 000 yuan.

    A owes other victims 500 and a fine of 1 000.
    """
    raw = load_case("fix-1").model_dump(exclude_unset=True)
    minor = {"minor": True, "answered_by": "G", "grade": "gross"}
    parties = [p | (minor if p["id"] == "A" else {}) for p in raw["parties"]]
    name = {"zh": "监护人", "en": "guardian"}
    guardian = {"id": "G", "role": "operator", "name": name, "fault": 0, "assets_fen": 1_000_000}
    criminal = [{"party": "A", "fine_fen": 100_000, "restitution_others_fen": 50_000}]
    return changed(load_case("fix-1"), parties=[*parties, guardian], criminal=criminal)


def test_a_guardian_pays_with_the_minors_property_too():
    """3 000 + 10 000 = 13 000; others 500, share .25 = 6 250, fine 1 000, left 5 250.

    1188(2): the minor's own property first; the guardian makes up what is missing.
    """
    found = flow(guarded(), "auto", "G")
    assert found.assets_fen == 1_300_000
    assert sums(found) == (50_000, 625_000, 100_000, 525_000)
    assert "civil-code:1188(2)" in found.trace.children[0].cites
    ids = [w.party for w in waterfall(guarded(), decide(guarded(), "auto"))]
    assert ids == ["P", "C", "G"]


def test_the_trace_can_be_reckoned_again_and_said():
    """What is left follows from its leaves; each leaf has a source, each step its words."""
    case = fined()
    found = flow(case, "several")
    parts = [node.value for node in found.trace.children]
    assert found.trace.value == parts[0] - sum(parts[1:]) == 825_000
    assert unfounded(found.trace) == []
    for node in found.trace.walk():
        assert all(article(cite).id for cite in node.cites)
    for lang in LANGS:
        assert explain(found.trace, case, lang).steps


def test_every_note_has_words():
    """Each key a waterfall can carry is in both languages."""
    keys = {"ranked_behind", "equal_rank", "restitution_short", "fine_short"}
    keys |= {"recourse_before_fine", "own_restitution"}
    for lang in LANGS:
        assert set(topic_words("order", lang)["note"]) == keys


@st.composite
def burdened(draw):
    """A random case whose helpers and principals also owe fines and others' restitution."""
    case = draw(cases())
    owing = [p.id for p in case.parties if p.role != "victim"]
    entries = st.builds(
        dict,
        party=st.sampled_from(owing),
        fine_fen=st.integers(0, 2_000_000),
        restitution_others_fen=st.integers(0, 2_000_000),
    )
    return changed(case, criminal=draw(st.lists(entries, max_size=4)))


@settings(max_examples=60)
@given(burdened(), st.sampled_from(MODES))
def test_the_parts_add_up_to_the_assets(case, mode):
    """Others + judgment + fine + left = assets, at both ends; the fine waits for all others."""
    outcome = decide(case, mode)
    for found in waterfall(case, outcome):
        judgment = outcome.parties[found.party].paid_fen
        assert found.judgment_fen == judgment
        crimes = [c for c in case.criminal if c.party == found.party]
        owed = sum(c.restitution_others_fen for c in crimes)
        fines = sum(c.fine_fen or 0 for c in crimes)
        assert found.others_fen + found.others_open_fen == owed
        if found.assets_fen is None:
            assert (found.left_fen, found.fine_fen, found.others_fen) == (None, fines, owed)
            continue
        for paid, other in ((low_end, high_end), (high_end, low_end)):
            rest = other(found.fine_fen) + other(found.left_fen)
            assert found.others_fen + paid(judgment) + rest == found.assets_fen
            assert other(found.left_fen) == 0 or other(found.fine_fen) == fines
        if found.others_open_fen:
            assert (judgment, found.fine_fen, found.left_fen) == (0, 0, 0)
