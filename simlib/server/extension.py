"""What the course adds to a Jupyter server that we did not start (Binder, a hub, the lab).

A home page at `course/` and teachers' pages, connections that outlive a break, and lessons
that only a visit opens.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.web import Finish, HTTPError

from simlib.resources import LANGS
from simlib.server import pages
from simlib.server.connection import CourseConnection
from simlib.server.kernel_manager import is_visit
from simlib.server.template import EXTENSION_HOME

if TYPE_CHECKING:
    from jupyter_server.base.handlers import JupyterHandler
    from jupyter_server.serverapp import ServerApp

# What a cell shows, once its kernel has run it: a busy server hears of it late. nbclient would give
# up after 4 s, and the page would be served without its stage.
OUTPUT_WITHIN_S = 60


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "simlib.server.extension"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add our connection, and the home page if the course lies below the folder this server shows.

    A server whose kernels run elsewhere keeps the connection it has: ours extends the usual one.
    """
    # a server without a course need not load Voilà
    from simlib.server import files, handlers, teacher_pages

    settings = server.web_app.settings
    # a case of one's own, in old links; Jupyter leaves out every key that has the letter
    scrubbed = settings.get("extra_log_scrub_param_keys", ())
    settings["extra_log_scrub_param_keys"] = [*scrubbed, "s"]
    if "iopub_timeout" not in server.config.NotebookClient:  # of Voilà's alone, unless it is set
        server.config.VoilaExecutor.setdefault("iopub_timeout", OUTPUT_WITHIN_S)
    if settings["kernel_websocket_connection_class"] is ZMQChannelsWebsocketConnection:
        settings["kernel_websocket_connection_class"] = CourseConnection
    for prefix in ("course/", ""):
        root = Path(server.root_dir, prefix)
        if all((root / lang).is_dir() for lang in LANGS):
            app = server.web_app
            app.settings.update(handlers.place(root, None, EXTENSION_HOME, prefix))
            address = f"{app.settings['base_url']}{EXTENSION_HOME}"
            ours = teacher_pages.routes(app.settings["base_url"])
            ours += [(address, handlers.HomeHandler), files.place(app.settings)]
            app.add_handlers(".*$", ours)
            pages.warm_openings(root)
            return


def open_lesson(handler: JupyterHandler, notebook: Any = None, **_: object) -> None:
    """Check a visit before a lesson's kernel starts, and give its page what needs no kernel.

    Voilà's hook on a Jupyter server.

    Raises
    ------
    tornado.web.HTTPError
        403: a foreign page asks for the lesson, not somebody who opens it.
    tornado.web.Finish
        the link is of before a case of one's own stood in the fragment: the browser is sent there.
    """
    if not is_visit(handler.request):
        raise HTTPError(403)
    link = handler.get_query_argument("s", "")
    if link and pages.speaks_of_own(link):
        handler.redirect(_in_fragment(handler, link))
        raise Finish
    let_page_end_kernel(handler)
    if notebook is not None:
        pages.put_in_opening(handler, notebook)


def _in_fragment(handler: JupyterHandler, link: str) -> str:
    """Return the address of a lesson with its state where no request, and so no log, has it."""
    asked = handler.request.query_arguments
    rest = [(k, v.decode("utf-8", "replace")) for k in asked if k != "s" for v in asked[k]]
    query = f"?{urlencode(rest)}" if rest else ""
    return f"./{handler.request.path.rpartition('/')[2]}{query}#s={quote(link, safe='')}"


def let_page_end_kernel(handler: JupyterHandler) -> None:
    """Give the page the token it will need to end its kernel.

    The page sends the token back from this cookie, which Voilà itself never sets: without it the
    server refuses (403), and every reload leaves a kernel behind.
    """
    _ = handler.xsrf_token  # asking for it sets the cookie
