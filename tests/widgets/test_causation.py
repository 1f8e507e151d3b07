"""Lesson 03 without a browser: switches move the chain and the legal steps; its drawings.

hypo-chain by hand: the loss is T∧P∧(A∨B), S idle, L after; Gao's card 60 000, Du's 40 000, 50 000
on to Luo. Six parties: Shapley 5/12 for T and P (1/3 · 1/4 …: B or A before, and both of T, P),
1/12 for A and B; Banzhaf: swings 3, 3, 1, 1 of 8; minimal sets TPA, TPB: 1/3, 1/3, 1/6, 1/6 (each
set shared by three); responsibility 1, 1, 1/2, 1/2. The band: 50 000 · .05 to 50 000 · .30.
"""

import itertools
import json

import plotly.graph_objects as go
import pytest
from staged import solved, values
from telling import looks, opens, tell

from simlib import causation, load_case
from simlib.case import shipped_cases
from simlib.explain import fact_kind
from simlib.lessons.board import draw
from simlib.lessons.causation.chain_layout import NARROW, WIDE, lay_out
from simlib.lessons.causation.knobs import in_order, knobs
from simlib.lessons.causation.names import share_words
from simlib.lessons.causation.outcomes import ASKED
from simlib.lessons.causation.pictures import opening, stage
from simlib.lessons.causation.tables import draw_chance, draw_indices
from simlib.lessons.outcome import Say
from simlib.lessons.reader import lesson_of
from simlib.resources import shelf
from simlib.widgets.causation import CausationLab
from simlib.widgets.causation.reasons import reason
from simlib.widgets.stage.declared import names

FIRST = "hypo-chain"
VIEWS = lesson_of("causation").below["view"].options
CARD_1, CARD_2, POSTS = "switch:1", "switch:2", "switch:3"


@pytest.fixture
def lab():
    """An opened lab in Chinese, with the fold below its stage open."""
    return looks(opens(CausationLab("zh")))


@pytest.fixture
def case():
    """The hypothetical of the lesson."""
    return load_case(FIRST)


def chain(*off, case=None, lang="zh"):
    """What the lesson's engine says with some acts off."""
    return solved("causation", case, lang, **{f"act:{id}": False for id in off})


def board(found, scene="start", lang="zh", **more):
    """The board of a scene."""
    return draw(values("causation", scene, found, lang, found.case), **more)


def picture(*off, case=None, lang="zh"):
    """The chain drawn with some acts off."""
    return stage(chain(*off, case=case, lang=lang), None, lang)


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


def asked(lab, say):
    """Title and HTML of the drawer after a click."""
    lab._asked(say)
    return lab.view.drawer["title"] + lab.view.drawer["html"]


def answers(lab, party):
    """The four steps that establish liability."""
    return [step.answer for step in lab.outcomes.steps[party].establishing]


def three(found, party):
    """But-for, NESS and furthering."""
    return [found.answer(party, key) for key in ASKED]


def test_it_opens_on_the_two_cards_with_three_switches(lab):
    """But-for no, NESS yes, furthering yes, adequacy open; both cards' switches and the posts'."""
    main = [item["id"] for item in lab.view.spec if item.get("place") == "main"]
    assert main == [CARD_1, CARD_2, POSTS]
    labels = [item["label"][:2] for item in lab.view.spec if item.get("place") == "main"]
    assert labels == ["高某", "杜某", "陶某"]
    assert answers(lab, "gao") == answers(lab, "du") == ["no", "yes", "yes", "open"]
    assert lab.view.board["large"]["text"] == "会发生"


def test_the_lesson_ends_with_whether_du_is_a_cause_by_each_test(lab):
    """By hand: without Du's card Gao's takes all, so but-for no; in the set of posts, deceit and
    his card he is needed, NESS yes; 40 000 came to it, furthering yes. His fault is gross."""
    assert "杜某（重大过失）：条件说「否」，NESS「是」，促进「是」" in lab.play.ending


