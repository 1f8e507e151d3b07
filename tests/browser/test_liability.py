"""Lesson 04 in a real browser: predict, move means, read the numbers worked out by hand.

FIX-1: L 25 000; shares P .60, A .25, C .15; assets P 0, A 3 000, C 20 000. Joint 3 000 + 20 000 =
23 000; several 3 000 + 3 750 = 6 750. C bears 3 750 and carries 20 000: 16 250 more, of P 13 356.16
and of A 2 893.84, as they are short of 15 000 and 3 250; behind the victim, who lacks 2 000.
"""

from urllib.parse import urlsplit

import pytest
from browser.pages import (
    WAIT_MS,
    axe,
    nameless,
    on_board,
    opened,
    plotly_files,
    second,
    shows_nothing,
    shut,
    slide,
    until,
    width,
)
from playwright.sync_api import expect

LESSON = "04-liability"


def mode(page, name):
    """Choose a mode of liability."""
    page.locator('[data-id="mode"] select').select_option(name)


def picture(page, name):
    """Choose the second picture by its words."""
    page.locator('[data-id="picture"] label', has_text=name).click()


def test_prediction_is_compared_with_where_modes_part(course, desktop):
    """Nothing is shown before; then the reader's 10 000 stands beside 3 750."""
    page = desktop
    shut(page, course, LESSON)
    assert shows_nothing(page)
    slide(page, "at", 10_000)
    page.locator("[data-id=commit]").click()
    expect(page.get_by_text("分开的地方是3750元，你答10000元")).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text("付得最多的不是诈骗行为人，而是乙：20000元")).to_be_visible()
    expect(second(page)).to_contain_text("乙的财产不超过3750元时")
    lines = page.locator(".simlib-second .js-plotly-plot").evaluate(
        "chart => chart.layout.shapes.map(shape => shape.x0)"
    )
    assert lines == [3_750, 10_000, 20_000]


def test_assets_of_c_move_what_the_victim_receives(lesson):
    """C 20 000 → 4 000 → 0 by hand: joint 23 000, 7 000, 3 000; several 6 750, 6 750, 3 000."""
    page = lesson
    for means, joint, several in (
        (20_000, 23_000, 6_750),
        (4_000, 7_000, 6_750),
        (0, 3_000, 3_000),
    ):
        slide(page, "assets:C", means)
        mode(page, "joint")
        expect(on_board(page, "joint|received|")).to_contain_text(f"{joint}元")
        mode(page, "several")
        expect(on_board(page, "several|received|")).to_contain_text(f"{several}元")


def test_three_layers_of_one_outcome(lesson):
    """C under joint liability: 25 000 to be asked, 3 750 to bear, 20 000 carried; and the chart."""
    page = lesson
    expect(on_board(page, "joint|exposure|C")).to_have_text("25000元")
    expect(on_board(page, "joint|burden|P")).to_have_text("15000元")
    expect(on_board(page, "joint|burden|C")).to_have_text("3750元")
    expect(on_board(page, "joint|carried|C")).to_have_text("20000元")
    expect(on_board(page, "joint|paid|C")).to_have_text("20000元")
    bars = page.locator(".js-plotly-plot").first.evaluate(
        "chart => chart.data.filter(t => t.type === 'bar').map(t => t.x)"
    )
    assert bars == [
        [25_000] * 4,
        [15_000, 3_000, 3_250, 3_750],
        [3_000, 3_750, 16_250],
        [3_000, 20_000, 2_000],
    ]


def test_c_alone_sued_shows_both_kinds_of_recourse(lesson):
    """Position by position: 10 625 paid too much, of A; 5 625 carried, of P; both in the table."""
    page = lesson
    page.locator('[data-id="position"] label', has_text="只起诉乙").click()
    expect(on_board(page, "joint|carried|A")).to_have_text("15625元")
    row = on_board(page, "joint|recourse_share_A|C")
    expect(row).to_contain_text("向甲 10625元（多付，劣后）")
    expect(row).to_contain_text("向诈骗行为人 5625元（代为分担，劣后）")


def test_recourse_ranks_behind_the_victim_until_she_is_paid(lesson):
    """Behind her while she lacks 2 000; with 5 000 at A's no longer.

    Then C carries 20 000 as before, A 5 000: 16 250 × 15 000 / (15 000 + 1 250) = 15 000 of P.
    """
    page = lesson
    picture(page, "谁付给谁")
    expect(second(page)).to_contain_text("乙可以向诈骗行为人追偿13356.16元（代为分担），但受害人")
    expect(page.locator(".simlib-second .sankey-link").first).to_be_visible()
    assert plotly_files(page) == ["plotly-cartesian.min.js", "plotly.min.js"]
    slide(page, "assets:A", 5_000)
    expect(second(page)).not_to_contain_text("劣后")
    expect(second(page)).to_contain_text("乙可以向诈骗行为人追偿15000元")
    mode(page, "several")
    expect(second(page)).to_contain_text("没有人付得超过自己应当承担的部分：没有追偿。")


