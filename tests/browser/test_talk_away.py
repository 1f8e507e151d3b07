"""Stage mode and the page around it: where it is offered, the way out, and what is as before."""

import pytest
from browser.pages import answer_bet, opened, shut, still_address, until
from browser.wall import PROJECTOR, at_scene, presented
from playwright.sync_api import expect

LESSON = "04-liability"
SKIP = "() => document.querySelector('.stage-tasks [data-id=skip]')?.click()"
NARROW = {"width": 390, "height": 844}
# What a reader has set up: his scene, every knob, his answer, what of it can be undone.
STANDS = """() => [window.simlibFrame.scene.id, window.simlibState,
    [...document.querySelectorAll('.stage:not(.talk) .stage-knobs input')]
        .filter(e => e.type !== 'range').map(e => e.type === 'radio'
            || e.type === 'checkbox' ? e.checked : e.value),
    document.querySelector('.stage:not(.talk) [data-id=undo]').ariaDisabled,
    document.querySelector('.stage-reveal').innerText]"""


def stands(page):
    """What is set up, once the page's address has it."""
    still_address(page)
    return page.evaluate(STANDS)


def test_a_phone_is_offered_no_stage_mode(course, open_page):
    """390 px: not in the menu, nor by P or by a link; at 700 px it is there again."""
    page = open_page(NARROW)
    opened(page, course, LESSON)
    talk = page.locator("dialog.talk")
    menu = page.locator(".stage-menu")
    page.locator("[data-id=menu]").click()
    expect(menu.locator("[data-id=copy]")).to_be_visible()
    expect(menu.locator("[data-id=talk]")).to_be_hidden()
    for _ in range(4):  # what is hidden is no stop on the way through the menu
        page.keyboard.press("ArrowDown")
    expect(menu.locator("[data-id=copy]")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.wait_for_timeout(300)
    expect(talk).to_have_count(0)
    page.evaluate("location.hash = '#talk'")
    page.wait_for_timeout(300)
    expect(talk).to_have_count(0)
    page.set_viewport_size({"width": 700, "height": 844})
    page.locator("[data-id=menu]").click()
    menu.locator("[data-id=talk]").click()
    expect(talk).to_be_visible()


def test_in_a_window_that_gets_narrow_a_cross_leaves(course, open_page):
    """44 px square, over nothing else, only there; a wide window is left by Esc."""
    page = open_page({"width": 1280, "height": 800})
    stage = presented(page, course, "zh", lesson=LESSON)
    cross = stage.get_by_role("button", name="离开讲台")
    expect(cross).to_be_hidden()
    page.set_viewport_size(NARROW)
    expect(cross).to_be_visible()
    box, head = cross.bounding_box(), stage.locator(".talk-place").bounding_box()
    assert min(box["width"], box["height"]) >= 44
    assert box["x"] + box["width"] <= NARROW["width"]
    assert head["x"] + head["width"] <= box["x"] or head["y"] >= box["y"] + box["height"]
    cross.click()
    expect(stage).to_have_count(0)


def test_the_page_is_as_it_was_left_for_stage_mode(course, open_page):
    """A bet, an own knob; four scenes and a knob on the wall: scene, knobs, steps are as before."""
    page = open_page(PROJECTOR)
    shut(page, course, LESSON)
    answer_bet(page)
    page.locator("[data-id=commit]").click()
    until(page, "() => Boolean(window.simlibState)")
    slider = page.locator(".stage:not(.talk) .stage-knobs .knob input[type=number]").first
    slider.fill("1000")
    slider.press("Enter")
    page.locator("h1, h2").first.click()
    before = stands(page)
    page.keyboard.press("p")
    stage = page.locator("dialog.talk")
    expect(stage).to_be_visible()
    for n in (2, 5):
        at_scene(page, n)
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
    typed = stage.locator(".talk-knobs input[type=number]").last
    typed.fill("2000")
    typed.press("Enter")
    page.wait_for_timeout(300)
    page.keyboard.press("Escape")
    expect(stage).to_have_count(0)
    until(page, "id => window.simlibFrame.scene.id === id", before[0])
    assert stands(page) == before
    page.keyboard.press("p")  # back to where the class was, at its question
    expect(stage.locator(".talk-place")).to_have_text("场景 5／5")
    expect(stage.locator(".talk-answer")).to_be_hidden()


def test_what_a_class_opened_stays_open_on_the_page(course, open_page):
    """The bet was opened on the wall: after Esc the page shows the first scene as it begins."""
    page = open_page(PROJECTOR)
    stage = presented(page, course, "zh", lesson=LESSON)
    at_scene(page, 4)
    page.keyboard.press("Escape")
    expect(stage).to_have_count(0)
    until(page, "() => window.simlibFrame.scene.n === 1")
    expect(page.locator(".stage-reveal")).to_be_visible()
    expect(page.locator(".stage:not(.talk) [data-id=undo]")).to_have_attribute(
        "aria-disabled", "true"
    )
    page.keyboard.press("p")
    expect(stage.locator(".talk-place")).to_have_text("场景 4／5")


@pytest.mark.parametrize("again", [pytest.param("resume", marks=pytest.mark.night), "reload"])
def test_an_own_answer_is_nobody_elses(course, open_page, again):
    """After a reload, and after a knob that was moved and put back, the summary says 「你」."""
    page = open_page(PROJECTOR)
    shut(page, course, LESSON)
    answer_bet(page)
    page.locator("[data-id=commit]").click()
    end = page.locator(".stage-ending")
    while not end.is_visible():
        page.evaluate(SKIP)  # the button goes as the ending comes: found and pressed in one
        page.wait_for_timeout(300)
    expect(end).to_contain_text("你：")
    url = still_address(page)
    if again == "resume":
        page.goto(url)
        knob = page.locator(".stage:not(.talk) .stage-knobs .knob input[type=number]").first
        knob.wait_for()
        knob.fill("1000")
        knob.press("Enter")
        until(page, "u => location.href !== u", url)
        still_address(page)
        page.locator(".stage:not(.talk) [data-id=undo]").click()
        until(page, "u => location.href === u", url)
        page.wait_for_timeout(300)
    page.reload()
    expect(end).to_contain_text("你：")
    knob = page.locator(".stage:not(.talk) .stage-knobs .knob input[type=number]").first
    knob.fill("2000")
    knob.press("Enter")
    page.wait_for_timeout(1000)
    expect(end).to_contain_text("你：")
    expect(end).not_to_contain_text("链接里的答案")
    expect(page.locator(".stage-reveal")).not_to_contain_text("链接里的答案")
