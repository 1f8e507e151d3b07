"""The own case's result: a grade nobody found, the first lines of a reason, colours, words."""

import json
import re
from itertools import product
from pathlib import Path

import pytest
from telling import opens

from simlib import load_case
from simlib.case import check_text
from simlib.case.checks import GRADES
from simlib.causation import graph
from simlib.explain import assumption_words
from simlib.interval import Interval, hull
from simlib.liability import decide
from simlib.resources import PACKAGE
from simlib.widgets import (
    case_lab,
    causation_lab,
    chain_lab,
    evidence_lab,
    liability_lab,
    procedure_lab,
    riskbenefit_lab,
)
from simlib.widgets.own import OwnEditor, draft
from simlib.widgets.own.grade_branches import Branches
from simlib.widgets.own.result import Result

# Wang lost 80 000: 50 000 into Li's card (he knew), 30 000 into Zhou's (gross negligence); Sun
# forwarded calls, and nobody found out whether he knew. The fraudster is not sued.
STORY = """
id = "story"
basis = "hypothetical"
title = { zh = "王某诉李某、周某、孙某", en = "Wang v Li, Zhou, Sun" }
acted_on = 2024-03-10
loss_fen = 8_000_000
parties = [
 { id = "v", role = "victim", name = { zh = "王某", en = "Wang" } },
 { id = "p", role = "principal", name = { zh = "骗子", en = "the cheat" }, sued = false },
 { id = "li", role = "helper", act = "payment", grade = "knowing", name = { zh = "李某", en = "Li" } },
 { id = "zhou", role = "helper", act = "payment", grade = "gross", name = { zh = "周某", en = "Zhou" } },
 { id = "sun", role = "helper", act = "account", grade = "slight", grade_open = true, name = { zh = "孙某", en = "Sun" } },
]
accounts = [{ id = "c1", holder = "li" }, { id = "c2", holder = "zhou" }]
transfers = [
 { id = "t1", payer = "v", payee = "c1", amount_fen = 5_000_000 },
 { id = "t2", payer = "v", payee = "c2", amount_fen = 3_000_000 },
]
"""  # noqa: E501
BOTH = STORY.replace('"gross", name', '"slight", grade_open = true, name')


def case_of(text=STORY):
    """A case without problems."""
    case, problems = check_text(text)
    assert problems == []
    return case


def lines(say, text=STORY, lang="zh"):
    """The first lines of a number's reasons."""
    html = Result(case_of(text), lang).why(say)["html"]
    return re.findall(r'<p class="own-end">(.*?)</p>', html)


def rows(text=STORY, lang="zh"):
    """The rows of the board by party."""
    return {row["id"]: row for row in Result(case_of(text), lang).to_json()["board"]["rows"]}


def test_a_grade_that_nobody_found_leaves_every_result_there():
    """By hand: without fault Sun owes nothing, knowing he owes all 80 000; negligent, at most
    0.7 ÷ 1.7 of it; Zhou that of the 30 000 in his account. Nobody else's row vanishes."""
    found = rows()
    assert {id: row["cells"]["exposure"]["text"] for id, row in found.items()} == {
        "p": "80000", "li": "50000", "zhou": "0–12353", "sun": "0–80000",
    }  # fmt: skip
    assert found["sun"]["note"] == (
        "过错等级没有查明：无过错则不承担责任；一般过失、重大过失则按份责任；"
        "明知、事前通谋则连带责任；过失造成纯粹经济损失应否赔偿，学说有争议；按反对意见为0元；"
        "按份的金额是教学刻度（教学假设）"
    )
    assert lines("auto|exposure|sun") == [
        "最少0元：假定孙某是「无过错」，没有过错，不承担侵权责任。",
        "最多80000元：假定孙某是「明知」或「事前通谋」，孙某承担连带责任，王某可以向他请求全部80000元。",
        "按等级：无过错，不承担责任，0元；一般过失、重大过失，按份责任，0–32941元；"
        "明知、事前通谋，连带责任，80000元。",
        "还没有查明的是孙某的过错等级；查明以后，区间可能变窄。",
    ]


@pytest.mark.parametrize(
    ("text", "fact"),
    [(STORY, ""), (STORY, "assets_fen = 1_000_000, "), (BOTH, "causal_force = 0.5, ")],
    ids=["one", "poor", "two"],
)
def test_the_ends_are_those_of_all_grades(text, fact):
    """Every combination of grades, one by one: no number of the board lies further out."""
    case = case_of(
        text.replace('grade = "slight", grade_open', f'{fact}grade = "slight", grade_open')
    )
    branches = Branches(case)
    ways = product(GRADES, repeat=len(branches.open))
    each = [dict(zip(branches.open, way, strict=True)) for way in ways]
    outcomes = [decide(case.set({f"{id}.grade": g for id, g in way.items()})) for way in each]
    for key, id in product(("exposure", "paid", "burden"), outcomes[0].parties):
        amounts = [getattr(outcome.parties[id], f"{key}_fen") for outcome in outcomes]
        assert ends(branches.fen(key, id)) == pytest.approx(ends(hull(amounts)), abs=1)
    received = hull([outcome.received_fen for outcome in outcomes])
    assert ends(branches.fen("received")) == pytest.approx(ends(received), abs=1)


