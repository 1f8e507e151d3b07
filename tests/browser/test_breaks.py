"""Lines: no bracket, number, range or article breaks wrongly, at any width, in either language."""

import pytest
from browser.pages import NUMBER, answered, shut, until
from browser.pages import width as width_of
from staged import lessons

WIDTHS = (320, 390, 768, 1280, 1920)
# Of every two letters in sight between which no line may break: what stands there, where one does.
# Drawings and formulas set their lines by themselves.
WRONG = r"""() => {
    const OPEN = '（「『《〈【([“‘', CLOSE = '）」』》〉】)]，。、；：？！,.;:?!%”’';
    const UNIT = /[元年月日天个名人笔件条款项万亿分倍份张次号级课步页%％]/;
    const held = (before, gap, after) => {
        const [last, first] = [before.at(-1), after[0]], number = /\d/.test(first);
        if (gap) return number && /(\d to|CNY|\bart\.|§|\bArticle|\bno\.)$/i.test(before);
        return OPEN.includes(last) || CLOSE.includes(first) ||
            number && /([\d第约§]|\d[.,]|[\d%元][–~～])$/.test(before) ||
            /[\d%元]/.test(last) && /[–~～]/.test(first) ||
            /\d/.test(last) && (/[.,]/.test(first) || UNIT.test(first));
    };
    const SKIP = 'svg, math, mjx-container, script, style, noscript, select, input, .is-heard';
    const range = document.createRange(), wrong = new Set(), blocks = new Map();
    const display = each => getComputedStyle(each).display;
    const add = (parent, node) => {  // null: something else stands there
        while (display(parent) === 'inline' || parent.matches('.term'))
            parent = parent.parentElement;
        if (!blocks.has(parent)) blocks.set(parent, []);
        blocks.get(parent).push(node);
    };
    const walk = node => {
        if (node.nodeType === Node.TEXT_NODE) add(node.parentElement, node);
        if (node.nodeType !== Node.ELEMENT_NODE) return;
        if (!node.checkVisibility({visibilityProperty: true}) && !node.matches('.is-heard')) return;
        const skip = node.matches(SKIP);
        const apart = skip || display(node) !== 'inline' && !node.matches('.term');
        if (apart) add(node.parentElement, null);
        if (!skip) node.childNodes.forEach(walk);
    };
    walk(document.body);
    const box = ([node, at]) => {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
    };
    for (const [block, nodes] of blocks) {
        let before = '', gap = false, last = null;
        for (const node of nodes) for (let at = 0; at < (node?.length ?? 1); at++) {
            if (!node) { last = null; continue; }
            const letter = node.data[at], after = node.data.slice(at, at + 8);
            if (/\s/.test(letter)) { gap = true; continue; }
            if (letter === '\u2060') continue;
            if (last && held(before, gap, after)) {
                const [line, next] = [box(last), box([node, at])];
                if (line.width && next.width && next.top > line.bottom - 2 && next.left < line.left)
                    wrong.add(`${before.slice(-8)}|${gap ? ' ' : ''}${after} (${block.tagName}.${
                        block.className} in ${block.parentElement.outerHTML.slice(0, 80)})`);
            }
            [last, gap, before] = [[node, at], false, (before + letter).slice(-12)];
        }
    }
    return [...wrong];
}"""

# What reaches furthest to the right, in a page that scrolls sideways.
WIDEST = """() => {
    const right = (each) => each.getBoundingClientRect().right;
    const all = [...document.body.querySelectorAll('*')].filter((each) => each.checkVisibility());
    const most = all.reduce((one, other) => right(other) >= right(one) ? other : one);
    return `${Math.round(right(most))}: ${most.outerHTML.slice(0, 150)}`;
}"""
DRAWN = """async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await document.fonts.ready;
}"""


def broken(page, widths):
    """What breaks wrongly at each width, and where the page scrolls sideways."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(DRAWN)
        found += [f"{width}: {each}" for each in page.evaluate(WRONG)]
        if width_of(page) > width:
            found.append(f"{width}: scrolls, {page.evaluate(WIDEST)}")
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("topic", lessons())
def test_no_line_breaks_wrongly(topic, lang, course, open_page):
    """The opening, the stage, and a number's reasons."""
    page = shut(open_page(), course, lessons()[topic], lang)
    found = broken(page, WIDTHS)
    answered(page)
    found += broken(page, WIDTHS)
    page.locator(NUMBER).first.click()
    until(page, "!!document.querySelector('.stage-drawer.is-open')")
    found += broken(page, WIDTHS)
    assert not found, "\n".join(found)
