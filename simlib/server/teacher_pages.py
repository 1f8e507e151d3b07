"""What a teacher opens: notes on a lesson, and worksheets to print. None of it needs a kernel."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import ClassVar, NamedTuple, TypeAlias

import tornado.web
from jupyter_server.base.handlers import JupyterHandler
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from simlib.exercise import MOST_SEED, POINTS, names, series, topics
from simlib.resources import table
from simlib.server import pages
from simlib.server.handlers import Speaking
from simlib.server.kernel_manager import is_visit
from simlib.server.routes import Route
from simlib.worksheet import Sheet, Solution, sheet, solution

Paper: TypeAlias = tuple[tuple[Sheet, Solution], ...]  # each exercise with its key
Stamp: TypeAlias = dict[str, tuple[int, int]]  # a notebook's path → when it changed, and its size

PAGE = r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}"
LESSON_LINK = re.compile(rf'href="\.\./({PAGE}\.ipynb)(?:#scene-([a-z_]+))?"')
NOTE_LINK = re.compile(rf'href="({PAGE})\.ipynb"')  # another teacher's page
# A paragraph that is nothing but the link to a scene: the button that shows it to the class.
SCENE_BUTTON = re.compile(r'<p><a (href="[^"#]*#scene-([a-z_]+)")>([^<]*)</a></p>')
# In its place: that button, and below it room for the scene's drawing (teacher.js).
SHEET = (
    r'<p><a class="home-button is-talk" \1>\3</a></p>'
    r'<div class="scene-sheet" data-scene="\2"></div>'
)
SCENE = re.compile(r"(?=<h3)")
TABLE = re.compile(r"<table>(.*?)</table>", re.S)
ROW = re.compile(r"<tr>.*?</tr>", re.S)
HEAD = re.compile(r"<th[^>]*>(.*?)</th>", re.S)
CELL = re.compile(r"<td([^>]*)>")
# The remark in brackets behind a figure.
REMARK = re.compile(r"( ?[（(][^<（(]*[）)])(?=</td>)")
MANY = 4  # columns from which a table becomes cards on a narrow screen
SECOND = re.compile(r"<h2[^>]*>")
HEADING = re.compile(r'<h2 id="(part-[0-9]+)">([^<]*)</h2>')
NUMBER = re.compile(r"[0-9]{1,6}")
MOST_TASKS = 12
USUAL_TASKS = 4  # of a worksheet as the form stands: two sheets of paper
# Suggested for a step: a choice with its reason, an amount with its sum.
MINUTES = {True: 2, False: 3}
WORKSHEET = "worksheet"  # the tag of the cell below which the form stands
TALK = "talk"  # the tag of the cell on stage mode, in which what holds for every lesson comes first


@dataclass(frozen=True, slots=True)
class Note:
    """One teacher's page.

    Attributes
    ----------
    name
        the lesson it belongs to, e.g. `01-case`
    title, question
        as the list of teachers' pages shows them: what its lesson asks
    lead, before, after
        its prose as HTML: its first cell, the rest down to the form that
        prints exercises, and below it
    parts
        its headings of the second level: id and words
    """

    name: str
    title: str
    question: str
    lead: Markup
    before: Markup
    after: Markup
    parts: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A worksheet as asked for: of which topic, from which seed, how many, with the key or not."""

    topic: str
    seed: int
    count: int
    key: bool


class Made(NamedTuple):
    """A page as it is sent: plain, compressed, and what tells it from another."""

    html: bytes
    zipped: bytes
    tag: str


class Pages:
    """Teachers' pages, made one at a time beside the server's loop, kept until a notebook changes.

    Making one takes a processor for 10 to 150 ms, and a lesson's first for up to two seconds more,
    as each of its scenes is reckoned: on the loop, everybody else would wait.
    """

    def __init__(self) -> None:
        self._maker = ThreadPoolExecutor(1, "teachers-pages")
        self._kept: dict[tuple[str, str], tuple[Stamp, Future[Made | None]]] = {}

    def ask(
        self, lang: str, name: str, stamp: Stamp, make: Callable[[], str | None]
    ) -> Future[Made | None]:
        """Return the page of this language and name, still to come if nobody has asked before."""
        held = self._kept.get((lang, name))
        if held is None or held[0] != stamp or (held[1].done() and held[1].exception()):
            held = self._kept[lang, name] = stamp, self._maker.submit(_made, make)
        return held[1]


