"""A visitor without a browser: asks for the page and its widgets' states as the page does."""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from dataclasses import dataclass
from urllib.parse import urljoin

from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect

V1 = "v1.kernel.websocket.jupyter.org"
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Site": "none",
}
KERNEL = re.compile(r'"kernelId":\s*"([0-9a-f-]{36})"')
TURN = re.compile(r'data-turn="([^"]+)"')
PATIENCE_S = 150  # then a visitor has got nothing; it happens to stock Voilà's
ASK_EVERY_S = 1.0  # whether it is one's turn, on the page that one waits on
MOST_BYTES = 64_000_000
LEAST_BYTES = 10_000  # of a page's states; one whose cell has failed has next to none


@dataclass
class Visitor:
    """What one visitor waited for, from the start of all [s], and his open socket.

    Attributes
    ----------
    html, states
        when the page and the widgets' states were complete; `states` 0: never
    waits
        pages to wait on that he got before
    """

    html: float = 0.0
    states: float = 0.0
    waits: int = 0
    socket: WebSocketClientConnection | None = None


def visit_together(url: str, count: int) -> tuple[list[Visitor], asyncio.AbstractEventLoop]:
    """Open a page `count` times at once; the sockets stay open until they `leave`."""
    AsyncHTTPClient.configure(None, max_clients=2 * count, max_body_size=MOST_BYTES)
    loop = asyncio.new_event_loop()
    return loop.run_until_complete(_all(url, count)), loop


def leave(visitors: list[Visitor], loop: asyncio.AbstractEventLoop) -> None:
    """Close all sockets."""
    for each in visitors:
        if each.socket is not None:
            each.socket.close()
    loop.run_until_complete(asyncio.sleep(0.5))
    loop.close()


async def _all(url: str, count: int) -> list[Visitor]:
    start, visitors = time.monotonic(), [Visitor() for _ in range(count)]
    visits = (asyncio.wait_for(_visit(url, start, each), PATIENCE_S) for each in visitors)
    for error in await asyncio.gather(*visits, return_exceptions=True):
        if error is not None:
            print(f"a visitor got nothing: {error!r}")
    return visitors


async def _visit(url: str, start: float, visitor: Visitor) -> None:
    """The HTML, the kernel's address as the page asks for it, the socket, the states."""
    kernel = await _ask(url, visitor)
    visitor.html = time.monotonic() - start
    base, _, _ = url.partition("/voila/render/")
    await get(f"{base}/api/kernels/{kernel}", {})
    visitor.socket = await connect(base, kernel)
    await _await_states(visitor.socket)
    visitor.states = time.monotonic() - start


async def _ask(url: str, visitor: Visitor) -> str:
    """Ask for the page, and wait for one's turn if there is one to wait for; its kernel's id."""
    headers = dict(HEADERS)
    while True:
        answer = await get(url, headers)
        page = answer.body.decode()
        found = KERNEL.search(page)
        if found:
            return found[1]
        turn = TURN.search(page)
        if turn is None:
            raise ConnectionError(f"neither a lesson nor a page to wait on: {answer.code}")
        visitor.waits += 1
        tickets = answer.headers.get_list("Set-Cookie")
        headers["Cookie"] = "; ".join(each.partition(";")[0] for each in tickets)
        await await_turn(urljoin(url, turn[1]), headers["Cookie"])


async def await_turn(url: str, ticket: str) -> None:
    """Ask every second, as the waiting page does."""
    while True:
        await asyncio.sleep(ASK_EVERY_S)
        answer = await get(url, {"Cookie": ticket})
        if json.loads(answer.body)["open"]:
            return


async def get(url: str, headers: dict[str, str]) -> HTTPResponse:
    asked = HTTPRequest(url, headers=headers, request_timeout=PATIENCE_S)
    return await AsyncHTTPClient().fetch(asked, raise_error=False)


async def connect(base: str, kernel: str) -> WebSocketClientConnection:
    """The kernel's socket, counted as the course's page counts; stock Voilà ignores that."""
    query = f"session_id={uuid.uuid4()}&line={uuid.uuid4().hex[:16]}&got=0"
    address = f"{base}/api/kernels/{kernel}/channels?{query}".replace("http", "ws", 1)
    asked = HTTPRequest(address, headers={"Origin": base}, request_timeout=PATIENCE_S)
    return await websocket_connect(asked, subprotocols=[V1], max_message_size=MOST_BYTES)


async def _await_states(socket: WebSocketClientConnection) -> None:
    """Ask for kernel info, open the control comm, ask for all states, and wait for them."""
    session, comm = Session(key=b""), uuid.uuid4().hex
    opening = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
    asking = {"comm_id": comm, "data": {"method": "request_states"}}
    await _send(socket, session, "kernel_info_request", {})
    await _send(socket, session, "comm_open", opening, {"version": "1.0.0"})
    asked = await _send(socket, session, "comm_msg", asking)
    got, counts = 0, False
    while True:
        frame = await socket.read_message()
        if frame is None:
            raise ConnectionError("the server closed the socket")
        if isinstance(frame, str):  # only a server that counts says so
            counts = True
            continue
        got += 1
        header, parent = map(json.loads, deserialize_msg_from_ws_v1(frame)[1][:2])
        if header["msg_type"] == "comm_msg" and parent.get("msg_id") == asked:
            break
    if len(frame) < LEAST_BYTES:
        raise ValueError("a page without its widgets")
    if counts:
        await socket.write_message(json.dumps({"got": got}))


async def _send(socket, session: Session, kind: str, content: dict, metadata=None) -> str:
    """One message on the shell channel, as a binary frame; its id."""
    message = session.msg(kind, content=content, metadata=metadata)
    await socket.write_message(serialize_msg_to_ws_v1(message, "shell", session.pack), binary=True)
    return message["header"]["msg_id"]
