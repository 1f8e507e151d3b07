"""Stage mode on one page: the class's vote, every step on one screen, nothing jumps, what holds."""

import re

import pytest
import staged
from browser.pages import LESSONS, loose, shut, until
from browser.wall import (
    CUT,
    PLACES,
    PROJECTOR,
    SIZES,
    SMALL,
    at_scene,
    jumps,
    looked_at,
    presented,
    until_answered,
)
from playwright.sync_api import expect

from simlib.widgets.prerendered_opening import scene_links
from simlib.widgets.stage.declared import scenes

LESSON, SCENES = "01-case", scenes("case")
WINDOWS = [PROJECTOR, {"width": 1280, "height": 720}]


# Of each scene, whether its dot is lit.
DOTS = "[...document.querySelectorAll('.talk-dots i')].map(dot => dot.matches('.is-on'))"


@pytest.mark.parametrize(
    ("lang", "window"),
    [("zh", WINDOWS[1]), ("zh", WINDOWS[0]), ("en", WINDOWS[0])],
    ids=["zh-1280", "zh-1920", "en-1920"],
)
@pytest.mark.night
def test_every_step_fits_and_nothing_jumps(course, open_page, lang, window):
    """Bet, reveal, five questions with their answers, the rule; then → does nothing.

    Text of 32 px and labels of 28 px at 1920 × 1080, the legend in sight, ticks apart; what stays
    from question to answer stays where it is.
    """
    page = open_page(window)
    stage = presented(page, course, lang)
    wrong = {"bet": looked_at(page, "bet", lang, window)}
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".voice")).to_have_count(2)
    wrong["reveal"] = looked_at(page, "reveal", lang, window)
    for scene in SCENES:
        page.keyboard.press("ArrowRight")
        until(page, "id => window.simlibFrame.scene.id === id", scene.id)
        assert page.evaluate(DOTS) == [each is scene for each in SCENES]
        expect(stage.locator(".board-row")).to_have_count(len(scene.rows))
        expect(stage.locator(".talk-knobs .knob")).to_have_count(len(scene.knobs))
        amounts = "".join(stage.locator(".board-amount").all_inner_texts())
        assert bool(re.search(r"\d", amounts)) is bool(scene.turn)  # it asks how they change
        wrong[f"{scene.id}-question"] = looked_at(page, f"{scene.id}-1", lang, window)
        stood = page.evaluate(PLACES)
        page.keyboard.press("ArrowRight")
        expect(stage.locator(".talk-answer:not(.talk-moved)")).to_be_visible()
        page.wait_for_timeout(400)
        wrong[f"{scene.id}-answer"] = looked_at(page, f"{scene.id}-2", lang, window)
        wrong[f"{scene.id}-jumps"] = jumps(stood, page.evaluate(PLACES))
        expect(stage.locator(".stage-legend li").first).to_be_visible()
        columns = len(scene.columns or (1,))
        expect(stage.locator(".board-amount")).to_have_count(columns * len(scene.rows))
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".talk-end")).to_be_visible()
    wrong["end"] = looked_at(page, "end", lang, window)
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".talk-end")).to_be_visible()
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_class_votes_and_the_answer_holds_only_as_it_was_given(course, open_page):
    """What was chosen stands in the reveal as 「全班」; a knob that moves puts the answer away.

    The reasons of a number lie beside it, and the number has the focus when they close.
    """
    page = open_page(PROJECTOR)
    stage = presented(page, course, "zh")
    bet = stage.locator(".talk-bet")
    expect(bet.locator("svg.opening-wide")).to_be_visible()
    expect(bet.locator("[data-id=amount] button")).to_have_text(["0元", "一部分", "25000元"])
    bet.locator("[data-id=norm] button").nth(1).click()
    bet.locator("[data-id=amount] button").nth(1).click()
    page.keyboard.press("ArrowRight")
    voices = stage.locator(".voice")
    expect(voices).to_have_count(3)
    expect(voices.first).to_contain_text("全班")
    expect(voices.first).to_contain_text("一部分")
    expect(voices.first).to_contain_text("1169 帮助侵权")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    answer = stage.locator(".talk-answer:not(.talk-moved)")
    expect(answer).to_be_visible()
    expect(answer).to_contain_text("变：现行法、按份（金额是教学刻度）。")
    expect(answer).to_contain_text("10294")
    stage.locator('.talk-knobs input[value="slight"]').evaluate("radio => radio.click()")
    expect(answer).to_be_hidden()
    moved = stage.locator(".talk-moved")  # 1/(1+2.5) of 25 000 at most, and what moved comes first
    expect(moved).to_have_text(
        re.compile("^现行法（按份）：由0.?至.?10294.?元变为0.?至.?7143.?元。")
    )
    number = stage.locator('[data-row="auto"] .board-amount')
    expect(number).to_have_text("0–7143")
    number.click()
    why = stage.locator(".talk-why")
    expect(why).to_be_visible()
    expect(why.locator("h3").first).to_have_text("现行法 · 对外 · 0–7143元")
    page.wait_for_timeout(300)
    box, row = why.bounding_box(), stage.locator('[data-row="auto"]').bounding_box()
    assert box["y"] >= row["y"] + row["height"] - 1  # the first row: there is more room below it
    page.keyboard.press("Escape")
    expect(why).to_be_hidden()
    expect(number).to_be_focused()


