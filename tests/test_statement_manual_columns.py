"""Columns chosen by hand: what follows of them; in and out in each other's place."""

import pytest

from simlib.statement import StatementError, convert, detect, read_tables
from simlib.statement.detection.manual_columns import choose, turn, under

SHAPES = {
    "two": "日期,支出,收入,对方户名\n2024-01-03,5.00,,甲\n2024-01-04,,7.00,乙\n",
    "signed": "日期,金额,对方户名\n2024-01-03,-5.00,甲\n2024-01-04,7.00,乙\n",
    "flag": "日期,金额,收支,对方户名\n2024-01-03,5.00,支出,甲\n2024-01-04,7.00,收入,乙\n",
    "list": "日期,金额,付款人,收款人\n2024-01-03,5.00,丙,甲\n2024-01-04,7.00,乙,丙\n",
}


def table(text):
    """The only table of a CSV file."""
    return read_tables(text.encode(), "a.csv")[0]


def numbers(found, mapping):
    """Role → its column from 1, as a page has it."""
    header = list(found.rows[found.lines.index(mapping.header_row)])
    return {role: header.index(column) + 1 for role, column in mapping.columns.items()}


def codes(mapping):
    """What is uncertain."""
    return [note.code for note in mapping.uncertain]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_was_detected_and_chosen_again_is_the_same(shape):
    """Nothing moves while nothing is changed."""
    found = table(SHAPES[shape])
    mapping = detect(found)
    assert choose(found, mapping, numbers(found, mapping)) is mapping


@pytest.mark.parametrize("shape", SHAPES)
def test_turned_every_movement_goes_the_other_way(shape):
    """5 out and 7 in become 5 in and 7 out; turned twice, all is as before."""
    found = table(SHAPES[shape])
    mapping = detect(found)
    assert mapping.shape == shape

    def ends(which):
        return [(m.payer.name, m.payee.name, m.amount_fen) for m in convert(found, which).movements]

    before = ends(mapping)
    assert ends(turn(mapping)) == [(payee, payer, fen) for payer, payee, fen in before]
    assert ends(turn(turn(mapping))) == before


def test_the_shape_follows_the_columns():
    """An amount alone is signed; with a mark for in and out it is not; half a pair is a pair."""
    found = table("a,b,c,d\n2024-01-03,5.00,支出,甲\n")
    mapping = under(found, detect(found), 1)
    for columns, shape, lacking in (
        ({"date": 1}, None, ["no-shape", "own-unknown"]),
        ({"date": 1, "amount": 2}, "signed", ["own-unknown", "no-sign"]),
        ({"date": 1, "amount": 2, "flag": 3}, "flag", ["own-unknown"]),
        ({"date": 1, "out": 2}, "two", ["column-missing", "own-unknown"]),
        ({"amount": 2, "payer_name": 3, "payee_name": 4}, "list", ["column-missing"]),
    ):
        chosen = choose(found, mapping, columns)
        assert (chosen.shape, codes(chosen)) == (shape, lacking)


def test_a_doubt_goes_with_its_column_and_stays_without():
    """Two columns fit one role: doubtful until another is chosen; a doubt of another role stays."""
    found = table("交易日期,金额,对方户名,对方名称\n2024-01-03,-5.00,甲,乙\n")
    mapping = detect(found)
    assert "column-twice" in codes(mapping)
    where = numbers(found, mapping)
    assert "column-twice" in codes(choose(found, mapping, {**where, "remark": 4}))
    assert "column-twice" not in codes(choose(found, mapping, {**where, "other_name": 4}))


def test_marks_and_signs_are_read_anew_from_the_chosen_column():
    """What is negative in the column of money out only says the direction again."""
    found = table("日期,x,收入\n2024-01-03,-5.00,\n2024-01-04,,7.00\n")
    mapping = choose(found, detect(found), {"date": 1, "out": 2, "in": 3})
    assert mapping.negative == "same"
    assert convert(found, mapping).taken == 2
    assert choose(found, mapping, {"date": 1, "out": 3, "in": 2}).negative == "refuse"


def test_a_header_that_stands_nowhere_is_refused():
    """A line the file has not."""
    found = table(SHAPES["two"])
    with pytest.raises(StatementError):
        under(found, detect(found), 99)
