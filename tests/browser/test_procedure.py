"""Lesson 07 in a real browser: bet, two tracks, a suspect never caught, drawer and tables.

Zhao v Zhang by hand: sued in month 1 a stay, judged in month 9 on the ordinary line, from 5 to 35;
side by side the claim dismissed, from 3 to 13. See tests/widgets/test_procedure.py.
"""

import re

from browser.conftest import PHONE
from browser.pages import WAIT_MS, answer_bet, axe, opened, pick, shut, until, width
from playwright.sync_api import expect

LESSON = "07-procedure"
WINDOW = {"width": 1280, "height": 800}
LAW, PARALLEL = "stay_if_prejudicial", "parallel"


def shows(page, row, **cells):
    """Wait until a row of the board says this."""
    for column, text in cells.items():
        said = page.locator(f'.board-row[data-row="{row}"] [data-column={column}] button')
        expect(said).to_have_text(text, timeout=WAIT_MS)


def test_bet_reveal_and_the_first_scene(course, open_page):
    """A limit that does not go with the document is asked back; then the case and the law."""
    page = shut(open_page(WINDOW), course, LESSON)
    page.locator(".stage").wait_for(state="attached", timeout=WAIT_MS)
    answer_bet(page, document=0, limit=1)
    page.locator("[data-id=commit]").click()
    expect(page.locator(".bet-said")).to_contain_text("本案已结", timeout=WAIT_MS)
    page.locator("form[data-bet] [data-id=document] label").nth(2).click()
    page.locator("form[data-bet] [data-id=limit] label").nth(0).click()
    page.locator("[data-id=commit]").click()
    reveal = page.locator(".stage-reveal")
    expect(reveal.locator("[data-id=you]")).to_contain_text("中止诉讼", timeout=WAIT_MS)
    expect(reveal.locator("[data-id=court]")).to_contain_text("25000元")
    shows(page, LAW, document="裁定中止", months="5–35")
    shows(page, PARALLEL, document="判决驳回请求", months="3–13")


def test_evidence_lifts_the_stay_and_the_picture_follows(lesson):
    """With gross negligence to show the suit is tried at once; the tracks lose their stay."""
    page = lesson
    picture = page.locator(".stage-board svg.opening-wide").first
    expect(picture.locator("title")).to_contain_text("中止诉讼", timeout=WAIT_MS)
    pick(page, "proof", "只够重大过失")
    shows(page, LAW, document="判决赔偿", months="3–13")
    expect(picture.locator("title")).not_to_contain_text("中止诉讼", timeout=WAIT_MS)
    assert axe(page) == []


def test_a_task_and_the_drawer(lesson):
    """Never caught: three rows have no day; the drawer says on what the document rests."""
    page = lesson
    page.locator(".stage-tasks button", has_text="开始").first.click()
    option = ".stage-tasks label, .stage-tasks button"
    page.locator(option, has_text="除刑民并行以外的三行").first.click()
    page.locator(".knob", has_text="嫌疑人归案").locator("button", has_text="一直没有归案").click()
    shows(page, LAW, months="没有日期")
    expect(page.locator(".stage-tasks")).to_contain_text("侦查没有法定的终点", timeout=WAIT_MS)
    page.locator(f'.board-row [data-say="{LAW}|document|"]').click()
    drawer = page.locator(".stage-drawer")
    expect(drawer).to_contain_text("必须以刑事案件的审理结果为依据", timeout=WAIT_MS)


def test_undo_after_a_task_leads_back_to_it(course, open_page):
    """Task 2 is predicted and ↶ pressed twice: task 1 is there again, and nothing was refused."""
    page = opened(open_page(WINDOW), course, LESSON)
    card = page.locator(".stage-tasks")
    card.locator("[data-id=start]").click()
    card.locator("[role=radio]").first.click()
    card.locator("[data-id=turn]").click()
    card.locator("[data-id=next]").click()
    expect(card).to_have_attribute("data-task", "early", timeout=WAIT_MS)
    card.locator("[role=radio]").first.click()
    expect(card).to_have_attribute("data-state", "guessed", timeout=WAIT_MS)
    for months in ("没有日期", "5–35"):
        page.locator("[data-id=undo]").first.click()
        shows(page, LAW, months=months)
        expect(card).to_have_attribute("data-task", "at_large")
        expect(card.locator('.task-dots label[data-state="done"]')).to_have_count(1)
        expect(page.locator(".simlib-warn")).to_have_count(0)


def test_hands_are_counted_at_both_questions(course, open_page):
    """Of 20, 21, 24 and 22 hands the most, for a stay, stand beside the law; months in the note."""
    page = shut(open_page({"width": 1920, "height": 1080}), course, LESSON)
    until(page, "() => Boolean(window.simlibFrame)")
    page.keyboard.press("p")
    wall = page.locator("dialog.talk")
    for id, hands in (("document", (20, 21, 24, 22)), ("limit", (40, 30, 17))):
        counts = wall.locator(f".talk-bet [data-id={id}] input")
        expect(counts).to_have_count(len(hands), timeout=WAIT_MS)
        for count, n in zip(counts.all(), hands, strict=True):
            count.fill(str(n))
    wall.locator("h2").first.focus()
    page.keyboard.press("ArrowRight")
    ours = wall.locator('.voice[data-id="class"]')
    expect(ours.locator("dd > b")).to_contain_text("最多：受理，中止诉讼（裁定）", timeout=WAIT_MS)
    expect(ours.locator("dd > b")).to_contain_text(re.compile("24.?／.?87"))
    expect(ours).to_contain_text("没有固定的月数")
    drawn = wall.locator(".talk-reveal .poll")
    expect(drawn).to_have_count(2)
    expect(drawn.nth(0).locator("b")).to_have_text(["20", "21", "24", "22"])
    expect(drawn.nth(1).locator("b")).to_have_text(["40", "30", "17"])
    expect(wall.locator(".talk-reveal .poll-asked")).to_have_count(2)


def test_on_a_wall_the_tracks_answer_no_question_and_no_number_breaks(course, open_page):
    """Scenes 1 to 3 cover the tracks until their answer, 2 its legend; no number breaks."""
    page = opened(open_page({"width": 1920, "height": 1080}), course, LESSON)
    page.keyboard.press("p")
    wall = page.locator("dialog.talk")
    expect(wall).to_be_visible()
    tracks = wall.locator(".stage-picture svg.opening-wide")
    for n in (1, 2, 3):
        page.keyboard.press(str(n))
        expect(wall.locator(".talk-ask")).to_be_visible(timeout=WAIT_MS)
        expect(tracks).to_be_hidden()
        if n == 2:  # its one bar is covered: what colour it has would be the answer
            expect(wall.locator(".talk-scene > .stage-legend")).to_be_hidden()
        page.keyboard.press("ArrowRight")
        expect(tracks).to_be_visible(timeout=WAIT_MS)
        for said in wall.locator("[data-column=months] .board-amount").all():
            high = said.evaluate(
                "e => e.getClientRects()[0].height / parseFloat(getComputedStyle(e).lineHeight)"
            )
            assert high < 1.6, said.text_content()


def test_the_tables_below_fit_a_phone(course, open_page):
    """Steps, limits, and many time lines; nothing scrolls aside."""
    page = opened(open_page(PHONE), course, LESSON)
    page.locator("details#tables > summary").first.click()
    for view, said in (("期限表", "延长须经批准"), ("十万条时间线", "教学假设")):
        pick(page, "view", view)
        expect(page.locator("details#tables")).to_contain_text(said, timeout=WAIT_MS)
    assert width(page) <= 390
