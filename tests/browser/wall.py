"""What tests do on the wall, a lesson in stage mode: open it, go to a scene, look at every word."""

from __future__ import annotations

import os
from pathlib import Path

from browser.pages import shut, until
from playwright.sync_api import expect

SHOTS = os.environ.get("SIMLIB_SHOTS", "")  # where pictures of every step go, to be looked at
PROJECTOR = {"width": 1920, "height": 1080}
LESSON = "01-case"
# Words smaller than they may be: 32 px, and 28 px what labels a mark or a control (at 1920 × 1080).
SMALL = """() => [...document.querySelectorAll('dialog.talk *')].filter(e =>
    e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().width > 1
    && !e.closest('.is-heard')
    && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(e => [parseFloat(getComputedStyle(e).fontSize) * 1920 / innerWidth
            * (e.ownerSVGElement ? e.getScreenCTM().a : 1),
        e.matches('svg *, .stage-picture *, small, .tag, .talk-place, .talk-column, .talk-keys,'
            + ' label, label *, .knob *, .stage-legend *, .board-answer, .talk-head-of,'
            + '.talk-bars-of, .board-axis *, .board-words *, .bar-stamp *') ? 28 : 32, e.className,
                e.textContent.slice(0, 20)])
    .filter(([size, least]) => size < least - 0.05)"""
# What does not lie wholly in the window, or is cut off inside its own box.
CUT = """() => [...document.querySelectorAll('dialog.talk *')].filter(e =>
    e.checkVisibility({visibilityProperty: true}) && !e.closest('.is-heard, .talk-why')
    && e.getClientRects().length && e.getBoundingClientRect().width > 1).filter(e => {
    const r = e.getBoundingClientRect();
    const body = e.closest('.talk-body')?.getBoundingClientRect();
    return r.left < -1 || r.right > innerWidth + 1 || r.top < -1 || r.bottom > innerHeight + 1
        || body && (r.bottom > body.bottom + 2 || r.right > body.right + 2);
    }).map(e => e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 30))"""
# Where what stays from question to answer stands.
PLACES = """() => Object.fromEntries([...document.querySelectorAll(`dialog.talk .board-row,
    dialog.talk .bar, dialog.talk .talk-head h2, dialog.talk .talk-keys,
    dialog.talk .talk-answer`)]
    .filter(e => e.checkVisibility()).map((e, n) => {
        const {x, y, width, height} = e.getBoundingClientRect();
        return [n + e.className.split(' ')[0], [x, y, width, height]];
    }))"""
# What of a scene cannot be compared from the last row: bars under 700 of 1920 px, more than two
# columns of numbers, more than three signs, words below a bar in a column that is not theirs, or
# over each other.
FAR = """() => {
    const seen = part => [...document.querySelectorAll('dialog.talk .talk-scene:not([hidden]) '
        + part)].filter(e => e.checkVisibility({visibilityProperty: true})
            && e.getClientRects().length);
    const short = seen('.board-grid:not(.is-words) .board-row .bar')
        .map(e => Math.round(e.getBoundingClientRect().width * 1920 / innerWidth))
        .filter(wide => wide < 700);
    const numbers = new Set(seen('.board-row .board-cell:not(.is-word)')
        .map(e => e.dataset.column));
    const signs = seen('> .stage-legend li');
    const inked = e => {
        const range = document.createRange();
        range.selectNodeContents(e);
        return range.getBoundingClientRect();
    };
    const through = seen('.board-row .board-words > *').filter(e => {
        const bar = e.closest('.board-row').querySelector('.bar').getBoundingClientRect();
        return e.textContent && bar.width > 1 && inked(e).right > bar.right + 2;
    });
    const boxes = row => [...row.querySelectorAll('.is-under, .board-words > *')]
        .filter(e => e.checkVisibility({visibilityProperty: true}) && e.textContent.trim())
        .map(e => [e.textContent, inked(e.querySelector('button') ?? e)]);
    const over = seen('.board-row').flatMap(row => boxes(row).filter(([, a], n, all) =>
        all.slice(0, n).some(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 8 && b.top < a.bottom - 8)).map(([text]) => text));
    return [...short.slice(0, 1).map(wide => ['bars of', wide]),
        ...numbers.size > 2 ? [['columns of numbers', ...numbers]] : [],
        ...signs.length > 3 ? [['signs', ...signs.map(e => e.textContent)]] : [],
        ...through.map(e => ['through a column', e.textContent]),
        ...over.map(text => ['over other words', text])];
}"""
TOUCHING = """() => { const r = [...document.querySelectorAll('dialog.talk .board-axis span')]
    .filter(e => e.checkVisibility() && e.textContent)
    .map(e => e.getBoundingClientRect()); return r.some((a, n) => n && a.left < r[n - 1].right +
        4); }"""


# Words of the voices that lie over each other, or beyond the voice they belong to.
OVER = """() => { const all = [...document.querySelectorAll('dialog.talk .voice')].map(voice => {
    const range = document.createRange();
    const own = [...voice.querySelectorAll('dt, dd b span, dd p, .poll span, .poll b')]
        .map(e => { range.selectNodeContents(e); return range.getBoundingClientRect(); });
    return [voice.textContent.slice(0, 20), voice.getBoundingClientRect().x,
        Math.max(...own.map(r => r.right))];
}); return all.filter(([, , end], n) => end > (all[n + 1]?.[1] ?? innerWidth) - 4); }"""


def looked_at(page, name, lang, window) -> list:
    """Take a picture if asked for; return what is wrong with a step."""
    page.wait_for_timeout(450 if SHOTS else 50)
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{lang}-{window['width']}-{name}.png"))
    wrong = [("small", *each) for each in page.evaluate(SMALL)]
    wrong += [("cut", each) for each in page.evaluate(CUT)]
    wrong += page.evaluate(FAR)
    return wrong + (["ticks touch"] if page.evaluate(TOUCHING) else [])


def presented(page, course, lang, query="", lesson=LESSON):
    """Open the lesson, and P."""
    shut(page, course, lesson, lang, query)
    until(page, "() => Boolean(window.simlibFrame)")
    page.keyboard.press("p")
    stage = page.locator("dialog.talk")
    expect(stage).to_be_visible()
    return stage


# What of the words on the wall is how large.
SIZES = """() => [document.querySelector('dialog.talk').dataset.room,
    ...['dialog.talk', '.talk-head h2', '.talk-point', '.board-name b', '.talk-knobs .knob-label']
    .map(e => parseFloat(getComputedStyle(document.querySelector('dialog.talk').matches(e)
        ? document.querySelector('dialog.talk')
        : document.querySelector('dialog.talk ' + e)).fontSize))]"""


def at_scene(page, n: int) -> list:
    """Go to a scene's question by its number; how large its words are."""
    page.keyboard.press(str(n))
    until(page, "n => window.simlibFrame.scene.n === n", n)
    page.wait_for_timeout(200)
    return page.evaluate(SIZES)


def until_answered(page) -> None:
    """Wait until a scene shows its answer, at rest."""
    until(page, "() => window.simlibFrame.scene.answered")
    page.wait_for_timeout(300)


def jumps(stood: dict, stands: dict) -> list:
    """What stood elsewhere when its question was asked, by more than 2 px, or stands no more."""
    return [
        (part, place, stands.get(part))
        for part, place in stood.items()
        if max(abs(a - b) for a, b in zip(place, stands.get(part, [9e9]), strict=False)) > 2
    ]
