"""Lesson 03's figures: the chain with its switches, four indices by hand, the band.

hypo-chain by hand: the loss is T∧P∧(A∨B), S idle, L after. Six parties:
Shapley 5/12 for T and P (1/3 · 1/4 …: B or A before, and both of T, P), 1/12 for A and B;
Banzhaf: swings 3, 3, 1, 1 of 8; minimal sets TPA, TPB: 1/3, 1/3, 1/6, 1/6 (each set shared by
three); responsibility 1, 1, 1/2, 1/2. The band: 50 000 · .05 to 50 000 · .30.
"""

import itertools

import plotly.graph_objects as go
import pytest

from simlib import causation, load_case
from simlib.case import shipped_cases
from simlib.explain import fact_kind
from simlib.lessons.causation import (
    draw_board,
    draw_cards,
    draw_chain,
    draw_chance,
    draw_indices,
)
from simlib.lessons.causation.chain_layout import NARROW, WIDE, lay_out
from simlib.lessons.causation.names import share_words
from simlib.lessons.causation.outcomes import Chain

ROWS = ("gao", "du", "tao", "luo", "shi")


@pytest.fixture
def case():
    """The hypothetical of the lesson."""
    return load_case("hypo-chain")


def chain(case, *off, lang="zh"):
    """The chain with some acts off."""
    return draw_chain(case, causation.graph(case), frozenset(off), lang)


def asked(case, *off):
    """The chain and its legal steps, as the board draws them."""
    acts, gone = causation.graph(case), frozenset(off)
    steps = {}
    for id in acts.parties:
        world = acts.without(gone - acts.of(id)) if gone - acts.of(id) else acts
        steps[id] = causation.legal_steps(case, id, acts=world)
    return Chain(case, acts, gone, steps)


def board(case, *off, lang="zh", **more):
    """The board of a case with some acts off."""
    now = asked(case, *off)
    return draw_board(now, lang, order=now.acts.parties, rows=ROWS, column="passed", **more)


@pytest.mark.parametrize(
    ("off", "happens"),
    [
        ((), True),
        (("lend-1",), True),
        (("lend-2",), True),
        (("lend-1", "lend-2"), False),
        (("post",), False),
        (("fraud",), False),
        (("chat", "pass-on", "cash"), True),
    ],
)
def test_the_loss_says_whether_it_still_happens(case, off, happens):
    """Either card is enough; posts and fraud are needed; what is idle or late is not."""
    drawn = chain(case, *off)
    assert ("损失发生。</title>" in drawn) == happens
    assert ("损失不会发生。</title>" in drawn) != happens
    assert (board(case, *off).large.text == "会发生") == happens


def test_what_is_off_says_so(case):
    """A word and a dash, besides the colour; what needed it says that it is gone.

    In each of two drawings: the fraud needs the posts; what comes after the loss needs a loss.
    """
    drawn = chain(case, "post")
    assert drawn.count(">已关掉</text>") == 2
    assert drawn.count(">落空</text>") == 2 * 3
    assert drawn.count(">无作用</text>") == 2
    assert "已关掉「发帖引流」（陶某）" in drawn


def test_cards_of_which_any_is_enough_meet_in_an_or(case):
    """In each of two drawings once; a chain of two needed acts has none."""
    assert chain(case).count(">或</text>") == 2
    assert chain(load_case("2024-lu-0302-5690")).count(">或</text>") == 0


def test_the_board_asks_three_questions_and_shows_the_money(case):
    """But-for fails for both cards, NESS and furthering do not; Luo passed 50,000 and is no cause.

    By the transfers of the file: 60,000 and 40,000 paid straight in, 50,000 on from Gao to Luo.
    """
    rows = {r.name: [c.text for c in r.cells.values()] for r in board(case).rows if not r.more}
    assert rows == {
        "高某": ["否", "是", "是", "60000"],
        "杜某": ["否", "是", "是", "40000"],
        "陶某": ["是", "是", "是", "0"],
        "罗某": ["否", "否", "否", "50000"],
        "石某": ["否", "否", "否", "0"],
    }


def test_a_row_that_moved_is_marked_and_one_that_did_not_says_why(case):
    """Du's card off: but-for turns for Gao alone; A says what it was."""
    drawn = board(case, "lend-2", before=asked(case), kept=asked(case), still={"tao": "why"})
    rows = {row.id: row for row in drawn.rows}
    assert [id for id, row in rows.items() if row.changed] == ["gao"]
    assert rows["tao"].still == "why"
    assert rows["gao"].cells["but_for"].kept.text == "否"
    assert "对照A：损失会发生" in drawn.sentence


def test_mingled_money_is_a_band(case):
    """200,000 came to Gao's card, 60,000 of it hers; of the 50,000 passed on 0 to 50,000 are."""
    rows = {row.id: row for row in board(case.at("mixed")).rows}
    cell = rows["luo"].cells["passed"]
    assert (cell.low, cell.high) == (0, 5_000_000)


