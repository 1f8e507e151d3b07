"""Causation as a game: published and hand-made vectors, laws of the indices, refusals.

Games here are functions of a bit mask. A naive definition in fractions, written from the formulas,
stands beside every fast path.
"""

from __future__ import annotations

import tracemalloc
from fractions import Fraction
from itertools import permutations
from math import factorial, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simlib
from simlib import causation
from simlib.causation import (
    AllOf,
    AnyOf,
    acts_shapley,
    banzhaf,
    chain_shapley,
    market_share,
    minimal_sets,
    ness,
    responsibility,
    rizzo_arnold,
    shapley,
    tree_banzhaf,
    tree_minimal_sets,
    tree_ness,
    tree_responsibility,
    tree_shapley,
    weighted_shapley,
)
from simlib.errors import GameError, SimlibError, UnknownName
from simlib.money import split
from simlib.text import message

few = settings(max_examples=40, deadline=None)


def fraud(who: int) -> bool:
    """P and one of A, B; C (player 3) is idle."""
    return bool(who & 1 and who & 6)


def at_least(quota: int):
    """The harm needs a number of players."""
    return lambda who: who.bit_count() >= quota


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


# --- Vectors -----------------------------------------------------------------------------------


def test_the_fraud_game_has_four_answers():
    """P ∧ (A ∨ B), C idle, by hand.

    P decides unless he comes first or before both A and B: 2/3. Swings: P in {A}, {B}, {A,B}
    (each with and without C), A in {P}, B in {P}: 3 : 1 : 1. Smallest sets {P,A}, {P,B}. Take away
    B and it hangs on A: 1/2.
    """
    assert shapley(4, fraud) == (2 / 3, 1 / 6, 1 / 6, 0)
    assert banzhaf(4, fraud) == (3 / 5, 1 / 5, 1 / 5, 0)
    assert minimal_sets(4, fraud) == (1 / 2, 1 / 4, 1 / 4, 0)
    assert minimal_sets(4, fraud, kind="deegan_packel") == (1 / 2, 1 / 4, 1 / 4, 0)
    assert responsibility(4, fraud) == (1, 1 / 2, 1 / 2, 0)
    assert ness(4, fraud) == (True, True, True, False)


def test_the_two_indices_of_minimal_sets_differ():
    """Smallest sets {0} and {1, 2}. Memberships 1 : 1 : 1; sets of equal worth 1/2, 1/4, 1/4."""

    def wins(who: int) -> bool:
        return bool(who & 1 or who & 6 == 6)

    assert minimal_sets(3, wins) == (1 / 3, 1 / 3, 1 / 3)
    assert minimal_sets(3, wins, kind="deegan_packel") == (1 / 2, 1 / 4, 1 / 4)


def test_votes_of_chockler_and_halpern():
    """Published: 11–0, five must change before one counts, 1/6 each; 6–5, each of the six 1."""
    assert responsibility(11, at_least(6)) == (1 / 6,) * 11
    assert responsibility(6, at_least(6)) == (1.0,) * 6


def test_wrights_polluters_are_all_causes():
    """Seven units, five suffice: none is a but-for cause, each is an element of a sufficient five."""
    assert ness(7, at_least(5)) == (True,) * 7
    assert responsibility(7, at_least(5)) == (1 / 3,) * 7


def test_a_chain_of_losses():
    """9 000 + 10 000/2 + 6 000/3 = 16 000; 5 000 + 2 000; 2 000. The game gives the same."""
    losses = (9000, 10000, 6000)

    def value(who: int) -> int:
        return sum(d for k, d in enumerate(losses) if who & (2 << k) - 1 == (2 << k) - 1)

    assert chain_shapley(losses) == (16000, 7000, 2000)
    assert shapley(3, value) == (16000, 7000, 2000)


def test_a_weighted_chain_of_losses():
    """Weights 2, 1, 1: 9 000 + 10 000·2/3 + 6 000·2/4 = 18 666.67; 3 333.33 + 1 500; 1 500."""
    assert chain_shapley((9000, 10000, 6000), (2, 1, 1)) == pytest.approx(
        (56000 / 3, 14500 / 3, 1500), rel=1e-15
    )


def test_where_everybody_is_necessary_shares_are_equal_or_as_the_weights():
    """v(N) = 25 000, everything less 0: a third each; by fault .6, .25, .15 of it."""
    table = [0] * 7 + [25000]
    assert shapley(3, table) == (25000 / 3,) * 3
    weighted = weighted_shapley(3, table, (0.6, 0.25, 0.15))
    assert weighted == pytest.approx((15000, 6250, 3750), rel=1e-14)


