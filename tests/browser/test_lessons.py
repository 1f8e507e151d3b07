"""What every lesson on the stage promises: one visit asks all of it on the page, one on the wall.

By day in Chinese, and every third number gives its reasons; at night in both languages, at all
sizes, in all scenes, for every number.
"""

import itertools
import re

import pytest
import serving
from browser.conftest import FOUR_TIMES, PHONE
from browser.measure import after, before, buttons, height, knobs_in_view, main_knobs
from browser.pages import (
    NUMBER,
    WAIT_MS,
    answered,
    axe,
    opened,
    plotly_files,
    quiet,
    shut,
    still_address,
    until,
)
from browser.pages import width as width_of
from browser.stage import OVERPRINTED, SMALL, board, do_task, more
from browser.wall import (
    FAR,
    OVER,
    PLACES,
    PROJECTOR,
    at_scene,
    jumps,
    looked_at,
    presented,
    until_answered,
)
from playwright.sync_api import expect
from staged import lessons, make

from simlib.widgets.prerendered_opening import scene_links

WINDOW = {"width": 1280, "height": 800}
BARS = {"width": 390, "height": 664}  # a phone whose browser shows its bars
# Put the n-th main knob right under the board; how high the board is there, and its rows in sight.
PINNED = """async n => {
    const board = document.querySelector('.stage-board');
    document.querySelectorAll('.stage-main-knobs .knob')[n].scrollIntoView({behavior: 'instant'});
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);  // it sticks
    await new Promise(done => setTimeout(done, 80));
    const rows = [...board.querySelectorAll('.board-row')].filter(row => row.checkVisibility());
    const knob = document.querySelectorAll('.stage-main-knobs .knob')[n];
    const covered = Math.max(0, board.getBoundingClientRect().bottom
        - knob.getBoundingClientRect().top);
    return [board.offsetHeight, rows.length, covered];
}"""

# Ask about each n-th number in sight and measure where its reasons lie; what is wrong, by number.
# In stage mode the numbers and the panel of the wall. How many numbers there were comes first.
ASKED = """async ([numbers, panel, ways]) => {
    const frames = async () => {
        for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
    };
    const box = each => document.querySelector(each).getBoundingClientRect();
    const all = [...document.querySelectorAll(numbers)];
    const lid = document.querySelector(panel), wrong = [];
    const laps = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
        && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    let count = 0;
    for (const number of all) {
        if (!number.checkVisibility() || count++ % ways.each) continue;
        if (!ways.wall) number.scrollIntoView({block: ways.block, behavior: 'instant'});
        await frames();
        const [knobs, main] = [box(ways.knobs), box(ways.main)];
        const title = lid.querySelector('h3');
        if (ways.wall && lid.checkVisibility()) lid.querySelector('button').click();
        number.click();
        const until = performance.now() + 10000;
        const open = () => lid.checkVisibility() && document.activeElement === title
            && (ways.wall || number.getAttribute('aria-expanded') === 'true');
        while (!open() && performance.now() < until) await frames();
        await frames();
        const row = ['.board-row', 'tr', '.stage-say', '.stage-large'].map(
            each => number.closest(each)?.getBoundingClientRect()).find(each => each?.height);
        const its = lid.getBoundingClientRect(), now = [box(ways.knobs), box(ways.main)];
        const bar = ways.wall ? 0 : box('#course-header').bottom;
        const holds = {
            opened: open(), clear: !laps(row, its), high: its.height >= 100,
            seen: row.top >= bar - 1 && row.bottom <= innerHeight + 1,
            inside: its.left >= -1 && its.right <= innerWidth + 1 && its.bottom <= innerHeight + 1
                && its.top >= bar - 1,
            still: now[0].left === knobs.left && now[1].left === main.left
                && now[0].width === knobs.width && now[1].width === main.width,
            knobs: now[0].left >= 0 && (innerWidth < 1000 || !laps(now[0], its)),
            aside: scrollX === 0 && document.documentElement.scrollWidth <= innerWidth,
            modal: ways.wall || lid.getAttribute('aria-modal') === 'true',
        };
        for (const [name, held] of Object.entries(holds))
            if (!held) wrong.push(`${number.dataset.say}: ${name}`);
    }
    return [count, wrong];
}"""
PAGE = [
    '.stage-main [data-say]:not([data-say=""])',
    ".stage-drawer",
    {"knobs": ".stage-knobs", "main": ".stage-main", "block": "center"},
]
WALL = [
    '.talk-scene [data-say]:not([data-say=""])',
    ".talk-why",
    {"knobs": ".talk-knobs", "main": ".talk-board", "wall": True},
]
REVEALED_OR_ASKED_BACK = """hint => document.querySelector('.talk-reveal .poll')?.checkVisibility()
    || document.querySelector('.talk-bet [role=alert]').textContent !== hint"""
