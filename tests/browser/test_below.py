"""What lies below a lesson's stage, and pictures that follow its knobs: of each its own part.

What every lesson promises is asked in `test_lessons.py`, what a number should be without a browser.
"""

import io
from unicodedata import normalize

import pdfplumber
import pytest
from browser.pages import WAIT_MS, axe, cell, opened, pick, plotly_files, width
from browser.stage import knob, number, row, turn
from playwright.sync_api import expect

from simlib.law.suit import endings

# Cells of tables that hold a sentence in less than five letters a line.
SQUEEZED = """() => [...document.querySelectorAll('.lesson-fold td')].filter(td =>
    td.getClientRects().length && td.textContent.trim().length > 12 && td.clientWidth < 85)
    .map(td => [td.clientWidth, td.textContent.trim().slice(0, 20)])"""


def below(page, name):
    """A part below the stage, unfolded."""
    part = page.locator(f"details#{name}")
    part.locator("summary").first.click()
    return part


def test_two_endings_stand_below_their_heads_on_a_phone(course, phone):
    """Lesson 00, the second task: rows in words under two heads."""
    page = opened(phone, course, "00-start")
    page.locator('.stage-tasks [data-id="dot:sorting"]').check(force=True)
    page.locator(".stage-tasks [data-id=start]").click()
    page.locator(".stage-tasks [role=radio]").nth(2).click()
    page.locator(".stage-tasks [data-id=turn]").click()
    expect(number(page, "again", "ending")).to_have_text("不得就同一事项再起诉")
    expect(page.locator(".board-head.is-word:visible")).to_have_count(2)
    places, heads = (
        [page.locator(f"{each}[data-column={c}]").bounding_box()["x"] for c in ("beside", "ending")]
        for each in ("[data-row=fee] .board-cell", ".board-head")
    )
    assert places[0] < places[1]
    assert all(abs(place - head) < 12 for place, head in zip(places, heads, strict=True))
    assert width(page) <= 390


@pytest.mark.parametrize("lesson", ["02-fault", "06-chain"])
def test_no_table_of_a_fold_is_squeezed_on_a_phone(lesson, course, phone):
    """A first column of long names was kept on one line, and left 28 px to the sentences beside."""
    page = opened(phone, course, lesson)
    page.evaluate("document.querySelectorAll('.lesson-fold').forEach(fold => fold.open = true)")
    page.wait_for_timeout(300)
    assert page.evaluate(SQUEEZED) == []
    assert width(page) <= 390


def test_sorting_map_and_the_way_into_a_lab(course, desktop):
    """An ending sorted; an article in the drawer; a box by keyboard; lesson 01 with the twin."""
    page = opened(desktop, course, "00-start")
    below(page, "sorting")
    ending = endings()[0]
    for name, value in ending.values.items():
        option = page.locator(f'[data-id="{name}"] input[value="{value}"]')
        expect(option).not_to_be_checked()
        page.locator(f'[data-id="{name}"] input[value="{value}"] + label').click()
        expect(cell(page, f"sort|{ending.id}.{name}|")).to_contain_text("对：")
    cell(page, f"sort|{ending.id}.{name}|").click()
    drawer = page.locator(".stage-drawer")
    expect(drawer).to_be_visible()
    page.keyboard.press("Escape")
    below(page, "map")
    cell(page, "map|fault.proposal|").focus()
    page.keyboard.press("Enter")
    expect(drawer).to_contain_text("不是现行法")
    page.keyboard.press("Escape")
    cell(page, "hengnan-hengyang").click()
    page.locator(".simlib-shelf tr", has_text="衡南—衡阳").locator("a", has_text="01").click()
    page.wait_for_url("**/zh/01-case.ipynb**")
    row(page, "auto").wait_for(state="attached", timeout=WAIT_MS)


def test_tables_of_the_file_follow_their_own_choice(course, desktop):
    """Lesson 02: who bears a fact under two burdens; the time line; a click opens the drawer."""
    page = opened(desktop, course, "02-fault")
    below(page, "tables")
    pick(page, "table", "举证责任分配表")
    bearer = page.locator(".simlib-table tr", has_text="帮助人的过错").locator("td").first
    for burden, said in (("推定过错", "被告"), ("原告举证", "原告")):
        pick(page, "burden", burden)
        expect(bearer).to_have_text(said, timeout=WAIT_MS)
    pick(page, "table", "事件与推断")
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=WAIT_MS)
    page.locator('[data-say$="inference-restricted-then-acted|"]').first.click()
    expect(page.locator(".stage-drawer")).to_contain_text("限制另有原因")


