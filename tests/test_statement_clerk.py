"""What a bank clerk's files showed: headers beside a known layout, a card without signs, names that
stand in remarks. All rows are invented."""

from __future__ import annotations

import pytest

from simlib.cli import main
from simlib.errors import StatementError
from simlib.statement import combine, convert, detect, mapping_text, read_mapping, read_tables
from simlib.statement.detection.manual_columns import choose
from simlib.statement.names_and_numbers import called, party_of
from simlib.statement.vocabulary import layouts
from simlib.text import topic_words


def opened(text: str) -> tuple[object, object]:
    """The only table of a file, and what its headers tell."""
    (table,) = read_tables(text.encode(), "a.csv")
    return table, detect(table)


def signed(reading: object) -> list[int]:
    """Fen of each movement, below 0 where it went out."""
    return [m.amount_fen * (-1 if m.own is m.payer else 1) for m in reading.movements]


# ---- a column that a known layout does not name


def test_a_known_layout_still_reads_the_other_sides_account():
    """ICBC's header with 对方账户 behind it: the number is read, in the mapping's file too."""
    header = ",".join(layouts()["icbc-debit-csv-v1"].header)
    row = "2026-03-09,跨行汇款,网银,CHN,钞,,6000.00,人民币,,6000.00,人民币,6300.00,韩立新,62170001"
    table, mapping = opened(f"{header},对方账户\n{row}\n")
    assert (mapping.layout, mapping.columns["other_account"]) == ("icbc-debit-csv-v1", "对方账户")
    for read in (mapping, read_mapping(mapping_text(mapping))):
        (m,) = convert(table, read).movements
        assert m.payee[:2] == ("62170001", "韩立新")


def test_a_known_layout_keeps_what_it_leaves_out():
    """ICBC's card has a 余额 that is not used, and an amount more is no amount of the layout."""
    header = ",".join(layouts()["icbc-credit-csv"].header)
    _, mapping = opened(f"{header},金额,借贷标志\n2023-05-02,2023-05-03,还款{',' * 12}\n")
    assert mapping.layout == "icbc-credit-csv"
    assert mapping.shape == "two"
    assert not {"balance", "amount", "flag"} & set(mapping.columns)


# ---- a card without signs

CARD = """\
广发银行信用卡账单
持卡人：林小满,卡号：6225****8812
交易日,记账日,交易说明,{header},人民币金额,欠款余额
2026/03/02,2026/03/03,京东商城,{out},1200.00,1200.00
2026/03/05,2026/03/06,某某科技-充值,{out},8800.00,10000.00
2026/03/11,2026/03/11,自动还款,{paid},5000.00,5000.00
2026/03/15,2026/03/16,京东商城退货,{back},1200.00,3800.00
2026/03/20,2026/03/20,ATM取现 手续费,{fee},30.00,3830.00
"""
WORDS = {"header": "交易类型", "out": "消费", "paid": "还款", "back": "退款", "fee": "费用"}
SIDES = {"header": "类别", "out": "借", "paid": "贷", "back": "贷", "fee": "借"}
RIGHT = [-120000, -880000, 500000, 120000, -3000]


@pytest.mark.parametrize("words", [WORDS, SIDES])
def test_a_card_whose_direction_stands_in_words_needs_no_answer(words):
    """12 00.00, 88 00.00 and 30.00 went out; 50 00.00 and 12 00.00 came in; the debts fit."""
    table, mapping = opened(CARD.format(**words))
    assert (mapping.shape, mapping.columns["flag"]) == ("flag", words["header"])
    assert mapping.columns["balance"] == "欠款余额"
    assert mapping.holder == "林小满"
    assert "card-signs" not in {note.code for note in mapping.uncertain}
    for read in (mapping, read_mapping(mapping_text(mapping))):
        found = convert(table, read)
        assert signed(found) == RIGHT
        assert not found.reversed
        assert "balance-differs" not in {note.code for note in found.warnings}


def test_the_column_of_words_can_be_chosen_by_hand():
    """As 收支标志 it means the same."""
    table, mapping = opened(CARD.format(**WORDS))
    columns = {"date": 1, "remark": 3, "amount": 5}
    asked = choose(table, mapping, columns)
    chosen = choose(table, asked, {**columns, "flag": 4})
    assert signed(convert(table, chosen)) == RIGHT
    assert "flag-unknown" not in {note.code for note in chosen.uncertain}


