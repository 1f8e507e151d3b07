"""Tables that are not quite understood: what they look like, and columns chosen by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, replace

from simlib.errors import StatementError
from simlib.statement.amounts import fen_or_none
from simlib.statement.dates import day_of, utc_in
from simlib.statement.detection import detect, header_cells, only_payees
from simlib.statement.detection.debit_credit import directions, stated_sign
from simlib.statement.detection.statement_head import card
from simlib.statement.mapping import Mapping, headed, missing
from simlib.statement.model import Note, Refusal, Table, plain, stated
from simlib.statement.vocabulary import LOOKED_AT, header_key, headers

# ----------------------------------------------- what a table looks like

ROWS = 3  # rows that are shown
GUESSED_FROM = 50  # rows by whose cells a column without a known header is guessed
MOST_COLUMNS = 60
NEARLY = 0.8  # of the cells of a column
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?")
LONG = 8  # digits of an account's number at least


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number from 1, its header, some cells, its role or what it looks like."""

    number: int
    header: str
    cells: tuple[str, ...]
    role: str | None
    looks: str | None

    @property
    def open(self) -> bool:
        """Whether nobody knows what it holds."""
        return self.role is None


@dataclass(frozen=True, slots=True)
class Preview:
    """A table as it is seen.

    Attributes
    ----------
    label
        the table's own
    header_row
        line or sheet row of the header; None where no row looks like one
    lines
        the lines of the rows that are shown
    """

    label: str
    header_row: int | None
    lines: tuple[int, ...]
    columns: tuple[Column, ...]
    mapping: Mapping


_ENDS = re.compile(r"尾号|[末后][0-9一二三四五六八]位")  # 卡号后四位: digits, and no amount


def preview(table: Table, mapping: Mapping) -> Preview:
    """Return what the table looks like under a mapping, which may say nothing at all."""
    place = _header(table, mapping)
    cells = [plain(cell) for cell in table.rows[place]] if place >= 0 else []
    start = place + 1 if place >= 0 else _first(table)
    end = min(start + GUESSED_FROM, len(table.rows))
    places = [n for n in range(start, end) if any(map(plain, table.rows[n]))]
    rows, lines = [table.rows[n] for n in places], [table.lines[n] for n in places]
    width = min(max(map(len, [cells, *rows]), default=0), MOST_COLUMNS)
    roles = _roles(mapping, cells)
    columns = [
        _column(n, cells[n] if n < len(cells) else "", rows, roles.get(n)) for n in range(width)
    ]
    marks = {note.values["column"] for note in mapping.uncertain if note.code == "no-sign-column"}
    columns = [
        replace(each, looks="flag") if each.open and {each.number, each.header} & marks else each
        for each in columns
    ]
    return Preview(
        label=table.own_label,
        header_row=table.lines[place] if place >= 0 else None,
        lines=tuple(lines[:ROWS]),
        columns=tuple(column for column in columns if column.header or any(column.cells)),
        mapping=mapping,
    )


def _header(table: Table, mapping: Mapping) -> int:
    """Return where the header stands: as the mapping says, else the first of the fullest rows,
    unless it holds a day or a number as rows do (-1)."""
    if mapping.header_row in table.lines:
        return table.lines.index(mapping.header_row)
    place = _first(table)
    row = table.rows[place] if table.rows else ()
    return -1 if any(_is_day(cell) or _is_amount(cell) for cell in row if plain(cell)) else place


def _first(table: Table) -> int:
    """Return the first of the fullest among the first rows."""
    counts = [sum(bool(plain(cell)) for cell in row) for row in table.rows[:LOOKED_AT]]
    return counts.index(max(counts)) if counts else 0


def _roles(mapping: Mapping, cells: Sequence[str]) -> dict[int, str]:
    """Return column → role."""
    keys = [header_key(cell) for cell in cells]
    roles = {}
    for role, column in mapping.columns.items():
        if isinstance(column, int):
            roles[column - 1] = role
        elif column in cells or header_key(column) in keys:
            place = cells.index(column) if column in cells else keys.index(header_key(column))
            roles[place] = role
    return roles


def _column(place: int, header: str, rows: Sequence[Sequence[object]], role: str | None) -> Column:
    cells = [row[place] if place < len(row) else None for row in rows]
    open_ = role is None and not _ENDS.search(header)
    looks = _looks([cell for cell in cells if stated(cell)]) if open_ else None
    return Column(place + 1, header, tuple(map(plain, cells[:ROWS])), role, looks)


def _looks(cells: Sequence[object]) -> str | None:
    """Return the role that the cells of a column look like; None where they may be anything."""
    if not cells:
        return None
    marks = headers()["words"]
    if all(plain(cell).lower() in {*marks["in"], *marks["out"]} for cell in cells):
        return "flag"
    kinds = (("date", _is_day), ("time", _is_time), ("other_account", _is_number),
             ("amount", _is_amount))  # fmt: skip
    for role, fits in kinds:
        if sum(map(fits, cells)) >= NEARLY * len(cells):
            return role
    return None


def _is_day(cell: object) -> bool:
    try:
        return day_of(cell).day is not None
    except (Refusal, StatementError):
        return False


def _is_time(cell: object) -> bool:
    return _CLOCK.fullmatch(plain(cell)) is not None


def _is_amount(cell: object) -> bool:
    return fen_or_none(cell) is not None


def _is_number(cell: object) -> bool:
    text = plain(cell).replace(" ", "")
    return len(text) >= LONG and text.isascii() and text.isdigit()


