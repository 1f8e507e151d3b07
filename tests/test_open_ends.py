"""A range says in a line where its two ends come from.

By hand: Zhang's share of 25 000 is open since nobody found his causal force, and since of his fault
only the grade is known, whose weight a teaching scale gives.
"""

import pytest

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.explain import open_ends
from simlib.figures.names_of_people import debtors_of, short_names
from simlib.interval import Interval
from simlib.text import LANGS

FIRST = "2024-lu-0302-5690"
MODES = ("auto", "several", "risk_benefit", "partial_joint", "discretionary", "benefit_cap")
KEYS = ("exposure", "burden", "paid")


def line(case, mode, key, party, lang="zh"):
    """What is said of a number."""
    node = decide(case, mode).reason(key, party)
    return open_ends(node, case, short_names(case, lang), lang)


def test_facts_nobody_found_and_a_scale_are_told_apart():
    """Several liability: his force not found, the weight of his grade a teaching assumption."""
    said = line(load_case(FIRST), "several", "exposure", "zhang")
    assert said == (
        "这是一段区间，两端由张某的原因力（未查明），张某的过错权重（教学假设）取最小和最大得出。"
    )


def test_once_it_is_found_the_scale_alone_is_left():
    """Force .6: only the weight of his grade is a range."""
    case = load_case(FIRST).set({"zhang.causal_force": 0.6})
    said = line(case, "several", "exposure", "zhang", "en")
    assert said.endswith("the most of: Zhang: Weight of fault (teaching assumption).")


def test_a_number_says_nothing():
    """Jointly and severally he answers for all of it."""
    assert line(load_case(FIRST), "joint", "exposure", "zhang") == ""


def test_of_several_people_the_same_is_open_together():
    """What the court gives A and C of what they answer for is left to P."""
    said = line(load_case("fix-1"), "discretionary", "burden", "P")
    assert "甲、乙的法院酌定的比例（法官裁量）" in said


def test_an_open_act_is_named_once():
    """It moves risk, base and cap at once; the fact is what he did."""
    case = load_case("hypo-pieces")
    said = line(case, "risk_benefit", "burden", "principal")
    assert said.count("帮助类型") == 1
    assert "上限" not in said


@pytest.mark.parametrize("lang", LANGS)
def test_every_range_of_a_shipped_case_says_it(lang):
    """And nothing else does; a payment that is open (`paid.open`) may rest on what may be asked."""
    for case in map(load_case, shipped_cases()):
        names = short_names(case, lang)
        for mode in MODES:
            out = decide(case, mode)
            for node in (out.reason(key, id) for id in debtors_of(out) for key in KEYS):
                said = open_ends(node, case, names, lang)
                is_open = isinstance(node.value, Interval) and node.rule != "paid.open"
                assert bool(said) >= is_open, (case.id, mode, node.key, node.party)
                assert isinstance(node.value, Interval) or not said
