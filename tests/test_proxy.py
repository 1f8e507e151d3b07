"""The course behind a reverse proxy: what of its headers counts, and that a lesson opens."""

from __future__ import annotations

import asyncio
import contextlib
import re

import frames
import pytest
import serving
import websocket
from wire import Wire

pytestmark = pytest.mark.slow  # a server of its own

FORWARDED = (
    "X-Forwarded-For: 10.9.8.{}\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"
)


class Proxy(Wire):
    """A reverse proxy on a port of its own: it passes requests on with headers of its own."""

    carried = 0

    async def _carry(self, reader, writer) -> None:
        """One request a connection: its head gets the headers, the rest passes as it is."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n")
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
            self._writers |= {writer, far_writer}
            self.carried += 1
            far_writer.write(head + FORWARDED.format(self.carried).encode())
            await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """A server for a network with a proxy before it; the proxy's address, and the server."""
    course = serving.small_course(tmp_path_factory.mktemp("course"))
    server = serving.start_course(course, host="0.0.0.0", bounds="rate_limit.OPENINGS = (4, 0.01)")
    proxy = Proxy(int(server.url.split(":")[2].strip("/")))
    yield f"http://127.0.0.1:{proxy.port}/", server
    proxy.close()
    code, said = server.stop()
    assert code == 0
    assert "Traceback" not in said, said


def test_a_lesson_opens_and_answers_through_a_proxy(behind):
    """Page, file, socket with the proxy's own name as origin, and the end of the kernel."""
    url, server = behind
    answer = frames.say(url, frames.get(f"/{frames.LESSON}"), patience=60, silence=60).decode()
    kernel = re.search(r'"kernelId": "([^"]+)"', answer)[1]
    page = frames.connect(url, kernel, origin=url.rstrip("/"))
    page.send_binary(frames.frame("kernel_info_request"))
    assert frames.hear(page, "kernel_info_reply")["status"] == "ok"
    frames.close_all()
    token = re.search(r"Set-Cookie: _xsrf=([^;]+)", answer)[1]
    asked = frames.get(
        f"/voila/api/shutdown/{kernel}", "POST",
        more=f"Cookie: _xsrf={token}\r\nX-XSRFToken: {token}\r\nContent-Length: 0\r\n",
    )  # fmt: skip
    assert frames.say(url, asked).startswith(b"HTTP/1.1 204 ")
    assert serving.eventually(lambda: not serving.kernels_below(server.process.pid))


def test_a_page_of_another_site_gets_no_socket_through_a_proxy(behind):
    """What a proxy says of a forwarded host opens no door to the site of that name."""
    url, _ = behind
    kernel = frames.open_lesson(url)
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        frames.connect(url, kernel, origin="http://evil.example")
    assert refused.value.status_code == 403


def test_no_forwarded_address_is_believed(behind):
    """Who can reach the port could write such headers: what comes through is one address.

    Its pace is an address's: openings beyond it wait.
    """
    url, _ = behind
    statuses = [serving.fetch(url + frames.LESSON)[0] for _ in range(5)]
    assert statuses[-1] == 503


def test_links_on_pages_name_no_host_or_scheme(behind):
    """Pages work behind https and under any name because their addresses have neither."""
    url, _ = behind
    home = serving.fetch(url)[2].decode()
    assert not re.findall(r'(?:href|src)="https?:', home)
    redirected = serving.fetch(url + "voila/tree")[1]["Location"]
    assert redirected == "/"
