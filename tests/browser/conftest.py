"""Chromium on the real server: every page is watched, and a request elsewhere fails the test."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import serving
from browser.hub import checkout, clean, hub  # noqa: F401  pytest finds them here
from browser.pages import WAIT_MS, back_to_start, opened
from playwright.sync_api import expect, sync_playwright

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
FOUR_TIMES = {"width": 320, "height": 256}  # a window of 1280 × 1024 magnified to 400 %
PROJECTOR = {"width": 1920, "height": 1080}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
]
OURS = ("127.0.0.1", "localhost")
WITH_CHARTS = r"/0[2-6]-|/lab"  # in folds of theirs; JupyterLab's pages
STORED = "local_storage,indexeddb,websql,service_workers,cache_storage"
FAILED = pytest.StashKey[bool]()
# What a page shows in the end is waited for; how soon is no test's business, and a second job on
# this machine must not decide it. (Playwright gives up after 5 s.)
expect.set_options(timeout=WAIT_MS)


class Watch:
    """What the pages of one test did that they must not: other hosts, console errors, faults."""

    def __init__(self) -> None:
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.allowed: list[str] = []
        self.bytes_received = 0

    def allow(self, pattern: str) -> None:
        """Expect console errors that match, in a test which breaks something on purpose."""
        self.allowed.append(pattern)

    def follow(self, page) -> None:
        """Watch one page from now on."""
        page.on("request", lambda request: self._request(request.url, page.url))
        page.on("console", lambda line: self._console(line.type, line.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("websocket", self._websocket)

    def verdict(self) -> list[str]:
        """Everything that was wrong."""
        wrong = [f"request to another host: {url}" for url in self.foreign]
        return wrong + [
            f"error in the console: {line}"
            for line in self.errors
            if not any(re.search(pattern, line) for pattern in self.allowed)
        ]

    def _request(self, url: str, page: str = "") -> None:
        where = urlsplit(url)
        if where.path.endswith("/plotly.min.js") and not re.search(WITH_CHARTS, page):
            self.errors.append(f"{page} asks for plotly.js")
        if where.scheme not in ("data", "blob", "about") and where.hostname not in OURS:
            self.foreign.append(url)

    def _console(self, kind: str, line: str) -> None:
        if kind == "error":
            self.errors.append(line)

    def _websocket(self, socket) -> None:
        self._request(socket.url)
        socket.on("framereceived", self._frame)

    def _frame(self, frame: str | bytes) -> None:
        self.bytes_received += len(frame)


class Profile:
    """A browser's lasting profile, lent to one test at a time; of a test only files stay."""

    def __init__(self, context) -> None:
        self.context = context
        self._seen: set[str] = set()

    def page(self, viewport: dict):
        """A page of this size, in a profile in which nothing is stored."""
        page = self.context.new_page()
        page.set_viewport_size(viewport)
        page.on("framenavigated", lambda frame: self._seen.add(frame.url))
        return page

    def forget(self) -> None:
        """Close the test's pages; clear what they stored and were allowed; let them go online."""
        blank, *used = self.context.pages
        for page in used:
            page.close()
        session = self.context.new_cdp_session(blank)
        for scheme, host in {urlsplit(url)[:2] for url in self._seen}:
            origin = {"origin": f"{scheme}://{host}", "storageTypes": STORED}
            session.send("Storage.clearDataForOrigin", origin)
        session.detach()
        self._seen.clear()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.context.set_offline(False)


@pytest.fixture(scope="session")
def course():
    """Address of the shipped course, served by the command line; it must end cleanly."""
    command = [sys.executable, "-m", "simlib", "serve", "--port", str(serving.free_port())]
    server = serving.start(command)
    yield server.url
    _ended_cleanly(server)


@pytest.fixture(scope="session")
def small_server(tmp_path_factory):
    """A server on a course of one small lesson, for tests of the page around a lesson."""
    server = serving.start_course(serving.small_course(tmp_path_factory.mktemp("small")))
    yield server
    _ended_cleanly(server)


def _ended_cleanly(server: serving.Served) -> None:
    """Stop a server and check that it went without a word of trouble."""
    code, said = server.stop()
    assert code == 0, said
    assert "Traceback" not in said, said


