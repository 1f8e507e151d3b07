"""The course behind Debian's nginx, set up as `binder/hub/nginx.conf` says."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import frames
import pytest
import serving
import websocket

from simlib.errors import ServeError
from simlib.server import app, headers, serve

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = (ROOT / "binder" / "hub" / "nginx.conf").read_text("utf-8")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NAME, PREFIX = "course.example.edu", "/fraud/"
AROUND = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{shipped} }}"""
SLOW = f"import time\ntime.sleep(2)\n{serving.SLIDER}"
PINGS = "from simlib.server import app\napp.PING_MS, app.NO_PONG_MS = 300, 3000"
SOCKETS = "location ~ /channels$ {{ proxy_read_timeout 1s; proxy_pass http://127.0.0.1:{}; }}\n"
LESSON = PREFIX + frames.LESSON


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A server for this machine alone, which knows the proxy's path and name."""
    folder = serving.small_course(tmp_path_factory.mktemp("course"), SLOW)
    more = {"base": PREFIX, "names": [NAME]}
    server = serving.start_course(folder, patience=300, bounds=PINGS, more=more)
    yield server
    code, said = server.stop()
    assert code == 0
    assert "Traceback" not in said, said


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where nginx keeps its files, and its logs."""
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def proxy(course, folder):
    """Debian's nginx without certificates, less patient with sockets; its port."""
    if not NGINX:
        pytest.skip("no nginx (Debian: nginx)")
    port = serving.free_port()
    shipped = re.sub(r".*(ssl_certificate|ssl_reject).*", "", SHIPPED)
    for old, new in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port}"),
        ("127.0.0.1:8866", f"127.0.0.1:{_port_of(course)}"),
        ("127.0.0.1:8000", f"127.0.0.1:{serving.free_port()}"),  # where nobody listens
        ("/var/log/nginx/", f"{folder}/"),
        ("location /fraud/ {", SOCKETS.format(_port_of(course)) + "location /fraud/ {"),
        ("limit_conn course_connections 500", "limit_conn course_connections 5"),
    ):
        assert old in shipped
        shipped = shipped.replace(old, new)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, shipped=shipped), "utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    process = subprocess.Popen(command)
    try:
        assert serving.eventually(lambda: _listens(port))
        yield port
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def kernel(proxy):
    """The kernel of a lesson opened through it."""
    return open_lesson(proxy)[0]


@pytest.fixture(autouse=True)
def _closed():
    """Sockets end with their test."""
    yield
    frames.close_all()


def _port_of(course):
    return int(course.url.split(":")[2].split("/")[0])


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(port: int, path: str, method: str = "GET", host: str = NAME, more: str = "") -> bytes:
    """A whole answer to a request by that name."""
    asked = frames.get(path, method, host, more)
    return frames.say(f"http://127.0.0.1:{port}/", asked, patience=30, silence=30)


def open_lesson(port: int) -> tuple[str, str]:
    """A lesson's kernel, and its answer."""
    answer = ask(port, LESSON).decode()
    return re.search(r'"kernelId": "([^"]+)"', answer)[1], answer


def connect(port: int, kernel: str, origin: str = f"http://{NAME}") -> websocket.WebSocket:
    """A page's socket through nginx."""
    return frames.connect(
        f"http://127.0.0.1:{port}{PREFIX}", kernel, host=NAME, origin=origin, timeout=30
    )


@pytest.mark.night
def test_a_lesson_opens_below_a_path_through_nginx(proxy, course):
    """Page, links, file, socket by the proxy's name, and the end of its kernel."""
    kernel, answer = open_lesson(proxy)
    assert not re.findall(r'(?:href|src)="(?:https?:|/(?!fraud/))', answer)
    file = re.search(r'src="(/fraud/course/kept/[^"]+/course.js)', answer)[1]
    assert ask(proxy, file).startswith(b"HTTP/1.1 200 ")
    page = connect(proxy, kernel)
    page.send_binary(frames.frame("kernel_info_request"))
    assert frames.hear(page, "kernel_info_reply")["status"] == "ok"
    frames.close_all()
    token = re.search(r"Set-Cookie: _xsrf=([^;]+);.* Path=/fraud/", answer)[1]
    more = f"Cookie: _xsrf={token}\r\nX-XSRFToken: {token}\r\nContent-Length: 0\r\n"
    ended = ask(proxy, f"{PREFIX}voila/api/shutdown/{kernel}", "POST", more=more)
    assert ended.startswith(b"HTTP/1.1 204 ")
    assert serving.eventually(lambda: not serving.kernels_below(course.process.pid))


@pytest.mark.night
def test_a_lesson_is_sent_through_nginx_while_its_kernel_works(proxy, course):
    """What is there two seconds before the lab arrives at once and whole: nothing is held back."""
    through, direct = (early(port) for port in (proxy, _port_of(course)))
    assert direct.startswith(b"HTTP/1.1 200 ")
    assert b"</html>" not in direct
    through, direct = map(page_in, (through, direct))
    assert len(through) > len(direct) - 100  # each names a kernel and a token of its own


def page_in(answer: bytes) -> bytes:
    """The page in an answer, without head and chunk sizes: a proxy cuts in other places."""
    body = answer.partition(b"\r\n\r\n")[2]
    return re.sub(rb"(?:^|\r\n)[0-9a-f]+\r\n", b"", body)


