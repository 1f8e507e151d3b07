"""Command lines no one means: every one ends with a plain message and 1 or 2, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from simlib.cli import main
from simlib.errors import LONGEST, SimlibError
from simlib.resources import shelf
from simlib.text import message

LONG = "x" * 5_000
VALUES = (
    LONG, f"A.fault={LONG}", f"a.b={LONG}", "A.fault=" + "9" * 5_000, "A.assets_fen=" + "9" * 4_000,
    "A.fault=" + "[" * 5_000, "A." * 2_000 + "=1", "A.fault=\udcff", "\udcff=1", "A.fault=1e999",
    "A.fault=nan", "a\u202eb=1", "", "=", "A.fault=1\nb=2", "A.name='\\u0000'",
)  # fmt: skip
PATHS = (LONG, "a/" * 3_000, "\udcff.toml", "fifo", "folder", "loop", "/dev/zero", "big", "bytes",
         "missing/case.toml")  # fmt: skip


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Run one command in a folder of odd files: its code and what it says."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("fifo")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "bytes").write_bytes(bytes(range(256)) * 4)
    with open("big", "wb") as file:
        file.truncate(1_000_000_000)
    (tmp_path / "a.csv").write_text("日期,金额,对方账号\n2022-10-05,-1,7\n", encoding="utf-8")
    (tmp_path / "case.toml").write_bytes((shelf("cases") / "fix-1" / "case.toml").read_bytes())

    def run(*words: str) -> tuple[int, str]:
        code = main(list(words))
        out, err = capsys.readouterr()
        return code, err or out

    return run


@pytest.mark.slow
@pytest.mark.parametrize("value", VALUES, ids=lambda value: ascii(value)[:24])
def test_absurd_values(said, value):
    """Facts, modes, rules, regimes, positions, counts, languages: refused, and shown cut short."""
    for words in (
        ("decide", "fix-1", "--set", value), ("decide", "fix-1", "--mode", value),
        ("decide", "fix-1", "--rule", value), ("decide", "fix-1", "--regime", value or "x"),
        ("decide", "fix-1", "--position", value or "x"),
        ("compare", "fix-1", "--modes", value or "x"),
        ("trace", "fix-1", "--method", value), ("trace", "fix-1", "--from", value),
        ("victims", "fix-1", "--give-back", value), ("exercises", value),
        ("exercises", "case", "--seed", value), ("generate", "--size", value),
        ("generate", "--size", "20", "--setting", value), ("serve", "--port", value),
        ("import", "a.csv", "--own", value), ("import", "a.csv", "--out", "o", "--role", value),
        ("deposit", "case.toml", "--out", "r.json", "--at", value),
        ("cases", "--lang", value), (value,),
    ):  # fmt: skip
        code, text = said(*words)
        assert code in (1, 2), words
        assert 0 < len(text) < 1_500, words


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS, ids=lambda path: ascii(path)[:24])
def test_absurd_paths(said, path):
    """As a case, a statement, a mapping, a key or a folder: nothing is waited for or read whole."""
    for words in (
        ("check", path), ("decide", path), ("trace", path), ("import", path),
        ("import", "a.csv", "--into", path), ("import", "a.csv", "--mapping", path),
        ("verify", path, "a.csv"),
    ):  # fmt: skip
        code, text = said(*words)
        assert code == 1, words
        assert 0 < len(text) < 1_500, words
    for words in (
        ("import", "a.csv", "--key", path, "--out", "o"), ("import", "a.csv", "--out", path),
        ("import", "a.csv", "--save-mapping", path), ("generate", "--size", "20", "--out", path),
        ("deposit", "a.csv", "--out", path), ("deposit", path, "--out", "r.json"),
    ):  # fmt: skip
        code, text = said(*words)
        assert code in (0, 1, 2), words  # some of these are places to write to
        assert len(text) < 3_000, words


def test_five_thousand_letters_as_bytes(tmp_path):
    """In a process of its own, with bytes that are no text: a message and no traceback."""
    command = [sys.executable, "-m", "simlib", "decide", b"\xff\xfe" + LONG.encode()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert 0 < len(done.stderr) < 1_500


def test_messages_show_long_and_hidden_values_legibly():
    """Cut short, with a mark for what has no shape: in both languages and as text."""
    error = SimlibError("bad-rule", rule=f"a\u202e\0{LONG}")
    for text in (str(error), message(error), message(error, "en")):
        assert "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}xxx" in text
        assert len(text) < LONGEST + 100
