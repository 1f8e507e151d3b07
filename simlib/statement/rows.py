"""One row of a statement as one movement."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from simlib.money import Fen
from simlib.statement.amounts import fen
from simlib.statement.finding import header_key
from simlib.statement.instants import day_of, time_of, zone_of
from simlib.statement.mapping import DEFAULT_ZONE, Mapping, headers
from simlib.statement.masked import called, hidden
from simlib.statement.model import End, Movement, Note, Refusal, Row, Table, plain, shown, stated

MOST_OF_A_NOTE = 2  # cells that hold anything
MOST_EXACT = 10**15  # from here on a workbook's numbers have lost digits
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+")
_DEBIT = re.compile(r"[借贷]|debit|credit|[dc]r?\.?$", re.IGNORECASE)
_SPACES = re.compile(r"[\s-]+")
_MIDNIGHT = datetime.time()
AMOUNTS = ("amount", "out", "in")


class RowReader:
    """Reads rows of one table under one mapping; remembers what to warn of afterwards."""

    def __init__(self, table: Table, mapping: Mapping, columns: dict[str, int]) -> None:
        self.table, self.mapping, self.columns = table, mapping, columns
        self.words = {name: frozenset(listed) for name, listed in headers()["words"].items()}
        flags = mapping.flags or self.words
        self.marks = {side: {plain(m).lower() for m in flags[side]} for side in ("in", "out")}
        self.zone = zone_of(mapping.zone or DEFAULT_ZONE)
        self.default_own = End(number(mapping.account), stated(mapping.holder), "")
        if not any(self.default_own):
            self.default_own = End(label=table.label)
        self.unzoned = False
        self.nameless = False
        self.used: dict[str, set[str]] = {"in": set(), "out": set()}  # marks that were met
        self.debit_and_credit = any(
            _DEBIT.match(header_key(mapping.columns.get(side, ""))) for side in ("out", "in")
        )
        self.serial_dates: int | None = None
        self.unreadable: list[int] = []
        self.masked: list[int] = []

    def cell(self, cells: Row, role: str) -> object:
        """Return the cell of a role; None where the row or the mapping has none."""
        place = self.columns.get(role)
        return cells[place] if place is not None and place < len(cells) else None

    def no_movement(self, cells: Row) -> str | None:
        """Return why a row is no movement: blank | total | carried | note; None if it must be
        one."""
        first = next((text for cell in cells if (text := plain(cell))), "")
        if not first:
            return "blank"
        amounts = any(plain(self.cell(cells, role)) for role in AMOUNTS)
        if amounts and self._has_day(cells) and not self._carried(cells):
            return None
        if self._begins(first, "total") and not self._has_day(cells):
            return "total"
        if self._carried(cells):
            return "carried"
        if not amounts and not self._has_day(cells):
            sparse = sum(bool(plain(cell)) for cell in cells) <= MOST_OF_A_NOTE
            if sparse or not plain(self.cell(cells, "date")):
                return "note"
        return "note" if self._begins(first, "end") else None

    def _begins(self, text: str, kind: str) -> bool:
        text = _SPACES.sub("", text).lower()
        return any(text.startswith(word) for word in self.words[kind])

    def _carried(self, cells: Row) -> bool:
        """Tell whether a row brings or carries a balance forward: no money moved."""
        if plain(self.cell(cells, "other_account")) or plain(self.cell(cells, "serial")):
            return False
        texts = (_SPACES.sub("", c).lower() for c in cells if isinstance(c, str) and len(c) < 40)
        return any(text in self.words["carried"] for text in texts)

    def _has_day(self, cells: Row) -> bool:
        try:
            return day_of(self.cell(cells, "date"), self.table.epoch).day is not None
        except Refusal as refusal:
            return refusal.code not in ("not-a-date", "not-a-time")

    def sums(self, cells: Row) -> tuple[Fen, Fen] | None:
        """Return money out and in that a row of totals states for the whole statement."""
        first = next((text for cell in cells if (text := plain(cell))), "")
        if self.mapping.shape != "two" or not self._begins(first, "whole"):
            return None
        try:
            out, come = (fen(self.cell(cells, side), self.mapping.unit) for side in ("out", "in"))
        except Refusal:
            return None
        if out is None or come is None:
            return None
        return (abs(come), abs(out)) if self.mapping.turned else (abs(out), abs(come))

    def movement(self, row: int, cells: Row) -> Movement:
        """Return the movement a row states; raises `Refusal`."""
        self._refuse_currency_and_status(cells)
        at, day_only = self._at(row, cells)
        payer, payee, own, amount = self._ends(cells)
        fee = self._fee(cells, own, payer)
        if self.mapping.shape == "list" and not (_somebody(payer) and _somebody(payee)):
            raise Refusal("no-party")
        if hidden(payer.number) or hidden(payee.number):
            self.masked.append(row)
        return Movement(
            row, payer, payee, amount, fee, at, day_only, own, self._balance(row, cells),
            stated(self.cell(cells, "serial")), plain(self.cell(cells, "remark")),
        )  # fmt: skip

    def _refuse_currency_and_status(self, cells: Row) -> None:
        currency = stated(self.cell(cells, "currency")).lower()
        if currency and currency not in self.words["yuan"]:
            raise Refusal("currency", cell=shown(currency))
        status = stated(self.cell(cells, "status")).lower()
        if status in self.words["not_done"]:
            raise Refusal("not-done", cell=shown(status))
        if status and status not in self.words["done"]:
            raise Refusal("status-unknown", cell=shown(status))

    def _at(self, row: int, cells: Row) -> tuple[datetime.datetime, bool]:
        day = day_of(self.cell(cells, "date"), self.table.epoch)
        time = time_of(self.cell(cells, "time"))
        date = day.day or time.day
        if date is None:
            raise Refusal("no-date")
        if day.day and time.day and day.day != time.day:
            raise Refusal("days-differ", day=str(day.day), other=str(time.day))
        if (day.serial or time.serial) and self.serial_dates is None:
            self.serial_dates = row
        clock = time.time or day.time
        zone = time.zone or day.zone
        self.unzoned = self.unzoned or zone is None
        at = datetime.datetime.combine(date, clock or _MIDNIGHT, zone or self.zone)
        return at, clock is None

    def _ends(self, cells: Row) -> tuple[End, End, End | None, Fen]:
        if self.mapping.shape == "list":
            amount = self._amount(cells, "amount")
            if amount < 0:
                raise Refusal("negative", cell=shown(self.cell(cells, "amount")))
            ends = self._end(cells, "payer"), self._end(cells, "payee")
            payer, payee = reversed(ends) if self.mapping.turned else ends
            return payer, payee, None, amount
        own, other = self._end(cells, "own"), self._end(cells, "other")
        if not any(own):
            own = self.default_own
            self.nameless = self.nameless or bool(own.label)
        side, amount = self._side(cells)
        if self.mapping.turned:
            side = _turned(side)
        if side == "out":
            return own, other, own, amount
        return other, own, own, amount

    def _side(self, cells: Row) -> tuple[str, Fen]:
        """Return in or out, and how much; never below 0."""
        shape = self.mapping.shape
        if shape == "signed":
            amount = self._amount(cells, "amount")
            positive = self.mapping.positive
            return (positive if amount >= 0 else _turned(positive)), abs(amount)
        side, amount = self._marked(cells) if shape == "flag" else self._of_two(cells)
        if amount >= 0 or self.mapping.negative == "same":
            return side, abs(amount)
        if self.mapping.negative == "refuse":
            cell = self.cell(cells, "amount" if shape == "flag" else side)
            raise Refusal("negative", cell=shown(cell))
        return _turned(side), -amount

    def _marked(self, cells: Row) -> tuple[str, Fen]:
        mark = plain(self.cell(cells, "flag"))
        for side, marks in self.marks.items():
            if mark.lower() in marks:
                self.used[side].add(mark)
                self.debit_and_credit = self.debit_and_credit or _DEBIT.match(mark) is not None
                return side, self._amount(cells, "amount")
        raise Refusal("flag-unknown" if mark else "no-flag", cell=shown(mark))

    def _of_two(self, cells: Row) -> tuple[str, Fen]:
        out, come = (fen(self.cell(cells, side), self.mapping.unit) for side in ("out", "in"))
        if out and come:
            raise Refusal("both-sides")
        if out is not None and (out or come is None):
            return "out", out
        if come is None:
            raise Refusal("no-amount")
        return "in", come

    def _amount(self, cells: Row, role: str) -> Fen:
        amount = fen(self.cell(cells, role), self.mapping.unit)
        if amount is None:
            raise Refusal("no-amount")
        return amount

    def _fee(self, cells: Row, own: End | None, payer: End) -> Fen:
        fee = fen(self.cell(cells, "fee"), self.mapping.unit) or 0
        if fee and own is not None and own is not payer:
            raise Refusal("fee-on-income", cell=shown(self.cell(cells, "fee")))
        return abs(fee)

    def _balance(self, row: int, cells: Row) -> Fen | None:
        try:
            return fen(self.cell(cells, "balance"), self.mapping.unit)
        except Refusal:
            self.unreadable.append(row)
            return None

    def _end(self, cells: Row, whose: str) -> End:
        return End(
            number(self.cell(cells, f"{whose}_account")),
            _SPACES.sub(" ", stated(self.cell(cells, f"{whose}_name"))).strip(),
        )

    def warnings(self) -> list[Note]:
        """Return what the rows were taken in spite of."""
        doubtful = (("balance-unreadable", self.unreadable), ("masked-number", self.masked))
        notes = [
            Note(code, {"label": self.table.label, "row": rows[0], "count": len(rows)})
            for code, rows in doubtful
            if rows
        ]
        known = "own-unknown" in {note.code for note in self.mapping.uncertain}
        if self.nameless and not known:
            notes.append(Note("own-unknown", {"label": self.table.label}))
        return notes


def number(cell: object) -> str:
    """Return an account's number without spaces and hyphens.

    Raises
    ------
    Refusal
        if the workbook kept it as a number and so lost its last digits
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= MOST_EXACT:
        raise Refusal("number-rounded", cell=shown(cell))
    return _number(stated(cell))


@lru_cache(maxsize=1 << 16)
def _number(text: str) -> str:
    if _SCIENTIFIC.fullmatch(text):
        raise Refusal("number-rounded", cell=shown(text))
    return _SPACES.sub("", text)


def _somebody(end: End) -> bool:
    return bool(end.number or called(end.name))


def _turned(side: str) -> str:
    return "in" if side == "out" else "out"
