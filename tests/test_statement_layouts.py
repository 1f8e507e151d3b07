"""Layouts of statements as data: each is recognised, and a ledger written in it is read back."""

from __future__ import annotations

import dataclasses
import datetime
import io

import openpyxl
import pytest
from hypothesis import given, settings

from simlib.cli import main
from simlib.errors import StatementError
from simlib.statement import convert, detect, mapping_text, read_mapping, read_tables
from simlib.statement.mapping import EFFECTS, ROLES, SHAPES
from simlib.statement.vocabulary import (
    EVIDENCE,
    KINDS,
    cell_key,
    header_key,
    headers,
    known_headers,
    layouts,
)
from simlib.text import message, words
from tests.layouts import LEDGERS, OWN, STATUSES, Entry, Style, drawn, has, told, written

ALL = sorted(layouts())


# ---- the data


@pytest.mark.parametrize("id", ALL)
def test_a_layout_names_its_source_and_known_roles(id):
    """Every role exists, every column stands in the header, and somebody can look it up."""
    layout = layouts()[id]
    cells = set(map(cell_key, layout.header))
    assert layout.kind in KINDS
    assert layout.shape in SHAPES
    assert layout.evidence in EVIDENCE
    assert "/" in layout.source
    assert "index id" not in layout.source
    assert "src_ref" not in layout.source
    assert layout.zh
    assert layout.en
    for columns in (layout.columns, layout.rules.get("instead", {})):
        assert set(columns) <= set(ROLES)
        assert set(map(cell_key, columns.values())) <= cells
    assert layout.optional <= cells
    assert layout.needed
    for lang in ("zh", "en"):
        assert words("statement", f"layout_kinds.{layout.kind}", lang)


def test_ids_are_unique_and_no_two_layouts_are_one():
    """The TOML lists as many as there are ids; the same cells stand for one layout."""
    assert len(headers()["layout"]) == len(ALL)
    needed = [layout.needed for layout in layouts().values()]
    assert len(set(needed)) == len(needed)


def test_every_effect_is_explained_and_used():
    """What a status does to the money is said in words in both languages."""
    used = {effect for lists in headers()["statuses"].values() for effect in lists}
    assert used == set(EFFECTS)
    for effect in EFFECTS:
        assert len({words("statement", f"effects.{effect}", lang) for lang in ("zh", "en")}) == 2


# ---- a ledger in every layout


def read_back(reading: object) -> list[Entry]:
    """The movements of a statement as a ledger."""
    entries = []
    for m in reading.movements:
        out = m.own is m.payer if m.own is not None else m.payer.number == OWN
        other = m.payee if out else m.payer
        at = m.at.replace(tzinfo=None)
        entries.append(Entry(at, out, m.amount_fen, other.name, other.number))
    return entries


@pytest.mark.parametrize("id", ALL)
@given(chance=LEDGERS)
@settings(max_examples=6)
def test_a_ledger_is_read_back(id, chance):
    """Whatever it holds: recognised, nothing refused, every movement with its direction; what came
    to nothing is left out with its reason."""
    layout, (ledger, style) = layouts()[id], chance
    (found,) = read_tables(written(layout, ledger, style), "a.csv")
    mapping = detect(found)
    assert mapping.layout == id
    assert mapping.complete
    reading = convert(found, mapping)
    assert reading.refused == ()
    moved = sorted((told(layout, e) for e in ledger if not e.void), key=str)
    assert sorted(read_back(reading), key=str) == moved
    void = sum(e.void for e in ledger) if has(layout, STATUSES) else 0
    assert sum(line.code == "not-done" for line in reading.skipped) == void
    again = convert(found, read_mapping(mapping_text(mapping)))
    assert again.movements == reading.movements


# ---- a case by hand for each family


def read(text: str, name: str = "a.csv", **changes: object) -> object:
    """A CSV text as its layout has it."""
    (found,) = read_tables(text.encode(), name)
    mapping = detect(found)
    return convert(found, mapping.change(**changes) if changes else mapping)


