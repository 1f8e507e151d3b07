"""Files as people have them: told by their bytes, read within bounds, or refused with the way out.

All files are made in the test; sums are worked out by hand in the docstrings.
"""

from __future__ import annotations

import dataclasses
import datetime
import io
import zipfile

import bombs
import openpyxl
import pytest
import pyzipper
from hypothesis import given, settings
from hypothesis import strategies as st
from locked import zip_crypto
from oldbooks import far_apart, old_book, ole
from reference.strategy import draws

from simlib.cli import main
from simlib.errors import StatementError
from simlib.statement import convert, detect, read_mapping, read_tables
from simlib.statement.amounts import fen
from simlib.statement.model import Refusal
from simlib.statement.read.limits import PAGE
from simlib.text import message

ROWS = [
    ["交易日期", "支出", "收入", "余额", "对方户名"],
    ["2024-01-02", "25.00", "", "75.00", "张三"],
    ["2024-01-03", "", "100.00", "175.00", "李四"],
]
MOVED = [("out", 2_500, "张三"), ("in", 10_000, "李四")]


def moved(reading: object) -> list[tuple[str, int, str]]:
    """Direction, fen and the other's name of each movement."""
    return [
        ("out", m.amount_fen, m.payee.name) if m.own is m.payer
        else ("in", m.amount_fen, m.payer.name)
        for m in reading.movements
    ]  # fmt: skip


def read(data: bytes | str, name: str = "a.dat", **how: object) -> object:
    """The only table of a file, read by what its headers tell."""
    data = data.encode() if isinstance(data, str) else data
    (table,) = read_tables(data, name, **how)
    return convert(table, detect(table))


def codes(lines: object) -> list[tuple[int, str]]:
    """Rows and reasons."""
    return [(line.row, line.code) for line in lines]


def book(sheets: dict[str, list]) -> bytes:
    """An XLSX file with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The archive with further parts."""
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


# ---- XLSX


def test_parts_in_utf16_that_nobody_reads_do_no_harm():
    """Power Query puts its queries into customXml as UTF-16; a part that is read is searched."""
    query = '<?xml version="1.0" encoding="utf-16"?><DataMashup>AAAA</DataMashup>'.encode("utf-16")
    parts = {"customXml/item1.xml": query, "customXml/_rels/item1.xml.rels": query,
             "xl/queryTables/queryTable1.xml": query}  # fmt: skip
    assert moved(read(with_parts(book({"a": ROWS}), parts))) == MOVED


def test_a_statement_behind_a_pivot_table_and_a_hidden_sheet():
    """Its caches point nowhere; sheets without a statement are tables of their own."""
    book_part = b'<pivotCaches><pivotCache cacheId="1" r:id="r9"/></pivotCaches>'
    (table,) = read_tables(bombs.workbook(book=book_part), "a.xlsx")
    assert convert(table, detect(table).change(positive="in")).taken == 1
    tables = read_tables(book({"透视": [["行标签", "求和项"], ["甲", 1]], "流水": ROWS}), "a.xlsx")
    assert [detect(table).complete for table in tables] == [False, True]


def test_one_sheet_twice_is_read_once_and_said():
    """Two sheets that are equal cell by cell are one statement; another is another."""
    other = [ROWS[0], ["2024-01-04", "1.00", "", "174.00", "王五"]]
    tables = read_tables(book({"甲": ROWS, "乙": ROWS, "丙": other}), "a.xlsx")
    assert [table.sheet for table in tables] == ["甲", "丙"]
    notes = [n for n in convert(tables[0], detect(tables[0])).warnings if n.code == "sheet-twice"]
    assert [n.values["count"] for n in notes] == [1]
    assert "sheet-twice" not in {n.code for n in convert(tables[1], detect(tables[1])).warnings}


# ---- CSV as banks write it

