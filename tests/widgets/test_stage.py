"""The stage on lesson 01, without a browser: bet, scenes, tasks, what is told, links, files."""

import csv
import io
import json
import re

import pytest
from telling import hand_in, opens, tell

from simlib.figures.board import COURT
from simlib.text import LANGS
from simlib.widgets.case import CaseLab
from simlib.widgets.prerendered_opening import front
from simlib.widgets.stage import Question, StageScene
from simlib.widgets.stage.bet import is_bet, read_bet
from simlib.widgets.stage.declared import scenes
from simlib.widgets.stage.view import StageView

SCENES, TASKS = scenes("case"), CaseLab("zh").tasks()
BET = {"norm": "civil-code:1169", "document": "judgment", "amount": 12_500.5}


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    return opens(CaseLab("zh"))


def turn(lab, stroke=None, **wishes):
    """Move knobs as a page does; steps of one stroke belong to one drag."""
    asked = dict(lab.view.asked)
    for name, value in wishes.items():
        more = [stroke] if stroke is not None else []
        asked[name] = [asked.get(name, [0])[0] + 1, value, *more]
    lab.view.asked = asked


def task(lab, id):
    """A task as the page has it."""
    return next(each for each in lab.view.tasks["list"] if each["id"] == id)


def row(lab, id):
    """A row of the board as the page has it."""
    return next(each for each in lab.view.board["rows"] if each["id"] == id)


def marks(lab):
    """Every amount of every row in sight."""
    rows = [row for row in lab.view.board["rows"] if not row["more"]]
    return {
        (row["id"], name): (cell["low"], cell["high"])
        for row in rows
        for name, cell in row["cells"].items()
    }


# ---------------------------------------------------------------- the bet


def test_nothing_is_chosen_beforehand():
    """No radio is checked, no amount is there, and the lab holds no answer."""
    lab = CaseLab("zh")
    assert lab.view.bet["open"] is True
    assert lab.view.bet["values"] == {}
    assert "checked" not in lab.view.bet["html"]
    assert lab.view.bet["html"].count('value="') == 4 + 3
    assert lab.view.reveal == {}


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "还有3个问题没有回答"), ("en", "Unanswered: 3")],
)
def test_the_button_of_a_bet_says_in_full_what_is_missing(lang, said):
    """Lesson 01 asks three questions; the page puts its own count into the same sentence."""
    html = CaseLab(lang).view.bet["html"]
    assert f">{said}</small></button>" in html
    assert f'data-left="{said.replace("3", "{n}")}"' in html


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"norm": None}, "每一项都答了"),
        ({"amount": None}, "每一项都答了"),
        ({"amount": ""}, "每一项都答了"),
        ({"amount": "much"}, "应当是一个数"),
        ({"amount": True}, "应当是一个数"),
        ({"amount": 0.001}, "精确到分"),
        ({"amount": 25_000.01}, "最多25000元"),
        ({"amount": -1}, "不能是负数"),
        ({"amount": 0}, "判决支持而金额是0"),
        ({"document": "ruling"}, "裁定驳回起诉"),
        ({"document": "dismissal"}, "一分不赔"),
    ],
)
def test_a_bet_that_is_not_whole_or_contradicts_itself_is_asked_back(change, said):
    """Nothing is opened; then the right one is."""
    lab = CaseLab("zh")
    tell(lab.view, {"bet": BET | change})
    assert said in lab.view.bet["said"]
    assert lab.view.bet["open"] is True
    assert lab.state.committed == {}
    tell(lab.view, {"bet": BET})
    assert lab.view.bet["open"] is False
    assert lab.view.bet["said"] == ""


def test_a_bet_opens_the_stage_and_is_kept_to_the_fen():
    """12 500.50 yuan are 1 250 050 fen; opening is not undone; a second bet is nonsense."""
    lab = CaseLab("zh")
    tell(lab.view, {"bet": BET})
    wanted = {"norm": "civil-code:1169", "document": "judgment", "amount_fen": 1_250_050}
    assert lab.state.committed == wanted
    assert lab.view.bet["values"] == BET
    assert lab.view.board["answer"]["fen"] == 1_250_050
    assert lab.view.tools["undo"] is False
    for again in ({"bet": BET | {"amount": 1}}, {"press": "open"}):
        tell(lab.view, again)
    assert lab.state.committed == wanted


@pytest.mark.parametrize("document", ["dismissal", "ruling"])
def test_no_money_by_a_dismissal_is_a_whole_answer(document):
    """Zero yuan, by judgment or by ruling."""
    lab = CaseLab("zh")
    tell(lab.view, {"bet": BET | {"document": document, "amount": 0}})
    assert lab.state.committed["amount_fen"] == 0
    assert lab.view.bet["open"] is False


