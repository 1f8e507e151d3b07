"""A case of one's own stays in the browser and its page's socket: no request, no log has it."""

import base64
import json
import re
import zlib
from urllib.parse import urlsplit

import pytest
import serving
from browser.pages import LESSONS, NUMBER, WAIT_MS, until
from browser.stage import knob, press, turn
from playwright.sync_api import expect
from wire import Wire

from simlib.case.write import write
from simlib.resources import shelf
from simlib.widgets import case_lab
from simlib.widgets.own.draft import SAMPLE, started
from simlib.widgets.state import OWN, LabState, case_link

EDITOR = LESSONS.format("zh", "12-own")
MINE = write(started(SAMPLE))
STATE = re.compile(rb"[?&]s=")
TOP = re.compile(rb"(?:GET|POST|HEAD|PUT|DELETE) [^\r\n]* HTTP/1\.1\r\n[^\x80-\xff]*?\r\n\r\n")
# What bar and opening have shown at any time, a line each, until the stage is there.
SHOWN = """() => {
    window.shown = new Set();
    const look = () => {
        for (const part of document.querySelectorAll('#course-header, #opening'))
            for (const line of part.innerText.split('\\n')) shown.add(line);
        if (!document.querySelector('.stage-number')?.textContent) requestAnimationFrame(look);
    };
    look();
}"""


def own_link(**fields) -> str:
    """The state of a lesson that shows the template as the reader's own case."""
    state = LabState(own=MINE, case_id=OWN, committed={"opened": True}, **fields)
    return state.to_text()


def packed(value: object) -> str:
    """As a link carries it."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(value).encode())).decode()


class Relay(Wire):
    """A relay before a server, which keeps all that browsers send."""

    def __init__(self, url: str) -> None:
        self._sent: list[bytearray] = []
        super().__init__(urlsplit(url).port)
        self.url = f"http://127.0.0.1:{self.port}/"

    def heads(self) -> list[bytes]:
        """The heads of all requests so far: their first lines and their headers."""
        return [head for sent in self._sent for head in TOP.findall(bytes(sent))]

    async def _carry(self, reader, writer) -> None:
        self._sent.append(kept := bytearray())
        read = reader.read

        async def remember(size):
            kept.extend(data := await read(size))
            return data

        reader.read = remember
        await super()._carry(reader, writer)


@pytest.fixture(scope="module")
def served():
    """The shipped course on a server whose lines can be read."""
    root = shelf("course")
    server = serving.start_course(root)
    yield server
    server.stop()


@pytest.fixture
def wire(served, request):
    """A way to that server which remembers; the page goes first, or it would complain."""
    relay = Relay(served.url)
    page = request.getfixturevalue("desktop")
    yield relay
    page.goto("about:blank")
    relay.close()


def on_stage(page):
    """Wait until the stage shows a number."""
    page.locator(NUMBER).first.wait_for(timeout=WAIT_MS)
    return page


def opens_own(page):
    """Wait until the stage shows the reader's own case, whose state is in the fragment alone."""
    on_stage(page)
    expect(page.locator(".lesson-name")).to_contain_text("林某诉陈某")
    until(page, "location.hash.startsWith('#s=') && !location.search.includes('s=')")
    return page


def test_no_request_carries_a_case_of_ones_own(wire, served, desktop):
    """Written in the editor; opened in a lesson, turned, reloaded, copied, shown in the other
    language: each request's line and headers, all of the server's words."""
    page = desktop
    page.goto(wire.url + EDITOR)
    until(page, "document.querySelector('.own-status')?.textContent")
    page.locator("[data-id=sample]").click()
    page.locator("[data-id=keep-visit]").click()
    page.locator(".own-labs .own-first[href]").click()
    opens_own(page)
    expect(page.locator(".lesson-restored")).to_contain_text("这是你的案件。")
    before = page.url
    turn(page, "grade", "slight")
    until(page, "url => location.href !== url", before)
    turned = page.url
    page.reload()
    opens_own(page)
    expect(knob(page, "grade").locator("input[value=slight]")).to_be_checked()
    assert page.url == turned
    page.locator(".stage-top [data-id=undo]").wait_for()
    page.evaluate(
        "delete Navigator.prototype.clipboard; document.execCommand ="
        " () => { window.copied = document.activeElement.value; return true; }"
    )
    press(page, "copy")
    until(page, "window.copied")
    copied = page.evaluate("window.copied")
    assert copied == turned
    page.locator("#course-other").click()
    on_stage(page)
    assert "/en/01-case.ipynb#s=" in page.url
    expect(page.locator(".lesson-restored")).to_contain_text("You are back")
    stays_out_of_requests(wire, served, copied, times=3)


