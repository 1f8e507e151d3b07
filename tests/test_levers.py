"""What is said to do nothing does nothing; what is said to be the reason is one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference.strategy import draws
from strategies import case_of, cases

from simlib import assess, decide, load_case
from simlib.interval import high_end, low_end
from simlib.law.regime import regime
from simlib.resources import table
from simlib.riskbenefit import AGGREGATORS, CONDITIONS, REFORMS, dead_levers, levers
from simlib.text import LANGS, words

REAL, TECH = "2024-lu-0302-5690", "hypo-tech"
ALL_SHOWN = {f"yun.exemption.{name}": True for name in CONDITIONS}
# A known case of each kind: base · Z / ½ = .120743 under the cap .375
YUN = (TECH, "yun", {})
ONES = {"zhang.foresight": 1, "zhang.control": 1, "zhang.causal_force": 1}
RICH = ONES | {"zhang.gain_direct_fen": 10**9}  # Z near .93, .37 by formula, the cap .30
POOR = {"zhang.foresight": 0.2, "zhang.control": 0.2, "zhang.causal_force": 0.2,
        "zhang.gain_direct_fen": 0}  # fmt: skip

GAINER = {"act": "payment", "fault": 0.8, "causal_force": 0.5, "foresight": 0.5, "control": 0.5,
          "gain_direct_fen": 50_000}  # fmt: skip

# case, party, changes, what else `levers` is told → a lever, and why it is dead
REASONS = [
    (*YUN, {}, "base.payment", "other-act"),
    (*YUN, {"reforms": ("cap",)}, "base.tech", "base-off"),
    (*YUN, {"reforms": ("base",)}, "cap.tech", "cap-off"),
    (TECH, "yun", ALL_SHOWN, {"reforms": ("base",)}, "exemption.verified", "exemption-off"),
    (TECH, "yun", ALL_SHOWN, {}, "foresight", "exempt"),
    (TECH, "yun", ALL_SHOWN, {}, "fault", "exempt"),
    (TECH, "yun", {"yun.fault": 0.0}, {}, "foresight", "gate-fault"),
    (TECH, "yun", {"yun.causal_force": 0.0}, {}, "fault", "gate-cause"),
    (*YUN, {}, "fault", "gate-open"),
    (REAL, "zhang", RICH | {"zhang.direct": True}, {}, "cap.payment", "direct"),
    (*YUN, {}, "direct_floor", "not-direct"),
    (*YUN, {"aggregator": "multiplicative"}, "weight.gain", "aggregator"),
    (*YUN, {}, "lambda_indirect", "no-indirect"),
    (TECH, "yun", {"yun.gain_direct_fen": None}, {}, "g_half", "gain-unknown"),
    (TECH, "yun", {"yun.gain_direct_fen": 0}, {}, "g_half", "no-gain"),
    (TECH, "yun", {"yun.gain_direct_fen": 0}, {}, "loss_fen", "no-gain"),
    (REAL, "zhang", POOR, {}, "pi_professional", "not-professional"),
    (TECH, "yun", {"yun.control": 1.0}, {}, "pi_professional", "control-full"),
    (*YUN, {"regime": {"weight.gain": 0}}, "gain_direct_fen", "weight-zero"),
    (*YUN, {"regime": {"risk.foresight": 0}}, "foresight", "weight-zero"),
    (TECH, "yun", {"yun.gain_indirect_fen": 5}, {"regime": {"lambda_indirect": 0}},
        "gain_indirect_fen", "weight-zero"),
    (TECH, "yun", {"yun.foresight": 0.0}, {}, "gain_direct_fen", "score-zero"),
    (TECH, "yun", {"yun.foresight": 1.0}, {}, "risk.foresight", "score-one"),
    (TECH, "yun", {"yun.causal_force": 1.0, "yun.control": 0.1}, {}, "weight.cause", "score-one"),
    (*YUN, {}, "p_min", "group-fits"),
    (REAL, "zhang", POOR | {"zhang.direct": True}, {}, "foresight", "floor-binds"),
    (TECH, "keji", {"keji.direct": True, "keji.gain_direct_fen": 10**12},
        {"aggregator": "multiplicative", "reforms": ()}, "direct_floor", "floor-slack"),
    (REAL, "zhang", RICH, {}, "foresight", "cap-binds"),
    (REAL, "zhang", RICH, {}, "base.payment", "cap-binds"),
    (*YUN, {}, "cap.tech", "cap-slack"),
    (*YUN, {}, "rb_cap", "cap-slack"),
    (TECH, "keji", {"keji.gain_direct_fen": 10**12, "keji.causal_force": 1.0},
        {"aggregator": "multiplicative", "reforms": ()}, "foresight", "whole"),
    (REAL, "zhang", POOR, {}, "rb_exemption", "not-tech"),
    (*YUN, {}, "rb_exemption", "nothing-stated"),
    (TECH, "yun", {"yun.fault": 0.0}, {}, "rb_exemption", "nothing-stated"),
    (TECH, "yun", ALL_SHOWN | {"yun.fault": 0.0}, {}, "rb_exemption", "exempt"),
    (TECH, "yun", {"yun.exemption.verified": True}, {}, "rb_exemption", "not-shown"),
    (TECH, "yun", {"yun.exemption.verified": True}, {}, "exemption.verified", "not-shown"),
    (TECH, "yun", {"yun.foresight": None, "yun.control": None}, {"aggregator": "additive"},
        "risk.foresight", "band"),
    (TECH, "yun", {"yun.gain_direct_fen": 600_000}, {"regime": {"gamma": 1}},
        "gain_direct_fen", "flat"),
]  # fmt: skip


def found(id: str, party: str, changes: dict, told: dict) -> dict:
    """The levers of a party by key."""
    told = dict(told)
    if "regime" in told:
        told["regime"] = regime().variant(told["regime"])
    return {lever.key: lever for lever in levers(party, load_case(id).set(changes), **told)}


@pytest.mark.parametrize(("id", "party", "changes", "told", "key", "why"), REASONS)
def test_a_dead_lever_has_its_reason(id, party, changes, told, key, why):
    """Each reason at a place where it, and nothing deeper, is the reason."""
    lever = found(id, party, changes, told)[key]
    assert (lever.dead, lever.reason) == (True, why)


def test_every_reason_occurs_and_has_words():
    """No reason is known only on paper; the words have them all, and no others."""
    own = {"no-flow"}  # a test of its own below
    known = set(table("texts", "zh", "riskbenefit.toml")["reason"])
    assert {row[-1] for row in REASONS} | own == known
    for lang in LANGS:
        assert all(words("riskbenefit", f"reason.{row[-1]}", lang) for row in REASONS)


def test_gain_from_other_victims_only_is_a_dead_lever():
    """None of the claimant's money reached his card: what he earned there is no gain here."""
    case = case_of(1_000_000, GAINER, accounts=[{"id": "card", "holder": "H0", "inflow_fen": 9}],
                   transfers=[{"id": "t0", "payer": "V", "payee": "card", "amount_fen": 0},
                              {"id": "t1", "payer": "V", "payee": "P", "amount_fen": 1_000_000}],
                   )  # fmt: skip
    here = {lever.key: lever for lever in levers("H0", case)}
    assert (here["gain_direct_fen"].everywhere, here["gain_direct_fen"].reason) == (True, "no-flow")


