"""Lesson 06 in a real browser: its drawing step by step, and what it shares with tasks and charts.

hypo-layers by hand (cases/hypo-layers/sources.md): by time stamp, then pro rata, 2 808.06 of the
26 000 go back to Li; first in first out 14 000 are hers. Step 5 moves 15 000, by time stamp all
Li's, first in first out 10 000 hers and 5 000 Chen's.
"""

import re

from browser.pages import WAIT_MS, opened, plotly_files, quiet, until
from browser.stage import knob, number
from browser.wall import at_scene
from playwright.sync_api import expect

LESSON = "06-chain"


def steps(page):
    """The buttons that go through the drawing."""
    return page.locator(".picture-steps")


def at_step(page, number):
    """Wait until so many steps were made."""
    expect(steps(page)).to_have_attribute("data-step", str(number))


def thing(page, id):
    """A thing of the drawing."""
    return page.locator(f'.stage-drawn [data-thing="{id}"]')


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


def test_the_rule_is_found_by_hand(course, desktop):
    """The first other rule is the guess; first in, first out, which gives Li 14 000, ends it."""
    page = opened(desktop, course, LESSON)
    tasks = page.locator(".stage-tasks")
    for following in ("liable", "more"):
        tasks.locator("[data-id=skip]").click()
        expect(tasks).to_have_attribute("data-task", following)
    tasks.locator("[data-id=start]").click()
    choose(page, "lifo")
    expect(tasks).to_have_attribute("data-state", "guessed")
    choose(page, "fifo")
    expect(tasks).to_have_attribute("data-state", "done")
    expect(number(page, "back:li", "amount")).to_have_text("14000")
    expect(tasks).to_contain_text("外国规则")


def test_the_drawing_is_played_by_keyboard_and_follows_the_rule(lesson, kept):
    """Arrow keys, Home and End; another rule at the same step; no server for a step."""
    page = lesson
    quiet(page, kept.watch)
    before = kept.watch.bytes_received
    at_step(page, 22)
    play = steps(page).locator("[data-id=steps-play]")
    play.focus()
    page.keyboard.press("Home")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    at_step(page, 5)
    said = steps(page).locator("[role=status]")
    expect(said).to_contain_text("李某15000。")
    expect(thing(page, "card:ma-2")).to_have_class("is-lit")
    expect(thing(page, "pot")).to_be_visible()
    expect(thing(page, "back:li")).to_have_count(0)  # nothing is frozen yet
    page.keyboard.press("ArrowLeft")
    at_step(page, 4)
    page.keyboard.press("Space")
    at_step(page, 6)  # one at once, the next after a while
    steps(page).locator("[data-id=steps-pause]").click()
    expect(steps(page).locator("[data-id=steps-play]")).to_be_focused()
    page.keyboard.press("End")
    at_step(page, 22)
    expect(thing(page, "back:li")).to_have_count(1)
    page.keyboard.press("Home")
    at_step(page, 0)
    assert kept.watch.bytes_received == before
    for _ in range(5):
        steps(page).locator("[data-id=steps-forth]").click()
    choose(page, "fifo")
    expect(said).to_contain_text("李某10000、陈某5000。")
    at_step(page, 5)
    expect(number(page, "back:li", "amount")).to_have_text("14000")


def test_what_can_be_pressed_is_as_large_as_a_finger(lesson):
    """44 px each way."""
    for button in steps(lesson).locator("button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44


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
    expect(steps(page)).to_be_hidden()


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


def test_a_phone_plays_the_drawing_and_keeps_the_claim_beside_what_goes_back(course, phone):
    """390 px: who asked for calm sees no money moving: at once it is as wide as it comes to be.

    Money that lay in Xu's card before: what goes back moves, what He owes does not, and both
    stand in the kept chart: one row of each group at least.
    """
    phone.emulate_media(reduced_motion="reduce")
    page = opened(phone, course, LESSON, "en")
    steps(page).locator("[data-id=steps-play]").focus()
    page.keyboard.press("Home")
    band = thing(page, "flow:chen-he-1:chen").locator("path")
    assert float(band.get_attribute("stroke-width")) == 0
    steps(page).locator("[data-id=steps-forth]").click()
    at_step(page, 1)
    now = float(band.get_attribute("stroke-width"))
    page.wait_for_timeout(300)
    assert float(band.get_attribute("stroke-width")) == now > 0
    for button in steps(page).locator("button").all():
        assert min(button.bounding_box()[side] for side in ("width", "height")) >= 44
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
    page.keyboard.press("Escape")  # the arrows are the options' until they are let go
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


# Upper and lower edge of a list's frame and of what is written in it [px].
EDGES = """knob => ['.knob-list', '.knob-list span'].map(part => {
    const {top, bottom} = knob.querySelector(part).getBoundingClientRect();
    return [top, bottom];
})"""


def test_what_a_list_chooses_stands_once_in_its_frame(wall):
    """The rule of tracing, longer than a line: beside the list itself it is written once."""
    page, stage = wall
    page.keyboard.press("1")
    until(page, "() => window.simlibFrame.scene.n === 1")
    rule = stage.locator(".talk-knobs .knob:has(select)").first
    expect(rule.locator("span", has_text="时间戳，再按比例")).to_have_count(1)
    expect(rule.locator(".knob-list")).to_be_visible()
    frame, said = rule.evaluate(EDGES)  # in one look: the scene's answer draws the knobs anew
    assert frame[1] > frame[0]
    assert frame[0] <= said[0]
    assert said[1] <= frame[1]
