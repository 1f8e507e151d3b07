"""The connection between a page and its kernel: frames are checked, and none is lost in a break.

A page of the course (`template/static/socket.js`) counts the frames it gets and keeps those it
sent until they are confirmed; a `ReplayBuffer` does the same here. Both survive a broken socket:
the page opens another with `?line=…&got=N`, and each side sends again what the other has not got.
Confirmations are text frames, `{"got": N}`; kernel messages are binary frames. A client that does
not count (JupyterLab) is served as by Jupyter itself.

The connection that begins a line keeps its channels to the kernel for as long as the kernel is
there: it is the line's root. Those that come later only lend it their sockets, so that nothing
passes from hand to hand.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.ioloop import PeriodicCallback
from tornado.web import Finish
from tornado.websocket import WebSocketClosedError
from voila.tornado.kernel_websocket_handler import read_header_from_binary_message

from simlib.server import message
from simlib.server.message import MOST_PARTS, V1, fits
from simlib.server.pending_messages import Heard, Unanswered, Untaken

MOST_BUFFERS = 4  # pages that may count on one kernel; a lesson has one
MOST_KEPT = 4_000_000  # bytes kept for a page that has not confirmed them
LOOK_EVERY_MS = 10_000  # to see whether a line's kernel is still there
Message: TypeAlias = dict[str, Any]  # a part of a kernel's message, unpacked JSON

LINE = re.compile(r"[0-9a-f]{1,32}")
NUMBER = re.compile(r"[0-9]{1,9}")
REFUSED = 1003  # the close code for a frame that makes no sense


class ReplayBuffer:
    """Frames exchanged by one page and its kernel, whatever sockets carried them.

    Attributes
    ----------
    received
        frames that came from the page
    sent
        frames that went to the page, or would have if a socket had been open
    root
        whose channels lead to the kernel
    socket
        whose socket leads to the page; None: just now nobody's
    """

    def __init__(self, root: CourseConnection) -> None:
        self.received = self.sent = 0
        self.root = root
        self.socket: CourseConnection | None = None
        self._kept: deque[bytes] = deque()
        self._size = 0

    def keep(self, frame: bytes) -> None:
        """Count a frame for the page and store it until confirmed or crowded out."""
        self.sent += 1
        self._kept.append(frame)
        self._size += len(frame)
        while self._size > MOST_KEPT:
            self._drop()

    def confirm(self, got: int) -> None:
        """Drop the first `got` frames, which the page has."""
        while self._kept and self.sent - len(self._kept) < got:
            self._drop()

    def missed(self, got: int) -> list[bytes] | None:
        """Return the frames after the first `got`; None if some are no longer stored."""
        if not self.sent - len(self._kept) <= got <= self.sent:
            return None
        self.confirm(got)
        return list(self._kept)

    def _drop(self) -> None:
        self._size -= len(self._kept.popleft())


_buffers: dict[tuple[str, str], ReplayBuffer] = {}  # by kernel and name
_heard: WeakKeyDictionary[object, Heard] = WeakKeyDictionary()  # by kernel


class CourseConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's connection with checked frames, and a `ReplayBuffer` for a page that counts."""

    buffer: ReplayBuffer | None = None
    _gone = False  # the socket is closed, perhaps before it was quite open
    _watch: PeriodicCallback | None = None

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self._unanswered = Unanswered()
        self._untaken = Untaken()

    # ------------------------------------------------------------ a socket comes, another goes

    async def prepare(self) -> None:
        """Wait for the kernel, unless the page's line leads to it already."""
        if self._key() not in _buffers:
            await super().prepare()
        if self._gone:
            raise Finish

    def connect(self) -> Awaitable[None]:  # type: ignore[override]  # Jupyter's classes disagree
        """Open channels to the kernel, or lend this socket to a line that has them."""
        key = self._key()
        if key is None:
            return _until(super().connect())
        if key in _buffers:
            self._take_over(_buffers[key])
            return _until(None)
        self._begin(key)
        connected = super().connect()
        self._open_sockets.discard(self)  # which Jupyter closes and waits for when it ends
        return _until(connected)

    def disconnect(self) -> None:  # type: ignore[override]  # as in the class of Jupyter's used
        """Handle the closed socket; a line keeps its channels for the next one."""
        self._gone = True
        if self.buffer is not None:
            if self.buffer.socket is self:
                self.buffer.socket = None
                self.multi_kernel_manager.notify_disconnect(self.kernel_id)
        elif self._key() is None:
            super().disconnect()
            self.channels = {}  # closed: nothing may be subscribed to when they would be ready
        else:
            self._sign_off()

    def _sign_off(self) -> None:
        """Leave Jupyter's list of open sessions, which would keep all this for ever."""
        if self._open_sessions.get(self.session_key) is self.websocket_handler:
            del self._open_sessions[self.session_key]

    def _begin(self, key: tuple[str, str]) -> None:
        """Be the root of a new line, which goes by `key`, until the kernel is gone."""
        mine = [line for (kernel, _), line in _buffers.items() if kernel == self.kernel_id]
        if len(mine) >= MOST_BUFFERS:
            mine[0].root.end()
        self.buffer = _buffers[key] = ReplayBuffer(self)
        self.buffer.socket = self
        self._watch = PeriodicCallback(self._look, LOOK_EVERY_MS)
        self._watch.start()
        self._tell(got=0, gap=self._got() > 0)

    def _take_over(self, line: ReplayBuffer) -> None:
        """Carry a line on from where the page has got it, whoever carried it before."""
        if line.socket is not None:  # nobody has noticed yet that it is dead
            line.socket.leave()
        self.multi_kernel_manager.notify_connect(self.kernel_id)
        self.buffer, missed = line, line.missed(self._got())
        self._tell(got=line.received, gap=missed is None)
        for frame in missed or ():
            self._send(frame)
        line.socket = self

    def leave(self) -> None:
        """Give up the line and close the socket."""
        self.disconnect()
        self.websocket_handler.close()

    def _look(self) -> None:
        if self.kernel_id not in self.multi_kernel_manager:
            self.end()

    def end(self) -> None:
        """Close the channels of the line whose root this is, and forget it."""
        key, watch, line = self._key(), self._watch, self._own_buffer
        assert key is not None
        assert watch is not None
        watch.stop()
        self._sign_off()
        del _buffers[key]
        if line.socket is not None:
            line.socket.leave()
        kernels, me = self.multi_kernel_manager, self.kernel_id
        if me in kernels:
            kernels.remove_restart_callback(me, self.on_kernel_restarted)
            kernels.remove_restart_callback(me, self.on_restart_failed, "dead")
        for stream in self.channels.values():
            if not stream.closed():
                stream.on_recv(None)
                stream.close()
        self.channels = {}

    # ------------------------------------------------------------ frames

    @property
    def _own_buffer(self) -> ReplayBuffer:
        """Return the line this socket carries; only called where there is one."""
        assert self.buffer is not None
        return self.buffer

    def handle_incoming_message(  # type: ignore[override]  # Jupyter's does not make a page wait
        self, incoming_msg: str | bytes
    ) -> Awaitable[None] | None:
        """Check a frame, count it, pass it on; a socket that sends nonsense is closed.

        Returns
        -------
        awaitable
            when the next frame may be heard; None: at once, as on a Jupyter server not ours
        """
        if self._gone:  # a newer socket carries the line, and the page sends it there again
            return None
        root = self if self.buffer is None else self.buffer.root
        if self.buffer is not None and isinstance(incoming_msg, str):
            self._hear(incoming_msg)
        else:
            self._pass_on(incoming_msg, root)
            if self.buffer is not None:
                self.buffer.received += 1
        ours = self.multi_kernel_manager.allowed_message_types
        return root._unanswered.wait(self._is_gone) if ours else None

    def _pass_on(self, frame: str | bytes, root: CourseConnection) -> None:
        """Give the kernel a frame, if it is one that pages may send."""
        types = self.multi_kernel_manager.allowed_message_types
        if not fits(frame, self.subprotocol, MOST_PARTS if types else None):
            self._refuse("frame out of shape")
            return
        parsed = message.read(frame, self.subprotocol) if types else None
        header = parsed["header"] if parsed else {}
        if types and (parsed is None or not self._is_new(header["msg_id"])):
            self._refuse("message out of shape, or twice the same")
        elif types and header["msg_type"] not in types:
            self._note("forbidden", type=header["msg_type"])
        else:
            if parsed is not None:
                root._unanswered.ask(header["msg_id"], len(frame))
            try:
                super(CourseConnection, root).handle_incoming_message(
                    frame  # type: ignore[arg-type]  # declared as text; both arrive
                )
            except Exception as error:  # of whatever kind: Jupyter unpacks what the page wrote
                self._refuse(f"message out of shape ({type(error).__name__})")

    def _on_zmq_reply(self, stream: Any, msg_list: Any) -> None:  # untyped in Jupyter
        """Look at a kernel's message before the page gets it."""
        if self.multi_kernel_manager.allowed_message_types:
            kind, parent, content = self._opened(msg_list)
            if kind == "status" and content.get("execution_state") == "idle":
                self._unanswered.answer(parent.get("msg_id"))
            trouble = message.trouble(kind, content)
            if trouble is not None:
                self._note("kernel", said=trouble)
                return
        super()._on_zmq_reply(stream, msg_list)

    def _is_new(self, id: str) -> bool:
        return _heard.setdefault(self.kernel_manager, Heard()).is_new(id)

    def _opened(self, msg: list[bytes] | dict[str, Any]) -> tuple[str, Message, Message]:
        """Return a kernel message's type, its parent and its content (if the type concerns us)."""
        if isinstance(msg, dict):
            return msg["msg_type"], msg["parent_header"], msg["content"]
        kind = self.session.unpack(msg[0])["msg_type"]
        heeded = kind in ("status", "stream", "error")
        parts = (msg[1], msg[3]) if heeded else (b"{}", b"{}")
        return kind, *map(self.session.unpack, parts)

    def on_restart_failed(self) -> None:
        """Tell the page that its kernel is dead, without logging it."""
        self._send_status_message("dead")

    @property
    def subprotocol(self) -> str | None:
        """Return the agreed protocol, which tornado forgets when the socket closes."""
        return V1 if self.buffer is not None else super().subprotocol

    @property
    def write_message(self) -> Callable[..., None]:
        """Return what Jupyter calls with each frame for the page."""
        return self._send if self.buffer is None else self._write

    def _write(self, frame: bytes, binary: bool = True) -> None:
        header = read_header_from_binary_message(frame) or {}
        if header.get("msg_type") == "execute_input":
            return  # Voilà's handler would drop it uncounted
        line = self._own_buffer
        line.keep(frame)
        if line.socket is not None:
            line.socket._send(frame)

    def _send(self, frame: bytes | str, binary: bool | None = None) -> None:
        with suppress(WebSocketClosedError):  # what is kept comes with the next socket
            sent = self.websocket_handler.write_message(frame, binary=isinstance(frame, bytes))
            if sent is not None and not self._untaken.count(len(frame), sent):
                self._drop()

    def _drop(self) -> None:
        """Close the socket of a page that takes nothing, with all that waits in it."""
        if self.buffer is not None:
            self.disconnect()
        self._note("deaf")
        wire = self.websocket_handler.ws_connection
        stream = None if wire is None else wire.stream
        if stream is not None:
            stream.close()

    def _is_gone(self) -> bool:
        wire = self.websocket_handler.ws_connection
        return self._gone or wire is None or wire.is_closing()

    def _note(self, kind: str, **values: object) -> None:
        """Tell whoever runs the server, if the server is ours."""
        log = self.websocket_handler.settings.get("log")
        if log is not None:
            log.tell(kind, address=self.websocket_handler.request.remote_ip, **values)

    # ------------------------------------------------------------ counting

    def _key(self) -> tuple[str, str] | None:
        """Return kernel and name of the line the page asks for; None if the page does not count."""
        ask, offered = self.websocket_handler.get_query_argument, self.websocket_handler.request
        name, got = ask("line", ""), ask("got", "")
        spoken = V1 in offered.headers.get("Sec-WebSocket-Protocol", "")
        if not spoken or self.kernel_ws_protocol not in (None, V1):
            return None
        return (self.kernel_id, name) if LINE.fullmatch(name) and NUMBER.fullmatch(got) else None

    def _got(self) -> int:
        """Return how many frames the page has received."""
        return int(self.websocket_handler.get_query_argument("got"))

    def _tell(self, **confirmation: object) -> None:
        self._send(json.dumps(confirmation))

    def _hear(self, text: str) -> None:
        """Handle a confirmation: the page says how many frames it has, and expects the same."""
        try:
            got = json.loads(text)["got"]
        except (ValueError, TypeError, KeyError, RecursionError):
            got = None
        if type(got) is not int:
            self._refuse("confirmation out of shape")
            return
        line = self._own_buffer
        line.confirm(got)
        self._tell(got=line.received)

    def _refuse(self, why: str) -> None:
        self.log.warning("Closing a socket of kernel %s: %s", self.kernel_id, why)
        self._note("malformed", why=why)
        self.websocket_handler.close(REFUSED, why)


async def _until(connected: Awaitable[None] | None) -> None:
    """Wait for the channels, but do not cut the page's socket if the kernel is slow to answer."""
    if connected is not None:  # None: there is nothing to wait for
        with suppress(TimeoutError):
            await connected
