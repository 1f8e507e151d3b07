"""Type: at most seven sizes on a page, nothing pale below 15 px, however much of it is open."""

import pytest
from browser.conftest import DESKTOP, PHONE
from browser.pages import NUMBER, fits, opened, quiet, shut
from staged import lessons

MOST = 7
# Of every text in sight the size it is seen in, also in a drawing, and whether it is pale: grey,
# and lighter than what names a kind of authority.
SIZES = """() => {
    const found = {}, pale = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!node.data.trim() || parent.closest('script, style, noscript, .is-heard, option'))
            continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        if (!parent.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
        const style = getComputedStyle(parent), drawn = parent.closest('svg');
        const place = drawn && parent.getScreenCTM();
        const px = parseFloat(style.fontSize) * (place ? Math.hypot(place.a, place.b) : 1);
        const text = node.data.trim().slice(0, 12);
        (found[Math.round(px * 10) / 10] ??= []).push(text);
        const rgb = (drawn ? style.fill : style.color).match(/[\\d.]+/g).map(Number);
        const [least, most] = [Math.min(...rgb.slice(0, 3)), Math.max(...rgb.slice(0, 3))];
        const mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
        if (px < 14.9 && most - least < 45 && mean > 75 && mean < 200) pale.push(text);
    }
    return [Object.fromEntries(Object.entries(found).map(([px, all]) => [px, all.slice(0, 3)])),
            pale];
}"""


def unfold(page, watch):
    """Open every fold and the reasons of a number; charts have come."""
    folds = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
    page.evaluate(folds)
    quiet(page, watch)
    page.locator(NUMBER).first.click()
    page.locator(".stage-drawer.is-open").wait_for()
    page.evaluate(folds)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.night)])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("topic", lessons())
def test_a_lesson_has_at_most_seven_sizes(topic, size, lang, course, open_page, watch):
    """Folds open and a number's reasons in sight: `tokens.css` names all there are."""
    page = opened(open_page(size), course, lessons()[topic], lang)
    unfold(page, watch)
    sizes, pale = page.evaluate(SIZES)
    assert len(sizes) <= MOST, sizes
    assert pale == []


@pytest.mark.parametrize("topic", ["liability", "chain"])
def test_a_sentence_has_room_beside_a_long_number(topic, course, open_page):
    """English, two amounts as the large number or a long name: below it the sentence has 300 px."""
    page = opened(open_page({"width": 768, "height": 900}), course, lessons()[topic], "en")
    for width in (768, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".stage-sentence").bounding_box()["width"] >= 300


@pytest.mark.parametrize("topic", ["start", "riskbenefit", "evidence"])
def test_a_bet_of_long_options_scrolls_nowhere(topic, course, open_page):
    """English at 320 px, which is 1280 px at 400 %: an option of 50 letters takes a second line."""
    page = shut(open_page({"width": 320, "height": 844}), course, lessons()[topic], "en")
    assert fits(page)
