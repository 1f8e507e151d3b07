"""The case of lesson 06, by hand: what each tracing rule makes of Li's 25 000.

The table is that of the case's `sources.md`, worked out with pencil and exact fractions before any
tracer was there. The first card, pro rata, in thousands: wages 10 + Chen 40 + Li 10 = 60, of which
45 leave (3/4: Li 7.5); 15 stay (Li 2.5); Li pays 15: 30 (Li 17.5), of which 15 leave (1/2: Li
8.75); 15 stay (Li 8.75); Chen 30 and Wu 9 come: 54, of which 27 leave twice (Li 4.375 each).
Xu's card: 7 500 + 4 375 = 11 875.
"""

from __future__ import annotations

import pytest

from simlib import load_case
from simlib.chain import trace_case

# yuan, of Li's: into Xu's, Ma's and Fang's cards; left in Xu's, which is frozen. Exact fractions,
# written to the fen: the engine moves whole fen, and may be a fen off after each of three hops.
BY_HAND = {
    "fifo": (15_000, 10_000, 1_000, 14_000),
    "lifo": (10_000, 15_000, 20_000, 0),
    "lowest_balance": (11_500, 14_421.05, 10_773.50, 4_789.47),
    "pro_rata": (11_875, 13_837.72, 11_470.67, 3_706.14),
    "timestamp": (8_750, 16_688.60, 16_462.72, 2_280.70),
}


@pytest.fixture(scope="module")
def case() -> object:
    """The case."""
    return load_case("hypo-layers")


@pytest.mark.parametrize("method", BY_HAND)
def test_each_rule_finds_li_s_money_where_the_table_has_it(case: object, method: str) -> None:
    """All numbers of the table, and no money the file does not list."""
    tracing = trace_case(case, method)
    came = [tracing.came(card, "li") for card in ("xu-2", "ma-2", "fang-3")]
    found = [*came, tracing.balance("xu-2").get("li", 0)]
    assert found == pytest.approx([yuan * 100 for yuan in BY_HAND[method]], abs=3)
    if method in ("fifo", "lifo"):
        assert found == [yuan * 100 for yuan in BY_HAND[method]]
    assert tracing.unlisted == {}


def test_all_of_it_is_in_the_file(case: object) -> None:
    """25 + 70 + 9 thousand lost; each helper's pay 0.4 to 11 % of it; 26 frozen, too little."""
    lost = [2_500_000, *(p.loss_fen for p in case.parties if p.loss_fen)]
    assert lost == [2_500_000, 7_000_000, 900_000]
    victims = {p.id for p in case.parties if p.role == "victim"}
    paid = sum(t.amount_fen for t in case.transfers if t.payer in victims)
    assert paid == sum(lost) == 10_400_000
    gains = [p.gain_direct_fen for p in case.parties if p.role == "helper" and p.grade != "none"]
    assert all(0.004 <= gain / paid <= 0.11 for gain in gains)
    frozen = next(a for a in case.accounts if a.frozen_fen)
    assert (frozen.id, frozen.frozen_fen) == ("xu-2", 2_600_000)
    assert 2_600_000 * 2_500_000 // paid == 625_000  # a quarter of each loss


def test_one_second_changes_fifo_and_not_pro_rata(case: object) -> None:
    """Wu first by a second.

    First in, first out, the first card before its two payments of 27: Li 15 000 (10 of his 25 went
    to Ma), then Chen 30 and Wu 9. As listed Xu gets Li 15 + Chen 12, Ma Chen 18 + Wu 9; with Wu
    first Xu gets Li 15 + Wu 9 + Chen 3, Ma Chen 27. Pro rata it is the same pot.
    """
    earlier = case.at("one-second")
    fifo = [trace_case(one, "fifo").of("t12") for one in (case, earlier)]
    assert fifo[0] == {"li": 1_500_000, "chen": 1_200_000}
    assert fifo[1] == {"li": 1_500_000, "wu": 900_000, "chen": 300_000}
    rata = [trace_case(one, "pro_rata").of("t12") for one in (case, earlier)]
    assert rata[0] == rata[1]