def money(reading: object) -> list[tuple[int, int, str]]:
    """Row, fen with its sign (out is negative), and the other side's name."""
    return [
        (m.row, -m.amount_fen if m.own is m.payer else m.amount_fen,
         (m.payee if m.own is m.payer else m.payer).name)
        for m in sorted(reading.movements, key=lambda m: m.row)
    ]  # fmt: skip


def codes(lines: object) -> list[tuple[int, str]]:
    """Rows and reasons."""
    return [(line.row, line.code) for line in lines]


WECHAT = """\
微信支付账单明细,,,,,,,,,,
微信昵称：[小陈],,,,,,,,,,
----------------------微信支付账单明细列表--------------------,,,,,,,,,,
交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
2025-03-09 10:00:00,商户消费,甲店,"衣服",支出,¥742.00,零钱,已退款(￥42.00),1001\t,A\t,"/"
2025-03-08 10:00:00,甲店-退款,甲店,"衣服",收入,¥42.00,零钱,已退款¥42.00,1002\t,A\t,"/"
2025-03-07 10:00:00,零钱提现,工商银行,"/",/,"¥1,000.10",卡,提现已到账,1003\t,/,服务费¥0.10
2025-03-06 10:00:00,零钱充值,/,"/",/,¥50.00,工商银行(9876),充值完成,1004\t,/,"/"
2025-03-05 10:00:00,转入零钱通-来自零钱,/,"/",/,¥30.00,零钱,支付成功,1005\t,/,"/"
2025-03-04 10:00:00,转账,李四,"转账备注:订金",支出,¥10.00,零钱,对方已退还,1006\t,/,"/"
2025-03-03 10:00:00,转账,王五,"转账备注:货款",支出,¥20.00,零钱,对方已退还,1007\t,/,"/"
2025-03-03 11:00:00,转账-退款,/,"转账备注:货款",收入,¥20.00,零钱,已全额退款,1008\t,/,"/"
2025-03-02 10:00:00,微信红包（单发）,发给赵六,"/",支出,¥5.00,零钱,支付成功,1009\t,/,"/"
2025-03-01 10:00:00,商户消费,乙店,"票",支出,¥8.00,零钱,已全额退款,1010\t,B\t,"/"
2025-02-28 10:00:00,神秘业务,丙店,"?",/,¥9.00,零钱,支付成功,1011\t,C\t,"/"
"""


def test_wechat_with_refunds_and_withdrawals():
    """742.00 paid, 42.00 back by its own row; 1000.10 withdrawn, 50.00 topped up; 30.00 stays
    within the wallet; 10.00 sent back without a row of its own: nothing moved; 20.00 sent back by
    row 12: both count; a gift 发给赵六 is to 赵六; 8.00 paid and returned by a row that is not in
    the file: counts as paid, said so; 神秘业务 is asked."""
    found = read(WECHAT)
    assert found.mapping.layout == "wechat"
    assert money(found) == [
        (5, -74200, "甲店"), (6, 4200, "甲店"), (7, -100010, "工商银行"), (8, 5000, ""),
        (11, -2000, "王五"), (12, 2000, ""), (13, -500, "赵六"), (14, -800, "乙店"),
    ]  # fmt: skip
    assert codes(found.skipped)[4:] == [(9, "own-pocket"), (10, "not-done")]
    assert [(line.row, line.code, dict(line.values)) for line in found.refused] == [
        (15, "neutral-mark", {"cell": "/", "kind": "神秘业务"})
    ]
    notes = {note.code: note.values for note in (*found.warnings, *found.assumptions)}
    assert (notes["refunds-apart"]["row"], notes["refunds-apart"]["count"]) == (5, 2)
    assert (notes["refunds-missing"]["row"], notes["refunds-missing"]["count"]) == (14, 1)
    assert (notes["own-money"]["row"], notes["own-money"]["count"]) == (7, 2)
    asked = {"in": ("神秘业务",), **{k: v for k, v in found.mapping.kinds.items() if k != "in"}}
    assert (15, 900, "丙店") in money(read(WECHAT, kinds=asked))


