"""The home page and the page around a lesson, as Chromium shows them."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

import pytest
import serving
from browser.conftest import DESKTOP, PHONE
from browser.pages import LESSONS, answered, axe, fits, stays_connected, until
from playwright.sync_api import expect

LESSON = "voila/render/zh/01-trial.ipynb"


def small_lesson(page, url):
    """Open a small lesson and wait for its knob."""
    page.goto(url)
    page.wait_for_selector(".widget-slider")
    return page


LEFT = """at => localStorage.setItem('simlib:last:1', JSON.stringify(
    Object.fromEntries(Object.entries(at).map(([lesson, at]) => [lesson, { at }]))))"""
PROGRESS = "kept => localStorage.setItem('simlib:progress:1', JSON.stringify(kept))"
DONE = {"bet": True, "tasks": ["grade"], "of": 3, "done": True}
BEGUN = {**DONE, "done": False}
SIZES = [
    {"width": 1280, "height": 800},
    {"width": 390, "height": 844},
    pytest.param({"width": 1920, "height": 1080}, marks=pytest.mark.night),
]
# Cards of a list that do not reach its edges, or not the next card: an empty cell.
GAPS = """lists => lists.flatMap(list => {
    const box = list.getBoundingClientRect(), rows = new Map();
    for (const card of list.children) {
        const r = card.getBoundingClientRect();
        rows.set(r.top, Math.max(rows.get(r.top) ?? 0, r.right));
    }
    return [...rows.values()].filter(right => Math.abs(right - box.right) > 1);
})"""
SMALL = """all => all.filter(e => e.getClientRects().length)
    .filter(e => !e.matches('.course-skip, p a, .teacher ol li a'))
    .map(e => [e.outerHTML, e.getBoundingClientRect().height])
    .filter(([, height]) => height < 44)"""


def home_with(page, url, progress):
    """The home page of a browser that keeps this progress."""
    page.goto(url)
    page.evaluate(PROGRESS, progress)
    page.reload()
    return page


def test_the_home_page_leads_to_the_lessons_that_open(course, desktop):
    """Each lesson listed has an address that is a lesson's; by the question that it answers."""
    desktop.goto(course)
    assert desktop.get_attribute("html", "lang") == "zh-CN"
    assert desktop.inner_text("h1") == "卡借给了骗子，他该赔多少？"
    links = desktop.eval_on_selector_all("a[data-lesson]", "all => all.map(a => a.href)")
    assert all(link.startswith(course + "voila/render/zh/") for link in links)
    numbers = desktop.eval_on_selector_all("a[data-lesson]", "all => all.map(a => a.dataset.no)")
    assert numbers == ["00", "01", "02", "03", "04", "05", "06", "07", "08"]


