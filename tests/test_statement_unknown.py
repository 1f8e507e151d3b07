"""What the command line does with a statement it does not understand: it shows what it saw, and
writes a mapping that can be edited and used at once."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.strategy import draws

from simlib import load_case
from simlib.cli.mapping_template import draft_of_mapping
from simlib.errors import StatementError
from simlib.statement import convert, detect, read_mapping, read_tables
from simlib.statement.detection.manual_columns import preview

STRANGE = """\
某某农商行查询结果,,,,,
操作日,操作时刻,资金数目,出入,结存,往来人
2022-10-05,10:00:00,80.00,借,20.00,王五
2022-10-06,11:00:00,30.00,贷,50.00,赵六
"""


@pytest.fixture
def run(run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A command line in an empty folder: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    return run


def put(name: str, text: str) -> None:
    """A file of the folder."""
    Path(name).write_text(text, encoding="utf-8")


def edited(name: str, *lines: str) -> None:
    """Take the # away from these lines of a mapping, as its reader would."""
    text = Path(name).read_text("utf-8")
    for line in lines:
        assert text.count(f"# {line}") == 1
        text = text.replace(f"# {line}", line)
    Path(name).write_text(text, encoding="utf-8")


def test_headers_rows_and_guesses_are_shown(run):
    """Where the reader alone sees it: not in the report, which may be passed on."""
    put("a.csv", STRANGE)
    code, out, err = run("import a.csv")
    assert (code, out) == (1, "")
    assert "表头在第2行" in err
    for row in (
        " 1  操作日    2022-10-05  2022-10-06  看上去像交易日期 date？",
        " 3  资金数目  80.00       30.00       看上去像交易金额 amount？",
        " 4  出入      借          贷          看上去像借贷（收支）标志 flag？",
        " 6  往来人    王五        赵六        ?",
    ):
        assert row in err
    assert "没有找到表头：请指明各列的内容" in err
    assert "--save-mapping a.toml" in err
    assert "缺少 交易金额 amount" in err
    assert "looks like day date?" in run("import a.csv --lang en")[2]


def test_the_mapping_is_written_and_can_be_used_at_once(run):
    """Filled in as far as it got, a comment for each column; nobody's name is in it. Edited as it
    says: 80.00 out to 王五, 30.00 in from 赵六."""
    put("a.csv", STRANGE)
    code, _, err = run("import a.csv --save-mapping m.toml")
    assert code == 1
    assert "列对照表已写到 m.toml" in err
    text = Path("m.toml").read_text("utf-8")
    assert "# 第6列 「往来人」: ?" in text
    assert [said for said in ("王五", "赵六", "80.00", "某某", "a.csv") if said in text] == []
    assert "缺少 交易金额 amount" in run("import a.csv --mapping m.toml")[2]  # as it stands
    edited("m.toml", 'shape = "flag"', 'date = "操作日"', 'amount = "资金数目"', 'flag = "出入"')
    text = Path("m.toml").read_text("utf-8")
    put("m.toml", text.replace("# 第6列 「往来人」: ?", 'other_name = "往来人"'))
    code, out, err = run("import a.csv --mapping m.toml")
    assert (code, err) == (0, "")
    assert "采用 2 行" in out
    assert "看“出入”列：“借”是支出，“贷”是收入" in out


def test_a_table_without_a_header_is_shown_by_numbers(run):
    """Its first row is a row: no header is named, and the mapping counts columns."""
    put("a.csv", "2022-10-05,王五,80.00\n2022-10-06,赵六,-30.00\n")
    err = run("import a.csv --save-mapping m.toml")[2]
    assert "没有找到表头，内容如下" in err
    text = Path("m.toml").read_text("utf-8")
    assert "王五" not in text
    assert "header_row" not in text
    edited("m.toml", 'shape = "signed"', "date = 1", "amount = 3")
    data = json.loads(run("import a.csv --mapping m.toml --json")[1])
    assert (data["read"], data["taken"]) == (2, 2)


def test_of_a_known_statement_the_unknown_columns_are_comments(run):
    """What is known is filled in; the rest may be added."""
    put("a.csv", "交易日期,支出,收入,网点\n2022-10-05,1.00,,7\n")
    code, out, _ = run("import a.csv --save-mapping m.toml")
    assert code == 0
    assert "f1 的列对照表已写到 m.toml" in out
    text = Path("m.toml").read_text("utf-8")
    assert 'date = "交易日期"   # 交易日期' in text
    assert "# 第4列 「网点」: ?" in text
    assert read_mapping(Path("m.toml")).complete
    assert json.loads(run("import a.csv --mapping m.toml --json")[1])["taken"] == 1


