"""`simlib import`: bank statements into a case; without a folder, a preview."""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from simlib.case import check_case
from simlib.cli import imported as report
from simlib.cli.passwords import with_password
from simlib.errors import StatementError, problem_line
from simlib.statement import (
    Imported,
    Key,
    Mapping,
    Reading,
    Table,
    add_to_case,
    case_draft,
    combine,
    convert,
    detect,
    mapping_text,
    read_mapping,
    read_tables,
)
from simlib.statement.add import Target, target
from simlib.statement.beside import FLOWS, NOT_TAKEN, REMARKS, not_taken_text
from simlib.text import LANGS, topic_words, words

CASE = "case.toml"
VICTIM = "victim"
OPTIONS = (("victim", "out"), ("role", "out"), ("unknown_principal", "out"), ("holder", "into"))


def run(arguments: Namespace) -> int:
    """Read the statements, report on every row, and write what the options name."""
    _refuse_idle(arguments)
    case = target(Path(arguments.into)) if arguments.into else None
    if arguments.out:
        _refuse_taken(Path(arguments.out))
    key = _key(arguments, case.ids if case else ())
    readings, unread = _readings(arguments, key)
    imported = combine(
        readings, key, keep_names=arguments.keep_names, keep_remarks=arguments.keep_remarks
    )
    lines = [report.of_import(imported, readings, unread, arguments.lang)]
    if arguments.json:
        print(report.as_json(imported, readings, unread))
        lines.clear()
    if not imported.taken and (arguments.out or arguments.into):
        print("\n".join(lines))
        raise StatementError("import-nothing")
    if arguments.out:
        lines += _written(arguments, imported, readings)
    elif case:
        lines += _added(arguments, imported, case)
    elif not arguments.json:
        lines.append(words("statement", "report.hint", arguments.lang))
    if lines:
        print("\n\n".join(lines), file=sys.stderr if arguments.json else sys.stdout)
    return 0 if imported.taken else 1


def _refuse_idle(arguments: Namespace) -> None:
    """Refuse options that would be ignored because the one they belong to is missing."""
    for option, other in OPTIONS:
        if getattr(arguments, option) and not getattr(arguments, other):
            option = "--" + option.replace("_", "-")
            raise StatementError("import-option", option=option, other=f"--{other}")
    if arguments.save_mapping and len(arguments.files) > 1:
        raise StatementError("import-one", option="--save-mapping")
    if arguments.save_mapping and Path(arguments.save_mapping).exists():
        raise StatementError("import-exists", path=arguments.save_mapping)
    names = {*arguments.files, *(Path(path).name for path in arguments.files)}
    for owner in (_pair(text)[0] for text in arguments.own):
        if owner not in names:
            raise StatementError("statement-missing", name=owner[:60])


def _readings(arguments: Namespace, key: Key) -> tuple[list[Reading], list[str]]:
    """Read each sheet; list the sheets of a workbook that are no statements."""
    mappings = [read_mapping(Path(path)) for path in arguments.mapping]
    if len(mappings) not in (0, 1, len(arguments.files)):
        raise StatementError("mapping-count", files=len(arguments.files), count=len(mappings))
    owned = dict(_pair(text) for text in arguments.own)
    readings: list[Reading] = []
    unread: list[str] = []
    names: set[str] = set()
    for number, path in enumerate(arguments.files):
        given = mappings[number if len(mappings) > 1 else 0] if mappings else None
        name = _name(path, names)
        encoding, delimiter = (given.encoding, given.delimiter) if given else (None, None)
        opened = partial(read_tables, path, name, encoding=encoding, delimiter=delimiter)
        read = with_password(opened, arguments.password_file, arguments.lang)
        called = read if arguments.keep_names else key.call(read, name)
        tables = _chosen(called, name, arguments.sheet or (given.sheet if given else None))
        for table in tables:
            mapping = given or detect(table)
            if given is None and len(tables) > 1 and not mapping.complete:
                unread.append(table.label)
                continue
            if path in owned or name in owned:
                mapping = mapping.change(account=owned.get(path) or owned[name])
            if arguments.year is not None:
                mapping = mapping.change(year=arguments.year)
            readings.append(_read(table, mapping))
    if arguments.save_mapping and readings:
        _keep_mapping(arguments.save_mapping, readings[0].mapping)
    return readings, unread


def _name(path: str, names: set[str]) -> str:
    """Return the file's name, numbered if another has the same."""
    name, number = Path(path).name, 2
    while name in names:
        name, number = f"{Path(path).name} ({number})", number + 1
    names.add(name)
    return name


