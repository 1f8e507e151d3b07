"""A CSV file of transfers: its cells read in bulk, and one by one only where they are odd."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeAlias

import numpy as np

from simlib.case.columns import EPOCH, UNDATED, IntArray
from simlib.case.fields import MOST_FEN, Raw
from simlib.case.model import MOST_TRANSFERS
from simlib.case.problem_places import Finding
from simlib.case.row_chunks import Chunk, Gathering
from simlib.case.toml_guard import decode
from simlib.case.transfer_files import SPOT, BadFile, Progress, wrong_head
from simlib.case.unchecked_transfers import NOBODY, Unchecked

AT_ONCE = 1024  # rows: few enough that their cells stay in the processor's cache
MOST_DIGITS = 16  # what surely fits int64
MOST_LETTERS = 64
MOST_WRONG = 10_000  # lines of another number of cells, after which nobody reads on
_IDS = re.compile(r"[A-Za-z0-9_-]*")
_ID = re.compile(rf"[A-Za-z0-9_-]{{1,{MOST_LETTERS}}}")
_AMOUNT = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")
_ONE_AMOUNT = re.compile(r"-?[0-9]{1,400}", re.ASCII)
Cells: TypeAlias = Sequence[str]


class Reader(Protocol):
    """What `csv.reader` gives: the rows, and the line the last one ended on."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


def gathered(
    data: bytes, listed: list[object], progress: Progress
) -> tuple[Unchecked, list[Finding]]:
    """Return the transfers a CSV file adds to those listed, and what is wrong with single lines.

    Raises
    ------
    BadFile, Refused
        if it is not CSV, or not UTF-8, or lacks a column
    """
    decode(data)  # so that a wrong byte is reported first, with its line
    source = io.BytesIO(data)
    reader = csv.reader(io.TextIOWrapper(source, "utf-8-sig", newline=""), strict=True)
    findings: list[Finding] = []
    try:
        head = [column.strip() for column in next(reader, [])]
        if wrong := wrong_head(head, "csv-no-column"):
            raise BadFile(*wrong)
        rows = Gathering(listed, tuple(head), "line")
        for chunk, lines in _chunks(reader, len(head), findings):
            rows.add(_chunk(chunk, head, rows))
            rows.places.extend(lines)
            progress(source.tell(), len(data))
    except csv.Error:
        raise BadFile(Finding(SPOT, "not-csv")) from None
    return rows.table(), findings


def _chunks(
    reader: Reader, width: int, findings: list[Finding]
) -> Iterator[tuple[list[Cells], list[int]]]:
    """Yield rows of the right width, some thousands at a time, with the lines they end on."""
    left = MOST_TRANSFERS + 1  # one too many is enough for the schema to refuse them
    wanted = min(left, AT_ONCE)
    rows: list[Cells] = []
    lines: list[int] = []
    for cells in reader:
        if len(cells) == width:
            rows.append(cells)
            lines.append(reader.line_num)
            if len(rows) == wanted:
                yield rows, lines
                left -= wanted
                rows, lines, wanted = [], [], min(left, AT_ONCE)
                if not wanted:
                    return
        elif cells:
            values = {"line": reader.line_num, "count": len(cells), "columns": width}
            findings.append(Finding(SPOT, "csv-cells", values))
            if len(findings) >= MOST_WRONG:
                return
    if rows:
        yield rows, lines


def _chunk(rows: list[Cells], head: list[str], into: Gathering) -> Chunk:
    cells = dict(zip(head, zip(*rows, strict=True), strict=True))
    count = len(rows)
    odd: set[int] = set()
    ids, strange = ids_of(cells["id"])
    odd.update(strange)
    ends = {}
    for end in ("payer", "payee"):
        ends[end], strange = names_of(cells[end], into)
        odd.update(strange)
    amounts, strange = _amounts(cells["amount_fen"])
    odd.update(strange)
    fees, strange = _fees(cells.get("fee_fen"), count)
    odd.update(strange)
    at_us, zone, strange = instants(cells.get("at"), count, into)
    odd.update(strange)

    def raw(n: int) -> Raw:
        named = zip(head, rows[n], strict=True)
        return {column: _value(column, text.strip()) for column, text in named if text}

    return Chunk(ids, ends["payer"], ends["payee"], amounts, fees, at_us, zone, odd, raw)


