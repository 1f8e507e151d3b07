"""Lesson 06's picture: victims' money in colours through cards, and what is frozen of it.

The three pay 25 000, 70 000 and 9 000 into one card, of which 10 000 were there before: at most
114 000 meet one side of it. By `fifo` 14 000 of the frozen 26 000 go back to Li and 12 000 to Chen.
"""

import json

import pytest
from pictured import after, ask, at_scene, drawn, overprinted, shown, sizes, unmoved

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
    assert (switch["knob"], switch["to"], switch.get("on", False)) == ("early", True, False)
    assert by_id(ask(lab, early=True)["narrow"])["turn:early"]["on"]
    assert "turn:early" not in own


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CASES)
def test_no_word_lies_over_another_or_runs_out(lang, name):
    """In both sizes, by every rule, in every scene that a case can be shown in."""
    case = load_case(name)
    for scene in SCENES:
        for method in GIVEN if len(case.transfers) > 1 else GIVEN[:1]:
            pictures = drawn("chain", scene, case, lang, method=method)
            for size, picture in sizes(pictures).items():
                assert overprinted(picture) == [], (scene, method, size)
                assert picture["height"] <= 300
                assert len(json.dumps(picture)) < 24_000
            assert len(json.dumps(pictures, ensure_ascii=False)) < 32_000
            steps = pictures.get("steps", {}).get("said", ()) if scene in SCENES[:2] else ()
            for n in range(len(steps)):  # words stand in two arrangements only
                for size in sizes(pictures):
                    assert overprinted(after(pictures, size, n)) == [], (scene, method, size, n)


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


# ---------------------------------------------------------------- step by step


def at_step(n, size="wide", **held):
    """Id → thing after so many transfers, and what is said of the last of them."""
    pictures = drawn("chain", "start", CASE, **held)
    return by_id(after(pictures, size, n)), pictures["steps"]["said"][n - 1]


def test_before_the_first_transfer_cards_hold_what_was_in_them():
    """He 10 000 and Xu 5 000 of their own, Fang nothing; no band is there, nothing is frozen."""
    found, _ = at_step(0)
    texts = {id: found[f"fact:{id}"]["text"] for id in ("he-1", "xu-2", "fang-3")}
    assert texts == {"he-1": "10000", "xu-2": "5000", "fang-3": "0"}
    assert {each["part"] for id, each in found.items() if id.startswith("flow:")} == {0}
    assert not [id for id in found if id.startswith(("back:", "claim:", "falls:", "legend"))]


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_fifth_transfer_is_whose_by_the_rule(size):
    """He pays Ma 15 000: by time stamp Li's, by fifo 10 000 of Li and 5 000 of Chen.

    Of He's 10 000 + 40 000 + 10 000 went 45 000 to Xu, by fifo his own and 35 000 of Chen; 5 000 of
    Chen, 10 000 and 15 000 of Li are left. Ma then holds 5 000 of his own and these 15 000; the
    longest bar stands for Fang's 73 000.
    """
    found, said = at_step(5, size)
    assert said == "10:06，何某的卡→马某的卡，15000元。按规则：李某15000。"
    bar = [15 / 73, 0, 0, 5 / 73]
    assert found["held:ma-2"]["parts"] == pytest.approx(bar, abs=0.001)
    assert found["fact:ma-2"]["text"] == "20000"
    found, said = at_step(5, size, method="fifo")
    assert said.endswith("按规则：李某10000、陈某5000。")
    bar = [10 / 73, 5 / 73, 0, 5 / 73]
    assert found["held:ma-2"]["parts"] == pytest.approx(bar, abs=0.001)


@pytest.mark.parametrize("name", ["hypo-layers", "hypo-pieces"])
def test_what_a_card_says_is_what_its_last_step_said(name):
    """The drawing as it stands and the last of its steps are one state."""
    pictures = drawn("chain", "start", load_case(name))
    found, ways = by_id(pictures["narrow"]), pictures["steps"]["ways"]
    held = [id for id in ways if id in found and f"held:{id.removeprefix('fact:')}" in ways]
    assert len(held) > 1  # a card whose name is long has no room for it
    for id in held:
        assert found[id]["text"] == ways[id]["text"][-1][1], id


def test_bands_grow_with_what_was_paid():
    """Chen's 40 000 of 70 000 at first, Li's 10 000 of 25 000 from the second on."""
    parts = [
        (found["flow:chen-he-1:chen"]["part"], found["flow:li-he-1:li"]["part"])
        for found, _ in map(at_step, (1, 2, 10))
    ]
    assert parts == [(0.571, 0), (0.571, 0.4), (1, 1)]


@pytest.mark.parametrize("name", ["hypo-layers", "hypo-pieces"])
def test_bars_come_to_what_cards_hold(name):
    """After every step, by each rule: the parts of a bar are its balance; poison has one colour."""
    case = load_case(name)
    for method in GIVEN:
        pictures = drawn("chain", "start", case, method=method)
        ways = pictures["steps"]["ways"]
        full = max(int(v) for id, w in ways.items() if f"held:{id[5:]}" in ways
                   for _, v in w.get("text", ()))  # fmt: skip
        for id, way in ways.items():
            if not id.startswith("held:"):
                continue
            texts = ways[f"fact:{id[5:]}"]["text"]
            for (n, bar), (at, text) in zip(way["parts"], texts, strict=True):
                assert n == at
                assert sum(bar) == pytest.approx(int(text) / full, abs=0.003), (method, id, n)
                assert method != "poison" or not any(bar[:-1])


def test_a_question_hides_whose_money_a_step_moves():
    """What is paid when is a fact and is said; grey bands grow, no bar is shown."""
    pictures = drawn("chain", "start", CASE, asks=True)
    assert pictures["steps"]["said"][4] == "10:06，何某的卡→马某的卡，15000元。"
    found = by_id(after(pictures, "wide", 1))
    assert found["flow:chen-he-1"]["part"] == 0.571
    assert not [id for id in pictures["steps"]["ways"] if id.startswith("held:")]


def test_a_single_payment_has_no_steps():
    """There is nothing to go through; nor where there are more than can be gone through."""
    assert "steps" not in drawn("chain", "start", load_case("2024-lu-0302-5690"))


def test_a_card_without_transfers_is_in_no_step():
    """It had money at the start, and neither paid nor was paid."""
    card = CASE.accounts[0].model_copy(update={"id": "idle", "opening_fen": 5, "frozen_fen": None})
    case = CASE.model_copy(update={"accounts": (*CASE.accounts, card)})
    steps = drawn("chain", "start", case)["steps"]
    assert len(steps["said"]) == 22
    assert not [id for id in steps["ways"] if "idle" in id]