class Worth(NamedTuple):
    """What a task takes and brings on paper."""

    minutes: int
    points: int


def routes(base: str) -> list[Route]:
    """Return the addresses of teachers' pages and worksheets below a server's base URL."""
    kept = {"pages": Pages()}
    return [
        (f"{base}course/teacher", TeachersHandler, kept),
        (f"{base}course/teacher/({PAGE})", NoteHandler, kept),
        (f"{base}course/worksheet", WorksheetHandler),
    ]


def read_note(root: Path, lang: str, name: str, lessons: str) -> Note | None:
    """Read a teacher's page: a notebook of prose alone; None if there is none.

    Parameters
    ----------
    lessons
        where a lesson of this language opens; its file's name follows
    """
    book = pages.read_notebook(root / lang / "teacher" / f"{name}.ipynb")
    if book is None:
        return None
    tags = [cell["metadata"].get("tags", ()) for cell in book["cells"]]
    texts = ["".join(cell["source"]) for cell in book["cells"]]
    whole = zip(texts, tags, strict=True)
    texts = [_whole(text, lang) if TALK in tag else text for text, tag in whole]
    form = next((n for n, tag in enumerate(tags, 1) if WORKSHEET in tag), len(texts))
    ids = count(1)
    html = [
        SECOND.sub(lambda _: f'<h2 id="part-{next(ids)}">', render_prose(text, lessons, lang, name))
        for text in texts
    ]
    lead, before, after = (
        Markup("\n".join(part)) for part in (html[:1], html[1:form], html[form:])
    )
    meta = book["metadata"]
    lesson = pages.read_lesson(root / lang / f"{name}.ipynb", lang)
    asks = lesson.question if lesson else str(meta["question"])
    parts = tuple((id, Markup(words)) for id, words in HEADING.findall(before + after))
    return Note(name, str(meta["title"]), asks, lead, before, after, parts)


def _whole(text: str, lang: str) -> str:
    """Return how stage mode is used: the heading, what holds for every lesson, then its own."""
    heading, _, own = text.partition("\n\n")
    use: str = table("texts", lang, "teaching.toml")["talk"]["use"]
    return "\n\n".join((heading, use, own))


def notes(root: Path, lang: str) -> list[Note]:
    """List the teachers' pages of one language in file order."""
    found = sorted((root / lang / "teacher").glob("*.ipynb"))
    read = (read_note(root, lang, path.stem, "") for path in found)
    return [note for note in read if note is not None]


def read_wish(lesson: str, seed: str, count: str, key: str) -> Wish | None:
    """Read what an address asks for; None where a part cannot be used."""
    if lesson not in topics() or key not in ("0", "1"):
        return None
    if not NUMBER.fullmatch(seed) or not NUMBER.fullmatch(count):
        return None
    wish = Wish(lesson, int(seed), int(count), key == "1")
    last_seed = wish.seed + (wish.count - 1) // len(names(lesson))
    return wish if 1 <= wish.count <= MOST_TASKS and last_seed <= MOST_SEED else None


@lru_cache(maxsize=64)
def paper(topic: str, seed: int, count: int, lang: str) -> Paper:
    """Draw the exercises of a worksheet, the same for everybody who asks for the same."""
    drawn = series(topic, seed, count)
    return tuple((sheet(one, lang), solution(one, lang)) for one in drawn)


