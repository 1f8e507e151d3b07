"""From a file's bytes to tables of cells; what is no statement is refused with a remedy."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from pathlib import Path

from simlib.case.toml_guard import Refused, read_bytes
from simlib.errors import StatementError
from simlib.statement.dates import day_of
from simlib.statement.model import Refusal, Row, Table, plain
from simlib.statement.read.archives import kind_of_archive, tables_of_archive
from simlib.statement.read.csv_file import table_of_text
from simlib.statement.read.limits import COMMAND, Bounds, Meter
from simlib.statement.read.sandbox import READERS, tables_apart
from simlib.statement.vocabulary import (
    LONGEST_HEADER,
    LOOKED_AT,
    header_key,
    headers,
    institution_of,
    known_headers,
)

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_MAIL = re.compile(
    rb"(?:return-path|received|delivered-to|mime-version|message-id|from|date|subject|x-[a-z-]+)"
    rb":\s[^,\t]*\r?\n[a-z-]+:\s"
)
_WEB = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<?xml", b"<script", b"<style",
        b"<!--", b"<body", b"<div")  # fmt: skip


def read_tables(
    source: bytes | str | Path,
    name: str | None = None,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    bounds: Bounds = COMMAND,
    password: str | None = None,
) -> tuple[Table, ...]:
    """Return the tables of a statement: one a sheet that holds anything; of a CSV file, one.

    What a file is, its bytes tell: CSV, XLSX, .xls, a web page, PDF, or a ZIP archive of such.

    Parameters
    ----------
    source
        the file's bytes, or its path
    name
        what messages call it; the file's own name if not given
    encoding, delimiter
        for CSV: how to read it, if what is found by itself is wrong
    bounds
        how much is read, and for how long
    password
        that opens an archive or a PDF; kept nowhere

    Raises
    ------
    StatementError
        if it cannot be read, is beyond the bounds, is of another kind, or holds nothing;
        `statement-password` if it needs a password, `statement-password-wrong` if not this one
    """
    name = name or (Path(source).name if isinstance(source, str | Path) else "-")
    most = bounds.file_bytes
    data = source if isinstance(source, bytes) else _bytes(Path(source), name, most)
    if len(data) > most:
        raise StatementError("statement-too-big", name=name, most=most)
    tables = _tables(data, Meter(name, bounds), password, (encoding, delimiter))
    return tuple(with_joined_header(table) for table in _once(tables))


def _once(tables: tuple[Table, ...]) -> list[Table]:
    """Leave out a sheet that repeats another, cell by cell; the first one tells of it."""
    kept: list[Table] = []
    for table in tables:
        first = next((t for t in kept if (t.lines, t.rows) == (table.lines, table.rows)), None)
        if first is None or table.broken:
            kept.append(table)
        else:
            first.copies.append(table.sheet)
    return kept


def _bytes(path: Path, name: str, most: int) -> bytes:
    try:
        return read_bytes(path, most)
    except Refused as refusal:
        code = refusal.finding.code
        if code == "too-big":
            raise StatementError("statement-too-big", name=name, most=most) from None
        code = "missing" if code == "missing-file" else "unreadable"
        raise StatementError(f"statement-{code}", name=name) from None


def _tables(
    data: bytes, meter: Meter, password: str | None, how: tuple[str | None, str | None],
    *, within: bool = False,
) -> tuple[Table, ...]:  # fmt: skip
    """Read a file as what its bytes say it is; `within`: it lies in an archive."""
    kind = kind_of(data)
    kind = kind_of_archive(data, meter) if kind == "zip" else kind
    digest = hashlib.sha256(data).hexdigest()
    tables: tuple[Table, ...] = ()
    if kind == "archive" and within:
        meter.refuse("statement-archive-within")
    elif kind == "archive":
        inside = partial(_tables, how=how, within=True)
        tables = tables_of_archive(data, meter, inside, password)
    elif kind == "workbook":
        tables = _workbook(data, digest, meter)
    elif kind == "text":
        tables = (table_of_text(data, digest, meter, how),)
    elif kind in READERS:
        tables = tables_apart(kind, data, digest, meter, password)
    else:
        meter.refuse(f"statement-{kind}", steps=institution_of(meter.name))
    if not any(table.rows for table in tables):
        meter.refuse("statement-empty")
    return tables


def _workbook(data: bytes, digest: str, meter: Meter) -> tuple[Table, ...]:
    """Read an XLSX file; openpyxl is imported for the first of them."""
    # by the parser in C: no part declares entities, and defusedxml's takes thrice as long
    os.environ.setdefault("OPENPYXL_DEFUSEDXML", "False")
    try:
        from simlib.statement.read.xlsx import tables_of_workbook
    except ImportError:
        raise StatementError("missing-package", package="openpyxl") from None
    return tables_of_workbook(data, digest, meter)


def kind_of(data: bytes) -> str:
    """Tell by its first bytes what a file is; its name may say anything.

    Examples
    --------
    >>> kind_of(b"%PDF-1.7"), kind_of(b"\\n<html><table>"), kind_of("日期,金额".encode("gbk"))
    ('pdf', 'web', 'text')
    """
    if data[:8] == _OLE:
        return "xls"
    if data[:4] == b"PK\x03\x04":
        return "zip"
    start = data[:1024]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.decode("utf-16", "ignore").encode()
    start = start.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n").lower()
    if not start or data[:4] == b"PK\x05\x06":  # an archive of nothing
        return "empty"
    if start.startswith(b"%pdf"):
        return "pdf"
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "picture"
    if data[4:8] == b"ftyp" or (data[:2] == b"BM" and data[6:10] == bytes(4)):
        return "picture"  # HEIC, AVIF and films; BMP
    if data.startswith(_PACKED):
        return "packed"
    if _MAIL.match(start):
        return "mail"
    return "web" if start.startswith(_WEB) else "text"


# -------------------------------------------------- headers in two lines

FEWEST = 3  # known headers of the joined line


def with_joined_header(table: Table) -> Table:
    """Return the table with each of two header lines holding both, if together they name more
    columns; one of them is the header then, the other says it again."""
    best, most = None, FEWEST - 1
    alone = [_known(cells) for cells in table.rows[:LOOKED_AT]]
    for place in range(1, len(alone)):
        upper, lower = table.rows[place - 1], table.rows[place]
        if not (_named(upper) and _named(lower)):
            continue
        joined = _joined(upper, lower)
        count, upper_best = _known(joined), alone[place - 1] == max(alone)
        if count > most and count >= max(alone) + (not upper_best) and _spans(upper, lower):
            best, most = (place, joined), count
    if best is None:
        return table
    rows = [*table.rows]
    rows[best[0] - 1] = rows[best[0]] = best[1]
    return replace(table, rows=rows)


def _known(cells: Sequence[object]) -> int:
    """Count the known headers, each once."""
    return len({key for cell in cells if (key := header_key(cell)) in known_headers()})


def _named(cells: Row) -> bool:
    """Tell whether a line may be one of headers: short words, no day and no digits alone."""
    texts = [text for cell in cells if (text := plain(cell))]
    if len(texts) < 2 or any(len(t) > LONGEST_HEADER or not _words(t) for t in texts):
        return False
    return not any(_is_day(text) for text in texts)


def _words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _is_day(text: str) -> bool:
    try:
        return day_of(text).day is not None
    except Refusal as refusal:
        return refusal.code != "not-a-date"


def _spans(upper: Row, lower: Row) -> bool:
    """Tell whether the header of a day stands in one of the lines alone, as across both."""
    days = {*headers()["columns"]["date"]}
    return any(
        {header_key(one), header_key(other)} & days and not (plain(one) and plain(other))
        for one, other in zip_longest(upper, lower)
    )


def _joined(upper: Row, lower: Row) -> Row:
    """Return one line of both: of each column what is known of it, else all of it.

    What stands above several columns stands above the empty cells to its right, too.
    """
    cells, last = [], ""
    for over, under in zip_longest(map(plain, upper), map(plain, lower), fillvalue=""):
        last = over or (last if under else "")
        cells.append(_one(last, under))
    return tuple(cells)


def _one(above: str, beneath: str) -> str:
    for text in (above + beneath, beneath + above, beneath, above):
        if header_key(text) in known_headers():
            return text
    return above + beneath