def test_words_that_are_not_all_known_leave_the_question():
    """A kind nobody knows: asked as before."""
    _, mapping = opened(CARD.format(**{**WORDS, "fee": "甲类"}))
    assert (mapping.shape, mapping.positive) == ("signed", "ask")


def test_what_was_paid_off_is_never_taken_as_spent():
    """The answer "spent" is right for three rows; 还款 and 退款 are refused, with the reason. So it
    is by the remark alone, which says less; the other answer refuses what was spent."""
    table, mapping = opened(CARD.format(**{**WORDS, "fee": "甲类"}))
    spent = convert(table, mapping.change(positive="out"))
    assert signed(spent) == [-120000, -880000, -3000]
    assert [(line.row, line.code) for line in spent.refused] == [
        (6, "card-words"),
        (7, "card-words"),
    ]
    came = convert(table, mapping.change(positive="in"))
    assert signed(came) == [500000, 120000]
    assert {line.code for line in came.refused} == {"card-words"}
    bare = {role: column for role, column in mapping.columns.items() if role != "kind"}
    alone = convert(table, mapping.change(positive="out", columns=bare))
    assert signed(alone) == signed(spent)


def test_a_card_read_the_wrong_way_round_by_its_kinds_is_stopped():
    """消费 5.00 and 还款 -9.00 read as money in and out."""
    text = "信用卡账单\n交易日,交易类型,金额\n2026-03-02,消费,5.00\n2026-03-03,还款,-9.00\n"
    table, mapping = opened(text)
    with pytest.raises(StatementError) as refused:
        combine([convert(table, mapping.change(positive="in"))])
    assert refused.value.code == "statement-reversed-words"
    assert signed(convert(table, mapping.change(positive="out"))) == [-500, 900]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_asks_about_a_card_in_words(lang):
    """No line of a file that has to be written; and once spent is said, no word of money in."""
    assert "=" not in topic_words("own_lab", lang)["statement"]["notes"]["card-signs"]
    _, mapping = opened(CARD.format(**{**WORDS, "fee": "甲类"}))
    assert "no-sign-column" in {note.code for note in mapping.uncertain}
    said = {note.code for note in mapping.change(positive="out").uncertain}
    assert not said & {"no-sign", "no-sign-column", "card-signs"}


# ---- names in remarks

CMB = """\
# 招商银行交易记录
# 账    户: [一卡通:621483*****3307 人民币]
交易日期,交易时间,收入,支出,余额,交易类型,交易备注
20260321,19:02:45,,12000.00,19000.00,网联支付,财付通-微信转账-韩立新
20260325,13:00:05,258.00,,19258.00,网联退款,支付宝-优衣屋
20260327,15:20:31,,19000.00,258.00,网联支付,支付宝-韩立新
20260328,09:00:00,,58.00,200.00,网联支付,财付通-微信零钱充值
# 合计,,258.00,31058.00,,,
"""


def test_no_column_for_the_other_side_is_said_and_sums_are_sums():
    """The note names the column that may name them; the sums fit and are no refused day."""
    table, mapping = opened(CMB)
    found = convert(table, mapping)
    (note,) = [note for note in found.warnings if note.code == "no-other"]
    assert note.values["column"] == "交易备注"
    assert found.refused == ()
    assert [line.code for line in found.skipped][-1] == "total"
    assert "total-differs" not in {each.code for each in found.warnings}
    for lang in ("zh", "en"):
        assert "{column}" in topic_words("statement", lang)["notes"]["no-other"]


def test_channels_are_no_part_of_a_name():
    """The remark chosen for the other side's name: 韩立新 twice is one, a channel alone nobody."""
    table, mapping = opened(CMB)
    columns = {"date": 1, "time": 2, "in": 3, "out": 4, "balance": 5, "other_name": 7}
    found = convert(table, choose(table, mapping, columns))
    others = [(m.payee if m.own is m.payer else m.payer).name for m in found.movements]
    assert others == ["韩立新", "优衣屋", "韩立新", ""]
    assert "no-other" not in {note.code for note in found.warnings}


