"""Reading a case: bytes, TOML, schema, cross-checks. Every problem is reported, nothing is half
loaded."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from simlib.case.act_checks import acts
from simlib.case.changed_case import positions, trial
from simlib.case.checks import claimant_of, crimes, flows, head, people, reparations
from simlib.case.evidence_checks import proof
from simlib.case.fields import FILE_NAME
from simlib.case.model import MOST_ACTS, MOST_PARTIES, MOST_TRANSFERS, Case, unknown
from simlib.case.problem_places import MOST, Finding, Places, in_order
from simlib.case.references import links
from simlib.case.toml_guard import MOST_BYTES, Refused, parse, read_toml
from simlib.case.transfer_files import Progress, read_transfers
from simlib.case.unchecked_transfers import Unchecked
from simlib.case.validation_problems import findings_of
from simlib.errors import CaseError, Problem
from simlib.resources import shelf

FILE = "case.toml"
MOST_ROWS = {"parties": MOST_PARTIES, "acts": MOST_ACTS}
CHECKS = (people, head, links, acts, flows, crimes, reparations, proof, positions)


def load_case(where: str | Path, progress: Progress | None = None) -> Case:
    """Read a case.

    Parameters
    ----------
    where
        a shipped case's name, a folder that holds a `case.toml`, or any TOML file
    progress
        called as a transfers file is read, with how much of it is, and how much there is; no
        shipped case has one

    Returns
    -------
    Case
        frozen; `claimant` is always an id

    Raises
    ------
    CaseError
        if the file is not a case; it holds every problem
    UnknownName
        if `where` is a bare name that is neither a shipped case nor a file

    Examples
    --------
    >>> load_case("2024-lu-0302-5690").loss_fen
    2500000
    """
    if isinstance(where, str) and _bare(where):
        shipped = shipped_cases()
        if where in shipped:
            return _shipped(where, _file_of(where).stat().st_mtime_ns)
        if not os.path.lexists(where):
            raise unknown("case", where, shipped)
    return _checked(where, progress)


@lru_cache(maxsize=64)  # more than are shipped; a case never changes, so everybody may have it
def _shipped(name: str, changed_at: int) -> Case:
    """Read a shipped case, whose file was changed at that time, once."""
    return _checked(name)


def _checked(where: str | Path, progress: Progress | None = None) -> Case:
    case, problems = check_case(where, progress)
    if case is None:
        raise CaseError(str(where), problems)
    return case


def check_case(
    where: str | Path, progress: Progress | None = None
) -> tuple[Case | None, list[Problem]]:
    """Return the case, or None and everything that is wrong with it, in the order of the file."""
    try:
        path = case_file(where)
        raw = read_toml(path)
    except Refused as refusal:
        return None, [Problem("-", refusal.finding.code, refusal.finding.values)]
    findings = _add_transfers(raw, path, progress)
    case, more = examine(raw)
    problems = in_order(findings + more, Places(raw))
    return (None if problems else case), problems


def check_text(text: str) -> tuple[Case | None, list[Problem]]:
    """Return the case a reader's text makes, or None and everything that is wrong with it.

    The text comes from a page: it can name no file beside it.
    """
    if len(text.encode()) > MOST_BYTES:
        return None, [Problem("-", "too-big", {"most": MOST_BYTES})]
    try:
        raw = parse(text.removeprefix("\ufeff"))
    except Refused as refusal:
        return None, [Problem("-", refusal.finding.code, refusal.finding.values)]
    return check_data(raw)


def check_data(raw: dict[str, object]) -> tuple[Case | None, list[Problem]]:
    """Do the same for data that were no file; `raw` may get its claimant."""
    case, findings = examine(raw)
    if raw.get("transfers_file") is not None:
        findings = [*findings, Finding(("transfers_file",), "no-file-beside", {})]
    problems = in_order(findings, Places(raw))
    return (None if problems else case), problems


def examine(raw: dict[str, object]) -> tuple[Case | None, list[Finding]]:
    """Return the case that raw data make, and everything that is wrong with them.

    The only victim becomes the claimant in `raw` itself, so that the checks see him.
    """
    if crowded := list(_crowded(raw)):
        return None, crowded
    if raw.get("claimant") is None and claimant_of(raw):
        raw["claimant"] = claimant_of(raw)
    case, findings = _validated(raw)
    findings += [finding for check in CHECKS for finding in check(raw)]
    return case, findings or (trial(case) if case else [])


def _crowded(raw: dict[str, object]) -> Iterator[Finding]:
    """Yield the tables with more rows than a case may have, or with more rows that say nothing than
    a report would list: to check each row would take minutes."""
    for table in Case.model_fields:
        rows = raw.get(table)
        if not isinstance(rows, list | tuple):
            continue
        most = MOST_ROWS.get(table, len(rows))
        if len(rows) > 2 * most:  # a few too many are told beside what else is wrong
            yield Finding((table,), f"too-many-{table}", {"most": most})
        elif sum(not (isinstance(row, Mapping) and row) for row in rows) > MOST:
            yield Finding((table,), "too-many-empty", {"most": MOST})


def _validated(raw: dict[str, object]) -> tuple[Case | None, list[Finding]]:
    """Return the case, and what the schema finds wrong; of a transfers file it sees the odd rows
    only."""
    listed = raw.get("transfers")
    if not isinstance(listed, Unchecked):
        try:
            return Case.model_validate(raw), []
        except ValidationError as error:
            return None, findings_of(error)
    case, findings = _validated({**raw, "transfers": list(listed.odd.values())})
    numbers = list(listed.odd)
    wrong = [f for f in findings if f.spot[:1] == ("transfers",) and len(f.spot) > 1]
    if len(listed) - len({f.spot[1] for f in wrong}) > MOST_TRANSFERS:  # as pydantic counts
        most = Finding(("transfers",), "too-many-transfers", {"most": MOST_TRANSFERS})
        return None, [f for f in findings if f.spot[:1] != ("transfers",)] + [most]
    if case:
        return case.model_copy(update={"transfers": listed.checked(case.transfers)}), []
    return None, [_renumbered(finding, numbers) for finding in findings]


def _renumbered(finding: Finding, numbers: list[int]) -> Finding:
    """Return a finding about the nth odd row, at that row's place among all."""
    spot = finding.spot
    if len(spot) < 2 or spot[0] != "transfers" or not isinstance(spot[1], int):
        return finding
    return replace(finding, spot=("transfers", numbers[spot[1]], *spot[2:]))


