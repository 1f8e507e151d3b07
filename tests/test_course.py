"""Notebooks: documents with a doorway, the same in both languages, and they run."""

import ast
import json
import re

import pytest
from nbclient import NotebookClient
from nbconvert.filters import markdown2html_mistune
from nbformat import read

from simlib.resources import LANGS, shelf

COURSE = shelf("course")
NOTEBOOKS = sorted(COURSE.glob("*/*.ipynb"))
NAMES = [f"{p.parent.name}/{p.name}" for p in NOTEBOOKS]
FORBIDDEN = (
    ast.FunctionDef,
    ast.ClassDef,
    ast.For,
    ast.While,
    ast.If,
    ast.Try,
    ast.With,
    ast.Lambda,
)


def code_cells(path):
    """The code of a notebook, a string a cell."""
    return [c["source"] for c in read(path, 4).cells if c["cell_type"] == "code"]


def headings(path):
    """How many headings each cell of a notebook has."""
    cells = read(path, 4).cells
    return [
        sum(line.startswith("#") for line in c["source"].splitlines())
        for c in cells
        if c["cell_type"] == "markdown"
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_is_a_thin_doorway(path):
    """At most four cells of at most three lines, no logic, imports from simlib only."""
    assert len(code_cells(path)) <= 4
    for source in code_cells(path):
        assert len(source.splitlines()) <= 3
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, FORBIDDEN)
            if isinstance(node, ast.ImportFrom):
                assert node.module.split(".")[0] == "simlib"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_keeps_no_output(path):
    """No outputs, no counts, no widget state: a diff shows words only."""
    book = json.loads(path.read_text("utf-8"))
    assert "widgets" not in book["metadata"]
    for cell in book["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_says_what_it_is(path):
    """Title, question and number for the home page; the notice for the reader."""
    book = read(path, 4)
    assert {"lang", "title", "question", "no"} <= book.metadata.keys()
    text = "".join(c["source"] for c in book.cells)
    assert ("不构成法律意见" if path.parent.name == "zh" else "not legal advice") in text


@pytest.mark.parametrize("lang", LANGS)
def test_lesson_07_offers_lesson_00_again(lang):
    """Its kinds of dismissal were met there: one sentence says why, the link bears its title."""
    again = read(COURSE / lang / "07-procedure.ipynb", 4).metadata["again"]
    assert again["title"] == read(COURSE / lang / again["file"], 4).metadata["title"]
    assert again["file"] == "00-start.ipynb"
    assert again["why"].count({"zh": "。", "en": "."}[lang]) == 1
    for word in {"zh": ("不予受理", "驳回诉讼请求"), "en": ("refused", "dismissed")}[lang]:
        assert word in again["why"]


@pytest.mark.parametrize(
    "path", [p for p in NOTEBOOKS if p.parent.name == "zh"], ids=lambda p: p.name
)
def test_twins_share_their_code(path):
    """zh and en differ in code only by the language they ask for."""
    twin = path.parent.parent / "en" / path.name
    assert [c.replace('"zh"', '"en"') for c in code_cells(path)] == code_cells(twin)


@pytest.mark.parametrize(
    "path", [p for p in NOTEBOOKS if p.parent.name == "zh"], ids=lambda p: p.name
)
def test_twins_have_as_many_headings_in_each_cell(path):
    """A part that was deleted from one language does not stay in the other."""
    twin = path.parent.parent / "en" / path.name
    assert headings(path) == headings(twin)


@pytest.mark.parametrize(
    "path", [*NOTEBOOKS, *shelf("course").glob("*/teacher/*.ipynb")], ids=lambda p: str(p)[-24:]
)
def test_bold_is_printed_bold(path):
    """No star is left: behind a full stop inside them the closing stars close nothing."""
    cells = [c["source"] for c in read(path, 4).cells if c["cell_type"] == "markdown"]
    html = "".join(markdown2html_mistune(source) for source in cells)
    assert re.findall(r".{0,30}\*\*.{0,10}", html) == []


@pytest.mark.night
@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_runs(path):
    """Every cell runs in a fresh kernel, in the notebook's own folder; by day browsers open it."""
    client = NotebookClient(
        read(path, 4), timeout=120, resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