def test_live_levers_move_the_share():
    """The cloud company: what is not called dead changes the share when moved a step."""
    case = load_case(TECH)
    alive = {lever.key for lever in levers("yun", case) if not lever.dead}
    assert {
        "gain_direct_fen",
        "foresight",
        "control",
        "causal_force",
        "base.tech",
        "rho.tech",
        "weight.cause",
        "gamma",
        "g_half",
        "professional",
        "loss_fen",
        "aggregator",
    } <= alive
    before = assess("yun", case).share
    for path in ("yun.foresight", "yun.control", "yun.causal_force"):
        assert assess("yun", case.set({path: 0.71})).share != before


def test_lever_hidden_by_the_cap_moves_the_share_below_it():
    """By formula .37, the cap .30: a step changes nothing, the whole way down does."""
    here = found(REAL, "zhang", RICH, {})
    for key in ("foresight", "control", "rho.payment", "base.payment", "weight.gain"):
        assert here[key].dead
    assert not here["foresight"].everywhere
    assert not here["cap.payment"].dead
    assert not here["rb_cap"].dead


def test_direct_causation_replaces_cap_by_floor():
    """Under the paper's direct reading of its own case only the floor is alive."""
    case = load_case(REAL).at("direct")
    here = {lever.key: lever for lever in levers("zhang", case)}
    assert not here["direct_floor"].dead
    assert here["cap.payment"].everywhere
    alive = {key for key, lever in here.items() if not lever.dead and lever.kind == "parameter"}
    assert alive == {"direct_floor", "p_min"}


def test_dead_levers_are_all_levers_less_the_live_ones():
    """The same, without the live ones."""
    case = load_case(TECH)
    assert dead_levers("yun", case) == tuple(x for x in levers("yun", case) if x.dead)
    assert all((lever.reason is None) != lever.dead for lever in levers("yun", case))