def test_p_opens_what_the_page_came_for(course, open_page):
    """After a bet the reveal, with 「你」 but no line of one answer; of a link the question."""
    page = open_page(PROJECTOR)
    shut(page, course, LESSON)
    form = page.locator("form[data-bet]")
    for id in ("norm", "document"):
        form.locator(f"[data-id={id}] label").first.click()
    form.locator("[data-id=amount] input[type=number]").fill("12500")
    page.locator("[data-id=commit]").click()
    expect(page.locator(".stage-reveal")).to_be_visible()
    page.keyboard.press("p")
    stage = page.locator("dialog.talk")
    expect(stage.locator('.voice[data-id="you"]')).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".talk-answer:not(.talk-moved)")).to_be_visible()
    expect(stage.locator(".talk-scene")).not_to_contain_text("你的答案")
    expect(stage.locator(".talk-scene .bar-answer:visible")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(stage.locator(".talk-ask")).to_be_visible()
    expect(stage.locator(".talk-answer:not(.talk-moved)")).to_be_hidden()
    stage = presented(page, course, "zh", f"?s={scene_links('case')['insolvent']}")
    expect(stage.locator(".talk-place")).to_have_text("场景 5／5")
    assert set(stage.locator(".board-amount").all_inner_texts()) == {"？"}
    expect(stage.locator(".talk-answer:not(.talk-moved)")).to_be_hidden()
    expect(stage.locator(".talk-assumed")).to_contain_text("各半（第1172条后半句")
    banner = page.locator("#lesson-restored")
    expect(banner).to_contain_text(loose("诈骗行为人可供执行的财产：0元"))


def test_one_number_leads_from_the_bet_to_the_forms_and_one_arrow_answers(wall):
    """Key 4, then →: joint 25 000, several 0–12 500, all or nothing 25 000; then both ends."""
    page, stage = wall
    page.keyboard.press("4")
    expect(stage.locator(".talk-place")).to_have_text("场景 4／5")
    expect(stage.locator(".talk-ask")).to_be_visible()
    page.keyboard.press(" ")
    expect(stage.locator('[data-row="several"] .board-amount').first).to_have_text("0–12500")
    point = stage.locator(".talk-point")
    expect(point).to_have_text(re.compile("^收到一样：25000.?元。差别在可以向张某请求多少。$"))
    expect(stage.locator(".talk-bars-of")).to_have_text("条形：对外（元）")
    typed = stage.locator(".talk-knobs input[type=number]").first
    typed.fill("0.9")
    typed.press("2")  # a digit in a number is a digit
    expect(stage.locator(".talk-place")).to_have_text("场景 4／5")
    typed.fill("1")
    typed.press("Enter")
    expect(stage.locator("h2").first).to_be_focused()
    page.keyboard.press("End")
    expect(stage.locator(".talk-rule")).to_contain_text("应否赔偿、是否按份，学说有争议")
    page.keyboard.press("Home")
    expect(stage.locator(".talk-bet")).to_be_visible()


def test_the_twin_has_its_three_forms_three_keys_away(course, open_page):
    """P and 2: joint 70 000, several 0 to a half of it, all or nothing 70 000."""
    lab = staged.make("case", link=scene_links("case")["start"])
    lab._chosen({"case": "hengnan-hengyang"})
    page = open_page(PROJECTOR)
    stage = presented(page, course, "zh", f"?s={lab.state.to_text()}")
    amounts = stage.locator(".board-amount")
    expect(amounts).to_have_text(["70000", "7000", "70000"])  # law in force, appeal, first instance
    expect(stage.locator(".talk-place")).to_have_text(re.compile("1／3"))
    page.keyboard.press("2")
    expect(amounts).to_have_text(["70000", "0–35000", "70000"])
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".talk-place")).to_have_text(re.compile("3／3"))
    page.keyboard.press("Home")
    expect(amounts).to_have_text(["70000", "7000", "70000"])


