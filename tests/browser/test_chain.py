"""Lesson 06 in a real browser: its film beside the stage, and what it shares with tasks and charts.

hypo-layers by hand (cases/hypo-layers/sources.md): by time stamp, then pro rata, 2 808.06 of the
26 000 go back to Li; first in first out 14 000 are hers. Step 5 moves 15 000, by time stamp all
Li's, first in first out 10 000 hers and 5 000 Chen's.
"""

import re

import pytest
from browser.pages import WAIT_MS, opened, plotly_files, quiet, until
from browser.stage import knob, number
from browser.wall import at_scene
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


def choose(page, rule):
    """Another rule, on the stage."""
    knob(page, "method").locator("select").select_option(rule)


def test_a_double_click_opens_a_task_and_does_not_answer_it(course, desktop):
    """The first option comes to lie under the pointer; once the hand rests, a click answers."""
    page = opened(desktop, course, LESSON)
    tasks = page.locator(".stage-tasks")
    tasks.locator("[data-id=start]").click()
    tasks.locator("[role=radio]").first.click()
    knob(page, "early").locator("input").check()
    following = tasks.locator("[data-id=next]")
    following.scroll_into_view_if_needed()
    # held where the second click of a double click falls, whatever the height of the window
    everywhere = "{ position: fixed; inset: 0; z-index: 999; }"
    first = ".task-choice [role=radio]:first-child"
    page.add_style_tag(content=f".task-choice {everywhere} {first} {everywhere}")
    box = following.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    expect(tasks).to_have_attribute("data-state", "open")
    page.mouse.click(x, y)
    page.wait_for_timeout(700)
    expect(tasks).to_have_attribute("data-state", "open")
    page.mouse.click(x, y)
    expect(tasks).to_have_attribute("data-state", "guessed")


def test_a_task_of_another_case_is_reset_to_its_beginning_and_the_summary_comes_home(
    course, desktop
):
    """All of it by the menu; the summary speaks of Li, and so do stage and player then."""
    page = opened(desktop, course, LESSON)
    tasks = page.locator(".stage-tasks")
    for following in ("liable", "part"):
        tasks.locator("[data-id=skip]").click()
        expect(tasks).to_have_attribute("data-task", following)
    tasks.locator("[data-id=start]").click()
    tasks.locator("[role=radio]", has_text="500000元").click()
    expect(number(page, "gao", "amount")).to_have_text("30000")
    tasks.locator("[data-id=turn]").click()
    expect(number(page, "gao", "amount")).to_have_text("500000")
    page.locator("[data-id=menu]").click()
    page.locator(".stage-menu [data-id=reset]").click()
    expect(number(page, "gao", "amount")).to_have_text("30000")
    expect(page.locator(".stage-notice")).to_have_text("")
    tasks.locator(".task-on").click()
    expect(number(page, "back:li", "amount")).to_have_text("4879.38")
    expect(page.locator(".stage-ending h3")).to_be_focused()
    expect(page.locator(".stage-ending")).to_be_in_viewport()
    expect(film(page)).to_contain_text("李某")


def test_the_chain_is_played_by_keyboard_and_follows_the_rule(lesson, kept):
    """Arrow keys, space, Home and End; another rule at the same step; no server for a step."""
    page = lesson
    quiet(page, kept.watch)
    before = kept.watch.bytes_received
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
    assert kept.watch.bytes_received == before
    for _ in range(5):
        film(page).locator("[data-film=forth]").click()
    rules = film(page).locator("[data-film=rule]")
    rules.focus()
    rules.select_option("fifo")
    expect(said).to_contain_text("其中：李某10000元、陈某5000元")
    at_step(page, 5)
    expect(rules).to_be_focused()
    expect(number(page, "back:li", "amount")).to_have_text("14000")  # the stage follows


