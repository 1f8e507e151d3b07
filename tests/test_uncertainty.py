"""What decides: bars, maps and changes against hand calculation and against `decide`."""

from __future__ import annotations

import datetime
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simlib import decide, load_case, regime, uncertainty
from simlib.case.model import Case
from simlib.deciding import lever_words, needed_words, nothing_words
from simlib.errors import UnknownName
from simlib.interval import Interval, high_end, low_end
from simlib.liability.batch import decide as batch
from simlib.liability.batch import decide_many
from simlib.riskbenefit import rebalanced
from simlib.uncertainty import (
    above,
    at_least,
    at_most,
    below,
    decision_map,
    flips,
    mode_is,
    needed,
    proved,
    tornado,
    uncapped,
)
from simlib.uncertainty.grid import at_ends, reckon
from simlib.uncertainty.question import lever, numeric_facts, question_of, values_of

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
AT_PUSH_9 = {"zhang.gain_direct_fen": 2_500_000, "zhang.push": 0.9}


@pytest.fixture(scope="module")
def fix_1():
    """25,000 yuan; shares P .60, A .25, C .15; purses 0, 3,000, 20,000; gains A 500, C 2,000."""
    return load_case("fix-1")


@pytest.fixture(scope="module")
def zhang():
    """Foresight .9, control .6, indispensability .8, push .6; his gain is unknown."""
    return load_case("2024-lu-0302-5690").at("assumed")


def by_key(bars):
    return {bar.key: bar for bar in bars}


def test_the_front_door_is_written_by_hand():
    """`__all__` is sorted, without doubles, and every name in it is there."""
    assert uncertainty.__all__ == sorted(set(uncertainty.__all__))
    assert all(hasattr(uncertainty, name) for name in uncertainty.__all__)


# --- tornado ---------------------------------------------------------------------------------


def test_which_purses_matter_under_several_liability(fix_1):
    """Hand: parts 15,000, 6,250, 3,750; A pays his 3,000, C his 3,750: 6,750.

    A's purse ± 20 %: 2,400 and 3,600, so 6,150 and 7,350. C's 16,000 or 24,000 are above 3,750.
    P's from 0 to a fifth of the loss, 5,000, all of which he pays: 11,750.
    """
    bars = by_key(tornado(fix_1, mode="several", parameters=()))
    assert (bars["A.assets_fen"].low_value, bars["A.assets_fen"].high_value) == (615_000, 735_000)
    assert bars["A.assets_fen"].width == 120_000
    assert bars["C.assets_fen"].dead
    assert bars["P.assets_fen"].high_value == 1_175_000
    assert bars["A.assets_fen"].now == 675_000


def test_bars_are_sorted_and_the_dead_come_last(fix_1):
    """Widest first."""
    widths = [b.width for b in tornado(fix_1, mode="several")]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == 0


