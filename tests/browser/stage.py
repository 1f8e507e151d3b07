"""What tests do on a page of the new frame (`simlib.widgets.stage`): bet, knobs, board, drawer."""

from __future__ import annotations

from browser.pages import NUMBER, WAIT_MS, answer_bet, answered, until
from playwright.sync_api import expect

from simlib.figures.board import rounded
from simlib.text import amount

LAB = "document.querySelector('.stage')"
# The board as a reader sees it: row → column → amount.
BOARD = """() => {
    const button = cell => cell.querySelector('button:not([hidden])');
    const text = cell => button(cell)?.textContent.replaceAll('\u2060', '') ?? '';
    const cells = row => [...row.querySelectorAll('.board-cell')];
    const rows = [...document.querySelectorAll('.stage-board .board-row')];
    return Object.fromEntries(rows.map(row => [row.dataset.row,
        Object.fromEntries(cells(row).map(cell => [cell.dataset.column, text(cell)]))]));
}"""
TABLE = """() => [...document.querySelectorAll('.stage-table tbody tr')].map(
    row => [...row.querySelectorAll('[data-say]')].map(
        b => [b.dataset.say, b.textContent.replaceAll('\u2060', '')]))"""
# Row → how much of the scale its bar fills, and its band [%].
BARS = """() => {
    const rows = [...document.querySelectorAll('.stage-board .board-row')];
    const width = (row, name) => parseFloat(row.querySelector('.bar-' + name).style.width);
    return Object.fromEntries(rows.map(row =>
        [row.dataset.row, [width(row, 'solid'), width(row, 'band')]]));
}"""
# What has the focus, in words; the page itself: none.
REACHED = """() => {
    const e = document.activeElement;
    if (e === document.body) return '';
    return [e.tagName, e.id, e.name, e.dataset.id, e.dataset.say].join(' ');
}"""
# What a finger must find and is lower than 44 px.
SMALL = """area => {
    const kinds = ['button', 'summary', 'select', 'input[type=range]', 'input[type=number]',
                   'label:has(input)'];
    return [...document.querySelectorAll(kinds.map(kind => area + ' ' + kind).join())]
        .filter(e => e.checkVisibility({visibilityProperty: true}))
        .filter(e => e.getBoundingClientRect().width > 1)
        .filter(e => e.getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML.slice(0, 300));
}"""


def send_bet(page, by_keyboard=False) -> None:
    """Answer whatever is asked, on either frame, and wait for the first number."""
    if not by_keyboard:
        answered(page)
        return
    if page.locator("form[data-bet]").count():
        answer_bet(page)
    page.locator("[data-id=commit]").focus()
    page.keyboard.press("Enter")
    page.locator(f"{NUMBER}, .simlib-table [data-say]").first.wait_for(timeout=WAIT_MS)
    page.wait_for_timeout(300)


def row(page, name):
    """A row of the board."""
    return page.locator(f'.stage-board .board-row[data-row="{name}"]')


def number(page, name, column="exposure"):
    """The amount of a row in a column."""
    return row(page, name).locator(f'[data-column="{column}"] [data-say]')


def knob(page, name):
    """A control of the stage."""
    return page.locator(f'.stage-knobs [data-id="{name}"]')


def unfold(page, name):
    """A control of the stage, its fold opened."""
    here = knob(page, name)
    if not here.is_visible():
        here.evaluate("knob => { knob.closest('details').open = true; }")
    return here


def turn(page, name, value) -> None:
    """Set a knob, wherever it lies: a slider as a finger does, a choice, a switch."""
    here = unfold(page, name)
    if isinstance(value, bool):
        here.locator("input[type=checkbox]").set_checked(value)
    elif isinstance(value, str):
        here.locator(f'input[value="{value}"]').click()  # what was answered last may still arrive
    else:
        slide_to(page, name, value)


def slide_to(page, name, value) -> None:
    """Move a slider, as a finger that does not lift."""
    knob(page, name).locator("input[type=range]").evaluate(
        "(slider, value) => { slider.value = value;"
        " slider.dispatchEvent(new Event('input', {bubbles: true})); }",
        str(value),
    )


def lift(page, name) -> None:
    """End the stroke of a slider."""
    knob(page, name).locator("input[type=range]").dispatch_event("change")


def board(page) -> dict:
    """Row → column → amount, as the page shows them."""
    return page.evaluate(BOARD)


