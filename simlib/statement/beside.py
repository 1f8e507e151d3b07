"""The CSV files beside a case: transfers, remarks, and what became of the rows not taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterable, Mapping

from simlib.spreadsheet import csv_text
from simlib.statement.deduplicate import Imported, TransferRow

FLOWS = "flows.csv"
REMARKS = "remarks.csv"
NOT_TAKEN = "not-taken.csv"
COLUMNS = ("id", "payer", "payee", "amount_fen", "fee_fen", "at")


def flows_text(
    rows: Iterable[TransferRow], columns: Iterable[str] = COLUMNS, head: bool = True
) -> str:
    """Return transfers as the CSV file beside a case: for `load_case`, so no cell is changed.

    Ids have letters, digits, - and _ alone, which make no formula.
    """
    columns, file = list(columns), io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    if head:
        writer.writerow(columns)
    for row in rows:
        at = row["at"].isoformat()
        writer.writerow([at if column == "at" else row.get(column, "") for column in columns])
    return file.getvalue()


def remarks_text(remarks: Mapping[str, str], ids: Container[str]) -> str:
    """Return the remarks of these transfers as CSV that no spreadsheet runs as formulas."""
    rows = [(id, text) for id, text in remarks.items() if id in ids]
    if not rows:
        return ""
    return csv_text([("id", "remark"), *rows])


def not_taken_text(imported: Imported, labels: Iterable[str]) -> str:
    """Return every row that was not taken: number of the statement, row, state and reason.

    No cell and no file's name is in it: both may tell who somebody is.
    """
    place = {label: number for number, label in enumerate(labels, 1)}
    rows: list[tuple[object, ...]] = [("statement", "row", "state", "reason")]
    for state, lines in (("refused", imported.refused), ("skipped", imported.skipped)):
        rows += ((place[line.label], line.row, state, line.code) for line in lines)
    return csv_text(rows)
