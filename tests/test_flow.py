"""Money that came through others' accounts: limits and gains by a tracing rule, by hand."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import decide, load_case, sweep
from simlib.case import check_data
from simlib.case.model import Case
from simlib.chain import METHODS, came, passed_on, trace_case
from simlib.interval import Interval, high_end, low_end
from simlib.law.regime import rule
from tests.replay import differences, unfounded

METHOD_NAMES = rule("tracing").values


def layered(*rows: tuple[str, str, int], **more: object) -> Case:
    """Victim V loses 6 000 fen and W 4 000; helpers A (card a) and B (card b), each gained 500."""
    helper = {"role": "helper", "act": "payment", "grade": "knowing", "causal_force": 0.5}
    parties = [
        {"id": "V", "role": "victim", "name": "原告"},
        {"id": "W", "role": "victim", "name": "他人", "loss_fen": 4_000},
        {"id": "P", "role": "principal", "name": "诈骗人", "sued": False},
        {"id": "A", "name": "甲", "gain_direct_fen": 500} | helper,
        {"id": "B", "name": "乙", "gain_direct_fen": 500} | helper,
    ]
    raw = {
        "id": "layered", "basis": "hypothetical", "acted_on": datetime.date(2023, 3, 1),
        "title": "两层", "claimant": "V", "loss_fen": 6_000, "parties": parties,
        "accounts": [{"id": "a", "holder": "A"}, {"id": "b", "holder": "B"}],
        "transfers": [
            {"id": f"t{n}", "payer": p, "payee": q, "amount_fen": x}
            for n, (p, q, x) in enumerate(rows, 1)
        ],
    }  # fmt: skip
    raw |= more
    for party in raw["parties"]:
        party["name"] = {"zh": party["name"], "en": party["name"]}
    raw["title"] = {"zh": raw["title"], "en": raw["title"]}
    case, problems = check_data(raw)
    assert problems == []
    return case


MIXED = [("V", "a", 6_000), ("W", "a", 4_000), ("a", "b", 5_000)]


@pytest.mark.parametrize(
    ("method", "hers"),
    [
        ("timestamp", 3_000),  # no inflow equals 5 000: 6/10 of it
        ("pro_rata", 3_000),
        ("lowest_balance", 3_000),  # nothing there is nobody's: the victims' pro rata
        ("fifo", 5_000),  # hers came first
        ("lifo", 1_000),  # W's 4 000 came last, then 1 000 of hers
    ],
)
def test_the_rule_limits_the_second_card(method: str, hers: int) -> None:
    """V 6 000 and W 4 000 into a, 5 000 of it on to b: B answers for what of it was V's.

    His 500 are hers by the same part: pro rata 500 × 3 000 / 5 000 = 300.
    """
    case = layered(*MIXED)
    out = decide(case, "joint", rules={"tracing": method})
    assert out.parties["B"].exposure_fen == hers
    assert out.parties["A"].exposure_fen == 6_000
    assert differences(out.trace) == []
    assert unfounded(out.trace) == []
    assert {"key": "rule.tracing", "value": method, "basis": "teaching assumption"} in (
        out.assumptions
    )
    gains = decide(case, "benefit_cap", rules={"tracing": method})
    assert gains.parties["B"].exposure_fen == 500 * hers // 5_000
    assert gains.parties["A"].exposure_fen == 300  # 500 × 6 000 / 10 000
    assert differences(gains.trace) == []


def test_a_time_stamp_names_the_money() -> None:
    """W's 4 000 came in and 4 000 went out at once: they were W's, and B answers for nothing."""
    rows = [("V", "a", 6_000), ("W", "a", 4_000), ("a", "b", 4_000)]
    assert decide(layered(*rows), "joint").parties["B"].exposure_fen == 0
    by_part = decide(layered(*rows), "joint", rules={"tracing": "pro_rata"})
    assert by_part.parties["B"].exposure_fen == 2_400


def test_only_payment_and_account_helpers_are_limited() -> None:
    """A technician with the same card owes the whole (pitfall 10 is about the flow)."""
    case = layered(*MIXED).set({"B.act": "tech"})
    assert decide(case, "joint").parties["B"].exposure_fen == 6_000


def test_no_rule_is_named_where_none_was_needed() -> None:
    """Straight receipts are known: the outcome rests on no tracing rule."""
    case = layered(("V", "a", 6_000), ("W", "b", 4_000))
    keys = [entry["key"] for entry in decide(case, "joint").assumptions]
    assert "rule.tracing" not in keys


def test_a_sweep_says_the_same() -> None:
    """A grid over B's assets, the rule held: each point as `decide` has it."""
    case, rules = layered(*MIXED).set({"A.fault": 0.8, "B.fault": 0.8}), {"tracing": "lifo"}
    values = [0, 400, 900, 5_000]
    grid = sweep(case, {"B.assets_fen": values}, "joint", rules=rules, output="B.paid_fen")
    one_by_one = [
        decide(case.set({"B.assets_fen": v}), "joint", rules=rules).parties["B"].paid_fen
        for v in values
    ]
    assert grid.tolist() == one_by_one


