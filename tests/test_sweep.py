"""Sweeps: points reckoned by hand, what is refused and how, and where the answers stand."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simlib import decide, load_case, sweep
from simlib.errors import CaseError, NoRule, OutOfScope, SimlibError, SweepError, UnknownName
from simlib.liability import MODES
from simlib.liability.batch import decide as batch
from simlib.liability.batch import decide_many

ROOT = Path(__file__).resolve().parent.parent
FIELDS = ("paid_fen", "exposure_fen", "share")


@pytest.fixture(scope="module")
def fix_1():
    """25,000 yuan; shares P .60, A .25, C .15; purses P 0, A 3,000, C 20,000 yuan."""
    return load_case("fix-1")


def test_joint_over_one_purse(fix_1):
    """By hand: with A's 3,000 she gets 23,000; he and C's 20,000 meet the 25,000 from 5,000 on.

    At 9,000: P has nothing, so A and C bear 25 : 15 of 2,500,000, that is 1,562,500 and 937,500;
    A is full at 900,000 and C pays the rest, 1,600,000.
    """
    purse = {"A.assets_fen": [0, 300_000, 500_000, 900_000, 10**15]}
    assert sweep(fix_1, purse, "joint").tolist() == [
        2_000_000, 2_300_000, 2_500_000, 2_500_000, 2_500_000,
    ]  # fmt: skip
    assert sweep(fix_1, purse, "joint", "A.paid_fen").tolist() == [
        0, 300_000, 500_000, 900_000, 1_562_500,
    ]  # fmt: skip
    assert sweep(fix_1, purse, "joint", "C.paid_fen").tolist() == [
        2_000_000, 2_000_000, 2_000_000, 1_600_000, 937_500,
    ]  # fmt: skip
    assert sweep(fix_1, purse, "joint", "unrecovered_fen").tolist() == [500_000, 200_000, 0, 0, 0]


@pytest.mark.parametrize(
    ("mode", "axis", "expected"),
    [
        ("several", {"A.assets_fen": [300_000, 625_000]}, [675_000, 1_000_000]),
        ("partial_joint", {"P.assets_fen": [0, 1_200_000]}, [800_000, 2_000_000]),
        ("joint_after_exhaustion", {"P.assets_fen": [0, 1_200_000]}, [2_300_000, 2_500_000]),
        ("benefit_cap", {"A.gain_direct_fen": [0, 50_000]}, [200_000, 250_000]),
        ("all_or_nothing", {"C.proof.fault": [0.7499, 0.75, 1]}, [300_000, 2_300_000, 2_300_000]),
        ("reallocation", {"victim.fault": [0, 0.2]}, [2_300_000, 1_125_000]),
        ("dismiss_suit", {"A.sued": [True, False]}, [0, 0]),
    ],
)  # fmt: skip
def test_modes_at_points_reckoned_by_hand(fix_1, mode, axis, expected):
    """By hand, on FIX-1; several with A solvent: 25 % of 25,000 and C's 3,750."""
    assert sweep(fix_1, axis, mode).tolist() == expected


def test_supplementary_with_the_limits_of_the_vector(fix_1):
    """By hand: k .25/.15, P 0: 6,750 yuan; P 20,000: 25,000 yuan."""
    case = fix_1.set({"A.limit": 0.25, "C.limit": 0.15})
    found = sweep(case, {"P.assets_fen": [0, 2_000_000]}, "supplementary")
    assert found.tolist() == [675_000, 2_500_000]


@pytest.mark.parametrize(
    ("way", "expected"), [("outer", 1_000_000), ("inner", 0), ("pro_rata", 520_000)]
)
def test_partial_payment_before_an_unequal_cap(fix_1, way, expected):
    """By hand: cap 10,000, principal pays 12,000: 10,000 remain, or 0, or 10,000·(1 − .48)."""
    case = fix_1.set({"C.sued": False, "A.assets_fen": None})
    found = sweep(case, {"P.assets_fen": [1_200_000]}, "partial_joint", "A.paid_fen",
                  {"partial_payment": way})  # fmt: skip
    assert found.tolist() == [expected]


def test_the_model_share_of_the_vector(fix_1):
    """By hand, RB-A: gain 500 of 25,000, .8, .5, .7, .5 give .226322; without gain less."""
    found = sweep(fix_1.at("scores"), {"A.gain_direct_fen": [50_000, 0]}, "risk_benefit", "A.share")
    assert found[0] == pytest.approx(0.226322, abs=5e-7)
    assert found.dtype == np.float64
    assert found[1] < found[0]


