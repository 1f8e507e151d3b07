"""Columns chosen by hand: what follows of them for the rest of a mapping."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from dataclasses import replace

from simlib.errors import StatementError
from simlib.statement.dates import utc_in
from simlib.statement.detection import detect, header_cells, only_payees
from simlib.statement.detection.debit_credit import SAMPLE, directions, stated_sign
from simlib.statement.detection.statement_head import card
from simlib.statement.mapping import Mapping, missing
from simlib.statement.model import Note, Table
from simlib.statement.places import places

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
    header, found = places(table, changed)
    now, notes = directions(table, header, changed, found)
    unsaid = now.shape == "signed" and not stated_sign(table, header, found)
    if unsaid and not same and card(table, header, found, SAMPLE):
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
