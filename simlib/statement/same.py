"""Statements put together by whom the reader says to be one person."""

from __future__ import annotations

from collections.abc import Sequence

from simlib.statement.key import Key
from simlib.statement.model import Reading
from simlib.statement.roles import holder_of
from simlib.statement.together import Imported, combine


def combine_same(
    readings: Sequence[Reading],
    key: Key,
    same: Sequence[tuple[str, str]] = (),
    *,
    keep_names: bool = False,
    keep_remarks: bool = False,
) -> Imported:
    """Return the same as `combine`, where the two of each pair in `same` are one person.

    Two accounts are then one account, of one person; a person's accounts stay apart. The key keeps
    who they are.

    Parameters
    ----------
    same
        account, name or pseudonym, and who that is

    Raises
    ------
    StatementError
        if one is not in the statements, or may be several
    """
    found = combine(readings, key, keep_names=keep_names, keep_remarks=keep_remarks)
    if not same:
        return found
    for who, other in same:
        one, two = _id(found, who), _id(found, other)
        if one not in key.holder_of or two not in key.holder_of:
            one, two = holder_of(found, one), holder_of(found, two)
        if one != two:
            key.same(one, two)
    key.forget(row["id"] for row in found.transfers)
    return combine(readings, key, keep_names=keep_names, keep_remarks=keep_remarks)


def _id(found: Imported, who: str) -> str:
    """Return the account or person meant, who must be in the statements."""
    holder_of(found, who)
    return found.key.id_of(who) or who
