"""What `simlib import` saw of a statement it does not understand, and the mapping to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from simlib.cli.report import table
from simlib.explain.import_report import note_words
from simlib.statement import SHAPES, mapping_text
from simlib.statement.detection.manual_columns import Column, Preview
from simlib.statement.mapping import ROLES, Mapping, quoted
from simlib.statement.model import shown
from simlib.text import words

LONGEST = 20  # letters of a cell that are shown


@dataclass(frozen=True, slots=True)
class Unknown:
    """A table that could not be read, or gave nothing; the files with which to try again.

    `empty`: it is understood, and there is nothing in it.
    """

    sight: Preview
    file: str
    saved: str | None = None
    read: bool = False
    empty: bool = False


def of_unknown(unknown: Unknown, lang: str) -> str:
    """Show headers, three rows, the guess for each column, what is open, and what to do."""
    sight = unknown.sight
    where = "header" if sight.header_row else "no_header"
    if unknown.read:
        where = "empty" if unknown.empty else "nothing"
    parts = [
        _say(f"seen.{where}", lang, label=sight.label, row=sight.header_row),
        _columns(sight, lang),
    ]
    if unknown.empty:
        return "\n\n".join(parts)
    notes = [note_words(note, lang) for note in sight.mapping.uncertain]
    if notes:
        parts.append("\n".join([_say("seen.open", lang), *(f"- {note}" for note in notes)]))
    key = "seen.saved" if unknown.saved else "seen.save"
    saved = unknown.saved or f"{Path(unknown.file).stem}.toml"
    parts.append(_say(key, lang, file=_typed(unknown.file), mapping=_typed(saved)))
    return "\n\n".join(parts)


def _typed(name: str) -> str:
    """Return a file's name as it is typed on a command line."""
    return f"'{name}'" if set(" '()&;$") & {*name} else name


def _columns(sight: Preview, lang: str) -> str:
    head = [_say("seen.column", lang), _say("seen.title", lang)]
    head += [_say("seen.row", lang, row=line) for line in sight.lines]
    rows = [[*head, _say("seen.guess", lang)]]
    for column in sight.columns:
        cells = [*column.cells, *[""] * len(sight.lines)][: len(sight.lines)]
        rows.append([str(column.number), _short(column.header), *map(_short, cells),
                     _guess(column, lang)])  # fmt: skip
    return table(rows, right={0})


def _short(cell: str) -> str:
    text = shown(cell)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _guess(column: Column, lang: str) -> str:
    if column.role:
        return f"{_say(f'roles.{column.role}', lang)} {column.role}"
    if column.looks:
        role = f"{_say(f'roles.{column.looks}', lang)} {column.looks}"
        return _say("seen.looks", lang, role=role)
    return "?"


def draft_of_mapping(sight: Preview, lang: str, *, sheet: bool = False) -> str:
    """Return a mapping file as far as it is known, with a comment for whatever is not.

    Whose statement it is, and what stands in its rows, is not in it: it is for the bank's other
    statements as well.
    """
    mapping = sight.mapping
    numbered = any(isinstance(column, int) for column in mapping.columns.values())
    known = mapping.change(
        account=None, holder=None, uncertain=(), sheet=mapping.sheet if sheet else None,
        header_row=sight.header_row if numbered or not mapping.complete else None,
    )  # fmt: skip
    top, columns, rest = _split(mapping_text(known))
    lines = [f"# {line}" for line in _say("mapping_file.head", lang).split("\n")]
    if mapping.shape is None:
        lines.append(f"# {_say('mapping_file.shape', lang)}")
        lines += [f'# shape = "{s}"   # {_say(f"shapes.{s}", lang)}' for s in SHAPES]
    lines += [*top, "", "[columns]", *_listed(sight, columns, lang), "", *_legend(lang)]
    return "\n".join([*lines, *rest, *_flags(mapping, lang)]) + "\n"


def _flags(mapping: Mapping, lang: str) -> Iterator[str]:
    """Yield a table of marks to be filled in, with those that are known, where some are not."""
    unknown = next((n.values for n in mapping.uncertain if n.code == "flag-unknown"), None)
    if unknown is None:
        return
    yield from ("", f"# {_say('mapping_file.flags', lang, marks=unknown['mark'])}", "# [flags]")
    for side in ("in", "out"):
        known = unknown[side]
        marks = [*(known if isinstance(known, list) else ()), "?"]
        yield f"# {side} = [{', '.join(map(quoted, marks))}]"


def _split(text: str) -> tuple[list[str], dict[str, str], list[str]]:
    """Return the lines before the table of columns, its lines by role, and what follows."""
    before, _, after = text.partition("[columns]\n")
    body, split, rest = after.partition("\n[")
    roles = {line.partition(" = ")[0]: line for line in body.strip().split("\n") if line}
    return before.strip().split("\n") if before.strip() else [], roles, (
        ["", *f"[{rest}".strip().split("\n")] if split else []
    )  # fmt: skip


def _listed(sight: Preview, columns: dict[str, str], lang: str) -> Iterator[str]:
    """Yield a line for each column, in their order: its role, or a question."""
    for column in sight.columns:
        title = f" 「{shown(column.header)}」" if sight.header_row and column.header else ""
        if column.role and column.role in columns:
            yield columns.pop(column.role) + f"   # {_say(f'roles.{column.role}', lang)}"
            continue
        yield f"# {_say('mapping_file.column', lang, number=column.number)}{title}: ?"
        if column.looks and column.looks not in sight.mapping.columns:
            value = quoted(column.header) if _once(sight, column) else str(column.number)
            looks = _guess(column, lang)
            yield f"# {column.looks} = {value}   # {looks}"
    yield from columns.values()


def _once(sight: Preview, column: Column) -> bool:
    """Tell whether its header names the column, and no other."""
    titles = [each.header for each in sight.columns]
    return bool(sight.header_row and column.header) and titles.count(column.header) == 1


def _legend(lang: str) -> Iterator[str]:
    yield f"# {_say('mapping_file.roles', lang)}"
    for role in ROLES:
        yield f"#   {role}: {_say(f'roles.{role}', lang)}"


def save_mappings(path: str, seen: Sequence[Preview], lang: str) -> list[tuple[str, str]]:
    """Return file → text for one mapping, or for several one file each: m-1.toml, m-2.toml, …"""
    if len(seen) == 1:
        return [(path, draft_of_mapping(seen[0], lang))]
    target = Path(path)
    files = [str(target.with_stem(f"{target.stem}-{n}")) for n in range(1, len(seen) + 1)]
    return [(file, draft_of_mapping(each, lang, sheet=True))
            for file, each in zip(files, seen, strict=True)]  # fmt: skip


def _say(key: str, lang: str, **values: object) -> str:
    return words("statement", key, lang, **values)


__all__ = ["Unknown", "draft_of_mapping", "of_unknown", "save_mappings"]