def test_home_speaks_the_browsers_language(course, chromium):
    """An English browser gets the English page; a click gives the Chinese one."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(course)
    assert page.get_attribute("html", "lang") == "en"
    page.click("text=中文")
    assert page.get_attribute("html", "lang") == "zh-CN"
    context.close()


@pytest.mark.parametrize(
    ("progress", "says", "leads", "ticks"),
    [
        ({}, "从第00课开始", "00-start", {}),
        ({"01-case": BEGUN}, "继续第01课", "01-case", {"01-case": "做到一半"}),
        ({"00-start": DONE}, "下一课：第01课", "01-case", {"00-start": "✓ 已学完"}),
        (
            {"02-fault": DONE, "01-case": DONE, "03-causation": {"bet": True}},
            "继续第03课",
            "03-causation",
            {"01-case": "✓ 已学完", "02-fault": "✓ 已学完", "03-causation": "做到一半"},
        ),
        (
            {"03-causation": {"bet": True}, "05-riskbenefit": {"bet": True}},
            "继续第05课",
            "05-riskbenefit",
            {"03-causation": "做到一半", "05-riskbenefit": "做到一半"},
        ),
        ({"01-case": "x", "02-fault": None, "03-causation": 7}, "从第00课开始", "00-start", {}),
        ([], "从第00课开始", "00-start", {}),
    ],
)
def test_the_start_button_leads_to_the_next_lesson(course, desktop, progress, says, leads, ticks):
    """What this device has done is ticked; the button opens the lesson left last, here 05, or else
    the first that is not done."""
    desktop.goto(course)
    desktop.evaluate(LEFT, {"03-causation": "2026-11-01T08", "05-riskbenefit": "2026-11-02T08"})
    home_with(desktop, course, progress)
    assert desktop.inner_text("#start") == says
    assert desktop.get_attribute("#start", "href").endswith(f"/zh/{leads}.ipynb")
    assert desktop.get_attribute(".home-line.is-next", "data-lesson") == leads
    shown = desktop.eval_on_selector_all(
        "a[data-lesson]",
        "all => all.map(a => [a.dataset.lesson, a.querySelector('.home-state').innerText])",
    )
    assert {lesson: said for lesson, said in shown if said} == ticks


def test_a_lesson_with_exercises_left_is_not_said_to_be_done(course, desktop):
    """Tasks done, one exercise of four answered to its end, another half."""
    step = {"settled": True}
    records = {
        "a": {"topic": "case", "name": "a", "steps": 1, "answered": {"x": step}},
        "b": {"topic": "case", "name": "b", "steps": 2, "answered": {"x": step}},
    }
    held = json.dumps({"records": records, "seeds": {}, "of": {"case": 4}})
    desktop.goto(course)
    desktop.evaluate("held => localStorage.setItem('simlib:exercises:1', held)", held)
    home_with(desktop, course, {"01-case": DONE})
    state = desktop.locator("a[data-lesson='01-case'] .home-state")
    assert state.inner_text() == "任务已做完，练习 1/4"


def test_when_all_is_done_the_button_leads_to_a_case_of_ones_own(course, desktop):
    """Nine ticks, and the editor."""
    desktop.goto(course)
    names = desktop.eval_on_selector_all("a[data-lesson]", "all => all.map(a => a.dataset.lesson)")
    home_with(desktop, course, dict.fromkeys(names, DONE))
    assert desktop.get_attribute("#start", "href").endswith("/zh/12-own.ipynb")
    assert desktop.locator(".home-state:visible").count() == 9


def test_home_works_without_scripts(course, chromium):
    """The button leads to lesson 00, and no tick is shown."""
    page = chromium.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    page.goto(course)
    assert page.get_attribute("#start", "href") == "/voila/render/zh/00-start.ipynb"
    assert page.locator(".home-state:visible").count() == 0
    page.context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=["1280", "390", "1920"])
def test_home_and_teachers_pages_fit(course, open_page, size, lang):
    """No sideways scroll, no empty cell, one main, headings in order, targets of 44 px."""
    page = open_page(size)
    for path in ("", "course/teacher", "course/teacher/01-case", "course/worksheet?lesson=case"):
        page.goto(course + path + ("&" if "?" in path else "?") + f"lang={lang}")
        assert fits(page), path
        assert page.locator(".course-lessons").evaluate_all(GAPS) == []
        assert page.locator("main").count() == 1
        levels = page.locator("h1, h2, h3").evaluate_all("all => all.map(h => +h.tagName[1])")
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
        assert page.locator("a, button, select").evaluate_all(SMALL) == []


# Tables of a teacher's page that are wider than their room.
WIDE = """all => all.filter(t => t.scrollWidth > t.clientWidth).map(t => t.textContent)"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_of_a_teacher_scroll_nowhere_and_stay_with_their_scene(course, open_page, lang):
    """At 1280 pixels every column is seen; on paper a table is whole and below its heading."""
    page = open_page({"width": 1280, "height": 800})
    for lesson in ("00-start", "02-fault", "07-procedure", "08-evidence"):
        page.goto(f"{course}course/teacher/{lesson}?lang={lang}")
        assert page.locator(".teacher-table").evaluate_all(WIDE) == [], lesson
    page.emulate_media(media="print")
    look = "e => [getComputedStyle(e).breakInside, getComputedStyle(e).breakAfter]"
    scene = page.locator(".teacher-scene").first
    assert scene.locator("h3").evaluate(look) == ["avoid", "avoid"]
    assert scene.locator(".teacher-table").evaluate(look)[0] == "avoid"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_teachers_page_draws_each_scene_and_gives_all_in_one_file(course, open_page, lang):
    """As many drawings as scenes; the file has them all with their tables, and asks no server."""
    page = open_page({"width": 1280, "height": 900})
    page.goto(f"{course}course/teacher/01-case?lang={lang}")
    scenes = page.locator(".teacher-scene")
    expect(page.locator(".scene-drawn svg")).to_have_count(scenes.count())
    assert axe(page) == []
    with page.expect_download() as coming:
        page.locator("[data-id=scenes]").click()
    text = Path(coming.value.path()).read_text("utf-8")
    assert text.count("<svg") >= scenes.count()
    assert text.count("<table") == scenes.count()
    assert not re.search(r'(src|href)="(?!#)', text)
    assert "25000" in text.replace(",", "")


