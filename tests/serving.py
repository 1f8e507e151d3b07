"""A course server in a process of its own, and a small course for it, for tests that need one."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

SERVE = """import sys
from simlib.server import connection, listener, log, pending_messages
from simlib.server import rate_limit, serve, waiting_room
connection.LOOK_EVERY_MS = 500
waiting_room.COMES_WITHIN_S = {patience}
{bounds}
sys.exit(serve({port}, {host!r}, root={root!r}, places={places}, forks={forks}, **{more}))"""
FORK_SERVER = "simlib.server.fork_server"
SLIDER = """import ipywidgets as w
knob, shown = w.IntSlider(description='过错', max=9), w.HTML('两倍：0')
knob.observe(lambda change: setattr(shown, 'value', f'两倍：{2 * change.new}'), 'value')
w.VBox([knob, shown])"""


@dataclass
class Served:
    """A running server; `lines` is what it printed, standard error included."""

    process: subprocess.Popen[str]
    url: str = ""
    lines: list[str] = field(default_factory=list)

    def stop(self, kind: int = signal.SIGINT, patience: float = 10) -> tuple[int, str]:
        """End it as Ctrl-C does; exit code and everything printed."""
        if self.process.poll() is None:
            self.process.send_signal(kind)
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self._reader.join(5)
        return code, "".join(self.lines)

    def listen(self) -> None:
        """Collect its lines, and wait until it has said where it is."""
        self._reader = threading.Thread(target=self._collect, daemon=True)
        self._reader.start()
        until = time.monotonic() + 60
        while not self.url and self.process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        if not self.url:
            code, said = self.stop()
            raise AssertionError(f"the server did not start (exit {code}): {said}")

    def _collect(self) -> None:
        with self.process.stdout as printed:
            for line in printed:
                self.lines.append(line)
                found = re.search(r"http://[^\s]+/", line)
                if found and not self.url:
                    self.url = found[0]


def start(command: list[str], **options: object) -> Served:
    """Start a server from its command line."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        **options,
    )
    served = Served(process)
    served.listen()
    return served


def start_course(
    root: Path,
    port: int = 0,
    host: str = "127.0.0.1",
    patience: float = 20,
    places: int | None = None,
    forks: bool = False,
    bounds: str = "",
    more: dict[str, object] | None = None,
    **options: object,
) -> Served:
    """`serve` on a course folder of the test's own, on a free port unless one is given.

    `patience`: seconds until a kernel ends whose page does not connect. `forks`: whether there is
    a fork server; a test that opens a lesson or two is faster without. `bounds`: lines that set
    other bounds, such as ``listener.HEAD_WITHIN_S = 1``. `more`: what else `serve` takes.
    """
    code = SERVE.format(
        port=port,
        host=host,
        root=str(root),
        patience=patience,
        places=places,
        forks=forks,
        bounds=bounds,
        more=more or {},
    )
    return start([sys.executable, "-c", code], **options)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def small_course(folder: Path, code: str = SLIDER) -> Path:
    """A course of one lesson in both languages, with one knob."""
    words = {"zh": ("试一课", "谁来赔？"), "en": ("A trial", "Who pays?")}
    for lang, (title, question) in words.items():
        write_lesson(folder / lang / "01-trial.ipynb", lang, title, question, code)
    return folder


def write_lesson(path: Path, lang: str, title: str, question: str, code: str) -> None:
    """One notebook with a heading and one cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": kernel,
            "lang": lang,
            "title": title,
            "question": question,
            "no": 1,
        },
        "cells": [
            {
                "cell_type": "markdown",
                "id": "a",
                "metadata": {},
                "source": f"# {title}\n\n$a^2$ {question}",
            },
            {
                "cell_type": "code",
                "id": "b",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": code,
            },
        ],
    }
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def kernels_below(pid: int) -> list[int]:
    """Kernels that a server process has running, by their process ids: its own and forked ones."""
    processes = _processes()
    fork_servers = {
        p for p, (parent, said) in processes.items() if parent == pid and FORK_SERVER in said
    }
    return [
        p
        for p, (parent, said) in processes.items()
        if (parent == pid and "ipykernel" in said)
        or (parent in fork_servers and p not in fork_servers)
    ]


def fork_server_of(pid: int) -> int | None:
    """The process that a server's kernels are forked from."""
    found = (
        p for p, (parent, said) in _processes().items() if parent == pid and FORK_SERVER in said
    )
    return next(found, None)


def name_of(pid: int) -> str:
    """A process's name; a forked kernel has a part of its id in it."""
    return Path(f"/proc/{pid}/comm").read_text().strip()


def _processes() -> dict[int, tuple[int, str]]:
    """Every living process: its parent and its command line."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
            command = path.with_name("cmdline").read_text("utf-8", "replace")
        except OSError:
            continue  # it ended while we looked
        if fields[0] != "Z":
            found[int(path.parent.name)] = (int(fields[1]), command)
    return found


def memory_of(pid: int) -> float:
    """What a process holds just now [MB]."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1e3


def eventually(condition, seconds: float = 10) -> bool:
    """Whether a condition becomes true in time."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def played(scene):
    """What a scene returns, in a loop of its own: browser tests keep one running in this thread."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, scene).result()


def fetch(url: str, **headers: str) -> tuple[int, dict, bytes]:
    """One request without following redirects: status, headers, body."""
    request = urllib.request.Request(url, headers=headers)
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, _joined(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, _joined(error.headers), error.read()


def _joined(headers: Message) -> dict[str, str]:
    """Headers by name; those that came more than once, with commas."""
    return {name: ", ".join(headers.get_all(name)) for name in headers}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None
