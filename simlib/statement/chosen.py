"""Columns chosen by hand: what follows of them for the rest of a mapping."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from dataclasses import replace

from simlib.errors import StatementError
from simlib.statement.directions import SAMPLE, directions
from simlib.statement.finding import detect, header_cells
from simlib.statement.mapping import Mapping, missing
from simlib.statement.model import Note, Table
from simlib.statement.owner import card
from simlib.statement.places import places

TOLD_BY_COLUMNS = ("list", "two", "flag", "signed")  # the first of which all columns are there
OF_COLUMNS = (
    "column-missing", "no-shape", "no-header", "no-sign", "flag-unknown", "out-negative",
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
    changed = mapping.change(columns=named, shape=shape_of(named), negative="refuse", layout=None)
    notes = [*_kept(mapping, changed), *_lacking(changed), *_whose(table, changed)]
    if changed.complete:
        header, found = places(table, changed)
        changed, more = directions(table, header, changed, found)
        notes += more
        if _newly_signed(mapping, changed) and card(table, header, found, SAMPLE):
            changed, notes = changed.change(positive="ask"), [*notes, Note("card-signs")]
    return replace(changed, uncertain=tuple(notes))


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
    return mapping.change(turned=not mapping.turned)


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
