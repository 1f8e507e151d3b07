"""Lesson 07's picture: the criminal case above, her suit in four ways, on one axis of months.

Zhao v Zhang sued in month 1, ordinary line by hand: the criminal judgment is in effect on 22 March
2023, month 5.55; a wall stands there on the two ways that wait for it.
"""

import json

import pytest
from pictured import ask, at_scene, drawn, overprinted, shown, unmoved

from simlib import load_case
from simlib.lessons.reader import lesson_of
from simlib.procedure import REGIMES
from simlib.text import LANGS

CASE = load_case("2024-lu-0302-5690")
SCENES = [scene.id for scene in lesson_of("procedure").scenes]
FIRST_ROW, LAW, PARALLEL, COORDINATED = REGIMES
STATES = (
    {"sue": 1}, {"sue": 12}, {"sue": 20}, {"sue": 36}, {"sue": 1, "caught": 12},
    {"sue": 1, "caught": None}, {"sue": 1, "caught": None, "proof": "some"},
    {"sue": 1, "proof": "enough", "refusal": "appeal"},
    {"sue": 1, "refusal": "appeal", "reading_176": "broad"},
    {"sue": 18, "effective": 12, "disposition": "full"}, {"sue": 1, "reading_153": "another_case"},
    {"sue": 1, "police": "not_opened"}, {"sue": 1, "mediation": "tried", "disposition": "full"},
    {"sue": 1, "preserve": 0}, {"sue": 12, "preserve": 4}, {"sue": 3, "preserve": 9},
)  # fmt: skip


def things(scene="investigation", case=CASE, size="wide", lang="zh", **held):
    """Id → thing of a picture."""
    return by_id(drawn("procedure", scene, case, lang, **held)[size])


def by_id(picture):
    """Id → thing."""
    return {thing["id"]: thing for thing in picture["things"]}


def x(found, month):
    """Where a month stands, by the ends of the axis."""
    left, right = found["tick:0"]["x"], found["tick:3"]["x"]
    return left + (right - left) * month / 18


@pytest.mark.parametrize("scene", SCENES)
def test_each_main_knob_moves_the_picture(scene):
    """Of every scene, as it begins."""
    assert unmoved("procedure", scene) == []


def test_a_wall_stands_where_the_criminal_case_lets_her_go_on():
    """Month 5.55 by rule and refusal; 5.23 where a first judgment will do; none side by side."""
    found = things(sue=1)
    walls = {way: found[f"wall:{way}"]["x"] + 3 for way in REGIMES if f"wall:{way}" in found}
    assert set(walls) == {FIRST_ROW, LAW, COORDINATED}
    assert walls[LAW] == walls[FIRST_ROW] == pytest.approx(x(found, 5.55), abs=0.2)
    assert walls[COORDINATED] == pytest.approx(x(found, 5.23), abs=0.2)
    assert found[f"ends:{PARALLEL}"]["text"] == "判决驳回请求"
    assert found[f"ends:{LAW}"]["text"] == "判决赔偿"


def test_a_wait_without_end_has_no_wall():
    """At large: it runs to the edge of the axis and says so."""
    found = things("at_large", sue=1, caught=None)
    assert not [id for id in found if id.startswith("wall:")]
    assert found[f"{LAW}:1:said"]["text"] == "裁定中止，没有终点→"
    box = found[f"{LAW}:1"]
    assert box["x"] + box["w"] == pytest.approx(found["tick:3"]["x"], abs=2)


def test_an_appeal_is_a_way_back_that_the_hand_turns():
    """Refused: a switch; turned, a dashed line in place of the wall."""
    held = {"sue": 1, "proof": "enough"}
    before = things("refused", **held)
    after = things("refused", refusal="appeal", **held)
    switch = before[f"turn:{FIRST_ROW}"]
    assert (switch["knob"], switch["to"], switch.get("on", False)) == ("refusal", "appeal", False)
    assert f"wall:{FIRST_ROW}" in before
    assert f"wall:{FIRST_ROW}" not in after
    assert after[f"appeal:{FIRST_ROW}"]["dashed"]
    assert after[f"turn:{FIRST_ROW}"]["to"] == "wait"
    assert f"turn:{FIRST_ROW}" not in things(sue=1)  # there it is no main knob


@pytest.mark.parametrize("sue", [0, 1, 5, 12, 14, 20, 30, 36])
def test_the_hand_on_the_day_stays_on_its_axis(sue):
    """Whatever it can reach leaves the axis as it is, so that the day is under the finger."""
    found = things(sue=sue)
    grip, ticks = found["sue"], [found[f"tick:{n}"] for n in range(4)]
    assert grip["values"][0] <= sue <= grip["values"][1]
    share = (sue - grip["values"][0]) / (grip["values"][1] - grip["values"][0])
    at = grip["ends"][0] + share * (grip["ends"][1] - grip["ends"][0])
    assert grip["x"] == pytest.approx(at, abs=0.5)
    for reached in grip["values"]:
        said = things(sue=min(reached, 36))["tick-said:3"]["text"]
        assert said == found["tick-said:3"]["text"], (reached, ticks)


def test_money_is_as_wide_as_it_is_much():
    """Of 25 000: what each way brings in the end, on one scale; nothing where it is dismissed."""
    found = by_id(shown(at_scene("procedure", "assets"))["wide"])
    full, paid = found[f"loss:{LAW}"]["w"], found[f"paid:{LAW}"]["w"]
    assert found[f"got:{LAW}"]["text"] == "15728"
    assert paid / full == pytest.approx(15_728 / 25_000, abs=0.002)
    assert f"paid:{PARALLEL}" not in found


def test_a_case_whose_means_nobody_knows_has_a_striped_bar():
    """Zhang's means are not in the file: between nothing and all."""
    found = by_id(ask(at_scene("procedure", "assets"), assets=None)["wide"])
    assert found[f"open:{LAW}"]["look"] == "striped"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scene", SCENES)
def test_no_word_lies_over_another_or_runs_out(lang, scene):
    """In both sizes, whatever is chosen; each drawing is light."""
    for name in lesson_of("procedure").cases:
        for held in STATES:
            pictures = drawn("procedure", scene, load_case(name), lang, **held)
            assert set(pictures) == {"wide", "narrow"}
            for size, picture in pictures.items():
                assert overprinted(picture) == [], (name, held, size)
                assert len(json.dumps(picture)) < 12_000
            assert pictures["narrow"]["height"] <= 300


def test_while_a_question_asks_the_ways_are_empty():
    """The criminal case and the day of the suit stay; what becomes of it is a sign."""
    picture = drawn("procedure", "investigation", CASE, asks=True, sue=1)["wide"]
    ids = {thing["id"] for thing in picture["things"]}
    assert {"criminal:0", "suit", "sue", f"asks:{LAW}"} <= ids
    assert not [id for id in ids if id.startswith(("ends:", "wall", f"{LAW}:"))]
