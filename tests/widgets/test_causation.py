"""Lesson 03's lab without a browser: switches move the chain and the legal steps, by hand.

hypo-chain: T∧P∧(A∨B), S idle, L after; Gao's card 60 000, Du's 40 000, 50 000 on to Luo.
"""

import json

import pytest

from simlib.case import shipped_cases
from simlib.widgets.causation import CausationLab
from simlib.widgets.causation.forms import VIEWS


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    lab = CausationLab("zh")
    lab._committed("open")
    return lab


def turn(lab, **wishes):
    """Move knobs as a reader does; `act_post` is the switch `act:post`."""
    for name, value in wishes.items():
        kind, _, row = name.partition("_")
        knob = f"{kind}:{row.replace('_', '-')}"
        asked = dict(lab.form.asked)
        asked[knob] = [asked.get(knob, [0])[0] + 1, value]
        lab.form.asked = asked


def answers(lab, party):
    """The four steps that establish liability."""
    return [step.answer for step in lab.outcomes.steps[party].establishing]


def happens(lab):
    """Whether the loss still happens."""
    return lab.outcomes.acts.happens(lab.outcomes.off)


def test_it_opens_on_the_holder_of_the_first_card(lab):
    """But-for no, NESS yes, furthering yes, adequacy open; the cap is what passed, 60 000."""
    assert lab.choose.values["who"] == "gao"
    assert answers(lab, "gao") == ["no", "yes", "yes", "open"]
    assert "60000元" in lab.more.html
    assert "责任成立的因果关系" in lab.more.html
    assert lab.more.html.index("责任成立") < lab.more.html.index("责任范围")


def test_the_chain_stays_shut_until_the_reader_answers():
    """Fact first, then law; both are met with what the chain says."""
    lab = CausationLab("zh")
    assert lab.play.children == (lab.locked,)
    lab.answer.values = {"happens": "yes", "norm": "needed"}
    lab._committed("commit")
    assert lab.play.children != (lab.locked,)
    assert lab.state.committed == {"happens": "yes", "norm": "needed"}
    assert "与图一致：没有高某，损失仍会发生" in lab.feedback.html
    assert "合适的是“是：没有他的行为，损失仍会发生，但" in lab.feedback.html


def test_the_other_answer_is_met_too():
    """No loss without him: the chain says otherwise; furthering fits."""
    lab = CausationLab("zh")
    lab.answer.values = {"happens": "no", "norm": "furthers"}
    lab._committed("commit")
    assert "图的回答不同：关掉高某的“提供第一张收款卡”" in lab.feedback.html
    assert "与本课程整理的一致" in lab.feedback.html


@pytest.mark.parametrize(
    ("off", "wanted"),
    [
        ({"act_lend_1": False}, True),
        ({"act_lend_2": False}, True),
        ({"act_lend_1": False, "act_lend_2": False}, False),
        ({"act_post": False}, False),
        ({"act_chat": False, "act_cash": False, "act_pass_on": False}, True),
    ],
)
def test_switches_decide_whether_the_loss_happens(lab, off, wanted):
    """The switches are a question and no fact: they lie in `chosen`, not in the changes."""
    turn(lab, **off)
    assert happens(lab) == wanted
    assert ("损失不会发生" in lab.board.html) != wanted
    assert lab.state.changes == {}
    assert {n for n, on in lab.state.chosen.items() if on is False} == {
        "act:" + name.removeprefix("act_").replace("_", "-") for name in off
    }


def test_a_substitute_gone_makes_him_indispensable(lab):
    """Du's card off: but-for turns for Gao, who has not changed; his own switch does not."""
    turn(lab, act_lend_2=False)
    assert answers(lab, "gao") == ["yes", "yes", "yes", "open"]
    turn(lab, act_lend_2=True, act_lend_1=False)
    assert answers(lab, "gao") == ["no", "yes", "yes", "open"]
    assert "自己的行为已关掉" in lab.more.html


def test_without_the_fraud_nothing_is_furthered(lab):
    """Posts off: no loss, so no step holds for a card, and its extent is not asked."""
    turn(lab, act_post=False)
    assert answers(lab, "gao") == ["no", "no", "no", "none"]
    assert "诈骗也没有完成" in lab.more.html
    assert "经手资金" not in lab.more.html


def test_indices_follow_the_switches(lab):
    """By hand: 1/12, 1/8, 1/2, 1/6; with Du's card off three needed acts, 1/3 and 1."""
    lab._chosen({"view": "indices"})
    told = lab.outcomes["gao"].indices
    assert [round(told[k], 9) for k in told] == [0.083333333, 0.125, 0.5, 0.166666667]
    turn(lab, act_lend_2=False)
    told = lab.outcomes["gao"].indices
    assert [round(told[k], 9) for k in told] == [0.333333333, 0.333333333, 1.0, 0.333333333]
    assert lab.outcomes["du"].indices["shapley"] == 0
    turn(lab, act_lend_1=False)
    assert set(lab.outcomes["tao"].indices.values()) == {0.0}


