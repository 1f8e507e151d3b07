"""Lesson 04's charts: valid for plotly.js, three layers told apart, numbers by hand.

FIX-1: L 25 000; shares P .60, A .25, C .15; assets P 0, A 3 000, C 20 000. Joint: A pays 3 000, C
20 000; P has nothing, so his 15 000 go to A and C as 25 : 15, burdens 15 625 and 9 375; C paid
10 625 too much, A is short 12 625; the victim lacks 2 000, so the recourse is behind her.
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
    """A's 15 625, of which 3 000 are done, then C's 9 375, all done; P bears nothing."""
    found = bars(draw_layers(case, decide(case, "joint")), 1)
    assert found == [(0, 3_000), (3_000, 15_625), (15_625, 25_000)]


def test_payments_and_the_rest_make_up_the_claim(case):
    """A 3 000, C 20 000, then 2 000 unrecovered."""
    found = bars(draw_layers(case, decide(case, "joint")), 2)
    assert found == [(0, 3_000), (3_000, 23_000), (23_000, 25_000)]


def colours(drawing):
    """Of all bars, panel by panel; of a hollow or hatched one, the colour of its outline."""
    traces = [t for t in drawing.figure["data"] if t["type"] == "bar"]
    return [trace["marker"]["line"]["color"] for trace in traces]


def test_bars_have_the_colour_of_the_role(case):
    """Joint: P, A, C and the claim; burdens of A and C; payments of A and C, then her rest."""
    case = case.set({"C.role": "platform", "C.act": None})
    helper, platform, victim, principal = (
        ROLES[role] for role in ("helper", "platform", "victim", "principal")
    )
    asked, borne, paid = colours(draw_layers(case, decide(case, "joint")))
    assert asked == [principal, helper, platform, victim]
    assert borne == [helper, helper, platform]
    assert paid == [helper, platform, victim]
    nodes = draw_recourse(case, decide(case, "joint")).figure["data"][0]["node"]
    assert nodes["color"] == [victim, helper, platform]


def test_every_mode_has_the_colour_of_its_authority(case):
    """All modes of the data in their order: as many colours as kinds of authority."""
    found = {mode: decide(case, mode) for mode in mode_keys()}
    traces = [t for t in draw_every_mode(case, found).figure["data"] if t["type"] == "bar"]
    filled = [fill for trace in traces for fill in trace["marker"]["color"] if fill[0] == "#"]
    wanted = [BASIS[o.basis] for o in found.values() if low_end(o.received_fen)]
    assert filled == wanted
    assert len(set(wanted)) >= 4


def test_three_layers_are_never_one_number(case):
    """Under joint liability C's three numbers are 25 000, 9 375 and 20 000."""
    row = next(r for r in draw_layers(case, decide(case, "joint")).rows if r[0].text == "乙")
    assert [row[n].text for n in (2, 3, 4, 5)] == ["25000元", "15%", "9375元", "20000元"]


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
    """The narrow layout gives each panel the whole width and a third of the height."""
    phone = draw_layers(case, decide(case, "joint")).figure["layout"]["meta"]["phone"]
    assert [phone[f"xaxis{n}"]["domain"] for n in ("", "2", "3")] == [[0, 1]] * 3
    tops = [phone[f"yaxis{n}"]["domain"] for n in ("", "2", "3")]
    assert tops[0][0] > tops[1][1] > tops[1][0] > tops[2][1]


def test_what_was_kept_as_a_is_marked(case):
    """A joint, B several: marks at 25 000 in the first panel, at 23 000 in the third."""
    figure = draw_layers(case, decide(case, "several"), "zh", decide(case, "joint")).figure
    marks = [t for t in figure["data"] if t.get("text") and "A" in t["text"]]
    assert [[x for x in t["x"] if x is not None] for t in marks] == [[25_000] * 3, [23_000]]


def test_recourse_is_a_stream_from_debtor_to_creditor(case):
    """A → C 10 625, paler than the payments, and said to be behind the victim."""
    drawing = draw_recourse(case, decide(case, "joint"))
    link, node = drawing.figure["data"][0]["link"], drawing.figure["data"][0]["node"]
    ends = [
        (node["label"][s].split("<br>")[0], node["label"][t].split("<br>")[0], v)
        for s, t, v in zip(link["source"], link["target"], link["value"], strict=True)
    ]
    assert ends == [
        ("<b>甲</b>", "<b>乙</b>", 10_625),
        ("<b>甲</b>", "<b>受害人</b>", 3_000),
        ("<b>乙</b>", "<b>受害人</b>", 20_000),
    ]
    strength = [float(color.rpartition(",")[2].rstrip(")")) for color in link["color"]]
    assert strength[0] < strength[1] == strength[2]
    assert "劣后" in drawing.sentence
    assert any("劣后" in label for label in node["label"])


def test_a_recourse_cell_asks_about_the_debtor_it_names(case):
    """A owes C 10 625; in the table of streams and in C's row of the layers."""
    outcome = decide(case, "joint")
    stream = draw_recourse(case, outcome).rows[0]
    assert [cell.text for cell in stream[:3]] == ["甲（出借银行卡）", "乙（引流推广）", "10625元"]
    assert stream[2].asks == "joint|recourse_A|C"
    row = next(r for r in draw_layers(case, outcome).rows if r[0].text == "乙")
    assert "甲" in row[7].text
    assert row[7].asks == "joint|recourse_A|C"


def test_recourse_once_she_is_paid_is_no_longer_behind(case):
    """A with 5 000: she has her 25 000; C may recover 10 625 in the first rank."""
    case = case.set({"A.assets_fen": 500_000})
    drawing = draw_recourse(case, decide(case, "joint"))
    assert drawing.rows[0][3].text == "追偿"


@pytest.mark.parametrize("mode", ["several", "dismiss_claim"])
def test_without_recourse_the_picture_says_so(case, mode):
    """Nobody paid too much: a sentence, in the figure too."""
    drawing = draw_recourse(case, decide(case, mode))
    assert drawing.sentence == "没有人付得超过自己的负担：没有追偿。"
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
