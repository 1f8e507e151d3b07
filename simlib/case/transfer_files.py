"""Transfers listed in a file beside the case: CSV or Parquet.

    flows.csv ─────▶ cells ──┐
                             ├─▶ gather (columns, odd rows) ─▶ Unchecked ─▶ checks ─▶ Transfers
    flows.parquet ─▶ arrow ──┘

A million rows take seconds: they are checked a chunk at a time, and no record is made of a row
before somebody asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from simlib.case.fields import FILE_NAME
from simlib.case.problem_places import Finding, shown_key
from simlib.case.toml_guard import Refused, read_bytes
from simlib.case.unchecked_transfers import Unchecked
from simlib.case.validation_problems import MOST_NEAR
from simlib.errors import nearest

MOST_BYTES = 256_000_000  # a million rows of the longest ids
REQUIRED = ("id", "payer", "payee", "amount_fen")
COLUMNS = (*REQUIRED, "fee_fen", "at")
SPOT = ("transfers_file",)
PARQUET = re.compile(r"\.(parquet|pq)$", re.IGNORECASE)
WHOLE = ("not-csv", "not-parquet", "no-pyarrow")  # codes that tell the file's name
Progress = Callable[[int, int], None]


class BadFile(Exception):
    """A transfers file of which no row can be read; `findings` say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].code)
        self.findings = list(findings)


def read_transfers(
    case_file: Path, name: str, listed: list[object], progress: Progress | None = None
) -> tuple[Unchecked | None, list[Finding]]:
    """Return the transfers of a case and, behind them, of its file; and what is wrong with the
    file.

    Parameters
    ----------
    case_file, name
        the case and the file beside it
    listed
        the raw transfers the case itself lists
    progress
        called now and then with how much of the file is read, and how much there is; at the end,
        however it ends, with both alike
    """
    tell = progress or _silent
    try:
        data = read_bytes(beside(case_file, name), MOST_BYTES)
        if PARQUET.search(name):
            from simlib.case.parquet import gathered
        else:
            from simlib.case.csv_transfers import gathered
        return gathered(data, listed, tell)
    except Refused as refusal:
        code = refusal.finding.code
        code = "no-transfers-file" if code == "missing-file" else code
        return None, [Finding(SPOT, code, {**refusal.finding.values, "name": shown_key(name)})]
    except BadFile as bad:
        more = {"name": shown_key(name)}
        whole = [Finding(SPOT, f.code, more) if f.code in WHOLE else f for f in bad.findings]
        return None, whole
    finally:
        tell(1, 1)


def beside(case_file: Path, name: str) -> Path:
    """Return the file of this name in the case's folder, which may itself be reached by a link.

    Raises
    ------
    Refused
        if the name leads anywhere else, or is a link that does
    """
    folder = case_file.parent
    if not re.search(FILE_NAME, name):
        raise Refused("bad-file-name", value=f'"{shown_key(name)}"')
    try:
        inside = (folder / name).resolve().parent == folder.resolve()
    except (
        OSError,
        RuntimeError,
        ValueError,
    ):  # a ring of links, or a NUL: reported when it is read
        inside = True
    if not inside:
        raise Refused("leads-out")
    return folder / name


def wrong_head(head: list[str], missing: str) -> list[Finding]:
    """Return what is wrong with the names of the columns; `missing` is the code for one not
    there."""
    findings = [Finding(SPOT, missing, {"column": c}) for c in REQUIRED if c not in head]
    for n, column in enumerate(head):
        if column not in COLUMNS:
            near = nearest(column, COLUMNS) if n < MOST_NEAR else None
            values = {"column": shown_key(column), "near": near}
            code = "csv-unknown-column-near" if values["near"] else "csv-unknown-column"
            findings.append(Finding(SPOT, code, values))
    if len(set(head)) < len(head):
        findings.append(Finding(SPOT, "csv-column-twice"))
    return findings


def _silent(done: int, total: int) -> None:
    """Report no progress: what loading from Python does by default."""
