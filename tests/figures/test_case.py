"""The chart of lesson 01: valid for plotly.js, and its numbers are the engine's."""

import plotly.graph_objects as go
import pytest

from simlib import compare, load_case
from simlib.figures.case import draw_modes
from simlib.figures.style import BASIS, ROLES, RULING

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
    go.Figure(draw_modes(case, compare(case), "zhang", lang, answer_fen=1_000_000).figure)


def test_bars_are_the_engines_numbers(drawing):
    """The ruling first, then each mode: a point starts at 0, a band at its lower end [yuan]."""
    bars = drawing.figure["data"][0]
    assert list(zip(bars["base"], bars["x"], strict=True)) == [
        (0, 25_000),
        (0, 25_000),
        (0, 25_000),
        (0, 12_500),
        (0, 25_000),
        (0, 7_500),
        (0, 25_000),
        (0, 25_000),
    ]
    assert bars["marker"]["pattern"]["shape"] == ["", "", "", "/", "/", "/", "/", ""]


def test_bars_have_the_colour_of_their_authority(drawing):
    """The ruling's own, then by kind of authority: law in force, doctrine, …"""
    kinds = [BASIS[outcome.basis] for outcome in compare(load_case(REAL)).values()]
    assert drawing.figure["data"][0]["marker"]["color"] == [RULING, *kinds]
    assert len(set(kinds)) >= 3


@pytest.mark.parametrize("palette", [{**BASIS, "ruling": RULING}, ROLES], ids=["basis", "roles"])
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
    assert [len(row) for row in drawing.rows] == [len(drawing.columns)] * 7


def test_a_recourse_cell_asks_about_the_debtor_it_names():
    """FIX-1, joint: C paid 16 250 above his burden, for P and A who cannot pay (test_vectors)."""
    case = load_case("fix-1")
    row = next(r for r in draw_modes(case, compare(case), "C").rows if r[0].asks == "joint||")
    assert (row[6].text, row[6].asks) == (
        "诈骗行为人 13356.16元；甲（出借银行卡） 2893.84元",
        "joint|recourse_P|C",
    )


def test_the_csv_reads_in_a_spreadsheet(drawing):
    """It starts with the byte-order mark and has a header and seven rows."""
    text = drawing.csv()
    assert text.startswith("\ufeff责任形态,")
    assert len(text.splitlines()) == 8


def test_the_sentence_says_what_the_chart_shows(drawing):
    """Amount by amount, and what the court ordered."""
    assert "按份责任0–12500元" in drawing.sentence
    assert "判令赔偿25000元" in drawing.sentence


def test_an_unpublished_amount_gets_no_bar():
    """A ruling without an amount is words only, never a number."""
    case = load_case(REAL).set({"rulings[0].amount_fen": None})
    assert len(draw_modes(case, compare(case), "zhang").figure["data"][0]["y"]) == 7


def test_no_diamond_covers_an_amount():
    """Joint, teaching case: 23 000 received, 25 000 claimable; the words stand right of both."""
    case = load_case("fix-1")
    helper = next(p.id for p in case.parties if p.role == "helper")
    amounts = draw_modes(case, compare(case), helper).figure["data"][2]
    row = amounts["y"].index(next(y for y in amounts["y"] if y.startswith("连带责任")))
    assert (amounts["x"][row], amounts["text"][row].strip()) == (25_000, "23000元")
