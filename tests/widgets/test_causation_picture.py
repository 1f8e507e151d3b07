"""Lesson 03's picture without a browser: her money through gates and cards, and what moves it.

By hand: the whole loss is 60 px wide at 1280 and 52 on a phone; 60 000 of 100 000 are 36 px.
"""

from itertools import combinations

import pytest
from staged import solved, values

from simlib import load_case
from simlib.case import shipped_cases
from simlib.case.changed_case import settle
from simlib.causation import graph
from simlib.figures.opening.shapes import width_of
from simlib.figures.picture import NARROW, SIZES, WIDE
from simlib.lessons.causation.knobs import in_order
from simlib.lessons.causation.pictures import picture
from simlib.lessons.reader import lesson_of

LESSON = lesson_of("causation")
TEXTS = 8  # by so much the width of words may be off [px]


def at_position(id, case="hypo-chain"):
    """A case as one of its positions has it."""
    held = load_case(case)
    return settle(held, next(each for each in held.positions if each.id == id))


def things(*off, case=None, scene="start", size=WIDE, lang="zh"):
    """Id → thing of the drawing with some acts off; None if there is no drawing."""
    found = solved("causation", case, lang, **{f"act:{id}": False for id in off})
    table = values("causation", scene, found, lang, found.case)
    drawn = picture(found, table.scene, size, table.say)
    return None if drawn is None else {each.id: each for each in drawn.things}


def said(drawn):
    """All words of a drawing."""
    return [each.text for each in drawn.values() if hasattr(each, "text")]


@pytest.mark.parametrize(("size", "whole"), [(WIDE, 60), (NARROW, 52)])
def test_her_money_is_as_wide_as_it_is_much(size, whole):
    """60 000 and 40 000 into the cards; 50 000 on to the third, on the same scale."""
    drawn = things(size=size)
    assert drawn["flow:lend-1"].wide == pytest.approx(0.6 * whole)
    assert drawn["flow:lend-2"].wide == pytest.approx(0.4 * whole)
    assert {drawn["flow:lend-1"].look, drawn["run"].look} == {"full"}
    if size is WIDE:
        assert drawn["on:lend-1:pass-on"].wide == pytest.approx(0.5 * whole)


def test_one_card_off_her_money_takes_the_other():
    """All of it through the one that is left, and the picture says so; both off, it stays."""
    drawn = things("lend-1")
    assert (drawn["flow:lend-1"].wide, drawn["flow:lend-2"].wide) == (0, 60)
    assert "改收100000元" in said(drawn)
    assert "on:lend-1:pass-on" not in drawn
    drawn = things("lend-1", "lend-2")
    assert drawn["flow:lend-1"].wide == drawn["flow:lend-2"].wide == 0
    assert drawn["run"].look == "pale"
    assert {"没有损失", "钱还在她手里"} <= set(said(drawn))


def test_a_gate_that_is_shut_stops_it():
    """At the posts; the fraud cannot do without them, so that its gate is shut too."""
    open_, shut = things(), things("post")
    assert (open_["shut:post"].h, open_["shut:fraud"].h) == (0, 0)
    assert (shut["shut:post"].h, shut["shut:fraud"].h) == (60, 60)
    assert shut["run"].x + shut["run"].w == pytest.approx(shut["shut:post"].x + 5)


def test_how_two_cards_would_have_shared_the_rest_nobody_knows():
    """Stripes, where a platform's silence let only a part of it through."""
    drawn = things("platform", case=load_case("hypo-pieces"))
    assert {drawn[f"flow:{id}"].look for id in ("han", "cao")} == {"striped"}
    assert sum(drawn[f"flow:{id}"].wide for id in ("han", "cao")) == pytest.approx(
        60 * 7 / 9, abs=0.1
    )


def test_who_has_only_promised_is_striped_below_the_pieces():
    """Luo's promise is still to be weighed: his line is no full one below a piece he may owe."""
    drawn = things(case=at_position("promised"), scene="promise")
    assert {drawn[f"liable:{n}:luo"].look for n in (0, 1)} == {"striped"}
    assert drawn["liable:0:gao"].look == "full"
    assert any("还要权衡" in text for text in said(drawn))


def test_the_pieces_are_said_not_to_follow_the_switches():
    """With both cards off there is no loss; below stands what was really taken."""
    assert any(text.startswith("不随开关变") for text in said(things("lend-1", "lend-2")))
    assert not any(text.startswith("不随开关变") for text in said(things()))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize("scene", [scene.id for scene in LESSON.scenes])
def test_every_main_knob_moves_the_picture(scene, size):
    """A switch its gate or card; a promise the answer for him who made it, and who is liable."""
    held = LESSON.scene(scene)
    case = at_position(held.position or "base")
    order = in_order(case, graph(case))
    before = things(case=case, scene=scene, size=size)
    for knob in held.knobs:
        kind, _, which = knob.partition(":")
        if kind == "switch":
            now = things(order[int(which) - 1], case=case, scene=scene, size=size)
        else:
            now = things(case=at_position("promised"), scene=scene, size=size)
        moved = [id for id, each in now.items() if before.get(id) != each and "hand" not in id]
        assert moved, knob


def test_hands_ask_for_the_knobs_of_their_acts():
    """Each act that is drawn has one, and the promise where the scene asks about it."""
    drawn = things("lend-1", scene="promise")
    hands = {id: each for id, each in drawn.items() if id.startswith("hand:")}
    assert {each.knob for each in hands.values()} >= {"switch:1", "switch:2", "switch:3"}
    assert (hands["hand:lend-1"].to, hands["hand:lend-1"].on) == (True, False)
    assert (hands["hand:luo"].knob, hands["hand:luo"].to) == ("promise:luo", True)
    assert "hand:luo" not in things()


def test_a_question_hides_flow_loss_and_answers():
    """What is asked is not drawn: neither whether the loss happens, nor the answers."""
    drawn = things("lend-1")
    hidden = [id for id, each in drawn.items() if each.veil == "tells"]
    for start in ("run", "flow:", "loss", "answer:", "now:"):
        assert any(id.startswith(start) for id in hidden), start
    assert drawn["got:lend-1"].text == "收下60000元"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "case", shipped_cases(), ids=lambda case: case if isinstance(case, str) else case.id
)
def test_words_stay_within_the_drawing(case, lang):
    """Of every shipped case, with each act and each pair of acts off."""
    case = load_case(case) if isinstance(case, str) else case
    acts = [node.id for node in graph(case).nodes]
    for off in [(), *((id,) for id in acts), *combinations(acts[:4], 2)]:
        for size in SIZES:
            for each in (things(*off, case=case, size=size, lang=lang) or {}).values():
                if hasattr(each, "text"):
                    wide = width_of(each.text, each.size)
                    start = each.x - wide * {"start": 0, "middle": 0.5, "end": 1}[each.side]
                    assert -TEXTS <= start <= start + wide <= size.width + TEXTS, each.text


def test_a_single_card_stands_in_the_row():
    """Without another beside it all of hers runs through it; a card nobody knows of is a gate."""
    assert things(case=load_case("2024-lu-0302-5690"))["flow:zhang"].wide == 60
    drawn = things(case=load_case("fix-1"))
    assert not [id for id in drawn if id.startswith(("flow:", "card:"))]
    assert {"shut:P", "shut:A", "shut:C"} <= drawn.keys()


def test_more_cards_than_there_is_room_for_have_the_older_drawing(monkeypatch):
    """No picture rather than a wrong one."""
    monkeypatch.setattr("simlib.lessons.causation.pipe.CARDS", 1)
    assert things() is None