def test_the_probability_game_to_the_fen():
    """v(P) .2, v(PA) .7, v(PC) .4, v(PAC) 1, of 25 000.

    P: .2/3 + .7/6 + .4/6 + 1/3 = 7/12; A: .5/6 + .6/3 = 17/60; C: .2/6 + .3/3 = 2/15. So
    14 583.33⅓, 7 083.33⅓, 3 333.33⅓: three equal fractions, the odd fen goes to the first.
    """
    table = [0, Fraction(1, 5), 0, Fraction(7, 10), 0, Fraction(2, 5), 0, 1]
    shares = shapley(3, table)
    assert shares == (7 / 12, 17 / 60, 2 / 15)
    fen = shapley(3, [2_500_000 * number for number in table])
    assert split(2_500_000, fen) == [1_458_334, 708_333, 333_333]


def test_the_probability_game_is_an_acceptable_judgment():
    """Acts only strengthen each other there, so v(S) ≤ x(S) ≤ v(N) − v(N∖S) for every group S."""
    table = [0, 200, 0, 700, 0, 400, 0, 1000]
    shares = naive_shapley(3, table)
    assert shapley(3, table) == tuple(float(x) for x in shares)
    for group in range(8):
        owed = sum(x for i, x in enumerate(shares) if group >> i & 1)
        assert table[group] <= owed <= table[7] - table[7 ^ group]


def test_no_judgment_is_acceptable_in_every_game():
    """Where two of three suffice the core is empty: two bear 2/3, less than the harm they do."""
    shares = shapley(3, at_least(2))
    assert shares == (1 / 3,) * 3
    assert shares[0] + shares[1] < 1


def test_rizzo_and_arnold():
    """(.2 + (.8 − .5)/2)/.8 = .4375; the two-player Shapley value of the same numbers."""
    assert rizzo_arnold(0.2, 0.3, 0.8) == (0.4375, 0.5625)
    values = shapley(2, [0, Fraction(1, 5), Fraction(3, 10), Fraction(4, 5)])
    assert values == (0.35, 0.45)
    assert tuple(value / 0.8 for value in values) == pytest.approx((0.4375, 0.5625), rel=1e-15)


def test_market_share_under_brown_and_as_sindell_was_read():
    """10, 20, 30 % of 100 000: several, 40 000 stay with the claimant; scaled: sixths of all."""
    shares = (0.1, 0.2, 0.3)
    assert market_share(shares, 100_000) == (10_000, 20_000, 30_000)
    assert market_share(shares, 100_000, "sindell") == (16_667, 33_333, 50_000)
    assert market_share((1 / 6,) * 6, 600, "brown") == (100,) * 6


@pytest.mark.parametrize(
    ("principals", "kinds", "shares"),
    [
        (1, (2,), (Fraction(2, 3), (Fraction(1, 6),))),
        (1, (1, 1), (Fraction(1, 3), (Fraction(1, 3), Fraction(1, 3)))),
        (0, (1, 0), (0, (1, 0))),
        (2, (), (Fraction(1, 2), ())),
        (0, (), (0, ())),
    ],
)
def test_the_game_of_principals_and_kinds_of_act(principals, kinds, shares):
    """P ∧ (A ∨ B): ∫(1 − q²) = 2/3, ∫q(1 − q) = 1/6; all necessary: equal; one group: equal."""
    assert acts_shapley(principals, kinds) == shares


# --- Laws --------------------------------------------------------------------------------------


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


def test_a_mean_over_all_orders():
    """The Shapley value is the mean of what each adds, here over the 24 orders of the fraud game."""
    added = [0] * 4
    for order in permutations(range(4)):
        before = 0
        for i in order:
            added[i] += fraud(before | 1 << i) - fraud(before)
            before |= 1 << i
    assert shapley(4, fraud) == tuple(count / 24 for count in added)


# --- Size --------------------------------------------------------------------------------------


def test_twenty_four_players():
    """Thirteen of 24: everybody alike, 1/24 each; twelve can be absent, so 1/12 each."""

    def wins(masks: np.ndarray) -> np.ndarray:
        return np.bitwise_count(masks) >= 13

    assert shapley(24, wins, batched=True) == (1 / 24,) * 24
    assert banzhaf(24, wins, batched=True) == (1 / 24,) * 24
    assert responsibility(24, wins, batched=True) == (1 / 12,) * 24
    assert minimal_sets(24, wins, batched=True) == (1 / 24,) * 24
    assert all(ness(24, wins, batched=True))


def test_a_tree_of_many_players():
    """One principal and a hundred lenders, any one enough: he 100/101, each 1/10100."""
    shares = tree_shapley(AllOf(0, AnyOf(*range(1, 101))))
    assert shares[:2] == (Fraction(100, 101), Fraction(1, 10100))
    assert acts_shapley(1, [100]) == (Fraction(100, 101), (Fraction(1, 10100),))


