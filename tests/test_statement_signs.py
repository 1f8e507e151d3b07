"""How money in and out were read is said, and a file that has them the wrong way round is stopped.

The ledger of the files: 1 000.00 at first; 300.00 out, 200.00 in, 50.00 out, 120.00 in; so the
balances are 700.00, 900.00, 850.00 and 970.00.
"""

from __future__ import annotations

import io
import shlex
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.strategy import draws

from simlib.cli import main
from simlib.errors import StatementError
from simlib.explain.import_report import signs_words
from simlib.statement import combine, convert, detect, mapping_text, read_mapping, read_tables
from simlib.text import message

LEDGER = [(-30_000, 70_000), (20_000, 90_000), (-5_000, 85_000), (12_000, 97_000)]
MONEY = [("out", 30_000), ("in", 20_000), ("out", 5_000), ("in", 12_000)]


def yuan(fen: int) -> str:
    """Fen as a bank prints them."""
    return f"{fen / 100:,.2f}"


def table(data: str | bytes, name: str = "a.csv") -> object:
    """The only table of a file."""
    (found,) = read_tables(data.encode() if isinstance(data, str) else data, name)
    return found


def reading(data: str | bytes, **changes: object) -> object:
    """A file as its headers tell, and these changes."""
    found = table(data)
    mapping = detect(found)
    for name in ("欠款余额", "可用额度"):
        if isinstance(data, str) and name in data:
            mapping = mapping.change(columns={**mapping.columns, "balance": name})
    return convert(found, mapping.change(**changes) if changes else mapping)


def money(read: object) -> list[tuple[str, int]]:
    """What went out and what came in."""
    return [("out" if m.own is m.payer else "in", m.amount_fen) for m in read.movements]


# ---- ten files, right and with in and out exchanged


def _columns(out: str, into: str, *, back: bool = False, time: bool = True) -> str:
    """A file with a column for each direction."""
    lines = []
    for day, (change, balance) in enumerate(LEDGER, 1):
        amounts = (yuan(-change), "") if change < 0 else ("", yuan(change))
        at = f"2022-10-{day:02d} 10:00:00" if time else f"2022-10-{day:02d}"
        lines.append(f'{at},"{amounts[0]}","{amounts[1]}","{yuan(balance)}",B{day}')
    lines = lines[::-1] if back else lines
    return "\n".join([f"交易日期,{out},{into},余额,对方账号", *lines]) + "\n"


def _marks(header: str, out: str, into: str) -> str:
    """A file with an amount and a mark."""
    lines = [
        f'2022-10-{day:02d},"{yuan(abs(change))}",{out if change < 0 else into},"{yuan(balance)}",B'
        for day, (change, balance) in enumerate(LEDGER, 1)
    ]
    return "\n".join([f"交易日期,交易金额,{header},余额,对方账号", *lines]) + "\n"


def _signed(sign: int, balance: str = "余额", title: str = "", debt: bool = False) -> str:
    """A file with signed amounts; the balance of a debt of 1 000.00 falls as it grows."""
    lines = [title] if title else []
    lines.append(f"交易日期,交易金额,{balance},对方账号")
    for day, (change, held) in enumerate(LEDGER, 1):
        shown = 200_000 - held if debt else held
        lines.append(f'2022-10-{day:02d},"{yuan(sign * change)}","{yuan(shown)}",B')
    return "\n".join(lines) + "\n"


def _list(out: str, into: str) -> str:
    """A list of the police: two accounts of the same owner, each with its balances."""
    head = "交易卡号,交易时间,交易金额,交易余额,收付标志,对手账号\n"
    lines = [
        f"{own},2022-10-{day:02d} 1{n}:00:00,{abs(change) / 100},{balance / 100},"
        f"{out if change < 0 else into},B"
        for day, (change, balance) in enumerate(LEDGER, 1)
        for n, own in enumerate(("6222020000001111", "6217000000002222"))
    ]
    return head + "\n".join(lines) + "\n"


def _book(out: str, into: str) -> bytes:
    """The same as a workbook."""
    made = openpyxl.Workbook()
    made.active.append(["日期", out, into, "余额"])
    for day, (change, balance) in enumerate(LEDGER, 1):
        amounts = [-change / 100, None] if change < 0 else [None, change / 100]
        made.active.append([f"2022-10-{day:02d}", *amounts, balance / 100])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


