"""Many time lines: equal to SimPy line by line, and what must hold of any distribution."""

from __future__ import annotations

import datetime
import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import load_case
from simlib.errors import OutOfScope, UnknownName
from simlib.law.period import past_days_off
from simlib.procedure import REGIMES, SWITCHES, schedule
from simlib.procedure.sampled_durations import DOCUMENTS, DRAWN, NEVER, TILE, Tile, spread
from simlib.procedure.stage_durations import plan
from tests.timelines import time_lines

CASE = "2024-lu-0302-5690"
WHAT = ("judged", "final", "enforced", "criminal")


def rows(found):
    """Each line as the reference gives it: days, infinity for never, document."""
    columns = [np.where(c >= NEVER, math.inf, c) for c in (getattr(found, w) for w in WHAT)]
    return [(*days, DOCUMENTS[code]) for *days, code in zip(*columns, found.document, strict=True)]


def same(case, regime, n=150, **asked):
    """Both compute the same lines."""
    found = spread(case, regime, n, **asked)
    seed = asked.pop("seed", 0)
    made = plan(case, regime, asked.get("switches"), asked.get("sue_on"))
    assert rows(found) == list(time_lines(made, DRAWN, n, seed))


@pytest.mark.parametrize("name", [CASE, "fix-1", "hypo-account", "hypo-chain", "hengnan-hengyang"])
@pytest.mark.parametrize("regime", REGIMES)
def test_equal_to_simpy(name, regime):
    """Line by line, document by document, day by day."""
    same(load_case(name), regime)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(REGIMES),
    st.fixed_dictionaries({key: st.sampled_from(options) for key, options in SWITCHES.items()}),
    st.sampled_from(["pending", "effective", "not-prosecuted"]),
    st.lists(st.one_of(st.none(), st.integers(0, 300)), min_size=4, max_size=4),
    st.integers(0, 900),
    st.integers(0, 3),
)
def test_equal_to_simpy_under_all_switches(regime, switches, status, gaps, wait, seed):
    """Any days in the file, any switch, any day of the suit, any seed."""
    first, case = datetime.date(2023, 1, 31), load_case(CASE)
    changes, day = {"reported_on": first, "criminal[0].status": status}, first
    for field, gap in zip(("opened_on", "arrested_on", "charged_on", "on"), gaps, strict=True):
        if gap is not None and not (status == "not-prosecuted" and field == "charged_on"):
            day += datetime.timedelta(gap)
            changes[f"criminal[0].{field}"] = day
    sued = first + datetime.timedelta(wait)
    same(case.set(changes), regime, 40, switches=switches, seed=seed, sue_on=sued)


def test_no_drawn_judgment_takes_effect_on_a_day_off():
    """Each line moves its own last day, unless somebody appeals, for three months."""
    case = load_case(CASE)
    found = spread(case, "parallel", 2000)
    waits = found.final - found.judged
    ends = [case.acted_on + datetime.timedelta(int(n)) for n in found.final[waits < 30]]
    assert ends == [past_days_off(end) for end in ends]
    assert {15, 16, 17} <= set(waits.tolist())


def test_quantiles_of_four_lines_by_hand():
    """The smallest day whose share suffices; never is infinity."""
    found = spread(load_case(CASE), n=4)
    object.__setattr__(found, "judged", np.array([30, 10, NEVER, 20], np.int32))
    assert [found.quantile("judged", q) for q in (0, 0.25, 0.26, 0.75, 1)] == [
        10,
        10,
        20,
        30,
        math.inf,
    ]
    assert found.share("judged", 20) == 0.5


def test_between_the_shortest_and_the_longest_line():
    """Every drawn criminal case of the shipped case ends between the two lines."""
    case = load_case(CASE)
    found, lines = spread(case, n=5_000), schedule(case).lines
    ends = [(lines[v].criminal_ends_on - case.acted_on).days for v in ("shortest", "longest")]
    assert ends[0] <= found.criminal.min()
    assert found.criminal.max() <= ends[1] + 3  # a month of appeal may be longer there


def test_same_seed_same_luck():
    """The criminal case of a line does not change with the regime; another seed changes it."""
    case = load_case(CASE)
    ends = [spread(case, name, 1000, 7).criminal for name in REGIMES]
    assert all((ends[0] == other).all() for other in ends[1:])
    assert (ends[0] != spread(case, n=1000, seed=0).criminal).any()
    assert (spread(case, n=1000, seed=0).judged == spread(case, n=1000).judged).all()


def test_a_tile_border_changes_nothing():
    """The first lines are the same, however many follow."""
    case = load_case("fix-1")
    few, many = (spread(case, "criminal_first", n, switches={"proof": "none"})
                 for n in (TILE, 2 * TILE + 5))  # fmt: skip
    assert (few.judged == many.judged[:TILE]).all()
    assert (few.document == many.document[:TILE]).all()


def test_unsolved_case_may_never_end():
    """Nobody caught: three in ten never; to wait for it is to wait as long.

    Only helpers are sued: beside the fraudster, whose intent is a premise, a judgment
    in part comes first.
    """
    found = spread(load_case("fix-1").set({"P.sued": False}), n=20_000, switches={"proof": "none"})
    assert found.quantile("criminal", 0.65) < math.inf
    assert found.quantile("criminal", 0.75) == math.inf
    assert found.documents["stay"] == pytest.approx(0.3, abs=0.01)
    assert (found.judged >= found.criminal).all()


def test_documents_add_up():
    """Every line ends in one document, and money comes only with a judgment for her."""
    for name in REGIMES:
        found = spread(load_case("fix-1"), name, 3000, switches={"proof": "some"})
        assert sum(found.documents.values()) == pytest.approx(1)
        won = np.isin(found.document, [DOCUMENTS.index(d) for d in DOCUMENTS if "judgment" in d])
        assert ((found.enforced < NEVER) == won).all()
        assert (found.judged <= found.final).all()
        assert (found.final <= found.enforced).all()


@pytest.mark.parametrize("n", [0, -1, 10**8])
def test_too_many_or_too_few(n):
    """A number of lines out of range is refused."""
    with pytest.raises(OutOfScope):
        spread(load_case(CASE), n=n)


def test_unknown_quantity():
    """A quantity that does not exist, or a share that is none, is refused."""
    found = spread(load_case(CASE), n=10)
    with pytest.raises(UnknownName):
        found.quantile("judgd", 0.5)
    with pytest.raises(OutOfScope):
        found.quantile("judged", 1.5)


@pytest.mark.parametrize(("power", "half"), [(1, 0.5), (2, 0.25), (3, 0.125)])
def test_lengths_are_bent_by_the_parameter_whatever_it_is(power, half):
    """The shipped bend is 2, which is squared; by hand: a half to each of three powers."""
    made = SimpleNamespace(
        plan=SimpleNamespace(chances={"bend": power}),
        uniform=lambda name: np.array([0, 0.5, 1], np.float32),
    )
    assert Tile.bent(made, "police").tolist() == [0, half, 1]
