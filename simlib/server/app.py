"""Voilà as an application of ours: settings in code, one port, quiet, and ended at once."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import jinja2
import tornado.ioloop
import tornado.web
import zmq
from jinja2.bccache import Bucket
from jupyter_server.auth.identity import PasswordIdentityProvider, User
from tornado.platform.asyncio import AsyncIOMainLoop
from traitlets import Any, Instance, Tuple, Type, Unicode, default
from traitlets.config import Config
from voila import notebook_renderer
from voila.app import Voila
from voila.exporter import VoilaExporter

from simlib.errors import ServeError
from simlib.resources import shelf, table
from simlib.server import (
    files,
    handlers,
    headers,
    listener,
    pages,
    routes,
    teacher_pages,
    template,
)
from simlib.server.connection import CourseConnection
from simlib.server.extension import OUTPUT_WITHIN_S
from simlib.server.kernel_manager import CourseKernels
from simlib.server.log import Few, ServerLog, log_few, without_query
from simlib.server.message import MOST_BYTES
from simlib.server.pending_messages import MOST_QUEUED
from simlib.server.provisioner import ForkServer, can_fork
from simlib.server.rate_limit import FAILURES, Rates
from simlib.server.run_dir import folder_of_run, keep_to, socket_folder
from simlib.server.waiting_room import WaitingRoom

CULL_AFTER_S = 600
CULL_EVERY_S = 60
ANSWERS_WITHIN_S = 20  # a kernel, to its page's socket; Jupyter keeps what belongs to one so long
ENDS_WITHIN_S = 5  # all kernels together
PING_MS = 30_000
NO_PONG_MS = 3 * PING_MS  # a timeout no longer than the interval closes healthy sockets
LOOK_AFTER_KERNELS_S = 1  # how soon a page learns that its kernel has died


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates in memory; jinja2 itself notices changed sources."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if its template has been compiled."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


class CourseExporter(VoilaExporter):
    """Voilà's exporter with cached templates: compiling them took half of the server's time."""

    def _create_environment(self) -> jinja2.Environment:
        environment: jinja2.Environment = super()._create_environment()
        environment.bytecode_cache = _compiled
        return environment


class SteadyLoop(AsyncIOMainLoop):
    """tornado's loop by a clock that nobody sets: its own timers, Jupyter's and ours go by it.

    By the machine's clock, as tornado has it, what comes periodically (pings, a look at the
    kernels, at those to be culled) would stop for as long as the clock is set back.
    """

    def time(self) -> float:
        """Return the seconds since some moment [s]."""
        return self.asyncio_loop.time()


class Nameless(PasswordIdentityProvider):
    """Everybody is nobody: no cookie of Jupyter's gives a reader a name for a month."""

    def get_user_cookie(self, handler: tornado.web.RequestHandler) -> User | None:
        """Know nobody; a cookie of before is then cleared."""
        return None

    def set_login_cookie(self, handler: tornado.web.RequestHandler, user: User) -> None:
        """Set none."""


class CourseApp(Voila):
    """The course's server on `sockets` already bound: a busy port is known before the start."""

    name = "simlib"
    course_root = Instance(Path)
    lang = Unicode("zh")  # of the lines printed
    reader_lang = Unicode(None, allow_none=True)  # of the pages; None: what the browser prefers
    names = Tuple()  # besides its own addresses, what the host may be called by who asks
    sockets = Any()
    open_home = Any(False)
    identity_provider_class = Type(Nameless)
    places = Any(None)
    forks = Any(True)

    @default("config_file_paths")
    def _no_config_files(self) -> list[str]:
        return []  # a stray voila.json of another project must not change the course

    @property
    def home_url(self) -> str:
        """Return the home page's address as another machine, or this one, can type it."""
        host, port = self.sockets[0].getsockname()[:2]
        shown = listener.own_address() if host in ("0.0.0.0", "::") else host
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}{self.base_url}"

    def init_settings(self) -> routes.Settings:
        """Return Voilà's settings and ours; those that shape answers must be set this early."""
        SteadyLoop()  # before anything asks for the loop, which tornado would make
        settings = super().init_settings()
        settings["kernel_manager"].context.setsockopt(zmq.RCVHWM, MOST_QUEUED)
        return {
            **settings,
            "transforms": headers.TRANSFORMS,
            # without a day on which it ends it is the session's: tornado's own lasts a month
            "xsrf_cookie_kwargs": {
                **headers.SAME_SITE,
                "path": self.base_url,
                "expires_days": None,
            },  # fmt: skip
            **handlers.place(self.course_root, self.reader_lang),
            "default_handler_class": handlers.NotFoundHandler,
            "log_function": log_few,
            "ws_ping_interval": PING_MS,
            "ws_ping_timeout": NO_PONG_MS,
            "websocket_max_message_size": MOST_BYTES,
            "waiting_room": WaitingRoom(settings["kernel_manager"], self.places),
            "failures": Rates(*FAILURES),
            "log": ServerLog(self.lang),
            "allow_remote_access": not listener.is_loopback(self.sockets[0]),
            "local_hostnames": ["localhost", *self.names],
        }

    def init_handlers(self) -> list[routes.Route]:
        """Return the routes that pages use, served by our handlers."""
        base = self.server_url
        return [
            (base, handlers.HomeHandler),
            (f"{base}course/turn", handlers.TurnHandler),
            files.place(self.app.settings),
            *teacher_pages.routes(base),
            (rf"{base}voila/tree(?:/.*)?", handlers.TreeHandler),
            *routes.narrow(super().init_handlers(), base, handlers.dress),
        ]

    def listen(self) -> None:
        """Serve on the sockets given until a signal ends it."""
        server = listener.CourseServer(self.app)
        server.add_sockets(self.sockets)
        self.ioloop = tornado.ioloop.IOLoop.current()
        for kind in (signal.SIGINT, signal.SIGTERM):
            signal.signal(kind, self._handle_signal_stop)
        words = table(*pages.words_of(self.lang))["start"]
        print(words["open"].format(url=self.home_url), flush=True)
        if not listener.is_loopback(self.sockets[0]):
            print(words["network"], flush=True)
        if not can_fork():
            print(words["slow"], flush=True)
        elif self.forks:
            fork_server = self.kernel_manager.fork_server = ForkServer()
            self.ioloop.add_callback(fork_server.start)
        pages.warm_openings(self.course_root)
        if self.open_home:
            self.ioloop.call_later(0.2, webbrowser.open, self.home_url)
        try:
            self.ioloop.start()
        finally:
            server.stop()
            self.stop(server)
        print(words["stopped"], flush=True)

    def stop(self, server: listener.CourseServer) -> None:
        """End every kernel at once; nothing in them is worth waiting for.

        On the loop that served: a kernel that is just being ended is waited for there. One that
        hangs ends with this process.
        """

        async def end() -> None:
            await server.close_all_connections()
            await self.kernel_manager.end_all()

        if self.kernel_manager.fork_server is not None:
            self.kernel_manager.fork_server.stop()
        with suppress(TimeoutError):
            self.ioloop.run_sync(end, timeout=ENDS_WITHIN_S)
        shutil.rmtree(self.connection_dir, ignore_errors=True)