def test_at_the_cap_the_other_levers_are_dead(zhang):
    """Hand: g = 1, G = 1/1.05, G′ = .964286; R = .677608; C = √(.8 × .9) = .848528.

    s = .4 × e^(.25 ln G′ + .35 ln R + .4 ln C) = .3239, so the cap .30 binds: 7,500. The strongest
    of the others, push .72, still gives .3239 × .8^.2 = .3098. The base .16 gives .2591: 6,478;
    the cap .24 gives 6,000 and .36 lets .3239 through, 8,097.
    """
    bars = by_key(tornado(zhang.set(AT_PUSH_9)))
    facts = ("push", "indispensability", "foresight", "control", "gain_direct_fen")
    values = ("gamma", "g_half", "rho.payment", "weight.gain", "weight.risk", "weight.cause")
    still = [*(f"zhang.{f}" for f in facts), *(f"parameter:{v}" for v in values)]
    assert [key for key in still if not bars[key].dead] == []
    base, cap = bars["parameter:base.payment"], bars["parameter:cap.payment"]
    assert (base.low_value // 100, base.high_value) == (6478, 750_000)
    assert (cap.low_value, cap.high_value // 100) == (600_000, 8097)
    assert bars["loss_fen"].low_value == 600_000


def test_an_unknown_gain_is_moved_over_all_it_may_be(zhang):
    """By hand, on the paper's case: .2131 at no gain, the cap .30 without end; others: a band."""
    bars = by_key(tornado(zhang))
    gain = bars["zhang.gain_direct_fen"]
    assert gain.unknown
    assert (gain.low_input, gain.high_input) == (0, float("inf"))
    assert (gain.low_value, gain.high_value, gain.width) == (532_814, 750_000, 217_186)
    assert bars["zhang.push"].now == Interval(532_814, 750_000)
    assert isinstance(bars["zhang.push"].low_value, Interval)


def test_a_weight_moves_with_the_others_of_its_sum(zhang):
    """Hand: weights .30 : .327 : .373 with no gain: G′ = .25.

    .4 × e^(.3 ln .25 + .7/.75 × (.35 ln .677608 + .4 ln .69282)) = .4 × e^(−.680030) = .202641;
    that is 5,066.02.
    """
    bar = by_key(tornado(zhang.set({"zhang.gain_direct_fen": 0})))["parameter:weight.gain"]
    assert bar.high_input == 0.3
    assert bar.high_value == 506_602
    there = rebalanced(regime("paper-proposal"), "weight.gain", 0.3)
    case = zhang.set({"zhang.gain_direct_fen": 0})
    assert decide(case, "risk_benefit", regime=there).received_fen == 506_602


def test_a_fact_that_is_named_is_shown_even_if_nothing_reads_it(fix_1):
    """Joint liability asks for no gain; asked for by name, the bar is there and dead."""
    assert "A.gain_direct_fen" not in by_key(tornado(fix_1, mode="joint"))
    bars = tornado(fix_1, mode="joint", facts=["A.gain_direct_fen"], parameters=())
    assert [(b.key, b.dead) for b in bars] == [("A.gain_direct_fen", True)]


def test_result_outside_both_ends_is_reported():
    """A lever whose result half-way lies outside both ends says so, and its width counts it."""
    from simlib.uncertainty.question import Lever
    from simlib.uncertainty.tornado import Try, _bar

    tried = Try(Lever("x", "fraction", 0, 1, 0.5), 0.4, 0.5, 0.6)
    bar = _bar(tried, 9, [1, 9, 2])
    assert bar.bent
    assert bar.width == 8
    assert not _bar(tried, 2, [1, 2, 3]).bent


@pytest.mark.parametrize("name", ["pusch", "parameter:gama"])
def test_unknown_names_are_refused(zhang, name):
    """Paths and parameters that name nothing."""
    with pytest.raises(UnknownName):
        decision_map(zhang, f"zhang.{name}" if ":" not in name else name, "zhang.push")


@pytest.mark.parametrize(
    ("id", "position", "mode", "output"),
    [
        ("2024-lu-0302-5690", "assumed", "risk_benefit", "received_fen"),
        ("2024-lu-0302-5690", "found", "risk_benefit", "zhang.paid_fen"),
        ("2024-lu-0302-5690", "found", "benefit_cap", "received_fen"),
        ("fix-1", "scores", "risk_benefit", "A.exposure_fen"),
        ("fix-1", "base", "joint", "C.paid_fen"),
        ("fix-1", "base", "all_or_nothing", "unrecovered_fen"),
    ],
)
def test_a_bars_ends_are_what_decide_gives(id, position, mode, output):
    """Each end of each bar, decided on its own."""
    case = load_case(id).at(position)
    question = question_of(case, mode, output, None, None)
    for bar in tornado(case, output, mode):
        graded = bar.unknown and bar.key.endswith(".fault")
        for place, value in ((bar.low_input, bar.low_value), (bar.high_input, bar.high_value)):
            if place != float("inf") and not graded:
                assert question.given({bar.key: place}).value() == value, (bar.key, place)


def test_a_parameter_left_out_moves_nothing(fix_1):
    """What the decision does not ask for has no bar: every other parameter is moved by hand."""
    case, output = fix_1.at("scores"), "A.exposure_fen"
    shown = by_key(tornado(case, output))
    question = question_of(case, "risk_benefit", output, None, None)
    for key in values_of(question.regime):
        if f"parameter:{key}" not in shown:
            found = lever(question, f"parameter:{key}")
            for value in (max(found.low, found.now * 0.8), min(found.high, found.now * 1.2)):
                assert question.given({f"parameter:{key}": value}).value() == question.value()


def test_facts_left_out_move_nothing(zhang):
    """The same for facts."""
    shown = by_key(tornado(zhang))
    question = question_of(zhang, "risk_benefit", "received_fen", None, None)
    left = [p for p in numeric_facts(zhang) if p not in shown]
    assert "zhang.limit" in left
    for path in left:
        top = 500_000 if path.endswith("_fen") else 0.5
        if path != "zhang.fault":
            assert question.given({path: top}).value() == question.value(), path


def test_the_ranking_is_that_of_the_variance(fix_1):
    """Brute force: first-order Sobol indices over the ± 20 % box, on a grid of 5⁵ points.

    Share by the geometric score: logarithms add up, so the index ranks as the widths do.
    """
    case, output = fix_1.at("scores"), "A.exposure_fen"
    paths = ["A.push", "A.foresight", "A.control", "A.gain_direct_fen", "A.indispensability"]
    nows = [0.5, 0.8, 0.5, 50_000, 0.7]
    steps = [np.linspace(0.8, 1.2, 5) * now for now in nows]
    steps[3] = steps[3].astype(int)
    grid = np.array(list(product(*steps)))
    columns = {p: grid[:, i] for i, p in enumerate(paths)}
    found = decide_many(case, columns, "risk_benefit", [output])[output].reshape([5] * 5)
    means = [found.mean(axis=tuple(a for a in range(5) if a != i)) for i in range(5)]
    indices = {p: m.var() / found.var() for p, m in zip(paths, means, strict=True)}
    assert sum(indices.values()) == pytest.approx(1, abs=0.02)
    bars = tornado(case, output, facts=paths, parameters=())
    widths = {b.key: b.width for b in bars}
    ranked = sorted(paths, key=lambda p: -indices[p])
    assert [widths[p] for p in ranked] == sorted(widths.values(), reverse=True)


# --- map -------------------------------------------------------------------------------------


def test_a_map_of_two_purses(fix_1):
    """Hand: joint, P has nothing: both purses together, up to 25,000. Contours at parts of it."""
    found = decision_map(fix_1, "A.assets_fen", "C.assets_fen", "joint", size=6,
                         x_range=(0, 1_000_000), y_range=(0, 2_500_000))  # fmt: skip
    assert found.x.values.tolist() == [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]
    assert found.z[1].tolist() == [500_000, 700_000, 900_000, 1_100_000, 1_300_000, 1_500_000]
    assert found.z[5].tolist() == [2_500_000] * 6
    assert [(c.part, c.level) for c in found.contours] == [
        (0.1, 250_000), (0.25, 625_000), (0.5, 1_250_000), (0.75, 1_875_000), (1.0, 2_500_000),
    ]  # fmt: skip
    assert (found.kind, found.now, found.end) == ("amount", (300_000, 2_000_000), None)


def test_a_map_says_at_which_end_unknown_facts_stand(zhang):
    """The gain is unknown: two maps, and 5,328.14 and 7,500 where the case stands."""
    ranges = {"x_range": (0.6, 0.7), "y_range": (0.9, 1.0), "size": 2}
    maps = [decision_map(zhang, "zhang.push", "zhang.foresight", end=e, **ranges) for e in
            ("low", "high")]  # fmt: skip
    assert [m.end for m in maps] == ["low", "high"]
    assert [int(m.z[0, 0]) for m in maps] == [532_814, 750_000]
    known = decision_map(zhang, "zhang.push", "zhang.gain_direct_fen", size=3)
    assert known.end is None
    assert known.now is None


def test_where_the_mode_and_the_grade_flip(zhang):
    """Bands 0, .4, .7, 1: several from above 0, joint from .7; five grades."""
    found = flips(zhang, "zhang.fault", "zhang.push", "zhang", y_range=(0.1, 1))
    assert [(f.axis, f.at, f.below, f.above) for f in found] == [
        ("x", 0.0001, "not_liable", "several"), ("x", 0.7, "several", "joint"),
    ]  # fmt: skip
    grades = flips(zhang, "zhang.fault", "zhang.push", "zhang", of="grade")
    assert [(f.at, f.above) for f in grades] == [
        (0.0001, "slight"), (0.4, "gross"), (0.7, "knowing"), (1.0, "concert"),
    ]  # fmt: skip


def test_a_map_of_modes_over_fault_and_band(zhang):
    """Joint where the fault reaches the band of knowing, several below it, nothing without."""
    found = decision_map(zhang, "zhang.fault", "parameter:bands.knowing", "auto", "zhang.mode",
                         size=11)  # fmt: skip
    shown = [[found.names[n] for n in row] for row in found.z]
    for y, row in zip(found.y.values, shown, strict=True):
        for x, mode in zip(found.x.values, row, strict=True):
            expected = "not_liable" if x == 0 else "joint" if x >= y or x == 1 else "several"
            assert mode == expected, (x, y)
    assert found.kind == "mode"


def test_the_threshold_mode_flips_by_share(fix_1):
    """Shares .25 : A is joint as soon as the threshold is no more than .25."""
    found = decision_map(fix_1, "rule:threshold", "A.assets_fen", "threshold", "A.mode", size=5)
    row = [found.names[n] for n in found.z[0]]
    assert row == ["joint", "joint", "several", "several", "several"]


AXES = ["A.push", "A.foresight", "A.gain_direct_fen", "A.assets_fen", "C.control", "P.assets_fen",
        "parameter:gamma", "parameter:weight.cause", "parameter:p_min", "parameter:base.payment",
        "parameter:bands.knowing"]  # fmt: skip
OUTPUTS = ["received_fen", "unrecovered_fen", "A.paid_fen", "C.exposure_fen", "A.share", "P.share"]


@FEW
@given(st.data())
def test_cells_of_a_map_are_what_decide_gives(data):
    """Random inputs, mode and cells, all known: the same to the fen."""
    case = load_case("fix-1").at("scores")
    x, y = data.draw(st.lists(st.sampled_from(AXES), min_size=2, max_size=2, unique=True))
    mode = data.draw(st.sampled_from(["risk_benefit", "several", "joint", "benefit_cap", "auto"]))
    output = data.draw(st.sampled_from(OUTPUTS))
    found = decision_map(case, x, y, mode, output, size=5)
    i = data.draw(st.integers(0, len(found.x.values) - 1))
    j = data.draw(st.integers(0, len(found.y.values) - 1))
    there = {x: found.x.values[i].item(), y: found.y.values[j].item()}
    assert found.z[j, i] == question_of(case, mode, output, None, None).given(there).value()


@FEW
@given(st.data())
def test_both_ends_of_a_map_are_decides_ends(data):
    """With one helper's facts unknown the two maps are the ends of the interval `decide` gives."""
    position = data.draw(st.sampled_from(["found", "assumed"]))
    case = load_case("2024-lu-0302-5690").at(position)
    case = case.set({"zhang.gain_indirect_fen": data.draw(st.sampled_from([0, 300_000]))})
    keys = ["zhang.foresight", "zhang.control", "zhang.causal_force", "zhang.gain_indirect_fen",
            "parameter:gamma", "parameter:cap.payment", "loss_fen", "zhao.fault"]  # fmt: skip
    x, y = data.draw(st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True))
    mode = data.draw(st.sampled_from(["risk_benefit", "benefit_cap", "partial_joint"]))
    output = data.draw(st.sampled_from(["received_fen", "zhang.paid_fen", "zhang.share"]))
    question = question_of(case, mode, output, None, None)
    size = 3
    low, high = (decision_map(case, x, y, mode, output, size, end=e, y_range=None) for e in
                 ("low", "high"))  # fmt: skip
    i, j = data.draw(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)))
    if "loss_fen" in (x, y):
        i, j = max(i, 1), max(j, 1)
    there = {x: low.x.values[i].item(), y: low.y.values[j].item()}
    value = question.given(there).value()
    assert (low.z[j, i], high.z[j, i]) == (low_end(value), high_end(value)), there


