"""ZIP archives that hold statements: each file of it is read as what it is, within one bound."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from simlib.errors import StatementError
from simlib.statement.model import Note, Table
from simlib.statement.read.archives import LISTED, MOST_PARTS, TYPES
from simlib.statement.read.limits import Meter

Archive: TypeAlias = Any  # Any: zipfile's, or pyzipper's, which has no types
MOST_FILES = 200  # of an archive that are looked at
PIECE = 1 << 16
# data, meter, password → the tables in one file
Reader = Callable[[bytes, Meter, str | None], tuple[Table, ...]]
_BROKEN = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error)
_ENCRYPTED, _UTF8 = 0x1, 0x800
_BOOK, _STRICT, _HEAD = "xl/workbook.xml", b"http://purl.oclc.org/ooxml/spreadsheetml/", 2_000
_NO_FILES = ("__MACOSX/", "/.", "Thumbs.db", "desktop.ini")


def kind_of_archive(data: bytes, meter: Meter) -> str:
    """Tell what an archive is: workbook | xlsx (of the strict kind, which openpyxl does not read) |
    ofd | archive; a document of Office is no archive."""
    archive = _opened(data, meter)
    names = {part.filename for part in archive.infolist()}
    if TYPES in names or {"mimetype", "content.xml"} <= names:
        return "xlsx" if _strict(archive, names) else "workbook"
    return "ofd" if "OFD.xml" in names else "archive"


def _strict(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if _BOOK not in names or archive.getinfo(_BOOK).flag_bits & _ENCRYPTED:
        return False
    try:
        with archive.open(_BOOK) as part:
            return _STRICT in part.read(_HEAD)
    except _BROKEN:
        return False


def tables_of_archive(
    data: bytes, meter: Meter, read: Reader, password: str | None
) -> tuple[Table, ...]:
    """Return the tables of all statements in an archive, called `archive:file`.

    What is none is counted and told by each table's notes.

    Raises
    ------
    StatementError
        if none can be read: as the first of them is refused
    """
    tables: list[Table] = []
    refused: list[tuple[int, StatementError]] = []
    for number, (name, content) in enumerate(_files(data, meter, password), 1):
        inside = Meter(f"{meter.name}:{name}", meter.bounds, meter)
        try:
            tables += read(content, inside, password)
        except StatementError as error:
            if error.code in _OF_ALL:
                raise
            refused.append((number, error))
        meter.add(inside)
    if not tables:
        raise refused[0][1] if refused else StatementError("statement-empty", name=meter.name)
    if refused:
        places = ", ".join(str(number) for number, _ in refused)
        note = Note("archive-unread", {"count": len(refused), "places": places})
        tables = [replace(table, notes=(*table.notes, note)) for table in tables]
    return tuple(tables)


_OF_ALL = {  # what no other file in the archive makes good
    f"statement-{code}"
    for code in ("bomb", "slow", "too-many-rows", "too-many-cells", "password", "password-wrong")
}


def _opened(data: bytes, meter: Meter) -> zipfile.ZipFile:
    if data.count(LISTED) > MOST_PARTS:  # before a record is made of each
        meter.refuse("statement-bomb", most=meter.bounds.unpacked_bytes)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        meter.refuse("statement-broken")


def _files(data: bytes, meter: Meter, password: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file that may be a statement."""
    parts = [part for part in _opened(data, meter).infolist() if not part.is_dir()]
    parts = [part for part in parts if not any(no in f"/{part.filename}" for no in _NO_FILES)]
    stated = sum(part.file_size for part in parts)
    if len(parts) > MOST_FILES or stated > meter.bounds.unpacked_bytes:
        meter.refuse("statement-bomb", most=meter.bounds.unpacked_bytes)
    locked = any(part.flag_bits & _ENCRYPTED for part in parts)
    if locked and not password:
        meter.refuse("statement-password")
    archive = _unlocked(data, meter) if locked else _opened(data, meter)
    for part in parts:
        for key in _keys(password) if part.flag_bits & _ENCRYPTED else (None,):
            content = _content(archive, part.filename, key, meter)
            if content is not None:
                break
        else:
            meter.refuse("statement-password-wrong")
        yield _name(part), content


def _unlocked(data: bytes, meter: Meter) -> Archive:
    try:
        import pyzipper
    except ImportError:
        raise StatementError("missing-package", package="pyzipper") from None
    try:
        return pyzipper.AESZipFile(io.BytesIO(data))
    except Exception:  # errors of its own, which are none of zipfile's
        meter.refuse("statement-broken")


def _keys(password: str | None) -> list[bytes]:
    """Return the password in the encodings it may have been set in."""
    return list(dict.fromkeys((password or "").encode(name) for name in ("utf-8", "gb18030")))


def _content(archive: Archive, name: str, key: bytes | None, meter: Meter) -> bytes | None:
    """Return a file as a whole, counted as it unpacks; None if the key does not fit."""
    counted = Meter(meter.name, meter.bounds, meter)
    try:
        pieces = []
        with archive.open(name, pwd=key) as part:
            while piece := part.read(PIECE):
                counted.unpacked(len(piece))
                pieces.append(piece)
    except StatementError:
        raise
    except Exception:  # a key that does not fit, one in 256 of which seems to at first; or damage
        return None if key is not None else meter.refuse("statement-broken")
    meter.add(counted)
    return b"".join(pieces)


def _name(part: zipfile.ZipInfo) -> str:
    """Return a file's name; without a mark for UTF-8, it is in the encoding of its maker."""
    name = part.filename
    if not part.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.rsplit("/", 1)[-1]
