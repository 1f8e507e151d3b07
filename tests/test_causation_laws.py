"""Causation as a game, for all games: each fast path against its definition, term by term.

The definitions are written from the formulas, in fractions, over all sets.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib.causation import (
    AllOf,
    AnyOf,
    acts_shapley,
    banzhaf,
    chain_shapley,
    minimal_sets,
    ness,
    responsibility,
    shapley,
    tree_banzhaf,
    tree_minimal_sets,
    tree_ness,
    tree_responsibility,
    tree_shapley,
    weighted_shapley,
)

few = settings(max_examples=40, deadline=None)


def subsets(mask: int):
    """All submasks of a mask, the mask first."""
    sub = mask
    while True:
        yield sub
        if not sub:
            return
        sub = (sub - 1) & mask


def naive_shapley(n: int, table: list) -> list[Fraction]:
    """Σ |S|!(n−|S|−1)!/n! [v(S ∪ i) − v(S)], term by term."""
    value = [Fraction(number) for number in table]
    return [
        sum(
            Fraction(factorial(s.bit_count()) * factorial(n - s.bit_count() - 1), factorial(n))
            * (value[s | 1 << i] - value[s])
            for s in range(1 << n)
            if not s >> i & 1
        )
        for i in range(n)
    ]


def naive_weighted(n: int, table: list, weights: list) -> list[Fraction]:
    """Each Harsanyi dividend, taken out of the game by definition, in proportion to weights."""
    shares = [Fraction(0)] * n
    for s in range(1, 1 << n):
        dividend = sum((-1) ** (s ^ t).bit_count() * Fraction(table[t]) for t in subsets(s))
        members = [i for i in range(n) if s >> i & 1]
        for i in members:
            shares[i] += dividend * weights[i] / sum(weights[j] for j in members)
    return shares


def naive_swings(n: int, wins, i: int) -> list[int]:
    """The sets of others that win only with i."""
    others = (s for s in range(1 << n) if not s >> i & 1)
    return [s for s in others if wins(s | 1 << i) and not wins(s)]


def naive_minimal(n: int, wins) -> list[int]:
    """The winning sets that lose when any member is taken away."""
    return [
        s
        for s in range(1 << n)
        if wins(s) and not any(wins(s ^ 1 << i) for i in range(n) if s >> i & 1)
    ]


tables = (
    st.integers(1, 6)
    .flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.integers(-1000, 1000), min_size=(1 << n) - 1, max_size=(1 << n) - 1),
        )
    )
    .map(lambda drawn: (drawn[0], [0, *drawn[1]]))
)


@st.composite
def winning_games(draw: st.DrawFn):
    """A game of yes and no, from random sets that suffice (and then all larger ones)."""
    n = draw(st.integers(1, 8))
    enough = draw(st.lists(st.integers(1, (1 << n) - 1), max_size=5))
    return n, lambda who: any(who & s == s for s in enough)


@st.composite
def trees(draw: st.DrawFn):
    """A tree of conditions over some of up to eight players, each once at most."""
    n = draw(st.integers(1, 8))
    named = draw(st.permutations(range(n)))[: draw(st.integers(1, n))]
    nodes: list = list(named)
    while len(nodes) > 1:
        cut = draw(st.integers(2, len(nodes)))
        kind = draw(st.sampled_from([AllOf, AnyOf]))
        nodes = [*nodes[cut:], kind(*nodes[:cut])]
    return n, nodes[0]


@few
@given(tables)
def test_shapley_is_its_definition(game):
    """Table, function and batched function give the naive sum, rounded once."""
    n, table = game
    expected = tuple(float(share) for share in naive_shapley(n, table))
    array = np.array(table)
    assert shapley(n, table) == expected
    assert shapley(n, table.__getitem__) == expected
    assert shapley(n, array.astype(float)) == expected
    assert shapley(n, lambda masks: array[masks], batched=True) == expected


@few
@given(tables, st.data())
def test_shapley_adds_up_and_is_linear(game, data):
    """Σφ = v(N), and φ(v + 2w) = φ(v) + 2φ(w)."""
    n, table = game
    numbers = st.lists(st.integers(-1000, 1000), min_size=len(table) - 1, max_size=len(table) - 1)
    other = [0, *data.draw(numbers)]
    first, second = shapley(n, table), shapley(n, other)
    both = shapley(n, [a + 2 * b for a, b in zip(table, other, strict=True)])
    assert sum(first) == pytest.approx(table[-1], abs=1e-9)
    expected = [a + 2 * b for a, b in zip(first, second, strict=True)]
    assert both == pytest.approx(expected, abs=1e-9)


@few
@given(tables, st.randoms(use_true_random=False))
def test_names_do_not_matter(game, random):
    """Renaming the players renames the shares; who adds nothing gets nothing."""
    n, table = game
    new = list(range(n))
    random.shuffle(new)
    renamed = [0] * (2 << n)
    for mask, number in enumerate(table):
        moved = sum(1 << new[i] for i in range(n) if mask >> i & 1)
        renamed[moved] = renamed[moved | 1 << n] = number
    shares = shapley(n + 1, renamed)
    assert [shares[new[i]] for i in range(n)] == list(shapley(n, table))
    assert shares[n] == 0


@few
@given(tables, st.data())
def test_weighted_shapley_shares_dividends_by_weight(game, data):
    """The orders drawn from the last place give the definition by dividends; equal weights, φ."""
    n, table = game
    weights = data.draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))
    expected = [float(share) for share in naive_weighted(n, table, weights)]
    assert weighted_shapley(n, table, weights) == pytest.approx(expected, abs=1e-9)
    assert weighted_shapley(n, table, [3] * n) == pytest.approx(shapley(n, table), abs=1e-9)


@few
@given(st.data())
def test_where_acts_only_strengthen_each_other_a_judgment_is_acceptable(data):
    """With dividends ≥ 0 no group bears less than its own harm, whatever the weights."""
    n = data.draw(st.integers(1, 5))
    dividends = [0, *data.draw(st.lists(st.integers(0, 9), min_size=2**n - 1, max_size=2**n - 1))]
    weights = data.draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))
    table = [sum(dividends[t] for t in subsets(s)) for s in range(1 << n)]
    for shares in (shapley(n, table), weighted_shapley(n, table, weights)):
        for group in range(1 << n):
            borne = sum(x for i, x in enumerate(shares) if group >> i & 1)
            assert borne >= table[group] - 1e-9


@few
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 9)), max_size=6))
def test_a_chain_is_its_game(links):
    """The closed form gives the weighted Shapley value of the game it stands for."""
    losses, weights = [d for d, _ in links], [w for _, w in links]
    shares = chain_shapley(losses, weights)
    table = [
        sum(d for k, d in enumerate(losses) if mask & (2 << k) - 1 == (2 << k) - 1)
        for mask in range(1 << len(losses))
    ]
    expected = [float(share) for share in naive_weighted(len(losses), table, weights)]
    assert shares == pytest.approx(expected, rel=1e-12)


@few
@given(winning_games())
def test_degrees_are_their_definitions(game):
    """Swings, smallest sets and least removals counted by the letter."""
    n, wins = game
    swings = [naive_swings(n, wins, i) for i in range(n)]
    whole = sum(map(len, swings))
    assert banzhaf(n, wins) == tuple(len(own) / whole if whole else 0 for own in swings)
    assert ness(n, wins) == tuple(bool(own) for own in swings)
    sizes = [max((s.bit_count() for s in own), default=None) for own in swings]
    assert responsibility(n, wins) == tuple(0 if k is None else 1 / (n - k) for k in sizes)
    smallest = naive_minimal(n, wins)
    having = [[s.bit_count() for s in smallest if s >> i & 1] for i in range(n)]
    whole = sum(map(len, having))
    assert minimal_sets(n, wins) == tuple(len(own) / whole if whole else 0 for own in having)
    parts = [sum(Fraction(1, size) for size in own) for own in having]
    expected = tuple(float(own / len(smallest)) if smallest else 0 for own in parts)
    assert minimal_sets(n, wins, kind="deegan_packel") == expected


@few
@given(trees())
def test_a_tree_gives_what_its_table_gives(drawn):
    """Polynomials against the sets listed one by one, idle players too."""
    n, tree = drawn
    table = [bool(mask >> tree & 1) if isinstance(tree, int) else tree.wins(mask)
             for mask in range(1 << n)]  # fmt: skip
    assert tree_shapley(tree, n) == tuple(naive_shapley(n, table))
    assert tuple(map(float, tree_shapley(tree, n))) == shapley(n, table)
    assert tuple(map(float, tree_banzhaf(tree, n))) == banzhaf(n, table)
    assert tuple(map(float, tree_responsibility(tree, n))) == responsibility(n, table)
    assert tree_ness(tree, n) == ness(n, table)
    for kind in ("public_good", "deegan_packel"):
        exact = tuple(map(float, tree_minimal_sets(tree, n, kind=kind)))
        assert exact == minimal_sets(n, table, kind=kind)


@few
@given(st.integers(0, 3), st.lists(st.integers(1, 3), max_size=3))
def test_acts_are_a_tree(principals, kinds):
    """The integral over the chance of absence gives the tree's Shapley value."""
    sizes = [size for size in (principals, *kinds) if size]
    names = iter(range(sum(sizes)))
    groups = [[next(names) for _ in range(size)] for size in sizes]
    share, shares = acts_shapley(principals, kinds)
    assert principals * share + sum(k * s for k, s in zip(kinds, shares, strict=True)) == bool(
        sizes
    )
    if groups:
        found = tree_shapley(AllOf(*(AnyOf(*group) for group in groups)))
        mine = [share] * bool(principals) + list(shares)
        assert [found[group[0]] for group in groups] == mine


def test_blocks_fold_like_one_table():
    """15 players are four blocks. Against all orders' sums by numpy, a bit at a time, exactly."""
    n = 15
    table = np.random.default_rng(3).integers(0, 1000, 1 << n)
    table[0] = 0
    masks = np.arange(1 << n)
    sizes = np.bitwise_count(masks)
    expected = []
    for i in range(n):
        without = masks[masks >> i & 1 == 0]
        gains = table[without | 1 << i] - table[without]
        sums = [int(gains[sizes[without] == t].sum()) for t in range(n)]
        orders = [factorial(t) * factorial(n - 1 - t) for t in range(n)]
        total = sum(gain * k for gain, k in zip(sums, orders, strict=True))
        expected.append(total / factorial(n))
    assert shapley(n, table) == tuple(expected)
    assert shapley(n, lambda some: table[some], batched=True) == tuple(expected)
    assert shapley(n, table / 7) == pytest.approx(np.array(expected) / 7, rel=1e-12)
