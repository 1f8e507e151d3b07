"""Tracing against a second reading, coin by coin, on random transfers; what must always hold."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference.tracing import follow, reach

from simlib.chain import METHODS, trace_funds
from simlib.chain.ledger import ledger
from simlib.chain.plans import plan
from simlib.chain.scalar import Walk

ACCOUNTS = ("V", "W", "A", "B", "C", "D")
ORIGINS = {"v": ("V",), "w": ("W",)}
CLOCK = datetime.datetime(2022, 10, 5, tzinfo=datetime.UTC)
CONSERVING = tuple(method for method in METHODS if method != "poison")

BOTH = [  # so that both origins are met: nothing moves
    {"payer": name, "payee": "A", "amount_fen": 0, "fee_fen": 0, "at": None} for name in "VW"
]
rows = st.lists(
    st.fixed_dictionaries(
        {
            "payer": st.sampled_from(ACCOUNTS),
            "payee": st.sampled_from(ACCOUNTS),
            "amount_fen": st.integers(0, 12),
            "fee_fen": st.sampled_from((0, 0, 0, 1, 2)),
            "at": st.none()
            | st.integers(0, 4).map(lambda s: CLOCK + datetime.timedelta(seconds=s)),
        }
    ),
    max_size=16,
).map(lambda paid: [row | {"id": str(n)} for n, row in enumerate(BOTH + paid)])
openings = st.dictionaries(st.sampled_from(ACCOUNTS), st.integers(0, 9), max_size=3)


def colours(counter: dict) -> dict:
    """A count of coins without what is nought."""
    return {colour: fen for colour, fen in counter.items() if fen}


@pytest.mark.parametrize("method", CONSERVING)
@settings(max_examples=60, deadline=None)
@given(paid=rows, opening=openings)
def test_every_transfer_as_coin_by_coin(method, paid, opening):
    """What of each transfer and fee, of each balance and of what is unlisted was whose."""
    found = trace_funds(paid, ORIGINS, method, opening=opening)
    expected = follow(paid, ORIGINS, method, opening)
    for row in paid:
        assert found.of(row["id"]) == colours(expected.of[row["id"]])
        assert found.fee_of(row["id"]) == colours(expected.fee_of[row["id"]])
    for account, pile in expected.held.items():
        assert found.held(account) == colours(pile)
    assert found.unlisted == colours(expected.unlisted)


@settings(max_examples=60, deadline=None)
@given(paid=rows, opening=openings)
def test_poison_reaches_as_by_marks(paid, opening):
    """For each origin, what of each transfer its money had touched."""
    for name, accounts in ORIGINS.items():
        found = trace_funds(paid, ORIGINS, "poison", opening=opening)
        expected = reach(paid, set(accounts), {"V", "W"}, opening)
        assert {row["id"]: found.of(row["id"]).get(name, 0) for row in paid} == expected


@pytest.mark.parametrize("method", CONSERVING)
@settings(max_examples=40, deadline=None)
@given(paid=rows, opening=openings)
def test_no_fen_is_lost(method, paid, opening):
    """Every transfer is all of somebody's, and what an origin paid is found at the end."""
    found = trace_funds(paid, ORIGINS, method, opening=opening)
    for row in paid:
        moved = row["amount_fen"] if row["payer"] != row["payee"] else 0
        assert sum(found.of(row["id"]).values()) == moved
        assert sum(found.fee_of(row["id"]).values()) == row["fee_fen"]
    assert found.conserved
    for origin in ORIGINS:
        assert found.came("A", origin) <= found.paid(origin)


@pytest.fixture
def arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small cases too are traced on arrays."""
    monkeypatch.setattr("simlib.chain.trace.MANY", 0)
    monkeypatch.setattr("simlib.chain.waves.FEWEST", 0)


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"lifo"}))
@pytest.mark.parametrize("origins", [ORIGINS, {"v": ("V",)}, {"v": ("V", "A"), "w": ("W",)}])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(paid=rows, opening=openings)
def test_arrays_as_one_by_one(arrays, method, origins, paid, opening):
    """Plans on arrays say of everything what following transfers one by one says."""
    book = ledger(paid, origins, opening)
    walk, found = Walk(book, method, "outside").run(), plan(book, method)
    if found is None:
        assert not any(
            row["fee_fen"] or row["amount_fen"] for row in paid if row["payer"] != row["payee"]
        )
        return
    for place in range(len(paid)):
        assert found.of(place) == walk.of(place)
        assert found.fee_of(place) == walk.fee_of(place)
    for account in range(len(book.names)):
        assert found.held(account) == colours(walk.held(account))
    for origin in range(len(origins)):
        assert found.ends(origin) == walk.ends(origin)
        assert found.arrived(origin) == walk.arrived(origin)
        assert found.fees_paid(origin) == walk.fees_paid(origin)
    assert found.carrying(range(len(origins))) == walk.carrying(range(len(origins)))
    for colour in range(len(origins) + 1):
        assert found.came({0, 2}, colour) == walk.came({0, 2}, colour)
    assert (found.unlisted, found.paid) == (walk.unlisted, walk.paid)
    assert found.stopped == bool(walk.stopped)
