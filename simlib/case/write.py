"""A case as the text of its file: what is written is read back as it was.

Rows are written as the shipped files have them: one fact a line, words of both languages together.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from simlib.case.checks import OF_ANYBODY
from simlib.case.fields import Raw, Record
from simlib.case.party import UNIDENTIFIED, Party

if TYPE_CHECKING:
    from simlib.case.model import Case

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029]")


def write(case: Case | Raw) -> str:
    """Return the TOML text of a case, or of raw data, right or wrong.

    Parameters
    ----------
    case
        a case, whose facts known by default are left out and whose transfers are all written
        here, or data as `tomllib` gives them; what is None is left out

    Examples
    --------
    >>> print(write({"id": "x", "parties": [{"id": "v", "name": {"zh": "甲", "en": "V"}}]}), end="")
    id = "x"
    <BLANKLINE>
    [[parties]]
    id = "v"
    name = { zh = "甲", en = "V" }
    """
    data = case if isinstance(case, Mapping) else raw(case)
    return "\n".join(_lines(data)) + "\n"


def raw(case: Case) -> dict[str, object]:
    """Return a case as the data its file would give."""
    return {key: value for key, value in _table(case).items() if key != "transfers_file"}


def _table(record: Record) -> dict[str, object]:
    """Return what a record knows beside the defaults, all the way down."""
    fields = type(record).model_fields
    facts = {name: getattr(record, name) for name in fields}
    table = {k: _plain(v) for k, v in facts.items() if v is not None and v != fields[k].default}
    return _unidentified(record, table) if isinstance(record, Party) else table


def _unidentified(party: Party, table: dict[str, object]) -> dict[str, object]:
    """Return a party's table in the word of a file, `role = "unknown"`, if that says all of it."""
    if not party.unstated:
        return table
    short = {key: fact for key, fact in table.items() if key in OF_ANYBODY} | {"role": "unknown"}
    short["kinds"] = {key: kind for key, kind in party.kinds.items() if key not in UNIDENTIFIED}
    short = {key: fact for key, fact in short.items() if fact}
    return short if Party.model_validate(short) == party else table


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return _table(value)
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return value


def _lines(data: Raw) -> Iterator[str]:
    tables = {key: listed for key, fact in data.items() if (listed := _rows(fact))}
    for key, fact in data.items():
        if key not in tables and fact is not None:
            yield f"{_key(key)} = {value(fact)}"
    for key, listed in tables.items():
        for row in listed:
            yield ""
            yield f"[[{_key(key)}]]"
            for name, fact in row.items():
                if fact is not None:
                    yield f"{_key(name)} = {value(fact)}"


def _rows(value: object) -> list[Raw]:
    """Return a value that is an array of tables, or an empty list for any other."""
    rows = list(value) if isinstance(value, list | tuple) else []
    return rows if all(isinstance(row, Mapping) for row in rows) else []


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def value(data: object) -> str:
    """Return a value as TOML writes it, on one line."""
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, str):
        return _text(data)
    if isinstance(data, datetime.date | datetime.time):
        return data.isoformat()
    if isinstance(data, Mapping):
        inner = [f"{_key(k)} = {value(v)}" for k, v in data.items() if v is not None]
        return f"{{ {', '.join(inner)} }}" if inner else "{}"
    if isinstance(data, list | tuple):
        return f"[{', '.join(value(inner) for inner in data if inner is not None)}]"
    return repr(data)


def _text(text: str) -> str:
    """Return a basic string on one line; JSON escapes what TOML does, but for a few control
    characters."""
    return _CONTROL.sub(lambda c: f"\\u{ord(c[0]):04x}", json.dumps(text, ensure_ascii=False))
