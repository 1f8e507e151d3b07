"""Where A stands is marked in a chart of B."""

import plotly.graph_objects as go
import pytest

from simlib import compare, load_case
from simlib.figures.case import draw_modes

REAL = "2024-lu-0302-5690"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_chart_marks_a_in_each_row(lang):
    """Several: A 0 to 12 500, B 8 108.11; a band is marked at both ends; plotly accepts it."""
    case = load_case(REAL).at("found")
    now = case.set({"zhang.causal_force": 0.6, "zhang.fault": 0.8})
    kept = {mode: o.received_fen for mode, o in compare(case).items()}
    figure = draw_modes(now, compare(now), "zhang", lang, kept=kept).figure
    go.Figure(figure)
    marks, bars = figure["data"][-1], figure["data"][0]
    label = bars["y"][3]  # the court's order, auto, joint, several
    assert bars["x"][3] == 8_108.11
    assert [x for x, y in zip(marks["x"], marks["y"], strict=True) if y == label] == [0, 12_500]
    band = [x for x, y in zip(marks["x"], marks["y"], strict=True) if y == bars["y"][4]]
    assert band == [0, 25_000]
    assert marks["name"].startswith("A")
    assert marks["marker"]["symbol"] == "line-ns"


def test_no_mark_covers_an_amount_in_words():
    """Several: the words stand right of A's mark at 12 500, not at the bar's end at 8 108.11."""
    case = load_case(REAL).at("found")
    now = case.set({"zhang.causal_force": 0.6, "zhang.fault": 0.8})
    kept = {mode: o.received_fen for mode, o in compare(case).items()}
    amounts = draw_modes(now, compare(now), "zhang", kept=kept).figure["data"][2]
    assert amounts["x"][3] == 12_500
