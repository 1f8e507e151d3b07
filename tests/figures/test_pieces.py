"""Her payments cut by who answers for them: bars, table and sentence."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from simlib import decide, load_case
from simlib.figures.drawing import Drawing
from simlib.figures.pieces import draw_pieces

CASE = load_case("hypo-pieces")


def bars(drawn: Drawing, panel: int) -> list[tuple[float, float, str]]:
    """Start, length and colour of a panel's bars, in yuan."""
    trace = drawn.figure["data"][2 * panel]
    return list(zip(trace["base"], trace["x"], trace["marker"]["color"], strict=True))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bar_for_every_payment_in_the_colour_of_its_piece(lang: str) -> None:
    """Eight payments; the first, third and fifth are one piece of 51 000, all into Cao's card."""
    drawn = draw_pieces(CASE, decide(CASE), lang)
    go.Figure(drawn.figure)
    lengths = [20_000, 4_000, 25_000, 15_000, 6_000, 8_000, 6_000, 6_000]
    assert [length for _, length, _ in bars(drawn, 0)] == lengths
    colours = [color for _, _, color in bars(drawn, 0)]
    assert colours[0] == colours[2] == colours[4] == bars(drawn, 1)[0][2]
    assert len(set(colours)) == 6
    sizes = [51_000, 4_000, 15_000, 8_000, 6_000, 6_000]
    assert [length for _, length, _ in bars(drawn, 1)] == sizes
    assert [row[0].text for row in drawn.rows] == list("12345678")
    assert [row[5].text for row in drawn.rows] == list("12131456")


def test_the_sentence_says_how_much_each_answers_for() -> None:
    """Han 10 000 of 90 000, the platform 20 000, the bank 12 000; the fraudster all."""
    said = draw_pieces(CASE, decide(CASE)).sentence
    assert "分8笔付出，按谁负责分成6段" in said
    assert "韩某10000元、曹某80000元、苗某15000元、某社交平台20000元、某银行12000元" in said
    assert said.endswith("诈骗行为人对全部负责。")


def test_parts_of_a_payment_lie_in_the_order_in_which_they_left_it() -> None:
    """Of 10 000 to He, who is in all of them: what reached most others first, what stayed last."""
    case, rules = load_case("hypo-layers"), {"after_loss": "inside"}
    drawn = draw_pieces(case, decide(case, rules=rules))
    assert [row[4].text for row in drawn.rows] == [
        "1688.60元", "4649.12元", "2412.28元", "1250元", "10125元", "4875元",
    ]  # fmt: skip
    starts = [start for start, _, _ in bars(drawn, 0)]
    assert starts == [0, 1688.6, 6337.72, 8750, 0, 10125]


@pytest.mark.parametrize("method", ["fifo", "lifo", "pro_rata", "timestamp", "lowest_balance"])
def test_the_platform_s_part_is_the_end_of_a_payment(method: str) -> None:
    """With 22 000 enlarged, 2 000 of the fifth payment's 6 000 are the platform's: its last."""
    case = CASE.set({"platform.enlarged_fen": 2_200_000})
    drawn = draw_pieces(case, decide(case, rules={"tracing": method}), "en", method)
    fifth = [row for row in drawn.rows if row[0].text == "5"]
    assert [row[4].text for row in fifth] == ["CNY 4,000", "CNY 2,000"]
    assert "platform" not in fifth[0][6].text
    assert "platform" in fifth[1][6].text


def test_one_piece_is_not_drawn() -> None:
    """Where all answer for all there is nothing to cut; the sentence says so."""
    drawn = draw_pieces(load_case("fix-1"), decide(load_case("fix-1")))
    assert drawn.figure["data"] == []
    assert "只有一段" in drawn.sentence