def test_the_answer_stands_beside_the_chain_and_the_law():
    """One question, whether Gao is a cause, is answered by all three voices.

    By hand: without Gao's card the loss happens, for Du's stands in; furthering is enough.
    """
    lab = CausationLab("zh")
    tell(lab.view, {"bet": {"happens": "no", "norm": "both"}})
    voices = [(voice["id"], voice["value"]) for voice in lab.view.reveal["columns"]]
    assert voices == [("you", "是原因"), ("model", "不是原因"), ("law", "是原因")]
    told = [voice["note"] for voice in lab.view.reveal["columns"]]
    assert told[0] == "没有高某的卡，损失不会发生"  # what was answered to the other question
    assert told[1] == "没有高某的卡，损失还会发生：杜某的卡可以替代"
    assert lab.view.reveal["sentence"].startswith("题设中杜某的卡可以替代")
    assert lab.view.reveal["theirs"].startswith("按题设，没有高某的卡")  # who did not answer


@pytest.mark.parametrize(
    ("off", "happens"),
    [
        ((), True),
        (("lend-1",), True),
        (("lend-2",), True),
        (("lend-1", "lend-2"), False),
        (("post",), False),
        (("fraud",), False),
        (("chat", "pass-on", "cash"), True),
    ],
)
def test_the_loss_says_whether_it_still_happens(off, happens):
    """Either card is enough; posts and fraud are needed; what is idle or late is not."""
    drawn = picture(*off)
    assert ("损失发生。</title>" in drawn) == happens
    assert ("损失不会发生。</title>" in drawn) != happens
    assert (board(chain(*off)).large.text == "会发生") == happens


def test_a_switch_is_a_question_and_no_fact(lab):
    """It lies in what is chosen, not in the changes of the case."""
    turn(lab, switch_1=False, switch_2=False)
    assert lab.view.board["large"]["text"] == "不会发生"
    assert (lab.state.changes, lab.state.chosen) == ({}, {"act:lend-1": False, "act:lend-2": False})


def test_a_substitute_gone_makes_him_indispensable(lab):
    """Du's card off: but-for turns for Gao, who has not changed; his own switch does not."""
    turn(lab, switch_2=False)
    assert answers(lab, "gao") == ["yes", "yes", "yes", "open"]
    assert [row["id"] for row in lab.view.board["rows"] if row["changed"]] == ["gao"]
    own, others = "自己的行为已关掉", "下面按其余开关现在的位置来问"
    assert (own in lab.table.html, others in lab.table.html) == (False, True)
    pick(lab, who="du")
    assert (own in lab.table.html, others in lab.table.html) == (True, False)
    turn(lab, switch_2=True, switch_1=False)
    assert answers(lab, "gao") == ["no", "yes", "yes", "open"]
    rows = {row["id"]: row for row in lab.view.board["rows"]}
    assert "假如他做了，会怎样" in rows["gao"]["note"]
    assert "假设他做了这件事" in rows["gao"]["still"]
    assert "损失之后" in rows["luo"]["still"]


def test_a_row_that_stands_still_says_why(lab):
    """By hand. Without the posts there is no loss, and then no card that could further one."""

    def still():
        keys = ("own", "late", "idle", "needed", "same", "no_loss")
        said = {lab.say(f"still.{key}"): key for key in keys}
        return {row["id"]: said.get(row["still"]) for row in lab.view.board["rows"]}

    turn(lab, switch_2=False)
    rows = {"gao": None, "du": "own", "tao": "needed", "luo": "late", "shi": "idle"}
    assert still() == rows | {"principal": "needed"}
    turn(lab, switch_2=True, switch_3=False)
    turn(lab, switch_1=False)
    assert (still()["gao"], still()["du"]) == ("own", "no_loss")
    turn(lab, switch_3=True, switch_1=True)
    turn(lab, switch_4=False)  # the fraud
    turn(lab, switch_5=False)  # what came to nothing
    assert {still()[id] for id in ("gao", "du", "tao")} == {"no_loss"}


