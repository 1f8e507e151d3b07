"""Bank statements read: every encoding and shape, exact fen, every row accounted for.

Sums are worked out by hand in the docstrings; files are made in the test.
"""

from __future__ import annotations

import dataclasses
import datetime
import io
import tomllib
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.strategy import draws

from simlib.errors import StatementError
from simlib.statement import convert, detect, mapping_text, read_mapping, read_tables
from simlib.statement.amounts import fen
from simlib.statement.dates import day_of, time_of
from simlib.statement.model import Refusal
from simlib.statement.read.limits import COMMAND
from simlib.text import message, words

with (Path(__file__).parent / "statement_messages.toml").open("rb") as file:
    MESSAGES = tomllib.load(file)
CST = datetime.timezone(datetime.timedelta(hours=8))
TITLED = """\
某某银行个人账户交易明细,,,,,,,,
账号：6222 0200 0000 1111,户名：李小红,,,,,,,
交易日期,交易时间,摘要,借方发生额/元(支取),贷方发生额/元(收入),余额,对方户名,对方账号,流水号
2022-10-01,09:00:00,工资,,"10,000.00","12,000.00",某公司,1001,S1
20221005,100000,转账,8000.00,,4000.00,王五,6217000000002222,S2
2022年10月5日,10:00:00,手续费,￥5.00元,,"３，９９５．００",,,S2
2022/10/5,10:05,转账,1.2,,,赵六,6228480000003333,S3

2022-10-06,11:00:00,转账,-,0.2万,"5,993.80",赵六,6228480000003333,S4
合计,,,"8,006.20","12,000.00",,,,
"""


def table(text: str, encoding: str = "utf-8", name: str = "a.csv") -> object:
    """The only table of a CSV text."""
    return read_tables(text.encode(encoding), name)[0]


def reading(text: str, **changes: object) -> object:
    """A CSV text read by what its headers tell, and by these changes."""
    found = table(text)
    mapping = detect(found)
    return convert(found, mapping.change(**changes) if changes else mapping)


def book(rows: list, **settings: object) -> bytes:
    """An XLSX file with these rows."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = settings.get("title", "流水")
    for row in rows:
        sheet.append(row)
    for place, value in settings.get("formats", {}).items():
        sheet[place].number_format = value
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def codes(lines: object) -> list[tuple[int, str]]:
    """Rows and reasons."""
    return [(line.row, line.code) for line in lines]


def money(found: object) -> list[tuple[str, str, int]]:
    """Who paid whom how much: numbers, names or the statement's own label."""
    return [
        (m.payer.number or m.payer.name or m.payer.label,
         m.payee.number or m.payee.name or m.payee.label, m.amount_fen)
        for m in found.movements
    ]  # fmt: skip


# ---- one table, every kind of row


def test_a_statement_with_titles_totals_and_blank_rows():
    """10 000.00 in; 8 000.00, 5.00 and 1.20 out; 0.2万 = 2 000.00 in.

    Rows: 2 titles, header, blank (row 8), total: 5 skipped; 5 taken; 10 in all. Before the first
    row the account held 12 000 − 10 000 = 2 000.00. Balances: 12 000; − 8 000 = 4 000; − 5 = 3 995;
    (− 1.20, none printed); the next says 5 993.80 = 3 995 − 1.20 + 2 000: all fit.
    """
    found = reading(TITLED)
    assert money(found) == [
        ("1001", "6222020000001111", 1_000_000),
        ("6222020000001111", "6217000000002222", 800_000),
        ("6222020000001111", "", 500),
        ("6222020000001111", "6228480000003333", 120),
        ("6228480000003333", "6222020000001111", 200_000),
    ]
    assert found.refused == ()
    assert codes(found.skipped) == [
        (1, "title"), (2, "title"), (3, "header"), (8, "blank"), (10, "total"),
    ]  # fmt: skip
    assert found.read == 10 == found.taken + len(found.refused) + len(found.skipped)
    assert [m.at for m in found.movements][1:4] == [
        datetime.datetime(2022, 10, 5, 10, 0, tzinfo=CST),
        datetime.datetime(2022, 10, 5, 10, 0, tzinfo=CST),
        datetime.datetime(2022, 10, 5, 10, 5, tzinfo=CST),
    ]
    notes = {note.code: note.values for note in found.warnings}
    assert set(notes) == {"serial-shared"}
    assert list(found.openings.values()) == [200_000]


def test_balances_that_fit_tell_the_opening_balance():
    """With row 7's balance (3 995.00 − 1.20 = 3 993.80) all fit; opening 2 000.00."""
    found = reading(TITLED.replace("10:05,转账,1.2,,,", "10:05,转账,1.2,,3993.80,"))
    assert {note.code for note in found.warnings} == {"serial-shared"}
    assert list(found.openings.values()) == [200_000]


def test_the_total_is_held_against_what_was_taken():
    """Out 8 000.00 + 5.00 + 1.20 = 8 006.20; a total of 8 006.21 is told with its row."""
    found = reading(TITLED.replace("8,006.20", "8,006.21"))
    note = next(note for note in found.warnings if note.code == "total-differs")
    assert note.values == {
        "label": "a.csv", "row": 10, "out": "8006.21", "in": "12000.00",
        "taken_out": "8006.20", "taken_in": "12000.00",
    }  # fmt: skip
    assert "total-differs" not in {note.code for note in reading(TITLED).warnings}


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_every_encoding_gives_the_same(encoding, stated):
    """The encoding is found and told, and changes nothing."""
    found = table(TITLED.replace("李小红", "𠮷红" if encoding == "gb18030" else "李小红"), encoding)
    assert found.encoding == stated
    assert money(convert(found, detect(found))) == money(reading(TITLED))


