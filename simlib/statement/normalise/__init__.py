"""The rows of a table as movements. Whatever is not taken is listed with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from simlib.errors import StatementError
from simlib.money import Fen
from simlib.statement.detection import only_payees, other_header
from simlib.statement.detection.debit_credit import (
    against_words,
    contradicted,
    directions,
    how_signs_were_read,
    is_card,
    is_owed,
    positive_side,
)
from simlib.statement.detection.statement_head import (
    foreign_money,
    own_of,
    refuse_coins,
)
from simlib.statement.mapping import (
    DEFAULT_ZONE,
    HeadedTable,
    Mapping,
    headed,
    missing,
    needed,
    spare_places,
    width,
)
from simlib.statement.model import (
    End,
    Line,
    Movement,
    Note,
    Refusal,
    Row,
    Table,
    noted,
    plain,
    shown,
    yuan,
)
from simlib.statement.normalise.reversals import (
    Saying,
    Sayings,
    from_payee,
    is_to_itself,
    settled,
    unmoved,
    without_shared_number,
)
from simlib.statement.normalise.row_reader import Owners, RowReader
from simlib.statement.normalise.running_balance import Checked, checked, followed, net_of_fees
from simlib.statement.vocabulary import layouts

NO_ROWS = ("blank", "title", "header", "total", "carried", "note")  # lines that are no transaction


@dataclass(frozen=True, slots=True)
class Reading:
    """One statement read: `read` = `taken` + refused + skipped.

    Attributes
    ----------
    signs
        how in and out were read, from which column, with an example of each
    against
        what says that they are the wrong way round, or (`gaps`) that the balances follow neither
        way; `combine` then stops
    unread
        headers of the columns that hold something and were not read
    """

    label: str
    mapping: Mapping
    movements: tuple[Movement, ...]
    refused: tuple[Line, ...]
    skipped: tuple[Line, ...]
    warnings: tuple[Note, ...]
    assumptions: tuple[Note, ...]
    openings: dict[End, Fen]
    read: int
    encoding: str
    digest: str
    signs: Note
    against: Note | None = None
    unread: tuple[str, ...] = ()

    @property
    def taken(self) -> int:
        """How many rows are movements now."""
        return len(self.movements)

    @property
    def not_moved(self) -> tuple[Line, ...]:
        """The rows that state a transaction which moved nothing."""
        return tuple(line for line in self.skipped if line.code not in NO_ROWS)

    @property
    def reversed(self) -> bool:
        """Whether money in and money out seem to be exchanged."""
        return self.against is not None and self.against.code != "gaps"


# ------------------------------------------------------------- one table

Sums: TypeAlias = tuple[Fen, Fen]  # out, in
MONEY = ("amount", "out", "in", "balance", "fee")
_HEAD = re.compile(r"[-+]?¥?[0-9]{1,3}")
_REST = re.compile(r"[0-9]{3}(\.[0-9]{1,2})?")
NOTHING_MOVED = ("not-done", "own-pocket")  # reasons that are no fault of the row


def convert(table: Table, mapping: Mapping) -> Reading:
    """Read every row of a table.

    Parameters
    ----------
    table
        from `read_tables`
    mapping
        from `detect`, `read_mapping` or a dialog

    Returns
    -------
    Reading
        `read` = `taken` + refused + skipped, whatever the table holds

    Raises
    ------
    StatementError
        if the mapping does not say enough, or names columns the table has not
    """
    lacking = missing(mapping)
    refuse_coins(table, mapping)
    if mapping.shape == "signed" and mapping.positive == "ask":
        raise _unsigned(table, mapping)
    if mapping.shape is None or lacking:
        role = lacking[0] if lacking else "amount"
        raise StatementError("mapping-incomplete", name=table.label, role=role)
    found = headed(table, mapping)
    mapping, _ = own_of(found, mapping)
    if mapping.positive is None:
        if is_card(table, found.place):
            raise StatementError("mapping-card", name=table.label)
        if mapping.shape == "signed":
            mapping, doubts = directions(found, mapping)
            if mapping.positive == "ask":
                raise _unsigned(table, replace(mapping, uncertain=tuple(doubts)))
            found = headed(table, mapping)
        mapping = mapping.change(positive=mapping.positive or "in")
    _refuse_other_header(table, found.place)
    run = _Run(found, mapping)
    for place in range(len(table.rows)):
        run.take(place)
    return run.reading()


def _refuse_other_header(table: Table, header: int) -> None:
    """Refuse a table in which another header follows, whose rows would be read by the first."""
    place = other_header(table, header) if header >= 0 else None
    if place is not None:
        row, first = table.lines[place], table.lines[header]
        raise StatementError("statement-second-header", name=table.label, row=row, first=first)


def _unsigned(table: Table, mapping: Mapping) -> StatementError:
    """Return the question what amounts without signs are, with the column that may say it."""
    notes = {note.code: note.values for note in mapping.uncertain}
    if "card-signs" in notes or not {"no-sign", "no-sign-column"} & {*notes}:
        return StatementError("mapping-card", name=table.label)
    if "no-sign" in notes:
        return StatementError("mapping-unsigned", name=table.label)
    return StatementError("mapping-mark", name=table.label, **notes["no-sign-column"])


class _Run:
    """One pass over the rows."""

    def __init__(self, found: HeadedTable, mapping: Mapping) -> None:
        self.table, self.mapping, self.header = found.table, mapping, found.place
        table, header, columns = found.table, found.place, found.columns
        self.width = len(table.rows[header]) if header >= 0 else 0
        self.filled = width(table.rows[header]) if header >= 0 else 0
        self.needed = needed(mapping, columns)
        self.money = sorted({columns[role] for role in MONEY if role in columns})
        ends = ("_name", "_account", "_party", "flag")
        self.people = {place for role, place in columns.items() if role.endswith(ends)}
        self.currency = columns.get("currency")
        self.header_cells = table.rows[header] if header >= 0 else None
        spare = spare_places(self.header_cells or (), mapping, table.label)
        foreign = foreign_money(found, mapping)
        self.reader = RowReader(table, mapping, columns, spare, foreign)
        self.sayings = Sayings(self.header_cells or (), mapping, columns, [*spare.values()])
        self.said: dict[int, Saying] = {}  # rows that say that no money moved
        self.marked: dict[int, str | None] = {}  # in or out, as the rows of a list say
        self.owners = Owners(found, mapping, self.reader.default_own)
        self.movements: list[Movement] = []
        self.refused: list[Line] = []
        self.skipped: list[Line] = []
        # row, sums of out and in as it states them, and what was taken till then: of all of it, and
        # of the last account
        self.totals: list[tuple[int, Sums, tuple[Sums, Sums]]] = []
        self.out_fen = self.in_fen = 0
        self.before: Sums = (0, 0)  # of the accounts above this one
        self.itself: list[Movement] = []
        self.unnamed: list[int] = []  # rows of an account with itself that moved money
        self.returned: list[list[int]] = [[], []]  # of 退汇, with their payment and without
        self.seen: dict[str, tuple[int, tuple[object, ...]]] = {}
        self.shared: list[int] = []
        self.words: dict[int, str] = {}  # kind and remark of each row that was taken

    def take(self, place: int) -> None:
        """Put one row where it belongs."""
        row, cells = self.table.lines[place], self.table.rows[place]
        if place <= self.header:
            blank = not any(map(plain, cells))
            code = "header" if place == self.header else "blank" if blank else "title"
            self.skipped.append(Line(row, code))
        elif self._begins_another(row, cells):
            self.skipped.append(Line(row, "title"))
        elif skip := self._skip(row, cells):
            self.skipped.append(skip)
        elif row in self.table.broken:
            self.refused.append(self.table.broken[row])
        else:
            try:
                self._move(row, cells)
            except Refusal as refusal:
                where = self.skipped if refusal.code in NOTHING_MOVED else self.refused
                said = self.reader.readable(cells)
                where.append(Line(row, refusal.code, refusal.values, amount_fen=said))

    def _begins_another(self, row: int, cells: Row) -> bool:
        """Tell whether a line says that the rows below it are another account's."""
        if self.reader.has_day(cells) or not self.owners.changed(row, cells):
            return False
        self.reader.default_own = self.owners.now
        self.before = self.out_fen, self.in_fen
        return True

    def _skip(self, row: int, cells: Row) -> Line | None:
        if row in self.table.broken:
            return None
        code = self.reader.no_movement(cells)
        if code is None and self.header_cells == cells:
            code = "header"
        if code == "total" and (sums := self.reader.sums(cells)):
            here = (self.out_fen - self.before[0], self.in_fen - self.before[1])
            self.totals.append((row, sums, ((self.out_fen, self.in_fen), here)))
        return Line(row, code) if code else None

    def _move(self, row: int, cells: Row) -> None:
        if self.width and self.table.delimiter:
            self._refuse_width(row, cells)
        masked = self.mapping.masked or {}
        movement = without_shared_number(self.reader.movement(row, cells), masked)
        if is_to_itself(movement, masked):
            if movement.fee_fen:
                raise Refusal("fee-to-itself", fee=yuan(movement.fee_fen))
            self.itself.append(movement)
            self._remember(movement, cells)
        elif movement.amount_fen == 0:
            self.skipped.append(Line(row, "zero"))
        elif movement.serial and (first := self._twin(movement, cells)):
            self.skipped.append(Line(row, "duplicate", {"first": first}))
        else:
            self.movements.append(movement)
            self._remember(movement, cells)
            if movement.own is movement.payer:
                self.out_fen += movement.amount_fen
            else:
                self.in_fen += movement.amount_fen

    def _remember(self, movement: Movement, cells: Row) -> None:
        if saying := self.sayings.of(cells):
            self.said[movement.row] = saying
        if self.mapping.shape == "list":
            self.marked[movement.row] = self.reader.said.mark(cells)
        kind = plain(self.reader.cell(cells, "kind"))
        self.words[movement.row] = f"{kind} {movement.remark}".strip()

    def _settle_itself(self) -> None:
        """Take the rows of an account with itself that a balance shows to have moved money."""
        moved, within = settled(self.movements, self.itself)
        self.movements = sorted((*self.movements, *moved), key=lambda m: m.row)
        self.skipped += [Line(m.row, "to-itself") for m in within]
        self.skipped.sort(key=lambda line: line.row)
        self.unnamed = [m.row for m in moved]

    def _leave_unmoved(self) -> None:
        """Leave out the rows that say that no money moved, unless their balance says it did."""
        if not self.said:
            return
        owed = is_owed(self.mapping) or is_card(self.table, self.header)
        found = unmoved(self.movements, self.said, followed(self.movements, owed))
        for line in found.values():
            (self.skipped if line.code in NOTHING_MOVED else self.refused).append(line)
        self.skipped.sort(key=lambda line: line.row)
        self.movements = [m for m in self.movements if m.row not in found]

    def _refuse_width(self, row: int, cells: Row) -> None:
        """Refuse a row cut off or shifted; empty cells at its end need not be written."""
        if any(map(plain, cells[self.width :])):
            raise Refusal("too-many-cells", count=len(cells), columns=self.width)
        if len(cells) > self.width and not self._all_wider:
            raise Refusal("too-many-cells", count=len(cells), columns=self.width)
        if self.table.delimiter == "," and (cut := self._cut(cells)):
            raise Refusal("thousands-cut", cell=cut)
        if len(cells) < self.filled and (row == self.table.torn or len(cells) <= self.needed):
            raise Refusal("too-few-cells", count=len(cells), columns=self.width)

    @cached_property
    def _all_wider(self) -> bool:
        """Whether every row that has a day ends in more cells than the header."""
        return all(len(cells) > self.width for cells in self.table.rows[self.header + 1 :]
                   if self.reader.has_day(cells))  # fmt: skip

    @cached_property
    def _narrowest(self) -> int:
        return min((len(cells) for cells in self.table.rows[self.header + 1 :]
                    if self.reader.has_day(cells)), default=0)  # fmt: skip

    def _cut(self, cells: Row) -> str:
        """Return an amount whose separator of thousands cut it in two (1 and 234.50), as it was
        written; "" if there is none.

        A cell of three digits behind an amount is its rest where the row has more cells than it
        should, where its column holds names, accounts or marks, or where it has decimals and its
        column holds no money.
        """
        for place in self.money:
            if place + 1 >= len(cells) or "." in (cell := str(cells[place])) or not cell:
                continue
            head, rest = plain(cell), plain(cells[place + 1])
            found = _REST.fullmatch(rest) if _HEAD.fullmatch(head) else None
            if found is None or place + 1 == self.currency:
                continue
            never = place + 1 in self.people or (found[1] and place + 1 not in self.money)
            if never or self._too_wide(cells):
                return f"{head},{rest}"
        return ""

    def _too_wide(self, cells: Row) -> bool:
        """Tell whether a row has more cells than its header names, or than other rows have."""
        return len(cells) > min(self.width, self._narrowest) or any(
            map(plain, cells[self.filled :])
        )

    def _twin(self, movement: Movement, cells: Row) -> int | None:
        """Return the row that already says exactly this; one serial number may also stand for two
        rows."""
        content = (movement[1:], cells)
        known = self.seen.setdefault(movement.serial, (movement.row, content))
        if known[0] == movement.row:
            return None
        if known[1] == content:
            return known[0]
        self.shared.append(movement.row)
        return None

    def reading(self) -> Reading:
        """Return what became of all of it."""
        self._settle_itself()
        self._leave_unmoved()
        self.movements = net_of_fees(self.movements)
        self.movements, *self.returned = from_payee(self.movements, self.reader.ends.returned)
        found, label = self._allowed(self._checked()), self.table.label
        self.refused.sort(key=lambda line: line.row)
        return Reading(
            label=label,
            mapping=self.mapping,
            movements=tuple(found.movements),
            refused=tuple(_labelled([_told(r, found.moved) for r in self.refused], label)),
            skipped=tuple(_labelled(self.skipped, self.table.label)),
            warnings=(*found.notes, *self._warnings()),
            assumptions=tuple(self._assumptions()),
            openings=found.openings,
            read=len(self.table.rows),
            encoding=self.table.encoding,
            digest=f"{self.table.digest}:{self.table.sheet}",
            signs=how_signs_were_read(self.mapping, found.movements, label, self.reader.said.used),
            against=found.against,
            unread=self.sayings.unread(self.table.rows[self.header + 1 :]),
        )

    def _checked(self) -> Checked:
        """Hold the movements against their balances; a card's against the words of its rows too.

        A balance that fits only as a debt is one, where the statement is a card's.
        """
        label, owed = self.table.label, is_owed(self.mapping)
        refused = sorted(line.row for line in self.refused)
        found = checked(self.movements, label, owed, refused)
        if not (is_card(self.table, self.header) or self.mapping.positive == "out"):
            return found
        if found.against and not owed:
            as_debt = checked(self.movements, label, owed=True, refused=refused)
            if found.against.code != "gaps" or as_debt.against is None:
                found = as_debt
                found.notes.append(Note("balance-owed", {"label": label}))
        gaps = found.against if found.against and found.against.code == "gaps" else None
        found.against = against_words(self.movements, label, self.words)
        if self.mapping.shape == "signed" and not found.against and self._refuse_contradicted():
            return self._checked()
        found.against = found.against or gaps
        return found

    def _allowed(self, found: Checked) -> Checked:
        """Let balances pass that do not follow: of a layout whose balances need not, or because
        the reader says that rows are missing, of which note is taken."""
        layout = layouts().get(self.mapping.layout or "")
        usual = layout is not None and bool(layout.rules.get("gaps"))
        if found.against and found.against.code == "gaps" and (usual or self.mapping.gaps):
            if not usual:
                found.notes = [note for note in found.notes if note.code != "balance-differs"]
                found.notes.append(Note("balance-gaps", found.against.values))
            found.against = None
        return found

    def _refuse_contradicted(self) -> bool:
        """Refuse the rows of a card whose words contradict their direction; tell if there are."""
        came = positive_side(self.mapping) == "in"
        wrong = {m.row for m in self.movements if contradicted(m, self.words[m.row], came)}
        self.refused += [Line(row, "card-words", {"cell": shown(self.words[row])})
                         for row in sorted(wrong)]  # fmt: skip
        self.movements = [m for m in self.movements if m.row not in wrong]
        return bool(wrong)

    def _warnings(self) -> list[Note]:
        label = self.table.label
        notes: list[Note] = []
        for row, printed, taken in self.totals:
            if printed not in taken:
                values = {"out": yuan(printed[0]), "in": yuan(printed[1])}
                values |= {"taken_out": yuan(taken[-1][0]), "taken_in": yuan(taken[-1][1])}
                notes.append(Note("total-differs", {"label": label, "row": row, **values}))
        listed = (("serial-shared", self.shared), ("own-changes", self.owners.rows),
                  ("itself-moved", self.unnamed), ("returned-unmet", self.returned[1]),
                  ("list-marks", self._against_payer()))  # fmt: skip
        notes += noted(label, listed)
        payees = only_payees(self.mapping.columns)  # all of it went out, and that is said
        signed = self.mapping.shape == "signed" and self.movements and not payees
        if signed and len({m.own is m.payer for m in self.movements}) == 1:
            notes.append(Note("one-direction", {"label": label}))
        if self.table.hidden:
            notes.append(Note("hidden-sheet", {"label": label}))
        if self.table.copies:
            count = len(self.table.copies)
            notes.append(Note("sheet-twice", {"label": label, "count": count}))
        notes += [Note(n.code, {"label": label, **n.values}) for n in self.table.notes]
        return notes + self.reader.warnings()

    def _against_payer(self) -> list[int]:
        """Return the rows of a list that say that money came in, where one and the same pays in
        every row and others say that it went out."""
        sides = {self.marked.get(m.row) for m in self.movements}
        if not {"in", "out"} <= sides or len({m.payer for m in self.movements}) > 1:
            return []
        return [m.row for m in self.movements if self.marked[m.row] == "in"]

    def _assumptions(self) -> list[Note]:
        label, notes = self.table.label, []
        if self.movements and self.mapping.zone is None and self.reader.unzoned:
            notes.append(Note("zone-assumed", {"label": label, "zone": DEFAULT_ZONE}))
        years = {self.reader.years.get(m.row): m.row for m in reversed(self.movements)}
        for year in [year for year in reversed(years) if year]:
            values = {"label": label, "row": years[year], "year": str(year)}
            notes.append(Note("year-given", values))
        if any(movement.day_only for movement in self.movements):
            notes.append(Note("days-only", {"label": label}))
        if self.reader.serial_dates:
            notes.append(Note("serial-dates", {"label": label, "row": self.reader.serial_dates}))
        if self.reader.said.debit_and_credit and not self.mapping.turned:
            notes.append(Note("debit-is-out", {"label": label}))
        notes += noted(label, [("returned", self.returned[0])])
        return notes + self.reader.assumptions()


def _told(line: Line, moved: dict[int, Fen]) -> Line:
    """Return a row that was not taken with what the balances say that it moved."""
    if line.row not in moved:
        return line
    said = {f"balance_{'in' if moved[line.row] > 0 else 'out'}": yuan(abs(moved[line.row]))}
    return replace(line, values={**line.values, **said})


def _labelled(lines: list[Line], label: str) -> list[Line]:
    return [replace(line, label=label) for line in lines]
