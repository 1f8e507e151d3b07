"""The picture of a case: people, and money whose width is its amount."""

import re
import xml.etree.ElementTree as ET

import pytest

from simlib import load_case
from simlib.case import shipped_cases
from simlib.figures.opening import draw_case, draw_course
from simlib.figures.opening.shapes import width_of, wrapped
from simlib.figures.style import BLUE, FADED, INK, PAPER, ROLES, WASH
from simlib.text import topic_words

REAL = "2024-lu-0302-5690"
SVG = "{http://www.w3.org/2000/svg}"
COLOURS = {*ROLES.values(), INK, FADED, PAPER, WASH, BLUE}


def drawings(html):
    """The wide and the narrow drawing as trees; anything not well formed fails here."""
    root = ET.fromstring(html)
    return root.findall(f"{SVG}svg")


def texts(drawing):
    """The words written in a drawing."""
    return [node.text for node in drawing.iter(f"{SVG}text")]


def widths(drawing, color):
    """How wide the bands of a colour are drawn."""
    return [
        float(path.get("stroke-width"))
        for path in drawing.iter(f"{SVG}path")
        if path.get("stroke") == color and not path.get("stroke-dasharray")
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", shipped_cases())
def test_each_case_has_a_wide_and_a_narrow_drawing(name, lang):
    """Both are pictures with a title; no letter on a phone is below 15 px, and none sticks out."""
    wide, narrow = drawings(draw_case(load_case(name), lang))
    assert [d.get("class") for d in (wide, narrow)] == ["opening-wide", "opening-narrow"]
    for drawing in (wide, narrow):
        assert drawing.get("role") == "img"
        assert drawing.find(f"{SVG}title").text
        assert min(float(t.get("font-size")) for t in drawing.iter(f"{SVG}text")) >= 15
    assert narrow.get("viewBox").split()[2] == "362"  # a phone's 390 px without its margins


def test_real_case_says_who_paid_whom_and_what_became_of_him():
    """赵某 paid 25 000 onto 张某's card; three months and a fine of 3 000; nobody else is sued."""
    wide, narrow = drawings(draw_case(load_case(REAL)))
    for drawing in (wide, narrow):
        found = texts(drawing)
        assert {"赵某", "25000元", "张某的卡", "诈骗行为人", "没有被起诉", "?"} <= set(found)
        assert (
            "张某：" * (drawing is narrow) + "帮信罪，拘役三个月，罚金3000元"
        ) in found  # of whom
        assert "赵某的25000元转入张某的卡" in drawing.find(f"{SVG}title").text


def test_money_is_as_wide_as_it_is_much():
    """Pan's 100 000 by two cards: 60 000 and 40 000 are three fifths and two fifths of 24 px."""
    wide, _ = drawings(draw_case(load_case("hypo-chain")))
    assert widths(wide, ROLES["victim"]) == pytest.approx([14.4, 9.6])
    # to the fraudster: nothing direct from card 1, so all of it, pale; 39 500 from card 2
    assert widths(wide, ROLES["principal"]) == pytest.approx([14.4, 24 * 0.395])


def test_case_without_transfers_shows_money_going_to_the_fraudster():
    """fix-1 lists no transfer: one band of the whole loss, and two helpers below it."""
    wide, _ = drawings(draw_case(load_case("fix-1")))
    assert widths(wide, ROLES["victim"]) == [24]
    assert {"甲", "乙", "一并被诉"} <= set(texts(wide))


def test_own_case_is_told_in_its_own_names():
    """A reader's case with other names and amounts; what looks like markup is written as it is."""
    case = load_case(REAL).set({"zhang.name.zh": "<b>王某", "zhang.sued": False})
    html = draw_case(case)
    assert "<b>" not in html
    wide, _ = drawings(html)
    assert any(text.startswith("<b>王某") for text in texts(wide))
    assert any(text.endswith("没有被起诉") and "罚金" in text for text in texts(wide))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_course_picture_asks_four_questions(lang):
    """Each is a link to its lessons, along one person's money and her suit."""
    said = topic_words("opening", lang)["course"]
    for drawing in drawings(draw_course(lang)):
        assert drawing.get("role") == "group"  # it has links
        asked = {a.get("href"): "".join(a.itertext()) for a in drawing.iter(f"{SVG}a")}
        assert list(asked) == ["#who", "#money", "#court", "#own"]
        for href, text in asked.items():
            assert said[href[1:]].replace(" ", "") in text.replace(" ", "")
            assert re.search("[？?]", text)
        assert min(float(t.get("font-size")) for t in drawing.iter(f"{SVG}text")) >= 15


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_courses_money_is_written_within_its_arrow(lang):
    """On a phone too: "25,000" has 50 px in letters of 15 px, the arrow 56 before its point."""
    for drawing in drawings(draw_course(lang)):
        way = next(each for each in drawing.iter(f"{SVG}g") if each.get("opacity"))[0]
        first, *_, last = re.findall(r"[\d.]+(?= )", way.get("d"))
        written = next(t for t in drawing.iter(f"{SVG}text") if re.search(r"25,?000", t.text))
        wide = width_of(written.text, float(written.get("font-size"))) * 1.05  # bold
        assert wide < float(last) - float(first)


def test_colours_come_from_the_style():
    """No colour is written in the drawing's own code."""
    html = draw_case(load_case("hypo-chain")) + draw_course()
    assert set(re.findall(r"#[0-9a-f]{6}", html)) <= COLOURS


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("罚金4000元", ["罚金", "4000元"]),
        ("拘役，罚金", ["拘役，", "罚金"]),
        ("fine of two", ["fine", "of two"]),
    ],
)
def test_lines_break_between_words(text, lines):
    """An amount keeps its unit, a mark its word [10 px letters, 36 px of room]."""
    assert wrapped(text, 36, 10) == lines
