"""Lesson 01 in a real browser: bet, board against the engine, drawer, tasks, link, phone, stage."""

import json
import re
from urllib.parse import urlsplit

import pytest
from browser.conftest import PHONE
from browser.measure import height
from browser.pages import (
    LESSONS,
    NUMBER,
    WAIT_MS,
    answer_bet,
    answered,
    axe,
    loose,
    opened,
    quiet,
    shut,
    until,
    width,
)
from browser.stage import (
    BARS,
    REACHED,
    TABLE,
    board,
    do_task,
    heard,
    knob,
    lift,
    more,
    number,
    press,
    row,
    shows,
    slide_to,
    turn,
    unfold,
)
from playwright.sync_api import expect

from simlib import compare, load_case
from simlib.lessons.case.outcomes import FORMS

LESSON = "01-case"
REAL, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"
WINDOW = {"width": 1280, "height": 800}
PROJECTOR = {"width": 1920, "height": 1080}
SPARE = """
id = "spare"
basis = "hypothetical"
title = { zh = "某平台案", en = "A platform" }
summary = { zh = "甲被骗一万元。", en = "A lost ten thousand." }
acted_on = 2023-01-01
claimant = "v1"
loss_fen = 1_000_000
parties = [
 { id = "v1", role = "victim", name = { zh = "甲", en = "V1" } },
 { id = "p", role = "principal", name = { zh = "丙", en = "P" }, sued = false },
 { id = "pl", role = "platform", name = { zh = "平台", en = "Platform" }, grade = "slight" },
]
"""


def found(case):
    """What the engine says of every row."""
    return compare(case, FORMS)


# ---------------------------------------------------------------- the bet


def test_the_bet_waits_for_an_answer_and_asks_back_what_contradicts_itself(course, open_page):
    """Nothing of the result reachable; 裁定驳回起诉 with 12 500 is asked back; the reveal is as it
    was answered, and few presses of Tab lead from the bet to the first number."""
    page = shut(open_page(WINDOW), course, LESSON)
    form = page.locator("form[data-bet]")
    assert form.locator("input[type=number]").input_value() == ""
    send = form.locator("[data-id=commit]")
    page.locator(".stage").wait_for(state="attached", timeout=WAIT_MS)
    send.click(force=True)  # the driver waits for what is said to be disabled
    until(page, "document.activeElement.type === 'radio'")  # to the first question not answered
    assert nothing_reachable(page) == []
    answer_bet(page, 12_500, norm=1, document=2)
    expect(send).to_have_attribute("aria-disabled", "false")
    send.click()
    expect(page.locator(".bet-said")).to_contain_text("裁定驳回起诉", timeout=WAIT_MS)
    assert nothing_reachable(page) == []
    form.locator("[data-id=document] label").first.click()
    expect(page.locator(".bet-said")).to_be_empty()
    assert presses_to_number(page) <= 20
    reveal = page.locator(".stage-reveal")
    expect(reveal.locator("[data-id=you]")).to_contain_text(loose("12500元"))
    expect(reveal.locator("[data-id=court]")).to_contain_text(loose("25000元"))
    expect(reveal.locator("[data-id=law]")).to_contain_text(loose("25000元"))


def nothing_reachable(page):
    """What of the lesson behind the bet can be seen, or be reached by Tab."""
    seen = page.locator(f"{NUMBER}, .stage-board:visible, .lesson-fold:visible").all_inner_texts()
    reached = []
    page.locator("form[data-bet] [data-id=open]").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(REACHED))
    return seen + [each for each in reached if "|" in each or "DETAILS" in each]


