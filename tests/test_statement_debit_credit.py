"""No table is read as all income, no amount is cut, no coin is a yuan: small files in the layouts
of banks, courts and police, each taken right, asked about, or refused with a sentence.

The ledger of most files: 1 000.00 at first; 300.00 out, 200.00 in, 50.00 out, 120.00 in, 1 234.50
in; so the balances are 700.00, 900.00, 850.00, 970.00 and 2 204.50.
"""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest

from simlib.cli import main
from simlib.errors import StatementError
from simlib.statement import (
    combine,
    convert,
    detect,
    mapping_text,
    read_mapping,
    read_tables,
)
from simlib.statement.case import sources_for_missing_rows
from simlib.statement.detection.manual_columns import choose, preview, turn
from simlib.text import message, topic_words
from simlib.widgets.own.statement import Statement

CHANGES = [-30_000, 20_000, -5_000, 12_000, 123_450]
HELD = [70_000, 90_000, 85_000, 97_000, 220_450]
OWN = "6222020000001111"


def ledger(
    head: str, row: str, out: str = "", into: str = "", *, above: str = "", back: bool = False
) -> str:
    """The ledger as a file: `row` names day, amount, mark, balance, name and n."""
    rows = [
        row.format(day=f"2022-10-{n:02d}", amount=f"{abs(fen) / 100:.2f}",
                   mark=out if fen < 0 else into, balance=f"{HELD[n - 1] / 100:.2f}",
                   name=f"甲{n}", n=n)
        for n, fen in enumerate(CHANGES, 1)
    ]  # fmt: skip
    return "\n".join([*([above] if above else []), head, *(rows[::-1] if back else rows)]) + "\n"


MARK = "交易日期,交易金额,{},对方户名,本方账号"
LINE = f"{{day}},{{amount}},{{mark}},{{name}},{OWN}"
HELD_HEAD = "交易日期,交易金额,{},余额,对方户名,本方账号"
HELD_LINE = f"{{day}},{{amount}},{{mark}},{{balance}},{{name}},{OWN}"
BARE = MARK.format("甲栏")

# What everybody can tell: each is taken as the ledger has it.
RIGHT = {
    "可疑交易逐笔明细表 收/付": ledger(MARK.format("资金收付标志"), LINE, "付", "收"),
    "可疑交易逐笔明细表 支出/收入": ledger(MARK.format("资金收付标志"), LINE, "支出", "收入"),
    "借贷类型代码 D/C": ledger(MARK.format("借贷类型代码"), LINE, "D", "C"),
    "0(支出)/1（收入）": ledger(MARK.format("0(支出)/1（收入）"), LINE, "0", "1"),
    "marks 0(支出), 1（收入）": ledger(MARK.format("收付标志"), LINE, "0(支出)", "1（收入）"),
    "DRCRIND": ledger(MARK.format("DRCRIND"), LINE, "D", "C"),
    "DR_CR_FLAG": ledger(MARK.format("DR_CR_FLAG"), LINE, "DR", "CR"),
    "ISO 20022": ledger(MARK.format("CreditDebitIndicator"), LINE, "DBIT", "CRDT"),
    "借贷方标志": ledger(MARK.format("借贷方标志"), LINE, "借", "贷"),
    "记账方向标识 D-借": ledger(MARK.format("记账方向标识"), LINE, "D-借", "C-贷"),
    "进/出": ledger(MARK.format("进/出"), LINE, "出", "进"),
    "往/来": ledger(MARK.format("往来标志"), LINE, "往", "来"),
    "往账, 来账": ledger(MARK.format("来往账标志"), LINE, "往账", "来账"),
    "入/出": ledger(MARK.format("出入账标志"), LINE, "出", "入"),
    "存取": ledger(MARK.format("存取标志"), LINE, "取", "存"),
    "汇出, 汇入": ledger(MARK.format("交易方向"), LINE, "汇出", "汇入"),
    "1-借 2-贷 in the header": ledger(MARK.format("借贷标志（1-借 2-贷）"), LINE, "1", "2"),
    "收:1 付:2 in the header": ledger(MARK.format("收付标志(收:1 付:2)"), LINE, "2", "1"),
    "1 and 2 by a line above": ledger(
        MARK.format("借贷标志"), LINE, "1", "2", above="说明：借贷标志 1借 2贷"),
    "借 explained as money in by a line above": ledger(
        MARK.format("借贷标志"), LINE, "贷", "借", above="说明：借=存入，贷=支取"),
    "借方 explained as money in by a line below": ledger(
        MARK.format("借贷标志"), LINE, "贷方", "借方") + "注：借方表示收入，贷方表示支出\n",
    "1 and 2 by a line below": ledger(
        MARK.format("收支标识"), LINE, "2", "1") + "说明：收支标识 1=收入，2=支出\n",
    "columns 借方 and 贷方 explained the other way round": (
        "说明：借方为存入，贷方为支取\n交易日期,借方发生额,贷方发生额,对方户名\n"
        + "".join(f"2022-10-{n:02d},{fen / 100 if fen > 0 else ''},{-fen / 100 if fen < 0 else ''}"
                  f",甲{n}\n" for n, fen in enumerate(CHANGES, 1))),
    "借 beside a legend of another column": ledger(
        MARK.format("借贷标志"), LINE, "借", "贷", above="卡类型：1借记卡 2贷记卡"),
    "a positive amount explained as money out": ledger(
        "交易日期,交易金额,对方户名", "{day},{mark}{amount},{name}", "", "-",
        above="说明：正数为支出，负数为收入"),
    "the same below, in other words": ledger(
        "交易日期,交易金额,对方户名", "{day},{mark}{amount},{name}", "", "-")
        + "注：支出为正，收入为负\n",
    "usual signs explained": ledger(
        "交易日期,交易金额,对方户名", "{day},{mark}{amount},{name}", "-", "",
        above="说明：金额为正表示收入，为负表示支出"),
    "a column nobody knows, and balances": ledger(HELD_HEAD.format("标记"), HELD_LINE, "A", "B"),
    "the same, the newest first": ledger(HELD_HEAD.format("标记"), HELD_LINE, "A", "B", back=True),
    "01 and 02 without a legend, and balances": ledger(
        HELD_HEAD.format("收付标志"), HELD_LINE, "02", "01"),
    "kinds, and balances": ledger(HELD_HEAD.format("交易类型"), HELD_LINE, "网银互转", "代发"),
    "signs": ledger("交易日期,交易金额,对方户名", "{day},{mark}{amount},{name}", "-", ""),
    "an empty cell at the end of each row": ledger(BARE.replace("甲栏", "收支"), f"{LINE},",
                                                   "支出", "收入"),
}  # fmt: skip