def test_a_column_of_names_is_left_as_it_is():
    """支付宝 as 对方户名 is a name."""
    _, mapping = opened("交易日期,支出,收入,对方户名\n2026-03-02,5.00,,支付宝 甲\n")
    table, _ = opened("交易日期,支出,收入,对方户名\n2026-03-02,5.00,,支付宝 甲\n")
    assert convert(table, mapping).movements[0].payee.name == "支付宝 甲"


# ---- a second clerk's files

ALIPAY = """支付宝账户：li@example.com
交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,
2024-04-20 10:00:00,日用百货,甲店,j***@a.com,纸巾,支出,39.90,,交易关闭,65,T65,,
2024-04-19 10:00:00,日用百货,乙店,y***@a.com,湿巾,支出,29.90,余额,交易关闭,66,T66,,
2024-04-18 11:00:00,退款,丙店,b***@a.com,退款-外套,不计收支,299.00,余额,退款成功,67_1,T67,,
2024-04-17 10:00:00,服饰装扮,丙店,b***@a.com,外套,支出,299.00,余额,交易关闭,67,T67,,
"""


def test_a_closed_order_was_paid_only_where_it_says_how():
    """甲店 was never paid: no row. 乙店 was, and no refund is there: said, with its row. 丙店 was
    paid and paid back: −29.90 + 299 − 299, the oldest first."""
    found = convert(*opened(ALIPAY))
    assert signed(found) == [-29_900, 29_900, -2_990]
    assert [(line.row, line.code) for line in found.skipped][-1] == (3, "not-done")
    notes = {note.code: note.values for note in found.warnings}
    assert (notes["refunds-missing"]["row"], notes["refunds-missing"]["count"]) == (4, 1)
    assert (notes["refunds-apart"]["row"], notes["refunds-apart"]["count"]) == (6, 1)


HEAD = "户名：李梅　账号：6217000011112222\n交易日期,交易金额,账户余额,对方户名,对方账号\n"


def test_a_spaced_out_name_is_the_same_name():
    """王　强 is 王强, 欧 阳 红 is 欧阳红; a firm of two words keeps its blank."""
    rows = ("王　强,62220001", "王强,62220001", "欧 阳 红,62220002", "Li Si,62220003")
    text = "".join(f"2024-03-0{n},-1.00,,{each}\n" for n, each in enumerate(rows, 1))
    made = combine([convert(*opened(HEAD + text))], keep_names=True)
    assert [holder.zh for holder in made.holders] == ["李梅", "王强", "欧阳红", "Li Si"]
    assert not {"two-names"} & {note.code for note in made.warnings}


def test_radicals_are_the_characters_they_look_like():
    """What a browser's PDF holds: ⼾名, 人⺠币, ⻢⻰ for 户名, 人民币, 马龙."""
    rows = "交易⽇期,交易⾦额,币种,对⽅⼾名\n2024-03-01,-1.00,人⺠币,⻢⻰\n"
    found = convert(*opened(rows))
    assert [m.payee.name for m in found.movements] == ["马龙"]
    assert found.refused == ()


def test_money_of_the_account_with_itself_moved_where_its_balance_did():
    """900 + 500 = 1400: cash paid in under one's own number is taken, from nobody named; 10 moved
    within the account, for the balance stays."""
    own = "李梅,6217000011112222"
    rows = ("2024-03-01,-100.00,900.00,王强,62220001", f"2024-03-02,500.00,1400.00,{own}",
            f"2024-03-03,-10.00,1400.00,{own}")  # fmt: skip
    for listed in (rows, rows[::-1]):
        found = convert(*opened(HEAD + "\n".join(listed) + "\n"))
        assert signed(found) == [-10_000, 50_000]
        assert not any(found.movements[1].payer)
        assert [line.code for line in found.skipped][-1] == "to-itself"
        assert "itself-moved" in {note.code for note in found.warnings}
        assert "balance-differs" not in {note.code for note in found.warnings}


