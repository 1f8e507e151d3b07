"""Her payments cut into lots: by hand, and against what the tracing says came to each holder."""

from __future__ import annotations

import datetime
from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simlib import load_case
from simlib.case import check_data
from simlib.case.load import shipped_cases
from simlib.case.model import Case
from simlib.chain import Lot, came_through, lots, trace_case
from simlib.errors import UnknownName
from simlib.law.regime import rule

METHODS = rule("tracing").values
Row = tuple[str, str, int]
PEOPLE = "VWABCD"


def a_case(rows: list[Row], opening: dict[str, int] | None = None, **more: object) -> Case:
    """V sues; W is another victim, A to D hold the cards a to d, and A a second one, a2."""
    held = {"a": "A", "b": "B", "c": "C", "d": "D", "a2": "A", "v": "V", "v2": "V", "w": "W"}
    paid = sum(x for p, q, x in rows if p in ("V", "v", "v2") and q not in ("V", "v", "v2"))
    helper = {"role": "helper", "act": "payment", "grade": "knowing"}
    parties = [
        {"id": "V", "role": "victim"},
        {"id": "W", "role": "victim", "loss_fen": 1},
        {"id": "P", "role": "principal"},
        *({"id": id} | helper for id in "ABCD"),
    ]
    raw = {
        "id": "lots", "basis": "hypothetical", "acted_on": datetime.date(2023, 3, 1),
        "title": {"zh": "款", "en": "lots"}, "claimant": "V", "loss_fen": paid or 1,
        "parties": [party | {"name": {"zh": "某", "en": "X"}} for party in parties],
        "accounts": [
            {"id": id, "holder": holder, "opening_fen": (opening or {}).get(id, 0)}
            for id, holder in held.items()
        ],
        "transfers": [
            {"id": f"t{n}", "payer": p, "payee": q, "amount_fen": x}
            for n, (p, q, x) in enumerate(rows)
        ],
    }  # fmt: skip
    case, problems = check_data(raw | more)
    assert problems == [], problems
    return case


def told(case: Case, method: str) -> list[tuple[int, int, str]]:
    """Payment, fen and the holders as one word."""
    return [(lot.payment, lot.fen, "".join(sorted(lot.holders))) for lot in lots(case, method)]


@pytest.mark.parametrize("method", METHODS)
def test_parallel_cards_are_apart(method: str) -> None:
    """600 into A's card and 400 into B's, and 50 to C himself: nobody else had any of it."""
    case = a_case([("V", "a", 600), ("v", "b", 400), ("V", "C", 50)])
    assert told(case, method) == [(0, 600, "A"), (1, 400, "B"), (2, 50, "C")]


@pytest.mark.parametrize("method", METHODS)
def test_cards_in_a_row_have_the_same_money(method: str) -> None:
    """600 through A's and B's card: one lot, counted for both."""
    case = a_case([("V", "a", 600), ("a", "b", 600)])
    assert told(case, method) == [(0, 600, "AB")]


SPLIT = [("V", "a", 600), ("a", "b", 100), ("a", "c", 200)]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("fifo", [(0, 100, "AB"), (0, 200, "AC"), (0, 300, "A")]),
        ("lifo", [(0, 100, "AB"), (0, 200, "AC"), (0, 300, "A")]),
        ("pro_rata", [(0, 100, "AB"), (0, 200, "AC"), (0, 300, "A")]),
        # only amounts: 100 of B's within the 200 of C's within the 600 of A's
        ("timestamp", [(0, 100, "ABC"), (0, 100, "AC"), (0, 400, "A")]),
        ("lowest_balance", [(0, 100, "ABC"), (0, 100, "AC"), (0, 400, "A")]),
    ],
)
def test_a_split_payment(method: str, expected: list) -> None:
    """600 to A, who passes 100 to B, then 200 to C: what left first comes first, the rest last."""
    assert told(a_case(SPLIT), method) == expected


MIXED = [("V", "a", 300), ("V", "a", 100), ("a", "b", 500), ("b", "c", 100)]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        # 200 of A's own first, then the 300 of the first payment; B passes on A's 100 first
        ("fifo", [(0, 300, "AB"), (1, 100, "A")]),
        # all hers and 100 of A's own; B gives the newest 100: they lie own, 300, 100
        ("lifo", [(0, 300, "AB"), (1, 100, "ABC")]),
        # 500 of 600: 333 of 400 hers (2/3 of 500), 250 and 83 of the two payments (249.75, 83.25);
        # C: 100 of 500 = 66.6 → 67 hers of 333: 50.3 and 16.7 → 50 and 17
        ("pro_rata", [(0, 50, "ABC"), (0, 200, "AB"), (0, 50, "A"),
                      (1, 17, "ABC"), (1, 66, "AB"), (1, 17, "A")]),
        # no inflow equals what leaves: by proportion, and here the amounts lie in each other anyway
        ("timestamp", [(0, 50, "ABC"), (0, 200, "AB"), (0, 50, "A"),
                       (1, 17, "ABC"), (1, 66, "AB"), (1, 17, "A")]),
        # A's own 200 first, 300 of hers: 225 and 75; of B's 200 others' and 300, others' 100 first
        ("lowest_balance", [(0, 225, "AB"), (0, 75, "A"), (1, 75, "AB"), (1, 25, "A")]),
    ],
)  # fmt: skip
def test_mixed_with_what_lay_there(method: str, expected: list) -> None:
    """A's card held 200 of his own; 300 and 100 of hers come, 500 go to B, 100 of these to C."""
    assert told(a_case(MIXED, {"a": 200}), method) == expected


