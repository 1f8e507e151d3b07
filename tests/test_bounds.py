"""A server that strangers can reach: odd requests, deaf and talkative sockets, floods."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time

import frames
import pytest
import serving
import websocket
from frames import get

from simlib.server import routes
from simlib.server.waiting_room import DEVICE, TICKET

pytestmark = pytest.mark.slow  # a server of its own

BOX = "import ipywidgets as w\nw.HTML('x' * 2_000_000)"  # a page with much to tell
BUSY = """import time
import ipywidgets as w
knob = w.IntSlider()
knob.observe(lambda change: time.sleep(3), "value")
knob"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server on a small course; nothing asked of it may make it print a traceback."""
    server = serving.start_course(serving.small_course(tmp_path_factory.mktemp("course"), BOX))
    yield server
    code, said = server.stop()
    assert code == 0
    assert "Traceback" not in said, said
    assert "500 " not in said, said


@pytest.fixture(autouse=True)
def _closed():
    """Sockets end with their test."""
    yield
    frames.close_all()


# ---------------------------------------------------------------- requests

KERNEL = "00000000-0000-0000-0000-000000000000"
ODD_PATHS = [
    "/%00", "/voila/render/%00", "/voila/render/zh/01-trial.ipynb%00", "/static/%00",
    "/voila/files/images/a%00.png", "/voila/static/%00", "/voila/static/a%0ab",
    "/voila/templates/course/static/%00", "/voila/templates/course/static/",
    "/voila/templates/%00/static/x", "/voila/labextensions/%00", "/voila/labextensions/",
    "/voila/labextensions/%ff", "/voila/static/%ff", "/voila/render/%ff", "/%zz", "/%", "//",
    "//evil.example/", "/..", "/voila//render/zh/01-trial.ipynb", "*", "http://evil.example/",
    "/voila/static/" + "a" * 5000, "/voila/labextensions/" + "a/" * 400 + "b",
    "/voila/templates/course/static/" + "a" * 5000, "/" + "a" * 60_000,
    "/voila/static/voila.js/x", "/voila/static/.hidden", "/voila/templates/course/static/%2e%2e/x",
    "/api", "/api/kernels", f"/api/kernels/{KERNEL}", f"/api/kernels/{KERNEL}/channels",
    f"/api/kernels/{KERNEL}?no_track_activity=%ff", f"/api/kernels/{KERNEL}/restart",
    "/api/sessions", "/api/contents", "/api/terminals", "/api/spec.yaml", "/voila/api/contents/",
    "/voila/api/themes/x", f"/voila/api/shutdown/{KERNEL}", f"/voila/query/{KERNEL}",
    f"/voila/execution/{KERNEL}", "/login", "/login?next=//evil.example", "/logout", "/metrics",
]  # fmt: skip


@pytest.mark.parametrize("path", ODD_PATHS, ids=lambda path: path[:40])
def test_an_odd_address_is_answered_plainly(served, path):
    """No page of the course has it: 4xx without a word of Python, whatever it is spelled like."""
    answer = frames.say(served.url, get(path))
    assert re.match(rb"HTTP/1.1 4\d\d ", answer), answer[:200]
    assert b"Traceback" not in answer


@pytest.mark.parametrize("query", ["lang=%ff", "lang=%00", "a=%", "lang=en&lang=%ff", "s=%ff%00"])
def test_an_odd_query_is_read_as_far_as_it_can_be(served, query):
    """The home page opens, and what is not there is still the page that says so."""
    assert frames.say(served.url, get(f"/?{query}")).startswith(b"HTTP/1.1 200 ")
    missing = frames.say(served.url, get(f"/nothing?{query}"))
    assert missing.startswith(b"HTTP/1.1 404 ")
    assert b"</html>" in missing


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "PROPFIND", "get", "POST", "CONNECT"])
@pytest.mark.parametrize(
    "path",
    ["/", f"/{frames.LESSON}", f"/api/kernels/{KERNEL}", "/voila/static/voila.js", "/nothing",
     f"/api/kernels/{KERNEL}/channels", "/course/turn", "/course/teacher", "/course/worksheet",
     "/course/kept/x/y", "/voila/tree"],
)  # fmt: skip
def test_an_odd_method_is_refused(served, method, path):
    """403, 404 or 405, no kernel, and no more than a line in the log."""
    before = len(served.lines)
    answer = frames.say(served.url, get(path, method))
    assert re.match(rb"HTTP/1.1 40[345] ", answer), answer[:200]
    assert serving.kernels_below(served.process.pid) == []
    mine = f"{method} {re.escape(path)}，"
    of_another = re.compile(rf"已拒绝不该用的请求方法：(?!{mine})")  # told late
    told = [line for line in served.lines[before:] if not of_another.match(line)]
    assert len(told) <= 1, told