SIZES = [(1280, 800), (390, 844), (1366, 768), (1024, 768), (768, 1024)]  # by day the first two
EACH = 3  # by day every third number
NIGHT = pytest.mark.night

# Which headings of a reveal are cut or run into the next one, of each set of columns.
OVERRUN = """([topic, lang, sets]) => {
    const stage = document.querySelector('.stage'), dl = stage.querySelector('.stage-reveal dl');
    stage.dataset.topic = topic;
    stage.lang = lang;
    const make = (kind, inner) => Object.assign(document.createElement(kind), {innerHTML: inner});
    const over = new Set();
    for (const columns of sets) {
        dl.replaceChildren(...columns.map(({id, label, value, note}) => {
            const voice = make('div', `<dt>${label}</dt><dd><b></b><small>${note}</small></dd>`);
            voice.className = 'voice';
            voice.dataset.id = id;
            voice.querySelector('b').textContent = value;
            return voice;
        }));
        for (const head of dl.querySelectorAll('b')) {
            const words = document.createRange(), box = head.closest('.voice');
            words.selectNodeContents(head);
            const end = box.getBoundingClientRect().right;
            if (words.getBoundingClientRect().right > end) over.add(head.textContent);
        }
    }
    return [...over];
}"""


def revealed(topic, lang):
    """The columns of a lesson's reveal for every answer that is not asked back."""
    lab = make(topic, lang)
    first, asked = lab.play.opening(), []
    for question in lab.questions():
        ends = [(question.key, end) for end in (0, question.most_fen or question.most)]
        asked.append([(question.key, value) for value, _ in question.options] or ends)
    answers = map(dict, itertools.product(*asked))
    return [lab.reveal(first, each)["columns"] for each in answers if not lab.contradiction(each)]


def nothing_chosen(page):
    """The bet as it is first seen: no answer, its button in the first screen."""
    form = page.locator("form[data-bet]")
    assert form.locator("input:checked").count() == 0
    send = form.locator("[data-id=commit]")
    box = send.bounding_box()
    assert box["y"] + box["height"] <= page.viewport_size["height"]
    expect(send).to_have_attribute("aria-disabled", "true")
    assert page.locator(".stage-board:visible, .lesson-fold:visible").count() == 0


def within_budgets(page):
    """Characters, height, buttons and main knobs of a page that was just answered; no plotly.js."""
    assert after(page) <= 2000
    assert height(page) <= 4500
    assert buttons(page) <= 8
    assert 1 <= len(main_knobs(page)) <= 3
    assert knobs_in_view(page) == dict.fromkeys(main_knobs(page), True)
    assert plotly_files(page) == []
    assert axe(page) == []
    assert stops_to_a_knob(page) <= 8


def stops_to_a_knob(page):
    """How often Tab is pressed from what was revealed to the first main knob."""
    page.locator(".stage-reveal h2").focus()
    for stops in range(1, 30):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('.stage-main-knobs'))"):
            return stops
    return 30


def fits_a_phone(page):
    """Board in view while a knob moves, targets of 44 px; nothing scrolls aside, nor at 400 %."""
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(300)
    assert height(page) <= 8000
    assert width_of(page) <= 390
    small = page.evaluate(SMALL, ".stage")
    assert [
        html
        for html in small
        if not any(kind in html for kind in ("board-amount", "stage-column", 'class="term"'))
    ] == []
    assert knobs_in_view(page) == dict.fromkeys(main_knobs(page), True)
    page.set_viewport_size(FOUR_TIMES)
    page.wait_for_timeout(300)
    assert width_of(page) <= FOUR_TIMES["width"]


def leaves_room(page, *windows):
    """The board stuck on a phone: a third of a tall window, under 45 % of a low one, and the page
    as high as before, so that nothing moves under the finger."""
    for window in windows:
        page.set_viewport_size(window)
        page.wait_for_timeout(600)  # bars have come to rest
        tall = height(page)
        for n in range(len(main_knobs(page))):
            high, rows, covered = page.evaluate(PINNED, n)
            assert high <= min(300, 0.45 * window["height"])
            assert (1 <= rows <= 5, covered) == (True, 0)
            assert abs(height(page) - tall) <= 2
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")


def give_reasons_beside(page, sizes, each):
    """Of the numbers, at every size: the row stays whole and in sight, nothing moves aside; how
    many numbers there are at the size that has fewest."""
    drawer, counts = page.locator(".stage-drawer"), []
    for wide, high in sizes:
        page.set_viewport_size({"width": wide, "height": high})
        page.wait_for_timeout(600)  # the board of a phone has come to rest
        numbers, panel, ways = PAGE
        count, wrong = page.evaluate(ASKED, [numbers, panel, ways | {"each": each}])
        assert wrong == [], (wide, high)
        counts.append(count)
        if wide > high:
            page.keyboard.press("Escape")
        else:
            drawer.locator(".stage-close").click()
        expect(drawer).to_be_hidden()
        assert page.evaluate("Boolean(document.activeElement.closest('[data-say]'))")
        assert drawer.get_attribute("aria-modal") is None
    return min(counts)