BARS = """film => [...film.querySelectorAll('.simlib-film-box')].map(box => {
    const bar = box.querySelector('.simlib-film-money');
    const parts = [...bar.children].map((part) => part.getBoundingClientRect().width);
    const long = parts.reduce((sum, width) => sum + width, 0);
    return [box.dataset.box, long / bar.getBoundingClientRect().width];
})"""


def test_a_bar_is_as_long_as_the_balance_is_large(lesson):
    """At the end Xu's card holds 26 000, Fang's 2 900; the largest balance on the way is 73 000.

    Fang's card held that after t18: 30 000, 25 000, 18 000.
    """
    page = lesson
    page.emulate_media(reduced_motion="reduce")
    film(page).focus()
    page.keyboard.press("End")
    at_step(page, 22)
    long = dict(film(page).evaluate(BARS))
    assert long["fang-3"] / long["xu-2"] == pytest.approx(2_900 / 26_000, rel=0.05)
    assert long["xu-2"] == pytest.approx(26_000 / 73_000, abs=0.02)
    page.keyboard.press("Home")
    page.emulate_media(reduced_motion="no-preference")


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


def test_the_film_plays_at_the_speed_chosen(lesson):
    """A step stands for 2.2 s and the money moves for .9 s at 1×; half and twice that beside it.

    The page's own timers are asked, so that no clock of this machine is in it.
    """
    page = lesson
    film(page).focus()
    assert page.evaluate(PACE, "1") == [2_200, ["", "none"]]
    assert page.evaluate(PACE, "0.5") == [4_400, ["", "none"]]
    assert page.evaluate(PACE, "2") == [1_100, ["", "none"]]