class Teaching(Speaking, JupyterHandler):
    """A page for teachers, with words of its own."""

    SUPPORTED_METHODS = ("GET",)

    def values(self, lang: str) -> dict[str, object]:
        """Return what every such page may speak of: its words, the lessons that have exercises."""
        offered = {
            topic: lesson
            for lesson in pages.lessons(self.settings["course_root"], lang)
            if (topic := lesson.name.partition("-")[2]) in topics()
        }
        words = table("texts", lang, "teaching.toml")
        return {"words": words, "offered": offered, "most": MOST_TASKS}

    def form(self, topic: str, lang: str) -> dict[str, object]:
        """Return what a page with the form needs: at most as many tasks as there are."""
        whole = len(names(topic)) if topic in topics() else USUAL_TASKS
        asked = {"topic": topic, "count": min(whole, USUAL_TASKS), "most_seed": MOST_SEED}
        return {**asked, **self.values(lang)}


class KeptHandler(Teaching):
    """A page that is the same for everybody who opens it in one language."""

    _tag: str | None = None

    def initialize(self, pages: Pages) -> None:
        """Set where the pages are kept."""
        self._pages = pages

    @tornado.web.authenticated
    async def get(self, name: str = "") -> None:
        """Answer with the page in the reader's language; make it if it has not been made."""
        if not is_visit(self.request):
            raise tornado.web.HTTPError(403)
        root, lang = self.settings["course_root"], self.reader_lang()
        stamp = stamp_of(root, lang)
        if name and f"teacher/{name}.ipynb" not in stamp:
            raise tornado.web.HTTPError(404)  # nothing but what there is takes room
        coming = self._pages.ask(lang, name, stamp, partial(self.make, root, lang, name))
        made = await asyncio.shield(asyncio.wrap_future(coming))  # who leaves ends it for nobody
        if made is None:
            raise tornado.web.HTTPError(404)
        self._send(made)

    def make(self, root: Path, lang: str, name: str) -> str | None:
        """Return the page's HTML; None if its notebook is none."""
        raise NotImplementedError

    def compute_etag(self) -> str | None:
        """Return the page's tag, which need not be computed again from its content."""
        return self._tag or super().compute_etag()

    def _send(self, made: Made) -> None:
        self._tag = made.tag
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Vary", "Accept-Language, Accept-Encoding")
        takes = "gzip" in self.request.headers.get("Accept-Encoding", "")
        if takes:
            self.set_header("Content-Encoding", "gzip")
        self.finish(made.zipped if takes else made.html)


class TeachersHandler(KeptHandler):
    """`/course/teacher`: the teachers' pages that there are, and the form for a worksheet."""

    def make(self, root: Path, lang: str, name: str) -> str:
        """List the pages."""
        listed = {"notes": notes(root, lang), "taught": pages.taught(root, lang)}
        form = self.form("case", lang)
        return pages.page("teachers.html", lang, **listed, **form, **self.addresses())


class NoteHandler(KeptHandler):
    """`/course/teacher/<lesson>`: one teacher's page."""

    def make(self, root: Path, lang: str, name: str) -> str | None:
        """Show the page."""
        lessons = f"{self.settings['base_url']}voila/render/{self.settings['course_prefix']}{lang}/"
        note = read_note(root, lang, name, lessons)
        if note is None:
            return None
        topic = name.partition("-")[2]
        form = self.form(topic, lang)
        shown = {"note": note, "sheets": _sheets(topic, lang)}
        return pages.page("teacher.html", lang, **shown, **form, **self.addresses())


class WorksheetHandler(Teaching):
    """`/course/worksheet?lesson=&seed=&count=&key=`: exercises on paper, and the key behind."""

    kinds: ClassVar[dict[int, str]] = {**Speaking.kinds, 400: "sheet"}
    bounds: ClassVar[dict[str, int]] = {"most": MOST_TASKS, "most_seed": MOST_SEED}

    @tornado.web.authenticated
    async def get(self) -> None:
        """Draw the exercises beside the server's loop, and show them."""
        asked = {"lesson": "", "seed": "1", "count": str(USUAL_TASKS), "key": "0"}
        wish = read_wish(*(self.get_query_argument(*pair) for pair in asked.items()))
        if wish is None:
            raise tornado.web.HTTPError(400)
        if not is_visit(self.request):
            raise tornado.web.HTTPError(403)  # another site's page makes nobody's server draw
        if not self.settings["sheets"].allows(self.request.remote_ip):
            raise tornado.web.HTTPError(429)
        lang = self.reader_lang()
        tasks = await asyncio.to_thread(paper, wish.topic, wish.seed, wish.count, lang)
        worth = [worth_of(task) for task, _ in tasks]
        values = {"tasks": tasks, "worth": worth, "seeds": _seeds(tasks), "lettered": lettered}
        self.show("worksheet.html", wish=wish, **values, **self.values(lang))


