"""Lesson 01 in a real browser: each knob against the engine, keyboard, phone, link, zh/en."""

import json
import re
from urllib.parse import urlsplit

import pytest
from browser.conftest import DESKTOP, PHONE
from browser.pages import (
    WAIT_MS,
    let_go,
    nameless,
    opened,
    pick,
    shows_nothing,
    shut,
    slide,
    stopped_clock,
    until,
    width,
)
from playwright.sync_api import expect

from simlib import compare, load_case
from simlib.interval import Interval
from simlib.text import amount, words

LESSON = "01-case"
REAL, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"


def cell(page, asks):
    """The number on the lesson's own board (not the twin's) that asks about `mode|key|party`."""
    return page.locator(f'.simlib-main [data-say="{asks}"]')


def difference(page, mode):
    """The two cells of B−A in a mode's row: of the exposure, of what she receives."""
    row = page.locator(".simlib-main tr", has=page.locator(f'[data-say="{mode}||"]'))
    return row.locator("[data-mark=difference]")


def shows(page, case, party):
    """Wait until the whole table is what the engine gives for `case`."""
    for mode, outcome in compare(case).items():
        lang = "en" if "/en/" in page.url else "zh"
        expect(cell(page, f"{mode}|received|")).to_have_text(amount(outcome.received_fen, lang))
        mine = outcome.parties[party]
        if mine.mode != "not_liable":
            expect(cell(page, f"{mode}|exposure|{party}")).to_have_text(
                amount(mine.exposure_fen, lang)
            )


def bars(page):
    """Bases and lengths that plotly.js holds, in yuan."""
    return page.locator(".js-plotly-plot").first.evaluate(
        "chart => chart.data[0].x.map((x, i) => [chart.data[0].base[i], x])"
    )


KNOBS = [
    ("gain", 500, {"zhang.gain_direct_fen": 50_000}),
    ("cause", 0.6, {"zhang.causal_force": 0.6}),
    ("weight", 0.8, {"zhang.fault": 0.8}),
    ("limit", 0.4, {"zhang.limit": 0.4}),
    ("court_share", 0.1, {"zhang.court_share": 0.1}),
    ("victim_fault", 0.2, {"zhao.fault": 0.2}),
    ("assets", 3_000, {"zhang.assets_fen": 300_000}),
]


def test_each_knob_moves_the_page_as_the_engine_says(lesson):
    """Slider by slider, table and chart are the engine's; then the grade, the suit, the proof."""
    page = lesson
    case = load_case(REAL).at("found")
    shows(page, case, "zhang")
    for knob, value, change in KNOBS:
        slide(page, knob, value)
        case = case.set(change)
        shows(page, case, "zhang")
    for answer in (True, False):
        page.locator('[data-id="undeterminable"] input').set_checked(answer)
        case = case.set({"undeterminable": answer})
        shows(page, case, "zhang")
    page.locator('[data-id="principal_sued"] input').check()
    case = case.set({"principal.sued": True})
    shows(page, case, "zhang")
    slide(page, "principal_assets", 1_000)
    case = case.set({"principal.assets_fen": 100_000})
    shows(page, case, "zhang")
    page.locator('[data-id="grade"] label', has_text="一般过失").click()
    case = case.set({"zhang.grade": "slight"})
    shows(page, case, "zhang")
    page.locator("details[data-group=proof] summary").click()
    slide(page, "proof_fault", 0.5)
    case = case.set({"zhang.proof.fault": 0.5})
    shows(page, case, "zhang")
    received = [o.received_fen for o in compare(case).values()]
    assert [x for _, x in bars(page)][-1] == received[-1] / 100


def test_a_number_typed_out_of_range_becomes_the_nearest_in_range(lesson):
    """A limit of 9 is 1, one of −3 is 0; slider, field and engine agree, and nothing is refused."""
    knob = lesson.locator('[data-id="limit"]')
    for typed, value in (("9", 1), ("-3", 0)):
        knob.locator("input[type=number]").fill(typed)
        knob.locator("input[type=number]").press("Tab")
        shows(lesson, load_case(REAL).at("found").set({"zhang.limit": value}), "zhang")
        expect(knob.locator("input[type=number]")).to_have_value(str(value))
        expect(knob.locator("input[type=range]")).to_have_value(str(value))
        expect(knob.locator(".simlib-tag")).to_have_text("假设（你的设定）")


