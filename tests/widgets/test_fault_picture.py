"""Lesson 02's picture without a browser: the beam, its three places, whoever bears the middle.

By hand, on the wide drawing, 784 px: the outer places are 242 px wide, so that the mark stands at
121, 392 or 663; a higher standard moves its line from 242 to 208.
"""

import pytest
from pictured import ask, at_scene, drawn, overprinted, shown, unmoved

from simlib import load_case
from simlib.case import shipped_cases
from simlib.figures.style import HELPERS, ROLES
from simlib.lessons.fault.knobs import concerned
from simlib.lessons.reader import lesson_of

SCENES = [scene.id for scene in lesson_of("fault").scenes]
HIGH = {"wide": 240, "narrow": 260}  # as high as leaves rows and knob in the window [px]
STORY, ADVERT = "file:e-story", "file:e-advert"


def by_id(pictures, size="wide"):
    """Id → thing of one size."""
    return {thing["id"]: thing for thing in pictures[size]["things"]}


def test_the_beam_lies_where_the_evidence_puts_knowledge():
    """His statement leaves it unclear; with the advertisement itself he proves the contrary; with
    neither the other facts convince."""
    lab = at_scene("fault", "unclear")
    seen = by_id(shown(lab))
    assert (seen["mark"]["x"], seen["lit"]["x"]) == (392, 242)
    assert seen["beam"]["y"] == seen["beam"]["by"][1]  # level
    seen = by_id(ask(lab, **{ADVERT: "original"}))
    assert seen["mark"]["x"] == 663
    assert seen["beam"]["y"] < seen["beam"]["by"][1]  # his side is the lower one
    seen = by_id(ask(lab, **{ADVERT: "absent", STORY: "absent"}))
    assert seen["mark"]["x"] == 121
    assert seen["beam"]["y"] > seen["beam"]["by"][1]


def test_a_reading_moves_no_beam_but_colours_the_middle():
    """On the minority's reading what stays unclear falls on Deng, where it is inferred."""
    lab = at_scene("fault", "reading")
    then = by_id(shown(lab))
    now = by_id(ask(lab, rebuttal="contrary"))
    assert [now[id] for id in ("beam", "mark", "lit")] == [
        then[id] for id in ("beam", "mark", "lit")
    ]
    burdens = ("plaintiff", "factual_inference", "presumed_fault")
    he, deng = ROLES["victim"], HELPERS[0]
    assert [then[f"edge:{each}"]["color"] for each in burdens] == [he, he, deng]
    assert [now[f"edge:{each}"]["color"] for each in burdens] == [he, deng, deng]


def test_a_higher_standard_moves_its_line():
    """And nothing that lies on the beam."""
    lab = at_scene("fault", "reading")
    assert by_id(shown(lab))["standard"]["x"] == 239.5
    assert by_id(ask(lab, standard="higher"))["standard"]["x"] == 205.5


def test_a_hand_takes_a_piece_out_and_puts_it_back_as_it_was():
    """The statement is an original, the advertisement a copy; a copy cannot stand alone."""
    lab = at_scene("fault", "start")
    seen = by_id(shown(lab))
    hand = seen["hand:e-advert"]
    assert (hand["knob"], hand["to"], hand["on"]) == (ADVERT, "absent", True)
    assert seen["sign:e-advert"]["look"] == "pale"
    assert "look" not in seen["sign:e-rent"]  # full
    seen = by_id(ask(lab, **{ADVERT: "absent"}))
    hand = seen["hand:e-advert"]
    assert (hand["to"], hand.get("on", False), seen["sign:e-advert"]["look"]) == (
        "copy",
        False,
        "ghost",
    )
    assert seen["piece:e-advert"]["text"].endswith("（不在案）")


def test_a_judgment_puts_knowledge_on_its_place():
    """Where it binds nobody has to prove it; documents of the procuratorate move nothing."""
    lab = at_scene("fault", "criminal")
    assert by_id(shown(lab))["mark"]["x"] == 392
    seen = by_id(ask(lab, **{"verdict:0": "general"}))
    assert seen["mark"]["x"] == 121
    assert {seen[f"bears:{each}"]["text"][-2:] for each in ("plaintiff", "presumed_fault")} == {
        "免证"
    }


def test_a_question_hides_where_the_beam_lies():
    """It is level then, and no place is dark; the pieces are facts."""
    case = load_case("hypo-knowledge")
    seen = by_id(drawn("fault", "start", case, asks=True, party="deng"))
    assert {"beam", "title:unclear", "sign:e-rent"} <= seen.keys()
    assert not {"mark", "lit", "bears:plaintiff"} & seen.keys()


@pytest.mark.parametrize("scene", SCENES)
def test_every_main_knob_moves_the_picture(scene):
    """Pieces, readings, the standard and the judgment."""
    assert unmoved("fault", scene) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scene", SCENES)
def test_no_word_lies_over_another(scene, lang):
    """Of every shipped case that says anything of a helper's knowledge; low enough for the rows."""
    for name in shipped_cases():
        case = load_case(name)
        if not concerned(case):
            continue
        for held in ({}, {"standard": "higher"}, {"rebuttal": "contrary"}):
            made = drawn("fault", scene, case, lang, party=concerned(case)[0], **held)
            assert all(overprinted(each) == [] for each in made.values())
            assert all(made[size]["height"] <= most for size, most in HIGH.items() if made)
