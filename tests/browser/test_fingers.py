"""Under a finger and magnified: what a hand must find has 44 px, nothing scrolls sideways at 400 %.

By day two lessons, at night all, in both languages.
"""

import pytest
from browser.conftest import PHONE
from browser.pages import LESSONS, NUMBER, answered, quiet, shut, until
from browser.pages import width as width_of
from browser.stage import SMALL
from staged import lessons

NARROW = {"width": 320, "height": 640}  # 1280 px at 400 %
BY_DAY = ("case", "liability")
TOPICS = [
    topic if topic in BY_DAY else pytest.param(topic, marks=pytest.mark.night)
    for topic in lessons()
]
# Lower, but alone in their row or column; a term stands in a sentence, and its own box is larger.
LOWER = ("board-amount", "stage-column", 'class="term"')
UNFOLDED = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
# Of what reaches beyond the window the innermost, if nothing that scrolls by itself holds it.
BEYOND = """() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const held = each => each.parentElement?.closest(':is(svg, math)')
        || /auto|scroll|hidden|clip/.test(getComputedStyle(each).overflowX);
    const inside = each => { for (; each; each = each.parentElement) if (held(each)) return true; };
    return [...document.body.querySelectorAll('*')]
        .filter(each => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth)
        .filter(each => !inside(each.parentElement) && !each.children.length)
        .map(each => each.outerHTML.slice(0, 100));
}"""
# What in the column of knobs runs out of it.
OUT = """() => {
    const column = document.querySelector('.stage-knobs').getBoundingClientRect();
    return [...document.querySelectorAll('.stage-knobs *')]
        .filter(each => each.checkVisibility() && !each.closest('.is-heard'))
        .filter(each => each.getBoundingClientRect().right > column.right)
        .map(each => each.outerHTML.slice(0, 100));
}"""


def found_at(page, step):
    """What is too small for a finger at 390 px, what scrolls sideways there and at 320 px."""
    wrong = []
    for size in (PHONE, NARROW):
        page.set_viewport_size(size)
        page.wait_for_timeout(500)  # bars have come to rest
        small = page.evaluate(SMALL, "body") if size is PHONE else []
        wrong += [each for each in small if not any(kind in each for kind in LOWER)]
        wrong += page.evaluate(BEYOND)
        if width_of(page) > size["width"]:
            wrong.append(f"{width_of(page)} px wide")
    return [f"{step}: {each}" for each in wrong]


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.night)])
@pytest.mark.parametrize("topic", TOPICS)
def test_a_lesson_under_a_finger(topic, lang, course, open_page, watch):
    """The bet, the stage, the reasons of a number, and all folds open."""
    page = shut(open_page(PHONE), course, lessons()[topic], lang)
    page.emulate_media(reduced_motion="reduce")
    wrong = found_at(page, "bet")
    answered(page)
    wrong += found_at(page, "stage")
    page.locator(NUMBER).first.click()
    until(page, "!!document.querySelector('.stage-drawer.is-open')")
    wrong += found_at(page, "reasons")
    page.locator(".stage-close").click()
    page.evaluate(UNFOLDED)
    quiet(page, watch)
    wrong += found_at(page, "folds")
    assert wrong == []


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.night)])
def test_an_own_case_under_a_finger(lang, course, open_page):
    """Each of its six steps, empty."""
    page = open_page(PHONE)
    page.goto(course + LESSONS.format(lang, "12-own"))
    steps = page.locator(".own-steps button")
    steps.first.wait_for()
    wrong = []
    for n in range(6):
        steps.nth(n).click()
        wrong += found_at(page, f"step {n + 1}")
    assert wrong == []


@pytest.mark.parametrize("topic", TOPICS)
def test_no_knob_runs_out_of_its_column(topic, course, open_page, watch):
    """English at 768 px, the narrowest column of knobs, its folds open."""
    page = answered(shut(open_page({"width": 768, "height": 900}), course, lessons()[topic], "en"))
    page.evaluate(UNFOLDED)
    quiet(page, watch)
    assert page.evaluate(OUT) == []