def test_nothing_is_shown_before_the_reader_answers(course, desktop):
    """No chart and no table; after the answer, his own line is in the chart."""
    shut(desktop, course, LESSON)
    assert shows_nothing(desktop)
    desktop.locator('[data-id="norm"] label', has_text="1169").click()
    slide(desktop, "amount", 10_000)
    desktop.locator("[data-id=commit]").click()
    expect(
        desktop.get_by_text("你的答案：《民法典》第1169条；判决：支持；10000元。")
    ).to_be_visible(timeout=WAIT_MS)
    desktop.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=WAIT_MS)
    assert desktop.get_by_text("三、注意到什么").is_visible()
    assert desktop.locator(".js-plotly-plot").first.evaluate("c => c.layout.shapes[0].x0") == 10_000


def test_a_bar_that_stands_still_says_why(lesson):
    """Gain is no element of joint liability."""
    page = lesson
    slide(page, "gain", 500)
    row = page.locator(".simlib-main tr", has=page.locator('[data-say="joint||"]'))
    expect(row).to_contain_text("获利不是这一形态的要件")


def test_a_number_gives_its_reasons_down_to_the_article(lesson):
    """Click, then unfold: the rule, the fact not found, the article with its dates."""
    page = lesson
    cell(page, "several|exposure|zhang").click()
    reasons = page.locator(".simlib-reasons")
    expect(reasons).to_contain_text("只就自己份额对应的金额负责")
    article = page.locator(".simlib-article", has_text="《民法典》第1172条").first
    article.locator("summary").click()
    expect(article).to_contain_text(
        "二人以上分别实施侵权行为造成同一损害，能够确定责任大小的，各自承担相应的责任；"
        "难以确定责任大小的，平均承担责任。"
    )
    expect(article).to_contain_text("2021年1月1日起施行")


def test_the_late_statute_is_marked(lesson):
    """反诈法46: in force from 2022-12-01, the act was on 2022-10-05."""
    page = lesson
    late = page.locator(".simlib-article.is-out", has_text="反电信网络诈骗法").first
    late.locator("summary").click()
    expect(late).to_contain_text("行为之日（2022年10月5日）尚未施行")


def test_what_the_law_does_not_give_says_so_on_its_face(lesson):
    """Slight fault: 1169 is not made out for the two joint rows; fault unproved: 判决驳回."""
    page = lesson
    pick(page, "grade", "一般过失")
    for mode in ("joint", "all_or_nothing"):
        expect(cell(page, f"{mode}||")).to_contain_text("不成立第1169条")
    labels = page.locator(".js-plotly-plot").first.locator(".ytick")
    expect(labels.filter(has_text="不成立第1169条")).to_have_count(2)
    page.locator("details[data-group=proof] summary").click()
    slide(page, "proof_fault", 0.5)
    expect(cell(page, "auto||")).to_contain_text("判决驳回：要件未证明")
    expect(cell(page, "auto|exposure|zhang")).to_have_text("0元")


def test_positions_and_another_case(lesson):
    """教学设定 narrows, 直接因果 gives 15 000; the twin gives 210 under the benefit cap."""
    page = lesson
    page.locator('[data-id="position"] label', has_text="教学设定").click()
    expect(cell(page, "risk_benefit|exposure|zhang")).to_have_text("5328.14–7500元")
    page.locator('[data-id="position"] label', has_text="直接因果").click()
    expect(cell(page, "risk_benefit|exposure|zhang")).to_have_text("15000元")
    page.locator('[data-id="case"] select').select_option(TWIN)
    page.locator('[data-id="position"] label', has_text="教学设定").click()
    expect(cell(page, "risk_benefit|exposure|long")).to_have_text("11913.73元")
    expect(cell(page, "benefit_cap|exposure|long")).to_have_text("210元")


def test_keyboard_alone(lesson):
    """Tab to a slider, arrow it, read the number; Enter on a number opens its reasons."""
    page = lesson
    slider = page.locator('[data-id="limit"] input[type=range]')
    slider.focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    expect(cell(page, "partial_joint|exposure|zhang")).to_have_text("10000元")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "number"
    cell(page, "partial_joint|exposure|zhang").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".simlib-reasons")).to_contain_text("限额")


def test_every_control_has_a_name(lesson):
    """A screen reader hears what each control is."""
    page = lesson
    assert nameless(page) == []


