"""Forms of supervisory and police offices, and headers that public forms have. Rows by hand."""

from __future__ import annotations

import pytest

from simlib.errors import StatementError
from simlib.statement import (
    Imported,
    Key,
    combine,
    convert,
    detect,
    mapping_text,
    read_mapping,
    read_tables,
)
from simlib.statement.identity.pseudonyms import parts

CARD, ACCOUNT = "6222020000000001", "11020100000000001"
ZHOU, HE = "6217000000000002", "31050000000000003"
# 40 columns: yangxin2017/smart-business DataBank.java; 38 and 13: forms of a supervisory commission
# and of payment institutions, as public readers of them list their columns
FORM_40 = (
    "反馈单位,审批表,名称,证件类型,证件号码,查询对象名称,查询卡号,查询反馈结果原因,本方账号,本方卡号,"
    "交易类型,借贷标志,币种,交易金额,交易余额,交易时间,交易流水号,交易对方名称,交易对方账号,"
    "交易对方卡号,交易对方证件号码,交易对手余额,交易对方账号开户行,交易摘要,交易网点名称,"
    "交易网点代码,日志号,传票号,凭证种类,凭证号,现金标志,终端号,交易是否成功,交易发生地,"
    "商户名称,商户号,IP地址,MAC地址,交易柜员号,备注"
)
FORM_38 = (
    "序号,查询对象,反馈单位,查询项,查询账户,查询卡号,交易类型,借贷标志,币种,交易金额,账户余额,"
    "交易时间,交易流水号,本方账号,本方卡号,交易对方姓名,交易对方账户,交易对方卡号,"
    "交易对方证件号码,交易对手余额,交易对方账号开户行,交易摘要,交易网点名称,交易网点代码,日志号,"
    "传票号,凭证种类,凭证号,现金标志,终端号,交易是否成功,交易发生地,商户名称,商户号,IP地址,MAC,"
    "交易柜员号,备注"
)
FORM_13 = (
    "查询账号,付款方支付帐号,收款方支付帐号,支付机构内部订单号,交易时间,借贷标志,交易金额,"
    "交易余额,付款方银行卡号,收款方银行卡号,交易类型,收款方的商户名称,备注"
)
POLICE = (
    "交易卡号,交易账号,交易方户名,交易方证件号码,交易时间,交易金额,交易余额,收付标志,"
    "交易对手账卡号,现金标志,对手户名,对手身份证号,对手开户银行,摘要说明,交易币种,交易网点名称,"
    "交易发生地,交易是否成功,传票号,IP地址,MAC地址,对手交易余额,交易流水号,日志号,凭证种类,凭证号,"
    "交易柜员号,备注,商户名称,交易类型,查询反馈结果原因"
)


def form(header: str, *rows: dict[str, str]) -> str:
    """A form with these rows, of which only some cells are filled."""
    names = header.split(",")
    return "\n".join([header, *(",".join(row.get(n, "") for n in names) for row in rows)]) + "\n"


def read(text: str, gaps: bool = False) -> Imported:
    """A statement as it is read without a word from the reader, or with one: rows are missing."""
    (table,) = read_tables(text.encode(), "a.csv")
    return combine([convert(table, detect(table).change(gaps=gaps))], Key())


def moved(text: str, gaps: bool = False) -> list[tuple[str, str, int]]:
    """Who paid whom how many fen, under the numbers and names of the file."""
    found = read(text, gaps)
    made = (*found.key.accounts.items(), *found.key.holders.items())
    names = {id: parts(o)[1] for o, id in made if parts(o)[0] != "statement"}
    assert not found.refused
    return [(names.get(row["payer"], ""), names.get(row["payee"], ""), row["amount_fen"])
            for row in found.transfers]  # fmt: skip


def test_form_of_40_columns():
    """1,000 out to a card, 250.50 in from an account; 700 failed and is not money."""
    own = {
        "查询对象名称": "孙丽",
        "查询卡号": CARD,
        "本方账号": ACCOUNT,
        "本方卡号": CARD,
        "币种": "CNY",
    }
    text = form(
        FORM_40,
        own | {"借贷标志": "借", "交易金额": "1000.00", "交易时间": "20240301100000",
               "交易对方名称": "周明", "交易对方卡号": ZHOU, "交易是否成功": "成功"},
        own | {"借贷标志": "借", "交易金额": "700.00", "交易时间": "20240301110000",
               "交易对方名称": "周明", "交易对方卡号": ZHOU, "交易是否成功": "失败"},
        own | {"借贷标志": "贷", "交易金额": "250.50", "交易时间": "20240302093000",
               "交易对方名称": "何静", "交易对方账号": HE, "交易是否成功": "成功"},
    )  # fmt: skip
    assert moved(text) == [(CARD, ZHOU, 100_000), (HE, CARD, 25_050)]