@pytest.fixture(scope="session")
def profile():
    """Debian's browser, once for all tests: the profile of a reader who comes back.

    It keeps the files that the server lets it keep, and what it made of their scripts, which is
    most of the work of opening a lesson. A context of its own keeps neither.
    """
    found = shutil.which("chromium")
    assert found, "chromium is not installed (apt install chromium fonts-noto-cjk)"
    with sync_playwright() as driver:
        start = driver.chromium.launch_persistent_context
        context = start("", executable_path=found, args=FLAGS, locale="zh-CN")  # "": one to be lost
        yield Profile(context)
        context.close()


@pytest.fixture(scope="session")
def chromium(profile):
    """The browser, for contexts that share nothing with the profile: first visits."""
    return profile.context.browser


@pytest.fixture
def watch():
    """What this test's pages did; checked when the test is over."""
    seen = Watch()
    yield seen
    assert seen.verdict() == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Let a test's fixtures know whether it failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture
def open_page(chromium, profile, watch, request):
    """`open_page(viewport)`: a page with its own storage; pictured if the test fails.

    The first may find the course's files in the browser's cache, unless the test is marked.
    """
    made = []
    returns = request.node.get_closest_marker("first_visit") is None

    def fresh(viewport: dict = DESKTOP, **kind):
        if returns and not made and not kind:
            page = profile.page(viewport)
        else:
            page = chromium.new_context(viewport=viewport, locale="zh-CN", **kind).new_page()
        page.set_default_timeout(WAIT_MS)
        watch.follow(page)
        made.append(page)
        return page

    yield fresh
    for number, page in enumerate(made):
        _picture(page, request.node, number)
        if page.context is profile.context:
            profile.forget()
        else:
            page.context.close()


def _picture(page, test, number: int) -> None:
    """Keep all that a page shows at the end of a test that failed."""
    if test.stash.get(FAILED, False):
        ARTEFACTS.mkdir(exist_ok=True)
        name = re.sub(r"[^\w-]+", "-", test.name)
        page.screenshot(path=ARTEFACTS / f"{name}-{number}.png", full_page=True)


class Kept:
    """A lesson that stays open for the tests of one module; each leaves it as it was opened."""

    def __init__(self) -> None:
        self.page = None

    def open(self, chromium, url: str, lesson: str) -> None:
        """Open the lesson and answer."""
        self.watch = Watch()
        page = chromium.new_context(viewport=DESKTOP, locale="zh-CN").new_page()
        page.set_default_timeout(WAIT_MS)
        self.watch.follow(page)
        opened(page, url, lesson)
        self.page = page  # only now: one that did not open has no heirs

    def close(self) -> None:
        """Give the page up; the next test opens another."""
        if self.page is not None:
            self.page.context.close()
        self.page = None


@pytest.fixture(scope="module")
def kept(chromium):
    """The module's open lesson."""
    held = Kept()
    yield held
    held.close()


@pytest.fixture
def lesson(kept, chromium, course, request):
    """The module's lesson (its `LESSON`), answered, in Chinese, on a desktop, as just opened.

    For tests that only look and move controls: what they did is undone when they are over. A
    test that fails, or whose page did what it must not, gets no heirs.
    """
    if kept.page is None:
        kept.open(chromium, course, request.module.LESSON)
    yield kept.page
    _picture(kept.page, request.node, 0)
    wrong = kept.watch.verdict()
    if wrong or request.node.stash.get(FAILED, False):
        kept.close()
    else:
        back_to_start(kept.page)
    assert wrong == []


@pytest.fixture
def wall(lesson):
    """Page and stage of the module's lesson on the wall; Esc takes back what was turned there.

    For tests that go to a scene by its number first.
    """
    lesson.set_viewport_size(PROJECTOR)
    lesson.keyboard.press("p")
    stage = lesson.locator("dialog.talk")
    expect(stage).to_be_visible()
    yield lesson, stage
    for _ in range(4):  # reasons, a knob, then the wall
        if stage.count():
            lesson.keyboard.press("Escape")
            lesson.wait_for_timeout(100)


@pytest.fixture
def desktop(open_page):
    """A page 1280 × 900."""
    return open_page(DESKTOP)


@pytest.fixture
def phone(open_page):
    """A page 390 × 844."""
    return open_page(PHONE)