def test_a_link_restores_the_state_in_a_new_browser(course, desktop, open_page):
    """Copied without navigator.clipboard (plain http in a class), opened elsewhere: the same."""
    page = desktop
    page.add_init_script(
        "delete Navigator.prototype.clipboard;"
        "document.execCommand = () => {"
        " window.copied = document.activeElement.value; return true; };"
    )
    opened(page, course, LESSON)
    slide(page, "gain", 700)
    slide(page, "limit", 0.25)
    case = load_case(REAL).at("found").set({"zhang.gain_direct_fen": 70_000, "zhang.limit": 0.25})
    shows(page, case, "zhang")
    page.locator('[data-id="copy"]').click()
    expect(page.get_by_text("链接已复制")).to_be_visible()
    other = open_page()
    other.goto(page.evaluate("window.copied"))
    other.locator(".simlib-table").first.wait_for(timeout=WAIT_MS)
    shows(other, case, "zhang")


def test_reload_and_language_keep_the_state_and_a(course, desktop):
    """A reload brings the state back, and A with its difference; so does the page in English."""
    page = opened(desktop, course, LESSON)
    number = cell(page, "partial_joint|exposure|zhang")
    slide(page, "limit", 0.25)
    expect(number).to_have_text("6250元")
    page.locator('[data-id="undeterminable"] input').check()
    page.locator("[data-id=keep]").click()
    page.locator('[data-id="undeterminable"] input').uncheck()
    slide(page, "cause", 0.6)
    slide(page, "weight", 0.8)
    expect(difference(page, "several").first).to_have_text("−4391.89元")
    until(page, "new URLSearchParams(location.search).has('s')")
    page.reload()
    expect(number).to_have_text("6250元", timeout=WAIT_MS)
    expect(difference(page, "several").first).to_have_text("−4391.89元")
    page.locator("#course-other").click()
    expect(number).to_have_text("CNY 6,250", timeout=WAIT_MS)
    expect(difference(page, "several").first).to_have_text("−CNY 4,391.89")
    assert urlsplit(page.url).path.endswith("/en/01-case.ipynb")


def test_reset_one_and_all(lesson):
    """One arrow takes one fact back, the button all."""
    page = lesson
    slide(page, "gain", 500)
    slide(page, "limit", 0.4)
    expect(cell(page, "partial_joint|exposure|zhang")).to_have_text("10000元")
    page.locator('[data-id="gain"] .simlib-reset').click()
    expect(cell(page, "benefit_cap|exposure|zhang")).to_have_text("0–25000元")
    page.locator('[data-id="reset_all"]').click()
    expect(cell(page, "partial_joint|exposure|zhang")).to_have_text("0–25000元")


@pytest.mark.parametrize(
    ("button", "start"), [("csv", "\ufeff责任形态"), ("json", '{\n "auto"'), ("png", None)]
)
def test_chart_table_and_data_can_be_saved(lesson, button, start):
    """Each button gives a file of its kind."""
    page = lesson
    with page.expect_download() as got:
        page.locator(f'[data-id="{button}"]').click()
    path = got.value.path()
    assert got.value.suggested_filename == f"simlib-{REAL}.{button}"
    if start is None:
        assert path.read_bytes().startswith(b"\x89PNG")
    else:
        assert path.read_text("utf-8").startswith(start)
    if button == "json":
        several = json.loads(path.read_text("utf-8"))["several"]
        assert several["received_fen"] == {"low": 0, "high": 1_250_000}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_all_without_scrolling_sideways(course, phone, lang):
    """390 px: no wider than the screen, and a slider still moves the number.

    Undo, A and its differences fit as well; each difference says of what it is one.
    """
    page = opened(phone, course, LESSON, lang)
    assert width(page) <= 390
    labels = page.locator(".js-plotly-plot").first.locator(".ytick").all_text_contents()
    assert amount(Interval(0, 1_250_000), lang) in "".join(
        labels
    )  # beside the bars it would be cut off
    slide(page, "limit", 0.4)
    shows(page, load_case(REAL).at("found").set({"zhang.limit": 0.4}), "zhang")
    page.locator("[data-id=keep]").click()
    slide(page, "victim_fault", 0.2)
    minus = {"zh": "−5000元", "en": "−CNY 5,000"}[lang]
    expect(difference(page, "joint")).to_have_text([minus, minus])
    assert "B−A" in difference(page, "joint").first.get_attribute("data-label")
    assert width(page) <= 390
    page.locator("[data-id=undo]").click()
    expect(difference(page, "joint").first).to_have_text({"zh": "不变", "en": "unchanged"}[lang])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_another_claim_for_the_same_loss(course, open_page, lang):
    """No cause beforehand; enrichment, all passed on, 500 paid: 25 000 or 500, never both.

    On a phone as on a desktop; a number's reasons and a table's articles come when asked for.
    """
    for viewport in (DESKTOP, PHONE):
        page = opened(open_page(viewport), course, LESSON, lang)
        board = page.locator('.simlib-pane:has([data-say="claim|kept|"])')
        assert board.count() == 0
        pick(page, "suit", "不当得利纠纷")
        pick(page, "held", {"zh": "已经全部转走", "en": "all passed on"}[lang])
        slide(page, "gain", 500)
        for claim, fen in (("tort", 2_500_000), ("passed", 2_500_000), ("kept", 50_000)):
            asked = cell_of(board, f"claim|{claim}|zhang")
            expect(asked).to_have_text(amount(fen, lang))
            expect(asked).to_have_attribute("title", words("lab", "why.ask", lang))
        cell_of(board, "claim|elements|").click()
        expect(page.locator(".simlib-article").get_by_text("985").last).to_be_visible()
        assert width(page) <= viewport["width"]