def test_help_after_the_loss_is_a_band_for_a_later_card_only(lab):
    """Luo 2 500 to 15 000; Gao is refused with the court's argument and the objection."""
    lab._chosen({"view": "chance", "who": "luo"})
    assert "2500–15000元" in lab.more.html
    assert lab.line in lab.second.children
    lab._chosen({"who": "gao"})
    assert "第一层收款人" in lab.more.html
    assert "衡阳中院" in lab.more.html
    assert "反对：第一层收款卡" in lab.more.html
    assert lab.line not in lab.second.children


def test_two_experts_stand_side_by_side(lab):
    """鉴定意见 against 视为当事人的陈述."""
    lab._chosen({"view": "hearing"})
    assert "鉴定意见" in lab.more.html
    assert "视为当事人的陈述" in lab.more.html


def test_causal_force_is_another_thing_than_the_chain(lab):
    """√(.5 × .5) = .5, then √(.5 × 0) = 0: neither chain nor indices move."""
    lab._chosen({"view": "force"})
    before = lab.chart.figure
    assert lab.outcomes.force("gao").value == 0.5
    turn(lab, force_push=0.0)
    assert lab.outcomes.force("gao").value == 0
    assert lab.chart.figure == before
    assert lab.state.changes == {"gao.push": 0.0}


def test_positions_change_who_is_asked_for_what(lab):
    """They change places: the band is Gao's; a promise opens furthering for Luo."""
    lab._chosen({"position": "swapped"})
    assert lab.outcomes.chance("gao").refusal is None
    assert lab.outcomes.chance("luo").refusal == "first-layer"
    lab._chosen({"position": "promised"})
    assert answers(lab, "luo")[2] == "open"


def test_what_is_clicked_has_its_reasons(lab):
    """A step with its fact and article, an index with its note, a refusal with its objection."""
    lab._asked("gao|furthering|gao")
    assert "第1169条" in lab.reasons.html
    assert "提供第一张收款卡" in lab.reasons.html
    lab._asked("gao|shapley|gao")
    assert "1/12" in lab.reasons.html
    assert "没有任何法律规定用它" in lab.reasons.html
    lab._asked("gao|lost_chance|gao")
    assert "反对" in lab.reasons.html
    lab._asked("tao|lost_chance|tao")
    assert "追回机会只问损失之后的行为" in lab.reasons.html
    lab._asked("gao||gao")
    assert "法律上的各个步骤" in lab.reasons.html


def test_undo_reset_and_a_beside_b(lab):
    """A switch is undone, reset alone and with all others; A says what became of its loss."""
    turn(lab, act_lend_1=False)
    assert lab.choose.values["reset_all"]
    lab._pressed("keep")
    turn(lab, act_lend_2=False)
    kept = [a["text"] for a in lab.chart.figure["layout"]["annotations"] if "对照A" in a["text"]]
    assert kept
    assert "对照A：损失发生" in kept[0]
    lab._pressed("undo")
    assert happens(lab)
    lab._pressed("reset:act:lend-1")
    assert lab.outcomes.off == frozenset()
    turn(lab, act_post=False, force_push=0.1)
    lab._pressed("reset:")
    assert lab.outcomes.off == frozenset()
    assert lab.state.changes == {}


def test_a_link_brings_the_same_state_back(lab):
    """Switches, party, view, and the number asked about, in the other language."""
    turn(lab, act_lend_1=False)
    lab._chosen({"who": "du", "view": "indices"})
    lab._asked("du|banzhaf|du")
    other = CausationLab("en", link=lab.state.to_text())
    assert other.restored
    assert other.outcomes.off == {"lend-1"}
    assert other.pick.values == {"view": "indices"}
    assert "Banzhaf" in other.reasons.html


@pytest.mark.parametrize(
    "field",
    [
        {"chosen": {"who": "pan"}},
        {"chosen": {"view": "votes"}},
        {"chosen": {"act:nothing": False}},
        {"chosen": {"act:post": 0}},
        {"chosen": {"colour": "red"}},
        {"selected": ["gao", "weight", "gao"]},
        {"selected": ["gao", "ness", "du"]},
        {"committed": {"happens": "maybe", "norm": "none"}},
        {"committed": {"happens": "yes"}},
    ],
)
def test_link_with_an_impossible_state_opens_as_new(field):
    """A well-made text can still say nonsense."""
    lab = CausationLab("zh")
    for name, value in field.items():
        setattr(lab.state, name, value)
    other = CausationLab("zh", link=lab.state.to_text())
    assert other.restored is False
    assert other.state.chosen == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_opens_in_every_view(lang):
    """The lesson's own first: the chain, three cards, the real case and its twin."""
    assert CausationLab(lang).cases()[:4] == [
        "hypo-chain", "fix-1", "2024-lu-0302-5690", "hengnan-hengyang",
    ]  # fmt: skip
    for name in shipped_cases():
        lab = CausationLab(lang, case=name)
        lab._committed("commit")
        assert lab.feedback.html
        for view in VIEWS:
            lab._chosen({"view": view})
            assert lab.more.html


def test_the_file_to_save_has_answers_and_indices(lab):
    """As plain JSON."""
    saved = json.loads(lab.file("json")["text"])
    assert saved["gao"]["answers"]["but_for"] == "no"
    assert saved["gao"]["indices"]["responsibility"] == 0.5


def test_the_lesson_is_light(lab):
    """The chain under 9 kB."""
    assert len(json.dumps(lab.chart.figure)) < 9_000