@pytest.mark.parametrize(
    ("title", "header", "money"),
    [("户名：李梅 账号：6217000011112222 币种：美元", "交易金额", "美元"),
     ("币    种: [港币]", "交易金额", "港币"), ("Currency: HKD", "交易金额", "HKD"),
     ("流水", "交易金额（美元）", "美元"), ("流水", "交易金额(USD)", "USD"),
     ("币种：人民币 汇钞标识：本币", "交易金额(元)", ""), ("币种：全部", "交易金额", "")],
)  # fmt: skip
def test_money_named_above_the_table_or_in_its_header_is_refused_too(title, header, money):
    """As where a column names it; yuan, and what names no money, are read."""
    table, mapping = opened(f"{title}\n交易日期,{header},对方户名\n2024-03-01,-5.00,王强\n")
    found = convert(table, mapping)
    refused = [(line.code, dict(line.values)) for line in found.refused]
    assert refused == ([("currency", {"cell": money})] if money else [])
    assert signed(found) == ([] if money else [-500])


STACKED = """户名：李梅　账号：6217000011112222
交易日期,支出,收入,余额,对方户名
2024-03-01,100.00,,900.00,王强
合计,100.00,0.00,,
{}
交易日期,支出,收入,余额,对方户名
2024-03-01,,50.00,70.00,王强
2024-03-02,20.00,,50.00,甲店
合计,{}.00,50.00,,
"""
ANOTHER = {  # lines between two tables → whose the second is, and whether it is another's
    "户名：周涛　账号：6228480099991111": ("6228480099991111", "周涛"),
    "户名：周涛\n账号：6228480099991111": ("6228480099991111", "周涛"),
    "卡号：6228480099991111": ("6228480099991111", ""),
    "户名：周涛": ("", "周涛"),
    "户名：李梅　账号：6217****2222": ("6217000011112222", "李梅"),
    "户名：李梅　操作员姓名：赵工": ("6217000011112222", "李梅"),
    "对方卡号/账号：6222000099990000": ("6217000011112222", "李梅"),
    "打印人：王某　对方账号：62220001": ("6217000011112222", "李梅"),
}


@pytest.mark.parametrize("between", ANOTHER)
@pytest.mark.parametrize("total", [20, 120])
def test_a_table_below_another_is_whose_its_head_says(between, total):
    """50 in and 20 out are the second's; its total may be its own, 20, or that of both, 120."""
    found = convert(*opened(STACKED.format(between, total)))
    own = [m.own for m in found.movements]
    assert [each[:2] for each in own] == [("6217000011112222", "李梅"), *[ANOTHER[between]] * 2]
    assert found.refused == ()
    codes = {note.code for note in found.warnings}
    assert ("own-changes" in codes) == (own[0] != own[1])
    fits = total == 120 or own[0] != own[1]
    assert ("total-differs" in codes) == (not fits)


def test_money_from_somebody_of_the_holders_name_is_not_from_herself():
    """A wallet that names 李梅 alone: 500 from a 李梅 may come from another account of hers. It
    counts, and whether the two are one is asked."""
    text = "户名：李梅\n交易日期,交易金额,对方户名\n2024-03-01,-1.00,甲店\n2024-03-02,500.00,李梅\n"
    made = combine([convert(*opened(text))], keep_names=True)
    moved = [(t["payer"], t["payee"], t["amount_fen"]) for t in made.transfers]
    assert moved == [("c1", "p2", 100), ("p3", "c1", 50_000)]
    assert [holder.zh for holder in made.holders] == ["李梅", "甲店", "李梅"]
    assert "maybe-same" in {note.code for note in made.assumptions}


DAYS = {  # days of a column → how they are read; nothing: refused
    ("31/03/2025", "01/04/2025"): ["2025-03-31", "2025-04-01"],
    ("01-04-2025", "03-31-2025"): ["2025-01-04", "2025-03-31"],
    ("02 Mar 2024", "05-MAR-24"): ["2024-03-02", "2024-03-05"],
    ("Mar 2, 2004", "5 September 2024 10:00"): ["2004-03-02", "2024-09-05"],
    ("01/04/2025", "02/04/2025"): [],
    ("31/03/2025", "03/31/2025"): [],
    ("02 Foo 2024", "31-MAR-1"): [],
}


