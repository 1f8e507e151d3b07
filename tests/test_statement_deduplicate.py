"""What two sides, or two exports, list of the same money is taken once. Sums by hand."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.strategy import draws

from simlib.errors import StatementError
from simlib.statement import Key, combine, convert, detect, read_tables
from simlib.statement.deduplicate import combine_same
from simlib.statement.names_and_numbers import names_fit
from simlib.text import words

ZHAO, HAN, MA = "6222600110001112223", "6217000012340005678", "6222031112223334441"
POLICE = (
    "交易卡号,交易户名,交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名,交易流水号\n"
)
IN = f"{ZHAO},赵小川,2026-03-02 09:10:11,40.00,42.00,进,6228480011112222333,孙玉兰,LS001\n"
PAID = f"{ZHAO},赵小川,2026-03-02 09:20:11,41.00,1.00,出,{HAN},韩立新,LS002\n"
CAME = f"{HAN},韩立新,2026-03-02 09:20:12,41.00,43.00,进,{ZHAO},赵小川,LS005\n"
ON = f"{HAN},韩立新,2026-03-02 09:40:12,40.00,3.00,出,{MA},马五,LS006\n"

WECHAT = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号\n"
FIRST = "2026-03-20 18:40:10,转账,韩立新,/,支出,¥80.00,零钱,对方已收钱,1000050001202603200003\n"
SECOND = "2026-03-21 19:02:45,转账,韩立新,/,支出,¥120.00,零钱,对方已收钱,1000050001202603210002\n"
THIRD = "2026-04-02 08:00:00,转账,妈妈,/,收入,¥10.00,/,已存入零钱,1000050001202604020001\n"


def read(text: str, name: str = "a.csv", gaps: bool = False) -> object:
    """A statement as it is read without a word from the reader, or with one: rows are missing."""
    (table,) = read_tables(text.encode(), name)
    return convert(table, detect(table).change(gaps=gaps))


def moved(found: object) -> list[int]:
    """The amounts taken, in fen."""
    return [row["amount_fen"] for row in found.transfers]


def skipped(found: object) -> list[tuple[str, int, dict]]:
    """The rows that repeat another: where they stand, and which they repeat."""
    return [(line.label, line.row, dict(line.values)) for line in found.skipped
            if line.code in ("same-transfer", "same-serial", "same-sheet")]  # fmt: skip


def conserved(found: object) -> bool:
    """Whether every row read was taken, refused or skipped."""
    return found.read == found.taken + len(found.refused) + len(found.skipped)


# ---- both sides in one file


def test_both_sides_of_a_transfer_in_one_file_are_one():
    """40 in, 41 from 赵 to 韩 on both sides a second apart, 40 on: 40 + 41 + 40, the 41 once; 赵
    paid 41, 韩 got 41; 韩 had 43 − 41 = 2 before, 赵 42 − 40 = 2."""
    found = combine([read(POLICE + IN + PAID + CAME + ON)])
    assert moved(found) == [4_000, 4_100, 4_000]
    assert skipped(found) == [("a.csv", 4, {"label": "a.csv", "first": 3})]
    assert conserved(found)
    held = [(a.opening_fen, a.in_fen, a.out_fen) for a in found.accounts if a.own]
    assert held == [(200, 4_000, 4_100), (200, 4_100, 4_000)]
    assert {"one-sided", "maybe-twice"}.isdisjoint(note.code for note in found.warnings)


@pytest.mark.parametrize(
    ("came", "taken"),
    [("09:20:11", 1), ("09:15:11", 1), ("09:25:11", 1), ("09:25:12", 2), ("09:15:10", 2)],
)
def test_sides_in_one_file_are_at_most_five_minutes_apart(came, taken):
    """300 seconds either way are one transfer; 301 are two."""
    found = combine([read(POLICE + PAID + CAME.replace("09:20:12", came))])
    assert moved(found) == [4_100] * taken
    assert conserved(found)


def test_each_row_of_one_file_stands_for_one():
    """Paid twice, came once: two transfers. Paid twice, came twice: two. Came back: another one."""
    again = PAID.replace("09:20:11", "09:20:41").replace("LS002", "LS012")
    came = CAME.replace("09:20:12", "09:20:42").replace("LS005", "LS015")
    assert moved(combine([read(POLICE + PAID + again + CAME, gaps=True)])) == [4_100, 4_100]
    found = combine([read(POLICE + PAID + again + CAME + came, gaps=True)])
    assert moved(found) == [4_100, 4_100]
    assert [first["first"] for _, _, first in skipped(found)] == [2, 3]
    back = f"{ZHAO},赵小川,2026-03-02 09:21:00,41.00,42.00,进,{HAN},韩立新,LS020\n"
    assert moved(combine([read(POLICE + PAID + CAME + back, gaps=True)])) == [4_100, 4_100]


def test_one_file_still_tells_where_balances_do_not_fit():
    """韩 has 43 after the 41 and 3 after the 40; 4 is wrong, though the 41 counts once."""
    wrong = POLICE + IN + PAID + CAME + ON.replace(",3.00,", ",4.00,")
    with pytest.raises(StatementError) as stopped:
        combine([read(wrong)])
    assert stopped.value.code == "statement-gaps"
    assert stopped.value.values["listed"] == "5: 3.00 ≠ 4.00"
    found = combine([read(wrong, gaps=True)])
    assert moved(found) == [4_000, 4_100, 4_000]
    (note,) = [n for n in found.warnings if n.code.startswith("balance-")]
    assert (note.code, note.values["listed"]) == ("balance-gaps", "5: 3.00 ≠ 4.00")


def test_hidden_numbers_in_one_file_are_two_that_may_be_one():
    """The payee's side hides the payer's number: nobody can tell; both are taken and it is said."""
    found = combine([read(POLICE + PAID + CAME.replace(f"进,{ZHAO}", "进,6222****2223"))])
    assert moved(found) == [4_100, 4_100]
    assert "maybe-twice" in {note.code for note in found.warnings}


# ---- one serial number in two exports


def test_overlapping_wallet_bills_are_taken_once():
    """80 + 120, then the 120 again and 10: 80, 120 and 10."""
    bills = [read(WECHAT + FIRST + SECOND), read(WECHAT + SECOND + THIRD, "b.csv")]
    found = combine(bills)
    assert moved(found) == [8_000, 12_000, 1_000]
    assert skipped(found) == [("b.csv", 2, {"label": "a.csv", "first": 3})]
    assert conserved(found)
    (note,) = [n for n in found.warnings if n.code == "likely-one"]
    own = [account.id for account in found.accounts if account.own]
    assert note.values == {"label": "a.csv", "other": "b.csv", "count": 1, "first": "=".join(own)}
    for lang in ("zh", "en"):
        said = words("statement", "notes.likely-one", lang, **note.values)
        assert f"--same {note.values['first']}" in said
        assert "--own" in said
        assert "--" not in words("own_lab", "statement.notes.likely-one", lang, **note.values)
    assert combine_same(bills, Key(), [(own[0], own[1])]).taken == 3  # the remedy works


def test_a_bill_that_another_holds_whole_adds_nobody():
    """Three copies are one: 80 and 120; 韩立新 and the owner stand there once."""
    bills = [read("\n" * n + WECHAT + FIRST + SECOND, f"{n}.csv") for n in range(3)]
    found, alone = combine(bills), combine(bills[:1])
    assert moved(found) == [8_000, 12_000]
    assert conserved(found)
    assert found.accounts == alone.accounts
    assert found.by_name == alone.by_name
    assert found.holders == alone.holders
    people = [n for n in found.assumptions if n.code in ("by-name", "maybe-same")]
    assert people == [n for n in alone.assumptions if n.code in ("by-name", "maybe-same")]


def test_three_overlapping_statements_of_a_known_account_are_taken_once():
    """The third, too, lists what the first does."""
    head = "日期,支出,收入,余额,对方账号,本方账号,流水号\n"
    row = "2022-03-31 10:00:00,5.00,,95.00,B,A,S9\n"
    found = combine([read("\n" * n + head + row, f"{n}.csv") for n in range(3)])
    assert moved(found) == [500]
    assert [(label, first["label"]) for label, _, first in skipped(found)] == [
        ("1.csv", "0.csv"), ("2.csv", "0.csv")]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1000050001202603210002", "1000050001202603210009"),  # another serial number
        ("¥120.00", "¥120.01"),
        ("支出", "收入"),
        ("19:02:45", "19:02:46"),
        ("韩立新", "李四"),
    ],
)
def test_what_differs_in_one_point_is_two(old, new):
    """Number, amount, direction, instant; and nobody's money becomes another's."""
    found = combine([read(WECHAT + SECOND), read(WECHAT + SECOND.replace(old, new), "b.csv")])
    assert found.taken == 2
    assert skipped(found) == []


@pytest.mark.parametrize(
    ("serial", "taken"),
    [("12345678901", 2), ("123456789012", 1), ("000000000000", 2), ("1.00005000120260E+21", 2)],
)
def test_a_serial_number_must_be_long_enough_to_be_one(serial, taken):
    """Eleven characters, zeros, and a number rounded by a spreadsheet prove nothing."""
    row = SECOND.replace("1000050001202603210002", serial)
    assert combine([read(WECHAT + row), read("\n" + WECHAT + row, "b.csv")]).taken == taken


def test_one_serial_number_on_two_known_accounts_is_two():
    """A batch paid by two accounts at one instant under one number; and twice within one file."""
    head = "时间,支出,收入,对方账号,本方账号,流水号\n"
    row = "2022-03-31 10:00:00,5.00,,6005,{},202203310000001\n"
    one, two = row.format("6222020000001111"), row.format("6222020000002222")
    assert combine([read(head + one), read(head + two, "b.csv")]).taken == 2
    batch = "2022-03-31 10:00:00,5.00,,{},,202203310000001\n"
    both = batch.format("6005") + batch.format("6006")
    found = combine([read(head + both), read("\n" + head + both, "b.csv")])
    assert moved(found) == [500, 500]
    assert [first["first"] for _, _, first in skipped(found)] == [2, 3]


@pytest.mark.parametrize(("balance", "taken"), [("10.00", 1), ("20.00", 2)])
def test_a_balance_goes_before_a_serial_number(balance, taken):
    """One number, amount and instant in two statements that name no account: one row, unless the
    balances behind it are two."""
    text = (
        "时间,支出,收入,余额,对方账号,流水号\n2022-03-31 10:00:00,5.00,,{},6005,202203310000001\n"
    )
    both = [read(text.format("10.00")), read("\n" + text.format(balance), "b.csv")]
    assert combine(both).taken == taken


@pytest.mark.parametrize(("number", "taken"), [("6222020000001111", 1), ("6222****1111", 2)])
def test_a_hidden_number_without_a_name_is_nobodys_other_side(number, taken):
    """5.00 from 6005 to the number and on the number's own statement: one transfer, unless the
    number is hidden and may be several people's."""
    row = "时间,支出,收入,本方账号,对方账号\n2022-03-31 10:00:00,{},{},{}\n"
    paid = read(row.format("5.00,", "6005", number))
    came = read(row.format(",5.00", number, "6005"), "b.csv")
    assert combine([paid, came]).taken == taken


