"""Colours: one Python file holds them all, and what the style sheets repeat is the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from simlib.figures import style
from simlib.resources import PACKAGE

STYLE = PACKAGE / "figures" / "style.py"
COLOR = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl)a?\(", re.IGNORECASE)
SHEET = (PACKAGE / "widgets" / "static" / "lab.css").read_text("utf-8")


def colors_in(source: str) -> list[str]:
    """Every string of a Python source that has a colour in it or is given as one."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and COLOR.search(str(node.value)):
            found.append(str(node.value))
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                given = isinstance(key, ast.Constant) and str(key.value).endswith("color")
                if given and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found.append(value.value)
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.name)
def test_only_style_holds_colours(path: Path) -> None:
    """No Python file but figures/style.py has a colour in a string."""
    assert path == STYLE or colors_in(path.read_text("utf-8")) == []


def test_colours_are_recognised():
    """Hexadecimal colours, functions and names given as a colour; no anchors, no other words."""
    for text in ("'#1b5e91'", "'#fff'", "f'rgba({r},0,0,1)'", "'border: 1px solid #ccc'"):
        assert colors_in(f"a = {text}"), text
    assert colors_in("line = {'fillcolor': 'white', 'width': 2}") == ["white"]
    assert colors_in("b = '#', '#12', 'section #2', 'brown', '#abcdefg', {'color': INK}") == []


@pytest.mark.parametrize("basis", sorted(style.BASIS))
def test_sheet_colours_authorities_as_charts_do(basis):
    """Where the map's style sheet colours a kind of authority, it is the charts' colour."""
    kind = basis if " " not in basis else f'"{basis}"'
    rule = re.search(rf"\.simlib-map \.simlib-ask\[data-kind={kind}\] {{ border-left-color: (\S+);",
                     SHEET)  # fmt: skip
    if rule is None:
        assert basis in ("judicial interpretation", "foreign law")  # the map has none of these
    else:
        assert rule[1] == style.BASIS[basis]


def test_sheet_has_the_charts_own_colours():
    """The variables of the labs' style sheet are the colours of the charts."""
    sheet = dict(re.findall(r"--(\w+): (#\w+);", SHEET))
    shared = {"ink": style.INK, "soft": style.SOFT, "blue": style.BLUE}
    assert {name: sheet[name] for name in shared} == shared
