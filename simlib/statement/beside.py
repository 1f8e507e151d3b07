"""The CSV files beside a case: transfers, remarks, and what became of the rows not taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterable, Mapping

from simlib.statement.together import Imported

FLOWS = "flows.csv"
REMARKS = "remarks.csv"
NOT_TAKEN = "not-taken.csv"
COLUMNS = ("id", "payer", "payee", "amount_fen", "fee_fen", "at")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet run a cell


def flows_text(rows: Iterable[dict], columns: Iterable[str] = COLUMNS, head: bool = True) -> str:
    """Transfers as the CSV file beside a case."""
    columns, file = list(columns), io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    if head:
        writer.writerow(columns)
    for row in rows:
        at = row["at"].isoformat()
        writer.writerow([at if column == "at" else row.get(column, "") for column in columns])
    return file.getvalue()


def remarks_text(remarks: Mapping[str, str], ids: Container[str]) -> str:
    """Remarks of these transfers; one a spreadsheet would run as a formula begins with a quote."""
    rows = [(id, text) for id, text in remarks.items() if id in ids]
    if not rows:
        return ""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["id", "remark"])
    for id, text in rows:
        writer.writerow([id, f"'{text}" if text.startswith(_FORMULA) else text])
    return file.getvalue()


def not_taken_text(imported: Imported, labels: Iterable[str]) -> str:
    """Every row that was not taken: number of the statement, row, state and reason.

    No cell and no file's name is in it: both may tell who somebody is.
    """
    place = {label: number for number, label in enumerate(labels, 1)}
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["statement", "row", "state", "reason"])
    for state, lines in (("refused", imported.refused), ("skipped", imported.skipped)):
        writer.writerows((place[line.label], line.row, state, line.code) for line in lines)
    return file.getvalue()