def test_a_wrong_method_is_told_in_one_line(tmp_path):
    """Method, address and whose it was; a flood is five lines, and a dump is none of them."""
    server = serving.start_course(serving.small_course(tmp_path))
    before = len(server.lines)
    for _ in range(8):
        assert frames.say(server.url, get("/course/turn", "PUT")).startswith(b"HTTP/1.1 405 ")
    assert serving.eventually(lambda: len(server.lines) >= before + 5)
    assert server.stop()[0] == 0
    told = server.lines[before:-1]
    assert told == ["已拒绝不该用的请求方法：PUT /course/turn，来自 127.0.0.1\n"] * 5


def test_dumps_of_our_own_mistakes_are_few(tmp_path):
    """A request that finds a mistake of ours, again and again, does not fill the disk."""
    mistake = "from simlib.server import handlers\nhandlers.HomeHandler.get = lambda self: 1 / 0"
    bounds = f"log.DUMPS = (3, 0.001)\n{mistake}"
    server = serving.start_course(serving.small_course(tmp_path), bounds=bounds)
    for _ in range(8):
        assert serving.fetch(server.url)[0] == 500
    code, said = server.stop()
    assert code == 0
    assert said.count("Traceback") == 3
    assert said.count("服务器出错：500 GET /") == 5


@pytest.mark.parametrize(
    "host", ["evil.example", "a\x01b", "[::1", "x" * 3000, "", "a b", "127.0.0.1:abc", "测试"]
)
def test_another_host_opens_no_lesson(served, host):
    """A name that points here by somebody else's wish (DNS rebinding), or no name at all: 4xx."""
    for path in ("/", f"/{frames.LESSON}", f"/api/kernels/{KERNEL}"):
        answer = frames.say(served.url, get(path, host=host))
        assert re.match(rb"HTTP/1.1 4\d\d ", answer), answer[:200]


@pytest.mark.parametrize(
    "request_",
    [
        b"\r\n\r\n", b"\0" * 100 + b"\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nA\r\n\r\n", b"G\0T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        get("/", more="Content-Length: -1\r\n"),
        get("/", more="Content-Length: 9\r\nContent-Length: 8\r\n"),
        get("/", more="Transfer-Encoding: chunked\r\n") + b"zz\r\n",
        get("/", "POST", more="Content-Length: 1000001\r\n"),
        get("/", "POST", more="Transfer-Encoding: chunked\r\n") + b"f4241\r\n" + bytes(1_000_001),
        get("/", more="A: " + "b" * 70_000 + "\r\n"),
    ],
    ids=lambda request: str(request[:50]),
)  # fmt: skip
def test_malformed_or_oversized_request_is_closed_at_once(served, request_):
    """400 or a closed connection; a body has 1 MB, a head 64 KB."""
    began = time.monotonic()
    answer = frames.say(served.url, request_)
    assert re.match(rb"HTTP/1.1 400 |$", answer), answer[:200]
    assert time.monotonic() - began < 5


