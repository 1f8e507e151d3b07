"""PDF files with text, by pdfplumber: tables by their lines, else by the places of words.

Runs in a process of its own. A row is numbered by its page and its place there: 2003 is the third
line of page 2."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from statistics import median
from typing import Any, NamedTuple, TypeAlias

from simlib.statement.amounts import fen_or_none
from simlib.statement.dates import is_day
from simlib.statement.read.sandbox import Event, Unfit
from simlib.statement.vocabulary import header_key, headers, known_headers

# --------------------------------------- words at their places into rows

FEWEST_HEADERS = 3  # known headers of a line, one of them a day's
SAME_LINE = 3.0  # points between the middles of two words of one line
MOST_WORDS = 4  # of one header, which may be spaced out: 摘 要
_DATE = re.compile(r"\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?", re.ASCII)
_CLOCK = re.compile(r"\d{1,2}[:.时]\d{2}", re.ASCII)


class Word(NamedTuple):
    """A word and where it stands; points from the left and from the top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    letters: tuple[tuple[str, float, float], ...] = ()  # each with its left and right

    def within(self, left: float, right: float) -> Word:
        """Return what of it stands between these edges."""
        if left <= self.left and self.right <= right:
            return self
        inside = [each for each in self.letters if left <= (each[1] + each[2]) / 2 < right]
        text = "".join(letter for letter, _, _ in inside)
        return self._replace(text=text, left=max(self.left, left), right=min(self.right, right))

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


class Column(NamedTuple):
    """A column: its header, and from where to where it reaches."""

    header: str
    left: float
    right: float


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words line by line, from the top and from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        if lines and word.middle - lines[-1][0].middle <= SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def header_of(lines: Sequence[Sequence[Word]]) -> tuple[list[Column], int, int]:
    """Return the columns that some line names, its place, and that of the last line of headers;
    no columns and -1 if none does."""
    for n, line in enumerate(lines):
        for below in (lines[n + 1 : n + 2], ()):
            if columns := columns_of(line, *below):
                return columns, n, n + len(below)
    return [], -1, -1


def columns_of(line: Sequence[Word], below: Sequence[Word] = ()) -> list[Column]:
    """Return the columns that a line of headers names, with the rest of them in the line below;
    none if it is no such line, or the line below no rest."""
    columns: list[Column] = []
    place = 0
    while place < len(line):
        words = line[place : place + _together(line[place : place + MOST_WORDS])]
        columns.append(Column("".join(w.text for w in words), words[0].left, words[-1].right))
        place += len(words)
    if below:
        columns = continued(columns, below)
    keys = {header_key(column.header) for column in columns}
    dated = keys & {*headers()["columns"]["date"], *headers()["columns"]["time"]}
    return columns if dated and len(keys & known_headers()) >= FEWEST_HEADERS else []


def continued(columns: Sequence[Column], line: Sequence[Word]) -> list[Column]:
    """Return the columns with the second line of their headers (交易金 and below it 额); none if
    the line is no such line: it names something known where the first line did not."""
    if any(re.search(r"\d", word.text) for word in line):
        return []
    headers = [column.header for column in columns]
    for word in line:
        place = max(range(len(columns)), key=lambda n: _overlap(word, columns[n]))
        if _overlap(word, columns[place]) <= 0:
            return []
        headers[place] = glued(headers[place], word.text)
    known = known_headers()
    changed = [(b, c.header) for b, c in zip(headers, columns, strict=True) if b != c.header]
    lost = any(header_key(old) in known and header_key(new) not in known for new, old in changed)
    gained = any(header_key(new) in known and header_key(old) not in known for new, old in changed)
    if lost or not gained:
        return []
    return [c._replace(header=text) for c, text in zip(columns, headers, strict=True)]


def _together(words: Sequence[Word]) -> int:
    """Return how many of these words are one header."""
    texts = ["".join(word.text for word in words[:n]) for n in range(len(words) + 1)]
    known = (n for n in range(len(words), 1, -1) if header_key(texts[n]) in known_headers())
    return next(known, 1)


def rows_of(lines: Sequence[Sequence[Word]], columns: Sequence[Column]) -> list[list[str]]:
    """Return the lines under a header as rows of cells.

    A line without a day and without money belongs to the nearest one that has a day: the rest of a
    long name, above or below it. What is no part of the table is a row of one cell, as a sentence
    that reaches under several headers.
    """
    edges = _edges(lines, columns)
    placed = [_cells(line, columns, edges) for line in lines]
    heights = [line[0].middle for line in lines]
    dated = [n for n, cells in enumerate(placed) if _has_day(cells, columns)]
    gaps = [heights[b] - heights[a] for a, b in zip(dated, dated[1:], strict=False)]
    reach = 0.8 * median(gaps) if gaps else 6 * SAME_LINE
    owner = {n: n for n in dated}
    for n, cells in enumerate(placed):
        near = min(dated, key=lambda d: abs(heights[d] - heights[n]), default=n)
        close = abs(heights[near] - heights[n]) <= reach
        if dated and close and not _has_money(cells, columns) and not _across(lines[n], columns):
            owner.setdefault(n, near)
    rows: dict[int, list[str]] = {}
    for n, cells in enumerate(placed):
        home = owner.get(n, n)
        known = rows.get(home)
        rows[home] = [glued(a, b) for a, b in zip(known, cells, strict=True)] if known else cells
    ordered = sorted(rows)
    return [rows[n] if n in owner or _has_money(rows[n], columns) else [_whole(lines[n])]
            for n in ordered]  # fmt: skip


