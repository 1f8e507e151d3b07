"""Lesson 03 in a real browser: answer, switch acts off, ask the law and four indices.

hypo-chain by hand: either card is enough, both off there is no loss; Gao's indices are 1/12, 1/8,
1/2, 1/6; with Du's card off 1/3, 1/3, 1, 1/3. Luo's band: 2 500 to 15 000.
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

LESSON = "03-causation"


def switch(page, act):
    """Turn an act off, or on again."""
    page.locator(f'[data-id="act:{act}"] input').click()


def sentence(page):
    """What the chain shows now."""
    return page.locator(".simlib-sentence").first


def test_answer_then_switch_acts_off(course, desktop):
    """Nothing is shown before; one card off: still; both: not; the posts: not."""
    page = desktop
    shut(page, course, LESSON)
    assert shows_nothing(page)
    pick(page, "happens", "不会发生")
    pick(page, "norm", "损失仍会发生，但")
    page.locator("[data-id=commit]").click()
    expect(page.get_by_text("图的回答不同")).to_be_visible(timeout=WAIT_MS)
    expect(sentence(page)).to_contain_text("损失发生")
    switch(page, "lend-1")
    expect(sentence(page)).to_contain_text("损失仍然发生")
    switch(page, "lend-2")
    expect(sentence(page)).to_contain_text("损失不会发生")
    expect(page.locator(".js-plotly-plot").first).to_contain_text("损失不会发生")
    page.locator('[data-id="reset_all"]').click()
    switch(page, "post")
    expect(sentence(page)).to_contain_text("损失不会发生")


def test_but_for_fails_where_cards_are_alternatives(lesson):
    """若无则不 no, NESS and 促进 yes; with Du's card off but-for turns."""
    page = lesson
    expect(cell(page, "gao|but_for|gao")).to_have_text("否")
    expect(cell(page, "gao|ness|gao")).to_have_text("是")
    expect(cell(page, "gao|furthering|gao")).to_have_text("是")
    expect(cell(page, "gao|adequate|gao")).to_have_text("待法官权衡")
    switch(page, "lend-2")
    expect(cell(page, "gao|but_for|gao")).to_have_text("是")


def test_four_indices_disagree(lesson):
    """By hand, before and after Du's card is off; a click says that no law uses them."""
    page = lesson
    pick(page, "view", "四个指数")
    row = second(page).locator("tr", has_text="高某").locator("td")
    expect(row).to_have_text(["1/12", "1/8", "1/2", "1/6"])
    switch(page, "lend-2")
    expect(row).to_have_text(["1/3", "1/3", "1", "1/3"])
    second(page).locator('[data-say="gao|shapley|gao"]').click()
    expect(page.get_by_text("精确算出的分数。没有任何法律规定用它")).to_be_visible()


def test_lost_chance_applies_to_the_later_card_only(lesson):
    """A band for the second layer; for the first card the court's argument and the objection."""
    page = lesson
    pick(page, "view", "追回机会")
    expect(second(page)).to_contain_text("不计算：他是第一层收款人")
    expect(second(page)).to_contain_text("反对：第一层收款卡")
    page.locator('[data-id="who"] select').select_option("luo")
    expect(second(page)).to_contain_text("2500–15000元")
    expect(second(page).locator(".js-plotly-plot")).to_be_visible()


def test_keyboard_alone_goes_from_a_switch_to_reasons(lesson):
    """Space turns an act off; Enter on an answer opens its reasons."""
    page = lesson
    page.locator('[data-id="act:lend-2"] input').focus()
    page.keyboard.press("Space")
    expect(cell(page, "gao|but_for|gao")).to_have_text("是")
    page.keyboard.press("Control+z")
    expect(cell(page, "gao|but_for|gao")).to_have_text("否")
    cell(page, "gao|furthering|gao").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".simlib-article", has_text="第1169条").first).to_be_visible()


def test_every_control_has_a_name(lesson):
    """A screen reader hears what each control is."""
    page = lesson
    assert nameless(page) == []


def test_a_link_and_the_language_switch_keep_the_state(course, desktop, open_page):
    """Both cards off, the indices open: in a new browser, and in English."""
    page = opened(desktop, course, LESSON)
    switch(page, "lend-1")
    pick(page, "view", "四个指数")
    switch(page, "lend-2")
    expect(sentence(page)).to_contain_text("损失不会发生")
    expect(second(page)).to_contain_text("没有可以计算的指数")
    until(page, "new URLSearchParams(location.search).has('s')")
    other = open_page()
    other.goto(page.url)
    expect(sentence(other)).to_contain_text("损失不会发生", timeout=WAIT_MS)
    expect(second(other)).to_contain_text("没有可以计算的指数")
    page.locator("#course-other").click()
    expect(sentence(page)).to_contain_text("The loss does not happen", timeout=WAIT_MS)
    assert urlsplit(page.url).path.endswith("/en/03-causation.ipynb")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_all_without_scrolling_sideways(course, phone, lang):
    """390 px in each of the five views; the words of every box stay inside it."""
    page = opened(phone, course, LESSON, lang)
    for number in (1, 2, 3, 4, 0):
        page.locator('[data-id="view"] label').nth(number).click()
        page.wait_for_timeout(300)
        assert width(page) <= 390
    widths = page.locator(".js-plotly-plot").first.evaluate(
        """chart => { const box = chart._fullLayout.xaxis._length * 0.41;
           return [...chart.querySelectorAll('.annotation-text')].slice(0, 7)
             .map(t => t.getBoundingClientRect().width - box); }"""
    )
    assert max(widths) <= 0
    switch(page, "post")
    expect(cell(page, "gao|ness|gao")).to_have_text({"zh": "否", "en": "no"}[lang])


def test_opening_is_light_on_the_websocket(opening_bytes):
    """At most 0.1 MB over the websocket, the chain and the legal steps included."""
    assert opening_bytes <= 100_000


def test_nothing_is_in_a_screen_readers_way(lesson):
    """After the bet, as the lesson opens: axe finds nothing."""
    assert axe(lesson) == []
