"""What was read from bank statements, in words."""

from __future__ import annotations

from collections.abc import Mapping

from simlib.statement import Note
from simlib.text import words


def note_words(note: Note, lang: str) -> str:
    """Put a note into words, a column's role by its label."""
    values = dict(note.values)
    if "role" in values:
        values["role"] = words("statement", f"roles.{values['role']}", lang)
    return words("statement", f"notes.{note.code}", lang, **values)


def signs_words(signs: Note, lang: str) -> str:
    """Say in one line how money in and out were read, from which column, with two rows.

    `signs` is one of `Imported.signs`, or a reading's own where names may be shown.
    """
    values = dict(signs.values)
    between = words("statement", "signs.between", lang)
    marks = [_marks(values[f"{side}_marks"], side, between, lang) for side in ("out", "in")]
    values["marks"] = words("statement", "signs.comma", lang).join(filter(None, marks))
    values["marks"] = values["marks"] or words("statement", "signs.no_marks", lang)
    said = words("statement", f"signs.{signs.code}", lang, **values)
    if values["turned"]:
        said = words("statement", "signs.turned", lang, said=said)
    sides = ("out",) if signs.code == "list" else ("out", "in")
    rows = [_example(values[f"{side}_row"], side, lang) for side in sides]
    return words("statement", "signs.line", lang, said=said, rows=_joined(rows, lang))


def _marks(marks: object, side: str, between: str, lang: str) -> str:
    """Say what the marks of one side mean; nothing where none was met."""
    named = [f"“{mark}”" for mark in marks] if isinstance(marks, list) else []
    said = between.join(named)
    return words("statement", f"signs.{side}_marks", lang, marks=said) if named else ""


def _joined(rows: list[str], lang: str) -> str:
    return words("statement", "signs.and", lang).join(rows)


def _example(row: object, side: str, lang: str) -> str:
    if not isinstance(row, Mapping):
        return words("statement", f"signs.no_{side}", lang)
    other = row["other"]
    if not isinstance(other, str):  # an end: as the file has it
        other = " ".join(part for part in other[:2] if part)
    if not other or other == "others":
        other = words("statement", "signs.nobody", lang)
    return words("statement", f"signs.{side}_row", lang, **{**row, "other": other})
