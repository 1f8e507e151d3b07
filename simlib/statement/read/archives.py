"""The parts of an XLSX file, which is a ZIP archive: counted and searched while they unpack."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import IO

from simlib.statement.read.limits import Meter

MOST_PARTS = 2_000
MOST_TAGS = 100_000  # of a part that is read as a whole
TYPES = "[Content_Types].xml"
LISTED = b"PK\x01\x02"  # stands before each part in the archive's directory
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<[^\x00]")  # letters of one byte: no other is searched
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two an XLSX file may use
_BROKEN = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error)
_PICTURES = ("xl/media/", "docProps/thumbnail")


class Archive:
    """An XLSX file; what openpyxl needs of an archive (`read`, `namelist`), and `open`.

    Raises
    ------
    StatementError
        if it is no archive, no workbook, locked, or more than the meter allows
    """

    def __init__(self, data: bytes, meter: Meter) -> None:
        self.meter = meter
        if data.count(LISTED) > MOST_PARTS:  # before a record is made of each
            meter.refuse("statement-bomb", most=meter.bounds.unpacked_bytes)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            meter.refuse("statement-broken")
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
