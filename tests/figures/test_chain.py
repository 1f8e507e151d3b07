"""Lesson 06's figures: the streams, six rules, who owes, the pool; numbers by hand.

hypo-layers by hand (cases/hypo-layers/sources.md): of Li's 25 000 Xu's card received 15 000 first
in first out, 10 000 last in first out, 11 875 pro rata (7 500 + 4 375), 8 750 by time stamp; of
the 26 000 frozen 14 000, 0, 3 706.14, 2 280.70 are hers.
"""

import plotly.graph_objects as go
import pytest

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.chain import METHODS, trace_case
from simlib.lessons.chain.accounts import Names, depths, end_kind
from simlib.lessons.chain.tables import (
    draw_ledgers,
    draw_liable,
    draw_money,
    draw_pool,
    draw_rules,
    draw_steps,
    nothing,
)
from simlib.restitution import RULES, decide_all, give_back


@pytest.fixture
def case():
    """Three victims, three layers."""
    return load_case("hypo-layers")


def cells(drawing, row):
    """What a row says, found by its first cell."""
    return next([c.text for c in r[1:]] for r in drawing.rows if r[0].text == row)


def test_layers_go_down_from_the_victims(case):
    """Victims 0, He 1, Xu and Ma 2, Fang 3; what left the accounts below them all."""
    at = depths(case)
    assert [at[n] for n in ("li", "he-1", "xu-2", "ma-2", "fang-3")] == [0, 1, 2, 2, 3]
    assert {at[n] for n in ("wallet", "cash", "tang", "yuan")} == {4}
    paid = tuple(t for t in case.transfers if t.id != "t19")  # nothing reaches the shop any more
    assert depths(case.model_copy(update={"transfers": paid}))["shop-1"] == 1  # above Xu's card


def test_streams_conserve_every_victims_money(case):
    """What comes into a card leaves it or stays; all streams of hers start at her 25 000."""
    for method in METHODS:
        tracing = trace_case(case, method)
        drawing = draw_money(case, tracing, "li")
        link = go.Figure(drawing.figure).data[0].link
        assert min(link.value) > 0
        if method == "poison":
            assert "重复计算" in drawing.sentence
            continue
        labels, balance = drawing.figure["data"][0]["node"]["label"], {}
        for source, target, fen in zip(link.source, link.target, link.value, strict=True):
            balance[source] = balance.get(source, 0) - fen
            balance[target] = balance.get(target, 0) + fen
        middle = [
            n for n, label in enumerate(labels) if label in ("何某的卡", "许某的卡", "方某的卡")
        ]
        assert [balance[n] for n in middle] == pytest.approx([0, 0, 0], abs=0.01)


def test_ends_are_told_apart(case):
    """Frozen, cash, crypto, handed to others, left, returned, with the fraudsters."""
    kinds = [end_kind(case, n) for n in ("xu-2", "cash", "wallet", "tang", "he-1", "li", "fee")]
    assert kinds == ["frozen", "cash", "wallet", "handed", "there", "returned", "fee"]
    assert end_kind(load_case("hypo-chain"), "principal") == "taken"
    sentence = draw_money(case, trace_case(case, "fifo"), "li").sentence
    assert (
        sentence
        == "按「先进先出」：李某付出的25000元，最后在：冻结在案14000元、换成虚拟货币11000元。"
    )


