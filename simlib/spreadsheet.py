"""CSV for readers, who open it in a spreadsheet: no cell of it runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# what begins a formula, in full width too; a quotation mark in front makes it text
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}",
            "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}",
            "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
_DIGITS = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_NUMBER = re.compile(rf"[+-]?{_DIGITS}(?:\N{{EN DASH}}-?{_DIGITS})?(?: ?(?:%|元|万元|亿元))?")


def csv_text(rows: Iterable[Iterable[object]], end: str = "\n") -> str:
    """Return rows as CSV, each ending in `end`; texts that are no numbers do not run as
    formulas."""
    file = io.StringIO()
    csv.writer(file, lineterminator=end).writerows(map(harmless, row) for row in rows)
    return file.getvalue()


def harmless(cell: object) -> object:
    """Return a cell that a spreadsheet shows as it stands.

    Examples
    --------
    >>> harmless("=1+1"), harmless("-5"), harmless("-25,000.50元"), harmless("-A1"), harmless(-5)
    ("'=1+1", '-5', '-25,000.50元', "'-A1", -5)
    """
    if not isinstance(cell, str):
        return cell
    marked = cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
    # `csv` leaves a lone \r without quotes, so that what follows it would begin a row
    return ("'" if marked else "") + cell.replace("\r\n", "\n").replace("\r", "\n")
