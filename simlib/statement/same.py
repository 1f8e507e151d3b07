"""Statements put together by whom the reader says to be one person, or another of that name."""

from __future__ import annotations

from collections.abc import Sequence

from simlib.errors import StatementError
from simlib.statement.alike import APART
from simlib.statement.deduplicate import Imported, combine
from simlib.statement.identity.pseudonyms import Key, joined
from simlib.statement.model import Reading
from simlib.statement.names_and_numbers import partly
from simlib.statement.roles import holder_of


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