def _across(line: Sequence[Word], columns: Sequence[Column]) -> bool:
    """Tell whether a word of a line reaches under several headers: a sentence, no cell."""
    return any(
        sum(_overlap(word, column) > 0 for column in columns) >= FEWEST_HEADERS for word in line
    )


def _whole(line: Sequence[Word]) -> str:
    return "  ".join(word.text for word in line)


def _cells(
    line: Sequence[Word], columns: Sequence[Column], edges: dict[int, list[int]]
) -> list[str]:
    """Put each word under the header it overlaps most, else under the nearest; an amount, where
    those that end at the same place stand; one of two columns, under both, to be refused."""
    cells = [""] * len(columns)
    for word in line:
        nearest = max(range(len(columns)), key=lambda n: _overlap(word, columns[n]))
        money = is_money(word.text) and _overlap(word, columns[nearest]) <= 0
        for place in edges.get(_edge(word), [nearest]) if money else [nearest]:
            cells[place] = f"{cells[place]} {word.text}".strip()
    return cells


def _edges(lines: Sequence[Sequence[Word]], columns: Sequence[Column]) -> dict[int, list[int]]:
    """Return where amounts end → their column, by those wide enough to reach under a header; or
    both columns beside, where none does and both hold money."""
    words = [word for line in lines for word in line if is_money(word.text)]
    found: dict[int, list[int]] = {}
    for edge in {_edge(word) for word in words}:
        same = [word for word in words if _edge(word) == edge]
        under = Counter(n for word in same for n in range(len(columns))
                        if _overlap(word, columns[n]) > 0)  # fmt: skip
        beside = sorted(range(len(columns)), key=lambda n: -_overlap(same[0], columns[n]))[:2]
        if under:
            found[edge] = [under.most_common(1)[0][0]]
        elif all(_holds_money(columns[n]) for n in beside):
            found[edge] = beside
    return found


def _edge(word: Word) -> int:
    return round(word.right / SAME_LINE)


def _overlap(word: Word, column: Column) -> float:
    """Return how far a word lies under a header [points]; below 0, how far from it."""
    return min(word.right, column.right) - max(word.left, column.left)


def _has_day(cells: Sequence[str], columns: Sequence[Column]) -> bool:
    days = {*headers()["columns"]["date"], *headers()["columns"]["time"]}
    return any(is_day(cell.split(" ")[0]) for cell, column in zip(cells, columns, strict=True)
               if header_key(column.header) in days)  # fmt: skip


def _has_money(cells: Sequence[str], columns: Sequence[Column]) -> bool:
    return any(_holds_money(column) and is_money(cell)
               for cell, column in zip(cells, columns, strict=True))  # fmt: skip


def _holds_money(column: Column) -> bool:
    known = headers()["columns"]
    roles = ("amount", "out", "in", "balance")
    return any(header_key(column.header) in known[role] for role in roles)


def is_money(text: str) -> bool:
    """Tell whether a text is an amount."""
    return fen_or_none(text) is not None


def glued(upper: str, lower: str) -> str:
    """Return what one cell holds on two lines.

    Examples
    --------
    >>> glued("2024-01-02", "13:04:05"), glued("6222 0200", "1111"), glued("某某有限", "公司")
    ('2024-01-02 13:04:05', '6222 02001111', '某某有限公司')
    >>> glued("2024-01-", "02"), glued("Bank of", "China")
    ('2024-01-02', 'Bank of China')
    """
    if not (upper and lower):
        return upper or lower
    day = _DATE.fullmatch(upper) and _CLOCK.match(lower)
    words = (
        upper[-1].isascii() and upper[-1].isalpha() and lower[0].isascii() and lower[0].isalpha()
    )
    return f"{upper} {lower}" if day or words else upper + lower


# ------------------------------------------- pages and tables with lines

Untyped: TypeAlias = Any  # Any: pdfplumber has no types
MOST_PAGES = 2_000
A_PAGE = 1_000  # lines that numbers have room for
FEWEST_COLUMNS = 3  # columns of a table with lines
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
        found = found or any(len(cells) >= FEWEST_COLUMNS for cells in rows)
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
    if len(rows) < 2 or max(map(len, rows)) < FEWEST_COLUMNS:
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