def test_a_teacher_prints_exercises_from_the_home_page(course, desktop):
    """Entrance, teacher's page, form: tasks first, then the key on a page of its own."""
    desktop.goto(course)
    desktop.click(".course-header >> text=给教师")
    desktop.click("a[href*='teacher/01-case']")
    assert desktop.url.endswith("course/teacher/01-case?lang=zh")
    desktop.fill("input[name=count]", "2")
    desktop.fill("input[name=seed]", "7")
    desktop.check("input[name=key]")
    desktop.click("text=生成练习")
    assert "lesson=case&count=2&seed=7&key=1" in desktop.url
    assert desktop.locator(".sheet").count() == 2
    assert desktop.locator(".sheet-task").count() == 4
    tops = desktop.locator(".sheet").evaluate_all("all => all.map(s => s.offsetTop)")
    assert tops[0] < tops[1]
    desktop.emulate_media(media="print")
    breaks = desktop.locator("#key").evaluate("key => getComputedStyle(key).breakBefore")
    assert breaks == "page"
    heads = "all => all.every(h => { const s = getComputedStyle(h);"
    heads += " return s.breakInside === 'avoid' && s.breakAfter === 'avoid'; })"
    assert desktop.locator("#key h2").evaluate_all(heads)  # none is parted, or from its answers
    assert not desktop.locator(".course-header").is_visible()
    whole = desktop.pdf(prefer_css_page_size=True)
    desktop.goto(desktop.url.replace("&key=1", ""))
    assert _pages(whole) > _pages(desktop.pdf(prefer_css_page_size=True)) > 0


@pytest.mark.parametrize(
    ("seed", "lang"),
    [
        (1, "zh"),
        (35, "en"),
        pytest.param(35, "zh", marks=pytest.mark.night),
        pytest.param(1, "en", marks=pytest.mark.night),
    ],
)
def test_a_worksheet_of_four_tasks_is_two_sheets_of_paper(course, desktop, lang, seed):
    """Two pages of tasks, two of the key, which has half a page more than one; marks add up.

    By hand: 4, 4, 3 and 4 steps of two marks are 30.
    """
    address = f"{course}course/worksheet?lesson=case&seed={seed}&count=4&lang={lang}"
    desktop.goto(address)
    assert re.search("30分" if lang == "zh" else "30 marks", desktop.inner_text(".sheet-note"))
    assert _pages(desktop.pdf(prefer_css_page_size=True)) == 2
    desktop.goto(address + "&key=1")
    assert _pages(desktop.pdf(prefer_css_page_size=True)) == 4


def test_options_on_paper_are_read_in_lines(course, desktop):
    """A and B side by side, C below A."""
    desktop.goto(f"{course}course/worksheet?lesson=case&seed=1&count=4&lang=zh")
    desktop.emulate_media(media="print")
    lists = desktop.locator(".sheet-options")
    assert lists.count() > 3
    for options in lists.all():
        a, b, *more = [option.bounding_box() for option in options.locator("li").all()]
        assert b["y"] == pytest.approx(a["y"], abs=1)
        assert b["x"] > a["x"]
        assert not more or more[0]["x"] == pytest.approx(a["x"], abs=1)


