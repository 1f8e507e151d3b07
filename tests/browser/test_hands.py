"""A task by hand is tried in the drawing of its lesson, and the first try counts."""

import pytest
from browser.conftest import PHONE
from browser.pages import opened
from playwright.sync_api import expect
from staged import lessons

from simlib.lessons.reader import lesson_of

BY_HAND = [
    pytest.param(topic, n, id=f"{topic}-{n}")
    for topic in lessons()
    for n, task in enumerate(lesson_of(topic).tasks)
    if task.goal
]


def begun(page, topic, n):
    """The card of a task that was begun, and its thing in the drawing, or else its knob."""
    card = page.locator(".stage-tasks")
    if n:
        card.locator(f".task-dots label:nth-child({n + 1})").click()
    card.locator("[data-id=start]").click()
    expect(card.locator(".task-hint")).to_be_visible()
    knob = lesson_of(topic).tasks[n].knob
    drawn = page.locator(f'.stage-drawn [data-knob="{knob}"]')
    beside = page.locator(f'[data-id="{knob}"] :is(input[type=range], select)')
    return card, drawn if drawn.count() else beside


@pytest.mark.parametrize(("topic", "n"), BY_HAND)
def test_a_task_is_done_by_hand(topic, n, course, desktop):
    """A drag is one try, and nothing answers before the hand lets go; then it may be told."""
    page = opened(desktop, course, lessons()[topic])
    card, thing = begun(page, topic, n)
    thing.scroll_into_view_if_needed()
    box = thing.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    drawn = thing.get_attribute("role") is not None
    slides = thing.get_attribute("role") == "slider"
    if thing.evaluate("thing => thing.tagName") == "SELECT":
        thing.select_option(index=1)
        drawn = True
    else:
        page.mouse.move(x, y)
        page.mouse.down()
    if slides:
        for step in range(1, 6):
            page.mouse.move(x + 8 * step, y)
        page.wait_for_timeout(300)
        assert card.get_attribute("data-state") == "open"
        assert thing.bounding_box()["x"] > box["x"] + 20  # it goes with the hand
    page.mouse.up()
    if not drawn:
        thing.press("ArrowRight")
    expect(card).not_to_have_attribute("data-state", "open")
    if card.get_attribute("data-state") == "guessed":
        expect(card.locator(".task-hint")).not_to_be_empty()
        card.locator("[data-id=turn]").click()
    expect(card).to_have_attribute("data-state", "done")
    expect(card.locator(".task-verdict")).to_be_visible()


@pytest.mark.parametrize(("topic", "n"), [("liability", 0), ("procedure", 1)])
def test_a_finger_drags_a_thing_of_the_drawing_all_the_way(topic, n, course, open_page):
    """A drag of 90 px is one: neither the page nor the browser takes it for a scroll."""
    page = opened(open_page(PHONE, has_touch=True, is_mobile=True), course, lessons()[topic])
    _, thing = begun(page, topic, n)
    thing.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    page.evaluate(
        "window.cancelled = 0; addEventListener('pointercancel', () => window.cancelled++, true)"
    )
    box, before = thing.bounding_box(), thing.get_attribute("aria-valuetext")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    way = 18 if x < PHONE["width"] / 2 else -18
    touch = page.context.new_cdp_session(page)
    for step in range(6):
        kind, at = "touchMove" if step else "touchStart", {"x": x + way * step, "y": y + 2 * step}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
        page.wait_for_timeout(120)
    assert abs(thing.bounding_box()["x"] - box["x"] - 5 * way) < 12
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)
    assert page.evaluate("window.cancelled") == 0
    assert thing.get_attribute("aria-valuetext") != before