ALIPAY = """\
------------------------------------------------------------------------------------
导出信息：
姓名：陈晓
支付宝账户：chen***@example.com
------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------
交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,
2024-03-09 10:00:00,服饰装扮,甲店,jia***@x.com,衣服,支出,99.00,余额宝,等待确认收货,1\t,A\t,,
2024-03-08 10:00:00,退款,甲店,/,退款-裤子,不计收支,20.00,余额宝,退款成功,2_1\t,B\t,,
2024-03-07 10:00:00,服饰装扮,甲店,/,裤子,支出,20.00,余额宝,交易关闭,2\t,B\t,,
2024-03-06 10:00:00,服饰装扮,乙店,,帽子,不计收支,7.00,,交易关闭,3\t,C\t,,
2024-03-05 10:00:00,投资理财,天弘基金,/,余额宝-03.04-收益发放,不计收支,0.05,余额宝,交易成功,4,,,
2024-03-04 10:00:00,投资理财,天弘基金,/,余额宝-单次转入,不计收支,500.00,余额,交易成功,5\t,,,
2024-03-03 10:00:00,账户存取,工商银行,/,提现-快速提现,不计收支,300.00,余额,交易成功,6\t,,,
2024-03-02 10:00:00,账户存取,工商银行,/,充值-普通充值,不计收支,200.00,,交易成功,7\t,,,
2024-03-01 10:00:00,信用借还,花呗,/,自动还款-花呗02月账单,不计收支,88.00,余额宝,还款成功,8\t,,,
"""


def test_alipay_with_every_status():
    """99.00 is held by Alipay: out; 20.00 paid, closed and returned by row 8; 7.00 never paid; 0.05
    interest in; 500.00 within the wallet; 300.00 out to the bank; 200.00 in; 88.00 repaid: out."""
    found = read(ALIPAY)
    assert found.mapping.layout == "alipay-app-2023"
    assert money(found) == [
        (7, -9900, "甲店"), (8, 2000, "甲店"), (9, -2000, "甲店"), (11, 5, "天弘基金"),
        (13, -30000, "工商银行"), (14, 20000, "工商银行"), (15, -8800, "花呗"),
    ]  # fmt: skip
    assert codes(found.skipped)[6:] == [(10, "not-done"), (12, "own-pocket")]
    assert found.refused == ()
    assert {note.code for note in found.assumptions} >= {"held", "own-money"}
    assert found.mapping.account == "chen***@example.com"
    assert found.mapping.holder == "陈晓"


def test_alipay_in_the_web():
    """资金状态 decides, for 收/支 may be empty: 15.00 out, 5.00 in, 3.00 frozen; 4.00 has not been
    paid; interest has no 付款时间; of the tea 2.00 were refunded by a row that is not here."""
    head = ",".join(layouts()["alipay-web"].header)
    body = """
1\t,,2019-09-01 10:00:00,2019-09-01 10:01:00,,其他,即时到账,甲店,茶,15.00,,交易成功,0,2.00,,已支出,
2\t,,2019-09-02 10:00:00,,,其他,即时到账交易,余额宝,利息,5.00,收入,交易成功,0,0,,已收入,
3\t,,2019-09-03 10:00:00,,,其他,即时到账交易,乙店,押金,3.00,,交易成功,0,0,,冻结,
4\t,,2019-09-04 10:00:00,,,其他,即时到账交易,丙店,书,4.00,支出,等待付款,0,0,,,
"""
    found = read(f"支付宝交易记录明细查询\n账号:[a@x.com]\n{head}{body}")
    assert money(found) == [(4, -1500, "甲店"), (5, 500, "余额宝")]
    assert found.movements[0].at.minute == 1
    assert codes(found.skipped)[3:] == [(6, "not-done"), (7, "not-done")]
    assert "refunds-missing" in {note.code for note in found.warnings}


