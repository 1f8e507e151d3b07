"""Lesson 05's picture: three corners, and the share in its corridor up to a wall.

By hand: at 1280 the corridor is 424 px wide and begins at 344, so that 30 % end at 471.2; the
teaching setting gives 21–30 % (0.2 of 53 to 75 points, over 50, capped), as direct causation 60 %.
"""

import pytest
from pictured import ask, at_scene, overprinted, shown, unmoved

from simlib import load_case
from simlib.case import shipped_cases
from simlib.case.changed_case import change
from simlib.figures.picture import NARROW, SIZES, WIDE
from simlib.lessons.outcome import Say
from simlib.lessons.reader import lesson_of
from simlib.lessons.riskbenefit.corridor import corridor
from simlib.lessons.riskbenefit.knobs import chosen
from simlib.lessons.riskbenefit.outcomes import solve
from simlib.widgets.stage.declared import names

TOPIC, FIRST = "riskbenefit", "2024-lu-0302-5690"
SCENES = [scene.id for scene in lesson_of(TOPIC).scenes]
LEFT, FULL = 344, 424


def drawn(case, scene="start", size=WIDE, lang="zh", **held):
    """The picture of a case under settings."""
    say, found = Say(TOPIC, lang, names(TOPIC, lang)), solve(case, chosen(held, case), lang)
    return corridor(found, lesson_of(TOPIC).scene(scene), size, say)


def things(case=None, **more):
    """Id → thing; of the paper's case at the teaching setting if none is given."""
    case = case or load_case(FIRST).at("assumed")
    return {each.id: each for each in drawn(case, **more).things}


def at(**facts):
    """The paper's case at the teaching setting, with facts of 张某 changed."""
    changes = {f"zhang.{name}": value for name, value in facts.items()}
    return change(load_case(FIRST).at("assumed"), changes)


def ends(box):
    """From where to where a box goes, as shares of the corridor."""
    return [round((x - LEFT) / FULL, 3) for x in (box.x, box.x + box.w)]


def test_the_share_ends_at_the_wall_of_its_cap():
    """21–30 %, the second part striped; of 25 000 yuan 30 % is 7 500 and 21.31 % is 5 328."""
    found = things()
    assert ends(found["share"])[0] == 0
    assert ends(found["share"])[1] == pytest.approx(0.213, abs=0.001)
    assert (found["share:open"].look, ends(found["share:open"])[1]) == ("striped", 0.3)
    assert found["wall:stop"].x == pytest.approx(LEFT + 0.3 * FULL)
    assert found["share:said"].text == "21%–30%，5328–7500元"


def test_nothing_stated_is_all_stripes_and_empty_ways():
    """From nothing to the cap; the dashed part beyond it; no corner has a handle."""
    found = things(load_case(FIRST))
    assert "share" not in found
    assert ends(found["share:open"]) == [0, 0.3]
    assert ends(found["beyond"])[0] == 0.3
    assert found["beyond"].look == "ghost"
    assert [found[f"grip:{corner}"].open for corner in ("gain", "risk", "cause")] == [True] * 3
    assert found["corner:gain"].text.endswith("没有载明")


def test_a_corner_lies_as_far_out_as_its_score():
    """Cause √(0.8×0.6) ＝ 0.69 of 80 px; its hand says 1 at the far end of what push can reach."""
    grip = things()["grip:cause"]
    far = ((grip.x - 150) ** 2 + (grip.y - 98) ** 2) ** 0.5
    assert far == pytest.approx(80 * 0.48**0.5, abs=0.2)
    assert (grip.knob, grip.values[0], grip.values[-1], grip.open) == ("push", 0, 1, False)
    assert grip.ends[-1] - grip.ends[0] == pytest.approx(80 * 0.8**0.5, abs=0.3)
    assert list(grip.ends) == sorted(grip.ends)


def test_no_force_that_could_be_moved_has_no_hand():
    """Without indispensability, push moves nothing."""
    assert "grip:cause" not in things(at(indispensability=0))


