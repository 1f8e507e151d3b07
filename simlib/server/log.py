"""What the server tells whoever runs it: one line for each thing, and few of a kind."""

from __future__ import annotations

import logging
import re
import sys
from collections import Counter, defaultdict

from tornado.ioloop import IOLoop
from tornado.web import RequestHandler

from simlib.resources import table
from simlib.server.rate_limit import Bucket, site

MOST_LINES = 5  # of one kind and address in one stretch of time; the others are counted
MOST_OF_KIND = 50  # of one kind in one stretch, whatever the addresses
STRETCH_S = 60
DUMPS = (5, 5 / 60)  # tracebacks at once, and more a second
MOST_LETTERS = 80  # of what a visitor wrote


def harmless(value: object) -> str:
    """Make a visitor's text safe for a line: short, without control characters."""
    text = str(value)
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[:MOST_LETTERS])
    return shown + "…" * (len(text) > MOST_LETTERS)


class ServerLog:
    """Lines in the language of the server; a flood of one kind becomes a number.

    What one address does hides nothing of another, until many of them flood together.
    """

    def __init__(self, lang: str) -> None:
        self._words = table("texts", lang, "server.toml")["log"]
        self._printed: defaultdict[str, Counter[str]] = defaultdict(Counter)  # by kind and address
        self._untold: Counter[str] = Counter()

    def tell(self, kind: str, **values: object) -> None:
        """Print one line of `[log]`, or count it if there have been many of its kind."""
        if kind not in self._printed:
            IOLoop.current().call_later(STRETCH_S, self._begin_again, kind)
        printed, whose = self._printed[kind], site(str(values.get("address", "")))
        if printed[whose] < MOST_LINES and printed.total() < MOST_OF_KIND:
            printed[whose] += 1
            self._print(kind, **{name: harmless(value) for name, value in values.items()})
        else:
            self._untold[kind] += 1

    def _begin_again(self, kind: str) -> None:
        del self._printed[kind]
        untold = self._untold.pop(kind, 0)
        if untold:
            self._print("more", what=self._words["kinds"][kind], count=untold)

    def _print(self, kind: str, **values: object) -> None:
        print(self._words[kind].format(**values), file=sys.stderr, flush=True)


class Few(logging.Filter):
    """Let few records pass: a mistake of ours that a visitor has found fills no disk."""

    def __init__(self) -> None:
        super().__init__()
        self._bucket = Bucket(*DUMPS)

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is printed."""
        return self._bucket.try_take()


def log_few(handler: RequestHandler) -> None:
    """Log our own failures and wrong methods, and nothing of a class reading its pages."""
    asked, status = handler.request, handler.get_status()
    said = {"method": asked.method, "path": asked.path}
    if status == 405:
        handler.settings["log"].tell("method", address=asked.remote_ip, **said)
    elif status >= 500 and status != 503:  # 503: there is no room
        handler.settings["log"].tell("failed", status=status, **said)


def without_query(record: logging.LogRecord) -> bool:
    """Leave the queries of addresses out of a line: links of before carry cases in them."""
    try:
        said = record.getMessage()
    except Exception:  # whoever wrote it made a mistake, which is told and not raised
        said = f"{record.msg} {record.args}"
    record.msg, record.args = re.sub(r"\?[^\s'\"]*", "", said), ()
    return True
