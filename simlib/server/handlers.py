"""What answers a request: the home page, a lesson, and a friendly page when there is none."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Awaitable
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode

import tornado.web
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from simlib.server import home
from simlib.server.extension import open_lesson
from simlib.server.kernels import visiting
from simlib.server.template import static_version

SESSION = re.compile(r"[A-Za-z0-9_-]{0,64}")  # how a page's socket names itself to the kernel
MOST_SOCKETS = 8  # of one kernel; a page has one, and a second when the first has broken


def place(root: Path, lang: str, home: str = "", prefix: str = "") -> dict:
    """Settings our handlers read from the application.

    Parameters
    ----------
    root
        Folder with `zh/` and `en/`.
    lang
        Language of a reader who has not chosen one.
    home
        The home page's address below the server's base URL.
    prefix
        The course's folder below the server's root, as lesson addresses need it.
    """
    return {
        "course_root": root, "course_lang": lang, "course_home": home, "course_prefix": prefix,
    }


class Lenient:
    """Mixin for a handler that no query can break: what is not UTF-8 is read as far as can be."""

    def decode_argument(self, value: bytes, name: str | None = None) -> str:
        """A part of the address as text, never a complaint."""
        return value.decode("utf-8", "replace")


class Speaking(Lenient):
    """Mixin for a handler that answers errors with a page in the reader's language."""

    def reader_lang(self) -> str:
        """Language of the request: `?lang=`, else the folder in its path, else the server's."""
        default = self.settings["course_lang"]
        for lang in home.LANGS:
            if f"/{lang}/" in self.request.path:
                default = lang
        return home.language(self.get_query_argument("lang", None), default)

    def write_error(self, status_code: int, **_: object) -> None:
        """The page for what is refused (403), too much (429), missing (4xx) or our mistake."""
        kinds = {403: "refused", 429: "busy"}
        kind = kinds.get(status_code, "missing" if status_code < 500 else "error")
        base = self.settings["base_url"]
        place = {"home": base + self.settings["course_home"], "base": base}
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(
            home.page(
                "message.html", self.reader_lang(), kind=kind, version=static_version(), **place
            )
        )


class HomeHandler(Speaking, JupyterHandler):
    """`/`: the lessons that open."""

    @tornado.web.authenticated
    def get(self) -> None:
        """List the lessons in the reader's language."""
        lang, base = self.reader_lang(), self.settings["base_url"]
        found = home.lessons(self.settings["course_root"], lang)
        place = {"home": base + self.settings["course_home"], "base": base}
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(
            home.page(
                "home.html", lang, lessons=found, prefix=self.settings["course_prefix"],
                version=static_version(), **place,
            )
        )


class LessonHandler(Speaking, TornadoVoilaHandler):
    """`/voila/render/<lang>/<file>.ipynb`: one lesson with a kernel of its own."""

    _entering: asyncio.Future[None] | None = None

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Open the lesson, or its twin if `?lang=` asks for the other language."""
        path = path or ""
        if not home.LESSON_PATH.fullmatch(path) or not self._opens(path):
            raise tornado.web.HTTPError(404)
        here, _, name = path.partition("/")
        asked = home.language(self.get_query_argument("lang", None), here)
        if asked != here and self._opens(f"{asked}/{name}"):
            self.redirect(f"../{asked}/{name}{self._query_without_lang()}")
            return
        open_lesson(self)
        if not self.settings["openings"].allows(self.request.remote_ip):
            raise tornado.web.HTTPError(429)
        visit = self.settings["doorway"].visit(self.request.remote_ip)
        visiting.set(visit)
        self._entering = asyncio.ensure_future(visit.enter())
        try:
            await self._entering
            await super().get(path)
        except asyncio.CancelledError as left:
            raise tornado.web.Finish from left
        finally:
            self.kernel_manager.await_page(visit)

    def on_connection_close(self) -> None:
        """A visitor who leaves while he waits gives up his turn."""
        if self._entering is not None:
            self._entering.cancel()

    def _opens(self, path: str) -> bool:
        return Path(self.settings["course_root"], path).is_file()

    def _query_without_lang(self) -> str:
        """This request's query for the twin: everything but `lang`."""
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
        self.kernel_manager.hear_of(kernel_id)
        await super().get(kernel_id)


class KernelSocketHandler(Speaking, VoilaKernelWebsocketHandler):
    """`/api/kernels/<id>/channels`: a page's socket, few of them to a kernel, heard in turn."""

    connection = None
    _sockets: ClassVar[defaultdict[str, set]] = defaultdict(set)  # open, by kernel

    async def pre_get(self) -> None:
        """Refuse a name that the kernel's sockets could not bear, or one socket too many."""
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
        """Hear a frame; the next is read when this one lets it."""
        return self.connection.handle_incoming_message(ws_message)

    def on_close(self) -> None:
        """The socket counts no more, if it ever opened."""
        self._sockets[self.kernel_id].discard(self)
        if not self._sockets[self.kernel_id]:
            del self._sockets[self.kernel_id]
        if self.connection is not None:
            super().on_close()


class NotFoundHandler(Speaking, JupyterHandler):
    """Every other address."""

    def prepare(self) -> None:
        """Answer 404 before anything is looked up; who goes on guessing gets no page for it."""
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
        return super().parse_url_path(url_path)


class TreeHandler(tornado.web.RequestHandler):
    """Voilà's own list of files, replaced by the home page."""

    def get(self, path: str = "") -> None:
        """Send the reader home, whatever `path` was asked for."""
        self.redirect(self.settings["base_url"])


def dress(handler: type[tornado.web.RequestHandler]) -> type[tornado.web.RequestHandler]:
    """Voilà's handler as the course serves it."""
    ours = {
        TornadoVoilaHandler: LessonHandler,
        KernelHandler: PageKernelHandler,
        VoilaKernelWebsocketHandler: KernelSocketHandler,
        TemplateStaticFileHandler: TemplateFileHandler,
    }
    found = ours.get(handler, handler)
    if issubclass(found, Lenient):
        return found
    return type(found.__name__, (Lenient if issubclass(found, APIHandler) else Speaking, found), {})
