"""What two sides, or two exports, list of the same money is taken once. Sums by hand."""

from __future__ import annotations

import pytest

from simlib.statement import combine, convert, detect, read_tables

ZHAO, HAN, MA = "6222600110001112223", "6217000012340005678", "6222031112223334441"
POLICE = (
    "交易卡号,交易户名,交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名,交易流水号\n"
)
IN = f"{ZHAO},赵小川,2026-03-02 09:10:11,40.00,42.00,进,6228480011112222333,孙玉兰,LS001\n"
PAID = f"{ZHAO},赵小川,2026-03-02 09:20:11,41.00,1.00,出,{HAN},韩立新,LS002\n"
CAME = f"{HAN},韩立新,2026-03-02 09:20:12,41.00,43.00,进,{ZHAO},赵小川,LS005\n"
ON = f"{HAN},韩立新,2026-03-02 09:40:12,40.00,3.00,出,{MA},马五,LS006\n"


def read(text: str, name: str = "a.csv") -> object:
    """A statement as it is read without a word from the reader."""
    (table,) = read_tables(text.encode(), name)
    return convert(table, detect(table))


def moved(found: object) -> list[int]:
    """The amounts taken, in fen."""
    return [row["amount_fen"] for row in found.transfers]


def skipped(found: object) -> list[tuple[str, int, dict]]:
    """The rows that repeat another: where they stand, and which they repeat."""
    return [(line.label, line.row, dict(line.values)) for line in found.skipped
            if line.code in ("same-transfer", "same-serial")]  # fmt: skip


def conserved(found: object) -> bool:
    """Whether every row read was taken, refused or skipped."""
    return found.read == found.taken + len(found.refused) + len(found.skipped)


# ---- both sides in one file


def test_both_sides_of_a_transfer_in_one_file_are_one():
    """40 in, 41 from 赵 to 韩 on both sides a second apart, 40 on: 40 + 41 + 40, the 41 once; 赵 paid
    41, 韩 got 41; 韩 had 43 − 41 = 2 before, 赵 42 − 40 = 2."""
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
    again = (
        PAID.replace("09:20:11", "09:20:41").replace("LS002", "LS012").replace("1.00,出", "0.00,出")
    )
    came = CAME.replace("09:20:12", "09:20:42").replace("LS005", "LS015")
    assert moved(combine([read(POLICE + PAID + again + CAME)])) == [4_100, 4_100]
    found = combine([read(POLICE + PAID + again + CAME + came)])
    assert moved(found) == [4_100, 4_100]
    assert [first["first"] for _, _, first in skipped(found)] == [2, 3]
    back = f"{ZHAO},赵小川,2026-03-02 09:21:00,41.00,42.00,进,{HAN},韩立新,LS020\n"
    assert moved(combine([read(POLICE + PAID + CAME + back)])) == [4_100, 4_100]


def test_one_file_still_tells_where_balances_do_not_fit():
    """韩 has 43 after the 41 and 3 after the 40; 4 is wrong, though the 41 counts once."""
    found = combine([read(POLICE + IN + PAID + CAME + ON.replace(",3.00,", ",4.00,"))])
    assert moved(found) == [4_000, 4_100, 4_000]
    (note,) = [n for n in found.warnings if n.code == "balance-differs"]
    assert (note.values["row"], note.values["expected"], note.values["found"]) == (
        5,
        "3.00",
        "4.00",
    )


def test_hidden_numbers_in_one_file_are_two_that_may_be_one():
    """The payee's side hides the payer's number: nobody can tell; both are taken and it is said."""
    found = combine([read(POLICE + PAID + CAME.replace(f"进,{ZHAO}", "进,6222****2223"))])
    assert moved(found) == [4_100, 4_100]
    assert "maybe-twice" in {note.code for note in found.warnings}