def test_a_link_with_an_answer_opens_the_stage_and_says_whose_it_is(lab):
    """An answer in a link is another's; a link without one stops at the bet, with its state."""
    first = CaseLab("zh")
    tell(first.view, {"bet": BET})
    assert first.view.bet["theirs"] is False
    opened = CaseLab("en", link=first.state.to_text())
    assert (opened.view.bet["open"], opened.view.bet["theirs"]) == (False, True)
    turned = CaseLab("zh")
    turn(turned, grade="gross")
    waiting = CaseLab("zh", link=turned.state.to_text())
    assert (waiting.view.bet["open"], waiting.view.bet["theirs"]) == (True, False)
    assert waiting.view.values["grade"] == "gross"
    tell(waiting.view, {"bet": BET})
    assert waiting.view.bet["theirs"] is False


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_bytes_have_the_same_bet(lang):
    """What the page shows before its kernel lives is what the lab shows."""
    assert front("case", lang)["bet"] == CaseLab(lang).view.bet["html"]
    assert "<svg" in front("case", lang)["picture"]
    assert front("own", lang) == {}


# ---------------------------------------------------------------- scenes


def positions_of(control):
    """Where a control can be set: every option, or both ends, the middle and unknown."""
    if control["kind"] == "check":
        return [False, True]
    if control["kind"] == "range":
        ends = [control["min"], (control["min"] + control["max"]) / 2, control["max"]]
        return [*ends, *([None] if control.get("open") else [])]
    return [option["value"] for option in control["options"]]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_each_main_knob_of_each_scene_moves_a_mark(scene, lang):
    """Turned over its range, from where the scene begins."""
    lab = opens(CaseLab(lang))
    for knob in scene.knobs:
        seen = set()
        tell(lab.view, {"scene": scene.id})
        main = [item for item in lab.view.spec if item["place"] == "main"]
        assert [item["id"] for item in main] == list(scene.knobs)
        control = next(item for item in main if item["id"] == knob)
        for value in positions_of(control):
            turn(lab, **{knob: value})
            seen.add(json.dumps(sorted(map(str, marks(lab).items()))))
        assert len(seen) > 1, knob
        assert lab.view.notice == ""


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_each_slider_of_each_scene_moves_a_mark_before_it_is_at_nothing(scene):
    """From where it begins to its middle: who drags it sees something."""
    lab = opens(CaseLab("zh"))
    for knob in scene.knobs:
        tell(lab.view, {"scene": scene.id})
        control = next(item for item in lab.view.spec if item["id"] == knob)
        if control["kind"] != "range":
            continue
        before = str(marks(lab))
        turn(lab, **{knob: (control["min"] + control["max"]) / 2})
        assert str(marks(lab)) != before, knob


def test_the_answer_about_forms_speaks_of_every_column(lab):
    """Received and borne alike under all three forms; a position assumed is said to be."""
    tell(lab.view, {"scene": "forms"})
    rows = {row["id"]: row["cells"] for row in lab.view.board["rows"]}
    forms = ("joint", "several", "all_or_nothing")
    for column in ("received", "burden"):
        assert len({rows[form][column]["text"] for form in forms}) == 1
    assert "假设：诈骗行为人一并被诉" in lab.view.scene["assumed"]
    tell(lab.view, {"scene": "insolvent"})
    assert "假设：责任大小难以确定" in lab.view.scene["assumed"]


def test_what_a_scene_assumes_goes_where_a_knob_says_otherwise(lab):
    """The fraudster without money is not one who can pay; what no knob denies is said on."""
    tell(lab.view, {"scene": "forms"})
    turn(lab, principal_assets=0)
    assert lab.view.scene["assumed"] == "假设：诈骗行为人一并被诉"
    turn(lab, principal_sued=False)
    assert lab.view.scene["assumed"] == ""
    tell(lab.view, {"scene": "insolvent"})
    turn(lab, assets=5000)
    assert "张某的财产足够" not in lab.view.scene["assumed"]
    assert "责任大小难以确定" in lab.view.scene["assumed"]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_a_scene_shows_its_rows_and_asks_its_question(lab, scene):
    """Rows in order, all others behind *more*; the answer has the engine's numbers."""
    tell(lab.view, {"scene": scene.id})
    shown = [row["id"] for row in lab.view.board["rows"] if not row["more"]]
    assert shown == list(scene.rows)
    assert lab.view.board["column"] == scene.column
    assert lab.view.scene["id"] == scene.id
    assert lab.view.scene["question"] in lab.view.told["text"] or scene is SCENES[0]
    assert "{" not in lab.view.scene["answer"]
    assert "元" in lab.view.scene["answer"]


def test_the_answer_of_a_scene_is_of_its_own_case_whatever_is_set_up(lab):
    """Grade: 25 000 before; gross is .7 of .7 + 1: 25 000 × .7 ÷ 1.7 = 10 294.12 at most."""
    tell(lab.view, {"scene": "grade"})
    before = lab.view.scene["answer"]
    assert "现行法由25000元变为0至10294元" in before
    turn(lab, grade="none")
    assert lab.view.scene["answer"] == before
    lab._chosen({"case": "fix-1"})
    assert lab.view.scene["question"] == ""
    tell(lab.view, {"scene": "grade"})
    assert lab.view.scene["answer"] == before


