"""The trial and the reader's own files: what Python sends, and that it hears nothing."""

from __future__ import annotations

import json

import pytest
from telling import tell

from simlib.cli import main
from simlib.text import LANGS
from simlib.widgets import deposit_lab


@pytest.mark.parametrize("lang", LANGS)
def test_the_words_are_those_of_the_language(lang):
    """Four lines of chat to change; the promise about files."""
    view = deposit_lab(lang)
    assert len(view.words["lines"]) == 4
    assert {"zh": "不发送一个字节", "en": "not one byte is sent"}[lang] in view.words["own"][
        "promise"
    ]
    assert view.lang == lang


def test_a_receipt_of_the_page_says_what_one_of_the_command_says(tmp_path, monkeypatch, capsys):
    """Schema, whose clock, and what it does not show, in both languages."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("a", "utf-8")
    assert main(["deposit", "a.txt", "--out", "r.json"]) == 0
    capsys.readouterr()
    written = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert deposit_lab().receipt == {key: written[key] for key in ("schema", "time_from", "notice")}


@pytest.mark.parametrize("content", [None, {}, {"file": "secret"}, {"asked": {"x": [1, 2]}}])
def test_the_page_is_not_heard(content):
    """Nothing that a page says changes anything or is answered."""
    view = deposit_lab()
    before, sent = view.get_state(), []
    view.send = sent.append
    tell(view, content)
    assert (view.get_state(), sent) == (before, [])
    assert not view.traits(page=True)


def test_another_language_is_an_error():
    """There are two."""
    with pytest.raises(KeyError):
        deposit_lab("de")