@pytest.mark.parametrize(("name", "who"), [("hypo-pieces", "platform"), ("hypo-chain", "luo")])
@pytest.mark.parametrize("mode", ["auto", "risk_benefit", "discretionary", "benefit_cap"])
@pytest.mark.parametrize("end", ["low", "high"])
def test_a_map_of_a_loss_in_pieces(name, who, mode, end, monkeypatch):
    """What is unknown stands at an end in all pieces, as in `decide`; no cell is decided alone."""
    monkeypatch.delattr(batch, "singly")
    case = load_case(name)
    first = next(p.id for p in case.parties if p.role == "helper")
    keys = (f"{first}.assets_fen", f"{case.claimant}.fault")
    for output in ("received_fen", f"{who}.exposure_fen", f"{first}.share", f"{who}.paid_fen"):
        found = decision_map(case, *keys, mode, output, size=3, end=end, x_range=(0, 2_000_000))
        question = question_of(case, mode, output, None, None)
        for j, i in ((0, 0), (1, 2), (2, 1)):
            there = (found.x.values[i].item(), found.y.values[j].item())
            now = at_ends(question.given(dict(zip(keys, there, strict=True))))
            assert found.z[j, i] == (low_end if end == "low" else high_end)(now), (output, there)


# --- what would have to change ---------------------------------------------------------------


