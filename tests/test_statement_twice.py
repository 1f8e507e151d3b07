"""One movement stands once, whoever lists it: in one file, in two, in two kinds of file."""

from __future__ import annotations

from simlib.statement import combine, convert, detect, read_tables

LIST = (
    "交易卡号,交易户名,交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名,交易流水号\n"
    "6222600110001,赵小川,2026-03-02 09:10:11,4000,4200.50,进,6228480011112,孙玉兰,LS001\n"
    "6222600110001,赵小川,2026-03-02 09:20:11,4100,100.50,出,6217000012340,韩立新,LS002\n"
    "6217000012340,韩立新,2026-03-02 09:20:12,4100,4300,进,6222600110001,赵小川,LS005\n"
    "6217000012340,韩立新,2026-03-02 09:40:12,4000,300,出,6222031112223,马五,LS006\n"
)
HEAD = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n"
FIRST = "2026-03-02 10:00:00,消费,甲店,茶,支出,¥12.00,零钱,支付成功,10000500020000000001,1,/\n"
BOTH = "2026-03-05 10:00:00,转账,李四,转账,支出,¥80.00,零钱,支付成功,10000500050000000002,2,/\n"
LAST = "2026-03-09 10:00:00,消费,乙店,饭,支出,¥30.00,零钱,支付成功,10000500090000000003,3,/\n"


def reading(text: str, name: str = "a.csv") -> object:
    """A file as its headers tell."""
    (table,) = read_tables(text.encode(), name)
    return convert(table, detect(table))


def test_a_list_of_two_holders_has_their_transfer_once():
    """赵小川 pays 韩立新 4100 in his row 3 and her row 4: 4000 in, 4100, 4000 out make three."""
    found = combine([reading(LIST)])
    assert [row["amount_fen"] for row in found.transfers] == [400_000, 410_000, 400_000]
    (line,) = [line for line in found.skipped if line.code == "same-transfer"]
    assert (line.row, line.values["first"]) == (4, 3)
    assert found.read == found.taken + len(found.refused) + len(found.skipped)
    own = {a.id: (a.in_fen, a.out_fen) for a in found.accounts if a.own}
    assert sorted(own.values()) == [(400_000, 410_000), (410_000, 400_000)]


def test_two_transfers_of_one_amount_stay_two():
    """4100 twice within a minute, each on both sides: two are taken and two skipped."""
    rows = LIST.splitlines(keepends=True)
    more = [rows[2].replace("09:20:11", "09:20:41").replace("LS002", "LS012"),
            rows[3].replace("09:20:12", "09:20:42").replace("LS005", "LS015")]  # fmt: skip
    found = combine([reading("".join([*rows, *more]))])
    assert [row["amount_fen"] for row in found.transfers].count(410_000) == 2
    assert sum(line.code == "same-transfer" for line in found.skipped) == 2


def test_overlapping_bills_of_a_wallet_list_a_payment_once():
    """The bill to 5 March and the bill from 5 March: 12.00, 80.00, 30.00; no account is named."""
    found = combine([reading(HEAD + FIRST + BOTH), reading(HEAD + BOTH + LAST, "b.csv")])
    assert [row["amount_fen"] for row in found.transfers] == [1_200, 8_000, 3_000]
    (line,) = [line for line in found.skipped if line.code == "same-transfer"]
    assert (line.label, line.row, line.values["first"]) == ("b.csv", 2, 3)


def test_a_short_serial_number_alone_makes_no_two_rows_one():
    """2 and 2 in the statements of two wallets nobody named: both are taken."""
    short = BOTH.replace("10000500050000000002", "2")
    found = combine([reading(HEAD + FIRST + short), reading(HEAD + short + LAST, "b.csv")])
    assert [row["amount_fen"] for row in found.transfers] == [1_200, 8_000, 8_000, 3_000]