def test_the_sentence_says_what_is_off_and_what_of_the_first_card(lab):
    """Without a loss nothing is said of him nor of what passed; where a card is off, or no file
    states the chain, that neither."""
    passed = "各卡只就经手的钱负责（教学假设，有争议）。"
    assert passed in lab.view.board["sentence"]
    turn(lab, switch_1=False)
    assert passed not in lab.view.board["sentence"]
    turn(lab, switch_2=False)
    off = "关掉「提供第一张收款卡」（高某）、「提供第二张收款卡」（杜某），损失不会发生。"
    assert lab.view.board["sentence"] == off
    turn(lab, case="fix-1")
    said = lab.view.board["sentence"]
    assert said.startswith("所有行为都开着，损失发生。没有甲的行为，损失就不会发生")
    assert said.endswith("案件文件没有写明各人的行为。")


def test_of_the_fraudster_neither_money_nor_fault_is_told(lab):
    """He is no helper: article 1169 and its grade of fault are not his; nor has he causal force.

    He did one act before the loss and one after it; his answers are those of the first.
    """
    row = next(row for row in lab.view.board["rows"] if row["id"] == "principal")
    assert (list(row["cells"]), row["note"]) == (
        [*ASKED],
        "取现（损失之后）；各栏说的是损失以前的行为：冒充客服行骗",
    )
    assert [chain().answer("principal", key) for key in ASKED] == ["yes", "yes", "none"]
    assert "不是帮助人：第1169条第1款不问他" in asked(lab, "principal|furthering|principal")
    assert "force:push" in lab.knobs
    pick(lab, who="principal")
    assert "force:push" not in lab.knobs


def test_a_switch_says_whether_the_file_states_its_act(lab):
    """hypo-chain states its acts; fix-1 none: they are derived, which is an assumption."""
    assert lab.view.tags[CARD_1][0] == "stated"
    turn(lab, case="fix-1")
    assert lab.view.tags[CARD_1][:2] == ("teaching assumption", "推出的行为")


def test_a_promise_is_asked_of_those_alone_who_came_after_the_loss(case):
    """Luo; were the cash Gao's too, his card was lent before it all the same."""
    late = case.set({"cash.party": "gao"})
    found = {knob.id for knob in knobs(late, lambda: late, "gao", "zh")}
    assert {id for id in found if id.startswith("promise:")} == {"promise:luo"}


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
    tell(lab.view, {"say": "du|but_for|du"})
    assert "促进不决定他的责任" not in lab.view.drawer["html"]
    tell(lab.view, {"say": "gao|furthering|gao"})
    html = lab.view.drawer["html"]
    assert "结论：是。依据：现行法（通说）。" in html
    assert "不决定他的责任" not in html


def test_the_second_task_says_why_the_posts_further_nothing(lab):
    """Both cards off: all three of Tao's answers turn, for there is no loss."""
    tasks = {task.id: task for task in lab.tasks()}
    lines = lab.play._say("tasks.substitute.told", *lab.play.ends(tasks["substitute"])).split("\n")
    before, now = (view.outcomes for view in lab.play.ends(tasks["substitute"]))
    assert (three(before, "tao"), three(now, "tao")) == (["yes"] * 3, ["no"] * 3)
    assert any(line.startswith("陶某：三个都由「是」变为「否」。") for line in lines)
    told = lab.play._say("tasks.either.told", *lab.play.ends(tasks["either"]))
    assert "由1/12变为1/3" in told


def test_without_the_fraud_nothing_is_furthered(lab):
    """Posts off: no loss, so no step holds for a card."""
    turn(lab, switch_3=False)
    assert answers(lab, "gao") == ["no", "no", "no", "none"]
    assert "诈骗也没有完成" in lab.table.html


def test_a_card_in_reserve_is_no_cause_and_still_stands_in(lab):
    """What scene 4 says. NESS and 1169 ask about acts that took effect: none of her money came to
    Du's card, so no, no, no, as for Shi's account. Without Gao's card Du's would have received it:
    but-for stays no for Gao, and with Gao's switched off Du's is needed."""
    turn(lab, position="one-card")
    found = lab.outcomes
    assert three(found, "du") == three(found, "shi") == ["no", "no", "no"]
    assert three(found, "gao") == ["no", "yes", "yes"]
    assert notes(lab)["du"].startswith("提供第二张收款卡（备而未用）")
    assert "不对这笔损失负责" not in notes(lab)["du"]
    assert stage(found, None, "zh").count(">备用</text>") == 2
    assert "备而未用" in asked(lab, "du|furthering|du")
    pick(lab, view="indices")
    assert "备而未用的卡在这里也算一种可能" in lab.table.html
    turn(lab, switch_1=False)
    assert three(lab.outcomes, "du") == ["yes", "yes", "yes"]
    assert three(lab.outcomes, "gao") == ["no", "yes", "yes"]


