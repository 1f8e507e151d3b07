"""Lesson 05's charts: valid for plotly.js, bands where facts are open, numbers by hand.

The paper's case at the teaching setting: G′ .25…1, R = .6^.4·.9^.3·.6^.3 = .678, C = √(.8·.6) =
.693; geometric Z = G′^.25·R^.35·C^.4 = .533….754; times .2/½: .213….301; cap .3. The twin: gain
210 of 70 000, so Z = .425 and the share 17.0 % (vector RB-B).
"""

import numpy as np
import plotly.graph_objects as go
import pytest
from staged import solved

from simlib import load_case
from simlib.lessons.riskbenefit.pictures import draw_courts, draw_tornado, draw_ways
from simlib.lessons.riskbenefit.plane import contour, draw_plane
from simlib.uncertainty import tornado

OWN, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"


def model(name, position="found", party="zhang"):
    """A helper of a case at one of its positions, under the model as it first stands."""
    return solved("riskbenefit", load_case(name).at(position), party=party)


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
    at = model(name, position, party)
    drawings = [
        draw_ways(at, lang),
        draw_tornado(at, 0.2, lang),
        draw_plane(at, "share", ("foresight", "parameter:gamma"), "low", lang),
    ]
    for drawing in drawings:
        go.Figure(drawing.figure)
        assert drawing.sentence
        assert {len(row) for row in drawing.rows} <= {len(drawing.columns)}


def test_courts_are_points_and_the_model_bands():
    """A hundred, a hundred and ten percent as diamonds; no support is claimed."""
    drawing = draw_courts(model(OWN))
    (points,) = [t for t in drawing.figure["data"] if t.get("mode") == "markers"]
    assert points["x"] == [100, 100, 10]
    assert [b[:2] for b in bars(drawing)] == [
        (0, 30), (0, 21.31), (21.31, 30), (0, 60), (0, 27.39), (0, 17.02),
    ]  # fmt: skip
    assert "不是对模型的支持" in drawing.sentence
    assert "不是分布" in drawing.sentence


def test_three_ways_on_the_twin():
    """RB-B: geometric 17.0, additive 17.8, product 11.2 %."""
    rows = draw_ways(model(TWIN, "assumed", "long")).rows
    assert [row[3].text for row in rows] == ["17%", "18%", "11%"]


def test_the_tornado_counts_facts_and_assumptions_apart():
    """On the paper's case nothing that moves the share was found by the court."""
    at = model(OWN, "assumed")
    drawing = draw_tornado(at, 0.2)
    kinds = [row[1].text for row in drawing.rows]
    assert "查明的事实" not in kinds
    assert kinds.count("教学假设") > kinds.count("假设的事实")
    assert "查明的事实0项" in drawing.sentence
    assert len(drawing.rows) == sum(not bar.dead for bar in tornado(at.case, "zhang.share"))


def test_a_tornado_of_a_range_has_both_its_ends():
    """Each of the four facts filled in moves both ends of 21–30 %: two bars in one row."""
    drawing = draw_tornado(model(OWN, "assumed"), 0.2)
    push = next(n for n, row in enumerate(drawing.rows) if "推动程度" in row[0].text)
    heights = [trace["y"] for trace in drawing.figure["data"] if trace["type"] == "bar"][0]
    assert heights.count(sorted(set(heights))[push]) == 2


def test_a_map_has_labelled_lines_and_the_place_now():
    """Push against indispensability: lines in steps of 5 %, a cross at (.6, .8)."""
    drawing = draw_plane(model(OWN, "assumed"), "share", ("push", "indispensability"), "high", "zh")
    labels = next(t["text"] for t in drawing.figure["data"] if t.get("mode") == "text")
    assert labels == [f"<b>{n}%</b>" for n in (5, 10, 15, 20, 25, 30)]
    cross = drawing.figure["data"][-1]
    assert (cross["x"], cross["y"]) == ([0.6], [0.8])
    assert "最高的一端" in drawing.sentence


def test_a_map_of_modes_says_where_the_mode_flips():
    """Law in force, by the bands of the registry: joint from knowing, .7."""
    drawing = draw_plane(model(OWN, "assumed"), "mode", ("fault", "push"), "high", "zh")
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