def test_broken_cookie_is_not_logged(served):
    """A token that cannot be read is as none: the page opens, and the log is silent."""
    before = len(served.lines)
    for cookie in ("_xsrf=2|zz|zz|zz", "_xsrf=2|1|1|1", "username-localhost=2|1:0|x", "=;;=\xff"):
        answer = frames.say(served.url, get("/", more=f"Cookie: {cookie}\r\n"))
        assert re.match(rb"HTTP/1.1 (200|400) ", answer), answer[:200]
    token = frames.say(
        served.url,
        get(f"/voila/api/shutdown/{KERNEL}", "POST", more="Cookie: _xsrf=2|zz|zz|zz\r\n"),
    )
    assert token.startswith(b"HTTP/1.1 403 ")
    assert len(served.lines) == before


def test_only_the_addresses_of_pages_are_routed():
    """Of all that Voilà serves, seven addresses are kept, for the methods that pages use."""
    offered = [(f"/{start}(.*)", dict) for start in routes.WANTED]
    offered += [(f"/{start}", dict) for start in ("login", "logout", "voila/api/themes/(.*)")]
    kept = routes.narrow(offered, "/", lambda handler: handler)
    starts = [pattern.split("(")[0] for pattern, _ in kept]
    assert starts == [f"/{start}" for start in routes.WANTED]
    methods = {method for _, handler in kept for method in handler.SUPPORTED_METHODS}
    assert methods == {"GET", "HEAD", "POST"}


# ---------------------------------------------------------------- how long, how many


TIGHT = """listener.HEAD_WITHIN_S = listener.BODY_WITHIN_S = 0.5
listener.MOST_OF_ONE = 8
rate_limit.OPENINGS = (3, 0.01)
rate_limit.FAILURES = (5, 0.01)"""


@pytest.fixture(scope="module")
def tight(tmp_path_factory):
    """A server for a class, with bounds that a test can reach; it says what it has to, no more."""
    course = serving.small_course(tmp_path_factory.mktemp("tight"))
    server = serving.start_course(course, host="0.0.0.0", bounds=TIGHT)
    port = int(server.url.split(":")[2].strip("/"))
    server.url = f"http://127.0.0.1:{port}/"
    yield server
    code, said = server.stop()
    assert (code, len(said.splitlines())) == (0, 4), said


def test_serving_to_a_network_prints_a_notice(tight):
    """`--host 0.0.0.0` says who can come in and that there is no password; it has any name that
    the network gives it."""
    assert serving.eventually(lambda: len(tight.lines) == 3)
    said = "".join(tight.lines)
    assert "每一个人都能打开" in said
    assert "没有密码" in said
    assert "不要开放到互联网" in said
    assert serving.fetch(tight.url, Host="classroom.example")[0] == 200


def test_incomplete_requests_time_out(tight):
    """Half a head, half a body and a silent connection are closed; an open socket stays."""
    page = frames.connect(tight.url, frames.open_lesson(tight.url))
    began = time.monotonic()
    for half in (b"", b"GET / HTT", get("/", "POST", more="Content-Length: 9\r\n") + b"abc"):
        assert frames.say(tight.url, half, patience=20) == b""
    assert 1.5 < time.monotonic() - began < 15
    page.send_binary(frames.frame("kernel_info_request"))
    assert frames.hear(page, "kernel_info_reply")["status"] == "ok"


def test_a_link_longer_than_a_server_takes_is_cut_off_and_nobody_else(tight):
    """65,536 bytes of head are read, one more is not; what comes next is answered as before."""
    room = 65_536 - len(get("/?s="))
    longest, longer = (frames.say(tight.url, get("/?s=" + "a" * size)) for size in (room, room + 1))
    assert longest.startswith(b"HTTP/1.1 200")
    assert longer == b""
    assert frames.say(tight.url, get("/")).startswith(b"HTTP/1.1 200")


def test_connections_per_address_are_limited(tight):
    """One more than the bound is closed at once; when others have gone there is room again."""
    port = int(tight.url.split(":")[2].strip("/"))
    with contextlib.ExitStack() as held:
        idle = [held.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(8)]
        for each in idle:
            each.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answers = [each.recv(12) for each in idle]
        assert answers == [b"HTTP/1.1 200"] * 8
        assert frames.say(tight.url, get("/")) == b""
    assert serving.eventually(lambda: frames.say(tight.url, get("/")).startswith(b"HTTP/1.1 200"))