def test_a_letter_cut_in_two_spoils_its_row_only():
    """The second byte of 五 is missing in GBK: that row is refused, the others are taken."""
    data = TITLED.encode("gb18030").replace("王五".encode("gbk"), "王五".encode("gbk")[:-1])
    (found,) = read_tables(data, "a.csv")
    read = convert(found, detect(found))
    assert codes(read.refused) == [(5, "undecodable")]
    assert read.taken == 4


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_delimiter_gives_the_same(mark):
    """Found by how evenly it cuts the lines, although amounts hold commas."""
    text = "\n".join(
        mark.join(row)
        for row in (
            ["交易时间", "金额", "收/支", "对方账号"],
            ["2022-10-05 10:00:00", '"1,000.00"' if mark == "," else "1,000.00", "支出", "6217"],
            ["2022-10-06 10:00:00", "500.00", "收入", "6218"],
        )
    )
    found = table(text)
    assert found.delimiter == mark
    assert [m.amount_fen for m in convert(found, detect(found)).movements] == [100_000, 50_000]


# ---- shapes


SHAPES = {
    "signed": ("交易日期,交易金额,对方账号", "2022-10-05,-80.00,B", "2022-10-06,+30.00,C"),
    "flag": ("日期,金额,借贷标志,对方账号", "2022-10-05,80.00,借,B", "2022-10-06,30.00,贷,C"),
    "two": (
        "Date,Withdrawals,Deposits,Counterparty Account",
        "2022-10-05,80.00,,B",
        "2022-10-06,0.00,30.00,C",
    ),
    "list": ("交易日期,付款账号,收款账号,金额", "2022-10-05,A,B,80.00", "2022-10-06,C,A,30.00"),
}
SHAPES = {shape: "\n".join(lines) + "\n" for shape, lines in SHAPES.items()}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_says_who_paid_whom(shape):
    """80.00 went from A to B, 30.00 came from C to A, however it is written down."""
    found = table(SHAPES[shape])
    mapping = detect(found)
    assert mapping.shape == shape
    if shape != "list":
        mapping = mapping.change(account="A")
    assert money(convert(found, mapping)) == [("A", "B", 8_000), ("C", "A", 3_000)]


@pytest.mark.parametrize(
    ("out", "come"),
    [("借", "贷"), ("D", "C"), ("dr", "CR"), ("支出", "收入"), ("出", "进"), ("支", "收"),
     ("付", "收"), ("Debit", "Credit"), ("转出", "转入"), ("借方", "贷方"), ("-", "+")],
)  # fmt: skip
def test_marks_of_direction(out, come):
    """All the usual marks, in any case."""
    text = f"日期,金额,收支,对方账号\n2022-10-05,80.00,{out},B\n2022-10-06,30.00,{come},C\n"
    assert money(reading(text, account="A")) == [("A", "B", 8_000), ("C", "A", 3_000)]


def test_custom_marks_of_direction():
    """A bank that writes 1 and 2 is read once the mapping says what they mean."""
    text = "日期,金额,收支,对方账号\n2022-10-05,80.00,1,B\n2022-10-06,30.00,2,C\n"
    found = table(text)
    assert [note.code for note in detect(found).uncertain] == ["flag-unknown", "own-unknown"]
    assert codes(convert(found, detect(found)).refused) == [
        (2, "flag-unknown"),
        (3, "flag-unknown"),
    ]
    flags = {"out": ("1",), "in": ("2",)}
    mapping = detect(found).change(account="A", flags=flags)
    assert money(convert(found, mapping)) == [("A", "B", 8_000), ("C", "A", 3_000)]
    assert read_mapping(mapping_text(mapping)) == mapping.change(uncertain=())


def test_a_negative_amount_beside_a_direction_is_not_guessed():
    """Refused; `turn` makes a debit of −80 come in, `same` lets it go out."""
    text = "日期,金额,收支,对方账号\n2022-10-05,-80.00,支出,B\n2022-10-06,30.00,支出,C\n"
    assert codes(reading(text).refused) == [(2, "negative")]
    assert money(reading(text, account="A", negative="turn"))[0] == ("B", "A", 8_000)
    assert money(reading(text, account="A", negative="same"))[0] == ("A", "B", 8_000)
    all_negative = text.replace("30.00", "-30.00")
    assert detect(table(all_negative)).negative == "same"


def test_the_direction_is_held_against_the_balance():
    """100 → 180 → 210 fits only if 借 came in, as a ledger would have it: both say so."""
    text = (
        "日期,金额,借贷标志,余额\n2022-10-04,1.00,借,100.00\n"
        "2022-10-05,80.00,借,180.00\n2022-10-06,30.00,借,210.00\n"
    )
    assert reading(text).reversed
    assert not reading(text, turned=True).reversed


