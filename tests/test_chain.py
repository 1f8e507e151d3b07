"""Tracing: hand-worked ledgers for every method, and what the ledgers of banks get wrong."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest

from simlib.case import load_case
from simlib.chain import METHODS, method_law, trace_back, trace_case, trace_funds
from simlib.errors import TraceError, UnknownName
from simlib.law.citation import BASES, article
from simlib.resources import table
from simlib.text import LANGS, message, topic_words

CLOCK = datetime.datetime(2022, 10, 5, 10, tzinfo=datetime.UTC)


@pytest.fixture(params=["one by one", "on arrays"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every ledger here is worked both ways."""
    if request.param == "on arrays":
        monkeypatch.setattr("simlib.chain.trace.MANY", 0)
        monkeypatch.setattr("simlib.chain.array_methods.FEWEST", 0)
        monkeypatch.setattr("simlib.chain.trace._kept", {})
    return request.param


def rows(*paid: tuple) -> list[dict]:
    """Transfers `(payer, payee, fen)` or `(payer, payee, fen, fee)`, numbered from 1."""
    keys = ("payer", "payee", "amount_fen", "fee_fen")
    return [dict(zip(keys, row, strict=False)) for row in paid]


def timed(*paid: tuple) -> list[dict]:
    """Transfers `(minute or None, payer, payee, fen)`, numbered from 1."""
    at = [None if m is None else CLOCK + datetime.timedelta(minutes=m) for m, *_ in paid]
    return [row | {"at": t} for row, t in zip(rows(*(p[1:] for p in paid)), at, strict=True)]


MIXED = rows(("V", "A", 600), ("H", "A", 300), ("W", "A", 300), ("A", "B", 500), ("A", "C", 400))


HALF = tuple({"V": 2 * n, "W": n, None: n} for n in (125, 100, 75))
LOWEST = ({"V": 133, "W": 67, None: 300}, {"V": 267, "W": 133}, {"V": 200, "W": 100})


@pytest.mark.parametrize(
    ("method", "found"),
    [
        ("fifo", ({"V": 500}, {"V": 100, None: 300}, {"W": 300})),
        ("lifo", ({"W": 300, None: 200}, {"V": 300, None: 100}, {"V": 300})),
        ("lowest_balance", LOWEST),
        ("pro_rata", HALF),
        ("timestamp", HALF),
        ("poison", ({"V": 500, "W": 500}, {"V": 400, "W": 400}, {"V": 300, "W": 300})),
    ],
)
def test_one_account_under_six_methods(method, found):
    """A receives V 600, honest 300, W 300 in this order, pays B 500 and C 400; 300 stay.

    By hand. fifo: B 500 of V; C the last 100 of V, 300 honest. lifo: B 300 of W, 200 honest; C 100
    honest, 300 of V. lowest balance: B all 300 honest, then 200 of V 600 : W 300 = 133⅓ : 66⅔, the
    odd fen to W; C 400 of 467 : 233 = 266.86 : 133.14, the odd fen to V. pro rata: B 500 × (½, ¼,
    ¼); C 400 × (350, 175, 175)/700 = 200, 100, 100. No payment equals what came right before it,
    so time stamps change nothing. poison: all that leaves A is touched by both.
    """
    tracing = trace_funds(MIXED, ["V", "W"], method)
    assert (tracing.of("4"), tracing.of("5"), tracing.balance("A")) == found


def test_time_stamp_finds_the_same_money():
    """V 600 comes, W 300 comes, 300 leave at once: W's; pro rata they would be V 200, W 100.

    What is left is V's 600; then 200 leave, which equals nothing: V's by proportion.
    """
    paid = rows(("V", "A", 600), ("W", "A", 300), ("A", "B", 300), ("A", "C", 200))
    found = trace_funds(paid, ["V", "W"], "timestamp")
    assert [found.of(id) for id in ("3", "4")] == [{"W": 300}, {"V": 200}]
    assert trace_funds(paid, ["V", "W"], "pro_rata").of("3") == {"V": 200, "W": 100}


