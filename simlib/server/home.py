"""The lessons that open, read from the notebooks themselves, and the page that lists them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from simlib.resources import PACKAGE, table

LANGS = ("zh", "en")
LESSON_PATH = re.compile(r"(?:zh|en)/[A-Za-z0-9][A-Za-z0-9_-]*\.ipynb")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One notebook as the home page shows it; `path` is relative to the course folder.

    A `tool` is no lesson of the course: it stands by itself, without a number.
    """

    path: str
    no: str
    title: str
    question: str
    tool: bool = False


def lessons(root: Path, lang: str) -> tuple[Lesson, ...]:
    """List the lessons of one language in file order; skip files that are not notebooks."""
    lessons = (read_lesson(path, lang) for path in sorted((root / lang).glob("*.ipynb")))
    return tuple(lesson for lesson in lessons if lesson is not None)


def read_lesson(path: Path, lang: str) -> Lesson | None:
    """Read a notebook's title, question and number; None if it is not a lesson."""
    try:
        notebook = json.loads(path.read_text("utf-8"))
        meta, cells = notebook["metadata"], notebook["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    where = f"{lang}/{path.name}"
    if not LESSON_PATH.fullmatch(where) or not isinstance(cells, list):
        return None
    name, _, _ = path.stem.partition("-")
    no = str(meta.get("no", name))
    return Lesson(
        path=where,
        no=no,
        title=str(meta.get("title", path.stem)).removeprefix(no).strip(),
        question=str(meta.get("question", "")),
        tool=meta.get("tool") is True,
    )


def language(wanted: str | None, default: str = "zh") -> str:
    """Return the wanted language if there is one, else `default`."""
    return wanted if wanted in LANGS else default


def page(name: str, lang: str, **values: object) -> str:
    """Render one of the server's own pages (`home.html`, `message.html`)."""
    return _pages().get_template(name).render(lang=lang, say=table(*words_of(lang)), **values)


def words_of(lang: str) -> tuple[str, str, str]:
    """Return where the server's words in one language lie."""
    return ("texts", lang, "server.toml")


@cache
def _pages() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(PACKAGE / "server" / "pages")
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