def test_a_scene_can_be_shown_with_its_question_answered(lab):
    """A teacher's second key: the knob is turned with it; one undo takes it back."""
    tell(lab.view, {"scene": "grade"})
    tell(lab.view, {"scene": "grade", "turned": True})
    assert lab.view.values["grade"] == "gross"
    tell(lab.view, {"press": "undo"})
    assert lab.view.values["grade"] == "knowing"
    tell(lab.view, {"press": "undo"})
    assert lab.view.scene["id"] == "start"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_a_scenes_answer_holds_only_as_it_was_answered(lab, scene):
    """A knob that moves makes `answered` false; what the answer speaks of makes it true again."""
    tell(lab.view, {"scene": scene.id})
    assert lab.view.scene["answered"] is not bool(scene.turn)
    tell(lab.view, {"scene": scene.id, "turned": True})
    assert lab.view.scene["answered"] is True
    turn(lab, grade="slight")
    assert lab.view.scene["answered"] is False
    tell(lab.view, {"press": "undo"})
    assert lab.view.scene["answered"] is True


def test_what_differs_from_the_setting_is_named_as_its_knob(lab):
    """Grade and assets by their labels; an amount with its unit; nothing where nothing differs."""
    assert lab.view.frame["changed"] == []
    turn(lab, grade="gross", assets=4600)
    assert lab.view.frame["changed"] == ["过错等级：重大过失", "帮助人可供执行的财产：4600元"]


def test_a_crowded_scene_is_refused():
    """Six rows or four knobs are no scene."""
    with pytest.raises(ValueError, match="at most"):
        StageScene("many", knobs=(), rows=tuple("abcdef"))
    with pytest.raises(ValueError, match="at most"):
        StageScene("many", knobs=tuple("abcd"), rows=())


def test_knobs_that_are_not_a_scenes_own_lie_in_groups(lab):
    """Each knob once; each group under its title."""
    ids = [item["id"] for item in lab.view.spec if item["id"] in lab.knobs]
    assert sorted(ids) == sorted(lab.knobs)
    folded = [item for item in lab.view.spec if item["place"].startswith("group:")]
    heads = {item["place"] for item in folded if item["kind"] == "group"}
    assert heads == {item["place"] for item in folded}


# ---------------------------------------------------------------- tasks

RIGHT = {"grade": "auto-several", "gain": "risk_benefit-benefit_cap", "insolvent": "exact"}
# The row of the answer that moved first: the law in force joint, then by shares; insolvency: half.
MOVED = {"grade": "25000元", "gain": "7500元", "insolvent": "12500元变为20000元"}
DONE_BY = {"grade": "gross", "gain": 0, "insolvent": 7500}
PREDICTED = ("grade", "gain")  # the third is done by hand


@pytest.mark.parametrize("id", PREDICTED)
@pytest.mark.parametrize("lang", LANGS)
def test_a_task_is_predicted_done_and_then_explained(id, lang):
    """The lab sees in the state that it was done; the engine says what is right.

    Grade: of the four forms in sight the law in force and several move (their shares' weight);
    gain 0: the cap falls to 0 and the model's upper end falls.
    """
    lab = opens(CaseLab(lang))
    found = next(each for each in TASKS if each.id == id)
    for option in found.options:
        tell(lab.view, {"task": id, "do": "start"})
        assert task(lab, id)["state"] == "open"
        tell(lab.view, {"task": id, "do": "guess", "value": option})
        guessed = task(lab, id)
        assert (guessed["state"], guessed["answer"], guessed["lines"]) == ("guessed", "", [])
        turn(lab, **{found.knob: DONE_BY[id]})
        done = task(lab, id)
        assert done["state"] == "done"
        assert done["right"] is (option == RIGHT[id])
        assert lab.view.told["done"].startswith(done["title"])
        assert done["answer"] in lab.view.told["done"]
        assert lab.view.told["why"] == done["sum"]
        if lang == "zh":
            assert MOVED[id] in lab.view.told["text"]
            assert lab.view.told["text"].count("。") == 1
        assert done["answer"] in done["verdict"]
        assert "{" not in "".join([done["verdict"], done["sum"], *done["lines"]])


def test_the_explanation_has_the_engines_numbers(lab):
    """By shares Zhang pays half of 25 000, 12 500; 7500 of the fraudster make it 20 000. A first
    try with 20 000 gives her all 25 000; joint gives her 25 000 throughout."""
    tell(lab.view, {"task": "insolvent", "do": "start"})
    assert lab.view.board["column"] == "received"
    assert lab.view.values["principal_assets"] == 0
    turn(lab, principal_assets=20_000)
    tried = task(lab, "insolvent")
    assert (tried["state"], tried["tried"]) == ("guessed", "按份责任下收到的超过20000元")
    assert (tried["answer"], tried["lines"]) == ("", [])
    turn(lab, principal_assets=7500)
    done = task(lab, "insolvent")
    told = "".join(done["lines"])
    assert "赵某收到20000元（原来12500元）" in told
    assert "自己的一半12500元" in told
    assert "赵某一直收到25000元" in told
    assert "第一次动手时：按份责任下收到的超过20000元" in done["verdict"]


