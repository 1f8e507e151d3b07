"""A ledger written in every known layout: by the words of its headers, without the layout's roles.

What stands in a column is told here by its header alone, as a bank would fill it; so a role that
points at the wrong column, or a sign rule that is wrong, is not read back.
"""

from __future__ import annotations

import csv
import datetime
import io
import random
from dataclasses import dataclass, replace
from functools import cache

from hypothesis import strategies as st

from simlib.statement.vocabulary import Layout, cell_key

OWN, OWN_NAME = "6222000011112222", "陈晓"
OPENING = 10**9  # fen


@dataclass(frozen=True)
class Entry:
    """One movement of the ledger, or one that came to nothing."""

    at: datetime.datetime
    out: bool
    fen: int
    name: str
    number: str
    void: bool = False


@dataclass(frozen=True)
class Style:
    """How a bank writes what it may write in several ways."""

    encoding: str = "utf-8"
    thousands: bool = False
    newest_first: bool = False
    empty: str = ""  # in the column of the other direction
    padded: bool = False


NAMES = ("李四", "王五", "某某商贸有限公司", "赵六", "欧阳小红")
FIRST = datetime.datetime(2024, 1, 31, 23, 50, 5)


def drawn(seed: int) -> tuple[list[Entry], Style]:
    """A ledger and a style by chance; a smaller seed is no simpler, but both are quick to draw."""
    by = random.Random(seed)
    ledger, at = [], FIRST
    for _ in range(by.randint(3, 8)):
        at += datetime.timedelta(seconds=by.randint(1, 200_000))
        fen = by.choice((by.randint(1, 99), by.randint(100, 10**5), by.randint(10**5, 10**8)))
        number = f"6{by.randrange(10**15):015d}"
        entry = Entry(at, by.random() < 0.5, fen, by.choice(NAMES), number, by.random() < 0.25)
        ledger.append(entry)
    yes = [by.random() < 0.5 for _ in range(3)]
    encoding = by.choice(("utf-8", "utf-8-sig", "gb18030"))
    return ledger, Style(encoding, yes[0], yes[1], by.choice(("", "0.00", "-", "--")), yes[2])


LEDGERS = st.integers(0, 10**6).map(drawn)


def keys(text: str) -> frozenset[str]:
    """Headers as they are compared."""
    return frozenset(map(cell_key, text.split()))


DAYS = keys("交易日期 记账日期 日期 交易日 入账日期 交易发生日期 记账日")
TIMES = keys("交易时间 记账时间 入账时间")
STAMPS = keys("交易时间 付款时间 交易成功时间 到账时间 收款时间 交易时间戳 交易创建时间 创建时间")
OUTS = keys(
    "支出 支出金额 支出金额(-)（元） 取出金额 转出金额 本期支出 记账金额(支出) 借 借方发生额 "
    "借方发生额/元 借方发生额/元(支取) 借方发生额（元） 借方发生额（支出） 借方发生额（支取） "
    "借方金额 借方金额(支出) 借方(出账) 贷方金额（支）"
)
INS = keys(
    "收入 收入金额 收入金额(+)（元） 存入 存入金额 转入金额 本期收入 记账金额(收入) 贷 贷方发生额 "
    "贷方发生额/元 贷方发生额/元(收入) 贷方发生额（元） 贷方发生额（收入） 贷方金额 贷方金额(收入) "
    "贷方(入账) 借方金额（收）"
)
AMOUNTS = keys(
    "金额 交易金额 交易金额(分) 交易发生额 发生额 实付金额 转账金额（元） 人民币金额 结算金额 "
    "入账金额 入账币种/金额 收入/支出金额 "
)
BALANCES = keys(
    "余额 余额/元 账户余额 账户余额(分) 本次余额 交易余额 联机余额 余额（元） 交易后余额"
)
OTHER_NAMES = keys(
    "交易对方 对方户名 对方名称 对方单位 对方单位名称 对方账户名 对方账户名称 对方账号名称 "
    "对手户名 对手姓名 对手侧账户名称 交易对手名称 收(付)方名称 商户名称"
)
OTHER_NUMBERS = keys(
    "对方账号 对方账户 对方帐户 对方卡号/账号 对方账户账号 交易对手账卡号 交易对手账号 对手账号 "
    "对手方ID 收(付)方账号"
)
PARTIES = keys("对方账号与户名 对手信息 对方户名/账号 交易对手信息 交易对方信息")
OWN_NUMBERS = keys("本方账号 账号 交易卡号 用户ID 账户")
PAYER_NUMBERS = keys("付款账号 付款方账号 付款方支付宝账号 买家用户id 付款方的支付帐号 付款人账号")
PAYEE_NUMBERS = keys("收款账号 收款方账号 收款方支付宝账号 卖家用户id 收款方的支付帐号 收款人账号")
PAYER_NAMES = keys("付款方姓名 付款人户名 买家信息 付款人名称")
PAYEE_NAMES = keys("收款方姓名 收款人户名 卖家信息 收款方的商户名称 收款人名称")
STATUSES = keys("交易状态 当前状态 交易是否成功")
CURRENCIES = keys("币种 币别 货币 交易币种 记账币种 结算币种 入账货币 交易货币")
SERIALS = keys("交易单号 交易订单号 交易号 交易流水号 流水号 流水单号 账务流水号")
OWN_NAMES = keys("账户名称 本方账户名称 户名 账户开户名称 交易方户名 用户侧账号名称 账号名称")
# The English headers of HSBC in Hong Kong.
DAYS |= {cell_key("Date"), cell_key("Transaction date")}
AMOUNTS |= {cell_key("Billing amount")}
BALANCES |= {cell_key("Balance")}
OTHER_NAMES |= {cell_key("Merchant name")}
STATUSES |= {cell_key("Transaction status")}
CURRENCIES |= {cell_key("Billing currency")}
NO_NAME = {"jd": OTHER_NAMES - keys("商户名称")}  # 商户名称 is the other side only there

