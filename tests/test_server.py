"""`simlib serve` without a browser: its pages, its refusals, its end, and its template."""

from __future__ import annotations

import json
import logging
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import serving

from simlib.errors import ServeError
from simlib.resources import shelf
from simlib.server import listener, log, pages, template
from simlib.widgets.state import case_link

pytestmark = pytest.mark.slow  # a server of its own


def text(answer):
    """The body of an answer as text."""
    return answer[2].decode("utf-8")


@pytest.mark.parametrize(
    ("query", "lang", "title", "twin"),
    [
        ("", "zh-CN", "试一课", "?lang=en"),
        ("?lang=en", "en", "A trial", "?lang=zh"),
        ("?lang=fr", "zh-CN", "试一课", "?lang=en"),
    ],
)
def test_home_lists_the_lessons_in_the_readers_language(served, query, lang, title, twin):
    """The home page has language, lessons, a start and the other language's link, unscripted."""
    status, headers, body = serving.fetch(served.url + query)
    page = body.decode("utf-8")
    assert status == 200
    assert f'<html lang="{lang}">' in page
    assert title in page
    assert f'href="/{twin}"' in page
    start = re.search(r'id="start" href="([^"]+)"', page)
    assert start
    assert start[1] == f"/voila/render/{lang[:2]}/01-trial.ipynb"


@pytest.mark.parametrize(
    ("accepted", "query", "lang"),
    [
        ("en-GB,en;q=0.9,zh;q=0.8", "", "en"),
        ("zh-TW,en;q=0.9", "", "zh-CN"),
        ("fr,en;q=0.3,zh;q=0.2", "", "en"),
        ("fr", "", "zh-CN"),
        ("en", "?lang=zh", "zh-CN"),
        ("en;q=0", "", "zh-CN"),
        (";q=,,*,\xff", "", "zh-CN"),
    ],
)
def test_home_speaks_the_language_that_the_browser_prefers(served, accepted, query, lang):
    """`Accept-Language` with its weights, unless the address says otherwise."""
    asked = {"Accept-Language": accepted.encode("utf-8").decode("latin-1")}
    page = text(serving.fetch(served.url + query, **asked))
    assert f'<html lang="{lang}">' in page


def test_a_language_asked_for_on_the_command_line_goes_before_the_browsers():
    """`--lang zh` serves Chinese pages to an English browser; lines are in that language too."""
    command = [sys.executable, "-m", "simlib", "serve", "--lang", "zh", "--port", "0"]
    server = serving.start(command)
    page = text(serving.fetch(server.url, **{"Accept-Language": "en"}))
    assert server.stop()[0] == 0
    assert '<html lang="zh-CN">' in page


def test_starting_builds_no_grammar():
    """jsonschema's check of foreign addresses took two thirds of a server's start."""
    code = "import sys, simlib.server.app; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_home_names_the_paper_and_the_notice(served):
    """The home page says what the course rests on and that it is no legal advice."""
    page = text(serving.fetch(served.url))
    assert "网络诈骗罪帮助犯民事立案问题研究" in page
    assert "不构成法律意见" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nothing", "没有这一页"),
        ("nothing?lang=en", "No such page"),
        ("voila/render/zh/99-none.ipynb", "没有这一页"),
        ("voila/render/en/99-none.ipynb", "No such page"),
        ("voila/api/contents/", "没有这一页"),
        ("api/kernels", "没有这一页"),
    ],
)
def test_an_unknown_address_is_a_friendly_page(served, path, words):
    """What is not there is 404 in the reader's language, with a way home and no traceback."""
    answer = serving.fetch(served.url + path)
    assert answer[0] == 404
    assert words in text(answer)
    assert 'href="/?lang=' in text(answer)
    assert "Traceback" not in text(answer)


