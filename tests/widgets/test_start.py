"""Lesson 00's lab without a browser: sorting, map, links that open, live words."""

import re

import pytest

from simlib import load_case
from simlib.case import shipped_cases
from simlib.law.agenda import agenda
from simlib.law.endings import endings
from simlib.liability import compare
from simlib.resources import shelf
from simlib.server.home import lessons
from simlib.text import LANGS, amount
from simlib.widgets.start import StartLab, links, panes
from simlib.widgets.start.lab import MODES

REAL = "2024-lu-0302-5690"
ANSWERS = [(e.id, name, value) for e in endings() for name, value in e.values.items()]


@pytest.fixture
def lab():
    """An opened lab in Chinese."""
    lab = StartLab("zh")
    lab._committed("open")
    return lab


def wish(form, **wishes):
    """What a reader does on a form."""
    asked = dict(form.asked)
    for name, value in wishes.items():
        asked[name] = [asked.get(name, [0])[0] + 1, value]
    form.asked = asked


def test_results_stay_shut_until_the_reader_answers():
    """Commit first; then each of the two answers is met."""
    lab = StartLab("zh")
    assert lab.sort.children == lab.map.children == lab.tools.children == (lab.locked,)
    wish(lab.answer, says="dismiss_suit", filed="taken")
    lab._committed("commit")
    assert lab.state.committed == {"says": "dismiss_suit", "filed": "taken"}
    assert "但论文没有这样说" in lab.feedback.html
    assert "登记立案时，法院只作形式上的审查就收下案件" in lab.feedback.html


def test_sorting_fills_the_table_and_can_be_undone(lab):
    """Every ending in turn, all twenty right; undo takes the last answer back."""
    for which, name, value in ANSWERS:
        if lab.state.chosen.get("which", "refuse_suit") != which:
            wish(lab.sorting, which=which)
        assert lab.sorting.values[name] is None
        wish(lab.sorting, **{name: value})
    assert "已答20格，其中20格对" in lab.grid.html
    assert "横向比较" in lab.grid.html
    lab._pressed("undo")
    assert "已答19格" in lab.grid.html


def test_a_sorted_cell_opens_its_articles(lab):
    """A wrong answer is told at once; its cell gives the reason below, not among the reasons."""
    wish(lab.sorting, which="dismiss_suit")
    wish(lab.sorting, appeal="15")
    assert "不对：你选15日，应为10日" in lab.grid.html
    lab._opened("sort|dismiss_suit.appeal|", lab.grid_law)
    assert "《民事诉讼法》第171条" in lab.grid_law.html
    assert "《民事诉讼法》第171条" not in lab.reasons.html


@pytest.mark.parametrize("lang", LANGS)
def test_every_box_opens(lang):
    """Each box of the map says its kind, a sentence, and its articles, once it is asked for."""
    lab = StartLab(lang)
    lab._committed("open")
    assert len(panes.BOXES) == sum(len(m.boxes) for m in agenda()) == 36
    for box in panes.BOXES:
        assert f'data-say="map|{box}|"' in lab.boxes.html
        lab._opened(f"map|{box}|", lab.box_law)
        assert "simlib-tag" in lab.box_law.html
        law = not box.endswith(".lab")
        assert ("simlib-article" in lab.box_law.html) == law


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
    assert links.cases_of(topic)
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


def test_facts_in_a_sentence_and_money(lab):
    """The paper's case: what happened, the loss, what the court ordered."""
    assert "赵某受虚假投资软件诱骗，将25000元转入张某名下的银行卡。</p>" in lab.shelf.html
    assert "淄博市淄川区人民法院判赔25000元" in lab.shelf.html
    assert "张某因帮助信息网络犯罪活动罪" not in lab.shelf.html


def test_choosing_a_case_takes_it_into_the_small_lab(lab):
    """A click on the shelf is a choice of case, which can be undone."""
    lab._chosen({"case": "hengnan-hengyang"})
    assert lab.state.case_id == "hengnan-hengyang"
    assert "现在获利已知，是2100元" in lab.how.html
    assert 'data-say="hengnan-hengyang" class="simlib-ask" aria-pressed="true"' in lab.shelf.html
    lab._pressed("undo")
    assert lab.state.case_id == REAL


def test_the_words_on_use_are_live(lab):
    """The band of the real case; with 500 yuan of gain the engine's answer to that."""
    assert "现在张某的获利是未查明，风险—收益之下她收到0–7500元" in lab.how.html
    wish(lab.form, gain=500)
    case = load_case(REAL).at(lab.state.position).set({"zhang.gain_direct_fen": 50_000})
    received = compare(case, MODES)["risk_benefit"].received_fen
    assert f"她收到{amount(received)}" in lab.how.html
    assert lab.form.tags["gain"] == ("assumed", "假设（你的设定）")
    assert set(lab.form.values) == {"grade", "gain", "limit"}


def test_a_link_restores_sorting_and_box(lab):
    """What was sorted and which box is open travel in the link."""
    wish(lab.sorting, document="ruling")
    lab._opened("map|fault.law|", lab.box_law)
    other = StartLab("en", link=lab.state.to_text())
    assert other.restored
    assert "right: ruling" in other.grid.html
    assert "the plaintiff proves fault" in other.box_law.html


@pytest.mark.parametrize(
    "chosen",
    [
        {"which": "nowhere"},
        {"sort": {"support.appeal": "20"}},
        {"sort": {"support.nothing": "10"}},
        {"more": 1},
        {"sort": {"nowhere.appeal": "10"}},
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
    """Numbers of the small lab, boxes of the map, cells of the sorting, nothing else."""
    lab.state.selected = selected
    assert StartLab("zh", link=lab.state.to_text()).restored is False
