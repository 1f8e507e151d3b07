"""Lesson 00's exercises: keys by hand, and each wrong option a usual misreading."""

import pytest

from simlib.exercise import draw, mark
from simlib.exercise.start.end_of_suit import GROUNDS
from simlib.worksheet import sheet

# what happened → ending, merits, appeal, fee, next, counted: read off the articles by hand
KEYS = {
    "unnamed": ["refuse_suit", "unheard", "ruling", "free", "refile", "in"],
    "interest": ["dismiss_suit", "unheard", "ruling", "free", "refile", "in"],
    "fault": ["dismiss_claim", "heard", "judgment", "loser", "barred", "in"],
    "part": ["support", "heard", "judgment", "loser", "barred", "out"],
    "vague": ["refuse_suit", "unheard", "ruling", "free", "refile", "in"],
    "agreed": ["dismiss_suit", "unheard", "ruling", "free", "withdrawn", "in"],  # 247, 214(1)
    "causation": ["dismiss_claim", "heard", "judgment", "loser", "barred", "in"],
}


@pytest.mark.parametrize("seed", range(len(GROUNDS)))
def test_a_document_and_its_consequences(seed):
    """Seven seeds, seven grounds: art. 126 before filing, 208(3) and 247(2) after it, else 155."""
    one = draw("start", "ending", seed)
    ground = tuple(GROUNDS)[seed]
    assert one.values["because_word"] == f"ending.because.{ground}"
    assert [step.key for step in one.steps] == KEYS[ground]


def test_who_has_assigned_the_claim_has_no_direct_interest():
    """Variant 1: the plaintiff has assigned her claim and told A so (art. 122(1) of the Civil
    Procedure Law: the suit is rejected); whether she had a loss at all is not the ground."""
    one = draw("start", "ending", 1)
    assert "转让" in sheet(one, "zh")["facts"][1]
    assert "assigned" in sheet(one, "en")["facts"][1]


def test_no_case_is_small():
    """25 000 may be a small claim, where appeal is excluded: all here are 80 000 or more."""
    assert min(draw("start", "ending", seed).values["loss_fen"] for seed in range(40)) >= 8_000_000


def test_what_a_count_leaves_open_by_hand():
    """Seed 0: 30 suits, 25 dismissed, of these 8 rulings and 6 judgments read, 11 not; 5 granted.

    All 11 rulings: 6/(6 + 5) = 6/11 = 55 %. All judgments: 17/(17 + 5) = 17/22 = 77 %. The rate
    dismissed is 25/30 = 83 %, which is what the curve would give if all 25 were judgments.
    """
    one = draw("start", "count", 0)
    labels = {o["key"]: o["label"] for o in sheet(one, "zh")["steps"][1]["options"]}
    assert labels == {
        "point": "83%",
        "between": "55%至77%之间，不能再窄",
        "whole": "0%至83%之间，不能再窄",
    }
    assert one.step("open").key == "between"


@pytest.mark.parametrize("seed", range(28))
def test_a_count_can_be_answered(seed):
    """Unread ones are left, the options differ, the claim shown is the division, half as wide."""
    one = draw("start", "count", seed)
    assert one.values["unread_number"] > 0
    for step in sheet(one, "zh")["steps"]:
        labels = [option["label"] for option in step["options"]]
        assert len(set(labels)) == len(labels)
    keys = ["division", "between", "half", "dismissed", "denominator"]
    assert [step.key for step in one.steps] == keys
    assert mark(one.step("claim"), "unfiled").kind == "wrong"
