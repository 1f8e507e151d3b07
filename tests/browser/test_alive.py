"""A page that stays alive: whatever breaks, it goes on exactly or says that it does not."""

from __future__ import annotations

import http.server
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
import serving
from browser.pages import (
    LESSONS,
    NUMBER,
    WAIT_MS,
    answer_bet,
    fits,
    let_go,
    opened,
    shut,
    slide,
    until,
)
from browser.stage import board, knob, more, number, turn
from playwright.sync_api import expect
from staged import make
from wire import Wire

from simlib.widgets.prerendered_opening import scene_links

LESSON = "01-case"
AT_GAIN = "?s=" + scene_links("case")["gain"]  # gain is a main knob, and the cap in sight follows
BANNER = "#course-lost:not([hidden])"
STALE = ".course-stale"
PALE = (".stage-board", ".stage-large", ".stage-sentence")  # numbers of before
PALENESS = "part => getComputedStyle(document.querySelector(part)).opacity"
BROKEN = "WebSocket|ERR_CONNECTION|ERR_SOCKET|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|404"
CAP_SAYS = """n => [...document.querySelectorAll('.stage-board [data-row=benefit_cap] button')]
    .some(button => button.textContent === n)"""
NOTES_BANNERS = """banner => new MutationObserver(() => {
    if (document.querySelector(banner)) sessionStorage.setItem('banner', 'shown');
}).observe(document, {subtree: true, childList: true, attributes: true})"""


PLACE = "[scrollY, document.querySelector('.stage').getBoundingClientRect().top]"
COVERED = """() => {
    const [bar, box] = ['.lesson-bar', '#course-lost'].map(
        each => document.querySelector(each).getBoundingClientRect());
    const seen = document.elementFromPoint(box.left + 20, box.top + 4);
    return box.top < bar.bottom || !seen.closest('#course-lost');
}"""


def night(value):
    """A further value of a question, asked at night."""
    return pytest.param(value, marks=pytest.mark.night)


@pytest.fixture(scope="module")
def server():
    """The shipped course, served for these tests alone."""
    served = serving.start(
        [sys.executable, "-m", "simlib", "serve", "--port", str(serving.free_port())]
    )
    yield served
    code, said = served.stop()
    assert code == 0, said
    assert "Traceback" not in said, said


@pytest.fixture
def network(server):
    """A network between browser and server; its address."""
    wire = Wire(int(server.url.rstrip("/").rpartition(":")[2]))
    wire.url = f"http://127.0.0.1:{wire.port}/"
    yield wire
    wire.close()


# What the page hears of its kernel, but for frames that `loses` takes away, and a machine on which
# the time that a library allows has run out at once, or its timers come late.
LOSSY = """() => {
    const Plain = WebSocket;
    window.WebSocket = class extends Plain {
        set onmessage(act) {
            super.onmessage = event => {
                const said = typeof event.data !== 'string' && new TextDecoder().decode(event.data);
                if (!said || !LOSES(said)) act(event);
            };
        }
    };
}"""
SPENT = """() => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = ms => timeout(ms === 2000 ? 0 : ms);
}"""
STARVED = """() => {
    const timer = setTimeout;
    window.setTimeout = (act, ms, ...rest) => timer(act, ms === 100 ? 2500 : ms, ...rest);
}"""
REPLY_ONCE = """said => said.includes('comm_info_reply')
    || said.includes('update_states') && (window.told = (window.told ?? 0) + 1) === 1"""
BEFORE_RELOAD = "() => performance.getEntriesByType('navigation')[0].type !== 'reload'"
CHOSEN = """() => [...document.querySelectorAll('form[data-bet] input')]
    .filter(field => field.checked || field.type === 'number').map(field => field.value)"""


def loses(page, frames):
    """From the next visit on, lose of what the kernel says the frames that a function picks."""
    page.add_init_script(f"({LOSSY.replace('LOSES', f'({frames})')})()")


