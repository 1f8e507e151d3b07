"""Lesson 00's picture without a browser: suits on a way with two gates, drawn apart by hand.

By hand, on the wide drawing, 784 px: 36 steps of (784 - 26) / 36 = 21.06 px; with 30 rulings the
31st suit stands at 30 x 21.06 + 26 = 657.7.
"""

import re
from itertools import product

import pytest
from pictured import ask, at_scene, overprinted, shown, unmoved

from simlib.law.suit import endings

DRAWN = ("number", "paper", "sorting", "again", "data")


def by_id(pictures, size="wide"):
    """Id → thing of one size."""
    return {thing["id"]: thing for thing in pictures[size]["things"]}


def looks(seen):
    """How many of those dismissed look in each way."""
    found = [each.get("look", "full") for id, each in seen.items() if id.startswith("suit:")]
    return {look: found.count(look) for look in set(found)}


def test_nobody_says_at_which_gate_the_36_stopped():
    """All are striped, the hand's way is empty, the ways back are dashed."""
    seen = by_id(shown(at_scene("start", "number")))
    assert looks(seen) == {"striped": 36}
    assert seen["grip:rulings"]["open"]
    assert [seen[f"back:{each}"]["dashed"] for each in ("first", "second")] == [True, True]


def test_the_row_is_drawn_apart():
    """Thirty in outline by a ruling, six full by a judgment, a gap between them."""
    lab = at_scene("start", "number")
    seen = by_id(ask(lab, rulings=30))
    assert looks(seen) == {"frame": 30, "full": 6}
    assert seen["suit:30"]["x"] == pytest.approx(657.7, abs=0.1)
    assert seen["ruling:0"]["text"].startswith("裁定30件")
    assert seen["judgment:0"]["text"].startswith("判决6件")
    seen = by_id(ask(lab, rulings=36))
    assert looks(seen) == {"frame": 36}
    assert "back:second" not in seen


def test_the_six_others_pass_as_far_as_they_were_heard():
    """Those not heard stand between the gates, in outline."""
    lab = at_scene("start", "number")
    seen = by_id(ask(lab, heard=2))
    places = [seen[f"other:{n}"] for n in range(6)]
    assert [each.get("look", "full") for each in places] == ["ghost"] * 4 + ["full"] * 2
    gate = seen["gate:second"]["x"]
    assert [each["x"] > gate for each in places] == [False] * 4 + [True] * 2


@pytest.mark.parametrize("scene", DRAWN)
def test_every_main_knob_moves_the_picture(scene):
    """Rulings, and how many of the others were heard; where a suit ends, what happened later."""
    assert unmoved("start", scene) == []


def hundred(seen):
    """How many of a hundred such suits look in each way."""
    found = [each.get("look", "full") for id, each in seen.items() if re.fullmatch(r"such:\d+", id)]
    return {look: found.count(look) for look in set(found)}


def test_picked_suits_tell_nothing_of_the_others():
    """36 of the 42 full, the way down ends at a wall, of the hundred nobody knows."""
    seen = by_id(shown(at_scene("start", "data")))
    assert looks(seen) == {"full": 36}
    assert seen["wall:sample"]["y"] > seen["way:sample"]["by"][-1]
    assert hundred(seen) == {"striped": 100}


def test_suits_drawn_at_random_tell_it_as_far_as_chance_leaves_open():
    """By Clopper and Pearson at 95 % 71.46 to 94.57 of a hundred: 71 full, 24 striped, 5 in
    outline; of 420 it is 82.00 to 88.92."""
    lab = at_scene("start", "data")
    seen = by_id(ask(lab, sample="random"))
    assert "wall:sample" not in seen
    assert hundred(seen) == {"full": 71, "striped": 24, "frame": 5}
    assert "71至95件" in seen["such:told"]["text"]
    assert hundred(by_id(ask(lab, size="10"))) == {"full": 82, "striped": 7, "frame": 11}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_of_a_sample_lies_over_another(lang):
    """Of each size and level, picked and drawn at random."""
    lab = at_scene("start", "data", lang)
    for sample, times, level in product(("picked", "random"), ("1", "10"), ("90", "99")):
        made = ask(lab, sample=sample, size=times, level=level)
        assert all(overprinted(each) == [] for each in made.values()), (sample, times, level)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_lies_over_another(lang):
    """With every number of rulings, and few or all of the others heard; low enough for the rows."""
    lab = at_scene("start", "number", lang)
    for rulings in (None, 0, 1, 18, 30, 36):
        for heard in (0, 6):
            made = (
                ask(lab, heard=heard) if rulings is None else ask(lab, rulings=rulings, heard=heard)
            )
            assert all(overprinted(each) == [] for each in made.values()), (rulings, heard)
            assert made["wide"]["height"] <= 240
            assert made["narrow"]["height"] <= 260


def test_a_suit_stands_where_it_ends():
    """Left of the first gate in outline by a ruling, past it full by a judgment.

    By hand, on the wide drawing: rejected ends at 268, the sheet is 16 wide, so it begins at 260;
    dismissed ends at 456, so at 448. No second suit: the way back ends at a wall.
    """
    lab = at_scene("start", "sorting")
    seen = by_id(ask(lab, beside="dismiss_suit", ending="dismiss_claim"))
    assert [seen[f"suit:{each}"]["x"] for each in ("beside", "ending")] == [260, 448]
    assert seen["suit:beside"]["look"] == "frame"
    assert "look" not in seen["suit:ending"]
    assert "wall:beside" not in seen
    assert seen["again:beside"]["text"] == "符合起诉条件的，可以再起诉"
    assert seen["wall:ending"]["x"] < seen["way:ending"]["x"]
    assert seen["again:ending"]["text"] == "同一事项，不得再起诉"


def test_a_new_fact_opens_the_way_back():
    """By article 248: the wall goes, the way back is dashed, for it is a right."""
    lab = at_scene("start", "again")
    assert "wall:ending" in by_id(ask(lab, ending="dismiss_claim", fact=False))
    seen = by_id(ask(lab, fact=True))
    assert "wall:ending" not in seen
    assert seen["back:ending"]["dashed"]
    assert seen["again:ending"]["text"] == "发生新的事实，可以再起诉"


def test_hands_put_the_suit_where_it_fails():
    """Three other places on either way, each with its knob and what it says."""
    seen = by_id(shown(at_scene("start", "sorting")))
    hands = {(each["knob"], each["to"]) for each in seen.values() if each["kind"] == "switch"}
    others = {"refuse_suit", "dismiss_claim", "support"}
    assert hands == {(knob, to) for knob in ("beside", "ending") for to in others}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_of_an_ending_lies_over_another(lang):
    """Of every pair of endings, with a new fact and without."""
    ids = [each.id for each in endings()]
    lab = at_scene("start", "sorting", lang)
    for one, other in product(ids, ids):
        made = ask(lab, beside=one, ending=other)
        assert all(overprinted(each) == [] for each in made.values()), (one, other)
    lab = at_scene("start", "again", lang)
    for one, fact in product(ids, (False, True)):
        made = ask(lab, ending=one, fact=fact)
        assert all(overprinted(each) == [] for each in made.values()), (one, fact)