@pytest.mark.parametrize("id", RIGHT)
def test_a_button_says_and_does_what_a_task_asks_for(lab, id):
    """What the button wishes is what the knob would: the task is done by either."""
    turns = {
        "grade": {"knob": "过错等级", "label": "改为「重大过失」"},
        "gain": {"knob": "直接获利", "label": "设为0元"},
        "insolvent": {"knob": "诈骗行为人可供执行的财产", "label": "看做法"},
    }
    tell(lab.view, {"task": id, "do": "start"})
    if id in PREDICTED:
        tell(lab.view, {"task": id, "do": "guess", "value": RIGHT[id]})
    asked = task(lab, id)
    assert asked["turn"] == turns[id] | {"value": DONE_BY[id]}
    turn(lab, **{asked["knob"]: asked["turn"]["value"]})
    assert task(lab, id)["state"] == "done"


def test_a_task_says_what_it_set_back(lab):
    """The first sets no fact otherwise; the second sets knowing instead of gross.

    Only that is told: the focus goes to the options, which say the question.
    """
    tell(lab.view, {"task": "grade", "do": "start"})
    assert lab.view.tasks["set"] == ""
    turn(lab, grade="gross")
    tell(lab.view, {"task": "gain", "do": "start"})
    assert lab.view.tasks["set"] == "已为这个任务设好：张某明知，获利未查明。"
    assert lab.view.told["text"] == lab.view.tasks["set"]


def test_a_task_that_is_done_says_when_the_stage_shows_something_else(lab):
    """Gross: it speaks of the stage; slight: no more; its button brings gross back."""
    tell(lab.view, {"task": "grade", "do": "start"})
    tell(lab.view, {"task": "grade", "do": "guess", "value": RIGHT["grade"]})
    turn(lab, grade="gross")
    assert not task(lab, "grade")["stale"]
    turn(lab, grade="slight")
    assert task(lab, "grade")["stale"]
    tell(lab.view, {"task": "grade", "do": "end"})
    assert not task(lab, "grade")["stale"]
    assert task(lab, "grade")["state"] == "done"
    assert lab.view.values["grade"] == "gross"


def test_the_tasks_end_with_a_card_of_the_bet(lab):
    """Nothing of it before the last task is done or skipped; then bet, court, law and a fold."""
    for id in RIGHT:
        assert lab.view.tasks["ending"] == {}
        tell(lab.view, {"task": id, "do": "skip"})
    ending = lab.view.tasks["ending"]
    assert ending["voices"].endswith("法院：25000元；现行法：25000元")
    assert ending["fold"] == "twin"
    assert "获利" in ending["text"]
    assert (
        ending["guessed"]
        == "跳过的：任务1（过错等级）、任务2（直接获利）、任务3（诈骗行为人可供执行的财产）。"
    )


def test_the_card_says_what_was_expected_and_what_comes_out(lab):
    """Grade and gain guessed as their first option, which is wrong; insolvency rightly."""
    for id, value in DONE_BY.items():
        found = next(each for each in TASKS if each.id == id)
        guess = RIGHT[id] if id == "insolvent" else found.options[0]
        tell(lab.view, {"task": id, "do": "start"})
        tell(lab.view, {"task": id, "do": "guess", "value": guess})
        turn(lab, **{found.knob: value})
    ending = lab.view.tasks["ending"]
    assert ending["guessed"] == "3个任务猜对1个。"
    assert ending["wrongs"] == [
        {
            "id": id,
            "text": f"任务{n}：以为「{guess}」，其实「{answer}」。",
            "why": task(lab, id)["sum"],
        }
        for n, id, guess, answer in (
            (1, "grade", "各行都变少", "现行法和按份责任"),
            (2, "gain", "各行都变", "风险—收益比例责任和以获利为限"),
        )
    ]
    assert ending["clean"] == ""
    assert ending["cost"].startswith(
        "赵某被骗25000元，案件文件记已追回0元。法院判令张某赔偿25000元"
    )


def test_the_card_says_that_nothing_was_wrong():
    """Bet and tasks as they come out; of a wrong bet it says the sentence of the reveal."""
    said = {}
    for amount in (25_000, 12_500):
        lab = CaseLab("zh")
        tell(lab.view, {"bet": BET | {"amount": amount}})
        for id, value in DONE_BY.items():
            tell(lab.view, {"task": id, "do": "start"})
            tell(lab.view, {"task": id, "do": "guess", "value": RIGHT[id]})
            turn(lab, **{next(each.knob for each in TASKS if each.id == id): value})
        said[amount] = lab.view.tasks["ending"], lab.view.reveal
    right, revealed = said[25_000]
    assert revealed["right"] is True
    assert (right["wrongs"], right["clean"]) == ([], "开场和任务里没有猜错的，没有要改的看法。")
    wrong, revealed = said[12_500]
    assert [each["id"] for each in wrong["wrongs"]] == [""]
    assert wrong["wrongs"][0]["why"] == revealed["sentence"]
    assert wrong["clean"] == ""


