"""Other facts for the same case: paths, what replaces what, and only what changed checked anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from pydantic import ValidationError

from simlib.case.act_checks import acts
from simlib.case.checks import claimant_of, flows, head, people, rows
from simlib.case.evidence_checks import proof
from simlib.case.fields import Raw, Record
from simlib.case.model import Case, Position, Transfer, unknown
from simlib.case.problem_places import Finding, Places, Spot, in_order, row_id, shown_key
from simlib.case.references import NAMED, links
from simlib.case.transfers import Transfers
from simlib.case.unchecked_transfers import Unchecked
from simlib.case.validation_problems import fields_at, findings_of, record_at
from simlib.errors import CaseError, Problem, UnknownName

UNKNOWN = "unknown"
MOST_LIKE = 10_000  # rows of a table among which the nearest id is looked for
ONE = ("title", "summary", "rules")  # records of the case itself, no tables of rows
TABLES = tuple(f for f in Case.model_fields if fields_at((f,)) and f not in ONE)
FIXED = {"id", "transfers_file"}  # an id is a name, not a fact; the transfers are read already
NOTES = {"kinds", "sources", "fact_sources"}
NO_TABLES: dict[str, tuple[()]] = dict.fromkeys(TABLES, ())
Root: TypeAlias = tuple[()] | tuple[str, int]  # a table and a row's number; () is the case itself
Field: TypeAlias = tuple[str, ...]  # a field of a row, and perhaps what lies one level below it
Row: TypeAlias = Record | Raw  # a record, or its data if they are none
Update: TypeAlias = dict[Root, Row]
Check: TypeAlias = Callable[[Raw], Iterator[Finding]]
HEAD: Root = ()
REPLACES = {
    "fault": ("grade",),
    "grade": ("fault",),
    "causal_force": ("indispensability", "push"),
    "indispensability": ("causal_force",),
    "push": ("causal_force",),
}


def change(case: Case, changes: Mapping[str, object]) -> Case:
    """Do what `case.set` says."""
    groups: dict[Root, dict[Field, object]] = {}
    for path, value in changes.items():
        root, field = _locate(case, path)
        groups.setdefault(root, {})[field] = _python(value)
    update: Update = {}
    findings: list[Finding] = []
    for root, values in groups.items():
        record = getattr(case, root[0])[root[1]] if root else case.model_copy(update=NO_TABLES)
        update[root] = data = _apply(record, values)
        try:
            update[root] = type(record).model_validate(data)
        except ValidationError as error:
            findings += findings_of(error, root)
    raw = _raw(case, update)
    findings += [finding for check in _checks(update) for finding in check(raw)]
    if findings:
        raise CaseError(case.id, in_order(findings, Places(raw)))
    return case.model_copy(update=_tables(case, update) | _head(update, raw))


def settle(case: Case, position: Position) -> Case:
    """Do what `case.at` says."""
    changes: dict[str, object] = {p: None if v == UNKNOWN else v for p, v in position.set.items()}
    if position.kind:
        changes |= _kinds(case, changes, position.kind)
    return change(case, changes)


def locate(case: Case | Raw, path: str) -> Spot:
    """Return where a path leads: `("parties", 1, "fault")`; raise `UnknownName`.

    Parameters
    ----------
    case
        a case, or the raw data of one
    path
        `"<id>.<field>"`, `"<table>[<number>].<field>"` or a field of the case
    """
    root, field = _locate(case, path)
    return (*root, *field)


def _locate(case: Case | Raw, path: str) -> tuple[Root, Field]:
    """Return the row a path leads to, and the field of it."""
    root, rest = _root(case, path := str(path))
    parts = rest.split(".")
    allowed = [f for f in fields_at(root) if f not in FIXED and (root or f not in TABLES)]
    stem = path.removesuffix(rest)
    if parts[0] not in allowed:
        raise unknown("field", path, allowed, stem, parts[0])
    inner = _inner(root, parts[0], allowed) if len(parts) > 1 else []
    if len(parts) > 2 or len(parts) == 2 and parts[1] not in inner:
        raise unknown("field", path, inner, f"{stem}{parts[0]}.", parts[1])
    return root, tuple(parts)


def positions(raw: Raw) -> Iterator[Finding]:
    """Yield a finding for each path that a position sets and that leads nowhere."""
    for n, position in rows(raw, "positions"):
        settings = position.get("set")
        for path, value in settings.items() if isinstance(settings, Mapping) else ():
            if isinstance(value, Mapping):  # a path without quotation marks: the schema says so
                continue
            try:
                locate(raw, path)
            except UnknownName as error:
                values = {"path": shown_key(path), "near": error.values["near"]}
                code = "unknown-path-near" if values["near"] else "unknown-path"
                yield Finding(("positions", n, "set", path), code, values)


def trial(case: Case) -> list[Finding]:
    """Return what goes wrong when each position of a case is taken up."""
    findings: list[Finding] = []
    for n, position in enumerate(case.positions):
        try:
            settle(case, position)
        except CaseError as error:
            findings += [_failure(("positions", n), position, p) for p in error.problems]
    return findings


def _failure(spot: Spot, position: Position, problem: Problem) -> Finding:
    """Return a problem a position makes, at the setting that makes it if one can be named."""
    for path in position.set:
        if problem.path.endswith(f".{path}") or problem.path == path:
            return Finding((*spot, "set", path), problem.code, problem.values)
    return Finding(spot, "position-fails", {"path": problem.path, "code": problem.code})


def _root(case: Case | Raw, path: str) -> tuple[Root, str]:
    """Return the table row a path starts at, and the rest of the path; the case itself is `()`."""
    if row := re.fullmatch(r"([a-z_]+)\[(\d{1,7})\]\.(.+)", path):
        table, number = row[1], int(row[2])
        if table in TABLES and number < len(_table(case, table)):
            return (table, number), row[3]
        raise unknown("field", path, [])
    name, dot, rest = path.partition(".")
    if not dot:
        return (), path
    for table in NAMED:
        place = _number(_table(case, table), name)
        if place is not None:
            return (table, place), rest
    if name in Case.model_fields and name not in TABLES:
        return (), path
    tables = [_table(case, table) for table in NAMED]
    ids = (_id(row) for listed in tables if len(listed) <= MOST_LIKE for row in listed)
    raise unknown("party", name, [known for known in ids if known])


def _table(case: Case | Raw, table: str) -> Sequence[object]:
    listed = case.get(table) if isinstance(case, Mapping) else getattr(case, table)
    return listed if isinstance(listed, list | tuple | Transfers | Unchecked) else ()


def _number(listed: Sequence[object], name: str) -> int | None:
    """Return the number of the first row of this id, or None."""
    if isinstance(listed, Transfers | Unchecked):
        return listed.index_of(name)
    return next((number for number, row in enumerate(listed) if _id(row) == name), None)


def _id(row: object) -> str | None:
    return getattr(row, "id", None) if isinstance(row, Record) else row_id(row)


def _inner(root: Root, field: str, allowed: list[str]) -> list[str]:
    """Return what may follow a field: the fields of the record in it, or those its notes are
    about."""
    if field in NOTES:
        return [f for f in allowed if f not in NOTES]
    record = record_at((*root, field))
    return list(record.model_fields) if record else []


def _python(value: object) -> object:
    """Return a numpy number as a Python one."""
    return value.item() if hasattr(value, "item") else value


def _plain(row: Row) -> dict[str, object]:
    """Return a row's known facts as raw data, one level deep."""
    data = row.__dict__ if isinstance(row, Record) else row
    return {field: value for field, value in data.items() if value is not None}


