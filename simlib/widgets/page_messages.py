"""The doorway: whatever a page says to a widget comes in here, is checked, and only then heard.

    comm ─▶ Door._handle_msg ─▶ is it JSON, and a trait that the page may write? ─▶ guard ─▶ hear

What no page of ours says is passed over. What goes wrong while something is heard is the
programmer's business: it goes to the server's log, and the page is told a sentence.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ipywidgets.comm import get_comm_manager

MOST_CHARS = 10_000_000  # of one message; the socket takes no more bytes
COMMS = ("Comm", "ipykernel.comm")  # the loggers of the comms themselves
MOST_LINES = 5  # a minute, about what pages say to comms
STRANGERS = "jupyter.widget"  # the target at which a page would make widgets of its own
log = logging.getLogger("simlib.page")


class Nonsense(ValueError):
    """What no page of ours says; nothing is to be done about it."""


if TYPE_CHECKING:
    from ipywidgets import Widget
else:
    Widget = object  # a widget's own class stands behind `Door` among the bases


class Door(Widget):
    """Put before a widget's own class: the page reaches the widget through here alone.

    A trait tagged `page=True` may be written by the page; every other belongs to Python.

    Attributes
    ----------
    guard
        does what a message asks for; a lab's takes everything back if it fails
    """

    guard: Callable[[Callable[[], None]], object] = staticmethod(lambda act: act())

    def open(self) -> None:
        """Open the widget's comm, in a kernel that tells the server alone what goes wrong."""
        super().open()
        _prepare_kernel()

    def hear(self, content: dict[str, object], buffers: list[memoryview]) -> None:
        """Do what a message asks for; raise `Nonsense` if no page of ours sends it."""
        raise Nonsense("nobody talks to this widget")

    def admit(self, name: str, value: object) -> object:
        """The value that a page writes into a trait; raise `Nonsense` if it is none."""
        return value

    def apologize(self) -> None:
        """Tell the page that something went wrong, where no guard does."""

    def _handle_msg(self, msg: dict[str, Any]) -> None:
        try:
            self._take(msg["content"]["data"], msg.get("buffers") or [])
        except Nonsense as error:
            log.info("%s passes over what a page said: %s", type(self).__name__, error)
        except Exception:
            report(f"{type(self).__name__} could not answer the page")
            self.apologize()

    def _take(self, content: object, buffers: list[memoryview]) -> None:
        said = plain(content)
        data = said if isinstance(said, dict) else {}
        method = data.get("method")
        if method == "request_state":
            self.send_state()
        elif method == "update":
            state = self._admitted(record(data.get("state")))
            self.guard(lambda: self.set_state(state))
        elif method == "custom":
            content = record(data.get("content"))
            self.guard(lambda: self.hear(content, buffers))
        else:
            raise Nonsense("no message of a widget")

    def _admitted(self, state: dict[str, object]) -> dict[str, object]:
        closed = state.keys() - self.traits(page=True).keys()
        if closed:
            raise Nonsense(f"{len(closed)} traits that are not the page's")
        return {name: self.admit(name, value) for name, value in state.items()}


def plain(said: object) -> object:
    """What a page said, as JSON has it; half a surrogate pair can be neither shown nor sent.

    Raises
    ------
    Nonsense
        for what is no JSON (NaN, infinity), too long or too deep
    """
    try:
        text = json.dumps(said, allow_nan=False, ensure_ascii=False)
    except (ValueError, TypeError, RecursionError) as error:
        raise Nonsense(type(error).__name__) from None
    if len(text) > MOST_CHARS:
        raise Nonsense(f"longer than {MOST_CHARS} characters")
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.loads(text.encode("utf-8", "replace"))
    return said


def record(value: object) -> dict[str, object]:
    """Return a record that a page sent, or a state holds; raise `Nonsense` if it is none."""
    if not isinstance(value, dict):
        raise Nonsense("no record")
    return value


def records(value: object) -> list[dict[str, object]]:
    """Return a list of records; raise `Nonsense` if it is none."""
    if not isinstance(value, list):
        raise Nonsense("no list")
    return [record(each) for each in value]


def text(value: object) -> str:
    """Return words that a page sent; raise `Nonsense` if they are none."""
    if not isinstance(value, str):
        raise Nonsense("no words")
    return value


# ---------------------------------------------------------------- what goes wrong


def report(what: str) -> None:
    """Write the exception that is being handled to the server's log, for the programmer."""
    log.exception(what)


class ServerLog(logging.Handler):
    """Where a kernel's log goes: what it writes to `sys.stderr` would go to the page.

    A page can make the comms complain as often as it likes: of that a line, and few a minute.
    """

    def __init__(self) -> None:
        super().__init__()
        self._minute, self._lines = 0.0, 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether there is still room in this minute for what a page can bring about."""
        if record.name not in COMMS:
            return True
        minute = record.created // 60
        self._lines = self._lines + 1 if minute == self._minute else 1
        self._minute = minute
        return self._lines <= MOST_LINES

    def format(self, record: logging.LogRecord) -> str:
        """The record with its traceback, unless it is about what a page said to no widget."""
        return record.getMessage() if record.name in COMMS else super().format(record)

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record where the process was told to write when it began."""
        try:
            where = sys.stderr.fileno()
        except OSError:  # the stream keeps no copy: then it never took the descriptor away
            where = 2
        with suppress(OSError):  # the server has gone, or its log
            os.write(where, f"{self.format(record)}\n".encode(errors="replace"))


def _prepare_kernel() -> None:
    """Log to the server, and let the page make no widgets of its own; twice changes nothing."""
    if not hasattr(sys.stderr, "pub_thread"):  # as in a kernel alone
        return
    root = logging.getLogger()
    if not any(isinstance(handler, ServerLog) for handler in root.handlers):
        root.addHandler(ServerLog())
    get_comm_manager().register_target(STRANGERS, lambda comm, _: comm.close())