def test_a_number_says_what_it_was_until_the_next_change(lab):
    """Joint at knowing 25 000; the same, not moved, says nothing of before."""
    turn(lab, grade="gross")
    cells = {row["id"]: row["cells"] for row in lab.view.board["rows"]}
    assert cells["auto"]["exposure"]["was"]["text"] == "25000"
    assert cells["joint"]["exposure"]["was"] is None
    turn(lab, gain=0)
    cells = {row["id"]: row["cells"] for row in lab.view.board["rows"]}
    assert cells["auto"]["exposure"]["was"] is None


def test_turning_another_knob_does_not_do_a_task(lab):
    """It is the state that is looked at, not a counter of clicks; nor a turn before the guess."""
    tell(lab.view, {"task": "grade", "do": "start"})
    turn(lab, grade="gross")
    assert task(lab, "grade")["state"] == "open"
    turn(lab, grade="knowing")
    tell(lab.view, {"task": "grade", "do": "guess", "value": "all"})
    turn(lab, gain=0)
    turn(lab, grade="slight")
    assert task(lab, "grade")["state"] == "guessed"
    tell(lab.view, {"press": "reset:"})
    turn(lab, grade="gross")
    assert task(lab, "grade")["state"] == "done"


def test_what_a_task_moved_is_told_from_its_beginning(lab):
    """Several gives her 12 500, with 5000 of the fraudster's 17 500, with 7500 of them 20 000.

    Whoever stops at 5000 is told in the end what the task moved, not what the last step did.
    """
    tell(lab.view, {"task": "insolvent", "do": "start"})
    turn(lab, principal_assets=5000)
    turn(lab, principal_assets=7500)
    assert task(lab, "insolvent")["state"] == "done"
    cells = {row["id"]: row["cells"] for row in lab.view.board["rows"]}
    assert cells["several"]["received"]["text"] == "20000"
    assert cells["several"]["received"]["was"]["text"] == "12500"
    assert "12500元" in lab.view.told["text"]
    assert "20000元" in lab.view.told["text"]


def test_a_task_is_skipped_done_again_and_never_undone(lab):
    """Skipping goes on to the next; undo takes the knob back, not what was learnt."""
    tell(lab.view, {"task": "grade", "do": "skip"})
    assert (task(lab, "grade")["state"], lab.view.tasks["now"]) == ("skipped", "gain")
    tell(lab.view, {"task": "grade", "do": "again"})
    tell(lab.view, {"task": "grade", "do": "guess", "value": "auto"})
    turn(lab, grade="gross")
    tell(lab.view, {"press": "undo"})
    assert lab.view.values["grade"] == "knowing"
    assert task(lab, "grade")["state"] == "done"
    assert lab.view.tasks["now"] == "grade"


def test_a_task_can_be_linked(lab):
    """Its link opens the lesson at the bet, with the task begun; a guess comes with a link, too."""
    linked = CaseLab("zh", link=task(lab, "insolvent")["link"].removeprefix("?s="))
    assert linked.restored
    assert linked.view.bet["open"] is True
    assert linked.view.tasks["now"] == "insolvent"
    assert task(linked, "insolvent")["state"] == "open"
    assert linked.view.scene["id"] == "insolvent"
    turn(linked, principal_assets=20_000)  # by hand: its first try is the guess
    again = CaseLab("en", link=linked.state.to_text())
    assert task(again, "insolvent")["guess"] == "more"


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": "nowhere"},
        {"tasks": {"now": "nothing"}},
        {"tasks": {"grade": {"state": "open"}}},
        {"tasks": {"now": "grade", "grade": {"state": "new"}}},
        {"tasks": {"now": "grade", "grade": {"state": "done"}}},
        {"tasks": {"now": "grade", "grade": {"state": "done", "guess": "mine"}}},
        {"tasks": {"now": "grade", "grade": {"state": "open", "guess": "all"}}},
        {"tasks": {"now": "grade", "grade": {"state": "done", "guess": ["all"]}}},
        {"tasks": {"now": ["grade"]}},
        {"tasks": {"now": "grade", "grade": [1]}},
        {"tasks": {"now": "grade", "more": {"state": "open"}}},
    ],
)
def test_a_link_with_a_task_or_scene_of_nobodys_opens_as_new(lab, fields):
    """No link brings what no page of ours sends."""
    lab.state.put(fields)
    assert CaseLab("zh", link=lab.state.to_text()).restored is False