@pytest.mark.parametrize("method", METHODS)
def test_what_an_inflow_is_above_the_list_lay_there_first(method: str) -> None:
    """A's card received 500 in all, 300 of it hers: 200 of others' count as there before."""
    accounts = [{"id": "a", "holder": "A", "inflow_fen": 500}, {"id": "b", "holder": "B"}]
    case = a_case([("V", "a", 300), ("a", "b", 250)], accounts=accounts)
    hers = {"fifo": 50, "lifo": 250, "lowest_balance": 50}.get(method, 150)  # 3/5 of 250
    assert told(case, method) == [(0, hers, "AB"), (0, 300 - hers, "A")]


LOOP = [("V", "a", 100), ("a", "b", 60), ("b", "a", 60), ("a", "b", 60), ("b", "V", 10),
        ("V", "c", 10)]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        # the 60 that came back stand behind the 40; of the next 60 these 40 go, then 20 of those:
        # every fen has been in B's card; 10 of the 40 return to her, and are paid anew to C
        ("fifo", [(0, 100, "AB"), (5, 10, "C")]),
        ("lifo", [(0, 60, "AB"), (0, 40, "A"), (5, 10, "C")]),
        # 36 of the 60 that came back and 24 of the 40 that had stayed: 16 were never with B
        ("pro_rata", [(0, 84, "AB"), (0, 16, "A"), (5, 10, "C")]),
        ("lowest_balance", [(0, 84, "AB"), (0, 16, "A"), (5, 10, "C")]),
        # the same 60 as came right before
        ("timestamp", [(0, 60, "AB"), (0, 40, "A"), (5, 10, "C")]),
    ],
)
def test_money_counts_once_however_often_it_comes(method: str, expected: list) -> None:
    """60 of 100 go to and fro between A and B; what comes back to her is hers again."""
    assert told(a_case(LOOP), method) == expected


@pytest.mark.parametrize("method", METHODS)
def test_accounts_of_one_holder_are_one(method: str) -> None:
    """A shifts her money to his second card, of which B is paid: it comes to B from A."""
    rows = [("V", "v2", 100), ("v2", "a", 100), ("a", "a2", 100), ("a2", "b", 40)]
    assert told(a_case(rows), method) == [(1, 40, "AB"), (1, 60, "A")]
    # others' 100 in the other card: one purse, not two; by time stamp the 100 that came are paid
    rows = [("V", "a", 100), ("a2", "b", 100)]
    hers = {"pro_rata": 50, "lifo": 100, "timestamp": 100}.get(method, 0)
    both = told(a_case(rows, {"a2": 100}), method)
    assert both == [lot for lot in [(0, hers, "AB"), (0, 100 - hers, "A")] if lot[1]]


@pytest.mark.parametrize("method", METHODS)
def test_another_victim_s_account_is_an_end(method: str) -> None:
    """What W pays is W's own, whoever paid her before."""
    case = a_case([("V", "a", 100), ("a", "w", 100), ("W", "b", 100)])
    assert told(case, method) == [(0, 100, "AW")]


@pytest.mark.parametrize("method", METHODS)
def test_a_fee_stops_where_it_was_taken(method: str) -> None:
    """100 to A, who pays B 40 and the bank 10: her own fee is none of it."""
    transfers = [
        {"id": "t0", "payer": "V", "payee": "a", "amount_fen": 100, "fee_fen": 3},
        {"id": "t1", "payer": "a", "payee": "b", "amount_fen": 40, "fee_fen": 10},
        {"id": "t2", "payer": "a", "payee": "c", "amount_fen": 60},  # 10 of it others'
    ]
    case = a_case([], loss_fen=100, transfers=transfers)
    found = lots(case, method)
    assert sum(lot.fen for lot in found) == 100
    assert [sum(lot.fen for lot in found if id in lot.holders) for id in "ABC"] == [100, 40, 50]


def test_no_transfer_of_hers_and_no_method_that_doubles() -> None:
    """Without a payment of hers there is nothing to cut; under poison a fen is everywhere."""
    assert lots(a_case([("W", "a", 5), ("a", "b", 5)])) == ()
    assert lots(a_case([])) == ()
    with pytest.raises(UnknownName):
        lots(a_case(SPLIT), "poison")