@pytest.mark.parametrize("days", DAYS, ids=str)
def test_days_with_the_year_last_are_read_as_a_day_above_the_twelfth_tells(days):
    """The column is read as that row; where none tells, or two contradict, all are refused."""
    rows = "".join(f'"{day}",-1.00,甲店\n' for day in days)
    found = convert(*opened("交易日期,交易金额,对方户名\n" + rows))
    assert [str(m.at.date()) for m in found.movements] == DAYS[days]
    assert len(found.refused) == 2 - len(DAYS[days])


SHORT = {  # days whose year has two digits → how they are read; nothing: refused
    ("24-01-03", "24-01-28"): ["2024-01-03", "2024-01-28"],  # no 24 January 2003 and 2028
    ("24-01-13", "24-12-03"): [],  # or 24 January 2013 and 24 December 2003
    ("26/07/03", "26/07/02"): [],
    ("24-01-31", "24-02-30"): [],  # one day that is none decides nothing
    ("99-01-31", "24-01-03"): [],
    ("01/02/24", "28/02/24"): ["2024-02-01", "2024-02-28"],
    ("240103", "240128"): ["2024-01-03", "2024-01-28"],
    ("240103", "241340"): [],
    ("24-1-3", "24-1-13"): ["2024-01-03", "2024-01-13"],  # a year has two digits
    ("24年1月3日", "24年11月13日 10:00:00"): ["2024-01-03", "2024-11-13"],
    ("12/30/24", "12/31/24"): ["2024-12-30", "2024-12-31"],
    ("26-06-12", "01/02/2026"): [],
}


@pytest.mark.parametrize("days", SHORT, ids=str)
def test_years_of_two_digits_are_read_where_the_column_tells_the_order(days):
    """Only where in one order they follow each other, and in no other they could."""
    rows = "".join(f'"{day}",-1.00,甲店\n' for day in days)
    found = convert(*opened("打印 990131\n交易日期,交易金额,对方户名\n" + rows))
    assert [str(m.at.date()) for m in found.movements] == SHORT[days]
    assert len(found.refused) == 2 - len(SHORT[days])


def test_the_reader_says_where_a_year_of_two_digits_stands():
    """26-06-12 is of 2026, or of 2012; a mapping keeps what the reader says."""
    table, mapping = opened("交易日期,交易金额,对方户名\n26-06-12,-1.00,甲店\n")
    assert [line.code for line in convert(table, mapping).refused] == ["two-digit-year"]
    for order, day in (("ymd", "2026-06-12"), ("dmy", "2012-06-26")):
        kept = read_mapping(mapping_text(mapping.change(order=order)))
        assert [str(m.at.date()) for m in convert(table, kept).movements] == [day]


def test_the_reader_says_how_days_are_written():
    """01/04/2025 is the first of April, or the fourth of January; a mapping keeps it."""
    table, mapping = opened("交易日期,交易金额,对方户名\n01/04/2025,-1.00,甲店\n")
    for order, day in (("dmy", "2025-04-01"), ("mdy", "2025-01-04")):
        kept = read_mapping(mapping_text(mapping.change(order=order)))
        assert [str(m.at.date()) for m in convert(table, kept).movements] == [day]
    with pytest.raises(StatementError):
        mapping.change(order="ydm")


def test_a_card_whose_columns_are_chosen_by_hand_is_asked_what_a_positive_amount_is():
    """Its title says 信用卡: chosen on the page, or by a mapping that does not say it."""
    text = "某某银行信用卡对账单\n甲,乙,丙\n2024-03-02,3000.00,财付通\n2024-03-05,2000.00,甲店\n"
    table, mapping = opened(text)
    chosen = choose(table, mapping, {"date": 1, "amount": 2, "remark": 3})
    assert chosen.positive == "ask"
    assert "card-signs" in {note.code for note in chosen.uncertain}
    said = chosen.change(positive="out")
    assert choose(table, said, {"date": 1, "amount": 2, "other_name": 3}).positive == "out"
    columns = 'shape = "signed"\nheader_row = 2\n{}[columns]\ndate = 1\namount = 2\n'
    with pytest.raises(StatementError, match="card"):
        convert(table, read_mapping(columns.format("")))
    found = convert(table, read_mapping(columns.format('positive = "out"\n')))
    assert signed(found) == [-300_000, -200_000]
    bank, _ = opened(text.replace("信用卡", ""))
    with pytest.raises(StatementError, match="has a sign"):
        convert(bank, read_mapping(columns.format("")))
    found = convert(bank, read_mapping(columns.format('positive = "in"\n')))
    assert signed(found) == [300_000, 200_000]