def test_the_newest_first_is_turned_round():
    """Balances 70 ← 100 ← 180 run upwards: the order of the movements is the other one."""
    text = (
        "日期,支出,收入,余额\n2022-10-05,30.00,,70.00\n2022-10-05,80.00,,100.00\n"
        "2022-10-05,,180.00,180.00\n"
    )
    found = reading(text)
    assert [m.amount_fen for m in found.movements] == [18_000, 8_000, 3_000]
    assert [note.code for note in found.warnings] == ["newest-first"]
    assert list(found.openings.values()) == [0]


def test_several_own_accounts_in_one_file_have_a_balance_each():
    """A police list: 本方 and 对方 in every row, balances of both accounts between each other."""
    text = (
        "交易卡号,交易户名,交易时间,交易金额,交易余额,收付标志,对手账号,对手户名,交易是否成功\n"
        "A,甲,2022-10-05 10:00:00,80.00,20.00,出,B,乙,成功\n"
        "B,乙,2022-10-05 10:00:01,80.00,85.00,进,A,甲,成功\n"
        "A,甲,2022-10-05 11:00:00,20.00,0.00,出,C,丙,成功\n"
        "B,乙,2022-10-05 12:00:00,85.00,0.00,出,C,丙,失败\n"
        "B,乙,2022-10-05 12:01:00,85.00,0.00,出,C,丙,成功\n"
    )
    found = reading(text)
    assert [note.code for note in found.warnings] == []
    assert {own.number: opening for own, opening in found.openings.items()} == {
        "A": 10_000,
        "B": 500,
    }
    assert codes(found.skipped) == [(1, "header"), (5, "not-done")]


# ---- amounts and days


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1,234.56", 123_456), ("１，２３４．５６", 123_456), ("￥1,234.56", 123_456),
        ("1234.56元", 123_456), ("CNY 1234.56", 123_456), ("1.2万", 1_200_000),
        ("1.2万元", 1_200_000), ("0.123456万", 123_456), ("(5.00)", -500), ("5.00-", -500),
        ("-¥5", -500), ("¥-5", -500), ("−5", -500), ("+5", 500), (".5", 50), ("5.", 500),
        ("7", 700),
        ("-", None), ("", None), (None, None), ("--", None), ("\t5.00 ", 500), ("'5.00", 500),
        (0.29, 29), (1234.56, 123_456), (8.1e3, 810_000), (100, 10_000), (-0.1, -10),
        ("123.18 CNY", 12_318), ("-CNY 1,123.18", -112_318), ("123.18(人民币)", 12_318),
        ("12318分", 12_318), ("人民币元 5.00", 500), ("CNH5", 500),
    ],
)  # fmt: skip
def test_amounts(cell, expected):
    """Whole fen, by hand; a workbook's 0.29 is the float nearest to it and gives 29 fen."""
    assert fen(cell) == expected


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.234,56", "ambiguous-number"), ("1,23", "ambiguous-number"),
        ("1 234.56", "ambiguous-number"),
        ("12,34,567.00", "ambiguous-number"), ("1.234", "more-decimals"),
        ("100.000", "more-decimals"),
        ("1.2345678万", "not-whole-fen"), (0.1 + 0.2, "not-whole-fen"), (0.005, "not-whole-fen"),
        ("1E+5", "scientific"), ("abc", "not-a-number"), ("--5", "not-a-number"),
        ("(-5)", "not-a-number"),
        ("$5", "currency"), (True, "not-a-number"), (float("nan"), "not-a-number"),
        (float("inf"), "not-a-number"), ("=1+1", "not-a-number"), ("99999999999999", "too-large"),
        (datetime.date(2022, 1, 1), "not-a-number"),
    ],
)  # fmt: skip
def test_amounts_that_are_refused(cell, code):
    """What two readers could read differently, or is not whole fen."""
    with pytest.raises(Refusal) as refusal:
        fen(cell)
    assert refusal.value.code == code


def test_units():
    """1.2 万元 is 12 000.00 yuan; 12 fen are 0.12."""
    assert (fen("1.2", "wan"), fen(1.2, "wan"), fen("12", "fen"), fen(12, "fen")) == (
        1_200_000, 1_200_000, 12, 12)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "header", "unit"),
    [
        ("单位：分", "金额", "fen"),
        ("账户流水,,金额单位: 人民币 万元", "金额", "wan"),
        ("单位：元", "金额", "yuan"),
        ("单位：分", "金额(元)", "yuan"),
        ("单位：分行营业部", "金额", "yuan"),
        ("单位名称：分水机械厂", "金额", "yuan"),
    ],
)
def test_a_line_above_the_table_states_the_unit(title, header, unit):
    """The header's own unit comes first; the name of a firm or a branch is no unit."""
    mapping = detect(table(f"{title}\n日期,收/支,{header},对方户名\n2022-10-05,支,100,李某\n"))
    assert mapping.unit == unit


