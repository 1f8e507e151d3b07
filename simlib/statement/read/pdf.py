"""PDF files with text, by pdfplumber: tables by their lines, else by the places of words.

Runs in a process of its own. A row is numbered by its page and its place there: 2003 is the third
line of page 2.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import reduce
from typing import Any, NamedTuple, TypeAlias

from simlib.statement.dates import is_day
from simlib.statement.placed import (
    Column,
    Word,
    glued,
    header_of,
    is_money,
    lines_of,
    rows_of,
)
from simlib.statement.read.sandbox import Event, Unfit

Untyped: TypeAlias = Any  # Any: pdfplumber has no types
MOST_PAGES = 2_000
A_PAGE = 1_000  # lines that numbers have room for
FEWEST = 3  # columns of a table with lines
MOST_LINES = 6  # of one cell; more are rows without a line between them
CLOSE = 2  # points between two letters of one word
MOST_UNREADABLE = 5  # of a hundred words may be of letters that no table names: (cid:12)


class Grid(NamedTuple):
    """A table with lines: from where to where, of each row its top and the lines of cells, and from
    where to where its columns reach."""

    top: float
    bottom: float
    rows: list[tuple[float, list[list[str]]]]
    columns: list[tuple[float, float]]


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


def _opened(data: bytes, password: str | None) -> Untyped:
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


def _words(page: Untyped) -> list[Word]:
    return [_word(word) for word in page.extract_words(x_tolerance=CLOSE, return_chars=True)]


def _word(said: dict[str, Untyped]) -> Word:
    letters = tuple((c["text"], c["x0"], c["x1"]) for c in said.get("chars", ()))
    return Word(said["text"], said["x0"], said["x1"], said["top"], said["bottom"], letters)


def _rows(
    page: Untyped, words: list[Word], before: list[Column]
) -> tuple[list[list[str]], list[Column]]:
    """Return the rows of a page, and the columns that go on on the next."""
    grids = [grid for table in page.find_tables() if _is_grid(grid := _grid(table, words))]
    if grids:
        return _ruled(grids, words), before
    lines = lines_of(words)
    columns, place, end = header_of(lines)
    columns = columns or before
    if not columns:
        return [[_said(line)] for line in lines], []
    rows = [[_said(line)] for line in lines[: max(place, 0)]]
    if place >= 0:
        rows.append([column.header for column in columns])
    return [*rows, *rows_of(lines[end + 1 :], columns)], columns


def _grid(table: Untyped, words: list[Word]) -> Grid:
    """Return a table's cells with the words that stand in them."""
    rows = [(row.bbox[1], row.bbox[3], row.cells) for row in table.rows]
    left, top, right, bottom = table.bbox
    within = [w for w in words if top <= w.middle <= bottom and w.left < right and w.right > left]
    widest = max((cells for _, _, cells in rows), key=lambda cells: len(cells) - cells.count(None))
    columns = [(cell[0], cell[2]) if cell else (left, left) for cell in widest]
    return Grid(top, bottom, [
        (upper, [_text(cell, [w for w in within if upper <= w.middle <= lower]) for cell in cells])
        for upper, lower, cells in rows
    ], columns)  # fmt: skip


def _text(box: tuple[float, float, float, float] | None, row: list[Word]) -> list[str]:
    """Return the lines of one cell; a word across its edge is cut there."""
    if box is None:
        return []
    found = [word.within(box[0], box[2]) for word in row]
    lines = lines_of([word for word in found if word.text])
    return [" ".join(word.text for word in line) for line in lines]


def _is_grid(grid: Grid) -> bool:
    """Tell whether lines make a table of rows, and no frame around one or columns alone."""
    rows = [cells for _, cells in grid.rows]
    if len(rows) < 2 or max(map(len, rows)) < FEWEST:
        return False
    return max(len(lines) for cells in rows[1:] for lines in cells) < MOST_LINES


def _ruled(grids: list[Grid], words: list[Word]) -> list[list[str]]:
    """Return the tables' rows and the lines between them, from the top down."""
    placed = [(top, [reduce(glued, lines, "") for lines in cells])
              for grid in grids for top, cells in grid.rows]  # fmt: skip
    loose = [w for w in words if not any(grid.top <= w.middle <= grid.bottom for grid in grids)]
    lines = lines_of(loose)
    last = max(grids, key=lambda grid: grid.bottom)
    cells, lines = _open_row(last, lines)
    placed += [(last.bottom, cells)] if cells else []
    placed += [(line[0].top, [_said(line)]) for line in lines]
    return [cells for _, cells in sorted(placed, key=lambda each: each[0])]


def _open_row(grid: Grid, lines: list[list[Word]]) -> tuple[list[str], list[list[Word]]]:
    """Return the row that the page's end leaves without a line below it, and the other lines.

    It has a day and money, and every word of it stands in one column.
    """
    cells = [""] * len(grid.columns)
    taken: list[list[Word]] = []
    for line in (line for line in lines if line[0].middle > grid.bottom):
        places = [_column(word, grid) for word in line]
        if None in places:
            break
        taken.append(line)
        for n in range(len(cells)):
            words = [word.text for word, p in zip(line, places, strict=True) if p == n]
            cells[n] = glued(cells[n], " ".join(words))
    if not (any(map(is_day, cells)) and any(map(is_money, cells))):
        return [], lines
    return cells, [line for line in lines if line not in taken]


def _column(word: Word, grid: Grid) -> int | None:
    within = (n for n, (left, right) in enumerate(grid.columns)
              if left - CLOSE <= word.left and word.right <= right + CLOSE)  # fmt: skip
    return next(within, None)


def _said(line: list[Word]) -> str:
    return "  ".join(word.text for word in line)