# Marks of direction by header: (out, in), or by the layout where it has its own.
MARKS = {
    cell_key("收/支"): ("支出", "收入"), cell_key("收/支/其他"): ("支出", "收入"),
    cell_key("资金状态"): ("已支出", "已收入"), cell_key("借贷类型"): ("出", "入"),
    cell_key("收付标志"): ("出", "进"), cell_key("借/贷"): ("借", "贷"),
    cell_key("借贷"): ("借 Dr", "贷 Cr"),
    cell_key("借贷标志(1收2付)"): ("2", "1"),
    cell_key("Credit / Debit"): ("DEBIT", "CREDIT"),
    cell_key("交易主体的出入账标识"): ("出账", "入账"),
}  # fmt: skip
SECTIONS = {"bocom-credit": ("消费 某店", "信用卡还款"), "bocom-credit-csv": ("消费 某店", "退货")}
# Cards write what was spent without a sign, all others what came in.
SPENT_IS_POSITIVE = {"cmb-credit", "citic-credit-xls", "cmbc-credit-eml", "cgb-credit",
                     "spdb-credit-xls", "psbc-credit-eml"}  # fmt: skip
DONE = {  # layout: (status of what moved, of what did not)
    "wechat": ("支付成功", "已关闭"), "jd": ("交易成功", "交易关闭"),
    "hsbc-hk-credit": ("POSTED", "DECLINED"),
    "police-bank-34": ("01", "02"), "police-bank-31": ("是", "否"),
}  # fmt: skip
ALIPAY = ("交易成功", "等待付款")
SOLID_DAYS = {"ccb-debit-xls", "ccb-corp-resp", "abc-debit-pdf", "cmb-debit-csv", "boc-corp",
              "spdb-debit-pdf", "spdb-credit-xls", "ccb-debit-hqmx", "citic-debit-pdf"}  # fmt: skip
SLASHED = {"boc-debit-web", "spdb-debit-xls", "cmbc-debit-pdf", "cgb-credit"}
# 交易时间 holds the day too, beside the day of booking.
WHOLE_TIMES = {"ccb-corp-resp", "ccb-corp-query", "psbc-corp-pdf", "cib-debit-xls", "cib-corp-xls"}
SOLID_TIMES = {"abc-debit-pdf", "spdb-debit-pdf"}


