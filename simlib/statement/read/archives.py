"""ZIP archives: the parts of an XLSX file, counted as they unpack, and archives of statements."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, Any, TypeAlias

from simlib.errors import StatementError
from simlib.statement.model import Note, Table
from simlib.statement.read.limits import Meter

# ----------------------------------------------- the parts of a workbook

MOST_PARTS = 2_000
MOST_TAGS = 100_000  # of a part that is read as a whole
TYPES = "[Content_Types].xml"
LISTED = b"PK\x01\x02"  # stands before each part in the archive's directory
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<[^\x00]")  # letters of one byte: no other is searched
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two an XLSX file may use
_BROKEN = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error)
_PICTURES = ("xl/media/", "docProps/thumbnail")


def _opened(data: bytes, meter: Meter) -> zipfile.ZipFile:
    if data.count(LISTED) > MOST_PARTS:  # before a record is made of each
        meter.refuse("statement-bomb", most=meter.bounds.unpacked_bytes)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        meter.refuse("statement-broken")


class Archive:
    """An XLSX file; what openpyxl needs of an archive (`read`, `namelist`), and `open`.

    Raises
    ------
    StatementError
        if it is no archive, no workbook, locked, or more than the meter allows
    """

    def __init__(self, data: bytes, meter: Meter) -> None:
        self.meter = meter
        self._zip = _opened(data, meter)
        self._names = frozenset(self._zip.namelist())
        self._refuse()
        self._look_through()

    def _refuse(self) -> None:
        """Refuse what its directory shows to be no workbook, or too much."""
        parts, most = self._zip.infolist(), self.meter.bounds.unpacked_bytes
        stated = sum(p.file_size for p in parts if not p.filename.startswith(_PICTURES))
        if len(parts) > MOST_PARTS or stated > most:
            self.meter.refuse("statement-bomb", most=most)
        if any(part.flag_bits & 1 for part in parts):
            self.meter.refuse("statement-locked")
        if TYPES not in self._names or not any(name.startswith("xl/") for name in self._names):
            self.meter.refuse("statement-not-workbook")

    def _look_through(self) -> None:
        """Unpack every part once, keeping nothing: a damaged file is refused as a whole."""
        before = self.meter.bytes
        for name in self._names:
            if name.endswith((".xml", ".rels")) and not name.startswith(_PICTURES):
                part = self.open(name, searched=False)  # most parts are of no use, some UTF-16
                while part.read():
                    pass
        self.meter.bytes = before

    def namelist(self) -> frozenset[str]:
        """Return the names of the parts."""
        return self._names

    def read(self, name: str) -> bytes:
        """Return a part as a whole; one of too many tags is refused, since each may cost a
        record."""
        part, chunks, tags = self.open(name), [], 0
        while chunk := part.read(1 << 16):
            chunks.append(chunk)
            tags += chunk.count(b"<")
            if tags > MOST_TAGS:
                self.meter.refuse("statement-too-many-tags", part=name[:60], most=MOST_TAGS)
        return b"".join(chunks)

    def open(self, name: str, *, searched: bool = True) -> Part:
        """Return a part to be read piece by piece; `searched` is one that is parsed."""
        try:
            if self._zip.getinfo(name).compress_type not in _METHODS:
                self.meter.refuse("statement-broken")
            return Part(self._zip.open(name), self.meter, searched)
        except _BROKEN:
            self.meter.refuse("statement-broken")


class Part:
    """A part of the archive: each piece is counted and, if it is parsed, searched for entities."""

    def __init__(self, stream: IO[bytes], meter: Meter, searched: bool) -> None:
        self._stream, self._meter, self._searched = stream, meter, searched
        self._before: bytes | None = None

    def read(self, size: int = 1 << 16) -> bytes:
        """Return the next piece; `b""` at the end."""
        try:
            piece = self._stream.read(min(size, 1 << 16) if size > 0 else 1 << 16)
        except _BROKEN:
            self._meter.refuse("statement-broken")
        self._meter.unpacked(len(piece))
        if self._searched:
            self._search(piece)
        return piece

    def _search(self, piece: bytes) -> None:
        if self._before is None:
            if not _XML.match(piece):
                self._meter.refuse("statement-broken")
            self._before = b""
        if _ENTITIES.search(self._before + piece):
            self._meter.refuse("statement-broken")
        self._before = (self._before + piece)[-16:]


# ------------------------------------------------ archives of statements

AnyArchive: TypeAlias = Any  # Any: zipfile's, or pyzipper's, which has no types
MOST_FILES = 200  # of an archive that are looked at
PIECE = 1 << 16
# data, meter, password → the tables in one file
Reader = Callable[[bytes, Meter, str | None], tuple[Table, ...]]
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


def _unlocked(data: bytes, meter: Meter) -> AnyArchive:
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


def _content(archive: AnyArchive, name: str, key: bytes | None, meter: Meter) -> bytes | None:
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
