"""Passwords of files: typed without an echo, or read from a file; never an argument, never kept."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from simlib.errors import StatementError
from simlib.text import message, words

NEEDED, WRONG = "statement-password", "statement-password-wrong"
TRIES = 3
MOST_BYTES = 1_000
Found = TypeVar("Found")


def with_password(read: Callable[..., Found], file: str | None, lang: str) -> Found:
    """Return what `read` makes of a file, given `password` if it needs one.

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