def test_what_was_left_undone_after_notice_concerns_only_what_she_paid_after_it(lab):
    """hypo-pieces by hand: of 90 000 three payments, 20 000, followed the complaint, two of them,
    12 000, the alert. Had the bank checked, 78 000 would be lost all the same. Both only failed to
    act and did not know: no furthering in the sense of 1169."""
    turn(lab, case="hypo-pieces")
    said = notes(lab)
    assert "只就此后付出的12000元而言" in said["bank"]
    assert "只就此后付出的20000元而言" in said["platform"]
    found = lab.outcomes
    assert three(found, "bank") == three(found, "platform") == ["yes", "yes", "no"]
    assert "只是应当处理而没有处理" in asked(lab, "bank|furthering|bank")
    pick(lab, view="indices")
    assert "某社交平台、某银行不在其中" in lab.table.html
    number = in_order(found.case, found.acts).index("bank") + 1
    turn(lab, **{f"switch_{number}": False})
    assert lab.view.board["large"]["text"] == "部分不会发生"
    off = "关掉「电信、金融业务经营者」（某银行），此后付出的12000元不会损失，其余的损失仍然发生。"
    assert lab.view.board["sentence"].startswith(off)
    turn(lab, **{f"switch_{number}": True, f"switch_{number - 1}": False})
    assert "此后付出的20000元不会损失" in lab.view.board["sentence"]
    assert three(lab.outcomes, "bank") == ["no", "no", "no"]  # the later payments had not followed


def test_a_derived_chain_sets_a_second_layer_card_behind_the_first(lab):
    """hypo-pieces by hand: 15 000 of Cao's 80 000 went on to Miao, none straight from her: his card
    is no substitute for theirs. The derived chain does not know when he lent it: open."""
    turn(lab, case="hypo-pieces")
    found = lab.outcomes
    assert found.acts.loss_needs == (("principal",), ("han", "cao"))
    assert (found.acts.node("miao").stage, found.acts.node("miao").needs) == ("after", (("cao",),))
    assert three(found, "miao") == ["no", "no", "open"]
    assert "案件没有逐项列出行为" in notes(lab)["miao"]
    assert "promise:miao" not in lab.knobs  # whether he promised is what nobody stated
    drawn = stage(found, None, "zh")
    assert drawn.count(">转移</text>") == 2
    assert ">未处理</text>" in drawn


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
    turn(lab, promise_luo=False)
    assert lab.now.case.party("luo").grade == "knowing"


def test_indices_follow_the_switches(lab):
    """By hand: 1/12, 1/8, 1/2, 1/6; with Du's card off three needed acts, 1/3 and 1."""
    told = lab.outcomes["gao"].indices
    assert [round(told[k], 9) for k in told] == [0.083333333, 0.125, 0.5, 0.166666667]
    turn(lab, switch_2=False)
    told = lab.outcomes["gao"].indices
    assert [round(told[k], 9) for k in told] == [0.333333333, 0.333333333, 1.0, 0.333333333]
    pick(lab, view="indices")
    assert "1/3" in lab.table.html
    turn(lab, switch_1=False)
    assert set(lab.outcomes["tao"].indices.values()) == {0.0}


