"""The connection between page and kernel: frames out of shape, and breaks that lose nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import struct
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import serving
import websocket
from frames import PARTS, SESSION, close_all, connect, open_lesson
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_binary_message,
    serialize_msg_to_ws_v1,
)

from simlib.server.connection import ReplayBuffer
from simlib.server.message import V1, fits

pytestmark = pytest.mark.slow  # a server of its own

LESSON = "voila/render/zh/01-trial.ipynb"
HANDSHAKE = (
    "GET {path}?{query} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: {v1}\r\n\r\n"
)


# ---------------------------------------------------------------- without a server


def request(buffers=0):
    """A question that every kernel answers, as a page's frame; its message id."""
    message = SESSION.msg("kernel_info_request", content={})
    parts = [SESSION.pack(message[key]) for key in PARTS] + [b"x"] * buffers
    return serialize_msg_to_ws_v1(parts, "shell"), message["header"]["msg_id"]


def table(*offsets, body=b""):
    """A frame with this table of offsets."""
    numbers = (len(offsets), *offsets)
    return b"".join(number.to_bytes(8, "little") for number in numbers) + body


def test_frames_of_pages_fit():
    """What pages send is taken apart as before, with buffers, and in the older protocol."""
    for buffers in (0, 1, 11):
        assert fits(request(buffers)[0], V1, 16)
    older = serialize_binary_message({"header": {}, "buffers": [b"ab", b""]})
    assert fits(older, None, 16)
    assert fits("{}", None)


@pytest.mark.parametrize(
    ("frame", "protocol"),
    [
        (b"\xff" * 8, V1),  # 2⁶⁴ − 1 parts
        (b"\xff" * 4096, V1),
        (b"", V1),
        (b"\x00" * 8, V1),  # no part at all
        (b"\x06\x00\x00", V1),
        (table(56, 61, 61, 61, 61), V1),  # four parts: no content
        (table(56, 61, 61, 61, 61, 61, body=b"shel"), V1),  # ends outside the frame
        (table(56, 61, 60, 61, 61, 61, body=b"shell"), V1),  # falls
        (table(8, 61, 61, 61, 61, 61, body=b"shell"), V1),  # begins in the table
        (request(12)[0], V1),  # seventeen parts
        ("{}", V1),
        (b"\xff" * 4, None),
        (b"\x7f\xff\xff\xff", None),  # 2³¹ − 1 parts: Jupyter would ask for 2 GB
        (b"\x00" * 4, None),
    ],
    ids=[
        "2-64-parts", "a-long-one", "empty", "no-parts", "cut-in-the-table", "no-content",
        "ends-outside", "falls", "begins-in-the-table", "17-parts", "text", "older-negative",
        "older-2-GB", "older-no-parts",
    ],
)  # fmt: skip
def test_frames_that_cannot_be_taken_apart_do_not_fit(frame, protocol):
    """A count that the frame has no room for, offsets that fall or lead out, too many parts."""
    assert not fits(frame, protocol, 16)


def test_line_keeps_unconfirmed_frames(monkeypatch):
    """Frames are kept in order until confirmed, and the oldest go when too much is kept."""
    line = ReplayBuffer(None)
    for frame in (b"1", b"22", b"333"):
        line.keep(frame)
    assert line.missed(0) == [b"1", b"22", b"333"]
    assert line.missed(1) == [b"22", b"333"]
    assert line.missed(0) is None  # confirmed by what was asked before: it is not there any more
    assert line.missed(4) is None  # more than was ever sent
    line.confirm(3)
    assert line.missed(3) == []
    monkeypatch.setattr("simlib.server.connection.MOST_KEPT", 5)
    for frame in (b"1", b"22", b"333"):
        line.keep(frame)
    assert line.missed(3) is None
    assert line.missed(4) == [b"22", b"333"]


# ---------------------------------------------------------------- on a server


@pytest.fixture
def kernel(served):
    """A lesson's kernel, by its address for sockets."""
    return address_of(served, open_lesson(served.url, LESSON))


def address_of(server, name: str) -> str:
    """A kernel's address for sockets."""
    return server.url.replace("http", "ws") + f"api/kernels/{name}/channels"


