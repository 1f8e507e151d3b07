"""The addresses that pages of the course ask for; every other one is answered 404.

Addresses are compared as they arrive, still encoded. None of the course's needs a `%` or a part
that begins with a dot: no encoding of a NUL, of `..` or of a line end reaches a handler.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from tornado.web import RequestHandler

Settings: TypeAlias = dict[str, Any]  # of tornado and Voilà, with values of every kind
Route: TypeAlias = tuple[Any, ...]  # a pattern, its handler, perhaps the handler's options

MOST_CHARACTERS = 300  # of the part of an address that names a file
PART = r"[A-Za-z0-9@_][A-Za-z0-9@_.~-]*"
FILE = rf"((?=.{{1,{MOST_CHARACTERS}}}$){PART}(?:/{PART})*)"
KERNEL = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
READ = ("GET", "HEAD")
WANTED = {  # how Voilà's pattern begins: the rest as we take it, and its methods
    "voila/render/": (FILE, ("GET",)),
    "voila/templates/": (FILE, READ),
    "voila/static/": (FILE, READ),
    "voila/labextensions/": (FILE, READ),
    "voila/files/": (FILE, READ),
    "voila/api/shutdown/": (KERNEL, ("POST",)),
    "api/kernels/": (KERNEL, ("GET",)),
}
CHANNELS = "/channels"


def narrow(
    routes: Sequence[Route],
    base: str,
    dress: Callable[[type[RequestHandler]], type[RequestHandler]],
) -> list[Route]:
    """Keep the routes that pages use, each for plain addresses and for its own methods.

    Parameters
    ----------
    routes
        Voilà's: pattern, handler, and perhaps the handler's options
    base
        the server's base URL, which every pattern begins with
    dress
        makes of Voilà's handler the one that we serve
    """
    kept = []
    for pattern, handler, *options in routes:
        for start, (rest, methods) in WANTED.items():
            if pattern.startswith(base + start):
                end = CHANNELS if pattern.endswith(CHANNELS) else ""
                served = dress(handler)
                ours = type(served.__name__, (served,), {"SUPPORTED_METHODS": methods})
                kept.append((base + start + rest + end, ours, *options))
    return kept
