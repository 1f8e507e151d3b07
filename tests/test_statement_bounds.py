"""Files made to fill the memory or to take for ever: refused while they unpack, in plain words."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import time
from pathlib import Path

import bombs
import pytest

from simlib.errors import StatementError
from simlib.statement import convert, detect, read_tables
from simlib.statement.read.limits import PAGE
from simlib.statement.vocabulary import header_key
from simlib.text import message

pytestmark = pytest.mark.slow
HASTY = dataclasses.replace(PAGE, seconds=0.02)
MOST_MB = 50  # beyond what a lawful file takes


def refusal(data: bytes, bounds: object = PAGE) -> StatementError:
    """The error in which reading ends."""
    with pytest.raises(StatementError) as refused:
        read_tables(data, "x.xlsx", bounds=bounds)
    for lang in ("zh", "en"):
        assert "x.xlsx" in message(refused.value, lang)
    return refused.value


LONG = {"rows": pytest.mark.night}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=LONG.get(kind, ())) for kind in bombs.WORKBOOKS]
)
def test_workbook_bomb_is_refused(kind):
    """A small workbook that would become large is refused for what it is."""
    data, code = bombs.WORKBOOKS[kind][0](), bombs.WORKBOOKS[kind][1]
    assert len(data) < 500_000
    assert refusal(data).code == f"statement-{code}"


@pytest.mark.parametrize("kind", bombs.CSV)
def test_csv_bomb_is_refused(kind):
    """Text of a size the page takes, with more in it than the page reads."""
    data, code = bombs.CSV[kind][0](), bombs.CSV[kind][1]
    assert len(data) < PAGE.file_bytes
    assert refusal(data).code == f"statement-{code}"


@pytest.mark.parametrize("kind", bombs.LONG)
def test_clock_stops_what_is_long_to_read(kind):
    """Within the bounds on size, but beyond the time: stopped while it is read."""
    assert refusal(bombs.LONG[kind](), HASTY).code == "statement-slow"


@pytest.mark.parametrize("kind", bombs.HARMLESS)
def test_nothing_is_multiplied(kind):
    """Formulas, formats and sizes that a reader could multiply are read as they stand."""
    (table,) = read_tables(bombs.HARMLESS[kind](), "x.xlsx", bounds=PAGE)
    assert table.rows[1] == ("2022-10-05", 1)
    read = convert(table, detect(table).change(positive="in"))
    assert (read.taken, read.read) == (1, len(table.rows))
    assert len(read.refused) == len(table.rows) - 2


def test_entries_beyond_a_cell_are_refused_rows():
    """A cell of more letters than are read costs its row, and no other."""
    text = "日期,金额\n2022-10-05,1\n2022-10-05," + "1" * 4_001 + "\n"
    row = b"<row><c/><c t='inlineStr'><is><t>" + b"x" * 4_001 + b"</t></is></c></row>"
    for data in (text.encode(), bombs.workbook(bombs.HEAD + bombs.ROW + row)):
        (table,) = read_tables(data, "x.csv", bounds=PAGE)
        read = convert(table, detect(table).change(positive="in"))
        assert [(line.row, line.code) for line in read.refused] == [(3, "long-cell")]
        assert read.taken == 1


def test_reading_takes_time_in_proportion():
    """Headers of brackets, totals and accounts of one's own: no step looks at all the others."""
    assert header_key("(" * 4_000) == "(" * 200
    rows = "".join(f"2022-10-05,1,,c{n},7\n总计,1,1,,\n" for n in range(3_000))
    (table,) = read_tables(
        f"日期,收入,支出,本方账号,对方账号\n{rows}".encode(), "x.csv", bounds=PAGE
    )
    read = convert(table, detect(table))
    assert (read.taken, len(read.skipped)) == (3_000, 3_001)
    told = [n.values for n in read.warnings if n.code == "total-differs"]
    assert (told[0]["taken_in"], told[-1]["taken_in"]) == ("1.00", "3000.00")


MEASURED = """
import resource
import bombs
from simlib.errors import StatementError
from simlib.statement import read_tables
from simlib.statement.read.limits import PAGE
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read_tables(bombs.workbook(), "x.xlsx")
files = [bombs.WORKBOOKS[kind][0]() for kind in ("blanks", "picture", "one row", "one text")]
files.append(bombs.workbook(around=(b"<a/>" * 2_000_000, b"")))
before = peak()
for data in files:
    try:
        read_tables(data, "x.xlsx", bounds=PAGE)
    except StatementError:
        pass
print((peak() - before) // 1024)
"""


@pytest.mark.night
def test_memory_stays_flat():
    """Workbooks of 40 MB and 2,000,000 tags, one after the other, are never held whole."""
    tests = str(Path(__file__).parent)
    done = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": tests}, check=True)  # fmt: skip
    assert int(done.stdout) < MOST_MB


@pytest.mark.parametrize("cell", ["9" * 3_990, f'"{"999," * 990}999"', "9" * 3_990 + ".00"])
def test_numbers_of_4000_digits_are_refused_within_a_second(cell):
    """Each of 100 rows is refused as no number: it took 7 s where commas group the digits."""
    text = "日期,收支,金额,余额,对方户名\n" + f"2024-01-01,支,{cell},1.00,甲\n" * 100
    (table,) = read_tables(text.encode(), "a.csv", bounds=PAGE)
    begun = time.process_time()
    read = convert(table, detect(table))
    assert time.process_time() - begun < 1
    assert [line.code for line in read.refused] == ["not-a-number"] * 100
