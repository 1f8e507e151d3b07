"""XLSX workbooks. The archive is measured before anything in it is unpacked."""

from __future__ import annotations

import io
import os
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from simlib.errors import StatementError
from simlib.statement.model import Line, Table
from simlib.statement.text import MOST_COLUMNS, MOST_ROWS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MOST_UNZIPPED = 256_000_000
MOST_PARTS = 2_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<[^\x00]"
)  # in letters of one byte: nothing else is searched
_PICTURES = ("xl/media/", "docProps/thumbnail")
_CHUNK = 1 << 20


def tables_of_workbook(data: bytes, name: str, digest: str) -> tuple[Table, ...]:
    """A table for each sheet that holds anything; `StatementError` if it is no workbook."""
    formulas = _measured(data, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and validations it does not know
        try:
            return _tables(data, name, digest, formulas)
        except StatementError:
            raise
        except ImportError:
            raise StatementError("missing-package", package="openpyxl") from None
        except Exception:  # a broken part can make openpyxl raise nearly anything
            raise StatementError("statement-broken", name=name) from None


def _measured(data: bytes, name: str) -> bool:
    """Whether a sheet has formulas; refuses what would fill the memory, and what is no workbook.

    `zipfile` never unpacks more of a part than the directory says it holds, so its sizes can be
    relied on.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNZIPPED:
                raise StatementError("statement-bomb", name=name, most=MOST_UNZIPPED)
            if any(part.flag_bits & 1 for part in parts):
                raise StatementError("statement-locked", name=name)
            if "[Content_Types].xml" not in archive.namelist() or not any(
                part.filename.startswith("xl/") for part in parts
            ):
                raise StatementError("statement-not-workbook", name=name)
            return _has_formulas(archive, name)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError):
        raise StatementError("statement-broken", name=name) from None
    except zlib.error:
        raise StatementError("statement-broken", name=name) from None


def _has_formulas(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a sheet has one; refuses parts that declare entities, or hide that they do."""
    found = False
    for part in archive.infolist():
        if part.filename.startswith(_PICTURES):
            continue
        sheet = part.filename.startswith("xl/worksheets/")
        with archive.open(part) as stream:
            chunk = stream.read(_CHUNK)
            if part.filename.endswith((".xml", ".rels")) and not _XML.match(chunk):
                raise StatementError("statement-broken", name=name)
            while chunk:
                if _ENTITIES.search(chunk):
                    raise StatementError("statement-broken", name=name)
                found = found or (sheet and _FORMULA.search(chunk) is not None)
                chunk = chunk[-16:] + more if (more := stream.read(_CHUNK)) else b""
    return found


def _tables(data: bytes, name: str, digest: str, formulas: bool) -> tuple[Table, ...]:
    book = _opened(data, values=True)
    twin = _opened(data, values=False) if formulas else None
    found = []
    try:
        for sheet in book.worksheets:
            table = _table(sheet, twin[sheet.title] if twin else None, name, digest, book)
            if table.rows:
                found.append(table)
    finally:
        book.close()
        if twin:
            twin.close()
    return tuple(found)


def _opened(data: bytes, values: bool) -> Workbook:
    """The workbook, by the parser in C: no part declares entities, and defusedxml's takes thrice
    as long."""
    os.environ.setdefault("OPENPYXL_DEFUSEDXML", "False")
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def _table(sheet: Worksheet, twin: Worksheet | None, name: str, digest: str, book: Workbook):
    rows, lines, broken, empty = [], [], {}, []
    for number, (cells, asked) in enumerate(_rows(sheet, twin), 1):
        if number > MOST_ROWS:
            raise StatementError("statement-too-many-rows", name=name, most=MOST_ROWS)
        cells, line = _trimmed(cells), _unsaved(cells, asked, number)
        if line or len(cells) > MOST_COLUMNS:
            broken[number] = line or Line(number, "too-many-columns", {"most": MOST_COLUMNS})
        if not cells and not line:
            empty.append(number)  # kept only if something follows
            continue
        for blank in empty:
            rows.append(())
            lines.append(blank)
        empty.clear()
        rows.append(cells[:MOST_COLUMNS])
        lines.append(number)
    hidden = sheet.sheet_state != "visible"
    sheet_name = sheet.title
    return Table(name, sheet_name, rows, lines, "xlsx", "", digest, hidden, broken,
                 book.epoch.date())  # fmt: skip


def _rows(sheet: Worksheet, twin: Worksheet | None) -> Iterator[tuple[tuple, tuple]]:
    """The rows of the sheet, and of its twin that holds formulas where the other holds values."""
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    if twin is None:
        yield from ((cells, ()) for cells in sheet.iter_rows(values_only=True))
        return
    twin.reset_dimensions()
    pairs = zip_longest(
        sheet.iter_rows(values_only=True), twin.iter_rows(values_only=True), fillvalue=()
    )
    yield from pairs


def _trimmed(cells: tuple) -> tuple:
    end = len(cells)
    while end and (cells[end - 1] is None or cells[end - 1] == ""):
        end -= 1
    return cells[:end]


def _unsaved(cells: tuple, formulas: tuple, row: int) -> Line | None:
    """A formula whose value was never saved: nobody knows what the row says."""
    for place, (value, formula) in enumerate(zip(cells, formulas, strict=False), 1):
        if value is None and formula is not None:
            return Line(row, "formula-without-value", {"column": place})
    return None