def test_memory_stays_below_the_table():
    """Twenty players' values are 8 MiB; no more than half of that is ever held."""

    def value(masks: np.ndarray) -> np.ndarray:
        return np.sqrt(masks)

    shapley(14, value, batched=True)  # numpy and the small tables are there now
    tracemalloc.start()
    shapley(20, value, batched=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 2**20


# --- Forms of numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [
        [0, 1, 2, 2**70],
        [0, 1, 2, 2**62],
        [0, Fraction(1), 2.0, 4],
        np.array([0, 1, 2, 4], dtype=np.uint8),
        np.array([0, 1, 2, 4], dtype=np.float32),
    ],
)
def test_numbers_of_every_kind(table):
    """(v(0) + v(01) − v(1))/2 by hand: numbers too large for a machine word stay exact."""
    _, a, b, both = [
        Fraction(float(x)) if isinstance(x, np.generic) else Fraction(x) for x in table
    ]
    assert shapley(2, table) == (float((both + a - b) / 2), float((both + b - a) / 2))


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("game-players", lambda: shapley(0, [0])),
        ("game-players", lambda: shapley(25, fraud)),
        ("game-players", lambda: banzhaf(True, fraud)),
        ("game-table", lambda: shapley(2, [0, 1, 1])),
        ("game-table", lambda: ness(2, [0, 1, 1])),
        ("game-table", lambda: shapley(2, lambda masks: 1, batched=True)),
        ("game-empty-set", lambda: shapley(1, [1, 2])),
        ("game-empty-set", lambda: weighted_shapley(1, [1, 2], [1])),
        ("game-empty-set", lambda: banzhaf(1, [True, True])),
        ("game-number", lambda: shapley(1, [0, float("nan")])),
        ("game-number", lambda: shapley(1, [0, None])),
        ("game-number", lambda: shapley(1, ["0", "1"])),
        ("game-number", lambda: shapley(1, [Fraction(0), float("inf")])),
        ("game-not-monotone", lambda: banzhaf(2, [0, 1, 0, 0])),
        ("game-not-monotone", lambda: ness(8, lambda who: who == 1)),
        ("game-weights", lambda: weighted_shapley(2, [0, 0, 0, 1], [1])),
        ("game-weights", lambda: weighted_shapley(2, [0, 0, 0, 1], [1, 0])),
        ("game-weights", lambda: chain_shapley([1, 2], [1, -1])),
        ("game-weights", lambda: chain_shapley([1, 2], [1])),
        ("chain-loss", lambda: chain_shapley([1, -2])),
        ("chain-loss", lambda: chain_shapley([float("inf")])),
        ("tree-empty", lambda: tree_shapley(AllOf(0, AnyOf()))),
        ("tree-player", lambda: tree_banzhaf(AllOf(0, "B"))),
        ("tree-player", lambda: tree_ness(AllOf(0, 3), 3)),
        ("tree-player", lambda: tree_ness(AllOf(0, -1))),
        ("tree-player-twice", lambda: tree_responsibility(AllOf(0, AnyOf(0, 1)))),
        ("group-size", lambda: acts_shapley(-1, [1])),
        ("group-size", lambda: acts_shapley(1, [0.5])),
        ("joint-probability", lambda: rizzo_arnold(0.2, 0.9, 0.8)),
        ("joint-probability", lambda: rizzo_arnold(0, 0, 0)),
        ("joint-probability", lambda: rizzo_arnold(-0.1, 0.3, 0.8)),
        ("market-shares", lambda: market_share([0.5, 0.6], 100)),
        ("market-shares", lambda: market_share([-0.1, 0.6], 100)),
        ("market-shares", lambda: market_share([], 100)),
        ("loss-amount", lambda: market_share([0.5], -1)),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(code, call):
    """Each refusal has its code, and words for it in both languages."""
    with pytest.raises(GameError) as caught:
        call()
    assert caught.value.code == code
    assert isinstance(caught.value, SimlibError)
    assert message(caught.value, "zh")
    assert message(caught.value, "en") == str(caught.value)


@pytest.mark.parametrize(
    "call",
    [
        lambda: minimal_sets(4, fraud, kind="deegan-packel"),
        lambda: tree_minimal_sets(0, kind="deegan-packel"),
        lambda: market_share([0.5], 100, "sindel"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(call):
    """A name that is nearly right is answered with the right one."""
    with pytest.raises(UnknownName) as caught:
        call()
    assert caught.value.values["near"] in ("deegan_packel", "sindell")
    assert message(caught.value, "zh")


def test_no_harm_no_causes():
    """If even all together do no harm nobody is a cause, and shares are not invented."""
    nothing = [0] * 8
    assert shapley(3, nothing) == banzhaf(3, nothing) == minimal_sets(3, nothing) == (0, 0, 0)
    assert responsibility(3, nothing) == (0, 0, 0)
    assert ness(3, nothing) == (False,) * 3
    assert chain_shapley([]) == ()


def test_the_room_says_what_is_in_it():
    """`__all__` is complete and sorted, and what the room had before is still there."""
    public = {name for name in vars(causation) if not name.startswith("_")}
    rooms = {"acts", "annotations", "degree", "force", "game", "market", "sharing", "tree"}
    assert public - rooms == set(causation.__all__)
    assert prod(hasattr(causation, name) for name in causation.__all__)
    assert simlib.causation.causal_force is causation.causal_force
    assert causation.UNKNOWN == simlib.causation.UNKNOWN
