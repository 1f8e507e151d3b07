"""A draft as the page holds it, and as the data of a case file.

A page knows no days and no fen typed wrong: a draft is JSON with days and instants as ISO text and
whatever else the reader typed. What cannot be read stays as it is, to be reported as in a file.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from simlib.case.checks import rows
from simlib.case.fields import Facts
from simlib.case.load import FILE, shipped_cases
from simlib.case.load import load_case as load
from simlib.case.model import Case
from simlib.case.problem_places import row_id
from simlib.case.toml_guard import read_toml
from simlib.case.write import raw
from simlib.lessons.knob import turned
from simlib.resources import shelf
from simlib.text import topic_words, words
from simlib.widgets.own.fields import NO_FIELD, ORDER, control, record_of
from simlib.widgets.state import LabState, Scene
from simlib.widgets.supposed_grades import STAND_IN, first_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from simlib.case.fields import Raw

EMPTY: tuple[object, ...] = (None, "", [], {})
Spot: TypeAlias = tuple[str | int, ...]  # table, row number, field, and what is below
Mistyped: TypeAlias = tuple[Spot, str, str]  # where, key of the page's words, the text
OPEN = "unknown"  # what the page says of a grade that was not found out
RULES = "rules."  # how a path begins that chooses a rule
SUPPOSED = {"grade": STAND_IN, "grade_open": True}  # the same as a file has it


def to_data(draft: Raw) -> dict[str, object]:
    """The data of a case file, in the order of the schema; nothing empty is in it."""
    data: dict[str, object] = {}
    homes = _homes(draft)
    for key in sorted(draft, key=lambda k: _place(Case, k)):
        value = draft[key]
        if key in ORDER and isinstance(value, list):
            value = [_row(key, row, homes) if isinstance(row, Mapping) else row for row in value]
        else:
            value = _value("", Case, key, value)
        if value not in EMPTY:
            data[key] = value
    return data


def to_draft(data: Raw) -> dict[str, object]:
    """The same the other way: data of a file as the page holds them."""
    draft = {}
    for key, value in data.items():
        if key in ORDER and isinstance(value, list):
            draft[key] = _plain([_loosened(key, row) for row in value])
        else:
            draft[key] = _plain(value)
    return draft


def fits(data: Raw) -> bool:
    """Whether data have the shape of a case, so that the page has a control for each part."""
    tables = [data.get(table, []) for table in ORDER]
    lists = [listed for listed in tables if isinstance(listed, list)]
    if len(lists) < len(tables):
        return False
    each_row = [row for listed in lists for row in listed]
    inner = ("kinds", "sources", "set", "proof", "exemption")
    return all(isinstance(row, dict) for row in each_row) and all(
        isinstance(row.get(name, {}), dict) for row in each_row for name in inner
    )


def typed_wrong(data: Raw) -> Iterator[Mistyped]:
    """Where a number was to stand and a text stands: spot, key of the page's words, the text."""
    for key, value in data.items():
        if key in ORDER and isinstance(value, list):
            for n, row in enumerate(value):
                for name, inner in row.items() if isinstance(row, Mapping) else ():
                    yield from _wrong(key, record_of(key), name, inner, (key, n, name))
        else:
            yield from _wrong("", Case, key, value, (key,))


def _wrong(
    table: str, record: type[BaseModel], name: str, value: object, spot: Spot
) -> Iterator[Mistyped]:
    if name not in record.model_fields or name in NO_FIELD:
        return
    if isinstance(value, Mapping):
        for of in control(table, record, name).get("fields", ()):
            if isinstance(value.get(of["id"]), str) and of["kind"] == "fraction":
                yield (*spot, of["id"]), "number", value[of["id"]]
    elif isinstance(value, str):
        kind = control(table, record, name)["kind"]
        said = {"money": "yuan", "fraction": "number", "whole": "whole"}.get(kind)
        if said:
            yield spot, said, value


def spot_of(path: str, data: Raw) -> list[str | int]:
    """Where a problem's path leads in the draft: table, row number, field and what is below."""
    for table in ORDER:
        if path == table or not path.startswith((f"{table}.", f"{table}[")):
            continue
        rest = path.removeprefix(table)
        if rest.startswith("["):
            number, _, below = rest[1:].partition("]")
            return [table, int(number), *_steps(below)]
        name, _, below = rest[1:].partition(".")
        listed = data.get(table)
        for n, row in enumerate(listed if isinstance(listed, list) else ()):
            if row_id(row) == name:
                return [table, n, *_steps(below)]
    return [] if path == "-" else [*path.split(".")]


def _steps(below: str) -> list[str]:
    """The parts of a path; a setting's own path stays whole."""
    field, dot, rest = below.lstrip(".").partition(".")
    if not field:
        return []
    return [field, *([rest] if field == "set" else rest.split("."))] if dot else [field]


# ---------------------------------------------------------------- one value


def _row(table: str, row: Raw, homes: Mapping[str, str]) -> dict[str, object]:
    record = record_of(table)
    if table == "parties" and row.get("grade") == OPEN:
        kinds = row.get("kinds")
        noted = kinds if isinstance(kinds, Mapping) else {}
        row = {**row, **SUPPOSED, "kinds": {**noted, "grade": "assumed"}}
    keys = sorted(row, key=lambda k: _place(record, k))
    found = {key: _value(table, record, key, row[key]) for key in keys}
    chosen = found.get("set")
    if isinstance(chosen, Mapping):
        found["set"] = {path: _setting(path, v, homes) for path, v in chosen.items()}
    return {key: value for key, value in found.items() if value not in EMPTY}


