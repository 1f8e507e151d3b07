"""The chance that a piece can still be had: the table of the reference by hand, and what must hold
of any request."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.errors import OutOfScope, UnknownName
from simlib.evidence import REPLIES, Delay, survival

# T = 180, δ = 0. Today: Φ(z) with z = (ln(180 − t) − ln 20) / 0.8.
#   t    180−t  ln((180−t)/20)     z        Φ(z)
#   0     180      2.197225    2.746531   .9970
#  30     150      2.014903    2.518629   .9941
#  90      90      1.504077    1.880097   .9700
# 170      10     −0.693147   −0.866434   .1931
# 177       3     −1.897120   −2.371400   .0089
# 178       2     −2.302585   −2.878231   .0020
# 181      −1      nothing left: 0
# Three days: t + 3 ≤ 180, so up to 177. Forty-eight hours are two days: up to 178.
TABLE = [
    (0, 0.9970, 1, 1),
    (30, 0.9941, 1, 1),
    (90, 0.9700, 1, 1),
    (170, 0.1931, 1, 1),
    (177, 0.0089, 1, 1),
    (178, 0.0020, 0, 1),
    (179, 0.0001, 0, 0),
    (180, 0.0, 0, 0),
    (181, 0.0, 0, 0),
    (257, 0.0, 0, 0),
]


@pytest.mark.parametrize(("day", "today", "three", "two"), TABLE)
def test_table_by_hand(day, today, three, two):
    """To four decimals: see the table above. At 179, z = −ln 20 / 0.8 = −3.744665: .00009."""
    found = [survival(day, reply) for reply in REPLIES]
    assert [round(chance, 4) for chance in found] == [today, three, two]


def test_deletion_by_hand():
    """exp(−.002 · 170) = .7118; asked on day 150 and answered in 3 or 2 days .7364 and .7379; on
    day 10 in 2 days .9763."""
    found = survival(170, Delay(0), deletion_per_day=0.002)
    assert round(found, 4) == 0.7118
    assert round(survival(150, "request_3d", deletion_per_day=0.002), 4) == 0.7364
    assert round(survival(150, "platform_48h", deletion_per_day=0.002), 4) == 0.7379
    assert round(survival(10, "platform_48h", deletion_per_day=0.002), 4) == 0.9763


def test_integral_against_sum():
    """With deletion, the mean over a million delays at the middles of as many equal slices.

    The slices need the inverse of Φ, which Python's own statistics module has.
    """
    from statistics import NormalDist

    slices = (np.arange(200_000) + 0.5) / 200_000
    normal = NormalDist()
    delays = 20 * np.exp(0.8 * np.array([normal.inv_cdf(p) for p in slices]))
    for day, rate in ((0, 0.002), (90, 0.01), (150, 0.05), (170, 0.5)):
        mean = np.mean((day + delays <= 180) * np.exp(-rate * (day + delays)))
        assert survival(day, deletion_per_day=rate) == pytest.approx(mean, abs=1e-5)


@pytest.mark.parametrize("day", [0, 90, 170, 178, 180.5])
def test_integral_meets_closed_form(day):
    """As the rate goes to nothing, so does the difference."""
    assert survival(day, deletion_per_day=1e-15) == pytest.approx(survival(day), abs=1e-12)


def test_arrays_as_numbers():
    """Each day of an array as by itself, with and without deletion; before it exists as day 0."""
    days = np.array([[-5.0, 0, 30], [170, 178, 181]])
    for reply in REPLIES:
        for rate in (0.0, 0.01):
            found = survival(days, reply, deletion_per_day=rate)
            alone = [survival(float(d), reply, deletion_per_day=rate) for d in days.flat]
            assert found.shape == (2, 3)
            assert found.ravel().tolist() == alone
    assert survival(-5) == survival(0)


def test_kept_without_end_and_longer():
    """A period without end loses nothing; ten days more are ten days later."""
    assert survival(9999, retention_days=math.inf) == 1
    assert survival(180, kept_beyond_days=10) == survival(170)


def test_bad_numbers():
    """An unknown reply and negative numbers are refused, not reckoned with."""
    with pytest.raises(UnknownName):
        survival(0, "yesterday")
    for bad in ({"retention_days": -1}, {"kept_beyond_days": -1}, {"deletion_per_day": -0.1}):
        with pytest.raises(OutOfScope) as raised:
            survival(0, **bad)
        assert raised.value.code == "negative-clock"
    with pytest.raises(OutOfScope):
        survival(0, retention_days=math.nan)


DAYS, RATES = st.floats(0, 400), st.floats(0, 0.5)
LESS = 1e-12  # what the rounding of an integral may take


@given(DAYS, DAYS, st.sampled_from(REPLIES), RATES)
def test_earlier_never_lowers(one, other, reply, rate):
    """Who asks earlier has no smaller chance."""
    early, late = sorted((one, other))
    asked = [survival(day, reply, deletion_per_day=rate) for day in (early, late)]
    assert 0 <= asked[1] <= asked[0] + LESS <= 1 + 2 * LESS


@given(DAYS, st.floats(0, 4000), st.floats(0, 4000), st.sampled_from(REPLIES), RATES)
def test_longer_never_lowers(day, one, other, reply, rate):
    """A longer period, or what is kept beyond it, lowers no chance."""
    short, long = sorted((one, other))
    by = [survival(day, reply, retention_days=t, deletion_per_day=rate) for t in (short, long)]
    assert by[0] <= by[1] + LESS
    more = survival(day, reply, retention_days=short, kept_beyond_days=long, deletion_per_day=rate)
    assert by[0] <= more + LESS


@given(DAYS, st.floats(0, 90), st.floats(0, 90), st.sampled_from([0, 0.3, 0.8]), RATES)
def test_faster_never_lowers(day, one, other, sigma, rate):
    """A shorter median of the same spread lowers no chance."""
    fast, slow = sorted((one, other))
    by = [survival(day, Delay(m, sigma), deletion_per_day=rate) for m in (fast, slow)]
    assert by[1] <= by[0] + LESS


@given(DAYS, st.floats(0, 0.5), st.floats(0, 0.5), st.sampled_from(REPLIES))
def test_more_deletion_never_raises(day, one, other, reply):
    """A holder who deletes more keeps no more."""
    less, more = sorted((one, other))
    by = [survival(day, reply, deletion_per_day=rate) for rate in (less, more)]
    assert by[1] <= by[0] + LESS