@pytest.mark.parametrize("lang", LANGS)
def test_every_lever_has_a_name(lang):
    """Facts in the room's own words, parameters and rules in the registry's."""
    for lever in levers("yun", load_case(TECH).set(ALL_SHOWN)):
        if lever.kind == "fact":
            key = lever.key.replace("exemption.", "condition.")
            assert words("riskbenefit", key if "." in key else f"fact.{key}", lang)
        else:
            prefix = "rules." if lever.kind == "rule" else ""
            assert words("parameters", f"{prefix}{lever.key}.name", lang)


some = settings(max_examples=draws(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@some
@given(
    case=cases(max_helpers=2),
    form=st.sampled_from(AGGREGATORS),
    reforms=st.sets(st.sampled_from(REFORMS)),
    data=st.data(),
)
def test_a_dead_lever_does_nothing(case, form, reforms, data):
    """Random cases, forms and switches: moved by less than a step, or, if it is dead everywhere,

    to any value of its range, the share stays what it is.
    """
    told = {"aggregator": form, "reforms": tuple(sorted(reforms)), "regime": regime()}
    before = assess("H0", case, **told).share
    dead = [lever for lever in dead_levers("H0", case, **told) if lever.key != "p_min"]
    assert dead
    for lever in data.draw(st.lists(st.sampled_from(dead), min_size=1, max_size=8)):
        there, others = moved(case, told, lever, data)
        after = assess("H0", there, **others).share
        assert low_end(after) == pytest.approx(low_end(before), abs=1e-9), lever
        assert high_end(after) == pytest.approx(high_end(before), abs=1e-9), lever


def moved(case, told: dict, lever, data) -> tuple:
    """The case and what else the model is told, with one lever moved as far as it is dead."""
    if lever.kind == "parameter":
        parameter = told["regime"].parameter(lever.key)
        value = data.draw(within(parameter.low, parameter.high, lever))
        value = value if parameter.allows(value) else lever.now
        return case, told | {"regime": told["regime"].variant({lever.key: value})}
    if lever.key == "aggregator":
        return case, told | {"aggregator": data.draw(st.sampled_from(AGGREGATORS))}
    if lever.kind == "rule":
        name = lever.key.removeprefix("rb_")
        return case, told | {"reforms": tuple({*told["reforms"]} ^ {name})}
    return case.set({path(lever): fact(case, lever, data)}), told


def path(lever) -> str:
    """Where a fact stands in the case."""
    return "loss_fen" if lever.key == "loss_fen" else f"H0.{lever.key}"


def fact(case, lever, data) -> object:
    """Another value of a fact, as far away as the lever is said to be dead."""
    if lever.key in ("professional", "direct"):
        return not lever.now
    if lever.key == "grade":
        grades = ("none", "slight", "gross", "knowing", "concert")
        return data.draw(st.sampled_from(grades if lever.everywhere else grades[1:]))
    if lever.key == "loss_fen":
        by = max(1, round(lever.now / 100))
        least = max(case.recovered_fen, 1, lever.now - by)
        return data.draw(st.integers(least, lever.now + by))
    top = case.loss_fen if lever.key.endswith("_fen") else 1.0
    top = max(top, lever.now or 0)
    return data.draw(within(type(top)(0), top, lever))


def within(low: float, high: float, lever) -> st.SearchStrategy:
    """A number of the stretch in which the lever does nothing."""
    money = lever.key.endswith("_fen")
    if not lever.everywhere and lever.now is not None:
        by = max(1, round(high / 100)) if money else (high - low) / 100
        low, high = max(low, lever.now - by), min(high, lever.now + by)
    return st.integers(low, high) if money else st.floats(low, high)


@some
@given(case=cases(max_helpers=3), form=st.sampled_from(AGGREGATORS), data=st.data())
def test_a_dead_least_share_of_the_principals_changes_no_share(case, form, data):
    """In the decision itself, for the helper it is dead for."""
    lever = next(x for x in levers("H0", case, form) if x.key == "p_min")
    if not lever.dead:
        return
    value = data.draw(st.floats(0, 1) if lever.everywhere else
                      st.floats(max(0, lever.now - 0.01), min(1, lever.now + 0.01)))  # fmt: skip
    rules = {"aggregator": form}
    there, here = (
        decide(case, "risk_benefit", rules, regime().variant({"p_min": v})).parties["H0"].share
        for v in (value, lever.now)
    )
    assert low_end(there) == pytest.approx(low_end(here), abs=1e-8)
    assert high_end(there) == pytest.approx(high_end(here), abs=1e-8)