def test_the_gain_that_reaches_an_amount_under_benefit_cap(fix_1):
    """Hand: A 500 and C 2,000 make 2,500. For 4,000 A alone must have gained 2,000.

    His purse of 3,000 is all that can come from him: 5,000 together, not 5,000.01.
    """
    found = needed(fix_1, at_least(400_000), ["A.gain_direct_fen"], "benefit_cap")
    (change,) = found.changes
    assert (change.before, change.after, change.short, change.way) == (
        50_000, 200_000, 199_999, "up",
    )  # fmt: skip
    assert change.distance == 150_000 / 2_500_000
    assert found.checked
    assert found.end is None
    assert needed(fix_1, at_least(500_000), ["A.gain_direct_fen"], "benefit_cap")
    assert needed(fix_1, above(500_000), ["A.gain_direct_fen"], "benefit_cap") is None


def test_proof_crosses_the_standard(fix_1):
    """The standard is .75: from .5 to exactly .75; the act, proved already, cannot help."""
    case = fix_1.set({"C.proof.fault": 0.5})
    found = needed(case, proved("C"), ["C.proof.fault", "C.proof.act"], "all_or_nothing")
    (change,) = found.changes
    assert (change.after, change.short) == (0.75, 0.7499)
    assert found.never == ("C.proof.act",)
    amount = needed(case, at_least(2_300_000), ["C.proof.fault"], "all_or_nothing")
    assert amount.changes[0].after == 0.75