HEAD = "交易日期,支出,收入,余额,对方户名,摘要"
QUIRKS = {
    "tab behind a quoted cell": f'{HEAD}\n"2024-01-02"\t,"25.00" ,,75.00,"张三"\t,"a ""b"", c"\t\n',
    "blank before a quoted cell": f'{HEAD}\n2024-01-02, "25.00",,75.00, "张三","x"\t\n',
    "empty header cell at the end": f"{HEAD},\n2024-01-02,25.00,,75.00,张三,x\n",
    "empty cells not written": f"{HEAD}\n2024-01-02,25.00,,75.00,张三\n",
    "tabs around all": f"{HEAD}\n2024-01-02,25.00,,75.00,张三,x\n".replace(",", "\t,")
                       .replace("\n", "\t\n"),
    "tabs before": f"{HEAD}\n\t2024-01-02,\t25.00,,\t75.00,\t张三,\tx\n",
    "lines of dashes": f"明细\n{'-' * 40}\n{HEAD}\n-----,----,----,---,----,--\n"
                       "2024-01-02,25.00,,75.00,张三,x\n=====,,,,,\n共1笔,,,,,\n",
    "currency in the cell": f"{HEAD}\n2024-01-02,CNY 25.00,,75.00 CNY,张三,x\n",
    "header in two lines": "交易日期,发生额,,余额,对方,摘要\n,借方,贷方,,户名,\n"
                           "2024-01-02,25.00,,75.00,张三,x\n",
    "借方 above 金额": "交易日期,借方,贷方,余额,对方,摘要\n,金额,金额,,户名,\n"
                     "2024-01-02,25.00,,75.00,张三,x\n",
    "fen": "交易日期,支出(分),收入(分),余额(分),对方户名\n2024-01-02,2500,,7500,张三\n",
    "carriage returns": f"{HEAD}\r2024-01-02,25.00,,75.00,张三,x\r",
}  # fmt: skip


@pytest.mark.parametrize("kind", QUIRKS)
def test_quirks_of_csv_files(kind):
    """25 yuan to 张三, and nothing refused."""
    reading = read(QUIRKS[kind].encode("gb18030"))
    assert moved(reading) == MOVED[:1]
    assert codes(reading.refused) == []
    assert reading.movements[0].balance_fen == 7_500


def test_lines_are_counted_on_behind_a_tab():
    """A cell of two lines; then a tab behind a quote; then a line end within quotes once more."""
    text = f'{HEAD}\n2024-01-02,25.00,,75.00,张三,"x\ny"\n2024-01-03,"1.00"\t,,74.00,"李\n四",z\n' \
           '2024-01-04,2.00,,72.00,"王五"\t,z\n'  # fmt: skip
    assert [m.row for m in read(text).movements] == [2, 4, 6]


@pytest.mark.parametrize(
    "row", ['2024-01-02,"25.00"x,,75.00,张三,x', '2024-01-02,"25.00,,75.00,张三,x',
            '"2024-01-02"\t,"25.00"\t,"",75.00,"张三" y,x']
)  # fmt: skip
def test_quotes_that_do_not_match_are_refused(row):
    """Only blanks may stand between a quote and the delimiter."""
    with pytest.raises(StatementError) as refused:
        read(f"{HEAD}\n{row}\n")
    assert (refused.value.code, refused.value.values["line"]) == ("statement-not-csv", 2)


def test_a_row_that_lacks_what_is_needed_is_refused():
    """A row without its amounts; one in which the file ends: 7 may have been 75.00."""
    reading = read(f"{HEAD}\n2024-01-02\n2024-01-02,25.00,,75.00,张三\n2024-01-03,1.00,,7")
    assert moved(reading) == MOVED[:1]
    assert codes(reading.refused) == [(2, "too-few-cells"), (4, "too-few-cells")]


def test_cells_beneath_an_empty_header():
    """They may hold something, or be left out, in the last row too."""
    reading = read(f"{HEAD},\n2024-01-02,25.00,,75.00,张三,x,y\n2024-01-03,,100.00,175.00,李四,z")
    assert (moved(reading), reading.refused) == (MOVED, ())


def test_two_lines_are_joined_only_where_that_names_more():
    """A title and a header remain two lines; so do a header and its first row."""
    text = f"账户,人民币,活期,明细,表,单\n{HEAD}\n2024-01-02,25.00,,75.00,张三,x\n"
    (table,) = read_tables(text.encode(), "a.csv")
    assert table.rows[1] == tuple(HEAD.split(","))


# ---- foreign money