def table(text: str, name: str = "a.csv") -> object:
    """The only table of a file."""
    (found,) = read_tables(text.encode(), name)
    return found


def taken(text: str, **changes: object) -> list[int]:
    """What each row moved: below 0 what went out; by the day."""
    found = table(text)
    read = convert(found, detect(found).change(**changes))
    combine([read])
    moved = sorted(read.movements, key=lambda m: m.at)
    return [-m.amount_fen if m.own is m.payer else m.amount_fen for m in moved]


def refusal(text: str, **changes: object) -> StatementError:
    """The error in which reading ends, in words of both languages."""
    with pytest.raises(StatementError) as refused:
        taken(text, **changes)
    for lang in ("zh", "en"):
        assert "a.csv" in message(refused.value, lang)
    return refused.value


@pytest.mark.parametrize("layout", RIGHT)
def test_marks_of_public_forms_are_known(layout):
    """As the ledger has it, and again by the mapping that is kept of it."""
    assert taken(RIGHT[layout]) == CHANGES
    found = table(RIGHT[layout])
    kept = read_mapping(mapping_text(detect(found)))
    again = convert(found, kept)
    assert sorted(m.amount_fen for m in again.movements) == sorted(map(abs, CHANGES))
    assert not again.refused


def test_a_legend_goes_before_a_convention_whatever_else_is_said():
    """Of a card's signs nothing is asked then, nor of amounts without any; and 借 is not said
    to be money out by convention."""
    signed = RIGHT["a positive amount explained as money out"]
    assert taken(f"某某银行信用卡账单\n{signed}") == CHANGES
    bare = ledger("交易日期,交易金额,对方户名", "{day},{amount},{name}")
    assert taken("说明：正数为支出，负数为收入\n" + bare) == [-abs(fen) for fen in CHANGES]
    found = table(RIGHT["借 explained as money in by a line above"])
    notes = {note.code for note in convert(found, detect(found)).assumptions}
    assert "debit-is-out" not in notes


ASKED = {  # text → the column that is named; "" where none looks like one
    "a column nobody knows": (ledger(BARE, LINE, "A", "B"), "甲栏"),
    "a known word in it goes first": (
        ledger(f"渠道,{BARE}", f"网银,{LINE}", "转出", "转入").replace("网银", "柜台", 2), "甲栏"),
    "no column": (ledger("交易日期,交易金额,对方户名", "{day},{amount},{name}"), ""),
    "one row": ("交易日期,交易金额,对方户名\n2022-10-01,5.00,甲\n", ""),
}  # fmt: skip


