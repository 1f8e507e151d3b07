"""The tables of the statements named on a command line, each read, or seen where that fails."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simlib.cli.mapping_template import Unknown, of_unknown, save_mappings
from simlib.errors import StatementError
from simlib.statement import Mapping, Reading, Table, convert, detect
from simlib.statement.deduplicate import refuse_reversed
from simlib.statement.detection.manual_columns import Preview, preview
from simlib.statement.model import Note
from simlib.text import words

SEEN_FIRST = 3  # sheets of a workbook in which no sheet is understood that are shown


@dataclass(frozen=True, slots=True)
class Tried:
    """A table and what came of reading it: a reading, or why there is none."""

    path: str
    table: Table
    mapping: Mapping
    reading: Reading | None
    error: StatementError | None = None

    @property
    def empty(self) -> bool:
        """Whether it is understood and holds no transaction."""
        reading = self.reading
        return reading is not None and not (reading.refused or reading.not_moved)

    def preview(self) -> Preview:
        """Return what the table looks like, under the mapping that was found."""
        return preview(self.table, self.mapping)

    @property
    def unknown(self) -> bool:
        """Whether its columns are what is not understood."""
        return self.error is not None and self.error.code.startswith("mapping-")


def tried(path: str, table: Table, mapping: Mapping) -> Tried:
    """Read a table; an error uses its owner's own label.

    One whose money in and out are exchanged, as it seems, is not read.
    """
    try:
        reading = convert(table, mapping)
        refuse_reversed(reading, table.own_label)
    except StatementError as error:
        named = StatementError(error.code, **{**error.values, "name": table.own_label})
        seen = detect(table) if error.code.startswith("mapping-") else mapping
        return Tried(path, table, seen, None, named)
    return Tried(path, table, mapping, reading)


def sheets(path: str, given: Mapping | None, tables: Sequence[Table]) -> tuple[
    list[tuple[Table, Mapping]], list[Note]
]:  # fmt: skip
    """Return the tables to read with their mappings, and what is said of the others: hidden sheets,
    and those nothing is known of, where another sheet is understood. One whose amounts have no
    signs is a statement of which something must be asked."""
    found = [(table, given or detect(table)) for table in tables]
    known = [each for each in found if given or len(tables) == 1 or each[1].understood]
    if not known:
        return found[:SEEN_FIRST], []
    known = [each for each in known if not each[0].hidden] or known
    kept = {table.label for table, _ in known}
    return known, [Note(_why_unread(*each), {"label": each[0].label})
                   for each in found if each[0].label not in kept]  # fmt: skip


def _why_unread(table: Table, mapping: Mapping) -> str:
    if table.hidden:
        return "hidden-unread"
    summed = any(note.code == "summed-up" for note in mapping.uncertain)
    return "sheet-summed" if summed else "sheet-without-statement"


def saved(arguments: Namespace, tries: Sequence[Tried]) -> tuple[dict[str, str], list[str]]:
    """Return file → text of the mappings to be written, and what to say of each."""
    if not arguments.save_mapping:
        return {}, []
    files = save_mappings(arguments.save_mapping, [t.preview() for t in tries], arguments.lang)
    for file, _ in files:
        if Path(file).exists():
            raise StatementError("import-exists", path=file)
    said = [
        words("statement", "report.mapping", arguments.lang, path=file,
              label=each.table.own_label if len(files) > 1 else each.table.label)
        for each, (file, _) in zip(tries, files, strict=True)
    ]  # fmt: skip
    return dict(files), said


def show(tries: Sequence[Tried], files: Sequence[str], lang: str) -> None:
    """Print what was seen of these tables where their reader alone sees it, and what to do."""
    for number, each in enumerate(tries):
        file = files[number] if files else None
        unknown = Unknown(each.preview(), each.path, file, each.reading is not None, each.empty)
        print(of_unknown(unknown, lang) + "\n", file=sys.stderr)
