"""Where the server listens, by which names, and how much of what arrives it takes at once."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
from collections.abc import Sequence
from typing import Any
from weakref import WeakSet

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.web import Application

from simlib.errors import ServeError
from simlib.server.message import MOST_BYTES
from simlib.server.rate_limit import site

MOST_BODY = 1_000_000  # bytes; pages send none: files travel over their sockets
MOST_HEAD = 65_536  # bytes of a request's line and headers; a link with a case may be long
HEAD_WITHIN_S = 60  # also how long a connection may idle between requests
BODY_WITHIN_S = 20
MOST_OF_ONE = 1_000  # connections of one address: a class of 60 with seven each, and as many more
MOST_FILES = 8_192  # open files we ask for; half of what we get is for connections
BASE = re.compile(r"/(?:[A-Za-z0-9@_~-][A-Za-z0-9@_.~%-]*/)*")
NAME = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


def check_address(base: str, names: Sequence[str]) -> None:
    """Refuse a path or a name of a host that no request could have.

    Raises
    ------
    ServeError
        ``bad-base``, ``bad-name``.
    """
    if not BASE.fullmatch(base):
        raise ServeError("bad-base", base=base)
    for name in names:
        if not NAME.fullmatch(name):
            raise ServeError("bad-name", name=name)


def is_loopback(taken: socket.socket) -> bool:
    """Tell whether only this machine can reach a socket."""
    return ipaddress.ip_address(taken.getsockname()[0]).is_loopback


def own_address() -> str:
    """Return the address a class network sees, found without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address reserved for documents; UDP sends nothing
            seen: str = probe.getsockname()[0]
            return seen
        except OSError:
            return socket.gethostname()


def bind(port: int, host: str) -> list[socket.socket]:
    """Bind the port now, or raise why not.

    Raises
    ------
    ServeError
        ``bad-port`` (out of range), ``port-denied``, ``port-in-use``, ``bad-host``.
    """
    if not 0 <= port <= 65535:
        raise ServeError("bad-port", port=port)
    if not host:
        raise ServeError("bad-host", host=host)  # a socket would take it for every address
    try:
        taken = socket.create_server((host, port), family=_family(host), backlog=128)
    except socket.gaierror as error:
        raise ServeError("bad-host", host=host) from error
    except PermissionError as error:
        raise ServeError("port-denied", port=port) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError("port-in-use", port=port) from error
        raise ServeError("bad-host", host=host) from error
    taken.setblocking(False)
    return [taken]


def _family(host: str) -> socket.AddressFamily:
    """Return one address family: `localhost` means one address, so that port 0 is one port."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


class CourseServer(HTTPServer):
    """tornado's server with bounds; a connection beyond them is closed at once.

    Without a bound on their number the process runs out of open files, and then cannot even
    refuse: it would try, and complain, for ever.
    """

    def initialize(  # type: ignore[override]  # whatever else tornado takes is passed on
        self, request_callback: Application, **options: Any
    ) -> None:
        """Set the bounds; an open websocket is not subject to them."""
        bounds: dict[str, Any] = {
            "max_body_size": MOST_BODY,
            "max_header_size": MOST_HEAD,
            "max_buffer_size": MOST_BYTES + MOST_HEAD,
            "idle_connection_timeout": HEAD_WITHIN_S,
            "body_timeout": BODY_WITHIN_S,
        }
        super().initialize(request_callback, **bounds, **options)
        self._open: dict[str, WeakSet[IOStream]] = {}
        self._most = files_allowed() // 2

    def handle_stream(self, stream: IOStream, address: tuple[str, int]) -> None:
        """Serve a connection if there is room for it."""
        whose = site(address[0])
        if not self._has_room(whose):
            self._forget_closed()
        if not self._has_room(whose):
            stream.close()
            return
        self._open.setdefault(whose, WeakSet()).add(stream)
        super().handle_stream(stream, address)

    def _has_room(self, whose: str) -> bool:
        total = sum(map(len, self._open.values()))
        return total < self._most and len(self._open.get(whose, ())) < MOST_OF_ONE

    def _forget_closed(self) -> None:
        left = {}
        for whose, streams in self._open.items():
            still = WeakSet(stream for stream in streams if not stream.closed())
            if still:
                left[whose] = still
        self._open = left


def files_allowed() -> int:
    """Raise the limit of open files to `MOST_FILES` if possible, and return it."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return MOST_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return MOST_FILES if soft == resource.RLIM_INFINITY else soft
