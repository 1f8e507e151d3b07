"""What readers save opens in a spreadsheet as it stands: no cell of it is a formula."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from simlib.spreadsheet import csv_text, harmless
from simlib.statement.case import remarks_text

ROOM = Path(__file__).resolve().parent.parent / "simlib"
FORMULAS = ("=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠A",
            "-2+3+cmd|' /C calc'!A0", "=HYPERLINK(\"x\")", "-5-5", "-")  # fmt: skip
NUMBERS = ("-5", "+3", "-1,234.50", "-25000元", "-5%", "+0.5%", "-5\N{EN DASH}10元", "7", "张三")


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_becomes_text(text):
    """In any table, its head, and the remarks of a statement alike."""
    said = text.replace("\r", "\n")
    written = csv_text([[text, "b"], [text, f"x\r{text}"]], "\r\n")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert rows == [[f"'{said}", "b"], [f"'{said}", f"x\n{said}"]]
    told = list(csv.reader(io.StringIO(remarks_text({"t1": text}, {"t1"}), newline="")))
    assert told[1] == ["t1", f"'{said}"]


@pytest.mark.parametrize("text", NUMBERS)
def test_number_stays_a_number(text):
    """Whatever its sign and unit."""
    assert harmless(text) == text
    assert csv_text([[-5, text]]).startswith("-5,")


def test_every_writer_is_this_one():
    """Only the transfers `load_case` reads are written without it: they hold ids and numbers."""
    writing = {path.relative_to(ROOM).as_posix() for path in ROOM.rglob("*.py")
               if re.search(r"csv\.(writer|DictWriter)", path.read_text("utf-8"))}  # fmt: skip
    assert writing == {"spreadsheet.py", "statement/case/__init__.py"}