def _pages(pdf):
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_home_to_lesson_to_home(small_server, desktop):
    """A click opens the lesson, another leads back, another switches the language."""
    desktop.goto(small_server.url)
    desktop.click("#start")
    desktop.wait_for_selector(".widget-slider")
    assert desktop.title() == "试一课"
    desktop.click("text=首页")
    desktop.click("text=English")
    assert desktop.get_attribute("html", "lang") == "en"
    assert "A trial" in desktop.inner_text("ol.home-lessons")


def test_a_lesson_stands_in_its_frame(small_server, desktop):
    """The first stop of the keyboard skips to the lesson; a formula is set by what Voilà carries;
    the kernel answers an arrow key; at 1280 and 390 px nothing scrolls sideways, the footer below.
    """
    page = small_lesson(desktop, small_server.url + LESSON)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "course-skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    page.wait_for_selector("mjx-container")
    page.focus(".noUi-handle")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("text=两倍：2")
    until(page, "document.body.lastElementChild.id === 'course-footer'")
    below = "document.getElementById('course-footer').getBoundingClientRect().top"
    lesson = "document.getElementById('rendered_cells').getBoundingClientRect().bottom"
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert fits(page)
        assert page.evaluate(f"{below} >= {lesson}")
    page.goto(small_server.url)
    assert fits(page)


def test_the_language_link_carries_the_labs_state(small_server, desktop):
    """The link takes `?s=` from the address, then from the lab, and the twin opens with it."""
    small_lesson(desktop, small_server.url + LESSON + "?s=first")
    assert desktop.get_attribute("#course-other", "href").endswith("/en/01-trial.ipynb?s=first")
    desktop.evaluate("window.simlibState = 'a&b'; dispatchEvent(new Event('simlib:state'))")
    assert desktop.get_attribute("#course-other", "href").endswith("?s=a%26b")
    desktop.click("#course-other")
    desktop.wait_for_selector(".widget-slider")
    assert desktop.url.endswith("/en/01-trial.ipynb?s=a%26b")
    assert desktop.get_attribute("html", "lang") == "en"


def test_the_language_switch_keeps_a_value_that_comes_twice(small_server, desktop):
    """The link, and `?lang=`, take the whole query along: both values of `a`, in their order."""
    small_lesson(desktop, small_server.url + LESSON + "?s=x&a=1&a=2")
    href = desktop.get_attribute("#course-other", "href")
    assert href.endswith("/en/01-trial.ipynb?s=x&a=1&a=2")
    desktop.evaluate("window.simlibState = 'y'; dispatchEvent(new Event('simlib:state'))")
    href = desktop.get_attribute("#course-other", "href")
    assert href.endswith("/en/01-trial.ipynb?s=y&a=1&a=2")
    small_lesson(desktop, small_server.url + LESSON + "?a=1&lang=en&a=2&s=x")
    assert desktop.url == small_server.url + "voila/render/en/01-trial.ipynb?a=1&a=2&s=x"


def test_reload_and_leaving_leave_no_kernel(tmp_path, desktop):
    """A reloaded page has one kernel, not two; a page that is left has none."""
    server = serving.start_course(serving.small_course(tmp_path))
    pid = server.process.pid
    small_lesson(desktop, server.url + LESSON)
    desktop.reload()
    desktop.wait_for_selector(".widget-slider")
    assert serving.eventually(lambda: len(serving.kernels_below(pid)) == 1)
    desktop.goto(server.url, wait_until="networkidle")  # what it loads is there before the end
    assert serving.eventually(lambda: not serving.kernels_below(pid))
    assert server.stop()[0] == 0


