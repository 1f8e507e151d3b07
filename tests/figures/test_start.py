"""Lesson 00's drawings: every number from data or engine."""

from fractions import Fraction

import pytest

from simlib.case import load_case
from simlib.figures.start import Sorted, draw_board, draw_sorted, share
from simlib.figures.style import GRID, PAPER, SLATE
from simlib.law.suit import ATTRIBUTES, ending, endings
from simlib.lessons.start.pictures import opening
from simlib.text import LANGS
from simlib.uncertainty.counts import divide

ANSWERS = {f"{e.id}.{name}": value for e in endings() for name, value in e.values.items()}
PARTS = ("dismissed", "ruling", "judgment", "heard")


def shown(rulings=None, others=6, to="dismiss_claim", beside="dismiss_suit", random=False):
    """What a board shows."""
    count = divide(36, 42, rulings, others)
    return Sorted(count, ending(to), ending(beside), others, 95, 1, random)


def cells(board, column):
    """Row → low and high ends in whole units, or words."""
    return {
        row.id: (cell.low // 100, cell.high // 100) if cell.low is not None else cell.text
        for row in board.rows
        for cell in [row.cells[column]]
    }


def test_the_count_by_hand():
    """36 = r + (36 − r); heard 36 − r + 6; r unknown: 0 to 36, 6 to 42, share 0 to 36/42."""
    board = draw_board(shown(), rows=PARTS, column="files")
    assert cells(board, "files") == {
        "dismissed": (36, 36), "ruling": (0, 36), "judgment": (0, 36), "heard": (6, 42),
    }  # fmt: skip
    assert board.large.text == "0–85.71%"
    assert [row.authority for row in board.rows] == ["claim"] * 3 + ["teaching assumption"]
    known = draw_board(shown(27), rows=PARTS, column="files", before=shown())
    assert cells(known, "files")["heard"] == (15, 15)
    assert known.large.text == "60%"  # 9/15
    assert [row.changed for row in known.rows] == [False, True, True, True]
    none = draw_board(shown(36, 0), rows=PARTS, column="files")
    assert none.large.text == "没有审理过的案件"


def test_a_sample_is_dashed_unless_it_is_taken_for_random():
    """36/42 rounds to 86 %, the interval to 71 and 95; bias from picking has no bar."""
    rows = ("cited", "chance", "picked")
    picked = draw_board(shown(), rows=rows, column="share")
    random = draw_board(shown(random=True), rows=rows, column="share")
    assert [row.cells["share"].text for row in picked.rows[:2]] == ["86", "71–95"]
    assert [bool(row.ghost) for row in picked.rows] == [False, True, False]
    assert [bool(row.ghost) for row in random.rows] == [False] * 3
    assert (picked.large.text, random.large.text) == ("不能推断", "71.5%–94.6%")
    assert picked.rows[2].cells == random.rows[2].cells == {}


@pytest.mark.parametrize(
    ("beside", "to", "differ"),
    [
        ("refuse_suit", "dismiss_suit", 0),
        ("dismiss_suit", "dismiss_claim", 5),
        ("dismiss_claim", "support", 0),
    ],
)
def test_two_endings_differ_in_all_or_in_nothing(beside, to, differ):
    """Two rulings and two judgments agree in five; a ruling and a judgment in none."""
    board = draw_board(shown(to=to, beside=beside), rows=tuple(ATTRIBUTES), column="ending")
    first, second = cells(board, "beside"), cells(board, "ending")
    assert sum(first[name] != second[name] for name in ATTRIBUTES) == differ
    assert board.large.text == f"{differ}项"


def test_a_new_fact_opens_the_way_after_a_judgment_alone():
    """CPL Interpretation art. 248: nothing changes after a ruling, nor in any other attribute."""
    for each in endings():
        after = each.after_new_fact()
        changed = [name for name in ATTRIBUTES if after.values[name] != each.values[name]]
        judged = each.values["document"] == "judgment"
        assert changed == (["again"] if judged else [])


@pytest.mark.parametrize("lang", LANGS)
def test_the_opening_has_42_files_36_of_them_dark(lang):
    """In the wide and in the narrow drawing, her own file besides in the wide one."""
    html = opening(load_case("2024-lu-0302-5690"), lang)
    wide, narrow = html.split('<svg class="opening-narrow"')
    for drawing, own in ((wide, 1), (narrow, 0)):
        assert drawing.count(f'fill="{SLATE}" stroke') == 36
        assert drawing.count(f'fill="{GRID}" stroke') == 6
        assert drawing.count(f'fill="{PAPER}" stroke="{SLATE}"') == own


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
