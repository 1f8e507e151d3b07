"""What answers a request: the home page, a lesson, and a friendly page when there is none."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections import defaultdict
from collections.abc import Awaitable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeAlias
from urllib.parse import urlencode

import tornado.web
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from markupsafe import Markup
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from simlib.figures.opening import draw_course
from simlib.resources import LANGS
from simlib.server import pages, rate_limit
from simlib.server.extension import open_lesson
from simlib.server.kernel_manager import CourseKernels, visiting
from simlib.server.waiting_room import DEVICE, TICKET, Visit, WaitingRoom

SESSION = re.compile(r"[A-Za-z0-9_-]{0,64}")  # how a page's socket names itself to the kernel
MOST_SOCKETS = 8  # of one kernel; a page has one, and a second when the first has broken


def place(root: Path, lang: str | None, home: str = "", prefix: str = "") -> dict[str, object]:
    """Return the settings our handlers read from the application.

    Parameters
    ----------
    root
        Folder with `zh/` and `en/`.
    lang
        Language of a reader who has not chosen one; None: what his browser prefers.
    home
        The home page's address below the server's base URL.
    prefix
        The course's folder below the server's root, as lesson addresses need it.
    """
    return {
        "course_root": root,
        "course_lang": lang,
        "course_home": home,
        "course_prefix": prefix,
        "sheets": rate_limit.Rates(*rate_limit.SHEETS),
    }


if TYPE_CHECKING:
    from simlib.server.connection import CourseConnection

    Handler: TypeAlias = tornado.web.RequestHandler
else:
    Handler = object  # the mixins stand before a handler of Jupyter's or of Voilà's


async def _done(answer: Awaitable[None] | None) -> None:
    """Wait for a handler's answer, if there is anything to wait for."""
    if answer is not None:
        await answer


class Lenient(Handler):
    """Mixin for a handler that no query can break: what is not UTF-8 is read as far as can be."""

    def decode_argument(self, value: bytes, name: str | None = None) -> str:
        """Decode a part of the address, replacing what is not UTF-8."""
        return value.decode("utf-8", "replace")


class Speaking(Lenient):
    """Mixin for a handler that answers errors with a page in the reader's language."""

    kinds: ClassVar[dict[int, str]] = {403: "refused", 429: "busy", 503: "busy"}
    bounds: ClassVar[dict[str, int]] = {}  # numbers that the page of an error names

    def reader_lang(self) -> str:
        """Return the request's language: `?lang=`, its path's, the server's, the browser's."""
        accepted = self.request.headers.get("Accept-Language", "")
        default = self.settings["course_lang"] or pages.preferred(accepted)
        for lang in LANGS:
            if f"/{lang}/" in self.request.path:
                default = lang
        return pages.language(self.get_query_argument("lang", None), default)

    def write_error(self, status_code: int, **_: object) -> None:
        """Answer with the page for refused (403), busy (429, 503), missing (4xx) or our mistake."""
        kind = self.kinds.get(status_code, "missing" if status_code < 500 else "error")
        self.show("message.html", kind=kind, bounds=self.bounds)

    def show(self, name: str, **values: object) -> None:
        """Answer with one of the server's own pages, in the reader's language."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Vary", "Accept-Language")
        self.finish(pages.page(name, self.reader_lang(), **values, **self.addresses()))

    def addresses(self) -> dict[str, str]:
        """Return the addresses of the server, the home page and their static files."""
        base = self.settings["base_url"]
        return {
            "base": base,
            "home": base + self.settings["course_home"],
            "files": base + self.settings["course_kept"],
            "prefix": self.settings["course_prefix"],
        }


class HomeHandler(Speaking, JupyterHandler):
    """`/`: the lessons that open."""

    SUPPORTED_METHODS = ("GET",)

    @tornado.web.authenticated
    def get(self) -> None:
        """List the lessons in the reader's language: the numbered ones first, in their order."""
        lang = self.reader_lang()
        lessons = pages.lessons(self.settings["course_root"], lang)
        groups = {key: [each for each in lessons if each.group == key] for key in pages.GROUPS}
        tool = next((lesson for lesson in lessons if lesson.tool), None)
        taught = pages.taught(self.settings["course_root"], lang)
        self.show("home.html", groups=groups, first=next(iter(lessons), None), tool=tool,
                  picture=Markup(draw_course(lang)), taught=taught)  # fmt: skip