def test_how_far_push_must_fall(zhang):
    """Hand, no gain: 5,328.14 ∝ push^.2 (√ and the weight .4).

    (5,000.005 / 5,328.14)⁵ × .6 = .43664: .4366; foresight and control enter with .3 × .35 = .105:
    .9 × (5,000.005 / 5,328.14)^(1/.105) = .49128: .4912; control .32752: .3275.
    """
    case = zhang.set({"zhang.gain_direct_fen": 0})
    levers = ["zhang.push", "zhang.foresight", "zhang.control", "parameter:cap.payment",
              "parameter:p_min"]  # fmt: skip
    found = needed(case, at_most(500_000), levers)
    alone = {c.key: c.after for c in found.singles}
    assert [alone[f"zhang.{f}"] for f in ("push", "foresight", "control")] == [
        0.4366, 0.4912, 0.3275,
    ]  # fmt: skip
    assert alone["parameter:cap.payment"] == 0.2
    assert alone["parameter:p_min"] == 0.8
    push = next(c for c in found.singles if c.key == "zhang.push")
    assert push.rounded == 0.43
    assert push.distance == pytest.approx(0.1634)


def test_the_sentence(zhang):
    """What the lesson says of it, in both languages."""
    case = zhang.set({"zhang.gain_direct_fen": 0})
    found = needed(case, at_most(500_000, "zhang.paid_fen"), ["zhang.push"])
    assert needed_words(found, case) == (
        "把张某的推动程度从0.6降到0.43，才能使张某实际支付的数额不超过5000元。"
    )
    assert "lower Zhang's impetus from 0.6 to 0.43" in needed_words(found, case, "en")
    already = needed(case, at_most(600_000), ["zhang.push"])
    assert already.changes == ()
    assert "无须改变" in needed_words(already, case)
    assert needed(case, at_least(2_400_000), ["zhang.push"]) is None
    assert "都不能使" in nothing_words(at_least(2_400_000), ["zhang.push"], case)


