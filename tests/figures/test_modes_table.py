"""The table of one case under several modes: its numbers are the engine's."""

import pytest

from simlib import compare, load_case
from simlib.figures.modes_table import modes_table

REAL = "2024-lu-0302-5690"


@pytest.fixture
def table():
    """The real case as found, in Chinese."""
    case = load_case(REAL)
    return modes_table(case, compare(case), "zhang")


def test_the_amounts_are_the_engines(table):
    """What the victim receives, mode by mode: a point, or both ends of a band.

    Several: the report is silent on weights, so from nothing to the half that f = c = 1 would give;
    no ruling of the case states a share at the court's discretion.
    """
    assert [row[5].text for row in table.rows] == [
        "25000元",
        "25000元",
        "0–12500元",
        "0–25000元",
        "0–25000元",
        "0–7500元",
        "0–25000元",
        "25000元",
    ]


def test_each_amount_asks_about_itself(table):
    """One row a mode, and as many cells as columns."""
    rows = {row[0].asks.split("|")[0]: row for row in table.rows}
    assert rows["several"][3].text == "0–12500元"
    assert rows["several"][3].asks == "several|exposure|zhang"
    assert [len(row) for row in table.rows] == [len(table.columns)] * 8


def test_a_recourse_cell_asks_about_the_debtor_it_names():
    """C alone sued, A with 30 000: 10 625 paid too much, of A; 5 625 carried, of P.

    P has nothing: his 15 000 are carried by A and C as .25 : .15, so A carries 15 625 and C 9 375.
    C paid 20 000, 10 625 too much; of the 9 375 he bears 3 750 himself.
    """
    case = load_case("fix-1").set({"P.sued": False, "A.sued": False, "A.assets_fen": 3_000_000})
    row = next(r for r in modes_table(case, compare(case), "C").rows if r[0].asks == "joint||")
    assert row[6].text == "甲（出借银行卡） 10625元（多付）；诈骗行为人 5625元（代为分担）"
    assert row[6].asks == "joint|recourse_share_A|C"


def test_below_knowing_a_joint_row_says_so_wherever_it_is_read():
    """In the table and in the sentence: 1169 is not made out."""
    case = load_case(REAL).set({"zhang.grade": "slight"})
    found = modes_table(case, compare(case), "zhang")
    named = [row[0].text for row in found.rows if "不成立" in row[0].text]
    assert named == ["连带责任（不成立第1169条）", "全有或全无（不成立第1169条）"]
    assert "连带责任25000元（不成立第1169条）" in found.sentence
    assert "不成立" not in modes_table(load_case(REAL), compare(load_case(REAL)), "zhang").sentence


def test_an_element_not_proved_is_a_dismissal_under_the_law_in_force():
    """Fault proved to .5, below .75: the row of the law in force says 判决驳回, as does 文书."""
    case = load_case(REAL).set({"zhang.proof.fault": 0.5})
    found = modes_table(case, compare(case), "zhang")
    row = next(r for r in found.rows if r[0].asks == "auto||")
    assert row[0].text == "现行法（判决驳回：要件未证明）"
    assert (row[2].text, row[3].text) == ("判决：驳回诉讼请求", "0元")
    assert "现行法0元（判决驳回：要件未证明）" in found.sentence


def test_for_one_who_knew_shares_are_a_minoritys_and_supposed(table):
    """Article 1169(1) governs; shares reckoned by weights are a teaching scale."""
    named = {row[0].asks.split("|")[0]: row for row in table.rows}
    assert named["several"][1].text == "少数学说（仅作假设）"
    assert named["partial_joint"][1].text == "学说（仅作假设）"
    assert named["auto"][1].text == "现行法；以「明知」及于这笔钱为前提"
    assert named["several"][4].text.endswith("（教学刻度）")
    careless = load_case(REAL).set({"zhang.grade": "slight"})
    found = modes_table(careless, compare(careless), "zhang").rows
    assert "少数学说" not in "".join(row[1].text for row in found)


def test_one_of_two_helpers_is_named():
    """A gross, C knowing: only against A is 1169 not made out."""
    case = load_case("fix-1").set({"A.grade": "gross"})
    rows = modes_table(case, compare(case), "C").rows
    assert rows[1][0].text == "连带责任（甲不成立第1169条）"


def test_the_sentence_says_what_the_table_shows(table):
    """Amount by amount, and what the court ordered."""
    supposed = "（明知者依第1168、1169条连带，仅作假设）"
    assert f"按份责任0–12500元{supposed}，酌定责任0–25000元{supposed}" in table.sentence
    assert "判令赔偿25000元" in table.sentence
