"""Statements into a case that is there: its own words stay as they are, rows are added behind."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from simlib.case.flows import beside
from simlib.case.guard import MOST_BYTES, Refused, decode, parse, read_bytes
from simlib.case.places import shown_key
from simlib.errors import StatementError
from simlib.statement.beside import COLUMNS, FLOWS, flows_text
from simlib.statement.draft import account_block, others_block
from simlib.statement.identity import OTHERS
from simlib.statement.model import Line
from simlib.statement.roles import holder_of
from simlib.statement.together import Imported
from simlib.statement.twice import APART_S

MOST_FLOWS = 256_000_000
NAMED = ("parties", "accounts", "transfers", "evidence", "acts", "events")
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Target:
    """A case in a folder, as it is before anything is added."""

    path: Path
    text: str
    raw: dict
    listed: list[dict]
    flows: str | None

    @property
    def ids(self) -> set[str]:
        """Every id that is taken."""
        rows = [row for table in NAMED for row in _rows(self.raw, table)]
        return {row["id"] for row in [*rows, *self.listed] if isinstance(row.get("id"), str)}


@dataclass(frozen=True, slots=True)
class Added:
    """The two files as they become, how much is new, and the rows that were there already."""

    text: str
    flows_name: str
    flows: str
    transfers: int
    accounts: int
    already: tuple[Line, ...]


def target(path: Path) -> Target:
    """The case in a folder or file, to add to; raises `StatementError`."""
    try:
        path = path / "case.toml" if path.is_dir() else path
        text = decode(read_bytes(path, MOST_BYTES))
        raw = parse(text)
    except Refused as refusal:
        reason = refusal.finding.code
        raise StatementError("import-into", case=str(path), reason=reason) from None
    except (OSError, ValueError):
        raise StatementError("import-into", case=str(path), reason="missing-file") from None
    name = raw.get("transfers_file")
    if name is None:
        return Target(path, text, raw, [], None)
    try:
        if not str(name).endswith(".csv"):
            raise Refused("bad-file-name")
        flows = decode(read_bytes(beside(path, str(name)), MOST_FLOWS))
    except Refused:
        reason = f"transfers_file = {shown_key(str(name))}"
        raise StatementError("import-into", case=str(path), reason=reason) from None
    return Target(path, text, raw, _listed(flows), flows)


def add_to_case(
    case: Target, imported: Imported, words: Mapping[str, Mapping], holders: Mapping[str, str]
) -> Added:
    """The case with the accounts and transfers of the statements.

    Parameters
    ----------
    case
        from `target`
    imported
        from `combine`, with a key that avoids `case.ids` or goes on from an earlier import
    words
        the topic `statement` of the texts in both languages
    holders
        account, name or pseudonym → id of a party of the case; anybody else is one of the others

    Raises
    ------
    StatementError
        if a party is not in the case, or the file is written so that nothing can be added
    """
    parties = {row.get("id") for row in _rows(case.raw, "parties")}
    held = {}
    for who, party in holders.items():
        if party not in parties:
            raise StatementError("import-no-party", party=party[:60])
        held[holder_of(imported, who)] = party
    known = {row.get("id") for row in _rows(case.raw, "accounts")}
    fresh = [account for account in imported.accounts if account.id not in known]
    accounts = {account.id for account in imported.accounts}
    rows = [{**row, **{side: row[side] if row[side] in accounts else held.get(row[side], OTHERS)
                       for side in ("payer", "payee")}} for row in imported.transfers]  # fmt: skip
    new, already = _new(case, rows, imported)
    blocks = [account_block(account, held.get(account.holder, OTHERS)) for account in fresh]
    needs = any(OTHERS in (row["payer"], row["payee"]) for row in new)
    needs = needs or any(held.get(account.holder, OTHERS) == OTHERS for account in fresh)
    if needs:
        blocks = [*_others(case, words), *blocks]
    text = _checked(case, "\n".join(blocks), len(fresh))
    name = case.raw.get("transfers_file", FLOWS)
    flows = _flows(case, new)
    return Added(text, name, flows, len(new), len(fresh), tuple(already))


def _others(case: Target, words: Mapping[str, Mapping]) -> list[str]:
    """The block for everybody else, if the case has none; somebody else of that id is refused."""
    there = [row for row in _rows(case.raw, "parties") if row.get("id") == OTHERS]
    if not there:
        return [others_block(words)]
    if there[0].get("grade") != "none" or there[0].get("sued") is not False:
        raise StatementError("import-into", case=str(case.path), reason=f"id = {OTHERS}")
    return []


def _listed(flows: str) -> list[dict]:
    """The transfers of the file, as far as they can be read: enough to know them again."""
    rows = []
    for row in csv.DictReader(io.StringIO(flows)):
        known = {key: row.get(key) for key in ("id", "payer", "payee")}
        try:
            at = datetime.datetime.fromisoformat(row["at"]) if row.get("at") else None
            rows.append({**known, "amount_fen": int(row.get("amount_fen") or 0), "at": at})
        except (TypeError, ValueError):
            rows.append(known)
    return rows


def _new(case: Target, rows: Iterable[dict], imported: Imported) -> tuple[list[dict], list[Line]]:
    """The transfers that are not in the case yet, and the rows of those that are.

    One that is there stands for one row: the same ends and amount, and no further apart in time
    than two banks may write it down.
    """
    there = defaultdict(list)
    for row in [*case.listed, *_rows(case.raw, "transfers")]:
        there[_what(row)].append((_moment(row), row.get("id")))
    new, already = [], []
    for row in rows:
        at = _moment(row)
        near = [each for each in there[_what(row)] if each[0] and abs(each[0] - at) <= APART_S]
        if not near:
            new.append(row)
            continue
        known = min(near, key=lambda each: abs(each[0] - at))
        there[_what(row)].remove(known)
        label, line = imported.key.transfers[row["id"]]
        already.append(Line(line, "in-case", {"id": known[1]}, label))
    return new, already


def _what(row: Mapping) -> tuple:
    return row.get("payer"), row.get("payee"), row.get("amount_fen")


def _moment(row: Mapping) -> float | None:
    at = row.get("at")
    return at.timestamp() if isinstance(at, datetime.datetime) and at.tzinfo else None


def _checked(case: Target, blocks: str, accounts: int) -> str:
    """The text with the blocks behind it and the transfers' file named before the first table."""
    text = case.text if case.text.endswith("\n") else case.text + "\n"
    if case.flows is None:
        if (case.path.parent / FLOWS).exists():
            raise StatementError("import-into", case=str(case.path), reason=FLOWS)
        first = _TABLE.search(text)
        place = first.start() if first else len(text)
        text = f'{text[:place]}transfers_file = "{FLOWS}"\n{text[place:]}'
    text = f"{text}\n{blocks}" if blocks else text
    try:
        after = parse(text)
    except Refused:
        raise StatementError("import-into", case=str(case.path), reason="[accounts]") from None
    same = {key: value for key, value in after.items() if key in case.raw}
    for table in ("accounts", "parties"):
        same[table] = same.get(table, [])[: len(_rows(case.raw, table))]
    wanted = {"accounts": [], "parties": [], **case.raw}
    if same != wanted or len(after.get("accounts", [])) != len(wanted["accounts"]) + accounts:
        raise StatementError("import-into", case=str(case.path), reason="[accounts]")
    return text


def _flows(case: Target, rows: list[dict]) -> str:
    if case.flows is None:
        return flows_text(rows)
    header = next(csv.reader(io.StringIO(case.flows)), [])
    columns = [column.strip() for column in header]
    if lacking := [c for c in COLUMNS if c not in columns and any(row.get(c) for row in rows)]:
        raise StatementError("import-into", case=str(case.path), reason=", ".join(lacking))
    before = case.flows if case.flows.endswith("\n") else case.flows + "\n"
    return before + flows_text(rows, columns, head=False)


def _rows(raw: Mapping, table: str) -> list[dict]:
    listed = raw.get(table)
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
