"""Rows that say in some column that no money moved, or that another row was taken back."""

from __future__ import annotations

import pytest

from simlib.cli import main
from simlib.statement import combine, convert, detect, read_tables
from simlib.statement.model import plain
from simlib.text import words

HEAD = "户名：赵敏,账号：6222020000001111234\n"


def read(text: str, **said: object) -> object:
    """The reading of a file of one table."""
    (table,) = read_tables(text.encode(), "a.csv")
    return convert(table, detect(table).change(**said))


def outcome(reading: object) -> tuple[list[int], list[tuple[int, str]]]:
    """Rows taken, and rows refused or skipped below the header with their codes."""
    left = [(line.row, line.code) for line in (*reading.refused, *reading.skipped)]
    return [m.row for m in reading.movements], [each for each in left if each[0] > 2]


@pytest.mark.parametrize(
    "header",
    ["转账状态", "支付状态", "订单状态", "处理结果", "处理状态", "成功标志", "失败原因",
     "交易结果描述", "支付结果", "是否成功"],
)  # fmt: skip
def test_a_column_of_status_is_known_by_more_headers(header):
    """3000 succeeded, 900 failed: 900 was never paid."""
    text = (
        f"{HEAD}交易日期,收支,金额,对方账号,对方户名,{header}\n"
        "2023-03-02,支出,3000,6217000000000000025,李四,成功\n"
        "2023-03-03,支出,900,6217000000000000025,李四,失败\n"
    )
    assert outcome(read(text)) == ([3], [(4, "not-done")])


@pytest.mark.parametrize(
    ("header", "cell"),
    [("交易标志", "失败"), ("返回信息", "账户状态异常"), ("回执", "账户不存在"),
     ("备注", "交易失败，已退回"), ("交易类型", "转账撤销"), ("交易类型", "冻结"),
     ("止付情况", "已止付退回"), ("经办说明", "余额不足")],
)  # fmt: skip
def test_a_row_that_says_anywhere_that_nothing_moved_is_refused(header, cell):
    """Whether 900 moved is asked, with the words that say it did not; an answer settles it."""
    text = (
        f"{HEAD}交易日期,收支,金额,对方账号,对方户名,{header}\n"
        "2023-03-02,支出,3000,6217000000000000025,李四,\n"
        f"2023-03-03,支出,900,6217000000000000025,李四,{cell}\n"
    )
    found = read(text)
    assert outcome(found) == ([3], [(4, "said-unmoved")])
    for lang in ("zh", "en"):
        said = words("statement", "reasons.said-unmoved", lang, **found.refused[0].values)
        assert header in said
        assert plain(cell) in said
    assert outcome(read(text, statuses={"moves": (cell,)})) == ([3, 4], [])
    assert outcome(read(text, statuses={"nothing": (cell,)})) == ([3], [(4, "not-done")])


@pytest.mark.parametrize(
    ("side", "remark"),
    [("收入", "退款"), ("收入", "转账失败退回"), ("收入", "交易撤销退款"), ("支出", "未冻结"),
     ("支出", "退款"), ("支出", "是否")],
)  # fmt: skip
def test_money_that_came_back_is_money(side, remark):
    """A refund is a row of its own, whatever it is a refund of."""
    text = (
        f"{HEAD}交易日期,收支,金额,对方账号,对方户名,备注\n"
        f"2023-03-03,{side},900,6217000000000000025,李四,{remark}\n"
    )
    assert outcome(read(text)) == ([3], [])


@pytest.mark.parametrize(("after", "taken"), [("6100", [3, 4]), ("7000", [3])])
def test_the_balance_goes_before_the_words(after, taken):
    """7000 − 900 = 6100: the money moved, whatever the remark says; 7000: it did not."""
    text = (
        f"{HEAD}交易日期,收支,金额,余额,对方户名,备注\n2023-03-02,支出,3000,7000,李四,\n"
        f"2023-03-03,支出,900,{after},李四,交易失败\n"
    )
    assert outcome(read(text))[0] == taken


LISTED = "付款人,付款账号,收款人,收款账号,转账时间,转账金额,止付情况\n"


def test_a_list_of_transfers_is_asked_too():
    """1500 were stopped; a list has no side and no balance."""
    row = "赵敏,6222020000001111234,李四,6217000000000000025,2023-03-0"
    text = f"{LISTED}{row}2 10:00:00,3000,\n{row}3 10:00:00,1500,已止付退回\n"
    found = read(text)
    assert [m.amount_fen for m in found.movements] == [300_000]
    assert [line.code for line in found.refused] == ["said-unmoved"]


# ---- reversals

REVERSED = (
    HEAD + "交易日期,交易时间,收支,金额,对方账号,对方户名,{header}\n"
    "2023-03-02,09:00:00,支出,3000.00,6217000000000000025,李四,{first}\n"
    "2023-03-02,09:01:00,{side},3000.00,6217000000000000025,李四,冲正\n"
    "2023-03-03,09:00:00,支出,500.00,6217000000000000025,李四,{other}\n"
)