def test_jd_writes_the_refund_into_the_amount():
    """2977.63 paid, of which 2974.66 came back by the next row; 293.10 all came back."""
    head = ",".join(layouts()["jd"].header)
    found = read(f"""导出信息：
{head}
2026-02-08 16:00:00\t,甲店,耳机,2977.63(已退款2974.66),微信支付,交易成功,支出,数码,1\t,A\t,
2026-02-08 17:00:00\t,甲店,退款-耳机,2974.66,微信支付,退款成功,不计收支,数码,2\t,A\t,
2026-02-08 18:00:00\t,乙店,书,293.10(已全额退款),白条,交易成功,不计收支,图书,3\t,B\t,
2026-02-08 19:00:00\t,京东金融,白条主动还款,50.00,银行卡,交易成功,不计收支,还款,4\t,,
""")
    assert money(found) == [
        (3, -297763, "甲店"), (4, 297466, "甲店"), (5, -29310, "乙店"), (6, -5000, "京东金融"),
    ]  # fmt: skip
    assert found.refused == ()


def test_meituan_counts_what_was_paid():
    """订单金额 30.00, 实付金额 25.00: 25.00 out; a refund in; 月付 repaid: out."""
    head = ",".join(layouts()["meituan-2025"].header)
    found = read(f"""美团交易账单明细
{head}
2025-02-28 20:00:00,2025-02-28 20:01:00,支付,外卖,支出,美团月付,¥30.00,¥25.00,1\t,A\t,/
2025-02-28 21:00:00,2025-02-28 21:01:00,退款,外卖,收入,美团月付,¥25.00,¥25.00,2\t,A\t,/
2025-02-28 22:00:00,2025-02-28 22:01:00,还款,月付,不计收支,银行卡,¥9.00,¥9.00,3\t,,/
""")
    assert [(row, fen) for row, fen, _ in money(found)] == [(3, -2500), (4, 2500), (5, -900)]


def tenpay(*rows: dict[str, str]) -> str:
    """Rows under the 27 headers of Tenpay, tab between them."""
    header = layouts()["tenpay-police-27"].header
    lines = ["\t".join(row.get(cell, "") for cell in header) for row in rows]
    return "\n".join(["\t".join(header), *lines]) + "\n"


def test_tenpay_shares_of_a_red_packet_are_three_payments():
    """One 交易单号, 10.00 in all; three people took 1.00, 3.00 and 6.00: 10.00 went out, not 30.00.
    The withdrawal counts as usual."""
    common = {"用户ID": "wx_a", "交易单号": "P1", "借贷类型": "出",
              "交易时间": "2025-08-11 08:00:00", "交易金额(分)": "1000"}  # fmt: skip
    takers = [common | {"对手方ID": who, "对手方接收金额(分)": fen}
              for who, fen in (("b", "100"), ("c", "300"), ("d", "600"))]  # fmt: skip
    cash = common | {"交易单号": "P2", "交易金额(分)": "700", "交易用途类型": "提现",
                     "对手方ID": "bank", "对手方接收金额(分)": "690"}  # fmt: skip
    found = read(tenpay(*takers, cash))
    assert found.mapping.layout == "tenpay-police-27"
    assert [(m.payee.number, m.amount_fen) for m in found.movements] == [
        ("b", 100), ("c", 300), ("d", 600), ("bank", 700),
    ]  # fmt: skip


def test_tenpay_balances_of_the_purse_stop_nothing_and_say_no_rows_are_missing():
    """10.00 in 余额 before and after 7.00 paid by a bank card: no row is missing, so no case says
    that one is; with another word of the reader on the page, too."""
    common = {"用户ID": "wx_a", "借贷类型": "出", "对手方ID": "b", "账户余额(分)": "1000"}
    rows = [common | {"交易单号": f"P{n}", "交易时间": f"2025-08-1{n} 08:00:00",
                      "交易金额(分)": "700"} for n in (1, 2)]  # fmt: skip
    (table,) = read_tables(tenpay(*rows).encode(), "a.txt")
    for mapping in (detect(table), detect(table).change(gaps=False)):
        found = convert(table, mapping)
        assert found.against is None
        assert [n.code for n in found.warnings if n.code.startswith("balance-")] == [
            "balance-differs"
        ]