@pytest.mark.parametrize("name", shipped_cases())
def test_no_two_boxes_touch_and_all_stand_in_the_drawing(name):
    """In both sizes; the loss is as tall as what stands beside it."""
    acts = causation.graph(load_case(name))
    for size in (WIDE, NARROW):
        at = lay_out(acts, size)
        boxes = [*at.boxes.values(), at.loss]
        for one, other in itertools.combinations(boxes, 2):
            apart_x = one.x + one.wide <= other.x or other.x + other.wide <= one.x
            apart_y = one.y + one.high <= other.y or other.y + other.high <= one.y
            assert apart_x or apart_y
        assert all(box.x >= 0 and box.x + box.wide <= size.width for box in boxes)
        assert all(box.y >= 0 and box.y + box.high <= at.height for box in boxes)


def test_four_indices_disagree_by_hand(case):
    """One chain, four answers; the note says that no court is known to use any."""
    drawing = draw_indices(case, causation.indices(case))
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in drawing.rows}
    assert rows["陶某"] == rows["诈骗行为人"] == ["5/12", "3/8", "1", "1/3"]
    assert rows["高某"] == rows["杜某"] == ["1/12", "1/8", "1/2", "1/6"]
    assert rows["石某"] == rows["罗某"] == ["0"] * 4
    assert "没有见到我国法院采用" in drawing.sentence


def test_indices_are_told_apart_by_shape(case):
    """Four shapes, four colours, one mark for each party."""
    data = draw_indices(case, causation.indices(case)).figure["data"]
    assert len({t["marker"]["symbol"] for t in data}) == len({t["marker"]["color"] for t in data})
    assert [len(t["x"]) for t in data] == [6] * 4


@pytest.mark.parametrize(("lang", "said"), [("zh", "对陶某相差最大"), ("en", "most on Tao")])
def test_the_sentence_says_why_it_names_this_party(case, lang, said):
    """Tao, of 1/3 to 1, whoever the lab asks about: on nobody do the indices differ more."""
    assert said in draw_indices(case, causation.indices(case), lang).sentence


def test_nothing_is_divided_where_there_is_no_loss(case):
    """Both cards off."""
    acts = causation.graph(case).without(frozenset({"lend-1", "lend-2"}))
    drawing = draw_indices(case, causation.graph_indices(acts))
    assert drawing.sentence.startswith("关掉这些行为以后，损失不会发生")


def test_shares_are_fractions():
    """1/12 as such; what is no small fraction as a percentage."""
    assert share_words(1 / 12, "zh") == "1/12"
    assert share_words(1.0, "zh") == "1"
    assert share_words(0.123456789, "zh") == "12%"


def test_the_lost_chance_is_a_band(case):
    """2 500 to 15 000 within the 50 000 passed on; a first card is refused with its reason."""
    drawing = draw_chance(case, causation.chance(case, "luo"))
    go.Figure(drawing.figure)
    band = drawing.figure["data"][1]
    assert (band["base"], band["x"]) == ([250_000], [1_250_000])
    assert [c.text for c in drawing.rows[0]] == ["罗某", "第2层", "50000元", "2500–15000元"]
    refused = draw_chance(case, causation.chance(case, "gao"))
    assert refused.figure["data"] == []
    assert refused.sentence == "不计算：他是第一层收款人"


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_draws(name, lang):
    """plotly's schema takes each figure, each table has its columns, in both languages."""
    case = load_case(name)
    assert "<svg" in chain(case, lang=lang)
    assert board(case, lang=lang).sentence
    drawings = [draw_indices(case, causation.indices(case), lang)]
    drawings += [
        draw_chance(case, causation.chance(case, id), lang) for id in causation.graph(case).parties
    ]
    for drawing in drawings:
        go.Figure(drawing.figure)
        assert drawing.sentence
        assert {len(row) for row in drawing.rows} == {len(drawing.columns)}


def test_a_derived_act_is_an_assumption_and_a_stated_one_is_in_the_file(case):
    """fix-1 states no acts: what its chain is made of was derived, and says so."""
    derived = load_case("fix-1")
    for file, party, kind in ((derived, "A", "assumed"), (case, "gao", "stated")):
        step = causation.legal_steps(file, party).step("ness")
        assert {fact_kind(fact, file) for fact in (*step.supports, *step.weighs)} == {kind}


def test_the_chain_says_in_words_all_that_it_draws(case):
    """What an act needs, what has no effect and what came after the loss are in its name."""
    said = chain(case).partition("<title>")[2].partition("</title>")[0]
    assert "「冒充客服行骗」（诈骗行为人）以「发帖引流」（陶某）为前提。" in said
    assert "（石某）没有起作用。" in said
    assert "（罗某）、「取现」（诈骗行为人）在损失之后。损失发生。" in said


def test_the_opening_names_whom_it_draws(case):
    """Two cards: nobody else stands in the picture, nor in its name."""
    said = draw_cards(case).partition("<title>")[2].partition("</title>")[0]
    assert "60000元转入高某的卡" in said
    assert "40000元转入杜某的卡" in said
    assert not any(name in said for name in ("陶某", "石某", "罗某"))