def test_time_stamp_counts_the_fee_and_nothing_between():
    """300 come, 298 leave with a fee of 2: the same money. With 1 fen out in between they are not.

    Between: 900 − 1 = V 599.33, W 299.67 → 599 : 300 (the fen taken is V's, ⅔ against ⅓); 298 of
    899 are V 298 × 599/899 = 198.56, W 99.44: 199 and 99.
    """
    paid = rows(("V", "A", 600), ("W", "A", 300), ("A", "B", 298, 2))
    found = trace_funds(paid, ["V", "W"], "timestamp")
    assert (found.of("3"), found.fee_of("3")) == ({"W": 298}, {"W": 2})
    paid.insert(2, rows(("A", "C", 1))[0])
    assert trace_funds(paid, ["V", "W"], "timestamp").of("4") == {"V": 199, "W": 99}


def test_time_stamp_of_mixed_money():
    """What came mixed leaves mixed: X holds V 1, W 2 and pays A 3; A, which has V 10, pays 3 on."""
    paid = rows(("V", "A", 10), ("V", "X", 1), ("W", "X", 2), ("X", "A", 3), ("A", "B", 3))
    assert trace_funds(paid, ["V", "W"], "timestamp").of("5") == {"V": 1, "W": 2}


def test_time_stamp_ignores_empty_transfers():
    """A transfer of 0 fen, or to oneself, is nothing in between."""
    paid = rows(("V", "A", 600), ("W", "A", 300), ("V", "A", 0), ("A", "A", 50), ("A", "B", 300))
    assert trace_funds(paid, ["V", "W"], "timestamp").of("5") == {"W": 300}


def test_ties_go_to_the_origin_named_first():
    """1 fen of V 1, W 1, honest 1: thirds tie, the first origin gives it; of W and honest, W."""
    paid = rows(("H", "A", 1), ("W", "A", 1), ("V", "A", 1), ("A", "B", 1), ("A", "B", 1))
    found = trace_funds(paid, ["V", "W"], "pro_rata")
    assert [found.of(id) for id in ("4", "5")] == [{"V": 1}, {"W": 1}]
    assert trace_funds(paid, ["W", "V"], "pro_rata").of("4") == {"W": 1}


def test_poison_ends_at_zero():
    """A is emptied: what comes in afterwards is clean again."""
    paid = rows(("V", "A", 5), ("H", "A", 5), ("A", "B", 10), ("H", "A", 7), ("A", "B", 7))
    found = trace_funds(paid, "V", "poison")
    assert [found.of(id) for id in ("3", "5")] == [{"V": 10}, {None: 7}]
    assert found.ends("V") == {"B": 17}
    assert not found.conserved


def test_lowest_balance_is_not_made_good():
    """Roscoe v Winder in small: 455 of hers come in, all but 25 are spent, 333 of his own come in.

    As reported of the case (£455 collected, £25 lowest, £358 at death): she can trace 25.
    """
    paid = rows(("V", "A", 455), ("A", "X", 430), ("H", "A", 333))
    found = trace_funds(paid, "V", "lowest_balance")
    assert found.balance("A") == {"V": 25, None: 333}


def test_pieces_keep_their_order():
    """lifo takes the newest, and they arrive in the order they lay in.

    A: V 2, W 3. B receives 4: V 1, W 3 with W on top; B pays 2: W 2. fifo: B receives V 2, W 2 and
    pays V 2.
    """
    paid = rows(("V", "A", 2), ("W", "A", 3), ("A", "B", 4), ("B", "C", 2))
    assert trace_funds(paid, ["V", "W"], "lifo").of("4") == {"W": 2}
    assert trace_funds(paid, ["V", "W"], "fifo").of("4") == {"V": 2}


def test_order_of_transfers():
    """By instant; at the same instant as listed; an undated one right behind the one before it.

    Listed: (10 min) V→A, (none) A→B, (5 min) W→A, (5 min) A→C. Traced: W→A, A→C, V→A, A→B.
    """
    paid = timed((10, "V", "A", 7), (None, "A", "B", 7), (5, "W", "A", 4), (5, "A", "C", 4))
    found = trace_funds(paid, ["V", "W"], "fifo")
    assert list(found.order) == [2, 3, 0, 1]
    assert (found.of("2"), found.of("4")) == ({"V": 7}, {"W": 4})
    assert "file-order" in found.assumptions