def test_police_list_of_34_columns():
    """进 is in, 出 out, 02 failed; a row without card number goes by its account."""
    header = layouts()["police-bank-34"].header
    rows = [
        {"交易卡号": "6222", "收付标志": "进", "交易是否成功": "01"},
        {"交易卡号": "", "交易账号": "0200", "收付标志": "出", "交易是否成功": ""},
        {"交易卡号": "6222", "收付标志": "出", "交易是否成功": "02"},
        {"交易卡号": "6222", "收付标志": "", "交易是否成功": "01"},
    ]
    always = {"交易时间": "20260827100000", "交易金额": "12.5", "交易对手账卡号": "6217"}
    lines = [",".join(f"\t{(always | row).get(cell, '')}" for cell in header) for row in rows]
    text = "\n".join([",".join(f"\t{cell}" for cell in header), *lines]) + "\n"
    (table,) = read_tables(text.encode(), "a.csv")
    found = convert(table, detect(table))
    assert [(m.payer.number, m.payee.number, m.amount_fen) for m in found.movements] == [
        ("6217", "6222", 1250), ("0200", "6217", 1250),
    ]  # fmt: skip
    assert codes(found.skipped) == [(1, "header"), (4, "not-done")]
    assert codes(found.refused) == [(5, "no-flag")]


def test_alipay_to_the_police_names_both_in_one_cell():
    """2088…(姓名) is an account and its holder, on both sides."""
    header = layouts()["alipay-police-detail-2025"].header
    row = {"交易号": "1", "交易创建时间": "2025-08-09 08:50:00",
           "用户信息": "2088001122334455(陈晓)", "交易对方信息": "2088001122330000(李四)",
           "金额（元）": "80.00", "收/支": "支出",
           "交易状态": "交易成功结束"}  # fmt: skip
    found = read(",".join(header) + "\n" + ",".join(row.get(cell, "") for cell in header) + "\n")
    (m,) = found.movements
    assert m.payer[:2] == ("2088001122334455", "陈晓")
    assert m.payee[:2] == ("2088001122330000", "李四")
    assert m.at.minute == 50


BANKS = {  # layout: a row by its header, fen with its sign
    "icbc-debit-csv-v2": (
        '2023-05-02,转账,,网银,,钞,-,80.00,人民币,-,"1,080.00",人民币,20.00,李四,6217,', -108000),
    "ccb-corp-resp": (
        "6222,甲,20260410 17:07:09,-5.00,0,25.00,人民币元,李四,6217,,20260410,冲正,,1,,,,", 500),
    "abc-corp": ("2024-01-02 10:00:00,7.00,,25.00,6217,李四,,货款", 700),
    "boc-debit-pdf": (
        "2024-01-02,10:00:00,人民币,-8.00,9.00,转账,网银,------,附言,李四,6217,", -800),
    "bocom-debit-pdf": ("1,2024-01-02,10:00:00,转账,贷 Cr,5.00,9.00,6217,李四,,货款", 500),
    "cmb-credit": ("01/02,2024-01-03,餐厅,18.00,1234,,18.00(CN)", -1800),
    "cgb-credit": ("2025/01/05,2025/01/06,（还款）网银,-200.00,人民币,-200.00,人民币", 20000),
    "bocom-credit": ("2024-01-02,2024-01-03,1234,消费 某店,CNY 123.18,CNY 123.18", -12318),
    "icbc-credit-csv": (
        "2023-05-02,2023-05-03,人民币自动转帐还款,,,,,人民币,500.00,,人民币,0,", 50000),
    "mybank-corp": (
        "1,A,2024-01-02 10:00:00,2024-01-02 10:00:00,收款,66.00,,66.00,李四,6217,,", 6600),
    "pab-corp": ("2025-12-30 17:10:07,6222,9.00,,10.00,李四,6217,,转账,1,2,,人民币", 900),
}  # fmt: skip


