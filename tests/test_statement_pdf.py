"""PDF files: tables by lines or by the places of words; passwords; what cannot be read and why."""

from __future__ import annotations

import dataclasses
import zlib

import papers
import pytest

from simlib.errors import StatementError
from simlib.statement import convert, detect, read_tables
from simlib.statement.read.limits import PAGE
from simlib.statement.read.pdf import Column, Word, columns_of, continued, lines_of, rows_of
from simlib.text import message

HEAD = ["交易日期", "摘要", "支出", "收入", "余额", "对方户名"]
ROWS = [
    HEAD,
    ["2024-01-02\n13:04:05", "转账", "25.00", "", "1,075.00", "张三"],
    ["2024-01-03", "工资", "", "100.00", "1,175.00", "某某科技有限\n责任公司"],
    ["2024-01-04", "转账", "5.00", "", "1,170.00", "李四"],
]
LATER = [
    ["2024-01-05", "转账", "1,000.00", "", "170.00", "王五"],
    ["2024-01-06", "利息", "", "0.01", "170.01", ""],
]
MOVED = [("out", 2_500, "张三"), ("in", 10_000, "某某科技有限责任公司"), ("out", 500, "李四"),
         ("out", 100_000, "王五"), ("in", 1, "")]  # fmt: skip
EDGES = [40, 110, 180, 250, 320, 390, 500]
STARTS = [40, 120, 190, 260, 330, 400]
TITLE = papers.text(220, 810, "某某银行交易明细") + papers.text(40, 790, "账号：6222020000001111")
FOOT = papers.text(250, 30, "第 1 页 共 2 页")
TOTAL = ["合计", "", "1,030.00", "100.01", "", ""]


def read(data: bytes, **how: object) -> object:
    """The statement in a PDF."""
    (table,) = read_tables(data, "a.pdf", **how)
    return convert(table, detect(table))


def moved(reading: object) -> list[tuple[str, int, str]]:
    """Direction, fen and the other's name of each movement."""
    return [
        ("out", m.amount_fen, m.payee.name) if m.own is m.payer
        else ("in", m.amount_fen, m.payer.name)
        for m in reading.movements
    ]  # fmt: skip


PAPERS = {
    "lines": papers.paper(
        TITLE + papers.ruled(ROWS, EDGES) + FOOT, papers.ruled([HEAD, *LATER, TOTAL], EDGES)),
    "lines, no header on the second page": papers.paper(
        TITLE + papers.ruled(ROWS, EDGES) + FOOT, papers.ruled([*LATER, TOTAL], EDGES)),
    "words": papers.paper(
        TITLE + papers.plain(ROWS, STARTS, right=(2, 3, 4)) + FOOT,
        TITLE + papers.plain([HEAD, *LATER, TOTAL], STARTS, right=(2, 3, 4)) + FOOT),
    "words on the left": papers.paper(
        TITLE + papers.plain(ROWS, STARTS) + FOOT, papers.plain([*LATER, TOTAL], STARTS)),
}  # fmt: skip


