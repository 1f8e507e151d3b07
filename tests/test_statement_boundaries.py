"""What happens just at an edge: one instant, one account, half of the rows. Reckoned by hand."""

from __future__ import annotations

import pytest

from simlib.statement import combine, convert, detect, read_tables

HEAD = "户名：赵敏,账号：6222020000001111234\n"
OWN = "6222020000001111234"
LI = "6217000000000000025,李四"


def read(text: str, name: str = "a.csv", **said: object) -> object:
    """The reading of a file of one table."""
    (table,) = read_tables(text.encode(), name)
    return convert(table, detect(table).change(**said))


@pytest.mark.parametrize(
    ("paid", "back", "met"),
    [("09:00:00", "09:00:00", 1), ("09:00:00", "09:00:01", 1), ("09:00:01", "09:00:00", 0)],
)
def test_a_payment_and_its_return_in_one_instant(paid, back, met):
    """3000 paid and 退汇 in the same second: the return is from 李四; a payment one second later
    cannot be what came back, so that nobody stands beside the return."""
    found = read(
        f"{HEAD}交易时间,收支,金额,对方账号,对方户名\n2023-03-02 {paid},支出,3000.00,{LI}\n"
        f"2023-03-02 {back},收入,3000.00,,退汇\n"
    )
    assert [m.payer.name for m in found.movements if m.own is m.payee] == ["李四"] * met or [""]
    notes = {note.code for note in (*found.assumptions, *found.warnings)}
    assert ("returned" in notes, "returned-unmet" in notes) == (met == 1, met == 0)


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [("09:00:00", "09:00:00", ["maybe-reversed", "said-unmoved"]),
     ("09:00:01", "09:00:00", ["said-unmoved"])],
)  # fmt: skip
def test_a_payment_and_its_reversal_in_one_instant(first, second, codes):
    """3000 paid and 冲正 the same way in the same second: neither is taken unasked; a payment of a
    second later is not what was reversed, and stays."""
    found = read(
        f"{HEAD}交易日期,交易时间,收支,金额,对方账号,对方户名,摘要\n"
        f"2023-03-02,{first},支出,3000.00,{LI},转账\n2023-03-02,{second},支出,3000.00,{LI},冲正\n"
    )
    assert sorted(line.code for line in found.refused) == codes


@pytest.mark.parametrize(("fee", "balance", "outcome"), [
    ("0.00", "700.00", "to-itself"), ("2.00", "698.00", "fee-to-itself"),
    ("", "400.00", "moved"),
])  # fmt: skip
def test_the_fee_of_a_movement_to_oneself(fee, balance, outcome):
    """300 within the account leave 700 as they were and move nothing; a fee of 2 leaves 698: money
    left, to whom the row does not say, so that it is refused; 700 − 300 = 400: the money moved."""
    found = read(
        f"{HEAD}交易日期,支出,收入,手续费,余额,对方账号\n"
        "2023-03-01,,700.00,,700.00,6217000000000000025\n"
        f"2023-03-02,300.00,,{fee},{balance},{OWN}\n"
    )
    rows = {line.row: line.code for line in (*found.skipped, *found.refused)}
    rows |= {m.row: "moved" for m in found.movements}
    assert rows[4] == outcome
    assert [line.values.get("fee") for line in found.refused] == ["2.00"] * (fee == "2.00")


ROW = "{at},支出,{amount},李四\n"


@pytest.mark.parametrize(("start", "met"), [("10:00:00", 1), ("10:00:01", 0)])
def test_two_statements_that_touch_in_one_instant(start, met):
    """The first ends at the instant at which the second begins, with the same 80: both are taken,
    and the pair is named; a second later the periods have no instant in common."""
    head = f"{HEAD}交易时间,收支,金额,对方户名\n"
    one = head + ROW.format(at="2023-03-01 09:00:00", amount="70.00")
    one += ROW.format(at="2023-03-02 10:00:00", amount="80.00")
    two = head + ROW.format(at=f"2023-03-02 {start}", amount="80.00")
    two += ROW.format(at="2023-03-03 09:00:00", amount="90.00")
    found = combine([read(one, "a.csv"), read(two, "b.csv")])
    assert [row["amount_fen"] for row in found.transfers] == [7_000, 8_000, 8_000, 9_000]
    notes = [n.values for n in found.warnings if n.code == "overlap"]
    assert [n["listed"] for n in notes] == ["a.csv:4 = b.csv:3"] * met


@pytest.mark.parametrize(
    ("turned", "code"),
    [(0, None), (1, "gaps"), (4, "gaps"), (6, "gaps"), (9, "gaps"), (10, "reversed"),
     (12, "reversed")],
)  # fmt: skip
def test_some_of_the_rows_turned_round(turned, code):
    """Of twelve balances behind another (1000, 990, 980, …) each follows from its own row. A third
    (4) or half (6) of them turned round stop the reading and are named, but say not that all must
    be turned; that needs four times as many as fit: 10 against 2, not 9 against 3."""
    rows = ["2023-03-01,,1000.00,1000.00"]
    for n in range(1, 13):
        amount = ",10.00" if n <= turned else "10.00,"
        rows.append(f"2023-03-{n + 1:02d},{amount},{1000 - 10 * n}.00")
    found = read(f"{HEAD}交易日期,支出,收入,余额\n" + "\n".join(rows) + "\n")
    assert (found.against and found.against.code) == code
    if code == "gaps":
        assert (found.against.values["count"], found.against.values["whole"]) == (turned, 12)
