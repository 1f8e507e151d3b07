"""A teacher's page from Markdown to HTML: links to lessons, scenes, tables for wide and narrow."""

from __future__ import annotations

import re
from itertools import count

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from simlib.resources import table

PAGE = r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}"
LESSON_LINK = re.compile(rf'href="\.\./({PAGE}\.ipynb)(?:#scene-([a-z_]+))?"')
NOTE_LINK = re.compile(rf'href="({PAGE})\.ipynb"')  # another teacher's page
# A paragraph that is nothing but the link to a scene: the button that shows it to the class.
SCENE_BUTTON = re.compile(r'<p><a (href="[^"#]*#scene-[a-z_]+")>([^<]*)</a></p>')
SCENE = re.compile(r"(?=<h3)")
TABLE = re.compile(r"<table>(.*?)</table>", re.S)
ROW = re.compile(r"<tr>.*?</tr>", re.S)
HEAD = re.compile(r"<th[^>]*>(.*?)</th>", re.S)
CELL = re.compile(r"<td([^>]*)>")
# The remark in brackets behind a figure.
REMARK = re.compile(r"( ?[（(][^<（(]*[）)])(?=</td>)")
MANY = 4  # columns from which a table becomes cards on a narrow screen


def render(text: str, lessons: str, lang: str, name: str) -> str:
    """Return a cell of a teacher's page as HTML.

    A link to another teacher's page leads to it, in this language.
    A link to a lesson's `#scene-<id>` opens it at this scene; alone in its paragraph it is a
    button that opens the scene in stage mode. Each heading of the third level begins a section.

    Parameters
    ----------
    lessons
        where a lesson of this language opens; its file's name follows
    name
        the lesson the page belongs to, e.g. `01-case`
    """
    renderer = IPythonRenderer(escape=True, exclude_anchor_links=True)
    html: str = MarkdownWithMath(renderer=renderer).render(text)
    named = table("texts", lang, "teaching.toml")["index"]["table"]
    html = TABLE.sub(lambda found: _table(found[1], named), html)
    html = SCENE_BUTTON.sub(r'<p><a class="home-button is-talk" \1>\2</a></p>', html)
    html = LESSON_LINK.sub(lambda found: _link(found, lessons, lang, name), html)
    html = NOTE_LINK.sub(rf'href="\1?lang={lang}"', html)
    html = re.sub(r'(is-talk" href="[^"]*)', r"\1#talk", html)
    before, *scenes = SCENE.split(html)
    return before + "".join(f'<section class="teacher-scene">{each}</section>' for each in scenes)


def _link(found: re.Match[str], lessons: str, lang: str, name: str) -> str:
    file, scene = found.groups()
    state = f"&amp;s={_scenes(name)[scene]}" if scene else ""
    return f'href="{lessons}{file}?lang={lang}{state}"'


def _scenes(name: str) -> dict[str, str]:
    """Scene → the state that opens a lesson at it, made by the lesson itself."""
    from simlib.widgets.front import scene_links  # a server without such pages loads no widgets

    return scene_links(name.partition("-")[2])


def _table(inner: str, named: str) -> str:
    """Part remarks from figures, name cells by their column; it scrolls by keyboard."""
    heads = HEAD.findall(inner)
    inner = REMARK.sub(r"<small>\1</small>", inner)
    inner = ROW.sub(lambda row: _row(row[0], heads), inner)
    cards = ' class="is-cards"' if len(heads) >= MANY else ""
    box = f'<div class="teacher-table" role="group" tabindex="0" aria-label="{named}">'
    return f"{box}<table{cards}>{inner}</table></div>"


def _row(row: str, heads: list[str]) -> str:
    """Write into each cell what its column is called."""
    at = count()
    return CELL.sub(lambda cell: f'<td{cell[1]} data-label="{heads[next(at)]}">', row)
