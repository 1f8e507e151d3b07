"""Lesson 03 in a real browser: bet, reveal, a switch, a task, the drawer, the module below.

hypo-chain by hand: either card is enough, both off there is no loss; with Du's card off but-for
turns for Gao, and his indices go from 1/12, 1/8, 1/2, 1/6 to 1/3, 1/3, 1, 1/3.
"""

from browser.pages import WAIT_MS, answered, shows_nothing, shut, width
from browser.stage import heard, number, row, turn
from playwright.sync_api import expect

LESSON = "03-causation"
LARGE = ".stage-large .stage-number"


def bet(page, happens, norm):
    """Answer both questions and send."""
    for name, value in (("happens", happens), ("norm", norm)):
        page.locator(f"input[name={name}][value={value}]").check(force=True)
    page.locator("[data-id=commit]").click()


def test_bet_reveal_and_switches(course, desktop):
    """What contradicts itself is asked back; one card off: still a loss; both: none."""
    page = desktop
    shut(page, course, LESSON)
    assert shows_nothing(page)
    bet(page, "yes", "both")
    expect(page.locator(".bet-said")).to_contain_text("两题互相矛盾", timeout=WAIT_MS)
    bet(page, "no", "both")
    expect(page.locator(".stage-reveal")).to_contain_text("促成了损失", timeout=WAIT_MS)
    expect(number(page, "gao", "but_for")).to_have_text("否")
    turn(page, "switch:2", False)
    expect(number(page, "gao", "but_for")).to_have_text("是")
    heard(page, "高某：条件说由「否」变为「是」")
    expect(page.locator(LARGE)).to_have_text("会发生")
    turn(page, "switch:1", False)
    expect(page.locator(LARGE)).to_have_text("不会发生")
    title = page.locator(".stage-picture svg.opening-wide title").text_content()
    assert title.endswith("损失不会发生。")


def test_a_task_is_done_by_its_switch(lesson):
    """Predict that but-for alone turns for Du, switch Gao's card off, read why."""
    page = lesson
    tasks = page.locator(".stage-tasks")
    tasks.locator("[data-id=start]").click()
    tasks.get_by_role("radio", name="只有条件说").click()
    expect(tasks).to_have_attribute("data-state", "guessed")
    turn(page, "switch:1", False)
    expect(tasks).to_contain_text("你猜对了", timeout=WAIT_MS)
    expect(tasks).to_contain_text("还取决于当时有无可替代的行为")


def test_an_answer_opens_its_reasons_and_esc_leads_back(lesson):
    """The drawer has the question, the facts and the article; the focus returns to the answer."""
    page = lesson
    asked = number(page, "gao", "furthering")
    asked.focus()
    page.keyboard.press("Enter")
    drawer = page.locator(".stage-drawer")
    expect(drawer).to_contain_text("促进（第1169条，通说）")
    expect(row(page, "gao").locator("[data-say]:visible")).to_have_count(4)  # none gives way to it
    page.keyboard.press("Escape")
    expect(asked).to_be_focused()


def test_the_module_follows_the_switches(lesson):
    """Four indices of Gao, before and after Du's card is off; plotly comes with the fold alone."""
    page = lesson
    page.locator("#views > summary").click()
    views = page.locator("#views")
    views.get_by_text("四个指数", exact=True).click()
    told = views.locator("tr", has_text="高某").locator("td")
    expect(told).to_have_text(["1/12", "1/8", "1/2", "1/6"], timeout=WAIT_MS)
    turn(page, "switch:2", False)
    expect(told).to_have_text(["1/3", "1/3", "1", "1/3"], timeout=WAIT_MS)


def test_a_phone_keeps_answers_in_their_columns(course, phone):
    """Three answers and the money of each row side by side, and nothing scrolls aside."""
    page = shut(phone, course, LESSON, "en")
    answered(page)
    assert width(page) <= 390
    boxes = [number(page, "gao", key).bounding_box() for key in ("but_for", "ness", "passed")]
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    assert max(box["y"] for box in boxes) - min(box["y"] for box in boxes) < 12
    turn(page, "switch:1", False)
    expect(number(page, "du", "but_for")).to_have_text("yes")
    assert width(page) <= 390