def test_page_openings_per_address_are_rate_limited(tight):
    """Who opens lesson after lesson has to wait, in words; nothing that he invents helps."""
    for _ in range(3):
        serving.fetch(tight.url + frames.LESSON)
    forged = {"X-Forwarded-For": "10.1.2.3", "X-Real-Ip": "10.1.2.3", "Forwarded": "for=10.1.2.3"}
    forged["Cookie"] = f"{DEVICE}={'x' * 22}"
    status, _, body = serving.fetch(tight.url + frames.LESSON, **forged)
    assert (status, "前面没有别人在等" in body.decode()) == (503, True)


def test_aborted_openings_give_nobody_else_a_refusal(tmp_path):
    """One reader leaves before his pages have come, again and again; the next one's still opens."""
    bounds = "rate_limit.OPENINGS = (3, 1.0)"
    server = serving.start_course(serving.small_course(tmp_path), bounds=bounds)
    port = int(server.url.split(":")[2].strip("/"))
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", port)) as reader:
            reader.sendall(get(f"/{frames.LESSON}"))
    status, headers, _ = serving.fetch(server.url + frames.LESSON)
    assert status in (200, 503)  # never 429; on a slow machine the page that waits
    given = headers["Set-Cookie"]
    assert re.search(rf"{DEVICE}=[\w-]{{22}}; HttpOnly; Path=/; SameSite=Lax", given)
    kept = "; ".join(re.findall(rf"(?:{DEVICE}|{TICKET})=[\w-]+", given))
    opens = lambda: serving.fetch(server.url + frames.LESSON, Cookie=kept)[0] == 200  # noqa: E731
    assert status == 200 or serving.eventually(opens, 60)
    assert server.stop()[0] == 0


def test_requests_for_missing_pages_are_rate_limited(tight):
    """Who goes on asking for what is not there gets no page for it; others' pages still open."""
    guessed = [serving.fetch(f"{tight.url}nothing/{n}") for n in range(8)]
    assert [(status, len(body) > 0) for status, _, body in guessed[5:]] == [(429, False)] * 3
    assert serving.fetch(tight.url)[0] == 200


def test_class_behind_one_address_is_not_limited(served):
    """Sixty pages' files at once, from one address: all there."""
    file = served.url + "voila/templates/course/static/course.js"
    for _ in range(700):
        assert serving.fetch(file)[0] == 200


# ---------------------------------------------------------------- sockets


@pytest.mark.parametrize("query", ["", "&session_id=ab&line=ab&got=0"], ids=["plain", "counted"])
def test_a_client_that_reads_nothing_cannot_fill_the_server(served, query):
    """35 KB of questions have 300 MB of answers: the socket is closed, others are served."""
    kernel = frames.open_lesson(served.url)
    before = serving.memory_of(served.process.pid)
    small = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)]
    deaf = frames.connect(served.url, kernel, query, sockopt=small)
    peak, said = [], len(served.lines)
    with contextlib.suppress(OSError, websocket.WebSocketException):
        frames.ask_all_states(deaf, 150)
    until = time.monotonic() + 10
    while time.monotonic() < until and not _told(served, said, "不接收"):
        assert serving.fetch(served.url)[0] == 200
        peak.append(serving.memory_of(served.process.pid))
    assert _told(served, said, "不接收")
    assert max(peak) - before < 60


def _told(served, since, words):
    return any(words in line for line in served.lines[since:])