@pytest.mark.parametrize("what", ASKED)
def test_amounts_without_signs_are_never_all_income(what):
    """Asked, with the likely column named, by whoever reads the file; an answer is taken."""
    text, column = ASKED[what]
    found = table(text)
    mapping = detect(found)
    assert (mapping.complete, mapping.positive) == (False, "ask")
    error = refusal(text)
    assert error.code == ("mapping-mark" if column else "mapping-unsigned")
    assert error.values.get("column", "") == column
    by_hand = read_mapping('shape = "signed"\n[columns]\ndate = "交易日期"\namount = "交易金额"\n')
    with pytest.raises(StatementError, match="cannot be taken for all money in"):
        convert(found, by_hand)
    came = taken(text, positive="in")
    assert min(came) > 0
    assert taken(text, positive="out") == [-fen for fen in came]
    if column:
        assert [c.header for c in preview(found, mapping).columns if c.looks == "flag"] == [column]


def test_a_likely_column_that_is_chosen_is_read():
    """甲栏 with A for money out and B for money in: as the ledger has it."""
    found = table(ASKED["a column nobody knows"][0])
    mapping = choose(found, detect(found), {"date": 1, "amount": 2, "flag": 3, "other_name": 4})
    said = mapping.change(flags={"out": ("A",), "in": ("B",)})
    moved = convert(found, said).movements
    assert [-m.amount_fen if m.own is m.payer else m.amount_fen for m in moved] == CHANGES


def test_a_sheet_without_signs_stops_a_workbook_of_others(tmp_path, capsys):
    """It is not left out as if it were no statement."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["交易日期", "交易金额", "对方户名"])
    book.active.append(["2022-10-01", "-5.00", "甲"])
    other = book.create_sheet("乙")
    other.append(["交易日期", "交易金额", "对方户名"])
    other.append(["2022-10-01", "5.00", "甲"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert main(["import", str(path)]) == 1
    assert "a.xlsx:乙 的金额没有正负号" in capsys.readouterr().err
    assert main(["import", str(path), "--sheet", "Sheet"]) == 0


def test_balances_of_income_alone_bear_it_out():
    """100.00, 200.00 and 300.00 came in: 100, 300, 600. Two balances are one step: not enough; nor
    is it told where no day says which row was first: out it would be as right."""
    head = "交易日期,交易金额,余额\n2022-10-01,100.00,100.00\n2022-10-02,200.00,300.00\n"
    assert taken(head + "2022-10-03,300.00,600.00\n") == [10_000, 20_000, 30_000]
    assert refusal(head).code == "mapping-unsigned"
    one_day = head.replace("10-02", "10-01") + "2022-10-01,300.00,600.00\n"
    assert taken(one_day) == [10_000, 20_000, 30_000]  # the newest first, 600 − 200 is not 300
    equal = "交易日期,交易金额,余额\n" + "".join(f"2022-10-01,10.00,{n}0.00\n" for n in (9, 8, 7))
    assert refusal(equal).code == "mapping-unsigned"


FIRST = "交易日期,交易金额,{}余额,对方户名\n2022-10-01,500.00,{}500.00,甲\n"
PAID_ON = (
    "2022-10-02,200.00,{0}300.00,乙\n2022-10-03,100.00,{0}200.00,丙\n"
    "2022-10-04,50.00,{0}150.00,丙\n"
)


@pytest.mark.parametrize("back", [False, True])
def test_what_came_first_is_not_read_as_the_rows_behind_it(back):
    """500.00 came into an empty account; 200.00, 100.00 and 50.00 went out: 500, 300, 200, 150.
    Balances do not tell the first row's side; a mark of its own does, and else it is asked."""
    marked = FIRST.format("标记,", "B,") + PAID_ON.format("A,")
    bare = FIRST.format("", "") + PAID_ON.format("")
    if back:
        marked, bare = ("".join([(lines := text.splitlines(keepends=True))[0], *lines[:0:-1]])
                        for text in (marked, bare))  # fmt: skip
    assert taken(marked) == [50_000, -20_000, -10_000, -5_000]
    assert refusal(bare).code == "mapping-unsigned"