def test_a_knob_is_reached_turned_and_let_go(wall):
    """K, then the arrows are the knob's, and the foot says so; Esc lets go, Esc again leaves.

    A knob that is turned while the scene asks takes the place of 「先举手」.
    """
    page, stage = wall
    page.keyboard.press("2")
    expect(stage.locator(".talk-place")).to_have_text("场景 2／5")
    expect(stage.locator(".talk-keys")).to_contain_text("K 旋钮")
    expect(stage.locator(".talk-ask")).to_be_visible()
    page.keyboard.press("k")
    expect(stage.locator('.talk-knobs [data-id="grade"] input:checked')).to_be_focused()
    expect(stage.locator(".talk-keys")).to_have_text("← → 拨动 · K 下一个旋钮 · Esc 放开旋钮")
    page.keyboard.press("Home")
    expect(stage.locator('.talk-knobs input[value="none"]')).to_be_checked()
    expect(stage.locator(".talk-moved")).to_contain_text("现行法")
    expect(stage.locator(".talk-moved")).to_be_visible()
    expect(stage.locator(".talk-ask")).to_be_hidden()
    expect(stage.locator(".talk-place")).to_have_text("场景 2／5")
    page.keyboard.press("k")
    expect(stage.locator('.talk-knobs [data-id="proof_fault"] [type=range]')).to_be_focused()
    page.keyboard.press("Escape")
    expect(stage.locator("h2").first).to_be_focused()
    expect(stage.locator(".talk-keys")).to_contain_text("Esc 离开")
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".talk-answer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(stage).to_have_count(0)


def test_hands_are_typed_counted_drawn_recalled_and_left_on_the_page(course, open_page):
    """9 and 20 typed, → leads on from the field; then 9, 20 and 31: the most, 31 of 60, is no whole
    class; three bars; court and law at 90 px or more; the counts at the end, and after Esc."""
    page = open_page(PROJECTOR)
    stage = presented(page, course, "zh")
    assert stage.locator(".talk-edge.is-back").get_attribute("tabindex") == "-1"
    counts = stage.locator(".talk-choice input")
    counts.nth(0).click()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(counts.nth(1)).to_be_focused()
    page.keyboard.type("20")
    page.keyboard.press("ArrowRight")
    voice = stage.locator('.voice[data-id="class"]')
    drawn = voice.locator(".poll b")
    expect(drawn).to_have_text(["9", "20", "0"])
    page.keyboard.press("Home")
    counts.nth(2).fill("31")
    counts.nth(2).press("Enter")
    page.keyboard.press("ArrowRight")
    expect(voice.locator("dd > b span")).to_have_text(
        [re.compile("^最多：25000.?元$"), re.compile("^31.?／.?60$")]
    )
    expect(drawn).to_have_text(["9", "20", "31"])
    widths = voice.locator(".poll-bar i").evaluate_all(
        "all => all.map(i => parseFloat(i.style.width))"
    )
    assert widths == pytest.approx([9 / 60 * 100, 20 / 60 * 100, 31 / 60 * 100], abs=0.1)
    heard = stage.locator("[role=status]")
    expect(heard).to_contain_text("法院：25000元")
    expect(heard).to_contain_text("开场时你们：0元 9、一部分 20、25000元 31")
    verdict = """document.querySelector('dialog.talk .voice[data-id="court"] dd > b')"""
    until(page, f"parseFloat(getComputedStyle({verdict}).fontSize) >= 90")
    assert drawn.first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") < 45
    page.keyboard.press("End")
    expect(stage.locator(".talk-voted")).to_contain_text("一部分 20")
    expect(stage.locator(".talk-sums li")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator(".stage-reveal .stage-class .poll b")).to_have_text(["9", "20", "31"])