def test_axes_stand_in_the_order_given(fix_1):
    """One axis a path, in dict order, whatever kind of fact it is."""
    values = {"C.sued": [True, False], "A.assets_fen": range(0, 300, 100), "loss_fen": [200, 9_000]}
    found = sweep(fix_1, values, "joint")
    assert found.shape == (2, 3, 2)
    assert found.dtype == np.int64
    assert found[:, 2].tolist() == [[200, 9_000], [200, 200]]
    assert found[1].tolist() == [[0, 0], [100, 100], [200, 200]]


def test_every_kind_of_fact_can_vary():
    """Words, flags, days, unset facts and whole floats: each point is what `decide` gives."""
    case = load_case("2024-lu-0302-5690")
    values = {
        "zhang.act": ["payment", "tech"],
        "zhang.grade": ["gross", "knowing", "concert"],
        "zhang.gain_direct_fen": np.linspace(0, 50_000, 3),
        "zhang.assets_fen": [None, 10_000],
        "decided_on": [datetime.date(2024, 11, 1)],
    }
    case = case.set({"zhang.foresight": 0.8, "zhang.control": 0.5, "zhang.causal_force": 0.3})
    found = sweep(case, values, "risk_benefit", "zhang.paid_fen")
    assert found.shape == (2, 3, 3, 2, 1)
    for index in np.ndindex(found.shape):
        point = {p: list(v)[i] for (p, v), i in zip(values.items(), index, strict=True)}
        point["zhang.gain_direct_fen"] = int(point["zhang.gain_direct_fen"])
        outcome = decide(case.set(point), "risk_benefit")
        assert found[index] == outcome.parties["zhang"].paid_fen


def test_output_that_no_unknown_fact_moves_is_given(fix_1):
    """The claimant's receipt in joint liability is a number though C's fault weight is unknown."""
    case = fix_1.set({"P.share": None, "A.share": None, "C.share": None})
    rules = {"share": "product"}
    assert sweep(case, {"A.assets_fen": [0]}, "joint", rules=rules).tolist() == [2_000_000]
    with pytest.raises(SweepError) as caught:
        sweep(case, {"A.assets_fen": [0]}, "joint", "C.share", rules)
    assert caught.value.values["facts"] == "A.causal_force, A.fault, C.causal_force, C.fault"


def test_unknown_facts_are_named_with_what_to_do(fix_1):
    """`risk_benefit` asks for what the file does not have; the error lists it."""
    with pytest.raises(SweepError) as caught:
        sweep(fix_1, {"A.foresight": [0.5], "A.push": [0.2]}, "risk_benefit")
    assert str(caught.value) == (
        "received_fen depends on facts nobody knows: A.control, A.indispensability, C.foresight, "
        "C.control, C.causal_force; set them with case.set, or sweep over them too"
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "sweep-nothing"),
        ({"A.fault": []}, "sweep-shape"),
        ({"A.fault": 0.5}, "sweep-shape"),
        ({"A.fault": "knowing"}, "sweep-shape"),
        ({"A.fault": [[0.5]]}, "sweep-shape"),
        ({"A.fault": np.zeros((2, 2))}, "sweep-shape"),
        ({"A.fault": [0.1], "parties[2].fault": [0.2]}, "sweep-twice"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(fix_1, values, code):
    """Nothing to vary, nothing in it, not one axis, or the same fact twice."""
    with pytest.raises(SweepError) as caught:
        sweep(fix_1, values, "joint")
    assert caught.value.code == code
    assert str(caught.value)


REFUSED = {
    "above-one": ({"A.fault": [0.5, 1.5]}, {"A.fault": 1.5}),
    "negative": ({"A.fault": [0.5, -0.5]}, {"A.fault": -0.5}),
    "not-finite": ({"A.fault": [0.5, np.nan]}, {"A.fault": np.nan}),
    "not-number": ({"A.fault": [True, False]}, {"A.fault": True}),
    "not-whole": ({"A.assets_fen": [1.0, 2.5]}, {"A.assets_fen": 2.5}),
    "too-large": ({"A.assets_fen": [10**15 + 1]}, {"A.assets_fen": 10**15 + 1}),
    "not-positive": ({"loss_fen": [10, 0]}, {"loss_fen": 0}),
    "bad-choice-near": ({"A.grade": ["gross", "knowin"]}, {"A.grade": "knowin"}),
    "victim-fault-whole": ({"victim.fault": [0.5, 1]}, {"victim.fault": 1}),
    "shares-sum": ({"A.share": [0.25, 0.3]}, {"A.share": 0.3}),
    "recovered-over-loss": (
        {"recovered_fen": [5, 9], "loss_fen": [9, 7]}, {"recovered_fen": 9, "loss_fen": 7}
    ),
    "fault-grade-disagree": (
        {"A.fault": [0.8, 0.5], "A.grade": ["knowing"]}, {"A.fault": 0.5, "A.grade": "knowing"}
    ),
    "causal-force-twice": (
        {"A.causal_force": [0.5], "A.push": [0.5]}, {"A.causal_force": 0.5, "A.push": 0.5}
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSED)
def test_values_a_case_cannot_have_are_refused_as_by_set(fix_1, code):
    """The same problem, at the same place, as `case.set` reports for that point."""
    values, point = REFUSED[code]
    with pytest.raises(CaseError) as swept:
        sweep(fix_1, values, "joint")
    with pytest.raises(CaseError) as single:
        fix_1.set(point)
    assert code in [p.code for p in swept.value.problems]
    assert str(swept.value) == str(single.value)


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (({"A.falt": [1]}, "joint"), "A.fault"),
        (({"B.fault": [1]}, "joint"), None),
        (({"A.fault": [1]}, "jiont"), "joint"),
        (({"A.fault": [1]}, "joint", "recieved_fen"), "received_fen"),
        (({"A.fault": [1]}, "joint", "A.payed_fen"), "A.paid_fen"),
        (({"A.fault": [1]}, "joint", "victim.paid_fen"), None),
        (({"A.fault": [1]}, "joint", "A.share", {"capz": "nested"}), "caps"),
        (({"A.fault": [1]}, "joint", "A.share", None, "law-in-farce"), "law-in-force"),
    ],
)
def test_unknown_names_are_refused(fix_1, arguments, near):
    """Paths, modes, outputs, rules and regimes; the nearest name is offered."""
    with pytest.raises(UnknownName) as caught:
        sweep(fix_1, *arguments)
    assert near is None or caught.value.values["near"] == near