def test_a_first_row_whose_side_nothing_tells_is_asked_about():
    """100.00 with 900.00 behind it, then 50.00 and 30.00 in: paid out of 1 000, or come to 800."""
    rows = "2022-10-01,100.00,900.00\n2022-10-02,50.00,950.00\n2022-10-03,30.00,980.00\n"
    assert refusal(f"交易日期,交易金额,余额\n{rows}").code == "mapping-unsigned"


# ---- balances that contradict the reading

KNOWN = ledger(HELD_HEAD.format("收支"), HELD_LINE, "支出", "收入")
WRONG = KNOWN.replace("2022-10-03,50", "2022-10-03,60")
MISSING = "".join(ln for ln in KNOWN.splitlines(keepends=True) if "2022-10-03" not in ln)


@pytest.mark.parametrize(
    ("text", "listed"), [(WRONG, "4: 840.00 ≠ 850.00"), (MISSING, "4: 1020.00 ≠ 970.00")]
)
def test_balances_that_contradict_the_rows_stop_the_import(text, listed):
    """60.00 for 50.00: 900 − 60 = 840, not 850. Without the 50.00: 900 + 120 = 1 020, not 970."""
    error = refusal(text)
    assert (error.code, error.values["listed"]) == ("statement-gaps", listed)
    assert "--gaps a.csv" in message(error, "zh")
    assert taken(text, gaps=True)[0] == -30_000


def test_what_was_said_of_gaps_goes_with_the_reading():
    """Another column, or in and out turned, is another reading, of which nobody said it."""
    found = table(MISSING)
    said = detect(found).change(gaps=True)
    assert "gaps = true" in mapping_text(said)
    assert read_mapping(mapping_text(said)).gaps
    assert not turn(said).gaps
    columns = {"date": 1, "amount": 2, "flag": 3, "balance": 4}
    assert not choose(found, said, columns).gaps


def test_a_balance_behind_a_refused_row_contradicts_nothing():
    """The row of the third is refused, and told; 970 follows from what nobody could read."""
    text = WRONG.replace("2022-10-03,60.00", "2022-10-03,六十")
    assert taken(text) == [-30_000, 20_000, 12_000, 123_450]


@pytest.mark.parametrize("swapped", ["in a day", "in another way"])
def test_rows_of_one_instant_may_stand_in_any_order(swapped):
    """1 000 − 300 = 700, + 200 = 900, − 50 = 850 of one day, whatever their order; of different
    days they contradict each other."""
    rows = ["{},300.00,支出,700.00", "{},200.00,收入,900.00", "{},50.00,支出,850.00"]
    rows = rows[::-1] if swapped == "in another way" else [rows[0], rows[2], rows[1]]
    rows = [*rows, "2022-10-09,100.00,收入,950.00"]
    head = "交易日期,交易金额,收支,余额\n"
    day = "\n".join(row.format("2022-10-08") for row in rows)
    assert len(taken(f"{head}{day}\n")) == 4
    days = "\n".join(row.format(f"2022-10-0{n}") for n, row in enumerate(rows, 5))
    assert refusal(f"{head}{days}\n").code in ("statement-gaps", "statement-reversed")


def test_the_case_says_that_rows_are_missing(tmp_path, monkeypatch, capsys):
    """Stopped with the rows; with --gaps it is written, with a source that says so; into a case
    that is there as well."""
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(MISSING, encoding="utf-8")
    assert main(["import", "a.csv", "--out", "kase", "--victim", OWN]) == 1
    assert "4: 1020.00 ≠ 970.00" in capsys.readouterr().err
    assert not Path("kase").exists()
    line = ["import", "a.csv", "--gaps", "a.csv"]
    roles = ["--victim", OWN, "--role", "甲1=helper:payment:knowing", "--unknown-principal"]
    assert main([*line, "--out", "kase", "--key", "key.json", *roles]) == 0
    assert "gaps" in capsys.readouterr().out
    case = tomllib.loads(Path("kase/case.toml").read_text(encoding="utf-8"))
    (source,) = case["sources"]
    assert "有 1 处余额（共 3 处）接不上" in source["text"]["zh"]
    assert main(["check", "kase"]) == 0
    Path("b.csv").write_text(MISSING.replace("2022-10", "2022-11"), encoding="utf-8")
    more = ["import", "b.csv", "--gaps", "b.csv", "--into", "kase", "--key", "key.json"]
    assert main(more) == 0
    case = tomllib.loads(Path("kase/case.toml").read_text(encoding="utf-8"))
    assert [row["id"] for row in case["sources"]] == ["gaps-1", "gaps-2"]
    assert main(more) == 0  # the same again: it is said
    case = tomllib.loads(Path("kase/case.toml").read_text(encoding="utf-8"))
    assert [row["id"] for row in case["sources"]] == ["gaps-1", "gaps-2"]


