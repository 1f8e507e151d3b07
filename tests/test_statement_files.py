"""Files as people have them: told by their bytes, read within bounds, or refused with the way out.

All files are made in the test; sums are worked out by hand in the docstrings.
"""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from simlib.errors import StatementError
from simlib.statement import convert, detect, read_tables
from simlib.statement.amounts import fen
from simlib.statement.instants import day_of, time_of
from simlib.statement.model import Refusal

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
    "tabs around all": f"{HEAD}\t\n2024-01-02\t,25.00\t,\t,75.00\t,张三\t,x\t\n",
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


def test_two_lines_are_joined_only_where_that_names_more():
    """A title and a header remain two lines; so do a header and its first row."""
    text = f"账户,人民币,活期,明细,表,单\n{HEAD}\n2024-01-02,25.00,,75.00,张三,x\n"
    (table,) = read_tables(text.encode(), "a.csv")
    assert table.rows[1] == tuple(HEAD.split(","))


# ---- amounts and times


@pytest.mark.parametrize(
    ("cell", "worth"),
    [("CNY 123.18", 12_318), ("123.18 CNY", 12_318), ("-CNY 1,123.18", -112_318),
     ("123.18(人民币)", 12_318), ("12318分", 12_318), ("人民币元 5.00", 500), ("CNH5", 500)],
)  # fmt: skip
def test_amounts_with_their_currency(cell, worth):
    """Yuan, written out."""
    assert fen(cell) == worth


@pytest.mark.parametrize(
    "cell", ["USD 5.00", "5.00 USD", "HK$5", "-$5.00", "5.00港币", "€5", "(5 EUR)"]
)
def test_foreign_money_is_refused_by_its_name(cell):
    """No yuan are made of it, even where no column tells the currency."""
    with pytest.raises(Refusal) as refused:
        fen(cell)
    assert refused.value.code == "currency"
    assert codes(read(f"{HEAD}\n2024-01-02,{cell},,,张三,x\n").refused) == [(2, "currency")]


@pytest.mark.parametrize(
    ("cell", "clock"),
    [("下午3:04", "15:04:00"), ("15时04分05秒", "15:04:05"), ("15点04分", "15:04:00"),
     ("上午12:30", "00:30:00"), ("中午12:30", "12:30:00"), ("中午1:00", "13:00:00"),
     ("凌晨12:05", "00:05:00"), ("晚上9:05:06", "21:05:06"), ("3:04 PM", "15:04:00"),
     ("下午15:04", "15:04:00"), ("13.04.05.123456", "13:04:05.123456")],
)  # fmt: skip
def test_times(cell, clock):
    """In twelve hours and in twenty-four."""
    assert str(time_of(cell).time) == clock


@pytest.mark.parametrize("cell", ["上午15:00", "晚上12:05", "晚上0:30", "下午3:04PM", "25:00"])
def test_times_that_are_none_or_two(cell):
    """晚上12:05 is midnight of one day or of the next."""
    with pytest.raises(Refusal):
        time_of(cell)


@pytest.mark.parametrize(
    "cell", ["2024-01-02-13.04.05.123456", "20240102 130405", "20240102130405",
             "2024年1月2日 下午1:04:05", "2024-01-02 星期二 13:04:05", "2024/1/2(周二) 13:04:05"]
)  # fmt: skip
def test_days_with_times(cell):
    """All are the second of January 2024 at 13:04:05."""
    when = day_of(cell)
    assert (str(when.day), str(when.time)[:8]) == ("2024-01-02", "13:04:05")