@pytest.mark.parametrize(
    ("header", "first", "other", "codes"),
    [("冲正标志", "被冲正", "正常", ["said-unmoved", "said-unmoved"]),
     ("摘要", "转账", "转账", ["maybe-reversed", "said-unmoved"])],
)  # fmt: skip
def test_a_payment_and_its_reversal_are_not_two_payments(header, first, other, codes):
    """3000 paid, and 3000 reversed by a row that says 支出 as well: neither counts unasked; the
    reader says that nothing moved, or that both did."""
    text = REVERSED.format(header=header, first=first, other=other, side="支出")
    assert outcome(read(text)) == ([5], list(zip((3, 4), codes, strict=True)))
    both = {"nothing": ("冲正", "被冲正")}
    assert outcome(read(text, statuses=both)) == ([5], [(3, "not-done"), (4, "not-done")])
    assert outcome(read(text, statuses={"moves": ("冲正", "被冲正")})) == ([3, 4, 5], [])


def test_a_reversal_that_comes_in_is_money():
    """3000 out and 3000 in: both moved, and 500 out."""
    text = REVERSED.format(header="冲正标志", first="被冲正", other="正常", side="收入")
    assert outcome(read(text)) == ([3, 4, 5], [])


# ---- masked names


def test_a_masked_name_alone_may_be_several_people():
    """李* twice, without a number: one person for now, and said so."""
    text = (
        f"{HEAD}交易日期,交易时间,收入,支出,对方账号,对方户名\n"
        "2023-03-02,09:00:00,,3000.00,,李*\n2023-03-03,10:00:00,,700.00,,李*\n"
    )
    notes = combine([read(text)]).warnings
    assert "masked-by-name" in [note.code for note in notes]


def test_a_whole_name_is_no_masked_one():
    """李四 twice is one person within one account's statement."""
    text = (
        f"{HEAD}交易日期,交易时间,收入,支出,对方账号,对方户名\n"
        "2023-03-02,09:00:00,,3000.00,,李四\n2023-03-03,10:00:00,,700.00,,李四\n"
    )
    assert "masked-by-name" not in [note.code for note in combine([read(text)]).warnings]


# ---- rows that a workbook hides


def test_hidden_rows_are_read_and_said(tmp_path):
    """Row 3 is hidden: 700 are read, and the statement says which row it was."""
    import io

    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["交易日期", "支出", "收入", "对方户名"], ["2024-03-01", 300, None, "甲店"],
                ["2024-03-02", 700, None, "乙店"]):  # fmt: skip
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    out = io.BytesIO()
    book.save(out)
    (table,) = read_tables(out.getvalue(), "a.xlsx")
    found = convert(table, detect(table))
    assert [m.amount_fen for m in found.movements] == [30_000, 70_000]
    (note,) = [note for note in found.warnings if note.code == "hidden-rows"]
    assert (note.values["count"], note.values["rows"]) == (1, "3")


# ---- what was not read


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_names_the_columns_that_were_not_read(lang, tmp_path, capsys):
    """网点 and 柜员 have no role; 空列 holds nothing, 对方户名 and 摘要 are read. No cell is shown:
    it may be somebody's name."""
    file = tmp_path / "a.csv"
    file.write_text(
        "交易日期,支出,收入,网点,对方户名,摘要,柜员,空列\n"
        "2023-03-02,3000,,城东支行,李四,转账,0071,\n2023-03-03,,800,城西支行,王五,转账,0071,\n",
        "utf-8",
    )
    assert main(["import", str(file), "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert {"zh": "没有读的列：网点、柜员", "en": "Columns not read: 网点, 柜员"}[lang] in said
    assert "空列" not in said
    assert "城东支行" not in said


PAID = "交易时间,交易金额,{other},收支,对方户名\n2023-03-02 09:00:00,3000.00,{amount},支出,李四\n"


@pytest.mark.parametrize(("amount", "asked"), [("2900.00", True), ("3000", False)])
def test_an_amount_and_another_that_was_paid_are_asked(amount, asked):
    """3000 or 2900: nobody can tell; 3000.00 and 3000 are one amount."""
    (table,) = read_tables(PAID.format(other="实际支付金额", amount=amount).encode(), "a.csv")
    mapping = detect(table)
    notes = [note.code for note in mapping.uncertain]
    assert ("amounts-differ" in notes, mapping.complete) == (asked, not asked)


def test_a_discount_beside_the_amount_is_no_other_amount():
    """优惠金额 100 is no second amount of the row; 3000 is taken."""
    text = PAID.format(other="优惠金额", amount="100")
    assert [m.amount_fen for m in read(text).movements] == [300_000]


@pytest.mark.parametrize(
    ("payer", "told"), [("赵敏,6222020000001111234", True), ("王五,622", False)]
)
def test_a_list_whose_marks_contradict_its_payer_says_so(payer, told):
    """赵敏 pays in both rows, and the second says 收入; where 王五 pays her, it is income."""
    text = (
        "付款户名,付款账号,收款户名,收款账号,收支,交易时间,金额\n"
        "赵敏,6222020000001111234,李四,6217000000000000025,支出,2023-03-02 10:00:00,3000\n"
        f"{payer},王五,6228480000000000017,收入,2023-03-03 10:00:00,800\n"
    )
    notes = {note.code: note.values for note in read(text).warnings}
    assert ("list-marks" in notes) is told
    assert notes.get("list-marks", {"row": 3})["row"] == 3
