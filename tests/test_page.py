"""The page around a lesson of the new frame, without a browser: its first bytes, and its parts."""

from __future__ import annotations

import html
import json
import re
import socket
from urllib.parse import urlsplit

import pytest
import serving

from simlib.server import template

pytestmark = pytest.mark.slow  # a server of its own

QUESTION = "他说自己也是受骗的：凭什么认定他「知道」？"


def cell(id, kind, source, tag=None, **metadata):
    """One cell of a notebook."""
    tags = {"tags": [tag]} if tag else {}
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    made = {"cell_type": kind, "id": id, "metadata": {**tags, **metadata}, "source": source}
    return made | code


@pytest.fixture(scope="module")
def go_on(tmp_path_factory):
    """The file for which the staged lesson's first cell waits: while it is away, no cell ends."""
    path = tmp_path_factory.mktemp("kernel") / "go-on"
    path.touch()
    return path


@pytest.fixture(scope="module")
def served(tmp_path_factory, go_on):
    """A server on a staged lesson whose kernel can be made to wait, and on one of the old frame."""
    root = serving.small_course(tmp_path_factory.mktemp("course"), "1")
    waits = f"import os, time\nwhile not os.path.exists({str(go_on)!r}):\n    time.sleep(0.05)"
    path = root / "zh" / "02-staged.ipynb"
    serving.write_lesson(path, "zh", "02 试一课", "谁来赔？", "1")
    book = json.loads(path.read_text("utf-8"))
    book["metadata"] |= {"stage": True, "topic": "case", "minutes": 15, "no": "02"}
    book["metadata"]["next"] = {"file": "03-next.ipynb", "question": QUESTION, "minutes": 12}
    fold = {"title": "举证 < 责任", "hint": "三步"}
    book["cells"] = [
        cell("a", "markdown", "# 谁要赔多少？\n\n钱进了别人的卡。", "opening"),
        cell("b", "code", waits),
        cell("c", "markdown", "## 举证 < 责任\n\n谁来证明。", "depth", fold=fold),
        cell("d", "code", "print('模块在这里')", "module", fold={"title": "裁判", "hint": ""}),
        cell("e", "markdown", "## 练习", "exercises"),
        cell("f", "markdown", "## 来源\n\n论文。", "source", fold={"title": "来源"}),
    ]
    path.write_text(json.dumps(book, ensure_ascii=False), "utf-8")
    server = serving.start_course(root)
    yield server
    code, said = server.stop()
    assert code == 0
    assert "Traceback" not in said


STAGED = "voila/render/zh/02-staged.ipynb"


def raw_until(url, path, mark):
    """What has come over the bare socket when `mark` is there."""
    at = urlsplit(url)
    with socket.create_connection((at.hostname, at.port), timeout=30) as wire:
        wire.sendall(f"GET /{path} HTTP/1.0\r\nHost: {at.netloc}\r\n\r\n".encode())
        got = b""
        while mark not in got:
            more = wire.recv(65536)
            assert more, "the page ended without it"
            got += more
    return html.unescape(got.decode("utf-8", "replace"))


def test_opening_and_bet_come_while_the_kernel_still_computes(served, go_on):
    """Picture, question and the whole bet are on the wire before any cell has run."""
    go_on.unlink()
    try:
        got = raw_until(served.url, STAGED, b'data-id="open"')
    finally:
        go_on.touch()
    for part in ("<svg", "谁要赔多少？", "钱进了别人的卡"):
        assert part in got
    assert "data-bet" in got
    assert 'aria-disabled="true"' in got
    assert "jupyter-config-data" not in got  # the first thing after the kernel's start
    assert "is-shut" in got
    assert "is-restoring" not in re.search(r"<body class[^>]*>", got)[0]


def test_a_link_with_a_state_lets_the_bet_wait_from_the_first_byte(served):
    """Whether the bet is open only the kernel can read."""
    got = raw_until(served.url, STAGED + "?s=abc", b'data-id="open"')
    assert "is-shut is-restoring" in re.search(r"<body class[^>]*>", got)[0]


def test_cells_become_folds_parts_and_the_way_on(served):
    """Tags make folds without their heading twice; one main, one h1; the next lesson's question."""
    page = serving.fetch(served.url + STAGED)[2].decode("utf-8")
    folds = re.findall(r'<details class="lesson-fold" id="(\w+)">\s*<summary>(.*?)</summary>', page)
    assert folds == [
        ("c", "<h3>举证 &lt; 责任</h3> <small>三步</small>"),
        ("d", "<h3>裁判</h3>"),
        ("f", "<h3>来源</h3>"),
    ]
    assert page.count("</details>") == 4  # three folds, and the opening's one line
    assert page.count("<main") == page.count("</main>") == page.count("<h1") == 1
    assert page.count("钱进了别人的卡") == 1
    assert 'id="depth"' in page.partition('id="c"')[0]
    assert 'id="exercises"' in page.partition('id="e"')[0]
    assert re.search(rf'<a href="03-next.ipynb">.*?约12分钟.*?{re.escape(QUESTION)}', page, re.S)
    assert "约15分钟" in page
    assert "不构成法律意见" in page.rpartition("</main>")[2]
    assert "onclick" not in page


def test_a_lesson_of_the_old_frame_keeps_its_page(served):
    """No bar, no gate, no fold, and none of the new frame's scripts."""
    page = serving.fetch(served.url + "voila/render/zh/01-trial.ipynb")[2].decode("utf-8")
    assert '<header class="course-header"' in page
    for new in ("lesson-", "is-shut", "bet.js", "lesson.js", "stage.css", "tokens.css"):
        assert new not in page


def test_the_installed_template_has_the_parts_of_a_lesson(tmp_path, monkeypatch):
    """What `index.html.j2` includes lies beside it, the bet's script of the widgets too."""
    monkeypatch.setattr(template.sys, "prefix", str(tmp_path))
    folder = template.install()
    for name in (
        "lesson/bar.html.j2",
        "lesson/opening.html.j2",
        "static/bet.js",
        "static/lesson.js",
    ):
        assert (folder / name).is_file()