def ends(amount):
    """Both ends of an amount."""
    return (amount.low, amount.high) if isinstance(amount, Interval) else (amount, amount)


def test_the_page_says_unknown_and_the_file_says_what_stands_in():
    """From page to file and back; the engine says that it only supposes the grade."""
    page = draft.to_draft({"parties": [{"id": "sun", "role": "helper", "grade": "unknown"}]})
    [row] = draft.to_data(page)["parties"]
    assert row == {
        "id": "sun", "role": "helper", "grade": "slight", "grade_open": True,
        "kinds": {"grade": "assumed"},
    }  # fmt: skip
    assert draft.to_draft({"parties": [row]}) == page
    case = case_of()
    said = [assumption_words(each, case) for each in decide(case).assumptions]
    assert (
        "孙某的过错等级没有查明，这里只是假定为「一般过失」；换一个等级，责任形态可能不同。" in said
    )


@pytest.mark.parametrize("make", [case_lab, liability_lab])
def test_a_lesson_supposes_one_grade_after_the_other(make, monkeypatch):
    """Each grade is a setting; the page says which is supposed, who is looked at, who is sued."""
    editor = OwnEditor("zh")
    page = draft.to_draft(json.loads(json.dumps(draft.to_draft(data_of(STORY)))))
    link = editor.worth(page)["lab"]
    monkeypatch.setenv("QUERY_STRING", f"s={link}")
    lab = opens(make("zh"))
    frame = lab.view.frame
    assert frame["versus"] == "王某诉李某、周某、孙某"
    assert "孙某的过错等级没有查明，先假定为「一般过失」" in frame["only"]
    assert ("现在看李某；周某、孙某可以在「案件与设定」里选" in frame["only"]) == (make is case_lab)
    [settings] = [item for item in lab.view.spec if item["id"] == "position"]
    titles = [option["label"] for option in settings["options"]]
    assert titles[0] == "假定孙某是「一般过失」"
    assert len(titles) == len(GRADES)
    lab.view.asked = {"position": [1, "supposed-knowing-4"]}
    assert lab.state.case().party("sun").grade == "knowing"
    assert "先假定为「明知」" in lab.view.frame["only"]


def data_of(text):
    """The data of a case file."""
    from simlib.case.toml_guard import parse

    return parse(text)