def test_opening_balance_is_no_victims_money() -> None:
    """5 000 of A's own besides her 6 000 and W's 4 000: of 5 000 passed on a 6/15 are hers."""
    accounts = [{"id": "a", "holder": "A", "opening_fen": 5_000}, {"id": "b", "holder": "B"}]
    case = layered(*MIXED, accounts=accounts)
    assert decide(case, "joint").parties["B"].exposure_fen == 2_000
    first = decide(case, "joint", rules={"tracing": "lowest_balance"})
    assert first.parties["B"].exposure_fen == 0  # his own 5 000 leave first


@settings(max_examples=60, deadline=None)
@given(
    onward=st.lists(
        st.tuples(st.sampled_from("Pab"), st.sampled_from("Pab"), st.integers(1, 9_000)).filter(
            lambda row: row[0] != row[1]
        ),
        max_size=6,
    ),
    opening=st.integers(0, 3_000),
    order=st.randoms(use_true_random=False),
)
def test_every_rule_lies_within_what_is_possible(onward: list, opening: int, order: object) -> None:
    """What a rule calls hers is never more, nor less, than `passed_on` holds possible.

    Its low end takes the transfers to be listed in full, so that no account pays what it has not.
    """
    rows = [("V", "a", 6_000), ("W", "a", 4_000), *onward]
    order.shuffle(rows)
    accounts = [{"id": "a", "holder": "A", "opening_fen": opening}, {"id": "b", "holder": "B"}]
    case = layered(*rows, accounts=accounts)
    possible = passed_on(case, "B")
    for method in METHODS:
        found = came(case, "B", method)
        if possible is None:
            assert found is None
        elif method != "poison":
            least = 0 if trace_case(case, method).unlisted else low_end(possible)
            assert least <= found <= high_end(possible), method
    assert set(METHOD_NAMES) == set(METHODS) - {"poison"}


def test_help_after_the_loss_is_no_help_with_it() -> None:
    """Luo knew, passed on 50 000 of hers afterwards: between .05 and .30 of it, under 1165(1).

    2 500 to 15 000 yuan, whatever he has, in the joint mode too; taken in as a what-if Luo owes up
    to the 50 000 that came to him, and the outcome says what is wrong with it.
    """
    case = load_case("hypo-chain")
    luo = decide(case, "auto").parties["luo"]
    assert luo.mode == "several"
    assert luo.exposure_fen == Interval(250_000, 1_500_000)
    assert decide(case, "joint").parties["luo"].exposure_fen == luo.exposure_fen
    out = decide(case, "joint", {"after_loss": "inside"})
    assert out.parties["luo"].exposure_fen == 5_000_000
    assert "rule.after_loss" in [a["key"] for a in out.assumptions]
    assert "misfit.after-loss" in [a["key"] for a in out.assumptions if a.get("party") == "luo"]
    careless = decide(case.set({"luo.grade": "gross"}), "auto").parties["luo"]
    assert careless.exposure_fen == luo.exposure_fen  # gross negligence owes no more than knowledge
    promised = decide(case.at("promised"), "auto").parties["luo"]
    assert promised.mode == "joint"  # who promised before is no helper after