@pytest.mark.parametrize(
    ("cell", "day", "time"),
    [
        ("2022-10-05", "2022-10-05", None), ("2022/10/5", "2022-10-05", None),
        ("20221005", "2022-10-05", None), (20221005, "2022-10-05", None),
        ("2022年10月5日", "2022-10-05", None), ("２０２２．１０．０５", "2022-10-05", None),
        ("2022-10-05 10:00:00", "2022-10-05", "10:00:00"),
        ("20221005100000", "2022-10-05", "10:00:00"),
        ("2022-10-05-10.00.00.123456", "2022-10-05", "10:00:00.123456"),
        ("2022年10月5日10时00分", "2022-10-05", "10:00:00"),
        (44839, "2022-10-05", None), ("44839", "2022-10-05", None),
        (44839.4166666667, "2022-10-05", "10:00:00"),
        (datetime.datetime(2022, 10, 5, 9, 59, 59, 999_990), "2022-10-05", "10:00:00"),
        ("20240102 130405", "2024-01-02", "13:04:05"),
        ("2024年1月2日 下午1:04:05", "2024-01-02", "13:04:05"),
        ("2024-01-02 星期二 13:04:05", "2024-01-02", "13:04:05"),
        ("2024/1/2(周二) 13:04:05", "2024-01-02", "13:04:05"),
    ],
)  # fmt: skip
def test_days(cell, day, time):
    """44 839 days after 1899-12-30 is 2022-10-05; .41666… of a day is 10 o'clock."""
    found = day_of(cell)
    assert str(found.day) == day
    assert time is None or str(found.time) == time


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("22-10-05", "two-digit-year"), ("221005", "two-digit-year"), ("5/10/22", "two-digit-year"),
        ("05/10/2022", "ambiguous-date"), ("10-5-2022 10:00", "ambiguous-date"),
        ("2022-13-01", "no-such-day"), ("2022-02-30", "no-such-day"), ("0022-10-05", "no-such-day"),
        ("2022-10/05", "not-a-date"), ("昨天", "not-a-date"), ("10/5", "no-year"),
        (3, "not-a-date"), (True, "not-a-date"), ("2022-10-05 25:00:00", "not-a-time"),
    ],
)  # fmt: skip
def test_days_that_are_refused(cell, code):
    """No guess at a century, or at which number is the month."""
    with pytest.raises(Refusal) as refusal:
        day_of(cell)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("cell", "time"),
    [("10:00:00", "10:00:00"), ("100000", "10:00:00"), ("93000", "09:30:00"), (93000, "09:30:00"),
     (0, "00:00:00"), (0.4166666667, "10:00:00"), ("10:05", "10:05:00"), ("10时05分", "10:05:00"),
     (datetime.time(10, 0), "10:00:00"), ("下午3:04", "15:04:00"), ("15时04分05秒", "15:04:05"),
     ("15点04分", "15:04:00"), ("上午12:30", "00:30:00"), ("中午12:30", "12:30:00"),
     ("中午1:00", "13:00:00"), ("凌晨12:05", "00:05:00"), ("晚上9:05:06", "21:05:06"),
     ("3:04 PM", "15:04:00"), ("下午15:04", "15:04:00"), ("13.04.05.123456", "13:04:05.123456")],
)  # fmt: skip
def test_times(cell, time):
    """As banks and workbooks write them; 0.41666… of a day is 10 o'clock."""
    assert str(time_of(cell).time) == time


@pytest.mark.parametrize("cell", ["上午15:00", "晚上12:05", "晚上0:30", "下午3:04PM", "25:00"])
def test_times_that_are_none_or_two(cell):
    """晚上12:05 is midnight of one day or of the next."""
    with pytest.raises(Refusal):
        time_of(cell)


def test_zones():
    """A cell's own zone comes first, then the mapping's, then +08:00, which is told."""
    text = "交易时间,金额,对方账号\n{at},-1.00,B\n"
    own = reading(text.format(at="2022-10-05T10:00:00Z"))
    assert own.movements[0].at == datetime.datetime(2022, 10, 5, 18, 0, tzinfo=CST)
    assert "zone-assumed" not in {note.code for note in own.assumptions}
    said = reading(text.format(at="2022-10-05 10:00:00"), zone="+00:00")
    assert said.movements[0].at == own.movements[0].at
    assert "zone-assumed" not in {note.code for note in said.assumptions}
    neither = reading(text.format(at="2022-10-05 10:00:00"))
    assert neither.movements[0].at == datetime.datetime(2022, 10, 5, 10, 0, tzinfo=CST)
    assert [n.values["zone"] for n in neither.assumptions if n.code == "zone-assumed"] == ["+08:00"]


@pytest.mark.parametrize(
    ("zone", "in_china"),
    [("-05:00", "10-05 23:00"), ("-0500", "10-05 23:00"), ("-03:30", "10-05 21:30"),
     ("-09:30", "10-06 03:30"), ("+05:45", "10-05 12:15"), ("+00:00", "10-05 18:00")],
)  # fmt: skip
def test_zones_west_of_greenwich_and_of_half_hours(zone, in_china):
    """10:00 there plus the way to +08:00, in a cell and in the mapping: −03:30 is 11 h 30 min."""
    text = "交易时间,金额,对方账号\n{at},-1.00,B\n"
    wanted = datetime.datetime.strptime(f"2022-{in_china}", "%Y-%m-%d %H:%M").replace(tzinfo=CST)
    assert reading(text.format(at=f"2022-10-05 10:00:00{zone}")).movements[0].at == wanted
    whole = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    assert reading(text.format(at="2022-10-05 10:00:00"), zone=whole).movements[0].at == wanted


# ---- refused and skipped rows


