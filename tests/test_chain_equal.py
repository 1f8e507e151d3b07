"""Tracing against a second reading, coin by coin, on random transfers; what must always hold."""

from __future__ import annotations

import datetime
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference.tracing import follow, reach

from simlib.case.columns import columns
from simlib.chain import METHODS, trace_back, trace_funds
from simlib.chain.array_methods import plan
from simlib.chain.ledger import ledger
from simlib.chain.scalar import Walk
from simlib.errors import TraceError

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
        assert found.balance(account) == colours(pile)
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
    monkeypatch.setattr("simlib.chain.array_methods.FEWEST", 0)


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
        assert found.balance(account) == colours(walk.balance(account))
    for origin in range(len(origins)):
        assert found.ends(origin) == walk.ends(origin)
        assert found.arrived(origin) == walk.arrived(origin)
        assert found.fees_paid(origin) == walk.fees_paid(origin)
    assert found.carrying(range(len(origins))) == walk.carrying(range(len(origins)))
    for colour in range(len(origins) + 1):
        assert found.came({0, 2}, colour) == walk.came({0, 2}, colour)
    assert (found.unlisted, found.paid) == (walk.unlisted, walk.paid)
    assert found.stops == walk.stops


@st.composite
def solvent(draw: st.DrawFn) -> list[tuple[str, str, int]]:
    """Transfers in order in which V and W only pay and nobody pays more than he holds."""
    balance, paid = dict.fromkeys("ABCD", 0), []
    for _ in range(draw(st.integers(1, 20))):
        payer = draw(st.sampled_from(["V", "W", *(a for a in "ABCD" if balance[a])]))
        payee = draw(st.sampled_from([a for a in "ABCD" if a != payer]))
        fen = draw(st.integers(1, min(12, balance.get(payer, 12))))
        paid.append((payer, payee, fen))
        balance[payee] += fen
        if payer in balance:
            balance[payer] -= fen
    return [*paid, ("V", "A", 0), ("W", "A", 0)]


@pytest.mark.parametrize("method", ["fifo", "lifo"])
@settings(max_examples=60, deadline=None)
@given(paid=solvent())
def test_time_may_run_backwards(method, paid):
    """Played backwards, what lies with A at the end goes back to whom it came from, to the fen.

    A queue turned round is a queue, a stack a stack: money from V that ends with A is money from
    the end of A that comes back to V.
    """
    there = trace_funds(_rows(paid), ["V", "W"], method)
    ends = {x: sum(there.balance(x).values()) for x in "ABCD" if x in there.names}
    back = [(f"end-{x}", x, fen) for x, fen in ends.items()]
    back += [(payee, payer, fen) for payer, payee, fen in reversed(paid)]
    again = trace_funds(_rows(back), [f"end-{x}" for x in ends], method)
    for x in ends:
        for origin in "VW":
            assert there.balance(x).get(origin, 0) == again.balance(origin).get(f"end-{x}", 0)


def _rows(paid: list[tuple[str, str, int]]) -> list[dict]:
    keys = ("payer", "payee", "amount_fen")
    return [dict(zip(keys, row, strict=True)) for row in paid]


def test_many_transfers_take_the_arrays():
    """6 000 transfers round a ring of 7 accounts: the plan is used, and says what a walk says."""
    ring = [("V", "A", 50), *((x, y, 40) for x, y in pairwise("ABCDEFGA" * 750)), ("V", "B", 9)]
    book = ledger(_rows(ring), {"v": ("V",)}, {})
    walk = Walk(book, "fifo", "outside").run()
    found = trace_funds(_rows(ring), {"v": "V"}, "fifo")
    assert type(found._ways).__name__ == "Intervals"
    assert found.ends("v") == {book.names[place]: fen for place, fen in walk.ends(0).items()}
    assert sum(found.ends("v").values()) == 59


def test_layers_of_a_long_chain():
    """On columns as on records, and where there are more layers than looks at all transfers."""
    names = [f"a{n}" for n in range(250)]
    for links in (names[:7], names):
        chain = [SimpleNamespace(id=q, payer=p, payee=q, amount_fen=9, fee_fen=0, at=None)
                 for p, q in pairwise(links)]  # fmt: skip
        few, many = (trace_funds(x, "a0").layers for x in (chain, columns(chain)))
        assert few == many == {name: n for n, name in enumerate(links)}


def test_too_many_hops_are_walked(monkeypatch):
    """Where pieces would hop too often the plan follows the transfers one by one, once."""
    monkeypatch.setattr("simlib.chain.array_methods.MOST_HOPS", 3)
    ring = _rows([("V", "A", 50), *((x, y, 40) for x, y in pairwise("ABCDEFGA" * 3))])
    book = ledger(ring, {"v": ("V",)}, {})
    found, walk = plan(book, "fifo"), Walk(book, "fifo", "outside").run()
    assert [found.of(t) for t in range(len(ring))] == [walk.of(t) for t in range(len(ring))]
    assert found.ends(0) == walk.ends(0)


@pytest.mark.parametrize("method", METHODS)
def test_many_huge_amounts_fall_back(method):
    """Sums no int64 holds are followed in whole numbers of any size."""
    big = 10**30
    paid = _rows([("V", "A", big), ("W", "A", big), *[("A", "B", 1)] * 6_000])
    found = trace_funds(paid, ["V", "W"], method)
    assert type(found._ways).__name__ == "Walk"
    assert found.paid("V") == big
    assert found.conserved or method == "poison"


def test_products_that_do_not_fit_fall_back():
    """Each amount fits an int64, their product does not: 3 · 10¹⁵ of 4 · 10¹⁵ stays exact."""
    most = 10**15
    paid = _rows([("V", "A", 2 * most), ("H", "A", 2 * most), ("A", "B", 3 * most)])
    paid += _rows([(f"H{n}", "X", 1) for n in range(6_000)])
    assert type(trace_funds(paid[3:], "H0", "pro_rata")._ways).__name__ == "Waves"
    found = trace_funds(paid, "V", "pro_rata", opening={"H": 2 * most})
    assert found.of("3") == {"V": 3 * most // 2, None: 3 * most // 2}


def test_a_refused_overdraft_among_many():
    """The first overdraft in order is named, as when few transfers are traced."""
    paid = _rows([*[("V", "A", 1)] * 6_000, ("A", "B", 6_001), ("C", "B", 1)])
    with pytest.raises(TraceError) as raised:
        trace_funds(paid, "V", overdraft="refuse")
    assert raised.value.values == {"account": "A", "transfer": "6001", "missing_fen": 1}
    assert trace_funds(paid[:6_000], "V", overdraft="refuse").ends("V") == {"A": 6_000}


def test_columns_as_records():
    """Transfers given as columns, undated and out of order, are traced as the records are."""
    at = [CLOCK, None, CLOCK - datetime.timedelta(1), None]
    records = [
        SimpleNamespace(id=f"t{n}", payer=p, payee=q, amount_fen=fen, fee_fen=n, at=at[n])
        for n, (p, q, fen) in enumerate(
            [("V", "A", 9), ("A", "B", 8), ("W", "A", 7), ("A", "C", 3)]
        )
    ]
    few, many = (trace_funds(x, ["V", "W"]) for x in (records, columns(records)))
    assert few.to_json() == many.to_json()
    assert list(many.order) == [2, 3, 0, 1]
    assert trace_back(columns(records), "C") == trace_back(records, "C")
