"""Excel's format of before 2007 (.xls) and strict OOXML, by calamine; in a process of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simlib.statement.read.sandbox import Event, Unfit

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

LOCKED = "EncryptedPackage".encode("utf-16-le")  # an XLSX file with a password, in an OLE file
DOCUMENT = "WordDocument".encode("utf-16-le")
MOST_SHEETS = 200


def events(data: bytes, _: str | None) -> Iterator[Event]:
    """Yield each sheet and its rows; raises `Unfit` if there are none to be read."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    if LOCKED in data:
        raise Unfit("statement-locked")
    if DOCUMENT in data:
        raise Unfit("statement-not-workbook")
    try:
        book = load_workbook(io.BytesIO(data))
        known = book.sheets_metadata
        if len(known) > MOST_SHEETS:
            raise Unfit("statement-too-many-sheets", most=MOST_SHEETS)
        for number, sheet in enumerate(known):
            if str(sheet.typ).endswith("WorkSheet"):
                yield "sheet", sheet.name, not str(sheet.visible).endswith(".Visible")
                yield from _rows(book.get_sheet_by_index(number))
    except PasswordError:
        raise Unfit("statement-locked") from None
    except CalamineError:
        raise Unfit("statement-broken") from None


def _rows(sheet: CalamineSheet) -> Iterator[Event]:
    start = sheet.start
    if start is None:
        return
    before = [None] * start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield "row", number, [*before, *cells]