@pytest.mark.parametrize(
    "cell", ["USD 5.00", "5.00 USD", "HK$5", "-$5.00", "5.00港币", "€5", "(5 EUR)"]
)
def test_foreign_money_is_refused_by_its_name(cell):
    """No yuan are made of it, even where no column tells the currency."""
    with pytest.raises(Refusal) as refused:
        fen(cell)
    assert refused.value.code == "currency"
    assert codes(read(f"{HEAD}\n2024-01-02,{cell},,,张三,x\n").refused) == [(2, "currency")]


# ---- .xls: an old workbook, a page, an XML sheet, or text

PAGE_TEXT = """<html><head><meta charset=gb2312><style>td{}</style><title>明细</title></head><body>
<p>账号：6222020000001111</p><table><tr><td><table border=1>
<tr><th rowspan=2>交易日期<th colspan=2>发生额<th rowspan=2>余额<th rowspan=2>对方户名</tr>
<tr><th>借方<th>贷方
<tr><td>2024-01-02<td>25.00<td>&nbsp;<td>75.00<td>张三
<tr><td>2024-01-03<td><td>100.00<td>175.00<td>李四
</table></td></tr></table><script>var a = "<tr><td>1";</script></body></html>"""
SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
XML_ROW = "<Row>{}</Row>"
XML_CELL = '<Cell><Data ss:Type="String">{}</Data></Cell>'
XML_TEXT = (
    f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{SHEET}" '
    f'xmlns:ss="{SHEET}"><Styles><Style ss:ID="a"/><Style ss:ID="b"><Font/></Style></Styles>'
    '<Worksheet ss:Name="空"><Table/></Worksheet><Worksheet ss:Name="流水"><Table>'
    + XML_ROW.format("".join(XML_CELL.format(text) for text in ROWS[0]))
    + '<Row ss:Index="4"><Cell><Data ss:Type="DateTime">2024-01-02T00:00:00.000</Data></Cell>'
    '<Cell><Data ss:Type="Number">25</Data></Cell><Cell ss:Index="4"><Data>75</Data></Cell>'
    "<Cell><Data><![CDATA[张三]]></Data></Cell></Row>"
    + XML_ROW.format("".join(XML_CELL.format(text) for text in ROWS[2]))
    + "</Table></Worksheet></Workbook>"
)
OLD_ROWS = [ROWS[0], [datetime.date(2024, 1, 2), 25.0, None, 75.0, "张三"], ROWS[2]]
XLS = {
    "old workbook": (old_book({"流水": [["某银行"], [], *OLD_ROWS]}), "xls", [4, 5]),
    "page": (PAGE_TEXT.encode("gb18030"), "html", [4, 5]),
    "page in UTF-16": (PAGE_TEXT.encode("utf-16"), "html", [4, 5]),
    "XML": (XML_TEXT.encode(), "xml", [4, 5]),
    "text": ("\n".join("\t".join(row) for row in ROWS).encode("gbk"), "gb18030", [2, 3]),
}


@pytest.mark.parametrize("kind", XLS)
def test_xls_is_read_as_what_it_is(kind):
    """25 yuan to 张三, 100 from 李四, whatever is called .xls; rows as the file numbers them."""
    data, encoding, rows = XLS[kind]
    reading = read(data, "流水.xls")
    assert (moved(reading), reading.encoding) == (MOVED, encoding)
    assert [m.row for m in reading.movements] == rows
    assert codes(reading.refused) == []


def test_sheets_of_an_old_workbook():
    """A hidden one is told; an empty one is none; a number that lost its digits is refused."""
    long = [["交易日期", "金额", "对方账号"], ["2024-01-02", -1.0, 6_222_020_000_001_111_222]]
    made = old_book({"空": [], "流水": OLD_ROWS, "乙": long}, hidden=["乙"])
    first, second = read_tables(made, "a.xls")
    assert (first.sheet, first.hidden, second.sheet, second.hidden) == ("流水", False, "乙", True)
    assert codes(convert(second, detect(second)).refused) == [(2, "number-rounded")]


STRICT = {  # namespaces of ISO 29500 transitional, and of its strict kind
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main":
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}  # fmt: skip