def wanted(outcomes, party, lang="zh") -> dict:
    """Row → column → amount, as the engine says them; whole yuan where the board rounds."""
    found = {}
    for mode, outcome in outcomes.items():
        mine = outcome.parties[party]
        values = (mine.exposure_fen, outcome.received_fen, mine.burden_fen)
        texts = [bare(amount(rounded(value), lang)) for value in values]
        found[mode] = dict(zip(("exposure", "received", "burden"), texts, strict=True))
    return found


def bare(text: str) -> str:
    """An amount without its unit."""
    return text.replace("CNY", "").replace("元", "").strip()


def press(page, tool) -> None:
    """A tool of the menu."""
    page.locator(".stage-top [data-id=menu]").click()
    page.locator(f'.stage-menu [data-id="{tool}"]').click()


def more(page) -> None:
    """Show every row."""
    button = page.locator(".board-more")
    if button.get_attribute("aria-expanded") == "false":
        button.click()


def shows(page, outcomes, party, lang="zh") -> None:
    """Wait until every row of the board that stands there is what the engine says."""
    right = wanted(outcomes, party, lang)
    expect(page.locator(".stage-board .board-row").first).to_be_visible(timeout=WAIT_MS)
    try:
        until(
            page,
            f"right => {{ const now = ({BOARD})(); return Object.keys(now).every(row =>"
            " !right[row] || JSON.stringify(now[row]) === JSON.stringify(right[row])); }",
            right,
            patience=15_000,
        )
    except AssertionError:
        now = board(page)
        assert {name: now[name] for name in now if name in right} == {
            name: right[name] for name in now if name in right
        }


def heard(page, words) -> None:
    """Wait until the status region says this."""
    expect(page.locator(".stage-status")).to_contain_text(words)


# Words and marks of the board whose ink lies on each other's, as pairs of words: of letters the
# middle two thirds of their line counts, which is as high as they are. A word over its own bar, or
# an amount beside it, is none.
OVERPRINTED = """() => {
    const grid = document.querySelector('.stage-board .board-grid');
    const seen = [];
    const walk = document.createTreeWalker(grid, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode, held = node.parentElement;
        if (!node.data.trim() || !held.checkVisibility({visibilityProperty: true})) continue;
        if (held.closest('.is-heard')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const {left, right, top, bottom} of range.getClientRects()) {
            const sixth = (bottom - top) / 6;
            seen.push({text: node.data, left, right, top: top + sixth, bottom: bottom - sixth});
        }
    }
    for (const row of grid.querySelectorAll('.board-row')) {
        const {left, right, top} = row.getBoundingClientRect();
        seen.push({text: 'rule', left, right, top, bottom: top + 1});
        for (const [name, of] of [['mark', '.bar-answer'], ['before', '.bar-was']]) {
            const mark = row.querySelector(of);
            if (!mark.checkVisibility()) continue;
            const box = mark.getBoundingClientRect();
            const edges = name === 'mark' ? [[box.left, box.right]]
                : [[box.left, box.left + 1], [box.right - 1, box.right]];
            for (const [left, right] of edges)
                seen.push({text: name, left, right, top: box.top, bottom: box.bottom});
        }
    }
    const marks = ['rule', 'mark', 'before'];
    const laps = (a, b) => a.left < b.right && b.left < a.right
        && a.top < b.bottom && b.top < a.bottom;
    return seen.flatMap((a, n) => seen.slice(n + 1)
        .filter(b => !(marks.includes(a.text) && marks.includes(b.text)) && laps(a, b))
        .map(b => [a.text, b.text]));
}"""


def do_task(page, n, begun=False) -> None:
    """Begin a task unless it is, guess its first option and do what it asks with one press.

    In a task by hand something in the drawing is touched first.
    """
    page.locator(".task-dots input").nth(n).check(force=True)
    if not begun:
        page.locator(".stage-tasks [data-id=start]").click()
    page.locator(".stage-tasks :is(.task-hint, .task-options)").wait_for(timeout=WAIT_MS)
    if page.locator(".task-hint").count():
        drawn = page.locator(".stage-drawn :is([role=slider], [role=switch]):visible")
        thing = (
            drawn if drawn.count() else page.locator(".stage-main-knobs input[type=range]")
        ).first
        thing.press("Enter" if thing.get_attribute("role") == "switch" else "ArrowRight")
        page.locator(".stage-tasks:not([data-state=open])").wait_for(timeout=WAIT_MS)
    else:
        page.locator(".task-options [role=radio]").first.click()
    if not page.locator(".stage-tasks[data-state=done]").count():  # a try may have reached the goal
        page.locator(".stage-tasks [data-id=turn]").click()
    page.locator(".stage-tasks[data-state=done]").wait_for(timeout=WAIT_MS)
    page.wait_for_timeout(500)  # bars move to where they belong
