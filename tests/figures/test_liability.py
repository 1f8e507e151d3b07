"""Lesson 04's charts: valid for plotly.js, three layers told apart, numbers by hand.

FIX-1: L 25 000; shares P .60, A .25, C .15; assets P 0, A 3 000, C 20 000. Joint: burdens 15 000,
6 250, 3 750; A pays 3 000, C 20 000. P has nothing and A too little, so C carries all he has,
16 250 above his burden; P is short of 15 000 and A of 3 250, so C recovers 16 250 × 15 000 /
18 250 = 13 356.16 from P and 2 893.84 from A. The victim lacks 2 000, so he stands behind her.

C alone sued, A with 30 000: P's 15 000 are carried by A and C as 25 : 15, in all 15 625 and 9 375;
C paid 20 000 and recovers 10 625 from A, whose they were, and 5 625 carried for P from P.
"""

import plotly.graph_objects as go
import pytest

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.errors import SimlibError
from simlib.figures.liability import (
    Curve,
    draw_every_mode,
    draw_layers,
    draw_parting,
    draw_recourse,
)
from simlib.figures.style import BASIS, ROLES
from simlib.interval import low_end
from simlib.law.modes import mode_keys
from simlib.liability import MODES
from simlib.text import message

FIX = "fix-1"


@pytest.fixture
def case():
    """The exercise that can be worked out by hand."""
    return load_case(FIX)


def bars(drawing, panel):
    """(start, end) of each bar of a panel, in yuan."""
    axis = f"x{panel + 1 if panel else ''}"
    trace = next(t for t in drawing.figure["data"] if t["type"] == "bar" and t["xaxis"] == axis)
    return [(b, round(b + x, 2)) for b, x in zip(trace["base"], trace["x"], strict=True)]