REFUSED_ROWS = {
    "no-date": ",,1,,,B,,,",
    "not-a-date": "昨天,,1,,,B,,,",
    "no-such-day": "2022-02-30,,1,,,B,,,",
    "two-digit-year": "22-1-11,,1,,,B,,,",
    "ambiguous-date": "05/10/2022,,1,,,B,,,",
    "not-a-time": "2022-10-05,25:00,1,,,B,,,",
    "days-differ": "2022-10-05,2022-10-06 10:00:00,1,,,B,,,",
    "no-amount": "2022-10-05,,,,,B,,,",
    "both-sides": "2022-10-05,,1,2,,B,,,",
    "not-a-number": "2022-10-05,,一百,,,B,,,",
    "ambiguous-number": '2022-10-05,,"1.234,56",,,B,,,',
    "more-decimals": "2022-10-05,,1.234,,,B,,,",
    "not-whole-fen": "2022-10-05,,0.12345678万,,,B,,,",
    "scientific": "2022-10-05,,1E+5,,,B,,,",
    "too-large": "2022-10-05,,10000000000000.01,,,B,,,",
    "negative": "2022-10-05,,-1,,,B,,,",
    "currency": "2022-10-05,,1,,美元,B,,,",
    "number-rounded": "2022-10-05,,1,,,6.22202E+18,,,",
    "status-unknown": "2022-10-05,,1,,,B,,,或许",
    "too-many-cells": "2022-10-05,,1,234.00,,,B,,,x",
    "too-few-cells": "2022-10-05,,1",
}


def test_every_refused_row_is_listed_with_its_reason():
    """One row a reason; the good one at the end is taken all the same."""
    head = "日期,时间,支出,收入,币种,对方账号,流水号,手续费,交易状态\n"
    rows = "\n".join(REFUSED_ROWS.values())
    found = reading(f"{head}{rows}\n2022-10-05,,1.00,,CNY,B,,0.50,成功\n")
    assert codes(found.refused) == list(enumerate(REFUSED_ROWS, 2))
    assert [(m.amount_fen, m.fee_fen) for m in found.movements] == [(100, 50)]
    for line in found.refused:
        said = {lang: words("statement", f"reasons.{line.code}", lang, **line.values)
                for lang in ("zh", "en")}  # fmt: skip
        assert said == MESSAGES["rows"][line.code]


def test_duplicate_row_is_taken_once():
    """Same serial number and all the rest: skipped, with the row that stays. Same serial number
    alone (a transfer and its fee): both are taken and told."""
    text = (
        "日期,支出,收入,余额,对方账号,流水号\n2022-10-05,80.00,,20.00,B,S1\n"
        "2022-10-05,80.00,,20.00,B,S1\n2022-10-05,2.00,,18.00,,S1\n"
        "交易日期,支出,收入,余额,对方账号,流水号\n日期,支出,收入,余额,对方账号,流水号\n"
        "2022-10-04,,0.00,18.00,B,S2\n期初余额,,,18.00,,\n以上由系统打印,,,,,\n"
    )
    found = reading(text)
    assert [m.amount_fen for m in found.movements] == [8_000, 200]
    assert codes(found.skipped) == [
        (1, "header"), (3, "duplicate"), (6, "header"), (7, "zero"), (8, "carried"), (9, "note"),
    ]  # fmt: skip
    assert found.skipped[1].values == {"first": 2}
    assert codes(found.refused) == [(5, "not-a-date")]
    assert [note.code for note in found.warnings] == ["serial-shared"]


def test_account_that_pays_itself_moves_no_money():
    """Own and other number alike: skipped with its reason, or refused where a fee hides in it."""
    found = reading(
        "日期,金额,本方账号,对方账号,手续费\n2022-10-05,-1.00,6222 01,622201,\n"
        "2022-10-05,-1.00,622201,622201,0.50\n2022-10-05,-1.00,622201,622202,\n"
    )
    assert codes(found.skipped) == [(1, "header"), (2, "to-itself")]
    assert codes(found.refused) == [(3, "fee-to-itself")]
    assert found.refused[0].values == {"fee": "0.50"}
    assert found.taken == 1


ODD = (
    "", "2022-10-05", "22-1-1", "1.00", "-3", "1,5", "合计", "借", "贷", "B", "=1+1", "日期", "１",
    "6.2E+18", "\t", "'", "期初余额", "@SUM(A1)", "美元",
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=8),
)


@settings(max_examples=draws(150), deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=0, max_size=8), max_size=12), st.sampled_from(sorted(SHAPES))
)
def test_no_row_is_ever_lost(rows, shape):
    """Whatever stands under a header: rows read = taken + refused + skipped, each row once."""
    import csv

    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    found = reading(SHAPES[shape] + file.getvalue())
    rows_of = [m.row for m in found.movements]
    rows_of += [line.row for line in (*found.refused, *found.skipped)]
    assert len(rows_of) == found.read == found.taken + len(found.refused) + len(found.skipped)
    assert len(set(rows_of)) == len(rows_of)
    assert all(m.amount_fen > 0 for m in found.movements)


# ---- workbooks