def stamp_of(root: Path, lang: str) -> Stamp:
    """Return what changes when a notebook does that a teacher's page of this language speaks of."""
    folder = root / lang
    books = (*folder.glob("*.ipynb"), *folder.glob("teacher/*.ipynb"))
    facts = ((path.relative_to(folder).as_posix(), path.stat()) for path in books)
    return {name: (fact.st_mtime_ns, fact.st_size) for name, fact in facts}


def _made(make: Callable[[], str | None]) -> Made | None:
    """Make a page, and compress it."""
    text = make()
    if text is None:
        return None
    html = text.encode()
    return Made(html, gzip.compress(html, mtime=0), f'W/"{hashlib.sha256(html).hexdigest()[:16]}"')


def worth_of(task: Sheet) -> Worth:
    """Return what a task on paper takes and brings: two marks a step, as in the lesson."""
    minutes = sum(MINUTES[bool(step["options"])] for step in task["steps"])
    return Worth(minutes, POINTS[0] * len(task["steps"]))


def lettered(keys: list[str]) -> Iterator[tuple[str, str]]:
    """Pair options with the letters they have on paper."""
    return zip("ABCDEFGH", keys, strict=False)


def _seeds(tasks: Paper) -> tuple[int, int]:
    return tasks[0][0]["seed"], tasks[-1][0]["seed"]


def render_prose(text: str, lessons: str, lang: str, name: str) -> str:
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
    html = TABLE.sub(lambda found: _tabled(found[1], named), html)
    html = SCENE_BUTTON.sub(SHEET, html)
    html = LESSON_LINK.sub(lambda found: _leading(found, lessons, lang, name), html)
    html = NOTE_LINK.sub(rf'href="\1?lang={lang}"', html)
    html = re.sub(r'(is-talk" href="[^"]*)', r"\1#talk", html)
    before, *scenes = SCENE.split(html)
    return before + "".join(f'<section class="teacher-scene">{each}</section>' for each in scenes)


def _leading(found: re.Match[str], lessons: str, lang: str, name: str) -> str:
    file, scene = found.groups()
    state = f"&amp;s={_scenes(name)[scene]}" if scene else ""
    return f'href="{lessons}{file}?lang={lang}{state}"'


def _scenes(name: str) -> dict[str, str]:
    """Scene → the state that opens a lesson at it, made by the lesson itself."""
    from simlib.widgets.prerendered_opening import (
        scene_links,  # a server without such pages loads no widgets
    )

    return scene_links(name.partition("-")[2])


def _sheets(topic: str, lang: str) -> dict[str, dict[str, object]]:
    """Scene → its drawing and its lines."""
    from simlib.widgets.scene_sheets import scene_sheets  # as above

    return scene_sheets(topic, lang)


def _tabled(inner: str, named: str) -> str:
    """Part remarks from figures, name cells by their column; it scrolls by keyboard."""
    heads = HEAD.findall(inner)
    inner = REMARK.sub(r"<small>\1</small>", inner)
    inner = ROW.sub(lambda row: _named_row(row[0], heads), inner)
    cards = ' class="is-cards"' if len(heads) >= MANY else ""
    box = f'<div class="teacher-table" role="group" tabindex="0" aria-label="{named}">'
    return f"{box}<table{cards}>{inner}</table></div>"


def _named_row(row: str, heads: list[str]) -> str:
    """Write into each cell what its column is called."""
    at = count()
    return CELL.sub(lambda cell: f'<td{cell[1]} data-label="{heads[next(at)]}">', row)