def test_indices_and_picture_follow_the_switches(course, desktop):
    """Lesson 03: four indices of Gao, then Du's card is off. Either card is enough, so that they
    go from 1/12, 1/8, 1/2, 1/6 to 1/3, 1/3, 1, 1/3; with both off there is no loss."""
    page = opened(desktop, course, "03-causation")
    views = below(page, "views")
    views.get_by_text("四个指数", exact=True).click()
    told = views.locator("tr", has_text="高某").locator("td")
    expect(told).to_have_text(["1/12", "1/8", "1/2", "1/6"], timeout=WAIT_MS)
    turn(page, "switch:2", False)
    expect(told).to_have_text(["1/3", "1/3", "1", "1/3"], timeout=WAIT_MS)
    turn(page, "switch:1", False)
    expect(page.locator(".stage-large .stage-number")).to_have_text("不会发生")
    title = page.locator(".stage-picture svg.opening-wide title").text_content()
    assert title.endswith("损失不会发生。")


def test_a_point_of_the_picture_sets_its_knob(course, desktop):
    """Lesson 04: forms part at 3 750, a click on whose number sets C's means; recourse is drawn."""
    page = opened(desktop, course, "04-liability")
    assert plotly_files(page) == []
    pictures = below(page, "pictures")
    expect(pictures.locator("svg.main-svg").first).to_be_visible(timeout=WAIT_MS)
    pictures.locator('[data-say="joint|received|@375000"]').click()
    expect(knob(page, "assets:C").locator("input[type=number]")).to_have_value("3750")
    expect(page.locator(".stage-drawer")).to_contain_text("6750")
    page.keyboard.press("Escape")
    for picture, said in (("谁付给谁", "没有追偿"), ("全部形态", "连带责任")):
        pictures.locator('[data-id="picture"] label', has_text=picture).click()
        expect(pictures).to_contain_text(said)
    expect(pictures.locator("tbody tr")).to_have_count(16)


def test_what_decides_and_the_model_itself_are_drawn(course, desktop):
    """Lesson 05: charts load when a fold opens; courts are points of 100, 100 and 10 %."""
    page = opened(desktop, course, "05-riskbenefit")
    decides = below(page, "decides")
    expect(decides.locator(".js-plotly-plot")).to_have_count(2, timeout=WAIT_MS)
    decides.locator('[data-id="map"] select').select_option("mode")
    expect(decides).to_contain_text("由「按份责任」变为「连带责任」")
    model = below(page, "model")
    model.locator('[data-id="view"] label', has_text="与法院对照").click()
    expect(model).to_contain_text("不是对模型的支持", timeout=WAIT_MS)
    find = "c => c.data.find(trace => trace.mode === 'markers').x"
    assert model.locator(".js-plotly-plot").evaluate(find) == [100, 100, 10]
    assert axe(page) == []


def test_the_tracks_lose_their_stay_with_the_board(course, desktop):
    """Lesson 07: with gross negligence to show the suit is tried at once."""
    page = opened(desktop, course, "07-procedure")
    title = page.locator(".stage-board svg.opening-wide title").first
    expect(title).to_contain_text("中止诉讼", timeout=WAIT_MS)
    pick(page, "proof", "只够重大过失")
    expect(title).not_to_contain_text("中止诉讼", timeout=WAIT_MS)


def test_a_lesson_prints_its_stage_and_what_stands_open(course, desktop):
    """On A4: no closed fold, no button, and no page but the last less than two thirds full."""
    opened(desktop, course, "04-liability")
    desktop.locator("details#objections > summary").click()
    with pdfplumber.open(io.BytesIO(desktop.pdf(format="A4"))) as paper:
        pages = [normalize("NFKC", sheet.extract_text()) for sheet in paper.pages]
        filled = [max(word["bottom"] for word in p.extract_words()) / p.height for p in paper.pages]
    text = "".join("".join(pages).replace("\u2060", "").split())
    for said in ("23000元", "现在支付:甲3000元、乙20000元", "反方"):
        assert said in text, said
    for said in ("举证责任分配", "任务1", "教师:直接打开", "跳过"):
        assert said not in text, said
    assert min(filled[:-1]) > 2 / 3, filled
