"""Lesson 01's picture without a browser: the way of her money, her tub, and what moves it.

By hand: the tub is 200 px wide at 1280 and 162 on a phone for 25 000; 12 500 are 100 and 81.
"""

import pytest
from staged import solved, values

from simlib import load_case
from simlib.case import shipped_cases
from simlib.figures.names_of_people import helpers_of
from simlib.figures.opening.shapes import width_of
from simlib.figures.picture import NARROW, SIZES, WIDE
from simlib.lessons.case.pictures import picture
from simlib.lessons.case.road import Stop, road
from simlib.lessons.reader import lesson_of

LESSON = lesson_of("case")
REAL = LESSON.cases[0]
TEXTS = 8  # by so much the width of words may be off [px]
HIGH = {"wide": 205, "narrow": 245}  # no drawing is higher [px]
GROSS = {"zhang.grade": "gross", "zhang.fault": None}
# knob → a change that it makes, and of which things another state is expected
TURNS = {
    "grade": (GROSS, "sure:auto"),
    "cause": ({"zhang.causal_force": 0.6}, "open:auto"),
    "undeterminable": ({"undeterminable": True}, "sure:several"),
    "gain": ({"zhang.gain_direct_fen": 0}, "open:risk_benefit"),
    "proof_fault": ({"zhang.proof.fault": 0.2}, "open:auto"),
    "assets": ({"zhang.assets_fen": 300_000}, "sure:auto"),
    # where the scene asks what may be claimed, no row depends on what he has: his purse alone moves
    "principal_assets": ({"principal.assets_fen": 1_000_000}, "purse:principal_assets"),
}


def case_of(scene):
    """The lesson's case as a scene begins."""
    case = load_case(REAL).at(scene.position or LESSON.position)
    for state in scene.begins:
        case = case.set(dict(LESSON.states[state]))
    return case


def drawn(scene="start", size=WIDE, lang="zh", case=None, party="zhang", **changes):
    """Id → thing of a drawing; None if there is none."""
    held = case or case_of(LESSON.scene(scene))
    held = held.set(changes) if changes else held
    return of(solved("case", held, lang, party), scene, size, lang)


def of(found, scene, size, lang="zh"):
    """Id → thing of what was decided; None if there is no drawing."""
    table = values("case", scene, found, lang, found.case)
    made = picture(found, table.scene, size, table.say)
    if made is None:
        return None
    assert made.height <= HIGH[size.name]
    assert len({each.id for each in made.things}) == len(made.things)
    return {each.id: each for each in made.things}


@pytest.mark.parametrize(("size", "whole"), [(WIDE, 200), (NARROW, 162)])
def test_rows_fill_the_tub_on_one_scale(size, whole):
    """25 000 fill it; by shares 0 to 12 500, dashed for one who knew; by the model stripes."""
    things = drawn(size=size)
    assert things["sure:court"].w == things["sure:auto"].w == whole
    assert (things["open:several"].w, things["open:several"].look) == (whole / 2, "ghost")
    assert things["open:risk_benefit"].w == pytest.approx(whole * 0.3)
    assert things["open:risk_benefit"].look == "striped"


def test_the_way_back_leads_into_the_law_in_force():
    """All of it from one who knew; half by a finding; nothing, and no way, without fault."""
    things = drawn()
    law = things["sure:auto"]
    assert things["back"].by[-2:] == (things["tub:room"].x - 1, law.y + law.h / 2)
    even = drawn(**GROSS, undeterminable=True)
    assert (even["sure:auto"].w, "back" in even) == (100, True)
    assert even["form:auto"].text == "现行法：按份"
    assert "back" not in drawn(**{"zhang.grade": "none", "zhang.fault": None})