def test_help_after_the_loss_is_a_band_for_a_later_card_only(lab):
    """Luo 2 500 to 15 000, of 50 000; Gao is refused with the court's argument and the objection.

    They change places: the band is Gao's.
    """
    pick(lab, view="chance", who="luo")
    assert "2500–15000元" in lab.table.html
    assert "不随开关变化" not in lab.table.html
    assert lab.chart in lab.tables.children
    turn(lab, switch_2=False)
    assert "2500–15000元" in lab.table.html
    assert "不随开关变化" in lab.table.html
    turn(lab, switch_2=True)
    pick(lab, who="gao")
    assert "第一层收款人" in lab.table.html
    assert "反对：第一层收款卡" in lab.table.html
    assert lab.chart not in lab.tables.children
    turn(lab, position="swapped")
    assert "2500–15000元" in lab.table.html
    labels = {item["id"]: item["label"] for item in lab.view.spec if "label" in item}
    assert labels[CARD_1].startswith("罗某")


def test_causal_force_is_another_thing_than_the_chain(lab):
    """√(.5 × .5) = .5, then √(.5 × 0) = 0: the board does not move, and says why."""
    pick(lab, view="force")
    before = [row["cells"] for row in lab.view.board["rows"]]
    assert '<span class="simlib-value">0.5</span>' in lab.table.html
    turn(lab, force_push=0.0)
    assert '<span class="simlib-value">0</span>' in lab.table.html
    assert [row["cells"] for row in lab.view.board["rows"]] == before
    assert "不使用原因力" in lab.view.board["rows"][0]["still"]
    pick(lab, who="du")
    assert next(k for k in lab.knobs.values() if k.id == "force:push").owner == "du"


def test_what_is_clicked_has_its_reasons(lab):
    """A step with its fact and article, an index with its note, a refusal with its objection."""

    assert "第1169条" in asked(lab, "gao|furthering|gao")
    assert "提供第一张收款卡" in asked(lab, "gao|furthering|gao")
    assert "1/12" in asked(lab, "gao|shapley|gao")
    assert "没有任何法律规定用它" in asked(lab, "gao|shapley|gao")
    assert "反对" in asked(lab, "gao|lost_chance|gao")
    assert "追回机会只问损失之后的行为" in asked(lab, "tao|lost_chance|tao")
    assert "法律上的各个步骤" in asked(lab, "gao||gao")
    assert "经别人的账户转到他那里" in asked(lab, "luo|passed|luo")
    assert "另一个损害" in asked(lab, "luo|passed|luo")
    assert "直接转入他的账户" in asked(lab, "gao|passed|gao")
    cards = "「提供第一张收款卡」（高某）、「提供第二张收款卡」（杜某）"
    assert f"损失的发生需要下列之一：{cards}：有。" in asked(lab, "loss|happens|")
    turn(lab, switch_1=False, switch_2=False)
    assert f"{cards}：现在没有。" in asked(lab, "loss|happens|")


def test_undo_reset_and_a_beside_b(lab):
    """A switch is undone, reset alone and with all others; A says what became of its loss."""
    turn(lab, switch_1=False)
    assert lab.view.tools["reset"]
    lab.view.asked = {**lab.view.asked}
    tell(lab.view, {"press": "keep"})
    turn(lab, switch_2=False)
    assert lab.view.board["sentence"].startswith("关掉")
    assert lab.view.board["sentence"].endswith("对照A：损失会发生。")
    cells = next(row["cells"] for row in lab.view.board["rows"] if row["id"] == "gao")
    assert (cells["but_for"]["text"], cells["but_for"]["kept"]["text"]) == ("是", "否")
    turn(lab, case="hypo-promotion")  # whose people are others, though one is called alike
    assert not lab.view.board["kept"]
    tell(lab.view, {"press": "undo"})
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
        lab = looks(opens(CausationLab(lang, case=name)))
        assert any(item.get("place") == "main" for item in lab.view.spec)
        assert any(not row["more"] for row in lab.view.board["rows"])
        for view in VIEWS:
            pick(lab, view=view)
            assert lab.table.html
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
    """The board with its chain, both drawings, under 24 kB; the pictures that move, under 20 kB."""
    assert len(json.dumps(lab.view.drawn)) < 20_000
    assert len(json.dumps(lab.view.board)) < 24_000