def test_the_module_draws_once_it_is_opened_and_a_click_tells_a_number(lesson):
    """Six rules with their authority, then who owes; another case's transfers, or none."""
    page = lesson
    assert plotly_files(page) == []
    page.locator("#pictures > summary").click()
    module = page.locator("#pictures")
    page.locator("#pictures .js-plotly-plot .main-svg").first.wait_for(timeout=WAIT_MS)
    assert plotly_files(page) == ["plotly.min.js"]
    expect(module.locator("thead")).to_contain_text("先进先出（外国规则）")
    module.locator('[data-say="xu-2|held|fifo"]').click()
    expect(page.locator(".stage-drawer")).to_contain_text("10:12")
    page.keyboard.press("Escape")
    module.locator("label", has_text="谁负责").first.click()
    expect(module).to_contain_text("追踪规则不是责任规则")
    until(page, "new URLSearchParams(location.search).has('s')")
    page.locator('[data-id="case"] select').evaluate(
        "s => { s.value = 'fix-1'; s.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    expect(page.locator(".stage")).to_contain_text("没有列明任何一笔转账", timeout=WAIT_MS)
    expect(film(page)).to_be_hidden()


def test_charts_file_that_did_not_come_is_asked_for_again(course, desktop, watch):
    """The page says that a file is missing; the fold, shut and opened once more, has its chart."""
    watch.allow("ERR_FAILED|dynamically imported module")
    page, fold = opened(desktop, course, LESSON), desktop.locator("#pictures > summary")
    page.route("**/plotly.min.js*", lambda route: route.abort())
    fold.click()
    expect(page.locator("#course-lost")).to_contain_text("没有完整载入", timeout=WAIT_MS)
    page.unroute("**/plotly.min.js*")
    fold.click()
    fold.click()
    expect(page.locator("#pictures .js-plotly-plot .main-svg").first).to_be_visible()


def test_a_phone_plays_the_chain_and_keeps_the_claim_beside_what_goes_back(course, phone):
    """390 px: words stay in their boxes; who asked for calm sees no money moving.

    Money that lay in Xu's card before: what goes back moves, what He owes does not, and both
    stand in the kept chart: one row of each group at least.
    """
    phone.emulate_media(reduced_motion="reduce")
    page = opened(phone, course, LESSON, "en")
    film(page).locator("[data-film=forth]").click()
    at_step(page, 1)
    expect(film(page).locator(".simlib-film-dot")).to_be_hidden()
    assert spilt(page) == []
    slider = knob(page, "opening:xu-2").locator("input[type=range]")
    slider.evaluate("s => s.scrollIntoView({ block: 'center', behavior: 'instant' })")
    slider.press("ArrowLeft")
    expect(number(page, "back:li", "amount")).not_to_have_text("2,808.06", timeout=WAIT_MS)
    page.wait_for_timeout(800)  # bars have come to rest
    rows = "() => [...document.querySelectorAll('.is-stuck .board-row')]"
    seen = page.evaluate(rows + ".filter(r => r.checkVisibility()).map(r => r.dataset.row)")
    assert {"back:li", "he"} <= set(seen)
    expect(number(page, "he", "amount")).to_have_text("25,000")


# ---------------------------------------------------------------- stage mode


def test_a_row_that_would_answer_is_covered_until_it_does(wall):
    """Scene 5: of Gao 30 000 of 500 000, which is one answer; the other rows are shown."""
    page, stage = wall
    at_scene(page, 5)
    amounts = stage.locator(".board-amount")
    typed = stage.locator(".talk-knobs input[type=number]").first
    began = typed.input_value()
    expect(amounts).to_have_text(["？", re.compile(r"^\d+$"), "500000"])
    assert stage.locator('[data-row="gao"] .bar-solid').evaluate("e => e.style.width") == "0%"
    page.keyboard.press("ArrowRight")
    expect(amounts.first).to_have_text("500000")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("5")
    expect(amounts.first).to_have_text("？")
    expect(typed).to_have_value(began)  # the scene is set back, and would take back what is typed
    typed.fill("50000")  # who moves a knob wants to see what it does
    typed.press("Enter")
    expect(amounts.first).to_have_text("50000")


def test_the_foot_says_the_keys_there_are(wall):
    """Of a bet, whose options K reaches; of a reveal, a scene, open reasons, which Esc closes."""
    page, stage = wall
    page.keyboard.press("Home")
    keys = stage.locator(".talk-keys")
    expect(keys).to_contain_text("K 到选项")
    groups = stage.locator(".talk-bet [role=group]")
    page.keyboard.press("k")
    expect(groups.nth(0).locator("button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(groups.nth(0).locator("button").first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("k")
    expect(groups.nth(1).locator("button").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(keys).to_have_text("← → 换一步 · 1–5 到场景 · B 黑屏 · Esc 离开")
    at_scene(page, 4)
    page.keyboard.press("ArrowRight")
    expect(keys).to_contain_text("K 旋钮")
    asked = stage.locator(".board-amount").nth(1)
    asked.click()
    why = stage.locator(".talk-why")
    expect(why).to_be_visible()
    expect(keys).to_have_text("Esc 关闭理由 · ← → 换一步")
    box = why.bounding_box()
    head, foot = stage.locator(".talk-head").bounding_box(), keys.bounding_box()
    assert box["y"] >= head["y"] + head["height"] - 1  # no half line of the title beside it
    assert box["y"] + box["height"] <= foot["y"] + 1
    page.keyboard.press("Escape")
    expect(why).to_be_hidden()
    expect(keys).to_contain_text("Esc 离开")
    asked.click()
    why.get_by_role("button", name="关闭理由").click()
    expect(keys).to_contain_text("Esc 离开")
    expect(stage).to_be_visible()


def test_what_a_list_chooses_stands_once_in_its_frame(wall):
    """The rule of tracing, longer than a line: beside the list itself it is written once."""
    page, stage = wall
    page.keyboard.press("1")
    until(page, "() => window.simlibFrame.scene.n === 1")
    rule = stage.locator(".talk-knobs .knob:has(select)").first
    expect(rule.locator("span", has_text="时间戳，再按比例")).to_have_count(1)
    box = rule.locator(".knob-list").bounding_box()
    said = rule.locator(".knob-list span").bounding_box()
    assert said["y"] >= box["y"]
    assert said["y"] + said["height"] <= box["y"] + box["height"]