# ---- whatever the rows


WHOLE = ("张三", "李四", "李小红")
PEOPLE = dict(zip(WHOLE, ("6222020000001111", "6222020000002222", "6222****1111"), strict=True))
ROWS = st.lists(
    st.tuples(
        st.sampled_from((*WHOLE, "")),  # whose account, or nobody says
        st.sampled_from((*WHOLE, "李*")),
        st.booleans(),
        st.integers(0, 2),  # the minute, and the serial number
    ),
    max_size=6,
)


@settings(max_examples=draws(200), deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=3))
def test_money_to_one_name_never_becomes_anothers_and_no_row_is_lost(statements):
    """Several people's rows in one file, and files that overlap: a row that is skipped repeats one
    that is taken, of the same amount, between people whose names fit, and no more than one of each
    file; an account has one whole name."""
    head = "时间,支出,收入,本方账号,本方户名,对方账号,对方户名,流水号\n"
    said: dict[tuple[str, int], tuple[str, str]] = {}
    readings = []
    for number, rows in enumerate(statements):
        text = "\n" * number + head
        for line, (own, other, out, minute) in enumerate(rows, number + 2):
            amounts = "5.00," if out else ",5.00"
            text += (f"2022-10-01 10:0{minute}:00,{amounts},{PEOPLE.get(own, '')},{own},"
                     f"{PEOPLE.get(other, '')},{other},20221001000{minute}12\n")  # fmt: skip
            said[f"{number}.csv", line] = (own, other) if out else (other, own)
        if rows:
            readings.append(read(text, f"{number}.csv"))
    if not readings:
        return
    key = Key()
    found = combine(readings, key)
    assert conserved(found)
    taken = {key.transfers[row["id"]]: row for row in found.transfers}
    repeated = Counter()
    for label, row, first in skipped(found):
        place = first["label"], first["first"]
        assert (label, row) not in taken
        repeated[label, place] += 1
        for one, other in zip(said[label, row], said[place], strict=True):
            assert not one or not other or names_fit(one, other)
    assert max(repeated.values(), default=1) == 1
    names_of = defaultdict(set)
    for place, row in taken.items():
        for end, name in zip((row["payer"], row["payee"]), said[place], strict=True):
            if name in WHOLE:
                names_of[end].add(name)
    assert all(len(names) == 1 for names in names_of.values())


