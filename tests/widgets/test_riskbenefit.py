"""Lesson 05's lab without a browser: facts move the case, settings the model, numbers by hand.

The paper's case: 0–30 % on the facts found, 21–30 % at the teaching setting, 60 % as direct
causation; the twin 17 % (RB-B). Loss 25 000 and 70 000.
"""

import json
import re

import pytest
from staged import make, solved
from telling import looks, opens, tell

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.interval import Interval
from simlib.lessons.reader import lesson_of
from simlib.lessons.riskbenefit.pictures import draw_courts
from simlib.riskbenefit import dead_levers
from simlib.riskbenefit.parameters import registry
from simlib.riskbenefit.reforms import proposal
from simlib.widgets import lab_of

TOPIC, FIRST = "riskbenefit", "2024-lu-0302-5690"


@pytest.fixture
def lab():
    """An opened lab in Chinese, at the teaching setting."""
    lab = looks(opens(make(TOPIC)))
    tell(lab.view, {"scene": "base"})
    return lab


def turn(lab, **wishes):
    """Move knobs as a page does; `weight__cause` is the knob `parameter:weight.cause`."""
    asked = dict(lab.view.asked)
    for name, value in wishes.items():
        knob = name if name in lab.knobs else "parameter:" + name.replace("__", ".")
        asked[knob] = [asked.get(knob, [0])[0] + 1, value]
    lab.view.asked = asked