def test_an_arrow_leads_on_from_a_knob_s_number(wall):
    """→ answers the scene; the title has the focus, not the field."""
    page, stage = wall
    at_scene(page, 4)
    typed = stage.locator(".talk-knobs input[type=number]").first
    typed.click()
    expect(stage.locator(".talk-keys")).to_have_text("输入数字 · Enter 完成 · → 换一步 · Esc 放开")
    typed.fill("0.9")
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".talk-answer")).to_be_visible()
    expect(stage.locator("h2").first).to_be_focused()


def test_arrows_lead_among_the_options_of_the_bet(wall):
    """K reaches the options, arrows go round them, Enter chooses, Esc lets go; after a click of the
    mouse the arrows are the presentation's again."""
    page, stage = wall
    page.keyboard.press("Home")
    options = stage.locator(".talk-bet [role=group]").first.get_by_role("button")
    page.keyboard.press("k")
    expect(options.first).to_be_focused()
    expect(stage.locator(".talk-keys")).to_have_text(
        "← → 换选项 · Enter 选定 · K 下一题 · Esc 放开"
    )
    page.keyboard.press("ArrowLeft")
    expect(options.last).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(options.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(options.first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(stage.locator("h2").first).to_be_focused()
    options.nth(1).click()
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".talk-bet")).to_be_hidden()


# What a key may change on the wall.
SEEN = """() => { const d = document.querySelector('dialog.talk'), at = document.activeElement;
    return d && [d.innerText, d.querySelector('.talk-black').hidden, at.outerHTML.slice(0, 200),
        [...d.querySelectorAll('input')].map(e => [e.checked, e.value])].join(); }"""
KEYS = {"←": "ArrowLeft", "→": "ArrowRight", "K": "k", "B": "b", "Esc": "Escape", "Enter": "Enter"}