def run(
    port: int,
    host: str,
    lang: str | None,
    open_browser: bool,
    root: str | Path | None = None,
    *,
    app_class: type[CourseApp] = CourseApp,
    places: int | None = None,
    base_url: str = "/",
    names: Sequence[str] = (),
    **traits: object,
) -> int:
    """Check, install the template, serve: see `simlib.server.serve`."""
    if places is not None and places < 1:
        raise ServeError("bad-places", places=places)
    listener.check_address(base_url, names)
    course = _folder_of_course(root)
    sockets = listener.bind(port, host)
    for name in ("tornado.access", "tornado.general"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what a visitor mistyped is no news
    few = Few()
    for name in ("tornado.application", "asyncio"):
        logging.getLogger(name).addFilter(few)
    logging.getLogger("tornado.application").addFilter(without_query)
    with folder_of_run() as folder:
        keep_to(folder)
        notebook_renderer.VoilaExporter = CourseExporter  # Voilà has no setting for it
        _look_first_in(template.install().parents[2])
        CourseApp.clear_instance()
        app = app_class.instance(  # the one instance is where the renderer's log lines go
            config=config(),
            root_dir=str(course),
            course_root=course,
            lang=pages.language(lang),
            reader_lang=pages.language(lang) if lang else None,
            sockets=sockets,
            open_home=open_browser,
            connection_dir_root=str(folder),
            places=places,
            base_url=base_url,
            names=tuple(names),
            **traits,
        )
        app.initialize([])
        app.start()
    return 0


def _folder_of_course(root: str | Path | None) -> Path:
    course = Path(root or shelf("course")).resolve()
    if not course.is_dir():
        raise ServeError("no-course", folder=str(course))
    return course


def config() -> Config:
    """Return all settings of Voilà and of the kernels."""
    wanted = {
        "VoilaConfiguration": {
            **template.settings(),
            "resources": {"course": {"home": ""}},
            "page_config_hook": files.lead_there,
            "prelaunch_hook": pages.put_in_opening,
            "multi_kernel_manager_class": CourseKernels,
        },
        "NotebookClient": {"iopub_timeout": OUTPUT_WITHIN_S},
        "Voila": {
            "log_level": "ERROR",
            "open_browser": False,
            "kernel_websocket_connection_class": CourseConnection,
        },
        "IdentityProvider": {"cookie_options": headers.SAME_SITE},
        "KernelProvisionerFactory": {
            "default_provisioner_name": "simlib-fork" if can_fork() else "local-provisioner"
        },
        # a kernel that starts again knows nothing of its page: rather tell the page at once
        "KernelRestarter": {"restart_limit": 0, "time_to_dead": LOOK_AFTER_KERNELS_S},
        "MappingKernelManager": {
            "kernel_manager_class": "simlib.server.kernel_manager.CourseKernel",
            "cull_idle_timeout": CULL_AFTER_S,
            "cull_interval": CULL_EVERY_S,
            "cull_connected": False,
            "kernel_info_timeout": ANSWERS_WITHIN_S,
            "buffer_offline_messages": False,  # has no bound; a `ReplayBuffer` keeps what is needed
        },
    }
    if sys.platform == "linux" and socket_folder():
        wanted["KernelManager"] = {"transport": "ipc"}  # no open port a kernel could be reached by
    return Config(wanted)


def _look_first_in(folder: Path) -> None:
    """Let Voilà find our template before an older copy elsewhere."""
    paths = [str(folder), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)
