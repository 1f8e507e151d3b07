"""A hostile client at a real server with real lessons; after each move all must be as before."""

from __future__ import annotations

import json
import re
import time

import frames
import serving
import websocket
from hostile import chance, links
from hostile.moves import MOVES, half
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1

from simlib.resources import shelf

LESSONS = ("01-case", "06-chain", "12-own")
BOUNDS = "log.MOST_LINES = 10**6; rate_limit.FAILURES = rate_limit.OPENINGS = (10**6, 1e6)"
ANSWERS_WITHIN_S = 5  # somebody else's page, whatever is done to the server
MOST_GROWTH = 150  # MB; some of it is the room that freed memory leaves
SILENCE_S = 0.05
ALARM = r"Traceback|服务器出错|Error|^\s+File "  # in a line that the server prints


class Visitor:
    """Attacks a server of its own; `wrong` is what came of it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.wrong: list[str] = []
        self.server = serving.start_course(shelf("course"), bounds=BOUNDS, forks=True)
        self.pages = {lesson: self._open(lesson) for lesson in LESSONS}
        serving.fetch(self.server.url + "nothing")
        self._size = serving.memory_of(self.server.process.pid)
        self._read = len(self.server.lines)

    # ------------------------------------------------------------ pages

    def _open(self, lesson: str) -> tuple[str, dict]:
        """A lesson's kernel, and the state of its widgets by their ids."""
        kernel = frames.open_lesson(self.server.url, f"voila/render/zh/{lesson}.ipynb")
        page = self._connect(kernel)
        frames.ask_all_states(page)
        while "states" not in (found := frames.hear(page, "comm_msg").get("data", {})):
            continue
        page.shutdown()
        return kernel, found["states"]

    def _connect(self, kernel: str, query: str = "") -> websocket.WebSocket:
        page = frames.connect(self.server.url, kernel, query)
        frames.OPENED.remove(page)  # we close it ourselves
        return page

    # ------------------------------------------------------------ attacks

    def frame(self, number: int) -> None:
        """One frame on a socket to a lesson's kernel, now and then in two pieces."""
        rng = chance(self.seed, "frame", number)
        lesson, move = rng.choice(LESSONS), rng.choice(MOVES)
        kernel, states = self.pages[lesson]
        counted = f"&session_id=s{number}&line={number:x}&got={rng.choice((0, 0, 9))}"
        line = rng.choice(("", counted))
        name = f"{self.seed}:frame:{number} {move.__name__} on {lesson}"
        try:
            page = self._connect(kernel, line)
        except (OSError, websocket.WebSocketException) as error:
            self._note(name, f"no socket: {error!s:.200}")
            self._reopen(lesson)
            return
        said = move(rng, states)
        try:
            if move is half or rng.random() < 0.05:
                page.sock.sendall(said)
            else:
                page.send(said, rng.choice((1, 2, 2, 2, 2, 2)))
            self._listen(page, name)
        except (OSError, websocket.WebSocketException):
            pass  # closed: that is the server's right
        page.shutdown()
        self._look(name)

    def request(self, number: int) -> None:
        """One request as no browser makes it."""
        rng = chance(self.seed, "request", number)
        asked = links.requests(rng)
        began = time.monotonic()
        whole = b"\r\n\r\n" in asked and b"Content-Length" not in asked
        answer = frames.say(self.server.url, asked, ANSWERS_WITHIN_S if whole else 0.2, 0.2)
        name = f"{self.seed}:request:{number} {asked[:200]!r}"
        if re.match(rb"HTTP/1.1 5|(?s:.*)Traceback", answer):
            self._note(name, f"{answer[:100]!r}")
        if whole and not answer and time.monotonic() - began >= ANSWERS_WITHIN_S:
            self._note(name, "no answer")
        self._look(name)

    def link(self, number: int) -> None:
        """One lesson opened in earnest by a link out of shape."""
        lesson, text = links.states(chance(self.seed, "link", number))
        address = f"voila/render/zh/{lesson}.ipynb?s={links.quote(text)}"
        name = f"{self.seed}:link:{number} on {lesson}"
        status, _, body = serving.fetch(self.server.url + address[:60_000])
        if status != 200 or b"Traceback" in body or "没有算出来" in body.decode():
            self._note(name, f"{status}, {len(body)} bytes")
        found = re.search(rb'"kernelId": "([^"]+)"', body)
        if found:
            page = self._connect(found[1].decode())
            asked = frames.frame("shutdown_request", {"restart": False}, channel="control")
            page.send_binary(asked)
            page.shutdown()
        self._look(name)

    # ------------------------------------------------------------ what came of it

    def _listen(self, page: websocket.WebSocket, name: str) -> None:
        """Hear what the server says to the attack, until it is silent."""
        page.settimeout(SILENCE_S)
        while True:
            heard = page.recv()
            if isinstance(heard, bytes) and heard:
                _, parts = deserialize_msg_from_ws_v1(heard)
                if b"Traceback" in parts[3] or json.loads(parts[0])["msg_type"] == "error":
                    self._note(name, f"told the visitor {parts[3][:300]!r}")
            elif not heard:
                return

    def _look(self, name: str) -> None:
        """Others are served, nobody prints a traceback, and the server holds no more."""
        began = time.monotonic()
        status = serving.fetch(self.server.url)[0]
        if status != 200 or time.monotonic() - began > ANSWERS_WITHIN_S:
            self._note(name, f"others got {status} after {time.monotonic() - began:.1f} s")
        new, self._read = self.server.lines[self._read :], len(self.server.lines)
        for line in new:
            if re.search(ALARM, line) and "课程程序报告" not in line:
                self._note(name, line.strip()[:300])
        grown = serving.memory_of(self.server.process.pid) - self._size
        if grown > MOST_GROWTH:
            self._note(name, f"the server grew by {grown:.0f} MB")
            self._size += grown

    def _reopen(self, lesson: str) -> None:
        self.pages[lesson] = self._open(lesson)

    def _note(self, name: str, what: str) -> None:
        self.wrong.append(f"{name}: {what}")

    def end(self) -> list[str]:
        """Stop the server; what the lessons' kernels complained of, each once."""
        code, said = self.server.stop()
        if code:
            self._note("the end", f"exit {code}")
        reports = re.findall(r"课程程序报告：(.*)（页面来自", said)
        return sorted(set(reports))