# ---- one sheet given twice

SHEET = "交易日期,交易时间,借贷标志,交易金额,余额,对方账号,对方户名,流水号\n"
NUMBERS = ("202403010000123456781", "202403010000123456782", "202403020000123456783")
OUT = "2024-03-01,10:00:00,借,100.00,900.00,6217000000000002,周明,{}\n"
OUT_AGAIN = "2024-03-01,10:00:00,借,100.00,800.00,6217000000000002,周明,{}\n"
BACK = "2024-03-02,11:00:00,贷,500.00,1300.00,31050000000000003,何静,{}\n"
OF_ZHAO = f"账号：{ZHAO} 户名：赵小川\n"


def sheet(*numbers: str, head: str = "", rows: tuple[str, ...] = (OUT, OUT_AGAIN, BACK)) -> str:
    """A statement with these serial numbers; of two payments only the balance differs."""
    return head + SHEET + "".join(row.format(n) for row, n in zip(rows, numbers, strict=True))


@pytest.mark.parametrize(
    "rounded",
    [
        [number[:15] + "0" * 6 for number in NUMBERS],  # as Excel keeps them
        ["2.02403E+20"] * 3,  # as Excel shows them
        [""] * 3,
    ],
)
@pytest.mark.parametrize("head", ["", OF_ZHAO])
def test_sheet_with_rounded_numbers_is_taken_once(rounded, head):
    """100 + 100 out and 500 in, whoever's the sheet is; nobody stands there twice."""
    once = combine([read(sheet(*NUMBERS, head=head))])
    found = combine([read(sheet(*NUMBERS, head=head)), read(sheet(*rounded), "b.csv")])
    assert moved(found) == [10_000, 10_000, 50_000]
    assert found.accounts == once.accounts
    assert [(line.row, line.code) for line in found.skipped if line.label == "b.csv"][1:] == [
        (2, "same-sheet"), (3, "same-sheet"), (4, "same-sheet")
    ]  # fmt: skip
    assert "same-sheet" in {note.code for note in found.assumptions}
    assert conserved(found)