def send(page, server, lesson=LESSON, query=""):
    """Open a lesson and send an answer, without waiting for its stage."""
    shut(page, server.url, lesson, query=query)
    answer_bet(page)
    page.locator("[data-id=commit]").click()


def says(page, place):
    """Wait until the kernel has said that the cap by gain stands there: no page reckons it."""
    until(page, CAP_SAYS, str(place), patience=10_000)


def state_of(gain):
    """The state of a page at this gain, as its lab writes it."""
    lab = make("case", link=AT_GAIN.removeprefix("?s="))
    lab.view.asked = {"gain": [1, gain]}
    return lab.state.to_text()


def drag(page, places, pause=20):
    """Move a slider through places as a hand does, and let it go: one stroke."""
    for place in places:
        slide(page, "gain", place)
        page.wait_for_timeout(pause)
    let_go(page, "gain")


def kernel_of(page, server):
    """The process of a page's kernel."""
    return process_of(page.evaluate("window.jupyterapp.widgetManager.kernel.id"), server)


def process_of(name, server):
    """The process of a kernel."""
    return next(
        pid
        for pid in serving.kernels_below(server.process.pid)
        if name in Path(f"/proc/{pid}/cmdline").read_text() or name[:8] in serving.name_of(pid)
    )


@pytest.mark.parametrize("kind", ["frozen", night("offline"), night("cut")])
def test_a_break_in_mid_drag_loses_nothing(server, network, desktop, chromium, watch, kind):
    """Ten moves, a break, ten and an undone one, the network again, ten: as if nothing had been.

    The numbers are those of a page that opens at the same state and never saw a break.
    """
    watch.allow(BROKEN)
    opened(desktop, network.url, LESSON, query=AT_GAIN)
    drag(desktop, range(500, 5500, 500))
    if kind == "offline":
        desktop.context.set_offline(True)
    else:
        network.cut() if kind == "cut" else network.freeze()
    drag(desktop, range(1000, 6000, 500))
    desktop.wait_for_timeout(800)  # what follows is a stroke of its own, and undone alone
    drag(desktop, [9000])
    desktop.locator("[data-id=undo]").click()
    desktop.wait_for_selector(BANNER, timeout=5000)
    assert desktop.locator(STALE).count() == 1
    if kind == "offline":
        desktop.context.set_offline(False)
    else:
        network.mend()
    desktop.wait_for_selector(BANNER, state="hidden", timeout=15_000)
    says(desktop, 5500)
    desktop.wait_for_selector(STALE, state="detached", timeout=5000)
    drag(desktop, range(6000, 7000, 100))
    says(desktop, 6900)
    if kind != "frozen":  # the hardest: one comparison is enough
        return
    other = chromium.new_context().new_page()
    opened(other, server.url, LESSON, query="?" + desktop.url.partition("?")[2])
    says(other, 6900)
    assert board(other) == board(desktop)
    other.context.close()


def test_a_slow_answer_is_told_after_two_seconds(server, desktop):
    """A kernel that does not answer: the page greys its numbers after one second, says so after
    two, and goes on after."""
    opened(desktop, server.url, LESSON, query=AT_GAIN)
    kernel = kernel_of(desktop, server)
    os.kill(kernel, signal.SIGSTOP)
    try:
        drag(desktop, [3500])
        before, begun = desktop.evaluate(PLACE), time.monotonic()
        desktop.wait_for_selector(STALE, state="attached", timeout=5000)
        assert not desktop.is_visible(BANNER)
        assert [desktop.evaluate(PALENESS, part) for part in PALE] == ["0.4"] * len(PALE)
        desktop.wait_for_selector(BANNER, timeout=5000)
        assert desktop.evaluate(PLACE) == before
        assert desktop.evaluate(COVERED) is False
        assert 1 < time.monotonic() - begun < 4
        assert "还没有回答" in desktop.inner_text("#course-lost")
        assert desktop.locator(STALE).count() == 1
    finally:
        os.kill(kernel, signal.SIGCONT)
    desktop.wait_for_selector(BANNER, state="hidden", timeout=5000)
    says(desktop, 3500)


