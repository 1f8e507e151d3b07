"""Lesson 04's charts: valid for plotly.js, numbers by hand.

FIX-1: L 25 000; shares P .60, A .25, C .15; assets P 0, A 3 000, C 20 000. Joint: burdens 15 000,
6 250, 3 750; A pays 3 000, C 20 000. P has nothing and A too little, so C carries all he has,
16 250 above his burden; P is short of 15 000 and A of 3 250, so C recovers 16 250 × 15 000 /
18 250 = 13 356.16 from P and 2 893.84 from A. The victim lacks 2 000, so he stands behind her.

C alone sued, A with 30 000: P's 15 000 are carried by A and C as 25 : 15, in all 15 625 and 9 375;
C paid 20 000 and recovers 10 625 from A, whose they were, and 5 625 carried for P from P.
"""

import plotly.graph_objects as go
import pytest
from pictured import at_scene, overprinted, shown, sizes

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.errors import SimlibError
from simlib.figures.style import BASIS
from simlib.interval import low_end
from simlib.law.modes import mode_keys
from simlib.lessons.liability.outcomes import Found
from simlib.lessons.liability.parting import Curve, Parting, draw_parting
from simlib.lessons.liability.pictures import draw_every_mode, stage
from simlib.lessons.liability.recourse import draw_recourse
from simlib.liability import MODES
from simlib.text import LANGS, message
from simlib.widgets.prerendered_opening import scene_links

FIX = "fix-1"


@pytest.fixture
def case():
    """The exercise that can be worked out by hand."""
    return load_case(FIX)


