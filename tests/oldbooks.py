"""Excel files of before 2007 (BIFF8 in an OLE file), written byte by byte."""

from __future__ import annotations

import datetime
import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
DAY_STYLE = 1  # the second style: its numbers are days


def old_book(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: Sequence[str] = ()) -> bytes:
    """An .xls file with these sheets."""
    parts = [_sheet(rows) for rows in sheets.values()]
    globals_size = len(_globals(sheets, hidden, [0] * len(parts)))
    offsets = [globals_size + sum(map(len, parts[:n])) for n in range(len(parts))]
    return ole({"Workbook": _globals(sheets, hidden, offsets) + b"".join(parts)})


def far_apart() -> bytes:
    """An .xls file with one cell in its first row and one in its last row and column."""
    first, last = (struct.pack("<HHHd", row, row and 255, 0, 1.0) for row in (0, 65_535))
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + _record(
        0x203, first) + _record(0x203, last) + _record(0x0A)  # fmt: skip
    size = len(_globals({"a": []}, (), [0]))
    return ole({"Workbook": _globals({"a": []}, (), [size]) + sheet})


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _globals(names: Mapping[str, object], hidden: Sequence[str], offsets: Sequence[int]) -> bytes:
    made = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    made += _record(0x42, struct.pack("<H", 1200))
    for number_format in (0, 14):
        made += _record(0xE0, struct.pack("<HH", 0, number_format) + bytes(16))
    for name, offset in zip(names, offsets, strict=True):
        head = struct.pack("<IBBBB", offset, name in hidden, 0, len(name), 1)
        made += _record(0x85, head + name.encode("utf-16-le"))
    return made + _record(0x0A)


def _sheet(rows: Sequence[Sequence[object]]) -> bytes:
    made = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    width = max(map(len, rows), default=0)
    made += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for row, cells in enumerate(rows):
        made += b"".join(_cell(row, n, cell) for n, cell in enumerate(cells) if cell is not None)
    return made + _record(0x0A)


def _cell(row: int, column: int, cell: object) -> bytes:
    if isinstance(cell, str):
        text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
        return _record(0x204, struct.pack("<HHH", row, column, 0) + text)
    if isinstance(cell, datetime.date):
        days = (cell - datetime.date(1899, 12, 30)).days
        return _record(0x203, struct.pack("<HHHd", row, column, DAY_STYLE, days))
    return _record(0x203, struct.pack("<HHHd", row, column, 0, cell))


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with these streams; short ones are filled up, so that none is a small one."""
    body, chains, entries = b"", [], []
    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        data = data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0")
        entries.append((name, len(body) // SECTOR, len(data)))
        chains += [*range(len(chains) + 1, len(chains) + len(data) // SECTOR), END]
        body += data
    listed = _entry("Root Entry", 5, END, 0, child=1) + b"".join(
        _entry(name, 2, start, size, right=n + 2 if n + 1 < len(entries) else FREE)
        for n, (name, start, size) in enumerate(entries)
    )
    listed = listed.ljust(-(-len(listed) // SECTOR) * SECTOR, b"\0")
    first_of_listing = len(chains)
    chains += [*range(len(chains) + 1, len(chains) + len(listed) // SECTOR), END]
    count = -(-(len(chains) + 1) // 127)
    first_fat = len(chains)
    chains += [FAT] * count
    table = struct.pack(f"<{len(chains)}I", *chains)
    table = table.ljust(count * SECTOR, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, first_of_listing, 0, 4096,
        END, 0, END, 0,
    )  # fmt: skip
    fats = [first_fat + n if n < count else FREE for n in range(109)]
    return head + struct.pack("<109I", *fats) + body + listed + table


def _entry(name: str, kind: int, start: int, size: int, *, right: int = FREE,
           child: int = FREE) -> bytes:  # fmt: skip
    text = name.encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIQ", len(text) + 2, kind, 1, FREE, right, child, start, size
    )
