"""Who may start a kernel, and how many of them nobody has come for; names, addresses, folders."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import frames
import pytest
import serving
from tornado.httputil import HTTPHeaders

from simlib.errors import ServeError
from simlib.server import listener
from simlib.server.kernel_manager import is_visit

pytestmark = pytest.mark.slow  # a server of its own

LESSON = "voila/render/zh/01-trial.ipynb"
OPENS = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize(
    ("headers", "visit"),
    [
        ({}, True),
        ({"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}, True),
        ({"Accept": "image/avif,image/webp,*/*;q=0.8"}, False),
        ({"Accept": "*/*"}, False),
        ({**OPENS, "Sec-Fetch-Site": "none"}, True),
        ({**OPENS, "Sec-Fetch-Site": "cross-site"}, True),  # a link on another site
        ({**OPENS, "Sec-Fetch-Site": "none", "Sec-Purpose": "prefetch;prerender"}, False),
        ({"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image", "Accept": "text/html"}, False),
        ({"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty", "Accept": "text/html"}, False),
        ({**OPENS, "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}, False),
        ({**OPENS, "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"}, True),
    ],
    ids=str,
)
def test_only_navigation_requests_count_as_visits(headers, visit):
    """Headers as browsers send them; a program that sends none is let in."""
    assert is_visit(SimpleNamespace(headers=HTTPHeaders(headers))) is visit


def test_request_for_a_picture_starts_no_kernel(served):
    """What no visit asks for is refused with a page, before a kernel is started for it."""
    for headers in ({"Accept": "image/*"}, {"Sec-Fetch-Mode": "no-cors"}):
        status, _, body = serving.fetch(served.url + LESSON, **headers)
        assert status == 403
        assert "不能这样打开" in body.decode()
    assert serving.kernels_below(served.process.pid) == []


def test_kernels_whose_page_never_comes_end(tmp_path):
    """Twenty requests by nobody: never more kernels than places, and none stays."""
    server = serving.start_course(serving.small_course(tmp_path), patience=1, places=8)
    pid, url, most = server.process.pid, server.url, 0
    asked = [threading.Thread(target=serving.fetch, args=(url + LESSON,)) for _ in range(20)]
    for thread in asked:
        thread.start()
    while any(thread.is_alive() for thread in asked):
        most = max(most, len(serving.kernels_below(pid)))
        asked[-1].join(0.05)
    assert 1 < most <= 8
    assert serving.eventually(lambda: not serving.kernels_below(pid))
    assert server.stop()[0] == 0


def test_a_page_that_connects_keeps_its_kernel_and_one_that_asks_is_awaited_longer(tmp_path):
    """Whose page has come is awaited no more, however long it stays. Of another the scripts are
    still on their way: it asks again and again, then connects or stays away."""
    server = serving.start_course(serving.small_course(tmp_path), patience=1)
    page = frames.connect(server.url, frames.open_lesson(server.url))
    kernel = frames.open_lesson(server.url)
    for _ in range(5):
        assert serving.fetch(f"{server.url}api/kernels/{kernel}")[0] == 200
        time.sleep(0.6)
    assert len(serving.kernels_below(server.process.pid)) == 2
    gone = f"{server.url}api/kernels/{kernel}"
    assert serving.eventually(lambda: len(serving.kernels_below(server.process.pid)) == 1, 4)
    assert serving.eventually(lambda: serving.fetch(gone)[0] == 404)
    assert not serving.eventually(lambda: not serving.kernels_below(server.process.pid), 1)
    page.close()
    assert server.stop()[0] == 0


def test_a_visitor_who_leaves_while_the_lesson_is_made_leaves_no_kernel(tmp_path):
    """His connection closes before the HTML is whole: nobody waits twenty seconds for his page."""
    root = serving.small_course(tmp_path, "import time; time.sleep(1)")
    server = serving.start_course(root)
    host, port = urlsplit(server.url).hostname, urlsplit(server.url).port
    for read in (0, 100):
        with socket.create_connection((host, port)) as visitor:
            visitor.sendall(f"GET /{LESSON} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            visitor.recv(read)
            assert serving.eventually(lambda: serving.kernels_below(server.process.pid))
        assert serving.eventually(lambda: not serving.kernels_below(server.process.pid))
    assert server.stop()[0] == 0


# ---------------------------------------------------------------- by which name, from which place


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1", 200), ("localhost:8866", 200), ("[::1]:8866", 200), ("evil.example", 403)],
)
def test_loopback_server_accepts_only_its_own_names(served, host, status):
    """A foreign name that leads to this machine (DNS rebinding) reads no page and no kernel."""
    answer = serving.fetch(served.url, Host=host)
    assert answer[0] == status
    if status == 403:
        assert "http://127.0.0.1" in answer[2].decode()


def test_an_empty_host_is_refused():
    """A socket takes an empty address for every address: nobody means that."""
    with pytest.raises(ServeError) as caught:
        listener.bind(0, "")
    assert caught.value.code == "bad-host"
    command = [sys.executable, "-m", "simlib", "serve", "--host", ""]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (1, "")


# ---------------------------------------------------------------- whose folders

SHOWS = """import os, IPython, ipywidgets
shell = IPython.get_ipython()
ipywidgets.HTML(f"{globals().get('started')} {shell.history_manager.enabled} {os.getcwd()}")
print(globals().get('started', 'nothing ran'), shell.history_manager.enabled)"""


def test_a_lesson_runs_none_of_the_operators_files_and_keeps_no_history(tmp_path):
    """Start-up files of the operator's IPython and Python stay out of lessons; no history opens."""
    startup = tmp_path / "home" / ".ipython" / "profile_default" / "startup" / "00.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("started = 'the operator'")
    (tmp_path / "start.py").write_text("started = 'python'")
    home = {"HOME": str(tmp_path / "home"), "PYTHONSTARTUP": str(tmp_path / "start.py")}
    env = {**os.environ, **home}
    env.pop("IPYTHONDIR", None)
    server = serving.start_course(serving.small_course(tmp_path / "course", SHOWS), env=env)
    page = serving.fetch(server.url + LESSON)[2].decode()
    assert "nothing ran False" in page
    assert server.stop()[0] == 0
    assert not list(tmp_path.rglob("history.sqlite"))


@pytest.mark.parametrize(
    "kind",
    ["missing home", *(pytest.param(each, marks=pytest.mark.night)
                       for each in ("read-only home", "long TMPDIR"))],
)  # fmt: skip
def test_a_lesson_opens_whatever_home_and_temporary_folder_are(tmp_path, kind):
    """No home, one that cannot be written, and a folder too deep for a socket's address."""
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    settings = {
        "missing home": {"HOME": str(tmp_path / "none" / "there")},
        "read-only home": {"HOME": "/proc/1"},
        "long TMPDIR": {"TMPDIR": str(deep)},
    }[kind]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "JUPYTER", "IPYTHON"))}
    root = serving.small_course(tmp_path / "course", "print(2 * 21)")
    server = serving.start_course(root, env={**kept, **settings})
    page = serving.fetch(server.url + LESSON)[2].decode()
    code, said = server.stop()
    assert code == 0
    assert len(said.splitlines()) == 2, said
    assert "42" in page
    assert not Path(settings.get("HOME", "/none")).is_dir() or kind == "read-only home"
