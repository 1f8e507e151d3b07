"""B beside A: signs, open amounts, rows that answer to each other, and what the sentence says."""

import plotly.graph_objects as go
import pytest

from simlib import compare, load_case
from simlib.figures.case import draw_modes
from simlib.figures.difference import compared, difference
from simlib.figures.drawing import Cell, Drawing
from simlib.interval import Interval

REAL = "2024-lu-0302-5690"


@pytest.mark.parametrize(
    ("now", "kept", "chinese", "english"),
    [
        (1_250_000, 810_811, "+4391.89元", "+CNY 4,391.89"),
        (810_811, 1_250_000, "−4391.89元", "−CNY 4,391.89"),
        (5, 0, "+0.05元", "+CNY 0.05"),
        (7, 7, "不变", "unchanged"),
        (Interval(0, 1), Interval(0, 1), "不变", "unchanged"),
        (Interval(0, 100), 100, "A：1元 → B：0–1元", "A: CNY 1 → B: CNY 0–1"),
        (100, Interval(0, 100), "A：0–1元 → B：1元", "A: CNY 0–1 → B: CNY 1"),
        (None, 100, "A：1元 → B：未查明", "A: CNY 1 → B: not found by the court"),
    ],
)
def test_difference(now, kept, chinese, english):
    """12 500.00 − 8 108.11 = 4 391.89; an open amount has no difference, both are shown."""
    assert (difference(now, kept), difference(now, kept, "en")) == (chinese, english)


def drawing(*rows, columns=("row", "money", "note")):
    """Rows `(name, fen, note)` as a drawing without a figure."""
    cells = tuple(
        (Cell(name, f"{name}||"), Cell.of_money(fen, "zh", f"{name}|money|"), Cell(note))
        for name, fen, note in rows
    )
    return Drawing({"data": [], "layout": {}}, columns, cells, "B。")


def test_a_column_follows_each_column_of_money():
    """Money gets its difference right beside it; words get none."""
    found = compared(drawing(("a", 300, "x")), drawing(("a", 100, "y")), "A", "")
    assert found.columns == ("row", "money", "money：B−A", "note")
    assert [cell.text for cell in found.rows[0]] == ["a", "3元", "+2元", "x"]


def test_rows_answer_by_name_not_by_place():
    """The order of rows is irrelevant; a row that A does not have has no difference."""
    now = drawing(("a", 300, ""), ("new", 5, ""), ("b", 100, ""))
    kept = drawing(("b", 100, ""), ("a", 500, ""))
    assert [row[2].text for row in compared(now, kept, "A", "").rows] == ["−2元", "—", "不变"]


def test_the_sentence_counts_rows_and_gives_the_selected():
    """One of two rows changed; the number asked about differs by −2 yuan."""
    now = drawing(("a", 300, ""), ("b", 100, ""))
    kept = drawing(("a", 500, ""), ("b", 100, ""))
    said = compared(now, kept, "那一案", "a|money|").sentence
    assert said == "B。现在（B）与对照 A「那一案」相比，2行中有1行变了。所问的「a·money」：−2元。"
    assert "2行都没有变" in compared(now, now, "那一案", "").sentence


def test_the_csv_carries_the_difference():
    """What is saved is what is shown."""
    text = compared(drawing(("a", 300, "")), drawing(("a", 500, "")), "A", "").csv()
    assert text.splitlines() == ["\ufeffrow,money,money：B−A,note", "a,3元,−2元,"]


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