def pressed(page, *keys) -> None:
    """Press keys one after the other, each when what the last one did is seen."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(250)


def dead(page, keys) -> list:
    """Which keys of the foot do nothing there; `keys` leads to the state that is asked about."""
    pressed(page, *keys)
    said = page.locator(".talk-keys").inner_text().replace(" · ", " ").split()
    found = []
    for key in [each for each in said if each in KEYS or "–" in each]:
        page.locator("dialog.talk h2").first.focus()  # in a knob Home is the knob's
        pressed(page, "Home", *keys)
        stood = page.evaluate(SEEN)
        pressed(page, KEYS.get(key, "3"))
        found += [key] if page.evaluate(SEEN) == stood else []
        if page.locator("dialog.talk").count() == 0:
            pressed(page, "p")
        elif page.locator(".talk-black").is_visible():
            pressed(page, "b")
    return found


@pytest.mark.parametrize(
    "keys",
    [
        ["Home"],
        ["Home", "k"],
        ["Home", "ArrowRight"],
        ["1"],
        ["5", "ArrowRight"],
        ["End"],
        ["4", "k"],
        ["1", "k", "k"],
    ],
    ids=" ".join,
)
def test_no_key_of_the_foot_does_nothing(wall, keys):
    """At the bet there is no step back, at the end none on; in a knob the keys are its own."""
    page, _ = wall
    assert dead(page, keys) == []


def test_a_tag_that_changes_leaves_the_title_its_size(wall):
    """A knob that is turned is an assumption, and says so."""
    page, stage = wall
    at_scene(page, 2)
    title, size = stage.locator(".talk-head h2"), "e => getComputedStyle(e).fontSize"
    tag = stage.locator(".talk-knobs .tag").first
    expect(tag).to_be_visible()
    before = title.evaluate(size)
    stage.locator('.talk-knobs input[value="slight"]').evaluate("radio => radio.click()")
    expect(tag).to_have_text("假设")
    expect(tag).to_be_visible()
    assert title.evaluate(size) == before


def test_a_knob_that_is_open_is_reached_at_its_track(wall):
    """Causal force was not found: its pill is pressed, and K leads to the track all the same; the
    first arrow gives it a value and the scene stays."""
    page, stage = wall
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")
    force = stage.locator(".talk-knobs .knob", has_text="原因力")
    expect(force.locator(".knob-open")).to_have_attribute("aria-pressed", "true")
    for _ in range(3):
        if force.locator("[type=range]").evaluate("e => e !== document.activeElement"):
            page.keyboard.press("k")
    expect(force.locator("[type=range]")).to_be_focused()
    expect(stage.locator(".talk-keys")).to_contain_text("← → 拨动")
    page.keyboard.press("ArrowRight")
    expect(force.locator(".knob-open")).to_have_attribute("aria-pressed", "false")
    expect(stage.locator(".talk-place")).to_have_text("场景 1／5")


# No key was pressed yet when the page asks first.
NO_GESTURE = """const ask = Element.prototype.requestFullscreen; let asked = 0;
    Element.prototype.requestFullscreen = function () {
        return asked++ ? ask.call(this) : Promise.reject(new TypeError('no gesture')); };"""


def test_a_page_that_opens_in_stage_mode_fills_the_screen_at_the_first_key(course, open_page):
    """A browser gives the whole screen for a key or a click only."""
    page = open_page(PROJECTOR)
    page.add_init_script(NO_GESTURE)
    page.goto(f"{course}voila/render/zh/08-evidence.ipynb#talk")
    stage = page.locator("dialog.talk")
    expect(stage).to_be_visible()
    full = "() => Boolean(document.fullscreenElement)"
    assert not page.evaluate(full)
    page.keyboard.press("ArrowRight")
    until(page, full)
    expect(stage).to_be_visible()


@pytest.mark.night
def test_words_are_as_large_by_every_route(wall):
    """By number, step by step, after a smaller window or a flatter one, and after a knob moved."""
    page, _ = wall
    found = {n: at_scene(page, n) for n in range(1, 6)}
    assert all(size[1] >= 32 for size in found.values()), found
    at_scene(page, 1)
    for n in range(1, 6):
        page.keyboard.press("ArrowRight")  # the answer
        until(page, "() => window.simlibFrame.scene.answered")
        page.wait_for_timeout(200)
        assert page.evaluate(SIZES) == found[n]
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(400)
    for window in ({"width": 1280, "height": 720}, {"width": 1920, "height": 1000}):
        at_scene(page, 2)
        page.set_viewport_size(window)
        page.wait_for_timeout(300)
        page.set_viewport_size(PROJECTOR)
        page.wait_for_timeout(300)
        assert page.evaluate(SIZES) == found[2]
    at_scene(page, 4)
    page.keyboard.press("ArrowRight")
    page.locator('.talk-knobs input[value="none"]').evaluate("radio => radio.click()")
    expect(page.locator(".talk-moved")).to_be_visible()
    assert page.evaluate(SIZES) == found[4]
    assert page.evaluate(SMALL) == [] == page.evaluate(CUT)


def test_a_fit_sees_only_what_is_seen(wall):
    """A wide thing that is cut off or hidden makes nothing smaller."""
    page, _ = wall
    found = at_scene(page, 3)
    added = page.add_style_tag(
        content=""".talk-board::after { content: ""; position: absolute; right: -99px;
        width: 50px; height: 1px; visibility: hidden; } .talk-board { position: relative; }"""
    )
    at_scene(page, 2)
    assert at_scene(page, 3) == found
    added.evaluate("style => style.remove()")


def test_who_carries_what_cannot_be_paid_is_a_mark(wall):
    """Scene 5: joint 25 000 received, burden 12 500, carried 25 000; several 12 500 and 12 500."""
    page, stage = wall
    at_scene(page, 5)
    mark = stage.locator('[data-row="joint"] .board-mark')
    expect(mark).to_be_hidden()  # it would tell the answer
    page.keyboard.press("ArrowRight")
    expect(mark).to_have_text("张某实际承受25000元")
    expect(mark).to_be_visible()
    for row, amounts in (("joint", ["25000", "12500"]), ("several", ["12500", "12500"])):
        expect(stage.locator(f'[data-row="{row}"] .board-amount')).to_have_text(amounts)
    lost = stage.locator('[data-row="several"] .board-mark')
    expect(lost).to_have_text("赵某少收12500元")
    expect(lost).to_be_visible()


def test_stripes_are_seen_under_a_dash(wall):
    """Scene 4: several for one who knew, 0–12 500: a dash of half the scale, with stripes."""
    page, stage = wall
    at_scene(page, 4)
    page.keyboard.press("ArrowRight")
    bar = stage.locator('[data-row="several"] .bar.is-ghost')
    expect(bar).to_be_visible()
    band = bar.locator(".bar-band")
    assert band.evaluate("e => [e.style.left, e.style.width]") == ["0%", "50%"]
    assert "repeating-linear-gradient" in band.evaluate("e => getComputedStyle(e).backgroundImage")
    expect(stage.locator('.stage-legend [data-kind="open"]')).to_have_count(1)


def test_a_link_of_a_teacher_opens_stage_mode_and_p_may_come_too_early(course, open_page):
    """`#talk` opens at the scene's question; P while a link is being restored does so too."""
    page = open_page(PROJECTOR)
    link = f"?s={scene_links('case')['grade']}"
    page.goto("about:blank")
    address = course + LESSONS.format("zh", LESSON) + link + "#talk"
    page.goto(address, wait_until="domcontentloaded")
    expect(page.locator(".lesson-wait-restoring")).to_have_text("正在打开讲台，场景2……")
    stage = page.locator("dialog.talk")
    expect(stage).to_be_visible(timeout=60_000)
    expect(stage.locator(".talk-place")).to_have_text("场景 2／5")
    expect(stage.locator('[data-row="auto"] .board-amount')).to_have_text("25000")
    page.keyboard.press("Escape")
    expect(stage).to_have_count(0)
    assert "#talk" not in page.url
    shut(page, course, LESSON, "zh", link)
    page.keyboard.press("p")
    expect(stage).to_be_visible(timeout=60_000)
    expect(stage.locator(".talk-place")).to_have_text("场景 2／5")