def test_every_lever_has_a_name_in_both_languages(zhang, fix_1):
    """Facts that are numbers, parameters, rules, flags."""
    for case in (zhang, fix_1):
        keys = [*numeric_facts(case), *(f"parameter:{k}" for k in values_of(regime()))]
        keys += [f"{case.parties[1].id}.{f}" for f in ("direct", "sued", "professional", "grade")]
        for key, lang in product([*keys, "rule:threshold"], ("zh", "en")):
            assert lever_words(key, case, lang)


def test_an_unknown_gain_has_to_be_found(zhang):
    """Hand: 7,000 is s = .28: G′ = (.28/.2131256)⁴ × .25 = .744769; G = .659692 = g/(g + .05).

    g = .096926…: 2,423 yuan and some fen of 25,000; until then the lower end counts.
    """
    found = needed(zhang, at_least(700_000), ["zhang.gain_direct_fen"])
    (change,) = found.changes
    assert change.before is None
    assert 242_000 < change.after < 242_500
    assert found.end == "low"
    assert found.checked
    assert needed_words(found, zhang).startswith("查明张某的直接获利不低于")


def test_only_direct_causation_passes_the_cap(zhang):
    """10,000 is .40: no fact of degree reaches it past the cap .30, the direct floor .60 does."""
    levers = ["zhang.push", "zhang.foresight", "zhang.gain_direct_fen", "zhang.direct"]
    found = needed(zhang, at_least(1_000_000), levers)
    assert [c.key for c in found.changes] == ["zhang.direct"]
    assert set(found.never) == set(levers[:3])


def test_what_lifts_the_cap(zhang):
    """Hand: s = .3239 at push .9 (see above) ∝ push^.2: the cap lets go at .9 × (.30/.3239)⁵.

    That is .613404: at .6134 it lets go, at .6135 it still binds.
    """
    found = needed(zhang.set(AT_PUSH_9), uncapped("zhang"), ["zhang.push"])
    (change,) = found.changes
    assert (change.after, change.short) == (0.6134, 0.6135)
    assert found.checked


def test_modes_turn_with_fault_band_and_grade(zhang):
    """Fault .8: several below .7, or with the band of knowing above .8; the next grade is gross."""
    case = zhang.set({"zhang.fault": 0.8})
    found = needed(case, mode_is("zhang", "several"),
                   ["zhang.fault", "parameter:bands.knowing", "zhang.grade"], "auto")  # fmt: skip
    alone = {c.key: c.after for c in found.singles}
    assert alone == {
        "zhang.fault": 0.6999, "parameter:bands.knowing": 0.8001, "zhang.grade": "gross",
    }  # fmt: skip


def test_two_levers_share_the_way(fix_1):
    """Hand: joint, 23,000; 2,000 more from two purses: nearest is half from each, 1,000 each."""
    found = needed(fix_1, at_least(2_500_000), ["A.assets_fen", "C.assets_fen"], "joint")
    assert {c.key: c.after for c in found.changes} == {
        "A.assets_fen": 400_000, "C.assets_fen": 2_100_000,
    }  # fmt: skip
    assert found.distance == pytest.approx(0.04 * 2**0.5)
    assert [c.after for c in found.singles] == [500_000, 2_200_000]
    assert found.checked


def test_two_levers_against_every_pair_of_a_grid(zhang):
    """Brute force on hundredths: no pair is nearer than the one found."""
    case = zhang.set({"zhang.gain_direct_fen": 0})
    found = needed(case, below(450_000), ["zhang.foresight", "zhang.indispensability"])
    assert found.checked
    steps = np.round(np.linspace(0, 1, 101), 2)
    question = question_of(case, "risk_benefit", "received_fen", None, None)
    z = reckon(question, [{"zhang.foresight": steps}, {"zhang.indispensability": steps}])
    far = np.hypot(*np.meshgrid(np.abs(steps - 0.9), np.abs(steps - 0.8), indexing="ij"))
    least = far[z < 450_000].min()
    assert least - 0.02 < found.distance <= least


LEVERS = ["A.push", "A.foresight", "A.control", "A.gain_direct_fen", "A.assets_fen", "C.push",
          "C.gain_direct_fen", "C.assets_fen", "P.assets_fen", "victim.fault", "A.limit",
          "parameter:gamma", "parameter:base.payment", "parameter:cap.promotion",
          "parameter:weight.cause", "recovered_fen"]  # fmt: skip


