"""What a page cannot do to a lab, in a browser: make links of names, or keep a refused choice."""

import pytest
from browser.pages import LESSONS, WAIT_MS, answered, until
from browser.stage import turn, unfold
from marked import EVIL, marked
from playwright.sync_api import expect
from staged import lessons

from simlib.case import check_text
from simlib.widgets import fault_lab
from simlib.widgets.own.editor import LESSONS as NAMES
from simlib.widgets.state import case_link

DRAWN = """evil => [...document.querySelectorAll('.js-plotly-plot')]
    .some(chart => chart.textContent.includes(evil))"""


@pytest.mark.parametrize("each", [3, pytest.param(1, marks=pytest.mark.night)])
def test_every_lesson_opens_from_the_editor_and_no_name_is_a_link(course, desktop, tmp_path, each):
    """A chain of accounts whose every name is markup, opened in the editor, by day in every third
    lesson, at night in all: each shows it, the charts letter by letter, and nothing in them can be
    clicked away."""
    page, file = desktop, tmp_path / "mine.toml"
    file.write_text(marked("hypo-layers"), "utf-8")
    page.goto(course + LESSONS.format("zh", "12-own"))
    until(page, "document.querySelector('.own-status')?.textContent")
    page.locator(".own-bar input[type=file]").set_input_files(file)
    expect(page.locator(".own-said")).to_have_text("文件已打开。")
    expect(page.locator(".own-preview")).to_contain_text(EVIL)
    assert page.locator(".own-preview :is(a, b b)").count() == 0
    links = page.locator(".own-labs a").evaluate_all("all => all.map(a => a.href)")
    assert len(links) == len(NAMES)
    for name, link in list(zip(NAMES, links, strict=True))[::each]:
        assert f"/{name}.ipynb" in link
        if name in lessons().values():
            page.goto(link)
            expect(page.locator(".stage-number")).to_be_visible(timeout=WAIT_MS)
            expect(page.locator(".stage")).to_contain_text(EVIL)
            assert page.locator(".stage-board :is(a, b b)").count() == 0
            continue
        page.goto(link)
        answered(page)
        expect(page.locator('[data-id="case"] select')).to_have_value("own", timeout=WAIT_MS)
        until(page, DRAWN, EVIL)
        assert page.locator(".js-plotly-plot a, .simlib-pane a").count() == 0


def test_refused_change_is_reverted_in_the_page(course, desktop):
    """A case the lesson cannot show, and a choice that it never offered: the page shows again what
    holds, says why to the first, and goes on working."""
    page = desktop
    text = """
id = "spare"
basis = "hypothetical"
title = { zh = "某平台案", en = "A platform" }
acted_on = 2023-01-01
loss_fen = 1_000_000
parties = [
 { id = "v", role = "victim", name = { zh = "甲", en = "V" } },
 { id = "p", role = "principal", name = { zh = "丙", en = "P" } },
 { id = "pl", role = "platform", name = { zh = "平台", en = "Platform" }, grade = "slight" },
]
"""
    page.goto(course + LESSONS.format("zh", "02-fault") + "?s=" + case_link(text))
    page.locator("[data-id=open]").click(timeout=WAIT_MS)
    case = unfold(page, "case").locator("select")
    held = case.input_value()
    case.select_option("own")
    reason = fault_lab("zh").refuses(check_text(text)[0])
    expect(page.locator(".simlib-warn")).to_have_text(reason)
    expect(case).to_have_value(held)
    case.evaluate("""select => {
        select.append(new Option('x', '/etc/passwd'));
        select.value = '/etc/passwd';
        select.dispatchEvent(new Event('change', { bubbles: true }));
    }""")
    expect(case).not_to_have_value("/etc/passwd")
    turn(page, "rebuttal", "contrary")
    expect(page.locator(".simlib-warn")).to_have_count(0)
