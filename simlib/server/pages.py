"""What needs no kernel: the list of lessons, what a lesson's page opens with, our own pages."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from simlib.resources import LANGS, PACKAGE, Table, table

if TYPE_CHECKING:
    from jupyter_server.base.handlers import JupyterHandler

LESSON_PATH = re.compile(rf"(?:{'|'.join(LANGS)})/[A-Za-z0-9][A-Za-z0-9_-]*\.ipynb")
# The lessons by the question that they answer, in the order of the home page.
GROUPS = {
    "who": ("00", "01", "02", "03", "04", "05"),
    "money": ("06",),
    "court": ("07", "08", "09", "10"),
    "own": ("11", "12"),
}
WEIGHT = re.compile(r";\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*$")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One notebook as the home page shows it; `path` is relative to the course folder.

    A `tool` is no lesson of the course: it stands by itself, without a number. `minutes` is 0
    where the notebook does not say.
    """

    path: str
    no: str
    title: str
    question: str
    tool: bool = False
    minutes: int = 0

    @property
    def name(self) -> str:
        """Return the file's name without its ending, under which a browser keeps progress."""
        return Path(self.path).stem

    @property
    def group(self) -> str:
        """Return the key in `GROUPS` under which it stands; the first, if it is in none."""
        first, *_ = GROUPS
        return next((key for key, numbers in GROUPS.items() if self.no in numbers), first)


def lessons(root: Path, lang: str) -> tuple[Lesson, ...]:
    """List the lessons of one language in file order; skip files that are not notebooks."""
    lessons = (read_lesson(path, lang) for path in sorted((root / lang).glob("*.ipynb")))
    return tuple(lesson for lesson in lessons if lesson is not None)


def read_lesson(path: Path, lang: str) -> Lesson | None:
    """Read a notebook's title, question and number; None if it is not a lesson."""
    notebook = read_notebook(path)
    where = f"{lang}/{path.name}"
    if notebook is None or not LESSON_PATH.fullmatch(where):
        return None
    meta = notebook["metadata"]
    name, _, _ = path.stem.partition("-")
    no = str(meta.get("no", name))
    minutes = meta.get("minutes")
    return Lesson(
        path=where,
        no=no,
        title=str(meta.get("title", path.stem)).removeprefix(no).strip(),
        question=str(meta.get("question", "")),
        tool=meta.get("tool") is True,
        minutes=minutes if isinstance(minutes, int) else 0,
    )


def taught(root: Path, lang: str) -> tuple[str, str]:
    """Return the numbers of the first and the last lesson that has a teacher's page."""
    found = sorted(
        path.stem.partition("-")[0] for path in (root / lang / "teacher").glob("*.ipynb")
    )
    return (found[0], found[-1]) if found else ("", "")


def read_notebook(path: Path) -> Table | None:
    """Read a notebook's JSON; None if the file has none, or not a notebook's."""
    try:
        notebook = json.loads(path.read_text("utf-8"))
        whole = isinstance(notebook["metadata"], dict) and isinstance(notebook["cells"], list)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return notebook if whole else None


def language(wanted: str | None, default: str = "zh") -> str:
    """Return the wanted language if there is one, else `default`."""
    return wanted if wanted in LANGS else default


def preferred(accepted: str) -> str:
    """Return the course's language a browser likes best: what `Accept-Language` says.

    Examples
    --------
    >>> preferred("fr, en-GB;q=0.8, zh-CN;q=0.5"), preferred("zh-TW,en;q=0.9"), preferred("fr")
    ('en', 'zh', 'zh')
    """
    liked: dict[str, float] = {}
    for part in accepted.split(",")[:20]:
        found = WEIGHT.search(part)
        lang = part.partition(";")[0].strip().lower().partition("-")[0]
        weight = float(found[1]) if found else 1.0
        if lang in LANGS and weight:
            liked.setdefault(lang, weight)
    return max(liked, key=lambda lang: liked[lang], default="zh")


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


def put_in_opening(handler: JupyterHandler, notebook: Any, **_: object) -> None:
    """Give the template picture and bet of a lesson of the new frame, as `nb.metadata.front`.

    Voilà's hook on `simlib serve`; on a Jupyter server `open_lesson` calls it.

    `restoring` among them: whether the address brings a state that only the kernel can read; and
    `scene`: which of the lesson's scenes it is, if it is a teacher's link; 0: it is none.
    """
    metadata = notebook.metadata
    if metadata.get("stage") is True:
        made = _made(metadata["topic"], language(metadata.get("lang")))
        link = handler.get_query_argument("s", "")
        scene = _scene(metadata["topic"], link) if link else 0
        metadata["front"] = {**made, "restoring": bool(link), "scene": scene}


def speaks_of_own(link: str) -> bool:
    """Whether a link of before carries a reader's own case, which now stands in the fragment."""
    from simlib.widgets import state  # as below

    return state.speaks_of_own(link)


def warm_openings(root: Path) -> None:
    """Make every front of the course beside the server's work: the first visitor need not wait."""
    threading.Thread(target=_make_all, args=(root,), daemon=True).start()


def _make_all(root: Path) -> None:
    for path in sorted(root.glob("*/*.ipynb")):
        if not LESSON_PATH.fullmatch(f"{path.parent.name}/{path.name}"):
            continue
        metadata = json.loads(path.read_text("utf-8"))["metadata"]
        if metadata.get("stage") is True:
            _made(metadata["topic"], path.parent.name)


def _scene(topic: str, link: str) -> int:
    from simlib.widgets.prerendered_opening import scene_links

    links = list(scene_links(topic).values())
    return links.index(link) + 1 if link in links else 0


def _made(topic: str, lang: str) -> dict[str, str]:
    from simlib.widgets.prerendered_opening import (
        front,  # a server whose lessons need none loads no widgets
    )

    return front(topic, lang)
