"""`simlib import`: bank statements into a case; without a folder, a preview."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from argparse import Namespace
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from simlib.case import check_case
from simlib.cli import import_report as report
from simlib.cli.tables import Tried, saved, sheets, show, tried
from simlib.cli.terminal import with_password
from simlib.errors import StatementError, problem_line
from simlib.resources import LANGS
from simlib.statement import (
    Imported,
    Key,
    Mapping,
    Reading,
    Table,
    add_to_case,
    case_draft,
    read_mapping,
    read_tables,
)
from simlib.statement.case import FLOWS, NOT_TAKEN, REMARKS, not_taken_text
from simlib.statement.case.add_to_case import Target, target
from simlib.statement.case.roles_and_questions import open_questions
from simlib.statement.deduplicate import combine_same
from simlib.statement.model import Note
from simlib.text import topic_words, words

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
    tries, unread = _tables(arguments, key)
    files, written = _saved(arguments, tries)
    readings = _understood(tries, files, arguments.lang)
    imported = combine_same(
        readings, key, [_pair(text) for text in arguments.same], arguments.apart,
        keep_names=arguments.keep_names, keep_remarks=arguments.keep_remarks,
    )  # fmt: skip
    lines = written
    if arguments.json:
        print(report.as_json(imported, readings, unread))
    else:
        lines = [report.of_import(imported, readings, unread, arguments.lang), *written]
    if not imported.taken:
        show(tries, files, arguments.lang)
        _refuse_nothing(arguments, lines)
    if arguments.out:
        lines += _written(arguments, imported, readings)
    elif case:
        lines += _added(arguments, imported, case)
    elif not arguments.json:
        lines.append(words("statement", "report.hint", arguments.lang))
    if lines:
        print("\n\n".join(lines), file=sys.stderr if arguments.json else sys.stdout)
    return 0 if imported.taken else 1


def _refuse_nothing(arguments: Namespace, lines: Sequence[str]) -> None:
    """Stop before a case without a row is written."""
    if arguments.out or arguments.into:
        print("\n".join(lines))
        raise StatementError("import-nothing")


def _refuse_idle(arguments: Namespace) -> None:
    """Refuse options that would be ignored because the one they belong to is missing."""
    for option, other in OPTIONS:
        if getattr(arguments, option) and not getattr(arguments, other):
            option = "--" + option.replace("_", "-")
            raise StatementError("import-option", option=option, other=f"--{other}")
    if arguments.save_mapping and Path(arguments.save_mapping).exists():
        raise StatementError("import-exists", path=arguments.save_mapping)
    names = {*arguments.files, *(Path(path).name for path in arguments.files)}
    owners = [_pair(text)[0] for text in arguments.own]
    for owner in (*owners, *arguments.turn, *arguments.owed, *arguments.gaps):
        if owner not in names:
            raise StatementError("statement-missing", name=owner[:60])


def _tables(arguments: Namespace, key: Key) -> tuple[list[Tried], list[Note]]:
    """Try each sheet; say of which sheets of a workbook are not read."""
    mappings = [read_mapping(Path(path)) for path in arguments.mapping]
    if len(mappings) not in (0, 1, len(arguments.files)):
        raise StatementError("mapping-count", files=len(arguments.files), count=len(mappings))
    tries: list[Tried] = []
    unread: list[Note] = []
    names: set[str] = set()
    for number, path in enumerate(arguments.files):
        given = mappings[number if len(mappings) > 1 else 0] if mappings else None
        name = _name(path, names)
        encoding, delimiter = (given.encoding, given.delimiter) if given else (None, None)
        opened = partial(read_tables, path, name, encoding=encoding, delimiter=delimiter)
        read = with_password(opened, arguments.password_file, arguments.lang)
        called = read if arguments.keep_names else key.call(read, name)
        tables = _chosen(called, name, arguments.sheet or (given.sheet if given else None))
        known, unknown = sheets(path, given, tables)
        tries += [tried(path, t, _said(arguments, mapping, {path, name})) for t, mapping in known]
        unread += unknown
    return tries, unread


def _said(arguments: Namespace, mapping: Mapping, file: set[str]) -> Mapping:
    """Return a mapping with what the command line says of the file."""
    owned = dict(_pair(text) for text in arguments.own)
    if owner := next((owned[name] for name in file if name in owned), None):
        mapping = mapping.change(account=owner)
    if arguments.year is not None:
        mapping = mapping.change(year=arguments.year)
    if arguments.days is not None:
        mapping = mapping.change(order=arguments.days)
    given = {"turned": arguments.turn, "owed": arguments.owed, "gaps": arguments.gaps}
    said = {key: getattr(mapping, key) or bool(file & {*files}) for key, files in given.items()}
    return mapping.change(**said)


def _saved(arguments: Namespace, tries: Sequence[Tried]) -> tuple[list[str], list[str]]:
    """Write the mappings that are asked for; return their files, and what to say."""
    files, said = saved(arguments, tries)
    for file, text in files.items():
        _put(Path(file), text)
    return list(files), said


def _understood(tries: Sequence[Tried], files: Sequence[str], lang: str) -> list[Reading]:
    """Return the readings; where a table was not understood, show it and stop."""
    strange = [number for number, each in enumerate(tries) if each.unknown]
    show([tries[n] for n in strange], [files[n] for n in strange] if files else [], lang)
    for each in tries:
        if each.error is not None:
            raise _spoken(each.error, lang)
    return [each.reading for each in tries if each.reading is not None]


def _spoken(error: StatementError, lang: str) -> StatementError:
    """Return an error with the role it names in words."""
    role = error.values.get("role")
    if role is None:
        return error
    said = f"{words('statement', f'roles.{role}', lang)} {role}"
    return StatementError(error.code, **{**error.values, "role": said})


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
        id=_id_of(folder), unknown_principal=arguments.unknown_principal,
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
    open_ = open_questions(imported, roles, arguments.unknown_principal)
    asked = report.of_asks(open_, arguments.out, arguments.lang)
    return [*lines, _checked(folder, arguments.lang), *([asked] if asked else [])]


def _added(arguments: Namespace, imported: Imported, case: Target) -> list[str]:
    """Add the statements to an existing case."""
    holders = dict(_pair(text) for text in arguments.holder)
    added = add_to_case(case, imported, _both(), holders)
    imported.key.forget(row["id"] for row in imported.transfers if row["id"] not in added.written)
    with _staged({case.path.parent / added.flows_name: added.flows, case.path: added.text}):
        lines = _put_key(arguments, imported, case.path.parent)
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
    with _staged({path: text}):
        pass


@contextlib.contextmanager
def _staged(files: dict[Path, str]) -> Iterator[None]:
    """Write files whole, and put them in their places only if the block goes well."""
    fresh = {path: path.with_name(path.name + ".new") for path in files}
    path = Path()
    try:
        for path, text in files.items():
            fresh[path].write_text(text, encoding="utf-8", newline="")
        yield
        for path, made in fresh.items():
            os.replace(made, path)
    except (OSError, ValueError):
        raise StatementError("import-unwritable", folder=str(path)) from None
    finally:
        for made in fresh.values():
            with contextlib.suppress(OSError, ValueError):
                made.unlink()


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
        folder.resolve()
    except (OSError, RuntimeError):  # a ring of links
        raise StatementError("import-unwritable", folder=str(folder)) from None
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError:
        raise StatementError("import-unwritable", folder=str(folder)) from None
    if taken:
        raise StatementError("import-target", folder=str(folder))


def _id_of(folder: Path) -> str:
    """Return the case's id: the folder's name, if it can be one."""
    name = folder.resolve().name
    return name if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name) else "my-case"


def _both() -> dict[str, dict[str, Any]]:
    return {lang: topic_words("statement", lang) for lang in LANGS}


def _pair(text: str) -> tuple[str, str]:
    who, equals, what = text.rpartition("=")
    if not equals or not who.strip() or not what.strip():
        raise StatementError("import-pair", text=text[:60])
    return who.strip(), what.strip()