def cell_of(board, asks):
    """The button in a pane that asks about `row|key|party`."""
    return board.locator(f'[data-say="{asks}"]')


def test_two_tabs_do_not_disturb_each_other(course, desktop, open_page):
    """Each page has a state of its own."""
    first, second = opened(desktop, course, LESSON), opened(open_page(), course, LESSON)
    slide(first, "limit", 0.4)
    slide(second, "limit", 0.2)
    expect(cell(first, "partial_joint|exposure|zhang")).to_have_text("10000元")
    expect(cell(second, "partial_joint|exposure|zhang")).to_have_text("5000元")


def test_a_broken_link_says_so_and_opens_as_new(course, desktop):
    """No text in an address can keep the lesson from opening."""
    page = opened(desktop, course, LESSON, query="?s=kaputt")
    expect(page.get_by_text("链接里的状态无法识别")).to_be_visible()
    shows(page, load_case(REAL).at("found"), "zhang")


def test_opening_is_light_on_the_websocket(lesson, opening_bytes):
    """No chart library and no page of megabytes comes over the websocket: at most 0.1 MB."""
    assert re.search("s=", lesson.url)
    assert opening_bytes <= 100_000


def live(page, button):
    """Wait until a button has something to do: what it says comes after the numbers."""
    expect(page.locator(f"[data-id={button}]")).to_have_attribute("aria-disabled", "false")


def test_undo_and_redo_by_button(lesson):
    """k = .4 gives 10 000, then .25 gives 6 250; back, back, forth; a drag is one step."""
    page = lesson
    undo, redo = page.locator("[data-id=undo]"), page.locator("[data-id=redo]")
    number = cell(page, "partial_joint|exposure|zhang")
    expect(undo).to_have_attribute("aria-disabled", "true")
    for value in (0.1, 0.2, 0.3, 0.4):
        slide(page, "limit", value)
    let_go(page, "limit")
    expect(number).to_have_text("10000元")
    page.wait_for_timeout(800)
    slide(page, "limit", 0.25)
    let_go(page, "limit")
    expect(number).to_have_text("6250元")
    undo.click()
    expect(number).to_have_text("10000元")
    expect(page.locator('[data-id="limit"] input[type=range]')).to_have_value("0.4")
    undo.click()
    expect(number).to_have_text("0–25000元")
    expect(undo).to_have_attribute("aria-disabled", "true")
    redo.click()
    expect(number).to_have_text("10000元")
    slide(page, "gain", 500)
    expect(redo).to_have_attribute("aria-disabled", "true")


def test_undo_and_redo_by_keyboard(lesson):
    """Ctrl+Z on the page and on a slider; in a field it belongs to what is typed there."""
    page = lesson
    number = cell(page, "partial_joint|exposure|zhang")
    slider = page.locator('[data-id="limit"] input[type=range]')
    slider.focus()
    with stopped_clock(page):
        for _ in range(12):
            page.keyboard.press("ArrowLeft")
    expect(number).to_have_text("10000元")
    live(page, "undo")
    page.keyboard.press("Control+z")
    expect(number).to_have_text("0–25000元")
    live(page, "redo")
    page.keyboard.press("Control+Shift+Z")
    expect(number).to_have_text("10000元")
    expect(slider).to_have_value("0.4")
    live(page, "undo")
    page.keyboard.press("Meta+z")
    expect(number).to_have_text("0–25000元")
    live(page, "redo")
    page.keyboard.press("Control+y")
    expect(number).to_have_text("10000元")
    page.locator('[data-id="limit"] input[type=number]').focus()
    page.keyboard.press("Control+z")
    page.wait_for_timeout(500)
    expect(number).to_have_text("10000元")


