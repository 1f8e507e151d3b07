"""Causation as a game: published and hand-made vectors, size, refusals.

Games here are functions of a bit mask. The laws that hold for all games are
`test_causation_laws.py`.
"""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from fractions import Fraction
from inspect import ismodule
from itertools import permutations
from math import prod

import numpy as np
import pytest

import simlib
from simlib import causation, load_case
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
from simlib.causation.force import PAIR
from simlib.errors import GameError, SimlibError, UnknownName
from simlib.interval import high_end, low_end
from simlib.law.regime import regime_for
from simlib.money import split
from simlib.text import message


def fraud(who: int) -> bool:
    """P and one of A, B; C (player 3) is idle."""
    return bool(who & 1 and who & 6)


def at_least(quota: int):
    """The harm needs a number of players."""
    return lambda who: who.bit_count() >= quota


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
    """Seven units, five suffice: no but-for cause, but each is in a sufficient five."""
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
    shares = (Fraction(1750, 3), Fraction(850, 3), Fraction(400, 3))
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


def test_a_mean_over_all_orders():
    """The mean of what each adds, over the 24 orders in which the four could come."""
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
        [0, 2**62, 2**62, 2**62],
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
        ("joint-probability", lambda: rizzo_arnold(0.2, 0.3, 1.1)),
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


def test_numpy_is_loaded_only_when_a_game_is_played():
    """Case files need the stated force alone: opening the room brings no numpy."""
    code = "import sys, simlib.causation; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_no_harm_no_causes():
    """If even all together do no harm nobody is a cause, and shares are not invented."""
    nothing = [0] * 8
    assert shapley(3, nothing) == banzhaf(3, nothing) == minimal_sets(3, nothing) == (0, 0, 0)
    assert responsibility(3, nothing) == (0, 0, 0)
    assert ness(3, nothing) == (False,) * 3
    assert chain_shapley([]) == ()


def test_the_room_says_what_is_in_it():
    """`__all__` is complete and sorted, and what the room had before is still there."""
    public = {name for name, value in vars(causation).items() if not ismodule(value)}
    public -= {"annotations", *(name for name in public if name.startswith("_"))}
    assert public == set(causation.__all__)
    assert prod(hasattr(causation, name) for name in causation.__all__)
    assert simlib.causation.causal_force is causation.causal_force
    assert causation.UNKNOWN == simlib.causation.UNKNOWN


@pytest.mark.parametrize(
    ("facts", "force"),
    [
        ({"indispensability": 0.9, "push": 0.4}, 0.6),  # √0.36
        ({"indispensability": 0.49, "push": None}, (0, 0.7)),  # √0 to √0.49
        ({"push": 0.25}, (0, 0.5)),
        ({"causal_force": 0.3}, 0.3),
        ({}, (0, 1)),
    ],
)
def test_causal_force_by_hand(facts, force):
    """Stated, or the geometric mean of the pair; whatever is open leaves an interval."""
    case = load_case("fix-1")
    open_ = dict.fromkeys(("causal_force", *PAIR)) | facts
    helper = case.party("A").model_copy(update=open_)
    found = causation.causal_force(helper, regime_for(case)).value
    low, high = force if isinstance(force, tuple) else (force, force)
    assert (low_end(found), high_end(found)) == pytest.approx((low, high))
    trials = {name: np.array([value or 0, 1]) for name, value in open_.items()}
    of_arrays = causation.known_force(helper, lambda party, name: trials[name])
    assert (of_arrays is None) == isinstance(force, tuple)
    if of_arrays is not None:
        assert of_arrays == pytest.approx([force, 1])