def test_the_tasks_ask_what_neither_bet_nor_board_has_shown():
    """By hand: without Gao's card the loss still happens, and he furthered it; both off there is no
    loss, and but-for alone turns for Gao; a promise opens furthering."""
    lab = CausationLab("zh")
    right = {task.id: task.answer(*lab.play.ends(task)) for task in lab.tasks()}
    assert right == {"either": "found", "substitute": "no-but_for", "promise": "furthering"}
    for task, party in zip(lab.tasks(), ("du", "gao"), strict=False):
        ends = [view.outcomes for view in lab.play.ends(task)]
        assert [found.answer(party, "but_for") for found in ends] == ["no", "yes"]


# ---------------------------------------------------------------- drawings


def test_what_is_off_says_so():
    """A word and a dash, besides the colour; what needed it says that it is gone.

    In each of two drawings: the fraud needs the posts; what comes after the loss needs a loss.
    """
    drawn = picture("post")
    assert drawn.count(">已关掉</text>") == 2
    assert drawn.count(">落空</text>") == 2 * 3
    assert drawn.count(">无作用</text>") == 2
    assert "已关掉「发帖引流」（陶某）" in drawn


def test_cards_of_which_any_is_enough_meet_in_an_or():
    """In each of two drawings once; a chain of two needed acts has none."""
    assert picture().count(">或</text>") == 2
    assert picture(case=load_case("2024-lu-0302-5690")).count(">或</text>") == 0


def test_the_board_asks_three_questions_and_shows_the_money():
    """But-for fails for both cards, NESS and furthering do not; Luo passed 50,000 and is no cause.

    By the transfers of the file: 60,000 and 40,000 paid straight in, 50,000 on from Gao to Luo.
    """
    rows = {r.name: [c.text for c in r.cells.values()] for r in board(chain()).rows if not r.more}
    assert rows == {
        "高某": ["否", "是", "是", "60000"],
        "杜某": ["否", "是", "是", "40000"],
        "陶某": ["是", "是", "是", "0"],
        "罗某": ["否", "否", "否", "50000"],
        "石某": ["否", "否", "否", "0"],
    }
    drawn = board(chain(), "promise")
    assert [row.id for row in drawn.rows] == ["luo", "gao", "du", "tao", "shi", "principal"]
    assert [(c.brief, bool(c.basis), bool(c.gloss)) for c in drawn.columns[2:]] == [
        (True, True, True),
        (False, True, True),
    ]
    assert [tick.text for tick in drawn.ticks] == ["0", "100000"]  # the loss


def test_rows_of_another_case_stand_in_sight_whatever_they_are_called():
    """Seven people: five in sight. In hypo-promotion one is called `luo` too; all four are."""
    for name, seen in (("hypo-layers", 5), ("hypo-promotion", 4)):
        rows = board(chain(case=load_case(name))).rows
        assert [row.more for row in rows] == [False] * seen + [True] * (len(rows) - seen)


def test_mingled_money_is_a_band(case):
    """200,000 came to Gao's card, 60,000 of it hers; of the 50,000 passed on 0 to 50,000 are."""
    rows = {row.id: row for row in board(chain(case=case.at("mixed"))).rows}
    cell = rows["luo"].cells["passed"]
    assert (cell.low, cell.high) == (0, 5_000_000)


@pytest.mark.parametrize("name", shipped_cases())
def test_no_two_boxes_touch_and_all_stand_in_the_drawing(name):
    """In both sizes; the loss is as tall as what stands beside it."""
    acts = causation.graph(load_case(name))
    for size in (WIDE, NARROW):
        at = lay_out(acts, size)
        boxes = [*at.boxes.values(), at.loss]
        for one, other in itertools.combinations(boxes, 2):
            apart_x = one.x + one.wide <= other.x or other.x + other.wide <= one.x
            apart_y = one.y + one.high <= other.y or other.y + other.high <= one.y
            assert apart_x or apart_y
        assert all(box.x >= 0 and box.x + box.wide <= size.width for box in boxes)
        assert all(box.y >= 0 and box.y + box.high <= at.height for box in boxes)