def test_the_scale_stays_while_a_knob_moves(wall):
    """In every scene bars begin and end where they did, whatever a knob makes of the amounts."""
    page, stage = wall
    for n, scene in enumerate(SCENES, 1):
        page.keyboard.press(str(n))
        until(page, "id => window.simlibFrame.scene.id === id", scene.id)
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        edges = """() => { const r = document.querySelector('.talk .bar').getBoundingClientRect();
            return [r.x, r.width]; }"""
        first = page.evaluate(edges)
        for slider in stage.locator(".talk-knobs input[type=range]").all():
            slider.evaluate(
                "s => { s.value = 0.6 * s.max;"
                " for (const on of ['input', 'change']) s.dispatchEvent(new Event(on)); }"
            )
            page.wait_for_timeout(250)
            assert page.evaluate(edges) == pytest.approx(first, abs=1), scene.id


# Words under a bar that do not lie in the one line of their own row.
OVERPRINT = """() => [...document.querySelectorAll('dialog.talk .board-words small')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length)
    .filter(e => {
        const [own, row] = [e, e.closest('.board-row')].map(e => e.getBoundingClientRect());
        const bar = e.closest('.board-row').querySelector('.bar').getBoundingClientRect();
        return own.top < bar.bottom - 1 || own.bottom > row.bottom + 2 || own.right > row.right + 2;
    }).map(e => e.textContent)"""
# How far bar, the first line of the name and amounts of a row lie from one middle line [px].
APART = """() => Math.max(...[...document.querySelectorAll('dialog.talk .board-row')]
    .flatMap(row => {
    const line = document.createRange();
    line.selectNodeContents(row.querySelector('.board-name b'));
    const all = [...row.querySelectorAll('.bar, .board-cell button')]
        .map(e => e.getBoundingClientRect()).concat(line.getClientRects()[0])
        .filter(r => r.height);
    return all.map(r => Math.abs(r.top + r.bottom - all[0].top - all[0].bottom) / 2);
}))"""