class Page:
    """A page's sockets to its kernel, one after the other; as `socket.js` has it.

    What was sent is kept until the other side says that it came: a broken socket may take what
    was under way with it.
    """

    def __init__(self, kernel: str) -> None:
        self.kernel, self.session, self.line = kernel, uuid.uuid4().hex, uuid.uuid4().hex
        self.got = 0
        self.sent: list[bytes] = []

    def send(self, frame: bytes) -> None:
        """Send a frame and keep it."""
        self.sent.append(frame)
        self.socket.send_binary(frame)

    def open(self, got: int | None = None) -> dict:
        """Open a socket that says how much it has got; how much the other side has."""
        got = self.got if got is None else got
        self.socket = plain(self.kernel, f"&session_id={self.session}&line={self.line}&got={got}")
        answer = json.loads(self.read(text=True))
        for frame in self.sent[answer["got"] :]:
            self.socket.send_binary(frame)
        return answer

    def read(self, text: bool = False):
        """The next frame of a kind; frames for the page are counted."""
        while True:
            frame = self.socket.recv()
            if frame == "" or frame == b"":
                raise websocket.WebSocketConnectionClosedException
            if isinstance(frame, bytes):
                self.got += 1
            if isinstance(frame, str) is text:
                return frame

    def read_replies(self, count: int) -> list[str]:
        """Ids of the messages that the next replies of the kernel answer."""
        answered = []
        while len(answered) < count:
            channel, parts = deserialize_msg_from_ws_v1(self.read())
            if channel == "shell":
                answered.append(json.loads(parts[1])["msg_id"])
        return answered

    def break_off(self) -> None:
        """End the socket without a word, as a network does."""
        self.socket.shutdown()


def plain(kernel: str, query: str = "") -> websocket.WebSocket:
    """A socket as JupyterLab opens it; closed when the test is over."""
    url, _, rest = kernel.partition("api/kernels/")
    return connect(url, rest.partition("/")[0], query, timeout=10)


@pytest.fixture(autouse=True)
def _closed_sockets():
    yield
    close_all()


def is_closed(opened: websocket.WebSocket) -> bool:
    """Whether the other side closes a socket, whatever it still says."""
    opened.settimeout(5)
    try:
        while opened.recv():
            pass
    except (websocket.WebSocketConnectionClosedException, OSError):
        return True
    return not opened.connected


def answers_at_once(served) -> bool:
    """Whether others are served within a second."""
    begun = time.monotonic()
    return serving.fetch(served.url)[0] == 200 and time.monotonic() - begun < 1


def test_frame_of_eight_bytes_closes_only_its_socket(served, kernel):
    """2⁶⁴ − 1 parts: the socket is closed, the server goes on, its memory does not grow."""
    before = serving.memory_of(served.process.pid)
    for frame in (b"\xff" * 8, b"\xff" * 100_000):
        opened = plain(kernel)
        opened.send_binary(frame)
        assert answers_at_once(served)
        assert is_closed(opened)
    assert serving.memory_of(served.process.pid) < before + 20
    page = Page(kernel)
    page.open()
    frame, asked = request()
    page.send(frame)
    assert page.read_replies(1) == [asked]


def mutated(chance: random.Random) -> bytes:
    """A page's frame with some of it changed, cut, doubled, or with another number in its table."""
    frame = bytearray(request(chance.randrange(3))[0])
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(frame))
        kind = chance.randrange(5)
        if kind == 0:
            frame[at] = chance.randrange(256)
        elif kind == 1:
            del frame[at : at + chance.randint(1, 40)]
        elif kind == 2:
            frame[at:at] = frame[: chance.randint(1, 40)]
        elif kind == 3:
            place, bits = 8 * chance.randrange(7), chance.choice((6, 16, 64))
            frame[place : place + 8] = chance.getrandbits(bits).to_bytes(8, "little")
        else:
            frame[at:] = b""
        frame = frame or bytearray(b"\0")
    return bytes(frame)


def test_two_hundred_mutated_frames_leave_the_server_answering(served, kernel):
    """Whatever a frame says, its socket is closed or it is passed over; others are served."""
    chance = random.Random(20261126)
    opened = plain(kernel)
    for n in range(200):
        try:
            opened.send_binary(mutated(chance))
        except OSError:
            opened = plain(kernel)
        if n % 20 == 19:
            assert answers_at_once(served)
    page = Page(kernel)
    page.open()
    frame, asked = request()
    page.send(frame)
    assert page.read_replies(1) == [asked]


def test_a_break_loses_nothing_in_either_direction(kernel):
    """Three questions, a break before any answer: the kernel got each once, so does the page."""
    page = Page(kernel)
    assert page.open() == {"got": 0, "gap": False}
    sent = [request() for _ in range(3)]
    for frame, _ in sent:
        page.send(frame)
    page.socket.send('{"got": 0}')
    assert json.loads(page.read(text=True))["got"] == 3
    page.break_off()
    page.got = 0  # nothing that was on its way has come through
    assert page.open() == {"gap": False, "got": 3}
    assert page.read_replies(3) == [asked for _, asked in sent]
    page.break_off()
    frame, asked = request()
    page.open()
    page.send(frame)
    assert page.read_replies(1) == [asked]