def _value(column: str, text: str) -> object:
    """Return what TOML would have given; what cannot be that stays text, so that the schema reports
    it."""
    if column in ("amount_fen", "fee_fen") and _ONE_AMOUNT.fullmatch(text):
        return int(text)
    return instant_of(text) if column == "at" else text


def instant_of(text: str) -> datetime.datetime | str:
    """Return an instant, or the text itself if it is none."""
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        return text


def ids_of(cells: Cells) -> tuple[list[str], list[int]]:
    """Return texts without blanks around them, and the numbers of those that are not ids."""
    if not strange_ids(cells):
        return list(cells), []
    texts = [text.strip() for text in cells]
    return texts, strange_ids(texts)


def strange_ids(texts: Cells) -> list[int]:
    """Return the numbers of the texts that are not ids."""
    short = all(texts) and max(map(len, texts), default=0) <= MOST_LETTERS
    if short and _IDS.fullmatch("".join(texts)):
        return []
    return [n for n, text in enumerate(texts) if not _ID.fullmatch(text)]


def names_of(cells: Cells, into: Gathering) -> tuple[IntArray, list[int]]:
    """Return places of names, and the numbers of the cells that are none."""
    texts, strange = ids_of(cells)
    place = into.names.__getitem__
    if strange:
        wrong = set(strange)
        codes = [NOBODY if n in wrong else place(text) for n, text in enumerate(texts)]
        return np.array(codes, np.int32), strange
    return np.fromiter(map(place, texts), np.int32, len(texts)), []


def _amounts(cells: Cells) -> tuple[IntArray, list[int]]:
    """Return amounts, and the numbers of the cells that are none a case can have."""
    text = "".join(cells)
    plain = all(cells) and max(map(len, cells)) <= MOST_DIGITS and text.isascii()
    if plain and text.isdigit():
        values = np.fromiter(map(int, cells), np.int64, len(cells))
    else:
        texts = [cell.strip() for cell in cells]
        values = np.array([int(t) if _AMOUNT.fullmatch(t) else -1 for t in texts], np.int64)
    return values, np.flatnonzero((values < 0) | (values > MOST_FEN)).tolist()


def _fees(cells: Cells | None, count: int) -> tuple[IntArray, list[int]]:
    """Return the same, nothing being no fee."""
    if cells is None or not any(cells):
        return np.zeros(count, np.int64), []
    return _amounts([cell or "0" for cell in cells])


def instants(
    cells: Cells | None, count: int, into: Gathering
) -> tuple[IntArray, IntArray, list[int]]:
    """Return instants, the places of their zones, and the numbers of the cells that are none."""
    if cells is None or not any(cells):
        return np.full(count, UNDATED), np.zeros(count, np.int32), []
    times, strange = _times(cells)
    since = [UNDATED_SINCE if at is None else at - EPOCH for at in times]
    zones = [None if at is None else at.tzinfo for at in times]
    place: dict[datetime.tzinfo | None, int] = {None: 0}
    place |= {zone: into.zones[zone] for zone in dict.fromkeys(zones) if zone}
    at_us = np.array(since, "timedelta64[us]").astype(np.int64)
    return at_us, np.fromiter(map(place.__getitem__, zones), np.int32, count), strange


UNDATED_SINCE = np.timedelta64("NaT")  # which numpy writes as the number `UNDATED`


def _times(cells: Cells) -> tuple[list[datetime.datetime | None], list[int]]:
    """Return instants with their zones; None where a cell is empty, or odd."""
    read = datetime.datetime.fromisoformat
    try:
        whole = list(map(read, cells))
        if all(at.tzinfo for at in whole):
            return [*whole], []
    except ValueError:
        pass
    times: list[datetime.datetime | None] = []
    strange: list[int] = []
    for n, cell in enumerate(cells):
        try:
            at = read(cell) if cell else None
        except ValueError:
            at = None
        aware = at is not None and at.tzinfo is not None
        times.append(at if aware else None)
        if cell and not aware:
            strange.append(n)
    return times, strange
