"""Lesson 05 in a real browser: bet, board against the engine, task, drawer, modules, link, phone.

The paper's case: 0–30 % on the facts found, 21–30 % filled in, 60 % as direct causation; the twin
17 % where the appeal court gave 10 (vector RB-B). Loss 25 000 and 70 000.
"""

from browser.pages import WAIT_MS, answer_bet, axe, opened, shut, width
from browser.stage import board, knob, number, row, turn, unfold
from playwright.sync_api import expect

LESSON = "05-riskbenefit"
WINDOW = {"width": 1280, "height": 800}


def share(page):
    """The number of the last step."""
    return number(page, "share", "value")


def test_bet_then_see_how_much_of_it_is_fact(course, open_page):
    """25 % by assumptions is right; model, court and law stand beside it; the row says whence."""
    page = shut(open_page(WINDOW), course, LESSON)
    answer_bet(page, 25, driver=1)
    page.locator("[data-id=commit]").click()
    reveal = page.locator(".stage-reveal")
    expect(reveal.locator("[data-id=model]")).to_contain_text("0%–30%", timeout=WAIT_MS)
    expect(reveal.locator("[data-id=court]")).to_contain_text("25000元")
    expect(reveal.locator("[data-id=law]")).to_contain_text("对外可以请求")
    expect(reveal.locator(".is-right")).to_contain_text("论文载明法院查明的有0项")
    assert board(page)["share"] == {"value": "0–30", "whence": "法院查明0项、未载明5项"}
    expect(row(page, "share").locator(".is-word button")).to_be_disabled()  # nothing to ask about


def test_knobs_move_the_board_and_a_number_has_its_reasons(lesson):
    """Filled in 21–30; base .1 11–15; direct 60; the drawer goes down to the assumption."""
    page = lesson
    turn(page, "filled", "assumed")
    expect(share(page)).to_have_text("21–30")
    turn(page, "base", 0.1)
    expect(share(page)).to_have_text("11–15")
    share(page).click()
    drawer = page.locator(".stage-drawer")
    expect(drawer).to_contain_text("乘上基准以后是11")
    expect(drawer).to_contain_text("数是教学假设")
    page.keyboard.press("Escape")
    expect(share(page)).to_be_focused()
    turn(page, "direct", True)
    expect(share(page)).to_have_text("60")


def test_a_task_is_predicted_done_and_explained(lesson):
    """Four numbers filled in leave a range, and a narrower one."""
    page = lesson
    tasks = page.locator(".stage-tasks")
    tasks.get_by_role("button", name="开始").click()
    tasks.get_by_text("区间变窄，但仍是区间").click()
    expect(tasks).to_have_attribute("data-state", "guessed")
    turn(page, "filled", "assumed")
    expect(tasks).to_contain_text("你猜对了")
    expect(tasks).to_contain_text("本课程填上四个数")


def fold(page, name):
    """A part below the stage, opened."""
    part = page.locator(f"details#{name}")
    part.locator("summary").first.click()
    return part


def test_what_decides_and_the_model_itself_lie_below(lesson):
    """Charts load when a fold opens; courts are points; the table of parameters; axe is content."""
    page = lesson
    decides = fold(page, "decides")
    expect(decides.locator(".js-plotly-plot")).to_have_count(2, timeout=WAIT_MS)
    expect(decides).to_contain_text("不起作用的旋钮")
    decides.locator('[data-id="map"] select').select_option("mode")
    expect(decides).to_contain_text("由「按份责任」变为「连带责任」")
    model = fold(page, "model")
    model.locator('[data-id="view"] label', has_text="与法院对照").click()
    expect(model).to_contain_text("不是对模型的支持", timeout=WAIT_MS)
    find = "c => c.data.find(trace => trace.mode === 'markers').x"
    assert model.locator(".js-plotly-plot").evaluate(find) == [100, 100, 10]
    model.locator('[data-id="view"] label', has_text="参数总表").click()
    expect(model).to_contain_text("出自论文的数只有取证的两个时限")
    assert axe(page) == []


def test_a_phone_shows_whence_a_number_comes(course, phone):
    """390 px, folds open too; a knob's label and the words under the bar are in sight."""
    page = opened(phone, course, LESSON, "en")
    words = row(page, "share").locator(".is-word")
    expect(words).to_be_visible()
    assert words.bounding_box()["height"] <= 30
    fold(page, "model")
    fold(page, "decides")
    page.wait_for_timeout(1500)
    assert width(page) <= 390
    unfold(page, "push")
    expect(knob(page, "push")).to_be_visible()
    assert width(page) <= 390


def test_opening_is_light_on_the_websocket(opening_bytes):
    """At most 0.1 MB over the websocket, both modules included."""
    assert opening_bytes <= 100_000