class LessonHandler(Speaking, TornadoVoilaHandler):
    """`/voila/render/<lang>/<file>.ipynb`: one lesson with a kernel of its own."""

    _visit: Visit | None = None
    _entering: asyncio.Future[bool] | None = None

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Open the lesson, or its twin if `?lang=` asks for the other language."""
        path = path or ""
        if not pages.LESSON_PATH.fullmatch(path) or not self._opens(path):
            raise tornado.web.HTTPError(404)
        open_lesson(self)  # before anything is sent on: a case of one's own goes no further
        here, _, name = path.partition("/")
        wanted = pages.language(self.get_query_argument("lang", None), here)
        if wanted != here and self._opens(f"{wanted}/{name}"):
            self.redirect(f"../{wanted}/{name}{self._query_without_lang()}")
            return
        visit = await self._enters()
        if visit is not None:
            visiting.set(visit)
            try:
                await _done(super().get(path))
            finally:
                self.kernel_manager.await_page(visit)

    async def _enters(self) -> Visit | None:
        """Wait for the turn; answer with the waiting page, and return None, if it does not come."""
        room: WaitingRoom = self.settings["waiting_room"]
        device = self.get_cookie(DEVICE)
        visit = room.visit(self.get_cookie(TICKET), self.request.remote_ip or "", device)
        if visit is None:
            raise tornado.web.HTTPError(503)
        self._visit = visit
        if not visit.device:
            self._give(DEVICE, secrets.token_urlsafe(16))
        self._entering = asyncio.ensure_future(room.enter(visit))
        try:
            if await self._entering:
                return visit
        except asyncio.CancelledError as left:
            if visit.ticket != self.get_cookie(TICKET):
                room.forget(visit)
            raise tornado.web.Finish from left
        self._give(TICKET, visit.ticket)
        self._show_waiting(room.ahead(visit))
        return None

    def _give(self, cookie: str, value: str) -> None:
        """Give the browser a cookie until it is closed."""
        self.set_cookie(
            cookie, value, httponly=True, samesite="Lax", path=self.settings["base_url"]
        )

    def _show_waiting(self, ahead: int) -> None:
        self.set_status(503)
        self.set_header("Retry-After", "2")
        self.set_header("Cache-Control", "no-store")
        self.show("waiting.html", ahead=ahead)

    def on_connection_close(self) -> None:
        """Give up the turn, or the kernel started for a visitor who has left."""
        if self._visit is not None:
            self._visit.gone = True
        if self._entering is not None:
            self._entering.cancel()

    def _opens(self, path: str) -> bool:
        return Path(self.settings["course_root"], path).is_file()

    def _query_without_lang(self) -> str:
        """Return this request's query without `lang`, for the twin."""
        kept = [
            (key, value.decode("utf-8", "replace"))
            for key, values in self.request.query_arguments.items()
            if key != "lang"
            for value in values
        ]
        return f"?{urlencode(kept)}" if kept else ""


class PageKernelHandler(KernelHandler):
    """`/api/kernels/<id>`: a page that is being opened asks for it, and so says that it comes."""

    @tornado.web.authenticated
    async def get(self, kernel_id: str) -> None:
        """Answer as Jupyter does, and await the page longer."""
        kernels: CourseKernels = self.settings["kernel_manager"]
        kernels.hear_of(kernel_id)
        await _done(super().get(kernel_id))


class TurnHandler(Speaking, JupyterHandler):
    """`/course/turn`: a waiting page asks whether its turn has come."""

    SUPPORTED_METHODS = ("GET",)

    def get(self) -> None:
        """Say how many are before it; `open`: the lesson can be asked for (again)."""
        asks = self.get_cookie(TICKET), self.get_cookie(DEVICE)
        ahead, opens = self.settings["waiting_room"].ask(*asks) or (0, True)
        self.set_header("Cache-Control", "no-store")
        self.finish({"ahead": ahead, "open": opens})


class KernelSocketHandler(Speaking, VoilaKernelWebsocketHandler):
    """`/api/kernels/<id>/channels`: a page's socket, few of them to a kernel, heard in turn."""

    connection: CourseConnection | None = None
    _sockets: ClassVar[defaultdict[str, set[KernelSocketHandler]]] = defaultdict(set)  # by kernel

    async def pre_get(self) -> None:
        """Refuse a session name kernels cannot bear, or one socket too many."""
        if not SESSION.fullmatch(self.get_argument("session_id", "")):
            raise tornado.web.HTTPError(400)
        if len(self._sockets.get(self.kernel_id, ())) >= MOST_SOCKETS:
            raise tornado.web.HTTPError(429)
        await super().pre_get()

    async def open(self, kernel_id: str) -> None:
        """Count the socket, and connect it."""
        self._sockets[kernel_id].add(self)
        await super().open(kernel_id)

    def on_message(self, ws_message: str | bytes) -> Awaitable[None] | None:
        """Handle a frame; the next is read when the result is done."""
        assert self.connection is not None  # it is there before a frame is read
        return self.connection.handle_incoming_message(ws_message)

    def on_close(self) -> None:
        """Stop counting the socket, if it ever opened."""
        self._sockets[self.kernel_id].discard(self)
        if not self._sockets[self.kernel_id]:
            del self._sockets[self.kernel_id]
        if self.connection is not None:
            super().on_close()


class NotFoundHandler(Speaking, JupyterHandler):
    """Every other address."""

    def prepare(self) -> None:  # type: ignore[override]  # nothing to wait for
        """Answer 404 before anything is looked up; 429 without a page to who goes on guessing."""
        if not self.settings["failures"].allows(self.request.remote_ip):
            self.set_status(429)
            self.set_header("Connection", "close")
            raise tornado.web.Finish
        raise tornado.web.HTTPError(404)


class TemplateFileHandler(TemplateStaticFileHandler):
    """A static file of a page template; an address that leads out of it is simply not there."""

    def parse_url_path(self, url_path: str) -> str:
        """Refuse `..` in any spelling before Voilà takes the address apart."""
        parts = url_path.split("/")
        if len(parts) < 3 or parts[1] != "static" or ".." in parts:
            raise tornado.web.HTTPError(404)
        path: str = super().parse_url_path(url_path)
        return path


class TreeHandler(tornado.web.RequestHandler):
    """Voilà's own list of files, replaced by the home page."""

    SUPPORTED_METHODS = ("GET",)

    def get(self, path: str = "") -> None:
        """Send the reader home, whatever `path` was asked for."""
        self.redirect(self.settings["base_url"])


def dress(handler: type[tornado.web.RequestHandler]) -> type[tornado.web.RequestHandler]:
    """Return the handler the course serves in place of Voilà's."""
    ours = {
        TornadoVoilaHandler: LessonHandler,
        KernelHandler: PageKernelHandler,
        VoilaKernelWebsocketHandler: KernelSocketHandler,
        TemplateStaticFileHandler: TemplateFileHandler,
    }
    base = ours.get(handler, handler)
    if issubclass(base, Lenient):
        return base
    return type(base.__name__, (Lenient if issubclass(base, APIHandler) else Speaking, base), {})
