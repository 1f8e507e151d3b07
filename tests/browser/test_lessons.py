"""What `page.md` promises of every lesson on the stage, measured on each without its own words."""

import pytest
from browser.conftest import PHONE
from browser.measure import after, before, buttons, height, knobs_in_view, main_knobs
from browser.pages import WAIT_MS, answered, axe, plotly_files, shut, width
from browser.stage import SMALL
from playwright.sync_api import expect
from staged import lessons

WINDOW = {"width": 1280, "height": 800}


def nothing_chosen(page):
    """The bet as it is first seen: no answer, its button in the first screen."""
    form = page.locator("form[data-bet]")
    assert form.locator("input:checked").count() == 0
    send = form.locator("[data-id=commit]")
    box = send.bounding_box()
    assert box["y"] + box["height"] <= page.viewport_size["height"]
    expect(send).to_have_attribute("aria-disabled", "true")
    assert page.locator(".stage-board:visible, .lesson-fold:visible").count() == 0


@pytest.mark.parametrize("topic", lessons())
def test_a_lesson_keeps_to_the_budgets_of_a_page(topic, course, open_page):
    """Characters before the bet and open after it, height, buttons, main knobs, chart in view.

    The page has no violation of axe, shut or open, and loads no plotly.js.
    """
    page = shut(open_page(WINDOW), course, lessons()[topic])
    nothing_chosen(page)
    assert before(page) <= 160
    page.locator(".stage").wait_for(state="attached", timeout=WAIT_MS)
    assert axe(page) == []
    answered(page)
    assert after(page) <= 2000
    assert height(page) <= 4500
    assert buttons(page) <= 8
    assert 1 <= len(main_knobs(page)) <= 3
    assert knobs_in_view(page) == dict.fromkeys(main_knobs(page), True)
    assert plotly_files(page) == []
    assert axe(page) == []


@pytest.mark.parametrize("topic", lessons())
def test_a_lesson_fits_a_phone(topic, course, open_page):
    """Bet in the first screen, board in view while a knob moves, 44 px, nothing scrolls aside."""
    page = shut(open_page(PHONE), course, lessons()[topic])
    nothing_chosen(page)
    answered(page)
    assert height(page) <= 8000
    assert width(page) <= 390
    small = page.evaluate(SMALL, ".stage")
    assert [
        html for html in small if "board-amount" not in html and "stage-column" not in html
    ] == []
    assert knobs_in_view(page) == dict.fromkeys(main_knobs(page), True)
