"""Several victims where judgments rank with orders of restitution (`with_restitution`)."""

from __future__ import annotations

import pytest
from test_restitution import crowd

from simlib import decide
from simlib.interval import Interval, high_end, low_end
from simlib.restitution import decide_all

EQUAL = {"after_restitution": "with_restitution"}


def order(victim: str, fen: int) -> dict:
    """An order against C."""
    return {"party": "C", "victim": victim, "ordered_fen": fen}


def alike(one, other) -> None:
    """Hold two ways of deciding together against each other: every account, every purse."""
    assert one.ledgers == other.ledgers
    assert one.collection == other.collection


def broke(**more):
    """V lost 25 000, W 15 000; A and P have nothing, C 20 000."""
    people = (
        ("P", "principal", None, 0.60, 0),
        ("A", "helper", "payment", 0.25, 0),
        ("C", "helper", "promotion", 0.15, 2_000_000),
    )
    return crowd({"V": 2_500_000, "W": 1_500_000}, people, **more)


def test_an_order_and_a_judgment_share_by_their_amounts():
    """W's order of 15 000, V's judgment of 25 000, C's 20 000: 7 500 and 12 500.

    By the words of the article W's order is served first, and V gets 5 000.
    """
    case = broke(reparations=[order("W", 1_500_000)])
    first, equal = decide_all(case, "joint"), decide_all(case, "joint", EQUAL)
    assert first.collection["C"].restitution == {"W": 1_500_000}
    assert first.collection["C"].civil == {"V": 500_000}
    assert equal.collection["C"].restitution == {"W": 750_000}
    assert equal.collection["C"].civil == {"V": 1_250_000}
    for found in (first, equal):
        assert "rule.after_restitution" in {e["key"] for e in found.assumptions}
    assert equal.ledgers["W"].ordered_open_fen == {"C": 750_000}


def test_two_titles_for_one_loss_count_once():
    """V has an order of 10 000 and a judgment of 25 000: 25 000 against W's 15 000, not 35 000.

    C's 20 000: V 12 500, of it 10 000 · 20 ÷ 40 = 5 000 on the order, and W 7 500.
    """
    found = decide_all(broke(reparations=[order("V", 1_000_000)]), "joint", EQUAL)
    assert found.ledgers["V"].restituted == {"C": 500_000}
    assert found.ledgers["V"].paid == {"C": 750_000}
    assert found.ledgers["W"].paid == {"C": 750_000}


def test_an_order_above_the_judgment_counts_with_its_own_amount():
    """Several: C owes V 3 750 and W 2 250; W's order is 15 000. C's 7 500: 1 500 and 6 000.

    15 000 + 3 750 are asked of 7 500: two fifths each. W's judgment adds nothing to the order.
    """
    case = broke(reparations=[order("W", 1_500_000)]).set({"C.assets_fen": 750_000})
    found = decide_all(case, "several", EQUAL)
    assert found.ledgers["W"].restituted == {"C": 600_000}
    assert found.ledgers["W"].paid == {}
    assert found.ledgers["V"].paid == {"C": 150_000}


def test_where_there_is_enough_the_rank_decides_nothing():
    """C has 41 000: order, judgments and a fine of 1 000 are all paid, in either rank."""
    crimes = [{"party": "C", "fine_fen": 100_000}]
    case = broke(reparations=[order("W", 1_500_000)], criminal=crimes)
    case = case.set({"C.assets_fen": 4_100_000})
    first, equal = decide_all(case, "joint"), decide_all(case, "joint", EQUAL)
    alike(first, equal)
    assert "rule.after_restitution" not in {e["key"] for e in equal.assumptions}


def test_what_the_judgments_leave_goes_to_the_orders():
    """A can pay too: V takes 9 375 of C, W 1 875 of 5 000; others' order of 15 000 gets the rest.

    Asked of C's 20 000: 15 000, 25 000 and 5 000. The judgments' part is 13 333.33, of which they
    draw 11 250 (.25:.15 beside A); others get 6 666.67 first and the 2 083.33 that are left.
    """
    people = (
        ("P", "principal", None, 0.60, 0),
        ("A", "helper", "payment", 0.25, None),
        ("C", "helper", "promotion", 0.15, 2_000_000),
    )
    crimes = [{"party": "C", "restitution_others_fen": 1_500_000}]
    case = crowd({"V": 2_500_000, "W": 500_000}, people, criminal=crimes)
    own = decide_all(case, "joint", EQUAL).collection["C"]
    assert own.civil == {"V": 937_500, "W": 187_500}
    assert (own.others_fen, own.left_fen) == (875_000, 0)


def test_alone_she_shares_with_the_order_only():
    """V alone: 25 000 beside W's order of 15 000, 12 500; W alone: his order and nothing else."""
    found = decide_all(broke(reparations=[order("W", 1_500_000)]), "joint", EQUAL)
    assert found.alone_ledgers["V"].received_fen == 1_250_000
    assert found.alone_ledgers["W"].received_fen == 1_500_000


@pytest.mark.parametrize("mode", ["joint", "several", "partial_joint", "supplementary"])
def test_one_victim_beside_others_orders_is_decide(mode):
    """With one victim and orders only for those outside, deciding together is `decide`."""
    crimes = [{"party": "C", "restitution_others_fen": 1_500_000}]
    case = crowd({"V": 2_500_000}, criminal=crimes)
    together, single = decide_all(case, mode, EQUAL), decide(case, mode, EQUAL)
    assert together.outcomes["V"].to_json() == single.to_json()
    own = together.collection["C"]
    assert own.others_fen == min(1_500_000, 2_000_000 - single.parties["C"].paid_fen)


def test_an_open_judgment_is_set_aside_for_by_the_most_it_may_be():
    """C's limit is unknown: V may ask 0 to 25 000 of C, W's order is 15 000, C has 20 000.

    7 500 go to the order at least; if V asks nothing, all 15 000. V gets 0 to 12 500.
    """
    case = broke(reparations=[order("W", 1_500_000)]).set({"C.limit": None})
    found = decide_all(case, "partial_joint", EQUAL)
    own = found.ledgers["W"].restituted["C"]
    assert (low_end(own), high_end(own)) == (750_000, 1_500_000)
    paid = found.ledgers["V"].paid["C"]
    assert isinstance(paid, Interval)
    assert (low_end(paid), high_end(paid)) == (0, 1_250_000)
    assert "together.reserved" in {e["key"] for e in found.assumptions}