@pytest.mark.parametrize("kind", PAPERS)
def test_a_statement_in_a_pdf(kind):
    """Five movements on two pages; a name and a time go on in a second line; a total and the
    numbers of pages are told from rows; balances fit: 1100 - 25 + 100 - 5 - 1000 + 0.01."""
    reading = read(PAPERS[kind])
    assert moved(reading) == MOVED
    assert reading.refused == ()
    assert {m.own.number for m in reading.movements} == {"6222020000001111"}
    assert str(reading.movements[0].at)[:19] == "2024-01-02 13:04:05"
    assert [note.code for note in reading.warnings] == ["from-pdf"]
    assert [m.row // 1000 for m in reading.movements] == [1, 1, 1, 2, 2]


def test_lines_make_a_table_of_headers_nobody_knows():
    """甲 to 己 name no column: a mapping by hand reads what the lines part."""
    strange = papers.ruled([list("甲乙丙丁戊己"), *ROWS[1:]], EDGES)
    (table,) = read_tables(papers.paper(strange), "a.pdf")
    assert table.rows[0] == tuple("甲乙丙丁戊己")
    columns = {"date": 1, "out": 3, "in": 4, "other_name": 6}
    mapping = detect(table).change(shape="two", columns=columns)
    assert moved(convert(table, mapping)) == MOVED[:3]


def test_a_pdf_with_a_password():
    """Asked for, and a wrong one told from none."""
    made = papers.paper(papers.plain(ROWS, STARTS), password="123456")
    assert moved(read(made, password="123456")) == MOVED[:3]
    for password, code in ((None, "password"), ("1", "password-wrong")):
        with pytest.raises(StatementError) as refused:
            read(made, password=password)
        assert refused.value.code == f"statement-{code}"


@pytest.mark.parametrize(
    ("page", "name", "code", "said"),
    [(papers.line(0, 0, 9, 9), "微信支付.pdf", "scan", "用于个人对账"),
     (papers.text(40, 800, "招商银行交易流水"), "a.pdf", "pdf", "招商银行：手机 App 搜索"),
     (papers.text(40, 800, "一封信"), "a.pdf", "pdf", "用电脑登录网上银行")],
)  # fmt: skip
def test_a_pdf_without_a_table_says_how_to_get_one(page, name, code, said):
    """By the file's name or its first words, the steps of that bank; else those of most."""
    with pytest.raises(StatementError) as refused:
        read_tables(papers.paper(page), name)
    assert refused.value.code == f"statement-{code}"
    assert said in message(refused.value)


def test_a_pdf_of_many_pages_takes_its_time_or_stops():
    """The clock ends it with a sentence."""
    made = papers.paper(*[papers.ruled(ROWS, EDGES)] * 900)
    hasty = dataclasses.replace(PAGE, seconds=1)
    with pytest.raises(StatementError) as refused:
        read_tables(made, "a.pdf", bounds=hasty)
    assert refused.value.code == "statement-slow"


def test_a_pdf_that_unpacks_without_end_ends_in_a_sentence():
    """400 MB packed twice into a few thousand bytes."""
    packed = zlib.compress(zlib.compress(bytes(400_000_000), 1), 9)
    made = papers.paper(b"").replace(
        b"<</Length 0>>stream\n", b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n"
        % len(packed) + packed)  # fmt: skip
    assert len(made) < 100_000
    with pytest.raises(StatementError) as refused:
        read_tables(made, "a.pdf", bounds=PAGE)
    assert refused.value.code == "statement-bomb"


# ---- words and their places

COLUMNS = [Column("交易日期", 0, 40), Column("支出", 60, 80), Column("收入", 130, 150),
           Column("对方户名", 200, 240)]  # fmt: skip


def at(text: str, left: float, top: float, width: float = 0) -> Word:
    """A word of this width, or five points a letter."""
    return Word(text, left, left + (width or 5 * len(text)), top, top + 9)


def table(*words: Word) -> list[list[str]]:
    """Rows under the headers."""
    return rows_of(lines_of(words), COLUMNS)


def test_headers_with_blanks_in_them():
    """摘 要 is one header; 支出 and 收入 beside each other remain two."""
    line = [at("交易日期", 0, 0), at("摘", 60, 0), at("要", 70, 0), at("支出", 100, 0),
            at("收入", 112, 0)]  # fmt: skip
    assert [column.header for column in columns_of(line)] == ["交易日期", "摘要", "支出", "收入"]
    assert columns_of([at("你好", 0, 0), at("交易日期", 60, 0), at("摘要", 120, 0)]) == []


def test_a_narrow_amount_stands_where_wide_ones_end():
    """Amounts end at 126, far from 支出 and near to 收入; the wide ones reach under 支出."""
    rows = table(
        at("2024-01-02", 0, 20, 40), at("1,234,567.89", 66, 20, 60), at("张三", 200, 20),
        at("2024-01-03", 0, 40, 40), at("5.00", 106, 40, 20), at("李四", 200, 40),
    )  # fmt: skip
    assert rows == [["2024-01-02", "1,234,567.89", "", "张三"], ["2024-01-03", "5.00", "", "李四"]]


def test_an_amount_between_two_columns_is_put_under_both():
    """Nothing tells 支出 from 收入: the row says both, and is refused."""
    assert table(at("2024-01-02", 0, 20, 40), at("5.00", 100, 20, 20)) == [
        ["2024-01-02", "5.00", "5.00", ""]
    ]


def test_a_name_above_and_below_its_row():
    """Rows are 30 points apart; 某某 stands 8 above the second one, 公司 8 below."""
    rows = table(
        at("2024-01-02", 0, 20, 40), at("1.00", 62, 20), at("张三", 200, 20),
        at("某某", 200, 42), at("2024-01-03", 0, 50, 40), at("2.00", 62, 50), at("公司", 200, 58),
        at("2024-01-04", 0, 80, 40), at("3.00", 62, 80), at("共三笔", 0, 140),
    )  # fmt: skip
    assert rows == [
        ["2024-01-02", "1.00", "", "张三"], ["2024-01-03", "2.00", "", "某某公司"],
        ["2024-01-04", "3.00", "", ""], ["共三笔"],
    ]  # fmt: skip


def test_a_header_in_two_lines_takes_no_part_of_the_first_row():
    """交易日期 and 交易金 with 额 below it, on the second page only: the first amount is whole."""
    head = ["交易日期", "交易金额", "余额", "对方户名"]
    folded = ["交易日期", "交易金\n额", "余额", "对方户\n名"]
    pages = ([head, ["2024-01-02", "-25.00", "1,075.00", "张三"]],
             [folded, ["2024-01-03", "-5.00", "1,070.00", "李四"]])  # fmt: skip
    starts = [40, 120, 190, 260]
    reading = read(papers.paper(*(TITLE + papers.plain(rows, starts) for rows in pages)))
    assert moved(reading) == [("out", 2_500, "张三"), ("out", 500, "李四")]
    assert reading.refused == ()


def test_a_name_in_two_lines_above_the_first_row_is_no_header():
    """某某商贸 stands between the header and the row's day: no header goes on with it."""
    line = [at("交易日期", 0, 0), at("支出", 60, 0), at("收入", 130, 0), at("对方户名", 200, 0)]
    assert continued(columns_of(line), [at("某某商贸", 200, 12)]) == []
    assert continued(columns_of(line), [at("2", 60, 12)]) == []


def test_the_last_row_of_a_page_needs_no_line_below_it():
    """A row that goes on on the next page has no lower edge here; the page's foot is no part."""
    last = ["2024-01-0", "转账", "5.00", "", "1,170.00", "李四"]
    texts = [papers.text(x + 2, 678, cell) for x, cell in zip(EDGES, last, strict=False) if cell]
    texts += [papers.text(EDGES[0] + 2, 668, "4"), papers.text(45, 640, "温馨提示：可在官网验证")]
    reading = read(papers.paper(TITLE + papers.ruled(ROWS[:3], EDGES) + b"".join(texts)))
    assert moved(reading) == MOVED[:3]
    assert reading.movements[-1].at.day == 4
    assert [note.code for note in reading.warnings] == ["from-pdf"]


def test_a_sentence_below_the_last_row_is_no_part_of_it():
    """It reaches under 交易日期, 支出 and 收入; 公司 goes on with a name."""
    foot = "明细内容仅供参考，可能有缺失，请以柜面为准"
    rows = table(
        at("2024-01-02", 0, 20, 40), at("1.00", 62, 20), at("某某", 200, 20), at("公司", 200, 30),
        at(foot, 0, 34, 170),
    )  # fmt: skip
    assert rows == [["2024-01-02", "1.00", "", "某某公司"], [foot]]