def _chosen(tables: Sequence[Table], name: str, sheet: str | None) -> Sequence[Table]:
    """Return the sheet of this name, or all sheets if none is named."""
    if sheet is None or not tables[0].sheet:
        return tables
    chosen = [table for table in tables if table.sheet == sheet]
    if not chosen:
        raise StatementError("mapping-no-sheet", name=name, sheet=sheet)
    return chosen


def _read(table: Table, mapping: Mapping) -> Reading:
    """Convert a table; errors of its mapping use its owner's own label."""
    try:
        return convert(table, mapping)
    except StatementError as error:
        raise StatementError(error.code, **{**error.values, "name": table.own_label}) from None


def _keep_mapping(path: str, mapping: Mapping) -> None:
    """Save the mapping for this bank's other statements, without owner and row."""
    numbered = any(isinstance(column, int) for column in mapping.columns.values())
    row = mapping.header_row if numbered else None
    kept = mapping.change(account=None, holder=None, sheet=None, header_row=row, uncertain=())
    _put(Path(path), mapping_text(kept))


def _key(arguments: Namespace, avoid: Collection[str]) -> Key:
    if arguments.key and Path(arguments.key).exists():
        return Key.read(arguments.key, avoid)
    return Key(avoid)


def _written(arguments: Namespace, imported: Imported, readings: Sequence[Reading]) -> list[str]:
    """Write a new case folder: the case, its transfers, and the rows not taken."""
    folder = Path(arguments.out)
    roles = dict(_pair(text) for text in arguments.role) | dict.fromkeys(arguments.victim, VICTIM)
    draft = case_draft(
        imported, _both(), roles=dict(sorted(roles.items(), key=lambda each: each[1] != VICTIM)),
        id=folder.resolve().name, unknown_principal=arguments.unknown_principal,
    )  # fmt: skip
    lines = _put_key(arguments, imported, folder)
    labels = [reading.label for reading in readings]
    files = {CASE: draft.text, FLOWS: draft.flows, REMARKS: draft.remarks}
    files[NOT_TAKEN] = not_taken_text(imported, labels)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):
        raise StatementError("import-unwritable", folder=arguments.out) from None
    for name, text in files.items():
        if text:
            _put(folder / name, text)
    lines.append(report.of_draft(draft, arguments.out, arguments.lang))
    return [*lines, _checked(folder, arguments.lang)]


def _added(arguments: Namespace, imported: Imported, case: Target) -> list[str]:
    """Add the statements to an existing case."""
    holders = dict(_pair(text) for text in arguments.holder)
    added = add_to_case(case, imported, _both(), holders)
    lines = _put_key(arguments, imported, case.path.parent)
    _put(case.path.parent / added.flows_name, added.flows)
    _put(case.path, added.text)
    lines.append(report.of_added(added, arguments.into, arguments.lang))
    return [*lines, _checked(case.path, arguments.lang)]


def _put_key(arguments: Namespace, imported: Imported, folder: Path) -> list[str]:
    if not arguments.key:
        if arguments.keep_names:
            return []
        return [words("statement", "notes.key-not-kept", arguments.lang)]
    imported.key.write(arguments.key, outside=folder)
    return [words("statement", "report.key", arguments.lang, path=arguments.key)]


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_text(text, encoding="utf-8", newline="")
        os.replace(fresh, path)
    except (OSError, ValueError):
        raise StatementError("import-unwritable", folder=str(path)) from None


def _checked(path: Path, lang: str) -> str:
    """Return what `simlib check` reports now."""
    _, problems = check_case(path)
    if not problems:
        return words("statement", "report.valid", lang)
    reasons = topic_words("problems", lang)
    lines = [problem_line(str(path), problem, reasons) for problem in problems]
    return "\n".join([words("statement", "report.checked", lang), *lines])


def _refuse_taken(folder: Path) -> None:
    try:
        name = folder.resolve().name
    except (OSError, RuntimeError):  # a ring of links
        raise StatementError("import-unwritable", folder=str(folder)) from None
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name):
        raise StatementError("import-id", id=name[:60])
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError:
        raise StatementError("import-unwritable", folder=str(folder)) from None
    if taken:
        raise StatementError("import-target", folder=str(folder))


def _both() -> dict[str, dict[str, Any]]:
    return {lang: topic_words("statement", lang) for lang in LANGS}


def _pair(text: str) -> tuple[str, str]:
    who, equals, what = text.rpartition("=")
    if not equals or not who.strip() or not what.strip():
        raise StatementError("import-pair", text=text[:60])
    return who.strip(), what.strip()