def test_four_indices_disagree_by_hand(case):
    """One chain, four answers; the note says that no court is known to use any."""
    drawing = draw_indices(case, causation.indices(case))
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in drawing.rows}
    assert rows["陶某"] == rows["诈骗行为人"] == ["5/12", "3/8", "1", "1/3"]
    assert rows["高某"] == rows["杜某"] == ["1/12", "1/8", "1/2", "1/6"]
    assert rows["石某"] == rows["罗某"] == ["0"] * 4
    assert "没有见到我国法院采用" in drawing.sentence


def test_indices_are_told_apart_by_shape(case):
    """Four shapes, four colours, one mark for each party."""
    data = draw_indices(case, causation.indices(case)).figure["data"]
    assert len({t["marker"]["symbol"] for t in data}) == len({t["marker"]["color"] for t in data})
    assert [len(t["x"]) for t in data] == [6] * 4


@pytest.mark.parametrize(("lang", "said"), [("zh", "对陶某相差最大"), ("en", "most on Tao")])
def test_the_sentence_says_why_it_names_this_party(case, lang, said):
    """Tao, of 1/3 to 1, whoever the lab asks about: on nobody do the indices differ more."""
    assert said in draw_indices(case, causation.indices(case), lang).sentence


def test_nothing_is_divided_where_there_is_no_loss(case):
    """Both cards off."""
    acts = causation.graph(case).without(frozenset({"lend-1", "lend-2"}))
    drawing = draw_indices(case, causation.graph_indices(acts))
    assert drawing.sentence.startswith("关掉这些行为以后，损失不会发生")


def test_shares_are_fractions():
    """1/12 as such; what is no small fraction as a percentage."""
    assert share_words(1 / 12, "zh") == "1/12"
    assert share_words(1.0, "zh") == "1"
    assert share_words(0.123456789, "zh") == "12%"


def test_the_lost_chance_is_a_band(case):
    """2 500 to 15 000 within the 50 000 passed on; a first card is refused with its reason."""
    drawing = draw_chance(case, causation.chance(case, "luo"))
    go.Figure(drawing.figure)
    band = drawing.figure["data"][1]
    assert (band["base"], band["x"]) == ([250_000], [1_250_000])
    assert [c.text for c in drawing.rows[0]] == ["罗某", "第2层", "50000元", "2500–15000元"]
    refused = draw_chance(case, causation.chance(case, "gao"))
    assert refused.figure["data"] == []
    assert refused.sentence == "不计算：他是第一层收款人"


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_draws(name, lang):
    """plotly's schema takes each figure, each table has its columns, in both languages."""
    case = load_case(name)
    found = chain(case=case, lang=lang)
    assert "<svg" in stage(found, None, lang)
    assert board(found, lang=lang).sentence
    drawings = [draw_indices(case, causation.indices(case), lang)]
    drawings += [
        draw_chance(case, causation.chance(case, id), lang) for id in causation.graph(case).parties
    ]
    for drawing in drawings:
        go.Figure(drawing.figure)
        assert drawing.sentence
        assert {len(row) for row in drawing.rows} == {len(drawing.columns)}


def test_a_derived_act_is_an_assumption_and_a_stated_one_is_in_the_file(case):
    """fix-1 states no acts: what its chain is made of was derived, and says so."""
    derived = load_case("fix-1")
    for file, party, kind in ((derived, "A", "assumed"), (case, "gao", "stated")):
        step = causation.legal_steps(file, party).step("ness")
        assert {fact_kind(fact, file) for fact in (*step.supports, *step.weighs)} == {kind}


def test_the_chain_says_in_words_all_that_it_draws():
    """What an act needs, what has no effect and what came after the loss are in its name."""
    said = picture().partition("<title>")[2].partition("</title>")[0]
    assert "「冒充客服行骗」（诈骗行为人）以「发帖引流」（陶某）为前提。" in said
    assert "（石某）没有起作用。" in said
    assert "（罗某）、「取现」（诈骗行为人）在损失之后。损失发生。" in said


def test_the_opening_names_whom_it_draws(case):
    """Two cards: nobody else stands in the picture, nor in its name."""
    said = opening(case).partition("<title>")[2].partition("</title>")[0]
    assert "60000元转入高某的卡" in said
    assert "40000元转入杜某的卡" in said
    assert not any(name in said for name in ("陶某", "石某", "罗某"))


