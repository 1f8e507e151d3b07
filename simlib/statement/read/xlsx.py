"""XLSX workbooks, by openpyxl; nothing of an archive is unpacked beyond the bounds."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator

from simlib.errors import StatementError
from simlib.statement.model import LONGEST_CELL, Line, Note, Row, Table
from simlib.statement.read.archives import TYPES, Archive
from simlib.statement.read.csv_file import MOST_COLUMNS
from simlib.statement.read.limits import Meter

MOST_SHEETS = 200
LONGEST_NUMBER = 1_024  # bits
STYLES = "xl/styles.xml"
SHOWN = 6  # hidden rows that are named


def tables_of_workbook(data: bytes, digest: str, meter: Meter) -> tuple[Table, ...]:
    """Return a table for each sheet that holds anything; `StatementError` if it is no workbook."""
    name = meter.name
    # by the parser in C: no part declares entities, and defusedxml's takes thrice as long
    os.environ.setdefault("OPENPYXL_DEFUSEDXML", "False")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and validations it does not know
        try:
            archive = Archive(data, meter)
            return tuple(table for table in _Book(archive).tables(name, digest) if table.rows)
        except StatementError:
            raise
        except ImportError:
            raise StatementError("missing-package", package="openpyxl") from None
        except Exception:  # a broken part can make openpyxl raise nearly anything
            raise StatementError("statement-broken", name=name) from None


class _Book:
    """A workbook: where its sheets are, and what their cells point at."""

    def __init__(self, archive: Archive) -> None:
        from openpyxl.packaging.manifest import Manifest
        from openpyxl.reader.workbook import WorkbookParser
        from openpyxl.xml.constants import SHARED_STRINGS, XLSM, XLSX, XLTM, XLTX
        from openpyxl.xml.functions import fromstring

        from simlib.statement.sheet import Dates, strings

        self.archive, self.meter = archive, archive.meter
        manifest = Manifest.from_tree(fromstring(archive.read(TYPES)))
        parts = [manifest.find(kind) for kind in (XLSX, XLSM, XLTX, XLTM)]
        where = next((part.PartName[1:] for part in parts if part), "xl/workbook.xml")
        self._parser = WorkbookParser(archive, where, keep_links=False)
        self._parser.parse()
        self.epoch = self._parser.wb.epoch
        shared, names = manifest.find(SHARED_STRINGS), archive.namelist()
        self.strings = strings(archive.open(shared.PartName[1:]), self.meter) if shared else []
        self.dates = Dates(set(), set())
        if STYLES in names:
            self.dates = Dates.of(archive.open(STYLES), self.meter)

    def tables(self, name: str, digest: str) -> Iterator[Table]:
        """Yield each sheet as a table."""
        if len(self._parser.sheets) > MOST_SHEETS:
            self.meter.refuse("statement-too-many-sheets", most=MOST_SHEETS)
        seen: dict[str, Table] = {}
        for sheet, place in self._parser.find_sheets():
            if place.target not in self.archive.namelist() or "chartsheet" in place.Type:
                continue
            if place.target in seen:  # listed again: read once
                seen[place.target].copies.append(sheet.name)
                continue
            rows, lines, broken, unseen = self._rows(place.target)
            hidden = sheet.state != "visible"
            found = seen[place.target] = Table(name, sheet.name, rows, lines, "xlsx", "", digest,
                                               hidden, broken, self.epoch.date(),
                                               notes=_hidden(unseen))  # fmt: skip
            yield found

    def _rows(self, part: str) -> tuple[list[Row], list[int], dict[int, Line], list[int]]:
        """Return the rows from the first to the last that holds anything, those not readable, and
        those that are hidden."""
        from simlib.statement.sheet import RowParser

        rows: list[Row] = []
        lines: list[int] = []
        broken: dict[int, Line] = {}
        unseen: list[int] = []
        parser = RowParser(self.archive.open(part), self.strings, True, self.epoch, *self.dates)
        for number, placed, unsaved, hidden in parser.rows(self.meter):
            cells, line = cells_of(number, placed, unsaved)
            if number > self.meter.bounds.rows and (cells or line):
                self.meter.refuse("statement-too-many-rows", most=self.meter.bounds.rows)
            if line:
                broken[number] = line
            if cells or line:
                unseen += [number] if hidden else []
                for blank in range(lines[-1] + 1 if lines else 1, number):
                    self.meter.row(())
                    rows.append(())
                    lines.append(blank)
                self.meter.row(cells)
                rows.append(cells)
                lines.append(number)
        return rows, lines, broken, unseen


def _hidden(rows: list[int]) -> tuple[Note, ...]:
    """Return the note that rows are hidden, if there are."""
    listed = ", ".join(map(str, rows[:SHOWN])) + (", …" if len(rows) > SHOWN else "")
    return (Note("hidden-rows", {"count": len(rows), "rows": listed}),) if rows else ()


def cells_of(
    number: int, placed: list[tuple[int, object]], unsaved: int
) -> tuple[Row, Line | None]:
    """Return the cells of a row in their places, no empty ones behind; and why it is unreadable."""
    filled = [(place, value) for place, value in placed if value is not None and value != ""]
    width = max((place for place, _ in filled), default=0)
    cells: list[object] = [None] * min(width, MOST_COLUMNS)
    long = any(_too_long(value) for _, value in filled)
    for place, value in filled:
        if place <= MOST_COLUMNS and not _too_long(value):
            cells[place - 1] = value
    if unsaved:
        return tuple(cells), Line(number, "formula-without-value", {"column": unsaved})
    if width > MOST_COLUMNS:
        return tuple(cells), Line(number, "too-many-columns", {"most": MOST_COLUMNS})
    return tuple(cells), Line(number, "long-cell", {"most": LONGEST_CELL}) if long else None


def _too_long(value: object) -> bool:
    """Tell whether a cell holds more than anybody reads, or a number beyond any a workbook can
    hold."""
    if isinstance(value, str):
        return len(value) > LONGEST_CELL
    return isinstance(value, int) and value.bit_length() > LONGEST_NUMBER