def test_a_killed_kernel_is_told_and_one_click_brings_the_state_back(server, phone, watch):
    """Killed in mid-drag: lost within five seconds; the page opens again as it stood."""
    watch.allow("404")  # the page's farewell to a kernel that is not there
    opened(phone, server.url, LESSON, query=AT_GAIN)
    drag(phone, range(2000, 5000, 500))
    says(phone, 4500)
    before, state = board(phone), state_of(4500)
    until(phone, "text => window.simlibState === text", state)
    os.kill(kernel_of(phone, server), signal.SIGKILL)
    drag(phone, [4600, 4700, 4800])
    phone.wait_for_selector(BANNER, timeout=5000)
    until(phone, "document.getElementById('course-lost').innerText.includes('已经结束')")
    assert fits(phone)
    with phone.expect_navigation():
        phone.click("#course-reload")
    phone.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    assert phone.evaluate("window.simlibState") == state
    assert board(phone) == before
    says(phone, 4500)


def test_a_page_is_not_left_for_a_server_that_does_not_answer(network, desktop, watch):
    """ "Open again" and links ask first: no answer, and the page stays with all that it shows."""
    watch.allow(BROKEN)
    opened(desktop, network.url, LESSON, query=AT_GAIN)
    network.cut()
    desktop.wait_for_selector(BANNER, timeout=5000)
    for way_out in ("#course-reload", "#course-other", ".lesson-home"):
        drag(desktop, [2400])  # the banner speaks of the break again
        desktop.click(way_out)
        until(
            desktop, "document.getElementById('course-lost').innerText.includes('没有离开这一页')"
        )
    assert desktop.locator(NUMBER).count()
    network.mend()
    desktop.wait_for_selector(BANNER, state="hidden", timeout=10_000)
    drag(desktop, [2500])
    says(desktop, 2500)


def test_an_exercise_marks_the_answer_that_was_sent(server, desktop):
    """While one answer is being marked another is chosen and sent: the verdict is on the first.

    Exercise `grade`, variant 1: helped by gross negligence, so 1165 with 1172, not 1168.
    """
    opened(desktop, server.url, LESSON, query="?seed=1")
    card = desktop.locator('.simlib-exercise[data-name="grade"]')
    card.evaluate("card => { card.open = true; }")
    step = card.locator(".simlib-step").first
    step.wait_for()
    key = step.locator("input[value=separate]")
    kernel = kernel_of(desktop, server)
    os.kill(kernel, signal.SIGSTOP)
    try:
        step.locator("input[value=concert]").check()
        step.locator("[type=submit]").click()
        assert "正在批改" in card.locator(".simlib-feedback").first.inner_text()
        key.check()
        step.locator("[type=submit]").click()
    finally:
        os.kill(kernel, signal.SIGCONT)
    card.locator(".simlib-feedback.is-wrong").wait_for()
    assert step.locator("input[value=concert]").is_checked()
    key.check()
    step.locator("[type=submit]").click()
    card.locator(".simlib-feedback.is-right").wait_for()


@pytest.mark.parametrize("arrives", [3000, night(7500)])
def test_a_page_that_breaks_off_while_it_arrives_says_so(network, desktop, watch, arrives):
    """The network goes before the body has come: no blank for ever, but a word and a way on.

    Of 3,000 bytes none is of our scripts: what stands in the page itself says it.
    """
    watch.allow(".")
    network.cut_after(arrives)
    desktop.goto(network.url + LESSONS.format("zh", LESSON), wait_until="commit")
    desktop.wait_for_selector("#course-words", state="attached")
    word = desktop.get_by_text("没有完整载入").first
    word.wait_for(timeout=25_000)
    network.mend()
    with desktop.expect_navigation():
        desktop.locator("#course-reload, a:has-text('没有完整载入')").first.click()
    desktop.locator("[data-id=commit]").wait_for(timeout=WAIT_MS)
    assert desktop.locator(BANNER).count() == 0


