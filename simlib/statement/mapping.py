"""Which column holds what, and how its cells are read: detected, written by hand, or chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from simlib.case.guard import MOST_BYTES, Refused, decode, parse, read_bytes
from simlib.errors import StatementError, nearest
from simlib.resources import table as ours
from simlib.statement.amounts import UNITS
from simlib.statement.instants import zone_of
from simlib.statement.model import Note
from simlib.statement.text import DELIMITERS, ENCODINGS

SHAPES = ("signed", "flag", "two", "list")
ROLES = (
    "date", "time", "amount", "flag", "out", "in", "balance", "own_account", "own_name",
    "other_account", "other_name", "payer_account", "payer_name", "payee_account", "payee_name",
    "fee", "currency", "serial", "status", "remark",
)  # fmt: skip
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
    "positive": ("in", "out"),
    "negative": ("refuse", "turn", "same"),
    "encoding": ENCODINGS,
    "delimiter": DELIMITERS,
}
DEFAULT_ZONE = "+08:00"


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
    unit
        what one of an amount stands for: yuan | wan (万元) | fen
    positive
        shape `signed`: whether an amount without a sign came in or went out
    negative
        shapes `flag` and `two`: a negative amount is refused, turns the direction (a correction),
        or only says again what the column says (`same`)
    turned
        money in and money out are exchanged, in every shape: the file has them the wrong way round
    owed
        the balance is what a card's holder owes: it grows with money spent
    flags
        `in` and `out` → the marks that mean them; None: the usual ones
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
    unit: str = "yuan"
    positive: str = "in"
    negative: str = "refuse"
    turned: bool = False
    owed: bool = False
    flags: dict[str, tuple[str, ...]] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    uncertain: tuple[Note, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it says enough for `convert`."""
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
        rest = tuple(note for note in changed.uncertain if note.code not in known)
        return replace(changed, uncertain=rest)


def missing(mapping: Mapping) -> list[str]:
    """Return the roles its shape needs and its columns lack."""
    return [
        options[0]
        for options in NEEDED.get(mapping.shape or "", ())
        if not any(role in mapping.columns for role in options)
    ]


def headers() -> dict[str, dict[str, list[str]]]:
    """Return the known headers and words of statements."""
    known: dict[str, dict[str, list[str]]] = ours("statement", "headers.toml")
    return known


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
    values, flags = dict(raw), raw.get("flags")
    if isinstance(flags, Pairs):
        values["flags"] = {side: _words(side, words) for side, words in flags.items()}
    mapping = Mapping(**values)  # type: ignore[arg-type]  # `_check` sees to their types
    _check(mapping)
    return mapping


def _words(side: str, words: object) -> tuple[str, ...]:
    words = [words] if isinstance(words, str) else words
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise StatementError("mapping-value", key=f"flags.{side}", value=str(words)[:60])
    return tuple(words)


def _check(mapping: Mapping) -> None:
    for key, choices in CHOICES.items():
        value = getattr(mapping, key)
        if value not in choices and value is not None:
            raise StatementError("mapping-choice", key=key, value=str(value)[:60],
                                 choices=", ".join(map(repr, choices)))  # fmt: skip
    for key in ("account", "holder", "zone", "sheet"):
        if not isinstance(getattr(mapping, key), str | None):
            raise StatementError("mapping-value", key=key, value=str(getattr(mapping, key))[:60])
    for key in ("turned", "owed"):
        if not isinstance(getattr(mapping, key), bool):
            raise StatementError("mapping-value", key=key, value=str(getattr(mapping, key))[:60])
    if mapping.zone is not None and zone_of(mapping.zone) is None:
        raise StatementError("mapping-value", key="zone", value=mapping.zone[:60])
    row = mapping.header_row
    if row is not None and (not isinstance(row, int) or isinstance(row, bool) or row < 1):
        raise StatementError("mapping-value", key="header_row", value=str(row)[:60])
    if mapping.flags is not None and set(mapping.flags) != {"in", "out"}:
        raise StatementError("mapping-value", key="flags", value=str(mapping.flags)[:60])
    _check_columns(mapping.columns)


def _check_columns(columns: object) -> None:
    if not isinstance(columns, Pairs):
        raise StatementError("mapping-value", key="columns", value=str(columns)[:60])
    for role, column in columns.items():
        if role not in ROLES:
            near = nearest(role, ROLES) or "date"
            raise StatementError("mapping-key", key=f"columns.{role}"[:60], near=f"columns.{near}")
        right = isinstance(column, str) or (isinstance(column, int) and column >= 1)
        if isinstance(column, bool) or not right:
            raise StatementError("mapping-value", key=f"columns.{role}", value=str(column)[:60])


def mapping_text(mapping: Mapping) -> str:
    """Return the mapping as a TOML file, to be kept for the next statement of the same bank."""
    plain, lines = Mapping(), []
    for name in (f.name for f in fields(Mapping)):
        value = getattr(mapping, name)
        if name not in ("columns", "flags", "uncertain") and value != getattr(plain, name):
            lines.append(f"{name} = {_toml(value)}")
    lines += ["", "[columns]", *(f"{role} = {_toml(c)}" for role, c in mapping.columns.items())]
    if mapping.flags is not None:
        listed = {side: ", ".join(map(_toml, words)) for side, words in mapping.flags.items()}
        lines += ["", "[flags]", *(f"{side} = [{words}]" for side, words in listed.items())]
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
