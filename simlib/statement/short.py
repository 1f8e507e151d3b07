"""Days whose year has two digits: which of the numbers may be the year, the month and the day."""

from __future__ import annotations

import re

from simlib.statement.model import stated

ORDERS = ("dmy", "mdy", "ymd")  # of days whose year stands last, or has two digits
CENTURY = "20"  # of a year of two digits
_SHORT = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{1,2})(?=\s|\Z)|(\d{2})(\d{2})(\d{2})(?=\s|\Z)", re.ASCII
)
_PLAIN = re.compile(r"(\d{2})年\s*(\d{1,2})月\s*(\d{1,2})日", re.ASCII)


def short_readings(cell: object) -> dict[str, tuple[int, int, int]] | None:
    """Return order → year, month and day of a day whose year has two digits, for each order that
    its numbers allow; None of another.

    Examples
    --------
    >>> short_readings("24-01-13"), short_readings("2024-01-13")
    ({'dmy': (2013, 1, 24), 'ymd': (2024, 1, 13)}, None)
    """
    found = _SHORT.match(stated(cell)) if isinstance(cell, str) else None
    if found is None:
        return None
    placed = {order: _placed(found, order) for order in ORDERS}
    return {
        order: (int(CENTURY + year), int(month), int(date))
        for order, (year, month, date) in placed.items()
        if len(year) == 2 and 1 <= int(month) <= 12 and 1 <= int(date) <= 31
    }


def short_parts(text: str, order: str) -> tuple[str, str, str, int] | None:
    """Return year, month and day of a text, and where they end; None where it has none such, or
    its order is not known.

    Examples
    --------
    >>> short_parts("24-01-13", "ymd"), short_parts("24-01-13", ""), short_parts("24年1月3日", "")
    (('24', '01', '13', 8), None, ('24', '1', '3', 7))
    """
    if found := _PLAIN.match(text):
        return found[1], found[2], found[3], found.end()
    if not order or not (found := _SHORT.match(text)):
        return None
    year, month, date = _placed(found, order)
    return (year, month, date, found.end()) if len(year) == 2 else None


def _placed(found: re.Match[str], order: str) -> tuple[str, str, str]:
    """Return year, month and day of a short day."""
    listed = found.group(1, 3, 4) if found[2] else found.group(5, 6, 7)
    placed = dict(zip(order, listed, strict=True))
    return placed["y"], placed["m"], placed["d"]
