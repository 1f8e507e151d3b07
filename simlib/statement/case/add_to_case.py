"""Statements into a case that is there: its own words stay as they are, rows are added behind."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from simlib.case.fields import Raw
from simlib.case.problem_places import shown_key
from simlib.case.toml_guard import MOST_BYTES, Refused, decode, parse, read_bytes
from simlib.case.transfer_files import beside
from simlib.errors import StatementError
from simlib.money import Fen
from simlib.statement.case import (
    COLUMNS,
    FLOWS,
    SourceRow,
    account_block,
    flows_text,
    others_block,
    source_block,
    sources_for_missing_rows,
)
from simlib.statement.case.case_matching import (
    Inside,
    Loss,
    changed,
    earlier,
    restated,
    without_part,
)
from simlib.statement.deduplicate import HeldAccount, Imported, TransferRow, holder_of
from simlib.statement.deduplicate.existing_transfers import (
    Known,
    known_in_full,
    may_exist,
    without_existing,
)
from simlib.statement.identity import OTHERS
from simlib.statement.model import Line, Words

MOST_FLOWS = 256_000_000
NAMED = ("parties", "accounts", "transfers", "evidence", "acts", "events", "sources")
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

    @property
    def there(self) -> list[Raw]:
        """Every transfer of the case, from the file beside it and from the case itself."""
        return [*self.listed, *_rows(self.raw, "transfers")]


@dataclass(frozen=True, slots=True)
class Added:
    """The two files as they become, and what is to be told of it.

    Attributes
    ----------
    written
        ids of the new transfers; every other id of the statements is free again
    accounts
        how many are new
    already
        the rows that were there already
    unnamed
        the new accounts whose holder nobody named: they are the others'
    left_out
        ids of transfers between a victim and people without a part in the case
    apart
        ids of transfers to which no money of the case leads
    maybe
        ids of new transfers that may be there already under other accounts: no loss yet
    losses
        those that are reckoned again
    earlier
        the day of the claimant's first new payment, if it is before that of the act
    names
        party of the case → its name in both languages
    returned_fen
        how much of the new transfers came back to the victims
    """

    text: str
    flows_name: str
    flows: str
    written: frozenset[str]
    accounts: int
    already: tuple[Line, ...]
    unnamed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    earlier: datetime.date | None = None
    names: Mapping[str, object] = field(default_factory=dict)
    returned_fen: Fen = 0

    @property
    def transfers(self) -> int:
        """How many transfers are new."""
        return len(self.written)


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
    """Return the case with those accounts and transfers of the statements that concern it, and the
    loss with what the victim paid by them.

    Parameters
    ----------
    case
        from `target`
    imported
        from `combine`, with a key that avoids `case.ids` or goes on from an earlier import
    words
        the topic `statement` of the texts in both languages
    holders
        account, name or pseudonym → id of a party of the case; whoever is not in the case already
        is one of the others

    Raises
    ------
    StatementError
        if a party is not in the case, the loss was not reckoned from its transfers, or the file
        is written so that nothing can be added
    """
    inside = Inside(case.raw, imported, _said(case, imported, holders))
    kept, left_out, apart = inside.sort_out(imported.transfers)
    new, already, rest = without_existing(
        case.there, [_between(row, inside) for row in kept], imported
    )
    written = frozenset(row["id"] for row in new)
    rows = [row for row in kept if row["id"] in written]
    known = Known(lambda end: inside.held.get(end, end), inside.party_of,
                  known_in_full(imported.key.accounts.items()))  # fmt: skip
    maybe = may_exist(known, rest, rows)
    counted = [row for row in rows if row["id"] not in maybe]
    losses = changed(str(case.path), {**case.raw, "transfers": case.there}, inside, counted)
    fresh = inside.fresh(imported, new)
    sources = sources_for_missing_rows(imported, words, case.ids, _rows(case.raw, "sources"))
    return Added(
        text=_text(case, inside, words, fresh, new, losses, sources),
        flows_name=str(case.raw.get("transfers_file", FLOWS)),
        flows=_flows(case, new),
        written=written,
        accounts=len(fresh),
        already=tuple(already),
        unnamed=tuple(a.id for a in fresh if inside.party_of(a.id) == OTHERS),
        left_out=tuple(left_out),
        apart=tuple(apart),
        maybe=tuple(maybe),
        losses=tuple(losses),
        earlier=earlier(case.raw, inside, rows),
        names={str(row.get("id")): row.get("name") for row in _rows(case.raw, "parties")},
        returned_fen=sum(inside.parts.returned(rows, v) for v in inside.parts.victims),
    )


def _text(
    case: Target, inside: Inside, words: Words, fresh: list[HeldAccount],
    new: list[TransferRow], losses: list[Loss], sources: list[SourceRow],
) -> str:  # fmt: skip
    """Return the text of the case with new accounts, losses and sources."""
    others = _others(case, words)
    blocks = [account_block(account, inside.party_of(account.id)) for account in fresh]
    ends = {row[side] for row in new for side in ("payer", "payee")}
    if OTHERS in ends | {inside.party_of(account.id) for account in fresh}:
        blocks = [*others, *blocks]
    blocks += [source_block(row) for row in sources]
    text, raw = restated(str(case.path), case.text, case.raw, losses)
    return _checked(replace(case, text=text, raw=raw), "\n".join(blocks), len(fresh))


def _said(case: Target, imported: Imported, holders: Mapping[str, str]) -> dict[str, str]:
    """Return holder → party of the case, as the reader says."""
    parties = {row.get("id") for row in _rows(case.raw, "parties")}
    for party in holders.values():
        if party not in parties:
            raise StatementError("import-no-party", party=party[:60])
    return {holder_of(imported, who): party for who, party in holders.items()}


def _between(row: TransferRow, inside: Inside) -> TransferRow:
    """Return a transfer between accounts of the statements and parties of the case."""
    payer, payee = (
        end if end in inside.holder_of else inside.party_of(end)
        for end in (row["payer"], row["payee"])
    )
    return {**row, "payer": payer, "payee": payee}


def _others(case: Target, words: Words) -> list[str]:
    """Return the block for everybody else, if the case has none; somebody else of that id is
    refused."""
    there = [row for row in _rows(case.raw, "parties") if row.get("id") == OTHERS]
    if not there:
        return [others_block(words)]
    if not without_part(there[0]):
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
    for table in ("accounts", "parties", "sources"):
        same[table] = _rows(after, table)[: len(_rows(case.raw, table))]
    wanted = {"accounts": [], "parties": [], "sources": [], **case.raw}
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
