"""The connection between a page and its kernel: frames are checked, and none is lost in a break.

A page of the course (`template/static/socket.js`) counts the frames it gets and keeps those it
sent until they are confirmed; `Line` does the same here. Both survive a broken socket: the page
opens another with `?line=…&got=N`, and each side sends again what the other has not got.
Confirmations are text frames, `{"got": N}`; kernel messages are binary frames. A client that does
not count (JupyterLab) is served as by Jupyter itself.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.websocket import WebSocketClosedError
from voila.tornado.kernel_websocket_handler import read_header_from_binary_message

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager

V1 = "v1.kernel.websocket.jupyter.org"
MOST_PARTS = 16  # of a page's message: channel, four parts of JSON, buffers; ours has six at most
MOST_KEPT = 4_000_000  # bytes kept for a page that has not confirmed them
MOST_LINES = 4  # pages that may count on one kernel; a lesson has one
LINE = re.compile(r"[0-9a-f]{1,32}")
NUMBER = re.compile(r"[0-9]{1,9}")
REFUSED = 1003  # the close code for a frame that makes no sense


class Line:
    """What one page and its kernel have said to each other, whatever sockets carried it.

    Attributes
    ----------
    received
        frames that came from the page
    sent
        frames that went to the page, or would have if a socket had been open
    """

    def __init__(self) -> None:
        self.received = self.sent = 0
        self._kept: deque[bytes] = deque()
        self._size = 0

    def keep(self, frame: bytes) -> None:
        """Count a frame for the page, and keep it until it is confirmed or too much is kept."""
        self.sent += 1
        self._kept.append(frame)
        self._size += len(frame)
        while self._size > MOST_KEPT:
            self._drop()

    def confirm(self, got: int) -> None:
        """Forget the first `got` frames: the page has them."""
        while self._kept and self.sent - len(self._kept) < got:
            self._drop()

    def missed(self, got: int) -> list[bytes] | None:
        """The frames after the first `got`; None if they are no longer all there."""
        if not self.sent - len(self._kept) <= got <= self.sent:
            return None
        self.confirm(got)
        return list(self._kept)

    def _drop(self) -> None:
        self._size -= len(self._kept.popleft())


_lines: WeakKeyDictionary[KernelManager, dict[str, Line]] = WeakKeyDictionary()


def fits(frame: str | bytes, protocol: str | None, most_parts: int | None = None) -> bool:
    """Whether a frame can be taken apart: its table of offsets rises and stays inside.

    Jupyter trusts the count that a frame begins with: 2⁶⁴ parts never end, and fill the memory.

    Parameters
    ----------
    frame
        as it came from the socket
    protocol
        the socket's subprotocol: `V1`, or None for Jupyter's older one
    most_parts
        more parts than this are refused; None: as many as the frame has room for
    """
    if isinstance(frame, str):
        return protocol != V1
    width, order, before = (8, "little", 1) if protocol == V1 else (4, "big", 0)
    count = int.from_bytes(frame[:width], order)
    parts = count - 1 if protocol == V1 else count  # V1 also says where the last part ends
    fewest = 5 if protocol == V1 else 1
    table = width * (count + 1)
    if parts < fewest or table > len(frame) or (most_parts and parts > most_parts):
        return False
    offsets = [
        int.from_bytes(frame[at : at + width], order) for at in range(width, table, width)
    ]
    return offsets == sorted(offsets) and offsets[0] >= table and offsets[-1] <= len(frame)


class CourseConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's connection with checked frames, and a `Line` for a page that counts."""

    line: Line | None = None
    _fresh = False
    _ended = False

    # ------------------------------------------------------------ a socket comes, another goes

    async def _register_session(self) -> None:
        """Take over from a socket of this page that nobody has noticed to be dead.

        Its channels then wait in the kernel manager's buffer, where `connect` finds them: nothing
        falls between the two.
        """
        key = f"{self.kernel_id}:{self.session.session}"
        stale = self._open_sessions.get(key)
        if stale is not None and stale.connection is not None:  # None: it is being closed
            stale.connection.disconnect()
            stale.close()
        await super()._register_session()

    def connect(self) -> asyncio.Future[None]:
        """Tell the page how far we are, send what it missed, and go on."""
        asked = self.websocket_handler.get_query_argument
        name, got = asked("line", ""), asked("got", "")
        if self.subprotocol == V1 and LINE.fullmatch(name) and NUMBER.fullmatch(got):
            got, self.line = int(got), self._find_line(name)
            missed = self.line.missed(got)
            self._tell(gap=missed is None, got=self.line.received)
            for frame in missed or ():
                self._send(frame)
        return asyncio.ensure_future(_until(super().connect()))

    def create_stream(self) -> None:
        """Open channels of our own: there were none waiting."""
        self._fresh = True
        super().create_stream()

    def nudge(self) -> asyncio.Future[None]:
        """Wait until fresh channels work; channels that waited do, and a nudge would eat a message.

        Jupyter's nudge listens on the page's own channel for any message, and drops it.
        """
        if self._fresh:
            return super().nudge()
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def disconnect(self) -> None:
        """End once: a second call would count the page out twice."""
        if not self._ended:
            self._ended = True
            super().disconnect()

    # ------------------------------------------------------------ frames

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Check a frame, count it, pass it on; a socket that sends nonsense is closed."""
        if self.line is not None and isinstance(incoming_msg, str):
            self._hear(incoming_msg)
            return
        strict = MOST_PARTS if self.multi_kernel_manager.allowed_message_types else None
        if not fits(incoming_msg, self.subprotocol, strict):
            self._refuse("frame out of shape")
            return
        if self.line is not None:
            self.line.received += 1
        try:
            super().handle_incoming_message(incoming_msg)
        except Exception as error:  # of whatever kind: Jupyter unpacks what the page wrote
            self._refuse(f"message out of shape ({type(error).__name__})")

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass on what the kernel says; once the socket is gone, only a page that counts wants it.

        A socket that goes while `nudge` waits is subscribed all the same, and hears what follows.
        """
        if self.line is not None or not self._ended:
            super().handle_outgoing_message(stream, outgoing_msg)

    @property
    def subprotocol(self) -> str | None:
        """The protocol agreed on; tornado forgets it when the socket goes."""
        return V1 if self.line is not None else super().subprotocol

    @property
    def write_message(self) -> Any:
        """What Jupyter calls with each frame for the page."""
        return super().write_message if self.line is None else self._write

    def _write(self, frame: bytes, binary: bool = True) -> None:
        header = read_header_from_binary_message(frame) or {}
        if header.get("msg_type") != "execute_input":  # Voilà's handler would drop it uncounted
            self.line.keep(frame)
            self._send(frame)

    def _send(self, frame: bytes | str) -> None:
        with suppress(WebSocketClosedError):  # what is kept comes with the next socket
            self.websocket_handler.write_message(frame, binary=isinstance(frame, bytes))

    # ------------------------------------------------------------ counting

    def _find_line(self, name: str) -> Line:
        lines = _lines.setdefault(self.kernel_manager, {})
        if name not in lines:
            while len(lines) >= MOST_LINES:
                del lines[next(iter(lines))]
            lines[name] = Line()
        return lines[name]

    def _tell(self, **said: object) -> None:
        self._send(json.dumps(said))

    def _hear(self, text: str) -> None:
        """The page confirms what it has got, and wants the same."""
        try:
            got = json.loads(text)["got"]
        except (ValueError, TypeError, KeyError, RecursionError):
            got = None
        if type(got) is not int:
            self._refuse("confirmation out of shape")
            return
        self.line.confirm(got)
        self._tell(got=self.line.received)

    def _refuse(self, why: str) -> None:
        self.log.warning("Closing a socket of kernel %s: %s", self.kernel_id, why)
        self.websocket_handler.close(REFUSED, why)


async def _until(connected: asyncio.Future[None] | None) -> None:
    """Wait for the channels, but do not cut the page's socket if the kernel is slow to answer."""
    if connected is not None:  # None: the kernel is gone, and the socket closed
        with suppress(TimeoutError):
            await connected
