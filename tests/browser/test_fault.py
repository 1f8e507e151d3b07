"""Lesson 02 in a real browser: answer, read one file two ways, move evidence and burden.

hypo-knowledge by hand: formal review slight, 20 000; substantive review gross under the plaintiff's
burden and under inference, 20 000; knowing under presumed fault, and under inference on the
minority's reading, 80 000.
"""

from urllib.parse import urlsplit

import pytest
from browser.pages import (
    WAIT_MS,
    axe,
    cell,
    nameless,
    opened,
    pick,
    second,
    shows_nothing,
    shut,
    until,
    width,
)
from playwright.sync_api import expect

LESSON = "02-fault"


def steps(page):
    """The step each procedure reaches in the ladder, from top to bottom."""
    return page.locator(".js-plotly-plot").first.evaluate(
        "chart => chart.data.find(t => t.mode === 'text').x.map(Math.floor)"
    )


def test_answer_then_see_one_file_read_two_ways(course, desktop):
    """Nothing is shown before; then slight in form, gross in content; the switch gives knowing."""
    page = desktop
    shut(page, course, LESSON)
    assert shows_nothing(page)
    pick(page, "grade", "明知他人实施诈骗")
    pick(page, "norm", "帮助侵权")
    page.locator("[data-id=commit]").click()
    expect(page.get_by_text("得出同一等级的有：推定过错（改革方案）＋实质审查")).to_be_visible(
        timeout=WAIT_MS
    )
    expect(cell(page, "factual_inference.formal|grade|")).to_have_text("一般过失 → 按份")
    expect(cell(page, "factual_inference.substantive|grade|")).to_have_text("重大过失 → 按份")
    expect(cell(page, "factual_inference.formal|exposure|")).to_have_text("20000元")
    expect(cell(page, "factual_inference.substantive|exposure|")).to_have_text("20000元")
    assert steps(page) == [1, 2, 1, 2, 1, 3]
    pick(page, "rebuttal", "须证明相反的事实")
    expect(cell(page, "factual_inference.substantive|grade|")).to_have_text("明知（推定） → 连带")
    expect(cell(page, "factual_inference.substantive|exposure|")).to_have_text("80000元")
    assert steps(page) == [1, 2, 1, 3, 1, 3]
    expect(page.locator(".simlib-sentence").first).to_contain_text("证据没有变")


def test_finding_an_original_rebuts_knowledge(lesson):
    """The advertisement found: the contrary proved, and gross in each row of substantive review."""
    page = lesson
    pick(page, "file:e-advert", "原件")
    expect(cell(page, "presumed_fault.substantive|grade|")).to_have_text("重大过失（推定） → 按份")
    assert steps(page) == [1, 2, 1, 2, 1, 2]
    page.locator('[data-id="undo"]').click()
    expect(cell(page, "presumed_fault.substantive|grade|")).to_have_text("明知（推定） → 连带")


def test_the_burden_changes_the_table(lesson):
    """Who bears what is unclear, who comes forward, what answers it: inference moves the second."""
    page = lesson
    pick(page, "table", "举证责任分配表")
    row = second(page).locator("tr", has_text="帮助人的过错")
    for burden, bearer, forward, rebuttal in (
        ("原告举证", "原告", "原告", "使真伪不明"),
        ("事实推定", "原告", "被告", "足以反驳（使真伪不明）"),
        ("推定过错", "被告", "被告", "证明相反的事实"),
    ):
        pick(page, "burden", burden)
        expect(row.locator("td").nth(0)).to_have_text(bearer)
        expect(row.locator("td").nth(1)).to_have_text(forward)
        expect(row.locator("td").nth(4)).to_have_text(rebuttal)
    fraud = second(page).locator("tr", has_text="诈骗事实本身")
    expect(fraud.locator("td").nth(2)).to_have_text("排除合理怀疑")


def test_a_judgment_exempts_what_it_finds(lesson):
    """General knowledge: fault is exempt, this victim's loss is not; then it is."""
    page = lesson
    pick(page, "table", "举证责任分配表")
    page.locator("details[data-group=criminal] summary").click()
    verdict = page.locator('[data-id="verdict:0"] select')
    damage = second(page).locator("tr", has_text="损害（本案金额）")
    verdict.select_option("general")
    expect(second(page).locator("tr", has_text="帮助人的过错")).to_contain_text("免证")
    expect(damage).not_to_contain_text("免证")
    verdict.select_option("amount")
    expect(damage).to_contain_text("免证")


