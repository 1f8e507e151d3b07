"""The chart of lesson 01: valid for plotly.js, and its numbers are the engine's."""

import plotly.graph_objects as go
import pytest

from simlib import compare, load_case
from simlib.figures.case import draw_modes
from simlib.figures.style import BASIS, CLAIM, PRACTICE, ROLES, RULING

REAL = "2024-lu-0302-5690"


@pytest.fixture
def drawing():
    """The real case as found, in Chinese."""
    case = load_case(REAL)
    return draw_modes(case, compare(case), "zhang")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_figure_is_valid_plotly(lang):
    """The plotly schema, used as an oracle, accepts the dict."""
    case = load_case(REAL)
    go.Figure(draw_modes(case, compare(case), "zhang", lang).figure)


def test_bars_are_the_engines_numbers(drawing):
    """The ruling first, then each mode: a point starts at 0, a band at its lower end [yuan].

    Several: the report is silent on weights, so from nothing to the half that f = c = 1 would give;
    no ruling of the case states a share at the court's discretion.
    """
    bars = drawing.figure["data"][0]
    assert list(zip(bars["base"], bars["x"], strict=True)) == [
        (0, 25_000),
        (0, 25_000),
        (0, 25_000),
        (0, 12_500),
        (0, 25_000),
        (0, 25_000),
        (0, 7_500),
        (0, 25_000),
        (0, 25_000),
    ]
    assert bars["marker"]["pattern"]["shape"] == ["", "", "", "/", "/", "/", "/", "/", ""]


def test_bars_have_the_colour_of_their_authority(drawing):
    """The ruling's own, then by kind of authority: law in force, doctrine, …"""
    kinds = [BASIS[outcome.basis] for outcome in compare(load_case(REAL)).values()]
    assert drawing.figure["data"][0]["marker"]["color"] == [RULING, *kinds]
    assert len(set(kinds)) >= 3


@pytest.mark.parametrize(
    "palette",
    [{**BASIS, "ruling": RULING, "practice": PRACTICE, "claim": CLAIM}, ROLES],
    ids=["basis", "roles"],
)
def test_no_two_kinds_share_a_colour(palette):
    """A colour that stands for two kinds tells neither."""
    assert len(set(palette.values())) == len(palette)


def test_a_band_is_drawn_from_its_lower_end():
    """In the teaching position the model gives 5 328.14 to 7 500."""
    case = load_case(REAL).at("assumed")
    bars = draw_modes(case, compare(case), "zhang").figure["data"][0]
    row = [n for n, label in enumerate(bars["y"]) if label.startswith("风险")][0]
    assert (bars["base"][row], bars["base"][row] + bars["x"][row]) == (5328.14, pytest.approx(7500))


def test_the_table_repeats_the_chart(drawing):
    """One row a mode; the amounts as text, each asking about its own number."""
    rows = {row[0].asks.split("|")[0]: row for row in drawing.rows}
    assert rows["several"][3].text == "0–12500元"
    assert rows["several"][3].asks == "several|exposure|zhang"
    assert [len(row) for row in drawing.rows] == [len(drawing.columns)] * 8


def test_a_recourse_cell_asks_about_the_debtor_it_names():
    """C alone sued, A with 30 000: 10 625 paid too much, of A; 5 625 carried, of P.

    P has nothing: his 15 000 are carried by A and C as .25 : .15, so A carries 15 625 and C 9 375.
    C paid 20 000, 10 625 too much; of the 9 375 he bears 3 750 himself.
    """
    case = load_case("fix-1").set({"P.sued": False, "A.sued": False, "A.assets_fen": 3_000_000})
    row = next(r for r in draw_modes(case, compare(case), "C").rows if r[0].asks == "joint||")
    assert row[6].text == "甲（出借银行卡） 10625元（多付）；诈骗行为人 5625元（代为分担）"
    assert row[6].asks == "joint|recourse_share_A|C"


def test_below_knowing_a_joint_row_says_so_wherever_it_is_read():
    """Label, table, sentence: 1169 is not made out; all-or-nothing is a teaching assumption."""
    case = load_case(REAL).set({"zhang.grade": "slight"})
    found = draw_modes(case, compare(case), "zhang")
    labels = [y for y in found.figure["data"][0]["y"] if "不成立第1169条" in y]
    assert [label.split("<br>")[0] for label in labels] == ["连带责任", "全有或全无"]
    assert "教学假设" in labels[1]
    named = [row[0].text for row in found.rows if "不成立" in row[0].text]
    assert named == ["连带责任（不成立第1169条）", "全有或全无（不成立第1169条）"]
    assert "连带责任25000元（不成立第1169条）" in found.sentence
    assert "不成立" not in draw_modes(load_case(REAL), compare(load_case(REAL)), "zhang").sentence


def test_an_element_not_proved_is_a_dismissal_under_the_law_in_force():
    """Fault proved to .5, below .75: the row of the law in force says 判决驳回, as does 文书."""
    case = load_case(REAL).set({"zhang.proof.fault": 0.5})
    found = draw_modes(case, compare(case), "zhang")
    row = next(r for r in found.rows if r[0].asks == "auto||")
    assert row[0].text == "现行法（判决驳回：要件未证明）"
    assert (row[2].text, row[3].text) == ("判决：驳回诉讼请求", "0元")
    assert "现行法0元（判决驳回：要件未证明）" in found.sentence


def test_one_of_two_helpers_is_named():
    """A gross, C knowing: only against A is 1169 not made out."""
    case = load_case("fix-1").set({"A.grade": "gross"})
    rows = draw_modes(case, compare(case), "C").rows
    assert rows[1][0].text == "连带责任（甲不成立第1169条）"


def test_the_csv_reads_in_a_spreadsheet(drawing):
    """It starts with the byte-order mark and has a header and eight rows."""
    text = drawing.csv()
    assert text.startswith("\ufeff责任形态,")
    assert len(text.splitlines()) == 9


def test_the_sentence_says_what_the_chart_shows(drawing):
    """Amount by amount, and what the court ordered."""
    assert "按份责任0–12500元，酌定责任0–25000元" in drawing.sentence
    assert "判令赔偿25000元" in drawing.sentence


def test_an_unpublished_amount_gets_no_bar():
    """A ruling without an amount is words only, never a number."""
    case = load_case(REAL).set({"rulings[0].amount_fen": None})
    assert len(draw_modes(case, compare(case), "zhang").figure["data"][0]["y"]) == 8


def test_no_diamond_covers_an_amount():
    """Joint, teaching case: 23 000 received, 25 000 claimable; the words stand right of both."""
    case = load_case("fix-1")
    helper = next(p.id for p in case.parties if p.role == "helper")
    amounts = draw_modes(case, compare(case), helper).figure["data"][2]
    row = amounts["y"].index(next(y for y in amounts["y"] if y.startswith("连带责任")))
    assert (amounts["x"][row], amounts["text"][row].strip()) == (25_000, "23000元")