def test_a_right_is_dashed_and_money_is_not():
    """What may be claimed is a right; what is received is money."""
    assert drawn()["back"].dashed
    assert not drawn("insolvent")["back"].dashed


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize("scene", [scene.id for scene in LESSON.scenes])
def test_every_main_knob_moves_the_picture(scene, size):
    """What a form sends back, and the hand itself; a purse where no row depends on it."""
    first = drawn(scene, size, **GROSS)
    for knob in LESSON.scene(scene).knobs:
        changes, moves = TURNS[knob]
        before = drawn(scene, size) if knob == "grade" else first
        now = drawn(scene, size, **(changes if knob == "grade" else GROSS | changes))
        assert before.get(moves) != now.get(moves), (knob, moves)
        hands = [id for id, each in now.items() if getattr(each, "knob", "") == knob]
        assert hands, knob
        assert any(before.get(id) != now[id] for id in hands), knob


def test_the_fraudsters_means_move_what_she_receives():
    """By shares his part comes from him, if he has it."""
    before, now = drawn("insolvent"), drawn("insolvent", **{"principal.assets_fen": 2_500_000})
    assert before["sure:several"].w < now["sure:several"].w


def test_an_unknown_quantity_has_no_handle():
    """Causal force and gain are open in the file; the tracks are striped."""
    force = drawn()
    assert force["hand:cause"].open
    assert force["part:cause"].look == "striped"
    known = drawn(**{"zhang.causal_force": 0.6})
    assert not known["hand:cause"].open
    assert known["part:cause"].w == pytest.approx(0.6 * known["room:cause"].w)
    assert drawn("gain")["purse:gain"].look == "striped"
    assert not drawn("insolvent")["hand:assets"].open  # without end, which is not unknown


def test_a_form_whose_premise_fails_is_dashed_though_its_amount_is_known():
    """Joint and several liability for all 25 000, once he was only grossly negligent."""
    joint = drawn("grade", **GROSS)["sure:joint"]
    assert (joint.w, joint.look) == (200, "ghost")
    assert drawn("grade")["sure:joint"].look == "full"


def test_a_question_hides_what_forms_give():
    """Bars and the way back; not names, hands, nor the way of her money."""
    things = drawn()
    hidden = {id.partition(":")[0] for id, each in things.items() if each.veil == "tells"}
    assert hidden == {"sure", "open", "back", "form"}
    assert things["tub:asks"].veil == "asks"


def test_her_money_is_followed_no_further_than_the_file_knows():
    """A link that may be another's has no amount; without a transfer it goes to the fraudster."""
    chain = load_case("hypo-chain")
    assert road(chain, "luo") == [
        Stop("pan"), Stop("gao", 6_000_000), Stop("luo", 5_000_000), Stop("principal", 4_900_000)
    ]  # fmt: skip
    mixed = road(load_case("hypo-payment"), "sun")
    assert [stop.fen for stop in mixed] == [None, 12_000_000, None]
    assert road(load_case("fix-1"), "A") == [Stop("victim"), Stop("P", 2_500_000)]


def test_too_long_a_way_has_no_picture(monkeypatch):
    """None rather than a wrong one."""
    monkeypatch.setattr("simlib.lessons.case.pictures.MOST", 1)
    assert drawn(case=load_case("hypo-chain"), party="luo") is None
    assert drawn(case=load_case("hypo-chain"), party="du") is not None


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", shipped_cases())
def test_words_stay_within_the_drawing_and_off_each_other(case, lang):
    """Of every helper of every shipped case, in every scene."""
    held = load_case(case)
    for party in helpers_of(held):
        found = solved("case", held, lang, party)
        for scene in LESSON.scenes:
            for size in SIZES:
                things = of(found, scene.id, size, lang) or {}
                _apart([each for each in things.values() if hasattr(each, "text")], size)


def _apart(texts, size):
    spans = []
    for each in texts:
        if each.veil == "asks":
            continue
        wide = width_of(each.text, each.size)
        start = each.x - wide * {"start": 0, "middle": 0.5, "end": 1}[each.side]
        assert -TEXTS <= start <= start + wide <= size.width + TEXTS, each.text
        for other, left, right, foot in spans:
            beside = right - 3 <= start or start + wide <= left + 3
            assert beside or abs(foot - each.y) >= 12, (each.text, other)
        spans.append((each.text, start, start + wide, each.y))
