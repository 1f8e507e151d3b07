"""Small PDF files with Chinese text, lines, and perhaps a password (RC4, as of PDF 1.4)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

SIZE = 9
PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
)

PAGE = (b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
        b"/Resources<</Font<</F 3 0 R>>>>>>")  # fmt: skip


def text(x: float, y: float, words: str) -> bytes:
    """Draw words from this point on."""
    return f"BT /F {SIZE} Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET\n".encode()


def line(x: float, y: float, to_x: float, to_y: float) -> bytes:
    """Draw a line."""
    return f"{x} {y} m {to_x} {to_y} l S\n".encode()


def width(words: str) -> float:
    """How wide words are drawn."""
    return sum(SIZE / 2 if letter.isascii() else SIZE for letter in words)


def ruled(
    rows: Sequence[Sequence[str]], edges: Sequence[float], top: float = 760, high: float = 24
) -> bytes:
    """A table with lines around its cells; a line end within a cell begins a new line."""
    drawn = b""
    bottom = top - high * len(rows)
    for number, cells in enumerate(rows):
        for edge, cell in zip(edges, cells, strict=False):
            for n, part in enumerate(cell.split("\n")):
                drawn += text(edge + 2, top - high * number - 10 - 10 * n, part)
    for number in range(len(rows) + 1):
        drawn += line(edges[0], top - high * number, edges[-1], top - high * number)
    return drawn + b"".join(line(edge, top, edge, bottom) for edge in edges)


def plain(
    rows: Sequence[Sequence[str]], starts: Sequence[float], right: Sequence[int] = (),
    top: float = 750, high: float = 22,
) -> bytes:  # fmt: skip
    """A table without lines; the columns `right` end where their headers end."""
    drawn = b""
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            shift = width(rows[0][place]) - width(cell) if place in right else 0
            for n, part in enumerate(cell.split("\n")):
                drawn += text(starts[place] + shift, top - high * number - 10 * n, part)
    return drawn


def paper(*pages: bytes, password: str | None = None) -> bytes:
    """A PDF file with these pages."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>",
               2: f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(), 3: FONT}  # fmt: skip
    owner, user, key = _locks(password or "")
    for n, page in enumerate(pages):
        objects[4 + 2 * n] = PAGE % (5 + 2 * n)
        if password:
            page = _rc4(_of_object(key, 5 + 2 * n), page)
        objects[5 + 2 * n] = b"<</Length %d>>stream\n" % len(page) + page + b"\nendstream"
    trailer = b"/Root 1 0 R/ID[<00><00>]"
    if password:
        objects[4 + 2 * count] = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
            owner.hex().encode(), user.hex().encode())  # fmt: skip
        objects[3] = FONT.replace(b"(Adobe)", _secret(key, b"Adobe")).replace(
            b"(GB1)", _secret(key, b"GB1"))  # fmt: skip
        trailer += f"/Encrypt {4 + 2 * count} 0 R".encode()
    made, places = b"%PDF-1.4\n", []
    for number, content in objects.items():
        places.append(len(made))
        made += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        len(made),
    )
    return made + head + table + end


def _locks(password: str) -> tuple[bytes, bytes, bytes]:
    padded = (password.encode() + PAD)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + b"\xfc\xff\xff\xff" + b"\0").digest()[:5]
    return owner, _rc4(key, PAD), key


def _of_object(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]


def _secret(key: bytes, word: bytes) -> bytes:
    return b"<%s>" % _rc4(_of_object(key, 3), word).hex().encode()


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    made, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        made.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(made)