def test_a_workbook_gives_whole_fen_and_real_days():
    """0.29 + 1234.56 out, 100 in; a formatted date, a serial date, a number 20221005, text."""
    found, = read_tables(
        book(
            [["户名：李小红"], ["账号", 6222020000001], [],
             ["交易日期", "交易时间", "借方发生额", "贷方发生额", "对方账号"],
             [datetime.datetime(2022, 10, 5), datetime.time(10, 0), 0.29, None, "6217"],
             [44839, 0.4166666667, 1234.56, None, 6218],
             [20221006, 93000, None, 100, "6219"],
             ["2022-10-05", "10:00:00", 0.005, None, "6217"],
             ["2022-10-05", "10:00:00", 1, None, 6222020000001234567]]),
        "b.xlsx",
    )  # fmt: skip
    assert (found.sheet, found.encoding, found.lines) == ("流水", "xlsx", list(range(1, 10)))
    mapping = detect(found)
    assert (mapping.account, mapping.holder) == ("6222020000001", "李小红")
    read = convert(found, mapping)
    assert money(read) == [
        ("6222020000001", "6217", 29), ("6222020000001", "6218", 123_456),
        ("6219", "6222020000001", 10_000),
    ]  # fmt: skip
    ten = datetime.datetime(2022, 10, 5, 10, 0, tzinfo=CST)
    assert [m.at for m in read.movements] == [ten, ten, ten.replace(day=6, hour=9, minute=30)]
    assert codes(read.refused) == [(8, "not-whole-fen"), (9, "number-rounded")]
    assert "serial-dates" in {note.code for note in read.assumptions}


@pytest.mark.parametrize(
    ("cell", "number"),
    [(622202000000111, "622202000000111"), (6222020000001110, None), (6.22202e18, None),
     ("6222 0200 0000 1111", "6222020000001111"), ("6.22E+15", None), ('="0012"', "0012"),
     ("'6222-0200", "62220200"), ("无", ""), (None, "")],
)  # fmt: skip
def test_account_numbers(cell, number):
    """A workbook keeps 15 digits: a number of 16 has lost its last one, whatever it looks like."""
    from simlib.statement.normalise import row_reader as rows

    if number is not None:
        assert rows.number(cell) == number
        return
    with pytest.raises(Refusal) as refusal:
        rows.number(cell)
    assert refusal.value.code == "number-rounded"


def test_a_formula_whose_value_was_never_saved_is_refused():
    """openpyxl saves no values: the row with =1+2 is refused, the other is taken."""
    (found,) = read_tables(
        book([["日期", "支出", "收入"], ["2022-10-05", "=1+2", None], ["2022-10-06", 5, None]]),
        "f.xlsx",
    )
    read = convert(found, detect(found))
    assert codes(read.refused) == [(2, "formula-without-value")]
    assert read.refused[0].values == {"column": 2}
    assert [m.amount_fen for m in read.movements] == [500]


def test_sheets_are_tables_and_empty_ones_are_none():
    """Each sheet that holds anything, hidden ones told."""
    made = openpyxl.Workbook()
    made.active.title = "空"
    for name in ("甲", "乙"):
        sheet = made.create_sheet(name)
        sheet.append(["日期", "金额"])
        sheet.append(["2022-10-05", -1 if name == "甲" else -2])
    made["乙"].sheet_state = "hidden"
    file = io.BytesIO()
    made.save(file)
    tables = read_tables(file.getvalue(), "s.xlsx")
    assert [found.label for found in tables] == ["s.xlsx:甲", "s.xlsx:乙"]
    assert "hidden-sheet" in {n.code for n in convert(tables[1], detect(tables[1])).warnings}


# ---- files that are no statements


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip archive with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def with_entities(before: bytes = b"", encoding: str = "utf-8") -> bytes:
    """A workbook whose sheet declares entities (billion laughs), perhaps far down or disguised."""
    source = zipfile.ZipFile(io.BytesIO(book([["日期", "金额"]])))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = before + b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
                data = data.decode("utf-8").encode(encoding, "replace")
            archive.writestr(part.filename, data)
    return file.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