def test_what_the_law_refuses_at_one_point_it_refuses(fix_1):
    """`auto` before its day, and for a minor nobody answers for."""
    days = [datetime.date(2023, 1, 1), datetime.date(2020, 12, 31)]
    with pytest.raises(OutOfScope):
        sweep(fix_1, {"acted_on": days}, "auto")
    with pytest.raises(NoRule):
        sweep(fix_1, {"A.minor": [False, True]}, "auto")


def test_shares_a_hair_beyond_the_tolerance_are_refused_as_by_set(fix_1):
    """.8 + .05 + .1499999989999999 lacks 1.0000001 billionths of 1; as floats it lacks less.

    A sum of floats must not let through what exact decimals refuse.
    """
    case = fix_1.set({"P.share": 0.8, "A.share": 0.05, "C.share": 0.15})
    short = 0.1499999989999999
    assert abs(0.8 + 0.05 + short - 1) < 1e-9
    with pytest.raises(CaseError) as single:
        case.set({"C.share": short})
    with pytest.raises(CaseError) as swept:
        sweep(case, {"C.share": [0.15, short]}, "several")
    assert [p.code for p in swept.value.problems] == [p.code for p in single.value.problems]


def test_a_score_next_to_half_a_billionth_rounds_as_decide_does(fix_1):
    """A's share by the model is .1843674775 to sixteen digits; the scalar engine gives …478."""
    facts = dict.fromkeys(("P.share", "A.share", "C.share"))
    facts |= {f"{who}.{name}": 0.5 for who in "AC" for name in ("foresight", "control")}
    point = {"A.causal_force": 0.4008739085837514, "C.control": 0.04237365359732859}
    case = fix_1.set(facts | {"C.causal_force": 0.1})
    alone = decide(case.set(point), "risk_benefit").parties["A"].share
    columns = {path: np.array([value]) for path, value in point.items()}
    assert decide_many(case, columns, "risk_benefit", ("A.share",))["A.share"].tolist() == [alone]
    assert alone == 0.184367478


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["fix-1", "hengnan-hengyang"])
def test_draws_of_everything_are_what_decide_gives(name, mode):
    """Forty draws of every number of everybody, without and with a card that caps what he owes."""
    case, rng = load_case(name), np.random.default_rng(11)
    case = case.set({f"{p.id}.share": None for p in case.parties if p.share is not None})
    ids = [p.id for p in case.parties if p.role != "victim"]
    columns = {f"{id}.assets_fen": rng.integers(0, 6_000_000, 40) for id in ids}
    for field in ("fault", "causal_force", "foresight", "control", "limit", "court_share"):
        columns |= {f"{id}.{field}": rng.random(40) for id in ids}
    columns |= {f"{id}.gain_direct_fen": rng.integers(0, 400_000, 40) for id in ids}
    columns["recovered_fen"] = rng.integers(0, 1_000_000, 40)
    names = ["received_fen", *(f"{id}.{field}" for id in ids for field in FIELDS)]
    found = decide_many(case, columns, mode, names)
    for n in range(40):
        point = {path: values[n].item() for path, values in columns.items()}
        outcome = decide(case.set(point), mode)
        assert found["received_fen"][n] == outcome.received_fen
        for id in ids:
            expected = [getattr(outcome.parties[id], field) for field in FIELDS]
            assert [found[f"{id}.{field}"][n] for field in FIELDS] == expected