def test_several_files_have_a_mapping_each(run):
    """m-1.toml and m-2.toml, in their order; a file that is there is not written over."""
    put("a.csv", "日期,支出,收入\n2022-10-05,1.00,\n")
    put("b.csv", "日期,金额\n2022-10-05,-2.00\n2022-10-06,3.00\n")
    assert run("import a.csv b.csv --save-mapping m.toml")[0] == 0
    assert [read_mapping(Path(f"m-{n}.toml")).shape for n in (1, 2)] == ["two", "signed"]
    line = "import a.csv b.csv --mapping m-1.toml --mapping m-2.toml --json"
    assert json.loads(run(line)[1])["taken"] == 3
    Path("m-1.toml").unlink()
    code, _, err = run("import a.csv b.csv --save-mapping m.toml")
    assert (code, "m-2.toml 已经存在" in err) == (1, True)
    assert not Path("m-1.toml").exists()


def test_sheets_of_two_kinds_are_read_with_a_mapping_each(run):
    """The workbook named twice, once for each of its sheets."""
    made = openpyxl.Workbook()
    made.active.title = "甲"
    for row in (["日期", "支出", "收入"], ["2022-10-05", 1, None]):
        made.active.append(row)
    sheet = made.create_sheet("乙")
    for row in (["日期", "金额"], ["2022-10-05", -2]):
        sheet.append(row)
    made.save("x.xlsx")
    assert run("import x.xlsx --save-mapping m.toml")[0] == 0
    line = "import x.xlsx x.xlsx --mapping m-1.toml --mapping m-2.toml --json"
    data = json.loads(run(line)[1])
    assert [each["shape"] for each in data["statements"]] == ["two", "signed"]
    assert data["taken"] == 2


def test_workbook_in_which_no_sheet_is_understood(run):
    """Its sheets are shown, and each has a mapping."""
    made = openpyxl.Workbook()
    for row in (["操作日", "资金数目"], ["2022-10-05", -1]):
        made.active.append(row)
    made.create_sheet("乙").append(["说明"])
    made.save("x.xlsx")
    code, _, err = run("import x.xlsx --save-mapping m.toml")
    assert code == 1
    assert "x.xlsx:Sheet 没有看懂" in err
    assert "x.xlsx:乙 没有看懂" in err
    edited("m-1.toml", 'shape = "signed"', 'date = "操作日"', 'amount = "资金数目"')
    assert json.loads(run("import x.xlsx --mapping m-1.toml --json")[1])["taken"] == 1


def test_a_mapping_that_does_not_fit_shows_what_is_there(run):
    """The error names the column; above it the real headers with what they seem to hold."""
    put("a.csv", "交易日期,支出,收入\n2022-10-05,1.00,\n")
    put("m.toml", 'shape = "two"\n[columns]\ndate = "日子"\nout = "支出"\nin = "收入"\n')
    code, _, err = run("import a.csv --mapping m.toml")
    assert code == 1
    assert "交易日期 date" in err
    assert "没有一行含有这些表头：日子" in err


def test_where_every_row_is_refused_the_columns_are_shown(run):
    """The wrong column is the likely reason."""
    put("a.csv", "日期,金额\n22-1-11,-1\n")
    code, out, err = run("import a.csv")
    assert code == 1
    assert "two-digit-year" in out
    assert "没有一行可以采用，原因见各行" in err
    assert "1  日期  22-1-11  交易日期 date" in err


def test_a_reversed_statement_still_has_its_mapping_written(run):
    """In which turned can be set."""
    put("a.csv", "日期,支出,收入,余额\n2022-10-01,1,,9\n2022-10-02,2,,11\n2022-10-03,3,,14\n")
    code, _, err = run("import a.csv --save-mapping m.toml")
    assert (code, "很可能读反了" in err) == (1, True)
    put("m.toml", "turned = true\n" + Path("m.toml").read_text("utf-8"))
    assert json.loads(run("import a.csv --mapping m.toml --json")[1])["taken"] == 3


