"""Lesson 01 by the keyboard alone: where the focus goes, and what the status region says."""

import re
from itertools import pairwise

import pytest
from browser.conftest import DESKTOP, Watch
from browser.pages import WAIT_MS, answer_bet, shut, until
from browser.stage import do_task, heard, knob, number
from playwright.sync_api import expect

LESSON = "01-case"
REST_MS = 300  # a hand that is still so long is at rest: REST_MS of stage-status.js
DARK = 48  # height of the bar, in pixels
FOCUS = """() => {
    const e = document.activeElement;
    const box_ = e.matches('input[type=radio], input[type=checkbox]');
    const shown = (box_ && e.closest('label')) || e;
    const box = shown.getBoundingClientRect();
    return [e.outerHTML.slice(0, 90), box.top, box.height, Boolean(e.closest('.lesson-bar'))];
}"""
ABOUT = """() => (document.activeElement.getAttribute('aria-describedby') ?? '').split(' ')
    .map(id => document.getElementById(id)?.textContent ?? '').join(' ')"""
# What is said from now on.
RECORD = """() => {
    window.told = [];
    const line = document.querySelector('.stage-status');
    window.recorder?.disconnect();
    window.recorder = new MutationObserver(() => window.told.push(line.textContent));
    window.recorder.observe(line, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def page(chromium, course):
    """One lesson for all tests here, in their order: the bet, the reveal, the stage."""
    seen = Watch()
    looks = {"viewport": DESKTOP, "locale": "zh-CN", "reduced_motion": "reduce"}
    made = chromium.new_context(**looks).new_page()
    made.set_default_timeout(WAIT_MS)
    seen.follow(made)
    yield shut(made, course, LESSON)
    made.context.close()
    assert seen.verdict() == []


def focused(page, selector):
    """Wait until what a selector names has the focus."""
    until(page, "selector => document.activeElement.matches(selector)", selector, 10_000)


def in_sight(page, name):
    """A knob, out of its fold."""
    here = knob(page, name)
    here.evaluate("knob => { const fold = knob.closest('details'); if (fold) fold.open = true; }")
    return here


def test_a_bet_that_lacks_answers_says_which(page):
    """Enter on the greyed button; the slider says that nothing is chosen, until something is."""
    page.locator(".stage").wait_for(state="attached")
    slider = page.locator(".bet-amount input[type=range]")
    expect(slider).to_have_attribute("aria-valuetext", "还没有选")
    page.locator("[data-id=commit]").press("Enter")
    expect(page.locator(".bet-said")).to_have_text("还没有答：依哪一条、用哪种文书、赔多少。")
    expect(page.locator("[data-step=see] a")).to_have_attribute("tabindex", "-1")
    answer_bet(page, norm=1)
    expect(page.locator(".bet-said")).to_be_empty()
    expect(slider).to_have_attribute("aria-valuetext", "12500元")


def test_a_bet_that_contradicts_itself_leads_to_one_of_its_answers(page):
    """A suit ruled out, and 12 500 yuan: said, and the focus is at the document."""
    form = page.locator("form[data-bet]")
    form.locator('[data-id=document] input[value="ruling"]').check()
    page.locator("[data-id=commit]").press("Enter")
    focused(page, '[data-id=document] input[value="ruling"]')
    expect(page.locator(".bet-said")).not_to_be_empty()
    answer_bet(page, norm=1)


def test_the_reveal_has_the_focus_and_is_said(page):
    """You 12 500, court and law in force 25 000."""
    page.locator("[data-id=commit]").press("Enter")
    focused(page, ".stage-reveal h2")
    heard(page, "你：12500元")
    expect(page.locator("[data-step=tasks] a")).not_to_have_attribute("tabindex", "-1")


def test_undo_says_that_there_is_nothing_to_undo(page):
    """It stays in the order of the keyboard, and answers."""
    page.locator(".stage-top [data-id=undo]").press("Enter")
    heard(page, "没有可以撤销的操作。")


def test_a_task_is_heard_and_leads_on(page):
    """Started from the bar: its question; guessed: the button to the knob with what to do.

    The question names the options, and is not said beside them; a ring is round the card.
    """
    page.locator("[data-step=tasks] a").press("Enter")
    focused(page, ".stage-tasks h3")
    assert page.locator(".stage-tasks").evaluate("card => getComputedStyle(card).outlineStyle") == (
        "solid"
    )
    expect(page.locator("[data-step=tasks]")).to_have_class(re.compile("is-on"))
    assert page.locator(".task-question").text_content() in page.evaluate(ABOUT)
    page.locator(".stage-tasks [data-id=start]").press("Enter")
    focused(page, ".stage-tasks [role=radio]")
    question = page.locator(".task-question").text_content()
    assert question not in page.locator(".stage-status").text_content()
    page.keyboard.press("Enter")
    focused(page, ".stage-tasks [data-id=knob]")
    assert page.locator(".task-do").text_content() in page.evaluate(ABOUT)


def test_a_task_done_is_said_first_and_once(page):
    """重大过失 does the task: one announcement, its answer, one amount that moved, and why."""
    page.evaluate(RECORD)
    radio = knob(page, "grade").locator("input:checked")
    radio.focus()
    for _ in range(4):
        if page.locator(".stage-tasks[data-state=done]").count():
            break
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(600)
    heard(page, "任务1做完了：")
    page.wait_for_timeout(1000)
    done = [text for text in page.evaluate("told") if "做完了" in text]
    assert len(done) == 1
    assert done[0].startswith("任务1做完了：")
    assert "25000元变为" in done[0]
    assert page.locator(".task-told > p").first.text_content().replace("\u2060", "") in done[0]
    assert done[0].count("。") == 3


def test_the_next_task_is_the_next_stop_after_its_knob(page):
    """With the card in sight, too; back at the knob afterwards."""
    held = page.evaluate_handle("document.activeElement")
    page.keyboard.press("Tab")
    for _ in range(3):
        if page.evaluate("document.activeElement.dataset.id") == "knob-next":
            break
        page.keyboard.press("Tab")
    focused(page, "[data-id=knob-next]")
    held.as_element().focus()


def test_more_rows_are_named_and_the_button_stays_in_sight(page):
    """Rows come above the button: the focus is brought along, and what came is said once."""
    more = page.locator(".board-more")
    more.focus()
    more.press("Enter")
    focused(page, ".board-more")
    heard(page, "又列出5行：")
    box = more.bounding_box()
    assert box["y"] + box["height"] <= DESKTOP["height"]
    more.press("Enter")


def test_no_stop_of_the_keyboard_is_nameless_above_the_exercises(page):
    """Text alone is none."""
    first = page.locator(".simlib-exercise > summary").first
    first.focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_quick_arrows_are_said_once(page):
    """Five presses of an arrow key, one announcement; one more for each time the hand rested.

    A busy machine presses slowly: what counts is when the presses reached the page.
    """
    slider = in_sight(page, "gain").locator("input[type=range]")
    slider.focus()
    focused(page, "[data-id=gain] input")
    page.evaluate(RECORD)
    slider.evaluate("""slider => {
        window.pressed = [];
        slider.addEventListener('keydown', () => window.pressed.push(performance.now()));
    }""")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(60)
    until(page, "told.length > 0")
    page.wait_for_timeout(1500)
    pressed = page.evaluate("pressed")
    assert len(pressed) == 5
    rests = sum(after - before >= REST_MS for before, after in pairwise(pressed))
    assert 1 <= len(page.evaluate("told")) <= 1 + rests


def test_not_known_and_back_keeps_the_focus(page):
    """The button of what is not known is a switch, and Space does not scroll."""
    here = in_sight(page, "gain")
    button = here.locator(".knob-open")
    here.locator("input[type=number]").fill("7500")
    here.locator("input[type=number]").press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(800)  # another stroke
    button.focus()
    top = page.evaluate("scrollY")
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    focused(page, ".knob-open")
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(here.locator("input[type=number]")).to_have_value("7500")
    focused(page, ".knob-open")
    assert page.evaluate("scrollY") == top


def test_the_drawer_holds_tab_and_gives_the_number_back(page):
    """Round and round inside; Esc closes it from anywhere."""
    number(page, "several").press("Enter")
    focused(page, ".stage-drawer h3")
    for key in ("Shift+Tab", "Tab", "Tab"):
        page.keyboard.press(key)
        assert page.evaluate("Boolean(document.activeElement.closest('.stage-drawer'))")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Escape")
    focused(page, '.board-row[data-row="several"] [data-say]')
    expect(page.locator(".stage-drawer")).to_be_hidden()


def test_the_menu_shows_the_focus(page):
    """The entry that has the focus has the ring of everything else."""
    page.locator(".stage-top [data-id=menu]").press("Enter")
    page.keyboard.press("ArrowDown")
    ring = "(e => [e.outlineStyle, e.outlineWidth])(getComputedStyle(document.activeElement))"
    assert page.evaluate(ring) == ["solid", "3px"]
    page.keyboard.press("Escape")


def test_the_focus_is_never_under_the_bar(page):
    """Shift+Tab from the end of the page to its beginning."""
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator("#next a").focus()
    hidden = []
    for _ in range(120):
        page.keyboard.press("Shift+Tab")
        what, top, height, in_bar = page.evaluate(FOCUS)
        if in_bar:
            break
        if height and top < DARK:
            hidden.append((what, top))
    assert hidden == []


def test_the_button_at_the_knob_leads_into_the_next_task(page):
    """As the one in the card does: the focus is at the options, whose group says the question."""
    page.locator(".task-dots input").nth(0).dispatch_event("change")  # the card is drawn anew
    page.locator("[data-id=knob-next]").press("Enter")
    focused(page, ".stage-tasks [role=radio]")
    expect(page.locator(".stage-tasks h3")).to_have_text("任务2")
    expect(page.locator(".stage-tasks")).to_have_attribute("data-state", "open")


def test_the_button_at_the_knob_leads_to_a_task_that_is_done(page):
    """Task 1 once more, task 2 done: the focus is at its title, which tells what it came to."""
    do_task(page, 1, begun=True)
    page.locator(".task-dots input").nth(0).check(force=True)
    page.locator(".stage-tasks [data-id=again]").press("Enter")
    focused(page, ".stage-tasks [role=radio]")
    page.keyboard.press("Enter")
    focused(page, ".stage-tasks [data-id=knob]")
    page.locator(".stage-tasks [data-id=turn]").press("Enter")
    page.locator(".stage-tasks[data-state=done]").wait_for()
    page.wait_for_timeout(800)
    page.locator("[data-id=knob-next]").press("Enter")
    focused(page, ".stage-tasks h3")
    expect(page.locator(".stage-tasks h3")).to_have_text("任务2")
    assert page.locator(".stage-tasks .task-verdict").text_content() in page.evaluate(ABOUT)


def test_stage_mode_says_the_new_scene_and_hears_its_keys(page):
    """→ says the new scene alone; B says how to come back; keys work with nothing focused."""
    page.keyboard.press("p")
    talk = page.locator("dialog.talk")
    expect(talk).to_be_visible()
    said = talk.locator("> [role=status]")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("b")
    expect(said).to_have_text("已黑屏，按B恢复。")
    page.keyboard.press("b")
    expect(talk.locator(".talk-black")).to_be_hidden()
    page.evaluate("""() => {
        window.recorder.disconnect();
        window.told = [];
        const line = document.querySelector('dialog.talk > [role=status]');
        const note = () => window.told.push(line.textContent);
        new MutationObserver(note).observe(line, {childList: true});
    }""")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("PageDown")
    until(page, "told.length > 0")
    page.keyboard.press("PageDown")
    until(page, "told.length > 1")
    page.wait_for_timeout(800)
    told = page.evaluate("told")
    assert len(told) == len(set(told)) == 2
    assert page.locator(".stage-status").text_content() == ""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Escape")
    expect(talk).to_be_hidden()