def parting(case, modes=("joint", "several"), guess_fen=None, parted_fen=None):
    """Curves of some modes over C's assets in steps of 1 250 yuan."""
    means = [case.loss_fen * n // 20 for n in range(21)]
    curves = [
        Curve(
            m,
            tuple(decide(case.set({"C.assets_fen": fen}), m).received_fen for fen in means),
        )
        for m in modes
    ]
    return draw_parting(case, "C", Parting(means, curves, parted_fen), 2_000_000, guess_fen)


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_draws_under_every_mode(name, lang):
    """The plotly schema accepts each figure, and each table has its columns, in both languages."""
    case = load_case(name)
    found, refused = {}, {}
    for mode in MODES:
        try:
            found[mode] = decide(case, mode)
        except SimlibError as error:
            refused[mode] = message(error, lang)
    drawings = [draw_recourse(case, o, lang) for o in found.values()]
    drawings.append(draw_every_mode(case, found, refused, lang))
    for drawing in drawings:
        go.Figure(drawing.figure)
        assert drawing.sentence
        assert {len(row) for row in drawing.rows} <= {len(drawing.columns)}


def colours(drawing):
    """Of all bars, panel by panel; of a hollow or hatched one, the colour of its outline."""
    traces = [t for t in drawing.figure["data"] if t["type"] == "bar"]
    return [trace["marker"]["line"]["color"] for trace in traces]


def test_every_mode_has_the_colour_of_its_authority(case):
    """All modes of the data in their order: as many colours as kinds of authority."""
    found = {mode: decide(case, mode) for mode in mode_keys()}
    traces = [t for t in draw_every_mode(case, found).figure["data"] if t["type"] == "bar"]
    filled = [fill for trace in traces for fill in trace["marker"]["color"] if fill[0] == "#"]
    wanted = [BASIS[o.basis] for o in found.values() if low_end(o.received_fen)]
    assert filled == wanted
    assert len(set(wanted)) >= 4


def test_recourse_is_a_stream_from_debtor_to_creditor(case):
    """P → C 13 356.16, A → C 2 893.84, paler than payments, and said to be behind the victim."""
    drawing = draw_recourse(case, decide(case, "joint"))
    link, node = drawing.figure["data"][0]["link"], drawing.figure["data"][0]["node"]
    ends = [
        (node["label"][s].split("<br>")[0], node["label"][t].split("<br>")[0], v)
        for s, t, v in zip(link["source"], link["target"], link["value"], strict=True)
    ]
    assert ends == [
        ("<b>诈骗行为人</b>", "<b>乙</b>", 13_356.16),
        ("<b>甲</b>", "<b>乙</b>", 2_893.84),
        ("<b>甲</b>", "<b>受害人</b>", 3_000),
        ("<b>乙</b>", "<b>受害人</b>", 20_000),
    ]
    strength = [float(color.rpartition(",")[2].rstrip(")")) for color in link["color"]]
    assert strength[0] == strength[1] < strength[2] == strength[3]
    assert "劣后" in drawing.sentence
    assert any("劣后" in label for label in node["label"])


def test_kinds_of_recourse_are_told_apart(case):
    """C alone sued: what A owes him is stronger than what he carried for P; each is named."""
    drawing = draw_recourse(case.at("c-alone"), decide(case.at("c-alone"), "joint"))
    assert [(row[2].text, row[3].text) for row in drawing.rows] == [
        ("10625元", "追偿：多付，劣后于受害人"),
        ("5625元", "追偿：代为分担，劣后于受害人"),
        ("20000元", "现在付给受害人"),
    ]
    colors = drawing.figure["data"][0]["link"]["color"]
    strength = [float(color.rpartition(",")[2].rstrip(")")) for color in colors]
    assert strength[1] < strength[0] < strength[2]
    label = next(t for t in drawing.figure["data"][0]["node"]["label"] if "乙" in t)
    assert "可追偿10625元<br>（多付，劣后）" in label
    assert "可追偿5625元<br>（代为分担，劣后）" in label


def test_one_in_second_line_recovers_all_he_paid(case):
    """Supplementary, k .25 and .15, P 20 000: A 3 000 and C 2 000 come back from P (1198(2))."""
    case = case.set({"A.limit": 0.25, "C.limit": 0.15, "P.assets_fen": 2_000_000})
    rows = draw_recourse(case, decide(case, "supplementary")).rows
    assert [(row[0].text, row[2].text, row[3].text) for row in rows[:2]] == [
        ("诈骗行为人", "3000元", "追偿：补充责任所付"),
        ("诈骗行为人", "2000元", "追偿：补充责任所付"),
    ]


def test_recourse_once_she_is_paid_is_no_longer_behind(case):
    """A with 5 000: she has her 25 000; C may recover in the first rank."""
    case = case.set({"A.assets_fen": 500_000})
    drawing = draw_recourse(case, decide(case, "joint"))
    assert drawing.rows[0][3].text == "追偿：代为分担"


def test_a_fraudster_who_paid_all_recovers_nothing_from_helpers(case):
    """P alone sued, with 25 000: 10 000 above his .60, and no recourse unless the rule gives it."""
    able = {"P.assets_fen": None, "A.assets_fen": None}
    case = case.set({**able, "A.sued": False, "C.sued": False})
    found = draw_recourse(case, decide(case, "joint"))
    assert "不能向帮助人追偿（学说" in found.sentence
    rules = {"principal_recourse": "by_share"}
    rows = draw_recourse(case, decide(case, "joint", rules)).rows
    assert [row[2].text for row in rows if "追偿" in row[3].text] == ["6250元", "3750元"]


@pytest.mark.parametrize("mode", ["several", "dismiss_claim"])
def test_without_recourse_the_picture_says_so(case, mode):
    """Nobody paid too much: a sentence, in the figure too."""
    drawing = draw_recourse(case, decide(case, mode))
    assert drawing.sentence == "没有人付得超过自己应当承担的部分：没有追偿。"
    assert drawing.figure["layout"]["annotations"][0]["text"] == drawing.sentence


def test_every_mode_stands_in_the_order_of_the_law(case):
    """All modes of the data, each with its kind of authority, down the panels."""
    found = {mode: decide(case, mode) for mode in mode_keys()}
    drawing = draw_every_mode(case, found)
    assert [row[0].asks.split("|")[0] for row in drawing.rows] == list(mode_keys())
    assert len(drawing.rows) == len(MODES)
    said = [t["text"] for t in drawing.figure["data"] if t.get("mode") == "text"]
    assert sum(said, [])[list(mode_keys()).index("partial_joint")].endswith("学说　实得8000元")


def test_a_refused_mode_is_named_without_a_bar(case):
    """What the engine refuses has its reason in the table."""
    drawing = draw_every_mode(case, {"joint": decide(case, "joint")}, {"auto": "没有规定"})
    assert [cell.text for cell in drawing.rows[1]] == ["现行法", "—", "没有规定", "—", "—"]


def test_modes_part_where_c_has_his_share(case):
    """Up to 3 750, C's share of 25 000, both take all he has; by hand."""
    drawing = parting(case, parted_fen=375_000, guess_fen=1_000_000)
    go.Figure(drawing.figure)
    assert "乙的财产不超过3750元时" in drawing.sentence
    lines = [s["x0"] for s in drawing.figure["layout"]["shapes"]]
    assert lines == [3_750, 10_000, 20_000]
    points = next(t for t in drawing.figure["data"] if t["mode"] == "markers")
    assert points["y"] == [23_000, 6_750]


def test_equal_curves_are_one_line_with_both_names(case):
    """Knowing helpers: the law in force is joint liability."""
    drawing = parting(case, ("joint", "auto"))
    assert [t["name"] for t in drawing.figure["data"] if t["mode"] == "lines"] == [
        "连带责任＝现行法"
    ]
    assert "都一样多" in drawing.sentence


def test_an_open_fact_makes_a_band(case):
    """Two lines with the room between them filled."""
    drawing = parting(case, ("joint", "risk_benefit"))
    filled = [t for t in drawing.figure["data"] if t.get("fill") == "tonexty"]
    assert len(filled) == 1


def test_a_row_elsewhere_asks_to_be_set(case):
    """At the present place a number asks for its reasons; elsewhere it first takes one there."""
    asks = [row[1].asks for row in parting(case).rows]
    assert "joint|received|" in asks
    assert "joint|received|@0" in asks


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_no_article_gives_names_the_articles(case, lang):
    """On a wall the four do not stand beside it: the line names each of them."""
    modes = ("partial_joint", "risk_benefit", "all_or_nothing")
    for mode in modes:
        told = stage(Found(case, mode, {}), None, lang).split("norms-said")[-1]
        assert [n for n in ("1168", "1169", "1171", "1172") if n not in told] == [], (mode, told)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scene", scene_links("liability"))
def test_no_word_lies_over_another(scene, lang):
    """Below the tub in English a name and what is lacking take two lines; nothing leaves it."""
    made = sizes(shown(at_scene("liability", scene, lang)))
    assert {size: overprinted(each) for size, each in made.items()} == {"wide": [], "narrow": []}
