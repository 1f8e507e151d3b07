"""Lesson 03's figures: the chain with its switches, four indices by hand, the band.

hypo-chain by hand: the loss is T∧P∧(A∨B), S idle, L after. Six parties:
Shapley 5/12 for T and P (1/3 · 1/4 …: B or A before, and both of T, P), 1/12 for A and B;
Banzhaf: swings 3, 3, 1, 1 of 8; minimal sets TPA, TPB: 1/3, 1/3, 1/6, 1/6 (each set shared by
three); responsibility 1, 1, 1/2, 1/2. The band: 50 000 · .05 to 50 000 · .30.
"""

import plotly.graph_objects as go
import pytest

from simlib import causation, load_case
from simlib.case import shipped_cases
from simlib.explain import fact_kind
from simlib.figures.causation import draw_chain, draw_chance, draw_indices
from simlib.figures.causation.names import share_words
from simlib.figures.causation.places import BOX_PX, HALF, place


@pytest.fixture
def case():
    """The hypothetical of the lesson."""
    return load_case("hypo-chain")


def chain(case, *off, party=None, lang="zh", **more):
    """The chain with some acts off."""
    acts = causation.graph(case)
    linked = {id: causation.legal_steps(case, id) for id in acts.parties}
    party = party or acts.parties[0]
    return draw_chain(case, acts, frozenset(off), linked, party, lang, **more)


def texts(drawing):
    """All that stands in boxes."""
    return " ".join(a["text"] for a in drawing.figure["layout"]["annotations"])


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
def test_the_loss_box_says_whether_it_still_happens(case, off, happens):
    """Either card is enough; posts and fraud are needed; what is idle or late is not."""
    drawing = chain(case, *off)
    assert ("<b>损失发生</b>" in texts(drawing)) == happens
    assert ("<b>损失不会发生</b>" in texts(drawing)) != happens
    assert ("不会发生" in drawing.sentence) != happens
    box = [s for s in drawing.figure["layout"]["shapes"] if s["x1"] - s["x0"] > 0.5][0]
    assert box["line"]["dash"] == ("solid" if happens else "dash")


def test_what_is_off_is_struck_through_and_says_so(case):
    """A bar and a word, besides the colour; what needed it says that it is gone.

    The fraud needs the posts; what comes after the loss needs a loss, which there is not.
    """
    drawing = chain(case, "post")
    bars = [s for s in drawing.figure["layout"]["shapes"] if s["type"] == "line"]
    assert len(bars) == 1
    assert texts(drawing).count("已关掉") == 1
    assert texts(drawing).count("所依靠的已经没有") == 3
    assert "损失之后" not in texts(drawing)
    assert texts(drawing).count("没有起作用") == 1
    assert "关掉“发帖引流”（陶某）" in drawing.sentence


@pytest.mark.parametrize(("lang", "doing"), [("zh", "实施诈骗"), ("en", "committing the fraud")])
def test_a_derived_act_of_the_fraudster_is_what_he_did(lang, doing):
    """The file of Zhang's case states no acts: what was done, not the role, stands as the act."""
    drawing = chain(load_case("2024-lu-0302-5690"), lang=lang)
    assert drawing.rows[0][1].text == doing


def test_alternatives_meet_in_an_or(case):
    """The two cards before the loss, and the two ways to the cash."""
    joints = next(t for t in chain(case).figure["data"] if t.get("mode") == "markers+text")
    assert joints["text"] == ["或", "或"]


def test_the_table_has_the_four_questions_for_everybody(case):
    """But-for fails for both cards, NESS and furthering do not; Shi and Luo lead nowhere."""
    rows = {row[0].text: [cell.text for cell in row[2:]] for row in chain(case).rows}
    card = ["否", "是", "是", "待法官权衡"]
    assert rows["高某"] == card
    assert rows["杜某"] == card
    assert rows["陶某"] == ["是", "是", "是", "待法官权衡"]
    assert rows["石某"] == rows["罗某"] == ["否", "否", "否", "不适用"]


def test_the_party_asked_about_has_a_thick_frame(case):
    """Du's box and no other."""
    shapes = chain(case, party="du").figure["layout"]["shapes"]
    assert [s["line"]["width"] for s in shapes if s["type"] == "rect"].count(4) == 1


def test_kept_scene_states_what_became_of_the_loss(case):
    """A kept with both cards off."""
    drawing = chain(case, kept=frozenset({"lend-1", "lend-2"}))
    assert "对照A：损失不会发生" in texts(drawing)


@pytest.mark.parametrize("name", shipped_cases())
def test_no_two_boxes_touch_and_no_line_runs_through_one(name):
    """Straight pieces of lines stay outside boxes but for the two that they join."""
    acts = causation.graph(load_case(name))
    at = place(acts)
    frames = {id: (b.x - HALF, b.x + HALF, b.top, b.top + BOX_PX) for id, b in at.boxes.items()}
    corners = [(box.column, box.row) for box in at.boxes.values()]
    assert len(set(corners)) == len(corners)
    assert at.loss.row not in {row for _, row in corners}
    for line in at.lines:
        for (x0, y0), (x1, y1) in zip(line.points, line.points[1:], strict=False):
            assert x0 == x1 or y0 == y1
            for left, right, top, bottom in frames.values():
                inside_x = max(x0, x1) > left + 1e-9 and min(x0, x1) < right - 1e-9
                inside_y = max(y0, y1) > top + 1e-9 and min(y0, y1) < bottom - 1e-9
                assert not (inside_x and inside_y)


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
    drawings = [chain(case, lang=lang), draw_indices(case, causation.indices(case), lang)]
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
