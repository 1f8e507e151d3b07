"""Money: whole fen, decimals as written, a split that adds up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.money import split, times, weight


def test_three_equal_parts_give_the_odd_fen_to_the_first():
    """25 000.00 in three: 8 333.33 each leaves one fen, ties go by order."""
    assert split(2_500_000, [1, 1, 1]) == [833_334, 833_333, 833_333]


def test_split_by_product_weights_adds_no_fen():
    """c·f = .6, .2, .075 (sum .875): 17 142.857…, 5 714.285…, 2 142.857… → 42.86, 14.28, 42.86.

    Rounded one by one they would be 25 000.01 together; the least remainder gives way.
    """
    assert split(2_500_000, [0.6, 0.2, 0.075]) == [1_714_286, 571_428, 214_286]


def test_weights_of_nothing_count_as_equal():
    """Nobody's share can be told: equally."""
    assert split(100, [0, 0]) == [50, 50]


def test_a_limit_is_read_as_the_decimal_written():
    """0.285 of 100 fen is 28.5, half up 29; the nearest binary number would give 28."""
    assert times(100, 0.285) == 29


def test_a_weight_is_in_billionths_halves_up():
    """1.5 billionths is 2."""
    assert weight(1.5e-9) == 2


@pytest.mark.parametrize(("amount", "weights"), [(-1, [1]), (1, []), (1, [1, -1])])
def test_a_negative_or_empty_split_is_refused(amount, weights):
    """There is no negative money and nobody to give it to."""
    with pytest.raises(ValueError, match="not negative"):
        split(amount, weights)


@given(st.integers(0, 10**12), st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_parts_add_up_and_stay_within_a_fen_of_the_share(total, weights):
    """Every split sums to its amount, each part within one fen of the exact share."""
    parts = split(total, weights)
    units = [weight(w) for w in weights]
    assert sum(parts) == total
    if sum(units):
        assert all(
            abs(p * sum(units) - total * u) < sum(units) for p, u in zip(parts, units, strict=True)
        )