def test_direct_causation_is_a_floor_and_the_cap_gives_way():
    """A wall at 60 %, the cap's in dashes."""
    found = things(at(direct=True), scene="act")
    assert ends(found["share"]) == [0, 0.6]
    assert found["wall:stop"].x == pytest.approx(LEFT + 0.6 * FULL)
    assert found["wall:cap"].look == "ghost"
    assert (found["switch:direct"].on, found["switch:direct"].to) == (True, False)


def test_without_fault_the_door_is_shut():
    """A wall at the beginning, no share, and the figure pale."""
    found = things(at(grade="none", fault=None), scene="grade")
    assert found["wall:stop"].x == LEFT
    assert not {"share", "share:open"} & set(found)
    assert found["figure:sure"].look == "pale"


def test_law_and_court_stand_on_the_same_scale():
    """All of it; of a case without a decision there is no court."""
    found = things()
    assert ends(found["law:bar"]) == ends(found["court:bar"]) == [0, 1]
    assert ends(things(load_case("hengnan-hengyang"))["court:bar"]) == [0, 0.1]
    assert not [id for id in things(load_case("hypo-tech")) if id.startswith("court")]


def test_the_base_is_a_mark_that_can_be_moved():
    """At 20 %; switched off there is none."""
    grip = things()["grip:base"]
    assert grip.x == pytest.approx(LEFT + 0.2 * FULL)
    assert (grip.ends, grip.values) == ((LEFT, LEFT + FULL), (0, 1))
    assert "grip:base" not in things(rb_base="off")


@pytest.mark.parametrize(
    ("held", "on", "to"),
    [("concert", True, "slight"), ("knowing", True, "slight"), ("gross", False, "knowing")],
)
def test_that_he_knew_can_be_taken_away_and_put_back(held, on, to):
    """Where the scene asks about fault; nowhere else."""
    case = at(grade=held, fault=None)
    switch = things(case, scene="grade")["switch:grade"]
    assert (switch.knob, switch.on, switch.to) == ("grade", on, to)
    assert "switch:grade" not in things(case)


@pytest.mark.parametrize("scene", SCENES)
def test_every_main_knob_moves_the_picture(scene):
    """In every scene each of its main knobs."""
    assert unmoved(TOPIC, scene) == []


def test_a_hand_asks_for_what_its_place_says():
    """What the farthest place of risk says gives the farthest corner."""
    lab = at_scene(TOPIC, "grade")
    before = {each["id"]: each for each in shown(lab)["wide"]["things"]}
    now = {each["id"]: each for each in ask(lab, foresight=1)["wide"]["things"]}
    grip, there = before["grip:risk"], now["grip:risk"]
    assert there["x"] < grip["x"]
    along = there["x"] * -(3**0.5) / 2 + there["y"] / 2
    assert along == pytest.approx(grip["ends"][-1], abs=0.2)


def test_a_question_hides_share_and_law_and_keeps_the_facts():
    """The wall is no answer; what the court ordered is a fact."""
    case = load_case(FIRST).at("assumed")
    picture = drawn(case, "grade")
    asked = {each["id"] for each in picture.to_json(asks=True)["things"]}
    assert {"wall:stop", "court:bar", "figure:sure", "share:asks"} <= asked
    assert not asked & {"share", "share:open", "share:said", "law:bar", "law:said"}
    assert "share:asks" not in {each["id"] for each in picture.to_json()["things"]}


TURNS = [
    {},
    {"aggregator": "multiplicative"},
    {"rb_cap": "off", "parameter:base.payment": 1.0},
    {"rb_base": "off"},
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_no_word_lies_over_another(size, lang):
    """In every shipped case and scene, under settings that lead far."""
    told = at(direct=True), at(grade="none", fault=None), at(gain_direct_fen=400000)
    for case in [*map(load_case, shipped_cases()), *told]:
        for scene in SCENES:
            for held in TURNS:
                picture = drawn(case, scene, size, lang, **held).to_json()
                assert overprinted(picture) == [], (case.id, scene, held)


def test_it_is_low_enough_for_a_phone():
    """At most 300 px, in both languages, whatever is told."""
    for lang in ("zh", "en"):
        for case in map(load_case, shipped_cases()):
            assert drawn(case, size=NARROW, lang=lang).height <= 300
