"""A case whose every free word is markup: shown as it stands in charts, panes, files, pictures."""

import re
import tomllib

import pytest
from marked import EVIL, marked
from telling import MAKERS, looks, opens, tell, write

from simlib.text import MARKS, TAGS
from simlib.widgets import fault_lab, own_lab
from simlib.widgets.controls import Form, Pane
from simlib.widgets.own import draft
from simlib.widgets.plot import PlotView
from simlib.widgets.state import OWN

NAMES = ("fix-1", "hypo-knowledge", "hypo-layers", "2024-lu-0302-5690")
REFUSED = [(fault_lab, "fix-1")]
SHOWN = '&lt;a href="https://x.example"&gt;x&lt;/a&gt;&lt;b&gt;y&lt;/b&gt;&amp;lt;i&amp;gt;'
TAG = re.compile(r"<[^<>]*>")


def strings(value, key=""):
    """Every text in a figure, but for our templates."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if not name.endswith("template"):
                yield from strings(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner, key)


def looked(lab):
    """The lab in each of its views: with an A, each column's number asked, each module shown."""
    tell(lab.view, {"press": "keep"})
    yield
    for row in lab.view.board["rows"][:3]:
        for cell in row["cells"].values():
            tell(lab.view, {"say": cell["say"]})
            yield
    for form in [w for w in dict.fromkeys(lab._doors()) if type(w) is Form]:
        for item in list(form.spec)[:1]:
            for option in item["options"]:
                number = form.asked.get(item["id"], [0])[0] + 1
                write(form, asked={**form.asked, item["id"]: [number, option["value"]]})
                yield


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_no_word_of_a_case_is_markup_anywhere(make):
    """The stage writes words of its board as text; charts write them as plotly.js shows them;
    what is put in as HTML is escaped."""
    drawn, read, told = set(), set(), set()
    for name in NAMES:
        lab = looks(opens(make("zh")))
        tell(lab.view, {"own": "text", "text": marked(name)})
        assert lab.state.case_id == OWN or (make, name) in REFUSED
        for _ in looked(lab):
            view, widgets = lab.view, lab._doors()
            drawn |= {s for w in widgets if isinstance(w, PlotView) for s in strings(w.figure)}
            read |= {view.drawer["html"], view.notice, view.frame["opening"].get("picture", "")}
            read |= {w.html for w in widgets if isinstance(w, Pane)}
            told |= set(strings([view.board, view.drawn, view.reveal, view.frame["case"]]))
            told.add(lab.file("csv")["text"])
    assert {tag for text in drawn for tag in TAG.findall(text)} <= set(TAGS)
    assert not [text for text in drawn if "<b>y" in text or "y</b>" in text]
    assert not [html for html in read if 'x.example">' in html or "<b>y" in html]
    assert any(SHOWN.replace('"', "&quot;") in html for html in read)
    assert any(EVIL in text for text in told)
    assert not [text for text in drawn | read | told if set(MARKS.values()) & set(text)]


@pytest.mark.parametrize("name", NAMES)
def test_the_editor_shows_what_is_written_as_it_stands(name):
    """The board is text, as the page puts it in; reasons are the only HTML that it sends."""
    editor = own_lab()
    worth = editor.worth(draft.to_draft(tomllib.loads(marked(name))))
    assert worth["problems"] == []
    rows = worth["result"]["board"]["rows"]
    assert any(EVIL in row["name"] for row in rows)
    html = editor.result.why(rows[0]["cells"]["burden"]["say"])["html"]
    assert SHOWN.replace('"', "&quot;") in html
    assert "<a" not in html
