"""Which column holds what, and how its cells are read: detected, written by hand, or chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping as Pairs
from copy import copy
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path

from simlib.case.toml_guard import MOST_BYTES, Refused, decode, parse, read_bytes
from simlib.errors import StatementError, nearest
from simlib.statement.amounts import UNITS
from simlib.statement.dates import FIRST_YEAR, LAST_YEAR, ORDERS, zone_of
from simlib.statement.model import Note, Row, Table, at, plain, stated
from simlib.statement.vocabulary import LONGEST_HEADER, header_key

DELIMITERS = (",", "\t", ";", "|")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be")


SHAPES = ("signed", "flag", "two", "list")
ROLES = (
    "date", "time", "amount", "flag", "out", "in", "balance", "own_account", "own_name",
    "other_account", "other_name", "payer_account", "payer_name", "payee_account", "payee_name",
    "own_party", "other_party", "fee", "currency", "serial", "status", "kind", "refunded",
    "received", "method", "remark",
)  # fmt: skip
OWN_ENDS = ("own_account", "own_name", "other_account", "other_name")
LIST_ENDS = ("payer_account", "payer_name", "payee_account", "payee_name")
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "signed": (("date",), ("amount",)),
    "flag": (("date",), ("amount",), ("flag",)),
    "two": (("date",), ("out",), ("in",)),
    "list": (("date",), ("amount",), ("payer_account", "payer_name"),
             ("payee_account", "payee_name")),
}  # fmt: skip
CHOICES = {
    "shape": SHAPES,
    "unit": tuple(UNITS),
    "order": ORDERS,
    "positive": ("in", "out", "ask"),
    "negative": ("refuse", "turn", "same"),
    "encoding": ENCODINGS,
    "delimiter": DELIMITERS,
}
DEFAULT_ZONE = "+08:00"
LISTS = ("flags", "kinds", "statuses", "masked")  # lists of words by what they mean
SIDES = ("in", "out", "nothing")
ALIKE = ("two", "one")
# What a status does to the money of its row; `texts/*/statement.toml` says why.
EFFECTS = ("moves", "nothing", "refund", "refunded", "returned", "closed", "held", "ask")


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one statement is read.

    Attributes
    ----------
    shape
        `signed` one amount with its sign; `flag` an amount and a mark for in or out; `two` a
        column for money out and one for money in; `list` payer, payee and amount
    columns
        role → the header's text, or the column's number from 1
    header_row
        line or sheet row of the header; None: the first row that has the texts of `columns`
    account, holder
        whose statement it is, where no column says so
    zone
        of the times; None: +08:00, which is listed as an assumption
    year
        of the statement's last day, where its days are written without one
    order
        of days whose year stands last: `dmy` 31/03/2025 | `mdy` 03/31/2025; or has two digits, of
        20xx: `ymd` 25-03-31 too; None: as the days of the column tell
    unit
        what one of an amount stands for: yuan | fen | jiao (角) | qian (千元) | wan (万元) | shiwan
        (十万元) | baiwan (百万元) | qianwan (千万元) | yi (亿元)
    positive
        shape `signed`: whether an amount without a sign came in or went out; `ask`: not known
        yet, as on a credit card's statement of no known layout, or where no amount has a sign;
        None: came in where some amounts have a sign and it is no credit card's, else asked
    negative
        shapes `flag`, `two` and `list`: a negative amount is refused, turns the direction (a
        correction), or only says again what the column says (`same`)
    turned
        money in and money out are exchanged, in every shape: the file has them the wrong way round
    owed
        the balance is what a card's holder owes: it grows with money spent
    gaps
        balances that do not follow from the rows are no reason to stop: rows are missing from the
        file, or it lists them so that balances do not follow
    flags
        `in` and `out` (and `nothing`) → the marks that mean them; None: the usual ones
    kinds
        `in`, `out`, `nothing` → kinds of transactions (提现, 充值), where the mark says neither;
        `*` stands for anything; None: the usual ones
    statuses
        one of EFFECTS → the statuses that have it, before the usual ones; a mark and a status
        together (支出 交易关闭) go before the status alone
    masked
        `two`, `one` → numbers hidden in part that stand at both sides of rows: of two accounts, or
        of one
    instead
        role → the column used where the role's own has nothing
    layout
        id of the known layout this was taken from
    encoding, delimiter, sheet
        where what is detected is wrong
    uncertain
        what whoever chose the columns was not sure of
    """

    shape: str | None = None
    columns: dict[str, str | int] = field(default_factory=dict)
    header_row: int | None = None
    account: str | None = None
    holder: str | None = None
    zone: str | None = None
    year: int | None = None
    order: str | None = None
    unit: str = "yuan"
    positive: str | None = "in"
    negative: str = "refuse"
    turned: bool = False
    owed: bool = False
    gaps: bool = False
    flags: dict[str, tuple[str, ...]] | None = None
    kinds: dict[str, tuple[str, ...]] | None = None
    statuses: dict[str, tuple[str, ...]] | None = None
    masked: dict[str, tuple[str, ...]] | None = None
    instead: dict[str, str | int] = field(default_factory=dict)
    layout: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    uncertain: tuple[Note, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it says enough for `convert`."""
        return self.understood and not (self.shape == "signed" and self.positive == "ask")

    @property
    def understood(self) -> bool:
        """Whether nothing lacks but, maybe, what amounts without a sign are."""
        return self.shape is not None and not missing(self)

    def change(self, **values: object) -> Mapping:
        """Return the same with other values, checked.

        Raises
        ------
        StatementError
            if a value is not one there is
        """
        changed = replace(self, **values)  # type: ignore[arg-type]  # `_check` sees to their types
        _check(changed)
        known = {"own-unknown"} if changed.account or changed.holder else set()
        known |= {"card-signs"} if changed.positive != "ask" else set()
        known |= {"no-sign", "no-sign-column"} if changed.positive != "ask" else set()
        known |= {"year-missing"} if changed.year else set()
        known |= {"zone-unclear"} if changed.zone else set()
        rest = tuple(note for note in changed.uncertain if note.code not in known)
        return replace(changed, uncertain=rest)


def missing(mapping: Mapping) -> list[str]:
    """Return the roles its shape needs and its columns lack."""
    return [
        options[0]
        for options in NEEDED.get(mapping.shape or "", ())
        if not any(role in mapping.columns for role in options)
    ]


def read_mapping(source: str | Path) -> Mapping:
    """Return a mapping from a TOML file, or from its text.

    Raises
    ------
    StatementError
        if it is no mapping; the message says what is wrong
    """
    try:
        if isinstance(source, Path):
            raw = parse(decode(read_bytes(source, MOST_BYTES)))
        else:
            raw = parse(source)
    except Refused as refusal:
        reason = refusal.finding.code
        line = refusal.finding.values.get("line", 0)
        raise StatementError("mapping-unreadable", reason=reason, line=line) from None
    return mapping_of(raw)


def mapping_of(raw: Pairs[str, object]) -> Mapping:
    """Return a mapping from TOML data."""
    known = [f.name for f in fields(Mapping) if f.name != "uncertain"]
    for key in raw:
        if key not in known:
            near = nearest(key, known) or known[0]
            raise StatementError("mapping-key", key=key, near=near)
    values = dict(raw)
    if raw.get("shape") == "signed":
        values.setdefault("positive", None)
    for name in LISTS:
        listed = raw.get(name)
        if isinstance(listed, Pairs):
            values[name] = {each: _words(f"{name}.{each}", w) for each, w in listed.items()}
    mapping = Mapping(**values)  # type: ignore[arg-type]  # `_check` sees to their types
    _check(mapping)
    return mapping


def _words(key: str, words: object) -> tuple[str, ...]:
    words = [words] if isinstance(words, str) else words
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise StatementError("mapping-value", key=key[:60], value=str(words)[:60])
    return tuple(words)


def _check(mapping: Mapping) -> None:
    for key, choices in CHOICES.items():
        value = getattr(mapping, key)
        if value not in choices and value is not None:
            raise StatementError("mapping-choice", key=key, value=str(value)[:60],
                                 choices=", ".join(map(repr, choices)))  # fmt: skip
    for key in ("account", "holder", "zone", "sheet", "layout"):
        if not isinstance(getattr(mapping, key), str | None):
            raise StatementError("mapping-value", key=key, value=str(getattr(mapping, key))[:60])
    for key in ("turned", "owed", "gaps"):
        if not isinstance(getattr(mapping, key), bool):
            raise StatementError("mapping-value", key=key, value=str(getattr(mapping, key))[:60])
    if mapping.zone is not None and zone_of(mapping.zone) is None:
        raise StatementError("mapping-value", key="zone", value=mapping.zone[:60])
    year = mapping.year
    if year is not None and not (type(year) is int and FIRST_YEAR <= year <= LAST_YEAR):
        raise StatementError("mapping-value", key="year", value=str(year)[:60])
    row = mapping.header_row
    if row is not None and (not isinstance(row, int) or isinstance(row, bool) or row < 1):
        raise StatementError("mapping-value", key="header_row", value=str(row)[:60])
    _check_lists(mapping)
    for name in ("columns", "instead"):
        _check_columns(name, getattr(mapping, name))


def _check_lists(mapping: Mapping) -> None:
    """Refuse lists of words that are none, or stand under what they cannot mean."""
    if mapping.flags is not None and not {"in", "out"} <= set(mapping.flags):
        raise StatementError("mapping-value", key="flags", value=str(mapping.flags)[:60])
    for name, known in (("flags", SIDES), ("kinds", SIDES), ("statuses", EFFECTS),
                        ("masked", ALIKE)):  # fmt: skip
        listed = getattr(mapping, name)
        if listed is not None and not isinstance(listed, Pairs):
            raise StatementError("mapping-value", key=name, value=str(listed)[:60])
        for meaning in listed or ():
            if meaning not in known:
                raise StatementError("mapping-choice", key=name, value=str(meaning)[:60],
                                     choices=", ".join(map(repr, known)))  # fmt: skip


def _check_columns(name: str, columns: object) -> None:
    if not isinstance(columns, Pairs):
        raise StatementError("mapping-value", key=name, value=str(columns)[:60])
    for role, column in columns.items():
        if role not in ROLES:
            near = nearest(role, ROLES) or "date"
            raise StatementError("mapping-key", key=f"{name}.{role}"[:60], near=f"{name}.{near}")
        right = isinstance(column, str) or (isinstance(column, int) and column >= 1)
        if isinstance(column, bool) or not right:
            raise StatementError("mapping-value", key=f"{name}.{role}", value=str(column)[:60])


def mapping_text(mapping: Mapping) -> str:
    """Return the mapping as a TOML file, to be kept for the next statement of the same bank."""
    plain, lines = Mapping(), []
    for name in (f.name for f in fields(Mapping)):
        value = getattr(mapping, name)
        tables = ("columns", "instead", "uncertain", *LISTS)
        usual = None if name == "positive" and mapping.shape == "signed" else getattr(plain, name)
        if name not in tables and value not in (None, usual):
            lines.append(f"{name} = {_toml(value)}")
    for name in ("columns", "instead"):
        if name == "columns" or getattr(mapping, name):
            placed = getattr(mapping, name).items()
            lines += ["", f"[{name}]", *(f"{role} = {_toml(c)}" for role, c in placed)]
    for name in LISTS:
        if (listed := getattr(mapping, name)) is not None:
            texts = {each: ", ".join(map(_toml, words)) for each, words in listed.items()}
            lines += ["", f"[{name}]", *(f"{each} = [{words}]" for each, words in texts.items())]
    return "\n".join(lines).lstrip("\n") + "\n"


def _toml(value: str | int) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else quoted(value)


def quoted(text: str) -> str:
    """Return text as a TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = re.sub(r"[\x00-\x1f\x7f]", lambda c: f"\\u{ord(c[0]):04x}", escaped)
    return f'"{escaped}"'


# ----------------------------------------------- where the columns stand

SAMPLE = 2_000  # rows of a table from which signs are read
FEET = 12  # last lines of a table in which something of all of it may stand


class HeadedTable:
    """A table with its header: where that stands (-1: nowhere), and role → column from 0."""

    def __init__(self, table: Table, place: int, columns: dict[str, int]) -> None:
        self.table, self.place, self.columns = table, place, columns

    def having(self, columns: dict[str, int]) -> HeadedTable:
        """Return the same with other columns; what was read around the table is kept."""
        other = copy(self)
        other.columns = columns
        return other

    @cached_property
    def texts(self) -> list[str]:
        """The cells of the header."""
        return [plain(cell) for cell in self.table.rows[self.place]] if self.place >= 0 else []

    @property
    def rows(self) -> list[Row]:
        """The rows below it."""
        return self.table.rows[self.place + 1 :]

    @cached_property
    def sample(self) -> list[Row]:
        """The first of them, from which signs and marks are read."""
        return self.table.rows[self.place + 1 : self.place + 1 + SAMPLE]

    @cached_property
    def title(self) -> str:
        """The lines above it."""
        return "\n".join(map(line_of, self.table.rows[: max(self.place, 0)]))

    @cached_property
    def notes(self) -> str:
        """The lines above it, and the last lines below it that have one cell."""
        below = (list(filter(None, shortened_cells(cells)))
                 for cells in self.table.rows[max(self.place, 0) + 1 :][-FEET:])  # fmt: skip
        return "\n".join((self.title, *(texts[0] for texts in below if len(texts) == 1)))

    def cell(self, cells: Row, role: str) -> object:
        """Return a row's cell of a role; None where there is none."""
        return at(cells, self.columns[role]) if role in self.columns else None

    def header(self, role: str) -> str:
        """Return the header of a role's column; "" where there is none."""
        return self.texts[place] if (place := self.columns[role]) < len(self.texts) else ""

    def named(self, column: int) -> str | int:
        """Return a column's header, or its number from 1 where it has none of its own."""
        text = self.texts[column] if 0 <= column < len(self.texts) else ""
        return text if text and self.texts.count(text) == 1 else column + 1


def shortened_cells(cells: Row) -> list[str]:
    """Return the texts of cells, none longer than a header or a name."""
    return [stated(cell)[:LONGEST_HEADER] for cell in cells]


def line_of(cells: Row) -> str:
    """Return a row as one line of text."""
    return "  ".join(shortened_cells(cells))


def headed(table: Table, mapping: Mapping) -> HeadedTable:
    """Return the table with its header and the columns that a mapping names.

    Raises
    ------
    StatementError
        if the table has no such header or column
    """
    named = {role: c for role, c in mapping.columns.items() if isinstance(c, str)}
    numbered = {role: c - 1 for role, c in mapping.columns.items() if isinstance(c, int)}
    header = _header(table, mapping, list(named.values()))
    cells = table.rows[header] if header >= 0 else ()
    for role, column in named.items():
        place = _place(cells, column)
        if place is None:
            raise StatementError("mapping-column", name=table.label, role=role, column=column)
        numbered[role] = place
    return HeadedTable(table, header, numbered)


def spare_places(cells: Row, mapping: Mapping, label: str) -> dict[str, int]:
    """Return role → the column used where its own has nothing."""
    places: dict[str, int] = {}
    for role, column in mapping.instead.items():
        place = column - 1 if isinstance(column, int) else _place(cells, column)
        if place is None:
            raise StatementError("mapping-column", name=label, role=role, column=column)
        places[role] = place
    return places


def _place(cells: Row, column: str) -> int | None:
    """Return the column of this header: word for word if there is one, else as headers are
    compared."""
    for same in (plain, header_key):
        texts = [same(cell) for cell in cells]
        if same(column) in texts:
            return texts.index(same(column))
    return None


def _header(table: Table, mapping: Mapping, named: list[str]) -> int:
    if mapping.header_row is not None:
        if mapping.header_row not in table.lines:
            row = mapping.header_row
            raise StatementError("mapping-no-row", name=table.label, row=row)
        return table.lines.index(mapping.header_row)
    if not named:
        return -1
    wanted = {header_key(text) for text in named}
    for place, cells in enumerate(table.rows):
        if wanted <= {header_key(cell) for cell in cells}:
            return place
    raise StatementError("mapping-no-header", name=table.label, columns=", ".join(named)[:200])


def width(header: Row) -> int:
    """Return how many cells a header has, empty ones at its end left out."""
    return max((n for n, cell in enumerate(header, 1) if plain(cell)), default=0)


def needed(mapping: Mapping, columns: dict[str, int]) -> int:
    """Return the last column without which a row says nothing."""
    roles = {role for options in NEEDED[mapping.shape or ""] for role in options}
    return max((place for role, place in columns.items() if role in roles), default=-1)