rows = st.lists(
    st.tuples(
        st.sampled_from(["V", "V", "v", "v2", "w", *"abcd", "a2", "B"]),
        st.sampled_from(["v", "w", *"abcd", "a2", "B"]),
        st.integers(1, 12),
    ).filter(lambda row: row[0] != row[1]),
    max_size=14,
)
openings = st.dictionaries(st.sampled_from([*"abcd", "a2"]), st.integers(0, 9), max_size=3)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=60, deadline=None)
@given(rows=rows, opening=openings)
def test_lots_add_up_to_payments_and_to_what_came(method: str, rows: list, opening: dict) -> None:
    """Every payment is cut without rest; per holder it is what the tracing by holder says came,
    and no more where the money came round."""
    case = a_case(rows, opening)
    found, tracing = lots(case, method), trace_case(case, method, by_holder=True)
    own = {"V", "v", "v2"}
    paid = {n: x for n, (p, q, x) in enumerate(rows) if x and p in own and q not in own}
    order = dict.fromkeys(lot.payment for lot in found)
    assert {n: sum(t.fen for t in found if t.payment == n) for n in order} == paid
    assert list(order) == sorted(order)  # undated: the order of the file
    assert all(lot.fen > 0 and "V" not in lot.holders for lot in found)
    loops = may_come_round(rows)
    for id in "WABCD":
        hers = sum(lot.fen for lot in found if id in lot.holders)
        came = tracing.came(id, "V")
        assert hers <= came
        assert hers == came or loops


def may_come_round(rows: list[Row]) -> bool:
    """Whether one who passes money on may receive it again."""
    web: dict[str, set[str]] = {}
    for payer, payee, _ in rows:
        p, q = payer[0].upper(), payee[0].upper()
        if p not in "VW" and p != q:
            web.setdefault(p, set()).add(q)
    try:
        TopologicalSorter(web).prepare()
    except CycleError:
        return True
    return False


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"lifo"}))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=rows, opening=openings)
def test_lots_of_arrays_as_one_by_one(
    monkeypatch: pytest.MonkeyPatch, method: str, rows: list, opening: dict
) -> None:
    """Many transfers, followed on arrays, are cut as few."""
    few = lots(a_case(rows, opening), method)
    with monkeypatch.context() as patch:
        patch.setattr("simlib.chain.trace.MANY", 0)
        patch.setattr("simlib.chain.array_methods.FEWEST", 0)
        assert lots(a_case(rows, opening), method) == few


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", shipped_cases())
def test_shipped_cases_agree_with_what_came(name: str, method: str) -> None:
    """The lots of a helper come to what the tracing lets him answer for at most."""
    case = load_case(name)
    for party in case.parties if lots(case, method) else ():
        hers = sum(lot.fen for lot in lots(case, method) if party.id in lot.holders)
        if party.id != case.claimant:
            assert hers == came_through(case, party.id, method)


def test_a_lot_is_a_record() -> None:
    """The place of the payment counts from 0."""
    assert lots(a_case([("W", "a", 1), ("V", "a", 2)]), "fifo") == (Lot(1, 2, frozenset("A")),)


@pytest.mark.parametrize("method", ["pro_rata", "timestamp"])
def test_money_mixed_too_thickly_is_cut_at_amounts(
    monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """300 to A and 100 to B, all of it on to C, who pays D 200 of the 400.

    D's 200 are spread by size, 150 and 50; C has all of it, A and B what was paid to each.
    """
    monkeypatch.setattr("simlib.chain.lot.MOST_MOVES", 0)
    rows = [("V", "a", 300), ("V", "b", 100), ("a", "c", 300), ("b", "c", 100), ("c", "d", 200)]
    assert told(a_case(rows), method) == [
        (0, 150, "ACD"), (0, 150, "AC"), (1, 50, "BCD"), (1, 50, "BC"),
    ]  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=rows, opening=openings)
def test_amounts_alone_add_up_too(
    monkeypatch: pytest.MonkeyPatch, method: str, rows: list, opening: dict
) -> None:
    """Every payment is cut without rest, and to each holder comes what the tracing says."""
    monkeypatch.setattr("simlib.chain.lot.MOST_MOVES", -1)
    case = a_case(rows, opening)
    found, tracing = lots(case, method), trace_case(case, method, by_holder=True)
    own = {"V", "v", "v2"}
    paid = {n: x for n, (p, q, x) in enumerate(rows) if p in own and q not in own}
    assert {n: sum(t.fen for t in found if t.payment == n) for n in paid} == paid
    for id in "WABCD":
        hers = sum(lot.fen for lot in found if id in lot.holders)
        assert hers == min(tracing.came(id, "V"), sum(paid.values()))


@pytest.mark.parametrize("method", METHODS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=rows, opening=openings)
def test_thick_files_are_cut_at_what_capped_before(
    monkeypatch: pytest.MonkeyPatch, method: str, rows: list, opening: dict
) -> None:
    """Where nearly all transfers of a large file carry her money, a holder has what came to him."""
    monkeypatch.setattr("simlib.chain.trace.MANY", 0)
    monkeypatch.setattr("simlib.chain.trace.MOST_CARRYING", -1)
    case = a_case(rows, opening)
    found = lots(case, method)
    assert sum(lot.fen for lot in found) == trace_case(case, method).paid("V")
    for id in "WABCD" if found else "":
        hers = sum(lot.fen for lot in found if id in lot.holders)
        assert hers == came_through(case, id, method)
