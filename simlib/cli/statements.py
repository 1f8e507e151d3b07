"""`simlib import`: bank statements into a case; without a folder, a preview."""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from simlib.case import check_case
from simlib.cli import imported as report
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
from simlib.statement.add import target
from simlib.statement.beside import FLOWS, NOT_TAKEN, REMARKS, not_taken_text
from simlib.text import LANGS, topic_words, words

CASE = "case.toml"
VICTIM = "victim"
OPTIONS = (("victim", "out"), ("role", "out"), ("unknown_principal", "out"), ("holder", "into"))


def run(asked: Namespace) -> int:
    """Read the statements, say what became of every row, and write what was asked for."""
    _refuse_idle(asked)
    case = target(Path(asked.into)) if asked.into else None
    if asked.out:
        _refuse_taken(Path(asked.out))
    key = _key(asked, case.ids if case else ())
    readings, unread = _readings(asked, key)
    found = combine(readings, key, keep_names=asked.keep_names, keep_remarks=asked.keep_remarks)
    lines = [report.of_import(found, readings, unread, asked.lang)]
    if asked.json:
        print(report.as_json(found, readings, unread))
        lines.clear()
    if not found.taken and (asked.out or asked.into):
        print("\n".join(lines))
        raise StatementError("import-nothing")
    if asked.out:
        lines += _written(asked, found, readings)
    elif case:
        lines += _added(asked, found, case)
    elif not asked.json:
        lines.append(words("statement", "report.hint", asked.lang))
    if lines:
        print("\n\n".join(lines), file=sys.stderr if asked.json else sys.stdout)
    return 0 if found.taken else 1


def _refuse_idle(asked: Namespace) -> None:
    """What would be read past is refused: options without the one they belong to."""
    for option, other in OPTIONS:
        if getattr(asked, option) and not getattr(asked, other):
            option = "--" + option.replace("_", "-")
            raise StatementError("import-option", option=option, other=f"--{other}")
    if asked.save_mapping and len(asked.files) > 1:
        raise StatementError("import-one", option="--save-mapping")
    if asked.save_mapping and Path(asked.save_mapping).exists():
        raise StatementError("import-exists", path=asked.save_mapping)
    names = {*asked.files, *(Path(path).name for path in asked.files)}
    for owner in (_pair(text)[0] for text in asked.own):
        if owner not in names:
            raise StatementError("statement-missing", name=owner[:60])


def _readings(asked: Namespace, key: Key) -> tuple[list[Reading], list[str]]:
    """What each sheet says; sheets of a workbook that are no statements are told, not read."""
    mappings = [read_mapping(Path(path)) for path in asked.mapping]
    if len(mappings) not in (0, 1, len(asked.files)):
        raise StatementError("mapping-count", files=len(asked.files), count=len(mappings))
    owned = dict(_pair(text) for text in asked.own)
    readings, unread, names = [], [], set()
    for number, path in enumerate(asked.files):
        given = mappings[number if len(mappings) > 1 else 0] if mappings else None
        name = _name(path, names)
        tables = read_tables(path, name, **_how(given))
        tables = tables if asked.keep_names else key.call(tables, name)
        tables = _chosen(tables, name, asked.sheet or (given.sheet if given else None))
        for table in tables:
            mapping = given or detect(table)
            if given is None and len(tables) > 1 and not mapping.complete:
                unread.append(table.label)
                continue
            if path in owned or name in owned:
                mapping = mapping.change(account=owned.get(path) or owned[name])
            readings.append(_read(table, mapping))
    if asked.save_mapping and readings:
        _keep_mapping(asked.save_mapping, readings[0].mapping)
    return readings, unread


def _name(path: str, names: set[str]) -> str:
    """The file's name; two of the same name are told apart by a number."""
    name, number = Path(path).name, 2
    while name in names:
        name, number = f"{Path(path).name} ({number})", number + 1
    names.add(name)
    return name