def below_fits_a_phone(page, watch):
    """Every fold below the stage opened, its charts and tables come: nothing scrolls aside."""
    page.set_viewport_size(PHONE)
    for fold in page.locator("details.lesson-fold > summary").all():
        fold.click()
    quiet(page, watch)
    page.wait_for_load_state("networkidle")
    assert width_of(page) <= 390


def a_term_opens_by_key(page):
    """The first term below the stage: Enter opens its card, Esc shuts it, the focus is back."""
    term, card = page.locator(".lesson-fold .term").first, page.locator(".term-card")
    term.focus()
    page.keyboard.press("Enter")
    expect(card).to_have_count(1)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert term.evaluate("term => term === document.activeElement")


def unfolded(page):
    """The button of more rows, if there are more."""
    found = page.locator(".board-more:visible")
    if found.count():
        more(page)
        page.wait_for_timeout(600)
    return found


def amounts(page):
    """Row, column → what of the board is a bare number, in either language's writing."""
    cells = {
        (row, column): text for row, said in board(page).items() for column, text in said.items()
    }
    bare = {place: re.sub(r"CNY|,|\s", "", text) for place, text in cells.items()}
    return {place: text for place, text in bare.items() if re.fullmatch(r"[\d.–]+%?", text)}


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=NIGHT)], ids=["day", "night"])
@pytest.mark.parametrize("topic", lessons())
def test_a_lesson_on_the_page(topic, whole, course, open_page, watch):
    """Budgets, phone, reasons of numbers, tasks that overprint nothing, the twin, a term by key.

    The websocket carries at most 0.1 MB until the lesson stands open.
    """
    page = shut(open_page(PHONE), course, lessons()[topic])
    page.emulate_media(reduced_motion="reduce")
    nothing_chosen(page)
    page.set_viewport_size(WINDOW)
    nothing_chosen(page)
    assert before(page) <= 160
    page.locator(".stage").wait_for(state="attached", timeout=WAIT_MS)
    assert axe(page) == []
    answered(page)
    assert watch.bytes_received <= 100_000
    within_budgets(page)
    fits_a_phone(page)
    leaves_room(page, PHONE, BARS)
    fold = unfolded(page)
    if fold.count():
        assert page.evaluate(PINNED, 0)[0] <= 0.45 * BARS["height"]
    assert give_reasons_beside(page, SIZES if whole else SIZES[:2], 1 if whole else EACH) > 3
    page.set_viewport_size(WINDOW)
    if fold.count():
        fold.click()
    for n in range(3):
        do_task(page, n)
        assert page.evaluate(OVERPRINTED) == [], n
        leaves_room(page, BARS)  # in the task's scene
        page.set_viewport_size(PHONE)
        page.wait_for_timeout(200)
        assert page.evaluate(OVERPRINTED) == [], n
        page.set_viewport_size(WINDOW)
    shown = amounts(page)
    still_address(page)
    page.locator("#course-other").click()
    expect(page.locator("html")).to_have_attribute("lang", "en", timeout=WAIT_MS)
    page.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    assert serving.eventually(lambda: amounts(page) == shown), (amounts(page), shown)
    below_fits_a_phone(page, watch)
    a_term_opens_by_key(page)


@pytest.mark.night
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("topic", lessons())
def test_a_lesson_on_a_phone_in_every_scene(topic, lang, course, open_page):
    """Opened by its link, every row unfolded, every number with its reasons.

    By chance one share has three numbers in 00: more than three are asked of all scenes together.
    """
    page, asked = open_page(PHONE), 0
    page.emulate_media(reduced_motion="reduce")
    for link in scene_links(topic).values():
        page.set_viewport_size(PHONE)
        page.goto("about:blank")
        opened(page, course, lessons()[topic], lang, query=f"?s={link}")
        assert width_of(page) <= 390
        leaves_room(page, PHONE, BARS)
        if unfolded(page).count():
            assert page.evaluate(PINNED, 0)[0] <= 0.45 * BARS["height"]
        asked += give_reasons_beside(page, SIZES, 1)
    assert asked > 3


def hands_are_counted(page, stage):
    """Vote on every question and give every option its hands; the reveal, asked back or not."""
    for group in stage.locator(".talk-bet [role=group]").all():
        group.locator("button").nth(1).click()
    counts = stage.locator(".talk-choice input").all()
    hands = [str(20 + n) for n in range(len(counts))]
    for count, number in zip(counts, hands, strict=True):
        count.fill(number)
    stage.locator("h2").first.focus()
    hint = stage.locator(".talk-bet [role=alert]").text_content()
    page.keyboard.press("ArrowRight")
    until(page, REVEALED_OR_ASKED_BACK, hint)
    poll = stage.locator(".talk-reveal .poll").first
    if not poll.is_visible():  # a contradiction is asked back once
        page.keyboard.press("ArrowRight")
    expect(poll).to_be_visible()
    expect(stage.locator(".talk-reveal .poll b")).to_have_text(hands)


