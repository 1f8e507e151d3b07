"""Lesson 03's lab without a browser: switches move the chain and the legal steps, by hand.

hypo-chain: T∧P∧(A∨B), S idle, L after; Gao's card 60 000, Du's 40 000, 50 000 on to Luo.
"""

import json

import pytest
from telling import opens, tell

from simlib import load_case
from simlib.case import shipped_cases
from simlib.resources import shelf
from simlib.widgets.causation import CausationLab
from simlib.widgets.causation.linked import Linked
from simlib.widgets.causation.scenes import FIRST
from simlib.widgets.causation.settings import VIEWS
from simlib.widgets.causation.tasks import QUESTIONS, linked

CARD_1, CARD_2, POSTS = "switch:1", "switch:2", "switch:3"


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    return opens(CausationLab("zh"))


def turn(lab, **wishes):
    """Move knobs as a page does; `switch_1` is the knob `switch:1`."""
    asked = dict(lab.view.asked)
    for name, value in wishes.items():
        knob = name.replace("_", ":", 1)
        asked[knob] = [asked.get(knob, [0])[0] + 1, value]
        lab.view.asked = dict(asked)


def pick(lab, **wishes):
    """Choose what the module shows."""
    asked = dict(lab.pick.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    lab.pick.asked = asked


def answers(lab, party):
    """The four steps that establish liability."""
    return [step.answer for step in lab.outcomes.steps[party].establishing]


def three(linked, party):
    """But-for, NESS and furthering."""
    return [linked.answer(party, key) for key in QUESTIONS]


def test_it_opens_on_the_two_cards_with_three_switches(lab):
    """But-for no, NESS yes, furthering yes, adequacy open; both cards' switches and the posts'."""
    main = [item["id"] for item in lab.view.spec if item.get("place") == "main"]
    assert main == [CARD_1, CARD_2, POSTS]
    assert answers(lab, "gao") == answers(lab, "du") == ["no", "yes", "yes", "open"]
    assert lab.view.board["large"]["text"] == "会发生"


@pytest.mark.parametrize(
    ("happens", "norm", "asked_back"),
    [
        ("yes", "needed", False), ("yes", "furthers", False), ("yes", "none", False),
        ("no", "both", False), ("yes", "both", True), ("no", "needed", True),
        ("no", "furthers", True), ("no", "none", True),
    ],
)  # fmt: skip
def test_an_answer_that_contradicts_itself_is_asked_back(happens, norm, asked_back):
    """The reason in law says whether there is a loss without him: it must be what was answered."""
    lab = CausationLab("zh")
    tell(lab.view, {"bet": {"happens": happens, "norm": norm}})
    assert bool(lab.view.bet["said"]) == asked_back
    assert lab.view.bet["open"] == asked_back


def test_the_answer_stands_beside_the_chain_and_the_law():
    """By hand: without Gao's card the loss happens, for Du's stands in; furthering is enough."""
    lab = CausationLab("zh")
    tell(lab.view, {"bet": {"happens": "no", "norm": "both"}})
    voices = [(voice["id"], voice["value"]) for voice in lab.view.reveal["columns"]]
    assert voices == [("you", "不会发生"), ("model", "还会发生"), ("law", "促成了损失")]


@pytest.mark.parametrize(
    ("off", "wanted"),
    [
        ({"switch_1": False}, "会发生"),
        ({"switch_2": False}, "会发生"),
        ({"switch_1": False, "switch_2": False}, "不会发生"),
        ({"switch_3": False}, "不会发生"),
    ],
)
def test_switches_decide_whether_the_loss_happens(lab, off, wanted):
    """The switches are a question and no fact: they lie in `chosen`, not in the changes."""
    turn(lab, **off)
    assert lab.view.board["large"]["text"] == wanted
    assert lab.state.changes == {}
    assert len([on for on in lab.state.chosen.values() if on is False]) == len(off)


def test_a_substitute_gone_makes_him_indispensable(lab):
    """Du's card off: but-for turns for Gao, who has not changed; his own switch does not."""
    turn(lab, switch_2=False)
    assert answers(lab, "gao") == ["yes", "yes", "yes", "open"]
    assert [row["id"] for row in lab.view.board["rows"] if row["changed"]] == ["gao"]
    turn(lab, switch_2=True, switch_1=False)
    assert answers(lab, "gao") == ["no", "yes", "yes", "open"]
    rows = {row["id"]: row for row in lab.view.board["rows"]}
    assert "假如他做了，会怎样" in rows["gao"]["note"]
    assert "假设他做了这件事" in rows["gao"]["still"]
    assert "损失之后" in rows["luo"]["still"]


def notes(lab):
    """Row → what is said of it."""
    return {row["id"]: row["note"] for row in lab.view.board["rows"]}


def test_a_row_says_why_what_he_did_came_to_nothing(lab):
    """Tao's posts take effect; without Gao's card Luo has nothing to move, nor without a loss."""
    assert notes(lab)["tao"] == ""
    assert notes(lab)["shi"].startswith("出租聊天账号（没有起作用）")
    turn(lab, switch_1=False)
    assert notes(lab)["luo"] == "用二层卡转走赃款（没有高某的行为，无从进行）"
    turn(lab, switch_1=True, switch_3=False)
    assert notes(lab)["luo"] == "用二层卡转走赃款（没有损失，无从进行）"


def test_below_knowing_furthering_is_not_what_decides(lab):
    """Du is grossly negligent: article 1169 does not reach him; Gao knew. It is the usual view."""
    assert "重大过失：第1169条以明知为限（通说）" in notes(lab)["du"]
    assert "第1169条" not in notes(lab)["gao"] + notes(lab)["tao"]
    tell(lab.view, {"say": "du|furthering|du"})
    assert "促进不决定他的责任" in lab.view.drawer["html"]
    tell(lab.view, {"say": "gao|furthering|gao"})
    html = lab.view.drawer["html"]
    assert "结论：是。依据：现行法（通说）。" in html
    assert "不决定他的责任" not in html


def test_the_second_task_says_why_the_posts_further_nothing(lab):
    """Both cards off: all three of Tao's answers turn, for there is no loss."""
    tasks = {task.id: task for task in lab.tasks()}
    lines = lab.play._say("tasks.substitute.told", *lab.play.ends(tasks["substitute"])).split("\n")
    before, now = (linked(view) for view in lab.play.ends(tasks["substitute"]))
    assert (three(before, "tao"), three(now, "tao")) == (["yes"] * 3, ["no"] * 3)
    assert any(line.startswith("陶某：三个都由「是」变为「否」。") for line in lines)


def test_without_the_fraud_nothing_is_furthered(lab):
    """Posts off: no loss, so no step holds for a card."""
    turn(lab, switch_3=False)
    assert answers(lab, "gao") == ["no", "no", "no", "none"]
    assert "诈骗也没有完成" in lab.told.html


def test_a_card_in_reserve_is_a_cause_only_as_drawn(tmp_path):
    """What scene 4 says: the chain draws Du's unused card; left out of what the loss needs, it is
    as Shi's account, which was never used: no, no, no."""
    file = (shelf("cases") / FIRST / "case.toml").read_text("utf-8")
    drawn = '["fraud", ["lend-1", "lend-2"]]'
    assert drawn in file
    (tmp_path / "case.toml").write_text(file.replace(drawn, '["fraud", "lend-1"]'), "utf-8")
    as_drawn = Linked(load_case(FIRST).at("one-card"), frozenset())
    left_out = Linked(load_case(tmp_path / "case.toml").at("one-card"), frozenset())
    assert three(as_drawn, "du") == ["no", "yes", "yes"]
    assert three(left_out, "du") == three(left_out, "shi") == ["no", "no", "no"]


def test_what_the_opening_says_he_knew_is_in_the_file():
    """Article 1169(1) is no basis without it; Du is given as grossly negligent."""
    case = load_case(FIRST)
    assert (case.party("gao").grade, case.party("du").grade) == ("knowing", "gross")
    for lang, said in (("zh", "他明知有人行骗"), ("en", "he knew")):
        assert said in (shelf("course") / lang / "03-causation.ipynb").read_text("utf-8")


def test_a_promise_opens_furthering_alone(lab):
    """Luo acted after the loss; a promise before it may itself be help."""
    assert answers(lab, "luo")[:3] == ["no", "no", "no"]
    tell(lab.view, {"scene": "promise"})
    turn(lab, promise_luo=True)
    assert answers(lab, "luo")[:3] == ["no", "no", "open"]
    assert lab.view.scene["answered"] is True


def test_indices_follow_the_switches(lab):
    """By hand: 1/12, 1/8, 1/2, 1/6; with Du's card off three needed acts, 1/3 and 1."""
    told = lab.outcomes["gao"].indices
    assert [round(told[k], 9) for k in told] == [0.083333333, 0.125, 0.5, 0.166666667]
    turn(lab, switch_2=False)
    told = lab.outcomes["gao"].indices
    assert [round(told[k], 9) for k in told] == [0.333333333, 0.333333333, 1.0, 0.333333333]
    pick(lab, view="indices")
    assert "1/3" in lab.told.html
    turn(lab, switch_1=False)
    assert set(lab.outcomes["tao"].indices.values()) == {0.0}


def test_help_after_the_loss_is_a_band_for_a_later_card_only(lab):
    """Luo 2 500 to 15 000, of 50 000; Gao is refused with the court's argument and the objection.

    They change places: the band is Gao's.
    """
    pick(lab, view="chance", who="luo")
    assert "2500–15000元" in lab.told.html
    assert lab.chart in lab.views.children
    pick(lab, who="gao")
    assert "第一层收款人" in lab.told.html
    assert "反对：第一层收款卡" in lab.told.html
    assert lab.chart not in lab.views.children
    turn(lab, position="swapped")
    assert "2500–15000元" in lab.told.html
    labels = {item["id"]: item["label"] for item in lab.view.spec if "label" in item}
    assert labels[CARD_1].startswith("罗某")


def test_causal_force_is_another_thing_than_the_chain(lab):
    """√(.5 × .5) = .5, then √(.5 × 0) = 0: the board does not move, and says why."""
    pick(lab, view="force")
    before = [row["cells"] for row in lab.view.board["rows"]]
    assert lab.outcomes.force("gao").value == 0.5
    turn(lab, force_push=0.0)
    assert lab.outcomes.force("gao").value == 0
    assert [row["cells"] for row in lab.view.board["rows"]] == before
    assert "不使用原因力" in lab.view.board["rows"][0]["still"]
    pick(lab, who="du")
    assert next(k for k in lab.knobs.values() if k.id == "force:push").owner == "du"


def test_what_is_clicked_has_its_reasons(lab):
    """A step with its fact and article, an index with its note, a refusal with its objection."""

    def asked(say):
        lab._asked(say)
        return lab.view.drawer["title"] + lab.view.drawer["html"]

    assert "第1169条" in asked("gao|furthering|gao")
    assert "提供第一张收款卡" in asked("gao|furthering|gao")
    assert "1/12" in asked("gao|shapley|gao")
    assert "没有任何法律规定用它" in asked("gao|shapley|gao")
    assert "反对" in asked("gao|lost_chance|gao")
    assert "追回机会只问损失之后的行为" in asked("tao|lost_chance|tao")
    assert "法律上的各个步骤" in asked("gao||gao")
    assert "另一个损害" in asked("luo|passed|luo")
    assert "损失的发生需要下列之一" in asked("loss|happens|")


def test_undo_reset_and_a_beside_b(lab):
    """A switch is undone, reset alone and with all others; A says what became of its loss."""
    turn(lab, switch_1=False)
    assert lab.view.tools["reset"]
    lab.view.asked = {**lab.view.asked}
    tell(lab.view, {"press": "keep"})
    turn(lab, switch_2=False)
    assert "对照A：损失会发生" in lab.view.board["sentence"]
    tell(lab.view, {"press": "undo"})
    assert lab.outcomes.off == {"lend-1"}
    tell(lab.view, {"press": "reset:switch:1"})
    assert lab.outcomes.off == frozenset()
    turn(lab, switch_3=False, force_push=0.1)
    tell(lab.view, {"press": "reset:"})
    assert (lab.outcomes.off, lab.state.changes) == (frozenset(), {})


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
    """The lesson's own first; another case has switches in sight and tells its own story.

    Whom the module asked about there is nobody of the lesson's own case: its scenes open all the
    same.
    """
    assert CausationLab(lang).cases()[0] == "hypo-chain"
    for name in shipped_cases():
        lab = opens(CausationLab(lang, case=name))
        assert any(item.get("place") == "main" for item in lab.view.spec)
        assert any(not row["more"] for row in lab.view.board["rows"])
        for view in VIEWS:
            pick(lab, view=view)
            assert lab.told.html
    pick(lab, view="steps", who=lab.outcomes.acts.parties[-1])
    tell(lab.view, {"scene": "both"})
    assert lab.view.notice == ""
    assert lab.state.case_id == "hypo-chain"


def test_the_file_to_save_has_answers_and_indices(lab):
    """As plain JSON."""
    saved = json.loads(lab.file("json")["text"])
    assert saved["gao"]["answers"]["but_for"] == "no"
    assert saved["gao"]["indices"]["responsibility"] == 0.5


def test_the_lesson_is_light(lab):
    """The board with its chain, both drawings, under 24 kB."""
    assert len(json.dumps(lab.view.board)) < 24_000


def test_the_tasks_ask_what_neither_bet_nor_board_has_shown():
    """By hand: Gao's card off turns but-for for Du alone; both off there is no loss, and but-for
    alone turns for Gao; a promise opens furthering."""
    lab = CausationLab("zh")
    right = {task.id: task.answer(*lab.play.ends(task)) for task in lab.tasks()}
    assert right == {"either": "but_for", "substitute": "no-but_for", "promise": "furthering"}
    for task, party in zip(lab.tasks(), ("du", "gao"), strict=False):
        ends = [linked(view) for view in lab.play.ends(task)]
        assert [found.answer(party, "but_for") for found in ends] == ["no", "yes"]