@pytest.mark.night
def test_a_lost_server_is_a_banner_that_brings_the_state_back(tmp_path, phone, watch):
    """When the server goes away the page says so; once it is back, one click restores the state."""
    watch.allow("WebSocket|ERR_CONNECTION_REFUSED|Kernel|reconnect")
    root = serving.small_course(tmp_path)
    first = serving.start_course(root)
    small_lesson(phone, first.url + LESSON)
    phone.evaluate("window.simlibState = 'kept'; dispatchEvent(new Event('simlib:state'))")
    os.kill(first.process.pid, signal.SIGTERM)
    phone.wait_for_selector("#course-lost:not([hidden])", timeout=20_000)
    assert "连接断开" in phone.inner_text("#course-lost-text")
    assert fits(phone)
    assert first.stop()[0] == 0
    port = int(first.url.rstrip("/").rpartition(":")[2])
    again = serving.start_course(root, port=port)
    phone.click("#course-reload")
    phone.wait_for_url("**?s=kept")
    phone.wait_for_selector(".widget-slider")
    assert again.stop()[0] == 0
    watch.allow(".")


def test_a_lesson_without_script_says_what_to_do(small_server, chromium):
    """Without JavaScript a lesson shows one sentence instead of an empty page."""
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(small_server.url + LESSON)
    assert "JavaScript" in page.inner_text("noscript, .course-banner >> nth=-1")
    page.context.close()


def test_what_one_test_stores_no_other_finds(course, profile):
    """The browser's profile stays from test to test: its files, not what a page wrote."""
    kept = """async () => [localStorage.length, sessionStorage.length, document.cookie,
        (await indexedDB.databases()).length, (await caches.keys()).length]"""
    found = []
    for _ in range(2):
        page = profile.page(DESKTOP)
        page.goto(course)
        found.append(page.evaluate(kept))
        page.evaluate(
            """async () => { localStorage.a = sessionStorage.a = 1; document.cookie = 'a=1';
            await caches.open('a'); await new Promise(done => {
                indexedDB.open('a').onsuccess = done; }); }"""
        )
        assert page.evaluate(kept) == [1, 1, "a=1", 1, 1]
        profile.forget()
    assert found == [[0, 0, "", 0, 0]] * 2


@pytest.mark.night
def test_a_page_open_for_100_s_is_not_cut(course, chromium):
    """Healthy pages were cut after 30, 60 or 90 s."""
    stays_connected(chromium, course + LESSONS.format("zh", "01-case"), answered)


@pytest.mark.first_visit
def test_the_first_visit_stays_small(small_server, desktop, watch, record_property):
    """A visit moves at most 10.5 MB of files, uncompressed, and 0.1 MB over the websocket."""
    sizes = {"wire": 0, "plain": 0}
    session = desktop.context.new_cdp_session(desktop)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda e: _add(sizes, "wire", e["encodedDataLength"]))
    session.on("Network.dataReceived", lambda e: _add(sizes, "plain", e["dataLength"]))
    small_lesson(desktop, small_server.url + LESSON)
    desktop.wait_for_load_state("networkidle")
    print(f"files: {sizes}, websocket: {watch.bytes_received} bytes")
    record_property("first_visit", sizes)
    assert 0 < sizes["plain"] <= 10_500_000
    assert 0 < watch.bytes_received <= 100_000


def _add(sizes, key, more):
    """Count bytes."""
    sizes[key] += int(more)


def test_a_waiting_page_says_how_many_are_before_and_opens_the_lesson(
    tmp_path, desktop, phone, watch
):
    """One place: the second visitor reads that he is next; when the first leaves, he comes in."""
    watch.allow("503")
    server = serving.start_course(serving.small_course(tmp_path), places=1)
    small_lesson(desktop, server.url + LESSON)
    phone.goto(server.url + LESSON)
    assert "下一个就是这一页" in phone.locator("#course-ahead").inner_text()
    asks = []
    phone.on("request", lambda request: asks.append(request.url))
    assert serving.eventually(lambda: phone.wait_for_timeout(50) or len(asks) > 1)
    desktop.goto(server.url)
    phone.wait_for_selector(".widget-slider", timeout=30_000)
    phone.goto("about:blank")
    assert server.stop()[0] == 0


def test_nothing_on_the_home_page_is_in_a_screen_readers_way(course, desktop):
    """axe finds nothing."""
    desktop.goto(course)
    assert axe(desktop) == []