@pytest.mark.parametrize("id", BANKS)
def test_a_row_of_each_kind_of_bank(id):
    """Directions by hand, from the sources' sign rules: CMB and CGB cards spend without a sign,
    ICBC's cards in a column, BOCOM's by the first word; a negative 支取 of CCB is a reversal and
    comes in; MYbank alone has 借 as money in."""
    row, expected = BANKS[id]
    found = read(f"{','.join(layouts()[id].header)}\n{row}\n")
    assert found.mapping.layout == id
    assert found.refused == ()
    assert [fen for _, fen, _ in money(found)] == [expected]


def test_a_card_without_years_is_read_once_the_year_is_said():
    """01/02 and 12/31 of a card of CMB: the year is asked; 2024 said for the last day makes the
    other 31 December 2023."""
    head = ",".join(layouts()["cmb-credit"].header)
    rows = ",12/31,还款,-18.00,1234,,\n01/02,01/02,餐厅,18.00,1234,,18.00(CN)"
    (table,) = read_tables(f"{head}\n{rows}\n".encode(), "a.csv")
    mapping = detect(table)
    assert mapping.layout == "cmb-credit"
    assert "year-missing" in {note.code for note in mapping.uncertain}
    found = convert(table, mapping.change(year=2024))
    assert [str(m.at.date()) for m in found.movements] == ["2023-12-31", "2024-01-02"]
    assert [fen for _, fen, _ in money(found)] == [1800, -1800]


# ---- cards that no layout knows


CARD = "某行信用卡账单\n交易日期,摘要,金额\n2024-01-02,超市,80.00\n2024-01-03,还款,-80.00\n"
BY_ROWS = "交易日期,摘要,金额\n2024-01-02,消费 超市,80.00\n2024-01-03,还款,-80.00\n"


@pytest.mark.parametrize("text", [CARD, BY_ROWS])
def test_a_card_of_no_known_layout_is_asked_about(text):
    """Nothing is read until somebody says what a positive amount is; then 80.00 out, 80.00 in."""
    (found,) = read_tables(text.encode(), "a.csv")
    mapping = detect(found)
    assert "card-signs" in {note.code for note in mapping.uncertain}
    assert not mapping.complete
    with pytest.raises(StatementError) as refused:
        convert(found, mapping)
    assert refused.value.code == "mapping-card"
    assert message(refused.value, "zh") != message(refused.value, "en")
    assert not read_mapping(mapping_text(mapping)).complete
    told_so = mapping.change(positive="out")
    assert told_so.complete
    assert "card-signs" not in {note.code for note in told_so.uncertain}
    assert [fen for _, fen, _ in money(convert(found, told_so))] == [-8000, 8000]


# ---- broken variants


@pytest.mark.parametrize("id", ALL)
def test_headers_in_another_order_read_the_same(id):
    """The columns turned round: the same movements."""
    layout, (ledger, _) = layouts()[id], drawn(7)
    (found,) = read_tables(written(layout, ledger, Style()), "a.csv")
    turned = dataclasses.replace(found, rows=[row[::-1] for row in found.rows])
    mapping = detect(turned)
    assert mapping.layout == id
    assert read_back(convert(turned, mapping)) == read_back(convert(found, detect(found)))


@pytest.mark.parametrize("id", ALL)
def test_without_its_amounts_nothing_is_read_as_this_layout(id):
    """A header is cut: the layout is not claimed, and what remains is refused or incomplete."""
    layout, (ledger, style) = layouts()[id], drawn(7)
    roles = ("amount", "out", "in")
    cut = {cell_key(layout.columns[role]) for role in roles if role in layout.columns}
    (found,) = read_tables(written(layout, ledger, style), "a.csv")
    place = detect(found).header_row
    row = found.lines.index(place)
    cells = tuple("某列" if cell_key(cell) in cut else cell for cell in found.rows[row])
    rows = [*found.rows[:row], cells, *found.rows[row + 1 :]]
    assert detect(dataclasses.replace(found, rows=rows)).layout != id