def test_an_amount_says_first_what_makes_its_least_and_its_most():
    """By hand: gross negligence weighs at most 0.7 beside the cheat's 1; of the 30 000 that came
    into Zhou's account 30 000 × 0.7 ÷ 1.7 is 12 353."""
    least, most, open_ = lines("auto|exposure|zhou")
    assert least.startswith("最少0元：王某付的钱里，进了周某账户的是30000元")
    assert most == (
        "最多12353元：王某付的钱里，进了周某账户的是30000元：周某只对这一部分负责，份额也在这一部分里算，"
        "30000元×0.7÷（0.7＋1）。0.7是周某的原因力（没有查明，按最大的1）×过错"
        "（「重大过失」最高的0.7）；骗子是1，孙某按最小的0。这些数是教学刻度（教学假设）。"
    )
    assert open_ == "还没有查明的是孙某的过错等级和周某、孙某的原因力；查明以后，区间可能变窄。"
    assert lines("auto|exposure|li") == [
        "50000元：王某付的钱里，进了李某账户的是50000元：李某只对这一部分负责"
        "（明知的以此为限是一种读法，教学假设，有争议；第1169条第1款没有写这个限），份额也在这一部分里算，"
        "李某对这一部分承担连带责任。"
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_the_board_has_its_first_lines(lang):
    """A sentence or two, with the number itself; none without a reason."""
    result = Result(case_of(BOTH), lang)
    board = result.to_json()["board"]
    says = [cell["say"] for row in board["rows"] for cell in row["cells"].values()]
    for say in [*says, board["large"]["say"]]:
        html = result.why(say)["html"]
        found = re.findall(r'<p class="own-end">(.*?)</p>', html)
        assert found
        assert all(len(line) > 12 and "：。" not in line and ": ." not in line for line in found)


def test_the_row_says_the_limit_and_has_the_colour_of_its_scale():
    """Two answer for what came into their accounts; the scale's bars are no law in force."""
    found = rows()
    assert found["li"]["note"].startswith("连带责任；只对其中50000元负责；")
    assert found["zhou"]["note"] == (
        "按份责任；只对其中30000元负责；过失造成纯粹经济损失应否赔偿，学说有争议；按反对意见为0元；"
        "金额是教学刻度（教学假设）"
    )
    assert {id: row["authority"] for id, row in found.items()} == {
        "p": "law in force", "li": "law in force", "zhou": "teaching assumption",
        "sun": "law in force",
    }  # fmt: skip
    assert found["sun"]["cells"]["exposure"]["low"] == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_has_every_word_its_board_and_drawer_say(lang):
    """No key stands in for a word, as 「legend」 did."""
    said = OwnEditor(lang).words["stage"]
    for file in ("stage-board.js", "stage-drawer.js"):
        source = Path(PACKAGE / "widgets" / "static" / file).read_text("utf-8")
        assert set(re.findall(r"desk\.word\('(\w+)'", source)) <= set(said)


def test_the_first_line_counts_as_at_most_who_may_owe_nothing():
    """Zhou and Sun may owe nothing (0–30 000, 0–80 000): three owe at most."""
    assert Result(case_of(), "zh").to_json()["line"].startswith("最多3人应付，")
    known = STORY.replace(' grade = "slight", grade_open = true,', ' grade = "knowing",')
    known = known.replace('grade = "gross", name', 'grade = "knowing", name')
    assert Result(case_of(known), "zh").to_json()["line"].startswith("3人应付，")


# Lin lost 80 000 through the card of Chen, who knew and is a minor; his father did not help.
MINOR = """
id = "minor"
basis = "hypothetical"
title = { zh = "林某诉陈某", en = "Lin v Chen" }
acted_on = 2024-03-10
loss_fen = 8_000_000
parties = [
 { id = "v", role = "victim", name = { zh = "林某", en = "Lin" } },
 { id = "p", role = "principal", name = { zh = "骗子", en = "the cheat" }, sued = false },
 { id = "chen", role = "helper", act = "payment", grade = "knowing", minor = true, answered_by = "fu", name = { zh = "陈某", en = "Chen" } },
 { id = "fu", role = "helper", grade = "none", name = { zh = "陈父", en = "Mr Chen" } },
]
accounts = [{ id = "c1", holder = "chen" }]
transfers = [{ id = "t1", payer = "v", payee = "c1", amount_fen = 8_000_000 }]
"""  # noqa: E501


def test_a_guardian_needs_no_act_and_his_row_says_for_whom_and_what_is_not_reckoned():
    """1188(1), (2): the father answers for all 80 000, out of the boy's property first; that he
    may owe less if he fulfilled his duty stands beside the number, and in its reasons."""
    assert text_of(rows(MINOR)["fu"]["cells"]) == "80000"
    said = rows(MINOR)["fu"]["note"]
    assert "代陈某承担（第1188条），先从陈某本人的财产中支付" in said
    assert "尽到监护职责的可以减轻，减多少由法官裁量，这里没有计算" in said
    assert rows(MINOR)["chen"]["note"] == "由陈父承担责任"
    assert lines("auto|exposure|chen", MINOR) == ["0元：依法由陈父代陈某承担责任。"]
    assert any("尽到监护职责" in line for line in lines("auto|exposure|fu", MINOR))
    worker = rows(MINOR.replace("minor = true, ", ""))["fu"]["note"]
    assert "代陈某承担（用人单位，第1191条）" in worker
    assert "1188" not in worker


def text_of(cells):
    return cells["exposure"]["text"]


@pytest.mark.parametrize("make", [case_lab, causation_lab, chain_lab, evidence_lab,
                                  liability_lab, procedure_lab, riskbenefit_lab])  # fmt: skip
def test_every_lesson_opens_a_case_with_a_guardian_without_an_act(make, monkeypatch):
    """He did nothing: in a chain derived from the parties he has no box."""
    link = OwnEditor("zh").worth(draft.to_draft(data_of(MINOR)))["lab"]
    monkeypatch.setenv("QUERY_STRING", f"s={link}")
    lab = opens(make("zh"))
    assert lab.view.notice == ""
    assert lab.state.case_id == "own"
    assert "fu" not in graph(case_of(MINOR)).parties


def test_why_there_is_no_result_is_said_by_name_and_field():
    """Nobody named for the minor, or one who answers for himself too: no ids, no keys."""
    alone = MINOR.replace(', answered_by = "fu"', "").replace('"none"', '"none", act = "account"')
    twice = MINOR.replace('grade = "none"', 'act = "account", grade = "gross"')
    for text, who in ((alone, "陈某是未成年人"), (twice, "陈父既为自己的行为负责")):
        said = Result(case_of(text), "zh").refused
        assert said.removeprefix("现行法下没有结果：").startswith(who)
        assert "「由谁承担责任」" in said
        assert not re.search("[a-z_]", said)


def test_a_careless_helper_s_row_says_that_the_whole_is_disputed():
    """Pure economic loss through negligence: 0 on the opposing view; not of one who knew."""
    disputed = "过失造成纯粹经济损失应否赔偿，学说有争议；按反对意见为0元"
    assert disputed in rows()["zhou"]["note"]
    assert disputed not in rows()["li"]["note"]
    careless = STORY.replace(' grade = "slight", grade_open = true,', ' grade = "slight",')
    assert disputed in rows(careless)["sun"]["note"]


def test_a_long_list_of_parts_is_said_once():
    """hypo-pieces: seven parts; the bank answers in two, and each rested on the whole list."""
    html = Result(load_case("hypo-pieces"), "zh").why("auto|exposure|bank")["html"]
    assert html.count("各段损失之和") == 4
    assert html.count("51000元") == 1
    assert html.count("（各项同上）") == 3
