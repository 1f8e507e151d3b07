"""Statements into a case that is there: its own words stay as they are, rows are added behind."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from simlib.case.fields import Raw
from simlib.case.flows import beside
from simlib.case.guard import MOST_BYTES, Refused, decode, parse, read_bytes
from simlib.case.places import shown_key
from simlib.errors import StatementError
from simlib.statement.beside import COLUMNS, FLOWS, flows_text
from simlib.statement.draft import account_block, others_block
from simlib.statement.identity import OTHERS
from simlib.statement.model import Line, Words
from simlib.statement.roles import holder_of
from simlib.statement.together import Imported, TransferRow
from simlib.statement.twice import APART_S

MOST_FLOWS = 256_000_000
What: TypeAlias = tuple[object, object, object]  # payer, payee, amount
NAMED = ("parties", "accounts", "transfers", "evidence", "acts", "events")
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Target:
    """A case in a folder, as it is before anything is added."""

    path: Path
    text: str
    raw: dict[str, object]
    listed: list[Raw]
    flows: str | None

    @property
    def ids(self) -> set[str]:
        """Every id that is taken."""
        rows = [row for table in NAMED for row in _rows(self.raw, table)]
        ids = (row.get("id") for row in [*rows, *self.listed])
        return {id for id in ids if isinstance(id, str)}


@dataclass(frozen=True, slots=True)
class Added:
    """The two files as they become, how much is new, the rows that were there already, and the new
    accounts whose holder nobody named: they are the others'."""

    text: str
    flows_name: str
    flows: str
    transfers: int
    accounts: int
    already: tuple[Line, ...]
    unnamed: tuple[str, ...] = ()


def target(path: Path) -> Target:
    """Return the case in a folder or file, to add to; raises `StatementError`."""
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
    case: Target, imported: Imported, words: Words, holders: Mapping[str, str]
) -> Added:
    """Return the case with the accounts and transfers of the statements.

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
    party_of: dict[str, str] = {}  # holder → party of the case
    for who, party in holders.items():
        if party not in parties:
            raise StatementError("import-no-party", party=party[:60])
        party_of[holder_of(imported, who)] = party
    known = {row.get("id") for row in _rows(case.raw, "accounts")}
    fresh = [account for account in imported.accounts if account.id not in known]
    accounts = {account.id for account in imported.accounts}
    rows = [_between(row, accounts, party_of) for row in imported.transfers]
    new, already = _new(case, rows, imported)
    blocks = [account_block(account, party_of.get(account.holder, OTHERS)) for account in fresh]
    needs = any(OTHERS in (row["payer"], row["payee"]) for row in new)
    needs = needs or any(party_of.get(account.holder, OTHERS) == OTHERS for account in fresh)
    if needs:
        blocks = [*_others(case, words), *blocks]
    text = _checked(case, "\n".join(blocks), len(fresh))
    name = str(case.raw.get("transfers_file", FLOWS))
    flows = _flows(case, new)
    unnamed = tuple(a.id for a in fresh if a.holder not in party_of)
    return Added(text, name, flows, len(new), len(fresh), tuple(already), unnamed)


def _between(
    row: TransferRow, accounts: Container[str], party_of: Mapping[str, str]
) -> TransferRow:
    """Return a transfer between accounts of the statements and parties of the case."""
    payer, payee = (
        end if end in accounts else party_of.get(end, OTHERS)
        for end in (row["payer"], row["payee"])
    )
    return {**row, "payer": payer, "payee": payee}


def _others(case: Target, words: Words) -> list[str]:
    """Return the block for everybody else, if the case has none; somebody else of that id is
    refused."""
    there = [row for row in _rows(case.raw, "parties") if row.get("id") == OTHERS]
    if not there:
        return [others_block(words)]
    if there[0].get("grade") != "none" or there[0].get("sued") is not False:
        raise StatementError("import-into", case=str(case.path), reason=f"id = {OTHERS}")
    return []


def _listed(flows: str) -> list[Raw]:
    """Return the transfers of the file, as far as they can be read: enough to know them again."""
    rows: list[Raw] = []
    for row in csv.DictReader(io.StringIO(flows)):
        known: dict[str, object] = {key: row.get(key) for key in ("id", "payer", "payee")}
        try:
            at = datetime.datetime.fromisoformat(row["at"]) if row.get("at") else None
            rows.append({**known, "amount_fen": int(row.get("amount_fen") or 0), "at": at})
        except (TypeError, ValueError):
            rows.append(known)
    return rows


def _new(
    case: Target, rows: Iterable[TransferRow], imported: Imported
) -> tuple[list[TransferRow], list[Line]]:
    """Return the transfers that are not in the case yet, and the rows of those that are.

    One that is there stands for one row: the same ends and amount, and no further apart in time
    than two banks may write it down.
    """
    there: dict[What, list[tuple[float, object]]] = defaultdict(list)
    for known in [*case.listed, *_rows(case.raw, "transfers")]:
        if moment := _moment(known.get("at")):
            there[_what(known)].append((moment, known.get("id")))
    new: list[TransferRow] = []
    already: list[Line] = []
    for row in rows:
        at, listed = row["at"].timestamp(), there[_what(row)]
        near = [each for each in listed if abs(each[0] - at) <= APART_S]
        if not near:
            new.append(row)
            continue
        same = min(near, key=lambda each: abs(each[0] - at))
        listed.remove(same)
        label, line = imported.key.transfers[row["id"]]
        already.append(Line(line, "in-case", {"id": same[1]}, label))
    return new, already


def _what(row: Raw | TransferRow) -> What:
    return row.get("payer"), row.get("payee"), row.get("amount_fen")


def _moment(at: object) -> float | None:
    return at.timestamp() if isinstance(at, datetime.datetime) and at.tzinfo else None


def _checked(case: Target, blocks: str, accounts: int) -> str:
    """Return the text with the blocks behind it and the transfers' file named before the first
    table."""
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
        same[table] = _rows(after, table)[: len(_rows(case.raw, table))]
    wanted = {"accounts": [], "parties": [], **case.raw}
    more = len(_rows(after, "accounts")) - len(_rows(case.raw, "accounts"))
    if same != wanted or more != accounts:
        raise StatementError("import-into", case=str(case.path), reason="[accounts]")
    return text


def _flows(case: Target, rows: list[TransferRow]) -> str:
    if case.flows is None:
        return flows_text(rows)
    header = next(csv.reader(io.StringIO(case.flows)), [])
    columns = [column.strip() for column in header]
    if lacking := [c for c in COLUMNS if c not in columns and any(row.get(c) for row in rows)]:
        raise StatementError("import-into", case=str(case.path), reason=", ".join(lacking))
    before = case.flows if case.flows.endswith("\n") else case.flows + "\n"
    return before + flows_text(rows, columns, head=False)


def _rows(raw: Raw, table: str) -> list[Raw]:
    listed = raw.get(table)
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
