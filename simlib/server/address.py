"""Where a server can be reached: its own addresses, and the path and names a proxy gives it."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence

from simlib.errors import ServeError

BASE = re.compile(r"/(?:[A-Za-z0-9@_~-][A-Za-z0-9@_.~%-]*/)*")
NAME = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


def check(base: str, names: Sequence[str]) -> None:
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