def test_words_under_a_bar_stay_in_their_row(wall):
    """A fraudster with nothing: 按份 lacks up to all of 25 000 and holds as an assumption only."""
    page, stage = wall
    for n in (1, 4):
        at_scene(page, n)
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        assert page.evaluate(APART) <= 3
    means = stage.locator(".talk-knobs .knob", has_text="可供执行的财产").locator("[type=number]")
    means.fill("0")
    means.press("Enter")
    words = stage.locator('[data-row="several"] .board-words')
    expect(words.locator(".board-mark")).to_have_text("赵某少收12500–25000元")
    assert (
        words.locator(".board-ghost").evaluate("e => getComputedStyle(e, '::after').content")
        == '"按份仅作假设"'
    )
    page.wait_for_timeout(300)
    assert page.evaluate(OVERPRINT) == []
    assert page.evaluate(CUT) == []


def test_an_arrow_flips_a_switch(wall):
    """→ turns it on, ← off; neither leads on."""
    page, stage = wall
    at_scene(page, 1)
    switch = stage.locator(".talk-knobs .knob-check input")
    switch.focus()
    for key, on in (("ArrowRight", True), ("ArrowRight", True), ("ArrowLeft", False)):
        page.keyboard.press(key)
        expect(switch).to_be_checked(checked=on)
        expect(switch).to_be_focused()
    expect(stage.locator(".talk-place")).to_have_text("场景 1／5")


def test_counts_move_the_vote_and_a_contradiction_is_asked_back_once(course, open_page):
    """31 hands of 45 for nothing; a ruling that orders 25 000 is asked back, then it goes on."""
    page = open_page(PROJECTOR)
    stage = presented(page, course, "zh")
    amounts = stage.locator("[data-id=amount] button")
    amounts.nth(1).click()
    for count, hands in zip(stage.locator(".talk-choice input").all(), (31, 9, 5), strict=True):
        count.fill(str(hands))
    chosen = stage.locator("[data-id=amount] button[aria-pressed=true]")
    expect(chosen).to_have_text(["0元"])
    stage.locator(".talk-choice input").nth(2).fill("40")
    expect(chosen).to_have_text(["25000元"])
    stage.locator("[data-id=document] button", has_text="裁定驳回起诉").click()
    stage.locator("h2").first.focus()
    page.keyboard.press("ArrowRight")
    back = stage.locator(".talk-bet [role=alert]")
    expect(back).to_have_text(re.compile("^裁定驳回起诉是不作实体判断的文书"))
    assert page.evaluate(CUT) == [] == page.evaluate(SMALL)
    page.keyboard.press("ArrowRight")
    expect(stage.locator('.voice[data-id="class"]')).to_be_visible()


def test_nothing_is_marked_as_before_that_nobody_saw(course, open_page):
    """A knob that moves while amounts are question marks leaves no frame in the answer, and ←
    from an answer none of the answer's amounts in its question."""
    page = open_page(PROJECTOR)  # on the kept wall, earlier tests saw the amounts
    stage = presented(page, course, "zh")
    at_scene(page, 5)
    typed = stage.locator(".talk-knobs input[type=number]").last
    value = typed.input_value()
    typed.fill("0.5" if value in ("1", "") else "1")
    typed.press("Enter")
    page.wait_for_timeout(500)
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".talk-answer:not(.talk-moved)")).to_be_visible()
    page.wait_for_timeout(400)
    expect(stage.locator(".bar-was:visible")).to_have_count(0)
    at_scene(page, 2)
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".bar-was:visible")).not_to_have_count(0)
    page.keyboard.press("ArrowLeft")
    until(page, "() => window.simlibFrame.scene.asks")
    expect(stage.locator(".bar-was:visible")).to_have_count(0)
    assert "".join(stage.locator(".board-same").all_inner_texts()) == ""


