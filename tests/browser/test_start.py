"""Lesson 00 in a real browser: answer, sort, read the map, follow a link into another lab."""

from urllib.parse import urlsplit

import pytest
from browser.pages import (
    WAIT_MS,
    answered,
    axe,
    cell,
    nameless,
    opened,
    pick,
    shows_nothing,
    shut,
    until,
    width,
)
from playwright.sync_api import expect

from simlib.law.endings import endings

LESSON = "00-start"


def test_answer_sort_and_ask(course, desktop, open_page, watch):
    """Nothing is shown before; twenty cells sorted; a wrong one told; its article; undone; linked.

    The websocket carries at most 0.1 MB until the lesson stands open.
    """
    page = shut(desktop, course, LESSON)
    assert shows_nothing(page)
    pick(page, "says", "没有说是哪一种")
    pick(page, "filed", "法院收下了案件")
    page.locator("[data-id=commit]").click()
    expect(page.get_by_text("与论文的文字一致")).to_be_visible(timeout=WAIT_MS)
    page.locator(".js-plotly-plot .main-svg").nth(1).wait_for(timeout=WAIT_MS)
    assert watch.bytes_received <= 100_000
    expect(page.get_by_text("71.5%至94.6%").first).to_be_visible()
    assert nameless(page) == []
    for n, each in enumerate(endings()):
        page.locator('[data-id="which"] label').nth(n).click()
        for name, value in each.values.items():
            option = page.locator(f'[data-id="{name}"] input[value="{value}"]')
            expect(option).not_to_be_checked()
            page.locator(f'[data-id="{name}"] input[value="{value}"] + label').click()
            expect(cell(page, f"sort|{each.id}.{name}|")).to_contain_text("对：")
    expect(page.get_by_text("已答20格，其中20格对")).to_be_visible()
    page.locator('[data-id="appeal"] label').first.click()
    expect(cell(page, "sort|support.appeal|")).to_have_text("不对：你选10日，应为15日")
    cell(page, "sort|support.appeal|").click()
    expect(page.locator(".simlib-article", has_text="《民事诉讼法》第171条").first).to_be_visible()
    page.locator('[data-id="undo"]').click()
    expect(page.get_by_text("已答20格，其中20格对")).to_be_visible()
    until(page, "new URLSearchParams(location.search).has('s')")
    page.locator("#course-other").click()
    expect(page.get_by_text("20 answered, 20 of them right")).to_be_visible(timeout=WAIT_MS)
    assert urlsplit(page.url).path.endswith("/en/00-start.ipynb")


def test_map_tools_and_the_way_into_a_lab(course, desktop):
    """A box by keyboard; a band that narrows, A beside B, why; then lesson 01 with the twin."""
    page = opened(desktop, course, LESSON)
    cell(page, "map|fault.proposal|").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("推定要有法律规定，这是方案，不是现行法")).to_be_visible()
    expect(page.locator(".simlib-article", has_text="论文：推定过错").first).to_be_visible()
    board = page.locator(".simlib-main", has=page.locator('[data-say="auto||"]'))
    received = board.locator('[data-say="risk_benefit|received|"]')
    expect(received).to_have_text("0–7500元")
    page.locator('[data-id="keep"]').click()
    page.locator('[data-id="gain"] input[type=checkbox]').uncheck()
    page.locator('[data-id="gain"] input[type=number]').fill("200")
    page.locator('[data-id="gain"] input[type=number]').press("Enter")
    expect(received).not_to_have_text("0–7500元")
    expect(page.locator('[data-id="gain"] .simlib-tag')).to_have_text("假设（你的设定）")
    expect(page.get_by_text("现在获利已知，是200元")).to_be_visible()
    expect(board.locator("thead")).to_contain_text("B−A")
    received.click()
    expect(page.locator(".simlib-reasons").first).to_be_visible()
    cell(page, "hengnan-hengyang").click()
    page.locator(".simlib-shelf tr", has_text="衡南—衡阳").locator("a", has_text="01").click()
    page.locator("[data-id=commit]").wait_for(timeout=WAIT_MS)
    assert urlsplit(page.url).path.endswith("/zh/01-case.ipynb")
    answered(page)
    expect(page.locator('[data-id="case"] select')).to_have_value("hengnan-hengyang")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_all_without_scrolling_sideways(course, phone, lang):
    """390 px with a sorted cell and an open box; the home page lists this lesson below."""
    page = opened(phone, course, LESSON, lang)
    page.locator('[data-id="document"] label').nth(1).click()
    cell(page, "sort|refuse_suit.document|").click()
    cell(page, "map|riskbenefit.view|").click()
    expect(page.locator(".simlib-pane h4 .simlib-tag[data-kind=doctrine]")).to_be_visible()
    assert width(page) <= 390
    page.goto(course + ("" if lang == "zh" else "?lang=en"))
    beside = page.locator("ul.course-lessons a").first
    expect(beside).to_have_attribute("href", f"/voila/render/{lang}/00-start.ipynb")


def test_nothing_is_in_a_screen_readers_way(lesson):
    """After the bet, as the lesson opens: axe finds nothing."""
    assert axe(lesson) == []