def test_form_of_38_columns():
    """Its people stand under 交易对方姓名, their numbers under 账户 or 卡号."""
    own = {"查询对象": "孙丽", "查询账户": ACCOUNT, "查询卡号": CARD, "币种": "CNY"}
    text = form(
        FORM_38,
        own | {"借贷标志": "出", "交易金额": "3000.00", "交易时间": "2024-03-01 10:00:00",
               "交易对方姓名": "周明", "交易对方卡号": ZHOU, "交易是否成功": "成功"},
        own | {"借贷标志": "进", "交易金额": "20.00", "交易时间": "2024-03-02 10:00:00",
               "交易对方姓名": "何静", "交易对方账户": HE, "交易是否成功": "成功"},
        own | {"借贷标志": "出", "交易金额": "9.00", "交易时间": "2024-03-03 10:00:00",
               "商户名称": "便利店", "交易是否成功": "成功"},
    )  # fmt: skip
    assert moved(text) == [(CARD, ZHOU, 300_000), (HE, CARD, 2_000), (CARD, "便利店", 900)]
    names = {name for listed in read(text).key.names.values() for name in listed}
    assert names == {"孙丽", "周明", "何静"}


def test_form_of_13_columns():
    """A list of payers and payees: 188 to a wallet, 600 to a bank card where no wallet stands."""
    text = form(
        FORM_13,
        {"查询账号": "wxid_a", "付款方支付帐号": "2088000000000001",
         "收款方支付帐号": "2088000000000009", "交易时间": "20240301100000", "借贷标志": "借",
         "交易金额": "188.00", "收款方的商户名称": "周明（个人）"},
        {"查询账号": "wxid_a", "付款方支付帐号": "2088000000000001", "交易时间": "20240303100000",
         "收款方银行卡号": ZHOU, "借贷标志": "借", "交易金额": "600.00"},
    )  # fmt: skip
    assert moved(text) == [
        ("2088000000000001", "2088000000000009", 18_800), ("2088000000000001", ZHOU, 60_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "codes", [("成功", "失败"), ("01", "02"), ("00", "01"), ("是", "否"), ("1", "0")]
)
@pytest.mark.parametrize("header", [POLICE, POLICE.replace("对手开户银行,", "")])
def test_failed_transactions_are_not_money(codes, header):
    """01 failed where 00 is success, and succeeded where 02 is failure: 500, and 400 never."""
    own = {"交易卡号": CARD, "交易方户名": "孙丽", "收付标志": "出", "交易对手账卡号": ZHOU,
           "交易时间": "2024-03-01 10:00:00", "交易币种": "CNY"}  # fmt: skip
    text = form(header, *(own | {"交易金额": amount, "交易是否成功": code}
                          for code, amount in zip(codes, ("500", "400"), strict=True)))  # fmt: skip
    assert moved(text) == [(CARD, ZHOU, 50_000)]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("交易对方姓名", "交易对手帐号"),
        ("对方账户名称", "通用对方客户账号"),
        ("交易对手姓名或名称", "对手帐号"),
        ("对方客户名称", "对方客户账号"),
        ("对手方名称", "对手方帐户"),
        ("交易对手帐户名称", "交易对手帐户"),
    ],
)
def test_headers_of_the_other_side_keep_people_and_numbers(name, number):
    """帐 is 账, and whose a column is stands before what it holds."""
    text = f"交易日期,客户账号,借贷标志,交易金额,{name},{number}\n"
    text += f"2024-03-01,{CARD},借,66.00,周明,{ZHOU}\n"
    assert moved(text) == [(CARD, ZHOU, 6_600)]
    assert ["周明"] in read(text).key.names.values()


def test_money_taken_out_is_known_without_its_layout():
    """取出金额 and 存入金额 in another order than the bank's, that has a layout."""
    text = (
        "账号：1102010000000001 户名：孙丽\n"
        "交易日期,存入金额,取出金额,余额,交易对手户名,交易对手账户\n"
        f"2024-03-01,,400.00,600.00,周明,{ZHOU}\n2024-03-02,50.00,,650.00,何静,{HE}\n"
    )
    assert moved(text) == [("1102010000000001", ZHOU, 40_000), (HE, "1102010000000001", 5_000)]


DAYS = "日期,支出,收入,余额,对方户名\n{},400.00,,600.00,周明\n{},,50.00,650.00,何静\n"
PERIOD = "查询期间：2022年12月1日至2023年1月31日"
TOLD = [
    ("某银行2023年度交易明细", ("11-28", "12-02"), [2023, 2023]),
    ("2023年3月账单", ("03-01", "03-02"), [2023, 2023]),
    (PERIOD, ("12-28", "01-02"), [2022, 2023]),
    ("起止日期：20221201-20230131", ("12-28", "01-02"), [2022, 2023]),
    ("2023年交易明细　打印日期：2024年1月5日", ("11-28", "12-02"), [2023, 2023]),
]


