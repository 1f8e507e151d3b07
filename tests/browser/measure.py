"""What `page.md` budgets: letters, heights, buttons, knobs, what stays in view. Both frames."""

from __future__ import annotations

from browser.stage import send_bet

# A lesson of the new frame has a stage; the old one a form of knobs beside a chart.
STAGE = ".stage, .simlib-lab:has(.simlib-stage .js-plotly-plot)"
KNOBS = ".stage-knobs [data-id], .simlib-stage > :not(.simlib-main) .simlib-form [data-id]"
CHART = ".stage-board, .simlib-stage .js-plotly-plot"

LETTERS = """([from, to, without]) => {
    const first = from && document.querySelector(from), last = to && document.querySelector(to);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let count = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (first && !(first.compareDocumentPosition(node) & 4)) continue;
        if (first && first.contains(node)) continue;
        if (last && (last.compareDocumentPosition(node) & 4 || last.contains(node))) break;
        if (parent.closest('header, footer, script, style, template, noscript, option')) continue;
        if (without && parent.closest(without)) continue;
        if (!parent.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
        const box = parent.getBoundingClientRect();
        if (box.width <= 1 || box.height <= 1) continue;  // for screen readers alone
        count += node.data.replace(/\\s/g, '').length;
    }
    return count;
}"""
BUTTONS = """stage => [...stage.querySelectorAll('button, summary, a[role=button]')].filter(b =>
    b.checkVisibility({visibilityProperty: true}) && b.getBoundingClientRect().width > 1
    && !b.closest('table, .stage-board, .stage-knobs, .stage-tasks')
    && !b.closest('.simlib-stage > :not(.simlib-main)')
).length"""
KNOB_IDS = """knobs => knobs.filter(k => k.checkVisibility() && !k.closest('details')
    && k.querySelector('input, select')).map(k => k.dataset.id)"""
# Rows of a board that lie wholly in the window, and nothing over them; a picture has no rows.
IN_VIEW = """chart => {
    const seen = e => {
        const box = e.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return box.top >= 0 && box.bottom <= innerHeight && top && (e.contains(top));
    };
    const ids = ['^=person', '=tub', '^="name:"'];
    const drawn = ids.map(id => `.stage-drawn [data-thing${id}]`).join();
    const rows = [...chart.querySelectorAll(`[data-row], ${drawn}`)]
        .filter(r => r.checkVisibility());
    if (rows.length) return rows.filter(seen).length >= Math.min(3, rows.length);
    const box = chart.getBoundingClientRect();
    const shown = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
    return shown >= box.height / 2;
}"""


def before(page) -> int:
    """Letters above the first control of the bet."""
    first = (
        "form[data-bet] input" if page.locator("form[data-bet]").count() else ".simlib-form input"
    )
    return page.evaluate(LETTERS, [None, first, None])


def after(page) -> int:
    """Letters shown below the bet."""
    return page.evaluate(LETTERS, [_bet(page), None, None])


def prose(page) -> int:
    """Of those, the letters outside tables, pictures, controls and exercises."""
    parts = "svg, table, form, button, .simlib-exercise, .stage-board, .stage-knobs"
    return page.evaluate(LETTERS, [_bet(page), None, parts])


def _bet(page) -> str:
    return "#bet" if page.locator("#bet").count() else ".simlib-form"


def height(page) -> int:
    """How tall the page is [px]."""
    return page.evaluate("document.documentElement.scrollHeight")


def buttons(page) -> int:
    """Buttons of the stage, without those of knobs, tasks and tables."""
    return page.locator(STAGE).first.evaluate(BUTTONS)


def main_knobs(page) -> list[str]:
    """The knobs that lie open."""
    return page.locator(KNOBS).evaluate_all(KNOB_IDS)


def knobs_in_view(page) -> dict[str, bool]:
    """Of each main knob, whether the chart is in view when a hand is on the knob."""
    found = {}
    for knob in main_knobs(page):
        place = page.locator(KNOBS).and_(page.locator(f'[data-id="{knob}"]')).first
        place.locator("input, select").last.scroll_into_view_if_needed()
        page.wait_for_timeout(60)
        found[knob] = page.locator(CHART).first.evaluate(IN_VIEW)
    page.evaluate("scrollTo(0, 0)")
    return found


def tabs_to_number(page, most=150) -> int:
    """How often Tab is pressed from the bet's button, pressed by Enter, to the first number."""
    send_bet(page, by_keyboard=True)
    for presses in range(1, most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-say]')"):
            return presses
    return most