@pytest.mark.parametrize(
    "missing", ["stage-board.js*", "pack.js", night("lab.js*"), night("stage.js*")]
)
def test_a_page_without_one_of_its_files_says_so(server, desktop, watch, missing):
    """A script that did not come: the lesson would be there in part, and nobody would know."""
    watch.allow(".")
    desktop.route(f"**/{missing}", lambda route: route.abort())
    desktop.goto(server.url + LESSONS.format("zh", LESSON))
    desktop.wait_for_selector(BANNER, timeout=15_000)
    assert "没有完整载入" in desktop.inner_text("#course-lost")


def test_a_kernel_that_ends_before_its_page_connects_is_told(server, desktop, watch):
    """The scripts are slow and the kernel is gone when they come: the page says so at once."""
    watch.allow(".")
    desktop.route("**/voila.js*", lambda route: None)  # never answered
    desktop.goto(server.url + LESSONS.format("zh", LESSON), wait_until="commit")
    config = "JSON.parse(document.getElementById('jupyter-config-data').textContent)"
    until(desktop, f"(() => {{ try {{ return {config}; }} catch {{ return false; }} }})()")
    name = desktop.evaluate(f"{config}.kernelId")
    whole = "performance.getEntriesByType('navigation')[0].responseEnd > 0"
    until(desktop, whole)  # before, its death would be the server's to report
    os.kill(process_of(name, server), signal.SIGKILL)
    desktop.wait_for_selector(BANNER, timeout=10_000)
    assert "已经结束" in desktop.inner_text("#course-lost")


def test_a_page_that_is_being_left_raises_no_alarm(server, desktop):
    """Its kernel ends three seconds before the next page is there: no banner in between."""
    opened(desktop, server.url, LESSON, query=AT_GAIN)
    desktop.evaluate(NOTES_BANNERS, BANNER)
    desktop.route("**/en/**", lambda route: (time.sleep(3), route.continue_()))
    desktop.click("#course-other")
    desktop.wait_for_url("**/en/**")
    desktop.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    assert desktop.evaluate("sessionStorage.getItem('banner')") is None


def test_a_foreign_pages_images_start_no_kernel(server, desktop, watch):
    """Fifteen pictures on another site that are really lessons: each is asked for and refused."""
    watch.allow("403|ERR_")
    lesson = f"{server.url}voila/render/zh/{LESSON}.ipynb"
    images = "".join(f'<img src="{lesson}?{n}">' for n in range(15))

    class Foreign(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<link rel=icon href=data:,>{images}".encode())

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Foreign) as foreign:
        threading.Thread(target=foreign.serve_forever, daemon=True).start()
        before = serving.kernels_below(server.process.pid)
        refused = []  # the browser, too, keeps what is no picture from the page
        desktop.on("requestfailed", lambda request: refused.append(request.url))
        desktop.goto(f"http://localhost:{foreign.server_port}/")
        desktop.wait_for_load_state("networkidle")
        foreign.shutdown()
    assert len(refused) == 15
    assert serving.kernels_below(server.process.pid) == before


def test_what_is_chosen_while_a_case_is_on_its_way_is_not_lost(server, desktop):
    """A kernel that lags: another case, then at once 教学设定; the twin's number is 11913.73."""
    opened(desktop, server.url, LESSON)
    more(desktop)
    turn(desktop, "position", "direct")
    expect(number(desktop, "risk_benefit")).to_have_text("15000")
    kernel = kernel_of(desktop, server)
    os.kill(kernel, signal.SIGSTOP)
    try:
        knob(desktop, "case").locator("select").select_option("hengnan-hengyang")
        turn(desktop, "position", "assumed")
    finally:
        os.kill(kernel, signal.SIGCONT)
    expect(number(desktop, "risk_benefit")).to_have_text("11913.73")


