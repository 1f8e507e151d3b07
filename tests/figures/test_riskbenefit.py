"""Lesson 05's charts: valid for plotly.js, bands where facts are open, numbers by hand.

The paper's case at the teaching setting: G′ .25…1, R = .6^.4·.9^.3·.6^.3 = .678, C = √(.8·.6) =
.693; geometric Z = G′^.25·R^.35·C^.4 = .533….754; times .2/½: .213….301; cap .3. The twin: gain
210 of 70 000, so Z = .425 and the share 17.0 % (vector RB-B).
"""

import numpy as np
import plotly.graph_objects as go
import pytest

from simlib import decide, load_case
from simlib.figures.riskbenefit import (
    Place,
    draw_courts,
    draw_plane,
    draw_tornado,
    draw_ways,
)
from simlib.figures.riskbenefit.contours import contour
from simlib.riskbenefit import AGGREGATORS
from simlib.uncertainty import decision_map, flips, tornado

OWN, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"


def bars(drawing):
    """(start, end, open?) of each bar, in percent, from top to bottom."""
    trace = next(t for t in drawing.figure["data"] if t["type"] == "bar")
    shapes = trace["marker"]["pattern"]["shape"]
    return [
        (b, round(b + x, 2), s == "/")
        for b, x, s in zip(trace["base"], trace["x"], shapes, strict=True)
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "position", "party"),
    [
        (OWN, "found", "zhang"),
        (OWN, "assumed", "zhang"),
        (OWN, "direct", "zhang"),
        (TWIN, "assumed", "long"),
        ("hypo-tech", "general-purpose", "keji"),
        ("hypo-promotion", "base", "he"),
    ],
)
def test_every_picture_is_valid(name, position, party, lang):
    """The plotly schema accepts each figure, and each table has its columns."""
    case = load_case(name).at(position)
    outcomes = {a: decide(case, "risk_benefit", {"aggregator": a}) for a in AGGREGATORS}
    share = outcomes["geometric"].parties[party].share
    plane = decision_map(
        case, f"{party}.foresight", "parameter:gamma", output=f"{party}.share", size=21
    )
    drawings = [
        draw_ways(case, outcomes, party, lang),
        draw_tornado(case, tornado(case, f"{party}.share"), share, 0.2, lang),
        draw_plane(case, plane, lang),
    ]
    for drawing in drawings:
        go.Figure(drawing.figure)
        assert drawing.sentence
        assert {len(row) for row in drawing.rows} <= {len(drawing.columns)}


def test_courts_are_points_and_the_model_bands():
    """A hundred, a hundred and ten percent as diamonds; no support is claimed."""
    cases = []
    for name, party in ((OWN, "zhang"), (TWIN, "long")):
        case = load_case(name)
        places = []
        for position in case.positions:
            found = decide(case.at(position.id), "risk_benefit").parties[party]
            places.append(Place(position.id, found.share, found.exposure_fen))
        cases.append((case, places))
    drawing = draw_courts(cases)
    (points,) = [t for t in drawing.figure["data"] if t.get("mode") == "markers"]
    assert points["x"] == [100, 100, 10]
    assert [b[:2] for b in bars(drawing)] == [
        (0, 30), (0, 21.31), (21.31, 30), (0, 60), (0, 30), (0, 27.39), (0, 17.02),
    ]  # fmt: skip
    assert "不是对模型的支持" in drawing.sentence
    assert "不是分布" in drawing.sentence


def test_three_ways_on_the_twin():
    """RB-B: geometric 17.0, additive 17.8, product 11.2 %."""
    case = load_case(TWIN).at("assumed")
    outcomes = {a: decide(case, "risk_benefit", {"aggregator": a}) for a in AGGREGATORS}
    assert [row[3].text for row in draw_ways(case, outcomes, "long").rows] == ["17%", "18%", "11%"]


def test_the_tornado_counts_facts_and_assumptions_apart():
    """On the paper's case nothing that moves the share was found by the court."""
    case = load_case(OWN).at("assumed")
    bars_ = tornado(case, "zhang.share")
    share = decide(case, "risk_benefit").parties["zhang"].share
    drawing = draw_tornado(case, bars_, share, 0.2)
    kinds = [row[1].text for row in drawing.rows]
    assert "查明的事实" not in kinds
    assert kinds.count("教学假设") > kinds.count("假设的事实")
    assert "查明的事实0项" in drawing.sentence
    assert len(drawing.rows) == sum(not bar.dead for bar in bars_)


def test_a_tornado_of_a_range_has_both_its_ends():
    """Push moves both ends of 21–30 %: two bars in one row."""
    case = load_case(OWN).at("assumed")
    (bar,) = tornado(case, "zhang.share", facts=["zhang.push"], parameters=[])[:1]
    share = decide(case, "risk_benefit").parties["zhang"].share
    drawing = draw_tornado(case, [bar], share, 0.2)
    assert len(bars(drawing)) == 2


def test_a_map_has_labelled_lines_and_the_place_now():
    """Push against indispensability: lines in steps of 5 %, a cross at (.6, .8)."""
    case = load_case(OWN).at("assumed")
    found = decision_map(case, "zhang.push", "zhang.indispensability",
                         output="zhang.share", size=41, end="high")  # fmt: skip
    drawing = draw_plane(case, found)
    labels = next(t["text"] for t in drawing.figure["data"] if t.get("mode") == "text")
    assert labels == [f"<b>{n}%</b>" for n in (5, 10, 15, 20, 25, 30)]
    cross = drawing.figure["data"][-1]
    assert (cross["x"], cross["y"]) == ([0.6], [0.8])
    assert "最高的一端" in drawing.sentence


def test_a_map_of_modes_says_where_the_mode_flips():
    """Law in force, by the bands of the registry: joint from knowing, .7."""
    case = load_case(OWN).at("assumed")
    axes = ("zhang.fault", "zhang.push")
    found = decision_map(case, *axes, "auto", "zhang.mode", 21)
    lines = flips(case, *axes, "zhang", "auto", "mode")
    drawing = draw_plane(case, found, "zh", lines, "mode")
    go.Figure(drawing.figure)
    assert "从0.7起，由「按份责任」变为「连带责任」" in drawing.sentence
    assert 0.7 in [s["x0"] for s in drawing.figure["layout"]["shapes"]]


def test_contours_of_a_plane_and_of_a_hill():
    """x + y = 1 is one straight line; x² + y² = ¼ is one ring of that radius."""
    x = np.linspace(-1, 1, 21)
    flat = x[None, :] + x[:, None]
    (line,) = contour(x, x, flat, 1.0 - 1e-9)
    assert all(abs(a + b - 1) < 1e-6 for a, b in line)
    (ring,) = contour(x, x, x[None, :] ** 2 + x[:, None] ** 2, 0.25)
    assert ring[0] == ring[-1]
    assert all(abs(np.hypot(a, b) - 0.5) < 0.01 for a, b in ring)