def _how(given: Mapping | None) -> dict:
    return {"encoding": given.encoding, "delimiter": given.delimiter} if given else {}


def _chosen(tables: Sequence[Table], name: str, sheet: str | None) -> Sequence[Table]:
    """The sheet asked for by its name; all of them if none is."""
    if sheet is None or not tables[0].sheet:
        return tables
    chosen = [table for table in tables if table.sheet == sheet]
    if not chosen:
        raise StatementError("mapping-no-sheet", name=name, sheet=sheet)
    return chosen


def _read(table: Table, mapping: Mapping) -> Reading:
    """What the table says; what is wrong with its mapping names it as its owner does."""
    try:
        return convert(table, mapping)
    except StatementError as error:
        raise StatementError(error.code, **{**error.values, "name": table.own_label}) from None


def _keep_mapping(path: str, mapping: Mapping) -> None:
    """The mapping found, for other statements of this bank: without whose it was and which row."""
    numbered = any(isinstance(column, int) for column in mapping.columns.values())
    row = mapping.header_row if numbered else None
    kept = mapping.change(account=None, holder=None, sheet=None, header_row=row, uncertain=())
    _put(Path(path), mapping_text(kept))


def _key(asked: Namespace, avoid: Sequence[str]) -> Key:
    if asked.key and Path(asked.key).exists():
        return Key.read(asked.key, avoid)
    return Key(avoid)


def _written(asked: Namespace, found: Imported, readings: Sequence[Reading]) -> list[str]:
    """A new case folder: the case, its transfers, and the list of rows not taken."""
    folder = Path(asked.out)
    said = dict(_pair(text) for text in asked.role) | dict.fromkeys(asked.victim, VICTIM)
    draft = case_draft(
        found, _both(), roles=dict(sorted(said.items(), key=lambda each: each[1] != VICTIM)),
        id=folder.resolve().name, unknown_principal=asked.unknown_principal,
    )  # fmt: skip
    lines = _put_key(asked, found, folder)
    labels = [reading.label for reading in readings]
    files = {CASE: draft.text, FLOWS: draft.flows, REMARKS: draft.remarks}
    files[NOT_TAKEN] = not_taken_text(found, labels)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):
        raise StatementError("import-unwritable", folder=asked.out) from None
    for name, text in files.items():
        if text:
            _put(folder / name, text)
    lines.append(report.of_draft(draft, asked.out, asked.lang))
    return [*lines, _checked(folder, asked.lang)]


def _added(asked: Namespace, found: Imported, case: object) -> list[str]:
    """The statements in a case that was there."""
    holders = dict(_pair(text) for text in asked.holder)
    added = add_to_case(case, found, _both(), holders)
    lines = _put_key(asked, found, case.path.parent)
    _put(case.path.parent / added.flows_name, added.flows)
    _put(case.path, added.text)
    lines.append(report.of_added(added, asked.into, asked.lang))
    return [*lines, _checked(case.path, asked.lang)]


def _put_key(asked: Namespace, found: Imported, folder: Path) -> list[str]:
    if not asked.key:
        if asked.keep_names:
            return []
        return [words("statement", "notes.key-not-kept", asked.lang)]
    found.key.write(asked.key, outside=folder)
    return [words("statement", "report.key", asked.lang, path=asked.key)]


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_text(text, encoding="utf-8", newline="")
        os.replace(fresh, path)
    except (OSError, ValueError):
        raise StatementError("import-unwritable", folder=str(path)) from None


def _checked(path: Path, lang: str) -> str:
    """What `simlib check` says of it now."""
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


def _both() -> dict[str, dict]:
    return {lang: topic_words("statement", lang) for lang in LANGS}


def _pair(text: str) -> tuple[str, str]:
    who, equals, what = text.rpartition("=")
    if not equals or not who.strip() or not what.strip():
        raise StatementError("import-pair", text=text[:60])
    return who.strip(), what.strip()