def test_undated_first():
    """Undated transfers that open the file come first; all dated and apart, nothing is assumed."""
    paid = timed((None, "V", "A", 7), (5, "A", "B", 7), (1, "W", "A", 4))
    assert list(trace_funds(paid, "V").order) == [0, 2, 1]
    assert trace_funds(timed((1, "V", "A", 7), (2, "A", "B", 7)), "V").assumptions == ()


def test_money_that_goes_round():
    """V 100 → A → B → A → B: 200 came into B from outside it, but V paid only 100."""
    paid = rows(("V", "A", 100), ("A", "B", 100), ("B", "A", 100), ("A", "B", 100))
    for method in set(METHODS) - {"poison"}:
        found = trace_funds(paid, "V", method)
        assert found.came("B", "V") == 100
        assert found.came(("A", "B"), "V") == 100
        assert found.ends("V") == {"B": 100}
        assert found.arrived("V") == {"A": 100, "B": 100}
    assert trace_funds(paid, "V", "poison").came("B", "V") == 200


def test_money_between_accounts_of_one_holder():
    """A1 → A2 of one holder is not money that came to him from outside."""
    paid = rows(("V", "A1", 100), ("A1", "A2", 60))
    found = trace_funds(paid, "V")
    assert found.came(("A1", "A2"), "V") == 100
    assert found.came("A2", "V") == 60
    assert found.came("nobody", "V") == 0


def test_money_that_comes_back_stops():
    """V pays 100, 30 come back and stop; she pays 50 more: 150 paid, 120 of them lie with A."""
    paid = rows(("V", "A", 100), ("A", "V", 30), ("V", "A", 50))
    found = trace_funds(paid, "V")
    assert (found.paid("V"), found.ends("V")) == (150, {"V": 30, "A": 120})
    assert "origin-holds" in found.assumptions
    assert found.conserved


def test_money_that_comes_to_another_victim():
    """V's 40 come to W by way of A and stop there; what W pays is W's own."""
    paid = rows(("V", "A", 40), ("A", "W", 40), ("W", "B", 100))
    found = trace_funds(paid, ["V", "W"])
    assert found.of("3") == {"W": 100}
    assert found.ends("V") == {"W": 40}
    assert found.balance("W") == {"V": 40}


def test_an_origin_with_several_accounts():
    """Between her own accounts nothing is paid out: 100 → own card, 80 → A: 80 paid."""
    paid = rows(("v", "card-v", 100), ("card-v", "A", 80), ("A", "card-v", 10))
    found = trace_funds(paid, {"V": ("v", "card-v")})
    assert found.of("1") == {"V": 100}
    assert (found.paid("V"), found.ends("V")) == (80, {"card-v": 10, "A": 70})
    assert found.conserved


def test_fees():
    """V 100, honest 100; A pays 150 with a fee of 50: fifo V 100 + 50, the fee honest.

    V's own fee of 3 is paid out by her and ends with the bank: 103 paid, 100 + 3.
    """
    paid = rows(("V", "A", 100, 3), ("H", "A", 100), ("A", "B", 150, 50))
    found = trace_funds(paid, "V")
    assert (found.of("3"), found.fee_of("3")) == ({"V": 100, None: 50}, {None: 50})
    assert (found.paid("V"), found.ends("V")) == (103, {"B": 100, "fee": 3})
    assert trace_funds(paid, "V", "lifo").ends("V") == {"B": 50, "fee": 53}


def test_overdraft_is_other_money():
    """A holds V 30 and pays 100: 70 others, unlisted; or refused, saying what is missing."""
    paid = rows(("V", "A", 30), ("A", "B", 100))
    found = trace_funds(paid, "V")
    assert (found.of("2"), found.unlisted) == ({"V": 30, None: 70}, {"A": 70})
    assert "unlisted" in found.assumptions
    with pytest.raises(TraceError) as raised:
        trace_funds(paid, "V", overdraft="refuse")
    assert raised.value.code == "trace-overdraft"
    assert raised.value.values == {"account": "A", "transfer": "2", "missing_fen": 70}
    assert "70" in message(raised.value, "zh")