@pytest.mark.parametrize(("title", "days", "years"), TOLD)
def test_year_of_the_title_is_that_of_days_without_one(title, days, years):
    """400 out and 50 in, and the assumption is told."""
    found = read(f"{title}\n{DAYS.format(*days)}")
    assert [row["at"].year for row in found.transfers] == years
    assert {note.code for note in found.assumptions} >= {"year-given"}


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("打印日期：2024-01-05", ("12-28", "12-30")),
        ("日期：2024年1月5日", ("12-28", "12-30")),
        ("2022年至2023年", ("03-01", "03-02")),  # which of the two?
        (PERIOD, ("12-28", "12-30")),
        ("账号：2088-0123-4567-8901", ("12-28", "12-30")),
    ],
)
def test_year_that_is_not_sure_is_asked(title, days):
    """Nothing is taken: both rows say that they lack the year."""
    found = read(f"{title}\n{DAYS.format(*days)}")
    assert [line.code for line in found.refused] == ["no-year", "no-year"]


# ---- refunds and fees, as the file has them

BILL = "交易时间,交易类型,交易金额(元),交易方式,收/支,交易状态,商户名称,订单号\n"
PAID = '2024-02-01 08:30:00,消费,"5,012.80",二维码,支出,{},某电器商城,UP1001\n'
BACK = '2024-02-02 09:00:00,退款,"5,012.80",二维码,收入,{},某电器商城,UP1002\n'


@pytest.mark.parametrize("status", ["已退款", "已全额退款", "部分退款"])
@pytest.mark.parametrize("back", ["交易成功", "已退款"])
def test_payment_counts_where_its_refund_has_a_row(status, back):
    """云闪付: 5,012.80 out and 5,012.80 back. The payment was refused and its refund taken."""
    assert moved(BILL + PAID.format(status) + BACK.format(back)) == [
        ("", "某电器商城", 501_280), ("某电器商城", "", 501_280),
    ]  # fmt: skip


def test_refunded_payment_without_a_row_of_the_refund_is_asked_about():
    """Nobody can tell whether, and how much, money moved."""
    found = read(BILL + PAID.format("已退款"))
    assert [line.code for line in found.refused] == ["status-unknown"]


FEES = "交易时间,交易类型,交易对方,收/支,交易金额,手续费,余额\n"


@pytest.mark.parametrize(
    ("balance", "came"),
    [("6,012.80", 501_280), ("6,000.00", 500_000), ("6,025.60", 502_560), ("", 501_280),
     ("7,777.00", 501_280)],
)  # fmt: skip
def test_fee_beside_money_that_came_in(balance, came):
    """1,000 before; 5,012.80 with a fee of 12.80: all came, all but the fee, or the fee as well, as
    the balance has it; the amount as stated where the balance bears out none. It was refused."""
    text = (FEES + '2024-02-01 08:00:00,转账,周明,支出,100.00,0.00,"1,000.00"\n'
            f'2024-02-02 08:00:00,收款,何静,收入,"5,012.80",12.80,"{balance}"\n')  # fmt: skip
    gaps = balance == "7,777.00"
    assert moved(text, gaps) == [("", "周明", 10_000), ("何静", "", came)]
    found = read(text, gaps)
    assert "fee-on-income" in {note.code for note in found.warnings}
    assert not any(row.get("fee_fen") for row in found.transfers)


@pytest.mark.parametrize("balance", ["1,000.00", "997.00"])
def test_fee_that_eats_what_came_in_is_no_transfer_of_nothing(balance):
    """5.00 with a fee of 5.00 or 8.00: 1,000 or 997 are left. It was a transfer of 0, or of −3.00;
    now it contradicts the balance, which stops the import."""
    fee = "5.00" if balance == "1,000.00" else "8.00"
    text = (FEES + '2024-02-01 08:00:00,转账,周明,支出,100.00,0.00,"1,000.00"\n'
            f'2024-02-02 08:00:00,收款,何静,收入,5.00,{fee},"{balance}"\n')  # fmt: skip
    with pytest.raises(StatementError, match="do not follow"):
        read(text)
    assert moved(text, gaps=True)[1] == ("何静", "", 500)


def test_numbers_hidden_alike_can_be_told_of_in_a_mapping():
    """Own and other are 1234****9876: 400 out to somebody of whom nothing is known."""
    text = ("账号：1234****9876 户名：孙丽\n交易日期,支出,收入,对方账号,对方户名\n"
            "2024-03-01,400.00,,1234****9876,\n")  # fmt: skip
    assert [line.code for line in read(text).refused] == ["masked-itself"]
    (table,) = read_tables(text.encode(), "a.csv")
    for said, taken in (("two", [40_000]), ("one", [])):
        written = mapping_text(detect(table).change(masked={said: ("1234****9876",)}))
        found = combine([convert(table, read_mapping(written))], Key())
        assert [row["amount_fen"] for row in found.transfers] == taken
        assert not found.refused
