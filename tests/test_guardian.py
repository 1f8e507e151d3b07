"""A fraudster who is a minor: his guardian, and who helped him (1169(2), 1188(1), 解释(一) 12)."""

from __future__ import annotations

from simlib import decide, load_case

FIX = "fix-1"


def minor(**facts):
    """A fraudster of fifteen with 1,000 yuan, his mother (C), and a card lender (A) with 3,000.

    25,000 lost; A's fault .8 and causal force .5 beside the fraudster's 1 and 1.
    """
    changes = {f"{who}.share": None for who in "PAC"}
    changes |= {"P.minor": True, "P.answered_by": "C", "P.assets_fen": 100_000}
    changes |= {"C.grade": "none", "C.causal_force": 0.0, "C.limit": 0.3}
    changes |= {"A.fault": 0.8, "A.causal_force": 0.5}
    return load_case(FIX).set(changes | {key.replace("__", "."): v for key, v in facts.items()})


def amounts(out):
    """Burden and what can be asked, of the helper and of the guardian."""
    rows = (out.parties["A"], out.parties["C"])
    return [r.burden_fen for r in rows], [r.exposure_fen for r in rows]


def test_what_the_guardian_does_not_bear_falls_on_who_helped():
    """She failed in her duty to .3 of 25,000, 7,500; the helper owes what the tortfeasor would.

    His part would be .4/1.4 of 25,000, 7,142.86; 12(1) and (2) leave him all beyond her 7,500:
    17,500. Together the whole loss: before, 10,357.14 fell on nobody.
    """
    assert amounts(decide(minor())) == ([1_750_000, 750_000], [2_500_000, 750_000])


def test_platform_that_knew_stands_in_as_who_helped_does():
    """1197: it owes all since it knew, here all; beyond the mother's 7,500 it bears 17,500.

    Of 20,000 since it knew it bears what her .3 leave, 14,000; in the 5,000 before nobody helped
    knowingly, and the mother answers for all (1188(1)): 6,000 + 5,000.
    """
    platform = {"A.role": "platform", "A.act": None}
    for since, borne in ((None, [1_750_000, 750_000]), (2_000_000, [1_400_000, 1_100_000])):
        case = minor().set(platform | {"A.after_knowledge_fen": since})
        assert amounts(decide(case))[0] == borne


def test_a_guardian_whose_failing_reaches_the_child_s_part_bears_that_part():
    """Up to .9, 22,500, nothing of the child's 17,857.14 is cut off."""
    assert amounts(decide(minor(C__limit=0.9)))[0] == [714_286, 1_785_714]


def test_without_a_knowing_helper_the_guardian_answers_for_the_child():
    """1169(2) is about abettors and helpers; otherwise 1188(1): the guardian, for the whole."""
    out = decide(minor(A__fault=0.3))
    assert amounts(out)[1] == [326_087, 2_500_000]  # .15/1.15 of 25,000, and all
    assert out.parties["C"].mode == "joint"
    keys = {(a["key"], a.get("party")) for a in out.assumptions}
    assert ("answered.reduced", "C") in keys
    assert not {"guardian.rest", "answered.limit-unknown"} & {key for key, _ in keys}


def test_an_adult_fraudster_takes_over_before_a_helper_does():
    """Of two fraudsters one is grown up: what the guardian does not bear falls on that one.

    Weights 1, 1 and .4 of 2.4: 10,416.67, 4,166.67, 10,416.66; the mother bears 7,500.
    """
    case = minor()
    update = {"id": "Q", "minor": False, "answered_by": None}
    case = case.model_copy(
        update={"parties": (*case.parties, case.party("P").model_copy(update=update))}
    )
    out = decide(case)
    assert amounts(out)[0] == [416_667, 750_000]
    assert out.parties["Q"].burden_fen == 1_333_333


def test_how_guardian_and_helper_stand_is_said():
    """Whether the helper recovers from the guardian 12 does not say."""
    found = decide(minor()).assumptions
    assert ("guardian.rest", "C") in {(a["key"], a.get("party")) for a in found}
    assert "answered.reduced" not in {a["key"] for a in found}


def test_two_helpers_share_what_the_guardian_does_not_bear():
    """Parts of 25,000 by 1 : .4 : .4 are 13,888.89, 5,555.56 and 5,555.55; she bears 7,500.

    The 6,388.89 beyond fall on both helpers alike; the odd fen of a tie on who comes first.
    """
    case = minor()
    twin = case.party("A").model_copy(update={"id": "B"})
    out = decide(case.model_copy(update={"parties": (*case.parties, twin)}))
    burdens = {id: party.burden_fen for id, party in out.parties.items() if party.burden_fen}
    assert burdens == {"A": 875_001, "B": 874_999, "C": 750_000}