def written(layout: Layout, ledger: list[Entry], style: Style) -> bytes:
    """The file."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    width = len(layout.header)
    for title in (layout.zh, "", "导出时间：[2026-06-02 10:00:00]"):
        writer.writerow([title, *[""] * (width - 1)])
    writer.writerow([f" {cell} " if style.padded else cell for cell in layout.header])
    rows, balance = [], OPENING
    for entry in ledger:
        if entry.void and not has(layout, STATUSES):
            continue
        if not entry.void:
            balance += -entry.fen if entry.out else entry.fen
        rows.append([_cell(layout, key, entry, balance, style) for key in _keys(layout)])
    writer.writerows(reversed(rows) if style.newest_first else rows)
    writer.writerow(["合计", *[""] * (width - 1)])
    return file.getvalue().encode(style.encoding)


def _keys(layout: Layout) -> tuple[str, ...]:
    return _compared(layout.header)


@cache
def _compared(header: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(cell_key, header))


def has(layout: Layout, cells: frozenset[str]) -> bool:
    """Whether it has one of these headers."""
    return bool(cells & set(_keys(layout)))


def _cell(layout: Layout, key: str, entry: Entry, balance: int, style: Style) -> str:
    for cells, value in (
        (BALANCES, lambda: _money(layout, balance, style)),
        (OTHER_NAMES - NO_NAME.get(layout.id, keys("商户名称")), lambda: entry.name),
        (PARTIES, lambda: _party(layout, entry)),
        (OTHER_NUMBERS, lambda: f"\t{entry.number}" if style.padded else entry.number),
        (STATUSES, lambda: DONE.get(layout.id, ALIPAY)[entry.void]),
        (CURRENCIES, lambda: "人民币"),
        (SERIALS, lambda: f"S{entry.at:%Y%m%d%H%M%S}\t"),
    ):
        if key in cells:
            return value()
    if layout.id in SECTIONS and key == cell_key("交易说明"):
        return SECTIONS[layout.id][not entry.out]
    if key in MARKS:
        return MARKS[key][not entry.out]
    return (
        _sides(layout, key, entry, style) or _when(layout, key, entry) or _own(layout, key, entry)
    )


def _party(layout: Layout, entry: Entry) -> str:
    if layout.id.startswith("alipay"):
        return f"{entry.number}({entry.name})"
    named_first = cell_key("对方户名/账号") in _keys(layout)
    parts = (entry.name, entry.number) if named_first else (entry.number, entry.name)
    return "/".join(parts)


def _money(layout: Layout, fen: int, style: Style) -> str:
    if has(layout, keys("交易金额(分)")):
        return str(fen)
    return f"{fen / 100:,.2f}" if style.thousands else f"{fen / 100:.2f}"


def _sides(layout: Layout, key: str, entry: Entry, style: Style) -> str:
    if key in OUTS | INS:
        mine = key in OUTS if entry.out else key in INS
        return _money(layout, entry.fen, style) if mine else style.empty
    if key not in AMOUNTS:
        return ""
    signed = not (set(_keys(layout)) & set(MARKS)) and layout.id not in SECTIONS
    signed = signed and not has(layout, PAYER_NUMBERS)
    negative = entry.out is not (layout.id in SPENT_IS_POSITIVE)
    sign = "-" if signed and negative else ""
    before = "¥" if layout.id in ("wechat", "meituan-2025") else ""
    before = "CNY " if layout.id in SECTIONS else before
    return sign + before + _money(layout, entry.fen, style)


def _when(layout: Layout, key: str, entry: Entry) -> str:
    day = "%Y%m%d" if layout.id in SOLID_DAYS else "%Y-%m-%d"
    day = "%Y/%m/%d" if layout.id in SLASHED else day
    day = "%d/%m/%Y" if layout.id.startswith("hsbc-hk") else day
    clock = "%H%M%S" if layout.id in SOLID_TIMES else "%H:%M:%S"
    two = has(layout, DAYS) and has(layout, TIMES) and layout.id not in WHOLE_TIMES
    if key in TIMES and two:
        return f"{entry.at:{clock}}"
    if key in DAYS and (two or not has(layout, STAMPS)):
        return f"{entry.at:{day}}"
    if key in STAMPS:
        return f"{entry.at:{day} {clock}}"
    return ""


def _own(layout: Layout, key: str, entry: Entry) -> str:
    if has(layout, PAYER_NUMBERS):
        own, other = (OWN, OWN_NAME), (entry.number, entry.name)
        payer, payee = (own, other) if entry.out else (other, own)
        for cells, value in ((PAYER_NUMBERS, payer[0]), (PAYEE_NUMBERS, payee[0]),
                             (PAYER_NAMES, payer[1]), (PAYEE_NAMES, payee[1])):  # fmt: skip
            if key in cells:
                return value
    if key == cell_key("用户信息"):
        return f"{OWN}({OWN_NAME})"
    if key in OWN_NUMBERS:
        return OWN
    if key == cell_key("对手方接收金额(分)"):
        return str(entry.fen)
    return OWN_NAME if key in OWN_NAMES else ""


def told(layout: Layout, entry: Entry) -> Entry:
    """What the layout can tell of an entry: not every one names the other side, or the time."""
    listed = has(layout, PAYER_NUMBERS)
    name_cells = OTHER_NAMES - NO_NAME.get(layout.id, keys("商户名称"))
    named = has(layout, name_cells | PARTIES) or (listed and has(layout, PAYEE_NAMES))
    both = has(layout, PAYER_NAMES)
    named = named and (not listed or both or entry.out)
    numbered = has(layout, OTHER_NUMBERS | PARTIES) or listed
    timed = has(layout, STAMPS | TIMES)
    at = entry.at if timed else datetime.datetime.combine(entry.at.date(), datetime.time())
    return replace(entry, at=at, name=entry.name if named else "",
                   number=entry.number if numbered else "")  # fmt: skip
