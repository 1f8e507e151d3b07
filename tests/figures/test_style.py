"""Colours: one Python file holds them all, and what the style sheets repeat is the same."""

from __future__ import annotations

import ast
import re

import pytest

from simlib.figures import style
from simlib.resources import PACKAGE

STYLE = PACKAGE / "figures" / "style.py"
COLOR = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl)a?\(", re.IGNORECASE)
STATIC = PACKAGE / "widgets" / "static"
SHEET = (STATIC / "lab.css").read_text("utf-8")


def colors_in(source: str) -> list[str]:
    """Every string of a Python source that has a colour in it or is given as one."""
    if not (COLOR.search(source) or "color" in source):
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and COLOR.search(str(node.value)):
            found.append(str(node.value))
        pairs = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
        for key, value in pairs:
            if isinstance(key, ast.Constant) and str(key.value).endswith("color"):
                found += texts_in(value)
    return found


def texts_in(value: ast.expr) -> list[str]:
    """The texts that a value is, or that stand in its list."""
    one = [value.elt] if isinstance(value, ast.ListComp) else getattr(value, "elts", [value])
    return [each.value for each in one
            if isinstance(each, ast.Constant) and isinstance(each.value, str)]  # fmt: skip


def test_only_style_holds_colours():
    """No Python file but figures/style.py has a colour in a string."""
    files = {*PACKAGE.rglob("*.py")} - {STYLE}
    found = {path: colors_in(path.read_text("utf-8")) for path in files}
    assert {str(path): colors for path, colors in found.items() if colors} == {}


def test_colours_are_recognised():
    """Hexadecimal colours, functions and names given as a colour; no anchors, no other words."""
    for text in ("'#1b5e91'", "'#fff'", "f'rgba({r},0,0,1)'", "'border: 1px solid #ccc'"):
        assert colors_in(f"a = {text}"), text
    assert colors_in("line = {'fillcolor': 'white', 'width': 2}") == ["white"]
    assert colors_in("m = {'color': ['red' for r in rows]}, {'color': ['tan', INK]}") == [
        "red", "tan",
    ]  # fmt: skip
    assert colors_in("b = '#', '#12', 'section #2', 'brown', '#abcdefg', {'color': INK}") == []


# What tokens.css calls the colours that charts have too.
TOKENS = {
    "ink": style.INK,
    "wash": style.WASH,
    "victim": style.ROLES["victim"],
    "law": style.BASIS["law in force"],
    "minutes": style.BASIS["conference minutes"],
    "doctrine": style.BASIS["doctrine"],
    "reform": style.BASIS["reform proposal"],
    "teach": style.BASIS["teaching assumption"],
    "ruling": style.RULING,
    "answer": style.ANSWER,
}


@pytest.mark.parametrize("name", TOKENS)
def test_a_token_has_the_charts_colour(name):
    """What the style sheets colour by a role or an authority has its colour in charts."""
    assert f"  --{name}: {TOKENS[name]};\n" in STATIC.joinpath("tokens.css").read_text("utf-8")


def test_the_map_colours_authorities():
    """Each kind of authority on lesson 00's map has its token, or is not on the map."""
    found = re.findall(r"\.simlib-ask\[data-kind=\"?([^\]\"]+)\"?\] .*var\(--(\w+)\)", SHEET)
    assert {kind: TOKENS[token] for kind, token in found} == {
        basis: color for basis, color in style.BASIS.items()
        if basis not in ("judicial interpretation", "foreign law")  # the map has none of these
    }  # fmt: skip


def test_sheet_has_the_charts_own_colours():
    """The variables of the labs' style sheet are the colours of the charts."""
    sheet = dict(re.findall(r"--(\w+): (#\w+);", SHEET))
    shared = {"ink": style.INK, "soft": style.SOFT, "blue": style.BLUE}
    assert {name: sheet[name] for name in shared} == shared


@pytest.mark.parametrize(
    "palette",
    [
        {**style.BASIS, "ruling": style.RULING, "practice": style.PRACTICE, "claim": style.CLAIM},
        style.ROLES,
    ],
    ids=["basis", "roles"],
)
def test_no_two_kinds_share_a_colour(palette):
    """A colour that stands for two kinds tells neither."""
    assert len(set(palette.values())) == len(palette)


def luminance(color: str) -> float:
    """How light a hexadecimal colour is, from 0 to 1, as WCAG 2 defines it."""
    srgb = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in srgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_ring_of_the_focus_is_nobodys_colour_and_seen_on_every_ground():
    """Of its own, on all pages one, and 3:1 at least (WCAG 1.4.11).

    By hand: #1f4e8c has luminance 0.0763, so white gives 1.05 / 0.1263 = 8.3; the darkest ground,
    --victim-wash #e0f0f3, has 0.8464 and gives 0.896 / 0.1263 = 7.1.
    """
    sheet = STATIC.joinpath("tokens.css").read_text("utf-8")
    tokens = dict(re.findall(r"--([\w-]+): (#\w{6});", sheet))
    course = PACKAGE / "server" / "template" / "static" / "course.css"
    assert f"--course-ring: {tokens['focus']};" in course.read_text("utf-8")
    assert tokens["focus"] not in {*style.BASIS.values(), *style.ROLES.values(), style.ANSWER}
    grounds = [name for name in tokens if name in ("paper", "wash", "track") or "-wash" in name]
    assert len(grounds) == 7
    for ground in grounds:
        light = (luminance(tokens[ground]) + 0.05) / (luminance(tokens["focus"]) + 0.05)
        assert light >= 3, ground


# What a style sheet may say of a size: one of tokens.css, as it is around, or points for a printer.
SIZED = re.compile(r"var\(--(fine|small|text|lead|head|part|title)\)|inherit|[\d.]+pt")


def sizes_in(source: str) -> list[str]:
    """What a sheet of styles says of sizes of type, without `!important`."""
    said = re.findall(r"font-size:\s*([^;}\"]+)", source)
    said += re.findall(r"font:\s*([^;}\"/]+)[/;}]", source)
    return [each.replace("!important", "").strip() for each in said]


def test_sizes_of_type_are_those_of_the_tokens():
    """Sheets and drawings name one of seven sizes; stage mode, large as its wall, has its own."""
    sheets = {*PACKAGE.rglob("*.css")} - {STATIC / "stage-mode.css"}
    files = {*sheets, *(PACKAGE / "lessons").rglob("*.py")}
    said = {path.name: sizes_in(path.read_text("utf-8")) for path in files}
    wall = {"pictures.py": ["1.02em"]}  # `.is-talk`
    wrong = {
        name: [
            each for each in all_ if not SIZED.fullmatch(each) and each not in wall.get(name, [])
        ]
        for name, all_ in said.items()
    }
    assert {name: all_ for name, all_ in wrong.items() if all_} == {}
    assert sum(map(len, said.values())) > 150
    assert style.LETTER_PX == 13
    assert "--fine: 13px" in (STATIC / "tokens.css").read_text("utf-8")
