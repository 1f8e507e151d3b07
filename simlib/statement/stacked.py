"""One table with the statements of several accounts, one below the other."""

from __future__ import annotations

from simlib.statement.detection.statement_head import LONGEST_HEADER, holder_of, numbers_of, title
from simlib.statement.mapping import Mapping
from simlib.statement.model import End, Row, Table, stated
from simlib.statement.names_and_numbers import called, numbers_fit


class Owners:
    """Whose rows follow, as lines between them say: 户名：周涛  账号：6228…

    A page that repeats its head, or a number that stands above the table already, changes nothing;
    nor does whoever printed the page.
    """

    def __init__(self, table: Table, header: int, mapping: Mapping, first: End) -> None:
        self.now = first
        self.rows: list[int] = []  # where another account begins
        own = {"own_account", "own_name", "own_party"}
        self._told = mapping.shape != "list" and not own & set(mapping.columns)
        self._known = {first.number, *numbers_of(title(table, max(header, 0)))} - {""}
        self._label = table.label
        self._last = -1  # the line that named another the last time

    def changed(self, row: int, cells: Row) -> bool:
        """Tell whether this line, which has no day, names another account than the rows above."""
        if not self._told:
            return False
        text = "  ".join(stated(cell)[:LONGEST_HEADER] for cell in cells)
        numbers, holder = numbers_of(text), called(holder_of(text))
        number = next((n for n in numbers if not self._is_known(n)), "")
        renamed = bool(holder) and not numbers and holder != called(self.now.name)
        if not (number or renamed):
            return False
        goes_on = self._last == row - 1
        before = self.now if goes_on else End("", "", "")
        number = number or before.number
        self.now = End(number, holder or before.name, "" if number else f"{self._label}:{row}")
        self._known |= {number} - {""}
        self.rows += [] if goes_on else [row]
        self._last = row
        return True

    def _is_known(self, number: str) -> bool:
        return any(numbers_fit(number, known) for known in self._known)
