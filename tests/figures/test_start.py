"""Lesson 00's drawings: valid for plotly.js, and every number from data or engine."""

from fractions import Fraction

import plotly.graph_objects as go
import pytest

from simlib.figures.start import draw_sorted, draw_split, share
from simlib.law.endings import ATTRIBUTES, endings
from simlib.text import LANGS

ANSWERS = {f"{e.id}.{name}": value for e in endings() for name, value in e.values.items()}


@pytest.mark.parametrize("lang", LANGS)
def test_the_split_is_valid_plotly(lang):
    """The plotly schema, used as an oracle, accepts the dict."""
    go.Figure(draw_split(36, 42, lang).figure)


def test_the_split_by_hand():
    """b of 36 by judgment and 6 others heard: b/(b + 6) is 0, 9/15, 18/24, 27/33, 36/42."""
    drawing = draw_split(36, 42)
    curve, marks = drawing.figure["data"]
    assert len(curve["x"]) == len(curve["y"]) == 37
    assert (curve["x"][4], curve["y"][4]) == (4, 0.4)
    assert marks["text"] == ["0%", "75%", "85.71%"]
    assert [tuple(cell.text for cell in row) for row in drawing.rows] == [
        ("乙 = 0", "36", "0", "6", "0%"),
        ("乙 = 9", "27", "9", "15", "60%"),
        ("乙 = 18", "18", "18", "24", "75%"),
        ("乙 = 27", "9", "27", "33", "81.82%"),
        ("乙 = 36", "0", "36", "42", "85.71%"),
    ]
    assert drawing.sentence.endswith(
        "没有一件是判决时，占0%；一半是判决时，占75%；全部是判决时，占85.71%。"
    )


def test_nothing_else_is_on_the_axis():
    """The other count stands in words beside the chart: 33, 14 and 51 per cent are not drawn."""
    drawn = str(draw_split(36, 42).figure)
    assert not any(number in drawn for number in ("33%", "14%", "51%", "0.51", "0.14,"))


def test_a_cell_says_what_was_chosen():
    """Blank; right; wrong with the right one."""
    answers = {"dismiss_suit.document": "judgment", "dismiss_suit.appeal": "10"}
    row = draw_sorted(answers).rows[1]
    assert [cell.text for cell in row] == [
        "驳回起诉", "不对：你选判决书，应为裁定书", "？", "？", "对：10日", "？",
    ]  # fmt: skip
    assert [cell.mark for cell in row] == ["", "wrong", "", "", "right", ""]
    assert row[1].asks == "sort|dismiss_suit.document|"
    assert draw_sorted(answers).sentence.startswith("共20格，已答2格，其中1格对。")


@pytest.mark.parametrize("lang", LANGS)
def test_all_sorted(lang):
    """Twenty right answers are all marked right, and the pattern is told."""
    drawing = draw_sorted(ANSWERS, lang)
    marks = {cell.mark for row in drawing.rows for cell in row[1:]}
    assert marks == {"right"}
    assert len(drawing.rows) * len(ATTRIBUTES) == 20
    assert ("横向比较" if lang == "zh" else "Read across") in drawing.sentence


def test_a_share_is_whole_where_it_is():
    """1/2 is 50%, 6/7 is 85.71%."""
    assert (share(Fraction(1, 2)), share(Fraction(6, 7))) == ("50%", "85.71%")