def test_a_picture_that_would_answer_is_covered_until_it_does(course, open_page):
    """07, scene 2: the tracks and their legend; and no number of the answer breaks."""
    page = open_page(PROJECTOR)
    wall = presented(page, course, "zh", lesson="07-procedure")
    tracks = wall.locator(".stage-picture svg.opening-wide")
    at_scene(page, 2)
    expect(wall.locator(".talk-ask")).to_be_visible()
    expect(tracks).to_be_hidden()
    # its one bar is covered: what colour it has would be the answer
    expect(wall.locator(".talk-scene > .stage-legend")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(tracks).to_be_visible()
    high = "e => e.getClientRects()[0].height / parseFloat(getComputedStyle(e).lineHeight)"
    for said in wall.locator("[data-column=months] .board-amount").all():
        assert said.evaluate(high) < 1.6, said.text_content()


# Stamps that leave their bar.
LEAVING = """() => [...document.querySelectorAll('dialog.talk .bar-stamp > span')].filter(e =>
    e.getBoundingClientRect().right > e.closest('.bar').getBoundingClientRect().right + 1)
    .map(e => e.textContent)"""
# On how many lines the words of an element stand.
LINES = """e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    return new Set([...range.getClientRects()].map(({top}) => Math.round(top))).size;
}"""


def test_stamps_stay_in_their_bars_and_a_range_on_its_line(course, open_page):
    """08, scene 3. Never caught: three rows get nothing and wait for ever. Sued in month 1 without
    preservation a share is open where only logs are left."""
    page = open_page(PROJECTOR)
    stage = presented(page, course, "zh", lesson="08-evidence")
    at_scene(page, 3)
    stage.locator('[data-id="caught"] .knob-open').click()
    expect(stage.locator(".bar-stamp", has_text="等待没有尽头")).to_have_count(3)
    assert page.evaluate(LEAVING) == []
    at_scene(page, 3)
    page.keyboard.press("ArrowRight")
    money = stage.locator('.board-row[data-row="stay_if_prejudicial"] [data-column=money] button')
    expect(money).to_have_text("15206")  # the answer is there before anything is touched
    stage.locator('[data-id="preserve"] .knob-open').click()
    stage.locator('[data-id="sue"] input[type=number]').fill("1")
    page.keyboard.press("Enter")
    expect(money).to_contain_text("–")
    assert money.evaluate(LINES) == 1


def test_arrows_on_a_knob_go_to_telling_values_and_shift_takes_one_step(course, open_page):
    """Scene 1 of lesson 01: causal force from nothing known to 1/2, to 0.7, back by 0.05, to 1/2.

    One half is the middle of the range 0–1, 0.7 what a position of the case gives, one step of the
    knob is 0.05; ticks stand at these, both ends and the other two quarters. PageDown leaves the
    knob for the answer, PageUp leaves an unknown one unknown.
    """
    page = open_page(PROJECTOR)
    stage = presented(page, course, "zh")
    at_scene(page, 1)
    force = stage.locator(".knob[data-id=cause] input[type=range]")
    force.focus()
    page.keyboard.press("PageUp")  # to the reveal
    expect(page.locator(".stage:not(.talk) .knob[data-id=cause]")).to_have_class(
        re.compile("is-open")
    )
    at_scene(page, 1)
    force.focus()
    for key, value in (("ArrowRight", "0.5"), ("ArrowRight", "0.7"), ("Shift+ArrowLeft", "0.65"),
                       ("ArrowLeft", "0.5")):  # fmt: skip
        page.keyboard.press(key)
        expect(force).to_have_value(value)
    assert force.evaluate("each => each.parentElement.querySelectorAll('i').length") == 6
    page.keyboard.press("PageDown")
    expect(force).not_to_be_focused()


def test_a_knob_that_a_scene_puts_back_is_named(wall):
    """Grade moved to slight before scene 2 answers (gross there), then to none before scene 3.

    Each slide says where it stands now, until a knob moves; a slide that puts nothing back says
    nothing.
    """
    page, stage = wall
    told = stage.locator(".talk-back")
    at_scene(page, 2)
    expect(told).to_be_empty()
    stage.locator('.talk-knobs input[value="slight"]').evaluate("radio => radio.click()")
    expect(stage.locator(".talk-moved")).to_be_visible()
    page.keyboard.press("ArrowRight")
    until_answered(page)
    expect(told).to_have_text("已按题设调为：过错等级「重大过失」。")
    assert page.evaluate(CUT) == [] == page.evaluate(SMALL)
    stage.locator('.talk-knobs input[value="none"]').evaluate("radio => radio.click()")
    expect(told).to_be_empty()
    at_scene(page, 3)
    expect(told).to_have_text("已按题设调为：过错等级「明知」。")
    at_scene(page, 2)
    expect(told).to_be_empty()
