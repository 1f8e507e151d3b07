"""Lesson 00's lab without a browser: bet, boards, sorting, map, links that open."""

import re

import pytest
from telling import opens, tell

from simlib.case import shipped_cases
from simlib.law.disputes import agenda
from simlib.law.suit import endings
from simlib.resources import shelf
from simlib.server.pages import lessons
from simlib.text import LANGS
from simlib.widgets.start import StartLab, links, panes

REAL = "2024-lu-0302-5690"
ANSWERS = [(e.id, name, value) for e in endings() for name, value in e.values.items()]


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    return opens(StartLab("zh"))


def turn(form, **wishes):
    """What a reader does with knobs or on a form."""
    asked = dict(form.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    form.asked = asked


def row(lab, id):
    """A row of the board as the page has it."""
    return next(each for each in lab.view.board["rows"] if each["id"] == id)


def test_both_answers_are_met_after_the_bet():
    """A wrong ending with a right registration; nothing is open before."""
    lab = StartLab("zh")
    assert lab.view.bet["open"]
    tell(lab.view, {"bet": {"says": "dismiss_suit", "filed": "taken"}})
    assert lab.state.committed == {"says": "dismiss_suit", "filed": "taken"}
    reveal = lab.view.reveal
    assert [each["id"] for each in reveal["columns"]] == ["you", "paper", "law"]
    assert reveal["columns"][0]["value"] == "驳回起诉（裁定）"
    assert "读不出你选的这一种" in reveal["sentence"]
    assert "第208条第3款" in reveal["sentence"]
    assert reveal["right"] is None  # one of two: no sign for both
    tell(lab.view, {"press": "answer"})
    tell(lab.view, {"bet": {"says": "unsaid", "filed": "taken"}})
    assert lab.view.reveal["right"] is True


def test_rulings_move_the_parts_and_leave_the_papers_number(lab):
    """r = 36, m = 6: 0 judgments, 6 heard, 0 % lost; the total says why it stands still."""
    assert lab.view.board["large"]["text"] == "0–85.71%"
    assert lab.view.tags["rulings"][:2] == ("absent", "原统计没有公布")
    turn(lab.view, rulings=36)
    assert row(lab, "judgment")["cells"]["files"]["high"] == 0
    assert row(lab, "heard")["cells"]["files"]["high"] == 600
    assert lab.view.board["large"]["text"] == "0%"
    assert "总数都不变" in row(lab, "dismissed")["still"]
    assert lab.view.tags["rulings"][0] == "assumed"
    turn(lab.view, heard=0)
    assert lab.view.board["large"]["text"] == "没有审理过的案件"
    turn(lab.view, rulings=None)
    assert lab.view.board["large"]["text"] == "100%"


def test_an_ending_has_no_tag_of_an_assumption(lab):
    """To look at another ending assumes nothing."""
    tell(lab.view, {"scene": "sorting"})
    assert lab.view.tags["ending"] == ("", "", False)  # as the scene has it
    turn(lab.view, ending="refuse_suit")
    assert "没有换文书" in row(lab, "document")["still"]


def test_a_new_fact_after_a_judgment(lab):
    """Art. 248 speaks of judgments; after a ruling nothing moves, and it says why."""
    tell(lab.view, {"scene": "again"})
    turn(lab.view, fact=True)
    assert row(lab, "again")["cells"]["ending"]["text"] == "发生新的事实，可以再次起诉"
    turn(lab.view, fact=False)
    turn(lab.view, ending="dismiss_suit")
    turn(lab.view, fact=True)
    assert "没有新的事实也可以" in row(lab, "again")["still"]


def test_a_kept_beside_what_is_shown(lab):
    """A with nothing known, B with 18 rulings: 18 of 24 is 75 %."""
    tell(lab.view, {"press": "keep"})
    turn(lab.view, rulings=18)
    cell = row(lab, "heard")["cells"]["files"]
    assert (cell["low"], cell["kept"]["low"], cell["kept"]["high"]) == (2_400, 600, 4_200)
    assert lab.view.board["large"]["text"] == "75%"


def test_sorting_fills_the_table_and_can_be_undone(lab):
    """Every ending in turn, all twenty right; undo takes the last answer back."""
    for which, name, value in ANSWERS:
        if lab.state.chosen.get("which", "refuse_suit") != which:
            turn(lab.sorting, which=which)
        assert lab.sorting.values[name] is None
        turn(lab.sorting, **{name: value})
    assert "已答20格，其中20格对" in lab.grid.html
    assert "横向比较" in lab.grid.html
    tell(lab.view, {"press": "undo"})
    assert "已答19格" in lab.grid.html
    tell(lab.view, {"scene": "data"})
    assert "已答19格" in lab.grid.html


def test_a_sorted_cell_opens_its_articles_in_the_drawer(lab):
    """A wrong answer is told at once; its cell gives the reason."""
    turn(lab.sorting, which="dismiss_suit")
    turn(lab.sorting, appeal="15")
    assert "不对：你选15日，应为10日" in lab.grid.html
    lab._asked("sort|dismiss_suit.appeal|")
    assert "《民事诉讼法》第171条" in lab.view.drawer["html"]
    assert "10日" in lab.view.drawer["title"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_box_opens(lang):
    """Each box of the map says its kind, a sentence, and its articles, once it is asked for."""
    lab = opens(StartLab(lang))
    assert len(panes.BOXES) == sum(len(m.boxes) for m in agenda()) == 36
    for box in panes.BOXES:
        assert f'data-say="map|{box}|"' in lab.boxes.html
        lab._asked(f"map|{box}|")
        html = lab.view.drawer["html"]
        assert "simlib-tag" in html
        assert ("simlib-article" in html) == (not box.endswith(".lab"))


@pytest.mark.parametrize("lang", LANGS)
def test_no_link_is_dead(lang):
    """Each address in map and shelf is a lesson that the home page lists; the rest is no link."""
    listed = {lesson.path for lesson in lessons(shelf("course"), lang)}
    html = panes.map_of("", lang) + panes.shelf(REAL, lang)
    files = {re.split(r"\?", to)[0] for to in re.findall(r'href="([^"]+)"', html)}
    assert files
    assert {f"{lang}/{file}" for file in files} <= listed
    closed = [m for m in agenda() if m.topic not in links.open_lessons(lang)]
    said = "尚未开放" if lang == "zh" else "not open yet"
    assert panes.map_of("", lang).count(said) == len(closed)


@pytest.mark.parametrize("topic", [t for t in links.open_lessons("zh") if links.cases_of(t)])
def test_a_case_opens_in_each_lab(topic):
    """The state a link carries is taken over by the lab it leads to, with that case."""
    lab = links.lab_of(topic)
    for case_id in links.cases_of(topic):
        opened = lab("zh", link=links.case_text(topic, case_id))
        assert opened.restored
        assert opened.state.case_id == case_id


@pytest.mark.parametrize("lang", LANGS)
def test_every_shipped_case_is_on_the_shelf(lang):
    """Title and kind of each; only the chosen one carries its links, one for each lab with it."""
    html = panes.shelf("hypo-knowledge", lang)
    for name in shipped_cases():
        assert f'data-say="{name}"' in html
    assert html.count("<tr>") == len(shipped_cases()) + 1
    assert html.count('aria-pressed="true"') == 1
    assert html.count("href=") == len(links.links_of("hypo-knowledge", lang)) >= 5


def test_a_case_is_chosen_on_the_shelf_and_previewed(lab):
    """Four forms of lesson 01, each with its reasons; undo brings the first case back."""
    assert "淄博市淄川区人民法院判赔25000元" in lab.shelf.html
    assert "0–12500元" in lab.tried.html
    lab._chosen({"case": "hengnan-hengyang"})
    assert 'data-say="hengnan-hengyang" class="simlib-ask" aria-pressed="true"' in lab.shelf.html
    lab._asked("risk_benefit|received|")
    assert len(lab.view.drawer["html"]) > 200
    tell(lab.view, {"press": "undo"})
    assert lab.state.case_id == REAL


@pytest.mark.parametrize(
    "chosen",
    [
        {"which": "nowhere"},
        {"sort": {"support.appeal": "20"}},
        {"sort": {"support.nothing": "10"}},
        {"sort": ["support.appeal"]},
        {"more": 1},
        {"rulings": 37},
        {"rulings": 1.5},
        {"rulings": True},
        {"heard": None},
        {"heard": 7},
        {"sample": "all"},
        {"size": 1},
        {"level": []},
        {"fact": 1},
        {"ending": "nowhere"},
    ],
)
def test_state_that_no_control_gives_is_refused(lab, chosen):
    """The link then opens as new."""
    lab.state.put({"chosen": chosen})
    assert StartLab("zh", link=lab.state.to_text()).restored is False


@pytest.mark.parametrize(
    "selected",
    [["map", "fault.nothing", ""], ["sort", "fault.law", ""], ["nothing", "", ""], ["map"]],
)
def test_a_question_no_table_has_is_refused(lab, selected):
    """Numbers of the boards, boxes of the map, cells of endings, amounts of a case."""
    lab.state.selected = selected
    assert StartLab("zh", link=lab.state.to_text()).restored is False
