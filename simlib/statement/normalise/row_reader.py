"""One row of a statement as one movement."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left

from simlib.money import Fen
from simlib.statement.amounts import fen, fen_or_none
from simlib.statement.dates import day_of, order_told, short_told, time_of, years_of, zone_of
from simlib.statement.detection.debit_credit import is_owed
from simlib.statement.detection.statement_head import holder_of, numbers_of
from simlib.statement.mapping import DEFAULT_ZONE, HeadedTable, Mapping, line_of
from simlib.statement.model import (
    End,
    Movement,
    Note,
    Refusal,
    Row,
    Table,
    noted,
    plain,
    ruled,
    shown,
    stated,
)
from simlib.statement.names_and_numbers import (
    called,
    hidden,
    name_of,
    number,
    number_beside,
    numbers_fit,
    of_gift,
    party_of,
)
from simlib.statement.normalise.reversals import returned, without_return
from simlib.statement.normalise.row_status import RowStatus
from simlib.statement.vocabulary import header_key, headers

# ----------------------------------------------- who stands at each side

_TOWARDS = re.compile(  # TRANSFER TO, 转账至
    r"^(?:(?:transfer|payment|trf|tfr|remittance) +(?:to|from) +"
    r"|(?:跨行)?(?:转账|汇款|汇|转)(?:至|给|到)[ :]*(?=.))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s:：/|,，;；_-]+")


class Ends:
    """Reads the sides of rows; `lost` are the rows with a name whose number a workbook cut off."""

    def __init__(self, said: RowStatus, mapping: Mapping) -> None:
        self.said = said
        self.channels = frozenset(headers()["words"]["channels"])
        known = set(headers()["columns"]["remark"])
        self.of_remarks = {r for r, c in mapping.columns.items() if header_key(c) in known}
        self.lost: list[int] = []
        self.returned: list[int] = []  # whose name says that the money came back

    def of(self, row: int, cells: Row, whose: str) -> End:
        """Return who stands at a side: own, other, payer or payee."""
        if party := stated(self.said.cell(cells, f"{whose}_party")):
            return party_of(party)
        name = name_of(self.said.cell(cells, f"{whose}_name"))
        if f"{whose}_name" in self.of_remarks:
            name = self._without_channels(name)
        if returned(name):
            self.returned.append(row)
        beside, name = number_beside(without_return(name))[:2]
        try:
            return End(number(self.said.cell(cells, f"{whose}_account")) or beside, name)
        except Refusal:
            if not called(name):
                raise
            self.lost.append(row)
            return End(beside, name)

    def other(self, row: int, cells: Row) -> End:
        """Return the other side; of a gift without the words that stand before the name (发给)."""
        other = self.of(row, cells, "other")
        name = of_gift(other.name, plain(self.said.cell(cells, "kind")))
        if name != other.name:
            self.said.noted.setdefault("gifts", []).append(row)
            return other._replace(name=name)
        return other

    def _without_channels(self, name: str) -> str:
        """Return the name in a remark without the ways the money took: 财付通 微信转账 韩立新."""
        parts = [part for part in _BETWEEN.split(_TOWARDS.sub("", name)) if part]
        return " ".join(part for part in parts if part.lower() not in self.channels)


# ----------------------------------------------- one row as one movement

MOST_OF_A_NOTE = 2  # cells that hold anything
_DEBITED = re.compile(r"借|debit|dr?\.?$", re.IGNORECASE)
_CREDITED = re.compile(r"贷|credit|cr?\.?$", re.IGNORECASE)
_SPACES = re.compile(r"[\s-]+")
_PAGE = re.compile(r"\d{1,4}\s*/\s*\d{1,4}")  # 1/3, alone in its row
_COUNT = re.compile(r"共\s*\d+\s*[笔条]")
_MIDNIGHT = datetime.time()
_CHINA = zone_of(DEFAULT_ZONE)
AMOUNTS = ("amount", "out", "in")


class RowReader:
    """Reads rows of one table under one mapping; remembers what to warn of afterwards."""

    def __init__(
        self, table: Table, mapping: Mapping, columns: dict[str, int],
        instead: dict[str, int] | None = None, foreign: str = "",
    ) -> None:  # fmt: skip
        self.foreign = foreign  # money that the whole table is in
        self.table, self.mapping = table, mapping
        self.words = {name: frozenset(listed) for name, listed in headers()["words"].items()}
        self.said = RowStatus(table, mapping, columns, instead or {})
        self.years = {}
        if mapping.year and "date" in columns:
            self.years = years_of(table, columns["date"], mapping.year)
        self.order, self.order_row = mapping.order or "", 0
        if not self.order and "date" in columns:
            self.order, self.order_row = order_told(table, columns["date"])
        self.short_row = 0
        if not self.order and "date" in columns:
            header = mapping.header_row or 0
            self.order, self.short_row = short_told(table, columns["date"], header)
        self.zone = zone_of(mapping.zone or DEFAULT_ZONE)
        account = number(mapping.account)
        self.default_own = End(account, stated(mapping.holder), "" if account else table.label)
        self.ends = Ends(self.said, mapping)
        roles = {role.partition("_")[0] for role in mapping.columns}
        self.one_sided = "other" not in roles and bool(roles & {"payee", "payer"})
        self.unzoned = False
        self.utc_row = 0
        self.nameless = False
        self.said.debit_and_credit = any(
            marks.match(header_key(mapping.columns.get(side, "")))
            for side, marks in (("out", _DEBITED), ("in", _CREDITED))
        )
        self.serial_dates: int | None = None
        self.unreadable: list[int] = []
        self.masked: list[int] = []
        self.fees: list[int] = []  # money that came in beside a fee

    def cell(self, cells: Row, role: str) -> object:
        """Return the cell of a role; None where the row or the mapping has none."""
        return self.said.cell(cells, role)

    def no_movement(self, cells: Row) -> str | None:
        """Return why a row is no movement: blank | total | carried | note; None if it must be
        one."""
        first = next((text for cell in cells if (text := plain(cell))), "")
        if not first:
            return "blank"
        alone = sum(bool(plain(cell)) for cell in cells) == 1
        if all(map(ruled, cells)) or (alone and _PAGE.fullmatch(first)):
            return "note"
        amounts = any(plain(self.cell(cells, role)) for role in AMOUNTS)
        if self._both_sums(cells):
            return "total"
        if amounts and self.has_day(cells) and not self._carried(cells):
            return None
        if (self._begins(first, "total") or _COUNT.match(first)) and not self.has_day(cells):
            return "total"
        if self._carried(cells):
            return "carried"
        if not amounts and not self.has_day(cells):
            sparse = sum(bool(plain(cell)) for cell in cells) <= MOST_OF_A_NOTE
            if sparse or not plain(self.cell(cells, "date")):
                return "note"
        return "note" if self._begins(first, "end") else None

    def _both_sums(self, cells: Row) -> bool:
        """Tell whether a row with a day states sums of both sides (本月合计).

        Interest (累计结息) begins alike, and has nothing on its other side.
        """
        sides = [fen_or_none(self.cell(cells, side), self.mapping.unit) for side in ("out", "in")]
        return all(sides) and any(self._begins(text, "total") for c in cells if (text := plain(c)))

    def _begins(self, text: str, kind: str) -> bool:
        text = _SPACES.sub("", text).lower().lstrip("#*")
        return any(text.startswith(word) for word in self.words[kind])

    def _carried(self, cells: Row) -> bool:
        """Tell whether a row brings or carries a balance forward: no money moved."""
        if plain(self.cell(cells, "other_account")) or plain(self.cell(cells, "serial")):
            return False
        texts = (_SPACES.sub("", c).lower() for c in cells if isinstance(c, str) and len(c) < 40)
        return any(text in self.words["carried"] for text in texts)

    def has_day(self, cells: Row) -> bool:
        """Tell whether a row has a day."""
        try:
            return day_of(self.cell(cells, "date"), self.table.epoch).day is not None
        except Refusal as refusal:
            return refusal.code not in ("not-a-date", "not-a-time")

    def sums(self, cells: Row) -> tuple[Fen, Fen] | None:
        """Return money out and in that a row of totals states for the whole statement."""
        first = next((text for cell in cells if (text := plain(cell))), "")
        if self.mapping.shape != "two" or not self._begins(first, "whole"):
            return None
        unit = self.mapping.unit
        out, come = (fen_or_none(self.cell(cells, side), unit) for side in ("out", "in"))
        if out is None or come is None:
            return None
        return (abs(come), abs(out)) if self.mapping.turned else (abs(out), abs(come))

    def movement(self, row: int, cells: Row) -> Movement:
        """Return the movement a row states; raises `Refusal`."""
        self._refuse_currency(cells)
        effect = self.said.effect(row, cells)
        at, day_only = self._at(row, cells)
        payer, payee, own, amount = self._ends(row, cells, effect)
        if effect == "held" and own is payee:
            raise Refusal("not-done", cell=shown(self.cell(cells, "status")))
        fee = abs(fen(self.cell(cells, "fee"), self.mapping.unit) or 0)
        if fee and own is payee:
            self.fees.append(row)
        if self.mapping.shape == "list" and not (_somebody(payer) and _somebody(payee)):
            raise Refusal("no-party")
        if hidden(payer.number) or hidden(payee.number):
            self.masked.append(row)
        return Movement(
            row, payer, payee, amount, fee, at, day_only, own, self._balance(row, cells),
            stated(self.cell(cells, "serial")), plain(self.cell(cells, "remark")),
        )  # fmt: skip

    def _refuse_currency(self, cells: Row) -> None:
        currency = stated(self.cell(cells, "currency")).lower()
        currency = currency or self.foreign
        if currency and currency not in self.words["yuan"]:
            raise Refusal("currency", cell=shown(currency))

    def _at(self, row: int, cells: Row) -> tuple[datetime.datetime, bool]:
        day = day_of(self.cell(cells, "date"), self.table.epoch, self.years.get(row), self.order)
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
        zone = zone or self.zone
        at = datetime.datetime.combine(date, clock or _MIDNIGHT, zone)
        if clock is not None and zone == datetime.UTC:
            self.utc_row = self.utc_row or row
            at = at.astimezone(_CHINA)
        return at, clock is None

    def _ends(self, row: int, cells: Row, effect: str) -> tuple[End, End, End | None, Fen]:
        if self.mapping.shape == "list":
            return self._of_list(row, cells)
        own, other = self.ends.of(row, cells, "own"), self.ends.other(row, cells)
        if not any(own):
            own = self.default_own
            self.nameless = self.nameless or not (own.number or own.name)
        side, amount = self._side(row, cells, effect)
        if self.mapping.turned:
            side = _turned(side)
        if self.one_sided:
            other = self.ends.of(row, cells, "payee" if side == "out" else "payer")
        if side == "out":
            return own, other, own, amount
        return other, own, own, amount

    def _of_list(self, row: int, cells: Row) -> tuple[End, End, None, Fen]:
        amount = self.said.amount(cells)
        payer, payee = (self.ends.of(row, cells, side) for side in ("payer", "payee"))
        if amount < 0 and self.mapping.negative == "refuse":
            raise Refusal("negative", cell=shown(self.cell(cells, "amount")))
        if (amount < 0 and self.mapping.negative == "turn") is not self.mapping.turned:
            payer, payee = payee, payer
        return payer, payee, None, abs(amount)

    def _side(self, row: int, cells: Row, effect: str) -> tuple[str, Fen]:
        """Return in or out, and how much; never below 0."""
        shape = self.mapping.shape
        if shape == "signed":
            amount = self.said.amount(cells)
            positive = self.mapping.positive or "in"
            return (positive if amount >= 0 else _turned(positive)), abs(amount)
        if shape == "flag":
            side, amount = self.said.side(row, cells, effect), self.said.amount(cells)
        else:
            side, amount = self._of_two(cells)
        if amount >= 0 or self.mapping.negative == "same":
            return side, abs(amount)
        proved = self._proved(row, cells, -amount) if self.mapping.negative == "refuse" else ""
        if self.mapping.negative == "refuse" and not proved:
            cell = self.cell(cells, "amount" if shape == "flag" else side)
            raise Refusal("negative", cell=shown(cell))
        return proved or _turned(side), -amount

    def _proved(self, row: int, cells: Row, amount: Fen) -> str:
        """Return whether a row's amount came in or went out, as its balance and that of the row
        above (or below: the newest may stand first) prove; "" where they do not."""
        place, sides = bisect_left(self.table.lines, row), set()
        for beside in (place - 1, place + 1):
            other = self.table.rows[beside] if 0 <= beside < len(self.table.rows) else ()
            balances = [self._printed(each) for each in (cells, other)]
            owns = {plain(self.cell(each, "own_account")) for each in (cells, other)}
            if None not in balances and len(owns) == 1 and self.has_day(other):
                moved = (balances[0] or 0) - (balances[1] or 0)
                sides |= {"in" if moved > 0 else "out"} if abs(moved) == amount else set()
        if len(sides) != 1:
            return ""
        exchanged = is_owed(self.mapping) is not self.mapping.turned  # `turned` is heeded after
        return _turned(sides.pop()) if exchanged else sides.pop()

    def _printed(self, cells: Row) -> Fen | None:
        return fen_or_none(self.cell(cells, "balance"), self.mapping.unit)

    def readable(self, cells: Row) -> Fen | None:
        """Return how much a row says moved, if that can be read."""
        try:
            if self.mapping.shape == "two":
                return abs(self._of_two(cells)[1])
            return abs(self.said.amount(cells))
        except Refusal:
            return None

    def _of_two(self, cells: Row) -> tuple[str, Fen]:
        out, come = (fen(self.cell(cells, side), self.mapping.unit) for side in ("out", "in"))
        if out and come:
            raise Refusal("both-sides")
        if out is not None and (out or come is None):
            return "out", out
        if come is None:
            raise Refusal("no-amount")
        return "in", come

    def _balance(self, row: int, cells: Row) -> Fen | None:
        balance = self._printed(cells)
        if balance is None and stated(self.cell(cells, "balance")):
            self.unreadable.append(row)
        return balance

    def warnings(self) -> list[Note]:
        """Return what the rows were taken in spite of."""
        doubtful = (("balance-unreadable", self.unreadable), ("masked-number", self.masked),
                    ("number-lost", self.ends.lost), ("fee-on-income", self.fees))  # fmt: skip
        notes = noted(self.table.label, doubtful)
        notes += self.said.notes("refunds-apart", "refunds-missing")
        known = "own-unknown" in {note.code for note in self.mapping.uncertain}
        if self.nameless and not known:
            notes.append(Note("own-unknown", {"label": self.table.label}))
        others = self.one_sided or any(r.startswith("other_") for r in self.mapping.columns)
        if self.mapping.shape != "list" and not others and "remark" in self.mapping.columns:
            column = str(self.mapping.columns["remark"])
            notes.append(Note("no-other", {"label": self.table.label, "column": column}))
        return notes

    def assumptions(self) -> list[Note]:
        """Return what was assumed of statuses and kinds, of names and of days."""
        notes = self.said.notes("held", "own-money", "gifts")
        if self.utc_row:
            notes.append(Note("zone-utc", {"label": self.table.label, "row": self.utc_row}))
        for kind, row in (("short", self.short_row), ("order", self.order_row)):
            if row:
                values = {"label": self.table.label, "row": row}
                notes.append(Note(f"{kind}-{self.order}", values))
        return notes


def _somebody(end: End) -> bool:
    return bool(end.number or called(end.name))


def _turned(side: str) -> str:
    return "in" if side == "out" else "out"


# ----------------------------------------- several accounts in one table


class Owners:
    """Whose rows follow, as lines between them say: 户名：周涛  账号：6228…

    A page that repeats its head, or a number that stands above the table already, changes nothing;
    nor does whoever printed the page.
    """

    def __init__(self, found: HeadedTable, mapping: Mapping, first: End) -> None:
        self.now = first
        self.rows: list[int] = []  # where another account begins
        own = {"own_account", "own_name", "own_party"}
        self._told = mapping.shape != "list" and not own & set(mapping.columns)
        self._known = {first.number, *numbers_of(found.title)} - {""}
        self._label = found.table.label
        self._last = -1  # the line that named another the last time

    def changed(self, row: int, cells: Row) -> bool:
        """Tell whether this line, which has no day, names another account than the rows above."""
        if not self._told:
            return False
        text = line_of(cells)
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