def presses_to_number(page):
    """Presses of Tab from the bet's button, pressed by Enter, to the first number."""
    page.locator("form[data-bet] [data-id=commit]").focus()
    page.keyboard.press("Enter")
    page.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    for presses in range(1, 60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.stage [data-say]')"):
            return presses
    raise AssertionError("no number was reached")


def test_an_answer_from_before_the_lab_is_alive_is_kept(course, desktop):
    """The stage's files are held back; the bet is answered and sent; then they come."""
    held, free = [], []

    def hold(route):
        route.continue_() if free else held.append(route)

    desktop.route("**/static/stage.js*", hold)
    desktop.goto(course + LESSONS.format("zh", LESSON), wait_until="commit")
    answer_bet(desktop, 9_000, norm=1)
    desktop.locator("[data-id=commit]").click()
    expect(desktop.locator("[data-id=commit]")).to_have_text("已记下你的答案")
    expect(desktop.locator(".bet-wait")).to_be_in_viewport()
    for _ in range(600):
        if held:
            break
        desktop.wait_for_timeout(100)
    assert desktop.locator(NUMBER).count() == 0
    free.append(True)
    for route in held:
        route.continue_()
    expect(desktop.locator(".stage-reveal [data-id=you]")).to_contain_text(
        loose("9000元"), timeout=WAIT_MS
    )
    expect(number(desktop, "auto")).to_have_text("25000")


# ---------------------------------------------------------------- knobs, board, engine


KNOBS = [
    ("grade", "gross", {"zhang.grade": "gross", "zhang.fault": None}),
    ("gain", 500, {"zhang.gain_direct_fen": 50_000}),
    ("cause", 0.6, {"zhang.causal_force": 0.6}),
    ("weight", 0.8, {"zhang.fault": 0.8, "zhang.grade": None}),
    ("limit", 0.4, {"zhang.limit": 0.4}),
    ("court_share", 0.1, {"zhang.court_share": 0.1}),
    ("victim_fault", 0.2, {"zhao.fault": 0.2}),
    ("assets", 3_000, {"zhang.assets_fen": 300_000}),
    ("undeterminable", True, {"undeterminable": True}),
    ("undeterminable", False, {"undeterminable": False}),
    ("principal_sued", True, {"principal.sued": True}),
    ("principal_assets", 1_000, {"principal.assets_fen": 100_000}),
    ("grade", "slight", {"zhang.grade": "slight", "zhang.fault": None}),
    ("proof_fault", 0.5, {"zhang.proof.fault": 0.5}),
]


def test_each_knob_moves_the_board_as_the_engine_says(lesson):
    """One after the other, the main ones and the folded; all rows; bars and table are the same."""
    more(lesson)
    case = load_case(REAL).at("found")
    shows(lesson, found(case), "zhang")
    for name, value, change in KNOBS:
        turn(lesson, name, value)
        case = case.set(change)
        shows(lesson, found(case), "zhang")
    shown = board(lesson)
    assert set(shown) == {"court", *FORMS}
    outline, _ = lesson.evaluate(BARS)["several"]  # a ghost's dash runs round its band
    fen = found(case)["several"].parties["zhang"].exposure_fen
    assert outline == pytest.approx(getattr(fen, "high", fen) / 25_000, abs=0.01)
    press(lesson, "table")
    said = {say: text for line in lesson.evaluate(TABLE) for say, text in line}
    assert len(said) == 3 * len(FORMS) + 1
    for name in FORMS:
        assert said[f"{name}|exposure|zhang"] == shown[name]["exposure"]
        assert said[f"{name}|received|"] == shown[name]["received"]
    press(lesson, "table")
    expect(row(lesson, "auto")).to_be_visible()
    lesson.locator(".board-more").click()


def test_two_knobs_by_hand(lesson):
    """f = .8 of .8 + 1: 25 000 × .8 ÷ 1.8 = 11 111.11 at most; with c = .6 25 000 × .48 ÷ 1.48.

    A keeps 12 500, equal parts; the row says so beside 8 108.11; swapped, the other way round.
    """
    expect(number(lesson, "several")).to_have_text("0–12500")
    turn(lesson, "undeterminable", True)
    expect(number(lesson, "several")).to_have_text("12500")
    press(lesson, "keep")
    turn(lesson, "undeterminable", False)
    turn(lesson, "weight", 0.8)
    expect(number(lesson, "several")).to_have_text("0–11111")
    turn(lesson, "cause", 0.6)
    expect(number(lesson, "several")).to_have_text("8108.11")
    kept = row(lesson, "several").locator('[data-column="exposure"] .board-kept')
    expect(kept).to_have_text("A：12500")
    press(lesson, "swap")
    expect(number(lesson, "several")).to_have_text("12500")
    expect(kept).to_have_text("A：8108.11")
    press(lesson, "clear")
    expect(kept).to_be_empty()


def test_a_case_of_ones_own_tells_its_own_story(lesson):
    """Its question and story in the opening, no court's row, no reveal; undone, as before."""
    knob(lesson, "own").evaluate("knob => { knob.closest('details').open = true; }")
    knob(lesson, "own").locator("input[type=file]").set_input_files(
        {"name": "own.toml", "mimeType": "text/plain", "buffer": SPARE.encode()}
    )
    expect(lesson.locator(".lesson-story")).to_contain_text("平台要赔甲多少？")
    expect(lesson.locator(".lesson-story p")).to_be_visible()
    expect(lesson.locator(".lesson-picture")).to_be_visible()
    expect(lesson.locator(".lesson-story")).to_contain_text("甲被骗一万元。")
    expect(lesson.locator(".stage-question")).to_have_text("平台要赔甲多少？")
    expect(lesson.locator("[data-step=tasks] a")).to_have_attribute("aria-disabled", "true")
    expect(lesson.locator(".lesson-name")).to_have_text("你的案件：甲诉平台")
    expect(lesson.locator(".lesson-of")).to_contain_text("赵某诉张某")
    expect(lesson.locator(".lesson-slim")).to_be_hidden()
    assert "12-own.ipynb#s=" in lesson.locator("[data-id=edit]").get_attribute("href")
    assert "court" not in board(lesson)
    expect(lesson.locator(".stage-reveal")).to_be_hidden()
    lesson.locator(".stage-top [data-id=undo]").click()
    expect(lesson.locator(".lesson-story")).to_contain_text("赵某")
    expect(lesson.locator(".lesson-picture")).to_be_hidden()
    expect(lesson.locator(".lesson-name")).to_have_text("01 张某要赔赵某多少")
    assert lesson.locator(".lesson-of").count() == 0
    expect(row(lesson, "court")).to_be_visible()


# ---------------------------------------------------------------- why


def test_a_number_gives_its_reasons_beside_it(lesson):
    """The drawer covers no number that is asked about; Esc leads back to it."""
    asked = number(lesson, "several")
    expect(asked).to_have_attribute("aria-label", "按份责任，对外，0至12500元，看理由")
    asked.focus()
    lesson.keyboard.press("Enter")
    drawer = lesson.locator(".stage-drawer")
    expect(drawer).to_be_visible()
    expect(drawer).to_contain_text(loose("第1172条"))
    until(lesson, "document.activeElement.closest('.stage-drawer') !== null")
    box = drawer.bounding_box()
    assert box["x"] + box["width"] >= lesson.viewport_size["width"] - 20
    beside = row(lesson, "several").bounding_box()
    assert box["y"] >= beside["y"] + beside["height"] or box["y"] + box["height"] <= beside["y"]
    article = drawer.locator("details", has_text=loose("第1172条")).first
    article.locator("summary").first.click()
    expect(article).to_contain_text("难以确定责任大小的，平均承担责任。")
    assert axe(lesson) == []
    lesson.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    assert lesson.evaluate("document.activeElement.dataset.say") == "several|exposure|zhang"
    number(lesson, "auto", "received").click()
    expect(drawer).to_be_visible()
    expect(number(lesson, "auto", "received")).to_be_visible()
    drawer.locator(".stage-close").click()
    expect(drawer).to_be_hidden()


# Left, top, width and height of what stands on the stage [px].
PLACES = """() => ['.stage-question', '.stage-tasks', '.stage-knobs', '.board-row',
        '.board-row [data-say]', '.stage-reveal [data-say]']
    .flatMap(each => [...document.querySelectorAll(each)])
    .filter(each => each.checkVisibility())
    .map(each => each.getBoundingClientRect())
    .map(({ left, top, width, height }) => [left, top, width, height].map(Math.round))"""


def test_reasons_leave_the_page_as_it_is(lesson):
    """With the drawer open all stands where it stood, and is as wide and high; shut, too."""
    asked = number(lesson, "several", "received")
    asked.scroll_into_view_if_needed()
    before = lesson.evaluate(PLACES)
    asked.click()
    expect(lesson.locator(".stage-drawer")).to_contain_text("12500")
    lesson.wait_for_timeout(300)  # past its coming in
    assert lesson.evaluate(PLACES) == before
    lesson.keyboard.press("Escape")
    expect(lesson.locator(".stage-drawer")).to_be_hidden()
    assert lesson.evaluate(PLACES) == before


def test_rows_stay_where_they_are_as_the_grade_is_turned(lesson):
    """From knowing to gross negligence the law's note takes a second line."""
    tops = """() => [...document.querySelectorAll('.stage-board .board-row')].map(row =>
        Math.round(row.offsetTop - row.parentElement.offsetTop))"""
    before = lesson.evaluate(tops)
    turn(lesson, "grade", "gross")
    expect(number(lesson, "auto")).not_to_have_text("25000", timeout=WAIT_MS)
    assert lesson.evaluate(tops) == before


# ---------------------------------------------------------------- back and forth, by hand


def test_undo_and_redo(lesson):
    """A drag is one step, with the mouse, too; keys do it, but in a field they are the field's."""
    undo, redo = (lesson.locator(f".stage-top [data-id={id}]") for id in ("undo", "redo"))
    expect(undo).to_have_attribute("aria-disabled", "true")
    shown = number(lesson, "risk_benefit")
    for value in (10_000, 5_000, 2_000, 0):
        slide_to(lesson, "gain", value)
    lift(lesson, "gain")
    case = load_case(REAL).at("found").set({"zhang.gain_direct_fen": 0})
    shows(lesson, found(case), "zhang")
    heard(lesson, "风险—收益比例责任")
    undo.click()
    expect(shown).to_have_text("0–7500")
    heard(lesson, "已撤销：直接获利回到「未查明」。")
    expect(undo).to_have_attribute("aria-disabled", "true")
    lesson.keyboard.press("Control+Shift+Z")
    shows(lesson, found(case), "zhang")
    unfold(lesson, "gain").locator("input[type=number]").focus()
    lesson.keyboard.press("Control+z")
    lesson.wait_for_timeout(400)
    shows(lesson, found(case), "zhang")
    lesson.locator(".stage-question").click()
    lesson.keyboard.press("Control+z")
    expect(shown).to_have_text("0–7500")
    drag(lesson, "cause")
    expect(number(lesson, "several")).not_to_have_text("0–12500")
    undo.click()
    expect(number(lesson, "several")).to_have_text("0–12500")
    expect(undo).to_have_attribute("aria-disabled", "true")
    expect(redo).to_have_attribute("aria-disabled", "false")


def drag(page, name):
    """Mouse down on a slider, across, up."""
    slider = knob(page, name).locator("input[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
    page.mouse.down()
    for part in (0.2, 0.3, 0.4, 0.5):
        page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2, steps=4)
        page.wait_for_timeout(250)
    page.mouse.up()


def test_keyboard_alone(lesson):
    """An arrow on an empty track gives a value; what it moved is told; the fact can be taken back.

    The middle of 0 to 1 is .5; knowing weighs .7 to 1: 25 000 × .35 ÷ 1.35 to 25 000 × .5 ÷ 1.5.
    """
    slider = knob(lesson, "cause").locator("input[type=range]")
    expect(knob(lesson, "cause")).to_contain_text("未查明")
    slider.focus()
    lesson.keyboard.press("ArrowRight")
    expect(slider).to_have_value("0.5")
    case = load_case(REAL).at("found").set({"zhang.causal_force": 0.5})
    shows(lesson, found(case), "zhang")
    heard(lesson, "现行法：内部负担由0至12500元变为6481至8333元。")
    heard(lesson, "按份责任：可以向张某请求的金额由0至12500元变为6481至8333元。")
    knob(lesson, "cause").locator(".knob-back").focus()
    lesson.keyboard.press("Enter")
    expect(number(lesson, "several")).to_have_text("0–12500")
    heard(lesson, "已还原：")
    expect(knob(lesson, "cause")).to_have_class(re_of("is-open"))


def test_a_number_typed_out_of_range_becomes_the_nearest_in_range(lesson):
    """A gain of 99 999 is 30 000, one of −3 is 0; slider, field and engine agree."""
    field = unfold(lesson, "gain").locator("input[type=number]")
    for typed, value in (("99999", 30_000), ("-3", 0)):
        field.fill(typed)
        field.press("Enter")
        changed = {"zhang.gain_direct_fen": 100 * value}
        shows(lesson, found(load_case(REAL).at("found").set(changed)), "zhang")
        expect(field).to_have_value(str(value))
        expect(knob(lesson, "gain").locator("input[type=range]")).to_have_value(str(value))
        expect(knob(lesson, "gain").locator(".tag")).to_have_text("假设（你的设定）")


# ---------------------------------------------------------------- what is taken along


def test_board_and_data_can_be_saved(lesson):
    """CSV with the exact amounts and what they rest on, JSON of the engine, a picture."""
    turn(lesson, "gain", 500)
    files = {}
    for tool in ("csv", "json", "png"):
        with lesson.expect_download() as got:
            press(lesson, tool)
        assert got.value.suggested_filename == f"simlib-{REAL}.{tool}"
        files[tool] = got.value.path().read_bytes()
    text = files["csv"].decode("utf-8-sig")
    assert "教学材料" in text
    assert "直接获利" in text
    assert any(line.startswith("按份责任") and "12500" in line for line in text.splitlines())
    data = json.loads(files["json"])
    assert data["several"]["received_fen"] == {"low": 0, "high": 1_250_000}
    assert files["png"].startswith(b"\x89PNG")
    wide, tall = (int.from_bytes(files["png"][n : n + 4], "big") for n in (16, 20))
    assert (wide, tall > 600) == (2240, True)


def test_a_link_brings_state_answer_and_drawer_along(lesson, course, open_page):
    """Opened elsewhere: the banner says what came, the drawer is open; then in English; reloaded.

    Two tabs do not disturb each other.
    """
    turn(lesson, "gain", 700)
    turn(lesson, "limit", 0.25)
    case = load_case(REAL).at("found").set({"zhang.gain_direct_fen": 70_000, "zhang.limit": 0.25})
    number(lesson, "risk_benefit").click()
    expect(lesson.locator(".stage-drawer")).to_be_visible()
    until(lesson, "new URLSearchParams(location.search).has('s')")
    shows(lesson, found(case), "zhang")
    lesson.wait_for_timeout(500)
    other = open_page()
    other.goto(lesson.url)
    other.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    shows(other, found(case), "zhang")
    expect(other.locator(".stage-drawer")).to_contain_text("风险")
    expect(other.locator("#lesson-restored")).to_be_visible()
    other.keyboard.press("Escape")
    lesson.locator(".stage-close").click()
    turn(lesson, "gain", 20_000)
    shows(lesson, found(case.set({"zhang.gain_direct_fen": 2_000_000})), "zhang")
    shows(other, found(case), "zhang")
    other.locator("#course-other").click()
    other.wait_for_url("**/en/**")
    other.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    shows(other, found(case), "zhang", "en")
    assert urlsplit(other.url).path.endswith("/en/01-case.ipynb")
    other.reload()
    other.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    shows(other, found(case), "zhang", "en")


def test_a_lesson_opens_as_it_was_left(course, open_page):
    """Without a link: at the stage, the drawer shut, the heading focused; over again on demand."""
    page = opened(open_page(WINDOW), course, LESSON)
    turn(page, "grade", "gross")
    case = load_case(REAL).at("found").set({"zhang.grade": "gross", "zhang.fault": None})
    number(page, "several").click()
    expect(page.locator(".stage-drawer")).to_be_visible()
    until(page, "(localStorage.getItem('simlib:last:1') ?? '').includes(simlibState)")
    page.goto(course + LESSONS.format("zh", LESSON))
    shows(page, found(case), "zhang")
    expect(page.locator(".stage-status")).to_contain_text("已恢复上次的进度")
    until(page, "document.activeElement.matches('.stage-question')")
    expect(page.locator(".stage-drawer")).to_be_hidden()
    assert "last=" not in page.url
    ring = "getComputedStyle(document.querySelector('.stage-question')).outlineStyle"
    assert page.evaluate(ring) == "none"  # no key was pressed: the ring would be a riddle
    page.keyboard.press("Shift")
    assert page.evaluate(ring) == "solid"
    do_task(page, 0)
    expect(page.locator("[data-step=see]")).to_have_class(re.compile("is-done"))
    page.locator("#lesson-anew").click()
    page.locator("[data-id=commit]:visible").wait_for(timeout=WAIT_MS)
    assert page.locator("form[data-bet] input:checked").count() == 0
    assert page.locator(".lesson-steps .is-done").count() == 0
    expect(page.locator("[data-step=tasks] .lesson-count")).to_have_text("0/3")
    answered(page)
    expect(page.locator("[data-step=bet]")).to_have_class(re.compile("is-done"))
    assert page.eval_on_selector_all(
        ".lesson-steps .is-done", "all => all.map(s => s.dataset.step)"
    ) == ["bet"]


def test_a_finger_that_scrolls_sets_no_slider(course, phone):
    """Down over the slider nothing is answered; along it, a value is; so is a tap."""
    page = shut(phone, course, LESSON)
    touch = page.context.new_cdp_session(page)
    box = page.locator(".bet-amount input[type=range]").bounding_box()
    typed = page.locator(".bet-amount input[type=number]")

    def swipe(across, along):
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        moves = [(x + across * n / 6, y + along * n / 6) for n in range(1, 7)]
        for kind, at in [("touchStart", (x, y)), *(("touchMove", at) for at in moves)]:
            send = {"type": kind, "touchPoints": [{"x": at[0], "y": at[1]}]}
            touch.send("Input.dispatchTouchEvent", send)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(200)
        page.evaluate("scrollTo(0, 0)")

    swipe(2, -120)
    expect(typed).to_have_value("")
    swipe(60, 2)
    assert float(typed.input_value()) > 12_500
    swipe(0, 0)
    assert abs(float(typed.input_value()) - 12_500) < 600


# ---------------------------------------------------------------- tasks


GUESSES = {
    "grade": ("grade", "gross"),
    "gain": ("gain", 0),
    "insolvent": ("principal_assets", 7500),
}


def test_tasks_are_noticed_and_told_only_then(course, desktop):
    """Each: begun, guessed, done with the knob it names; only then the explanation, with amounts.

    The device keeps that they are done; a press of undo does not take that back.
    """
    page = opened(desktop, course, LESSON)
    card = page.locator(".stage-tasks")
    for n, (name, value) in enumerate(GUESSES.values()):
        if n == 0:
            card.locator("[data-id=start]").click()
        expect(card).to_have_attribute("data-state", "open")
        assert page.locator(".task-told").count() == 0
        if name != "principal_assets":  # the third is done by hand
            card.locator("[role=radio]").nth(1).click()
            expect(card).to_have_attribute("data-state", "guessed")
            expect(card.locator(".task-do")).to_be_visible()
            assert page.locator(".task-told").count() == 0
            expect(knob(page, name)).to_have_class(re_of("is-asked"))
        turn(page, name, value)
        expect(card.locator(".task-told")).to_contain_text("元")
        assert "{" not in card.locator(".task-told").inner_text()
        if n == 0:
            assert axe(page) == []
        if n < 2:
            card.locator("[data-id=next]").click()
    kept = json.loads(page.evaluate("localStorage['simlib:progress:1']"))[LESSON]
    assert kept["bet"]
    assert sorted(kept["tasks"]) == sorted(GUESSES)
    expect(page.locator("[data-step=tasks].is-done")).to_be_visible()
    expect(page.locator(".stage-ending")).to_contain_text(loose("现行法：25000元"))
    expect(card.locator(".task-stale")).to_be_hidden()
    page.locator(".stage-top [data-id=undo]").click()
    expect(card.locator(".task-told")).to_be_visible()
    card.locator("[data-id=end]").click()
    expect(card.locator(".task-stale")).to_be_hidden()
    page.locator('.stage-ending a[href="#twin"]').click()
    until(page, "document.querySelector('#twin').open")
    wrong = page.locator(".stage-ending li button").first
    number = wrong.text_content()[:3]
    wrong.press("Enter")
    until(page, "document.activeElement.matches('.stage-tasks h3')")
    expect(card.locator("h3")).to_have_text(number)


IN_SIGHT = """names => names.map(name => {
    const box = document.querySelector(name).getBoundingClientRect();
    return [name, box.top >= 48 && box.bottom <= innerHeight];
}).filter(([, is]) => !is).map(([name]) => name)"""
ASKED = [".stage-tasks", ".board-rows", ".knob.is-asked"]


def test_a_task_stands_with_board_and_knob_in_one_window(course, desktop):
    """Card, rows and knob are in view together, before and after; no knob scrolls the page.

    By the knob or by the button: both do the task, and the knob just turned stays where it was.
    """
    page = opened(desktop, course, LESSON)
    card = page.locator(".stage-tasks")
    page.locator("[data-id=onward]").click()  # it begins the task
    expect(card).to_have_attribute("data-state", "open")
    until(page, f"({IN_SIGHT})(['.stage-tasks', '.board-rows', '[data-id=grade]']).length === 0")
    card.locator("[role=radio]").nth(0).click()
    expect(page.locator(".knob.is-asked .knob-asks")).to_have_text("任务1：改为「重大过失」")
    until(page, f"({IN_SIGHT})({json.dumps(ASKED)}).length === 0")
    stands = "[scrollY, document.querySelector('.board-rows').getBoundingClientRect().top]"
    before_it = page.evaluate(stands)
    turn(page, "grade", "gross")
    expect(card).to_have_attribute("data-state", "done")
    expect(card.locator(".task-verdict")).to_contain_text("结果是「现行法和按份责任」")
    page.wait_for_timeout(600)
    assert page.evaluate(stands) == before_it
    seen = [".stage-tasks .task-verdict", "[data-id=next]", ".board-rows"]
    assert page.evaluate(IN_SIGHT, seen) == []
    card.locator("[data-id=next]").click()
    expect(card.locator(".task-set")).to_contain_text("张某明知")
    card.locator("[role=radio]").nth(2).click()
    card.locator("[data-id=turn]").click()
    expect(card.locator(".task-verdict")).to_have_class(re_of("is-right"))
    assert page.evaluate("document.activeElement.dataset.id") == "next"
    expect(card.locator("details")).not_to_have_attribute("open", "")


AGAIN = """() => {
    const radio = (grade) => document.querySelector(`[data-id=grade] input[value=${grade}]`);
    const answered = new MutationObserver(() => {
        answered.disconnect();
        window.kept = radio('slight').checked;
        radio('gross').click();
    });
    const tag = document.querySelector('[data-id=grade] .tag');
    answered.observe(tag, { childList: true, attributes: true });
    radio('gross').click();
    radio('slight').click();
}"""


def test_an_answer_to_an_earlier_choice_does_not_undo_the_next(course, desktop, watch):
    """Gross, slight, and gross again before the second answer: gross it is.

    The answer to the first choice put it back before, and then the third changed nothing.
    """
    page = opened(desktop, course, LESSON)
    page.evaluate(AGAIN)
    until(page, "window.kept !== undefined")
    assert page.evaluate("window.kept")
    quiet(page, watch)
    expect(page.locator("[data-id=grade] input[value=gross]")).to_be_checked()


def test_a_phone_says_in_the_knobs_frame_what_a_task_came_to(course, phone):
    """The knob lies under the pinned board, and the page stays where it is when it is turned.

    It stays so when the card, which says the same, is in sight again.
    """
    page = opened(phone, course, LESSON)
    card = page.locator(".stage-tasks")
    card.locator("[data-id=start]").click()
    card.locator("[role=radio]").nth(0).click()
    card.locator("[data-id=knob]").click()
    until(page, f"({IN_SIGHT})(['.board-rows', '.knob.is-asked']).length === 0")
    top = "document.querySelector('.knob[data-id=grade]').getBoundingClientRect().top"
    before_it = page.evaluate(top)
    turn(page, "grade", "gross")
    expect(page.locator(".knob-asks.is-ended")).to_contain_text("结果是「现行法和按份责任」")
    page.wait_for_timeout(600)
    assert abs(page.evaluate(top) - before_it) <= 24
    high = page.evaluate("document.querySelector('.stage-knobs').offsetHeight")
    card.evaluate("card => card.scrollIntoView({ block: 'center', behavior: 'instant' })")
    page.wait_for_timeout(600)  # below the card nothing moves when it comes into sight
    assert page.evaluate("document.querySelector('.stage-knobs').offsetHeight") == high


# The rows of the board that are in sight, and how many of them say what they were before.
STUCK = """() => {
    const rows = [...document.querySelectorAll('.stage-board.is-stuck .board-row')];
    const seen = rows.filter(row => row.checkVisibility());
    const was = seen.filter(row => row.querySelector('.is-shown .board-was span')?.offsetParent);
    return [seen.map(row => row.dataset.row), was.length];
}"""


def test_a_phone_keeps_the_rows_a_task_began_with(course, phone):
    """What did not move is seen not to; the law's row stands there; of two rows that moved one has
    no room for what it was beside it (0–7500→0–6583), so that neither says it.

    After the last task those are offered that were passed over.
    """
    page = opened(phone, course, LESSON)
    card = page.locator(".stage-tasks")
    for n, rows, was, left in (
        (1, ["auto", "several", "risk_benefit", "benefit_cap"], 0, 0),
        (2, ["auto", "joint", "several"], 1, 1),
    ):
        card.locator(".task-dots input").nth(n).check(force=True)
        card.locator("[data-id=start]").click()
        if n == 1:
            card.locator("[role=radio]").first.click()
        else:
            turn(page, "principal_assets", 1_000)  # by hand: the first try
        card.locator("[data-id=knob]").click()
        until(page, f"({STUCK})()[0].join() === '{','.join(rows)}'")
        card.locator("[data-id=turn]").evaluate("turn => turn.click()")
        expect(page.locator(".knob-asks.is-ended")).to_be_visible(timeout=WAIT_MS)
        page.wait_for_timeout(600)
        assert page.evaluate(STUCK) == [rows, was]  # 25000→12500 has room
        assert page.locator("[data-id=knob-left]").count() == left
    on = page.locator("[data-id=knob-left]")
    expect(on).to_have_text("还有任务1")
    on.click()
    expect(card).to_have_attribute("data-task", "grade", timeout=WAIT_MS)


SLIDER = "document.querySelector('.stage-main-knobs input[type=range]')"


@pytest.mark.parametrize(
    "places", [(580,), pytest.param((780, 400), marks=pytest.mark.night)], ids=["day", "night"]
)
def test_a_phone_leaves_the_slider_under_the_finger(course, open_page, places):
    """Wherever the page was scrolled to, no answer moves the slider while it is dragged or after.

    The task was skipped before: its card has the focus, and lies out of sight.
    """
    page = opened(open_page(PHONE, has_touch=True, is_mobile=True), course, LESSON)
    page.locator(".stage-tasks [data-id=skip]").tap()
    touch = page.context.new_cdp_session(page)
    top = f"{SLIDER}.getBoundingClientRect().top"
    for place in places:
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        for _ in range(8):  # the board shrinks on the way
            page.evaluate(f"scrollBy({{top: {top} - {place}, behavior: 'instant'}})")
            page.wait_for_timeout(80)
        page.wait_for_timeout(600)
        stands, held = page.evaluate(f"[{top}, {SLIDER}.value]")
        for n in range(place // 60):
            kind = "touchMove" if n else "touchStart"
            at = {"x": 60 + 15 * n, "y": stands + 22}
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
            page.wait_for_timeout(60)
            assert abs(page.evaluate(top) - stands) <= 2, (place, n)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(900)
        assert abs(page.evaluate(top) - stands) <= 2, place
        assert page.evaluate(f"{SLIDER}.value") != held  # it was dragged


def re_of(word):
    """A class among others."""
    return re.compile(rf"\b{word}\b")


# ---------------------------------------------------------------- phone


def test_a_phone_shows_one_column_and_a_sheet_of_reasons(course, phone):
    """In English, whose words are longer: numbers of 44 px, a switch of three columns, a drawer as
    wide as the phone; nothing scrolls aside."""
    page = opened(phone, course, LESSON, "en")
    assert height(page) <= 10_000
    heights = page.locator(".stage-board .board-amount:visible").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    page.locator('.board-head[data-column="received"] label').click()
    expect(number(page, "auto", "received")).to_be_visible()
    expect(number(page, "auto", "exposure")).to_be_hidden()
    number(page, "several", "received").click()
    drawer = page.locator(".stage-drawer")
    expect(drawer).to_be_visible()
    assert drawer.bounding_box()["width"] == PHONE["width"]
    assert width(page) <= 390
    page.keyboard.press("Escape")
    turn(page, "grade", "gross")
    case = load_case(REAL).at("found").set({"zhang.grade": "gross", "zhang.fault": None})
    shows(page, found(case), "zhang", "en")