# ------------------------------------------------ columns chosen by hand

TOLD_BY_COLUMNS = ("list", "two", "flag", "signed")  # the first of which all columns are there
OF_COLUMNS = (
    "column-missing", "no-shape", "summed-up", "no-header", "no-sign", "no-sign-column",
    "payees-out",
    "flag-by-balances", "flag-unknown", "out-negative",
    "own-unknown",
)  # fmt: skip
OWN = ("own_account", "own_name")
OF_PAIRS = ("column-twice", "header-twice")
HALF = {"out": "two", "in": "two", "flag": "flag"}  # what one of its columns is meant for


def choose(table: Table, mapping: Mapping, columns: Pairs[str, int]) -> Mapping:
    """Return the mapping with other columns, and whatever they decide: shape, signs, doubts.

    Parameters
    ----------
    table
        what they are columns of
    mapping
        as it was before
    columns
        role → the column's number from 1: all of them

    Raises
    ------
    StatementError
        if a role is none, or the table has no such column
    """
    texts = header_cells(table, mapping)
    named = {role: _named(texts, number) for role, number in columns.items()}
    if named == mapping.columns:
        return mapping
    shape = shape_of(named)
    changed = mapping.change(columns=named, shape=shape, negative="refuse", layout=None, gaps=False)
    if named.get("date") != mapping.columns.get("date"):
        changed = changed.change(zone=utc_in(str(named.get("date", ""))) or mapping.zone)
    notes = [*_kept(mapping, changed), *_lacking(changed), *_whose(table, changed)]
    if changed.shape is not None and not missing(changed):
        changed, more = _directed(table, mapping, changed)
        notes += more
    return replace(changed, uncertain=tuple(notes))


def _directed(table: Table, before: Mapping, changed: Mapping) -> tuple[Mapping, list[Note]]:
    """Return the mapping with what the signs and marks of its columns mean; what amounts without
    signs are is asked once for each column of amounts."""
    paid, was_paid = only_payees(changed.columns), only_payees(before.columns)
    same = not _newly_signed(before, changed) and paid == was_paid
    if paid and not same:
        return changed.change(positive="out"), [Note("payees-out")]
    found = headed(table, changed)
    now, notes = directions(found, changed)
    unsaid = now.shape == "signed" and not stated_sign(found)
    if unsaid and not same and card(found):
        return now.change(positive="ask"), [*notes, Note("card-signs")]
    if now.shape == "signed" and same and before.positive != "ask":
        return now.change(positive=before.positive), []
    return now, notes


def _newly_signed(before: Mapping, now: Mapping) -> bool:
    """Tell whether a column of amounts with signs was chosen just now."""
    same = before.shape == "signed" and before.columns.get("amount") == now.columns["amount"]
    return now.shape == "signed" and not same


def shape_of(columns: Pairs[str, str | int]) -> str | None:
    """Return which shape these columns are; None where they tell of none.

    Examples
    --------
    >>> shape_of({"date": 1, "out": 2, "in": 3}), shape_of({"date": 1, "out": 2})
    ('two', 'two')
    >>> shape_of({"date": 1, "amount": 2}), shape_of({"date": 1})
    ('signed', None)
    """
    for shape in TOLD_BY_COLUMNS:
        if set(missing(Mapping(shape=shape, columns=dict(columns)))) <= {"date"}:
            return shape
    return next((shape for role, shape in HALF.items() if role in columns), None)


def under(table: Table, mapping: Mapping, row: int) -> Mapping:
    """Return what is told by a header that stands on this line; raises `StatementError`."""
    if row not in table.lines:
        raise StatementError("mapping-no-row", name=table.label, row=row)
    place = table.lines.index(row)
    found = detect(replace(table, rows=table.rows[place:], lines=table.lines[place:]))
    if found.header_row != row:
        found = Mapping(header_row=row, sheet=mapping.sheet, uncertain=(Note("no-shape"),))
    return found.change(account=mapping.account, holder=mapping.holder, unit=mapping.unit)


def turn(mapping: Mapping) -> Mapping:
    """Return the mapping with in and out in each other's place.

    Examples
    --------
    >>> turn(Mapping()).turned, turn(turn(Mapping())).turned
    (True, False)
    """
    return mapping.change(turned=not mapping.turned, gaps=False)


def _named(texts: list[str], number: int) -> str | int:
    text = texts[number - 1] if 0 < number <= len(texts) else ""
    return text if text and texts.count(text) == 1 else number


def _kept(before: Mapping, now: Mapping) -> list[Note]:
    """Return the doubts that the choice leaves standing, e.g. of columns that stayed."""
    return [
        note for note in before.uncertain
        if note.code not in OF_COLUMNS
        and (note.code not in OF_PAIRS or _stays(str(note.values["role"]), before, now))
    ]  # fmt: skip


def _stays(role: str, before: Mapping, now: Mapping) -> bool:
    return before.columns.get(role) == now.columns.get(role)


def _lacking(mapping: Mapping) -> list[Note]:
    shapeless = [] if mapping.shape else [Note("no-shape")]
    return shapeless + [Note("column-missing", {"role": role}) for role in missing(mapping)]


def _whose(table: Table, mapping: Mapping) -> list[Note]:
    told = mapping.account or mapping.holder or mapping.shape == "list"
    if told or any(role in mapping.columns for role in OWN):
        return []
    return [Note("own-unknown", {"label": table.label})]