# ---------------------------------------------------------------- a stage that comes late


def test_an_answer_that_was_lost_is_asked_for_again(server, desktop):
    """What the widgets' library asked the kernel for never arrives, nor what it asks for then."""
    loses(desktop, REPLY_ONCE)
    send(desktop, server)
    desktop.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    assert desktop.evaluate("window.told") == 2
    assert desktop.locator(BANNER).count() == 0


def test_a_view_that_gave_up_on_its_model_is_drawn(server, desktop, watch):
    """It looks every tenth of a second for two seconds; on a busy machine that is once."""
    watch.allow("widget model not found")
    desktop.add_init_script(f"({STARVED})()")
    loses(desktop, "() => !document.querySelector('.jp-OutputArea-output')")  # it looks too early
    send(desktop, server)
    desktop.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    desktop.locator(".simlib-exercise").first.wait_for(state="attached", timeout=WAIT_MS)
    assert desktop.locator(".stage").count() == 1


def test_a_model_whose_script_took_long_hears_its_kernel(server, desktop):
    """The library allows two seconds for it; here they are over at once."""
    desktop.add_init_script(f"({SPENT})()")
    opened(desktop, server.url, LESSON, query=AT_GAIN)
    drag(desktop, [3500])
    says(desktop, 3500)


@pytest.mark.parametrize("size", ["phone", night("desktop")])
def test_a_stage_that_does_not_come_is_told_and_comes_after_a_press(server, request, size):
    """A kernel that is not heard: a sentence and buttons after ten seconds, then a stage."""
    page = request.getfixturevalue(size)
    loses(page, "() => !window.hears")
    send(page, server)
    begun, again = time.monotonic(), page.locator("#course-again")
    again.wait_for(timeout=WAIT_MS)
    assert time.monotonic() - begun > 9
    said = page.inner_text("#course-lost")
    assert "还没有准备好" in said
    assert "你发出的答案已存在这个标签页里" in said
    assert not page.locator(".course-spinner:visible, .bet-wait:visible").count()
    assert fits(page)
    page.evaluate("window.hears = true")
    again.click()
    page.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    expect(again).to_be_hidden()


def test_an_answer_outlives_a_reload_until_the_stage_has_it(server, desktop):
    """It stands in the form again and is handed over; then the device keeps it no more."""
    loses(desktop, BEFORE_RELOAD)
    send(desktop, server)
    sent = desktop.evaluate(CHOSEN)
    assert "已记下" in desktop.inner_text("[data-id=commit]")
    desktop.reload(wait_until="commit")
    desktop.locator("form.is-sent").wait_for(timeout=WAIT_MS)
    assert desktop.evaluate(CHOSEN) == sent
    desktop.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    until(desktop, "!Object.keys(sessionStorage).some(key => key.startsWith('simlib:bet'))")
    assert "12500" in desktop.inner_text(".stage-reveal")


def test_an_answer_is_kept_for_its_tab_and_its_lesson_alone(server, desktop):
    """Another tab, another lesson and a link to another state of it ask as if nothing were sent."""
    loses(desktop, "() => true")
    send(desktop, server)
    other = desktop.context.new_page()
    for page, address in ((other, LESSON), (desktop, "02-fault"), (desktop, LESSON + AT_GAIN)):
        name, mark, query = address.partition("?")
        page.goto(server.url + LESSONS.format("zh", name) + mark + query, wait_until="commit")
        page.locator(".lesson-next").wait_for(state="attached", timeout=WAIT_MS)
        assert page.locator("form.is-sent").count() == 0
    other.close()


def test_an_answer_that_no_device_keeps_is_sent_all_the_same(server, desktop):
    """A private window whose storage refuses: the bet works, and nobody says it is kept."""
    desktop.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    send(desktop, server)
    desktop.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    assert desktop.evaluate("window.simlibBet.kept") is False