def test_people_known_by_name_only_are_listed_and_given_a_role(run):
    """A wallet's statement: 王五 has no account; by his name he becomes a helper of the case."""
    rows = "2022-10-05 10:00:00,王五,支出,80.00\n2022-10-05 11:00:00,赵六,支出,70.00\n"
    put("w.csv", f"时间,交易对方,收/支,金额\n{rows}2022-10-06 11:00:00,赵六,收入,5.00\n")
    out = run("import w.csv")[1]
    assert "只有姓名、没有账号的人" in out
    assert "p2 户2  80元   0元     1" in out
    assert "p3 户3  70元   5元     2" in out
    data = json.loads(run("import w.csv --json")[1])
    assert data["by_name"][1] == {"holder": "p3", "in_fen": 7_000, "out_fen": 500, "rows": 2}
    roles = "--victim 6222 --role 王五=helper:account:knowing --role p3=principal"
    code, out, err = run(f"import w.csv --own w.csv=6222 --out kase --key k.json {roles}")
    assert (code, err) == (0, "")
    case = load_case("kase")
    assert {party.id: party.role for party in case.parties} == {
        "p1": "victim", "p2": "helper", "p3": "principal"}  # fmt: skip
    assert case.loss_fen == 15_000
    assert "王五" not in Path("kase/case.toml").read_text("utf-8")


CELLS = st.one_of(
    st.sampled_from(
        ("日期", "金额", "支出", "收入", "2022-10-05", "1.00", "-3", "借", '"', "#", "\\")
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=6),
)


@settings(max_examples=draws(150), deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=6))
def test_whatever_the_table_its_mapping_is_one(rows):
    """The file that is written is always a mapping, and says what was detected."""
    import csv
    import io

    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([["x", "y"], *rows])
    (table,) = read_tables(file.getvalue().encode(), "a.csv")
    mapping = detect(table)
    for lang in ("zh", "en"):
        again = read_mapping(draft_of_mapping(preview(table, mapping), lang))
        assert (again.shape, again.columns) == (mapping.shape, mapping.columns)


SWAPPED = """\
户名：赵敏,账号：6222020000001111234
交易日期,交易时间,收入,支出,对方账号,对方户名
2023-03-02,09:00:00,,3000.00,6217000000000000025,李四
交易日期,交易时间,{first},{second},对方账号,对方户名
2023-03-04,09:00:00,1500.00,,6217000000000000025,李四
"""


def test_a_second_header_of_other_columns_stops_the_reading(tmp_path: Path) -> None:
    """Its rows would be read by the first header, with in and out exchanged."""
    path = tmp_path / "a.csv"
    path.write_text(SWAPPED.format(first="支出", second="收入"), encoding="utf-8")
    (table,) = read_tables(path)
    with pytest.raises(StatementError) as stopped:
        convert(table, detect(table))
    assert stopped.value.code == "statement-second-header"
    assert (stopped.value.values["row"], stopped.value.values["first"]) == (4, 2)


def test_the_same_header_again_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(SWAPPED.format(first="收入", second="支出"), encoding="utf-8")
    (table,) = read_tables(path)
    assert [m.row for m in convert(table, detect(table)).movements] == [3, 5]