# ---------------------------------------------------------------- what is told


def test_it_is_told_which_rows_moved_from_what_to_what(lab):
    """Gross: .7 ÷ 1.7 of 25 000 is 10 294.12; knowing was 1 ÷ 2."""
    turn(lab, grade="gross")
    text = lab.view.told["text"]
    assert "现行法：可以向张某请求的金额由25000元变为0至10294元。" in text
    assert "按份责任：可以向张某请求的金额由0至12500元变为0至10294元。" in text
    assert text.endswith("另有6行变了。")
    assert text.count("。") == 3
    n = lab.view.told["n"]
    tell(lab.view, {"press": "undo"})
    assert lab.view.told["n"] == n + 1
    assert lab.view.told["text"] == (
        "已撤销：过错等级回到「明知」。"
        "现行法：可以向张某请求的金额由0至10294元变为25000元。另有7行变了。"
    )
    tell(lab.view, {"press": "keep"})
    assert lab.view.told["text"].startswith("已把现在的设定留作对照A。")
    turn(lab, gain=500)
    tell(lab.view, {"press": "reset:gain"})
    assert lab.view.told["text"].startswith("已还原：直接获利回到「未查明」。")


def test_a_step_back_names_what_stands_elsewhere(lab):
    """A knob that moved no row, then a scene, then the case."""
    turn(lab, proof_fault=0.9)
    assert lab.view.told["text"] == "各行都没有变。"
    tell(lab.view, {"press": "undo"})
    assert re.fullmatch("已撤销：[^。]+回到「1」。各行都没有变。", lab.view.told["text"])
    tell(lab.view, {"press": "redo"})
    assert re.fullmatch("已重做：[^。]+改为「0.9」。各行都没有变。", lab.view.told["text"])
    tell(lab.view, {"scene": "grade"})
    tell(lab.view, {"press": "undo"})
    assert lab.view.told["text"].startswith("已撤销：现在是场景1。")
    turn(lab, case="hypo-account")
    tell(lab.view, {"press": "undo"})
    assert lab.view.told["text"].startswith("已撤销：现在是案件「")


def test_a_task_that_runs_has_its_rows_told_first(lab):
    """With 15 000 and with 20 000 of the fraudster's both give her 25 000, and are named.

    At 8000 several gives her 12 500 + 8000 = 20 500: that moved, and comes first.
    """
    tell(lab.view, {"task": "insolvent", "do": "start"})
    turn(lab, principal_assets=15_000)
    turn(lab, principal_assets=20_000)
    assert lab.view.told["text"].startswith(
        "连带责任：收到仍是25000元。按份责任：收到仍是25000元。"
    )
    turn(lab, principal_assets=8000)
    assert lab.view.told["text"].startswith(
        "按份责任：收到由25000元变为20500元。连带责任：收到仍是25000元。另有"
    )


def test_the_law_in_force_is_told_first_though_it_stood_still(lab):
    """A gain of nothing lowers the model's share; the law in force, under gross, is as it was."""
    turn(lab, grade="gross")
    turn(lab, gain=0)
    assert lab.view.told["text"].startswith("现行法下可以向张某请求")
    assert "仍是0至10294元。风险—收益比例责任：" in lab.view.told["text"]


def test_a_drag_is_told_from_where_it_began(lab):
    """Three steps of one stroke, then one of another."""
    for grade in ("slight", "none", "gross"):
        turn(lab, stroke=7, grade=grade)
    assert "现行法：可以向张某请求的金额由25000元变为0至10294元。" in lab.view.told["text"]
    assert lab.before.scene.changes == {}
    turn(lab, stroke=8, grade="slight")
    assert "现行法：可以向张某请求的金额由0至10294元变为" in lab.view.told["text"]


def test_what_is_refused_is_not_told_as_a_change(lab):
    """The notice says it; the next step, which works, is told again."""
    lab.warn("refused")
    n = lab.view.told["n"]
    tell(lab.view, {"press": "keep"})
    assert lab.view.told["n"] == n + 1
    lab.standstill = lambda *_: 1 / 0
    turn(lab, gain=0)
    assert "这一步没有完成" in lab.view.notice
    assert lab.view.told["n"] == n + 1


def test_what_moves_nothing_in_sight_says_so(lab):
    """A share at the court's discretion moves one row, which is folded."""
    turn(lab, court_share=0.1)
    assert "列出的各行没有变" in lab.view.told["text"]
    turn(lab, court_share=0.1)
    assert "各行都没有变" in lab.view.told["text"]


def test_what_undo_did_to_a_is_told_and_what_was_downloaded(lab):
    """A comes back, or goes: no row moves, and that is not what is asked."""
    for press, said in (
        ("keep", "已把现在的设定留作对照A。"),
        ("clear", "已清除对照A。"),
        ("undo", "已恢复对照A。"),
        ("redo", "对照A已撤销。"),
        ("csv", "已下载表。"),
    ):
        tell(lab.view, {"press": press})
        assert lab.view.told["text"] == said


