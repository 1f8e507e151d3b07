"""Lesson 04 in a real browser: bet, reveal, board, tasks, drawer, picture below, phone, link.

FIX-1: L 25 000; shares P .60, A .25, C .15; assets P 0, A 3 000, C 20 000. Joint 3 000 + 20 000 =
23 000; several 3 000 + 3 750 = 6 750. C bears 3 750 and carries 20 000: 16 250 more, of P 13 356.16
and of A 2 893.84, as they are short of 15 000 and 3 250; behind the victim, who lacks 2 000.
"""

from browser.pages import (
    WAIT_MS,
    answer_bet,
    nameless,
    opened,
    plotly_files,
    shut,
    width,
)
from browser.stage import board, heard, knob, number, press, row, turn, unfold
from playwright.sync_api import expect

LESSON = "04-liability"


def large(page):
    """The large number."""
    return page.locator(".stage [data-say$='|received|']").first


def shown(page, party, column="paid"):
    """An amount of a party's row."""
    return number(page, party, column)


def test_the_bet_is_answered_by_the_engines_numbers(course, desktop):
    """C and 3 750: both right; the rule of the lesson comes after the bet."""
    page = shut(desktop, course, LESSON)
    answer_bet(page, 3_750, payer=2)
    page.locator("[data-id=commit]").click()
    reveal = page.locator(".stage-reveal")
    expect(reveal.locator("[data-id=you]")).to_contain_text("3750元", timeout=WAIT_MS)
    expect(reveal.locator("[data-id=law]")).to_contain_text("乙，20000")
    expect(reveal).to_contain_text("两问都对。")
    expect(reveal).to_contain_text("责任形态决定对外")
    assert board(page)["C"] == {"exposure": "25000", "burden": "3750", "paid": "20000"}
    assert board(page)["victim"] == {"exposure": "", "burden": "0", "paid": "2000"}


def test_means_and_form_move_the_board(lesson):
    """C 20 000 → 4 000 → 0 by hand: joint 23 000, 7 000, 3 000; several 6 750, 6 750, 3 000."""
    page = lesson
    # what C pays at first: jointly all he has, severally 3 750 of it
    for means, paid, joint, several in ((4_000, "4000", 7_000, 6_750), (0, "0", 3_000, 3_000)):
        turn(page, "assets:C", means)
        expect(number(page, "C", "paid")).to_have_text(paid)
        turn(page, "mode", "joint")
        expect(row(page, "C")).not_to_contain_text("按份")  # both forms may give her the same
        expect(large(page)).to_have_text(f"{joint}元")
        turn(page, "mode", "several")
        expect(row(page, "C")).to_contain_text("按份")
        expect(large(page)).to_have_text(f"{several}元")
    expect(row(page, "C")).to_contain_text("按份仅作假设")
    lit = page.locator(".norms [aria-current=true]")
    expect(lit).to_contain_text("第1172条")
    expect(lit).to_have_count(1)


def test_the_list_of_other_forms_is_one_choice_with_the_five_in_sight(lesson):
    """A threshold of .1: C's .15 lies above it, joint; at .5 he pays his 3 750."""
    page = lesson
    unfold(page, "mode_other").locator("select").select_option("threshold")
    expect(large(page)).to_have_text("6750元")
    expect(knob(page, "mode").locator("input:checked")).to_have_count(0)
    turn(page, "threshold", 0.1)
    expect(large(page)).to_have_text("23000元")


def test_a_task_is_guessed_done_and_explained(lesson):
    """75 000 may be asked in all, 25 000 is received: C unlimited pays 22 000."""
    page = lesson
    tasks = page.locator(".stage-tasks")
    tasks.get_by_role("button", name="开始").click()
    tasks.get_by_text("比25000元多").click()
    knob(page, "assets:C").locator(".knob-open").first.click()
    expect(tasks).to_contain_text("不能相加，她只受偿一次", timeout=WAIT_MS)
    expect(tasks).to_contain_text("结果是「刚好25000")
    expect(shown(page, "C")).to_have_text("22000")
    heard(page, "任务1做完了")


def test_a_number_gives_its_steps_and_all_its_reasons(lesson):
    """C's 20 000: what he may recover and behind whom; the article unfolds; Esc goes back."""
    page = lesson
    shown(page, "C").click()
    drawer = page.locator(".stage-drawer")
    expect(drawer).to_contain_text("13356.16")
    expect(drawer).to_contain_text("追偿权成立，不等于钱拿得回来")
    article = drawer.locator(".simlib-article", has_text="第520条").first
    article.locator("summary").click()
    expect(article).to_contain_text("在相应范围内消灭")
    drawer.get_by_text("全部推理、条文与假设").click()
    expect(drawer).to_contain_text("最强的反对意见")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(shown(page, "C")).to_be_focused()


def test_the_picture_below_draws_once_its_fold_is_open(lesson):
    """They part at 3 750, a click on whose number sets C's means; recourse is a Sankey."""
    page = lesson
    assert plotly_files(page) == []
    page.locator("details#pictures > summary").click()
    below = page.locator("#pictures")
    expect(below.locator("svg.main-svg").first).to_be_visible(timeout=WAIT_MS)
    expect(below).to_contain_text("乙的财产不超过3750元时")
    below.locator('[data-say="joint|received|@375000"]').click()
    expect(knob(page, "assets:C").locator("input[type=number]")).to_have_value("3750")
    expect(page.locator(".stage-drawer")).to_contain_text("为什么实际收到6750")
    page.keyboard.press("Escape")
    below.locator('[data-id="picture"] label', has_text="谁付给谁").click()
    expect(below).to_contain_text("没有人付得超过自己应当承担的部分：没有追偿。")
    below.locator('[data-id="picture"] label', has_text="全部形态").click()
    expect(below.locator("tbody tr")).to_have_count(16)


def test_keyboard_alone(lesson):
    """Arrow keys move C's means; Space lets A off; Enter opens a reason."""
    page = lesson
    knob(page, "assets:C").locator("input[type=range]").focus()
    page.keyboard.press("Home")
    expect(large(page)).to_have_text("3000元")
    number(page, "A", "burden").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".stage-drawer")).to_contain_text("甲的份额：25")
    page.keyboard.press("Escape")
    unfold(page, "released:A").locator("input").focus()
    page.keyboard.press("Space")
    expect(number(page, "A", "exposure")).to_have_text("0")
    assert nameless(page) == []


def test_a_beside_b(lesson):
    """Joint kept as A, several as B: what A said stands beside what C pays."""
    page = lesson
    press(page, "keep")
    turn(page, "mode", "several")
    expect(row(page, "C")).to_contain_text("A：20000")


def test_a_phone_shows_all_without_scrolling_sideways(course, phone):
    """390 px with the picture open; the column asked for is shown; a slider still works."""
    page = opened(phone, course, LESSON, "en")
    turn(page, "assets:C", 4_000)
    expect(large(page)).to_have_text("CNY 7,000")
    page.locator(".board-head", has_text="Internal burden").click()
    expect(number(page, "P", "burden")).to_be_visible()
    page.locator("details#pictures > summary").click()
    expect(page.locator("#pictures svg.main-svg").first).to_be_visible(timeout=WAIT_MS)
    assert width(page) <= 390


def test_opening_is_light_on_the_websocket(opening_bytes):
    """At most 0.1 MB over the websocket, the board and the picture below included."""
    assert opening_bytes <= 100_000
