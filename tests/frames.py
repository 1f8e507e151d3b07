"""A page's socket without a browser: lessons opened by request, frames as pages send them."""

from __future__ import annotations

import json
import re
import socket

import serving
import websocket
from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)

from simlib.server.message import V1

SESSION = Session(key=b"")
PARTS = ("header", "parent_header", "metadata", "content")
CONTROL = "jupyter.widget.control"  # the comm that tells the state of every widget
LESSON = "voila/render/zh/01-trial.ipynb"
OPENED: list[websocket.WebSocket] = []


def open_lesson(url: str, lesson: str = LESSON) -> str:
    """Open a lesson and read its page; the id of its kernel."""
    status, _, body = serving.fetch(url + lesson)
    found = re.search(r'"kernelId": "([^"]+)"', body.decode())
    assert found, f"{status}: no kernel in {len(body)} bytes"
    return found[1]


def connect(url: str, kernel: str, query: str = "", **options: object) -> websocket.WebSocket:
    """Open a socket to a kernel as a page does."""
    address = url.replace("http", "ws", 1) + f"api/kernels/{kernel}/channels?a=b{query}"
    options.setdefault("timeout", 15)
    opened = websocket.create_connection(address, subprotocols=[V1], **options)
    OPENED.append(opened)
    return opened


def close_all() -> None:
    """Close every socket that `connect` opened, without a word."""
    while OPENED:
        OPENED.pop().shutdown()


def frame(kind: str, content: object = None, buffers: int = 0, channel: str = "shell") -> bytes:
    """One message of a page, with empty buffers of this many bytes in all."""
    message = SESSION.msg(kind, content=content or {})
    message["metadata"] = {"version": "1.0.0"}
    return serialize_msg_to_ws_v1(pack(message) + [bytes(buffers)] * (buffers > 0), channel)


def pack(message: dict) -> list[bytes]:
    """The parts of a message as JSON, whatever somebody put into them."""
    return [json.dumps(message[key], default=str).encode() for key in PARTS]


def ask_all_states(opened: websocket.WebSocket, times: int = 1) -> None:
    """Ask for the state of every widget, as often as this; small questions with large answers."""
    opened.send_binary(frame("comm_open", {"comm_id": "c", "target_name": CONTROL, "data": {}}))
    asked = {"comm_id": "c", "data": {"method": "request_states"}}
    for _ in range(times):
        opened.send_binary(frame("comm_msg", asked))


def hear(opened: websocket.WebSocket, kind: str) -> dict:
    """The content of the next message of a kind."""
    while True:
        heard = opened.recv()
        if isinstance(heard, bytes) and heard:
            _, parts = deserialize_msg_from_ws_v1(heard)
            if json.loads(parts[0])["msg_type"] == kind:
                return json.loads(parts[3])
        elif not heard:
            raise websocket.WebSocketConnectionClosedException


def say(url: str, request: bytes, patience: float = 10, silence: float = 2) -> bytes:
    """Send bytes as they are to the server; what it answers until it closes or falls silent.

    `patience`: seconds until the answer begins; `silence`: within it.
    """
    host, port = re.match(r"http://([^:/]+):(\d+)", url).groups()
    answer = b""
    with socket.create_connection((host, int(port)), timeout=patience) as raw:
        try:
            raw.sendall(request)
            while chunk := raw.recv(65536):
                answer += chunk
                raw.settimeout(silence)
        except OSError:
            pass  # reset or silent: what came until then is the answer
    return answer


def get(path: str, method: str = "GET", host: str = "localhost", more: str = "") -> bytes:
    """A request whose parts nobody has put right."""
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n"
    return head.encode("utf-8", "surrogateescape")