def test_page_that_floods_its_kernel_has_to_wait(tmp_path):
    """60 MB to a kernel that is busy stay outside the server, and none of it is lost."""
    server = serving.start_course(serving.small_course(tmp_path, BUSY))
    kernel = frames.open_lesson(server.url)
    page = frames.connect(server.url, kernel)
    page.send_binary(frames.frame("kernel_info_request"))
    frames.hear(page, "kernel_info_reply")
    frames.ask_all_states(page)
    states = frames.hear(page, "comm_msg")["data"]["states"]
    knob = next(id for id, state in states.items() if state["model_name"] == "IntSliderModel")
    before = serving.memory_of(server.process.pid)
    update = {"method": "update", "state": {"value": 5}}
    page.send_binary(frames.frame("comm_msg", {"comm_id": knob, "data": update}))
    large = [frames.frame("comm_info_request", buffers=5_000_000) for _ in range(12)]
    sending = threading.Thread(target=lambda: [page.send_binary(each) for each in large])
    sending.start()
    time.sleep(1.5)  # the kernel sleeps for three
    grown = serving.memory_of(server.process.pid) - before
    assert sending.is_alive()
    assert serving.fetch(server.url)[0] == 200
    for _ in range(12):
        assert frames.hear(page, "comm_info_reply")["status"] == "ok"
    sending.join(10)
    assert grown < 45
    page.close()
    assert server.stop()[0] == 0


def test_forbidden_messages_are_refused_and_told_in_one_line(served):
    """Code, input and shutdown of others do not reach the kernel; a flood is five lines."""
    kernel = frames.open_lesson(served.url)
    page = frames.connect(served.url, kernel)
    before = len(served.lines)
    for kind in ["execute_request", "input_reply", "x\x1b[31m\n" * 9] + ["debug_request"] * 50:
        page.send_binary(frames.frame(kind, {"code": "raise SystemExit"}))
    page.send_binary(frames.frame("kernel_info_request"))
    assert frames.hear(page, "kernel_info_reply")["status"] == "ok"
    told = [line for line in served.lines[before:] if "不该发送" in line]
    assert len(told) == 5
    assert "execute_request" in told[0]
    assert "\x1b" not in "".join(told)
    page.close()


def test_a_message_sent_twice_closes_the_socket(served):
    """A kernel would print a traceback for each copy; on another socket, too."""
    kernel = frames.open_lesson(served.url)
    asked = frames.frame("kernel_info_request")
    page = frames.connect(served.url, kernel)
    page.send_binary(asked)
    assert frames.hear(page, "kernel_info_reply")["status"] == "ok"
    for each in (page, frames.connect(served.url, kernel)):
        each.send_binary(asked)
        with pytest.raises(websocket.WebSocketConnectionClosedException):
            frames.hear(each, "never")


def test_malformed_message_closes_the_socket(served):
    """Wrong types and channels end the socket with a code, not the kernel with a traceback."""
    kernel = frames.open_lesson(served.url)
    for content, channel in (([], "shell"), ({"comm_id": 1}, "shell"), ({}, "iopub")):
        page = frames.connect(served.url, kernel)
        page.send_binary(frames.frame("comm_msg", content or {"comm_id": []}, channel=channel))
        with pytest.raises(websocket.WebSocketConnectionClosedException):
            frames.hear(page, "never")
    assert len(serving.kernels_below(served.process.pid)) >= 1


def test_sockets_per_kernel_are_limited_and_their_names_checked(served):
    """One socket too many, and a name that the kernel's own sockets could not bear, are refused."""
    kernel = frames.open_lesson(served.url)
    pages = [frames.connect(served.url, kernel) for _ in range(8)]
    for query in ("", "&session_id=" + "x" * 300, "&session_id=%ff%00"):
        with pytest.raises(websocket.WebSocketBadStatusException) as refused:
            frames.connect(served.url, kernel, query)
        assert refused.value.status_code in (400, 429)
    for page in pages:
        page.close()
    assert serving.eventually(lambda: _opens(served.url, kernel))


def _opens(url, kernel):
    with contextlib.suppress(websocket.WebSocketBadStatusException):
        frames.connect(url, kernel)
        frames.close_all()
        return True
    return False


def test_a_foreign_page_gets_no_socket(served):
    """Another site's script, in the same browser, cannot talk to a kernel."""
    kernel = frames.open_lesson(served.url)
    for origin in ("http://evil.example", "null", "http://localhost.evil.example", "\x01"):
        with pytest.raises(websocket.WebSocketBadStatusException) as refused:
            frames.connect(served.url, kernel, origin=origin)
        assert refused.value.status_code in (400, 403)
