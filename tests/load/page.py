"""One lesson's page without a browser: opened over HTTP, then its socket and its stage's model.

It says what `socket.js`, `lab.js` and `stage.js` say, and in their order: frames are counted and
confirmed, one update is under way at a time, and before a button or another stroke the wishes of
the last are said once more.
"""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from bench.serving import client
from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError

CONTROL = "jupyter.widget.control"
KEPT = re.compile(r'(?:src|href)="(/course/kept/[^"]+)"')
CONFIRM_S = 0.5
CLOSES_S = 5.0  # a socket that was asked to
STAGE = {"bet", "board", "asked", "heard", "tasks"}  # traits that only a stage's model has together


class Failed(Exception):
    """What no student should meet."""


class Page:
    """A lesson as its page holds it.

    Attributes
    ----------
    traits
        the stage's model: what a student sees
    waits
        pages to wait on before this one came
    cookies
        what the server has set, by name
    """

    def __init__(self, base: str, patience: float) -> None:
        self.traits: dict[str, Any] = {}
        self.waits = 0
        self._base, self._patience = base, patience
        self.cookies: dict[str, str] = {}
        self._session, self._model = Session(key=b""), ""
        self._got, self._confirming = 0, False
        self._watched: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []
        self._under_way, self._due, self._unsaid, self._stroke = "", False, False, 0
        self._leaves, self._kernel = False, ""
        self._socket: WebSocketClientConnection | None = None

    # ------------------------------------------------------------ opening

    async def open(self, lesson: str, files: bool) -> None:
        """Ask for the page, wait for one's turn if need be, connect, read the models.

        Parameters
        ----------
        files
            whether this browser has none of the page's files yet
        """
        html = await self._ask(f"{self._base}voila/render/{lesson}")
        self._kernel = client.KERNEL.search(html)[1]
        if files:
            paths = {path.replace("/./", "/") for path in KEPT.findall(html)}
            await asyncio.gather(*(self._fetch(path) for path in paths))
        await self._fetch(f"/api/kernels/{self._kernel}")
        self._socket = await client.connect(self._base.rstrip("/"), self._kernel)
        self._reading = asyncio.ensure_future(self._read())
        await self._send("kernel_info_request", {})
        comm = {"comm_id": uuid.uuid4().hex}
        await self._send("comm_open", {**comm, "target_name": CONTROL, "data": {}})
        await self._send("comm_msg", {**comm, "data": {"method": "request_states"}})
        if not await self.until(lambda: bool(self.traits)):
            raise Failed(f"no models of {lesson}")

    async def _ask(self, url: str) -> str:
        """The lesson's page, after those to wait on."""
        while True:
            answer = await client.get(url, client.HEADERS | self._cookie())
            html = (answer.body or b"").decode()
            given = (each.partition(";")[0] for each in answer.headers.get_list("Set-Cookie"))
            self.cookies |= dict(each.split("=", 1) for each in given)
            if answer.code == 200 and client.KERNEL.search(html):
                return html
            turn = client.TURN.search(html)
            if answer.code != 503 or turn is None:
                raise Failed(f"{answer.code} for {url.partition('?')[0]}")
            self.waits += 1
            await client.await_turn(self._base.rstrip("/") + turn[1], self._cookie()["Cookie"])

    def _cookie(self) -> dict[str, str]:
        """The header that brings all cookies back."""
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    async def _fetch(self, path: str) -> None:
        headers = {"Accept-Encoding": "gzip"} | self._cookie()
        answer = await client.get(self._base.rstrip("/") + path, headers)
        if answer.code != 200:
            raise Failed(f"{answer.code} for {path}")

    async def leave(self, word: bool) -> None:
        """Close the page; `word`: as a browser that still says so, which ends the kernel."""
        self._leaves = True
        try:
            if word and self._kernel:
                await self._say_goodbye()
        finally:
            await self._close()

    async def _say_goodbye(self) -> None:
        headers = {"X-XSRFToken": self.cookies.get("_xsrf", "")} | self._cookie()
        url = f"{self._base}voila/api/shutdown/{self._kernel}"
        asked = HTTPRequest(url, "POST", headers=headers, body=b"")
        answer = await AsyncHTTPClient().fetch(asked, raise_error=False)
        if answer.code != 204:
            raise Failed(f"{answer.code} for a page that says that it goes")

    async def _close(self) -> None:
        """Close the socket, and wait until it is."""
        if self._socket is None:
            return
        self._socket.close()
        with suppress(Exception):  # that it breaks off is heard by whoever waits for an answer
            await asyncio.wait_for(self._reading, CLOSES_S)

    # ------------------------------------------------------------ what a student does

    async def wish(self, id: str, value: object, stroke: int) -> int:
        """Set a control, by a stroke of its own or in one with the last; the wish's number."""
        if stroke != self._stroke:
            await self._say_again()
        self._stroke = stroke
        number = self.traits["asked"].get(id, [0])[0] + 1
        self.traits["asked"] = {**self.traits["asked"], id: [number, value, stroke]}
        self._due = self._unsaid = True
        await self._update()
        return number

    async def tell(self, content: dict[str, object]) -> None:
        """Press a button, or whatever else is a message of its own."""
        await self._say_again()
        await self._comm({"method": "custom", "content": content})

    def is_heard(self, id: str, number: int) -> bool:
        """Whether Python has heard this wish."""
        return bool(self.traits["heard"].get(id, 0) >= number)

    async def until(self, holds: Callable[[], bool]) -> bool:
        """Wait until something can be seen on the page; whether it could in time."""
        if holds():
            return True
        seen: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._watched.append((holds, seen))
        try:
            await asyncio.wait_for(seen, self._patience)
        except TimeoutError:
            return False
        finally:
            self._watched = [each for each in self._watched if each[1] is not seen]
        return True

    # ------------------------------------------------------------ frames

    async def _say_again(self) -> None:
        if self._unsaid:
            self._unsaid = False
            await self._comm({"method": "custom", "content": {"asked": self.traits["asked"]}})

    async def _update(self) -> None:
        """Write the wishes into the model, unless another such message is under way."""
        if self._due and not self._under_way:
            self._due = False
            state = {"asked": self.traits["asked"]}
            data = {"method": "update", "state": state, "buffer_paths": []}
            self._under_way = uuid.uuid4().hex  # before it is on its way, and answered
            await self._comm(data, self._under_way)

    async def _comm(self, data: dict[str, object], id: str = "") -> None:
        await self._send("comm_msg", {"comm_id": self._model, "data": data}, id)

    async def _send(self, kind: str, content: dict[str, object], id: str = "") -> None:
        message = self._session.msg(kind, content=content, metadata={"version": "1.0.0"})
        message["header"]["msg_id"] = id or message["header"]["msg_id"]
        frame = serialize_msg_to_ws_v1(message, "shell", self._session.pack)
        try:
            await self._socket.write_message(frame, binary=True)
        except WebSocketClosedError:
            raise Failed("the socket was closed") from None
        self._confirm_soon()

    async def _read(self) -> None:
        """Hear the kernel until the socket closes; whoever waits then is told."""
        try:
            while (frame := await self._socket.read_message()) is not None:
                if isinstance(frame, bytes):
                    self._got += 1
                    self._confirm_soon()
                    await self._hear(*deserialize_msg_from_ws_v1(frame)[1])
                elif json.loads(frame).get("gap"):
                    break
        finally:
            for _, seen in self._watched:
                if not seen.done() and not self._leaves:
                    seen.set_exception(Failed("the socket was closed"))

    async def _hear(self, head: bytes, parent: bytes, _: bytes, body: bytes, *__: bytes) -> None:
        kind = json.loads(head)["msg_type"]
        is_idle = kind == "status" and b'"idle"' in body
        if is_idle and json.loads(parent).get("msg_id") == self._under_way:
            self._under_way = ""
            await self._update()
        if kind == "comm_msg":
            content = json.loads(body)
            self._take(content["comm_id"], content["data"])

    def _take(self, comm: str, data: dict[str, Any]) -> None:
        """Take over what the kernel says of the stage."""
        for model, held in data.get("states", {}).items():
            if held["state"].keys() >= STAGE:
                self._model, self.traits = model, held["state"]
        if comm == self._model and data.get("method") == "update":
            self.traits |= {k: v for k, v in data["state"].items() if k != "asked"}
        for holds, seen in list(self._watched):
            if not seen.done() and holds():
                seen.set_result(None)

    def _confirm_soon(self) -> None:
        if not self._confirming:
            self._confirming = True
            asyncio.get_running_loop().call_later(CONFIRM_S, self._confirm)

    def _confirm(self) -> None:
        self._confirming = False
        if not self._leaves:
            with suppress(WebSocketClosedError):
                self._socket.write_message(json.dumps({"got": self._got}))