def test_a_yes_that_supposes_a_card_in_reserve_is_marked(lab):
    """All 100 000 went to Gao's card. Without it Du's would do: yes, if used; 0 passed it."""
    found = chain("lend-1", case=load_case(FIRST).at("one-card"))
    assert three(found, "du") == ["yes", "yes", "yes"]
    cells = {row.id: row for row in board(found).rows}["du"].cells
    assert [cells[key].text for key in ASKED] == ["是（假设）"] * 3
    whole = chain("lend-1")  # as it was 40 000 came to it: no supposition
    cells = {row.id: row for row in board(whole).rows}["du"].cells
    assert [cells[key].text for key in ASKED] == ["是"] * 3


def test_the_drawer_of_a_supposed_yes_says_that_the_card_did_nothing():
    """Title and conclusion bear the mark; a line says that nothing came to the card."""
    for lang, mark, said in (("zh", "是（假设）", "备而未用"), ("en", "if used", "did nothing")):
        say = Say("causation", lang, names("causation", lang))
        found = chain("lend-1", case=load_case(FIRST).at("one-card"), lang=lang)
        for key in ASKED:
            title, html = reason(found, ["du", key, "du"], say)
            assert mark in title
            assert mark in html
            assert said in html


def test_an_omission_is_no_furthering_whatever_was_known():
    """Bank and platform of hypo-pieces only failed to act; want of knowledge is not the reason."""
    found = chain(case=load_case("hypo-pieces"))
    say = Say("causation", "zh", names("causation", "zh"))
    for party in ("bank", "platform"):
        assert found.answer(party, "furthering") == "no"
        html = reason(found, [party, "furthering", party], say)[1]
        assert "不作为" in html
        assert "并不明知" not in html


@pytest.mark.parametrize(
    ("case", "party", "limited"),
    [
        ("hypo-chain", "tao", False),
        ("hypo-pieces", "platform", False),
        ("hypo-pieces", "han", True),
    ],
)
def test_only_of_a_card_what_passed_it_limits(case, party, limited):
    """0 passed Tao, who posted, and the platform: lesson 04 gives 100 000 and 20 000."""
    say = Say("causation", "zh", names("causation", "zh"))
    html = reason(chain(case=load_case(case)), [party, "passed", party], say)[1]
    assert ("以经手的钱为限" in html) is limited
    assert ("不等于不负责" in html) is not limited


def test_what_came_by_another_card_is_not_called_straight():
    """both-cards: 4 000 + 6 000 straight into Han's card, 15 000 by Cao's: 25 000."""
    found = chain(case=load_case("hypo-pieces").at("both-cards"))
    say = Say("causation", "zh", names("causation", "zh"))
    html = reason(found, ["han", "passed", "han"], say)[1]
    assert "直接转入他的账户10000元，经别人的账户转到他那里15000元，一共25000元" in html


def test_what_the_chain_does_not_say_is_not_answered():
    """hypo-tech: software and server are both technical help, and neither is said to be enough.

    With the server off the loss is neither told to happen nor not to, and nobody's answer is a yes.
    """
    case, say = load_case("hypo-tech"), Say("causation", "zh")
    base, off = chain(case=case), chain("yun", case=case)
    assert board(base).rows[0].cells["but_for"].text == "图未载明"
    assert board(base).sentence.startswith(
        "所有行为都开着，损失发生。没有某科技公司的行为，损失会不会发生，图未载明"
    )
    assert board(off).large.text == "图未载明"
    assert "损失会不会发生，图未载明" in board(off).sentence
    html = reason(base, ["keji", "but_for", "keji"], say)[1]
    assert "未必能互相替代" in html
    assert "足以促成损失的行为" not in html
    assert "任一即可，还是缺一不可，案件没有写" in reason(base, ["loss", "happens", ""], say)[1]
    assert "图未载明，不能回答" in reason(off, ["loss", "happens", ""], say)[1]
    assert "损失会不会发生，图未载明" in picture("yun", case=case)
