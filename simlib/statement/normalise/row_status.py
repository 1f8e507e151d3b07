"""What a row says of its money besides the amount: its mark, its status and its kind."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from functools import cached_property

from simlib.money import Fen
from simlib.statement.amounts import fen
from simlib.statement.mapping import Mapping
from simlib.statement.model import Note, Refusal, Row, Table, noted, plain, shown, stated
from simlib.statement.names_and_numbers import called, of_gift
from simlib.statement.vocabulary import Words, headers, key

_DEBIT = re.compile(r"[借贷]|debit|credit|[dc]r?\.?$", re.IGNORECASE)
_STATUS_AMOUNT = re.compile(r"(.*[^0-9.,¥(])\(?¥?[0-9][0-9,]*(?:\.[0-9]{1,2})?\)?")
_NOTED = re.compile(r"(.+?)\s*\((已[^()]*退款[^()]*)\)")  # 293.10(已全额退款)
PAID_BACK = ("refunded", "returned", "closed")


class RowStatus:
    """Reads marks, statuses and kinds of one table; remembers what to tell of them."""

    def __init__(
        self, table: Table, mapping: Mapping, columns: dict[str, int], instead: dict[str, int]
    ) -> None:
        self.table, self.unit, self.columns, self.instead = table, mapping.unit, columns, instead
        known = headers()
        self.neutral = frozenset(known["words"]["neutral"])
        usual = {side: known["words"][side] for side in ("in", "out")}
        self.marks = Words(mapping.flags or usual)
        self.kinds = Words(known["kinds"]["usual"], mapping.kinds or {})
        self.effects = Words(known["statuses"]["usual"], mapping.statuses or {})
        self.noted: dict[str, list[int]] = {}
        self.debit_and_credit = False
        self.used: dict[str, set[str]] = {"in": set(), "out": set()}  # marks that were met
        self.paid_back: list[tuple[int, Row]] = []  # rows that say so
        self.shares = Shares(self) if "received" in columns else None

    def cell(self, cells: Row, role: str) -> object:
        """Return the cell of a role, or of the column instead where it has nothing; None where the
        row or the mapping has none."""
        cell = _at(cells, self.columns.get(role))
        if role in self.instead and not stated(cell):
            return _at(cells, self.instead[role])
        return cell

    def effect(self, row: int, cells: Row) -> str:
        """Return what a row's status does to its money: one of EFFECTS that lets some move."""
        cell = self.cell(cells, "status")
        if noted := _noted(self.cell(cells, "amount")):
            cell = noted[2]
        effect = self._status(stated(cell), plain(self.cell(cells, "flag")))
        if effect == "ask" and "退" in stated(cell):
            effect = self._by_rows(cells)
        if effect == "nothing" or self._never_paid(effect, cells):
            raise Refusal("not-done", cell=shown(cell))
        if effect in (None, "ask"):
            raise Refusal("status-unknown", cell=shown(cell))
        if effect == "held":
            self.noted.setdefault("held", []).append(row)
        stated_back = stated(self.cell(cells, "refunded"))
        if effect in PAID_BACK or (stated_back and fen(stated_back)):
            self.paid_back.append((row, cells))
        return "refunded" if effect == "closed" else effect

    def _by_rows(self, cells: Row) -> str:
        """Return what a status that tells of a refund does to its row: a payment counts where the
        refund has a row of its own, which counts too."""
        if self._is_refund(cells):
            return "refund"
        return "refunded" if self._has_refund(cells) else "ask"

    def _status(self, status: str, flag: str) -> str | None:
        """Return the effect of a status, which may name an amount: 已退款(￥9.00)."""
        if not status:
            return "moves"
        word = key(status)
        bare = _STATUS_AMOUNT.fullmatch(word)
        for each in (word, bare[1] if bare else word):
            if effect := self.effects.of(key(flag) + each) or self.effects.of(each):
                return effect
        return None

    def _never_paid(self, effect: str | None, cells: Row) -> bool:
        if effect == "closed":
            return "method" in self.columns and not stated(self.cell(cells, "method"))
        return effect == "returned" and not self._comes_back(cells)

    def _comes_back(self, cells: Row) -> bool:
        """Tell whether some row brings this row's amount back."""
        return self._readable(cells) in self._refunds.amounts

    @cached_property
    def _refunds(self) -> Refunds:
        """The rows of refunds."""
        found = Refunds()
        for cells in self.table.rows:
            if self._is_refund(cells) and (amount := self._readable(cells)):
                found.add(self._serial(cells), self._name(cells), amount)
        return found

    def _is_refund(self, cells: Row) -> bool:
        kind, remark = (plain(self.cell(cells, role)) for role in ("kind", "remark"))
        if "退款" in kind or remark.startswith("退款"):
            return True
        status, flag = stated(self.cell(cells, "status")), plain(self.cell(cells, "flag"))
        return self._status(status, flag) == "refund"

    def _serial(self, cells: Row) -> str:
        return stated(self.cell(cells, "serial"))

    def _name(self, cells: Row) -> str:
        name = stated(self.cell(cells, "other_name"))
        return called(of_gift(name, plain(self.cell(cells, "kind"))))

    def _has_refund(self, cells: Row) -> bool:
        amount = self._readable(cells) or 0
        return self._refunds.of(self._serial(cells), self._name(cells), amount)

    def _readable(self, cells: Row) -> Fen | None:
        try:
            return self.amount(cells)
        except Refusal:
            return None

    def side(self, row: int, cells: Row, effect: str) -> str:
        """Return in or out, as the mark says; else as status and kind do."""
        mark = plain(self.cell(cells, "flag"))
        side = self.marks.side(key(mark))
        if side == "nothing":
            raise Refusal("not-done", cell=shown(mark))
        if side:
            told = _DEBIT.match(mark)
            usual = told is not None and (told[0][0] in "借dD") is (side == "out")
            self.debit_and_credit = self.debit_and_credit or usual
            self.used[side].add(mark)
            return side
        neutral = key(mark) in self.neutral
        if mark and not neutral:
            raise Refusal("flag-unknown", cell=shown(mark))
        return self._unmarked(row, cells, effect, mark)

    def mark(self, cells: Row) -> str | None:
        """Return what a mark says by itself, where the ends of a transfer are named anyway."""
        return self.marks.side(key(self.cell(cells, "flag")))

    def _unmarked(self, row: int, cells: Row, effect: str, mark: str) -> str:
        """Return in or out where the mark says neither: by the status, then by the kind."""
        if effect in ("refund", "refunded"):
            return "in" if effect == "refund" else "out"
        texts = [plain(self.cell(cells, role)) for role in ("kind", "remark")]
        side = next((side for text in texts if text and (side := self.kinds.of(key(text)))), None)
        if side == "nothing":
            raise Refusal("own-pocket", cell=shown(next(filter(None, texts))))
        if side:
            self.noted.setdefault("own-money", []).append(row)
            return side
        kind = next(filter(None, texts), "")
        if not mark and not kind:
            raise Refusal("no-flag", cell="")
        raise Refusal("neutral-mark", cell=shown(mark), kind=shown(kind))

    def amount(self, cells: Row, role: str = "amount") -> Fen:
        """Return what moved: one's share where several rows share the whole."""
        if role == "amount" and self.shares and self.shares.has(cells):
            role = "received"
        cell = self.cell(cells, role)
        if noted := _noted(cell):
            cell = noted[1]
        amount = fen(cell, self.unit)
        if amount is None:
            raise Refusal("no-amount")
        return amount

    def notes(self, *codes: str) -> list[Note]:
        """Return what was noted under these codes."""
        if "refunds-apart" in codes:
            for row, cells in self.paid_back:
                code = "refunds-apart" if self._has_refund(cells) else "refunds-missing"
                self.noted.setdefault(code, []).append(row)
            self.paid_back = []
        return noted(self.table.label, ((code, self.noted.get(code, ())) for code in codes))


