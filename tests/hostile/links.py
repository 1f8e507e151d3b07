"""Addresses out of shape: links with a state mutated, unpacked without end, or none of ours."""

from __future__ import annotations

import base64
import json
import random
import time
import zlib
from functools import cache
from urllib.parse import quote

from hostile import DEEP, mutate, odd, splice

from simlib.lessons import names
from simlib.widgets import lab_of
from simlib.widgets.own import OwnEditor

LABS = (*names(), "12-own")
PIECES = ("%00", "%ff", "..", "//", "%2e%2e%2f", "\\", "%", "%0d%0aX:1", "?", ";", "@", "a" * 300,
          "\x7f", "é", "%E6%B3%95", "*", "~", ".ipynb", "zh/", "%u0000")  # fmt: skip
PATHS = ("/", "/voila/render/zh/01-case.ipynb", "/voila/static/voila.js", "/voila/tree/zh",
         "/voila/templates/course/static/lab.js", "/voila/files/images/a.png", "/login", "/logout",
         "/voila/labextensions/anywidget/static/x.js", "/api/kernels/0", "/api/contents/zh",
         "/voila/api/shutdown/00000000-0000-0000-0000-000000000000")  # fmt: skip
METHODS = ("GET",) * 8 + ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "FOO")


def packed(data: bytes) -> str:
    """As a link carries it."""
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


@cache
def bomb(size: int) -> str:
    """A short link that unpacks to this many bytes."""
    return packed(b"[1," + b" " * size + b"{}]")


@cache
def real() -> tuple[tuple[str, str], ...]:
    """Links as labs make them: lesson, text of its state."""
    made = []
    for lesson in LABS:
        if lesson != "12-own":
            made.append((lesson, lab(lesson).state.to_text()))
    return tuple(made)


def lab(lesson: str, link: str | None = None, lang: str = "zh") -> object:
    """A lesson's lab as its page makes it."""
    topic = lesson.partition("-")[2]
    return (OwnEditor if topic == "own" else lab_of(topic))(lang, link=link)


def states(rng: random.Random) -> tuple[str, str]:
    """A lesson, and what stands behind `?s=`: of some real link, or of none."""
    lesson, text = rng.choice(real())
    lesson = rng.choice((lesson, rng.choice(list(LABS))))
    held = zlib.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    version, fields = json.loads(held)
    name = rng.choice(
        [*fields, "own", "changes", "chosen", "committed", "selected", "kept", "tasks", "stage"]
    )
    return lesson, rng.choice((
        lambda: mutate(rng, text.encode()).decode("latin-1"),
        lambda: packed(mutate(rng, held)),
        lambda: packed(json.dumps([version, {**fields, name: odd(rng)}]).encode()),
        lambda: packed(json.dumps([version, {**fields, name: {odd_name(rng): odd(rng)}}]).encode()),
        lambda: packed(json.dumps([odd(rng), odd(rng)]).encode()),
        lambda: packed(DEEP.encode()),
        lambda: bomb(rng.choice((10**5, 10**7))),
        lambda: text * rng.choice((2, 50)),
        lambda: "",
    ))()  # fmt: skip


def odd_name(rng: random.Random) -> str:
    """A path of a case, or something like one."""
    return rng.choice(("zhang.fault", "loss_fen", "zhang.kinds.fault", "a.b.c.d", "", ".", "id"))


def requests(rng: random.Random) -> bytes:
    """A whole request for an address out of shape."""
    path = rng.choice(PATHS)
    for _ in range(rng.choice((1, 1, 2, 5))):
        path = splice(rng, path, PIECES)
    if rng.random() < 0.4:
        path += "?" + rng.choice(("s", "lang", "token", "session_id", "v", "_xsrf")) + "="
        path += rng.choice((quote(states(rng)[1]), "%ff", "%00", "a" * 50_000, "en&" * 2000))
    host = rng.choice(("localhost",) * 6 + ("evil.example", "", "[", "a:b", "127.0.0.1"))
    more = rng.choice(("",) * 6 + ("Content-Length: 5\r\n", "Cookie: _xsrf=2|a|b|c\r\n",
                                   "Origin: null\r\n", "Accept: image/png\r\n", "A\r\n",
                                   "Range: bytes=5-2,-9\r\n", "If-Modified-Since: x\r\n",
                                   "X-Forwarded-For: 1.2.3.4, evil\r\n", "Expect: x\r\n",
                                   "Upgrade: websocket\r\nConnection: upgrade\r\n"))  # fmt: skip
    head = f"{rng.choice(METHODS)} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}"
    made = head.encode("utf-8", "surrogatepass") + b"\r\n"
    return mutate(rng, made) if rng.random() < 0.1 else made


def restore(lesson: str, text: str) -> None:
    """Open a lab with a link, as its kernel does: a link that is none opens it as new."""
    began = time.monotonic()
    found = lab(lesson, text)
    if hasattr(found, "state"):
        found.state.to_text()
    assert time.monotonic() - began < 20, "slower than the page may be"