def test_a_real_drag_is_one_step(lesson):
    """Mouse down, across, up: one undo takes all of it back."""
    page = lesson
    slider = page.locator('[data-id="limit"] input[type=range]')
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
    page.mouse.down()
    for part in (0.2, 0.3, 0.4, 0.5):
        page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2, steps=4)
        page.wait_for_timeout(250)
    page.mouse.up()
    expect(cell(page, "partial_joint|exposure|zhang")).to_have_text("12500元")
    page.locator("[data-id=undo]").click()
    expect(cell(page, "partial_joint|exposure|zhang")).to_have_text("0–25000元")
    expect(page.locator("[data-id=undo]")).to_have_attribute("aria-disabled", "true")


def test_keep_a_and_read_the_difference(lesson):
    """A hard to determine; c = .6, f = .8: 25 000 × .48 ÷ 1.48 = 8 108.11, 4 391.89 less.

    k = .4: A's band and B's 10 000. The chart marks A at 12 500 in the row of several liability.
    """
    page = lesson
    assert page.locator("[data-mark=difference]").count() == 0
    page.locator('[data-id="undeterminable"] input').check()
    page.locator("[data-id=keep]").click()
    page.locator('[data-id="undeterminable"] input').uncheck()
    slide(page, "cause", 0.6)
    slide(page, "weight", 0.8)
    slide(page, "limit", 0.4)
    expect(difference(page, "several")).to_have_text(["−4391.89元", "−4391.89元"])
    expect(difference(page, "joint")).to_have_text(["不变", "不变"])
    expect(difference(page, "partial_joint")).to_have_text(["A：0–25000元 → B：10000元"] * 2)
    cell(page, "several|exposure|zhang").click()
    sentence = page.locator(".simlib-main .simlib-sentence")
    expect(sentence).to_contain_text("所问的“按份责任·对外：可向张某请求”：−4391.89元。")
    marks = page.locator(".js-plotly-plot").first.evaluate(
        "c => { const a = c.data.at(-1);"
        " return [a.name, a.x[a.y.findIndex(y => y?.startsWith('按份'))]]; }"
    )
    assert marks == ["A：受害人实际得到", 12_500]
    page.locator("[data-id=swap]").click()
    expect(difference(page, "several")).to_have_text(["+4391.89元", "+4391.89元"])
    page.locator("[data-id=clear]").click()
    expect(page.locator("[data-mark=difference]")).to_have_count(0)


def test_projector_mode_stays_on(course, desktop):
    """Larger type, no prose; the chart keeps its table below it; a reload keeps the mode."""
    page = opened(desktop, course, LESSON)
    small = page.locator(".js-plotly-plot").first.bounding_box()["height"]
    page.locator("[data-id=wall]").click()
    expect(page.get_by_text("三、注意到什么")).to_be_hidden()
    size = page.locator(".simlib-sentence").first.evaluate("e => getComputedStyle(e).fontSize")
    assert size == "22px"
    page.reload()
    page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=WAIT_MS)
    expect(page.locator("[data-id=wall]")).to_have_attribute("aria-pressed", "true")
    chart = page.locator(".js-plotly-plot").first.bounding_box()
    assert chart["height"] > 1.3 * small
    assert (
        chart["y"] + chart["height"] <= page.locator(".simlib-sentence").first.bounding_box()["y"]
    )
    page.locator("[data-id=wall]").click()
    expect(page.get_by_text("三、注意到什么")).to_be_visible()


def test_the_chart_keeps_its_height_when_the_window_changes(course, desktop):
    """plotly.js deletes the height of a layout it resizes; ours is a copy."""
    page = opened(desktop, course, LESSON)
    tall = page.locator(".js-plotly-plot").first.bounding_box()["height"]
    page.set_viewport_size({"width": 1000, "height": 900})
    page.wait_for_timeout(300)
    slide(page, "limit", 0.4)
    expect(cell(page, "partial_joint|exposure|zhang")).to_have_text("10000元")
    chart = page.locator(".js-plotly-plot").first.bounding_box()
    assert chart["height"] == tall
    assert chart["x"] + chart["width"] <= 1000
    page.set_viewport_size({"width": 1400, "height": 900})
    page.wait_for_timeout(300)
    page.locator("[data-id=wall]").click()
    height = "document.querySelector('.js-plotly-plot').getBoundingClientRect().height"
    until(page, f"Math.abs({height} - {1.4 * tall}) <= 1")
    chart = page.locator(".js-plotly-plot").first.bounding_box()
    assert chart["height"] == pytest.approx(1.4 * tall, abs=1)
    assert (
        chart["y"] + chart["height"] <= page.locator(".simlib-sentence").first.bounding_box()["y"]
    )