def shipped_cases() -> list[str]:
    """Return the names of the cases that travel with the package, sorted."""
    with os.scandir(shelf("cases")) as entries:  # asked at each step of a lab: a glob is slow
        names = [entry.name for entry in entries if os.path.exists(f"{entry.path}/{FILE}")]
    return sorted(name for name in names if not name.startswith("_"))


def _file_of(name: str) -> Path:
    """Return the file of a shipped case."""
    return shelf("cases") / name / FILE


def case_file(where: str | Path) -> Path:
    """Return the file meant by a shipped case's name, a folder or a path; raises `Refused`."""
    if isinstance(where, str) and _bare(where) and where in shipped_cases():
        return _file_of(where)
    path = Path(where)
    try:
        if path.is_dir():
            path = path / FILE
            if not os.path.lexists(path):
                raise Refused("no-case-in-folder")
    except (OSError, ValueError):  # a name too long, or with a NUL in it (until Python 3.13)
        raise Refused("missing-file") from None
    return path


def _bare(where: str) -> bool:
    """Tell whether a name may be a shipped case's: an id, and no path."""
    return re.fullmatch(r"[A-Za-z0-9_-]{1,64}", where) is not None


def _add_transfers(raw: dict[str, object], path: Path, progress: Progress | None) -> list[Finding]:
    """Put the rows of the transfers file behind the listed transfers."""
    name, listed = raw.get("transfers_file"), raw.get("transfers", [])
    if not isinstance(name, str) or not isinstance(listed, list):
        return []
    if not re.search(FILE_NAME, name):
        return []  # the schema says that it must lie beside the case
    table, findings = read_transfers(path, name, listed, progress)
    if table:
        raw["transfers"] = table
    return findings
