"""Whole numbers on arrays against `simlib.money`, one by one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from simlib import money
from simlib.liability import shares
from simlib.liability.batch import arithmetic
from simlib.liability.batch.arithmetic import ARRAYS
from simlib.liability.numbers import WHOLE
from simlib.money import WEIGHT_UNITS, exact, half_up

LARGE = 10**15
SEEDS = range(4)


def amounts(rng: np.random.Generator, count: int) -> np.ndarray:
    """Amounts of every size up to ten trillion yuan, 0 and the largest among them."""
    sizes = rng.choice([3, 100, 10**4, 2_500_000, 10**9, LARGE], count)
    return np.concatenate([(rng.random(count) * (sizes + 1)).astype(np.int64), [0, 1, LARGE]])


def fractions(rng: np.random.Generator, count: int, decimals: bool) -> np.ndarray:
    """Fractions as written with up to nine decimals, or as any float between 0 and 1."""
    if decimals:
        places = 10.0 ** rng.integers(0, 10, count)
        found = np.floor(rng.random(count) * (places + 1)) / places
        return np.concatenate([found, [0, 1, 0.5]])
    ties = [0.5, 1 / 3, 0.1 + 0.2, 5e-10, 1.25e-8 + 5e-10, 1 - 2.0**-53, 5e-324]
    return np.concatenate([rng.random(count), np.linspace(0, 1, 15)[1:-1], ties])[: count + 3]


def same(found: np.ndarray, expected: list) -> None:
    """Hold an array against a list, number for number."""
    assert found.dtype == np.int64
    assert found.tolist() == expected


@pytest.mark.parametrize("decimals", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_fractions_of_amounts(seed, decimals):
    """`times`, `less`, `weight` and `product`: as from exact fractions, halves included."""
    rng = np.random.default_rng(seed)
    fen, one, other = amounts(rng, 400), *(fractions(rng, 400, decimals) for _ in range(2))
    pairs = list(zip(fen.tolist(), one.tolist(), strict=True))
    same(ARRAYS.times(fen, one), [money.times(a, f) for a, f in pairs])
    same(ARRAYS.less(fen, one), [half_up(a * (1 - exact(f))) for a, f in pairs])
    same(ARRAYS.weight(one), [money.weight(f) for f in one.tolist()])
    same(ARRAYS.product(one, other), [
        money.weight(exact(a) * exact(b)) for a, b in zip(one.tolist(), other.tolist(), strict=True)
    ])  # fmt: skip


def test_halves_of_a_fen_go_upwards():
    """By hand: 3 × .5 = 1.5 → 2; 10 × .35 = 3.5 → 4; 1 × (1 − .5) → 1; .1 + .2 is not .3."""
    assert ARRAYS.times(np.array([3, 10]), np.array([0.5, 0.35])).tolist() == [2, 4]
    assert ARRAYS.less(np.array([1]), np.array([0.5])).tolist() == [1]
    large = np.array([5 * 10**14])
    assert ARRAYS.times(large, np.array([0.1 + 0.2])).tolist() == [150_000_000_000_000 + 0]
    assert ARRAYS.product(np.array([0.00005]), np.array([0.00001])).tolist() == [1]


@pytest.mark.parametrize("seed", SEEDS)
def test_products_beyond_an_int64_divide_exactly(seed):
    """amount·units/whole with products up to 2⁸⁰ and quotients at whole numbers."""
    rng = np.random.default_rng(seed)
    amount = np.concatenate([amounts(rng, 500), LARGE - np.arange(300)])
    units = rng.integers(0, WEIGHT_UNITS + 1, amount.size)
    whole = np.maximum(units, rng.choice([1, 3, 7, WEIGHT_UNITS, 64 * WEIGHT_UNITS], amount.size))
    quotient, rest = arithmetic.divided(amount, units, whole)
    expected = [divmod(a * u, w) for a, u, w in
                zip(amount.tolist(), units.tolist(), whole.tolist(), strict=True)]  # fmt: skip
    same(quotient, [q for q, _ in expected])
    same(rest, [r for _, r in expected])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("count", [1, 2, 3, 6, 64])
def test_splits_add_up_and_ties_go_in_order(seed, count):
    """Largest remainder among up to 64: the scalar split, equal and vanishing units included."""
    rng = np.random.default_rng(seed)
    total = amounts(rng, 150)
    units = [rng.choice([0, 1, 5, 250_000_000, WEIGHT_UNITS], total.size) for _ in range(count)]
    units[0] = np.where(rng.random(total.size) < 0.5, rng.integers(0, 10**9, total.size), units[0])
    found = np.array(arithmetic.split_units(total, units)).T
    for row, amount, weights in zip(found, total.tolist(), np.array(units).T.tolist(), strict=True):
        assert row.tolist() == money.split_units(amount, weights)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("count", [1, 2, 4, 7])
def test_debtors_pay_together_as_one_by_one(seed, count):
    """Caps met exactly, empty purses, shares of 0, more asked than all have, losses of any size."""
    rng = np.random.default_rng(seed)
    total = amounts(rng, 600)
    caps, units = [], []
    for _ in range(count):
        part = total * rng.choice([0, 1, 2, 5, 10, 20], total.size) // 10
        caps.append(np.where(rng.random(total.size) < 0.6, part, amounts(rng, 600)))
        units.append(rng.choice([0, 1, 100_000_000, 200_000_000, 999_999_999], total.size))
    if seed % 2:
        caps[0], units[-1] = np.array([total[0]]), np.array([WEIGHT_UNITS])  # the same in all
    found = np.array(np.broadcast_arrays(*ARRAYS.pay_together(total, caps, units), total)[:-1]).T
    columns = zip(
        np.array(np.broadcast_arrays(*caps, total)[:-1]).T.tolist(),
        np.array(np.broadcast_arrays(*units, total)[:-1]).T.tolist(),
        strict=True,
    )
    for row, amount, (most, weights) in zip(found, total.tolist(), columns, strict=True):
        assert row.tolist() == money.pay_together(amount, most, weights)


def test_caps_met_within_float_error_are_settled_in_whole_numbers():
    """Twenty debtors of 10¹⁵ fen, caps next to their parts: floats alone get one column wrong."""
    rng = np.random.default_rng(0)
    total = LARGE - rng.integers(0, 1000, 300)
    units = [rng.integers(1, 10**9, 300) for _ in range(20)]
    parts = [[t * u // w for t, u, w in zip(total.tolist(), own.tolist(), sum(units).tolist(),
                                            strict=True)] for own in units]  # fmt: skip
    caps = [np.maximum(0, np.array(part) + rng.integers(-2, 4, 300)) for part in parts]
    found = np.array(np.broadcast_arrays(*ARRAYS.pay_together(total, caps, units))).T
    rows = zip(total.tolist(), np.array(caps).T.tolist(), np.array(units).T.tolist(), strict=True)
    for row, (amount, most, weights) in zip(found.tolist(), rows, strict=True):
        assert row == money.pay_together(amount, most, weights)


@pytest.mark.parametrize("rule", ["mean", "geometric"])
def test_weights_next_to_a_half_round_as_exact_fractions_do(rule):
    """Shares of k + ½ billionths: a float falls on either side of the half, a fraction on one."""
    first = [0.5111364795, 0.4810613955, 0.0082843105, 0.8506242255, 0.2697867145]
    other = [round(1 - share, 10) for share in first]
    facts = [np.array(first), np.array(other)]
    found = np.array(shares.units(rule, facts, facts, ARRAYS)).T.tolist()
    pairs = zip(first, other, strict=True)
    assert found == [shares.units(rule, pair, pair, WHOLE) for pair in map(list, pairs)]


@pytest.mark.parametrize("rule", ["mean", "geometric"])
def test_normalised_shares_are_the_scalar_ones(rule):
    """Sums of long fractions: every weight as from exact fractions, near ties included."""
    rng = np.random.default_rng(5)
    causes, faults = ([rng.random(3000) for _ in range(3)] for _ in range(2))
    found = np.array(shares.units(rule, causes, faults, ARRAYS)).T.tolist()
    for k, row in enumerate(found):
        point = [[float(a[k]) for a in each] for each in (causes, faults)]
        assert row == shares.units(rule, *point, WHOLE)


def test_what_is_left_of_a_share():
    """u/whole·(1 − v) in billionths, for short and long v."""
    rng = np.random.default_rng(1)
    units, whole = rng.integers(0, 10**9, 500), rng.integers(10**9, 6 * 10**9, 500)
    for own in (np.array([0.2]), np.array([1 / 3]), rng.random(500)):
        expected = [
            money.weight(Fraction(u, w) * (1 - exact(v)))
            for u, w, v in zip(units.tolist(), whole.tolist(), np.broadcast_to(own, 500).tolist(),
                               strict=True)
        ]  # fmt: skip
        same(ARRAYS.weight_less(units, whole, own), expected)
