"""From a file's bytes to tables of cells; what is no statement is refused with a remedy."""

from __future__ import annotations

import hashlib
from pathlib import Path

from simlib.case.guard import Refused, read_bytes
from simlib.errors import StatementError
from simlib.statement.bounds import COMMAND, Bounds, Meter
from simlib.statement.model import Table
from simlib.statement.text import table_of_text
from simlib.statement.twofold import with_joined_header
from simlib.statement.workbook import tables_of_workbook

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_WEB = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<?xml", b"<script", b"<style")


def read_tables(
    source: bytes | str | Path,
    name: str | None = None,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    bounds: Bounds = COMMAND,
) -> tuple[Table, ...]:
    """Return the tables of a statement: one a sheet that holds anything; of a CSV file, one.

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

    Raises
    ------
    StatementError
        if it cannot be read, is beyond the bounds, is no CSV and no XLSX file, or holds nothing
    """
    name = name or (Path(source).name if isinstance(source, str | Path) else "-")
    most = bounds.file_bytes
    data = source if isinstance(source, bytes) else _bytes(Path(source), name, most)
    if len(data) > most:
        raise StatementError("statement-too-big", name=name, most=most)
    _refuse_others(data, name)
    digest, meter = hashlib.sha256(data).hexdigest(), Meter(name, bounds)
    if data[:4] == b"PK\x03\x04":
        tables = tables_of_workbook(data, digest, meter)
    else:
        tables = (table_of_text(data, digest, meter, (encoding, delimiter)),)
    if not any(table.rows for table in tables):
        raise StatementError("statement-empty", name=name)
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


def _refuse_others(data: bytes, name: str) -> None:
    """Refuse files of another kind, each with its own remedy."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise StatementError("statement-empty", name=name)
    if data[:8] == _OLE:
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise StatementError("statement-locked" if locked else "statement-xls", name=name)
    if start.startswith(b"%pdf"):
        raise StatementError("statement-pdf", name=name)
    if start.startswith(_WEB):  # many banks' ".xls" is a web page
        raise StatementError("statement-web-page", name=name)