@pytest.mark.parametrize(
    "path",
    [
        "voila/render/../secret.ipynb",
        "voila/render/zh/..%2f..%2fsecret.ipynb",
        "voila/files/../secret.ipynb",
        "voila/files/zh/01-trial.ipynb",
        "voila/files/images/..%2f..%2fsecret.png",
        "voila/static/../app.py",
        "voila/templates/course/static/..%2findex.html.j2",
        "voila/templates/course/static/%2e%2e/%2e%2e/%2e%2e/x",
        "voila/templates/course/index.html.j2",
        "voila/templates/x",
    ],
)
def test_no_address_leads_out_of_the_course(served, path):
    """No spelling of `..` reads a file outside, a notebook's source or the template's source."""
    with socket.create_connection(("127.0.0.1", int(served.url.split(":")[2].strip("/")))) as raw:
        raw.sendall(f"GET /{path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        answer = b""
        while chunk := raw.recv(65536):
            answer += chunk
    assert answer.split(b" ")[1] in (b"403", b"404")
    assert b"cell_type" not in answer


def test_voilas_file_list_leads_home(served):
    """Voilà's own tree page is replaced by the home page."""
    for path in ("voila/tree", "voila/tree/zh"):
        status, headers, _ = serving.fetch(served.url + path)
        assert (status, headers["Location"]) == (302, "/")


def test_asking_for_the_other_language_opens_the_twin_with_the_same_state(served):
    """`?lang=en` on a Chinese lesson redirects before a kernel starts, and keeps the query."""
    address = served.url + "voila/render/zh/01-trial.ipynb?lang=en&s=a%26b"
    status, headers, _ = serving.fetch(address)
    assert status == 302
    assert headers["Location"].endswith("../en/01-trial.ipynb?s=a%26b")
    assert serving.kernels_below(served.process.pid) == []


def test_an_old_link_of_a_case_of_ones_own_is_sent_to_the_fragment(served):
    """Before a kernel starts: what the browser asks for next has nothing of the case. A link that
    carries none, or cannot be read, stays."""
    link = case_link((shelf("cases") / "_template" / "case.toml").read_text("utf-8"))
    lesson = served.url + "voila/render/zh/01-trial.ipynb"
    status, headers, _ = serving.fetch(f"{lesson}?a=1&s={link}&lang=zh")
    assert (status, headers["Location"]) == (302, f"./01-trial.ipynb?a=1&lang=zh#s={link}")
    status, headers, _ = serving.fetch(f"{lesson}?lang=en&s={link}")  # not on with it to the twin
    assert (status, headers["Location"]) == (302, f"./01-trial.ipynb?lang=en#s={link}")
    assert serving.kernels_below(served.process.pid) == []
    assert serving.fetch(f"{lesson}?s={link[:-9]}")[0] == 200


def test_no_line_of_the_log_has_a_query(tmp_path):
    """A mistake of ours is told with the address it was made at, without what is behind `?`."""
    broken = "from simlib.server import pages\npages.page = None"
    server = serving.start_course(serving.small_course(tmp_path), bounds=broken)
    status = serving.fetch(server.url + "?s=tell-tale")[0]
    said = server.stop()[1]
    assert status == 500
    assert "TypeError" in said
    assert "tell-tale" not in said


def test_a_line_that_does_not_fit_its_values_is_told_all_the_same():
    """A library's mistake in a line of its own must not become one of whoever is being answered."""
    odd = logging.LogRecord("x", logging.ERROR, "", 0, "%s of %s /a?s=tell", (1,), None)
    assert log.without_query(odd)
    assert odd.getMessage() == "%s of %s /a (1,)"
    plain = logging.LogRecord("x", logging.ERROR, "", 0, "%s at %r", (1, "/a?s=tell"), None)
    assert log.without_query(plain)
    assert plain.getMessage() == "1 at '/a'"


def test_a_lesson_in_another_language_keeps_a_value_that_comes_twice(served):
    """Every value of the query but `lang`, in order."""
    address = served.url + "voila/render/zh/01-trial.ipynb?a=1&lang=en&a=2&s=x"
    status, headers, _ = serving.fetch(address)
    assert (status, urlsplit(headers["Location"]).query) == (302, "a=1&a=2&s=x")


def test_a_lesson_has_our_page_and_no_other_host(served):
    """A lesson's page has language, title and notice, hides its source, and names no other host."""
    page = text(serving.fetch(served.url + "voila/render/zh/01-trial.ipynb?template=lab"))
    assert '<html lang="zh-CN">' in page
    assert "<title>试一课</title>" in page
    assert "不构成法律意见" in page
    assert "<noscript>" in page
    assert "import ipywidgets" not in page
    for host in ("jsdelivr", "cdnjs", "unpkg", "googleapis"):
        assert host not in page


def test_a_failing_cell_is_one_friendly_sentence(tmp_path):
    """An error in a cell shows our sentence; the reason goes to the server's log only."""
    server = serving.start_course(serving.small_course(tmp_path, "1 / 0"))
    page = text(serving.fetch(server.url + "voila/render/zh/01-trial.ipynb"))
    code, said = server.stop()
    assert "这一部分没有算出来" in page
    assert "ZeroDivisionError" not in page
    assert "ZeroDivisionError" in said
    assert code == 0


LATE_OUTPUT = """
import asyncio
from nbclient import NotebookClient
heard = NotebookClient._async_poll_output_msg
async def late(self, *asked):
    await asyncio.sleep(4.5)
    await heard(self, *asked)
NotebookClient._async_poll_output_msg = late
"""


def test_what_a_cell_shows_is_served_however_late_the_server_hears_of_it(tmp_path):
    """nbclient gives up after four seconds, and a busy server's page would come without a stage."""
    served = serving.start_course(serving.small_course(tmp_path), bounds=LATE_OUTPUT)
    page = serving.fetch(served.url + "voila/render/zh/01-trial.ipynb")[2].decode()
    assert served.stop()[0] == 0
    assert "vnd.jupyter.widget-view+json" in page


@pytest.mark.parametrize(
    "kind", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.night)]
)
def test_a_signal_ends_server_and_kernels_at_once(tmp_path, kind):
    """Ctrl-C and SIGTERM end with exit 0, two printed lines and no kernel left."""
    server = serving.start_course(serving.small_course(tmp_path))
    serving.fetch(server.url + "voila/render/zh/01-trial.ipynb")
    kernels = serving.kernels_below(server.process.pid)
    assert len(kernels) == 1
    code, said = server.stop(kind)
    assert code == 0
    assert said.splitlines() == [f"课程已打开：{server.url} （按 Ctrl-C 结束）", "课程已关闭。"]
    assert not any(Path(f"/proc/{kernel}").exists() for kernel in kernels)


