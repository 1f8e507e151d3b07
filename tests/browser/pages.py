"""What tests of lessons do in a page: open it, answer, move controls, read numbers."""

from __future__ import annotations

import re
import time
from functools import cache
from importlib.resources import files

WAIT_MS = 60_000
LESSONS = "voila/render/{}/{}.ipynb"
NUMBER = ".board-row [data-say]:visible"  # of a board of the new frame
NAMELESS = """forms => forms.flatMap(f => [...f.querySelectorAll('input, select, button')])
    .filter(c => !(c.ariaLabel || c.getAttribute('aria-labelledby')
                   || c.labels?.length || c.textContent.trim()))
    .map(c => c.outerHTML)"""

# Undo until there is nothing to undo: the state a lab was opened in. What the browser alone knows
# (what is folded, where one is) goes back too.
TO_START = """async () => {
    const undo = () => document.querySelector('[data-id=undo]');
    while (undo().getAttribute('aria-disabled') !== 'true') {
        const answered = new Promise(done => {
            addEventListener('simlib:state', done, { once: true });
            setTimeout(done, 5000);
        });
        undo().click();
        await answered;
    }
    document.querySelectorAll('details[open]').forEach(d => {
        if (d.matches('.simlib-form details, .simlib-article')) d.open = false;
    });
    // a slider whose quantity is open keeps its place: back to where a new one stands
    const open = ':is(.is-open, .is-endless) input[type=range]';
    document.querySelectorAll(open).forEach(s => { s.value = 50; });
    document.activeElement?.blur();
    scrollTo(0, 0);
}"""


def loose(words):
    """Words as a page says them, wherever its lines are held together."""
    return re.compile("\u2060?".join(r"\s" if each == " " else re.escape(each) for each in words))


def until(page, expression, argument=None, patience=WAIT_MS):
    """Wait until a JavaScript expression (or function of `argument`) is true in the page.

    Playwright's own `wait_for_function` needs `eval`, which the page's security policy forbids.
    """
    end = time.monotonic() + patience / 1000
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, f"it did not come true: {expression}"
        page.wait_for_timeout(50)


def quiet(page, watch, still_ms=500):
    """Wait until nothing has come over the page's sockets for a while."""
    before = -1
    while watch.bytes_received != before:
        before = watch.bytes_received
        page.wait_for_timeout(still_ms)


def shut(page, url, lesson, lang="zh", query=""):
    """Open a lesson, e.g. `02-fault`, and wait for its first question; nothing is answered."""
    page.goto(url + LESSONS.format(lang, lesson) + query)
    page.locator(f"[data-id=commit]:visible, {NUMBER}").first.wait_for(timeout=WAIT_MS)
    return page


def answered(page):
    """Answer (unless that was done before), and wait for the results, on either frame."""
    if page.locator("form[data-bet]").count():
        if not page.locator(NUMBER).count():
            answer_bet(page)
            page.locator("[data-id=commit]").click()
        page.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
        return page
    if not page.locator(".simlib-table").count():
        page.locator("[data-id=commit]").click()
    page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=WAIT_MS)
    return page


def answer_bet(page, number=None, **choices):
    """Answer every question of a bet: of each the first choice or the n-th, and a number.

    `number` is half of what may be answered if none is given: 12 500 of 25 000.
    """
    form = page.locator("form[data-bet]")
    form.locator("[data-id=commit]").wait_for(timeout=WAIT_MS)
    for asked in form.locator("fieldset[data-id]").all():
        asked.locator("label").nth(choices.get(asked.get_attribute("data-id"), 0)).click()
    for typed in form.locator(".bet-amount input[type=number]").all():
        half = int(typed.get_attribute("max")) // 2
        typed.fill(str(half if number is None else number))


def opened(page, url, lesson, lang="zh", query=""):
    """Open a lesson and answer, so that the results are shown."""
    return answered(shut(page, url, lesson, lang, query))


def still_address(page, still_ms=500):
    """The address of a page once its state stands in it and nothing more is written."""
    until(page, "new URLSearchParams(location.search).has('s')")
    while (url := page.url) != (page.wait_for_timeout(still_ms) or page.url):
        pass
    return url


def plotly_files(page):
    """The files of plotly.js a page has asked for, in order, each once."""
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    names = [url.split("?")[0].rpartition("/")[2] for url in asked if "plotly" in url]
    return list(dict.fromkeys(names))


def back_to_start(page):
    """Take back everything that was done in a lesson since it was answered."""
    page.evaluate(TO_START)


def shows_nothing(page):
    """Whether chart, table and what the lesson tells of its results are still out of sight."""
    told = page.get_by_text("三、注意到什么")
    return not page.locator(".js-plotly-plot, .simlib-table").count() and not told.is_visible()


def slide(page, knob, value):
    """Put a slider somewhere, as a finger does."""
    page.locator(f'[data-id="{knob}"] input[type=range]').evaluate(
        "(slider, value) => { slider.value = value;"
        " slider.dispatchEvent(new Event('input', {bubbles: true})); }",
        str(value),
    )


def let_go(page, knob):
    """End a stroke of a slider, as lifting the finger does."""
    page.locator(f'[data-id="{knob}"] input[type=range]').dispatch_event("change")


def pick(page, knob, words):
    """Choose an option of a knob by its words."""
    page.locator(f'[data-id="{knob}"] label', has_text=words).first.click()


def cell(page, asks):
    """The first cell that asks about `row|key|party`."""
    return page.locator(f'[data-say="{asks}"]').first


def on_board(page, asks):
    """The same, in the table right below the lab's chart."""
    return page.locator(f'.simlib-main > :nth-child(2) [data-say="{asks}"]').first


def second(page):
    """What lies below the lab's table."""
    return page.locator(".simlib-second")


def nameless(page):
    """The controls a screen reader has no name for."""
    return page.locator(".simlib-form").evaluate_all(NAMELESS)


@cache
def _axe():
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def axe(page):
    """What axe-core finds in a screen reader's way: rule, and where."""
    page.evaluate(_axe())  # the driver may evaluate what the page's own policy forbids the page
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(v["id"], [n["target"] for n in v["nodes"]][:5]) for v in found["violations"]]


def fits(page):
    """Whether the page needs no sideways scrolling."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def width(page):
    """How wide the page is, scrolled sideways or not [px]."""
    return page.evaluate("document.documentElement.scrollWidth")


def stays_connected(browser, address, opened, seconds=100):
    """Open lesson 01, leave it alone so long [s]: it still has its first socket, and answers."""
    page = browser.new_context(locale="zh-CN").new_page()
    sockets, closed = [], []
    page.on("websocket", sockets.append)
    page.on("websocket", lambda socket: socket.on("close", closed.append))
    page.goto(address)
    opened(page)
    page.wait_for_timeout(1000 * seconds)
    slide(page, "gain", 7500)
    typed = "document.querySelector('[data-id=gain] input[type=number]').value"
    until(page, f"{typed} === '7500'")
    assert (len(sockets), closed) == (1, [])
    assert "&got=0" in sockets[0].url
    page.context.close()