def test_overdraft_by_the_fee():
    """A holds V 30, pays 30 and a fee of 2: only the fee is unlisted."""
    found = trace_funds(rows(("V", "A", 30), ("A", "B", 30, 2)), "V")
    assert (found.of("2"), found.fee_of("2"), found.unlisted) == ({"V": 30}, {None: 2}, {"A": 2})


def test_opening_money_is_older():
    """A had 50 before: fifo pays them first, and nothing is unlisted."""
    paid = rows(("V", "A", 30), ("A", "B", 60))
    found = trace_funds(paid, "V", opening={"A": 50})
    assert (found.of("2"), found.unlisted, found.balance("A")) == (
        {"V": 10, None: 50},
        {},
        {"V": 20},
    )


def test_amounts_of_any_size():
    """10³⁰ fen of V beside as much of W are halved exactly, whatever an int64 holds."""
    big = 10**30
    paid = rows(("V", "A", big), ("W", "A", big), ("A", "B", big + 1))
    found = trace_funds(paid, ["V", "W"], "pro_rata")
    assert found.of("3") == {"V": big // 2 + 1, "W": big // 2}


def test_backwards_from_an_account():
    """MIXED paid B 500: lifo W 300 and 200 of H, who like V and W pays and is never paid.

    What lies in A at the end is V's last 300.
    """
    assert trace_back(MIXED, "B", "lifo") == {"W": 300, "H": 200}
    assert trace_back(MIXED, ["B", "C"], "lifo") == {"V": 300, "H": 300, "W": 300}
    assert trace_back(MIXED, "A", "lifo", at_end=True) == {"V": 300}
    assert trace_back(MIXED, "B", "lifo", origins=["V"]) == {None: 500}
    assert trace_back(MIXED, "B", "fifo", opening={"A": 450}) == {"V": 50, None: 450}


def test_backwards_from_a_party():
    """luo's card-3 received 50 000 yuan, all of it pan's; his accounts are meant by his name."""
    case = load_case("hypo-chain")
    assert trace_back(case, "luo") == trace_back(case, "card-3") == {"pan": 5_000_000}
    assert trace_back(case, "luo", at_end=True) == {"pan": 100_000}


def test_backwards_counts_what_comes_round():
    """V 100 → A → B → A → B: 200 came into B, and all of it was V's."""
    paid = rows(("V", "A", 100), ("A", "B", 100), ("B", "A", 100), ("A", "B", 100))
    assert trace_back(paid, "B") == {"V": 200}


def test_steps():
    """After each transfer, what the two accounts hold."""
    steps = list(trace_funds(rows(("V", "A", 5), ("A", "B", 3)), "V").steps())
    assert steps == [
        (0, {"V": {}, "A": {"V": 5}}),
        (1, {"A": {"V": 2}, "B": {"V": 3}}),
    ]


def test_nothing_to_trace():
    """No transfers, and an origin that only receives."""
    assert trace_funds([], {"V": ()}).ends("V") == {}
    found = trace_funds(rows(("A", "V", 5)), "V")
    assert (found.paid("V"), found.ends("V"), found.balance("V")) == (0, {}, {None: 5})


def test_layers():
    """0 the victim's, 1 what she paid, 2 the next; None where her money cannot have come."""
    found = trace_funds(rows(("V", "A", 5), ("A", "B", 3), ("H", "X", 1)), "V")
    assert found.layers == {"V": 0, "A": 1, "B": 2}


@pytest.mark.parametrize(
    ("change", "kind", "code"),
    [
        ({"method": "fife"}, UnknownName, "unknown-name"),
        ({"overdraft": "outsid"}, UnknownName, "unknown-name"),
        ({"origins": "nobody"}, UnknownName, "unknown-name-none"),
        ({"origins": {"v": ("V",), "w": ("V",)}}, TraceError, "trace-origin-twice"),
        ({"transfers": rows(("V", "A", -1))}, TraceError, "trace-negative"),
        ({"transfers": rows(("V", "A", 1, -1))}, TraceError, "trace-negative"),
        ({"opening": {"A": -1}}, TraceError, "trace-opening"),
    ],
)
def test_what_cannot_be_traced_is_refused(change, kind, code):
    """Each with a code, and words in both languages."""
    asked = {"transfers": rows(("V", "A", 5)), "origins": "V", "method": "fifo"} | change
    with pytest.raises(kind) as raised:
        trace_funds(**asked)
    assert raised.value.code == code
    assert all(message(raised.value, lang) for lang in LANGS)


@pytest.mark.parametrize("ask", ["of", "fee_of", "balance", "paid", "ends"])
def test_unknown_transfers_accounts_and_origins_are_refused(ask):
    """Transfers, accounts and origins we do not have are refused."""
    with pytest.raises(UnknownName):
        getattr(trace_funds(rows(("V", "A", 5)), "V"), ask)("nothing")


@pytest.mark.parametrize("method", METHODS)
def test_every_method_says_what_it_rests_on(method):
    """A known basis, articles that exist, and words in both languages; none is law in force."""
    law = method_law(method)
    assert law.basis in BASES
    assert law.basis not in ("law in force", "judicial interpretation")
    assert all(article(id) for id in law.cites)
    for lang in LANGS:
        said = topic_words("chain", lang)["methods"][method]
        assert set(said) == {"name", "rests", "definition", "why", "objection"}


def test_law_of_methods_is_data():
    """`simlib/law/tracing.toml` has an entry for each method, and for nothing else."""
    assert list(table("law", "tracing.toml")) == list(METHODS)


def test_article_8_is_what_two_reprints_say():
    """The 2016 provisions, art. 8, item 3, as in five reprints that agree."""
    assert (
        "按照被害人被骗（盗）金额占冻结在案资金总额的比例返还" in article("frozen-funds-rules:8").zh
    )


def test_a_case_is_traced_once():
    """The same transfers and accounts give the same tracing, also after other facts changed."""
    case = load_case("hypo-chain")
    assert trace_case(case) is trace_case(case)
    assert trace_case(case.set({"gao.fault": 0.5})) is trace_case(case)
    assert trace_case(case.set({"t1.amount_fen": 6_000_000})) is not trace_case(case)
    assert trace_case(case, "fifo").method == "fifo"


def test_what_is_kept_is_forgotten_in_turn(monkeypatch):
    """No more tracings are kept than there is room for, the oldest go first."""
    monkeypatch.setattr("simlib.chain.trace._kept", {})
    monkeypatch.setattr("simlib.chain.trace.MOST_KEPT", 2)
    case = load_case("hypo-chain")
    first, second = trace_case(case, "fifo"), trace_case(case, "lifo")
    assert trace_case(case, "fifo") is first
    trace_case(case, "poison")
    assert trace_case(case, "lifo") is second
    assert trace_case(case, "fifo") is not first


def test_case_of_a_chain():
    """hypo-chain: 60 000 and 40 000 yuan from pan; card-1 passes 50 000 to card-3 (layer 2)."""
    found = trace_case(load_case("hypo-chain"))
    assert found.came("card-3", "pan") == 5_000_000
    assert found.ends("pan") == {
        "card-1": 1_000_000, "card-2": 50_000, "card-3": 100_000, "principal": 8_850_000
    }  # fmt: skip
    data = found.to_json()
    assert (data["schema"], data["case"], data["conserved"]) == (
        "simlib.trace/1",
        "hypo-chain",
        True,
    )
    assert data["basis"] == "conference minutes"
    layers = {account["id"]: (account["holder"], account["layer"]) for account in data["accounts"]}
    assert layers["card-3"] == ("luo", 2)


def test_stated_inflow_was_there_from_the_start():
    """An account that received more than is listed: the rest is other money, and older.

    card-3 receives 5 000 000 by transfers; with an inflow of 8 000 000 other 3 000 000 lay there,
    and fifo pays them out first: of 4 900 000 paid on, 1 900 000 are pan's.
    """
    case = load_case("hypo-chain").set({"card-3.inflow_fen": 8_000_000})
    found = trace_case(case, "fifo")
    assert found.of("t4") == {"pan": 1_900_000, None: 3_000_000}
    assert "inflow-before" in found.assumptions


def test_small_tracing_needs_no_numpy():
    """Tracing a shipped case imports no numpy: it is for large files."""
    code = (
        "import sys, simlib; case = simlib.load_case('hypo-chain');"
        "from simlib.chain import trace_case; trace_case(case, 'fifo').to_json();"
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
