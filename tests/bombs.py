"""Small files that unpack, or work out, to more than anybody can use."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
ROW = b'<row><c t="inlineStr"><is><t>2022-10-05</t></is></c><c><v>1</v></c></row>'
HEAD = (b'<row><c t="inlineStr"><is><t>\xe6\x97\xa5\xe6\x9c\x9f</t></is></c>'
        b'<c t="inlineStr"><is><t>\xe9\x87\x91\xe9\xa2\x9d</t></is></c></row>')  # fmt: skip


def workbook(
    rows: bytes = HEAD + ROW, *, around: tuple[bytes, bytes] = (b"", b""), strings: bytes = b"",
    styles: bytes = b"", book: bytes = b"", sheets: int = 1,
    more: Mapping[str, bytes] | None = None, target: str = "worksheets/sheet1.xml",
) -> bytes:  # fmt: skip
    """An XLSX file; every sheet entry after the first points at the first sheet's part."""
    listed = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="r1"/>' for n in range(sheets))
    parts = {
        "[Content_Types].xml": _types(),
        "xl/workbook.xml": _xml("workbook", b"<sheets>" + listed.encode() + b"</sheets>" + book),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/worksheet" Target="{target}"/></Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": _xml(
            "worksheet", around[0] + b"<sheetData>" + rows + b"</sheetData>" + around[1]
        ),
        "xl/sharedStrings.xml": _xml("sst", strings),
        "xl/styles.xml": _xml("styleSheet", styles),
        **(more or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def _types() -> bytes:
    said = {"xl/workbook.xml": "sheet.main", "xl/sharedStrings.xml": "sharedStrings"}
    kinds = "".join(f'<Override PartName="/{part}" ContentType="{KIND}{kind}+xml"/>'
                    for part, kind in said.items())  # fmt: skip
    return f'<Types xmlns="{PACKAGE}/content-types">{kinds}</Types>'.encode()


def _xml(root: str, inner: bytes) -> bytes:
    return f'<{root} xmlns="{MAIN}" xmlns:r="{OFFICE}">'.encode() + inner + f"</{root}>".encode()


def understated(data: bytes, part: str, size: int) -> bytes:
    """The archive with another size for a part in its directory and before the part itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(part)
    said = info.file_size.to_bytes(4, "little")
    made = bytearray(data)
    local = info.header_offset + 22
    listed = data.index(b"PK\x01\x02")
    while data[listed + 46 :][: len(part)] != part.encode():
        listed = data.index(b"PK\x01\x02", listed + 4)
    for place in (local, listed + 24):
        assert made[place : place + 4] == said
        made[place : place + 4] = size.to_bytes(4, "little")
    return bytes(made)


def many(count: int, cell: bytes) -> bytes:
    """A sheet of so many rows with this cell."""
    return HEAD + (b"<row>" + cell + b"</row>") * count


SHEET = "xl/worksheets/sheet1.xml"
BLANK = _xml("worksheet", b" " * 40_000_000)
BLANKS = {SHEET: BLANK}
ONE = b"<c><v>1</v></c>"
SHARED = b'<row><c r="A3"><f t="shared" si="0"/></c></row>'
FORMATS = [
    (b'<numFmt numFmtId="%d" formatCode="[%s]y"/>' % (n, b"[" * 400), b'<xf numFmtId="%d"/>' % n)
    for n in range(200, 5_200)
]

# name → the file and the code of the error it ends in
WORKBOOKS = {
    "blanks within a tag": (lambda: workbook(b"<row " + b" " * 12_000_000 + b"/>"), "bomb"),
    "blanks": (lambda: workbook(more=BLANKS), "bomb"),
    "understated": (lambda: understated(workbook(more=BLANKS), SHEET, 1000), "broken"),
    "one row": (lambda: workbook(many(1, b"<c/>" * 4_000_000)), "bomb"),
    "rows": (lambda: workbook(many(60_000, ONE)), "too-many-rows"),
    "wide": (lambda: workbook(many(11_000, b'<c r="CV1"><v>1</v></c>')), "too-many-cells"),
    "last row": (lambda: workbook(HEAD + b'<row r="1048576">' + ONE + b"</row>"), "too-many-rows"),
    "no row": (lambda: workbook(HEAD + b'<row r="99999999999">' + ONE + b"</row>"),
               "too-many-rows"),
    "one text": (lambda: workbook(many(20_000, b'<c t="s"><v>0</v></c>'),
                                  strings=b"<si><t>" + b"x" * 3_900 + b"</t></si>"), "bomb"),
    "deep": (lambda: workbook(around=(b"<a>" * 4_000_000, b"")), "bomb"),
    "deep cell": (lambda: workbook(many(1, b"<c>" + b"<is>" * 30_000)), "bomb"),
    "styles": (lambda: workbook(styles=b"<cellXfs>" + b"<xf/>" * 200_000), "bomb"),
    "names": (lambda: workbook(book=b"<definedName/>" * 200_000), "too-many-tags"),
    "sheets": (lambda: workbook(sheets=5_000), "too-many-sheets"),
    "parts": (lambda: workbook(more={f"xl/x{n}.xml": b"<a/>" for n in range(2_100)}), "bomb"),
    "picture": (lambda: workbook(target="media/sheet.png", more={"xl/media/sheet.png": BLANK}),
                "bomb"),
}  # fmt: skip
# what is small but long to read, stopped by the clock
LONG = {
    "strings": lambda: workbook(strings=b"<si><t/></si>" * 200_000),
    "row tags": lambda: workbook(b"<row/>" * 500_000),
    "last column": lambda: workbook(many(100_000, b'<c r="XFD1"/>')),
    "tags": lambda: workbook(around=(b"<a/>" * 500_000, b"")),
    "merged": lambda: workbook(around=(b'<mergeCell ref="A1:B2"/>' * 300_000, b"")),
}
# what is read after all, since nothing in it is multiplied
HARMLESS = {
    "formulas": lambda: workbook(
        HEAD + ROW + b'<row><c r="A3"><f t="shared" si="0" ref="A3:A9">' + b"A1+" * 2_700
        + b"A1</f></c></row>" + SHARED * 5_000),
    "formats": lambda: workbook(styles=b"<numFmts>" + b"".join(f for f, _ in FORMATS)
        + b"</numFmts><cellXfs>" + b"".join(x for _, x in FORMATS) + b"</cellXfs>"),
    "digits": lambda: workbook(HEAD + ROW + b"<row><c><v>" + b"1" * 4_200 + b"</v></c></row>"),
    "sheet again": lambda: workbook(sheets=150),
    "dimension": lambda: workbook(around=(b'<dimension ref="A1:XFD1048576"/>', b"")),
}  # fmt: skip
CSV = {
    "line": (lambda: b"a" * 7_900_000, "long-field"),
    "field": (lambda: b'a,b\n"' + b"a" * 7_000_000 + b'"\n', "long-field"),
    "rows": (lambda: b"a,1\n" * 60_000, "too-many-rows"),
    "cells": (lambda: (b"," * 99 + b"\n") * 11_000, "too-many-cells"),
    "control": (lambda: b"a,1\x01\n" * 60_000, "not-text"),
    "lines": (lambda: b"\n" * 7_900_000, "empty"),
}