@FEW
@given(st.data())
def test_a_change_turns_the_result_and_the_step_before_does_not(data):
    """Random target, levers and mode: `decide` on both sides, and on none nearer by bisection."""
    case = load_case("fix-1").at("scores")
    levers = data.draw(st.lists(st.sampled_from(LEVERS), min_size=1, max_size=3, unique=True))
    mode = data.draw(
        st.sampled_from(["risk_benefit", "joint", "benefit_cap", "partial_joint", "several"])
    )
    relation = data.draw(st.sampled_from([at_most, at_least, below, above]))
    target = relation(data.draw(st.integers(1, 25)) * 100_000)
    found = needed(case, target, levers, mode)
    question = question_of(case, mode, target.output, None, None)
    if found is None:
        assert not target.reached(question)
        return
    if not found.changes:
        assert target.reached(question)
        return
    assert found.checked
    for change in found.singles:
        assert target.reached(question.given({change.key: change.after})), change
        assert target.reached(question.given({change.key: change.rounded})), change
        if change.short is not None:
            assert not target.reached(question.given({change.key: change.short})), change


@pytest.fixture(scope="module")
def platform():
    """A platform without an act of help, whose enlarged part nobody knows; V, P and it."""
    words = {"zh": "平台", "en": "platform"}
    facts = {"fault": 0.3, "indispensability": 0.5, "push": 0.5, "foresight": 0.5, "control": 0.5}
    rest = {"gain_direct_fen": 40_000, "role": "platform"}
    parties = [{"id": "V", "role": "victim"}, {"id": "P", "role": "principal", "assets_fen": 0}]
    parties.append({"id": "S", **rest, **facts})
    return Case.model_validate({
        "id": "pf", "basis": "hypothetical", "title": words, "claimant": "V",
        "acted_on": datetime.date(2023, 5, 10), "loss_fen": 2_500_000,
        "parties": [{"name": words, **party} for party in parties],
    })  # fmt: skip


@pytest.mark.parametrize("mode", ["auto", "risk_benefit"])
@pytest.mark.parametrize("inputs", [("loss_fen", "V.fault"), ("S.push", "loss_fen")])
def test_a_platform_of_which_little_is_known(platform, mode, inputs):
    """Its enlarged part is anything up to the loss, whatever that is; its act any of the four."""
    question = question_of(platform, mode, "S.exposure_fen", None, None)
    low, high = (
        decision_map(platform, *inputs, mode, "S.exposure_fen", 3, end=end)
        for end in ("low", "high")
    )
    assert low.z.tolist() != high.z.tolist()
    for (i, x), (j, y) in product(enumerate(low.x.values), enumerate(low.y.values)):
        value = question.given({inputs[0]: x.item(), inputs[1]: y.item()}).value()
        assert (low.z[j, i], high.z[j, i]) == (low_end(value), high_end(value))


def test_a_loss_with_its_transfer_is_a_lever(zhang):
    """5690: the loss is one transfer, and both move: 5,000 of the cap .30 is 16,666.67 yuan.

    With an unknown gain the upper end counts, where the cap binds: .30 × 16,666.68 = 5,000.004.
    """
    found = needed(zhang, at_most(500_000), ["loss_fen"])
    assert found.changes[0].after == 1_666_668
    assert found.changes[0].rounded == 1_666_600
    assert found.checked


def test_without_the_cap_the_ends_may_change_places(zhang):
    """rb_base and rb_cap off: the share is Z, and the group step cuts what is above a half.

    Hand, no gain: Z = .2131256 / .4 = .5328; he may bear no more than what is left to the
    principal, .4672: 11,679.65. With all the gain Z = .7535, scaled to .60, cut to .40: 10,000.
    """
    rules = {"rb_base": "off", "rb_cap": "off"}
    ranges = {"size": 2, "x_range": (0.6, 0.7), "y_range": (0.6, 0.7), "rules": rules}
    low, high = (decision_map(zhang, "zhang.push", "zhang.control", end=e, **ranges).z[0, 0]
                 for e in ("low", "high"))  # fmt: skip
    assert low == 1_000_000
    assert high // 100 == 11_679
    now = by_key(tornado(zhang, rules=rules))["zhang.push"].now
    assert (now.low, now.high) == (low, high)