WHOLE = book([["日期", "金额"], ["2022-10-05", 1]])
BROKEN = {
    "empty": (b"", "statement-empty"),
    "blank": (b"\xef\xbb\xbf \r\n", "statement-empty"),
    "xls": (OLE + bytes(600), "statement-broken"),
    "locked": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "statement-locked"),
    "pdf": (b"%PDF-1.7\n", "statement-broken"),
    "web": (b"\n<html><table><tr><td>1</td></tr></table></html>", "statement-web-page"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "statement-web-page"),
    "truncated": (WHOLE[: len(WHOLE) // 2], "statement-broken"),
    "garbled": (WHOLE[:200] + bytes(100) + WHOLE[300:], "statement-broken"),
    "entities": (with_entities(), "statement-broken"),
    "far": (with_entities(b"<!--" + b"x" * 1_100_000 + b"-->"), "statement-broken"),
    "utf16": (with_entities(encoding="utf-16"), "statement-broken"),
    "ebcdic": (with_entities(encoding="cp037"), "statement-broken"),
    "docx": (zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
             "statement-not-workbook"),
    "hollow": (zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x"}),
               "statement-broken"),
    "junk": (bytes(range(256)) * 8, "statement-not-text"),
    "control": (b"PK\x01\x02,b\n1,2\n", "statement-not-text"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)) * 4, "statement-picture"),
    "ofd": (zipped({"OFD.xml": b"<OFD/>", "Doc_0/Document.xml": b"<D/>"}), "statement-ofd"),
    "mail": (b"From: a@b.cn\r\nSubject: statement\r\n\r\nhello\r\n", "statement-mail"),
    "quote": ('日期,金额\n2022-10-05,"1.00\n2022-10-06,2.00\n'.encode(), "statement-not-csv"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_files_that_are_no_statements(kind):
    """Each is refused with its own code and remedy in both languages, and never a traceback."""
    data, code = BROKEN[kind]
    with pytest.raises(StatementError) as refused:
        read_tables(data, "x.dat")
    assert refused.value.code == code
    said = {lang: message(refused.value, lang) for lang in ("zh", "en")}
    assert said == MESSAGES["files"][kind]


def test_an_encoding_that_is_none_or_does_not_fit():
    """Said by name."""
    for encoding in ("klingon", "utf-8"):
        with pytest.raises(StatementError) as refused:
            read_tables(TITLED.encode("gb18030"), "a.csv", encoding=encoding)
        assert refused.value.code == "statement-encoding"
        assert encoding in message(refused.value)


def test_a_file_too_big_and_one_that_is_not_there(tmp_path):
    """By path: missing, a folder, too big."""
    for path, code in (
        (tmp_path / "no.csv", "statement-missing"),
        (tmp_path, "statement-unreadable"),
    ):
        with pytest.raises(StatementError) as refused:
            read_tables(path)
        assert refused.value.code == code
    (tmp_path / "a.csv").write_text(TITLED)
    small = dataclasses.replace(COMMAND, file_bytes=100)
    for source in (tmp_path / "a.csv", TITLED.encode()):
        with pytest.raises(StatementError) as refused:
            read_tables(source, bounds=small)
        assert refused.value.code == "statement-too-big"


def test_two_hundred_columns():
    """The known ones are found among the first hundred; a row with more is refused."""
    wide = ["日期", "金额", *(f"列{n}" for n in range(200))]
    good, bad = ["2022-10-05", "-1.00"], ["2022-10-06", "-2.00", *map(str, range(200))]
    text = "\n".join(",".join(row + [""] * (202 - len(row))) for row in (wide, good, bad))
    found = reading(text)
    assert [m.amount_fen for m in found.movements] == [100]
    assert codes(found.refused) == [(3, "too-many-columns")]
    (read,) = read_tables(book([wide[:90], good, bad]), "w.xlsx")
    assert codes(convert(read, detect(read)).refused) == [(3, "too-many-columns")]


# ---- mappings


def test_a_mapping_by_hand_reads_what_has_no_header():
    """Columns by number; every row is a movement."""
    mapping = read_mapping(
        'shape = "two"\naccount = "A"\nzone = "+08:00"\n'
        "[columns]\ndate = 1\nout = 3\nin = 4\nother_account = 2\n"
    )
    found = table("2022-10-05,B,80.00,\n2022-10-06,C,,30.00\n")
    assert detect(found).uncertain[0].code == "no-header"
    assert money(convert(found, mapping)) == [("A", "B", 8_000), ("C", "A", 3_000)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("shape =", "mapping-unreadable"),
        ('shap = "two"', "mapping-key"),
        ('shape = "three"', "mapping-choice"),
        ('unit = "dollar"', "mapping-choice"),
        ('zone = "Beijing"', "mapping-value"),
        ("header_row = 0", "mapping-value"),
        ("account = 6222", "mapping-value"),
        ("[columns]\ndata = 1", "mapping-key"),
        ("[columns]\ndate = 0", "mapping-value"),
        ("[columns]\ndate = true", "mapping-value"),
        ("columns = 3", "mapping-value"),
        ('[flags]\nout = ["1"]', "mapping-value"),
        ("[flags]\nout = 1\nin = 2", "mapping-value"),
        ('[statuses]\nmove = ["成功"]', "mapping-choice"),
        ('[kinds]\nboth = ["提现"]', "mapping-choice"),
        ("[kinds]\nin = 3", "mapping-value"),
        ("kinds = 3", "mapping-value"),
        ("[instead]\ndate = 0", "mapping-value"),
        ("[instead]\ndat = 1", "mapping-key"),
        ("layout = 3", "mapping-value"),
        ('turned = "yes"', "mapping-value"),
        ("owed = 1", "mapping-value"),
    ],
)
def test_mappings_that_are_refused(text, code):
    """Codes, and words in both languages."""
    with pytest.raises(StatementError) as refused:
        read_mapping(text)
    assert refused.value.code == code
    assert message(refused.value, "zh") != message(refused.value, "en")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"shape": None}, "mapping-incomplete"),
        ({"columns": {"date": "日期"}}, "mapping-incomplete"),
        ({"columns": {"date": "日子", "amount": "金额"}}, "mapping-column"),
        ({"columns": {"date": "日子", "amount": "金额"}, "header_row": None}, "mapping-no-header"),
        ({"header_row": 9}, "mapping-no-row"),
    ],
)
def test_mappings_that_do_not_fit_the_table(changes, code):
    """Said before a row is read."""
    found = table("日期,金额\n2022-10-05,-1.00\n")
    with pytest.raises(StatementError) as refused:
        convert(found, detect(found).change(**changes))
    assert refused.value.code == code
    assert message(refused.value, "zh") != message(refused.value, "en")


def test_uncertain_detection_is_reported():
    """Each doubt is a note: no header; two columns for one role; no sign; a lone amount."""

    def doubts(text: str) -> list[str]:
        return [note.code for note in detect(table(text)).uncertain]

    assert doubts("甲,乙\n1,2\n") == ["no-header"]
    assert doubts("日期,金额\n2022-10-05,1.00\n") == ["no-sign", "own-unknown"]
    assert "column-twice" in doubts("日期,金额,发生额\n2022-10-05,1.00,1.00\n")
    assert "column-missing" in doubts("金额,余额\n1.00,1.00\n")
    assert "no-shape" in doubts("日期,余额\n2022-10-05,1.00\n")
    assert doubts(TITLED) == []