FEET = {  # rows that are no transaction → what they are taken for
    "1/3,,,,": "note",
    "共26笔,,支出合计,100.00,": "total",
    "人民币合计,,100.00,50.00,": "total",
    "2024-03-31,本月合计,100.00,50.00,850.00": "total",
}


@pytest.mark.parametrize("foot", FEET)
def test_feet_and_sums_are_no_bad_rows(foot):
    """A page's number, a count, sums with a day: skipped, not refused with a date to be mended."""
    head = "交易日期,摘要,支出,收入,余额\n2024-03-01,转账,100.00,,900.00\n"
    found = convert(*opened(f"{head}{foot}\n"))
    assert signed(found) == [-10_000]
    assert found.refused == ()
    assert found.skipped[-1].code == FEET[foot]


def test_interest_is_no_sum():
    """累计结息 begins like a sum, and has 0.00 on its other side: 12.30 came in."""
    rows = "2024-03-21,累计结息,0.00,12.30,912.30\n"
    assert signed(convert(*opened(f"交易日期,摘要,支出,收入,余额\n{rows}"))) == [1_230]


def test_a_merchant_number_with_letters_is_a_number():
    """Z2004944000010N/城南便利店 is 城南便利店 with that number; COFFEE 12 is a name."""
    assert party_of("Z2004944000010N/城南便利店")[:2] == ("Z2004944000010N", "城南便利店")
    assert party_of("COFFEE 12")[:2] == ("", "COFFEE 12")


def test_ten_thousands_have_six_decimals():
    """0.713536 万元 are 7135.36; a seventh decimal is less than a fen."""
    text = "单位：万元\n交易日期,交易金额,对方户名\n2024-03-01,-0.713536,甲店\n"
    assert signed(convert(*opened(text))) == [-713_536]
    (line,) = convert(*opened(text.replace("536,", "5361,"))).refused
    assert line.code == "more-decimals"


def test_an_empty_statement_says_so(tmp_path, capsys):
    """A header and a count of no transactions: understood, and no rows to look at."""
    file = tmp_path / "流水.csv"
    file.write_text("户名：李梅\n交易日期,支出,收入,余额,对方户名\n共0笔,,,,\n", "utf-8")
    assert main(["import", str(file)]) == 1
    said = capsys.readouterr().err
    assert "没有一笔交易" in said
    assert "--save-mapping" not in said