def test_english_is_told_in_english():
    """The same, word for word."""
    lab = opens(CaseLab("en"))
    turn(lab, grade="gross")
    said = "may be claimed from Zhang was CNY 25,000 and is now CNY 0 to 10,294."
    assert said in lab.view.told["text"]


# ---------------------------------------------------------------- history, drawer, files


def test_a_drag_is_undone_at_once(lab):
    """Twenty steps of one stroke, then one of another."""
    for value in range(500, 10_500, 500):
        turn(lab, stroke=1, gain=value)
    assert "以获利为限" not in lab.view.told["text"]  # it is folded in this scene
    assert row(lab, "benefit_cap")["changed"]
    turn(lab, stroke=2, gain=0)
    tell(lab.view, {"press": "undo"})
    assert lab.view.values["gain"] == 10_000
    tell(lab.view, {"press": "undo"})
    assert lab.view.values["gain"] is None


def test_the_drawer_opens_with_reasons_and_closes(lab):
    """It is open in a link, too; a number that is no longer shown is still explained."""
    tell(lab.view, {"say": "several|exposure|zhang"})
    assert lab.view.drawer["title"]
    assert "simlib-reasons" in lab.view.drawer["html"]
    linked = CaseLab("zh", link=lab.state.to_text())
    assert linked.view.drawer == lab.view.drawer
    tell(lab.view, {"say": ""})
    assert lab.view.drawer == {"say": "", "title": "", "html": ""}
    lab.state.selected = ["joint", "share", "zhang"]  # a number of the old frame's table
    assert "simlib-reasons" in CaseLab("zh", link=lab.state.to_text()).view.drawer["html"]


def test_the_table_to_save_has_numbers_and_says_what_it_is(lab):
    """Yuan and fen, low and high; the case, its setting, what was changed, the day, its nature."""
    turn(lab, gain=500)
    file = lab.file("csv")
    assert file["name"] == "simlib-2024-lu-0302-5690.csv"
    rows = list(csv.reader(io.StringIO(file["text"].removeprefix("\ufeff"))))
    several = next(row for row in rows if row and row[0] == "按份责任")
    assert {"0.00", "12500.00", "0", "1250000"} <= set(several)
    about = {row[0]: row[1] for row in rows if len(row) == 2}
    assert about["设定"] == "论文所载"
    assert about["你改动的事实"] == "直接获利：500元"
    assert about["性质"] == "教学材料，不构成法律意见"


def test_another_case_tells_its_own_story():
    """Picture, question and story of its own; no court's row, no scene to speak of."""
    lab = CaseLab("zh")
    assert lab.view.frame["opening"] == {}
    lab._chosen({"case": "hypo-account"})
    assert set(lab.view.frame["opening"]) == {"picture", "title", "story"}
    assert lab.view.frame["opening"]["title"] == "冯某要赔郑某多少？"
    assert lab.view.scene["question"] == ""
    assert COURT not in [row["id"] for row in lab.view.board["rows"]]


def test_a_visitor_with_a_link_may_answer_himself(lab):
    """The bet is asked once more; then his answer stands, and it is his."""
    first = CaseLab("zh")
    tell(first.view, {"bet": BET})
    visitor = CaseLab("zh", link=first.state.to_text())
    tell(visitor.view, {"press": "answer"})
    assert (visitor.view.bet["open"], visitor.state.committed) == (True, {})
    tell(visitor.view, {"press": "answer"})
    tell(visitor.view, {"bet": BET | {"amount": 1}})
    assert visitor.state.committed["amount_fen"] == 100
    assert visitor.view.bet["theirs"] is False


def test_anothers_tasks_are_laid_aside():
    """Who came by a link made mid-task begins the tasks himself; setting and answer stay."""
    lab = CaseLab("zh")
    tell(lab.view, {"bet": BET})
    tell(lab.view, {"task": "gain", "do": "start"})
    visitor = CaseLab("zh", link=lab.view.link)
    assert [task["state"] for task in visitor.view.tasks["list"]] == ["new", "open", "new"]
    tell(visitor.view, {"press": "fresh"})
    assert {task["state"] for task in visitor.view.tasks["list"]} == {"new"}
    assert visitor.view.scene["id"] == "gain"
    assert visitor.view.bet["theirs"]
    assert visitor.view.tools["undo"] is False


# ---------------------------------------------------------------- what a page may say


def test_only_wishes_may_be_written_by_the_page(lab):
    """Every trait but `asked` is Python's."""
    assert set(StageView.class_traits(page=True)) == {"asked"}
    for name in lab.view.traits(sync=True):
        before = getattr(lab.view, name)
        if name != "asked":
            hand_in(lab.view, {"method": "update", "state": {name: {"x": 1}}, "buffer_paths": []})
            assert getattr(lab.view, name) == before


