"""Lesson 00's picture without a browser: suits on a way with two gates, drawn apart by hand.

By hand, on the wide drawing, 784 px: 36 steps of (784 - 26) / 36 = 21.06 px; with 30 rulings the
31st suit stands at 30 x 21.06 + 26 = 657.7.
"""

import pytest
from pictured import ask, at_scene, overprinted, shown, unmoved

COUNTED = ("number", "paper")


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


@pytest.mark.parametrize("scene", COUNTED)
def test_every_main_knob_moves_the_picture(scene):
    """Rulings, and how many of the others were heard."""
    assert unmoved("start", scene) == []


@pytest.mark.parametrize("scene", ["sorting", "again", "data"])
def test_where_no_suits_are_counted_nothing_is_drawn(scene):
    """Endings in words, and a share by chance."""
    assert shown(at_scene("start", scene)) == {}


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