def test_a_hidden_sheet_is_read_only_where_it_is_named(tmp_path, capsys):
    """9999.00 on a hidden sheet are nobody's until --sheet names it."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for sheet, fen in ((book.active, 5), (book.create_sheet("旧"), 9_999)):
        for row in (["交易日期", "交易金额", "对方户名"], ["2024-03-01", -fen, "甲店"]):
            sheet.append(row)
    book["旧"].sheet_state = "hidden"
    file = tmp_path / "流水.xlsx"
    book.save(file)
    assert main(["import", str(file)]) == 0
    said = capsys.readouterr().out
    assert "隐藏的工作表，没有读入" in said
    assert "9999" not in said
    assert main(["import", str(file), "--sheet", "旧"]) == 0
    assert "9999" in capsys.readouterr().out


def test_a_number_that_lost_digits_costs_no_row_where_a_name_stands():
    """王强 by his name; without a name the row is refused, for nobody knows who it is."""
    text = HEAD + "2024-03-01,-5.00,,王强,6.21700123456789E+18\n2024-03-02,-6.00,,,6.2E+18\n"
    found = convert(*opened(text))
    assert [(m.amount_fen, m.payee[:2]) for m in found.movements] == [(500, ("", "王强"))]
    assert [(line.row, line.code) for line in found.refused] == [(4, "number-rounded")]
    assert "number-lost" in {note.code for note in found.warnings}


# ---- whose statement it is


@pytest.mark.parametrize(
    ("title", "holder"),
    [
        ("Account Name,XU LAN\nAccount Number,062-123456-833", "XU LAN"),
        ("Account Name: XU LAN Account Number: 062-123456-833", "XU LAN"),
        ('"Account Name: ABC CO., LTD."', "ABC CO., LTD."),
        ("Account Name: XU L** Sort Code: 12", "XU L**"),
        ("Account Name,\nAccount Number,062-123456-833", ""),
        ("# 户 名: [ 钱芳]", "钱芳"),
        ("户名：王　强 账号：6217000011112222", "王强"),
        ("户名：\n账号：6217000011112222", ""),
        ("账户持有人,赵敏\n账号,6222****1234", "赵敏"),
        ("对方户名：李四 账号：6217000011112222", ""),
        ("操作员姓名：赵工\n户名：李四", "李四"),
    ],
)
def test_the_owners_whole_name_is_read(title, holder):
    """A name of several words is not cut, and no label or clerk stands for one."""
    reading = convert(*opened(f"{title}\n交易日期,支出,收入,对方户名\n2024-03-01,5.00,,甲店\n"))
    assert called(reading.movements[0].payer.name) == holder


def test_two_people_of_one_surname_are_two():
    """XU LAN and XU MIN each paid HE YONG: three people."""
    head = "Account Number,062-{n}-833\nDate,Withdrawal,Deposit,Counterparty Name\n"
    texts = [f"Account Name,{name}\n{head.format(n=n)}2026-06-10,{n}.00,,HE YONG\n"
             for name, n in (("XU LAN", 100000), ("XU MIN", 200000))]  # fmt: skip
    readings = [convert(*opened(text)) for text in texts]
    found = combine(readings, keep_names=True)
    assert [holder.zh for holder in found.holders] == ["XU LAN", "HE YONG", "XU MIN", "HE YONG"]
    assert len({account.holder for account in found.accounts}) == 2


def test_the_owner_may_stand_at_the_foot():
    """支付宝's older bill names its holder beside the day of the export alone."""
    text = ("账号:[13900002222]\n交易日期,支出,收入,对方户名\n2024-03-01,5.00,,甲店\n"
            "导出时间:[2026-06-02 10:00:00]    用户:郑鹏\n")  # fmt: skip
    (m,) = convert(*opened(text)).movements
    assert m.payer[:2] == ("13900002222", "郑鹏")


def test_tenpays_columns_are_known_one_by_one():
    """A list of 财付通 that no known layout is: both sides have number and name, a shop its name;
    17 500.00 in, 12 000.00 and 5 000.00 out."""
    head = "用户ID,交易单号,用户侧账号名称,借贷类型,交易类型,商户名称,交易金额(分),账户余额(分)"
    head += ",交易时间,用户银行卡号,第三方账户名称,对手方ID,对手侧账户名称,对手方银行卡号"
    head += ",对手方接收金额(分),备注1"
    rows = [f"wxid_f1,T{n},冯涛,{mark},转账,,{fen},,2026-05-13 09:2{n}:00,,,{who},,{fen},"
            for n, mark, fen, who in ((1, "入", 1750000, "wxid_z1,郑鹏"), (2, "出", 1200000,
            "wxid_c1,陈静"), (3, "出", 500000, ",某某充值平台"))]  # fmt: skip
    reading = convert(*opened("\n".join([head, *rows])))
    assert signed(reading) == [1_750_000, -1_200_000, -500_000]
    assert {m.own[:2] for m in reading.movements} == {("wxid_f1", "冯涛")}
    assert [(m.payer if m.own is m.payee else m.payee)[:2] for m in reading.movements] == [
        ("wxid_z1", "郑鹏"), ("wxid_c1", "陈静"), ("", "某某充值平台")]  # fmt: skip


