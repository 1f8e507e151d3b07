"""How far a long reading is: one line on standard error, there only while it takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from simlib.text import words

WIDTH, LETTERS = 30, 24  # together they fit a terminal of 80 columns
PATIENCE_S, STEP_S = 0.3, 0.1  # nothing is shown before, and no more often than


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
