"""Several statements together: one set of accounts, one list of transfers, each movement once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from simlib.errors import StatementError
from simlib.money import Fen
from simlib.statement.deduplicate.matcher import Entry, Matcher
from simlib.statement.identity import APART, OTHERS, Holder, Identities
from simlib.statement.identity.pseudonyms import Key, Masks, joined
from simlib.statement.model import Line, Note
from simlib.statement.names_and_numbers import partly
from simlib.statement.normalise import Reading


@dataclass(slots=True)
class HeldAccount:
    """An account under its pseudonym; `own` if its statement was read."""

    id: str
    holder: str
    own: bool = False
    opening_fen: Fen | None = None
    in_fen: Fen = 0
    out_fen: Fen = 0
    rows: int = 0


class TransferRow(TypedDict):
    """A transfer of the case: its ends under pseudonyms, its amounts in fen."""

    id: str
    payer: str
    payee: str
    amount_fen: Fen
    fee_fen: NotRequired[Fen]
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Imported:
    """All statements together; `read` = `taken` + refused + skipped.

    `by_name` has what moved with people of whom the statements have a name and no number; `signs`
    how each statement's money in and out was read, in their order.
    """

    accounts: tuple[HeldAccount, ...]
    by_name: tuple[HeldAccount, ...]
    signs: tuple[Note, ...]
    holders: tuple[Holder, ...]
    transfers: list[TransferRow]
    remarks: dict[str, str]
    key: Key
    refused: tuple[Line, ...]
    skipped: tuple[Line, ...]
    warnings: tuple[Note, ...]
    assumptions: tuple[Note, ...]
    read: int

    @property
    def taken(self) -> int:
        """How many rows are transfers now."""
        return len(self.transfers)


def combine(
    readings: Sequence[Reading],
    key: Key | None = None,
    *,
    keep_names: bool = False,
    keep_remarks: bool = False,
) -> Imported:
    """Put statements together under pseudonyms.

    A transfer that both sides' statements list is taken once: from the payer's. A sheet that is
    given twice is taken once.

    Parameters
    ----------
    readings
        from `convert`, in the order in which pseudonyms are to be given
    key
        of an earlier import, to go on from; a new one if not given
    keep_names
        leave names and account numbers as they are
    keep_remarks
        keep 摘要, masked

    Raises
    ------
    StatementError
        if a statement has money in and money out exchanged
    """
    _refuse(readings)
    key = Key() if key is None else key
    identities = Identities(readings, key, keep_names)
    matcher = Matcher(readings, identities)
    entries = [entry for listed in matcher.entries for entry in listed]
    left_out = matcher.lines()
    left_out |= {e.place: Line(e.m.row, "to-itself", {}, readings[e.statement].label)
                 for e in entries if e.payer == e.payee}  # fmt: skip
    entries = [entry for entry in entries if entry.place not in left_out]
    entries.sort(key=lambda entry: entry.m.at)  # stable: within an instant as listed
    transfers, remarks = _transfers(entries, readings, identities, keep_remarks)
    identities.leave_out(matcher.only_repeated())
    kept = [Note("names-kept")] if keep_names else []
    kept += [Note("remarks-kept", {"count": len(remarks)})] if remarks else []
    accounts, by_name = _accounts(identities, readings, transfers)
    return Imported(
        accounts=accounts,
        by_name=by_name,
        signs=tuple(shown_signs(reading, identities) for reading in readings),
        holders=tuple(identities.holders()),
        transfers=transfers,
        remarks=remarks,
        key=key,
        refused=tuple(line for reading in readings for line in reading.refused),
        skipped=(*(line for r in readings for line in r.skipped), *left_out.values()),
        warnings=(*(n for r in readings for n in r.warnings), *identities.warnings(),
                  *matcher.notes(), *kept),
        assumptions=(*(n for r in readings for n in r.assumptions), *identities.assumptions(),
                     *matcher.sheets_again(), *_unnamed(transfers)),
        read=sum(reading.read for reading in readings),
    )  # fmt: skip


def _unnamed(transfers: Sequence[TransferRow]) -> list[Note]:
    """Return how many transfers have nobody at the other side."""
    count = sum(OTHERS in (row["payer"], row["payee"]) for row in transfers)
    return [Note("unnamed-others", {"count": count})] if count else []


def _refuse(readings: Sequence[Reading]) -> None:
    for reading in readings:
        refuse_reversed(reading, reading.label)


def refuse_reversed(reading: Reading, name: str) -> None:
    """Stop where balances or words contradict how in and out were read; `name` is the file's.

    Raises
    ------
    StatementError
        that says which is likely right, and what to do
    """
    if reading.against is not None:
        values = {**reading.against.values, "name": name}
        values.pop("label")
        turned = "-turned" if values.get("turned") is True else ""  # of a reversal, a number
        raise StatementError(f"statement-{reading.against.code}{turned}", **values)


def shown_signs(reading: Reading, ids: Identities) -> Note:
    """Return how in and out were read, with the people of the examples under pseudonyms."""
    rows = {row["row"] for row in _examples(reading.signs)}
    ends = {m.row: ids.ends(reading, m) for m in reading.movements if m.row in rows}
    values = dict(reading.signs.values)
    for side, place in (("out", 1), ("in", 0)):
        row = values[f"{side}_row"]
        if isinstance(row, dict):
            values[f"{side}_row"] = {**row, "other": ends[row["row"]][place]}
    return Note(reading.signs.code, values)


def _examples(signs: Note) -> list[dict[str, object]]:
    rows = (signs.values[f"{side}_row"] for side in ("out", "in"))
    return [row for row in rows if isinstance(row, dict)]


def _transfers(
    entries: Sequence[Entry], readings: Sequence[Reading], ids: Identities, keep_remarks: bool
) -> tuple[list[TransferRow], dict[str, str]]:
    transfers: list[TransferRow] = []
    remarks: dict[str, str] = {}
    masks = Masks(ids.key) if keep_remarks else None
    for entry in entries:
        m, id = entry.m, ids.key.transfer(readings[entry.statement].label, entry.m.row)
        row: TransferRow = {"id": id, "payer": entry.payer, "payee": entry.payee,
                            "amount_fen": m.amount_fen, "at": m.at}  # fmt: skip
        if m.fee_fen:
            row["fee_fen"] = m.fee_fen
        transfers.append(row)
        if masks and m.remark:
            remarks[id] = masks.masked(m.remark)
    return transfers, remarks


def _accounts(
    ids: Identities, readings: Sequence[Reading], transfers: list[TransferRow]
) -> tuple[tuple[HeldAccount, ...], tuple[HeldAccount, ...]]:
    """Return the accounts with what moved on them, and the same of people known by name only; the
    oldest statement of each account has its opening."""
    accounts = {a: HeldAccount(a, holder) for a, holder in ids.accounts.items()}
    by_name = {holder: HeldAccount(holder, holder) for holder in ids.known_by_name()}
    oldest: dict[str, datetime.datetime] = {}
    for reading in readings:
        firsts = {m.own: m for m in reversed(reading.movements) if m.own is not None}
        for own, first in firsts.items():
            id = ids.own(reading, first)
            if id not in accounts:
                continue
            accounts[id].own = True
            if id not in oldest or first.at < oldest[id]:
                oldest[id] = first.at
                accounts[id].opening_fen = reading.openings.get(own)
    for row in transfers:
        for end, side in ((row["payer"], "out_fen"), (row["payee"], "in_fen")):
            if account := accounts.get(end) or by_name.get(end):
                setattr(account, side, getattr(account, side) + row["amount_fen"])
                account.rows += 1
    return tuple(accounts.values()), tuple(by_name.values())


def holder_of(imported: Imported, who: str) -> str:
    """Return the holder meant by an account's number, a name or a pseudonym."""
    id = imported.key.id_of(who) or who
    holders = {holder.id for holder in imported.holders}
    holder = imported.key.holder_of.get(id, id)
    if holder not in holders or holder == OTHERS:
        raise StatementError("import-unknown", who=who[:60])
    return holder