def test_a_signal_while_a_lesson_opens_ends_cleanly_too(tmp_path):
    """A lesson that is still computing does not hold the server, nor make it print a traceback."""
    server = serving.start_course(serving.small_course(tmp_path, "import time; time.sleep(60)"))
    url = server.url + "voila/render/zh/01-trial.ipynb"
    thread = threading.Thread(target=_ignore_broken, args=(url,))
    thread.start()
    pid = server.process.pid
    assert serving.eventually(lambda: serving.kernels_below(pid))
    time.sleep(1)
    kernels = serving.kernels_below(pid)
    code, said = server.stop()
    thread.join(10)
    assert code == 0
    assert "Traceback" not in said
    assert "Task was destroyed" not in said
    assert not any(Path(f"/proc/{kernel}").exists() for kernel in kernels)


def _ignore_broken(url):
    """Ask for a page whose server ends before it answers."""
    try:
        serving.fetch(url)
    except (OSError, ValueError) as error:
        print("as expected:", error)
    except Exception as error:  # http.client has its own tree for a broken answer
        print("as expected:", error)


def test_a_port_in_use_is_refused_before_anything_starts():
    """A busy port is an error with its number, and no other port is tried."""
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        command = [sys.executable, "-m", "simlib", "serve", "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert f"{port}" in done.stderr


@pytest.mark.parametrize(
    ("port", "host", "code"),
    [
        (-1, "127.0.0.1", "bad-port"),
        (65536, "127.0.0.1", "bad-port"),
        (0, "192.0.2.1", "bad-host"),
        (0, "no such host", "bad-host"),
    ],
)
def test_a_wrong_port_or_host_is_refused(port, host, code):
    """What cannot be listened on is an error with a code, not a traceback of sockets."""
    with pytest.raises(ServeError) as caught:
        listener.bind(port, host)
    assert caught.value.code == code


def test_a_port_that_may_not_be_opened_says_so(monkeypatch):
    """Below 1024 without the right to: not "no port" but which to choose."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(listener.socket, "create_server", refused)
    with pytest.raises(ServeError, match="8866") as caught:
        listener.bind(80, "127.0.0.1")
    assert caught.value.code == "port-denied"


def test_lessons_leave_out_what_does_not_open(tmp_path):
    """The list is in file order; a broken file, another file or a checkpoint is not a lesson."""
    serving.write_lesson(tmp_path / "zh" / "02-b.ipynb", "zh", "乙", "", "1")
    serving.write_lesson(tmp_path / "zh" / "01-a.ipynb", "zh", "1 甲", "问", "1")
    (tmp_path / "zh" / "03-c.ipynb").write_text("{", encoding="utf-8")
    (tmp_path / "zh" / "04-d.ipynb").write_text('{"metadata": 1, "cells": 2}', encoding="utf-8")
    (tmp_path / "zh" / "notes.md").write_text("x", encoding="utf-8")
    (tmp_path / "zh" / ".ipynb_checkpoints").mkdir()
    found = pages.lessons(tmp_path, "zh")
    assert [one.path for one in found] == ["zh/01-a.ipynb", "zh/02-b.ipynb"]
    assert [one.title for one in found] == ["甲", "乙"]
    assert pages.lessons(tmp_path, "en") == ()


def test_the_template_is_copied_whole_once_and_repaired(tmp_path, monkeypatch):
    """Everything is a regular file; a second run writes nothing; a damaged file is replaced."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    folder = template.install()
    files = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    names = {path.name for path in files}
    assert {
        "conf.json",
        "index.html.j2",
        "words.html.j2",
        "course.css",
        "course.js",
        "lab.js",
        "plotly.min.js",
    } <= names
    assert not any(path.is_symlink() for path in folder.rglob("*"))
    assert template.install() == folder
    assert {path: path.stat().st_mtime_ns for path in files} == files
    damaged = folder / "static" / "course.css"
    damaged.write_text("", encoding="utf-8")
    template.install()
    assert damaged.read_bytes() == (template.TEMPLATE / "static" / "course.css").read_bytes()


def test_two_processes_may_install_at_once(tmp_path):
    """Processes that install together all succeed and leave no half-written file."""
    code = f"import sys; sys.prefix = {str(tmp_path)!r}\n" + (
        "from simlib.server import template; template.install()"
    )
    both = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [one.wait() for one in both] == [0, 0, 0]
    left = [path.name for path in tmp_path.rglob("*") if path.name.startswith(".new-")]
    assert left == []


def test_a_read_only_environment_falls_back_to_the_users_folder(tmp_path, monkeypatch):
    """Where the environment is read-only the template goes to the user's own Jupyter folder."""
    monkeypatch.setattr(sys, "prefix", "/proc/simlib-cannot-write-here")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    assert template.install() == tmp_path / "voila" / "templates" / "course"


def test_a_jupyter_server_gets_our_settings_and_keeps_its_own(tmp_path, monkeypatch):
    """`configure` adds our keys to voila.json and leaves the others alone."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    target = tmp_path / "etc" / "jupyter" / "voila.json"
    target.parent.mkdir(parents=True)
    target.write_text('{"Other": {"a": 1}, "VoilaConfiguration": {"http_keep_alive_timeout": 5}}')
    template.configure()
    known = json.loads(target.read_text("utf-8"))
    assert known["Other"] == {"a": 1}
    assert known["VoilaConfiguration"]["http_keep_alive_timeout"] == 5
    assert known["VoilaConfiguration"]["template"] == "course"
    hook = target.with_name("voila.py")
    assert "open_lesson" in hook.read_text("utf-8")
    hook.write_text("# somebody's own", encoding="utf-8")
    template.configure()
    assert hook.read_text("utf-8") == "# somebody's own"