def early(port: int) -> bytes:
    """What of a lesson arrives before its kernel sleeps."""
    asked = frames.get(LESSON, host=NAME)
    return frames.say(f"http://127.0.0.1:{port}/", asked, patience=30, silence=1)


@pytest.mark.night
def test_nginx_answers_to_the_courses_name_alone(proxy):
    """A name that only points here (DNS rebinding) gets no answer at all."""
    assert ask(proxy, PREFIX).startswith(b"HTTP/1.1 200 ")
    for host in ("evil.example", f"{NAME}.evil.example", "127.0.0.1"):
        assert ask(proxy, PREFIX, host=host) == b"", host


def test_a_server_knows_its_proxys_name_and_no_other(course):
    """The server checks once more; without `--name` it answers to this machine's names only."""
    port = _port_of(course)
    for host, status in ((NAME, 200), (f"{NAME}:8443", 200), ("localhost", 200),
                         ("evil.example", 403), (f"x.{NAME}", 403)):  # fmt: skip
        assert ask(port, PREFIX, host=host).startswith(b"HTTP/1.1 %d " % status), host


@pytest.mark.night
def test_a_page_of_another_site_gets_no_socket_through_nginx(proxy, kernel):
    """The origin is compared with the name that nginx passes on."""
    for origin in ("http://evil.example", f"http://{NAME}.evil.example", "null"):
        with pytest.raises(websocket.WebSocketBadStatusException) as refused:
            connect(proxy, kernel, origin)
        assert refused.value.status_code == 403


@pytest.mark.night
def test_the_courses_headers_pass_nginx(proxy):
    """Policy, type and referrer arrive once each, and the browser is told to stay with https."""
    head = ask(proxy, PREFIX).partition(b"\r\n\r\n")[0].decode()
    for name, value in (
        ("Content-Security-Policy", headers.policy(NAME)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cache-Control", "no-cache"),
        ("Strict-Transport-Security", "max-age=31536000"),
    ):
        assert re.findall(rf"(?im)^{name}: ([^\r\n]*)", head) == [value], head


@pytest.mark.night
def test_a_large_statement_passes_nginx_and_a_large_request_does_not(proxy, kernel):
    """8 MB travel in a page's socket; a body of 2 MB is refused before the course has any of it."""
    page = connect(proxy, kernel)
    page.send_binary(frames.frame("comm_info_request", buffers=8_000_000))
    assert frames.hear(page, "comm_info_reply")["status"] == "ok"
    body = ask(proxy, PREFIX, "POST", more="Content-Length: 2000000\r\n")
    assert body.startswith(b"HTTP/1.1 413 ")


@pytest.mark.night
def test_an_idle_page_stays_connected_through_nginx(proxy, kernel):
    """The course pings more often than nginx loses patience, here and as shipped."""
    patience = int(re.search(r"proxy_read_timeout (\d+)s", SHIPPED)[1])
    assert patience * 1000 > app.NO_PONG_MS
    page = connect(proxy, kernel)
    time.sleep(2.5)
    page.send_binary(frames.frame("kernel_info_request"))
    assert frames.hear(page, "kernel_info_reply")["status"] == "ok"


@pytest.mark.night
def test_connections_of_each_reader_are_limited_by_nginx(proxy, kernel):
    """To the course all readers are one address, the proxy's: nginx counts those of each."""
    for _ in range(5):
        connect(proxy, kernel)
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        connect(proxy, kernel)
    assert refused.value.status_code == 429
    frames.close_all()
    assert serving.eventually(lambda: ask(proxy, PREFIX).startswith(b"HTTP/1.1 200 "))


@pytest.mark.night
def test_nginx_logs_no_query(proxy, folder):
    """A link of before, found or not, from a page with such an address, by another name, and where
    no server answers (an error that nginx would log): lines, but without what is behind `?`."""
    more = f"Referer: http://{NAME}{LESSON}?s=tell-tale\r\n"
    for path, host, status in (
        (LESSON, NAME, 200), (f"{PREFIX}nothing", NAME, 404), ("/hub", NAME, 502),
        (LESSON, "evil.example", None),
    ):  # fmt: skip
        answer = ask(proxy, f"{path}?s=tell-tale", host=host, more=more)
        assert (int(answer.split()[1]) if answer else None) == status
    lines = (folder / "course.log").read_text("utf-8")
    assert f'"GET {LESSON}" 200 ' in lines
    assert '"GET /hub" 502 ' in lines
    written = [path for path in folder.iterdir() if path.suffix == ".log"]
    assert len(written) >= 2
    assert [path for path in written if "tell-tale" in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"base": "fraud/"}, "bad-base"),
        ({"base": "/fraud"}, "bad-base"),
        ({"base": "/../"}, "bad-base"),
        ({"names": ["https://course.example.edu"]}, "bad-name"),
        ({"names": ["course.example.edu:443"]}, "bad-name"),
        ({"names": ["*"]}, "bad-name"),
    ],
)
def test_a_wrong_path_or_name_is_refused(chosen, code):
    """A path or a name that no request could have is an error at the start."""
    with pytest.raises(ServeError) as caught:
        serve(0, **chosen)
    assert caught.value.code == code