def test_every_mode_has_a_picture_and_a_basis(lesson):
    """Sixteen rows; partial joint liability is doctrine and gives 8 000."""
    page = lesson
    picture(page, "全部形态")
    row = second(page).locator("tr", has=page.locator('[data-say="partial_joint||"]'))
    expect(row).to_contain_text("学说")
    expect(row).to_contain_text("8000元")
    expect(second(page).locator("tbody tr")).to_have_count(16)


def test_rules_of_partial_payment(lesson):
    """P pays 12 000: outer 20 000, inner 12 000, pro rata 17 600."""
    page = lesson
    page.locator('[data-id="position"] label', has_text="诈骗行为人有12000元").click()
    mode(page, "partial_joint")
    expect(on_board(page, "partial_joint|received|")).to_contain_text("20000元")
    page.locator("details[data-group=rules] summary").click()
    for way, wanted in (("inner", "12000元"), ("pro_rata", "17600元")):
        page.locator('[data-id="partial_payment"] select').select_option(way)
        expect(on_board(page, "partial_joint|received|")).to_contain_text(wanted)


def test_a_number_gives_its_reasons_down_to_the_article(lesson):
    """C's recourse rests on articles 178 and 519."""
    page = lesson
    on_board(page, "joint|recourse_insolvent_P|C").click()
    expect(page.locator(".simlib-reasons")).to_contain_text("13356.16元")
    article = page.locator(".simlib-article", has_text="第519条").first
    article.locator("summary").click()
    expect(article).to_contain_text("但是不得损害债权人的利益")


def test_clicking_a_number_of_the_parting_moves_the_slider_there(lesson):
    """A click on the number at 3 750 puts the slider there and says why."""
    page = lesson
    second(page).locator('[data-say="joint|received|@375000"]').click()
    expect(page.locator('[data-id="assets:C"] input[type=number]')).to_have_value("3750")
    expect(page.locator(".simlib-reasons")).to_contain_text("6750元")


def test_keyboard_alone(lesson):
    """Arrow keys move C's means; Space lets A off; Enter opens a reason."""
    page = lesson
    page.locator('[data-id="assets:C"] input[type=range]').focus()
    page.keyboard.press("Home")
    expect(on_board(page, "joint|received|")).to_contain_text("3000元")
    page.keyboard.press("ArrowRight")
    expect(on_board(page, "joint|received|")).not_to_have_text("实得 3000元")
    on_board(page, "joint|burden|A").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".simlib-reasons")).to_contain_text("内部应负担")
    page.locator("details[data-group=more] summary").focus()
    page.keyboard.press("Enter")
    page.locator('[data-id="released:A"] input').focus()
    page.keyboard.press("Space")
    expect(on_board(page, "joint|exposure|A")).to_have_text("0元")


def test_every_control_has_a_name(lesson):
    """A screen reader hears what each control is."""
    page = lesson
    assert nameless(page) == []


def test_a_link_and_the_language_switch_keep_the_state(course, desktop, open_page):
    """Threshold .1 with C at 4 000 gives 7 000: in a new browser, and in English."""
    page = opened(desktop, course, LESSON)
    slide(page, "assets:C", 4_000)
    mode(page, "threshold")
    page.locator("details[data-group=rules] summary").click()
    slide(page, "threshold", 0.1)
    expect(on_board(page, "threshold|received|")).to_contain_text("7000元")
    until(page, "new URLSearchParams(location.search).has('s')")
    other = open_page()
    other.goto(page.url)
    expect(on_board(other, "threshold|received|")).to_contain_text("7000元", timeout=WAIT_MS)
    page.locator("#course-other").click()
    expect(on_board(page, "threshold|received|")).to_contain_text("CNY 7,000", timeout=WAIT_MS)
    assert urlsplit(page.url).path.endswith("/en/04-liability.ipynb")


def test_a_beside_b(lesson):
    """Joint kept as A, several as B: a column of differences, −16 250 for her."""
    page = lesson
    page.locator('[data-id="keep"]').click()
    mode(page, "several")
    expect(page.locator(".simlib-main")).to_contain_text("−16250元")
    page.locator('[data-id="undo"]').click()
    expect(page.locator(".simlib-main")).not_to_contain_text("−16250元")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_all_without_scrolling_sideways(course, phone, lang):
    """390 px in all three pictures; the panels stand below each other; a slider still works."""
    page = opened(phone, course, LESSON, lang)
    chart = page.locator(".js-plotly-plot").first
    tops = chart.evaluate("c => ['yaxis', 'yaxis2', 'yaxis3'].map(a => c.layout[a].domain[0])")
    assert tops == sorted(tops, reverse=True)
    for number in (1, 2, 0):
        page.locator('[data-id="picture"] label').nth(number).click()
        page.wait_for_timeout(300)
        assert width(page) <= 390
    slide(page, "assets:C", 4_000)
    money = "7000元" if lang == "zh" else "CNY 7,000"
    expect(on_board(page, "joint|received|")).to_contain_text(money)


def test_opening_is_light_on_the_websocket(opening_bytes):
    """At most 0.1 MB over the websocket, both charts and all tables included."""
    assert opening_bytes <= 100_000


def test_nothing_is_in_a_screen_readers_way(lesson):
    """After the bet, as the lesson opens: axe finds nothing."""
    assert axe(lesson) == []
