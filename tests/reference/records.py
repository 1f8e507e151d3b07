"""A transfers file read the slow way, a record a row: what the columns must agree with."""

from __future__ import annotations

import csv
import datetime
import io
import re
import tomllib
from pathlib import Path

from simlib.case.load import examine
from simlib.case.model import MOST_TRANSFERS, Case
from simlib.case.problem_places import Finding, Places, in_order
from simlib.case.transfer_files import SPOT, wrong_head
from simlib.errors import Problem


def check_slowly(folder: Path) -> tuple[Case | None, list[Problem]]:
    """What `check_case` says of a folder whose case names a CSV file that can be opened."""
    raw = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    listed = raw.get("transfers", [])
    rows, lines, findings = _read((folder / raw["transfers_file"]).read_text("utf-8-sig"))
    raw["transfers"] = listed + rows
    case, more = examine(raw)
    places = _Lines(raw, dict(enumerate(lines, start=len(listed))))
    problems = in_order(findings + more, places)
    return (None if problems else case), problems


class _Lines(Places):
    def __init__(self, raw: dict, lines: dict[int, int]) -> None:
        super().__init__(raw)
        self.lines = lines

    def path(self, spot: tuple) -> str:
        if spot[:1] == ("transfers",) and len(spot) > 1 and spot[1] in self.lines:
            return ".".join(["transfers_file", f"line{self.lines[spot[1]]}", *spot[2:]])
        return super().path(spot)


def _read(text: str) -> tuple[list[dict], list[int], list[Finding]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, lines = [], []
    try:
        head = [column.strip() for column in next(reader, [])]
        findings = wrong_head(head, "csv-no-column")
        for cells in [] if findings else reader:
            if len(rows) > MOST_TRANSFERS:
                break
            if cells and len(cells) != len(head):
                values = {"line": reader.line_num, "count": len(cells), "columns": len(head)}
                findings.append(Finding(SPOT, "csv-cells", values))
            elif cells:
                named = zip(head, cells, strict=True)
                rows.append({c: _value(c, cell.strip()) for c, cell in named if cell})
                lines.append(reader.line_num)
    except csv.Error:
        return [], [], [Finding(SPOT, "not-csv", {"name": "flows.csv"})]
    return rows, lines, findings


def _value(column: str, text: str) -> object:
    if column in ("amount_fen", "fee_fen") and re.fullmatch(r"-?[0-9]{1,400}", text, re.ASCII):
        return int(text)
    if column == "at":
        try:
            return datetime.datetime.fromisoformat(text)
        except ValueError:
            return text
    return text