def combine_same(
    readings: Sequence[Reading],
    key: Key,
    same: Sequence[tuple[str, str]] = (),
    apart: Sequence[str] = (),
    *,
    keep_names: bool = False,
    keep_remarks: bool = False,
) -> Imported:
    """Return the same as `combine`, where the two of each pair in `same` are one person, and each
    account in `apart` is of another person of its holder's name.

    Two accounts are then one account, of one person; a person's accounts stay apart. The key keeps
    who they are.

    Parameters
    ----------
    same
        account, name or pseudonym, and who that is
    apart
        account by its number or pseudonym

    Raises
    ------
    StatementError
        if one is not in the statements, or may be several, or is no account where one is asked for
    """
    found = combine(readings, key, keep_names=keep_names, keep_remarks=keep_remarks)
    if not (same or apart):
        return found
    for who in apart:
        _part(key, _id(found, who), who)
    for who, other in same:
        one, two = _id(found, who), _id(found, other)
        if one not in key.holder_of or two not in key.holder_of:
            one, two = holder_of(found, one), holder_of(found, two)
        if one != two:
            key.same(one, two)
    key.forget(row["id"] for row in found.transfers)
    return combine(readings, key, keep_names=keep_names, keep_remarks=keep_remarks)


def _part(key: Key, account: str, who: str) -> None:
    """Give an account a holder of its own, who has the name of the one it had."""
    original = next((o for o, made in key.accounts.items() if made == account), None)
    if original is None:
        raise StatementError("import-no-account", who=who[:60])
    name = next((n for n in key.names.get(account, ()) if not partly(n)), "")
    key.holder_of[account] = key.holder(joined("name", name, APART + original))


def _id(found: Imported, who: str) -> str:
    """Return the account or person meant, who must be in the statements."""
    holder_of(found, who)
    return found.key.id_of(who) or who