def test_a_gift_that_came_back_finds_its_refund():
    """发给阿丽 200.00 and 阿丽 200.00 back: the refund is in the file, and both rows count."""
    text = "微信支付账单明细\n" + ",".join(layouts()["wechat"].header) + "\n"
    text += (
        "2026-04-13 18:00:00,微信红包-退款,阿丽,/,收入,¥200.00,/,已全额退款,1004,/,/\n"
        "2026-04-13 09:00:00,微信红包,发给阿丽,/,支出,¥200.00,零钱,已全额退款,1003,/,/\n"
    )
    reading = convert(*opened(text))
    assert signed(reading) == [-20_000, 20_000]
    assert {m.payee.name for m in reading.movements} == {"阿丽", ""}
    codes = {note.code for note in reading.warnings}
    assert ("refunds-apart" in codes, "refunds-missing" in codes) == (True, False)


# ---- names with numbers beside them, and remittances that came back

NAMED = """\
户名：钱芳 账号：6214830000002222
交易日期,交易时间,收入,支出,余额,交易备注
20260412,10:00:01,2000.00,,9888.00,退汇:孙丽 6216610000000003333
20260411,21:09:00,,2000.00,7888.00,孙丽 6216610000000003333
20260410,20:15:33,,30000.00,9888.00,孙丽 6216610000000003333
20260405,12:00:00,,112.00,39888.00,转账至 李强 6228****4321
20260401,09:00:00,10000.00,,40000.00,某某公司
"""


def named(text: str) -> object:
    """A statement whose remarks are chosen for the other side's name."""
    table, mapping = opened(text)
    columns = {"date": 1, "time": 2, "in": 3, "out": 4, "balance": 5, "other_name": 6}
    return convert(table, choose(table, mapping, columns))


def test_a_name_and_a_number_in_one_cell_are_taken_apart():
    """孙丽's card is an account, 李强's one hidden in part; no number is part of a name."""
    found = combine([named(NAMED)], keep_names=True)
    assert [holder.zh for holder in found.holders] == ["钱芳", "孙丽", "李强", "某某公司"]
    assert "6216610000000003333" in {account.id for account in found.accounts}
    pseudonymous = combine([named(NAMED)])
    assert "6216610000000003333" not in str((pseudonymous.accounts, pseudonymous.holders))


def test_a_number_within_a_name_is_not_kept_with_the_name():
    """Where nobody can tell the two apart, its last four digits are shown."""
    text = NAMED.replace("某某公司", "某某公司6216610000000004444号")
    found = combine([named(text)], keep_names=True)
    assert found.holders[-1].zh == "某某公司****4444号"


def test_a_remittance_that_came_back_is_from_whoever_was_paid():
    """2 000.00 went to 孙丽 and came back from her: 32 000.00 out, 2 000.00 in, nobody else."""
    reading = named(NAMED)
    back = reading.movements[-1]
    assert back.payer[:2] == ("6216610000000003333", "孙丽")
    assert [n.values["row"] for n in reading.assumptions if n.code == "returned"] == [3]
    alone = named(NAMED.replace("退汇:孙丽 6216610000000003333", "退汇"))
    assert alone.movements[-1].payer == back.payer


@pytest.mark.parametrize("name", ["孙梅 6216610000000005555", ""])
def test_a_remittance_of_which_no_payment_is_found_names_nobody(name):
    """Nobody paid 孙梅; and of two who got just as much nobody knows whose it is: it is said."""
    text = NAMED.replace("退汇:孙丽 6216610000000003333", f"退汇:{name}")
    text = text.replace("30000.00,9888.00,孙丽 6216610000000003333", "2000.00,37888.00,吴刚")
    text = text.replace("20260412,10:00:01,2000.00,,9888.00", "20260412,10:00:01,2000.00,,37888.00")
    reading = named(text.replace("2000.00,7888.00", "2000.00,35888.00"))
    assert reading.movements[-1].payer == ("", "", "")
    assert [n.values["row"] for n in reading.warnings if n.code == "returned-unmet"] == [3]
    assert not any("退" in holder.zh for holder in combine([reading], keep_names=True).holders)


def test_transfers_without_another_side_are_counted():
    """The note tells of the rows whose other side was not read, and says nothing where all were."""
    notes = {note.code: note.values for note in combine([convert(*opened(NAMED))]).assumptions}
    assert notes["unnamed-others"] == {"count": 5}
    codes = {note.code for note in combine([named(NAMED)]).assumptions}
    assert "unnamed-others" not in codes