def strict(data: bytes) -> bytes:
    """The same workbook as Excel saves it as a strict one."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(into, "w", 8) as made:
        for name in given.namelist():
            part = given.read(name)
            for usual, other in STRICT.items():
                part = part.replace(usual, other)
            made.writestr(name, part)
    return into.getvalue()


FEW_ROWS = dataclasses.replace(PAGE, rows=100)


def test_a_strict_workbook_is_read_as_the_usual_one():
    """The same rows on the same lines; nothing beyond the bounds."""
    usual = book({"a": ROWS})
    assert strict(usual) != usual
    (found,) = read_tables(strict(usual), "a.xlsx")
    (expected,) = read_tables(usual, "a.xlsx")
    assert convert(found, detect(found)).movements == convert(expected, detect(expected)).movements
    with pytest.raises(StatementError) as refused:
        read_tables(strict(book({"a": [["x"] * 3] * 101})), "a.xlsx", bounds=FEW_ROWS)
    assert refused.value.code == "statement-too-many-rows"


LOCKED = ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})


@pytest.mark.parametrize(
    ("data", "code"),
    [(LOCKED, "locked"), (old_book({"a": OLD_ROWS})[:3_000], "broken"),
     (ole({"WordDocument": b"x"}), "not-workbook"), (ole({"a": b"x"}), "broken"),
     (b"<html><p>hello</p></html>", "web-page"), (b"<html><table><tr><td>1</table>", "web-page"),
     (b'<?xml version="1.0"?><a/>', "web-page")],
)  # fmt: skip
def test_what_is_called_xls_and_cannot_be_read(data, code):
    """A sentence for each; a password of Excel's has its own way out."""
    with pytest.raises(StatementError) as refused:
        read_tables(data, "a.xls")
    assert refused.value.code == f"statement-{code}"
    if code == "locked":
        for program in ("Excel", "WPS"):
            assert program in message(refused.value)


BOMBS = {
    "cells far apart": (far_apart, "bomb"),
    "tables in tables": (lambda: b"<html>" + b"<table><tr><td>" * 10_000, "bomb"),
    "spans": (lambda: b"<html><table>" + b"<tr><td rowspan=2000 colspan=100>x" * 9_000, "bomb"),
    "one row": (lambda: b"<html><table><tr>" + b"<td>x" * 1_000_000, "bomb"),
    "rows": (lambda: b"<html><table>" + b"<tr><td>1<td>2" * 101, "too-many-rows"),
    "attributes": (lambda: b"<html><a " + b"b " * 3_500_000, "bomb"),
}  # fmt: skip


LONG = {"attributes": pytest.mark.night}


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=LONG.get(kind, ())) for kind in BOMBS])
def test_bombs_end_in_a_sentence(kind):
    """What would fill the memory fills that of a process of its own, which ends."""
    with pytest.raises(StatementError) as refused:
        read_tables(BOMBS[kind][0](), "a.xls", bounds=FEW_ROWS if kind == "rows" else PAGE)
    assert refused.value.code == f"statement-{BOMBS[kind][1]}"


def test_the_clock_stops_a_reader():
    """A page whose tags never end, and half a second."""
    hasty = dataclasses.replace(PAGE, seconds=0.5)
    with pytest.raises(StatementError) as refused:
        read_tables(b"<html>" + b"<a" * 3_000_000, "a.xls", bounds=hasty)
    assert refused.value.code == "statement-slow"