class Shares:
    """The transactions that stand in a list once for each who got a share (群红包): there each row
    moves what its other side received, not the whole."""

    def __init__(self, reader: RowStatus) -> None:
        self.reader = reader
        others: dict[tuple[str, ...], set[str]] = {}
        for cells in reader.table.rows:
            whole = self._whole(cells)
            if whole[0]:
                others.setdefault(whole, set()).add(plain(reader.cell(cells, "other_account")))
        self.shared = {whole for whole, each in others.items() if len(each) > 1}

    def _whole(self, cells: Row) -> tuple[str, ...]:
        roles = ("serial", "own_account", "flag", "date", "amount")
        return tuple(stated(self.reader.cell(cells, role)) for role in roles)

    def has(self, cells: Row) -> bool:
        """Tell whether a row is one of several that share an amount."""
        return self._whole(cells) in self.shared


def _noted(cell: object) -> re.Match[str] | None:
    """Return an amount's cell that says a refund too, in two parts."""
    return _NOTED.fullmatch(plain(cell)) if isinstance(cell, str) and "退款" in cell else None


def _at(cells: Row, place: int | None) -> object:
    return cells[place] if place is not None and place < len(cells) else None


class Refunds:
    """Rows that bring money back, as they are looked up."""

    def __init__(self) -> None:
        self._serials: list[str] = []
        self._least: dict[str, Fen] = {}  # name → its smallest refund
        self._nameless: set[Fen] = set()
        self.amounts: set[Fen] = set()

    def add(self, serial: str, name: str, amount: Fen) -> None:
        """Take one row of a refund."""
        if serial:
            insort(self._serials, serial)
        if name:
            self._least[name] = min(amount, self._least.get(name, amount))
        else:
            self._nameless.add(amount)
        self.amounts.add(amount)

    def of(self, serial: str, name: str, amount: Fen) -> bool:
        """Tell whether a payment has one: its number goes on from the payment's, or it has the same
        name and no more money, or no name and just this amount.

        Examples
        --------
        >>> known = Refunds()
        >>> known.add("77_1", "某服饰店", 5_00)
        >>> known.of("77", "", 9_00), known.of("78", "某服饰店", 9_00), known.of("78", "王强", 5_00)
        (True, True, False)
        """
        place = bisect_left(self._serials, serial)
        follows = serial and place < len(self._serials) and self._serials[place].startswith(serial)
        return (
            bool(follows) or self._least.get(name, amount + 1) <= amount or amount in self._nameless
        )