def _apply(record: Record, values: Mapping[Field, object]) -> dict[str, object]:
    """Return a record's raw data with other values."""
    before = _plain(record)
    data = dict(before)
    facts = {spot: value for spot, value in values.items() if spot[0] not in NOTES}
    for spot, value in facts.items():
        _put(data, spot, value)
        for other in REPLACES.get(spot[0], ()) if value is not None else ():
            if (other,) not in facts:
                data.pop(other, None)
    if data.get("act") != "tech" and not any(spot[0] == "exemption" for spot in facts):
        data.pop("exemption", None)  # only a technical helper can be exempt
    _forget_notes(data, [f for f in before.keys() | data.keys() if before.get(f) != data.get(f)])
    for spot in values.keys() - facts.keys():
        _put(data, spot, values[spot])
    return data


def _put(data: dict[str, object], spot: Field, value: object) -> None:
    """Write a value at a field or one level below it; None takes it away."""
    if len(spot) == 2:
        old = data.get(spot[0], {})
        if not isinstance(old, Mapping | Record):  # set in the same breath, and reported as wrong
            return
        inner = dict(old) if isinstance(old, Mapping) else old.model_dump(exclude_defaults=True)
        _put(inner, spot[1:], value)
        value = inner or None
    if value is None:
        data.pop(spot[0], None)
    else:
        data[spot[0]] = value


