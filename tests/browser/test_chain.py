"""Lesson 06 in a real browser: play the chain, change the rule, find every number in a table.

hypo-layers by hand (cases/hypo-layers/sources.md): step 5 moves 15 000, by time stamp all Li's,
first in first out 10 000 hers and 5 000 Chen's; of the 26 000 frozen 2 280.70 and 14 000 are hers.
"""

import re

import pytest
from browser.pages import (
    WAIT_MS,
    axe,
    cell,
    opened,
    pick,
    plotly_files,
    quiet,
    second,
    shows_nothing,
    shut,
    until,
    width,
)
from playwright.sync_api import expect

LESSON = "06-chain"


def film(page):
    """The chain that is played."""
    return page.locator(".simlib-film")


def at_step(page, number):
    """Wait until so many steps were made."""
    expect(film(page)).to_have_attribute("data-step", str(number))


def box(page, id):
    """One account of the film."""
    return film(page).locator(f'[data-box="{id}"]')


def spilt(page):
    """The words of boxes that are too small for them."""
    return (
        film(page)
        .locator(".simlib-film-box")
        .evaluate_all(
            "boxes => boxes.filter(b => b.scrollWidth > b.clientWidth"
            " || b.scrollHeight > b.clientHeight).map(b => b.textContent)"
        )
    )


def test_the_chain_is_played_by_keyboard_and_follows_the_rule(course, desktop, watch):
    """Arrow keys, space, Home and End; another rule at the same step; no server for a step."""
    page = shut(desktop, course, LESSON)
    assert shows_nothing(page)
    pick(page, "norm", "冻结的钱返还给谁")
    page.locator("[data-id=commit]").click()
    expect(page.get_by_text("第二问：对")).to_be_visible(timeout=WAIT_MS)
    page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=WAIT_MS)
    quiet(page, watch)
    assert watch.bytes_received <= 100_000
    assert plotly_files(page) == ["plotly.min.js"]
    before = watch.bytes_received
    film(page).focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    at_step(page, 5)
    said = film(page).locator(".simlib-film-said")
    expect(said).to_contain_text("其中：李某15000元")
    expect(box(page, "ma-2")).to_have_class("simlib-film-box is-paid")
    page.keyboard.press("ArrowLeft")
    at_step(page, 4)
    page.keyboard.press("Space")
    at_step(page, 6)  # one at once, the next after a while
    page.keyboard.press("Space")
    expect(film(page).locator("[data-film=play]")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("End")
    at_step(page, 22)
    expect(box(page, "xu-2")).to_contain_text("26000元")
    page.keyboard.press("Home")
    at_step(page, 0)
    assert watch.bytes_received == before
    for _ in range(5):
        film(page).locator("[data-film=forth]").click()
    page.locator('[data-id="method"] select').select_option("fifo")
    expect(said).to_contain_text("其中：李某10000元、陈某5000元")
    at_step(page, 5)
    expect(page.locator(".simlib-sentence").first).to_contain_text("冻结在案14000元")
    page.locator("[data-id=wall]").click()
    expect(page.locator("html")).to_have_class(re.compile("simlib-wall"))
    page.wait_for_timeout(300)
    assert spilt(page) == []


PACE = """speed => {
    const film = document.querySelector('.simlib-film');
    const part = (name) => film.querySelector(`[data-film=${name}]`);
    const before = [setInterval, requestAnimationFrame];
    let pace, frame;
    window.setInterval = (act, ms) => { pace = ms; return 1e9; };
    window.requestAnimationFrame = (act) => { frame = act; return 1e9; };
    part('speed').value = speed;
    part('speed').dispatchEvent(new Event('change'));
    part('play').click();
    const began = performance.now();
    const dot = film.querySelector('.simlib-film-dot');
    const moves = [800, 1000].map((ms) => { frame(began + ms / speed); return dot.style.display; });
    part('play').click();
    [window.setInterval, window.requestAnimationFrame] = before;
    return [pace, moves];
}"""


def test_the_film_plays_at_the_speed_chosen(course, desktop):
    """A step stands for 2.2 s and the money moves for .9 s at 1×; half and twice that beside it.

    The page's own timers are asked, so that no clock of this machine is in it.
    """
    page = opened(desktop, course, LESSON)
    film(page).focus()
    assert page.evaluate(PACE, "1") == [2_200, ["", "none"]]
    assert page.evaluate(PACE, "0.5") == [4_400, ["", "none"]]
    assert page.evaluate(PACE, "2") == [1_100, ["", "none"]]


def test_tables_hold_every_number_and_a_click_tells_it(course, desktop, open_page):
    """Six rules, who owes, the pool, the steps; reasons; a link, and a case without transfers."""
    page = opened(desktop, course, LESSON)
    expect(cell(page, "xu-2|held|fifo")).to_have_text("14000元")
    expect(second(page).locator("thead")).to_contain_text("先进先出（外国法）")
    cell(page, "xu-2|held|fifo").click()
    expect(page.locator(".simlib-article", has_text="克莱顿案")).to_be_visible()
    expect(page.locator(".simlib-payments")).to_contain_text("10:12")
    pick(page, "view", "谁负责")
    expect(cell(page, "auto|exposure|he")).to_have_text("25000元")
    expect(second(page)).to_contain_text("追踪规则不是责任规则")
    pick(page, "view", "冻结的钱")
    expect(cell(page, "li|returned|by_loss")).to_contain_text("4921.98元")
    pick(page, "view", "逐笔对照表")
    expect(second(page).locator("tbody tr")).to_have_count(22)
    page.locator('[data-id="method"] select').select_option("lifo")
    expect(page.locator(".simlib-sentence").first).to_contain_text("取成现金13000元")
    until(page, "new URLSearchParams(location.search).has('s')")
    other = open_page()
    other.goto(page.url.replace("/zh/", "/en/"))
    expect(other.locator(".simlib-sentence").first).to_contain_text(
        "cashed CNY 13,000", timeout=WAIT_MS
    )
    page.locator('[data-id="case"] select').select_option("fix-1")
    expect(page.locator(".simlib-sentence").first).to_contain_text("没有列明任何一笔转账")
    expect(film(page)).to_be_hidden()
    page.locator('[data-id="case"] select').select_option("hypo-layers")
    expect(box(page, "he-1")).to_contain_text("10000元")  # and it is there again


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_plays_the_chain_without_scrolling_sideways(course, phone, lang):
    """390 px in each view; words stay in their boxes; who asked for calm sees no money moving."""
    phone.emulate_media(reduced_motion="reduce")
    page = opened(phone, course, LESSON, lang)
    for number in (1, 2, 3, 0):
        page.locator('[data-id="view"] label').nth(number).click()
        page.wait_for_timeout(300)
        assert width(page) <= 390
    film(page).locator("[data-film=forth]").click()
    at_step(page, 1)
    expect(film(page).locator(".simlib-film-dot")).to_be_hidden()
    assert spilt(page) == []


def test_nothing_is_in_a_screen_readers_way(lesson):
    """After the bet, as the lesson opens: axe finds nothing."""
    assert axe(lesson) == []
