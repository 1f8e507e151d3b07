"""Lesson 02 in a real browser: bet, reveal, one file read several ways, a task, the tables below.

hypo-knowledge by hand: substantive review gross under the plaintiff's burden and under inference,
20,000; knowing under presumed fault, and under inference on the minority's reading, 80,000; formal
review slight, 20,000.
"""

from browser.measure import main_knobs
from browser.pages import WAIT_MS, answer_bet, axe, opened, pick, shut, width
from browser.stage import BARS, board
from playwright.sync_api import expect

LESSON = "02-fault"
WINDOW = {"width": 1280, "height": 800}
INFERRED, PRESUMED = "factual_inference.substantive", "presumed_fault.substantive"


def shows(page, row, **cells):
    """Wait until a row of the board says this."""
    for column, text in cells.items():
        said = page.locator(f'.board-row[data-row="{row}"] [data-column={column}] button')
        expect(said).to_have_text(text, timeout=WAIT_MS)


def test_bet_reveal_and_two_readings(course, open_page):
    """A norm that does not go with the grade is asked back; then three columns, and the switch of
    the reading moves one bar from a quarter to the whole."""
    page = shut(open_page(WINDOW), course, LESSON)
    page.locator(".stage").wait_for(state="attached", timeout=WAIT_MS)
    answer_bet(page, grade=3, norm=1)
    page.locator("[data-id=commit]").click()
    expect(page.locator(".bet-said")).to_contain_text("第1169条第1款", timeout=WAIT_MS)
    page.locator("form[data-bet] [data-id=norm] label").nth(2).click()
    page.locator("[data-id=commit]").click()
    reveal = page.locator(".stage-reveal")
    expect(reveal.locator("[data-id=you]")).to_contain_text("明知", timeout=WAIT_MS)
    expect(reveal.locator("[data-id=law]")).to_contain_text("重大过失")
    expect(reveal.locator("[data-id=doctrine]")).to_contain_text("80000")
    shows(page, INFERRED, grade="重大过失，按份", exposure="20000")
    assert page.evaluate(BARS)[INFERRED] == [25, 0]
    pick(page, "rebuttal", "证明相反的事实")
    shows(page, INFERRED, grade="明知，连带", exposure="80000")
    assert page.evaluate(BARS)[INFERRED] == [100, 0]
    assert axe(page) == []


def test_a_task_and_the_drawer(lesson):
    """The statement alone leaves knowledge unclear; taken away, two rows go up; the drawer says
    who bears what is unclear."""
    page = lesson
    page.locator(".stage-tasks button", has_text="开始").first.click()
    shows(page, INFERRED, bearer="不明归何某", exposure="20000")
    shows(page, PRESUMED, bearer="不明归邓某", exposure="80000")
    page.locator(
        ".stage-tasks label, .stage-tasks button", has_text="原告举证和事实推定"
    ).first.click()
    pick(page, "file:e-story", "不在案")
    shows(page, INFERRED, exposure="80000")
    done = page.locator(".stage-tasks")
    expect(done).to_contain_text("推定只改变由谁提出证据", timeout=WAIT_MS)
    page.locator(f'.board-row [data-say="{INFERRED}|row-fault|"]').click()
    drawer = page.locator(".stage-drawer")
    expect(drawer).to_contain_text("真伪不明的后果由谁承担", timeout=WAIT_MS)
    expect(drawer).to_contain_text("何某")


def test_the_tables_below_follow_the_stage(lesson):
    """Who bears it under each burden; the event log's time line; a click opens the drawer."""
    page = lesson
    page.locator("#tables summary, details#tables > summary").first.click()
    pick(page, "table", "举证责任分配表")
    row = page.locator(".simlib-table tr", has_text="帮助人的过错")
    for burden, bearer, forward in (
        ("原告举证", "原告", "原告"), ("事实推定", "原告", "被告"), ("推定过错", "被告", "被告"),
    ):  # fmt: skip
        pick(page, "burden", burden)
        expect(row.locator("td").nth(0)).to_have_text(bearer, timeout=WAIT_MS)
        expect(row.locator("td").nth(1)).to_have_text(forward)
    pick(page, "table", "事件与推断")
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=WAIT_MS)
    page.locator('[data-say$="inference-restricted-then-acted|"]').first.click()
    expect(page.locator(".stage-drawer")).to_contain_text("反证要证明的是：限制另有原因")


def test_a_phone_moves_the_board(course, phone):
    """390 px: nothing scrolls sideways, an original of the advertisement moves presumed fault."""
    page = opened(phone, course, LESSON, "en")
    assert main_knobs(page) == ["rebuttal", "file:e-advert", "file:e-price"]
    page.locator('[data-id="file:e-advert"] label').first.click()
    shows(page, PRESUMED, exposure="20,000")
    assert width(page) <= 390
    assert board(page)[PRESUMED]["exposure"].startswith("20")


def test_opening_is_light_on_the_websocket(opening_bytes):
    """At most 0.1 MB over the websocket, board and checklist included."""
    assert opening_bytes <= 100_000
