"""XLSX workbooks, by openpyxl; nothing of an archive is unpacked beyond the bounds."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import NamedTuple, TypedDict
from xml.etree.ElementTree import Element, XMLPullParser

from openpyxl.cell.text import Text
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS, XLSM, XLSX, XLTM, XLTX
from openpyxl.xml.functions import fromstring

from simlib.errors import StatementError
from simlib.statement.model import Line, Note, Row, Table
from simlib.statement.read.archives import TYPES, Archive, Part
from simlib.statement.read.limits import Meter, cells_of

# --------------------------------------------------- the rows of a sheet

DEEPEST = 32  # elements within elements; a row needs five
MOST_IN_ROW = 100_000  # elements of one row; Excel has 16,384 columns
MOST_SILENT = 4_000_000  # bytes without a tag; a cell holds 32,767 letters
LONGEST_FORMAT = 255  # letters of a format, in Excel
_NAMED = f"{{{SHEET_MAIN_NS}}}".__add__
STRING, FORMAT, CELL_STYLES, STYLE = map(_NAMED, ("si", "numFmt", "cellXfs", "xf"))


class SheetRow(NamedTuple):
    """One row: its number, (column from 1, value) of its cells, the first column that holds a
    formula without its value, or 0, and whether the workbook hides it."""

    number: int
    cells: list[tuple[int, object]]
    unsaved: int
    hidden: bool


class Cell(TypedDict):
    """What openpyxl reads of a cell, as far as it is of use here."""

    column: int
    value: object


class RowParser(WorkSheetParser):
    """openpyxl's reading of cells, without all that may stand around the rows."""

    def rows(self, meter: Meter) -> Iterator[SheetRow]:
        """Yield the rows in order; one whose number is not beyond that of the last stands behind
        it."""
        last = 0
        for element in elements(self.source, ROW_TAG, meter):
            self.unsaved = 0
            number, cells = self.parse_row(element)
            self.row_dimensions.clear()
            last = max(number, last + 1)
            placed = [(cell["column"], cell["value"]) for cell in cells]
            hidden = element.get("hidden") in ("1", "true")
            yield SheetRow(last, placed, self.unsaved, hidden)

    def parse_cell(self, element: Element) -> Cell:
        """Return the cell, and note a formula whose value was never saved."""
        cell: Cell = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            self.unsaved = self.unsaved or cell["column"]
        return cell


def strings(part: Part, meter: Meter) -> list[str]:
    """Return the texts that cells point at."""
    return [Text.from_tree(each).content.replace("x005F_", "")
            for each in elements(part, STRING, meter)]  # fmt: skip


class Dates(NamedTuple):
    """The styles, by number, that make a number a day, and those that make it a duration."""

    days: set[int]
    durations: set[int]

    @classmethod
    def of(cls, part: Part, meter: Meter) -> Dates:
        """Return those of a workbook's part of styles."""
        formats: dict[int, str] = {}
        styles: list[int] = []
        for each in elements(part, (FORMAT, CELL_STYLES), meter):
            if each.tag == FORMAT:
                formats[int(each.attrib["numFmtId"])] = each.attrib["formatCode"][:LONGEST_FORMAT]
            else:
                styles = [int(style.get("numFmtId", 0)) for style in each.iter(STYLE)]
        codes = {n: formats.get(n) or builtin_format_code(n) for n in set(styles)}
        days = {n for n, code in codes.items() if is_date_format(code)}
        durations = {n for n, code in codes.items() if is_timedelta_format(code)}
        return cls({place for place, n in enumerate(styles) if n in days},
                   {place for place, n in enumerate(styles) if n in durations})  # fmt: skip


def elements(part: Part, tags: str | tuple[str, ...], meter: Meter) -> Iterator[Element]:
    """Yield the elements of these tags, each once it is whole; no other is kept.

    Nothing deep or endless is built: what surrounds the elements is emptied as it goes by.
    """
    wanted = {tags} if isinstance(tags, str) else set(tags)
    around: list[Element] = []
    inside: Element | None = None
    depth = count = 0
    for count_all, (event, element) in enumerate(_events(part, meter)):
        if not count_all & 0xFFF:
            meter.tick()
        if event == "start":
            depth, count = depth + 1, count + 1
            if depth > DEEPEST or (inside is not None and count > MOST_IN_ROW):
                meter.refuse("statement-bomb", most=meter.bounds.unpacked_bytes)
            if inside is None and element.tag in wanted:
                inside, count = element, 0
            elif inside is None:
                around.append(element)
            continue
        depth -= 1
        if element is inside:
            yield element
            inside = None
        elif inside is None:
            around.pop()
        if inside is None and around:
            around[-1].clear()


def _events(part: Part, meter: Meter) -> Iterator[tuple[str, Element]]:
    """Yield start and end of each element.

    What no tag ends, expat reads again from its beginning with every piece that comes: 40 MB of
    blanks within a tag took minutes.
    """
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    silent = 0
    while piece := part.read():
        parser.feed(piece)
        silent += len(piece)
        for event in parser.read_events():
            silent = 0
            yield event  # type: ignore[misc]  # of start and end, the only ones there are
        if silent > MOST_SILENT:
            meter.refuse("statement-bomb", most=meter.bounds.unpacked_bytes)
    parser.close()
    yield from parser.read_events()  # type: ignore[misc]  # as above


# ---------------------------------------------------------- the workbook

MOST_SHEETS = 200
STYLES = "xl/styles.xml"
SHOWN = 6  # hidden rows that are named


def tables_of_workbook(data: bytes, digest: str, meter: Meter) -> tuple[Table, ...]:
    """Return a table for each sheet that holds anything; `StatementError` if it is no workbook."""
    name = meter.name
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and validations it does not know
        try:
            archive = Archive(data, meter)
            return tuple(table for table in _Book(archive).tables(name, digest) if table.rows)
        except StatementError:
            raise
        except Exception:  # a broken part can make openpyxl raise nearly anything
            raise StatementError("statement-broken", name=name) from None


class _Book:
    """A workbook: where its sheets are, and what their cells point at."""

    def __init__(self, archive: Archive) -> None:
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
