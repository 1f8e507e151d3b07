"""PDF files with text, by pdfplumber: tables by their lines, else by the places of words.

Runs in a process of its own. A row is numbered by its page and its place there: 2003 is the third
line of page 2.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import reduce
from typing import Any

from simlib.statement.apart import Event, Unfit
from simlib.statement.placed import Column, Word, columns_of, glued, lines_of, rows_of

MOST_PAGES = 2_000
A_PAGE = 1_000  # lines that numbers have room for
FEWEST = 3  # columns of a table with lines
MOST_UNREADABLE = 5  # of a hundred words may be of letters that no table names: (cid:12)


def events(data: bytes, password: str | None) -> Iterator[Event]:
    """Yield the lines of all pages; raises `Unfit` if there is no text or no table."""
    document = _opened(data, password)
    if len(document.pages) > MOST_PAGES:
        raise Unfit("statement-bomb")
    yield "sheet", "", False
    yield "note", "from-pdf", {}
    said, found, columns = "", False, list[Column]()
    words = unreadable = 0
    for page in document.pages:
        placed = _words(page)
        words, unreadable = words + len(placed), unreadable + sum("(cid:" in w.text for w in placed)
        said = said or " ".join(word.text for word in placed)[:4_000]
        rows, columns = _rows(page, placed, columns)
        found = found or any(len(cells) >= FEWEST for cells in rows)
        for number, cells in enumerate(rows[: A_PAGE - 1], page.page_number * A_PAGE + 1):
            yield "row", number, cells
        page.close()
    if not words:
        raise Unfit("statement-scan", text="")
    if not found or unreadable * 100 > words * MOST_UNREADABLE:
        raise Unfit("statement-pdf", text=said)


def _opened(data: bytes, password: str | None) -> Any:  # Any: pdfplumber has no types
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        return pdfplumber.open(io.BytesIO(data), password=password or "")
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            wrong = "-wrong" if password else ""
            raise Unfit(f"statement-password{wrong}") from None
        raise Unfit("statement-broken") from None


def _words(page: Any) -> list[Word]:
    return [
        Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"])
        for word in page.extract_words(keep_blank_chars=False, x_tolerance=2)
    ]


def _rows(
    page: Any, words: list[Word], before: list[Column]
) -> tuple[list[list[str]], list[Column]]:
    """Return the rows of a page, and the columns that go on on the next."""
    tables = [table for table in page.find_tables() if _is_table(table)]
    if tables:
        return _ruled(tables, words), before
    lines = lines_of(words)
    named = [(columns_of(line), n) for n, line in enumerate(lines)]
    columns, place = next(((c, n) for c, n in named if c), (before, -1))
    if not columns:
        return [[_said(line)] for line in lines], []
    rows = [[_said(line)] for line in lines[: max(place, 0)]]
    if place >= 0:
        rows.append([column.header for column in columns])
    return [*rows, *rows_of(lines[place + 1 :], columns)], columns


def _is_table(table: Any) -> bool:
    """Tell whether lines make a table of rows, and no frame around one."""
    rows = table.rows
    return len(rows) > 1 and max(len(row.cells) for row in rows) >= FEWEST and not _lumped(table)


def _lumped(table: Any) -> bool:
    """Tell whether one cell holds many rows: only the columns have lines between them."""
    cells = [cell or "" for row in table.extract()[1:] for cell in row]
    return any(cell.count("\n") >= 6 for cell in cells)


def _ruled(tables: list[Any], words: list[Word]) -> list[list[str]]:
    """Return the tables' rows and the lines between them, from the top down."""
    placed: list[tuple[float, list[str]]] = []
    for table in tables:
        for row, cells in zip(table.rows, table.extract(), strict=True):
            placed.append((row.bbox[1], [_cell(cell) for cell in cells]))
    boxes = [table.bbox for table in tables]
    loose = [w for w in words if not any(b[1] <= w.middle <= b[3] for b in boxes)]
    placed += [(line[0].top, [_said(line)]) for line in lines_of(loose)]
    return [cells for _, cells in sorted(placed, key=lambda each: each[0])]


def _cell(text: str | None) -> str:
    """Return a cell of several lines as one."""
    return reduce(glued, (text or "").split("\n"))


def _said(line: list[Word]) -> str:
    return "  ".join(word.text for word in line)