def parting(case, modes=("joint", "several"), **more):
    """Curves of some modes over C's assets in steps of 1 250 yuan."""
    means = [case.loss_fen * n // 20 for n in range(21)]
    curves = [
        Curve(
            m,
            tuple(decide(case.set({"C.assets_fen": fen}), m).received_fen for fen in means),
        )
        for m in modes
    ]
    return draw_parting(case, "C", means, curves, 2_000_000, **more)


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
    drawings = [
        draw(case, o, lang) for o in found.values() for draw in (draw_layers, draw_recourse)
    ]
    drawings.append(draw_every_mode(case, found, refused, lang))
    for drawing in drawings:
        go.Figure(drawing.figure)
        assert drawing.sentence
        assert {len(row) for row in drawing.rows} <= {len(drawing.columns)}


def test_exposures_are_ceilings_from_zero(case):
    """Joint: the whole from each, and the claim once; no bar starts where another ends."""
    whole = (0, 25_000)
    assert bars(draw_layers(case, decide(case, "joint")), 0) == [whole] * 4


def test_burdens_follow_on_one_another_to_the_damages(case):
    """P's 15 000, open; A's 6 250, of which 3 000 are done; C's 3 750, all done."""
    found = bars(draw_layers(case, decide(case, "joint")), 1)
    assert found == [(0, 15_000), (15_000, 18_000), (18_000, 21_250), (21_250, 25_000)]


def test_what_is_carried_for_the_unable_stands_beside_the_burdens(case):
    """A carries his 3 000; C his 3 750 and, hollow, the other 16 250 that he has."""
    drawing = draw_layers(case, decide(case, "joint"))
    assert bars(drawing, 2) == [(0, 3_000), (3_000, 6_750), (6_750, 23_000)]
    assert "依第519条第3款分担后承担：甲3000元、乙20000元" in drawing.sentence
    assert "对内最后负担：诈骗行为人15000元、甲6250元、乙3750元" in drawing.sentence


def test_c_alone_sued_teaches_what_is_paid_carried_and_borne(case):
    """A 6 250 and 9 375 more, C 3 750 and 5 625 more; C's two claims in the table, by kind."""
    drawing = draw_layers(case, decide(case.at("c-alone"), "joint"))
    wanted = [(0, 6_250), (6_250, 15_625), (15_625, 19_375), (19_375, 25_000)]
    assert bars(drawing, 2) == wanted
    row = next(r for r in drawing.rows if r[0].text == "乙")
    assert [row[n].text for n in (4, 5, 6)] == ["3750元", "9375元", "20000元"]
    assert row[8].text == ("向甲 10625元（多付，劣后）；向诈骗行为人 5625元（代为分担，劣后）")


@pytest.mark.parametrize("mode", ["benefit_cap", "threshold", "several"])
def test_article_519_3_is_named_only_where_somebody_carries_for_another(case, mode):
    """FIX-1: P can pay nothing, yet nobody carries for him.

    benefit_cap: A and C owe at most 500 and 2,000, which they bear themselves; threshold (θ = .5):
    only P is joint; several: nobody is. The sentence must not say that art. 519(3) spread anything.
    """
    drawing = draw_layers(case, decide(case, mode))
    assert "519" not in drawing.sentence
    assert "没有人替别人分担" in drawing.figure["layout"]["xaxis3"]["title"]["text"]


def test_where_everybody_is_able_nothing_is_carried_for_others(case):
    """P and A with enough: all filled, as the burdens; said in the panel, not in the sentence."""
    case = case.set({"P.assets_fen": None, "A.assets_fen": None})
    drawing = draw_layers(case, decide(case, "joint"))
    assert bars(drawing, 2) == [(0, 15_000), (15_000, 21_250), (21_250, 25_000)]
    assert "没有人替别人分担" in drawing.figure["layout"]["xaxis3"]["title"]["text"]
    assert "分担" not in drawing.sentence


def test_payments_and_the_rest_make_up_the_claim(case):
    """A 3 000, C 20 000, then 2 000 unrecovered."""
    found = bars(draw_layers(case, decide(case, "joint")), 3)
    assert found == [(0, 3_000), (3_000, 23_000), (23_000, 25_000)]


def colours(drawing):
    """Of all bars, panel by panel; of a hollow or hatched one, the colour of its outline."""
    traces = [t for t in drawing.figure["data"] if t["type"] == "bar"]
    return [trace["marker"]["line"]["color"] for trace in traces]


def test_bars_have_the_colour_of_the_role(case):
    """Joint: P, A, C and the claim; burdens; what A and C carry and pay, then her rest."""
    case = case.set({"C.role": "platform", "C.act": None})
    helper, platform, victim, principal = (
        ROLES[role] for role in ("helper", "platform", "victim", "principal")
    )
    asked, borne, carried, paid = colours(draw_layers(case, decide(case, "joint")))
    assert asked == [principal, helper, platform, victim]
    assert borne == [principal, helper, helper, platform]
    assert carried == [helper, platform, platform]
    assert paid == [helper, platform, victim]
    nodes = draw_recourse(case, decide(case, "joint")).figure["data"][0]["node"]
    assert nodes["color"] == [victim, principal, helper, platform]


def test_every_mode_has_the_colour_of_its_authority(case):
    """All modes of the data in their order: as many colours as kinds of authority."""
    found = {mode: decide(case, mode) for mode in mode_keys()}
    traces = [t for t in draw_every_mode(case, found).figure["data"] if t["type"] == "bar"]
    filled = [fill for trace in traces for fill in trace["marker"]["color"] if fill[0] == "#"]
    wanted = [BASIS[o.basis] for o in found.values() if low_end(o.received_fen)]
    assert filled == wanted
    assert len(set(wanted)) >= 4


@pytest.mark.parametrize(
    ("mode", "rules", "forms"),
    [
        ("joint", {}, ["连带责任", "连带责任", "连带责任"]),
        ("several", {}, ["全部责任", "按份责任", "按份责任"]),
        ("several", {"principals": "by_share"}, ["按份责任", "按份责任", "按份责任"]),
        ("supplementary", {}, ["全部责任", "补充责任", "补充责任"]),
        ("benefit_cap", {}, ["全部责任", "以获利为限", "以获利为限"]),
    ],
)
def test_who_defrauded_answers_for_the_whole_and_is_called_so(case, mode, rules, forms):
    """25 000 of him in each but by share: he answers in no helpers' form."""
    drawing = draw_layers(case, decide(case, mode, rules))
    assert [row[1].text for row in drawing.rows[:3]] == forms


def test_three_layers_are_never_one_number(case):
    """Under joint liability C's numbers are 25 000, 3 750 and 20 000."""
    row = next(r for r in draw_layers(case, decide(case, "joint")).rows if r[0].text == "乙")
    assert [row[n].text for n in (2, 3, 4, 6)] == ["25000元", "15%", "3750元", "20000元"]


def test_the_unable_bear_their_part(case):
    """P's 15 000 stand in the drawing and in the table, whatever he has."""
    drawing = draw_layers(case, decide(case, "joint"))
    row = next(r for r in drawing.rows if r[0].text == "诈骗行为人")
    assert [row[n].text for n in (4, 5, 6, 7)] == ["15000元", "0元", "0元", "15000元"]
    words = [t["text"] for t in drawing.figure["data"] if t.get("mode") == "text"]
    assert "负担<b>15000元</b>" in words[1][0]


def test_below_knowing_joint_liability_says_so_in_every_picture(case):
    """A gross, C knowing: title and sentence of the layers, the small pictures, the curves."""
    case = case.set({"A.grade": "gross"})
    outcome = decide(case, "joint")
    drawing = draw_layers(case, outcome)
    titles = [drawing.figure["layout"][f"xaxis{n}"]["title"]["text"] for n in ("", "2")]
    assert ["甲不成立第1169条" in title for title in titles] == [True, False]
    assert drawing.sentence.startswith("连带责任（甲不成立第1169条）：")
    every = draw_every_mode(case, {"joint": outcome, "several": decide(case, "several")})
    assert [row[0].text for row in every.rows] == ["连带责任（甲不成立第1169条）", "按份责任"]
    said = [t["text"][0] for t in every.figure["data"] if t.get("mode") == "text"]
    assert "<b>连带责任</b>（甲不成立第1169条）" in said[0]
    curves = [Curve("joint", (1, 2), "甲不成立第1169条"), Curve("several", (1, 1))]
    found = draw_parting(case, "C", [0, 1], curves, None)
    assert found.columns[1] == "连带责任（甲不成立第1169条）"


def test_the_victims_own_fault_is_a_part_of_its_own(case):
    """v = .2: 5 000 of the 25 000 are hers, after burdens of 20 000."""
    case = case.set({"victim.fault": 0.2})
    assert bars(draw_layers(case, decide(case, "joint")), 1)[-1] == (20_000, 25_000)


def test_ranges_are_hatched_and_not_strung_together(case):
    """Risk–benefit with unknown facts: A bears 0 to 7 500, drawn from 0."""
    figure = draw_layers(case, decide(case, "risk_benefit")).figure
    trace = next(t for t in figure["data"] if t["type"] == "bar" and t["xaxis"] == "x2")
    hatched = [n for n, s in enumerate(trace["marker"]["pattern"]["shape"]) if s == "/"]
    assert [(trace["base"][n], trace["x"][n]) for n in hatched] == [
        (13_750, 11_250),
        (0, 7_500),
        (0, 3_750),
    ]


def test_a_phone_stands_the_panels_below_each_other(case):
    """The narrow layout gives each panel the whole width and a part of the height."""
    phone = draw_layers(case, decide(case, "joint")).figure["layout"]["meta"]["phone"]
    assert [phone[f"xaxis{n}"]["domain"] for n in ("", "2", "3", "4")] == [[0, 1]] * 4
    tops = [phone[f"yaxis{n}"]["domain"] for n in ("", "2", "3", "4")]
    assert all(above[0] > below[1] for above, below in zip(tops, tops[1:], strict=False))


def test_four_panels_stand_two_by_two(case):
    """On a desktop the second pair stands below the first, each as wide."""
    layout = draw_layers(case, decide(case, "joint")).figure["layout"]
    left, right = [0, 0.485], [0.515, 1]
    wide = [layout[f"xaxis{n}"]["domain"] for n in ("", "2", "3", "4")]
    assert [pytest.approx(d) for d in wide] == [left, right, left, right]
    high = [layout[f"yaxis{n}"]["domain"] for n in ("", "2", "3", "4")]
    assert high[0] == high[1]
    assert high[2] == high[3]
    assert high[0][0] > high[2][1]


def test_what_was_kept_as_a_is_marked(case):
    """A joint, B several: marks at 25 000 in the first panel, at 23 000 in the third."""
    figure = draw_layers(case, decide(case, "several"), "zh", decide(case, "joint")).figure
    marks = [t for t in figure["data"] if t.get("text") and "A" in t["text"]]
    assert [[x for x in t["x"] if x is not None] for t in marks] == [[25_000] * 3, [23_000]]


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


def test_a_recourse_cell_asks_about_the_debtor_it_names(case):
    """P owes C 13 356.16; in the table of streams and in C's row of the layers."""
    outcome = decide(case, "joint")
    stream = draw_recourse(case, outcome).rows[0]
    assert [cell.text for cell in stream[:3]] == ["诈骗行为人", "乙（引流推广）", "13356.16元"]
    assert stream[2].asks == "joint|recourse_insolvent_P|C"
    row = next(r for r in draw_layers(case, outcome).rows if r[0].text == "乙")
    assert "诈骗行为人" in row[8].text
    assert row[8].asks == "joint|recourse_insolvent_P|C"


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