def test_without_processes_the_way_out_is_named(monkeypatch):
    """Where none can be started."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("subprocess.Popen", refuse)
    with pytest.raises(StatementError) as refused:
        read_tables(old_book({"a": OLD_ROWS}), "a.xls")
    assert refused.value.code == "statement-no-process"


# ---- archives and passwords

CSV_TEXT = "\n".join(",".join(row) for row in ROWS).encode("gbk") + b"\n"
OTHER = CSV_TEXT.replace(b"25.00", b"26.00").replace(b"75.00", b"74.00").replace(b"175", b"174")


def zipped(files: dict[str, bytes], password: bytes | None = None) -> bytes:
    """A ZIP archive; with a password, by AES."""
    file = io.BytesIO()
    how = {"encryption": pyzipper.WZ_AES} if password else {}
    with pyzipper.AESZipFile(file, "w", compression=pyzipper.ZIP_DEFLATED, **how) as archive:
        if password:
            archive.setpassword(password)
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_every_statement_in_an_archive_is_read():
    """CSV, XLSX and .xls by name of archive and file; a picture and a note of a Mac are none."""
    files = {"a.csv": CSV_TEXT, "in/乙.xlsx": book({"流水": ROWS}), "c.xls": XLS["old workbook"][0],
             "d.png": b"\x89PNG\r\n\x1a\n" + bytes(20), "__MACOSX/._a.csv": b"\0\1"}  # fmt: skip
    tables = read_tables(zipped(files), "z.zip")
    assert [table.label for table in tables] == [
        "z.zip:a.csv", "z.zip:乙.xlsx:流水", "z.zip:c.xls:流水",
    ]  # fmt: skip
    for table in tables:
        reading = convert(table, detect(table))
        assert moved(reading) == MOVED
        told = [note.values for note in reading.warnings if note.code == "archive-unread"]
        assert [(each["count"], each["places"]) for each in told] == [(1, "4")]


def test_the_same_statement_twice_in_an_archive_is_read_once():
    """By its cells."""
    tables = read_tables(zipped({"a.csv": CSV_TEXT, "b.csv": CSV_TEXT, "c.csv": OTHER}), "z.zip")
    assert [table.label for table in tables] == ["z.zip:a.csv", "z.zip:c.csv"]
    assert "sheet-twice" in {n.code for n in convert(tables[0], detect(tables[0])).warnings}


LOCKED_ZIPS = {
    "ZipCrypto": (zip_crypto({"微信.csv": CSV_TEXT, "b.csv": OTHER}, b"123456"), "123456"),
    "AES": (zipped({"微信.csv": CSV_TEXT, "b.csv": OTHER}, b"123456"), "123456"),
    "AES, of GBK": (zipped({"微信.csv": CSV_TEXT, "b.csv": OTHER}, "密码".encode("gbk")), "密码"),
}


@pytest.mark.parametrize("kind", LOCKED_ZIPS)
def test_an_archive_with_a_password(kind):
    """Asked for; a wrong one is told from none, also where one in 256 looks right at first."""
    data, password = LOCKED_ZIPS[kind]
    tables = read_tables(data, "z.zip", password=password)
    assert [table.name for table in tables] == ["z.zip:微信.csv", "z.zip:b.csv"]
    assert moved(convert(tables[0], detect(tables[0]))) == MOVED
    with pytest.raises(StatementError) as refused:
        read_tables(data, "z.zip")
    assert refused.value.code == "statement-password"
    for wrong in map(str, range(300) if kind == "ZipCrypto" else range(3)):
        with pytest.raises(StatementError) as refused:
            read_tables(data, "z.zip", password=wrong)
        assert refused.value.code == "statement-password-wrong"


@pytest.mark.parametrize(
    ("files", "code"),
    [({"a.zip": zipped({"a.csv": CSV_TEXT})}, "archive-within"), ({}, "empty"),
     ({f"{n}.csv": CSV_TEXT for n in range(250)}, "bomb"),
     ({"a.csv": b"a" * 40_000_000}, "bomb"),
     ({f"{n}.csv": b"a,1\n" * 20_000 for n in range(3)}, "too-many-rows"),
     ({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}, "not-workbook")],
)  # fmt: skip
def test_archives_that_are_refused(files, code):
    """An archive within; nothing; too many; too much in one, or in all of them together."""
    with pytest.raises(StatementError) as refused:
        read_tables(zipped(files), "z.zip", bounds=PAGE)
    assert refused.value.code == f"statement-{code}"


def asked(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let a terminal answer so; return what was asked."""
    questions: list[str] = []
    left = list(answers)

    def answer(prompt: str) -> str:
        questions.append(prompt)
        if not left:
            raise EOFError
        return left.pop(0)

    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda _: True})())
    monkeypatch.setattr("getpass.getpass", answer)
    return questions


