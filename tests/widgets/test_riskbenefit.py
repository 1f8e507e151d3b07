"""Lesson 05's lab without a browser: facts move the case, settings the model, numbers by hand.

The paper's case: 0–30 % on the facts found, 21–30 % at the teaching setting, 60 % as direct
causation; the twin 17 % (RB-B). Loss 25 000 and 70 000.
"""

import json

import pytest

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.interval import Interval
from simlib.riskbenefit import dead_levers
from simlib.riskbenefit.parameters import registry
from simlib.riskbenefit.reforms import proposal
from simlib.widgets.riskbenefit import RiskBenefitLab
from simlib.widgets.riskbenefit.forms import VIEWS, setup
from simlib.widgets.riskbenefit.pictures import courts_of


@pytest.fixture
def lab():
    """An opened lab in Chinese, at the teaching setting."""
    lab = RiskBenefitLab("zh")
    lab._committed("open")
    lab._chosen({"position": "assumed"})
    return lab


def turn(lab, **wishes):
    """Move knobs as a reader does; `base__payment` is the knob `parameter:base.payment`."""
    asked = dict(lab.form.asked)
    for name, value in wishes.items():
        knob = name if name in lab.knobs else "parameter:" + name.replace("__", ".")
        asked[knob] = [asked.get(knob, [0])[0] + 1, value]
    lab.form.asked = asked


def share(lab, way="geometric"):
    """The share of the helper whose facts the knobs move."""
    return lab.outcomes[way].parties[lab.state.party].share


def test_the_papers_own_case_in_its_three_positions():
    """Unknown facts stay unknown: 0–30 %; filled in 21–30 %; direct 60 %."""
    lab = RiskBenefitLab("zh")
    lab._committed("open")
    assert share(lab) == Interval(0.0, 0.3)
    assert lab.now.case.party("zhang").gain_direct_fen is None
    lab._chosen({"position": "assumed"})
    assert share(lab) == Interval(0.21312567, 0.3)
    lab._chosen({"position": "direct"})
    assert share(lab) == 0.6


def test_the_twin(lab):
    """17.02 %, and 11.22 % by the product."""
    lab._chosen({"case": "hengnan-hengyang"})
    lab._chosen({"position": "assumed"})
    assert share(lab) == 0.170196128
    assert share(lab, "multiplicative") == 0.112227668


def test_results_stay_shut_until_the_reader_answers():
    """Commit first; then the answer stands beside the model's, with a count of what was found."""
    lab = RiskBenefitLab("zh")
    assert lab.play.children == (lab.locked,)
    lab.answer.values = {"share": 100, "driver": "facts"}
    lab._committed("commit")
    assert lab.play.children != (lab.locked,)
    assert "模型按教学设定得出21%–30%" in lab.feedback.html
    assert "从0%–30%收窄到21%–30%" in lab.feedback.html
    assert "模型用到5项事实，据转述由法院查明的是0项" in lab.feedback.html


def test_the_twins_gain_was_found():
    """One of five facts, the gain."""
    lab = RiskBenefitLab("zh", case="hengnan-hengyang")
    lab.answer.values = {"share": 10, "driver": "defaults"}
    lab._committed("commit")
    assert "模型用到5项事实，据转述由法院查明的是1项" in lab.feedback.html


@pytest.mark.parametrize(
    ("knob", "value", "changes"),
    [
        ("push", 0.3, {"zhang.push": 0.3}),
        ("push", None, {"zhang.push": None}),
        ("gain_direct_fen", 500, {"zhang.gain_direct_fen": 50_000}),
        ("act", "account", {"zhang.act": "account"}),
        ("professional", True, {"zhang.professional": True}),
        ("direct", True, {"zhang.direct": True}),
        ("grade", "slight", {"zhang.grade": "slight", "zhang.fault": None}),
    ],
)
def test_a_fact_goes_into_the_case(lab, knob, value, changes):
    """The share is the engine's for the case so changed."""
    turn(lab, **{knob: value})
    case = load_case("2024-lu-0302-5690").at("assumed").set(changes)
    assert share(lab) == decide(case, "risk_benefit").parties["zhang"].share
    assert lab.state.chosen == {}


