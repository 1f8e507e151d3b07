"""What only somebody at a terminal sees or is asked: how far a long reading is, and a password."""

from __future__ import annotations

import getpass
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO, TypeVar

from simlib.errors import StatementError
from simlib.text import message, words

WIDTH, LETTERS = 30, 24  # together they fit a terminal of 80 columns
PATIENCE_S, STEP_S = 0.3, 0.1  # nothing is shown before, and no more often than
NEEDED, WRONG = "statement-password", "statement-password-wrong"
TRIES = 3
MOST_BYTES = 1_000
Found = TypeVar("Found")


def bar(
    file: str,
    lang: str,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
    key: str = "reading",
) -> Callable[[int, int], None] | None:
    """Return a callback, e.g. for `load_case`, that draws a progress bar; None without a terminal.

    Parameters
    ----------
    file
        the name the reader gave
    stream, clock
        where it is drawn, standard error by default, and what tells the time [s]
    key
        the words beside the bar
    """
    stream = stream or sys.stderr
    if not stream.isatty():
        return None
    shown, due = "", clock() + PATIENCE_S

    def draw(done: int, total: int) -> None:
        nonlocal shown, due
        if done >= total:
            if shown:
                stream.write("\r" + " " * (2 * len(shown)) + "\r")  # Chinese is two columns wide
                stream.flush()
            shown = ""
        elif clock() >= due:
            due = clock() + STEP_S
            full = WIDTH * done // total
            percent = 100 * done // total
            line = words("cli", key, lang, file=file[-LETTERS:], percent=percent)
            shown = f"[{'#' * full}{'-' * (WIDTH - full)}] {line}"
            stream.write("\r" + shown)
            stream.flush()

    return draw


def with_password(read: Callable[..., Found], file: str | None, lang: str) -> Found:
    """Return what `read` makes of a file, given a password if it needs one: typed without an echo,
    or read from a file; never an argument, never kept.

    Raises
    ------
    StatementError
        if it needs one and nobody can be asked, or three were wrong
    """
    try:
        return read(password=_of_file(file) if file else None)
    except StatementError as error:
        if file or error.code != NEEDED or not sys.stdin.isatty():
            raise
        known = error
    for left in reversed(range(TRIES)):
        print(message(known, lang), file=sys.stderr)
        try:
            return read(password=getpass.getpass(words("statement", "report.password", lang)))
        except (EOFError, KeyboardInterrupt):
            raise known from None
        except StatementError as error:
            if error.code not in (NEEDED, WRONG) or not left:
                raise
            known = error
    raise known


def _of_file(path: str) -> str:
    """Return the first line of a file."""
    try:
        with Path(path).open("rb") as file:
            text = file.read(MOST_BYTES).decode("utf-8-sig")
    except (OSError, ValueError):
        raise StatementError("statement-password-file", path=path) from None
    return text.splitlines()[0] if text else ""