def test_gaps_are_said_once():
    """Of a statement and its copy one source says it, and no second warning of one statement."""
    found = table(MISSING)
    copy = table(MISSING, "b.csv")
    both = combine([convert(each, detect(each).change(gaps=True)) for each in (found, copy)])
    codes = [(n.code, n.values["label"]) for n in both.warnings if n.code.startswith("balance-")]
    assert codes == [("balance-gaps", "a.csv"), ("balance-gaps", "b.csv")]
    words = {lang: topic_words("statement", lang) for lang in ("zh", "en")}
    assert [row["id"] for row in sources_for_missing_rows(both, words)] == ["gaps-1"]


# ---- what was refused, and what balances prove of it

REVERSAL = f"""户名：赵敏,账号：{OWN}
交易日期,交易时间,收入,支出,余额,对方账号,对方户名,摘要
2023-03-02,09:00:00,,3000.00,7000.00,6217000000000000025,李四,转账
2023-03-02,09:01:00,,-3000.00,10000.00,6217000000000000025,李四,冲正
2023-03-03,09:00:00,,500.00,9500.00,6217000000000000025,李四,转账
"""


@pytest.mark.parametrize("back", [False, True])
def test_a_negative_amount_goes_the_way_its_balance_proves(back):
    """7 000 + 3 000 = 10 000: the payment came back, in either order of the rows."""
    lines = REVERSAL.splitlines(keepends=True)
    text = "".join([*lines[:2], *(lines[:1:-1] if back else lines[2:])])
    assert sorted(changes_of(text)) == [-300_000, -50_000, 300_000]
    again = text.replace("10000.00", "4000.00").replace("9500.00", "3500.00")
    assert sorted(changes_of(again)) == [-300_000, -300_000, -50_000]  # 7 000 − 3 000


def changes_of(text: str) -> list[int]:
    """Fen of each movement, below 0 where it went out."""
    (found,) = read_tables(text.encode(), "a.csv")
    return [m.amount_fen * (-1 if m.own is m.payer else 1)
            for m in convert(found, detect(found)).movements]  # fmt: skip


def test_what_was_refused_stands_in_the_case(tmp_path, monkeypatch, capsys):
    """The amount cannot be read, and the balances say that 3 000 came in (10 000 − 7 000); a row
    without a day has an amount, 500, that the case names."""
    monkeypatch.chdir(tmp_path)
    text = REVERSAL.replace("-3000.00,", "3千,").replace("2023-03-03,09:00:00", ",")
    Path("a.csv").write_text(text, encoding="utf-8")
    roles = ["--victim", OWN, "--role", "李四=helper:payment:knowing", "--unknown-principal"]
    assert main(["import", "a.csv", "--out", "赵敏案", "--key", "key.json", *roles]) == 0
    case = tomllib.loads(Path("赵敏案/case.toml").read_text(encoding="utf-8"))
    (source,) = case["sources"]
    assert (case["id"], source["id"]) == ("my-case", "refused-1")
    assert "有 2 行没有读入（第 4, 5 行），写明的金额合计 500.00 元" in source["text"]["zh"]
    assert (main(["check", "赵敏案"]), main(["decide", "赵敏案"])) == (0, 0)
    capsys.readouterr()
    Path("a.csv").write_text(REVERSAL.replace("-3000.00,", "3千,"), encoding="utf-8")
    assert main(["import", "a.csv"]) == 0
    assert "这一行使账户增加了 3000.00 元" in capsys.readouterr().out


def test_one_balance_that_is_wrong_is_not_called_a_missing_row():
    """The case names the row and both possibilities."""
    (found,) = read_tables(MISSING.encode(), "a.csv")
    reading = convert(found, detect(found).change(gaps=True))
    (note,) = [n for n in combine([reading]).warnings if n.code == "balance-gaps"]
    said = topic_words("statement", "zh")["notes"]["balance-gaps"].format(**note.values)
    assert "4: 1020.00 ≠ 970.00" in said
    assert "也可能有的余额写错了" in said


def test_a_mapping_leaves_the_holder_to_the_lines_above():
    """What the mapping says goes first; another's name is not put to its account."""
    (found,) = read_tables(REVERSAL.encode(), "a.csv")
    read = read_mapping(mapping_text(detect(found).change(account=None, holder=None)))
    own = convert(found, read).movements[0].own
    assert own[:2] == (OWN, "赵敏")
    other = convert(found, read.change(account="6217000000000000099")).movements[0].own
    assert other[:2] == ("6217000000000000099", "")


