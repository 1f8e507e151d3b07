"""The static files of a page: one address for all of them, compressed once, kept for ever.

A page asks for some 110 scripts of Voilà and of the widgets, whose names mostly say nothing of
what is in them. Here the address holds a hash of all files, so that a browser may keep each for
good, and the scripts that every lesson needs (`pack.txt`) are one file, `pack.js`.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import tornado.web
from voila.paths import collect_static_paths
from voila.utils import get_voila_labextensions_path

from simlib.resources import PACKAGE
from simlib.server.routes import READ, Route, Settings
from simlib.server.template import EXTENSIONS, NAME

ADDRESS = "course/kept/"  # below the base URL; then the version, then a file's name
PACK = "pack.js"
PLOTLY = "static/plotly.min.js"
PACK_LIST = PACKAGE / "server" / "pack.txt"
FOR_EVER = "public, max-age=31536000, immutable"
EAGER = b"//# allFunctionsCalledOnLoad\n"  # Chromium then compiles a file beside the page's thread
PACKED_ALREADY = {".woff", ".woff2", ".png", ".jpg", ".gif"}
# What nobody here has a use for, by how a file's name ends: a source map; the pictures of
# JupyterLab's buttons, which are half of its style sheet.
UNUSED = {
    ".js": (re.compile(rb"\n//# sourceMappingURL=data:\S+\s*\Z"), b"\n"),
    ".css": (re.compile(rb"--jp-icon-[\w-]+:\s*url\([^)]*\);"), b""),
}


class Shelf:
    """Files by name, read when they are asked for, each compressed once."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._zipped: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name == PACK or name in self._files

    @cached_property
    def version(self) -> str:
        """Return a hash of all names and contents, and of how the pack is made."""
        digest = hashlib.sha256(Path(__file__).read_bytes() + "\n".join(pack_list()).encode())
        for name, path in sorted(self._files.items()):
            digest.update(name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:16]

    def read(self, name: str) -> bytes:
        """Return a file's content without what nobody here has a use for."""
        if name == PACK:
            return self._pack()
        data = self._files[name].read_bytes()
        if name == PLOTLY:
            data = EAGER + data
        if (end := Path(name).suffix) in UNUSED:
            found, instead = UNUSED[end]
            data = found.sub(instead, data)
        return data

    def zipped(self, name: str) -> bytes:
        """Return the content compressed as well as gzip can."""
        if name not in self._zipped:
            self._zipped[name] = gzip.compress(self.read(name), mtime=0)
        return self._zipped[name]

    def _pack(self) -> bytes:
        """Join the scripts every lesson needs, each in a function that keeps its "use strict".

        Each only lays its modules ready where webpack looks for them before it asks the server. A
        file of another version of Voilà that is not here is left out: webpack asks for it.
        """
        names = [name for name in pack_list() if name in self._files]
        return b"".join(b"(function(){" + self.read(name) + b"\n})();\n" for name in names)


def pack_list() -> list[str]:
    """List the scripts that go into the pack."""
    return PACK_LIST.read_text("utf-8").split()


def gather() -> Shelf:
    """Collect every file a page can ask for: static files of templates and labextensions."""
    files: dict[str, Path] = {}
    for root in reversed(collect_static_paths(["voila", "nbconvert"], NAME)):
        files |= _below(Path(root), "static")
    for root in reversed(get_voila_labextensions_path()):
        for name in EXTENSIONS:
            files |= _below(Path(root, name, "static"), f"labextensions/{name}/static")
    return Shelf(files)


def _below(root: Path, prefix: str) -> dict[str, Path]:
    paths = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {
        f"{prefix}/{path.relative_to(root).as_posix()}": path
        for path in paths
        if not path.name.startswith(".")
    }


def place(settings: Settings) -> Route:
    """Return the route to the files, and record its address in `settings`.

    The largest are compressed meanwhile: half a second each, in which a server answers nobody.
    """
    shelf = gather()
    largest = [name for name in (PACK, PLOTLY) if name in shelf]
    threading.Thread(target=lambda: [*map(shelf.zipped, largest)], daemon=True).start()
    settings["course_kept"] = f"{ADDRESS}{shelf.version}/"
    return (rf"{settings['base_url']}{ADDRESS}(\w+)/(.+)", KeptFileHandler, {"shelf": shelf})


def lead_there(page_config: Settings, base_url: str, settings: Settings, **_: object) -> Settings:
    """Point a page's settings at the kept files, if they are served: Voilà's hook."""
    if "course_kept" in settings:
        folder = base_url + settings["course_kept"]
        page_config["courseFiles"] = folder
        page_config["fullStaticUrl"] = folder + "static"
        page_config["fullLabextensionsUrl"] = folder + "labextensions"
    return page_config


class KeptFileHandler(tornado.web.RequestHandler):
    """`/course/kept/<version>/<name>`; under another version a file is there, but not kept."""

    SUPPORTED_METHODS = READ

    def initialize(self, shelf: Shelf) -> None:
        """Set the shelf of files."""
        self.shelf = shelf

    def set_default_headers(self) -> None:
        """Forbid content sniffing, on a Jupyter server too."""
        self.set_header("X-Content-Type-Options", "nosniff")

    def get(self, version: str, name: str) -> None:
        """Answer with a file, compressed if the browser takes that and it is worth it."""
        if name not in self.shelf:
            raise tornado.web.HTTPError(404)
        kind, _ = mimetypes.guess_type(name)
        kind = "text/javascript" if name.endswith(".js") else kind or "application/octet-stream"
        self.set_header("Content-Type", kind)
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("Cache-Control", FOR_EVER if version == self.shelf.version else "no-cache")
        takes = "gzip" in self.request.headers.get("Accept-Encoding", "")
        if takes and Path(name).suffix not in PACKED_ALREADY:
            self.set_header("Content-Encoding", "gzip")
            self.finish(self.shelf.zipped(name))
        else:
            self.finish(self.shelf.read(name))

    head = get

    def compute_etag(self) -> str:
        """Return one tag for all files, which need not be computed from each answer."""
        return f'W/"{self.shelf.version}"'
