"""Lesson 08 in a real browser: bet, clocks, a quick answer too late, a forgery that matches.

Zhao v Zhang by hand: logs end on day 182; asked on day 187 an answer as usual comes on day 207, one
within 48 hours on day 189, both too late. See tests/widgets/test_evidence.py.
"""

from browser.conftest import PHONE
from browser.pages import WAIT_MS, answer_bet, axe, opened, pick, shut, width
from playwright.sync_api import expect

from simlib.widgets.first_bytes import scene_links

LESSON, LAW = "08-evidence", "stay_if_prejudicial"
# On how many lines the words of an element stand.
LINES = """e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    return new Set([...range.getClientRects()].map(({top}) => Math.round(top))).size;
}"""
WINDOW = {"width": 1280, "height": 800}


def shows(page, row, **cells):
    """Wait until a row of the board says this."""
    for column, text in cells.items():
        said = page.locator(f'.board-row[data-row="{row}"] [data-column={column}] button')
        expect(said).to_have_text(text, timeout=WAIT_MS)


def staged(page, course, scene):
    """The lesson at a scene."""
    return opened(page, course, LESSON, query=f"?s={scene_links('evidence')[scene]}")


def test_bet_reveal_and_the_first_scene(course, open_page):
    """Speed for what is deleted is asked back; then the case, the law, and the clocks."""
    page = shut(open_page(WINDOW), course, LESSON)
    page.locator(".stage").wait_for(state="attached", timeout=WAIT_MS)
    answer_bet(page, kept=1, helps=0)
    page.locator("[data-id=commit]").click()
    expect(page.locator(".bet-said")).to_contain_text("回复再快也调不到", timeout=WAIT_MS)
    page.locator("form[data-bet] [data-id=kept] label").nth(2).click()
    page.locator("form[data-bet] [data-id=helps] label").nth(1).click()
    page.locator("[data-id=commit]").click()
    reveal = page.locator(".stage-reveal")
    expect(reveal.locator("[data-id=court]")).to_contain_text("没有用到", timeout=WAIT_MS)
    expect(reveal.locator("[data-id=law]")).to_contain_text("第182天")
    shows(page, "log", until="第182天", chance="99")
    shows(page, "bank-records", until="第1826天", chance="100")


def test_a_quick_answer_comes_too_late(course, open_page):
    """On day 187 the answer moves from day 207 to day 189, and nothing else does; why it is so."""
    page = staged(open_page(WINDOW), course, "late")
    shows(page, "log", answered="第207天", chance="0")
    pick(page, "reply", "48小时")
    shows(page, "log", answered="第189天", chance="0")
    page.locator('.board-row [data-say="log|chance|"]').click()
    drawer = page.locator(".stage-drawer")
    expect(drawer).to_contain_text("最低期限，不是删除日", timeout=WAIT_MS)
    expect(drawer).to_contain_text("答复的时候期限已过")
    assert axe(page) == []


def test_a_forgery_matches_and_is_not_confirmed(course, open_page):
    """The tree of digests has its words; the objection to the time before decides."""
    page = staged(open_page(WINDOW), course, "hash")
    title = page.locator(".stage-board svg.opening-wide title").first
    expect(title).to_contain_text("树根变成", timeout=WAIT_MS)
    pick(page, "objection", "存证前的真实性")
    shows(page, "forged", match="一致", truth="不予确认")
    assert axe(page) == []


def test_the_tables_below_fit_a_phone(course, open_page):
    """Remedies and staff; nothing scrolls aside."""
    page = opened(open_page(PHONE), course, LESSON)
    page.locator("details#tables > summary").first.click()
    for view, said in (("论文的六项方案", "改变不了什么"), ("一键请求要多少人", "先来先办")):
        pick(page, "view", view)
        expect(page.locator("details#tables")).to_contain_text(said, timeout=WAIT_MS)
    assert width(page) <= 390


def on_the_wall(open_page, course):
    """Scene 3 in stage mode."""
    page = staged(open_page({"width": 1920, "height": 1080}), course, "wait")
    page.keyboard.press("p")
    talk = page.locator("dialog.talk")
    talk.wait_for(timeout=WAIT_MS)
    page.keyboard.press("3")
    return page, talk


def test_a_range_of_money_stays_on_one_line_on_the_wall(course, open_page):
    """Sued in month 1 without preservation a share is open where only logs are left."""
    page, talk = on_the_wall(open_page, course)
    page.keyboard.press("ArrowRight")
    never = talk.locator('[data-id="preserve"] .knob-open')
    expect(never).to_have_attribute("aria-pressed", "false", timeout=WAIT_MS)
    never.click()
    talk.locator('[data-id="sue"] input[type=number]').fill("1")
    page.keyboard.press("Enter")
    money = talk.locator(f'.board-row[data-row="{LAW}"] [data-column=money] button')
    expect(money).to_contain_text("–", timeout=WAIT_MS)
    assert money.evaluate(LINES) == 1


# Stamps that leave their bar.
LEAVING = """() => [...document.querySelectorAll('dialog.talk .bar-stamp > span')].filter(e =>
    e.getBoundingClientRect().right > e.closest('.bar').getBoundingClientRect().right + 1)
    .map(e => e.textContent)"""


def test_a_stamp_stays_in_its_bar_beside_the_frame_of_before(course, open_page):
    """Never caught: three rows get nothing and wait for ever; no words lie on the next column."""
    page, talk = on_the_wall(open_page, course)
    caught = talk.locator('[data-id="caught"] .knob-open')
    expect(caught).to_have_attribute("aria-pressed", "false", timeout=WAIT_MS)
    caught.click()
    expect(talk.locator(".bar-stamp", has_text="等待没有尽头")).to_have_count(3, timeout=WAIT_MS)
    expect(talk.locator(".bar-was:not([hidden])")).to_have_count(3)
    assert page.evaluate(LEAVING) == []
