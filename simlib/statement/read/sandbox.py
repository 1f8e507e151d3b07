"""Readers that are not ours, each file in a process of its own that may take only so much.

    parent ── how, password, bytes ──▶ stdin of `python -I -c START`: limits, then the reader
    parent ◀── one JSON list a line ── stdout: "sheet", "row", "note", "error", "end"

What comes back is counted as it comes. A reader that takes too much memory, or too long, ends with
a sentence, and the course goes on.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib
import io
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, TypeAlias

from simlib.errors import StatementError
from simlib.statement.model import Line, Note, Row, Table
from simlib.statement.read.limits import Meter, cells_of
from simlib.statement.vocabulary import institution_of

# what a reader tells: ("sheet", name, hidden) | ("row", number, cells) | ("note", code, values)
Event: TypeAlias = tuple[Any, ...]  # Any: what JSON holds
# kind → module with `events`
READERS = {"xls": "xls", "xlsx": "xls", "web": "html", "pdf": "pdf"}
# kind → the package it needs
MODULES = {"xls": "python-calamine", "xlsx": "python-calamine", "pdf": "pdfplumber"}
START = ("import sys; sys.path.insert(0, sys.argv[1]); "
         "from simlib.statement.read.sandbox import main; main()")  # fmt: skip
COMMAND_LINE = [sys.executable, "-I", "-c", START, str(Path(__file__).parents[3])]
ENVIRONMENT: dict[str, str] = {}
_MEMORY = 256 * 2**20  # bytes a reader may take beside four times what is unpacked
_LONGEST_LINE = 1 << 23  # letters of one row in JSON
_TOO_MUCH = {"SIGABRT", "SIGKILL", "SIGBUS"}


class Unfit(Exception):
    """What a reader says of a file it cannot read; `code` is one of `StatementError`."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def tables_apart(
    kind: str, data: bytes, digest: str, meter: Meter, password: str | None = None
) -> tuple[Table, ...]:
    """Return the tables of a file of this kind, a key of `READERS`.

    Raises
    ------
    StatementError
        if it is none, or beyond the bounds
    """
    tables: list[Table] = []
    notes: list[Note] = []
    for event in _events(kind, data, meter, password):
        if event[0] == "sheet":
            tables.append(Table(meter.name, event[1], [], [], event[3] if len(event) > 3 else kind,
                                "", digest, bool(event[2])))  # fmt: skip
        elif event[0] == "note":
            notes.append(Note(event[1], event[2]))
        elif event[0] == "row":
            cells, line = cells_of(event[1], list(enumerate(map(_cell, event[2]), 1)), 0)
            _keep(tables[-1], event[1], cells, line, meter)
    for table in tables:
        while table.rows and not (table.rows[-1] or table.lines[-1] in table.broken):
            table.rows.pop()
            table.lines.pop()
    return tuple(replace(table, notes=tuple(notes)) for table in tables if table.rows)


def _keep(table: Table, number: int, cells: Row, line: Line | None, meter: Meter) -> None:
    meter.row(cells)
    if cells or line or table.rows:
        table.rows.append(cells)
        table.lines.append(number)
    if line:
        table.broken[number] = line


def _events(kind: str, data: bytes, meter: Meter, password: str | None) -> Iterator[Event]:
    """Yield what the reader says, up to its "end"."""
    seconds = max(1, int(meter.left) + 1)
    how = {"kind": kind, "seconds": seconds, "password": password,
           "memory": _MEMORY + 4 * meter.bounds.unpacked_bytes}  # fmt: skip
    with _started(how, data, meter) as (process, said):
        for text in iter(lambda: said.readline(_LONGEST_LINE), b""):
            if len(text) == _LONGEST_LINE:
                meter.refuse("statement-bomb", most=meter.bounds.unpacked_bytes)
            if not text.endswith(b"\n"):  # it was ended within a line
                break
            event: Event = tuple(json.loads(text))
            meter.unpacked(len(text))
            if event[0] == "error":
                raise StatementError(event[1], **_named(event, meter))
            if event[0] == "end":
                return
            yield event
        process.wait()
    _refuse_ended(process.returncode, meter)