def test_totals_at_the_foot_and_whole_yuan():
    """收入总额 is a total; 700元整 is 700."""
    text = REVERSAL.replace("-3000.00", "").replace("500.00,9500", "500元整,9500")
    text = text.replace(",,,10000", ",3000元整,,10000") + "支出总额,,,3500.00,,,,\n"
    (found,) = read_tables(text.encode(), "a.csv")
    reading = convert(found, detect(found))
    assert (reading.taken, reading.refused, reading.skipped[-1].code) == (3, (), "total")


MARKS = f"""账号,{OWN},户名,赵敏
交易日期,借贷标志,交易金额,账户余额,对方户名
2023-03-01,1,5000.00,6000.00,王五
2023-03-02,2,3000.00,3000.00,李四
2023-03-03,2,1500.00,1500.00,李四
"""


def test_balances_tell_two_marks_though_one_stands_in_the_oldest_row_alone():
    """6 000 − 3 000 − 1 500: 2 went out, so 1 came in."""
    assert changes_of(MARKS) == [500_000, -300_000, -150_000]
    assert changes_of(MARKS.replace("03,2,1500", "03,3,1500")) == []  # 1 may be either


def test_a_saved_mapping_has_each_mark_to_be_filled_in(tmp_path, monkeypatch, capsys):
    """Without balances nobody can tell: all marks are named, and the file has their table; filled
    in, it is read, for the holder above the table too."""
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(MARKS.replace("账户余额", "附注"), encoding="utf-8")
    assert main(["import", "a.csv", "--save-mapping", "m.toml"]) == 1
    said = capsys.readouterr()
    assert "没有认出一个标志；" in said.out
    assert "标志“1, 2”" in said.out + said.err
    text = Path("m.toml").read_text(encoding="utf-8")
    assert '# [flags]\n# in = ["?"]\n# out = ["?"]\n' in text
    filled = text.replace("# [flags]", "[flags]").replace('# in = ["?"]', 'in = ["1"]')
    Path("m.toml").write_text(filled.replace('# out = ["?"]', 'out = ["2"]'), encoding="utf-8")
    assert main(["import", "a.csv", "--mapping", "m.toml"]) == 0
    assert "没有写明是谁的流水" not in capsys.readouterr().out


def test_one_balance_that_fits_the_other_way_round_names_the_option():
    """7 000 → 7 800 with −800: one step is too few to be sure, and --turn is named."""
    text = (
        REVERSAL.splitlines()[0]
        + """
交易日期,交易金额,余额,对方户名
2023-03-02,3000.00,7000.00,李四
2023-03-03,-800.00,7800.00,王五
"""
    )
    error = refusal(text)
    assert error.code == "statement-gaps-turned"
    assert "--turn" in message(error, "zh")


# ---- payees

PAYEES = {
    "收款人, 收款账号, 万元": (
        "日期,收款人,收款账号,金额（万元）\n2022-10-01,张三,6217000000002222,1.5\n"
        "2022-10-02,李四,6217000000003333,0.2\n", [-1_500_000, -200_000]),
    "收款方": ("转账时间,收款方,转账金额\n2022-10-01 10:00:00,张三,8.00\n", [-800]),
}  # fmt: skip


@pytest.mark.parametrize("layout", PAYEES)
def test_a_list_of_payees_is_what_its_holder_paid(layout):
    """All of it went out, to whom the list names."""
    text, moved = PAYEES[layout]
    assert taken(text) == moved
    found = table(text)
    read = convert(found, detect(found))
    assert [m.payee.name for m in read.movements] == ["张三", "李四"][: len(moved)]
    assert "payees-out" in {note.code for note in read.mapping.uncertain}
    assert "one-direction" not in {note.code for note in read.warnings}  # no mark was missed


def test_payees_beside_a_mark_are_the_other_side_of_what_went_out():
    """Paid to 张三; whoever paid in is not named."""
    text = "日期,收款人,金额,收支\n2022-10-01,张三,8.00,支出\n2022-10-02,某某,9.00,收入\n"
    moved = convert(table(text), detect(table(text))).movements
    assert [(m.payee.name, m.payer.name) for m in moved] == [("张三", ""), ("", "")]


