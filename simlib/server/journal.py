"""What the server tells whoever runs it: one line for each thing, and few of a kind."""

from __future__ import annotations

import sys
from collections import Counter

from tornado.ioloop import IOLoop

from simlib.resources import table

MOST_LINES = 5  # of one kind in one stretch of time; the others are counted
STRETCH_S = 60
MOST_LETTERS = 80  # of what a visitor wrote


def harmless(value: object) -> str:
    """Make a visitor's text safe for a line: short, without control characters."""
    text = str(value)
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[:MOST_LETTERS])
    return shown + "…" * (len(text) > MOST_LETTERS)


class Journal:
    """Lines in the language of the server; a flood of one kind becomes a number."""

    def __init__(self, lang: str) -> None:
        self._words = table("texts", lang, "server.toml")["journal"]
        self._counts: Counter[str] = Counter()

    def tell(self, kind: str, **values: object) -> None:
        """Print one line of `[journal]`, or count it if there have been many of its kind."""
        if not self._counts[kind]:
            IOLoop.current().call_later(STRETCH_S, self._begin_again, kind)
        self._counts[kind] += 1
        if self._counts[kind] <= MOST_LINES:
            self._print(kind, **{name: harmless(value) for name, value in values.items()})

    def _begin_again(self, kind: str) -> None:
        untold = self._counts.pop(kind) - MOST_LINES
        if untold > 0:
            self._print("more", what=self._words["kinds"][kind], count=untold)

    def _print(self, kind: str, **values: object) -> None:
        print(self._words[kind].format(**values), file=sys.stderr, flush=True)