FILES = {  # right, exchanged
    "借方 and 贷方": (_columns("借方发生额", "贷方发生额"), _columns("贷方发生额", "借方发生额")),
    "支出 and 收入, days only": (
        _columns("支出", "收入", time=False), _columns("收入", "支出", time=False)),
    "newest first": (_columns("支出", "收入", back=True), _columns("收入", "支出", back=True)),
    "English": (_columns("Debit", "Credit"), _columns("Credit", "Debit")),
    "借 and 贷": (_marks("借贷标志", "借", "贷"), _marks("借贷标志", "贷", "借")),
    "支出 and 收入 as marks": (_marks("收/支", "支出", "收入"), _marks("收/支", "收入", "支出")),
    "D and C": (_marks("借贷标志", "D", "C"), _marks("借贷标志", "C", "D")),
    "signs": (_signed(1), _signed(-1)),
    "a list of two accounts": (_list("出", "进"), _list("进", "出")),
    "a workbook": (_book("支出", "收入"), _book("收入", "支出")),
    "a debt": (_signed(1, "欠款余额", debt=True), _signed(-1, "欠款余额", debt=True)),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_a_file_with_in_and_out_exchanged_is_stopped(kind):
    """The right one is taken; the other one stops with what is likely right; turned it is right."""
    right, wrong = FILES[kind]
    good, bad = reading(right), reading(wrong)
    assert (good.reversed, bad.reversed) == (False, True)
    assert combine([good]).taken == good.taken
    with pytest.raises(StatementError) as refused:
        combine([bad])
    assert refused.value.code == "statement-reversed"
    values = refused.value.values
    assert (values["read"], values["turned"]) == (0, values["count"])
    assert "--turn a.csv" in message(refused.value, "zh")
    assert "--turn a.csv" in message(refused.value, "en")
    turned = reading(wrong, turned=True)
    assert not turned.reversed
    assert turned.movements == good.movements
    assert turned.openings == good.openings
    if kind != "a list of two accounts":
        assert money(turned) == MONEY


def test_a_list_of_payers_and_payees_can_be_turned():
    """5.00 from A to B by its columns; turned, from B to A."""
    text = "日期,付款账号,收款账号,金额\n2022-10-01,A,B,5.00\n"
    ends = [[(m.payer.number, m.payee.number) for m in reading(text, turned=t).movements]
            for t in (False, True)]  # fmt: skip
    assert ends == [[("A", "B")], [("B", "A")]]


def test_nearly_all_is_enough_and_chance_is_not():
    """A row of five is missing: of 3 balances 2 fit turned, none as read: stopped. Balances that
    fit neither way stay a warning. Two balances are one step, which proves nothing."""
    lines = _columns("收入", "支出").split("\n")
    more = '2022-10-05 10:00:00,"10.00","","960.00",B5'
    cut = "\n".join([*lines[:2], *lines[3:5], more]) + "\n"  # 700 → (900) 850 → 970 → 960
    found = reading(cut)
    assert (found.against.values["count"], found.against.values["turned"]) == (3, 2)
    odd = reading("日期,支出,收入,余额\n2022-10-01,1,,9\n2022-10-02,2,,5\n2022-10-03,3,,1\n")
    assert not odd.reversed
    assert "balance-differs" in {note.code for note in odd.warnings}
    assert not reading("\n".join(lines[:3]) + "\n").reversed


def test_equal_amounts_are_told_by_their_days():
    """100.00, 180.00, 260.00: read as money out it fits from the last to the first; the days run
    the other way, so it came in. On one day alone nobody can tell, and the reading stays."""
    rows = "日期,支出,余额,收入\n2022-10-0{},80,100,\n2022-10-0{},80,180,\n2022-10-0{},80,260,\n"
    assert reading(rows.format(1, 2, 3)).reversed
    assert not reading(rows.format(3, 2, 1)).reversed
    assert not reading(rows.format(1, 1, 1)).reversed


def test_one_account_of_several_that_is_exchanged_is_stopped_too():
    """In the list the second account has its marks the wrong way round."""
    lines = _list("出", "进").split("\n")
    swap = str.maketrans("出进", "进出")
    text = "\n".join(line.translate(swap) if line.startswith("6217") else line for line in lines)
    with pytest.raises(StatementError) as refused:
        combine([reading(text)])
    assert refused.value.code == "statement-reversed-part"
    assert (refused.value.values["row"], refused.value.values["turned"]) == (3, 3)
    assert message(refused.value, "zh") != message(refused.value, "en")


# ---- cards


def test_a_debt_grows_with_money_spent():
    """Of a card the balance fits as a debt: said, not stopped; of another account it stops, unless
    the mapping says that it is owed. A debt is no money at hand."""
    card = reading(_signed(1, title="某某银行信用卡账单", debt=True), positive="in")
    assert not card.reversed
    assert "balance-owed" in {note.code for note in card.warnings}
    assert card.openings == {}
    assert reading(_signed(1, debt=True)).reversed
    assert not reading(_signed(1, debt=True), owed=True).reversed
    assert not reading(_signed(1, "可用额度", title="信用卡"), positive="in").reversed


def test_words_of_a_cards_rows_contradict_its_reading():
    """消费 came in and 还款 went out: stopped, though there is no balance; turned it is right."""
    head = "信用卡交易明细\n交易日期,交易金额,摘要\n"
    rows = "2022-10-01,80.00,消费\n2022-10-02,20.00,消费\n2022-10-03,-100.00,还款\n"
    with pytest.raises(StatementError) as refused:
        combine([reading(head + rows, positive="in")])
    assert refused.value.code == "statement-reversed-words"
    assert (refused.value.values["read"], refused.value.values["turned"]) == (0, 3)
    assert not reading(head + rows, positive="in", turned=True).reversed
    assert not reading(head + rows, positive="out").reversed
    assert not reading(head.partition("\n")[2] + rows, positive="in").reversed  # no card


# ---- what is said


def test_signs_are_said_in_one_line_with_two_examples():
    """Which columns, and of each direction the first row that names somebody, by pseudonym."""
    found = combine([reading(_columns("支出", "收入"))])
    assert signs_words(found.signs[0], "zh") == (
        "收支的读法：“支出”列是支出，“收入”列是收入；例如第2行，2022-10-01 付给 c2 300.00 元；"
        "例如第3行，2022-10-02 收到 c3 200.00 元"
    )
    marks = combine([reading(_marks("借贷标志", "借", "贷"))]).signs[0]
    assert "看“借贷标志”列：“借”是支出，“贷”是收入" in signs_words(marks, "zh")
    signs = combine([reading("日期,金额\n2022-10-01,-5.00\n")]).signs[0]
    assert signs_words(signs, "zh") == (
        "收支的读法：看“金额”列的正负号，正数是收入，负数是支出；"
        "例如第2行，2022-10-01 付给 未写明的对方 5.00 元；没有一行是收入"
    )
    turned = combine([reading(_marks("借贷标志", "贷", "借"), turned=True)]).signs[0]
    assert "“贷”是支出，“借”是收入（已按要求对调）" in signs_words(turned, "zh")
    listed = combine([reading("日期,付款账号,收款账号,金额\n2022-10-01,A,B,5.00\n")]).signs[0]
    assert signs_words(listed, "en") == (
        "In and out: column “付款账号” pays column “收款账号”; "
        "e.g. row 2: on 2022-10-01 CNY 5.00 went to c2"
    )


def test_a_readings_own_signs_name_people_as_the_file_does():
    """For the dialog, whose reader has the file open."""
    own = reading("日期,金额,对方户名,对方账号\n2022-10-01,-5.00,王五,6217\n").signs
    assert "付给 6217 王五 5.00 元" in signs_words(own, "zh")


def test_a_mapping_keeps_turned_and_owed():
    """As a file."""
    mapping = detect(table(_columns("支出", "收入"))).change(turned=True, owed=True, uncertain=())
    assert read_mapping(mapping_text(mapping)) == mapping


def test_the_command_line_stops_and_turns(tmp_path, monkeypatch, capsys):
    """The real name in the error, whichever way the file was given; `--turn` takes it."""
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(FILES["借方 and 贷方"][1], encoding="utf-8")
    Path("debt.csv").write_text(_signed(1, debt=True), encoding="utf-8")

    def run(line: str) -> tuple[int, str, str]:
        return (main(shlex.split(line)), *capsys.readouterr())

    code, out, err = run("import a.csv")
    assert (code, out) == (1, "")
    assert "请加 --turn a.csv" in err
    code, out, err = run("import a.csv --turn a.csv")
    assert (code, err) == (0, "")
    assert "“贷方发生额”列是支出，“借方发生额”列是收入（已按要求对调）" in out
    assert run("import debt.csv")[0] == 1
    assert run("import debt.csv --owed debt.csv")[0] == 0
    assert "找不到 b.csv" in run("import a.csv --turn b.csv")[2]


# ---- whatever the ledger


@settings(max_examples=draws(150), deadline=None)
@given(
    st.lists(st.integers(-10**7, 10**7).filter(bool), min_size=3, max_size=12),
    st.booleans(), st.booleans(),
)  # fmt: skip
def test_whatever_the_ledger_its_balances_tell(changes, back, swapped):
    """Days run, so the right file is never stopped, and the exchanged one always is."""
    balance, lines = 10**9, []
    for day, change in enumerate(changes, 1):
        balance += change
        amounts = (yuan(-change), "") if change < 0 else ("", yuan(change))
        lines.append(f'2022-10-{day:02d},"{amounts[0]}","{amounts[1]}","{yuan(balance)}"')
    names = ("收入", "支出") if swapped else ("支出", "收入")
    head = f"日期,{names[0]},{names[1]},余额"
    found = reading("\n".join([head, *(lines[::-1] if back else lines)]) + "\n")
    assert found.reversed is swapped
