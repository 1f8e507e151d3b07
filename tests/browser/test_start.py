"""Lesson 00 in a real browser: bet, boards of three kinds, a task, sorting, the way into a lab."""

import re
from urllib.parse import urlsplit

from browser.pages import WAIT_MS, axe, cell, opened, shut, until, width
from browser.stage import number, row, turn
from playwright.sync_api import expect

from simlib.law.suit import endings

LESSON = "00-start"


def fold(page, name):
    """Open what is folded below the stage."""
    page.locator(f"details#{name} > summary").click()


def test_bet_board_task_drawer_and_the_other_language(course, desktop, watch):
    """Nothing is chosen; the reveal; rulings by a task; its reasons; the link in English.

    By hand: all 36 by ruling leave 0 judgments and the other 6 heard, 0 % lost. The websocket
    carries at most 0.1 MB until the lesson stands open.
    """
    page = shut(desktop, course, LESSON)
    assert page.locator("form[data-bet] input:checked").count() == 0
    page.locator(".stage").wait_for(state="attached", timeout=WAIT_MS)
    page.locator('input[name="says"][value="dismiss_claim"]').check()
    page.locator('input[name="filed"][value="taken"]').check()
    page.locator("[data-id=commit]").click()
    number(page, "heard", "files").wait_for(timeout=WAIT_MS)
    assert watch.bytes_received <= 100_000
    expect(page.locator(".stage-reveal")).to_contain_text("读不出你选的这一种")
    expect(number(page, "ruling", "files")).to_have_text("0–36")
    card = page.locator(".stage-tasks")
    card.locator("[data-id=start]").click()
    card.locator("[role=radio]").nth(1).click()
    turn(page, "rulings", 36)
    expect(card.locator(".task-verdict")).to_have_class(re.compile("is-right"))
    expect(number(page, "heard", "files")).to_have_text("6")
    expect(page.locator(".stage-number")).to_have_text("0%")
    number(page, "judgment", "files").click()
    expect(page.locator(".stage-drawer")).to_contain_text("36件－裁定36件＝0件")
    page.keyboard.press("Escape")
    until(page, "new URLSearchParams(location.search).has('s')")
    page.locator("#course-other").click()
    page.wait_for_url("**/en/**")
    expect(number(page, "heard", "files")).to_have_text("6", timeout=WAIT_MS)
    assert urlsplit(page.url).path.endswith("/en/00-start.ipynb")


def test_two_endings_stand_side_by_side(course, phone):
    """The second task: five rows in words under two heads, on a phone; axe finds nothing."""
    page = opened(phone, course, LESSON)
    page.locator('.stage-tasks [data-id="dot:sorting"]').check(force=True)
    page.locator(".stage-tasks [data-id=start]").click()
    page.locator(".stage-tasks [role=radio]").nth(2).click()
    page.locator(".stage-tasks [data-id=turn]").click()
    expect(number(page, "again", "ending")).to_have_text("不得就同一事项再起诉")
    expect(number(page, "again", "beside")).to_have_text("符合起诉条件的可以")
    expect(page.locator(".board-head.is-word:visible")).to_have_text(["驳回起诉", "驳回诉讼请求"])
    places = [page.locator(f"[data-row=fee] .board-cell[data-column={c}]").bounding_box()["x"]
              for c in ("beside", "ending")]  # fmt: skip
    heads = [page.locator(f".board-head[data-column={c}]").bounding_box()["x"]
             for c in ("beside", "ending")]  # fmt: skip
    assert places[0] < places[1]
    assert all(abs(place - head) < 12 for place, head in zip(places, heads, strict=True))
    assert width(page) <= 390
    assert axe(page) == []


def test_sorting_map_and_the_way_into_a_lab(course, desktop):
    """Twenty cells sorted; an article in the drawer; a box by keyboard; lesson 01 with the twin."""
    page = opened(desktop, course, LESSON)
    fold(page, "sorting")
    for n, each in enumerate(endings()):
        page.locator('[data-id="which"] label').nth(n).click()
        for name, value in each.values.items():
            option = page.locator(f'[data-id="{name}"] input[value="{value}"]')
            expect(option).not_to_be_checked()
            page.locator(f'[data-id="{name}"] input[value="{value}"] + label').click()
            expect(cell(page, f"sort|{each.id}.{name}|")).to_contain_text("对：")
    expect(page.get_by_text("已答20格，其中20格对")).to_be_visible()
    cell(page, "sort|support.appeal|").click()
    drawer = page.locator(".stage-drawer")
    expect(drawer).to_contain_text("小额诉讼")
    page.keyboard.press("Escape")
    fold(page, "map")
    cell(page, "map|fault.proposal|").focus()
    page.keyboard.press("Enter")
    expect(drawer).to_contain_text("推定要有法律规定，这是方案，不是现行法")
    page.keyboard.press("Escape")
    cell(page, "hengnan-hengyang").click()
    page.locator(".simlib-shelf tr", has_text="衡南—衡阳").locator("a", has_text="01").click()
    page.wait_for_url("**/zh/01-case.ipynb**")
    row(page, "auto").wait_for(state="attached", timeout=WAIT_MS)