def test_an_unknown_status_is_refused_with_what_to_do():
    """或许 is nobody's status: refused, and read once the mapping says what it does."""
    text = WECHAT.replace("支付成功,1009", "或许,1009")
    assert (13, "status-unknown") in codes(read(text).refused)
    (found,) = read_tables(text.encode(), "a.csv")
    mapping = detect(found)
    statuses = {**mapping.statuses, "moves": (*mapping.statuses["moves"], "或许")}
    assert (13, -500, "赵六") in money(convert(found, mapping.change(statuses=statuses)))


# ---- where no layout is known


def test_a_top_up_and_a_withdrawal_with_one_mark_are_told_by_their_kind():
    """不计收支 for both: 50.00 in and 30.00 out; 转存 is asked, with the kind named."""
    text = (
        "时间,交易类型,金额,收支,对方\n2025-01-01 10:00:00,充值,50.00,不计收支,工商银行\n"
        "2025-01-02 10:00:00,提现,30.00,不计收支,工商银行\n"
        "2025-01-03 10:00:00,转存,10.00,不计收支,某行\n"
    )
    found = read(text)
    assert found.mapping.layout is None
    assert [fen for _, fen, _ in money(found)] == [5000, -3000]
    assert found.refused[0].values == {"cell": "不计收支", "kind": "转存"}
    said = {lang: words("statement", "reasons.neutral-mark", lang, cell="不计收支", kind="转存")
            for lang in ("zh", "en")}  # fmt: skip
    assert "kinds" in said["zh"]
    assert "kinds" in said["en"]
    assert [fen for _, fen, _ in money(read(text, kinds={"out": ("转存",)}))][2] == -1000


# ---- a workbook


def test_wechat_as_a_workbook_with_real_days_and_numbers():
    """From 2025 on: a day is a day, an amount a number; 12.30 out and 0.29 in."""
    made = openpyxl.Workbook()
    made.active.append(["微信支付账单明细"])
    made.active.append(list(layouts()["wechat"].header))
    for day, mark, amount in ((2, "支出", 12.3), (3, "收入", 0.29)):
        at = datetime.datetime(2026, 2, day, 8, 0)
        made.active.append(
            [at, "转账", "李四", "/", mark, amount, "零钱", "已转账", f"10{day}", "/"]
        )
    file = io.BytesIO()
    made.save(file)
    (table,) = read_tables(file.getvalue(), "w.xlsx")
    found = convert(table, detect(table))
    assert found.mapping.layout == "wechat"
    assert [(fen, name) for _, fen, name in money(found)] == [(-1230, "李四"), (29, "李四")]
    assert [m.at.day for m in found.movements] == [2, 3]


# ---- the report


def test_the_report_names_the_layout(tmp_path, capsys):
    """Whose layout a statement was read by stands beneath its name, in the reader's language."""
    (tmp_path / "w.csv").write_text(WECHAT)
    for lang, said in (("zh", layouts()["wechat"].zh), ("en", layouts()["wechat"].en)):
        main(["import", str(tmp_path / "w.csv"), "--lang", lang])
        assert said in capsys.readouterr().out


def test_headers_of_layouts_are_looked_for_where_nothing_is_ruled():
    """A PDF's columns, and headers in two lines, are found by the words of every layout."""
    for each in layouts().values():
        assert {header_key(cell) for cell in each.header} - {""} <= known_headers(), each.id


def test_hsbc_in_hong_kong_begins_with_the_day():
    """1099.14 spent on the ninth of April, written negative beside DEBIT; 25.00 returned."""
    head = ",".join(layouts()["hsbc-hk-credit"].header)
    found = read(
        f'{head}\n09/04/2025,10/04/2025,QR,"-1,099.14"\t,CNY,POSTED,甲店,CHINA,CHN,DEBIT\n'
        "01/04/2025,02/04/2025,RETURN,25.00,CNY,POSTED,乙店,CHINA,CHN,CREDIT\n"
    )
    assert money(found) == [(2, -109_914, "甲店"), (3, 2_500, "乙店")]
    assert [str(m.at.date()) for m in found.movements] == ["2025-04-01", "2025-04-09"]