def test_a_payee_without_a_payer_chosen_by_hand():
    """Out at once; with a payer it is a list; without the payee it is asked."""
    found = table("甲,乙,丙,丁\n2022-10-01,8.00,张三,李四\n2022-10-02,9.00,王五,李四\n")
    mapping = detect(found).change(header_row=1)
    paid = choose(found, mapping, {"date": 1, "amount": 2, "payee_name": 3})
    assert (paid.shape, paid.positive) == ("signed", "out")
    both = choose(found, paid, {"date": 1, "amount": 2, "payee_name": 3, "payer_name": 4})
    assert both.shape == "list"
    assert choose(found, paid, {"date": 1, "amount": 2}).positive == "ask"


# ---- thousands without quotes

CUT = {
    "rows of one width": "交易日期,金额,收支,对方户名,备注\n2022-10-01,1,234.50,支出,张三,\n",
    "one row of several": (
        "交易日期,金额,收支,对方户名,备注\n2022-10-01,1,234.50,支出,张三,\n"
        "2022-10-02,50.00,支出,李四,x\n"),
    "as wide as the header": (
        "交易日期,对方户名,收支,金额,摘要,备注\n2022-10-01,张三,支出,1,234.50\n"
        "2022-10-02,李四,支出,50.00,转账\n"),
    "whole yuan": (
        "交易日期,对方户名,收支,金额,摘要\n2022-10-01,张三,支出,12,345\n"
        "2022-10-02,李四,支出,500\n"),
    "a header that ends in nothing": (
        "交易日期,收支,金额,对方户名,\n2022-10-01,支出,1,234.50,张三\n"),
    "a name of three digits": "交易日期,收支,金额,对方户名,备注\n2022-10-01,支出,1,234,张三\n",
    "millions": "交易日期,收支,金额,对方户名\n2022-10-01,支出,1,234,567.00,张三\n",
}  # fmt: skip


@pytest.mark.parametrize("how", CUT)
def test_thousands_without_quotes_are_never_cut(how):
    """The row is refused for what it is, and the others are read."""
    found = table(CUT[how])
    mapping = detect(found)
    read = convert(found, mapping.change(positive="out") if mapping.shape == "signed" else mapping)
    assert [line.row for line in read.refused] == [2]
    assert {line.code for line in read.refused} <= {"thousands-cut", "too-many-cells"}
    assert [m.amount_fen for m in read.movements] in ([], [5_000], [50_000])


UNCUT = {
    "a balance of three digits": "日期,支出,收入,余额,对方户名\n2022-10-01,5,,100,甲\n",
    "the number of a currency": "日期,收支,金额,币种,对方户名\n2022-10-01,支出,500,156,甲\n",
    "rows that end in a cell": (
        "日期,收支,金额,对方户名\n2022-10-01,支出,5.00,甲,\n2022-10-02,支出,5,乙,\n"),
    "tabs": "日期\t收支\t金额\t备注\n2022-10-01\t支出\t1\t234.50\n",
}  # fmt: skip


@pytest.mark.parametrize("how", UNCUT)
def test_small_amounts_beside_other_numbers_are_read(how):
    """Nothing was cut there."""
    found = table(UNCUT[how])
    assert convert(found, detect(found)).refused == ()


# ---- coins

TRON = "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", "TXLAQ63Xg1NAzckPwKHvzw7CSEmLMEqcdj"
COINS = {
    "a chain's list of transfers": (
        "Txhash,Time(UTC),From,To,Token,Amount\n"
        f"0xab,2022-10-01 17:00:00,{TRON[0]},{TRON[1]},USDT,100.00\n", "USDT"),
    "TokenName and TokenSymbol": (
        "Txhash,DateTime (UTC),From,To,TokenName,TokenSymbol,Amount\n"
        f"0xab,2022-10-01 17:00:00,{TRON[0]},{TRON[1]},Tether USD,USDT,100.00\n", "USDT"),
    "an exchange": (
        "UTC_Time,Account,Operation,Coin,Change\n2022-10-01 17:00:00,Spot,Withdraw,TRX,-5\n",
        "TRX"),
    "Symbol": ("Time,Symbol,Amount,To\n2022-10-01 17:00:00,ETH,5,甲\n", "ETH"),
    "币种": ("交易时间,币种,金额,收款人\n2022-10-01 17:00:00,USDT-TRC20,-5.00,甲\n", "USDT-TRC20"),
    "the header of the amount": ("交易时间,金额(USDT),对方户名\n2022-10-01,-5.00,甲\n", "USDT"),
    "the amount itself": ("交易时间,金额,对方户名\n2022-10-01,-5.00 USDT,甲\n", "USDT"),
    "addresses alone": (
        f"Time(UTC),From,To,Amount\n2022-10-01 17:00:00,{TRON[0]},{TRON[1]},100.00\n",
        "TJRabPrwbZy4…"),
}  # fmt: skip