def test_a_value_of_the_model_is_no_fact(lab):
    """Base .1: half of 21.3 to 30.1 %, under the cap; the case is as it was."""
    turn(lab, base__payment=0.1)
    assert lab.state.changes == {}
    assert share(lab) == Interval(0.106562835, 0.150702606)


def test_weights_keep_their_sum(lab):
    """Cause .7: gain and risk shrink to .125 and .175, by .3 of .6."""
    turn(lab, weight__cause=0.7)
    held = {k.removeprefix("parameter:"): v for k, v in lab.state.chosen.items()}
    assert held == {"weight.gain": 0.125, "weight.risk": 0.175, "weight.cause": 0.7}
    lab._pressed("reset:parameter:weight.gain")
    assert lab.state.chosen == {}


def test_switches_and_the_way_of_joining(lab):
    """Without the cap 30.14 % at most; the product 18.8 to 30 %."""
    turn(lab, rb_cap=False)
    assert share(lab) == Interval(0.21312567, 0.301405212)
    turn(lab, rb_cap=True, aggregator="multiplicative")
    assert share(lab, "multiplicative") == Interval(0.187784282, 0.3)
    assert "连乘" in lab.drawing.rows[3][0].text or "连乘" in str(lab.drawing.figure)


def test_reset_all_takes_back_facts_and_values(lab):
    """Both, at once, and only where there is something to take back."""
    assert not lab.can_reset
    turn(lab, push=0.3, base__payment=0.1)
    assert lab.can_reset
    lab._pressed("reset:")
    assert (lab.state.changes, lab.state.chosen) == ({}, {})
    lab._pressed("undo")
    assert lab.state.chosen == {"parameter:base.payment": 0.1}


def test_one_drag_of_a_value_is_one_step_back(lab):
    """Three places of one stroke are undone at once."""
    for n, value in enumerate((0.3, 0.35, 0.4)):
        lab.form.asked = {**lab.form.asked, "parameter:base.payment": [n + 1, value, 7]}
    lab._pressed("undo")
    assert lab.state.chosen == {}


def test_dead_levers_are_named_with_their_reason(lab):
    """As many as the engine finds; other acts' nine values in one line."""
    found = dead_levers("zhang", load_case("2024-lu-0302-5690").at("assumed"))
    assert f"不起作用的旋钮：{len(found)}项" in lab.more.html
    assert "有过错之后，轻重不再改变份额" in lab.more.html
    assert lab.more.html.count("这是另一类帮助行为的参数") == 1


def test_a_knob_that_did_nothing_says_why(lab):
    """Fault is a gate."""
    turn(lab, grade="slight")
    assert "没有变：过错在这个模型里只是门槛" in lab.board.html


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_view_opens(view, lang):
    """And says something."""
    lab = RiskBenefitLab(lang)
    lab._committed("open")
    lab._chosen({"view": view})
    assert lab.more.html


@pytest.mark.parametrize("name", shipped_cases())
def test_every_case_and_helper_opens(name):
    """Each helper, each map."""
    lab = RiskBenefitLab("zh", case=name)
    lab._committed("open")
    for party in lab.helpers(lab.state.base()):
        lab._chosen({"party": party})
        for what in ("mode", "grade", "share"):
            lab._chosen({"map": what})
            assert lab.plane.description, (name, party, what)


def test_what_would_have_to_change_on_the_twin(lab):
    """7 000 of 70 000: push down to .02, or no fact at all and the base from .2 to .11."""
    lab._chosen({"case": "hengnan-hengyang"})
    lab._chosen({"position": "assumed"})
    lab._chosen({"view": "change"})
    lab._viewed({"fen": 7_000})
    assert "推动程度从0.3降到0.02" in lab.more.html
    assert "责任基准从0.2降到0.11" in lab.more.html


def test_the_map_moves_with_its_inputs(lab):
    """Another input across, another picture."""
    before = lab.plane.figure
    lab._viewed({"x": "parameter:base.payment"})
    assert lab.plane.figure != before
    assert "支付结算的责任基准" in lab.plane.description


