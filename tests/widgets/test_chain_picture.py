"""Lesson 06's picture: victims' money in colours through cards, and what is frozen of it.

The three pay 25 000, 70 000 and 9 000 into one card, of which 10 000 were there before: at most
114 000 meet one side of it. By `fifo` 14 000 of the frozen 26 000 go back to Li and 12 000 to Chen.
"""

import json

import pytest
from pictured import ask, at_scene, drawn, overprinted, shown, unmoved

from simlib import load_case
from simlib.lessons.chain.outcomes import GIVEN
from simlib.lessons.reader import lesson_of
from simlib.text import LANGS

CASE = load_case("hypo-layers")
SCENES = [scene.id for scene in lesson_of("chain").scenes]
CASES = ("hypo-layers", "hypo-chain", "hypo-pieces", "hypo-payment", "2024-lu-0302-5690")


def by_id(picture):
    """Id → thing."""
    return {thing["id"]: thing for thing in picture["things"]}


def things(size="wide", scene="start", case=CASE, **held):
    """Id → thing of a picture."""
    return by_id(drawn("chain", scene, case, **held)[size])


@pytest.mark.parametrize("scene", SCENES)
def test_each_main_knob_moves_the_picture(scene):
    """Of every scene, as it begins."""
    assert unmoved("chain", scene) == []


def test_bands_are_as_wide_as_they_are_much_and_in_whose_colour():
    """Chen's 70 000 to Li's 25 000; each band into the card has the colour of its figure."""
    found = things()
    bands = {id: found[f"flow:{id}-he-1:{id}"] for id in ("li", "chen", "wu")}
    assert bands["chen"]["wide"] / bands["li"]["wide"] == pytest.approx(70 / 25, rel=0.03)
    assert {id: band["color"] for id, band in bands.items()} == {
        id: found[f"person:{id}"]["color"] for id in bands
    }


def test_the_frozen_money_is_cut_by_the_rule():
    """By fifo 14 000 and 12 000, a foreign rule: a ghost; by poison nobody can say whose it is."""
    found = things(method="fifo")
    pot = found["pot"]
    assert found["back:li"]["w"] + 2 == pytest.approx(pot["w"] * 14 / 26, abs=0.2)
    assert found["back-said:chen"]["text"] == "陈某12000"
    assert (pot["look"], found["back:li"]["look"]) == ("ghost", "pale")
    assert things()["pot"]["look"] == "frame"
    poison = things(method="poison")
    assert poison["back:whole"]["look"] == "striped"
    assert {each["look"] for id, each in poison.items() if id.startswith("flow:he-1")} == {
        "striped"
    }


def test_a_frame_says_what_may_be_claimed_of_a_card_holder():
    """He knew: all of the 25 000, as wide as his card; slightly careless he owes less."""
    lab = at_scene("chain", "liable")
    before = by_id(shown(lab)["wide"])
    assert before["claim:he-1"]["w"] == pytest.approx(before["card:he-1"]["w"], abs=0.2)
    after = by_id(ask(lab, grade="none")["wide"])
    assert "claim:he-1" not in after


def test_the_hand_takes_the_money_of_before_and_the_second():
    """Both where the knob is a main one, and only there."""
    own = by_id(shown(at_scene("chain", "own"))["wide"])
    grip = own["grip:xu-2"]
    assert (grip["knob"], grip["values"]) == ("opening:xu-2", (0, 30_000))
    share = (grip["x"] - grip["ends"][0]) / (grip["ends"][1] - grip["ends"][0])
    assert share == pytest.approx(5_000 / 30_000, abs=0.01)
    lab = at_scene("chain", "second")
    switch = by_id(shown(lab)["narrow"])["turn:early"]
    assert (switch["knob"], switch["to"], switch["on"]) == ("early", True, False)
    assert by_id(ask(lab, early=True)["narrow"])["turn:early"]["on"]
    assert "turn:early" not in own


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CASES)
def test_no_word_lies_over_another_or_runs_out(lang, name):
    """In both sizes, by every rule, in every scene that a case can be shown in."""
    case = load_case(name)
    for scene in SCENES:
        for method in GIVEN if len(case.transfers) > 1 else GIVEN[:1]:
            for size, picture in drawn("chain", scene, case, lang, method=method).items():
                assert overprinted(picture) == [], (scene, method, size)
                assert picture["height"] <= 300
                assert len(json.dumps(picture)) < 24_000


def test_without_payments_there_is_no_picture():
    """The first hypothetical case has none."""
    assert drawn("chain", "start", load_case("fix-1")) == {}


def test_while_a_question_asks_nobody_can_see_whose_it_is():
    """Grey bands, and a sign on what is frozen."""
    picture = drawn("chain", "start", CASE, asks=True)["wide"]
    found = by_id(picture)
    assert found["pot:asks"]["text"] == "？"
    assert len({each["color"] for id, each in found.items() if id.startswith("flow:")}) == 1
    assert not [id for id in found if id.startswith(("back:", "claim:"))]