@pytest.mark.parametrize("layout", COINS)
def test_coins_are_not_yuan(layout):
    """Refused whole, with the coin named and what to do; the page says it as well."""
    text, coin = COINS[layout]
    error = refusal(text)
    assert (error.code, error.values["coins"]) == ("statement-coins", coin)
    assert "折算" in message(error, "zh")
    view = Statement(text.encode(), "a.csv", "zh").view()
    assert coin in view["error"]
    assert view["taken"] == 0


def test_coins_are_not_yuan_by_a_mapping_that_names_no_row_of_the_header():
    """Written by hand; the header is found by its columns. They were read as yuan."""
    (found,) = read_tables(COINS["addresses alone"][0].encode(), "a.csv")
    mapping = read_mapping(
        'shape = "list"\n[columns]\ndate = "Time(UTC)"\namount = "Amount"\n'
        'payer_account = "From"\npayee_account = "To"\n'
    )
    with pytest.raises(StatementError, match="lists coins"):
        convert(found, mapping)


def test_valued_coins_are_read_and_utc_is_utc():
    """17:00 on the first, UTC, is 01:00 on the second in Beijing."""
    text = (
        "Time(UTC),From,To,人民币金额\n"
        f"2022-10-01 17:00:00,{TRON[0]},{TRON[1]},710.00\n"
    )  # fmt: skip
    read = convert(table(text), detect(table(text)))
    (moved,) = read.movements
    assert (moved.payer.name, moved.payee.name, moved.amount_fen) == (*TRON, 71_000)
    assert moved.at.isoformat() == "2022-10-02T01:00:00+08:00"
    assert {note.code for note in read.assumptions} == {"zone-utc"}


@pytest.mark.parametrize(
    ("header", "cell", "hour"),
    [
        ("交易时间(UTC)", "2022-10-01 08:00:00", 16), ("交易时间", "2022-10-01 08:00:00 UTC", 16),
        ("交易时间(UTC+8)", "2022-10-01 08:00:00", 8), ("交易时间", "2022-10-01T08:00:00Z", 16),
        ("交易时间", "2022-10-01 08:00:00 (UTC+8)", 8), ("UTC时间", "2022-10-01 08:00:00", 16),
    ],
)  # fmt: skip
def test_times_are_read_in_the_zone_that_is_named(header, cell, hour):
    """08:00 UTC is 16:00 in Beijing."""
    text = f"{header},金额,对方户名\n{cell},-5.00,甲\n"
    (moved,) = convert(table(text), detect(table(text))).movements
    beijing = datetime.timezone(datetime.timedelta(hours=8))
    assert moved.at == datetime.datetime(2022, 10, 1, hour, tzinfo=beijing)
    assert moved.at.hour == hour


# ---- the page


def test_the_page_asks_and_lets_gaps_pass_on_purpose():
    """Stopped with the rows shown; by its button it goes on, and the draft's sources say so; turned
    afterwards it is another reading."""
    page = Statement(MISSING.encode(), "a.csv", "zh")
    view = page.view()
    assert view["gaps"]
    assert "4: 1020.00 ≠ 970.00" in view["reversed"]
    assert page.insert({"mode": "replace"}).get("error") == view["reversed"]
    page.allow_gaps()
    view = page.view()
    assert (view["gaps"], view["reversed"], view["taken"]) == (False, "", 4)
    assert any("接不上" in said for said in view["told"])
    made = page.insert({"mode": "replace", "roles": [[0, "victim"], [1, "lender"]]})
    (source,) = made["draft"]["sources"]
    assert "接不上" in source["text"]["zh"]
    added = page.insert({"mode": "add", "draft": {"parties": []}, "used": ["gaps-1"]})
    assert [row["id"] for row in added["rows"]["sources"]] == ["gaps-2"]
    page.turn()
    assert page.view()["reversed"]


def test_the_page_asks_what_amounts_without_signs_are():
    """The likely column is named at the amounts and marked; nothing is taken before."""
    page = Statement(ASKED["a column nobody knows"][0].encode(), "a.csv", "zh")
    view = page.view()
    assert (view["positive"], view["taken"]) == ("ask", 0)
    doubts = {column["header"]: column["doubts"] for column in view["columns"]}
    assert "「甲栏」" in doubts["交易金额"][0]
    assert doubts["甲栏"] == ["看上去像「借贷（收支）标志」"]