def _named(event: Event, meter: Meter) -> dict[str, object]:
    values: dict[str, object] = {"name": meter.name, **event[2]}
    if "text" in values:  # the first words of a PDF: whose it may be
        values["steps"] = institution_of(meter.name, str(values.pop("text")))
    if event[1] == "statement-bomb":
        values["most"] = meter.bounds.unpacked_bytes
    return values


@contextlib.contextmanager
def _started(
    how: dict[str, object], data: bytes, meter: Meter
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """Start a reader, hand it the file, and end it when the time is over or the block is left."""
    try:
        process = subprocess.Popen(COMMAND_LINE, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, env=_environment())  # fmt: skip
    except OSError:
        meter.refuse("statement-no-process")
    with process:
        late = threading.Timer(max(meter.left, 0), process.kill)
        late.start()
        try:
            if process.stdin is None or process.stdout is None:
                meter.refuse("statement-no-process")
            with contextlib.suppress(OSError), process.stdin:  # it may have ended already
                process.stdin.write(json.dumps(how).encode() + b"\n")
                process.stdin.write(data)
            yield process, process.stdout
        finally:
            late.cancel()
            process.kill()


def _environment() -> dict[str, str]:
    """Return what a process needs; nothing, but for Windows."""
    import os

    known = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return known or ENVIRONMENT


def _refuse_ended(code: int, meter: Meter) -> None:
    """Refuse a file whose reader ended without a word."""
    name = signal.Signals(-code).name if code < 0 else ""
    if meter.left <= 0 or name == "SIGXCPU":
        meter.refuse("statement-slow", seconds=meter.bounds.seconds)
    if name in _TOO_MUCH:
        meter.refuse("statement-bomb", most=meter.bounds.unpacked_bytes)
    meter.refuse("statement-broken")


def _cell(said: object) -> object:
    """Return a cell from what JSON has of it."""
    if not isinstance(said, dict):
        return said
    ((kind, text),) = said.items()
    return getattr(datetime, kind).fromisoformat(text)


def _said(cell: object) -> object:
    """Return what JSON does not know as what it does."""
    for kind in ("datetime", "date", "time"):
        if isinstance(cell, getattr(datetime, kind)):
            return {kind: cell.isoformat()}
    return str(cell)


# ---- in the process of its own


def main() -> None:
    """Read one file from stdin, and say on stdout what is in it."""
    how = json.loads(sys.stdin.buffer.readline())
    _limit(how["memory"], how["seconds"])
    data = sys.stdin.buffer.read()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace")
    try:
        module = importlib.import_module(f"simlib.statement.read.{READERS[how['kind']]}")
        for event in module.events(data, how["password"]):
            out.write(json.dumps(event, default=_said) + "\n")
        out.write('["end"]\n')
    except Unfit as unfit:
        out.write(json.dumps(["error", unfit.code, unfit.values]) + "\n")
    except ImportError:
        package = MODULES.get(how["kind"], how["kind"])
        out.write(json.dumps(["error", "missing-package", {"package": package}]) + "\n")
    except BaseException as error:  # a broken file makes readers raise nearly anything, or panic
        full = any(isinstance(each, MemoryError) for each in (error, *error.args))
        out.write(json.dumps(["error", f"statement-{'bomb' if full else 'broken'}", {}]) + "\n")
    out.flush()


def _limit(memory: int, seconds: int) -> None:
    """Take from this process whatever a reader does not need, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the clock and the counted output remain
        return
    for kind, most in (("AS", memory), ("CPU", seconds), ("FSIZE", 0), ("CORE", 0)):
        number = getattr(resource, f"RLIMIT_{kind}")
        hard = resource.getrlimit(number)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(number, (most, most))