def test_overlap_with_rounded_numbers_is_taken_once():
    """The last two of three rows, and one more: four in all."""
    more = "2024-03-03,09:00:00,借,1.00,1299.00,6217000000000002,周明,{}\n"
    later = sheet("2.02403E+20", "2.02403E+20", "2.02403E+20", head=OF_ZHAO,
                  rows=(OUT_AGAIN, BACK, more))  # fmt: skip
    found = combine([read(sheet(*NUMBERS, head=OF_ZHAO)), read(later, "b.csv")])
    assert moved(found) == [10_000, 10_000, 50_000, 100]


@pytest.mark.parametrize(
    ("was", "now"),
    [("1300.00", "1301.00"), ("500.00", "500.01"), ("11:00:00", "11:00:01"), ("何静", "何丽"),
     (",贷,", ",借,"), ("4.00001E+20", "4.00005E+20")],
)  # fmt: skip
def test_sheets_that_differ_in_one_cell_are_two(was, now):
    """Of accounts nobody names: six transfers, not three. Where an amount, a balance or a mark was
    changed the balances of the second sheet do not follow: rows are missing, says the reader."""
    other = sheet("2.02403E+20", "2.02403E+20", "4.00001E+20").replace(was, now)
    assert now in other
    numbers = (*NUMBERS[:2], "400001234567890123456")
    assert combine([read(sheet(*numbers)), read(other, "b.csv", gaps=True)]).taken == 6


def test_one_day_of_two_people_is_not_one_sheet():
    """Two victims who paid the same on the same days; neither sheet names its owner."""
    head = "日期,支出,收入,对方户名\n"
    paid = head + "2024-03-01,100.00,,周明\n2024-03-02,500.00,,周明\n"
    assert combine([read(paid + "\n"), read(paid, "b.csv")]).taken == 4


def test_both_sides_far_apart_are_named_and_not_silent():
    """09:20:11 and 09:27:12 are seven minutes apart: both are taken, and the pair is named; with
    the row of 09:20:12 the payment is met, and a day later is another payment."""
    late = CAME.replace("09:20:12", "09:27:12").replace("LS005", "LS009")
    one, two = POLICE + IN + PAID, POLICE + late + ON
    found = combine([read(one), read(two, "b.csv")])
    assert moved(found) == [4000, 4100, 4100, 4000]
    (note,) = [n for n in found.warnings if n.code == "far-apart"]
    assert note.values == {"count": 1, "listed": "a.csv:3 = b.csv:2"}
    for text in (POLICE + CAME + ON, two.replace("2026-03-02 09:27", "2026-03-03 09:27")):
        found = combine([read(one), read(text, "b.csv", gaps=True)])
        assert "far-apart" not in {n.code for n in found.warnings}