@pytest.mark.parametrize(
    ("foot", "unit", "zone"),
    [
        ("备注：以上金额单位均为分", "fen", None),
        ("金额单位：万元", "wan", None),
        ("单位：千元", "qian", None),
        ("单位：人民币百万元", "baiwan", None),
        ("（单位：亿元）", "yi", None),
        ("注：以上时区：UTC", "yuan", "+00:00"),
        ("注：本表时间均为格林威治时间", "yuan", "+00:00"),
    ],
)
def test_a_note_below_the_table_says_its_unit_and_zone(
    tmp_path: Path, foot: str, unit: str, zone: str | None
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(SWAPPED.format(first="收入", second="支出") + foot + "\n", encoding="utf-8")
    mapping = detect(read_tables(path)[0])
    assert (mapping.unit, mapping.zone) == (unit, zone)


@pytest.mark.parametrize(
    ("unit", "cell", "fen"),
    [("千元", "3.00", 300_000), ("千元", "0.00001", 1), ("百万元", "0.5", 50_000_000),
     ("亿元", "0.0001", 1_000_000), ("万元", "3", 3_000_000), ("角", "12.3", 123),
     ("十万元", "0.5", 5_000_000), ("千万元", "0.02", 20_000_000)],
)  # fmt: skip
@pytest.mark.parametrize("head", ["单位：{}\n日期,支出,收入\n", "日期,支出（{0}）,收入（{0}）\n"])
def test_an_amount_is_worth_what_its_unit_says(
    tmp_path: Path, head: str, unit: str, cell: str, fen: int
) -> None:
    """3.00 千元 is 3 000 yuan: 300 000 fen; 0.00001 千元 is one fen; 0.0001 亿元 10 000 yuan.

    12.3 角 is 1.23 yuan: 123 fen; 0.5 十万元 50 000 yuan; 0.02 千万元 200 000 yuan.
    """
    path = tmp_path / "a.csv"
    path.write_text(head.format(unit) + f"2023-03-02,{cell},\n", encoding="utf-8")
    table = read_tables(path)[0]
    assert [m.amount_fen for m in convert(table, detect(table)).movements] == [fen]


REMARKS = "付款人,收款人,转账时间,{amount},备注\n赵敏,李四,2023-03-02,3000,USDT\n"


@pytest.mark.parametrize(
    ("amount", "second", "taken"),
    [("转账金额", "USDT-TRC20", None), ("转账金额", "还款", 2), ("金额（元）", "USDT", 2)],
)
def test_a_coin_in_the_remark_of_every_row_stops_the_reading(
    tmp_path: Path, amount: str, second: str, taken: int | None
) -> None:
    """Unless the amounts are said to be yuan: yuan paid for coins."""
    path = tmp_path / "a.csv"
    text = REMARKS.format(amount=amount) + f"赵敏,李四,2023-03-03,1500,{second}\n"
    path.write_text(text, encoding="utf-8")
    table = read_tables(path)[0]
    if taken is None:
        with pytest.raises(StatementError) as stopped:
            convert(table, detect(table))
        assert stopped.value.code == "statement-coins"
    else:
        assert convert(table, detect(table)).taken == taken


@pytest.mark.parametrize(
    ("cells", "zone"),
    [(("UTC", "UTC"), "+00:00"), (("GMT+7", "UTC+7"), "+07:00"), (("+08:00", "+0800"), "+08:00"),
     (("UTC", "UTC+8"), None), (("UTC", "曼谷"), None)],
)  # fmt: skip
def test_a_column_of_zones_is_honoured_or_asked_about(
    tmp_path: Path, cells: tuple[str, str], zone: str | None
) -> None:
    """18:30 on March 1 by Greenwich is 02:30 on March 2 in China."""
    path = tmp_path / "a.csv"
    rows = "".join(f"2023-03-01 18:30:00,{cell},,3000.00,李四\n" for cell in cells)
    path.write_text(f"交易时间,时区,收入,支出,对方户名\n{rows}", encoding="utf-8")
    table = read_tables(path)[0]
    mapping = detect(table)
    assert mapping.zone == zone
    assert ("zone-unclear" in {note.code for note in mapping.uncertain}) is (zone is None)
    if cells[0] == cells[1] == "UTC":
        at = convert(table, mapping).movements[0].at
        assert at.isoformat() == "2023-03-02T02:30:00+08:00"


@pytest.mark.parametrize("foot", ["注：以上金额币种为港币", "注：以上金额单位均为USDT（泰达币）"])
def test_a_note_below_the_table_says_its_money(tmp_path: Path, foot: str) -> None:
    """Nothing of it is read as yuan."""
    path = tmp_path / "a.csv"
    path.write_text(SWAPPED.format(first="收入", second="支出") + foot + "\n", encoding="utf-8")
    table = read_tables(path)[0]
    try:
        taken = convert(table, detect(table)).taken
    except StatementError:
        taken = 0
    assert taken == 0


@pytest.mark.parametrize(
    ("title", "head", "summed"),
    [
        ("按月汇总", ["日期", "收入", "支出", "笔数"], True),
        ("Sheet2", ["日期", "收入", "支出", "交易笔数"], True),
        ("月度统计", ["日期", "收入", "支出", "备注"], True),
        ("流水汇总", ["日期", "收入", "支出", "备注"], False),
        ("汇总", ["日期", "收入", "支出", "对方户名"], False),
    ],
)
def test_a_sheet_of_sums_is_no_payment(run, title: str, head: list[str], summed: bool) -> None:
    """3 000.00 and 800.00 went out; the second sheet says 3 800.00 of the month again."""
    book = openpyxl.Workbook()
    book.active.append(["日期", "收入", "支出", "对方户名"])
    book.active.append(["2023-03-02", None, "3000", "李四"])
    book.active.append(["2023-03-05", None, "800", "李四"])
    book.create_sheet(title).append(head)
    book[title].append(["2023-03-31", None, "3800", "2"])
    book.save("a.xlsx")
    code, out, err = run("import a.xlsx --own a.xlsx=6222")
    assert (code, err) == (0, "")
    assert ("f1:s2 是按日、按月或按人的合计，不是逐笔的流水" in out) is summed
    assert f"采用 {2 if summed else 3} 行" in out


def test_a_title_of_coins_stops_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "付款人,收款人,转账时间,转账金额\n赵敏,李四,2023-03-02 10:00:00,3000\n"
    path.write_text("泰达币（USDT）转账明细\n" + rows, encoding="utf-8")
    table = read_tables(path)[0]
    with pytest.raises(StatementError) as stopped:
        convert(table, detect(table))
    assert stopped.value.code == "statement-coins"
