"""Transfers listed in a CSV file beside the case."""

from __future__ import annotations

import csv
import datetime
import io
import re
from pathlib import Path

from simlib.case.guard import Refused, decode, read_bytes
from simlib.case.model import MOST_TRANSFERS
from simlib.case.places import Finding, shown_key
from simlib.errors import nearest

MOST_BYTES = 256_000_000  # a million rows of the longest ids
REQUIRED = ("id", "payer", "payee", "amount_fen")
COLUMNS = (*REQUIRED, "fee_fen", "at")
SPOT = ("transfers_file",)


def read_transfers(case_file: Path, name: str) -> tuple[list[dict], list[int], list[Finding]]:
    """The rows of a transfers file as raw tables, the line each stands on, and what is wrong.

    Values are turned into what TOML would have given; one that cannot be is left as text, so that
    the schema reports it as it reports any other.
    """
    try:
        text = decode(read_bytes(case_file.parent / name, MOST_BYTES))
        return _rows(csv.reader(io.StringIO(text, newline=""), strict=True))
    except Refused as refusal:
        code = refusal.finding.code
        code = "no-transfers-file" if code == "missing-file" else code
        return [], [], [Finding(SPOT, code, {**refusal.finding.values, "name": shown_key(name)})]
    except csv.Error:
        return [], [], [Finding(SPOT, "not-csv", {"name": shown_key(name)})]


def _rows(reader: object) -> tuple[list[dict], list[int], list[Finding]]:
    header = [column.strip() for column in next(reader, [])]
    findings = _header(header)
    if findings:
        return [], [], findings
    rows, lines = [], []
    for cells in reader:
        if len(rows) > MOST_TRANSFERS:  # one too many is enough for the schema to refuse them
            break
        if cells and len(cells) != len(header):
            values = {"line": reader.line_num, "count": len(cells), "columns": len(header)}
            findings.append(Finding(SPOT, "csv-cells", values))
        elif cells:
            named = zip(header, cells, strict=True)
            rows.append({c: _value(c, text.strip()) for c, text in named if text})
            lines.append(reader.line_num)
    return rows, lines, findings


def _header(header: list[str]) -> list[Finding]:
    findings = [Finding(SPOT, "csv-no-column", {"column": c}) for c in REQUIRED if c not in header]
    for column in header:
        if column not in COLUMNS:
            values = {"column": shown_key(column), "near": nearest(column, COLUMNS)}
            code = "csv-unknown-column-near" if values["near"] else "csv-unknown-column"
            findings.append(Finding(SPOT, code, values))
    if len(set(header)) < len(header):
        findings.append(Finding(SPOT, "csv-column-twice"))
    return findings


def _value(column: str, text: str) -> object:
    if column in ("amount_fen", "fee_fen") and re.fullmatch(r"-?[0-9]{1,400}", text, re.ASCII):
        return int(text)
    if column == "at":
        try:
            return datetime.datetime.fromisoformat(text)
        except ValueError:
            return text
    return text
