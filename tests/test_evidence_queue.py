"""Requests that few people answer: by hand, equal to SimPy, and what must hold of any queue."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from desk import desk, lucky
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib.errors import OutOfScope
from simlib.evidence import Queue, answers, staff_for, survivals
from simlib.evidence.office_queue import TILE, serve

OFFICE = Queue(per_day=6, staff=4, service_median_days=0.5, service_sigma=0.5)
EXACT = st.floats(0, 50, allow_subnormal=False)


def delays(asked, service, staff):
    """Delays of one run."""
    delay = np.empty((len(asked), 1))
    columns = (np.array(each, float)[:, None] for each in (asked, service))
    serve([tuple(columns)], staff, delay)
    return delay[:, 0].tolist()


@pytest.mark.parametrize(
    ("staff", "asked", "service", "expected"),
    [
        # nobody waits: each is answered before the next one comes
        (1, [0, 1, 2], [1, 1, 0.5], [1, 1, 0.5]),
        # one behind the other: begun on 0, 2, 4, answered on 2, 4, 6
        (1, [0, 1, 2], [2, 2, 2], [2, 3, 4]),
        # two people: the third begins on 1, when the second is answered, and ends on 2
        (2, [0, 0, 0], [3, 1, 1], [3, 1, 2]),
        # free on 3 and 2 after that; asked on 2.5 begins at once, asked on 2.6 on 3
        (2, [0, 0, 0, 2.5, 2.6], [3, 1, 1, 4, 1], [3, 1, 2, 4, 1.4]),
        # three people for three requests
        (3, [0, 0, 0], [3, 1, 1], [3, 1, 1]),
    ],
)
def test_small_queues_by_hand(staff, asked, service, expected):
    """Days from request to answer."""
    assert delays(asked, service, staff) == pytest.approx(expected, rel=1e-15)


@settings(deadline=None)
@given(st.lists(st.tuples(EXACT, EXACT), min_size=1, max_size=40), st.integers(1, 7))
def test_equal_to_simpy_to_the_last_digit(requests, staff):
    """Any gaps and any lengths, requests of the same instant among them."""
    gaps, service = map(list, zip(*requests, strict=True))
    assert delays(np.cumsum(gaps), service, staff) == desk(gaps, service, staff)[0]


@pytest.mark.parametrize("staff", [1, 2, 4, 9])
@pytest.mark.parametrize("runs", [1, 6, 8])
def test_answers_equal_simpy_with_the_same_luck(staff, runs):
    """Every run, every request, drawn as the docstring says."""
    queue = Queue(6, staff, 0.15 * staff, 0.7)
    found = answers(queue, 30, runs, seed=3)
    luck = lucky(queue, 180, runs, 3)
    expected = [desk(*run, staff)[0] for run in zip(*luck, strict=True)]
    assert found.delay.T.tolist() == expected


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(EXACT, EXACT), min_size=1, max_size=40), st.integers(1, 5))
def test_more_staff_never_waits_longer(requests, staff):
    """Request by request; and with as many people as requests nobody waits."""
    gaps, service = zip(*requests, strict=True)
    asked = np.cumsum(gaps)
    few, more = delays(asked, service, staff), delays(asked, service, staff + 1)
    assert all(a >= b for a, b in zip(few, more, strict=True))
    assert delays(asked, service, len(service)) == list(service)


def test_nobody_idles_while_a_request_waits():
    """Whoever waits begins on the day another is answered, and never are more worked on at once."""
    asked, service = (np.array(run[0]) for run in lucky(OFFICE, 400, 1, 0))
    asked = np.cumsum(asked)
    ends = asked + delays(asked, service, 4)
    begun = ends - service
    waited = begun > asked + 1e-9
    assert waited.sum() > 50
    assert all(np.abs(ends - day).min() < 1e-9 for day in begun[waited])
    after = begun[:, None] + 1e-9
    busy = ((begun < after) & (after < ends)).sum(axis=1)
    assert busy.max() == 4
    assert (busy[waited] == 4).all()
    assert (np.diff(begun) > -1e-9).all()


def test_one_server_without_waiting_takes_the_drawn_time():
    """One request in a thousand days: half of them within the median, 68 % within a sigma."""
    found = answers(Queue(0.001, 1, 2.0, 0.5), days=1000, runs=TILE)
    assert found.delay.shape == (1, TILE)
    assert found.quantile(0.5) == pytest.approx(2.0, rel=0.03)
    inside = found.within(2 * math.exp(0.5)) - found.within(2 * math.exp(-0.5))
    assert inside == pytest.approx(0.6827, abs=0.025)


def test_fixed_time_is_kept_to_the_last_digit():
    """Without waiting an answer of three days is there within three days, not a rounding later."""
    found = answers(Queue(0.01, 50, 3, 0), days=10_000, runs=50)
    assert found.within(3) == 1
    assert found.within(2.999) == 0


def settled(staff, per_day, mean, draw, runs=2000, count=600):
    """Delays of the last third of the requests of a queue with other times than ours."""
    rng = np.random.default_rng(5)
    asked = np.cumsum(rng.exponential(1 / per_day, (count, runs)), axis=0)
    service = draw(rng, mean, (count, runs))
    delay = np.empty((count, runs))
    serve([(asked, service)], staff, delay)
    return (delay - service)[-200:]


@pytest.mark.parametrize(
    ("staff", "waits"),
    [
        # One person, half the time busy: C = 1/2, mean wait C / (1 − 1/2) = 1.
        (1, 1 / 2),
        # Two, a = 1: (1/2 · 2) / (1 + 1 + 1/2 · 2) = 1/3, mean wait (1/3) / (2 − 1) = 1/3.
        (2, 1 / 3),
        # Three, a = 3/2: (27/48 · 2) / (1 + 3/2 + 9/8 + 27/48 · 2) = 1.125 / 4.75 = 9/38.
        (3, 9 / 38),
    ],
)
def test_erlang_c_by_hand(staff, waits):
    """Exponential times of mean 1, half a request a day and person: C wait, C / (s − λ) on mean."""
    wait = settled(staff, staff / 2, 1.0, lambda rng, mean, shape: rng.exponential(mean, shape))
    assert (wait > 1e-9).mean() == pytest.approx(waits, abs=0.01)
    assert wait.mean() == pytest.approx(waits / (staff - staff / 2), rel=0.05)
    # who waits, waits exponentially: longer than a day with chance C · exp(−(s − λ))
    assert (wait > 1).mean() == pytest.approx(waits * math.exp(-staff / 2), abs=0.01)


def test_one_person_and_lognormal_times_by_hand():
    """Pollaczek and Khinchine: λ E[S²] / (2 (1 − λ E[S])).

    Median 1, σ 0.5, λ 0.5: E[S] = exp(1/8) = 1.13315, E[S²] = exp(1/2) = 1.64872, the load
    0.56657, the mean wait 0.82436 / 0.86685 = 0.95098; with the work itself 2.08413.
    """
    queue = Queue(0.5, 1, 1.0, 0.5)
    assert queue.load == pytest.approx(0.56657, abs=5e-6)
    late = answers(queue, days=800, runs=TILE).delay[-200:]
    assert late.mean() == pytest.approx(2.08413, rel=0.03)


def test_littles_law():
    """Requests under way, looked at on days of their own, are λ times the mean delay."""
    gaps, service = (np.array(each).T for each in lucky(OFFICE, 1200, 400, 1))
    asked = np.cumsum(gaps, axis=0)
    delay = answers(OFFICE, 200, 400, seed=1).delay
    looked = np.linspace(60, 150, 37)  # all asked by day 150 are among the 1200 of about 200 days
    under_way = [((asked <= day) & (day < asked + delay)).sum(axis=0).mean() for day in looked]
    then = delay[(asked > 60) & (asked < 150)]
    assert np.mean(under_way) == pytest.approx(OFFICE.per_day * then.mean(), rel=0.02)
    begun = asked + delay - service
    busy = [((begun <= day) & (day < asked + delay)).sum(axis=0).mean() for day in looked]
    assert np.mean(busy) == pytest.approx(OFFICE.load * OFFICE.staff, rel=0.02)


def test_too_few_people_fall_behind_for_ever():
    """Two requests a day, one person, one a day: the n-th is begun on day n, asked on day n/2."""
    delay = answers(Queue(2, 1, 1, 0), days=200, runs=500).delay
    assert delay[399].mean() == pytest.approx(400 - 400 / 2, rel=0.02)
    assert delay[199].mean() == pytest.approx(200 - 200 / 2, rel=0.03)


def test_shares_and_quantiles_of_four_answers_by_hand():
    """The smallest delay whose share suffices; an answer on the last day is in time."""
    found = replace(answers(OFFICE, 0, 4), delay=np.array([[3.0, 1.0], [2.0, 4.0]]))
    assert [found.quantile(q) for q in (0, 0.25, 0.26, 0.75, 1)] == [1, 1, 2, 3, 4]
    assert [found.within(days) for days in (0.9, 1, 2.5, 4)] == [0, 0.25, 0.5, 1]


def test_same_seed_same_luck():
    """More runs leave the first tile as it was; another seed does not; staff does not draw anew."""
    few, many = (answers(OFFICE, 5, runs).delay for runs in (TILE, TILE + 3))
    assert (few == many[:, :TILE]).all()
    assert (answers(OFFICE, 5, 50).delay != answers(OFFICE, 5, 50, seed=1).delay).all()
    assert (many[0, :3] != many[0, TILE:]).all()
    one, other = (answers(replace(OFFICE, staff=staff), 20, 50).delay for staff in (100, 90))
    assert (one == other).all()


@pytest.mark.parametrize("share", [0, 0.5, 0.9, 0.98])
def test_least_staff_is_the_least(share):
    """The answer suffices, one person less does not."""
    least = staff_for(OFFICE, 1.5, share, days=60, runs=100)
    reached = [
        answers(replace(OFFICE, staff=staff), 60, 100).within(1.5) for staff in range(1, least + 1)
    ]
    assert [each >= share for each in reached] == [False] * (least - 1) + [True]


def test_staff_by_hand():
    """Ten requests a day of one day's work each, and at most one in twenty may wait.

    Were nobody ever to wait, the requests under way would be Poisson of mean 10: 15 or more with
    chance .083, 16 or more with .049. Fewer people only make that more, so 15 are not enough. Of
    19 people all are busy with chance Erlang C = .0078 (.0037 lost / (1 − 10/19 · .9963)).
    """
    queue = Queue(10, 1, 1, 0)
    assert 16 <= staff_for(queue, 1.0, 0.95, days=100, runs=50) <= 19
    assert 10 <= staff_for(queue, 3.0, 0.95, days=100, runs=50) <= 12


def test_no_staff_makes_the_work_itself_shorter():
    """Twenty days of work are never done in three; nor can 1000 begin 5000 at once."""
    assert staff_for(Queue(1, 1, 20, 0), 3, 0.5) is None
    assert staff_for(Queue(5000, 1, 20, 0), 20, 0.5, days=1, runs=1) is None


def today(count=100_000):
    """Delays as assumed for today: lognormal, median 20 days, σ 0.8, in equal steps."""
    steps = np.array([NormalDist().inv_cdf((k + 0.5) / count) for k in range(count)])
    return 20 * np.exp(0.8 * steps)


def test_table_of_three_replies():
    """By hand Φ((ln(180 − t) − ln 20) / 0.8): a piece kept for 180 days, under three replies."""
    asked = np.array([0, 30, 90, 170, 177, 178, 181])
    now = survivals(asked, 180, today())
    assert [round(each, 4) for each in now] == [0.9970, 0.9941, 0.9700, 0.1931, 0.0089, 0.0020, 0]
    assert survivals(asked, 180, np.array([3.0])).tolist() == [1, 1, 1, 1, 1, 0, 0]
    assert survivals(asked, 180, np.array([2.0])).tolist() == [1, 1, 1, 1, 1, 1, 0]


def test_deletion_by_hand():
    """By hand: exp(−.002·170) = .7118, (150 + 3) .7364, (150 + 2) .7379, (10 + 2) .9763."""
    rows = [(170, 0, 0.7118), (150, 3, 0.7364), (150, 2, 0.7379), (10, 2, 0.9763)]
    for asked, delay, chance in rows:
        found = survivals(asked, 180, np.array([delay]), 0.002)
        assert float(found) == pytest.approx(chance, abs=5e-5)


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 300), min_size=1, max_size=20),
    st.one_of(st.just(math.inf), st.integers(0, 300)),
    st.lists(st.one_of(st.just(math.inf), st.integers(0, 300)), min_size=1, max_size=20),
    st.sampled_from([0, 0.002, 0.3, 1]),
)
def test_survivals_are_the_mean_over_delays(asked, kept, delay, rate):
    """One by one, as the formula says; an answer that never comes brings nothing."""
    expected = [
        sum(math.exp(-rate * (t + d)) for d in delay if t + d <= kept and d < math.inf) / len(delay)
        for t in asked
    ]
    found = survivals(np.array(asked), kept, np.array(delay, float), rate)
    assert found.tolist() == pytest.approx(expected, rel=1e-12, abs=1e-300)


def test_many_requests_in_tiles():
    """A hundred thousand requests, each with a period of its own, are what each is alone."""
    delay = answers(OFFICE, 50, 20).delay
    asked = np.arange(100_000).reshape(1000, 100) % 211
    kept = 180 + np.arange(100)
    found = survivals(asked, kept, delay, 0.002)
    assert found.shape == asked.shape
    for row, column in [(0, 0), (163, 83), (163, 84), (163, 85), (999, 99)]:
        alone = survivals(asked[row, column], kept[column], delay, 0.002)
        assert found[row, column] == alone
    assert survivals(np.array([]), 180, delay).shape == (0,)


@pytest.mark.parametrize(
    "change",
    [
        {"per_day": 0},
        {"per_day": math.nan},
        {"staff": 0},
        {"staff": 1001},
        {"service_median_days": -1},
        {"service_sigma": 4},
    ],
)
def test_offices_that_cannot_be(change):
    """A value outside its range is refused by name."""
    with pytest.raises(OutOfScope) as refused:
        replace(OFFICE, **change)
    assert refused.value.code == "parameter-out-of-range"
    assert refused.value.values["key"] in change


@pytest.mark.parametrize(
    "ask",
    [
        lambda: answers(OFFICE, runs=0),
        lambda: answers(OFFICE, days=-1),
        lambda: answers(OFFICE, days=365, runs=10**6),
        lambda: answers(OFFICE, days=math.inf),
        lambda: answers(OFFICE, 1).quantile(1.5),
        lambda: staff_for(OFFICE, 3, 1.01),
        lambda: survivals(-1, 180, np.ones(1)),
        lambda: survivals(math.inf, 180, np.ones(1)),
        lambda: survivals(0, math.nan, np.ones(1)),
        lambda: survivals(0, 180, np.array([])),
        lambda: survivals(0, 180, np.array([1, -1])),
        lambda: survivals(0, 180, np.ones(1), deletion_per_day=-0.1),
    ],
)
def test_what_cannot_be_asked(ask):
    """Refused rather than guessed."""
    with pytest.raises(OutOfScope) as refused:
        ask()
    assert refused.value.code == "parameter-out-of-range"
