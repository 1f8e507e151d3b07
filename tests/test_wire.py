"""The network that browser tests break: exactly as much comes through as a test allows."""

from __future__ import annotations

import contextlib
import gc
import http.server
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.request import urlopen

import pytest
from wire import Wire

WHOLE = b"x" * 20_000


class Answer(http.server.BaseHTTPRequestHandler):
    """Answers every request with the same bytes."""

    def do_GET(self):
        """Send them."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(WHOLE)))
        self.end_headers()
        self.wfile.write(WHOLE)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def wire():
    """A network to a server, not broken yet."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    between = Wire(server.server_port)
    yield between
    between.close()
    server.shutdown()
    server.server_close()


def fetched(wire) -> int:
    """How much of the answer comes through."""
    try:
        with urlopen(f"http://127.0.0.1:{wire.port}/", timeout=5) as answer:
            return len(answer.read())
    except HTTPException as broken:
        return len(getattr(broken, "partial", b""))
    except OSError:
        return 0


def test_no_more_comes_through_than_until_the_cut(wire):
    """Four answers at once share what is left; after it nothing comes at all."""
    wire.cut_after(7_500)
    with ThreadPoolExecutor(4) as pool:
        got = sum(pool.map(lambda _: fetched(wire), range(4)))
    assert 0 < got < 7_500  # heads of answers count too
    assert fetched(wire) == 0


def test_mended_network_forgets_a_cut_to_come(wire):
    """Bytes that were still to come until the cut do not break what is asked afterwards."""
    wire.cut_after(7_500)
    wire.mend()
    assert fetched(wire) == len(WHOLE)


def test_closed_network_leaves_no_connection_open(wire):
    """One begun while it was frozen, on which nothing ever came, ends with it."""
    wire.freeze()
    with socket.create_connection(("127.0.0.1", wire.port), timeout=5) as begun:
        begun.sendall(b"GET / HTTP/1.0\r\n\r\n")
        wire.close()
        with contextlib.suppress(ConnectionResetError):
            assert begun.recv(1) == b""


def test_network_that_closes_while_it_accepts_leaves_no_socket_open(wire):
    """A connection is accepted in the very turn of the loop that is its last."""
    begun: list[socket.socket] = []

    def begin_and_stop():
        begun.append(socket.create_connection(("127.0.0.1", wire.port), timeout=5))
        wire._loop.call_soon(wire._loop.stop)  # before what this turn hears of the connection

    wire._loop.call_soon_threadsafe(begin_and_stop)
    wire._thread.join(10)
    with begun[0], contextlib.suppress(ConnectionResetError):
        assert begun[0].recv(1) == b""
    gc.collect()  # a socket that was left open complains now, and pytest fails
