"""What of a statement is in a draft already: accounts, by the key of this visit; transfers."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from simlib.case.checks import rows
from simlib.statement.deduplicate.existing_transfers import (
    Known,
    known_in_full,
    may_exist,
    one_moment,
    without_existing,
)
from simlib.statement.identity import OTHERS, differ
from simlib.statement.identity.pseudonyms import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from simlib.case.fields import Raw
    from simlib.statement import Imported, Key
    from simlib.statement.deduplicate import TransferRow
    from simlib.statement.model import Line


def accounts_there(before: object, key: Key) -> dict[str, str]:
    """Return account of a statement → account of earlier ones that it is.

    They have one number, and the names beside it may be one; a number hidden in part is one only
    together with its name.

    Parameters
    ----------
    before
        the key of this visit as the page holds it; nonsense has no accounts
    key
        of the statement alone
    """
    earlier: dict[str, tuple[str, list[str]] | None] = {}
    for original, id, names in _earlier(before):
        again = original in earlier  # a number the reader gave to two people
        earlier[original] = None if again else (id, names)
    found = {}
    for original, made in key.accounts.items():
        known = earlier.get(original)
        if parts(original)[0] != "number" or known is None:
            continue
        id, names = known
        if not differ((*names, *key.names.get(made, ()))):
            found[made] = id
    return found


def held_there(
    there: Mapping[str, str], draft: Raw, holder_of: Mapping[str, str], party: Mapping[str, str]
) -> dict[str, str]:
    """Return those of `accounts_there` that the draft has, as long as the reader says of nobody
    that he is somebody else.

    `holder_of`: account of the statement → its holder; `party`: holder → party of the draft.
    """
    held = {str(row.get("id")): str(row.get("holder")) for _, row in rows(draft, "accounts")}
    return {
        made: id for made, id in there.items()
        if id in held and party.get(holder_of.get(made, "")) == held[id]
    }  # fmt: skip


def transfers_there(
    draft: Raw, new: Iterable[TransferRow], imported: Imported, before: object,
    party_of: Callable[[str], str],
) -> tuple[list[TransferRow], list[Line], set[str]]:  # fmt: skip
    """Return the rows that the draft does not have, a line for each it has, and the ids of those of
    the first that it may have.

    Parameters
    ----------
    new
        with the ends under which the draft would get them
    before
        the key of this visit, as `accounts_there` has it
    party_of
        end of the statement → party of the draft
    """
    there = [{**row, "at": _instant(row.get("at"))} for _, row in rows(draft, "transfers")
             if _typed(row)]  # fmt: skip
    fresh, already, rest = without_existing(there, new, imported)
    held = {str(row.get("id")): str(row.get("holder")) for _, row in rows(draft, "accounts")}
    parties = {str(row.get("id")) for _, row in rows(draft, "parties")}

    def its(end: str) -> str:
        return held.get(end) or (end if end in parties else party_of(end))

    def of_draft(end: str) -> str:
        return held.get(end) or (end if end in parties else OTHERS)

    earlier = ((original, id) for original, id, _ in _earlier(before))
    numbers = known_in_full([*imported.key.accounts.items(), *earlier])
    return fresh, already, set(may_exist(Known(of_draft, its, numbers), rest, fresh))


def openings_there(
    there: Mapping[str, str], draft: Raw, imported: Imported
) -> list[tuple[str, int]]:
    """Return accounts of the draft with the balance they opened with, as their own statement has
    it: it begins no later than the draft's transfers on the account, and the draft has none."""
    without = {str(row.get("id")) for _, row in rows(draft, "accounts")
               if row.get("opening_fen") is None}  # fmt: skip
    found = []
    for account in imported.accounts:
        id = there.get(account.id)
        if account.opening_fen and id in without:
            first = min((row["at"] for row in imported.transfers
                         if account.id in (row["payer"], row["payee"])), default=None)  # fmt: skip
            known = [_instant(row.get("at")) for _, row in rows(draft, "transfers")
                     if id in (row.get("payer"), row.get("payee"))]  # fmt: skip
            if first and all(at and (at >= first or one_moment(at, first)) for at in known):
                found.append((id, account.opening_fen))
    return found


def twice_there(draft: Raw) -> int:
    """Return how many transfers of a draft may be another of it written twice: between the same
    people, of the same amount, at one moment."""
    held = {str(row.get("id")): str(row.get("holder")) for _, row in rows(draft, "accounts")}
    met: dict[object, list[datetime.datetime]] = {}
    count = 0
    for row in (row for _, row in rows(draft, "transfers") if _typed(row)):
        ends = (str(row[side]) for side in ("payer", "payee"))
        people = (held.get(end, end) for end in ends)
        listed = met.setdefault((*people, row["amount_fen"]), [])
        if at := _instant(row.get("at")):
            count += any(one_moment(at, other) for other in listed)
            listed.append(at)
    return count


def _earlier(before: object) -> Iterator[tuple[str, str, list[str]]]:
    """Yield what the key of this visit has of each account: its original, id and names."""
    listed = before.get("accounts") if isinstance(before, dict) else None
    for row in listed if isinstance(listed, list) else ():
        match row:
            case {"id": str(id), "original": str(original), "names": list(names)}:
                yield original, id, [str(name) for name in names]


def _typed(row: Raw) -> bool:
    """Tell whether a transfer of a draft can be compared: a page may send anything."""
    ends = isinstance(row.get("payer"), str) and isinstance(row.get("payee"), str)
    return ends and isinstance(row.get("amount_fen"), int)


def _instant(text: object) -> datetime.datetime | None:
    try:
        at = datetime.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else None
