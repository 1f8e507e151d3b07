"""What a count of cases can tell: exact intervals against published ones, and every split."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.errors import OutOfScope
from simlib.interval import Interval
from simlib.text import message
from simlib.uncertainty.counts import divide, exact_interval, splits


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_published_intervals(hits, total, low, high):
    """Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 5 (Clopper–Pearson).

    0 of 20 by hand: (1 − p)²⁰ = 0.025, so p = 1 − 0.025^(1/20) = 0.1684.
    """
    assert [round(end, 4) for end in exact_interval(hits, total)] == [low, high]


def test_the_papers_count():
    """36 of 42: 0.7146 to 0.9457, the 2.5 and 97.5 per cent points of Beta(36, 7) and Beta(37, 6),
    computed once with scipy, which the library does not need."""
    low, high = exact_interval(36, 42)
    assert (low, high) == (pytest.approx(0.7146061580867), pytest.approx(0.9457161416212))


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_the_share_and_mirrors(pair):
    """It holds hits/total; hits and misses change places as 1 − p does; more level, more width."""
    hits, total = pair
    low, high = exact_interval(hits, total)
    assert 0 <= low <= hits / total <= high <= 1
    assert exact_interval(total - hits, total) == pytest.approx((1 - high, 1 - low))
    wider = exact_interval(hits, total, 0.99)
    assert wider[0] <= low
    assert wider[1] >= high


def test_a_total_leaves_the_split_open():
    """36 dismissed, 6 others heard: from 0 of 6 lost to 36 of 42 lost; in the middle 18 of 24."""
    ways = splits(36, 42)
    assert len(ways) == 37
    assert ways[0] == (36, 0, Fraction(0, 6))
    assert ways[18] == (18, 18, Fraction(18, 24))
    assert ways[-1] == (0, 36, Fraction(36, 42))


def test_share_of_no_heard_cases_is_undefined():
    """All dismissed, all by ruling: nothing was heard, and there is no share to tell."""
    assert splits(2, 2)[0] == (2, 0, None)


@pytest.mark.parametrize("count", [(-1, 5), (6, 5), (0, 0)])
def test_no_such_count(count):
    """A count that cannot be is refused in words."""
    for asked in (exact_interval, splits):
        with pytest.raises(OutOfScope) as refused:
            asked(*count)
        assert refused.value.code == "no-such-count"
        assert message(refused.value)


def test_no_such_level():
    """A level of 1 would be the whole line."""
    with pytest.raises(OutOfScope):
        exact_interval(1, 2, 1)


@pytest.mark.parametrize(
    ("rulings", "others", "judgments", "heard", "lost"),
    [
        (0, 6, 36, 42, Fraction(6, 7)),  # 36/42
        (18, 6, 18, 24, Fraction(3, 4)),  # 18/24
        (36, 6, 0, 6, 0),
        (36, 0, 0, 0, None),  # nothing was heard
        (None, 6, Interval(0, 36), Interval(6, 42), Interval(0, Fraction(6, 7))),
        (None, 3, Interval(0, 36), Interval(3, 39), Interval(0, Fraction(12, 13))),  # 36/39
        (None, 0, Interval(0, 36), Interval(0, 36), 1),  # all heard were dismissed
    ],
)
def test_a_count_taken_apart_by_hand(rulings, others, judgments, heard, lost):
    """Judgments 36 − r, heard 36 − r + m, lost the one by the other."""
    found = divide(36, 42, rulings, others)
    assert (found.judgments, found.heard, found.lost) == (judgments, heard, lost)


def test_ten_times_as_many_leave_a_narrower_interval_and_the_same_share():
    """The interval of 360 of 420 lies within that of 36 of 42; the count itself is the paper's."""
    once, tenfold = divide(36, 42, None, 6), divide(36, 42, None, 6, times=10)
    assert tenfold.dismissed == once.dismissed == 36
    assert once.chance.low < tenfold.chance.low < 36 / 42 < tenfold.chance.high < once.chance.high


@pytest.mark.parametrize(("rulings", "others"), [(37, 6), (-1, 6), (0, 7), (0, -1)])
def test_a_count_no_sample_has_is_refused(rulings, others):
    """More rulings than suits dismissed, more heard than there were others."""
    with pytest.raises(OutOfScope):
        divide(36, 42, rulings, others)