def test_six_rules_by_hand(case):
    """The table of the case's sources, to the fen; each column says what kind of rule it is."""
    traced = {m: trace_case(case, m) for m in METHODS}
    drawing = draw_rules(case, traced, "li")
    assert cells(drawing, "流入许某的卡")[:5] == [
        "8750元",
        "11875元",
        "15000元",
        "10000元",
        "11500元",
    ]
    assert cells(drawing, "冻结在案，追到的：许某的卡")[:4] == [
        "2280.70元",
        "3706.14元",
        "14000元",
        "0元",
    ]
    assert set(cells(drawing, "流入何某的卡")[:5]) == {"25000元"}
    assert [c.split("（")[1] for c in drawing.columns[1:]] == [
        "规范性文件）", "规范性文件的推广，教学假设）", *["外国规则）"] * 3, "分析办法）",
    ]  # fmt: skip
    assert "从0元（后进先出）到14000元（先进先出）" in drawing.sentence
    data = go.Figure(drawing.figure).data
    assert len({t.marker.symbol for t in data}) == 6
    poison = next(t for t in data if t.name == "沾染")
    assert max(poison.x) == 25_000  # at the edge, with its amount in words
    assert poison.text[1].startswith("72000元")


def test_tracing_moves_what_came_and_not_what_the_first_card_owes(case):
    """He 25 000 whatever the rule; his gain 1 000 · 25 000 / 110 000 = 227.27."""
    seen = {}
    for method in ("timestamp", "fifo"):
        law = decide(case, "auto", {"tracing": method})
        gain = decide(case, "benefit_cap", {"tracing": method})
        drawing = draw_liable(case, trace_case(case, method), law, gain)
        go.Figure(drawing.figure)
        seen[method] = drawing
        assert cells(drawing, "何某") == [
            "第1层",
            "25000元",
            "连带责任",
            "25000元",
            "—",
            "227.27元",
        ]
    assert cells(seen["timestamp"], "马某")[1] == "16688.60元"
    assert cells(seen["fifo"], "马某")[1] == "10000元"
    assert cells(seen["fifo"], "马某")[2] == "就丧失的追回机会负责"  # 1165(1), no share of the loss
    assert cells(seen["fifo"], "唐某")[0] == "—"  # paid himself: no card of his is a layer


def test_the_pool_by_hand(case):
    """By loss: what is victims' (26 000 − 5 701.76) in proportion to 25 000, 70 000, 8 100."""
    returns = {rule: give_back(case, rule) for rule in RULES}
    drawing = draw_pool(case, returns)
    go.Figure(drawing.figure)
    exact = (2_600_000 - 570_176) * 2_500_000 / 10_310_000
    assert returns["by_loss"].returned["li"] == pytest.approx(exact, abs=1)
    assert cells(drawing, "李某") == [
        "25000元", "4879.38元（未受偿的20%）", "3706.14元（未受偿的15%）",
        "4921.98元（未受偿的20%）",
    ]  # fmt: skip
    together = decide_all(case, "auto", returns=returns["by_loss"])
    ledgers = draw_ledgers(case, together, "by_loss")
    assert cells(ledgers, "李某")[:3] == ["25000元", "4921.98元", "2500元"]


def test_a_case_without_transfers_says_what_would_be_needed():
    """One sentence, no row, no number."""
    drawing = nothing("zh")
    assert drawing.rows == ()
    assert "付款账户、收款账户、金额和时间" in drawing.sentence
    assert draw_money(load_case("fix-1"), trace_case(load_case("fix-1")), "victim") == drawing


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_draws(name, lang):
    """plotly's schema takes each figure, each table has its columns, in both languages."""
    case = load_case(name)
    if not case.transfers:
        return
    traced = {m: trace_case(case, m) for m in METHODS}
    who = case.claimant
    law, gain = decide(case, "auto"), decide(case, "benefit_cap")
    drawings = [
        draw_money(case, traced["timestamp"], who, lang),
        draw_rules(case, traced, who, lang),
        draw_liable(case, traced["fifo"], law, gain, lang),
        draw_pool(case, {rule: give_back(case, rule) for rule in RULES}, lang),
        draw_steps(case, traced["pro_rata"], lang),
    ]
    for drawing in drawings:
        go.Figure(drawing.figure)
        assert drawing.sentence
        assert {len(row) for row in drawing.rows} <= {len(drawing.columns)}
    assert Names(case, lang).money(None)