@pytest.mark.night
def test_no_request_carries_a_case_of_ones_own_by_another_way(wire, served, desktop):
    """In stage mode, in the editor again, in a second lesson, and back."""
    page = desktop
    link = wire.url + LESSONS.format("zh", "01-case") + f"#s={own_link()}"
    page.goto(link + "&talk")
    page.locator("html.is-talk").wait_for(state="attached", timeout=WAIT_MS)
    page.keyboard.press("Escape")
    opens_own(page)
    page.locator("[data-id=edit]").click()
    until(page, "document.querySelector('.own-status')?.textContent")
    page.locator(".own-others > summary").click()
    page.locator(".own-labs a[href]", has_text="04").click()
    opens_own(page)
    page.go_back()
    until(page, "document.querySelector('.own-status')?.textContent")
    stays_out_of_requests(wire, served, link, times=1)


def stays_out_of_requests(wire, served, link, times):
    """No head of a request and no line of the server has the state of a link; of the lesson at
    least so many pages were asked for."""
    heads = wire.heads()
    asked = sum(b"01-case.ipynb" in head.partition(b"\r\n")[0] for head in heads)
    assert asked >= times
    assert [head for head in heads if STATE.search(head)] == []
    said = re.search(r"s=([\w-]{40})", link)[1]
    assert not any(said in line for line in served.lines)


def test_an_old_link_of_a_case_of_ones_own_moves_into_the_fragment(wire, served, desktop):
    """`?s=` of before: the case opens, from the first page on the address has it in the fragment,
    and of all requests only the very first carried it; the server says nothing of it."""
    link = own_link()
    desktop.goto(wire.url + LESSONS.format("zh", "01-case") + f"?s={link}&a=1", wait_until="commit")
    assert urlsplit(desktop.url)[3:] == ("a=1", f"s={link}")
    opens_own(desktop)
    assert urlsplit(desktop.url).query == "a=1"
    carried = [head for head in wire.heads() if STATE.search(head)]
    assert len(carried) == 1
    assert b"Referer" not in carried[0]
    assert not any(link[:40] in line for line in served.lines)
    desktop.goto(wire.url + EDITOR + f"?s={case_link(MINE)}")
    expect(desktop.locator('[data-spot="title"] input').first).to_have_value("示例：出借银行卡")
    assert urlsplit(desktop.url).query == ""


def test_a_shipped_case_keeps_its_query(course, desktop):
    """What is nobody's secret stays where it can be bookmarked, on a server too."""
    lab = case_lab("zh")
    lab.state.committed = {"opened": True}
    link = lab.state.to_text()
    desktop.goto(course + LESSONS.format("zh", "01-case") + f"?s={link}")
    on_stage(desktop)
    assert urlsplit(desktop.url)[3:] == (f"s={link}", "")


def test_until_the_kernel_has_the_case_no_other_is_told(course, desktop):
    """Whatever the page shows at any moment, it speaks neither of 赵某 nor of 张某."""
    desktop.add_init_script(f"({SHOWN})()")
    desktop.goto(course + LESSONS.format("zh", "01-case") + f"#s={own_link()}")
    opens_own(desktop)
    shown = desktop.evaluate("[...shown]")
    assert "正在打开链接里的案件……" in shown
    assert any("林某" in line for line in shown)
    assert [line for line in shown if re.search("赵某|张某", line)] == []


@pytest.mark.parametrize(
    "hostile",
    ["%E0%A4%A", packed([1, {"case_id": "own", "own": "="}]),
     *(pytest.param(each, marks=pytest.mark.night) for each in (
         "x", "A" * 60_000, packed([3, {"own": MINE}]), packed([1, {"own": 3}])))],
    ids=["half a letter", "no case", "short", "long", "version", "type"],
)  # fmt: skip
def test_a_fragment_that_is_none_says_so(course, desktop, hostile):
    """The lesson opens as new with a sentence, and works; so does the editor."""
    desktop.goto(course + LESSONS.format("zh", "01-case") + f"#s={hostile}")
    said = desktop.locator(".stage-notice", has_text="无法识别")
    expect(said).to_be_visible(timeout=WAIT_MS)
    expect(desktop.locator(".lesson-story")).to_contain_text("赵某")
    desktop.locator("[data-id=open]").click()
    on_stage(desktop)
    assert "#" not in desktop.url
    desktop.goto(course + EDITOR + f"#s={hostile}")
    expect(desktop.locator(".own-said")).to_contain_text("没有能打开的案件", timeout=WAIT_MS)
    until(desktop, "document.querySelector('.own-status')?.textContent")


def test_anchors_of_a_lesson_lead_on_and_the_case_stays_in_the_address(course, desktop):
    """A fold's anchor opens it, with a case of one's own too; back leads nowhere else; a link that
    is pasted into the tab opens."""
    page = desktop
    page.goto(course + LESSONS.format("zh", "01-case") + f"#s={own_link()}")
    opens_own(page)
    fold = page.locator("details.lesson-fold").first
    here, id = page.url, fold.get_attribute("id")
    page.evaluate("id => { location.hash = id; }", id)
    expect(fold).to_have_attribute("open", "")
    until(page, "url => location.href === url", here)
    page.go_back()
    until(page, "url => location.href === url", here)
    page.evaluate("link => { location.hash = 's=' + link; }", case_link(MINE))
    page.locator("[data-id=open]").click(timeout=WAIT_MS)  # it carries a case and opens none