def reveal_has_room(page, name, lang):
    """In the end, when the size that fits is found, no words are overprinted, cut or small."""
    for _ in range(20):
        wrong = [*looked_at(page, name, lang, PROJECTOR), *page.evaluate(OVER)]
        bar = "document.querySelector('.talk-reveal .poll-bar')?.getBoundingClientRect().width"
        if not wrong and page.evaluate(f"{bar} > 100"):
            return []
        page.wait_for_timeout(250)
    return wrong or ["a poll's bar is too short"]


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=NIGHT)], ids=["day", "night"])
@pytest.mark.parametrize("topic", lessons())
def test_a_lesson_on_the_wall(topic, whole, course, open_page):
    """Text of 32 px and labels of 28 px at 1920 × 1080, nothing cut off, from the bet with a
    class's hands to the last answer; an answer stands where its question stood; reasons leave row
    and knobs in sight."""
    page, lang = open_page(PROJECTOR), "zh"
    page.emulate_media(reduced_motion="reduce")
    stage = presented(page, course, lang, lesson=lessons()[topic])
    name = f"{topic}-{{}}".format
    wrong = {"bet": looked_at(page, name("bet"), lang, PROJECTOR)}
    hands_are_counted(page, stage)
    wrong["hands"] = reveal_has_room(page, name("hands"), lang)
    asked = 0
    for n in range(1, 1 + len(scene_links(topic))):
        at_scene(page, n)
        wrong[f"{n}?"] = looked_at(page, name(f"{n}-1"), lang, PROJECTOR)
        stood = page.evaluate(PLACES)
        page.keyboard.press("ArrowRight")
        until_answered(page)
        wrong[f"{n}!"] = looked_at(page, name(f"{n}-2"), lang, PROJECTOR)
        wrong[f"{n} jumps"] = jumps(stood, page.evaluate(PLACES))
        count, wrong[f"{n} reasons"] = reasons_on_the_wall(page, 1 if whole else EACH)
        asked += count
    assert asked > 3
    assert [f"{step}: {found}" for step, found in wrong.items() if found] == []


def reasons_on_the_wall(page, each):
    """How many numbers the scene has, and what is wrong with the reasons of each n-th."""
    numbers, panel, ways = WALL
    found = page.evaluate(ASKED, [numbers, panel, ways | {"each": each}])
    page.keyboard.press("Escape")
    expect(page.locator(".talk-why")).to_be_hidden()
    return found


@pytest.mark.night
@pytest.mark.parametrize("topic", lessons())
def test_a_lesson_on_the_wall_in_english(topic, course, open_page):
    """Bars as wide as on a Chinese wall, an answer where its question stood, reasons of every
    number; of the lessons that a class opens with, words of a reveal with hands as large too."""
    page = open_page(PROJECTOR)
    page.emulate_media(reduced_motion="reduce")
    stage = presented(page, course, "en", lesson=lessons()[topic])
    hands_are_counted(page, stage)
    if topic in ("start", "case", "liability", "chain"):
        assert reveal_has_room(page, f"{topic}-hands", "en") == []
    counts = []
    for n in range(1, 1 + len(scene_links(topic))):
        at_scene(page, n)
        far, stood = page.evaluate(FAR), page.evaluate(PLACES)
        page.keyboard.press("ArrowRight")
        until_answered(page)
        far += page.evaluate(FAR) + jumps(stood, page.evaluate(PLACES))
        count, wrong = reasons_on_the_wall(page, 1)
        assert (far, wrong) == ([], []), n
        counts.append(count)
    assert sum(counts) > 3


@pytest.mark.parametrize("langs", [("zh",), pytest.param(("en",), marks=NIGHT)], ids="-".join)
def test_no_word_of_a_reveal_is_cut_or_overprinted_whatever_was_bet(langs, course, open_page):
    """Headings stand beside each other: each ends within its column, at 1280 and 390.

    All lessons share one frame, so that one page shows the words of every one.
    """
    page = answered(shut(open_page(WINDOW), course, lessons()["evidence"]))
    over = {}
    for topic, lang in itertools.product(lessons(), langs):
        columns = revealed(topic, lang)
        for size in (WINDOW, PHONE):
            page.set_viewport_size(size)
            found = page.evaluate(OVERRUN, [topic, lang, columns])
            over |= {(topic, lang, size["width"]): found} if found else {}
    assert over == {}
