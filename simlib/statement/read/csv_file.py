"""CSV files in the encodings and with the delimiters Chinese banks use."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from simlib.errors import StatementError
from simlib.statement.mapping import DELIMITERS, ENCODINGS
from simlib.statement.model import LONGEST_CELL, Line, Row, Table
from simlib.statement.read.limits import MOST_COLUMNS, Meter

LOST, MOST_LOST = "\ufffd", 50  # at most one letter in fifty is lost
LOOKED_AT = 60  # lines from which the delimiter is read
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_TABS = re.compile(r"\t+(?=[,;|]|$)|(?<=[,;|])\t+")  # they keep a number text; they cut nothing


def table_of_text(
    data: bytes, digest: str, meter: Meter, how: tuple[str | None, str | None]
) -> Table:
    """Return the table in a CSV file, by this encoding and delimiter (None: as detected).

    Raises `StatementError` if it is no CSV.
    """
    text, encoding, lossy = decoded(data, meter.name, how[0])
    delimiter = how[1] or _delimiter(text)
    rows: list[Row] = []
    lines: list[int] = []
    broken: dict[int, Line] = {}
    for line, cells in _records(text, delimiter, meter):
        if wrong := _wrong(line, cells, encoding if lossy else None):
            broken[line] = wrong
        rows.append(tuple(cell[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]))
        meter.row(rows[-1])
        lines.append(line)
    torn = lines[-1] if lines and not text.endswith(("\n", "\r")) else None
    return Table(meter.name, "", rows, lines, encoding, delimiter, digest, broken=broken, torn=torn)


def _records(text: str, delimiter: str, meter: Meter) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, start = 1, 0
    try:
        for cells in reader:
            yield line, cells
            start, line = line, reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            meter.refuse("statement-long-field", line=line, most=csv.field_size_limit())
        yield from _loose(text, delimiter, meter, after=start)


def _loose(text: str, delimiter: str, meter: Meter, after: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the records behind that of line `after` of a file that puts tabs or blanks around
    quoted cells, which no CSV does and banks do."""
    blank = " " if delimiter == "\t" else "[ \t]"
    mark = re.escape(delimiter)
    quoted = re.compile(rf'{blank}*+"((?:[^"]++|"")*+)"{blank}*+(?={mark}|\r|\n|\Z)')
    bare = re.compile(rf'(?!{blank}*+")[^{mark}\r\n]*+')
    ends = re.compile(r"\r\n?|\n|\Z")
    place = 0
    line = first = 1
    cells: list[str] = []
    while place < len(text) or cells:
        found = quoted.match(text, place) or bare.match(text, place)
        if found is None:
            meter.refuse("statement-not-csv", line=first)
        cells.append(found[1].replace('""', '"') if found.re is quoted else found[0])
        line += len(re.findall(r"\r\n?|\n", found[0]))
        place = found.end()
        if text[place : place + 1] == delimiter:
            place += 1
            continue
        if first > after:
            yield first, cells if cells != [""] else []
        end = ends.match(text, place)
        place = end.end() if end else place
        line, cells = line + 1, []
        first = line


def _wrong(line: int, cells: list[str], lossy: str | None) -> Line | None:
    """Return why a row cannot be read; `lossy` is the encoding in which some letters of the file
    are lost."""
    if lossy and any(LOST in cell for cell in cells):
        return Line(line, "undecodable", {"encoding": lossy})
    if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
        return Line(line, "too-many-columns", {"most": MOST_COLUMNS})
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Line(line, "long-cell", {"most": LONGEST_CELL})
    return None


def decoded(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str, bool]:
    """Return the text, the encoding it turned out to be in, and whether letters of it are lost.

    Systems that count bytes cut a name within a letter: a few such places do not spoil the rest.
    """
    if encoding and encoding not in ENCODINGS:
        raise StatementError("statement-encoding", name=name, encoding=encoding[:60])
    candidates = [encoding] if encoding else _candidates(data)
    for candidate in candidates:
        try:
            text = data.decode(candidate)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text.removeprefix("\ufeff"), candidate, False
    torn = [(data.decode(candidate, "replace"), candidate) for candidate in candidates]
    text, candidate = min(torn, key=lambda each: each[0].count(LOST))
    if text.count(LOST) * MOST_LOST <= len(text) and not _CONTROL.search(text):
        return text.removeprefix("\ufeff"), candidate, True
    if encoding:
        raise StatementError("statement-encoding", name=name, encoding=encoding)
    raise StatementError("statement-not-text", name=name)


def _candidates(data: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [encoding]
    head = data[:4096]
    if b"\x00" in head:  # UTF-16 without its mark: every other byte of what is ASCII is 0
        return ["utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"]
    return ["utf-8", "gb18030"]


def _delimiter(text: str) -> str:
    """Return whichever cuts the most of the first lines into the same number of cells."""
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:LOOKED_AT]
    bare = [_TABS.sub("", line) for line in lines]
    return max(DELIMITERS, key=lambda mark: _evenness(bare if mark == "\t" else lines, mark))


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    try:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=mark)]
    except csv.Error:
        return (0, 0)
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return (0, 0)
    width, often = max(counted.items(), key=lambda item: (item[1] * item[0], item[0]))
    return (often * width, width)