def test_answers_that_come_while_there_is_no_socket_wait(kernel):
    """The kernel answers a page that is away; the page gets it when it is back."""
    page = Page(kernel)
    page.open()
    frame, asked = request()
    page.send(frame)
    page.break_off()
    time.sleep(1)
    page.open()
    assert page.read_replies(1) == [asked]


def test_second_socket_replaces_a_silently_dead_one(kernel):
    """The first is closed; what is asked on the second is answered there, once."""
    page = Page(kernel)
    page.open()
    first = page.socket
    page.open()
    assert is_closed(first)
    sent = [request() for _ in range(2)]
    for frame, _ in sent:
        page.send(frame)
    assert page.read_replies(2) == [asked for _, asked in sent]


def test_replaced_socket_sends_nothing_more(kernel):
    """What still comes on the first is sent on the second again: it counts once."""
    page = Page(kernel)
    page.open()
    first = page.socket
    page.open()
    frame, asked = request()
    first.send_binary(frame)
    page.send(frame)
    assert page.read_replies(1) == [asked]
    page.socket.send('{"got": 0}')
    assert json.loads(page.read(text=True))["got"] == 1


def test_sockets_that_die_while_they_open_do_no_harm(kernel):
    """A handshake and a reset, three times, then a break: nothing is lost, nobody is miscounted."""
    page = Page(kernel)
    page.open()
    page.break_off()
    where = urlsplit(kernel)
    query = f"a=b&session_id={page.session}&line={page.line}&got={page.got}"
    for _ in range(3):
        with socket.create_connection((where.hostname, where.port)) as raw:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            hello = HANDSHAKE.format(path=where.path, query=query, host=where.netloc, v1=V1)
            raw.sendall(hello.encode())
    page.open()
    frame, asked = request()
    page.send(frame)
    page.break_off()
    time.sleep(0.5)
    page.open()
    assert page.read_replies(1) == [asked]


def test_break_while_channels_open_loses_no_message(kernel):
    """The first socket goes before its channels are ready; the second hears the kernel."""
    page = Page(kernel)
    for _ in range(3):
        page.open()
        page.break_off()
    page.open()
    sent = [request() for _ in range(3)]
    for frame, _ in sent:
        page.send(frame)
    assert page.read_replies(3) == [asked for _, asked in sent]


def test_a_second_client_of_the_kernel_does_not_disturb_a_break(kernel):
    """JupyterLab beside the page: the answer still waits for it."""
    plain(kernel)
    page = Page(kernel)
    page.open()
    frame, asked = request()
    page.send(frame)
    page.break_off()
    plain(kernel, "&session_id=other")
    time.sleep(0.5)
    assert not page.open()["gap"]  # what the break took with it is sent again
    assert page.read_replies(1) == [asked]


def test_a_client_that_reads_nothing_and_goes_leaves_no_trace(kernel):
    """Answers piled up for a socket that is reset: the module's server prints no traceback."""
    page = Page(kernel)
    page.open()
    for _ in range(300):
        page.socket.send_binary(request()[0])
    time.sleep(0.5)
    page.socket.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    page.break_off()


def test_a_kernel_that_dies_while_its_page_is_away_leaves_nothing_open(tmp_path):
    """Channels of a line are closed when its kernel is gone."""
    server = serving.start_course(serving.small_course(tmp_path))
    open_files = Path(f"/proc/{server.process.pid}/fd")
    serving.fetch(server.url)
    before = None
    for _ in range(2):
        page = Page(address_of(server, open_lesson(server.url, LESSON)))
        page.open()
        page.break_off()
        os.kill(serving.kernels_below(server.process.pid)[0], signal.SIGKILL)
        assert serving.eventually(lambda: not serving.kernels_below(server.process.pid))
        time.sleep(2)
        before = before or len(list(open_files.iterdir()))
    assert len(list(open_files.iterdir())) <= before + 2
    assert server.stop()[0] == 0


def test_page_that_lost_too_many_frames_is_told(kernel):
    """What neither side has any more is a gap, and said."""
    page = Page(kernel)
    assert page.open(got=5)["gap"] is True


def test_malformed_confirmation_closes_the_socket(kernel):
    """Text that confirms nothing is nonsense."""
    for text in ("[", "{}", '{"got": "1"}', "[" * 100_000):
        page = Page(kernel)
        page.open()
        page.socket.send(text)
        assert is_closed(page.socket)


def test_client_that_counts_no_frames_is_served_as_by_jupyter(kernel):
    """JupyterLab's socket hears no confirmation."""
    opened = plain(kernel)
    frame, asked = request()
    opened.send_binary(frame)
    heard = []
    while not any(asked in str(frame) for frame in heard):
        heard.append(opened.recv())
    assert all(isinstance(frame, bytes) for frame in heard)
