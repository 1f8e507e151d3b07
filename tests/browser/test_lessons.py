"""What `page.md` promises of every lesson on the stage, measured on each without its own words."""

import itertools

import pytest
from browser.conftest import PHONE
from browser.measure import after, before, buttons, height, knobs_in_view, main_knobs
from browser.pages import WAIT_MS, answered, axe, opened, plotly_files, shut, width
from browser.stage import OVERPRINTED, SMALL, do_task, more
from playwright.sync_api import expect
from staged import lessons, make

from simlib.widgets.front import scene_links

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

# Ask about every number in sight and measure where its reasons lie; what is wrong, by number. In
# stage mode the numbers and the panel of the wall. How many numbers there were comes first.
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
        if (!number.checkVisibility()) continue;
        count++;
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
SIZES = [(1280, 800), (1366, 768), (1024, 768), (390, 844)]

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


@pytest.mark.parametrize("topic", lessons())
def test_a_board_that_moved_overprints_nothing(topic, course, open_page):
    """What a number was stands clear of what it is, words clear of marks, wide and narrow."""
    page = answered(shut(open_page(WINDOW), course, lessons()[topic]))
    for n in range(3):
        do_task(page, n)
        for size in (WINDOW, PHONE):
            page.set_viewport_size(size)
            page.wait_for_timeout(200)
            assert page.evaluate(OVERPRINTED) == [], (n, size)
        page.set_viewport_size(WINDOW)


@pytest.mark.parametrize("topic", [*lessons()])
def test_the_board_stuck_on_a_phone_leaves_the_knobs_their_room(topic, course, open_page):
    """A third of a tall window and under 45 % of a low one, in every scene, every row unfolded.

    The page is as high as before, so that nothing moves under the finger.
    """
    page = open_page(PHONE)
    for link in scene_links(topic).values():
        page.goto("about:blank")
        opened(page, course, lessons()[topic], query=f"?s={link}")
        for window in (PHONE, BARS):
            page.set_viewport_size(window)
            page.wait_for_timeout(600)  # bars have come to rest
            tall = height(page)
            for n in range(len(main_knobs(page))):
                high, rows, covered = page.evaluate(PINNED, n)
                assert high <= min(300, 0.45 * window["height"])
                assert (1 <= rows <= 5, covered) == (True, 0)
                assert abs(height(page) - tall) <= 2
            page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    if page.locator(".board-more:visible").count():
        more(page)
        page.wait_for_timeout(600)
        assert page.evaluate(PINNED, 0)[0] <= 0.45 * window["height"]


def test_no_word_of_a_reveal_is_cut_or_overprinted_whatever_was_bet(course, open_page):
    """Headings stand beside each other: each ends within its column, at 1280 and 390.

    All lessons share one frame, so that one page shows the words of every one.
    """
    page = answered(shut(open_page(WINDOW), course, lessons()["evidence"]))
    over = {}
    for topic, lang in itertools.product(lessons(), ("zh", "en")):
        columns = revealed(topic, lang)
        for size in (WINDOW, PHONE):
            page.set_viewport_size(size)
            found = page.evaluate(OVERRUN, [topic, lang, columns])
            over |= {(topic, lang, size["width"]): found} if found else {}
    assert over == {}


# A lesson in one language on the page and in the other on the wall: both have one drawer.
TONGUES = list(zip(lessons(), itertools.cycle(("zh", "en")), strict=False))
OTHERS = [(topic, {"zh": "en", "en": "zh"}[lang]) for topic, lang in TONGUES]


@pytest.mark.parametrize(("topic", "lang"), TONGUES)
def test_reasons_cover_neither_their_number_nor_its_row(topic, lang, course, open_page):
    """Of every number, at every size: the row stays whole and in sight, nothing moves aside."""
    page = open_page(WINDOW, reduced_motion="reduce")
    answered(shut(page, course, lessons()[topic], lang))
    if page.locator(".board-more:visible").count():
        more(page)
    drawer = page.locator(".stage-drawer")
    for wide, high in SIZES:
        page.set_viewport_size({"width": wide, "height": high})
        page.wait_for_timeout(600)  # the board of a phone has come to rest
        count, wrong = page.evaluate(ASKED, PAGE)
        assert (count > 3, wrong) == (True, []), (wide, high)
        if wide > high:
            page.keyboard.press("Escape")
        else:
            drawer.locator(".stage-close").click()
        expect(drawer).to_be_hidden()
        assert page.evaluate("Boolean(document.activeElement.closest('[data-say]'))")
        assert drawer.get_attribute("aria-modal") is None


@pytest.mark.parametrize(("topic", "lang"), OTHERS)
def test_reasons_on_the_wall_leave_row_and_knobs_in_sight(topic, lang, course, open_page):
    """In stage mode, 1920 × 1080, of every number of the lesson's scenes."""
    page = open_page({"width": 1920, "height": 1080}, reduced_motion="reduce")
    answered(shut(page, course, lessons()[topic], lang))
    page.keyboard.press("p")
    page.locator("dialog.talk").wait_for()
    counts = []
    for scene in range(1, 1 + len(scene_links(topic))):
        page.keyboard.press(str(scene))
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(400)
        count, wrong = page.evaluate(ASKED, WALL)
        assert wrong == [], scene
        counts.append(count)
        page.keyboard.press("Escape")
        expect(page.locator(".talk-why")).to_be_hidden()
    assert sum(counts) > 3