def test_the_event_log_is_a_time_line(lesson):
    """Seven events, four lines; a click on one says what would rebut it, and its articles."""
    page = lesson
    pick(page, "table", "事件与推断")
    chart = second(page).locator(".js-plotly-plot")
    expect(chart).to_be_visible()
    lanes = chart.evaluate("c => c.data.filter(t => t.mode.startsWith('lines')).map(t => t.y)")
    assert lanes == [[3, 4, 5], [3, 4, 5], [1, 2], [0, 5]]
    cell(page, "plaintiff.substantive|inference-restricted-then-acted|").click()
    expect(page.get_by_text("反证要证明的是：限制另有原因")).to_be_visible()
    expect(page.locator(".simlib-article", has_text="《民诉法解释》第93条").first).to_be_visible()
    pick(page, "table", "参考清单")
    expect(chart).to_have_count(0)


def test_keyboard_alone_goes_from_evidence_to_reasons(lesson):
    """Arrow keys change a piece; Enter on a grade opens its reasons."""
    page = lesson
    page.locator('[data-id="file:e-rent"] input').first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(cell(page, "plaintiff.formal|grade|")).to_have_text("无过错 → 不承担")
    cell(page, "plaintiff.formal|grade|").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("没有任何证据支持清单上的项目")).to_be_visible()


def test_every_control_has_a_name(lesson):
    """A screen reader hears what each control is."""
    page = lesson
    assert nameless(page) == []


def test_a_link_and_the_language_switch_keep_the_state(course, desktop, open_page):
    """No statement, no advertisement, presumed fault: in a new browser, and in English."""
    page = opened(desktop, course, LESSON)
    pick(page, "file:e-story", "不在案")
    pick(page, "file:e-advert", "不在案")
    pick(page, "table", "举证责任分配表")
    pick(page, "burden", "推定过错")
    indirect = "明知（由间接事实认定） → 连带"
    expect(cell(page, "plaintiff.substantive|grade|")).to_have_text(indirect)
    expect(second(page)).to_contain_text("后果由被告承担")
    until(page, "new URLSearchParams(location.search).has('s')")
    other = open_page()
    other.goto(page.url)
    grade = cell(other, "plaintiff.substantive|grade|")
    expect(grade).to_have_text(indirect, timeout=WAIT_MS)
    expect(second(other)).to_contain_text("后果由被告承担")
    page.locator("#course-other").click()
    grade = cell(page, "plaintiff.substantive|grade|")
    expect(grade).to_have_text("knowing (from indirect facts) → joint", timeout=WAIT_MS)
    assert urlsplit(page.url).path.endswith("/en/02-fault.ipynb")


def test_a_beside_b(lesson):
    """The file kept as A, the advertisement found as B: −60 000 under presumed fault."""
    page = lesson
    page.locator('[data-id="keep"]').click()
    pick(page, "file:e-advert", "原件")
    expect(page.locator(".simlib-main")).to_contain_text("−60000元")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_all_without_scrolling_sideways(course, phone, lang):
    """390 px with each of the five tables; evidence still moves the ladder."""
    page = opened(phone, course, LESSON, lang)
    for number in (1, 2, 3, 4, 0):
        page.locator('[data-id="table"] label').nth(number).click()
        page.wait_for_timeout(300)
        assert width(page) <= 390
    page.locator('[data-id="file:e-rent"] label').nth(2).click()
    until(
        page,
        "Math.floor(document.querySelector('.js-plotly-plot').data"
        ".find(t => t.mode === 'text').x[0]) === 0",
    )


def test_opening_is_light_on_the_websocket(opening_bytes):
    """At most 0.1 MB over the websocket, the ladder and the checklist included."""
    assert opening_bytes <= 100_000


def test_nothing_is_in_a_screen_readers_way(lesson):
    """After the bet, as the lesson opens: axe finds nothing."""
    assert axe(lesson) == []
