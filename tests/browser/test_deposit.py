"""The trial and the reader's own files in a real browser: nothing leaves the page."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import serving
from browser.pages import WAIT_MS, axe, quiet, width
from playwright.sync_api import expect

CODE = 'from simlib.widgets import deposit_lab\n\ndeposit_lab("{}")'
LESSON = "voila/render/{}/01-trial.ipynb"
# whatever a browser keeps for a site, and where it stands
KEPT = """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,
    location.href, history.length, history.state, window.name, indexedDB.databases
    ? (await indexedDB.databases()).map(one => one.name) : [],
    window.caches ? await caches.keys() : []])"""
SMALL = """nodes => nodes.filter(n => n.offsetParent && n.getBoundingClientRect().height < 44)
    .map(n => n.outerHTML)"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A course of one lesson with nothing but the lab, in both languages."""
    root = tmp_path_factory.mktemp("deposit")
    for lang, title in {"zh": "试一课", "en": "A trial"}.items():
        path = root / lang / "01-trial.ipynb"
        serving.write_lesson(path, lang, title, title, CODE.format(lang))
    server = serving.start_course(root)
    yield server.url
    server.stop()


def lab(page, url, lang="zh"):
    """Open the lesson and wait for the lab."""
    page.goto(url + LESSON.format(lang))
    page.locator(".deposit-picture li").first.wait_for(timeout=WAIT_MS)
    return page


def changed(page, part):
    """What is marked as changed in a part of the picture, from 1."""
    boxes = page.locator(f".deposit-part[data-id={part}] li").all()
    return [n for n, box in enumerate(boxes, 1) if "已变" in box.inner_text()]


def verify(receipt, *files):
    """Exit code and words of `simlib verify`."""
    command = [sys.executable, "-m", "simlib", "verify", str(receipt), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def test_one_character_breaks_the_chain_and_the_root(served, desktop):
    """The second line: its digest, links 2 to 4, root, left node and its leaf; and back again."""
    page = lab(desktop, served)
    said = page.locator(".deposit-trial [role=status]")
    expect(said).to_contain_text("与存入时相同")
    line = page.locator(".deposit-trial input").nth(1)
    line.press("End")
    line.press("Backspace")
    expect(said).to_contain_text("第2行改动了")
    expect(said).to_contain_text("链从第2环起的每一环")
    assert changed(page, "digests") == [2]
    assert changed(page, "chain") == [2, 3, 4]
    assert changed(page, "tree") == [1, 2, 5]  # root; nodes 1 and 2; leaves 1 to 4
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # restore, by keyboard alone
    expect(said).to_contain_text("已经恢复")
    assert changed(page, "chain") == []
    line.fill("改过的一行")
    page.locator("[data-id=deposit]").click()
    expect(said).to_contain_text("已经存入")
    assert changed(page, "tree") == []


def test_no_byte_of_a_file_leaves_the_page(served, desktop, watch, tmp_path):
    """No frame, no request, nothing kept: neither for a line typed nor for files of 3 MB."""
    sent, asked = [], []
    desktop.on("websocket", lambda s: s.on("framesent", lambda frame: sent.append(frame)))
    desktop.on("request", lambda request: asked.append(request.url))
    page = lab(desktop, served)
    quiet(page, watch, 1500)
    kept, frames, requests = page.evaluate(KEPT), len(sent), len(asked)
    assert frames > 0  # frames are seen at all
    secret = tmp_path / "机密.bin"
    secret.write_bytes(bytes(range(256)) * 12_345)
    page.locator(".deposit-trial input").first.fill("只有我知道的一句话")
    page.locator(".deposit-own input").set_input_files(secret)
    expect(page.locator(".deposit-own [role=status]")).to_contain_text("算好了1个文件")
    page.wait_for_timeout(2000)
    assert sent[frames:] == []
    assert asked[requests:] == []
    assert page.evaluate(KEPT) == kept


def test_the_page_s_receipt_is_verified_by_the_command(served, desktop, tmp_path):
    """Two files, one empty and one of several blocks; a changed file is named."""
    page = lab(desktop, served)
    chat, empty = tmp_path / "聊天 记录.txt", tmp_path / "empty.txt"
    chat.write_bytes("把卡给我用一周".encode() * 200_000)
    empty.write_bytes(b"")
    page.locator(".deposit-own input").set_input_files([chat, empty])
    page.locator("[data-id=receipt]").wait_for(timeout=WAIT_MS)
    for words in ("不是可信时间戳", "不是区块链存储"):
        expect(page.locator(".deposit-own")).to_contain_text(words)
    with page.expect_download() as started:
        page.locator("[data-id=receipt]").click()
    receipt = tmp_path / started.value.suggested_filename
    started.value.save_as(receipt)
    assert verify(receipt, chat, empty)[0] == 0
    own = json.loads(receipt.read_text("utf-8"))
    command = [sys.executable, "-m", "simlib", "deposit", chat, empty, "--out", tmp_path / "r.json"]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120)
    other = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert own | {"at": ""} == other | {"at": ""}
    chat.write_bytes(chat.read_bytes()[:-1] + b".")
    code, said = verify(receipt, chat, empty)
    assert code == 1
    assert "聊天 记录.txt" in said
    with page.expect_file_chooser() as asked:  # the same names once more
        page.locator(".deposit-own input").click()
    asked.value.set_files([chat, empty])
    expect(page.locator(".deposit-own [role=status]")).to_contain_text("与上一次选的内容不同")


def test_it_fits_a_phone_and_a_screen_reader(served, phone, tmp_path):
    """390 px, touch targets of 44 px, nothing in a screen reader's way, before and after a file."""
    page = lab(phone, served, "en")
    file = tmp_path / ("a-very-long-name-" * 8 + ".txt")
    file.write_text("x", "utf-8")
    page.locator(".deposit-own input").set_input_files(file)
    page.locator("[data-id=receipt]").wait_for(timeout=WAIT_MS)
    page.locator(".deposit-trial summary").click()
    page.locator(".deposit-trial input").nth(2).fill("!")
    page.wait_for_timeout(700)
    assert width(page) <= 390
    assert page.locator(".deposit :is(button, input, summary)").evaluate_all(SMALL) == []
    expect(page.locator(".deposit-choose label")).to_be_visible()
    found = axe(page)
    assert [each for each in found if any(".deposit" in str(node) for node in each[1])] == []