def test_conditions_of_exemption_come_with_the_act(lab):
    """Technology has five knobs more; all shown, no share."""
    assert "exemption.verified" not in lab.knobs
    lab._chosen({"case": "hypo-tech"})
    names = [name for name in lab.knobs if name.startswith("exemption.")]
    assert len(names) == 5
    turn(lab, **dict.fromkeys(names, "yes"))
    assert share(lab) == 0.0
    lab._chosen({"case": "2024-lu-0302-5690"})
    turn(lab, act="tech")
    assert "exemption.verified" in lab.knobs


def test_the_registry_is_the_engines(lab):
    """Every row, and what the reader moved is marked."""
    turn(lab, gamma=0.5)
    lab._chosen({"view": "registry"})
    assert lab.more.html.count("<tr>") == len(registry(proposal())) + 1
    assert lab.more.html.count("你改过") == 1


def test_the_axioms_are_computed(lab):
    """Eleven rows; one cell fails: a weak cause bought back under the weighted mean."""
    lab._chosen({"view": "axioms"})
    assert lab.more.html.count("<tr>") == 12
    assert lab.more.html.count(">不成立。") == 1


def test_every_number_of_the_path_has_its_reasons(lab):
    """Down to the parameter."""
    for row in lab.drawing.rows:
        lab._asked(row[1].asks)
        assert "simlib-reasons" in lab.reasons.html
    lab._asked("geometric|score|zhang")
    assert "收益维度的下限" in lab.reasons.html


def test_a_link_brings_everything_back(lab):
    """Facts, values, view and inputs of the map."""
    turn(lab, push=0.3, base__payment=0.15, rb_cap=False)
    lab._viewed({"x": "foresight"})
    other = RiskBenefitLab("en", link=lab.state.to_text())
    assert other.restored
    assert share(other) == share(lab)
    assert other.state.chosen == lab.state.chosen


@pytest.mark.parametrize(
    "chosen",
    [
        {"view": "nothing"},
        {"rb_cap": "perhaps"},
        {"parameter:proof.standard": 0.9},
        {"parameter:gamma": "high"},
        {"parameter:gamma": 7},
        {"x": "weather"},
        {"fen": -1},
        {"mode": "joint"},
    ],
)
def test_link_with_an_impossible_state_opens_as_new(chosen):
    """As it first stands."""
    lab = RiskBenefitLab("zh")
    lab.state.put({"chosen": chosen})
    other = RiskBenefitLab("zh", link=lab.state.to_text())
    assert other.restored is False
    assert other.state.chosen == {}


def test_a_beside_b(lab):
    """The teaching setting kept as A, direct causation as B: the amounts of both."""
    lab._pressed("keep")
    lab._chosen({"position": "direct"})
    assert "A：5328–7500元 → B：15000元" in lab.board.html


def test_two_inequalities_and_never_a_ranking(lab):
    """The registry says both, and of the four other pairs that the paper leaves them open."""
    lab._chosen({"view": "registry"})
    assert lab.more.html.count("的风险创设高于") == 2
    assert lab.more.html.count("论文没有比较") == 4


def test_values_against_the_paper_are_warned_of(lab):
    """Promotion above payment is no longer the paper's proposal."""
    assert "已经不是论文的方案" not in lab.more.html
    turn(lab, base__promotion=0.5)
    assert "已经不是论文的方案" in lab.more.html


def test_a_saved_file_holds_the_registry(lab):
    """All rows, with the reader's value."""
    turn(lab, gamma=0.5)
    rows = json.loads(lab.file("json")["text"])["registry"]
    assert len(rows) == len(registry(proposal()))
    assert next(row["value"] for row in rows if row["key"] == "gamma") == 0.5


def test_the_courts_are_compared_with_settings_of_the_party_only():
    """That shares are hard to determine says nothing on the model: it has no bar of its own."""
    positions = [p.id for p in load_case("2024-lu-0302-5690").positions]
    assert "undeterminable" in positions
    titles = [row[1].text for row in courts_of(setup({}, load_case("fix-1")), "zh").rows]
    assert "难以确定责任大小" not in titles
    assert sum("教学设定" in title for title in titles) == 2