def choose(lab, **wishes):
    """Choose case, position or party above the stage."""
    asked = dict(lab.view.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    lab.view.asked = asked


def share(lab, way="geometric"):
    """The share of the helper whose facts the knobs move."""
    return lab.outcomes[way].parties[lab.state.party].share


def shown(lab, column="value"):
    """Row → what stands in a column."""
    return {row["id"]: row["cells"][column]["text"] for row in lab.view.board["rows"]}


def told(lab):
    """What stands in the two modules, as HTML."""
    return "".join(pane.html for pane in (lab.moved, lab.beneath, lab.told))


# ---------------------------------------------------------------- bet and reveal


def test_the_reveal_counts_what_a_court_found():
    """Of five facts none, of fifteen parameters none the paper's; joint liability is no share."""
    lab = make(TOPIC)
    tell(lab.view, {"bet": {"share": 25, "driver": "defaults"}})
    reveal = lab.view.reveal
    assert {c["id"]: c["value"] for c in reveal["columns"]} == {
        "you": "25%", "model": "0%–30%", "court": "25000元", "law": "25000元",
    }  # fmt: skip
    labels = {c["id"]: c["label"] for c in reveal["columns"]}
    assert (labels["court"], labels["law"]) == ("法院判赔", "现行法，对外可以请求")
    notes = {c["id"]: c["note"] for c in reveal["columns"]}
    assert "损失的100%" in notes["court"]
    assert notes["law"] == "第1169条第1款，连带；以「明知」及于这笔钱为前提；内部份额另算"
    assert "5项事实里，论文（§4）载明法院查明的有0项（判决书未见）" in reveal["sentence"]
    assert reveal["right"]
    assert lab.state.committed == {"share": 25, "driver": "defaults"}
    assert lab.view.board["answer"]["fen"] == 2_500  # hundredths of a percent


@pytest.mark.parametrize(
    ("share_", "driver", "right"),
    [(0, "defaults", True), (30, "defaults", True),
     (31, "defaults", None), (25, "facts", None), (25, "both", None), (31, "facts", False)],
)  # fmt: skip
def test_right_is_who_saw_what_decides_and_where_the_share_lies(share_, driver, right):
    """Within 0–30 %, as the column of the model says; to fill in more is an assumption.

    One sign for both answers there is only where both are right or both wrong.
    """
    lab = make(TOPIC)
    tell(lab.view, {"bet": {"share": share_, "driver": driver}})
    assert lab.view.reveal["right"] is right


@pytest.mark.parametrize(
    ("share_", "said"), [(40, "你的40%在区间0%–30%之外"), (20, "你的20%在区间0%–30%之内")]
)
def test_the_reveal_speaks_of_the_share_too(share_, said):
    """Both answers are commented on, one in a link as such; without one there is none to tell."""
    lab = make(TOPIC)
    tell(lab.view, {"bet": {"share": share_, "driver": "defaults"}})
    assert lab.view.reveal["sentence"].startswith(said)
    assert "你答得对" in lab.view.reveal["sentence"]
    assert lab.view.reveal["theirs"].startswith(said.replace("你", "链接里", 1))
    assert "链接里答得对" in lab.view.reveal["theirs"]
    assert "区间" not in opens(make(TOPIC)).view.reveal["sentence"]


# ---------------------------------------------------------------- the stage


def test_the_papers_own_case_as_told_filled_in_and_read_as_direct():
    """Unknown facts stay unknown: 0–30 %; filled in 21–30 %; direct 60 %."""
    lab = looks(opens(make(TOPIC)))
    assert share(lab) == Interval(0.0, 0.3)
    assert shown(lab)["share"] == "0–30"
    assert shown(lab, "whence")["share"] == "法院查明0项、未载明5项"
    turn(lab, filled="assumed")
    assert share(lab) == Interval(0.21312567, 0.3)
    assert shown(lab, "whence")["share"] == "法院查明0项、假设4项、未载明1项"
    choose(lab, position="direct")
    assert share(lab) == 0.6
    assert (shown(lab)["law"], shown(lab)["court"]) == ("100", "100")


def test_each_step_of_the_board_by_hand(lab):
    """R = .6^.4·.9^.3·.6^.3 = .678, C = √(.8·.6) = .693; Z .533….754, times .2/½, cap .3."""
    assert shown(lab) == {
        "gain": "0–100", "risk": "68", "cause": "69", "score": "53–75", "base": "21–30",
        "share": "21–30", "law": "100", "court": "100",
    }  # fmt: skip
    assert shown(lab, "whence")["base"] == "教学假设"
    assert lab.view.board["large"]["text"] == "21%–30%"
    assert "折合5328–7500元" in lab.view.board["sentence"]


def test_the_twin():
    """17.02 %, and 11.22 % by the product; its gain was told, not found."""
    lab = looks(opens(make(TOPIC)))
    tell(lab.view, {"scene": "twin"})
    assert lab.play.scene("twin").party == "long"
    assert share(lab) == 0.170196128
    assert shown(lab)["share"] == "17"
    assert shown(lab, "whence")["gain"] == "来源所载"
    turn(lab, aggregator="multiplicative")
    assert share(lab, "multiplicative") == 0.112227668
    assert (shown(lab)["share"], shown(lab)["court"], shown(lab)["court:0"]) == ("11", "10", "100")


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
    case = load_case(FIRST).at("assumed").set(changes)
    assert share(lab) == decide(case, "risk_benefit").parties["zhang"].share
    assert lab.state.chosen == {}


def test_a_value_of_the_model_is_no_fact(lab):
    """Base .1: half of 21.3 to 30.1 %, under the cap; the case is as it was."""
    turn(lab, base=0.1)
    assert (lab.state.changes, lab.state.chosen) == ({}, {"parameter:base.payment": 0.1})
    assert share(lab) == Interval(0.106562835, 0.150702606)


def test_a_share_before_its_cap_may_leave_the_scale(lab):
    """Base 1: .533….754 times 2 is 107 to 151 %, on a scale that ends at 100."""
    turn(lab, base=1.0)
    board = lab.view.board
    assert (shown(lab)["base"], board["top_fen"], board["ticks"][-1]["text"]) == (
        "107–151", 10_000, "100"
    )  # fmt: skip


def test_another_act_has_a_base_of_its_own(lab):
    """Accounts: the knob `base` is theirs, and payment's lies with the others."""
    turn(lab, act="account")
    assert lab.knobs["base"].fields == ("parameter:base.account",)
    assert "parameter:base.payment" in lab.knobs
    turn(lab, base=0.2)
    assert lab.state.chosen == {"parameter:base.account": 0.2}


def test_weights_keep_their_sum(lab):
    """Cause .7: gain and risk shrink to .125 and .175, by .3 of .6; all go back together."""
    turn(lab, weight__cause=0.7)
    held = {k.removeprefix("parameter:"): v for k, v in lab.state.chosen.items()}
    assert held == {"weight.gain": 0.125, "weight.risk": 0.175, "weight.cause": 0.7}
    tell(lab.view, {"press": "reset:parameter:weight.gain"})
    assert lab.state.chosen == {}


def test_switches_and_the_way_of_joining(lab):
    """Without the cap 30.14 % at most; the product 18.8 to 30 %."""
    turn(lab, rb_cap=False)
    assert share(lab) == Interval(0.21312567, 0.301405212)
    turn(lab, rb_cap=True, aggregator="multiplicative")
    assert share(lab, "multiplicative") == Interval(0.187784282, 0.3)
    assert "连乘" in next(r["note"] for r in lab.view.board["rows"] if r["id"] == "score")


def test_reset_takes_back_facts_and_values(lab):
    """Both, at once; and undone at once."""
    turn(lab, push=0.3)
    turn(lab, base=0.1)
    assert lab.view.tools["reset"]
    tell(lab.view, {"press": "reset:"})
    assert (lab.state.changes, lab.state.chosen, lab.view.tools["reset"]) == ({}, {}, False)
    tell(lab.view, {"press": "undo"})
    assert lab.state.chosen == {"parameter:base.payment": 0.1}


def test_a_knob_that_did_nothing_says_why(lab):
    """Fault is a gate; the law in force moves."""
    turn(lab, grade="slight")
    rows = {row["id"]: row for row in lab.view.board["rows"]}
    assert rows["share"]["still"].startswith("过错在这个模型里只是门槛")
    assert rows["law"]["changed"]


def test_values_against_the_paper_are_no_longer_its_proposal(lab):
    """Promotion above payment: a dash on the share, and a warning; as high as it: neither."""
    turn(lab, base=0.1)
    ghost = {row["id"]: row["ghost"] for row in lab.view.board["rows"]}
    assert ghost["share"] == ""
    turn(lab, base__promotion=0.5)
    ghost = {row["id"]: row["ghost"] for row in lab.view.board["rows"]}
    assert "不等式" in ghost["share"]
    assert "已经不是论文的方案" in told(lab)


def test_a_shut_gate_and_an_exemption_leave_no_share(lab):
    """No fault, or all five conditions of exempt technology: stamped."""
    turn(lab, grade="none")
    stamps = {row["id"]: row["stamp"] for row in lab.view.board["rows"]}
    assert stamps["share"] == "门槛关闭，没有份额"
    choose(lab, case="hypo-tech")
    names = [name for name in lab.knobs if name.startswith("exemption.")]
    assert len(names) == 5
    turn(lab, **dict.fromkeys(names, "yes"))
    assert share(lab) == 0.0
    stamps = {row["id"]: row["stamp"] for row in lab.view.board["rows"]}
    assert stamps["share"] == "技术免责，没有份额"


def test_a_beside_b(lab):
    """The teaching setting kept as A, direct causation as B: both ends of A beside 60."""
    tell(lab.view, {"press": "keep"})
    choose(lab, position="direct")
    row = next(r for r in lab.view.board["rows"] if r["id"] == "share")
    assert (row["cells"]["value"]["text"], row["cells"]["value"]["kept"]["text"]) == ("60", "21–30")


def told_of(lab, id):
    """What a task says row by row once it is done."""
    task = next(each for each in lab.tasks() if each.id == id)
    return lab.play._say(f"tasks.{id}.told", *lab.play.ends(task)).split("\n")


def test_every_row_that_moved_has_its_sum(lab):
    """By hand: .6^.4·.9^.3·.6^.3 = .6776, √.48 = .6928; the law .4·.6928 = .2771, of 1.2771."""
    lines = told_of(lab, "fill")
    assert "风险得分：0–82→68。0.6^0.4×0.9^0.3×0.6^0.3＝0.68（创设" in "".join(lines)
    assert "因果得分：0–100→69。√(0.8×0.6)＝0.69（" in "".join(lines)
    assert "乘上基准以后：0%–37%→21%–30%。综合得分53–75分，除以50，再乘基准20%" in "".join(lines)
    law = "".join(told_of(lab, "grade"))
    assert "最多25000元×0.2771÷（0.2771＋1）" in law
    assert "0–5425元怎样得来" in law
    tell(lab.view, {"say": "geometric|risk|zhang"})
    assert "ρ是这一类行为的风险创设" in lab.view.drawer["html"]
    assert "0.6^0.4×0.9^0.3×0.6^0.3＝0.68" in lab.view.drawer["html"]


@pytest.mark.parametrize(
    ("wishes", "tried"),
    [
        ({"base": 0.13}, "high"),
        ({"base": 0.11}, "low"),
        ({"push": 0.1}, "facts"),
        ({"base": 0.12, "push": 0.35}, "facts"),
        ({"aggregator": "multiplicative"}, "high"),
        ({"base": 0.12}, "exact"),
        ({"aggregator": "multiplicative", "base": 0.18}, "exact"),
    ],
)
def test_the_base_is_fitted_to_the_judgment_by_hand(lab, wishes, tried):
    """.4255 over ½ is .851: times .11, .12, .13 it is 9, 10, 11 %; multiplied, .2806 over ½ .5611:
    times .2 it is 11, times .18 10 %. With a fact moved it is no answer, whatever the share.
    """
    tell(lab.view, {"task": "base", "do": "start"})
    turn(lab, **wishes)
    task = next(each for each in lab.view.tasks["list"] if each["id"] == "base")
    state = "done" if tried == "exact" else "guessed"
    assert (task["state"], task["guess"]) == (state, tried)


def test_a_range_says_in_its_first_line_where_its_ends_come_from(lab):
    """At the teaching setting his gain alone is open; a score that is one number says nothing."""
    line = "这是一段区间，两端由张某的直接获利（未查明）取最小和最大得出。"
    for row in ("gain", "share"):
        tell(lab.view, {"say": f"geometric|{row}|zhang"})
        assert lab.view.drawer["html"].startswith(f'<p class="stage-ends">{line}</p><ol')
    tell(lab.view, {"say": "geometric|risk|zhang"})
    assert lab.view.drawer["html"].startswith("<ol")


def test_the_first_scene_does_not_answer_the_first_task(lab):
    """Its question stands above the task: it must not say that the range narrows."""
    assert not re.search("区间|变窄", lab.play.question(lab.scenes()[0]))


def test_no_number_of_the_board_has_decimals(lab):
    """Whole percent and whole yuan."""
    seen = [*shown(lab).values(), lab.view.board["sentence"], lab.view.board["large"]["text"]]
    assert not re.search(r"\d\.\d", " ".join(seen))


def test_a_number_gives_its_steps_down_to_the_parameter(lab):
    """The share: base, cap, the others, money; behind it everything."""
    tell(lab.view, {"say": "geometric|share|zhang"})
    html = lab.view.drawer["html"]
    for said in ("乘上基准以后是21%–30%", "上限是30%", "25000元×21%–30%＝5328–7500元"):
        assert said in html
    tell(lab.view, {"say": "geometric|score|zhang"})
    assert "收益维度的下限：0.25（教学假设）" in lab.view.drawer["html"]
    tell(lab.view, {"say": "auto|exposure|zhang"})
    assert "第1169条第1款" in lab.view.drawer["html"]


# ---------------------------------------------------------------- what lies below


def test_dead_levers_are_named_with_their_reason(lab):
    """As many as the engine finds; other acts' nine values in one line."""
    found = dead_levers("zhang", load_case(FIRST).at("assumed"))
    assert f"移动一格不起作用的旋钮：{len(found)}项" in told(lab)
    assert "有的旋钮两处都有" in told(
        lab
    )  # base.payment: dead by a step, 29.79 % to 30 % by a fifth
    assert "有过错之后，轻重不再改变份额" in told(lab)
    assert told(lab).count("这是另一类帮助行为的参数") == 1


@pytest.mark.parametrize("view", lesson_of(TOPIC).below["view"].options)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_view_opens(view, lang):
    """And says something."""
    lab = looks(opens(make(TOPIC, lang)))
    lab._viewed({"view": view})
    assert (lab.view.notice, bool(lab.told.html)) == ("", True)


@pytest.mark.parametrize("name", shipped_cases())
def test_every_case_and_helper_opens(name):
    """Each helper, each map; to look at another helper moves no row."""
    lab = looks(opens(lab_of(TOPIC)("zh", case=name)))
    for party in lab.helpers(lab.state.base()):
        if party != lab.state.party:
            choose(lab, party=party)
            assert not any(row["changed"] for row in lab.view.board["rows"])
        for what in ("mode", "grade", "share"):
            lab._viewed({"map": what})
            assert lab.view.notice == "", (name, party, what)
            assert lab.moves.description
            assert lab.plane.description


def test_what_would_have_to_change_on_the_twin():
    """7 000 of 70 000: push down to .02, or no fact at all and the base from .2 to .11."""
    lab = looks(opens(make(TOPIC)))
    tell(lab.view, {"scene": "twin"})
    lab._viewed({"view": "change"})
    lab._viewed({"fen": 7_000})
    assert "推动程度从0.3降到0.02" in told(lab)
    assert "责任基准从0.2降到0.11" in told(lab)


def test_a_base_of_twelve_percent_gives_the_twins_ten():
    """.4255 · .12/.5 = .102, as the scene and the teacher's page say."""
    case = load_case("hengnan-hengyang").at("assumed")
    regime = proposal(case).variant({"base.payment": 0.12})
    found = decide(case, "risk_benefit", {}, regime).parties["long"].share
    assert round(found, 3) == 0.102


def test_a_map_of_something_else_starts_from_what_matters_for_it(lab):
    """Another input across, another picture; a map of forms begins with fault."""
    plane, before = lab.plane, lab.plane.figure
    lab._viewed({"x": "parameter:base.payment"})
    assert plane.figure != before
    assert "支付结算的责任基准" in plane.description
    lab._viewed({"map": "mode"})
    assert "x" not in lab.state.chosen
    assert "由「按份责任」变为「连带责任」" in plane.description


def test_the_registry_and_the_axioms_are_the_engines(lab):
    """Every row, what the reader moved is marked; two inequalities; one axiom fails."""
    turn(lab, gamma=0.5)
    lab._viewed({"view": "registry"})
    html = lab.told.html
    assert html.count("<tr>") == len(registry(proposal())) + 1
    assert html.count("你改过") == 1
    assert (html.count("的风险创设高于"), html.count("论文（§5.2.3）没有比较")) == (2, 4)
    lab._viewed({"view": "axioms"})
    html = lab.told.html
    assert html.count("<tr>") == 12
    assert html.count(">不成立。") == 1


def test_the_courts_are_compared_with_settings_of_the_party_only():
    """That shares are hard to determine says nothing on the model: it has no bar of its own."""
    titles = [row[1].text for row in draw_courts(solved(TOPIC)).rows]
    assert "难以确定责任大小" not in titles
    assert sum("教学设定" in title for title in titles) == 2


def test_the_share_of_a_part_is_told_of_that_part(lab):
    """Han, scores 38, 43, 60: 20.74 % of 4 000 and 13.87 % to 20.74 % of 6 000 are 1 662 to 2 074.

    Of his 10 000 that is 16.62 % to 20.74 %; only of the 90 000 it is 1.85 % to 2.30 %.
    """
    choose(lab, case="hypo-pieces")
    choose(lab, party="han")
    tell(lab.view, {"say": "geometric|share|han"})
    html = lab.view.drawer["html"]
    assert "乘上基准以后是21%" in html
    assert "得16.62%–20.74%" in html
    assert "10000元×16.62%–20.74%＝1662–2074元" in html
    assert "90000元×" not in html
    assert "2%–2%" not in html + str(lab.view.board)


def test_a_number_of_a_module_opens_the_drawer(lab):
    """The share under the product, though another way is chosen."""
    tell(lab.told, {"say": "multiplicative|share|zhang"})
    assert lab.view.drawer["title"] == "为什么是19%–30%（份额）"


# ---------------------------------------------------------------- links and files


def test_a_link_brings_everything_back(lab):
    """Facts, values, view and inputs of the map."""
    turn(lab, push=0.3)
    turn(lab, base=0.15)
    turn(lab, rb_cap=False)
    lab._viewed({"x": "foresight"})
    other = make(TOPIC, "en", link=lab.state.to_text())
    assert other.restored
    assert share(other) == share(lab)
    assert other.state.chosen == lab.state.chosen


def test_a_link_to_what_decides_opens_though_it_is_no_view_any_more():
    """What decides was one of the views once, and a link may hold it."""
    lab = make(TOPIC)
    lab.state.put({"chosen": {"view": "decides"}})
    other = looks(opens(make(TOPIC, link=lab.state.to_text())))
    assert other.restored
    assert other.pick.values == {"view": "ways"}


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
    lab = make(TOPIC)
    lab.state.put({"chosen": chosen})
    other = make(TOPIC, link=lab.state.to_text())
    assert other.restored is False
    assert other.state.chosen == {}


def test_a_saved_file_holds_the_registry(lab):
    """All rows, with the reader's value."""
    turn(lab, gamma=0.5)
    rows = json.loads(lab.file("json")["text"])["registry"]
    assert len(rows) == len(registry(proposal()))
    assert next(row["value"] for row in rows if row["key"] == "gamma") == 0.5


def test_the_reveal_does_not_give_the_first_task_away():
    """Filled in it is 21–30 %: the task asks what the share becomes, and the reveal says 0–30 %."""
    lab = make(TOPIC)
    tell(lab.view, {"bet": {"share": 25, "driver": "defaults"}})
    task = lab.tasks()[0]
    assert task.answer(*lab.play.ends(task)) == "range"
    assert "21" not in str(lab.view.reveal)