def _forget_notes(data: dict[str, object], changed: list[str]) -> None:
    """Drop the kinds and sources of the fields that have changed: they are those of old values."""
    for name in NOTES & data.keys():
        notes = data[name]
        if not isinstance(notes, Mapping):  # the case's own table of sources
            continue
        left = {field: note for field, note in notes.items() if field not in changed}
        data[name] = left if len(left) < len(notes) else notes


def _checks(update: Update) -> tuple[Check, ...]:
    """Return the cross-checks that a change can have upset."""
    only_parties = all(root[:1] == ("parties",) for root in update)
    return (people, head) if only_parties else (people, head, links, acts, flows, proof)


def _tables(case: Case, update: Update) -> dict[str, Sequence[object]]:
    """Return the tables in which a row has changed."""
    return {
        table: _replaced(getattr(case, table), changed)
        for table, changed in _by_table(update).items()
    }


def _by_table(update: Update) -> dict[str, dict[int, Row]]:
    """Return the changed rows: table → number → record, or its data if it is none."""
    tables: dict[str, dict[int, Row]] = {}
    for root, record in update.items():
        if root:
            tables.setdefault(root[0], {})[root[1]] = record
    return tables


def _replaced(listed: Sequence[Row], changed: Mapping[int, Row]) -> Sequence[object]:
    """Return a table with other rows, which have passed the schema, at some numbers."""
    if isinstance(listed, Transfers):
        return listed.replaced(cast("Mapping[int, Transfer]", changed))  # past the schema
    return tuple(changed.get(number, row) for number, row in enumerate(listed))


def _raw_table(listed: Sequence[Row], changed: Mapping[int, Row]) -> Sequence[object]:
    """Return the same as raw data."""
    if isinstance(listed, Transfers):
        return Unchecked.of(listed, {n: _plain(row) for n, row in changed.items()})
    return [_plain(changed.get(number, row)) for number, row in enumerate(listed)]


def _raw(case: Case, update: Update) -> dict[str, object]:
    """Return the changed case as raw data, no further than its checks look."""
    changed = _by_table(update)
    wanted = ("parties",) if len(_checks(update)) == 2 else (*NAMED, *TABLES)
    raw = {f: v for f, v in _plain(update.get(HEAD, case)).items() if f not in TABLES}
    for table in wanted:
        raw[table] = _raw_table(getattr(case, table), changed.get(table, {}))
    raw["claimant"] = raw.get("claimant", claimant_of(raw))
    return raw


def _head(update: Update, raw: Raw) -> dict[str, object]:
    """Return the case's own fields, if one has changed."""
    if HEAD not in update:
        return {}
    fields = {f: getattr(update[HEAD], f) for f in Case.model_fields if f not in TABLES}
    return fields | {"claimant": raw["claimant"]}


def _kinds(case: Case, changes: Mapping[str, object], kind: str) -> dict[str, str]:
    """Return notes that say of what kind the facts are that a position sets."""
    notes = {}
    for path, value in changes.items():
        root, (field, *_) = _locate(case, path)
        if value is not None and field not in NOTES and "kinds" in fields_at(root):
            stem = f"{root[0]}[{root[1]}]." if root else ""
            notes[f"{stem}kinds.{field}"] = kind
    return notes