def test_columns_of_unequal_length_are_refused(fix_1):
    """One draw is one column: every path has as many values."""
    with pytest.raises(SweepError) as caught:
        decide_many(fix_1, {"A.assets_fen": [1, 2], "C.assets_fen": [1, 2, 3]}, "joint")
    assert caught.value.values == {"path": "C.assets_fen", "length": 3, "other": 2}


def test_tiles_and_patterns_join_without_gaps(fix_1, monkeypatch):
    """Cut into tiles of three columns and sorted by grade, the answers stand where they belong."""
    rng = np.random.default_rng(3)
    columns = {
        "A.fault": rng.choice([0, 0.2, 0.5, 0.8, 1], 200),
        "C.fault": rng.choice([0, 0.3, 0.9], 200),
        "C.released": rng.choice([True, False], 200),
        "A.assets_fen": rng.integers(0, 10**6, 200),
    }
    names = ("received_fen", "A.paid_fen", "C.share")
    whole = decide_many(fix_1, columns, "auto", names)
    monkeypatch.setattr(batch, "BLOCK", 3)
    for name, values in decide_many(fix_1, columns, "auto", names).items():
        assert values.tolist() == whole[name].tolist()
    monkeypatch.setattr(batch, "BLOCK", 7)
    values = {"A.fault": [0, 0.5, 1, 0.5], "C.fault": [0.9, 0], "A.assets_fen": [5, 9, 7]}
    found = sweep(fix_1, values, "auto")
    for index in np.ndindex(found.shape):
        point = {p: v[i] for (p, v), i in zip(values.items(), index, strict=True)}
        assert found[index] == decide(fix_1.set(point)).received_fen


def test_gains_of_any_size_share_out(fix_1):
    """By gain, 10¹⁵ fen beside 5 and 3: shares as `decide` has them, not wrapped around."""
    case = fix_1.set({"P.share": None, "A.share": None, "C.share": None, "P.gain_direct_fen": 5,
                      "C.gain_direct_fen": 3})  # fmt: skip
    gains = [10**15, 7 * 10**14 + 1, 10**9, 3, 0]
    found = sweep(case, {"A.gain_direct_fen": gains}, "several", "A.share", {"share": "gain"})
    assert found.tolist() == [g / (g + 8) for g in gains]


def test_importing_sweep_is_light():
    """numpy is loaded when a sweep runs, not when it is named."""
    code = "import sys, simlib; simlib.sweep; print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_every_error_speaks_both_languages():
    """The words of a sweep's errors take the values these errors carry."""
    from simlib.text import message

    values = {"path": "A.fault", "shape": "0", "length": 3, "other": 2, "value": 2,
              "output": "received_fen", "facts": "A.push"}  # fmt: skip
    for name in ("shape", "lengths", "twice", "nothing", "range", "open"):
        error: SimlibError = SweepError(f"sweep-{name}", **values)
        assert message(error, "zh") != message(error, "en")


@pytest.mark.parametrize(
    "mode", ["auto", "joint", "several", "threshold", "all_or_nothing", "reallocation", "hybrid"]
)
def test_a_loss_in_pieces_is_decided_on_arrays(mode, monkeypatch):
    """hypo-pieces, six pieces: every number as `decide` gives it, and none of them one by one."""
    monkeypatch.delattr(batch, "singly")
    case = load_case("hypo-pieces")
    values = {"cao.assets_fen": [0, 1, 5_000_000], "miao.fault": [0.1, 0.5, 0.8],
              "han.gain_direct_fen": [0, 7, 9_000_000], "platform.enlarged_fen": [0, 3, 2_000_000],
              "qin.fault": [0.0, 0.3, 1 / 3], "recovered_fen": [0, 5, 60_000]}  # fmt: skip
    outputs = ["received_fen", "unrecovered_fen", "cao.paid_fen", "miao.share", "bank.exposure_fen"]
    found = decide_many(case, values, mode, outputs)
    for n in range(3):
        outcome = decide(case.set({path: tried[n] for path, tried in values.items()}), mode)
        for output in outputs:
            who, _, field = output.rpartition(".")
            expected = getattr(outcome.parties[who] if who else outcome, field)
            assert found[output][n] == expected, (n, output)


def test_a_fault_that_puts_him_into_the_group_is_a_pattern_of_its_own():
    """hypo-chain: Luo moved the money after the loss; in concert he shares in all of it."""
    case = load_case("hypo-chain")
    found = sweep(case, {"luo.fault": [1.0, 0.95]}, "several", "luo.share")
    expected = [
        decide(case.set({"luo.fault": f}), "several").parties["luo"].share for f in (1.0, 0.95)
    ]
    assert found.tolist() == expected