def test_the_command_line_asks_for_a_password(tmp_path, monkeypatch, capsys):
    """On a terminal three times, without an echo; else it reads a file, and never an argument."""
    path, secret = tmp_path / "a.zip", tmp_path / "secret.txt"
    path.write_bytes(LOCKED_ZIPS["ZipCrypto"][0])
    questions = asked(monkeypatch, "1", "123456")
    assert main(["import", str(path)]) == 0
    assert len(questions) == 2
    questions = asked(monkeypatch, "1", "2", "3", "123456")
    assert main(["import", str(path)]) != 0
    assert len(questions) == 3
    asked(monkeypatch)
    assert main(["import", str(path)]) != 0
    secret.write_text("123456\n")
    assert main(["import", str(path), "--password-file", str(secret)]) == 0
    secret.write_text("1234567\n")
    assert main(["import", str(path), "--password-file", str(secret)]) != 0
    assert main(["import", str(path), "--password-file", str(tmp_path)]) != 0
    assert "123456" not in "".join(capsys.readouterr())


# ---- days without a year


@pytest.mark.parametrize(
    ("days", "years"),
    [(["12/30", "12/31", "01/01", "12/31", "01/02"], [2023, 2023, 2024, 2023, 2024]),
     (["01/02", "01/01", "12/31"], [2024, 2024, 2023]),
     (["1月1日", "1月2日", "12月31日"], [2024] * 3),
     (["11-30 10:00", "12-31 10:00", "01-02 10:00", "02-29 10:00"], [2023, 2023, 2024, 2024]),
     (["01/02", "12/31"], [2024, 2023]), (["12/31", "01/02"], [2023, 2024]),
     (["03/01"], [2024]), (["01/02", "11/30", "12/01", "01/01"], [2023, 2023, 2023, 2024])],
)  # fmt: skip
def test_days_without_a_year_run_on(days, years):
    """Of the year that was given is the last day; December before January is the year before,
    whichever way the rows run; within a year a great step remains one."""
    text = "日期,金额,对方\n" + "".join(f"{day},-1.00,张三\n" for day in days)
    (table,) = read_tables(text.encode(), "a.csv")
    reading = convert(table, detect(table).change(year=2024))
    by_row = {movement.row: movement.at.year for movement in reading.movements}
    assert [by_row[row] for row in sorted(by_row)] == years
    told = [note.values for note in reading.assumptions if note.code == "year-given"]
    assert {int(each["year"]) for each in told} == set(years)


def test_a_year_is_asked_for_and_given_on_the_command_line(tmp_path, capsys):
    """Nothing is taken without it, and what to do is said; the mapping keeps it."""
    path, kept = tmp_path / "a.csv", tmp_path / "m.toml"
    path.write_text("日期,金额,对方\n12/31,-1.00,张三\n01/02,-2.00,李四\n", "utf-8")
    (table,) = read_tables(path)
    assert "year-missing" in {note.code for note in detect(table).uncertain}
    assert codes(convert(table, detect(table)).refused) == [(2, "no-year"), (3, "no-year")]
    assert main(["import", str(path)]) == 1
    assert "--year" in capsys.readouterr().out
    assert main(["import", str(path), "--year", "2024", "--save-mapping", str(kept)]) == 0
    assert "2023" in capsys.readouterr().out
    assert read_mapping(kept).year == 2024
    with pytest.raises(StatementError):
        detect(table).change(year=24)


# ---- damage

WHOLE = {"ZipCrypto": LOCKED_ZIPS["ZipCrypto"][0], "AES": LOCKED_ZIPS["AES"][0],
         "XLSX": book({"a": ROWS}), "CSV": QUIRKS["tab behind a quoted cell"].encode("gbk"),
         "ZIP": zipped({"a.csv": CSV_TEXT})}  # fmt: skip


@settings(max_examples=draws(150), deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_damaged_files_are_read_or_refused_in_words(kind, data):
    """Bytes changed or taken out of any file: tables, or an error of ours with both sentences."""
    made = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(made) - 1))
        if data.draw(st.booleans()):
            made[place] = data.draw(st.integers(0, 255))
        else:
            del made[place : place + data.draw(st.integers(1, max(1, len(made) // 4)))]
            made = made or bytearray(b"x")
    refused: list[StatementError] = []
    try:
        tables = read_tables(bytes(made), "a.dat", bounds=PAGE, password="123456")
        assert any(table.rows for table in tables)
    except StatementError as error:
        refused.append(error)
    assert all("a.dat" in message(each, lang) for each in refused for lang in ("zh", "en"))
