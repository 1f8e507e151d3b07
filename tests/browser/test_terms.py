"""A term opens its card in place, by keyboard and by touch; the page's text stays as it was."""

import pytest
from browser.pages import axe, fits, opened, until
from playwright.sync_api import expect

FOLD = "details#reading"
# What the page says below its stage; a fold's terms are marked when it is opened.
PROSE = """() => [...document.querySelectorAll('.lesson-fold .jp-MarkdownOutput')]
    .map(each => each.textContent)"""
# Letters that may not begin a line, or end one, and do so beside a term.
BROKEN = """root => [...root.querySelectorAll('.term')].flatMap(term => {
    const line = term.getBoundingClientRect(), wrong = [];
    const at = (node, from, to) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        return range.getBoundingClientRect();
    };
    const [next, last] = [term.nextSibling, term.previousSibling];
    if (next instanceof Text && /^[，。；：、）」？！,.;:)]/.test(next.data)
        && at(next, 0, 1).top > line.bottom)
        wrong.push(term.textContent + next.data.slice(0, 4));
    if (last instanceof Text && /[（「(]$/.test(last.data)
        && at(last, last.length - 1, last.length).bottom < line.top)
        wrong.push(last.data.slice(-4) + term.textContent);
    return wrong;
})"""
SCROLLED = """root => [...root.querySelectorAll('*')].filter(e =>
    /auto|scroll/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 1
).map(e => e.className)"""


def test_a_term_opens_by_keyboard_and_gives_the_focus_back(course, desktop):
    """Enter opens, another closes the first, Esc and × lead back; nothing above the term moves."""
    opened(desktop, course, "01-case")
    desktop.locator(f"{FOLD} > summary").click()
    terms = desktop.locator(f"{FOLD} .term")
    card = desktop.locator(".term-card")
    terms.nth(1).evaluate("term => term.scrollIntoView({block: 'center', behavior: 'instant'})")
    terms.nth(1).focus()
    top = terms.nth(1).bounding_box()["y"]
    desktop.keyboard.press("Enter")
    expect(card).to_have_count(1)
    assert terms.nth(1).bounding_box()["y"] == pytest.approx(top, abs=1)
    expect(card.locator("strong")).to_have_text("连带责任")
    expect(terms.nth(1)).to_have_attribute("aria-expanded", "true")
    assert axe(desktop) == []
    terms.nth(0).focus()
    desktop.keyboard.press("Space")
    expect(card).to_have_count(1)
    expect(terms.nth(1)).to_have_attribute("aria-expanded", "false")
    desktop.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert terms.nth(0).evaluate("term => term === document.activeElement")
    terms.nth(0).press("Enter")
    card.locator("button").press("Enter")
    expect(card).to_have_count(0)
    assert terms.nth(0).evaluate("term => term === document.activeElement")


def test_a_term_opens_by_touch_and_the_text_stays(course, phone):
    """At 390 px: a target of 44 px, the card whole in sight, nothing aside; each term once."""
    opened(phone, course, "01-case")
    written = phone.evaluate(PROSE)
    assert len(written) > 5
    assert phone.locator(".lesson-fold .term").count() == 0
    terms = phone.locator(f"{FOLD} .term")
    phone.locator("details.lesson-fold").evaluate_all("all => all.forEach(e => { e.open = true; })")
    until(phone, "document.querySelectorAll('.lesson-fold .term').length > 20")
    assert phone.evaluate(PROSE) == written
    assert phone.locator("body").evaluate(BROKEN) == []
    assert phone.locator(".lesson-rest").evaluate(SCROLLED) == []
    keys = terms.evaluate_all("all => all.map(term => term.dataset.term)")
    assert len(keys) == len(set(keys))
    target = "term => parseFloat(getComputedStyle(term, '::after').height)"
    assert terms.first.evaluate(target) >= 44
    for term in (terms.last, phone.locator(".lesson-fold td .term").first):
        term.scroll_into_view_if_needed()
        term.click()
        box = phone.locator(".term-card").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] >= 48
        assert box["y"] + box["height"] <= phone.viewport_size["height"]
        assert fits(phone)
        assert axe(phone) == []
    phone.keyboard.press("Escape")
    assert phone.evaluate(PROSE) == written


def test_a_task_and_a_drawer_have_terms(course, desktop):
    """A task's card opens inside it; in the drawer Esc closes the card first, then the drawer."""
    opened(desktop, course, "01-case")
    desktop.locator(".stage-tasks .term").first.click()
    expect(desktop.locator(".task-head .term-card")).to_be_visible()
    desktop.locator('.board-row[data-row="auto"] [data-say]:visible').first.click()
    drawer = desktop.locator(".stage-drawer")
    drawer.locator(".term").first.press("Enter")
    expect(drawer.locator(".term-card")).to_be_visible()
    expect(desktop.locator(".term-card")).to_have_count(1)
    desktop.keyboard.press("Escape")
    expect(drawer).to_be_visible()
    expect(desktop.locator(".term-card")).to_have_count(0)
    desktop.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    assert desktop.locator(".talk .term, .stage-board .term").count() == 0