@pytest.mark.parametrize(
    "content",
    [
        {"say": "joint"}, {"say": None}, {"say": "court|received|zhang"}, {"say": ["||"]},
        {"task": "x", "do": "start"},
        {"task": "grade", "do": "done"}, {"task": "grade", "do": "guess", "value": "all"},
        {"task": "grade", "do": "guess"}, {"task": ["grade"], "do": "skip"}, {"task": "grade"},
        {"scene": "x"}, {"scene": {}}, {"scene": "start", "turned": 1}, {"press": "copy-link"},
        {"press": "reset:x"}, {"press": "open"}, {"bet": BET}, {"bet": 1},
        {"task": "grade", "do": "skip", "more": 1},
    ],
)  # fmt: skip
def test_nonsense_is_passed_over(lab, content, caplog):
    """Nothing changes, nothing is said."""
    before = {k: v for k, v in lab.view.get_state().items() if k != "asked"}
    tell(lab.view, content)
    assert {k: v for k, v in lab.view.get_state().items() if k != "asked"} == before
    assert "Traceback" not in caplog.text
    assert "took a step back" not in caplog.text


def test_nothing_of_a_chart_is_loaded(lab):
    """Lesson 01 draws no plotly figure."""
    assert [type(door).__name__ for door in lab._doors() if "Plot" in type(door).__name__] == []


def test_who_came_by_a_link_can_answer_himself():
    """The bet is open again, in the link's setting, until there is an answer of his own."""
    lab = CaseLab("zh")
    tell(lab.view, {"bet": BET})
    turn(lab, grade="gross")
    linked = CaseLab("zh", link=lab.view.link)
    assert linked.view.bet["theirs"]
    tell(linked.view, {"press": "answer"})
    assert linked.view.bet["open"]
    assert linked.view.reveal == {}
    assert linked.view.values["grade"] == "gross"
    tell(linked.view, {"bet": BET})
    assert not linked.view.bet["theirs"]
    assert linked.view.values["grade"] == "gross"


def test_a_class_that_opens_without_an_answer_sees_the_court_and_the_law():
    """Opened by the teacher, the reveal has two columns: nobody has answered."""
    lab = CaseLab("zh")
    tell(lab.view, {"press": "open"})
    assert [column["id"] for column in lab.view.reveal["columns"]] == ["court", "law"]


PERCENT = (Question("share", "几成", most_fen=0),)


@pytest.mark.parametrize(
    ("value", "answer", "said"),
    [(21, {"share": 21}, False), (0, {"share": 0}, False), (100, {"share": 100}, False),
     (21.5, {}, True), (101, {}, True), (-1, {}, True)],
)  # fmt: skip
def test_a_percentage_is_bet_whole_from_0_to_100(value, answer, said):
    """A question without a largest amount asks for a percentage, kept under its own name."""
    read = read_bet({"share": value}, PERCENT, "zh")
    assert (read.answer, bool(read.said)) == (answer, said)
    assert is_bet(answer, PERCENT)


def test_a_class_is_told_of_the_rows_and_the_column_it_sees(lab):
    """Gross to ordinary negligence: 25 000 × 1/(1+2.5) = 7143 at most instead of 10 294.

    Nothing of the internal burden, nothing of rows folded away; the frame in the row and the
    sentence speak of the same before.
    """
    tell(lab.view, {"scene": "grade", "turned": True})
    turn(lab, grade="slight")
    said = lab.view.scene["moved"]
    assert said.startswith("现行法（按份）：由0至10294元变为0至7143元。"), said
    assert said.endswith("不变。")
    assert not re.search("另有|内部|收到", said)
    auto = next(row for row in lab.view.board["rows"] if row["id"] == "auto")
    assert auto["cells"]["exposure"]["was"]["text"] == "0–10294"


def test_a_class_is_told_why_nothing_moved(lab):
    """Proof of fault 1, then 0.9: above the standard both times, so no row moves."""
    tell(lab.view, {"scene": "grade"})
    turn(lab, proof_fault=0.9)
    said = lab.view.scene["moved"]
    assert said.startswith("各行都没有变。现行法：改动前后都达到证明标准。")
    assert said.count("没有变") == 1


GAINERS = ("risk_benefit", "benefit_cap")  # what a gain moves


def test_frame_and_sentence_speak_of_the_same_before(lab):
    """An own value, then another: 5000, then 0, by the same hand or by two."""
    tell(lab.view, {"scene": "gain"})
    for strokes in ((3, 3), (5, 6)):
        tell(lab.view, {"scene": "gain"})
        for stroke, value in zip(strokes, (5000, 0), strict=True):
            turn(lab, stroke, gain=value)
        was = {id: row(lab, id)["cells"]["exposure"]["was"]["text"] for id in GAINERS}
        before = {id: f"由{text.replace('–', '至')}元变为" for id, text in was.items()}
        assert before["benefit_cap"] + "0元" in lab.view.scene["moved"]
        assert before["risk_benefit"] in lab.view.told["text"]  # of two rows the first is told