def _value(table: str, record: type[BaseModel], name: str, value: object) -> object:
    """What the reader typed as the file would have it; what cannot be read stays."""
    if isinstance(value, Mapping):
        return {key: inner for key, inner in value.items() if inner not in EMPTY}
    if not isinstance(value, str) or name in NO_FIELD or name not in record.model_fields:
        return value
    kind = control(table, record, name)["kind"]
    try:
        if kind == "day":
            return datetime.date.fromisoformat(value)
        if kind == "instant":
            return datetime.datetime.fromisoformat(value)
    except ValueError:
        return value
    return value


def _homes(draft: Raw) -> dict[str, str]:
    """Which table each id of the draft is in."""
    tables = [(table, draft.get(table)) for table in ORDER]
    return {
        str(row_id(row)): table
        for table, listed in tables
        if isinstance(listed, list)
        for row in listed
        if row_id(row)
    }


def _setting(path: str, value: object, homes: Mapping[str, str]) -> object:
    """The value of one setting, e.g. of `helper.grade`; a day as a day."""
    id, dot, name = path.partition(".")
    if not dot:
        return _value("", Case, path, value)
    table = homes.get(id, id.partition("[")[0])
    return _value(table, record_of(table), name, value) if table in ORDER else value


def _loosened(table: str, row: Raw) -> dict[str, object]:
    """A row with its words in both languages, single ids as lists."""
    record, found = record_of(table), dict(row)
    if table == "parties" and row.get("grade_open") is True and "grade" in row:
        kinds = row.get("kinds")
        said = kinds.items() if isinstance(kinds, Mapping) else ()
        noted = {key: kind for key, kind in said if key != "grade"}
        found |= {"grade": OPEN, "kinds": noted}
        del found["grade_open"]
        if not noted:
            del found["kinds"]
    for name in row.keys() & record.model_fields.keys() - set(NO_FIELD):
        shape, value = control(table, record, name), row[name]
        kind = shape["kind"]
        if shape.get("single") and isinstance(value, str):
            found[name] = {"zh": value, "en": value}
        elif kind in ("pointers", "several", "list") and isinstance(value, str):
            found[name] = [value]
    return found


def _plain(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping | Facts):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _place(record: type[BaseModel], key: str) -> int:
    names = list(record.model_fields)
    return names.index(key) if key in names else len(names)


def carried(name: str, link: str) -> tuple[dict[str, object], str]:
    """Return a shipped case as a lesson's link has it, and the key of what is told of it.

    Facts that were moved are in it; rules, readings and assumptions of a lesson are no facts. Of a
    case with other facts no setting is left: each of them spoke of the facts of before.
    """
    state = LabState()
    if not state.from_text(link, lambda: None):
        return dict(started(name)), ""
    settings = [path for path in state.changes if path.startswith(RULES)]
    facts = {path: value for path, value in state.changes.items() if path not in settings}
    moved = turned(state.base(), facts)
    left = bool(state.chosen or settings)
    key = "carried_facts" if moved and left else "carried" if moved else "not_carried" * left
    if not moved and state.position in ("", first_of(load(name))):
        return dict(started(name)), key
    data = raw(state.case(Scene(name, state.position, moved)))
    basis = "adapted" if moved and data["basis"] == "reported" else data["basis"]
    return {k: v for k, v in data.items() if k != "positions"} | {"basis": basis}, key


BLANK, SAMPLE = "_blank", "_template"
# What a reader says himself; the rest of the template (who is there, one card, one transfer, an
# unknown fraudster who is not sued) stands in a blank draft too.
FACTS = {
    "": ("title", "summary", "acted_on", "loss_fen", "recovered_fen", "kinds"),
    "parties": ("act", "grade", "kinds"),
    "transfers": ("amount_fen",),
}
NAMED = ("victim", "helper")  # parties of the template whom the sample names


def started(name: str) -> Raw:
    """Return the data of a start: `BLANK`, `SAMPLE` or a shipped case."""
    data = read_toml(shelf("cases") / (SAMPLE if name == BLANK else name) / FILE)
    if name == BLANK:
        return _blank(data)
    return _sample(data) if name == SAMPLE else data


@cache
def starts(lang: str) -> list[list[str]]:
    """List what a reader can start from: name and title."""
    own = [[name, words("own_lab", f"ui.start{name}", lang)] for name in (BLANK, SAMPLE)]
    return own + [[name, getattr(load(name).title, lang)] for name in shipped_cases()]


def stock() -> list[str]:
    """List every text in both languages that a start of the page's own holds."""
    return [*_texts(started(BLANK)), *_texts(started(SAMPLE))]


def _blank(data: Raw) -> Raw:
    """Leave out of the template what only a reader knows."""
    found = {key: value for key, value in data.items() if key not in FACTS[""]}
    for table in ("parties", "transfers"):
        found[table] = [_without(row, FACTS[table]) for _, row in rows(data, table)]
    return found


def _without(row: Raw, facts: tuple[str, ...]) -> Raw:
    hidden = ("name",) if row.get("id") in NAMED else ()
    return {key: value for key, value in row.items() if key not in (*facts, *hidden)}


def _sample(data: Raw) -> Raw:
    """Tell the template as a story, about people with names."""
    parties = [
        {**row, "name": _both(str(row["id"]))} if row["id"] in NAMED else row
        for _, row in rows(data, "parties")
    ]
    return {**data, "title": _both("title"), "summary": _both("summary"), "parties": parties}


def _both(key: str) -> dict[str, str]:
    return {lang: topic_words("own_lab", lang)["sample"][key] for lang in ("zh", "en")}


def _texts(value: object) -> list[str]:
    """Every text in both languages inside a value."""
    if isinstance(value, dict) and value.keys() == {"zh", "en"}:
        return list(value.values())
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _texts(each)]