HEADED_TWICE = {  # what stands below the line → the column of role and header taken, and not
    "an empty 金额": ("日期,金额,金额\n2022-10-05,,-1.00\n", "amount", 3, 2),
    "a unit as 金额": ("日期,金额,金额\n2022-10-05,元,-1.00\n", "amount", 3, 2),
    "金额 without signs": ("日期,金额,金额\n2022-10-05,99.00,-1.00\n", "amount", 3, 2),
    "the first of two as good": ("日期,金额,金额\n2022-10-05,-1.00,-1.00\n", "amount", 2, 3),
    "日期 of which one counts": ("日期,日期,金额\n1,2022-10-05,-1.00\n", "date", 2, 1),
    "an empty 日期": ("日期,摘要,日期,金额\n,转账,2022-10-05,-1.00\n", "date", 3, 1),
}


@pytest.mark.parametrize("how", HEADED_TWICE)
def test_of_columns_with_one_header_the_one_that_can_be_read_is_taken(how):
    """1.00 went out on 5 October; the doubt names both columns by their numbers."""
    text, role, taken, other = HEADED_TWICE[how]
    found = table(text)
    mapping = detect(found)
    assert mapping.columns[role] == taken
    (note,) = [note for note in mapping.uncertain if note.code == "header-twice"]
    assert (note.values["column"], note.values["other"]) == (taken, other)
    read = convert(found, mapping)
    assert [(m.amount_fen, m.own is m.payer, m.at.day) for m in read.movements] == [(100, True, 5)]
    assert read.refused == ()


@pytest.mark.parametrize(
    "sums", ["笔数,金额,笔数,金额,金额", "收入,收入,支出,支出,金额", "金额,金额,金额,金额,金额"]
)
@pytest.mark.parametrize("before", [True, False])
def test_line_of_sums_that_repeats_a_word_is_no_header(sums, before):
    """日期,摘要,金额,余额 are four headers; 金额 four times is one of them."""
    lines = ["日期,摘要,金额,余额", "2022-10-05,转账,-1.00,9.00"]
    mapping = detect(table("\n".join([sums, *lines] if before else [*lines, sums]) + "\n"))
    assert mapping.header_row == 1 + before
    assert mapping.columns == {
        "date": "日期",
        "remark": "摘要",
        "amount": "金额",
        "balance": "余额",
    }


LAYOUTS = {
    "icbc": (
        "交易日期,摘要,交易场所,钞/汇,交易金额(收入),交易金额(支出),交易币种,余额,对方户名",
        "2022-10-05,转账,网上银行,钞,,80.00,人民币,20.00,王五",
    ),
    "ccb": (
        "序号,摘要,币别,钞汇,交易日期,借方发生额/元(支取),贷方发生额/元(收入),余额,对方户名",
        "1,转账,人民币元,钞,20221005,80.00,0.00,20.00,王五",
    ),
    "abc": (
        "交易日期,交易时间,交易金额,本次余额,对手信息,日志号,交易渠道,交易附言",
        "20221005,100000,-80.00,20.00,王五,123,超级网银,转账",
    ),
    "boc": (
        "记账日期,记账时间,币别,金额,余额,交易名称,渠道,附言,对方账户名,对方卡号/账号",
        "2022-10-05,10:00:00,人民币,-80.00,20.00,转账,网银,,王五,6217",
    ),
    "cmb": (
        "交易日期,交易时间,支出,收入,余额,交易类型,交易备注",
        "\t20221005,\t10:00:00,80.00,,20.00,转账汇款,王五",
    ),
    "company": (
        "交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,凭证种类",
        "20221005 10:00:00,80.00,,20.00,人民币,王五,6217,",
    ),
    "police": (
        "交易卡号,交易账号,交易户名,交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名,"
        "交易币种,交易是否成功,交易流水号",
        "6222,0200,李小红,20221005100000,80.00,20.00,出,6217,王五,CNY,成功,S1",
    ),
    "alipay": (
        "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号",
        "2022-10-05 10:00:00,转账红包,王五,wang***@x.com,转账,支出,80.00,余额,交易成功,2022\t",
    ),
    "wechat": (
        "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注",
        '2022-10-05 10:00:00,转账,王五,"转账",支出,¥80.00,零钱,对方已收钱,1000,/,"/"',
    ),
    "english": (
        "Posting Date,Description,Debit Amount,Credit Amount,Balance,Reference No.",
        "2022-10-05,Transfer,80.00,,20.00,R1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("bank", LAYOUTS)
def test_layouts_as_banks_export_them(bank):
    """80.00 went out on 5 October 2022, whatever the columns are called; nothing is refused."""
    found = table("\n".join(LAYOUTS[bank]) + "\n")
    mapping = detect(found)
    assert mapping.complete
    read = convert(found, mapping)
    assert read.refused == ()
    (m,) = read.movements
    assert (m.amount_fen, m.own is m.payer, str(m.at.date())) == (8_000, True, "2022-10-05")
    if "余额" in LAYOUTS[bank][0]:
        assert m.balance_fen == 2_000
