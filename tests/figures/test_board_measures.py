"""Boards that measure shares or files, and columns of words."""

import csv
import io

import pytest

from simlib.figures.board import Board, Column, Large, Row, bar, figures, scale, spoken, word
from simlib.interval import Interval


@pytest.mark.parametrize(
    ("value", "measure", "zh", "en"),
    [
        (Interval(2_131, 3_000), "percent", "21%至30%", "21% to 30%"),
        (8_571, "percent", "86%", "86%"),
        (Interval(0, 3_600), "count", "0至36件", "0 to 36 files"),
        (Interval(2_131, 2_149), "percent", "21%", "21%"),
        (810_811, "yuan", "8108.11元", "CNY 8,108.11"),
    ],
)
def test_a_number_is_read_with_the_unit_of_its_board(value, measure, zh, en):
    """Hundredths of a percent, of a file, of a yuan; ends that round alike are one number."""
    assert (spoken(value, "zh", measure), spoken(value, "en", measure)) == (zh, en)


def test_a_share_has_no_decimals():
    """85.71 % of 42 files (36 / 42) is written 86 on a bar."""
    assert figures(8_571, "zh", "percent") == "86"


def board() -> Board:
    """Two rows: a share in a bar, a grade in words."""
    rows = tuple(
        Row(id, name, "", "doctrine", {
            "share": bar(value, name, f"{id}|share|", "zh", measure="percent"),
            "grade": word(grade, name, f"{id}|grade|", "zh", kept="明知"),
        }, group="对她")
        for id, name, value, grade in (("a", "甲", Interval(0, 3_000), "明知"),
                                       ("b", "乙", 2_500, "重大过失"))
    )  # fmt: skip
    columns = (Column("grade", "等级", kind="word"), Column("share", "份额"))
    return Board(columns, "share", "%", 10_000, scale(10_000, "zh"), rows,
                 Large("", "", "", ""), "", (), measure="percent", row="谁")  # fmt: skip


def test_the_table_of_shares_and_words_has_one_column_for_words_and_two_for_ends():
    """0–30 % is 0.00 and 30.00; words stand as they are; a heading goes before its rows."""
    lines = list(csv.reader(io.StringIO(board().csv("zh").removeprefix("\ufeff"))))
    assert lines[0] == ["谁", "说明", "依据的性质", "前提", "等级", "份额，下限（%）",
                        "份额，上限（%）"]  # fmt: skip
    assert lines[1] == ["对她：甲", "", "学说", "", "明知", "0.00", "30.00"]
    assert lines[2] == ["对她：乙", "", "学说", "", "重大过失", "25.00", "25.00"]


def test_a_row_reaches_as_far_as_its_longest_bar():
    """Words have no end: 30 % and 25 %."""
    assert [row.end for row in board().rows] == [3_000, 2_500]
