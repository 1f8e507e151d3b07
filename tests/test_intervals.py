"""The ends of amounts over all that unknown facts allow: reached, and nothing outside them."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from reference.strategy import whole
from strategies import cases
from test_reference_engine import beside_p, helper, loaded

from simlib import decide, load_case
from simlib.interval import Interval, high_end, low_end
from simlib.liability import MODES
from simlib.liability.decide import made_ready
from simlib.liability.records import Solution
from simlib.liability.solve import evaluate
from simlib.liability.unknowns import EXACT_AXES, solve

pytestmark = pytest.mark.slow

REAL = "2024-lu-0302-5690"
AMOUNTS = ("share", "part", "exposure", "paid", "outer", "burden", "carried", "short")
RULES = (
    {}, {"share": "mean"}, {"share": "geometric"}, {"share": "gain"}, {"partial_payment": "inner"},
    {"principals": "by_share"}, {"principal_recourse": "by_share"},
)  # fmt: skip


def test_grades_alone_leave_what_the_victim_receives_jointly_certain() -> None:
    """hypo-chain, joint, by cause × fault, faults known by grade only: the sued can pay it all.

    Whatever the shares, 100 000 are paid; the old bounds said 74 306.88 to 100 000, and gave as
    their reason more than eight facts where five were unknown.
    """
    case = load_case("hypo-chain")
    helpers = [p.id for p in case.parties if p.role == "helper" and p.fault is not None]
    case = case.set({f"{id}.fault": None for id in helpers})
    out = decide(case, "joint", rules={"share": "product"})
    assert out.received_fen == 10_000_000
    assert "interval.outer" not in {a["key"] for a in out.assumptions}


@pytest.mark.parametrize(
    ("mode", "claims"),
    [("several", []), ("joint", [("principal", "share", Interval(1_250_000, 2_500_000))])],
)
def test_recourse_of_the_card_lender_has_no_phantom_part(mode: str, claims: list) -> None:
    """Zhang's causal force is unknown, so that his share is 0 to 1/2 of 25 000.

    Severally he pays just what he bears: no recourse. Jointly he pays 25 000 and bears at most
    half: 12 500 to 25 000 from the fraudster, who has enough: nothing for insolvency.
    """
    zhang = decide(load_case(REAL), mode).parties["zhang"]
    assert [(r.against, r.kind, r.fen) for r in zhang.recourse] == claims


def test_recourse_peaks_where_a_purse_is_just_enough() -> None:
    """fix-1, both court shares open: A has 3,000 yuan, C 20,000; parts are cut to 25,000 in all.

    C at 100 %, A at 12 %: A pays 3,000, bears 25,000 × 12 ÷ 112 = 2,678.57; 321.43 are C's.
    A at 100 %, C at 80 %: C pays 20,000, bears 25,000 × 80 ÷ 180 = 11,111.11; 8,888.89 are A's.
    """
    parties = decide(load_case("fix-1"), "discretionary").parties
    of_a, of_c = (parties[id].recourse[0].fen for id in "AC")
    assert (of_a.low, of_c.low) == (0, 0)
    assert abs(of_a.high - 32_143) <= 1
    assert abs(of_c.high - 888_889) <= 1


def test_little_is_left_to_two_principals(tmp_path: object) -> None:
    """H's court share open, 16 of 174 through his card: the rest of his part falls on P and Q.

    The loss in one piece, where it is cut off at what came to his card.
    H's share just below 1 leaves P and Q next to nothing, which is 4 : 1 all the same, so that
    P bears 126 of the 158 cut off; a share of 1 leaves nothing, and each bears 79.
    """
    case = beside_p(
        helper("H", act="account", fault=0.001, causal_force=0.2),
        {"id": "Q", "role": "principal", "causal_force": 0.25},
        loss=174,
        accounts=[{"id": "card", "holder": "H"}],
        transfers=[{"id": "s", "payer": "V", "payee": "card", "amount_fen": 16},
                   {"id": "t", "payer": "V", "payee": "P", "amount_fen": 158}],
        recoveries=[{"payer": "Q", "amount_fen": 100}],
    )  # fmt: skip
    read = loaded(case, tmp_path)
    whole = {"pieces": "off"}
    ready = made_ready(read, "discretionary", whole, None)
    found = solve(ready)
    for share, burden in ((1 - 1e-9, 126), (1 - 3e-9, 126), (1.0, 79)):
        there = evaluate(ready, [share])
        assert there.burden[0] == burden
        assert max(outside(found, there).values()) <= 1
        set_to = decide(read.set({"H.court_share": share}), "discretionary", rules=whole)
        assert set_to.parties["P"].burden_fen == burden


def test_a_courts_parts_turn_where_nothing_is_left_to_the_principal(tmp_path: object) -> None:
    """A, on purpose, .89; B's part open, careless, v = .882; P bears what B's share does not.

    At 0 P has .11, 110 000 of 1 000 000. Where B's x ÷ .118 is .11, nothing is left to P but .882
    of B's 110 000: 97 020. At 1 B's part is 1 ÷ 1.89 of all, of which P bears .882: 466 667.
    """
    case = beside_p(
        helper("A", act="tech", grade="concert", court_share=0.89),
        helper("B", act="tech", grade="slight"), loss=1_000_000,
    )  # fmt: skip
    case["parties"][0]["fault"] = 0.882
    found = decide(loaded(case, tmp_path), "discretionary").parties["P"].burden_fen
    ends = ((found.low, 97_020), (found.high, 466_667))
    assert all(abs(end - fen) <= 1 for end, fen in ends)  # a split gives or denies a fen


RELEASED = {
    "what P pays turns where A's purse is empty": (
        "discretionary", 895_741, 0.2, 0.0276,
        [{"id": "P", "role": "principal", "assets_fen": 621_294, "causal_force": 0.4},
         {"id": "Q", "role": "principal", "assets_fen": 44_497, "released": True},
         helper("A", act="promotion", fault=0.4, assets_fen=24_781)],
    ),
    "what P owes turns where Q's part is as large as his purse": (
        "reallocation", 200_430, 0.11, 0.015361,
        [{"id": "P", "role": "principal", "sued": False, "assets_fen": 165_794,
          "causal_force": 0.001},
         {"id": "Q", "role": "principal", "assets_fen": 886, "causal_force": 0.181},
         helper("A", act="account", assets_fen=0),
         helper("B", act="tech", grade="gross", causal_force=0.7, released=True)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", RELEASED)
def test_what_a_release_leaves_turns_between_the_ends(how: str, tmp_path: object) -> None:
    """A larger part of one helper gives up less with the released debtor, so that more is owed.

    The first unknown inside its range, any other at its low end.
    """
    mode, loss, own_fault, inside, people = RELEASED[how]
    case = beside_p(loss=loss)
    case["parties"] = [{"id": "V", "role": "victim", "fault": own_fault}, *people]
    ready = made_ready(loaded(case, tmp_path), mode, None, None)
    point = [inside, *(axis.low for axis in ready.box.axes[1:])]
    far = outside(solve(ready), evaluate(ready, point))
    assert far.pop("share") < 2e-9
    assert max(far.values()) <= 1, far


def outside(found: Solution, there: Solution) -> dict[str, int]:
    """By how much amounts at a point lie outside their intervals at most, in all and by name."""
    far = {"received": _far(found.received, there.received)}
    for name in AMOUNTS:
        pairs = zip(getattr(found, name), getattr(there, name), strict=True)
        far[name] = max((_far(*pair) for pair in pairs), default=0)
    return far


def _far(known: object, value: float) -> float:
    return max(0, low_end(known) - value, value - high_end(known))


@settings(max_examples=25, deadline=None, derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(case=cases(unknown=True))
def test_no_point_of_the_unknown_facts_lies_outside(case: object) -> None:
    """Twenty points of each box, ends and small values among them: amounts to the fen.

    A part that is split may fall a fen beyond. Claims of recourse are searched, too, but only so
    far as the number of looks allows, and are left out here.
    """
    _holds_all(case, random.Random(7), 1)


@pytest.mark.parametrize("seed", range(126, 132))
def test_no_point_lies_outside_where_the_loss_is_cut(seed: int, tmp_path: object) -> None:
    """The same with cards and so with several pieces, each of which may round a fen.

    Of 130 a burden lay 590 yuan outside. What is short is left out: a recourse of one fen, which
    rounding gives or denies, decides whether it can be claimed at all.
    """
    chance = random.Random(seed)
    case = whole(lambda way: way(chance), known=False, cards=True)
    _holds_all(loaded(case, tmp_path), random.Random(7 + seed), 2, without=("short",))


def _holds_all(
    case: object, chance: random.Random, odd: int, without: tuple[str, ...] = ()
) -> None:
    for mode in MODES:
        ready = made_ready(case, mode, chance.choice(RULES), None)
        axes = ready.box.axes
        if not axes or len(axes) > EXACT_AXES:
            continue
        found = solve(ready)
        assert found.exact
        for _ in range(20):
            far = outside(found, evaluate(ready, [_somewhere(axis, chance) for axis in axes]))
            assert far.pop("share") < 2e-9, mode
            assert max(fen for name, fen in far.items() if name not in without) <= odd, (mode, far)


def _somewhere(axis: object, chance: random.Random) -> float:
    u = chance.choice((0, 1, chance.random(), chance.random() ** 4))
    value = axis.low + (axis.high - axis.low) * u
    return round(value) if axis.fen else min(axis.high, max(axis.low, value))
